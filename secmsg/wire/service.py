"""Service messages: what cipher offices tell each other about traffic, machine-made and person-made.

Source: docs/spec/service.md. Each has a code of at most five letters, so that it can be sent by hand as well.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TypeAlias, assert_never

from secmsg.errors import FormatError
from secmsg.ids import CableId, CertificateRef, DeviceId, SessionId
from secmsg.wire import books, codec
from secmsg.wire import revocation as revocations
from secmsg.wire.books import MAX_BLOCK, NewBook
from secmsg.wire.cable import MAX_NUMBER, SIGNATURE_SIZE
from secmsg.wire.codec import Fields, Value
from secmsg.wire.handshake import SESSION_ID_SIZE, ResetReason
from secmsg.wire.revocation import Revocation

MAX_BYTES = 2**15
MAX_RECEIPTS = 64
MAX_RANGES = 64
MAX_RECEIPT_NOTE = 200
MAX_NOTE = 500
MAX_SERIAL = 2**32 - 1
MAX_GENERATION = 2**32 - 1
MAX_COVER_INDEX = 0xFFFF
COVER_ROOT_SIZE = 32
MAX_WITHIN_S = 31 * 86_400
"""Seconds for which a recap may promise the next one at most."""
MAX_ATTEMPT = 255

_VERSION = 1
_NEWER = 2
"""Receipts that name what was opened, and recaps that state the transcript; nothing else has this version."""
_OPENED_SIZE = 32
_LOCKED = 1


class Code(StrEnum):
    """The code of a service message, as it is written in manual groups."""

    RECEIPT = "BN"
    RECAP = "KTS"
    REPEAT_REQUEST = "YCPL"
    FAULT = "SH"
    LINE_TEST = "THU"
    REPEAT = "PL"
    SUSPECTED_DUPLICATE = "TR"
    MISROUTED = "CN"
    CORRECTION = "DC"
    SUPERSEDE = "TT"
    CANCEL = "HUY"
    RECALL = "TH"
    RECALL_DONE = "XTH"
    READDRESS = "CT"
    CHANNEL_CHANGE = "DK"
    KEY_CHANGE = "DKH"
    KEY_COMPROMISE = "LK"
    STATION_STATE = "TK"
    EMERGENCY_DESTRUCTION = "THK"
    NEW_BOOK = "MS"
    HAND_BLOCK = "GS"
    HAND_NUMBERS = "DS"


class ReceiptLevel(IntEnum):
    """A rung of the receipt ladder (domain: never show more than is proven)."""

    ARRIVED = 3
    DECIPHERED = 4
    REGISTERED = 5
    READ = 6
    ASSIGNED = 7
    IN_PROGRESS = 8
    DONE = 9
    REFUSED = 20


class FaultCode(IntEnum):
    """What is wrong with what arrived."""

    GARBLED = 1
    ANNEX_MISSING = 2
    SUSPECTED_DUPLICATE = 3
    NOT_OURS = 4
    KEY_MISMATCH = 5
    EXPIRED = 6
    SIGNATURE = 7
    COUNT = 8
    CHAIN_FORKED = 9
    NOT_REPEATED = 10
    """Asked for on every way and still not here: an officer of both ends is told."""
    GAP_CLOSED = 11
    """An officer has closed the gap without having seen these serials."""


class Posture(IntEnum):
    """How tightly the stations watch each other; it sets how often recaps go."""

    NORMAL = 1
    HEIGHTENED = 2
    EMERGENCY = 3


@dataclass(frozen=True, slots=True)
class Receipt:
    """One cable has reached `level` at the signer's station.

    `number` is the line in the incoming register, 0 below REGISTERED. `opened` is the manifest hash (32 B) of what was
    opened under the cable's id (docs/spec/receipts.md 4), empty in a receipt of version 1.
    """

    cable_id: CableId
    level: ReceiptLevel
    at: int
    number: int = 0
    note: str = ""
    opened: bytes = b""


@dataclass(frozen=True, slots=True)
class SignedReceipts:
    """BN: 1 to 64 receipts under one signature, a device's (machine rungs) or a person's (human acts).

    The signature is over `receipts_to_sign(receipts)`. Either all name what was opened, or none does (version 1).
    """

    signer_ref: CertificateRef
    receipts: tuple[Receipt, ...]
    signature: bytes


Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Serials as ranges first..last inclusive, rising, not touching, at most 64."""


@dataclass(frozen=True, slots=True)
class Recap:
    """KTS: serials sent to you up to `sent`, serials had from you without a gap up to `received`.

    `sent_head` and `received_head` are the hashes of the chain at these two serials (32 B, zeros at serial 0): the
    running transcript of both directions. `edition` and `root` (32 B) name the directory in force at the sender,
    `within_s` by when the next recap follows, `missing` what it lacks of yours. An older recap (`whole` is false) has
    the two serials alone.
    """

    sent: int
    received: int
    sent_head: bytes = b""
    received_head: bytes = b""
    edition: int = 0
    root: bytes = b""
    within_s: int = 0
    missing: Ranges = ()

    @property
    def whole(self) -> bool:
        """Whether it states more than the two serials."""
        return bool(self.within_s)


@dataclass(frozen=True, slots=True)
class RepeatRequest:
    """YCPL: please send these serials again; `attempt` counts how often they were asked for, this time included."""

    ranges: Ranges
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Repeat:
    """PL: what becomes of the serials asked for.

    `identical` follow as the stored bytes, `anew` enciphered once more under the same serials and cable ids, `gone` are
    not kept any more or were never given to a machine's item.
    """

    identical: Ranges = ()
    anew: Ranges = ()
    gone: Ranges = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """SH: something arrived and is wrong, or did not arrive; `serial` 0 and `cable_id` None where unknown.

    `last` ends a range of serials that begins with `serial` (0: that one alone).
    """

    code: FaultCode
    note: str = ""
    serial: int = 0
    cable_id: CableId | None = None
    last: int = 0


@dataclass(frozen=True, slots=True)
class StationState:
    """TK with a posture: headquarters tells a station how tightly to watch."""

    posture: Posture
    note: str = ""


@dataclass(frozen=True, slots=True)
class PickedUp:
    """TK with a lock: this machine is locked, and its watch has seen a ring (docs/spec/ring.md 3); sealed before."""


@dataclass(frozen=True, slots=True)
class HandBlock:
    """GS: the `count` serials that follow this item's own are kept for traffic by hand."""

    count: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandNumbers:
    """DS: of the serials `first`..`last` kept for traffic by hand, `used` were given; the rest are void."""

    first: int
    last: int
    used: Ranges = ()


@dataclass(frozen=True, slots=True)
class LineTest:
    """THU: a test of the line; the answer carries the same 8 bytes with `answer` true."""

    token: bytes
    answer: bool


class KeyStage(IntEnum):
    """Which word about a break of continuity a DKH says (docs/spec/reset.md 4)."""

    BEGUN = 1
    """To the other end: first word of the new session."""
    REPORTED = 2
    """To headquarters."""
    CONFIRMED = 3
    """From headquarters."""
    COVER_GIVEN = 4
    """From headquarters: a cover root (docs/spec/veil.md 4)."""
    COVER_HELD = 5
    """To headquarters: it is here."""


@dataclass(frozen=True, slots=True)
class KeysBegun:
    """DKH 1: I begin a new session with you, for `reason`; the last serials as I know them, this item not counted."""

    reason: ResetReason
    sent: int
    received: int


@dataclass(frozen=True, slots=True)
class KeysReported:
    """DKH 2: my session with `device` broke and `session_id` of `generation` came after it."""

    session_id: SessionId
    device: DeviceId
    generation: int
    reason: ResetReason
    at: int


@dataclass(frozen=True, slots=True)
class KeysConfirmed:
    """DKH 3: a person of headquarters has seen the break before `session_id`, and signs `confirmed_part`."""

    session_id: SessionId
    at: int
    signer_ref: CertificateRef
    signature: bytes


@dataclass(frozen=True, slots=True)
class KeyCompromise:
    """LK: headquarters says that a machine is lost, before an edition does (docs/spec/devices.md 6)."""

    revocation: Revocation
    note: str = ""


@dataclass(frozen=True, slots=True)
class CoverGiven:
    """DKH 4: headquarters gives a cover root and its index before the edition that needs it (docs/spec/veil.md 4)."""

    index: int
    root: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CoverHeld:
    """DKH 5: this machine has the cover root of this index."""

    index: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Any code of the table without a form of its own: what it is about, and a note up to 500 characters."""

    code: Code
    note: str = ""
    cable_id: CableId | None = None


OfficeMessage: TypeAlias = (
    Recap
    | RepeatRequest
    | Repeat
    | Fault
    | LineTest
    | KeysBegun
    | KeysReported
    | CoverGiven
    | CoverHeld
    | KeyCompromise
    | StationState
    | PickedUp
    | HandBlock
    | HandNumbers
    | NewBook
    | Notice
)
"""Every service message that an office acts on without another signature in it."""

ServiceMessage: TypeAlias = SignedReceipts | KeysConfirmed | OfficeMessage


def encode(message: ServiceMessage) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    code, fields = _write(message)
    whole: dict[int, Value] = {0: _version(message), 1: code.value}
    whole.update({key: value for key, value in fields.items() if value is not None and value != ""})
    encoded = codec.encode(whole)
    decode(encoded)  # what leaves here is what every receiver takes
    return encoded


def decode(data: bytes) -> ServiceMessage:
    """Return the message; FormatError unless every byte is as docs/spec/service.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES), "service message")
    version = fields.uint(0, _VERSION, _NEWER)
    try:
        code = Code(fields.text(1, 2, 5))
    except ValueError:
        raise FormatError("service message: unknown code") from None
    message = _read(code, fields)
    fields.done()
    if version != _version(message):
        raise FormatError("service message: the version is not that of its content")
    return message


def receipts_to_sign(receipts: tuple[Receipt, ...]) -> bytes:
    """Return the bytes that a signer of receipts signs."""
    return codec.encode([_receipt_value(receipt) for receipt in receipts])


def confirmed_part(session_id: SessionId, at: int) -> bytes:
    """Return the bytes that a person of headquarters signs about a break."""
    return codec.encode([session_id, at])


def _write(message: ServiceMessage) -> tuple[Code, dict[int, Value]]:
    match message:
        case SignedReceipts():
            receipts: list[Value] = [_receipt_value(receipt) for receipt in message.receipts]
            return Code.RECEIPT, {2: message.signer_ref, 3: receipts, 4: message.signature}
        case Recap():
            return Code.RECAP, _recap_fields(message)
        case RepeatRequest():
            attempt = None if message.attempt == 1 else message.attempt
            return Code.REPEAT_REQUEST, {2: _pairs(message.ranges), 3: attempt}
        case Repeat():
            parts = (message.identical, message.anew, message.gone)
            return Code.REPEAT, {key: _pairs(ranges) or None for key, ranges in enumerate(parts, 2)}
        case Fault():
            about: dict[int, Value] = {2: int(message.code), 3: message.note, 4: message.serial}
            return Code.FAULT, about | {5: message.cable_id, 6: message.last or None}
        case LineTest():
            return Code.LINE_TEST, {2: message.token, 3: message.answer}
        case KeysBegun() | KeysReported() | KeysConfirmed() | CoverGiven() | CoverHeld():
            return Code.KEY_CHANGE, _key_fields(message)
        case KeyCompromise():
            return Code.KEY_COMPROMISE, {2: message.note, 3: revocations.encode(message.revocation)}
        case StationState():
            return Code.STATION_STATE, {2: message.note, 4: int(message.posture)}
        case PickedUp():
            return Code.STATION_STATE, {5: _LOCKED}
        case HandBlock():
            return Code.HAND_BLOCK, {2: message.count, 3: message.note}
        case HandNumbers():
            return Code.HAND_NUMBERS, {2: message.first, 3: message.last, 4: _pairs(message.used) or None}
        case NewBook():
            return Code.NEW_BOOK, books.fields(message)
        case Notice():
            return message.code, {2: message.note, 3: message.cable_id}
        case _:
            assert_never(message)


def _read(code: Code, fields: Fields) -> ServiceMessage:
    match code:
        case Code.RECEIPT:
            return SignedReceipts(
                CertificateRef(fields.raw(2, 32)),
                tuple(_receipt(each) for each in fields.array(3, 1, MAX_RECEIPTS)),
                fields.raw(4, SIGNATURE_SIZE),
            )
        case Code.RECAP:
            return _recap(fields)
        case Code.REPEAT_REQUEST:
            attempt = fields.optional_uint(3, 2, MAX_ATTEMPT)
            return RepeatRequest(_ranges(fields.array(2, 1, MAX_RANGES)), attempt or 1)
        case Code.REPEAT:
            return _repeat(fields)
        case Code.FAULT:
            serial = fields.uint(4, 0, MAX_SERIAL)
            return Fault(
                fields.choice(2, FaultCode),
                fields.text_or_empty(3, MAX_NOTE, multiline=True),
                serial,
                _about(fields, 5),
                fields.optional_uint(6, max(serial, 1) + 1, MAX_SERIAL) or 0,
            )
        case Code.LINE_TEST:
            return LineTest(fields.raw(2, 8), fields.flag(3))
        case Code.KEY_CHANGE:
            return _read_keys(fields)
        case Code.KEY_COMPROMISE:
            note = fields.text_or_empty(2, MAX_NOTE, multiline=True)
            return KeyCompromise(revocations.decode(fields.raw(3, revocations.SIZE)), note)
        case Code.STATION_STATE if fields.has(4):
            note = fields.text_or_empty(2, MAX_NOTE, multiline=True)
            return StationState(fields.choice(4, Posture), note)
        case Code.STATION_STATE if fields.has(5):
            fields.uint(5, _LOCKED, _LOCKED)
            return PickedUp()
        case Code.HAND_BLOCK:
            return HandBlock(fields.uint(2, 1, MAX_BLOCK), fields.text_or_empty(3, MAX_NOTE, multiline=True))
        case Code.HAND_NUMBERS:
            return _hand_numbers(fields)
        case Code.NEW_BOOK:
            return books.read(fields)
        case _:
            return Notice(code, fields.text_or_empty(2, MAX_NOTE, multiline=True), _about(fields, 3))


_Keys: TypeAlias = KeysBegun | KeysReported | KeysConfirmed | CoverGiven | CoverHeld


def _key_fields(message: _Keys) -> dict[int, Value]:
    match message:
        case KeysBegun():
            return {2: int(KeyStage.BEGUN), 3: int(message.reason), 4: message.sent, 5: message.received}
        case KeysReported():
            head: dict[int, Value] = {2: int(KeyStage.REPORTED), 3: int(message.reason), 4: message.session_id}
            return head | {5: message.device, 6: message.generation, 7: message.at}
        case KeysConfirmed():
            about: dict[int, Value] = {2: int(KeyStage.CONFIRMED), 4: message.session_id, 7: message.at}
            return about | {8: message.signer_ref, 9: message.signature}
        case CoverGiven():
            return {2: int(KeyStage.COVER_GIVEN), 3: message.index, 4: message.root}
        case CoverHeld():
            return {2: int(KeyStage.COVER_HELD), 3: message.index}
        case _:
            assert_never(message)


def _read_keys(fields: Fields) -> _Keys:
    stage = fields.choice(2, KeyStage)
    match stage:
        case KeyStage.BEGUN:
            return KeysBegun(
                fields.choice(3, ResetReason), fields.uint(4, 0, MAX_SERIAL), fields.uint(5, 0, MAX_SERIAL)
            )
        case KeyStage.REPORTED:
            return KeysReported(
                reason=fields.choice(3, ResetReason),
                session_id=SessionId(fields.raw(4, SESSION_ID_SIZE)),
                device=DeviceId(fields.uint(5, 1, 0xFFFF)),
                generation=fields.uint(6, 1, MAX_GENERATION),
                at=fields.uint(7, 0, codec.MAX_TIME),
            )
        case KeyStage.CONFIRMED:
            return KeysConfirmed(
                session_id=SessionId(fields.raw(4, SESSION_ID_SIZE)),
                at=fields.uint(7, 0, codec.MAX_TIME),
                signer_ref=CertificateRef(fields.raw(8, 32)),
                signature=fields.raw(9, SIGNATURE_SIZE),
            )
        case KeyStage.COVER_GIVEN:
            return CoverGiven(fields.uint(3, 1, MAX_COVER_INDEX), fields.raw(4, COVER_ROOT_SIZE))
        case KeyStage.COVER_HELD:
            return CoverHeld(fields.uint(3, 1, MAX_COVER_INDEX))
        case _:
            assert_never(stage)


def _about(fields: Fields, key: int) -> CableId | None:
    cable_id = fields.optional_raw(key, 16)
    return None if cable_id is None else CableId(cable_id)


def _version(message: ServiceMessage) -> int:
    if isinstance(message, Recap):
        return _NEWER if message.whole else _VERSION
    if not isinstance(message, SignedReceipts) or not any(each.opened for each in message.receipts):
        return _VERSION
    if not all(each.opened for each in message.receipts):
        raise FormatError("receipts: some name what was opened, others do not")
    return _NEWER


def _receipt_value(receipt: Receipt) -> Value:
    named: list[Value] = [receipt.opened] if receipt.opened else []
    return [receipt.cable_id, int(receipt.level), receipt.at, receipt.number, receipt.note, *named]


def _receipt(value: Value) -> Receipt:
    cable_id, level, at, number, note, *named = codec.as_array(value, 5, 6, "receipt")
    receipt = Receipt(
        CableId(codec.as_raw(cable_id, 16, 16, "receipt, cable")),
        codec.as_choice(level, ReceiptLevel, "receipt, level"),
        codec.as_uint(at, 0, codec.MAX_TIME, "receipt, time"),
        codec.as_uint(number, 0, MAX_NUMBER, "receipt, number"),
        codec.as_text(note, 0, MAX_RECEIPT_NOTE, "receipt, note"),
        *(codec.as_raw(each, _OPENED_SIZE, _OPENED_SIZE, "receipt, what was opened") for each in named),
    )
    if receipt.number and receipt.level < ReceiptLevel.REGISTERED:
        raise FormatError("receipt: a register number before the register")
    return receipt


def _recap_fields(recap: Recap) -> dict[int, Value]:
    fields: dict[int, Value] = {2: recap.sent, 3: recap.received}
    if recap.whole:
        fields |= {4: recap.sent_head, 5: recap.received_head, 6: recap.edition, 7: recap.root, 8: recap.within_s}
        fields[9] = _pairs(recap.missing) or None
    return fields


def _recap(fields: Fields) -> Recap:
    sent, received = fields.uint(2, 0, MAX_SERIAL), fields.uint(3, 0, MAX_SERIAL)
    if not fields.has(4):
        return Recap(sent, received)
    return Recap(
        sent,
        received,
        fields.raw(4, 32),
        fields.raw(5, 32),
        fields.uint(6, 0, MAX_SERIAL),
        fields.raw(7, 32),
        fields.uint(8, 1, MAX_WITHIN_S),
        _ranges(fields.array_or_empty(9, MAX_RANGES)),
    )


def _repeat(fields: Fields) -> Repeat:
    repeat = Repeat(*(_ranges(fields.array_or_empty(key, MAX_RANGES)) for key in (2, 3, 4)))
    if not (repeat.identical or repeat.anew or repeat.gone):
        raise FormatError("repeat: of nothing")
    return repeat


def _hand_numbers(fields: Fields) -> HandNumbers:
    first = fields.uint(2, 1, MAX_SERIAL)
    last = fields.uint(3, first, min(MAX_SERIAL, first + MAX_BLOCK - 1))
    used = _ranges(fields.array_or_empty(4, MAX_RANGES))
    if used and not first <= used[0][0] <= used[-1][1] <= last:
        raise FormatError("hand numbers: one outside its block")
    return HandNumbers(first, last, used)


def _pairs(ranges: Ranges) -> list[Value]:
    return [list(each) for each in ranges]


def _ranges(values: list[Value]) -> Ranges:
    ranges: list[tuple[int, int]] = []
    floor = 1
    for value in values:
        low, high = codec.as_array(value, 2, 2, "range")
        first = codec.as_uint(low, floor, MAX_SERIAL, "range")
        last = codec.as_uint(high, first, MAX_SERIAL, "range")
        ranges.append((first, last))
        floor = last + 2  # touching ranges are one range, and one range has one encoding
    return tuple(ranges)
