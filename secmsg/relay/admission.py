"""What every request passes before anything believes it, and the one answer to whatever does not (relay-api 2)."""

from dataclasses import dataclass
from enum import Enum

from starlette.types import Receive, Scope

from secmsg.crypto.hashing import short
from secmsg.crypto.signing import reader_verify
from secmsg.errors import FormatError, SignatureError

DECOY_PAGE = (
    b"<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n"
    b"<center><h1>404 Not Found</h1></center>\r\n</body>\r\n</html>\r\n"
)
"""The page of a plain web server; a relay behind a web site keeps that site's own page in its home."""

PREFIX_HASH_SIZE = 16
_DUMMY_PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
_DUMMY_SIGNATURE = bytes(64)
_DUMMY_MESSAGE = bytes(256)
_MAX_LENGTH_DIGITS = 12
_NEVER = ("transfer-encoding", "content-encoding", "upgrade")


@dataclass(frozen=True, slots=True)
class Head:
    """The part of a request that comes before its body: the length is stated, nothing is encoded or chunked.

    `path` holds the elements between the slashes, the first of them the prefix; `headers` the last value of each name.
    """

    method: str
    path: tuple[str, ...]
    headers: dict[str, str]
    length: int


def read_head(scope: Scope) -> Head:
    """Check a request's head; FormatError on what the relay never takes, whoever sends it."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1")
        if key in headers:
            raise FormatError("a header twice")
        headers[key] = value.decode("latin-1")
    # Without chunks and encodings there is one reading of a stream, and no bomb.
    if scope["query_string"] or any(name in headers for name in _NEVER):
        raise FormatError("a body without a stated length, an encoded one, a query, another protocol")
    text = headers.get("content-length", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= _MAX_LENGTH_DIGITS):
        raise FormatError("a length that is none")
    raw_path: bytes = scope["raw_path"]
    if not raw_path.startswith(b"/") or b"%" in raw_path or not raw_path.isascii():
        raise FormatError("a path of another kind")
    return Head(scope["method"], tuple(raw_path[1:].decode("ascii").split("/")), headers, int(text))


class Keep(Enum):
    """What becomes of a body that is read."""

    BODY = "body"
    NOTHING = "nothing"


async def read_body(receive: Receive, length: int, keep: Keep) -> bytes:
    """Read a body of the stated length, which the caller has bounded; FormatError when the line breaks.

    With `Keep.NOTHING` it goes by without being gathered, and the result is empty.
    """
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise FormatError("cut short")
        piece: bytes = message.get("body", b"")
        size += len(piece)
        if keep is Keep.BODY:
            parts.append(piece)
        if not message.get("more_body", False):
            if size != length:
                raise FormatError("another length than stated")
            return b"".join(parts)


def prefix_hash(prefix: str) -> bytes:
    """Return the 16 bytes that stand for a prefix in signatures."""
    return short(prefix.encode())[:PREFIX_HASH_SIZE]


def spend_a_verify() -> None:
    """Take the time of a signature check, so that a refusal before one is not quicker than a refusal after it."""
    try:
        reader_verify(_DUMMY_PUBLIC, _DUMMY_MESSAGE, _DUMMY_SIGNATURE)
    except SignatureError:
        return
