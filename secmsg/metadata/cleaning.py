"""One file in, its report and its cleaned copy out: the type by its first bytes, the after by looking again."""

import importlib
from collections.abc import Callable
from types import ModuleType

from secmsg.errors import FormatError
from secmsg.metadata.report import Found, Outcome, Report, SignedError, UnknownError, bounded

Cleaner = Callable[[bytes], tuple[bytes, list[Found]]]


def cleaner(data: bytes) -> Cleaner | None:
    """Return what cleans this type of file, None for a type that is not known; the name of the file says nothing."""
    head = data[:16]
    for name, begins in _TYPES:
        if begins(head):
            # Loaded when needed: a picture must not wait for the library that reads documents.
            module: ModuleType = importlib.import_module(f"secmsg.metadata.{name}")
            clean_: Cleaner = module.clean
            return clean_
    return None


_PICTURE_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"))
_TYPES: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("jpeg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("tiff", lambda head: head.startswith((b"II*\x00", b"MM\x00*"))),
    ("pdf", lambda head: head.startswith(b"%PDF-")),
    ("webp", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("heic", lambda head: head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS),
    ("ooxml", lambda head: head.startswith(b"PK\x03\x04")),
)


def clean(data: bytes) -> tuple[Report, bytes]:
    """Return the report and the copy to send: the cleaned one, or the same bytes where nothing can be taken out."""
    clean_ = cleaner(data)
    if clean_ is None:
        return Report(Outcome.UNKNOWN, size=len(data)), data
    try:
        cleaned, seen = clean_(data)
        # What the second look still finds is what the officer is told stays.
        _, left = clean_(cleaned)
    except SignedError:
        return Report(Outcome.SIGNED, size=len(data)), data
    except UnknownError:
        return Report(Outcome.UNKNOWN, size=len(data)), data
    except (FormatError, MemoryError, IndexError, OverflowError):
        return Report(Outcome.UNREADABLE, size=len(data)), data
    outcome = Outcome.REMOVABLE if seen else Outcome.CLEAN
    return Report(outcome, bounded(seen), bounded(left), len(cleaned)), cleaned
