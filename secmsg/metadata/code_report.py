"""What the checking process says of the QR codes in a picture: one line of JSON, taken as the word of a stranger."""

import json
from dataclasses import dataclass, field
from enum import Enum

from secmsg.errors import FormatError

MAX_CODES = 32
MAX_SIGNS = 1_024
"""Of one code: a longer one is none of ours."""
MAX_BYTES = 64 * 1024
"""Of an encoded report."""


class Sight(Enum):
    """What a picture shows."""

    CODES = "codes"
    NONE = "none"
    BROKEN = "broken"
    """A code is there, and too much of it is missing or blurred."""
    UNREADABLE = "unreadable"
    """No picture of a kind that is read, damaged, or beyond the bounds of the checking process."""


@dataclass(frozen=True, slots=True)
class CodeReport:
    """The texts of the codes that could be read, in the order found."""

    sight: Sight
    texts: tuple[str, ...] = field(default=(), repr=False)


def encode(report: CodeReport) -> bytes:
    """Return one line of JSON."""
    return json.dumps({"sight": report.sight.value, "texts": list(report.texts)}).encode() + b"\n"


def decode(line: bytes) -> CodeReport:
    """Return the report; FormatError for anything else."""
    try:
        fields = json.loads(line)
        sight, texts = Sight(fields["sight"]), tuple(fields["texts"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FormatError("the checking process gave no report") from None
    if len(texts) > MAX_CODES or not all(isinstance(each, str) and len(each) <= MAX_SIGNS for each in texts):
        raise FormatError("the checking process gave no report")
    if bool(texts) != (sight is Sight.CODES):
        raise FormatError("the checking process gave no report")
    return CodeReport(sight, texts)
