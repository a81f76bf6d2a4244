"""Serials of each pair of stations, both directions, the sent items kept for a repeat, and the open gaps.

Source: docs/spec/store.md 3. The rules are the office's (`secmsg.office.continuity`); here is only what must
survive.
"""

from dataclasses import dataclass, field

from secmsg.errors import StoreError
from secmsg.ids import CableId, Serial, StationId
from secmsg.store.database import Database

START = bytes(32)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The next serial towards a station, and the chain hash of the item before it (32 bytes)."""

    peer: StationId
    next: Serial
    head: bytes


@dataclass(frozen=True, slots=True)
class SentItem:
    """An item sent, kept for a repeat on request; `item` is its canonical encoding."""

    peer: StationId
    serial: Serial
    cable_id: CableId | None
    sent_at: int
    item: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gap:
    """A serial that has not come though a later one has.

    `asked` repeats were requested, the last at `asked_at`.
    """

    peer: StationId
    serial: Serial
    since: int
    asked_at: int | None = None
    asked: int = 0
    alarmed_at: int | None = None
    """When the officers of both ends were told."""


def outgoing(db: Database, peer: StationId) -> Outgoing:
    """Return where the chain towards a station stands; serial 1 and the zero hash before the first item."""
    row = db.one("SELECT next, head FROM outgoing_pairs WHERE peer = ?", (peer,))
    return Outgoing(peer, Serial(1), START) if row is None else Outgoing(peer, Serial(row[0]), bytes(row[1]))


def every_outgoing(db: Database) -> tuple[Outgoing, ...]:
    """List where every chain stands, for the recap."""
    rows = db.all("SELECT peer, next, head FROM outgoing_pairs ORDER BY peer")
    return tuple(Outgoing(StationId(peer), Serial(serial), head) for peer, serial, head in rows)


def append_item(db: Database, sent: SentItem, chain_hash: bytes, covers: int = 0) -> None:
    """Take the next serial of a pair for an item, with `covers` more behind it for traffic by hand; keep the item.

    StoreError unless it is the very next one.
    """
    expected = outgoing(db, sent.peer).next
    if sent.serial != expected:
        # A number burnt or given twice would look to the peer like a lost or a forged item.
        raise StoreError(f"serial {sent.serial} is not the next one")
    db.run(
        "INSERT INTO sent_items (peer, serial, cable_id, sent_at, item) VALUES (?, ?, ?, ?, ?)",
        (sent.peer, sent.serial, sent.cable_id, sent.sent_at, sent.item),
    )
    db.run(
        "INSERT INTO outgoing_pairs (peer, next, head) VALUES (?, ?, ?) "
        "ON CONFLICT (peer) DO UPDATE SET next = excluded.next, head = excluded.head",
        (sent.peer, sent.serial + 1 + covers, chain_hash),
    )


def skip_to(db: Database, peer: StationId, serial: Serial) -> None:
    """Let a chain go on at a serial beyond the next one, behind a gap that is lost; a lower one does nothing."""
    db.run("UPDATE outgoing_pairs SET next = max(next, ?) WHERE peer = ?", (serial, peer))


def keep_aside(db: Database, peer: StationId, number: Serial, sent_at: int, item: bytes) -> None:
    """Keep an item outside the chain under a local number below 0, so that it can be sealed and sealed anew."""
    db.run(
        "INSERT INTO sent_items (peer, serial, cable_id, sent_at, item) VALUES (?, ?, NULL, ?, ?)",
        (peer, number, sent_at, item),
    )


def forget_asides(db: Database, before: int) -> int:
    """Erase items outside the chain that were sent before a time; say how many."""
    return db.run("DELETE FROM sent_items WHERE serial < 0 AND sent_at < ?", (before,))


def learn_outgoing(db: Database, peer: StationId, last: Serial, head: bytes) -> None:
    """Note up to where another machine of this station has taken a chain; an older word changes nothing."""
    db.run(
        "INSERT INTO outgoing_pairs (peer, next, head) VALUES (?, ?, ?) "
        "ON CONFLICT (peer) DO UPDATE SET next = excluded.next, head = excluded.head WHERE excluded.next > next",
        (peer, last + 1, head),
    )


def restart_outgoing(db: Database, peer: StationId, first: Serial, base: bytes) -> None:
    """Begin a new book towards a station; StoreError unless it begins above every serial that was given."""
    if first < outgoing(db, peer).next:
        raise StoreError(f"serial {first} was given before")
    db.run(
        "INSERT INTO outgoing_pairs (peer, next, head) VALUES (?, ?, ?) "
        "ON CONFLICT (peer) DO UPDATE SET next = excluded.next, head = excluded.head",
        (peer, first, base),
    )


def item_at(db: Database, peer: StationId, serial: Serial) -> SentItem | None:
    """Return the kept item that stands at a serial: its own, or the one before that covers it."""
    row = db.one(
        "SELECT peer, serial, cable_id, sent_at, item FROM sent_items "
        "WHERE peer = ? AND serial <= ? ORDER BY serial DESC LIMIT 1",
        (peer, serial),
    )
    return None if row is None else _sent_item(*row)


def sent_item(db: Database, peer: StationId, serial: Serial) -> SentItem | None:
    """Return a kept item, None when it was never sent or is forgotten."""
    row = db.one(
        "SELECT peer, serial, cable_id, sent_at, item FROM sent_items WHERE peer = ? AND serial = ?",
        (peer, serial),
    )
    return None if row is None else _sent_item(*row)


def _sent_item(peer: int, serial: int, cable_id: bytes | None, sent_at: int, item: bytes) -> SentItem:
    return SentItem(StationId(peer), Serial(serial), None if cable_id is None else CableId(cable_id), sent_at, item)


def last_before(db: Database, peer: StationId, before: int, most: int) -> Serial | None:
    """Return the highest serial up to `most` below which every kept item was sent before a time, None for none."""
    row = db.one(
        "SELECT max(serial) FROM sent_items WHERE peer = ? AND serial BETWEEN 1 AND ? AND serial < "
        "coalesce((SELECT min(serial) FROM sent_items WHERE peer = ? AND serial >= 1 AND sent_at >= ?), ?)",
        (peer, most, peer, before, most + 1),
    )
    return None if row is None or row[0] is None else Serial(row[0])


def cables_kept_above(db: Database, peer: StationId, serial: int) -> frozenset[CableId]:
    """Return the cables of which items above a serial are kept for a repeat, or stand outside the chain."""
    rows = db.all(
        "SELECT DISTINCT cable_id FROM sent_items WHERE peer = ? AND (serial > ? OR serial < 1) "
        "AND cable_id IS NOT NULL",
        (peer, serial),
    )
    return frozenset(CableId(row[0]) for row in rows)


def forget_items(db: Database, peer: StationId, up_to: Serial) -> int:
    """Erase the items a station has proven to have, up to a serial (included); say how many."""
    return db.run("DELETE FROM sent_items WHERE peer = ? AND serial BETWEEN 1 AND ?", (peer, up_to))


def incoming(db: Database, peer: StationId) -> bytes | None:
    """Return the encoded state of the chain from a station, None before its first item."""
    row = db.one("SELECT body FROM incoming_pairs WHERE peer = ?", (peer,))
    return None if row is None else bytes(row[0])


def every_incoming(db: Database) -> tuple[tuple[StationId, bytes], ...]:
    """List the encoded states of all chains from stations."""
    rows = db.all("SELECT peer, body FROM incoming_pairs ORDER BY peer")
    return tuple((StationId(peer), bytes(body)) for peer, body in rows)


def keep_incoming(db: Database, peer: StationId, body: bytes, now: int) -> None:
    """Keep the encoded state of the chain from a station."""
    db.run(
        "INSERT INTO incoming_pairs (peer, body, changed_at) VALUES (?, ?, ?) "
        "ON CONFLICT (peer) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at",
        (peer, body, now),
    )


def open_gap(db: Database, peer: StationId, serial: Serial, since: int) -> bool:
    """Note a missing serial; answer whether it is new."""
    changed = db.run(
        "INSERT INTO gaps (peer, serial, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (peer, serial, since),
    )
    return changed == 1


def close_gap(db: Database, peer: StationId, serial: Serial) -> bool:
    """Forget a missing serial that has come; answer whether it was missing."""
    return db.run("DELETE FROM gaps WHERE peer = ? AND serial = ?", (peer, serial)) == 1


def forget_gaps(db: Database, peer: StationId, below: int, first: int = 0) -> tuple[Gap, ...]:
    """Forget the missing serials of a peer from `first` on and below another one; give what they were."""
    gone = tuple(gap for gap in gaps(db) if gap.peer == peer and first <= gap.serial < below)
    db.run("DELETE FROM gaps WHERE peer = ? AND serial >= ? AND serial < ?", (peer, first, below))
    return gone


def gaps(db: Database) -> tuple[Gap, ...]:
    """List the missing serials by station."""
    rows = db.all("SELECT peer, serial, since, asked_at, asked, alarmed_at FROM gaps ORDER BY peer, serial")
    return tuple(Gap(StationId(peer), Serial(serial), *rest) for peer, serial, *rest in rows)


def note_asked(db: Database, peer: StationId, serial: Serial, at: int) -> None:
    """Note that a repeat of a missing serial was requested."""
    db.run("UPDATE gaps SET asked_at = ?, asked = asked + 1 WHERE peer = ? AND serial = ?", (at, peer, serial))


def note_alarm(db: Database, peer: StationId, serial: Serial, at: int) -> None:
    """Note that a missing serial was given to the officers."""
    db.run("UPDATE gaps SET alarmed_at = ? WHERE peer = ? AND serial = ?", (at, peer, serial))


def forget_alarm(db: Database, peer: StationId, serial: Serial, asked: int) -> None:
    """Let the machine look after a missing serial again, as if it had been asked for so often."""
    db.run("UPDATE gaps SET alarmed_at = NULL, asked = ? WHERE peer = ? AND serial = ?", (asked, peer, serial))
