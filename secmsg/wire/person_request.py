"""What a post asks about one of its persons: to be listed, or to be taken off the list (docs/spec/persons.md 7)."""

from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, StationId
from secmsg.wire import codec
from secmsg.wire.certificate import PUBLIC_SIZE
from secmsg.wire.codec import Fields, Value
from secmsg.wire.contents import MAX_NAME

MAX_REQUEST = 16 * 1024
FINGERPRINT_SIZE = 16
_SIGNATURE_SIZE = 64 + 3309
_REF_SIZE = 32
_VERSION = 1
_MAX_ID = 0xFFFF
_MAX_TIME = 0xFFFFFFFF


class Wish(IntEnum):
    """What is asked for."""

    LIST = 1
    """A new person of the post signs from the next edition on."""
    DISMISS = 2
    """A person of the post signs no longer."""


@dataclass(frozen=True, slots=True)
class PersonRequest:
    """What an officer of a post asks headquarters about a person of it.

    `public` is the person's key, `officer` names the certificate of who asks. `own_signature` is the new person's and
    empty in a request to dismiss; the names prove nothing until the fingerprint was compared by voice.
    """

    wish: Wish
    station: StationId
    public: bytes = field(repr=False)
    name: str
    title: str
    created_at: int
    officer: CertificateRef
    own_signature: bytes = field(repr=False)
    officer_signature: bytes = field(repr=False)


def part(request: PersonRequest) -> bytes:
    """Return the bytes that the signatures cover, each after its own first byte."""
    value: dict[int, Value] = {
        1: _VERSION,
        2: int(request.wish),
        3: request.station,
        4: request.public,
        5: request.name,
        6: request.title,
        7: request.created_at,
        8: request.officer,
    }
    return codec.encode(value)


def encode(request: PersonRequest) -> bytes:
    """Write a request; FormatError on a value out of bounds."""
    encoded = codec.encode({1: part(request), 2: request.own_signature, 3: request.officer_signature})
    decode(encoded)
    return encoded


def decode(data: bytes) -> PersonRequest:
    """Read a request, every byte; the signatures are not looked at here."""
    outer = Fields(codec.decode(data, max_bytes=MAX_REQUEST, max_items=16), "person request")
    request = _read(outer.raw(1, 1, MAX_REQUEST), outer.raw(2, 0, _SIGNATURE_SIZE), outer.raw(3, _SIGNATURE_SIZE))
    outer.done()
    if len(request.own_signature) != (_SIGNATURE_SIZE if request.wish is Wish.LIST else 0):
        raise FormatError("a person request has a signature of the person who is to be listed, and no other")
    return request


def _read(body: bytes, own_signature: bytes, officer_signature: bytes) -> PersonRequest:
    fields = Fields(codec.decode(body, max_bytes=MAX_REQUEST, max_items=32), "person request")
    fields.uint(1, _VERSION, _VERSION)
    request = PersonRequest(
        wish=fields.choice(2, Wish),
        station=StationId(fields.uint(3, 1, _MAX_ID)),
        public=fields.raw(4, PUBLIC_SIZE),
        name=fields.text(5, 1, MAX_NAME),
        title=fields.text(6, 1, MAX_NAME),
        created_at=fields.uint(7, 1, _MAX_TIME),
        officer=CertificateRef(fields.raw(8, _REF_SIZE)),
        own_signature=own_signature,
        officer_signature=officer_signature,
    )
    fields.done()
    return request
