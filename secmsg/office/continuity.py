"""Serial continuity of one directed pair of stations: what has come, what is missing, is the chain one.

Pure: the store keeps `encode(state)`, the station hashes. Every item carries its serial and the hash of the
item before it; two different items under one serial, or a predecessor that is not the one we have, mean that
two copies of the sender exist (FORKED). Source: docs/spec/continuity.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from secmsg.errors import FormatError, NotAllowed
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

MAX_VOIDS = 64
"""Closed gaps that are remembered, so that what comes late after all is known for what it is."""

_VERSION = 1
_WITH_VOIDS = 2
_MAX_BYTES = 2**16


class Observation(Enum):
    """What an item is to the chain."""

    IN_ORDER = "in-order"
    """It follows directly on what was there."""
    AHEAD = "ahead"
    """Something before it is missing; it is good all the same."""
    DUPLICATE = "duplicate"
    """It was here before."""
    LATE = "late"
    """It belongs into a gap that an officer has closed; it is good, and the chain stands as it stood."""
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
class Void:
    """Serials `first`..`last` that an officer has closed unseen.

    `previous` is the hash of the item before and `head` that of the last, as far as the neighbours told them.
    """

    first: int
    last: int
    previous: bytes
    head: bytes


@dataclass(frozen=True, slots=True)
class State:
    """What has come from one peer.

    `highest`: everything up to here is there; `head` its hash; `recent` the hashes of the last items up to
    `highest`, the newest last; `ahead` the runs beyond the first gap, rising, never touching; `voids` the closed gaps,
    rising.
    """

    highest: int = 0
    head: bytes = NO_HASH
    recent: tuple[bytes, ...] = ()
    ahead: tuple[Run, ...] = ()
    voids: tuple[Void, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What has been sent to one peer: the last serial given and the hash of that item."""

    count: int = 0
    head: bytes = NO_HASH

    def next(self) -> Serial:
        """Return the serial that the next item bears; its `previous` is `head`."""
        return Serial(self.count + 1)

    def after(self, item_hash: bytes, covers: int = 0) -> "Sent":
        """Return the state after the next item, of this hash, is sealed; it `covers` serials kept for the hand."""
        return Sent(self.count + 1 + covers, item_hash)


def observe(
    state: State, serial: int, previous_hash: bytes, item_hash: bytes, covers: int = 0
) -> tuple[State, Observation]:
    """Return the state with the item entered and what the item is to the chain.

    An item that keeps serials for traffic by hand stands for them too: it `covers` so many behind its own. The state is
    a new one only for IN_ORDER, AHEAD and LATE.
    """
    end = serial + covers
    # 0. In a gap that was closed: good when it fits, and the chain does not move.
    void = next((each for each in state.voids if each.first <= serial <= each.last), None)
    if void is not None:
        return _late(state, void, Run(serial, end, previous_hash, item_hash))
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
    if any(serial < run.first <= end for run in state.ahead):
        return state, Observation.FORKED
    below = _before(state, serial)
    above = next((run for run in state.ahead if run.first == end + 1), None)
    if (below is not None and below != previous_hash) or (above is not None and above.previous != item_hash):
        return state, Observation.FORKED
    # 4. Enter it.
    merged = _merged(state.ahead, Run(serial, end, previous_hash, item_hash))
    if serial == state.highest + 1:
        first, rest = merged[0], merged[1:]
        recent = (*state.recent, *(item_hash,) * min(covers + 1, RECENT))
        if first.last > end:
            # The items between were seen earlier; of them only the last hash is remembered.
            recent = (first.head,)
        return State(first.last, first.head, recent[-RECENT:], rest, state.voids), Observation.IN_ORDER
    if len(merged) > MAX_RUNS:
        return state, Observation.TOO_FAR
    return replace(state, ahead=merged), Observation.AHEAD


def _late(state: State, void: Void, item: Run) -> tuple[State, Observation]:
    """Take an item out of a closed gap when it agrees with what stands around it."""
    if (
        item.last > void.last
        or (item.first == void.first and item.previous != void.previous)
        or (item.last == void.last and item.head != void.head)
    ):
        return state, Observation.FORKED
    left = Void(void.first, item.first - 1, void.previous, item.previous)
    right = Void(item.last + 1, void.last, item.head, void.head)
    kept = [each for each in (*state.voids, left, right) if each != void and each.first <= each.last]
    return replace(state, voids=_bounded(kept)), Observation.LATE


def _bounded(voids: Iterable[Void]) -> tuple[Void, ...]:
    return tuple(sorted(voids, key=lambda void: void.first)[-MAX_VOIDS:])


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


def closed(state: State, first: int, last: int) -> State:
    """Return the state after an officer has closed one whole gap; NotAllowed when `first`..`last` is not one.

    The chain goes on behind it. What comes late after all is still known (Observation.LATE).
    """
    if (first, last) not in gaps(state):
        raise NotAllowed("these serials are no gap of their own")
    above = next(run for run in state.ahead if run.first == last + 1)
    rest = [run for run in state.ahead if run is not above]
    if first == state.highest + 1:
        voids = _bounded((*state.voids, Void(first, last, state.head, above.previous)))
        return State(above.last, above.head, (above.head,), tuple(rest), voids)
    below = next(run for run in rest if run.last == first - 1)
    rest[rest.index(below)] = Run(below.first, above.last, below.previous, above.head)
    return replace(
        state, ahead=tuple(rest), voids=_bounded((*state.voids, Void(first, last, below.head, above.previous)))
    )


def restarted(state: State, serial: int, previous_hash: bytes) -> State:
    """Return the state after "mở sổ mới từ số …": the chain goes on with `serial`, agreed by two persons.

    NotAllowed when `serial` has come already. The gaps of the old book are closed with it; what came of the new book
    before its opening stays ahead.
    """
    if is_used(state, serial):
        raise NotAllowed("a new book begins above every serial of the old one")
    old = replace(state, ahead=tuple(run for run in state.ahead if run.last < serial))
    for first, last in gaps(old):
        old = closed(old, first, last)
    later = tuple(run for run in state.ahead if run.first > serial)
    return State(highest=serial - 1, head=previous_hash, ahead=later, voids=old.voids)


def is_used(state: State, serial: int) -> bool:
    """Say whether a serial has come, or was closed."""
    return serial <= state.highest or any(run.first <= serial <= run.last for run in state.ahead)


def top(state: State) -> int:
    """Return the highest serial that has come."""
    return state.ahead[-1].last if state.ahead else state.highest


def hash_at(state: State, serial: int) -> bytes | None:
    """Return the chain's hash at a serial that has come, None where it is not known any more."""
    if serial == 0:
        return NO_HASH
    back = state.highest - serial
    if back == 0:
        return state.head
    if 0 < back < len(state.recent):
        return state.recent[-1 - back]
    for run in state.ahead:
        if serial == run.last:
            return run.head
        if serial == run.first - 1:
            return run.previous
    return None


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
            whole: dict[int, Value] = {1: state.highest, 2: state.head, 3: list(state.recent), 4: _rows(state.ahead)}
            if not state.voids:
                return codec.encode({0: _VERSION} | whole)
            return codec.encode({0: _WITH_VOIDS} | whole | {5: _rows(state.voids)})
        case _:
            assert_never(state)


def decode_sent(data: bytes) -> Sent:
    """Return the state of one's own sending; FormatError if the bytes are not one."""
    fields = _fields(data, "sent state", _VERSION)
    sent = Sent(fields.uint(1, 0, MAX_SERIAL), fields.raw(2, 32))
    fields.done()
    return sent


def decode(data: bytes) -> State:
    """Return the state of what has come from a peer; FormatError if the bytes are not one."""
    fields = _fields(data, "continuity state", _WITH_VOIDS)
    state = State(
        highest=fields.uint(1, 0, MAX_SERIAL),
        head=fields.raw(2, 32),
        recent=tuple(codec.as_raw(each, 32, 32, "recent hash") for each in fields.array(3, 0, RECENT)),
        ahead=tuple(Run(*_row(each)) for each in fields.array(4, 0, MAX_RUNS)),
        voids=tuple(Void(*_row(each)) for each in fields.array_or_empty(5, MAX_VOIDS)),
    )
    fields.done()
    end = state.highest
    for run in state.ahead:
        if not end + 1 < run.first <= run.last:
            raise FormatError("continuity state: runs that touch or fall")
        end = run.last
    end = 0
    for void in state.voids:
        if not end < void.first <= void.last:
            raise FormatError("continuity state: closed gaps that fall")
        end = void.last
    return state


def _fields(data: bytes, what: str, newest: int) -> Fields:
    fields = Fields(codec.decode(data, max_bytes=_MAX_BYTES), what)
    fields.uint(0, _VERSION, newest)
    return fields


def _rows(runs: Iterable[Run | Void]) -> list[Value]:
    return [[run.first, run.last, run.previous, run.head] for run in runs]


def _row(value: Value) -> tuple[int, int, bytes, bytes]:
    first, last, previous, head = codec.as_array(value, 4, 4, "run")
    return (
        codec.as_uint(first, 1, MAX_SERIAL, "run"),
        codec.as_uint(last, 1, MAX_SERIAL, "run"),
        codec.as_raw(previous, 32, 32, "run"),
        codec.as_raw(head, 32, 32, "run"),
    )
