"""QR codes out of a picture, by the checking process: this one never unpacks what came from outside.

Source: docs/spec/groups.md 9. The picture goes by pipe, never to a file.
"""

import io

from secmsg.errors import FormatError
from secmsg.metadata import code_report
from secmsg.metadata.code_report import CodeReport, Sight
from secmsg.station import cleaning

MAX_SIZE = 16 * 1024 * 1024

_HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_SAID = {
    Sight.NONE: "the picture shows no whole QR code; take it again, straight and with its white border",
    Sight.BROKEN: "the picture shows a QR code of which too much is missing or blurred; take it again",
    Sight.UNREADABLE: "the picture cannot be read: it is damaged, too large, or neither PNG nor JPEG",
}


def is_picture(data: bytes) -> bool:
    """Say whether bytes begin as a picture that is read."""
    return data.startswith(_HEADS)


def codes(data: bytes) -> tuple[str, ...]:
    """Return the texts of the QR codes in a PNG or JPEG; FormatError says why there is none."""
    if len(data) > MAX_SIZE:
        raise FormatError(_SAID[Sight.UNREADABLE])
    with cleaning.answering(io.BytesIO(data), b"codes") as out:
        report = _report(cleaning.first_line(out, code_report.MAX_BYTES))
    if report.sight is not Sight.CODES:
        raise FormatError(_SAID[report.sight])
    return report.texts


def _report(line: bytes) -> CodeReport:
    try:
        return code_report.decode(line)
    except FormatError:
        return CodeReport(Sight.UNREADABLE)
