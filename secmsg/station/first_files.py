"""Kit and activation code as they reach a post: files on a stick, or a picture of the code's QR."""

from pathlib import Path

from secmsg.errors import FormatError
from secmsg.station import pictures
from secmsg.wire.enrolment import MAX_KIT

_SEALING = 4096
MAX_CODE = 4096


def kit(path: Path) -> bytes:
    """Read a sealed kit; FormatError when it is longer than any, OSError."""
    return _read(path, MAX_KIT + _SEALING)


def code(path: Path) -> str:
    """Read an activation code from a text file or a picture; FormatError, OSError."""
    return code_in(_read(path, pictures.MAX_SIZE))


def code_in(data: bytes) -> str:
    """Give the groups in a text or a picture; FormatError when there are none to be read."""
    if pictures.is_picture(data):
        return " ".join(pictures.codes(data))
    try:
        if len(data) <= MAX_CODE:
            return " ".join(data.decode("utf-8-sig").split())
    except UnicodeDecodeError:
        pass
    raise FormatError("the file is neither a picture nor the text of an activation code")


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise FormatError("the file is too long to be from headquarters")
    return data
