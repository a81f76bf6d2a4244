"""What text may be on the wire: composed, printable, and the same to the eye as to the machine.

The rule (docs/spec/codec.md 4): NFC; no control, format (bidi controls among them), surrogate, private-use or
unassigned code points, no line or paragraph separators other than LF, no letters that draw nothing, no towers
of marks.
"""

import re
import unicodedata

from secmsg.errors import FormatError

_REFUSED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

MAX_MARKS = 8
"""Combining marks on one letter: no script needs as many, and a screen may hang on thousands."""

_MARKS = frozenset(("Mn", "Me"))

# Letters, marks and symbols that draw nothing, so that two different texts would look the same.
_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)


def refused_characters(text: str, *, multiline: bool) -> frozenset[str]:
    """Return the characters of `text` that may not be on the wire; LF is one of them unless `multiline`."""
    # A set first: the loop then runs over the few different characters, not over the whole text.
    return frozenset(
        character
        for character in set(text)
        if (unicodedata.category(character) in _REFUSED or character in _INVISIBLE)
        and not (multiline and character == "\n")
    )


def is_clean(text: str, *, multiline: bool) -> bool:
    """Say whether `text` follows the rule of the wire."""
    if refused_characters(text, multiline=multiline):
        return False
    # Towers first: composing is slow on them.
    towers = _towers(text)
    return not (towers and towers.search(text)) and unicodedata.is_normalized("NFC", text)


def _towers(text: str) -> re.Pattern[str] | None:
    """Return what finds marks beyond the eighth on one letter; None where `text` has no marks apart."""
    marks = "".join(mark for mark in set(text) if unicodedata.category(mark) in _MARKS)
    return re.compile(f"(?<=[{re.escape(marks)}]{{{MAX_MARKS}}})[{re.escape(marks)}]+") if marks else None


def _without_towers(text: str) -> str:
    towers = _towers(text)
    return towers.sub("", text) if towers else text


def check(text: str, low: int, high: int, what: str, *, multiline: bool = False) -> str:
    """Return `text` if it follows the rule and has `low`..`high` characters, not all of them spaces.

    Blank text is taken only where `low` is 0. Raises FormatError, which names `what` and never the text.
    """
    if not low <= len(text) <= high:
        raise FormatError(f"{what}: {len(text)} characters, allowed are {low} to {high}")
    if not is_clean(text, multiline=multiline):
        raise FormatError(f"{what}: not NFC, or holds characters that may not be sent")
    if low and not text.strip():
        raise FormatError(f"{what}: blank")
    return text


def tidy(text: str, *, multiline: bool) -> str:
    """Return `text` as it may be sent: NFC, line ends as LF, tabs as spaces, the refused dropped.

    For text that an officer pastes and then sees; never for text that was received.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    spaced = lines.replace("\t", " ")
    if not multiline:
        spaced = spaced.replace("\n", " ")
    kept = spaced.translate(dict.fromkeys(map(ord, refused_characters(spaced, multiline=multiline))))
    # Twice, because composing takes some marks apart; nothing else that is refused can arise from it.
    return _without_towers(unicodedata.normalize("NFC", _without_towers(kept)))
