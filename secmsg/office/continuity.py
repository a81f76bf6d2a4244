"""Serial continuity of one directed pair of stations: what has come, what is missing, is the chain one.

Pure: the store keeps `encode(state)`, the station hashes. Every item carries its serial and the hash of the
item before it; two different items under one serial, or a predecessor that is not the one we have, mean that
two copies of the sender exist (FORKED). Source: docs/spec/continuity.md.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from secmsg.errors import FormatError
from secmsg.ids import Serial
from secmsg.wire import codec
from secmsg.wire.codec import Fields, Value
from secmsg.wire.item import MAX_SERIAL
from secmsg.wire.packet import Ack

NO_HASH = bytes(32)
"""The predecessor of the first item."""

MAX_RUNS = 256
"""Separate runs ahead of the first gap that are remembered."""

RECENT = 64
"""Hashes of the latest contiguous items that are remembered, to tell a repeat from a fork."""

BITMAP_BITS = 32

_VERSION = 1
_MAX_BYTES = 2**16


class Observation(Enum):
    """What an item is to the chain."""

    IN_ORDER = "in-order"
    """It follows directly on what was there."""
    AHEAD = "ahead"
    """Something before it is missing; it is good all the same."""
    DUPLICATE = "duplicate"
    """It was here before."""
    FORKED = "forked"
    """It contradicts the chain: a clone or a rollback of the sender. The state is unchanged."""
    TOO_FAR = "too-far"
    """More gaps than are remembered; good, but not entered. The state is unchanged."""


@dataclass(frozen=True, slots=True)
class Run:
    """Serials `first`..`last` without a gap, the hash before `first` and that of `last` (32 B each)."""

    first: int
    last: int
    previous: bytes
    head: bytes


@dataclass(frozen=True, slots=True)
class State:
    """What has come from one peer.

    `highest`: everything up to here is there; `head` its hash; `recent` the hashes of the last items up to
    `highest`, the newest last; `ahead` the runs beyond the first gap, rising, never touching.
    """

    highest: int = 0
    head: bytes = NO_HASH
    recent: tuple[bytes, ...] = ()
    ahead: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What has been sent to one peer: the last serial given and the hash of that item."""

    count: int = 0
    head: bytes = NO_HASH

    def next(self) -> Serial:
        """Return the serial that the next item bears; its `previous` is `head`."""
        return Serial(self.count + 1)

    def after(self, item_hash: bytes) -> "Sent":
        """Return the state after the next item, of this hash, is sealed."""
        return Sent(self.count + 1, item_hash)


def observe(state: State, serial: int, previous_hash: bytes, item_hash: bytes) -> tuple[State, Observation]:
    """Return the state with the item entered and what the item is to the chain.

    The state is a new one only for IN_ORDER and AHEAD.
    """
    # 1. At or below the contiguous end: a repeat, unless its hash is remembered and differs.
    if serial <= state.highest:
        back = state.highest - serial
        known = state.recent[-1 - back] if back < len(state.recent) else item_hash
        return state, Observation.DUPLICATE if known == item_hash else Observation.FORKED
    # 2. Inside a run ahead: only its end's hash is remembered.
    for run in state.ahead:
        if run.first <= serial <= run.last:
            forked = (serial == run.last and item_hash != run.head) or (
                serial == run.first and previous_hash != run.previous
            )
            return state, Observation.FORKED if forked else Observation.DUPLICATE
    # 3. New. Its neighbours must agree with it: the item before is the one it names, the item after names it.
    below = _before(state, serial)
    above = next((run for run in state.ahead if run.first == serial + 1), None)
    if (below is not None and below != previous_hash) or (above is not None and above.previous != item_hash):
        return state, Observation.FORKED
    # 4. Enter it.
    merged = _merged(state.ahead, Run(serial, serial, previous_hash, item_hash))
    if serial == state.highest + 1:
        first, rest = merged[0], merged[1:]
        recent = (*state.recent, item_hash)
        if first.last > serial:
            # The items between were seen earlier; of them only the last hash is remembered.
            recent = (first.head,)
        return State(first.last, first.head, recent[-RECENT:], rest), Observation.IN_ORDER
    if len(merged) > MAX_RUNS:
        return state, Observation.TOO_FAR
    return replace(state, ahead=merged), Observation.AHEAD


def _before(state: State, serial: int) -> bytes | None:
    """Return the hash of the item just before `serial` where it is there."""
    if serial == state.highest + 1:
        return state.head
    return next((run.head for run in state.ahead if run.last == serial - 1), None)


def _merged(runs: tuple[Run, ...], new: Run) -> tuple[Run, ...]:
    """Return the runs with `new` in its place, joined to the neighbours that it touches."""
    joined = new
    others = []
    for run in runs:
        if run.last == new.first - 1:
            joined = Run(run.first, joined.last, run.previous, joined.head)
        elif run.first == new.last + 1:
            joined = Run(joined.first, run.last, joined.previous, run.head)
        else:
            others.append(run)
    return tuple(sorted((*others, joined), key=lambda run: run.first))


def gaps(state: State) -> tuple[tuple[int, int], ...]:
    """Return the missing serials as ranges first..last, inclusive, rising."""
    found = []
    end = state.highest
    for run in state.ahead:
        found.append((end + 1, run.first - 1))
        end = run.last
    return tuple(found)


def gaps_up_to(state: State, sent: int) -> tuple[tuple[int, int], ...]:
    """Return the missing serials when the peer's recap states that it has sent up to `sent`."""
    end = state.ahead[-1].last if state.ahead else state.highest
    return gaps(state) + (((end + 1, sent),) if sent > end else ())


def restarted(serial: int, previous_hash: bytes) -> State:
    """Return the state after "mở sổ mới từ số …": the chain goes on with `serial`, agreed by two persons."""
    return State(highest=serial - 1, head=previous_hash)


class AckVerdict(Enum):
    """What a peer's acknowledgement says about us."""

    CONSISTENT = "consistent"
    ROLLED_BACK = "rolled-back"
    """It has serials that we have not given: our store is an old copy. Sending must stop."""


def acknowledgement(state: State) -> Ack:
    """Return what to tell the peer, in a packet's header, about what has come from it."""
    bitmap = 0
    for run in state.ahead:
        # The serial after `highest` is missing, so the bits begin with the one after that, the top bit first.
        for serial in range(run.first, min(run.last, state.highest + 1 + BITMAP_BITS) + 1):
            bitmap |= 1 << (state.highest + 1 + BITMAP_BITS - serial)
    return Ack(state.highest, bitmap)


def highest(ack: Ack) -> int:
    """Return the highest serial that an acknowledgement names as there."""
    return max((ack.ack, *_beyond(ack)))


def judge(sent: Sent, ack: Ack) -> AckVerdict:
    """Say whether an acknowledgement fits what was sent."""
    return AckVerdict.ROLLED_BACK if highest(ack) > sent.count else AckVerdict.CONSISTENT


def missing(ack: Ack) -> tuple[tuple[int, int], ...]:
    """Return the serials, as ranges, that an acknowledgement shows to be missing below one that is there."""
    found = []
    end = ack.ack
    for serial in _beyond(ack):
        if serial > end + 1:
            found.append((end + 1, serial - 1))
        end = serial
    return tuple(found)


def _beyond(ack: Ack) -> tuple[int, ...]:
    """Return the serials beyond the first gap that the bitmap shows to be there, rising."""
    bits = range(BITMAP_BITS)
    return tuple(ack.ack + 2 + bit for bit in bits if ack.bitmap >> (BITMAP_BITS - 1 - bit) & 1)


def encode(state: State | Sent) -> bytes:
    """Return the canonical bytes of a state, for the store."""
    match state:
        case Sent():
            return codec.encode({0: _VERSION, 1: state.count, 2: state.head})
        case State():
            ahead: list[Value] = [[run.first, run.last, run.previous, run.head] for run in state.ahead]
            return codec.encode({0: _VERSION, 1: state.highest, 2: state.head, 3: list(state.recent), 4: ahead})
        case _:
            assert_never(state)


def decode_sent(data: bytes) -> Sent:
    """Return the state of one's own sending; FormatError if the bytes are not one."""
    fields = _fields(data, "sent state")
    sent = Sent(fields.uint(1, 0, MAX_SERIAL), fields.raw(2, 32))
    fields.done()
    return sent


def decode(data: bytes) -> State:
    """Return the state of what has come from a peer; FormatError if the bytes are not one."""
    fields = _fields(data, "continuity state")
    state = State(
        highest=fields.uint(1, 0, MAX_SERIAL),
        head=fields.raw(2, 32),
        recent=tuple(codec.as_raw(each, 32, 32, "recent hash") for each in fields.array(3, 0, RECENT)),
        ahead=tuple(_run(each) for each in fields.array(4, 0, MAX_RUNS)),
    )
    fields.done()
    end = state.highest
    for run in state.ahead:
        if not end + 1 < run.first <= run.last:
            raise FormatError("continuity state: runs that touch or fall")
        end = run.last
    return state


def _fields(data: bytes, what: str) -> Fields:
    fields = Fields(codec.decode(data, max_bytes=_MAX_BYTES), what)
    fields.uint(0, _VERSION, _VERSION)
    return fields


def _run(value: Value) -> Run:
    first, last, previous, head = codec.as_array(value, 4, 4, "run")
    return Run(
        codec.as_uint(first, 1, MAX_SERIAL, "run"),
        codec.as_uint(last, 1, MAX_SERIAL, "run"),
        codec.as_raw(previous, 32, 32, "run"),
        codec.as_raw(head, 32, 32, "run"),
    )
