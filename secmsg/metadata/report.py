"""What a file says beside its content, what can be taken out of it, and what stays (docs/spec/metadata.md)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from secmsg.errors import FormatError

MAX_TRACES = 40
MAX_VALUE = 200
MAX_BYTES = 64 * 1024
"""Of an encoded report."""


class Trace(Enum):
    """What kind of thing a file gives away."""

    POSITION = "position"
    AUTHOR = "author"
    DEVICE = "device"
    SOFTWARE = "software"
    TIME = "time"
    COMMENT = "comment"
    THUMBNAIL = "thumbnail"
    HISTORY = "history"
    PATH = "path"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: its kind and its value as text, at most 200 characters, for the officer's eyes."""

    trace: Trace
    value: str


class Outcome(Enum):
    """What can be done about a file's metadata."""

    CLEAN = "clean"
    REMOVABLE = "removable"
    SIGNED = "signed"
    """A signature over the whole file: taking anything out would break it."""
    UNKNOWN = "unknown"
    """A type that this program does not know."""
    UNREADABLE = "unreadable"
    """Damaged, encrypted, or beyond the bounds of the checking process."""


@dataclass(frozen=True, slots=True)
class Report:
    """`found` is what is in the file now, `left` what is still there after removal; `size` is that of the result."""

    outcome: Outcome
    found: tuple[Found, ...] = ()
    left: tuple[Found, ...] = ()
    size: int = 0

    @property
    def removable(self) -> bool:
        """Whether a cleaned copy can be made."""
        return self.outcome in (Outcome.CLEAN, Outcome.REMOVABLE)


class SignedError(Exception):
    """The file carries a signature over all of it."""


class UnknownError(Exception):
    """The file only begins like a type that is known."""


def found(trace: Trace, value: object = "") -> Found:
    """Make an entry of anything: one line, only characters that can be seen, bounded."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * MAX_VALUE]).split())
    return Found(trace, line[:MAX_VALUE])


def bounded(entries: Iterable[Found]) -> tuple[Found, ...]:
    """Drop repeats and keep the first forty."""
    return tuple(dict.fromkeys(entries))[:MAX_TRACES]


def encode(report: Report) -> bytes:
    """Return one line of JSON."""
    return (
        json.dumps(
            {
                "outcome": report.outcome.value,
                "found": [[each.trace.value, each.value] for each in report.found],
                "left": [[each.trace.value, each.value] for each in report.left],
                "size": report.size,
            }
        ).encode()
        + b"\n"
    )


def decode(line: bytes) -> Report:
    """Return the report; FormatError for anything else: the process that wrote it may have been taken over."""
    try:
        fields = json.loads(line)
        report = Report(
            Outcome(fields["outcome"]), _entries(fields["found"]), _entries(fields["left"]), int(fields["size"])
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise FormatError("the checking process gave no report") from None
    if report.size < 0:
        raise FormatError("the checking process gave no report")
    return report


def _entries(entries: list[tuple[str, str]]) -> tuple[Found, ...]:
    return bounded(found(Trace(trace), value) for trace, value in entries)
