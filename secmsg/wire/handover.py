"""What a session that locks gives to the locked watch, through memory alone (docs/spec/ring.md 4).

Nothing in it opens anything: addresses, keys that read the fast mailbox, envelopes that are sealed already.
"""

from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.ids import DepositToken, MailboxId, MessageId, RelayId
from secmsg.wire import codec, ring
from secmsg.wire.codec import Fields, Value
from secmsg.wire.padding import CLASSES

MAX_BYTES = 8 * 1024 * 1024
MAX_RELAYS = 8
MAX_READERS = 8
MAX_PARCELS = 64
MAX_CALLERS = 256
MAX_TARGETS = 3
MAX_URL = 300
MAX_PREFIX = 64
_VERSION = 1
_MAX_ITEMS = 65_536
_ID = 16
_KEY = 32

Target = tuple[MailboxId, DepositToken]
"""A mailbox and the right to deposit there."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A fast mailbox of our own, from when to when it is looked into (UTC seconds), and the seed of its reader key."""

    box: MailboxId
    first: int
    last: int
    seed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A ring to be left when the envelope before it was taken."""

    message_id: MessageId
    target: Target = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A sealed envelope that waits; `targets` are tried in order, a `call` follows it for a cable hỏa tốc."""

    message_id: MessageId
    targets: tuple[Target, ...] = field(repr=False)
    body: bytes = field(repr=False)
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """A machine that may ring: the key of its rings, the answer sealed for it, and where that goes."""

    number: int
    key: bytes = field(repr=False)
    targets: tuple[Target, ...] = field(repr=False)
    answer: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Station:
    """What is to be done at one relay, whose certificate has this SHA-256."""

    relay: RelayId
    base_url: str
    prefix: str = field(repr=False)
    fingerprint: bytes
    readers: tuple[Reader, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    callers: tuple[Caller, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """All of it; `watch` (16 bytes) names this watch in its account, `poll_s` is how long a relay may wait."""

    watch: bytes
    poll_s: int
    relays: tuple[Station, ...]


def encode(handover: Handover) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    encoded = codec.encode(
        {0: _VERSION, 1: handover.watch, 2: handover.poll_s, 3: [_station_value(each) for each in handover.relays]}
    )
    decode(encoded)  # what leaves here is what the watch takes
    return encoded


def decode(data: bytes) -> Handover:
    """Return what was handed over; FormatError unless every byte is as docs/spec/ring.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES, max_items=_MAX_ITEMS), "handover")
    fields.uint(0, _VERSION, _VERSION)
    handover = Handover(
        fields.raw(1, _ID),
        fields.uint(2, 1, 55),
        tuple(_station(each) for each in fields.array(3, 1, MAX_RELAYS)),
    )
    fields.done()
    return handover


def _station_value(station: Station) -> Value:
    return [
        station.relay,
        station.base_url,
        station.prefix,
        station.fingerprint,
        [[each.box, each.first, each.last, each.seed] for each in station.readers],
        [_parcel_value(each) for each in station.parcels],
        [[each.number, each.key, _targets_value(each.targets), each.answer] for each in station.callers],
    ]


def _parcel_value(parcel: Parcel) -> Value:
    call: list[Value] = [] if parcel.call is None else [_call_value(parcel.call)]
    return [parcel.message_id, _targets_value(parcel.targets), parcel.body, call]


def _call_value(call: Call) -> Value:
    return [call.message_id, list(call.target), call.body]


def _targets_value(targets: tuple[Target, ...]) -> Value:
    return [list(each) for each in targets]


def _station(value: Value) -> Station:
    relay, url, prefix, pin, readers, parcels, callers = codec.as_array(value, 7, 7, "relay")
    return Station(
        RelayId(codec.as_raw(relay, _ID, _ID, "relay, id")),
        codec.as_text(url, 1, MAX_URL, "relay, address"),
        codec.as_text(prefix, 1, MAX_PREFIX, "relay, prefix"),
        codec.as_raw(pin, _KEY, _KEY, "relay, certificate"),
        tuple(_reader(each) for each in codec.as_array(readers, 0, MAX_READERS, "readers")),
        tuple(_parcel(each) for each in codec.as_array(parcels, 0, MAX_PARCELS, "parcels")),
        tuple(_caller(each) for each in codec.as_array(callers, 0, MAX_CALLERS, "callers")),
    )


def _reader(value: Value) -> Reader:
    box, first, last, seed = codec.as_array(value, 4, 4, "reader")
    begin = codec.as_uint(first, 0, codec.MAX_TIME, "reader, first")
    end = codec.as_uint(last, begin, codec.MAX_TIME, "reader, last")
    return Reader(_box(box), begin, end, codec.as_raw(seed, _KEY, _KEY, "reader, seed"))


def _parcel(value: Value) -> Parcel:
    message_id, targets, body, call = codec.as_array(value, 4, 4, "parcel")
    calls = [_call(each) for each in codec.as_array(call, 0, 1, "parcel, call")]
    return Parcel(_message(message_id), _targets(targets), _body(body), calls[0] if calls else None)


def _call(value: Value) -> Call:
    message_id, target, body = codec.as_array(value, 3, 3, "call")
    return Call(_message(message_id), _target(target), codec.as_raw(body, ring.SIZE, ring.SIZE, "call, ring"))


def _caller(value: Value) -> Caller:
    number, key, targets, answer = codec.as_array(value, 4, 4, "caller")
    return Caller(
        codec.as_uint(number, 1, 0xFFFF, "caller, number"),
        codec.as_raw(key, _KEY, _KEY, "caller, key"),
        _targets(targets),
        _body(answer),
    )


def _targets(value: Value) -> tuple[Target, ...]:
    return tuple(_target(each) for each in codec.as_array(value, 1, MAX_TARGETS, "targets"))


def _target(value: Value) -> Target:
    box, token = codec.as_array(value, 2, 2, "target")
    return _box(box), DepositToken(codec.as_raw(token, _ID, _ID, "target, token"))


def _box(value: Value) -> MailboxId:
    return MailboxId(codec.as_raw(value, _ID, _ID, "mailbox"))


def _message(value: Value) -> MessageId:
    return MessageId(codec.as_raw(value, _ID, _ID, "message"))


def _body(value: Value) -> bytes:
    body = codec.as_raw(value, CLASSES[0], CLASSES[-1], "envelope")
    if len(body) not in CLASSES:
        raise FormatError("handover: an envelope of no size class")
    return body
