"""The relays of the kit and the mailboxes made at them (docs/spec/store.md 3)."""

from dataclasses import dataclass, field

from secmsg.errors import NotFound
from secmsg.ids import MailboxId, RelayId, Week
from secmsg.store.database import Database


@dataclass(frozen=True, slots=True)
class Relay:
    """One relay as the kit names it; `fingerprint` is the SHA-256 of its certificate (32 bytes).

    `enabled` is False while the officer has switched it off.
    """

    relay_id: RelayId
    name: str
    base_url: str
    prefix: str = field(repr=False)
    fingerprint: bytes
    enrol_token: bytes = field(repr=False)
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox of ours, made at a relay for one week."""

    relay_id: RelayId
    week: Week
    lane: int
    box: MailboxId


def replace_all(db: Database, relays: tuple[Relay, ...]) -> None:
    """Keep these relays, in this order, and no other."""
    db.run("DELETE FROM relays")
    db.run_many(
        "INSERT INTO relays (relay_id, position, name, base_url, prefix, fingerprint, enrol_token, enabled) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (r.relay_id, position, r.name, r.base_url, r.prefix, r.fingerprint, r.enrol_token, int(r.enabled))
            for position, r in enumerate(relays)
        ),
    )


def every(db: Database) -> tuple[Relay, ...]:
    """List the relays in the kit's order."""
    rows = db.all(
        "SELECT relay_id, name, base_url, prefix, fingerprint, enrol_token, enabled FROM relays ORDER BY position"
    )
    return tuple(
        Relay(RelayId(relay), name, base_url, prefix, fingerprint, enrol_token, bool(enabled))
        for relay, name, base_url, prefix, fingerprint, enrol_token, enabled in rows
    )


def switch(db: Database, relay_id: RelayId, *, enabled: bool) -> None:
    """Switch a relay on or off; NotFound."""
    if not db.run("UPDATE relays SET enabled = ? WHERE relay_id = ?", (int(enabled), relay_id)):
        raise NotFound("no such relay")


def note_box(db: Database, box: Box, now: int) -> None:
    """Remember that a mailbox was made; a second time does nothing."""
    db.run(
        "INSERT INTO boxes (relay_id, week, lane, box, made_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (box.relay_id, box.week, box.lane, box.box, now),
    )


def forget_boxes_of(db: Database, relay_id: RelayId) -> None:
    """Forget the mailboxes at a relay that is taken out."""
    db.run("DELETE FROM boxes WHERE relay_id = ?", (relay_id,))


def boxes(db: Database, relay_id: RelayId, first: Week, last: Week) -> tuple[Box, ...]:
    """List the mailboxes made at a relay for the weeks `first` to `last`, both included."""
    rows = db.all(
        "SELECT relay_id, week, lane, box FROM boxes WHERE relay_id = ? AND week BETWEEN ? AND ? ORDER BY week, lane",
        (relay_id, first, last),
    )
    return tuple(Box(RelayId(r), Week(week), lane, MailboxId(box)) for r, week, lane, box in rows)


def forget_boxes(db: Database, before: Week) -> None:
    """Forget the mailboxes of weeks before `before`."""
    db.run("DELETE FROM boxes WHERE week < ?", (before,))
