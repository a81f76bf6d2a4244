"""The records of a delegation kit: its permit, what the post had proven of a cable, whose kit it is.

Source: docs/spec/kit.md 2 and 3. Every record is canonical; nothing in one opens anything outside the kit.
"""

from dataclasses import dataclass

from secmsg.errors import FormatError
from secmsg.office import kits
from secmsg.office.kits import AtExpiry, Permit
from secmsg.wire import codec
from secmsg.wire.cable import SIGNATURE_SIZE, Degree
from secmsg.wire.codec import Fields, Value

MAX_NUMBER = 99_999
MAX_PERMIT = 2**14
MAX_PROVEN = 2**20
MAX_HOME = 2**11
_MOST_TEXT = 250_000
MAX_SIGNED_PERMIT = 2**15
MAX_DOUBTS = 16
KIT_ID_SIZE = 16
HASH_SIZE = 32
KEY_SIZE = 1984
"""Bytes of the public half of a kit's own signing key."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Proven:
    """What the post had proven of a cable when it put it into the kit, in the words of the directory of that day.

    `doubts` are the words of what was odd; `received_at` is the time of receipt, of release for an own cable.
    """

    person_name: str
    person_title: str
    station_name: str
    signed: bool
    by_hand: bool
    doubts: tuple[str, ...]
    received_at: int
    other_text: str = ""
    """What came before the signed cable and says something else."""


@dataclass(frozen=True, slots=True)
class Home:
    """The post to which the kit goes back: its names, its place and the zone in which the permit's hours are said."""

    name_vi: str
    name_en: str
    place: str
    timezone: str


@dataclass(frozen=True, slots=True)
class SignedPermit:
    """A permit as the post keeps it: the kit it is for, what is in it, and who has signed.

    `permit` is the encoded permit, `kit` the kit's id, `key` the public half of its signing key, `contents` the hash of
    the list of cables. `witness` is the name of the second person ("" where none was needed), who has signed too.
    """

    permit: bytes
    kit: bytes
    key: bytes
    contents: bytes
    signer: bytes
    signature: bytes
    witness: str = ""
    witness_ref: bytes = b""
    witness_signature: bytes = b""

    @property
    def statement(self) -> bytes:
        """The bytes that are signed."""
        return statement(self.permit, self.kit, self.key, self.contents)


def statement(permit: bytes, kit: bytes, key: bytes, contents: bytes) -> bytes:
    """Return the bytes that the officer and the witness sign: kit 16, key 1984, contents 32, then the permit."""
    return kit + key + contents + permit


def encode_permit(permit: Permit) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    p = permit
    encoded = codec.encode(
        {
            0: _VERSION, 1: p.number, 2: p.bearer, 3: p.title, 4: int(p.degree), 5: p.purpose, 6: p.places,
            7: p.measures, 8: p.permitted_by, 9: p.start, 10: p.until, 11: p.made_at, 12: p.openings, 13: p.minutes,
            14: p.prints, 15: p.exports, 16: p.drops, 17: int(p.at_expiry),
        }
    )  # fmt: skip
    decode_permit(encoded)
    return encoded


def decode_permit(data: bytes) -> Permit:
    """Return the permit; FormatError unless every byte is as docs/spec/kit.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_PERMIT), "kit permit")
    fields.uint(0, _VERSION, _VERSION)
    permit = Permit(
        number=fields.uint(1, 1, MAX_NUMBER),
        bearer=fields.text(2, 1, kits.MAX_NAME),
        title=fields.text(3, 1, kits.MAX_NAME),
        degree=fields.choice(4, Degree),
        purpose=fields.text(5, 1, kits.MAX_WORDS),
        places=fields.text(6, 1, kits.MAX_WORDS),
        measures=fields.text(7, 1, kits.MAX_WORDS),
        permitted_by=fields.text(8, 1, kits.MAX_NAME),
        start=fields.uint(9, 0, codec.MAX_TIME),
        until=fields.uint(10, 0, codec.MAX_TIME),
        made_at=fields.uint(11, 0, codec.MAX_TIME),
        openings=fields.uint(12, 1, kits.MAX_OPENINGS),
        minutes=fields.uint(13, 1, kits.MAX_MINUTES),
        prints=fields.uint(14, 0, kits.MAX_PRINTS),
        exports=fields.flag(15),
        drops=fields.flag(16),
        at_expiry=fields.choice(17, AtExpiry),
    )
    fields.done()
    if not permit.start < permit.until <= permit.start + kits.LONGEST_S:
        raise FormatError("kit permit: it ends before it begins, or too long after")
    return permit


def encode_proven(proven: Proven) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    p = proven
    fields: dict[int, Value] = {
        0: _VERSION, 1: p.person_name, 2: p.person_title, 3: p.station_name, 4: p.signed, 5: p.by_hand,
        6: list(p.doubts), 7: p.received_at,
    }  # fmt: skip
    encoded = codec.encode(fields | ({8: p.other_text} if p.other_text else {}))
    decode_proven(encoded)
    return encoded


def decode_proven(data: bytes) -> Proven:
    """Return the record; FormatError unless every byte is as docs/spec/kit.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_PROVEN), "kit proof")
    fields.uint(0, _VERSION, _VERSION)
    proven = Proven(
        fields.text(1, 0, kits.MAX_NAME),
        fields.text(2, 0, kits.MAX_NAME),
        fields.text(3, 0, kits.MAX_NAME),
        fields.flag(4),
        fields.flag(5),
        tuple(codec.as_text(each, 1, 40, "kit proof, doubt") for each in fields.array(6, 0, MAX_DOUBTS)),
        fields.uint(7, 0, codec.MAX_TIME),
        fields.text_or_empty(8, _MOST_TEXT, multiline=True),
    )
    fields.done()
    return proven


def encode_home(home: Home) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    encoded = codec.encode([home.name_vi, home.name_en, home.place, home.timezone])
    decode_home(encoded)
    return encoded


def decode_home(data: bytes) -> Home:
    """Return the record; FormatError unless every byte is as docs/spec/kit.md says."""
    values = codec.as_array(codec.decode(data, max_bytes=MAX_HOME), 4, 4, "kit home")
    return Home(*(codec.as_text(each, 0, kits.MAX_NAME, "kit home") for each in values))


def encode_signed(signed: SignedPermit) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    s = signed
    fields: dict[int, Value] = {
        0: _VERSION, 1: s.permit, 2: s.kit, 3: s.key, 4: s.contents, 5: s.signer, 6: s.signature,
    }  # fmt: skip
    if s.witness:
        fields |= {7: s.witness, 8: s.witness_ref, 9: s.witness_signature}
    encoded = codec.encode(fields)
    decode_signed(encoded)
    return encoded


def decode_signed(data: bytes) -> SignedPermit:
    """Return the signed permit; FormatError unless every byte is as docs/spec/kit.md says. Nothing is verified here."""
    fields = Fields(codec.decode(data, max_bytes=MAX_SIGNED_PERMIT), "signed kit permit")
    fields.uint(0, _VERSION, _VERSION)
    permit = fields.raw(1, 1, MAX_PERMIT)
    decode_permit(permit)
    signed = SignedPermit(
        permit,
        fields.raw(2, KIT_ID_SIZE),
        fields.raw(3, KEY_SIZE),
        fields.raw(4, HASH_SIZE),
        fields.raw(5, HASH_SIZE),
        fields.raw(6, SIGNATURE_SIZE),
        *_witness(fields),
    )
    fields.done()
    return signed


def _witness(fields: Fields) -> tuple[str, bytes, bytes]:
    if not fields.has(7):
        return "", b"", b""
    return fields.text(7, 1, kits.MAX_NAME), fields.raw(8, HASH_SIZE), fields.raw(9, SIGNATURE_SIZE)
