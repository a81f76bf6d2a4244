"""The record of an inventory, an inspection or a handover: what two persons sign.

Source: docs/spec/custody.md 4. Pure. The statement is one canonical array; its hash is what the paper shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.ids import StationId
from secmsg.office.checking import MAX_COUNT, Finding, Flaw, What, Work
from secmsg.office.ledger import MAX_ITEM
from secmsg.office.materials import MAX_NOTE, MAX_PERSON
from secmsg.wire import codec
from secmsg.wire.codec import Value

REGISTER = 14
"""The register's number beside those of cables (office/register.py) and of key material (office/ledger.py)."""
VERSION = 1
HEAD_SIZE = 32
MAX_FINDINGS = 500
MAX_COUNTS = 64
MAX_CODE = 8
MAX_BYTES = 2**18
FINDINGS_ROOM = MAX_BYTES - 2**13
"""Bytes for the findings of a record: the rest is far more than two persons, the head and the counts take."""
MAX_ENTRY = 2**19
_COLUMNS, _FINDING, _SIGNATURE = 12, 7, 3
_FINDING_FRAME = 64
"""Bytes of a finding besides its note, at most: a code of 8 letters of up to 4 bytes, five numbers, the heads."""
MAX_SIGNATURE = 2**13
MAX_PUBLIC = 2**12


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs: the name and the office as the directory, or the officer, gave them."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed: the ledger as it stood (`ledger_line`, `ledger_head` of 32 bytes), counts, what does not agree.

    `counts` are pairs of what was counted and how many; `answered` how many checks were looked at.
    """

    work: Work
    station: StationId
    begun_at: int
    at: int
    ledger_line: int
    ledger_head: bytes
    first: Person
    second: Person
    answered: int
    counts: tuple[tuple[What, int], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature: by whom, the public key under which it verifies, and its bytes."""

    name: str
    public: bytes = field(repr=False)
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register: the statement's bytes and one or two signatures over them.

    With one signature the second person stands for it by name and by the signature on paper alone.
    """

    statement: bytes
    signed: tuple[Signed, ...]


def fitting(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return what a record has room for: all of them, or all but the last things of the ledger, which has a line each.

    What has no line of its own elsewhere comes in first.
    """
    room, kept = FINDINGS_ROOM, set[int]()
    for place in sorted(range(len(findings)), key=lambda at: findings[at].what is What.ITEM):
        room -= len(findings[place].note.encode()) + _FINDING_FRAME
        if room < 0 or len(kept) == MAX_FINDINGS:
            break
        kept.add(place)
    return tuple(each for place, each in enumerate(findings) if place in kept)


def encode(statement: Statement) -> bytes:
    """Return the canonical bytes of a statement; FormatError where something is out of bounds."""
    s = statement
    encoded = codec.encode(
        [
            VERSION, int(s.work), s.station, s.begun_at, s.at, s.ledger_line, s.ledger_head,
            [s.first.name, s.first.title], [s.second.name, s.second.title], s.answered,
            [[int(what), count] for what, count in s.counts],
            [
                [e.code, int(e.flaw), int(e.what), e.item, e.expected, e.found, e.note]
                for e in s.findings
            ],
        ]
    )  # fmt: skip
    decode(encoded)
    return encoded


def decode(data: bytes) -> Statement:
    """Return the statement that was encoded; FormatError if the bytes are not one."""
    columns = codec.as_array(codec.decode(data, max_bytes=MAX_BYTES, max_items=8_192), _COLUMNS, _COLUMNS, "record")
    version, work, station, begun, at, line, head, first, second, answered, counts, found = columns
    codec.as_uint(version, VERSION, VERSION, "record")
    return Statement(
        codec.as_choice(work, Work, "record"),
        StationId(codec.as_uint(station, 1, 0xFFFF, "record")),
        codec.as_uint(begun, 0, codec.MAX_TIME, "record"),
        codec.as_uint(at, 0, codec.MAX_TIME, "record"),
        codec.as_uint(line, 0, MAX_COUNT, "record"),
        codec.as_raw(head, HEAD_SIZE, HEAD_SIZE, "record"),
        _person(first),
        _person(second),
        codec.as_uint(answered, 0, MAX_COUNT, "record"),
        tuple(_count(each) for each in codec.as_array(counts, 0, MAX_COUNTS, "record")),
        tuple(_finding(each) for each in codec.as_array(found, 0, MAX_FINDINGS, "record")),
    )


def _person(value: Value) -> Person:
    name, title = codec.as_array(value, 2, 2, "person")
    return Person(codec.as_text(name, 1, MAX_PERSON, "person"), codec.as_text(title, 0, MAX_PERSON, "person"))


def _count(value: Value) -> tuple[What, int]:
    what, count = codec.as_array(value, 2, 2, "count")
    return codec.as_choice(what, What, "count"), codec.as_uint(count, 0, MAX_COUNT, "count")


def _finding(value: Value) -> Finding:
    code, flaw, what, item, expected, found, note = codec.as_array(value, _FINDING, _FINDING, "finding")
    return Finding(
        codec.as_text(code, 1, MAX_CODE, "finding"),
        codec.as_choice(flaw, Flaw, "finding"),
        codec.as_choice(what, What, "finding"),
        codec.as_uint(item, 0, MAX_ITEM, "finding"),
        codec.as_uint(expected, 0, MAX_COUNT, "finding"),
        codec.as_uint(found, 0, MAX_COUNT, "finding"),
        codec.as_text(note, 0, MAX_NOTE, "finding", multiline=True),
    )


def encode_entry(entry: Entry) -> bytes:
    """Return the canonical bytes of a register line; FormatError where something is out of bounds."""
    encoded = codec.encode([entry.statement, [[each.name, each.public, each.signature] for each in entry.signed]])
    decode_entry(encoded)
    return encoded


def decode_entry(data: bytes) -> Entry:
    """Return the line that was encoded; FormatError if the bytes are not one."""
    statement, signed = codec.as_array(codec.decode(data, max_bytes=MAX_ENTRY), 2, 2, "record")
    if not isinstance(statement, bytes):
        raise FormatError("record: not bytes")
    decode(statement)
    return Entry(statement, tuple(_signed(each) for each in codec.as_array(signed, 1, 2, "record")))


def _signed(value: Value) -> Signed:
    name, public, signature = codec.as_array(value, _SIGNATURE, _SIGNATURE, "signature")
    return Signed(
        codec.as_text(name, 1, MAX_PERSON, "signature"),
        codec.as_raw(public, 1, MAX_PUBLIC, "signature"),
        codec.as_raw(signature, 1, MAX_SIGNATURE, "signature"),
    )
