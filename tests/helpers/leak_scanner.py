"""Looks for words in bytes, in every encoding in which a careless program lets them out."""

import base64
import zlib
from collections.abc import Iterable
from pathlib import Path


def spellings(word: str) -> set[bytes]:
    """Return the ways in which a text could stand in a file, a database or a stream."""
    raw = word.encode()
    forms = {
        raw,
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        raw.hex().encode(),
        raw.hex().upper().encode(),
    }
    for shift in range(3):
        # base64 of the word at each of the three alignments, without the characters its neighbours decide
        encoded = base64.b64encode(b"\0" * shift + raw)
        forms.add(encoded[4 if shift else 0 : -4])
        forms.add(base64.urlsafe_b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4])
    forms.add("".join(f"\\u{ord(letter):04x}" if ord(letter) > 127 else letter for letter in word).encode())
    return {form for form in forms if len(form) >= 6}


def leaks(words: Iterable[str], data: bytes) -> set[str]:
    """Which of `words` stand in `data`, also inside a zlib or gzip stream that starts anywhere in it."""
    found = set()
    spaces = [data, *_inflated(data)]
    for word in words:
        forms = spellings(word)
        if any(form in space for form in forms for space in spaces):
            found.add(word)
    return found


def leaks_below(words: Iterable[str], folder: Path) -> dict[str, set[str]]:
    """Scan every file below `folder`, names included."""
    words = tuple(words)
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        hits = leaks(words, str(path.relative_to(folder)).encode())
        if path.is_file():
            hits |= leaks(words, path.read_bytes())
        if hits:
            found[str(path.relative_to(folder))] = hits
    return found


def _inflated(data: bytes) -> Iterable[bytes]:
    for magic in (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x9c", b"\x78\xda"):
        at = data.find(magic)
        tries = 0
        while at != -1 and tries < 2000:
            tries += 1
            try:
                yield zlib.decompressobj(47).decompress(data[at : at + 4_000_000], 4_000_000)
            except zlib.error:
                pass
            at = data.find(magic, at + 1)
