"""Breaks of continuity as rows: begun, opened, acknowledged, confirmed; none is ever forgotten while it stands."""

from secmsg.ids import DeviceId, Serial, SessionId, StationId
from secmsg.office.breaks import MET_HERE, Break
from secmsg.store.database import Database, Row
from secmsg.wire.handshake import ResetReason

MAX_STANDING = 64
"""Breaks with one device, or reported by one station, that stand with a row of their own: a stolen key must not fill
the disk."""

_SELECT = (
    "SELECT break_no, reporter, station, device, at, ours, alone, reason, generation, session_id, previous, follows, "
    "sent, received, confirm, reported_at, acknowledged_at, acknowledged_by, confirmed_at, confirmed_by FROM breaks "
)


def add(db: Database, entry: Break) -> Break:
    """Keep a new break and return it with its number; its `number` as given does not count.

    Beyond 64 of a device (or of a reporter) that nobody has acknowledged the newest of them makes room.
    """
    e = entry
    newest = db.one(
        "SELECT max(break_no) FROM breaks WHERE reporter = ? AND (reporter > 0 OR device = ?) "
        "AND acknowledged_at IS NULL HAVING count(*) >= ?",
        (e.reporter, e.device, MAX_STANDING),
    )
    if newest is not None:
        db.run("DELETE FROM breaks WHERE break_no = ?", (newest[0],))
    number = db.insert(
        "INSERT INTO breaks (reporter, station, device, at, ours, alone, reason, generation, session_id, previous, "
        "follows, sent, received, confirm, acknowledged_at, acknowledged_by, confirmed_at, confirmed_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            e.reporter, e.station, e.device, e.at, e.ours, e.alone, e.reason, e.generation, e.session_id, e.previous,
            e.follows, e.sent, e.received, e.confirm, e.acknowledged_at, e.acknowledged_by, e.confirmed_at,
            e.confirmed_by,
        ),
    )  # fmt: skip
    found = read(db, number)
    assert found is not None  # noqa: S101 - inserted above
    return found


def read(db: Database, number: int) -> Break | None:
    """Return a break by its number."""
    row = db.one(_SELECT + "WHERE break_no = ?", (number,))
    return None if row is None else _break(row)


def every(db: Database) -> tuple[Break, ...]:
    """List all breaks, the oldest first."""
    return tuple(_break(row) for row in db.all(_SELECT + "ORDER BY break_no"))


def of_device(db: Database, device: DeviceId) -> tuple[Break, ...]:
    """List the breaks of our own sessions with a device, the oldest first."""
    return tuple(
        _break(row) for row in db.all(_SELECT + "WHERE device = ? AND reporter = 0 ORDER BY break_no", (device,))
    )


def pending(db: Database, device: DeviceId) -> Break | None:
    """Return the break with a device whose new session is not open yet."""
    row = db.one(_SELECT + "WHERE device = ? AND reporter = 0 AND session_id IS NULL", (device,))
    return None if row is None else _break(row)


def last_alone(db: Database, device: DeviceId) -> int | None:
    """Return when this machine last replaced a session with a device without a person."""
    row = db.one("SELECT max(at) FROM breaks WHERE device = ? AND reporter = 0 AND ours = 1 AND alone = 1", (device,))
    return None if row is None else row[0]


def note_serial(db: Database, number: int, serial: Serial) -> None:
    """Note which item says so in the new session."""
    db.run("UPDATE breaks SET serial = ? WHERE break_no = ?", (serial, number))


def serial_of(db: Database, number: int) -> Serial:
    """Return which item says so in the new session, 0 for none."""
    row = db.one("SELECT serial FROM breaks WHERE break_no = ?", (number,))
    return Serial(0 if row is None else int(row[0]))


def opened(db: Database, entry: Break) -> None:
    """Note the new session of a break; the values of its other columns stay."""
    db.run(
        "UPDATE breaks SET generation = ?, session_id = ?, previous = ?, follows = ?, confirm = ? WHERE break_no = ?",
        (entry.generation, entry.session_id, entry.previous, entry.follows, entry.confirm, entry.number),
    )


def to_report(db: Database) -> tuple[Break, ...]:
    """List our own breaks that headquarters has still to be told of."""
    rows = db.all(
        _SELECT + "WHERE reporter = 0 AND confirm = 1 AND session_id IS NOT NULL AND reported_at IS NULL "
        "AND confirmed_at IS NULL ORDER BY break_no"
    )
    return tuple(_break(row) for row in rows)


def note_reported(db: Database, number: int, at: int) -> None:
    """Note that headquarters was told."""
    db.run("UPDATE breaks SET reported_at = ? WHERE break_no = ?", (at, number))


def acknowledge(db: Database, number: int, at: int, who: str) -> None:
    """Note who has acknowledged a break here; the first one stays."""
    db.run(
        "UPDATE breaks SET acknowledged_at = ?, acknowledged_by = ? WHERE break_no = ? AND acknowledged_at IS NULL",
        (at, who, number),
    )


def confirm(db: Database, number: int, at: int, who: str) -> None:
    """Note that headquarters has confirmed a break; the first one stays."""
    db.run(
        "UPDATE breaks SET confirmed_at = ?, confirmed_by = ? WHERE break_no = ? AND confirmed_at IS NULL",
        (at, who, number),
    )


def of_session(db: Database, session_id: SessionId) -> tuple[Break, ...]:
    """List the breaks before one session: our own and those reported."""
    return tuple(_break(row) for row in db.all(_SELECT + "WHERE session_id = ? ORDER BY break_no", (session_id,)))


def _break(row: Row) -> Break:
    (
        number, reporter, station, device, at, ours, alone, reason, generation, session_id, previous, follows, sent,
        received, confirm_, reported_at, acknowledged_at, acknowledged_by, confirmed_at, confirmed_by,
    ) = row  # fmt: skip
    return Break(
        number=number,
        reporter=StationId(reporter) if reporter else MET_HERE,
        station=StationId(station),
        device=DeviceId(device),
        at=at,
        ours=bool(ours),
        alone=bool(alone),
        reason=ResetReason(reason),
        generation=generation,
        session_id=None if session_id is None else SessionId(session_id),
        previous=None if previous is None else SessionId(previous),
        follows=bool(follows),
        sent=sent,
        received=received,
        confirm=bool(confirm_),
        reported_at=reported_at,
        acknowledged_at=acknowledged_at,
        acknowledged_by=acknowledged_by,
        confirmed_at=confirmed_at,
        confirmed_by=confirmed_by,
    )
