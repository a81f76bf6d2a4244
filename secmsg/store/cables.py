"""Cables released and received: a head for the lists, the signed bytes, and what was checked on receipt.

Source: docs/spec/store.md 3. A cable is known by its id, whichever channel brought it; a second arrival
changes nothing.
"""

from dataclasses import dataclass, field, replace
from enum import IntEnum

from secmsg.errors import NotFound
from secmsg.ids import CableId, CertificateRef, EditionNumber, PouchId, RelayId, Serial, StationId
from secmsg.office.lifecycle import CableState, IncomingState
from secmsg.store.database import Database, Row, Value
from secmsg.wire.cable import Degree, Kind, Urgency


class Direction(IntEnum):
    """Whether a cable left or came."""

    OUT = 1
    IN = 2


@dataclass(frozen=True, slots=True)
class CableHead:
    """What a list shows.

    `at` is the time of release or of receipt; `others` counts the addressees after the first; `register_line`
    is 0 until the cable is entered. `state` belongs to the direction.
    """

    cable_id: CableId
    direction: Direction
    origin: StationId
    first_to: StationId
    others: int
    number: int
    symbol: str
    mrn: str
    kind: Kind
    degree: Degree
    urgency: Urgency
    subject: str
    dtg: int
    at: int
    annexes: int
    register_line: int
    state: CableState | IncomingState
    read_at: int | None = None
    acknowledged_at: int | None = None
    unsigned: bool = False
    """It came by thin packets or by hand, and the signed cable is not here yet."""
    by_hand: bool = False
    """It left or came as groups that a person carried, whatever carried it besides."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What was checked when an incoming cable was received.

    `follows` is the serial it came directly after, None when something before it was missing; `relay_id` None
    when no relay brought it, `pouch_id` when no pouch did.
    """

    peer: StationId
    serial: Serial
    follows: Serial | None
    relay_id: RelayId | None
    edition: EditionNumber
    person_ref: CertificateRef
    device_ref: CertificateRef
    received_at: int
    pouch_id: PouchId | None = None


@dataclass(frozen=True, slots=True)
class KeptCable:
    """A cable with everything kept about it.

    `signed` is the canonical SignedCable; of an unsigned one the control byte and the message of its thin packets, or
    what its groups said (docs/spec/by-hand.md 8).
    """

    head: CableHead
    signed: bytes = field(repr=False)
    provenance: Provenance | None


_INSERT = (
    "INSERT INTO cables (cable_id, direction, origin, first_to, others, number, symbol, mrn, kind, degree, "
    "urgency, subject, dtg, at, annexes, register_line, state, read_at, acknowledged_at, unsigned, by_hand) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
COLUMNS = (
    "cable_id, direction, origin, first_to, others, number, symbol, mrn, kind, degree, urgency, subject, "
    "dtg, at, annexes, register_line, state, read_at, acknowledged_at, unsigned, by_hand"
)
"""What makes a head, for the lists that select it."""
_SELECT = f"SELECT {COLUMNS} FROM cables "  # noqa: S608 - a text of ours


def insert(db: Database, cable: KeptCable) -> bool:
    """Keep a cable; answer False, changing nothing, when one with this id is there."""
    head = cable.head
    values: tuple[Value, ...] = (
        head.cable_id, head.direction, head.origin, head.first_to, head.others, head.number, head.symbol, head.mrn,
        head.kind, head.degree, head.urgency, head.subject, head.dtg, head.at, head.annexes, head.register_line,
        head.state.value, head.read_at, head.acknowledged_at, int(head.unsigned), int(head.by_hand),
    )  # fmt: skip
    if not db.run(_INSERT, values):
        return False
    cable_no = number_of(db, head.cable_id)
    _tally(db, head.direction, _waits(head), 1)
    db.run("INSERT INTO cable_bodies (cable_no, signed) VALUES (?, ?)", (cable_no, cable.signed))
    if cable.provenance is not None:
        _keep_provenance(db, cable_no, cable.provenance)
    return True


def sign(db: Database, cable: KeptCable) -> None:
    """Put a signed cable in the place of its unsigned form; what the officer has done with it stays. NotFound."""
    head, cable_no = cable.head, number_of(db, cable.head.cable_id)
    db.run(
        "UPDATE cables SET origin = ?, first_to = ?, others = ?, number = ?, symbol = ?, mrn = ?, kind = ?, "
        "degree = ?, subject = ?, dtg = ?, annexes = ?, unsigned = 0 WHERE cable_no = ?",
        (
            head.origin, head.first_to, head.others, head.number, head.symbol, head.mrn, head.kind, head.degree,
            head.subject, head.dtg, head.annexes, cable_no,
        ),
    )  # fmt: skip
    _change_urgency(db, head)
    db.run("UPDATE cable_bodies SET signed = ? WHERE cable_no = ?", (cable.signed, cable_no))
    if cable.provenance is not None:
        _keep_provenance(db, cable_no, cable.provenance)


def _change_urgency(db: Database, signed: CableHead) -> None:
    """Note the signed urgency, by which an unacknowledged cable is listed and counted."""
    kept = head(db, signed.cable_id)
    if kept.urgency == signed.urgency:
        return
    _tally(db, kept.direction, _waits(kept), -1)
    db.run("UPDATE cables SET urgency = ? WHERE cable_id = ?", (signed.urgency, signed.cable_id))
    _tally(db, kept.direction, _waits(replace(kept, urgency=signed.urgency)), 1)


def _keep_provenance(db: Database, cable_no: int, p: Provenance) -> None:
    db.run(
        "INSERT INTO provenances (cable_no, peer, serial, follows, relay_id, edition, person_ref, device_ref, "
        "received_at, pouch_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (cable_no, p.peer, p.serial, p.follows, p.relay_id, p.edition, p.person_ref, p.device_ref, p.received_at,
         p.pouch_id),
    )  # fmt: skip


def has(db: Database, cable_id: CableId) -> bool:
    """Say whether a cable is kept."""
    return db.one("SELECT 1 FROM cables WHERE cable_id = ?", (cable_id,)) is not None


def head(db: Database, cable_id: CableId) -> CableHead:
    """Return a cable's head; NotFound."""
    row = db.one(_SELECT + "WHERE cable_id = ?", (cable_id,))
    if row is None:
        raise NotFound("no such cable")
    return _head(*row)


def head_by_number(db: Database, cable_no: int) -> CableHead:
    """Return the head of the cable with a local number; NotFound."""
    row = db.one(_SELECT + "WHERE cable_no = ?", (cable_no,))
    if row is None:
        raise NotFound("no such cable")
    return _head(*row)


def head_of(row: Row) -> CableHead:
    """Make a head of a row of `COLUMNS`."""
    return _head(*row)


def read(db: Database, cable_id: CableId) -> KeptCable:
    """Return a cable with everything kept about it; NotFound."""
    found = head(db, cable_id)
    cable_no = number_of(db, cable_id)
    body = db.one("SELECT signed FROM cable_bodies WHERE cable_no = ?", (cable_no,))
    if body is None:
        raise NotFound("the text of this cable was destroyed")
    row = db.one(
        "SELECT peer, serial, follows, relay_id, edition, person_ref, device_ref, received_at, "
        "pouch_id FROM provenances WHERE cable_no = ?",
        (cable_no,),
    )
    return KeptCable(found, bytes(body[0]), None if row is None else _provenance(*row))


def listed(db: Database, direction: Direction) -> tuple[CableHead, ...]:
    """List the cables of one direction, newest first."""
    rows = db.all(_SELECT + "WHERE direction = ? ORDER BY at DESC, cable_no DESC", (direction,))
    return tuple(_head(*row) for row in rows)


def by_mrn(db: Database, mrn: str) -> tuple[CableHead, ...]:
    """List the cables with a post number, newest first: two of them are a suspected duplicate."""
    rows = db.all(_SELECT + "WHERE mrn = ? ORDER BY at DESC, cable_no DESC", (mrn,))
    return tuple(_head(*row) for row in rows)


def mark_by_hand(db: Database, cable_id: CableId) -> None:
    """Note that a cable left or came by hand; NotFound."""
    if not db.run("UPDATE cables SET by_hand = 1 WHERE cable_id = ?", (cable_id,)):
        raise NotFound("no such cable")


def mark_read(db: Database, cable_id: CableId, at: int) -> None:
    """Note when a cable was first opened; a later time changes nothing. NotFound."""
    head(db, cable_id)
    db.run("UPDATE cables SET read_at = ? WHERE cable_id = ? AND read_at IS NULL", (at, cable_id))


def mark_acknowledged(db: Database, cable_id: CableId, at: int) -> bool:
    """Note that a person has acknowledged a cable; answer False when one has before. NotFound."""
    waited = head(db, cable_id)
    changed = db.run(
        "UPDATE cables SET acknowledged_at = ? WHERE cable_id = ? AND acknowledged_at IS NULL", (at, cable_id)
    )
    if changed:
        _tally(db, waited.direction, _waits(waited), -1)
        _tally(db, waited.direction, 0, 1)
    return changed == 1


def move(db: Database, cable_id: CableId, state: CableState | IncomingState) -> None:
    """Set a cable's state (the office says which may follow which); NotFound."""
    if not db.run("UPDATE cables SET state = ? WHERE cable_id = ?", (state.value, cable_id)):
        raise NotFound("no such cable")


def enter(db: Database, cable_id: CableId, register_line: int) -> None:
    """Note the register line of a cable; NotFound."""
    if not db.run("UPDATE cables SET register_line = ? WHERE cable_id = ?", (register_line, cable_id)):
        raise NotFound("no such cable")


def count(db: Database, direction: Direction) -> int:
    """Count the cables of one direction."""
    row = db.one("SELECT coalesce(sum(cables), 0) FROM tallies WHERE direction = ?", (direction,))
    return 0 if row is None else int(row[0])


def count_degrees(db: Database) -> dict[Degree, int]:
    """Count the cables of each degree, both directions."""
    return {
        Degree(degree): int(count) for degree, count in db.all("SELECT degree, count(*) FROM cables GROUP BY degree")
    }


def count_unread(db: Database) -> int:
    """Count the incoming cables that nobody has opened."""
    row = db.one("SELECT count(*) FROM cables WHERE direction = 2 AND read_at IS NULL")
    return 0 if row is None else int(row[0])


def destroy_text(db: Database, cable_id: CableId) -> None:
    """Erase a cable's text; its head and its register line stay. Take it out of the search first."""
    db.run("DELETE FROM cable_bodies WHERE cable_no = ?", (number_of(db, cable_id),))


_OLD = "cable_no IN (SELECT cable_no FROM cable_bodies) AND at < ? "
_SETTLED = (
    "AND unsigned = 0 AND (direction = 1 OR (read_at IS NOT NULL AND acknowledged_at IS NOT NULL)) "
    "AND NOT EXISTS (SELECT 1 FROM envelopes e WHERE e.cable_id = cables.cable_id AND e.sealed IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM uploads u WHERE u.cable_id = cables.cable_id AND u.finished_at IS NULL) "
    "AND NOT EXISTS (SELECT 1 FROM downloads d WHERE d.cable_id = cables.cable_id) "
)


def count_with_text(db: Database, before: int) -> int:
    """Count the cables entered before a time whose text is still here."""
    row = db.one("SELECT count(*) FROM cables WHERE " + _OLD, (before,))  # noqa: S608 - our own words
    return 0 if row is None else int(row[0])


def settled(db: Database, before: int) -> tuple[CableHead, ...]:
    """List the cables entered before a time that nobody waits for any more, oldest first.

    Incoming ones were read and acknowledged, and the signed cable is here; of outgoing ones nothing is on its way. What
    is kept of them for a repeat is the caller's to judge.
    """
    rows = db.all(_SELECT + "WHERE " + _OLD + _SETTLED + "ORDER BY at, cable_no", (before,))
    return tuple(_head(*row) for row in rows)


def number_of(db: Database, cable_id: CableId) -> int:
    """Return the local row number of a cable; NotFound."""
    row = db.one("SELECT cable_no FROM cables WHERE cable_id = ?", (cable_id,))
    if row is None:
        raise NotFound("no such cable")
    return int(row[0])


def _waits(head: CableHead) -> int:
    # As the column of that name (migrations/0003.sql).
    return head.urgency + 1 if head.direction is Direction.IN and head.acknowledged_at is None else 0


def _tally(db: Database, direction: Direction, waits: int, more: int) -> None:
    # Not by a trigger: one would cost an insert as much again.
    db.run("UPDATE tallies SET cables = cables + ? WHERE direction = ? AND waits = ?", (more, direction, waits))


def _head(
    cable_id: bytes, direction: int, origin: int, first_to: int, others: int, number: int, symbol: str,
    mrn: str,
    kind: int, degree: int, urgency: int, subject: str, dtg: int, at: int, annexes: int, register_line: int,
    state: str, read_at: int | None, acknowledged_at: int | None, unsigned: int,
    by_hand: int,
) -> CableHead:  # fmt: skip
    way = Direction(direction)
    return CableHead(
        CableId(cable_id), way, StationId(origin), StationId(first_to), others, number, symbol, mrn,
        Kind(kind),
        Degree(degree), Urgency(urgency), subject, dtg, at, annexes, register_line,
        CableState(state) if way is Direction.OUT else IncomingState(state), read_at, acknowledged_at,
        unsigned == 1, by_hand == 1,
    )  # fmt: skip


def _provenance(
    peer: int, serial: int, follows: int | None, relay_id: bytes | None, edition: int, person_ref: bytes,
    device_ref: bytes, received_at: int, pouch_id: bytes | None,
) -> Provenance:  # fmt: skip
    return Provenance(
        StationId(peer), Serial(serial), None if follows is None else Serial(follows),
        None if relay_id is None else RelayId(relay_id), EditionNumber(edition), CertificateRef(person_ref),
        CertificateRef(device_ref), received_at, None if pouch_id is None else PouchId(pouch_id),
    )  # fmt: skip
