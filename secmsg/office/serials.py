"""Recaps between two stations: when they go, what they prove when they are compared, and when silence is an alarm.

Pure: times come in, states come out; `secmsg.office.continuity` holds what a chain has seen. Source:
docs/spec/continuity.md 4 and 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from secmsg.office import continuity
from secmsg.office.continuity import NO_HASH, Sent, State
from secmsg.wire import codec
from secmsg.wire.codec import Fields, Value
from secmsg.wire.item import MAX_SERIAL
from secmsg.wire.service import MAX_RANGES, MAX_WITHIN_S, Posture, Ranges, Recap

DAY_S = 86_400
GRACE_SHARE = 2
"""A recap may come late by this part of its interval before its absence is an alarm."""

_VERSION = 1
_MAX_BYTES = 2**12


class Conflict(Enum):
    """What a recap contradicts."""

    THEIR_CHAIN = "their-chain"
    """What they say they have sent is not what came from them."""
    OUR_CHAIN = "our-chain"
    """What they say they have from us is not what was sent from here."""
    ROLLED_BACK = "rolled-back"
    """They have serials that were not given here: this store is an old copy, or another one writes for us."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction that lies at one of the serials `first`..`last`."""

    conflict: Conflict
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Watch:
    """What the two ends of a pair have told each other; times are UTC seconds, 0 for never.

    `since` is when the pair began, `told_at` our last recap, `heard_at` the last authentic packet, `recap_at` their
    last recap with the interval that it `promised_s`. `their_sent`, `their_received` and `their_missing` are what it
    said; `agreed_in` and `agreed_out` the serials up to which both transcripts were last found equal. `lacking` is
    what they gave up asking for, `silent_at` when their silence became an alarm.
    """

    since: int
    told_at: int = 0
    heard_at: int = 0
    recap_at: int = 0
    promised_s: int = DAY_S
    their_sent: int = 0
    their_received: int = 0
    their_missing: Ranges = ()
    agreed_in: int = 0
    agreed_out: int = 0
    edition: int = 0
    root: bytes = b""
    silent_at: int = 0
    lacking: Ranges = ()


# --- when ------------------------------------------------------------------------------------------------------------


def slot(now: int, every_s: int, hour: int) -> int:
    """Return the latest agreed moment: `hour` o'clock UTC, and every `every_s` from there."""
    base = hour * 3_600
    return (now - base) // every_s * every_s + base


def recap_due(watch: Watch, now: int, every_s: int, hour: int) -> bool:
    """Say whether a recap is due: none went since the latest agreed moment, or our clock was set back."""
    last = watch.told_at or watch.since
    return last > now or last < slot(now, every_s, hour)


def overdue_at(watch: Watch) -> int:
    """Return the time from which their silence is an alarm."""
    return (watch.recap_at or watch.since) + watch.promised_s + watch.promised_s // GRACE_SHARE


def is_silent(watch: Watch, now: int) -> bool:
    """Say whether their recap is missing beyond the grace."""
    return now >= overdue_at(watch)


# --- what it says ----------------------------------------------------------------------------------------------------


def recap(sent: Sent, state: State, mark: tuple[int, bytes], within_s: int) -> Recap:
    """Return what to tell a peer: both serials, both heads, the directory's number and root, and what is missing."""
    number, root = mark
    missing = continuity.gaps(state)[:MAX_RANGES]
    return Recap(sent.count, state.highest, sent.head, state.head, number, root, within_s, missing)


def compare(
    recap: Recap, state: State, sent: Sent, own_head: bytes | None, watch: Watch
) -> tuple[tuple[Finding, ...], Watch]:
    """Return what a recap contradicts, and the watch with the serials up to which both transcripts agree.

    `state` is what has come from them, the recap's own item included. `own_head` is the hash of our chain at
    `recap.received` (None: not known any more).
    """
    found = []
    # 1. More than was given here.
    if recap.received > sent.count:
        found.append(Finding(Conflict.ROLLED_BACK, sent.count + 1, recap.received))
    if not recap.whole:
        return tuple(found), watch
    # 2. Their sending: their head at `sent` beside ours.
    theirs = continuity.hash_at(state, recap.sent)
    if theirs is not None and theirs != recap.sent_head:
        found.append(Finding(Conflict.THEIR_CHAIN, _from(watch.agreed_in, recap.sent), recap.sent))
    elif theirs is not None and recap.sent <= state.highest:
        # Beyond a gap the hash is their own word, twice.
        watch = replace(watch, agreed_in=max(watch.agreed_in, recap.sent))
    # 3. Our sending: their head at `received` beside the one that we made.
    if own_head is not None and recap.received <= sent.count:
        if own_head != recap.received_head:
            found.append(Finding(Conflict.OUR_CHAIN, _from(watch.agreed_out, recap.received), recap.received))
        else:
            watch = replace(watch, agreed_out=max(watch.agreed_out, recap.received))
    return tuple(found), watch


def _from(agreed: int, last: int) -> int:
    """Return the first serial that may differ."""
    return min(agreed + 1, last)


def take(watch: Watch, recap: Recap, sent_at: int, now: int) -> Watch:
    """Return the watch after a recap made at `sent_at` by their clock; an older one than the last changes nothing.

    Their time never counts as later than ours: a recap dated into the future would keep the alarm away.
    """
    made = min(sent_at, now)
    if made < watch.recap_at:
        return watch
    return replace(
        watch,
        recap_at=made,
        promised_s=recap.within_s or DAY_S,
        their_sent=recap.sent,
        their_received=recap.received,
        their_missing=recap.missing,
        edition=recap.edition,
        root=recap.root,
        silent_at=0,
        lacking=tuple(each for each in watch.lacking if each[1] > recap.received),
    )


def unconfirmed(watch: Watch, sent: Sent) -> Ranges:
    """Return what they lack of ours as far as they have said so: the gaps they named, and what they gave up."""
    return merged((*watch.their_missing, *watch.lacking), sent.count)


def span(first: int, last: int) -> str:
    """Write serials as a notice does."""
    return f"serial {first}" if first == last else f"serials {first} to {last}"


def merged(ranges: Sequence[tuple[int, int]], top: int = MAX_SERIAL) -> Ranges:
    """Return ranges in order, joined where they touch, cut at `top`, 64 at most."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if first > top:
            continue
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], min(last, top)))
        else:
            joined.append((first, min(last, top)))
    return tuple(joined[:MAX_RANGES])


def without(ranges: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> Ranges:
    """Return what of some ranges is left when others are taken out."""
    left = list(ranges)
    for low, high in taken:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, low - 1)), (max(first, high + 1), last))
            if part[0] <= part[1]
        ]
    return merged(left)


# --- kept ------------------------------------------------------------------------------------------------------------


def encode(watch: Watch) -> bytes:
    """Return the canonical bytes of a watch, for the store."""
    values: list[Value] = [
        watch.since, watch.told_at, watch.heard_at, watch.recap_at, watch.promised_s, watch.their_sent,
        watch.their_received, _pairs(watch.their_missing), watch.agreed_in, watch.agreed_out, watch.edition,
        watch.root, watch.silent_at, _pairs(watch.lacking),
    ]  # fmt: skip
    return codec.encode({0: _VERSION, **dict(enumerate(values, 1))})


def decode(data: bytes) -> Watch:
    """Return the watch; FormatError if the bytes are not one."""
    fields = Fields(codec.decode(data, max_bytes=_MAX_BYTES), "watch")
    fields.uint(0, _VERSION, _VERSION)
    watch = Watch(
        since=fields.uint(1, 0, codec.MAX_TIME),
        told_at=fields.uint(2, 0, codec.MAX_TIME),
        heard_at=fields.uint(3, 0, codec.MAX_TIME),
        recap_at=fields.uint(4, 0, codec.MAX_TIME),
        promised_s=fields.uint(5, 1, MAX_WITHIN_S),
        their_sent=fields.uint(6, 0, MAX_SERIAL),
        their_received=fields.uint(7, 0, MAX_SERIAL),
        their_missing=_ranges(fields.array(8, 0, MAX_RANGES)),
        agreed_in=fields.uint(9, 0, MAX_SERIAL),
        agreed_out=fields.uint(10, 0, MAX_SERIAL),
        edition=fields.uint(11, 0, MAX_SERIAL),
        root=fields.raw(12, 0, len(NO_HASH)),
        silent_at=fields.uint(13, 0, codec.MAX_TIME),
        lacking=_ranges(fields.array(14, 0, MAX_RANGES)),
    )
    fields.done()
    return watch


def _pairs(ranges: Ranges) -> list[Value]:
    return [list(each) for each in ranges]


def _ranges(values: Sequence[Value]) -> Ranges:
    found = []
    for value in values:
        first, last = codec.as_array(value, 2, 2, "watch, range")
        found.append((codec.as_uint(first, 1, MAX_SERIAL, "watch"), codec.as_uint(last, 1, MAX_SERIAL, "watch")))
    return tuple(found)


def every_s(posture: Posture, rhythm: tuple[int, int, int]) -> int:
    """Return the seconds between two recaps in a posture."""
    return rhythm[posture - 1]
