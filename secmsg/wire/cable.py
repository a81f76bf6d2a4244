"""The cable: every field an officer signs, and the signed form that travels.

Source: docs/spec/cable.md; bounds are those of its table and hold on parsing as well as in the form. Times
are UTC seconds. A receiver verifies the signatures over the bytes of `SignedCable.cable` before it decodes
them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeVar

from secmsg.errors import FormatError
from secmsg.ids import CableId, CertificateRef, PersonId, StationId
from secmsg.wire import codec, names, slip
from secmsg.wire.codec import Fields, Value
from secmsg.wire.slip import Slip

MAX_BODY = 200_000
MAX_SUMMARY = 4_000
MAX_BYTES = 2**20
"""Of an encoded cable: the longest body in four-byte characters and everything else fit."""
MAX_SIGNED_BYTES = MAX_BYTES + 2**14
MAX_NUMBER = 99_999
MAX_ADDRESSEES = 150
MAX_NAMED_PERSONS = 8
MAX_CAPTIONS = 3
MAX_TOPICS = 5
MAX_REFERENCES = 20
MAX_ANNEXES = 64
MAX_CLEARERS = 32
MAX_PARA_MARKS = 2_000
MAX_PAGES = 1_000_000
MAX_COPIES = 99
SUBJECT_LENGTH = (3, 200)
REASON_LENGTH = (10, 300)
MAX_BASIS = 200
MAX_NAME = 120
MAX_TITLE = 120
MAX_NOTE = 500
MAX_WORD = 40
DESK_BY_WITHIN_S = 30 * 86_400
REPLY_BY_WITHIN_S = 366 * 86_400
SIGNATURE_SIZE = 3_373
"""Ed25519 64 B and ML-DSA-65 3 309 B."""

SYMBOL = re.compile(r"[A-ZĐ0-9&./-]{2,40}")
MRN = re.compile(r"(?=.{1,24}$)[0-9]{2} [A-Z0-9-]+(?: [A-Z0-9-]+)* [0-9]{3,5}")
MEDIA_TYPE = re.compile(r"(?=.{3,100}$)[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")

_VERSION = 1
_MAX_ITEMS = 8_192


class Kind(IntEnum):
    """What sort of cable it is."""

    CABLE = 1
    TELEGRAM = 2
    SERVICE = 3
    RECEIPT = 4
    TEST = 5
    EXERCISE = 6


class Degree(IntEnum):
    """How secret it is: không mật, mật, tối mật, tuyệt mật."""

    UNCLASSIFIED = 0
    CONFIDENTIAL = 1
    SECRET = 2
    TOP_SECRET = 3


class Urgency(IntEnum):
    """How urgent it is: thường, khẩn, thượng khẩn, hỏa tốc."""

    ROUTINE = 0
    PRIORITY = 1
    IMMEDIATE = 2
    FLASH = 3


class SignPrefix(IntEnum):
    """By what authority the releaser signs: his own, or TM., KT., TL., TUQ., Q."""

    NONE = 0
    TM = 1
    KT = 2
    TL = 3
    TUQ = 4
    Q = 5


class LinkKind(IntEnum):
    """How a cable refers to an earlier one."""

    REPLY = 1
    SUPPLEMENT = 2
    CORRECTION = 3
    SUPERSEDE = 4
    CANCEL = 5


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier cable, by its post number, and what this one is to it."""

    mrn: str
    link: LinkKind


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person in a signature block at a time; `person` is 0 for somebody without a certificate."""

    person: PersonId
    name: str
    title: str
    at: int


@dataclass(frozen=True, slots=True)
class Clearance:
    """One opinion given before release."""

    person: PersonId
    name: str
    title: str
    at: int
    approved: bool
    note: str


@dataclass(frozen=True, slots=True)
class Named:
    """Persons named at an addressee, 1 to 8; `only`: nobody else may open it."""

    station: StationId
    persons: tuple[str, ...]
    only: bool


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex, and the hashes that pin its content (BLAKE3) and its manifest (32 B each)."""

    name: str
    media_type: str
    size: int
    pages: int
    content_hash: bytes
    manifest_hash: bytes


@dataclass(frozen=True, slots=True)
class Cable:
    """A released cable, whole.

    `dtg` is the release time, a full minute; `filed_at` when the cipher machine took it; `para_marks` the
    degree of each paragraph, none or one that reaches `degree`; `documents` and `pages` are totals that the
    receiver recounts.
    """

    cable_id: CableId
    kind: Kind
    origin: StationId
    number: int
    symbol: str
    mrn: str
    dtg: int
    filed_at: int
    degree: Degree
    basis: str
    protect_until: int | None
    para_marks: tuple[Degree, ...]
    urg_action: Urgency
    urg_info: Urgency
    urgency_reason: str
    desk_by: int | None
    reply_by: int | None
    void_after: int | None
    action_to: tuple[StationId, ...]
    info_to: tuple[StationId, ...]
    exempt: tuple[StationId, ...]
    named: tuple[Named, ...]
    caption: tuple[str, ...]
    topics: tuple[str, ...]
    subject: str = field(repr=False)
    subject_in_register: bool
    refs: tuple[Reference, ...]
    body: str = field(repr=False)
    summary: str = field(repr=False)
    annexes: tuple[Annex, ...]
    documents: int
    pages: int
    copies: int
    copy_ok: bool
    return_by: int | None
    drafter: Signatory
    clearers: tuple[Clearance, ...]
    releaser: Signatory
    sign_prefix: SignPrefix
    second_person: Signatory | None


@dataclass(frozen=True, slots=True)
class SignedCable:
    """A cable's bytes, the releasing person's signature and the sending device's, and a slip for each annex.

    The person signs the cable's bytes, the device these bytes followed by the person's signature.
    """

    cable: bytes = field(repr=False)
    person_ref: CertificateRef
    person_signature: bytes
    device_ref: CertificateRef
    device_signature: bytes
    slips: tuple[Slip, ...]


def encode(cable: Cable) -> bytes:
    """Return the canonical bytes; FormatError where a bound or a rule of the format does not hold."""
    encoded = codec.encode(_present(_write(cable)))
    decode(encoded)  # what leaves here is what every receiver takes
    return encoded


def decode(data: bytes) -> Cable:
    """Return the cable; FormatError unless every byte is as docs/spec/cable.md 2 says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES, max_items=_MAX_ITEMS), "cable")
    fields.uint(0, _VERSION, _VERSION)
    cable = _read(fields)
    fields.done()
    _check(cable)
    return cable


def encode_signed(signed: SignedCable) -> bytes:
    """Return the canonical bytes of a signed cable."""
    encoded = codec.encode(
        _present(
            {
                0: _VERSION,
                1: signed.cable,
                2: signed.person_ref,
                3: signed.person_signature,
                4: signed.device_ref,
                5: signed.device_signature,
                6: [slip.encode(each) for each in signed.slips],
            }
        )
    )
    decode_signed(encoded)
    return encoded


def decode_signed(data: bytes) -> SignedCable:
    """Return a signed cable; its `cable` bytes are looked at later, when the signatures hold."""
    fields = Fields(codec.decode(data, max_bytes=MAX_SIGNED_BYTES), "signed cable")
    fields.uint(0, _VERSION, _VERSION)
    signed = SignedCable(
        cable=fields.raw(1, 1, MAX_BYTES),
        person_ref=CertificateRef(fields.raw(2, 32)),
        person_signature=fields.raw(3, SIGNATURE_SIZE),
        device_ref=CertificateRef(fields.raw(4, 32)),
        device_signature=fields.raw(5, SIGNATURE_SIZE),
        slips=tuple(
            slip.decode(codec.as_raw(each, slip.SIZE, slip.SIZE, "signed cable, slip"))
            for each in fields.array_or_empty(6, MAX_ANNEXES)
        ),
    )
    fields.done()
    return signed


def _present(fields: dict[int, Value]) -> dict[int, Value]:
    """Leave out what is empty: absence is its one encoding."""
    return {key: value for key, value in fields.items() if value is not None and value not in ("", [])}


def _write(cable: Cable) -> dict[int, Value]:
    return {
        0: _VERSION,
        1: cable.cable_id,
        2: int(cable.kind),
        3: cable.origin,
        4: cable.number,
        5: cable.symbol,
        6: cable.mrn,
        7: cable.dtg,
        8: cable.filed_at,
        9: int(cable.degree),
        10: cable.basis,
        11: cable.protect_until,
        12: [int(mark) for mark in cable.para_marks],
        13: int(cable.urg_action),
        14: int(cable.urg_info),
        15: cable.urgency_reason,
        16: cable.desk_by,
        17: cable.reply_by,
        18: cable.void_after,
        19: list(cable.action_to),
        20: list(cable.info_to),
        21: list(cable.exempt),
        22: [[each.station, list(each.persons), each.only] for each in cable.named],
        23: list(cable.caption),
        24: list(cable.topics),
        25: cable.subject,
        26: cable.subject_in_register,
        27: [[each.mrn, int(each.link)] for each in cable.refs],
        28: cable.body,
        29: cable.summary,
        30: [_annex_value(annex) for annex in cable.annexes],
        31: cable.documents,
        32: cable.pages,
        33: cable.copies,
        34: cable.copy_ok,
        35: cable.return_by,
        36: _signatory_value(cable.drafter),
        37: [[each.person, each.name, each.title, each.at, each.approved, each.note] for each in cable.clearers],
        38: _signatory_value(cable.releaser),
        39: int(cable.sign_prefix),
        40: None if cable.second_person is None else _signatory_value(cable.second_person),
    }


def _annex_value(annex: Annex) -> Value:
    return [annex.name, annex.media_type, annex.size, annex.pages, annex.content_hash, annex.manifest_hash]


def _signatory_value(signatory: Signatory) -> Value:
    return [signatory.person, signatory.name, signatory.title, signatory.at]


def _read(fields: Fields) -> Cable:
    return Cable(
        cable_id=CableId(fields.raw(1, 16)),
        kind=fields.choice(2, Kind),
        origin=StationId(fields.uint(3, 1, 0xFFFF)),
        number=fields.uint(4, 1, MAX_NUMBER),
        symbol=_patterned(fields.text(5, 2, 40), SYMBOL, "cable: the symbol"),
        mrn=_patterned(fields.text(6, 1, 24), MRN, "cable: the post number"),
        dtg=fields.uint(7, 0, codec.MAX_TIME),
        filed_at=fields.uint(8, 0, codec.MAX_TIME),
        degree=fields.choice(9, Degree),
        basis=fields.text_or_empty(10, MAX_BASIS),
        protect_until=fields.optional_uint(11, 0, codec.MAX_TIME),
        para_marks=_each(fields.array_or_empty(12, MAX_PARA_MARKS), _degree),
        urg_action=fields.choice(13, Urgency),
        urg_info=fields.choice(14, Urgency),
        urgency_reason=fields.text_or_empty(15, REASON_LENGTH[1]),
        desk_by=fields.optional_uint(16, 0, codec.MAX_TIME),
        reply_by=fields.optional_uint(17, 0, codec.MAX_TIME),
        void_after=fields.optional_uint(18, 0, codec.MAX_TIME),
        action_to=_each(fields.array(19, 1, MAX_ADDRESSEES), _station),
        info_to=_each(fields.array_or_empty(20, MAX_ADDRESSEES), _station),
        exempt=_each(fields.array_or_empty(21, MAX_ADDRESSEES), _station),
        named=_each(fields.array_or_empty(22, 2 * MAX_ADDRESSEES), _named),
        caption=_each(fields.array_or_empty(23, MAX_CAPTIONS), _word),
        topics=_each(fields.array(24, 1, MAX_TOPICS), _word),
        subject=fields.text(25, *SUBJECT_LENGTH),
        subject_in_register=fields.flag(26),
        refs=_each(fields.array_or_empty(27, MAX_REFERENCES), _reference),
        body=fields.text(28, 1, MAX_BODY, multiline=True),
        summary=fields.text_or_empty(29, MAX_SUMMARY, multiline=True),
        annexes=_each(fields.array_or_empty(30, MAX_ANNEXES), _annex),
        documents=fields.uint(31, 1, MAX_ANNEXES + 1),
        pages=fields.uint(32, 1, MAX_PAGES),
        copies=fields.uint(33, 1, MAX_COPIES),
        copy_ok=fields.flag(34),
        return_by=fields.optional_uint(35, 0, codec.MAX_TIME),
        drafter=_signatory(fields.array(36, 4, 4)),
        clearers=_each(fields.array_or_empty(37, MAX_CLEARERS), _clearance),
        releaser=_signatory(fields.array(38, 4, 4)),
        sign_prefix=fields.choice(39, SignPrefix),
        second_person=None if (second := fields.optional_array(40, 4, 4)) is None else _signatory(second),
    )


_Item = TypeVar("_Item")


def _each(values: list[Value], read: Callable[[Value], _Item]) -> tuple[_Item, ...]:
    return tuple(read(value) for value in values)


def _patterned(text: str, pattern: re.Pattern[str], what: str) -> str:
    if not pattern.fullmatch(text):
        raise FormatError(f"{what} does not have its form")
    return text


def _degree(value: Value) -> Degree:
    return codec.as_choice(value, Degree, "cable, paragraph mark")


def _station(value: Value) -> StationId:
    return StationId(codec.as_uint(value, 1, 0xFFFF, "cable, station"))


def _word(value: Value) -> str:
    return codec.as_text(value, 1, MAX_WORD, "cable, caption or topic")


def _named(value: Value) -> Named:
    station, persons, only = codec.as_array(value, 3, 3, "cable, named")
    return Named(
        _station(station),
        tuple(
            codec.as_text(person, 1, MAX_NAME, "cable, named person")
            for person in codec.as_array(persons, 1, MAX_NAMED_PERSONS, "cable, named persons")
        ),
        codec.as_flag(only, "cable, named"),
    )


def _reference(value: Value) -> Reference:
    mrn, link = codec.as_array(value, 2, 2, "cable, reference")
    return Reference(
        _patterned(codec.as_text(mrn, 1, 24, "cable, reference"), MRN, "cable, reference: the post number"),
        codec.as_choice(link, LinkKind, "cable, reference"),
    )


def _annex(value: Value) -> Annex:
    name, media_type, size, pages, content_hash, manifest_hash = codec.as_array(value, 6, 6, "cable, annex")
    return Annex(
        names.check(codec.as_text(name, 1, names.MAX_NAME, "annex name"), "annex name"),
        _patterned(codec.as_text(media_type, 3, 100, "annex type"), MEDIA_TYPE, "annex type"),
        codec.as_uint(size, 0, slip.MAX_CONTENT, "annex size"),
        codec.as_uint(pages, 0, MAX_PAGES, "annex pages"),
        codec.as_raw(content_hash, 32, 32, "annex content hash"),
        codec.as_raw(manifest_hash, 32, 32, "annex manifest hash"),
    )


def _signatory(value: list[Value]) -> Signatory:
    person, name, title, at = value
    return Signatory(
        PersonId(codec.as_uint(person, 0, 0xFFFF, "signatory")),
        codec.as_text(name, 1, MAX_NAME, "signatory name"),
        codec.as_text(title, 0, MAX_TITLE, "signatory title"),
        codec.as_uint(at, 0, codec.MAX_TIME, "signatory time"),
    )


def _clearance(value: Value) -> Clearance:
    person, name, title, at, approved, note = codec.as_array(value, 6, 6, "cable, clearance")
    return Clearance(
        PersonId(codec.as_uint(person, 0, 0xFFFF, "clearance")),
        codec.as_text(name, 1, MAX_NAME, "clearance name"),
        codec.as_text(title, 0, MAX_TITLE, "clearance title"),
        codec.as_uint(at, 0, codec.MAX_TIME, "clearance time"),
        codec.as_flag(approved, "clearance"),
        codec.as_text(note, 0, MAX_NOTE, "clearance note", multiline=True),
    )


def _check(cable: Cable) -> None:
    """Refuse what is well formed field by field and wrong as a whole (docs/spec/cable.md 3)."""
    # 1. Secrecy: a secret cable says why and until when; paragraph marks reach the degree and do not pass it.
    secret = cable.degree is not Degree.UNCLASSIFIED
    _demand(secret == (cable.protect_until is not None), "protection period and degree do not agree")
    _demand(not secret or cable.basis != "", "no basis for the degree")
    _demand(not cable.para_marks or max(cable.para_marks) == cable.degree, "paragraph marks and degree differ")
    # 2. Urgency.
    _demand(cable.urg_info <= cable.urg_action, "more urgent for information than for action")
    needs_reason = cable.urg_action is Urgency.FLASH
    _demand(not needs_reason or len(cable.urgency_reason) >= REASON_LENGTH[0], "no reason for the urgency")
    # 3. Times.
    _demand(cable.dtg % 60 == 0, "the date-time group is not a full minute")
    _demand(_after(cable.desk_by, cable.dtg, DESK_BY_WITHIN_S), "desk-by time out of range")
    _demand(_after(cable.reply_by, cable.dtg, REPLY_BY_WITHIN_S), "reply date out of range")
    for time in (cable.protect_until, cable.void_after, cable.return_by):
        _demand(_after(time, cable.dtg, codec.MAX_TIME), "a date before the release")
    # 4. Addressees: each station once, and nobody is named where nothing goes.
    addressed = cable.action_to + cable.info_to
    everyone = addressed + cable.exempt
    _demand(len(set(everyone)) == len(everyone), "a station is addressed twice")
    named = [each.station for each in cable.named]
    _demand(len(set(named)) == len(named), "a station has two lists of names")
    _demand(set(named) <= set(addressed), "persons named at a station that is not addressed")
    # 5. Lists without repetitions.
    for listed in (
        cable.caption,
        cable.topics,
        cable.refs,
        [annex.name.casefold() for annex in cable.annexes],
    ):
        _demand(len(set(listed)) == len(listed), "a caption, topic, reference or annex is there twice")
    # 6. Who released it signs it, so he has a certificate.
    _demand(cable.releaser.person != 0, "the releaser has no certificate")


def _demand(holds: bool, why: str) -> None:  # noqa: FBT001 - a condition, always an expression at the call
    if not holds:
        raise FormatError(f"cable: {why}")


def _after(time: int | None, start: int, within: int) -> bool:
    return time is None or start < time <= start + within
