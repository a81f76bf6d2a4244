"""Requests for repeats, and by which item each went (docs/spec/store.md 3)."""

from dataclasses import dataclass

from secmsg.ids import Serial, StationId
from secmsg.store.database import Database

MAX_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Ask:
    """Serials `first`..`last` were asked of a peer for the `attempt`th time; `request` is the serial of the item."""

    peer: StationId
    first: Serial
    last: Serial
    attempt: int
    by_hand: bool
    at: int
    request: Serial


def add(db: Database, ask: Ask) -> None:
    """Keep a request; the oldest beyond 2 000 are forgotten."""
    db.run(
        "INSERT INTO asks (peer, first, last, attempt, by_hand, at, request) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (ask.peer, ask.first, ask.last, ask.attempt, int(ask.by_hand), ask.at, ask.request),
    )
    db.run("DELETE FROM asks WHERE ask_no <= (SELECT max(ask_no) FROM asks) - ?", (MAX_KEPT,))


def of_range(db: Database, peer: StationId, first: int, last: int) -> tuple[Ask, ...]:
    """List the requests that named any of these serials, oldest first."""
    rows = db.all(
        "SELECT peer, first, last, attempt, by_hand, at, request FROM asks "
        "WHERE peer = ? AND first <= ? AND last >= ? ORDER BY ask_no",
        (peer, last, first),
    )
    return tuple(
        Ask(StationId(peer), Serial(low), Serial(high), attempt, bool(by_hand), at, Serial(request))
        for peer, low, high, attempt, by_hand, at, request in rows
    )
