"""Every setting that is not a user's: frozen, chosen once at start, passed down as an argument.

What belongs to a user lives in the encrypted store. Times are seconds, sizes bytes unless the name says
otherwise.
"""

from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class KeyStretching:
    """Cost of turning a passphrase into a key, and the least cost that is accepted when a store is opened."""

    memory_kib: int = 262_144
    passes: int = 3
    floor_memory_kib: int = 262_144
    floor_passes: int = 3


@dataclass(frozen=True, slots=True)
class Backoff:
    """Full jitter between 0 and min(cap, base * 2^attempt); any success resets it.

    Failed tries are paid from a budget of `budget` tries, to which each answer adds `budget_share`; when it is spent,
    each pause is the cap's.
    """

    base_s: float = 2.0
    cap_s: float = 900.0
    budget: float = 10.0
    budget_share: float = 0.2


@dataclass(frozen=True, slots=True)
class LinkTimes:
    """How long a link waits: for a connection, for bytes to go on, and in one long poll."""

    connect_s: float = 20.0
    read_s: float = 90.0
    poll_s: int = 50
    slow_round_trip_s: float = 3.0
    clock_skew_s: int = 300


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept or done at most."""

    preview_bytes: int = 32 * 1024 * 1024
    search_rows: int = 500


@dataclass(frozen=True, slots=True)
class Prekeys:
    """How one-time prekeys are kept in supply, and how long the private halves of signed ones live."""

    batch: int = 64
    refill_below: int = 24
    signed_life_s: int = 7 * 86_400
    signed_keep_s: int = 30 * 86_400


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """Weeks of mailboxes made ahead, and weeks back that are still read."""

    weeks_ahead: int = 8
    weeks_back: int = 5


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the station does by itself what nobody asked for.

    Receipts wait a random while within their bounds, so that an answer betrays no cable.
    """

    recap_every_s: tuple[int, int, int] = (86_400, 21_600, 3_600)
    """Seconds between recaps in the postures normal, heightened, emergency."""
    recap_hour: int = 2
    """The agreed hour, UTC: nine in the morning in Hà Nội."""
    repeat_after_s: int = 900
    """How long parallel channels may re-order before a gap is asked about; the pause doubles with every try."""
    repeat_tries: int = 3
    receipt_delay_s: tuple[int, int] = (5, 60)
    draining_s: int = 72 * 3_600
    directory_check_s: int = 6 * 3_600
    directory_stale_s: int = 7 * 86_400


@dataclass(frozen=True, slots=True)
class ThinLimits:
    """How long thin packets may go on without a new key agreement, and how far ahead their tags are looked for.

    Beyond a warning the officer is told; beyond a stop nothing more is sealed (None: never). `window` is 256 to 1024.
    """

    warn_packets: int = 500
    warn_s: int = 14 * 86_400
    stop_packets: int | None = None
    stop_s: int | None = None
    window: int = 256


@dataclass(frozen=True, slots=True)
class Backups:
    """When the officer is reminded that the last backup is old."""

    remind_after_s: int = 7 * 86_400


@dataclass(frozen=True, slots=True)
class Resets:
    """After a session was replaced, cables from this degree up wait until headquarters has confirmed the break.

    Numbers as in docs/spec/cable.md: 2 is tối mật; 4 lets every cable go.
    """

    confirm_from_degree: int = 2


@dataclass(frozen=True, slots=True)
class LockedWatch:
    """For how many weeks beyond this one the watch of a locked station gets reader keys; then nobody watches."""

    weeks_ahead: int = 2


class Mode(Enum):
    """How several channels share one cable."""

    ORDERED = "ordered"
    """One; the next when it fails, or is late."""
    RACED = "raced"
    """One; the next after a short head start."""
    PARALLEL = "parallel"
    """Several at the same moment."""


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """One row of the table (urgency by degree): which channels carry a cable, in which order, and how.

    The row holds for its `urgency` and every degree from `least_degree` up; of several the one with the highest degree
    is taken (numbers as in docs/spec/cable.md). `channels` names channels, or kinds of channels ("relay", "pouch",
    "thin"), the best first. `at_once` go at the same moment (PARALLEL), each later one lets those before it go
    `stagger_s` ahead, and when one that has taken the cable brings no receipt within `resend_s`, the next is used.
    """

    urgency: int
    least_degree: int
    channels: tuple[str, ...]
    mode: Mode
    at_once: int
    stagger_s: int
    resend_s: int


@dataclass(frozen=True, slots=True)
class ChannelCap:
    """The highest degree that a channel, or a kind of channel, may carry."""

    channel: str
    degree: int


_EVERY = ("relay", "pouch", "thin")


@dataclass(frozen=True, slots=True)
class Channels:
    """The channel policy: rows for every urgency, and caps; headquarters will sign such a table one day."""

    rules: tuple[ChannelRule, ...] = (
        ChannelRule(3, 0, _EVERY, Mode.PARALLEL, at_once=3, stagger_s=0, resend_s=60),
        ChannelRule(2, 0, _EVERY, Mode.RACED, at_once=1, stagger_s=10, resend_s=300),
        ChannelRule(1, 0, _EVERY, Mode.ORDERED, at_once=1, stagger_s=60, resend_s=1_800),
        ChannelRule(0, 0, _EVERY, Mode.ORDERED, at_once=1, stagger_s=60, resend_s=14_400),
    )
    caps: tuple[ChannelCap, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """All settings of a station together."""

    key_stretching: KeyStretching = field(default_factory=KeyStretching)
    backoff: Backoff = field(default_factory=Backoff)
    link: LinkTimes = field(default_factory=LinkTimes)
    limits: Limits = field(default_factory=Limits)
    prekeys: Prekeys = field(default_factory=Prekeys)
    mailboxes: Mailboxes = field(default_factory=Mailboxes)
    rhythm: Rhythm = field(default_factory=Rhythm)
    channels: Channels = field(default_factory=Channels)
    thin: ThinLimits = field(default_factory=ThinLimits)
    resets: Resets = field(default_factory=Resets)
    backups: Backups = field(default_factory=Backups)
    watch: LockedWatch = field(default_factory=LockedWatch)


PRODUCTION = Policy()
"""What an installed program uses."""
