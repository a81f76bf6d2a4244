"""Service messages: what cipher offices tell each other about traffic, machine-made and person-made.

Source: docs/spec/service.md. Each has a code of at most five letters, so that it can be sent by hand as well.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TypeAlias, assert_never

from secmsg.errors import FormatError
from secmsg.ids import CableId, CertificateRef, DeviceId, SessionId
from secmsg.wire import codec
from secmsg.wire import revocation as revocations
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

_VERSION = 1
_VERSION_OPENED = 2
"""Receipts that name what was opened; nothing else has this version."""
_OPENED_SIZE = 32


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


@dataclass(frozen=True, slots=True)
class Recap:
    """KTS: serials sent to you up to `sent`, serials had from you without a gap up to `received`.

    The item that carries it holds the hash of the item before, so the whole chain is restated with it.
    """

    sent: int
    received: int


@dataclass(frozen=True, slots=True)
class RepeatRequest:
    """YCPL: please send these serials again; ranges first..last inclusive, rising, not touching, 1 to 64."""

    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """SH: something arrived and is wrong; `serial` 0 and `cable_id` None where unknown."""

    code: FaultCode
    note: str = ""
    serial: int = 0
    cable_id: CableId | None = None


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


ServiceMessage: TypeAlias = (
    SignedReceipts
    | Recap
    | RepeatRequest
    | Fault
    | LineTest
    | KeysBegun
    | KeysReported
    | KeysConfirmed
    | CoverGiven
    | CoverHeld
    | KeyCompromise
    | Notice
)


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
    version = fields.uint(0, _VERSION, _VERSION_OPENED)
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
            return Code.RECAP, {2: message.sent, 3: message.received}
        case RepeatRequest():
            return Code.REPEAT_REQUEST, {2: [list(each) for each in message.ranges]}
        case Fault():
            about: dict[int, Value] = {2: int(message.code), 3: message.note, 4: message.serial}
            return Code.FAULT, about | {5: message.cable_id}
        case LineTest():
            return Code.LINE_TEST, {2: message.token, 3: message.answer}
        case KeysBegun() | KeysReported() | KeysConfirmed() | CoverGiven() | CoverHeld():
            return Code.KEY_CHANGE, _key_fields(message)
        case KeyCompromise():
            return Code.KEY_COMPROMISE, {2: message.note, 3: revocations.encode(message.revocation)}
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
            return Recap(fields.uint(2, 0, MAX_SERIAL), fields.uint(3, 0, MAX_SERIAL))
        case Code.REPEAT_REQUEST:
            return RepeatRequest(_ranges(fields.array(2, 1, MAX_RANGES)))
        case Code.FAULT:
            return Fault(
                fields.choice(2, FaultCode),
                fields.text_or_empty(3, MAX_NOTE, multiline=True),
                fields.uint(4, 0, MAX_SERIAL),
                _about(fields, 5),
            )
        case Code.LINE_TEST:
            return LineTest(fields.raw(2, 8), fields.flag(3))
        case Code.KEY_CHANGE:
            return _read_keys(fields)
        case Code.KEY_COMPROMISE:
            note = fields.text_or_empty(2, MAX_NOTE, multiline=True)
            return KeyCompromise(revocations.decode(fields.raw(3, revocations.SIZE)), note)
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


def _read_keys(fields: Fields) -> _Keys:
    match fields.choice(2, KeyStage):
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


def _about(fields: Fields, key: int) -> CableId | None:
    cable_id = fields.optional_raw(key, 16)
    return None if cable_id is None else CableId(cable_id)


def _version(message: ServiceMessage) -> int:
    if not isinstance(message, SignedReceipts) or not any(each.opened for each in message.receipts):
        return _VERSION
    if not all(each.opened for each in message.receipts):
        raise FormatError("receipts: some name what was opened, others do not")
    return _VERSION_OPENED


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


def _ranges(values: list[Value]) -> tuple[tuple[int, int], ...]:
    ranges: list[tuple[int, int]] = []
    floor = 1
    for value in values:
        low, high = codec.as_array(value, 2, 2, "range")
        first = codec.as_uint(low, floor, MAX_SERIAL, "range")
        last = codec.as_uint(high, first, MAX_SERIAL, "range")
        ranges.append((first, last))
        floor = last + 2  # touching ranges are one range, and one range has one encoding
    return tuple(ranges)
