"""The station's account of itself: every chain, what is missing, what is doubted, which directory who has shown.

One frozen value for `secmsg status`; docs/spec/status.md names its fields. Nothing here decides or writes.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from secmsg.ids import StationId
from secmsg.office.copies import Cause
from secmsg.station import backups, copies, pairs, reading, session_listing, thin_sending
from secmsg.station import desk as desks
from secmsg.station.backup_views import BackupStanding
from secmsg.station.desk import Desk
from secmsg.station.number_views import MissingRow, PairRow
from secmsg.station.session_views import BreakView, SessionView
from secmsg.station.thin_views import ThinWear
from secmsg.station.views import StationStatus
from secmsg.store import directory as directory_rows
from secmsg.store import freezes, outbox
from secmsg.wire.service import Ranges

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a store is doubted: on whose word ("": seen here), since when, in the program's words."""

    cause: Cause
    witness: StationId
    witness_name: str
    since: int
    detail: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A doubt that was ended: by which word, and when."""

    cause: Cause
    station: StationId
    since: int
    ended_at: int
    word: str


@dataclass(frozen=True, slots=True)
class PeerAccount:
    """One pair of stations: `given` and `acknowledged` count our serials, `received` theirs without a gap.

    `missing` are theirs that have not come, `lacking` ours that they say they lack; the times are those of `PairRow`.
    """

    station: StationId
    name: str
    given: int
    acknowledged: int
    received: int
    missing: tuple[MissingRow, ...]
    missing_count: int
    lacking: Ranges
    recap_at: int | None
    told_at: int | None
    heard_at: int | None
    overdue_at: int | None
    silent_since: int | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition that a relay or a machine has shown: the hex of its root, or of the first 8 bytes of it."""

    source: str
    edition: int
    root: str
    at: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class DirectoryAccount:
    """The edition held, from where it was taken, what others have shown, and the numbers with more than one root."""

    edition: int
    root: str
    issued_at: int
    taken_at: int
    shown: tuple[Shown, ...]
    forks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """Whether anything may leave, and why not; `states` is the store's counter."""

    frozen: bool
    doubts: tuple[Doubt, ...]
    states: int
    counted_in_keyring: bool
    ended: tuple[Ended, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that `secmsg status` says."""

    format: int
    at: int
    station: StationStatus
    sending: Sending
    peers: tuple[PeerAccount, ...]
    duplicates_dropped: int
    directory: DirectoryAccount | None
    sessions: tuple[SessionView, ...]
    breaks: tuple[BreakView, ...]
    outbox: dict[str, int]
    thin: tuple[ThinWear, ...] = ()
    """How worn the thin chains are, by machine (thin.md 8)."""
    backups: BackupStanding = field(default_factory=BackupStanding)
    """When a backup was last made, proven whole, rehearsed (backup.md 6)."""


def account(desk: Desk, status: StationStatus) -> Account:
    """Put the account together."""
    known = reading.names(desk)
    every = freezes.every(desk.db)
    doubts = {
        peer: tuple(
            Doubt(
                Cause(each.cause),
                StationId(each.witness),
                known.station(StationId(each.witness)) if each.witness else "",
                each.at,
                each.detail,
            )
            for each in group
        )
        for peer, group in groupby(sorted(freezes.holding(desk.db), key=lambda each: each.peer), lambda each: each.peer)
    }
    ended = tuple(
        Ended(Cause(each.cause), StationId(each.peer), each.at, each.ended_at, each.ended_how)
        for each in every
        if each.ended_at is not None
    )
    own = doubts.get(0, ())
    return Account(
        format=FORMAT,
        at=desk.now(),
        station=status,
        sending=Sending(bool(own), own, desk.db.counter or 0, status.counted, ended),
        peers=tuple(_peer(desk, pair, doubts.get(pair.peer, ())) for pair in pairs.continuity(desk).pairs),
        duplicates_dropped=copies.duplicates(desk),
        directory=_directory(desk) if desks.joined(desk) else None,
        sessions=session_listing.sessions(desk) if desks.joined(desk) else (),
        breaks=session_listing.every_break(desk) if desks.joined(desk) else (),
        outbox=dict(Counter(each.state.value for each in outbox.unfinished(desk.db))),
        thin=thin_sending.wear(desk) if desks.joined(desk) else (),
        backups=backups.standing(desk),
    )


def _peer(desk: Desk, pair: PairRow, doubts: tuple[Doubt, ...]) -> PeerAccount:
    return PeerAccount(
        station=pair.peer,
        name=pair.peer_name,
        given=pair.sent,
        acknowledged=max(pair.theirs_received, copies.acknowledged(desk, pair.peer)),
        received=pair.received,
        missing=pair.missing,
        missing_count=sum(each.last - each.first + 1 for each in pair.missing),
        lacking=pair.lacking,
        recap_at=pair.recap_at,
        told_at=pair.told_at,
        heard_at=pair.heard_at,
        overdue_at=pair.overdue_at,
        silent_since=pair.silent_since,
        doubts=doubts,
    )


def _directory(desk: Desk) -> DirectoryAccount:
    directory = desks.directory(desk)
    kept = directory_rows.current(desk.db)
    heads = directory_rows.newest_of_each(desk.db)
    shown = tuple(
        Shown(
            head.source,
            head.number,
            head.root.hex(),
            head.at,
            head.number != directory.number or directory.root.startswith(head.root),
        )
        for head in heads
    )
    return DirectoryAccount(
        edition=directory.number,
        root=directory.root.hex(),
        issued_at=directory.issued_at,
        taken_at=0 if kept is None else kept.taken_at,
        shown=shown,
        forks=directory_rows.forked(desk.db, directory.number, directory.root),
    )
