"""Names of annexes that are safe to show, to send and to write on any disk.

Source: docs/spec/names.md. `check` is the border: what it takes needs no further care. `for_export` makes
such a name out of anything.
"""

import re
from collections.abc import Collection

from secmsg.errors import FormatError
from secmsg.wire import text as texts

MAX_NAME = 120
"""Characters."""

MAX_NAME_BYTES = 240
"""Bytes of UTF-8 that `for_export` gives at most: file systems take 255."""

_FALLBACK = "tep"  # Vietnamese for "file", without its mark
_FORBIDDEN = re.compile(r'[/\\<>:"|?*]')
_MAX_EXTENSION = 16

# Names that Windows gives to devices, whatever the extension; the superscript digits count as digits there.
_PORTS = frozenset(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³")
_DEVICES = _PORTS | {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}


def check(name: str, what: str = "name") -> str:
    """Return `name` if it may be an annex's name; FormatError if not.

    1..120 characters by the rule of text, one line; no path or stream separators, no wild cards; no dot or
    space at either end; not the name of a device.
    """
    texts.check(name, 1, MAX_NAME, what)
    if _FORBIDDEN.search(name):
        raise FormatError(f"{what}: a character that no file name may hold")
    if name != name.strip() or name.strip(".") != name:
        raise FormatError(f"{what}: begins or ends with a dot or a space")
    if _is_device(name):
        raise FormatError(f"{what}: the name of a device")
    return name


def _is_device(name: str) -> bool:
    return name.partition(".")[0].rstrip().lower() in _DEVICES


def for_export(name: str, taken: Collection[str] = ()) -> str:
    """Return a name like `name` that passes `check`, fits every disk and is not in `taken` (case ignored).

    `name` may be anything at all. A number in brackets before the extension tells namesakes apart.
    """
    stem, extension = _split(_cleaned(name))
    used = {other.casefold() for other in taken}
    number = 1
    while True:
        suffix = f" ({number}){extension}" if number > 1 else extension
        candidate = _fitted(stem, suffix)
        if candidate.casefold() not in used:
            return candidate
        number += 1


def _cleaned(name: str) -> str:
    # Of a path only the last part is a name; an empty part falls through to the fallback.
    last = re.split(r"[/\\]", name)[-1]
    return _trimmed(_FORBIDDEN.sub("_", texts.tidy(last, multiline=False)))


def _trimmed(name: str) -> str:
    previous = None
    while name != previous:
        previous, name = name, name.strip().strip(".")
    return name


def _split(name: str) -> tuple[str, str]:
    """Part the extension, so that shortening the stem keeps it; a long or odd one belongs to the stem."""
    stem, dot, extension = name.rpartition(".")
    stem = _trimmed(stem)
    if stem and extension.isalnum() and len(extension.encode()) <= _MAX_EXTENSION:
        name, suffix = stem, dot + extension
    else:
        suffix = ""
    return ("_" + name if _is_device(name) else name) or _FALLBACK, suffix


def _fitted(stem: str, suffix: str) -> str:
    """Shorten the stem until stem and suffix have at most 120 characters and 240 bytes."""
    room = MAX_NAME - len(suffix)
    room_bytes = MAX_NAME_BYTES - len(suffix.encode())
    # Cutting bytes may split a character; decoding with "ignore" drops the broken one.
    short = stem[:room].encode()[:room_bytes].decode(errors="ignore")
    return (_trimmed(short) or _FALLBACK) + suffix
