"""Which channel carries a cable, when, and why another does not (docs/spec/carrying.md 6).

Pure: the table is data (`config.Channels`), what is known of the channels comes in, a decision for each comes out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from secmsg.config import ChannelRule, Channels, Mode
from secmsg.wire.cable import Degree, Urgency

TRIPS_BEFORE_RESEND = 3
TRIPS_OF_HEAD_START = 2


class ChannelKind(Enum):
    """What kind of channel; the value is its name in the table."""

    RELAY = "relay"
    POUCH = "pouch"
    THIN = "thin"
    """Thin packets by satellite, text message, radio or voice."""


class Why(Enum):
    """Why a channel is used now, later, or not at all."""

    NOW = "now"
    """It is this channel's turn."""
    HOLDS = "holds"
    """It has taken the cable."""
    PROVEN = "proven"
    """A receipt is here: nothing more goes."""
    BY_HAND = "by-hand"
    """An officer uses it; the machine never does."""
    SWITCHED_OFF = "switched-off"
    """The officer has switched it off."""
    ABOVE_CAP = "above-cap"
    """It may not carry this degree."""
    NOT_IN_TABLE = "not-in-table"
    """The table does not name it for this urgency and degree."""
    AFTER_OTHERS = "after-others"
    """Those before it go first."""
    HELD_ELSEWHERE = "held-elsewhere"
    """Another has taken the cable; this one is used when no receipt comes."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as the rule sees it.

    `down` says that it is known not to work now; `round_trip_s` is the last measured (0: none).
    """

    name: str
    kind: ChannelKind
    enabled: bool = True
    down: bool = False
    round_trip_s: float = 0.0

    @property
    def by_hand(self) -> bool:
        """Say whether a person must carry it."""
        return self.kind is not ChannelKind.RELAY


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be carried: `since` is when its carrying began or may begin, `proven` that it has arrived.

    Something `bulky` goes to one channel first, also where the row says several at once: on a thin line two copies
    side by side would both come late.
    """

    urgency: Urgency
    degree: Degree
    since: int
    proven: bool = False
    bulky: bool = False
    turn: int = 0
    """Among channels of one rank its carrying begins with this one, counted round: a repeat takes another way."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision for one channel: why, and the time from which it changes by itself (None: it does not)."""

    why: Why
    at: int | None = None


def rule_for(policy: Channels, urgency: Urgency, degree: Degree) -> ChannelRule:
    """Return the table's row for an urgency and a degree: the one with the highest degree that the cable has.

    Without any row the cable goes to every channel in their order, an hour apart: it must not lie for ever.
    """
    fitting = [row for row in policy.rules if row.urgency == urgency and row.least_degree <= degree]
    if not fitting:
        every = tuple(kind.value for kind in ChannelKind)
        return ChannelRule(urgency, 0, every, Mode.ORDERED, at_once=1, stagger_s=3_600, resend_s=3_600)
    return max(fitting, key=lambda row: row.least_degree)


def cap_of(policy: Channels, channel: Channel) -> Degree:
    """Return the highest degree a channel may carry: the lowest of what the policy says of it and of its kind."""
    said = [cap.degree for cap in policy.caps if cap.channel in (channel.name, channel.kind.value)]
    return Degree(min(said, default=Degree.TOP_SECRET))


def choose(
    policy: Channels, load: Load, channels: Sequence[Channel], taken: Sequence[int | None], now: int
) -> tuple[Choice, ...]:
    """Decide for each channel; `taken` says when each took the cable (None: it has not)."""
    rule = rule_for(policy, load.urgency, load.degree)
    choices = [_standing(policy, rule, load, channel, at) for channel, at in zip(channels, taken, strict=True)]
    open_ = [index for index, choice in enumerate(choices) if choice is None]
    open_.sort(key=lambda index: (_rank(rule, channels[index]), (index - load.turn) % len(channels)))
    held = [
        (at, channel)
        for channel, at in zip(channels, taken, strict=True)
        # What lies in a bag may travel for days: it keeps no other channel back.
        if at is not None and not channel.by_hand
    ]
    decided = dict(zip(open_, _turns(rule, load, [channels[index] for index in open_], held, now), strict=True))
    return tuple(decided[index] if choice is None else choice for index, choice in enumerate(choices))


def _standing(policy: Channels, rule: ChannelRule, load: Load, channel: Channel, taken_at: int | None) -> Choice | None:
    """Decide what does not depend on the other channels; None when it does."""
    if load.proven:
        return Choice(Why.PROVEN)
    if taken_at is not None:
        return Choice(Why.HOLDS)
    if load.degree > cap_of(policy, channel):
        return Choice(Why.ABOVE_CAP)
    if _rank(rule, channel) == len(rule.channels):
        return Choice(Why.NOT_IN_TABLE)
    if not channel.enabled:
        return Choice(Why.SWITCHED_OFF)
    return Choice(Why.BY_HAND) if channel.by_hand else None


def _rank(rule: ChannelRule, channel: Channel) -> int:
    """Return a channel's place in a row: by its own name, else by its kind; the length when it has none."""
    for name in (channel.name, channel.kind.value):
        if name in rule.channels:
            return rule.channels.index(name)
    return len(rule.channels)


def _turns(
    rule: ChannelRule, load: Load, waiting: Sequence[Channel], held: Sequence[tuple[int, Channel]], now: int
) -> tuple[Choice, ...]:
    """Decide for the channels that have not taken the cable yet, in their order."""
    at_once = max(0, rule.at_once - len(held)) if rule.mode is Mode.PARALLEL else 0
    if load.bulky and not held:
        at_once = min(1, at_once)
    choices = []
    ahead: list[Channel] = []
    for channel in waiting:
        if len(ahead) < at_once:
            choices.append(Choice(Why.NOW))
        elif held:
            since = max(at for at, _ in held)
            patience = _patience(rule, [each for _, each in held]) * (len(ahead) - at_once + 1)
            choices.append(_from(since + patience, Why.HELD_ELSEWHERE, now))
        else:
            choices.append(_from(load.since + _head_start(rule, ahead, at_once), Why.AFTER_OTHERS, now))
        # A channel that is known to be down keeps no other back, and is tried all the same.
        if not channel.down:
            ahead.append(channel)
    return tuple(choices)


def _from(at: int, until_then: Why, now: int) -> Choice:
    return Choice(Why.NOW) if now >= at else Choice(until_then, at)


def _patience(rule: ChannelRule, holders: Sequence[Channel]) -> int:
    """Return how long a receipt may take before the next channel is used."""
    return max(rule.resend_s, int(TRIPS_BEFORE_RESEND * max(each.round_trip_s for each in holders)))


def _head_start(rule: ChannelRule, ahead: Sequence[Channel], at_once: int) -> int:
    """Return for how long the channels ahead of one go alone."""
    if rule.mode is Mode.PARALLEL:
        return rule.resend_s * (len(ahead) - at_once + 1)
    return sum(max(rule.stagger_s, int(TRIPS_OF_HEAD_START * each.round_trip_s)) for each in ahead)
