"""The bodies that client and relay exchange at `/s` (docs/spec/sync.md).

Requests: 0x01 signed by a mailbox's reader key, 0x02 authorised by deposit tokens alone. Answers: 0x81, 0x82, and
0x83 for a clock. All are deterministic CBOR with integer keys behind their first byte. Nothing here signs or hashes:
that is done in `links` and `relay` over `request_input` and `box_input`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeVar

from secmsg.errors import FormatError
from secmsg.ids import DepositToken, MailboxId, MessageId, RelayId
from secmsg.wire import codec
from secmsg.wire.codec import Fields, Value, as_array, as_choice, as_raw, as_uint
from secmsg.wire.padding import CLASSES

MAX_REQUEST = 262_144
"""Bytes of the longest request body."""
MAX_ANSWER = 524_288
"""Bytes of the longest answer body."""
MAX_FETCH = 253_952
"""Bytes of message bodies in one answer, whatever was asked: with its heads it fits 256 KiB."""
MAX_MESSAGES = 256
"""Messages of one mailbox in one answer."""
MAX_DEPOSITS = 128
MAX_TAKES = 8
MAX_BOXES = 32
"""Mailboxes that one signed request may touch with any one operation."""
MAX_RANGES = 256
MAX_ENTRIES = 128
MAX_SIGNED_PREKEY = 8192
MAX_BATCH = 4096
MAX_ENTRY = 2048
MAX_WAIT_S = 55
MAX_SEQ = 2**62
"""Largest sequence number of a message in its mailbox; the first is 1."""
LADDER = (512, 2048, 8192, 16_384, 32_768, 65_536, 131_072, 262_144, MAX_ANSWER)
"""Sizes to which answers that carry messages or prekeys are padded."""

_SIGNED = 0x01
_DEPOSITS = 0x02
_SYNC_ANSWER = 0x81
_DEPOSIT_ANSWER = 0x82
_CLOCK_ANSWER = 0x83
_ID = 16
_HASH = 32
_PUBLIC = 32
_SIGNATURE = 64
_NONCE = 8
_U16 = 0xFFFF
_U32 = 0xFFFFFFFF
_MAX_BACKLOG = 63
_MAX_ITEMS = 8192

_T = TypeVar("_T")


class TtlClass(IntEnum):
    """How long a relay keeps what nobody fetched."""

    DAY = 1
    WEEK = 2
    MONTH = 3

    @property
    def seconds(self) -> int:
        """Return the time in seconds."""
        return _TTL_DAYS[self] * 86_400


_TTL_DAYS = {TtlClass.DAY: 1, TtlClass.WEEK: 7, TtlClass.MONTH: 30}


class DepositStatus(IntEnum):
    """What became of one deposit."""

    STORED = 1
    DUPLICATE = 2
    """The id was seen in this mailbox before; the body was not looked at."""
    FULL = 3
    UNKNOWN = 4
    """No such mailbox, or not its token."""
    CLASS_REFUSED = 5
    """The relay takes no message of this size at present."""
    DRAINING = 6
    LATER = 7


class BoxStatus(IntEnum):
    """Whether a mailbox that a signed request reads is there."""

    LIVE = 1
    UNKNOWN = 4
    """No such mailbox, or another reader's."""


class CreateStatus(IntEnum):
    """What became of one creation."""

    CREATED = 1
    EXISTS = 2
    """The same mailbox with the same reader and token was there."""
    FULL = 3
    """The enrolment token's allowance is used up."""
    REFUSED = 4
    """The enrolment token is unknown, or the mailbox belongs to another reader."""


class PrekeyStatus(IntEnum):
    """What became of an upload of prekeys."""

    STORED = 1
    SAME = 2
    """This version was there; nothing changed."""
    OLD = 3
    """A newer version is there; nothing changed."""
    UNKNOWN = 4


class TakeStatus(IntEnum):
    """What a sender got who asked for a device's prekeys."""

    ONE_TIME = 1
    LAST_RESORT = 2
    """The signed prekey alone: the one-time prekeys are used up or rationed."""
    NONE = 3
    """The mailbox is there and has no prekeys."""
    UNKNOWN = 4
    LATER = 7
    """The relay cannot give any out at present."""


class Order(IntEnum):
    """In which order a mailbox is fetched."""

    OLDEST = 0
    SMALLEST = 1


@dataclass(frozen=True, slots=True)
class Deposit:
    """One sealed envelope for one mailbox; `body` has a size of `padding.CLASSES`."""

    to_box: MailboxId
    token: DepositToken = field(repr=False)
    message_id: MessageId
    ttl: TtlClass
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Take:
    """Ask for a device's prekeys; the same `request_id` gets the same answer for 24 h."""

    to_box: MailboxId
    token: DepositToken = field(repr=False)
    request_id: bytes


@dataclass(frozen=True, slots=True)
class DepositRequest:
    """What a sender asks for, on the strength of deposit tokens alone."""

    deposits: tuple[Deposit, ...] = ()
    takes: tuple[Take, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """The prekeys of one device, as its owner uploaded them; empty where the status says there are none."""

    status: TakeStatus
    signed: bytes = b""
    batch: bytes = b""
    entry: bytes = b""


@dataclass(frozen=True, slots=True)
class DepositAnswer:
    """One status per deposit and one `Taken` per take, in the order asked; `t` is the relay's clock."""

    t: int
    deposits: tuple[DepositStatus, ...] = ()
    takes: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Ack:
    """Delete the messages of these ranges (first, last; inclusive, ascending, apart)."""

    box: MailboxId
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Fetch:
    """Read up to `max_messages` and `max_bytes` of a mailbox from behind `after`."""

    box: MailboxId
    after: int = 0
    max_bytes: int = MAX_FETCH
    max_messages: int = MAX_MESSAGES
    order: Order = Order.OLDEST


@dataclass(frozen=True, slots=True)
class BoxProof:
    """A reader's signature over `box_input`: its mailbox takes part in a request that another key signs."""

    box: MailboxId
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Create:
    """Make a mailbox; its reader must have signed the request or a `BoxProof` in it."""

    box: MailboxId
    reader: bytes
    token_hash: bytes


@dataclass(frozen=True, slots=True)
class Creation:
    """Mailboxes to make at the cost of one enrolment token (16 bytes)."""

    enrol_token: bytes = field(repr=False)
    boxes: tuple[Create, ...]


@dataclass(frozen=True, slots=True)
class PrekeyUpload:
    """A device's prekeys: `version` rises with every change; the parts are opaque here (wire/bundle)."""

    box: MailboxId
    version: int
    signed: bytes
    batch: bytes = b""
    entries: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """What a reader asks for; done in this order: create, acknowledge, upload prekeys, fetch (and wait)."""

    t: int
    nonce: bytes
    acks: tuple[Ack, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    wait_s: int = 0
    proofs: tuple[BoxProof, ...] = ()
    creation: Creation | None = None
    prekeys: PrekeyUpload | None = None


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A signed request as it arrives: nothing in `cbor` is believed before the signature is verified."""

    key_id: bytes
    signature: bytes
    cbor: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """One stored message as it is fetched."""

    seq: int
    message_id: MessageId
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class BoxContents:
    """The answer to one fetch; `backlog` is the number of bits of the count that remains."""

    box: MailboxId
    status: BoxStatus
    envelopes: tuple[Envelope, ...] = ()
    backlog: int = 0


@dataclass(frozen=True, slots=True)
class PrekeyLevel:
    """How many one-time prekeys of which version are left in a mailbox."""

    box: MailboxId
    version: int
    remaining: int


@dataclass(frozen=True, slots=True)
class Refusals:
    """How many deposits a relay says it refused a mailbox for want of room, since a day (counted from 1970)."""

    box: MailboxId
    count: int
    since_day: int


@dataclass(frozen=True, slots=True)
class SyncAnswer:
    """The answer to a signed request: contents per fetch and statuses per creation, in the order asked.

    `poll_min_s` is how often the relay likes to be asked at most; `draining` says that it is about to stop.
    """

    t: int
    contents: tuple[BoxContents, ...] = ()
    poll_min_s: int = 0
    draining: bool = False
    created: tuple[CreateStatus, ...] = ()
    uploaded: PrekeyStatus | None = None
    levels: tuple[PrekeyLevel, ...] = ()
    refusals: tuple[Refusals, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockAnswer:
    """The answer to a validly signed request of another time: the relay's clock, nothing else was done."""

    t: int


def request_input(relay_id: RelayId, prefix_hash: bytes, cbor: bytes) -> bytes:
    """Return what the main reader signs, after the label: relay 16 | prefix hash 16 | cbor."""
    return _exact(relay_id, _ID) + _exact(prefix_hash, _ID) + cbor


def box_input(relay_id: RelayId, prefix_hash: bytes, main_key_id: bytes, box: MailboxId, t: int, nonce: bytes) -> bytes:
    """Return what another mailbox's reader signs, after the label: relay, prefix hash, main key id, box, t, nonce."""
    return (
        _exact(relay_id, _ID)
        + _exact(prefix_hash, _ID)
        + _exact(main_key_id, _ID)
        + _exact(box, _ID)
        + t.to_bytes(4, "big")
        + _exact(nonce, _NONCE)
    )


def encode_request(request: SyncRequest) -> bytes:
    """Encode the part that is signed: deterministic CBOR without the first byte."""
    table: dict[int, Value] = {1: request.t, 2: request.nonce}
    if request.acks:
        table[4] = [[ack.box, [list(each) for each in ack.ranges]] for ack in request.acks]
    if request.fetches:
        table[5] = [
            [each.box, each.after, each.max_bytes, each.max_messages, int(each.order)] for each in request.fetches
        ]
    if request.wait_s:
        table[6] = request.wait_s
    if request.proofs:
        table[7] = [[each.box, each.key_id, each.signature] for each in request.proofs]
    if request.creation is not None:
        boxes: list[Value] = [[each.box, each.reader, each.token_hash] for each in request.creation.boxes]
        table[8] = [request.creation.enrol_token, boxes]
    if request.prekeys is not None:
        upload = request.prekeys
        table[10] = [upload.box, upload.version, upload.signed, upload.batch, list(upload.entries)]
    return codec.encode(table)


def decode_request(cbor: bytes) -> SyncRequest:
    """Decode the signed part; FormatError on anything that `encode_request` does not make within the bounds."""
    fields = _fields(cbor, MAX_REQUEST)
    t = fields.uint(1, 0, _U32)
    nonce = fields.raw(2, _NONCE, _NONCE)
    acks = _optional(fields, 4, _ack, MAX_BOXES)
    fetches = _optional(fields, 5, _fetch, MAX_BOXES)
    wait = fields.optional_uint(6, 1, MAX_WAIT_S)
    proofs = _optional(fields, 7, _proof, MAX_BOXES)
    creation = fields.optional_array(8, 2, 2)
    prekeys = fields.optional_array(10, 5, 5)
    fields.done()
    _distinct(each.box for each in acks)
    _distinct(each.box for each in fetches)
    _distinct(each.box for each in proofs)
    return SyncRequest(
        t,
        nonce,
        acks,
        fetches,
        0 if wait is None else wait,
        proofs,
        None if creation is None else _creation(creation),
        None if prekeys is None else _prekeys(prekeys),
    )


def frame_signed(key_id: bytes, signature: bytes, cbor: bytes) -> bytes:
    """Put a signed request together: 0x01 | key id 16 | signature 64 | cbor."""
    return bytes([_SIGNED]) + _exact(key_id, _ID) + _exact(signature, _SIGNATURE) + cbor


def encode_deposits(request: DepositRequest) -> bytes:
    """Encode a whole deposit request, first byte 0x02."""
    table: dict[int, Value] = {}
    if request.deposits:
        table[3] = [[each.to_box, each.token, each.message_id, int(each.ttl), each.body] for each in request.deposits]
    if request.takes:
        table[10] = [[each.to_box, each.token, each.request_id] for each in request.takes]
    return bytes([_DEPOSITS]) + codec.encode(table)


def decode_body(body: bytes) -> SignedRequest | DepositRequest:
    """Tell the two kinds of request apart: the signed one is only cut up, the other one is decoded. FormatError."""
    if len(body) > MAX_REQUEST:
        raise FormatError("the request is too long")
    match body[:1]:
        case b"\x01" if len(body) > 1 + _ID + _SIGNATURE:
            return SignedRequest(body[1:17], body[17:81], body[81:])
        case b"\x02":
            return _decode_deposits(body[1:])
        case _:
            raise FormatError("not a request")


def encode_answer(answer: SyncAnswer | DepositAnswer | ClockAnswer) -> bytes:
    """Encode an answer; one with mailbox contents or prekeys is padded up to a size of the ladder."""
    if isinstance(answer, ClockAnswer):
        return bytes([_CLOCK_ANSWER]) + answer.t.to_bytes(4, "big")
    if isinstance(answer, SyncAnswer):
        table = _sync_table(answer)
        return _padded(_SYNC_ANSWER, table) if answer.contents else _plain(_SYNC_ANSWER, table)
    table = {1: answer.t}
    if answer.deposits:
        table[2] = [int(each) for each in answer.deposits]
    if answer.takes:
        table[10] = [[int(each.status), each.signed, each.batch, each.entry] for each in answer.takes]
        return _padded(_DEPOSIT_ANSWER, table)
    # The size of a list of statuses is known from the request already.
    return _plain(_DEPOSIT_ANSWER, table)


def decode_answer(body: bytes) -> SyncAnswer | DepositAnswer | ClockAnswer:
    """Decode an answer; FormatError on anything that `encode_answer` does not make within the bounds."""
    if not body:
        raise FormatError("not an answer")
    answer: SyncAnswer | DepositAnswer
    match body[0]:
        case 0x81:
            answer = _decode_sync_answer(_fields(body[1:], MAX_ANSWER))
        case 0x82:
            answer = _decode_deposit_answer(_fields(body[1:], MAX_ANSWER))
        case 0x83 if len(body) == 5:
            return ClockAnswer(int.from_bytes(body[1:], "big"))
        case _:
            raise FormatError("not an answer")
    # The padding is the one thing that the fields do not fix: another length would tell the line what they hold.
    if encode_answer(answer) != body:
        raise FormatError("not padded as its fields ask for")
    return answer


def _decode_deposits(cbor: bytes) -> DepositRequest:
    fields = _fields(cbor, MAX_REQUEST)
    deposits = _optional(fields, 3, _deposit, MAX_DEPOSITS)
    takes = _optional(fields, 10, _take, MAX_TAKES)
    fields.done()
    if not deposits and not takes:
        raise FormatError("an empty request")
    return DepositRequest(deposits, takes)


def _sync_table(answer: SyncAnswer) -> dict[int, Value]:
    table: dict[int, Value] = {1: answer.t, 4: [answer.poll_min_s, int(answer.draining)]}
    if answer.contents:
        table[3] = [
            [
                each.box,
                int(each.status),
                [[letter.seq, letter.message_id, letter.body] for letter in each.envelopes],
                each.backlog,
            ]
            for each in answer.contents
        ]
    if answer.created:
        table[8] = [int(each) for each in answer.created]
    if answer.uploaded is not None:
        table[9] = int(answer.uploaded)
    if answer.levels:
        table[10] = [[each.box, each.version, each.remaining] for each in answer.levels]
    if answer.refusals:
        table[12] = [[each.box, each.count, each.since_day] for each in answer.refusals]
    return table


def _decode_sync_answer(fields: Fields) -> SyncAnswer:
    t = fields.uint(1, 0, _U32)
    contents = _optional(fields, 3, _contents, MAX_BOXES)
    poll, draining = _row(fields.array(4, 2, 2), 2)
    created = _optional(fields, 8, lambda value: as_choice(value, CreateStatus, "status"), MAX_BOXES)
    uploaded = fields.optional_uint(9, 1, 4)
    levels = _optional(fields, 10, _level, MAX_BOXES)
    refusals = _optional(fields, 12, _refusals, MAX_BOXES)
    _pad(fields)
    return SyncAnswer(
        t,
        contents,
        as_uint(poll, 0, _U16, "poll"),
        as_uint(draining, 0, 1, "draining") == 1,
        created,
        None if uploaded is None else PrekeyStatus(uploaded),
        levels,
        refusals,
    )


def _decode_deposit_answer(fields: Fields) -> DepositAnswer:
    t = fields.uint(1, 0, _U32)
    deposits = _optional(fields, 2, lambda value: as_choice(value, DepositStatus, "status"), MAX_DEPOSITS)
    takes = _optional(fields, 10, _taken, MAX_TAKES)
    _pad(fields)
    return DepositAnswer(t, deposits, takes)


def _plain(kind: int, table: dict[int, Value]) -> bytes:
    return bytes([kind]) + codec.encode(table)


def _padded(kind: int, table: dict[int, Value]) -> bytes:
    """Encode with a pad (key 11) up to a size of the ladder; lengths that a CBOR head cannot reach are skipped."""
    bare = len(codec.encode({**table, 11: b""})) + 1
    for size in LADDER:
        # The head of a byte string has 1, 2, 3 or 5 bytes; `bare` counts one of them.
        for head, least, most in ((0, 0, 23), (1, 24, 255), (2, 256, 65_535), (4, 65_536, MAX_ANSWER)):
            fill = size - bare - head
            if least <= fill <= most:
                return _plain(kind, {**table, 11: bytes(fill)})
    raise FormatError("the answer is too long")


def _pad(fields: Fields) -> None:
    # What the padding holds and how long it is, `decode_answer` sees when it encodes the answer again.
    fields.optional_raw(11, 0, MAX_ANSWER)
    fields.done()


def _deposit(value: Value) -> Deposit:
    to_box, token, message_id, ttl, body = _row(value, 5)
    return Deposit(
        MailboxId(_id(to_box)),
        DepositToken(_id(token)),
        MessageId(_id(message_id)),
        as_choice(ttl, TtlClass, "ttl"),
        _body(body),
    )


def _take(value: Value) -> Take:
    to_box, token, request_id = _row(value, 3)
    return Take(MailboxId(_id(to_box)), DepositToken(_id(token)), _id(request_id))


def _taken(value: Value) -> Taken:
    status, signed, batch, entry = _row(value, 4)
    taken = Taken(
        as_choice(status, TakeStatus, "status"),
        as_raw(signed, 0, MAX_SIGNED_PREKEY, "signed"),
        as_raw(batch, 0, MAX_BATCH, "batch"),
        as_raw(entry, 0, MAX_ENTRY, "entry"),
    )
    has = taken.status in {TakeStatus.ONE_TIME, TakeStatus.LAST_RESORT}
    if bool(taken.signed) != has or bool(taken.entry) != (taken.status is TakeStatus.ONE_TIME):
        raise FormatError("prekeys that do not fit their status")
    return taken


def _ack(value: Value) -> Ack:
    box, ranges = _row(value, 2)
    pairs: list[tuple[int, int]] = []
    least = 1
    for each in as_array(ranges, 1, MAX_RANGES, "ranges"):
        first, last = _row(each, 2)
        start = as_uint(first, least, MAX_SEQ, "first")
        end = as_uint(last, start, MAX_SEQ, "last")
        pairs.append((start, end))
        least = end + 2  # touching ranges have a shorter form
    return Ack(MailboxId(_id(box)), tuple(pairs))


def _fetch(value: Value) -> Fetch:
    box, after, max_bytes, max_messages, order = _row(value, 5)
    return Fetch(
        MailboxId(_id(box)),
        as_uint(after, 0, MAX_SEQ, "after"),
        as_uint(max_bytes, CLASSES[0], MAX_FETCH, "max_bytes"),
        as_uint(max_messages, 1, MAX_MESSAGES, "max_messages"),
        as_choice(order, Order, "order"),
    )


def _proof(value: Value) -> BoxProof:
    box, key_id, signature = _row(value, 3)
    return BoxProof(MailboxId(_id(box)), _id(key_id), as_raw(signature, _SIGNATURE, _SIGNATURE, "signature"))


def _creation(value: Value) -> Creation:
    token, boxes = _row(value, 2)
    creates = tuple(_create(each) for each in as_array(boxes, 1, MAX_BOXES, "boxes"))
    _distinct(each.box for each in creates)
    return Creation(_id(token), creates)


def _create(value: Value) -> Create:
    box, reader, token_hash = _row(value, 3)
    return Create(
        MailboxId(_id(box)),
        as_raw(reader, _PUBLIC, _PUBLIC, "reader"),
        as_raw(token_hash, _HASH, _HASH, "token_hash"),
    )


def _prekeys(value: Value) -> PrekeyUpload:
    box, version, signed, batch, entries = _row(value, 5)
    return PrekeyUpload(
        MailboxId(_id(box)),
        as_uint(version, 1, _U32, "version"),
        as_raw(signed, 1, MAX_SIGNED_PREKEY, "signed"),
        as_raw(batch, 0, MAX_BATCH, "batch"),
        tuple(as_raw(each, 1, MAX_ENTRY, "each") for each in as_array(entries, 0, MAX_ENTRIES, "entries")),
    )


def _contents(value: Value) -> BoxContents:
    box, status, letters, backlog = _row(value, 4)
    envelopes = tuple(_envelope(each) for each in as_array(letters, 0, MAX_MESSAGES, "letters"))
    return BoxContents(
        MailboxId(_id(box)),
        as_choice(status, BoxStatus, "status"),
        envelopes,
        as_uint(backlog, 0, _MAX_BACKLOG, "backlog"),
    )


def _envelope(value: Value) -> Envelope:
    seq, message_id, body = _row(value, 3)
    return Envelope(as_uint(seq, 1, MAX_SEQ, "seq"), MessageId(_id(message_id)), _body(body))


def _level(value: Value) -> PrekeyLevel:
    box, version, remaining = _row(value, 3)
    return PrekeyLevel(
        MailboxId(_id(box)),
        as_uint(version, 1, _U32, "version"),
        as_uint(remaining, 0, MAX_ENTRIES, "remaining"),
    )


def _refusals(value: Value) -> Refusals:
    box, count, since_day = _row(value, 3)
    return Refusals(MailboxId(_id(box)), as_uint(count, 1, _U32, "count"), as_uint(since_day, 0, _U32, "since_day"))


def _fields(cbor: bytes, most: int) -> Fields:
    return Fields(codec.decode(cbor, max_bytes=most, max_items=_MAX_ITEMS))


def _optional(fields: Fields, key: int, one: Callable[[Value], _T], most: int) -> tuple[_T, ...]:
    return tuple(one(each) for each in fields.array_or_empty(key, most))


def _row(value: Value, length: int) -> list[Value]:
    return as_array(value, length, length, "row")


def _id(value: Value) -> bytes:
    return as_raw(value, _ID, _ID, "identifier")


def _body(value: Value) -> bytes:
    body = as_raw(value, CLASSES[0], CLASSES[-1], "message")
    if len(body) not in CLASSES:
        raise FormatError("a message of no size class")
    return body


def _distinct(boxes: Iterable[bytes]) -> None:
    named = list(boxes)
    if len(set(named)) != len(named):
        raise FormatError("a mailbox is named twice")


def _exact(value: bytes, length: int) -> bytes:
    if len(value) != length:
        raise FormatError(f"{length} bytes are needed")
    return value
