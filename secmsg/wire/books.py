"""A book of serials opened anew: the statement, and the message that brings it with two persons' signatures.

Source: docs/spec/continuity.md 6. The statement is one text for all the stations that it names, so that two persons
sign once however many chains begin anew. Who may sign is the office's rule; nothing is verified here.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.errors import FormatError
from secmsg.ids import CertificateRef, StationId
from secmsg.wire import codec
from secmsg.wire.cable import SIGNATURE_SIZE
from secmsg.wire.codec import Fields, Value

MAX_SERIAL = 2**32 - 1
MAX_BLOCK = 1_000
"""Serials that may be kept for traffic by hand at once."""
MAX_PEERS = 256
MAX_STATEMENT = 2_048
MAX_REASON_TEXT = 200
HASH_LABEL = b"book\0"
"""Precedes a statement where its hash stands for the item before the first of a new book."""

_VERSION = 1


class BookReason(IntEnum):
    """Why a book is opened."""

    YEAR = 1
    REBUILT = 2
    """The station's store was lost, or is an older copy."""
    FORKED = 3
    """Two chains exist under one number."""


@dataclass(frozen=True, slots=True)
class BookStatement:
    """The words "mở sổ mới từ số …": from `first` on, the chain from `origin` to each of `peers` (rising) begins anew.

    `book` counts the books of this origin and only rises; `at` is UTC seconds.
    """

    origin: StationId
    book: int
    first: int
    reason: BookReason
    at: int
    peers: tuple[StationId, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonSignature:
    """A person's signature over an encoded statement."""

    ref: CertificateRef
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewBook:
    """MS: an encoded statement and two persons' signatures over it; the first item of the new book carries it."""

    statement: bytes
    first: PersonSignature
    second: PersonSignature


def encode_statement(statement: BookStatement) -> bytes:
    """Return the canonical bytes that both persons sign; FormatError where a bound does not hold."""
    fields: dict[int, Value] = {
        0: _VERSION, 1: statement.origin, 2: statement.book, 3: statement.first, 4: int(statement.reason),
        5: statement.at, 6: list(statement.peers),
    }  # fmt: skip
    encoded = codec.encode(fields | ({7: statement.note} if statement.note else {}))
    decode_statement(encoded)
    return encoded


def decode_statement(data: bytes) -> BookStatement:
    """Return the statement; FormatError unless every byte is as the page says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_STATEMENT), "new book")
    fields.uint(0, _VERSION, _VERSION)
    statement = BookStatement(
        StationId(fields.uint(1, 1, 0xFFFF)),
        fields.uint(2, 1, MAX_SERIAL),
        fields.uint(3, 1, MAX_SERIAL),
        fields.choice(4, BookReason),
        fields.uint(5, 0, codec.MAX_TIME),
        _peers(fields.array(6, 1, MAX_PEERS)),
        fields.text_or_empty(7, MAX_REASON_TEXT),
    )
    fields.done()
    if statement.origin in statement.peers:
        raise FormatError("new book: a station writes to itself")
    return statement


def _peers(values: list[Value]) -> tuple[StationId, ...]:
    peers: list[StationId] = []
    for value in values:
        peers.append(StationId(codec.as_uint(value, peers[-1] + 1 if peers else 1, 0xFFFF, "new book, peers")))
    return tuple(peers)


def fields(message: NewBook) -> dict[int, Value]:
    """Return the fields of the service message from 2 on."""
    return {
        2: message.statement, 3: message.first.ref, 4: message.first.signature,
        5: message.second.ref, 6: message.second.signature,
    }  # fmt: skip


def read(fields: Fields) -> NewBook:
    """Return the message from its fields; the statement in it is canonical."""
    statement = fields.raw(2, 1, MAX_STATEMENT)
    decode_statement(statement)
    return NewBook(statement, _signature(fields, 3), _signature(fields, 5))


def _signature(fields: Fields, key: int) -> PersonSignature:
    return PersonSignature(CertificateRef(fields.raw(key, 32)), fields.raw(key + 1, SIGNATURE_SIZE))


def encode_paper(statement: bytes, signatures: tuple[PersonSignature, ...]) -> bytes:
    """Return the file in which a statement goes from one signer to the other: it and the signatures so far."""
    values: list[Value] = [[each.ref, each.signature] for each in signatures]
    encoded = codec.encode({0: _VERSION, 1: statement, 2: values})
    decode_paper(encoded)
    return encoded


def decode_paper(data: bytes) -> tuple[bytes, tuple[PersonSignature, ...]]:
    """Return a statement and its one or two signatures from a file; FormatError."""
    fields = Fields(codec.decode(data, max_bytes=MAX_PAPER), "new book, file")
    fields.uint(0, _VERSION, _VERSION)
    statement = fields.raw(1, 1, MAX_STATEMENT)
    decode_statement(statement)
    signatures = []
    for value in fields.array(2, 1, 2):
        ref, signature = codec.as_array(value, 2, 2, "new book, signature")
        signatures.append(
            PersonSignature(
                CertificateRef(codec.as_raw(ref, 32, 32, "new book, signature")),
                codec.as_raw(signature, SIGNATURE_SIZE, SIGNATURE_SIZE, "new book, signature"),
            )
        )
    fields.done()
    return statement, tuple(signatures)


MAX_PAPER = 2**14
