"""How the serials of each pair stand, as screens and commands show it; times are UTC seconds, None for never."""

from dataclasses import dataclass

from secmsg.ids import StationId
from secmsg.wire.service import Posture, Ranges


@dataclass(frozen=True, slots=True)
class AskLine:
    """One request for a repeat: which attempt, by whom, and the channels that took it so far."""

    at: int
    attempt: int
    by_hand: bool
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingRow:
    """Serials `first`..`last` of a peer that have not come; `alarmed_at` when the officers of both ends were told."""

    first: int
    last: int
    since: int
    asked: int
    alarmed_at: int | None
    asks: tuple[AskLine, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockRow:
    """Serials kept for traffic by hand: `used` as the sender reported, `taken` as entered here, `missing` the rest.

    `outgoing`: ours. `reported_at` is when the sender accounted for them.
    """

    outgoing: bool
    first: int
    last: int
    used: Ranges
    taken: Ranges
    missing: Ranges
    reported_at: int | None


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair of stations, both directions.

    `sent` and `received` are our own counts (received: without a gap); `theirs_received` what they have said they hold
    of ours, `lacking` what of ours they have said they lack. `agreed_out` and `agreed_in` are the serials up to which
    the transcripts of both ends were found equal. `recap_at` is their last recap, `told_at` ours, `heard_at` their last
    sign of life, `overdue_at` when their silence is an alarm, `silent_since` when it became one.
    """

    peer: StationId
    peer_name: str
    sent: int
    received: int
    theirs_received: int
    lacking: Ranges
    missing: tuple[MissingRow, ...]
    agreed_out: int
    agreed_in: int
    recap_at: int | None
    told_at: int | None
    heard_at: int | None
    overdue_at: int
    silent_since: int | None
    edition: int
    book_out: int
    book_in: int
    blocks: tuple[BlockRow, ...] = ()

    @property
    def alarms(self) -> int:
        """How many things here wait for a person: silence, gaps asked for in vain, serials that they lack."""
        vain = sum(each.alarmed_at is not None for each in self.missing)
        return vain + (self.silent_since is not None) + bool(self.lacking)


@dataclass(frozen=True, slots=True)
class Continuity:
    """Every pair, and the posture of this station."""

    posture: Posture
    every_s: int
    pairs: tuple[PairRow, ...]
