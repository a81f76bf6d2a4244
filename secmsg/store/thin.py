"""What belongs to thin packets: pieces not yet whole, texts not yet signed, packets sealed (docs/spec/store.md 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.ids import CableId, DeviceId, Serial, StationId
from secmsg.store.database import Database


class ThinState(IntEnum):
    """What became of a cable that came by thin packets."""

    UNSIGNED = 1
    CONFIRMED = 2
    """The signed cable says the same, word for word."""
    DIFFERS = 3
    """It says something else, or another cable stands in its place of the chain."""


@dataclass(frozen=True, slots=True)
class ThinText:
    """One cable as it came by thin packets; `content` is the control byte and the message."""

    cable_id: CableId
    station: StationId
    device: DeviceId
    serial: Serial
    at: int
    content: bytes = field(repr=False)
    state: ThinState = ThinState.UNSIGNED


@dataclass(frozen=True, slots=True)
class KeptPiece:
    """One fragment of a message that is not whole."""

    device: DeviceId
    message_id: int
    place: int
    control: int
    count: int
    parity: int
    piece: bytes = field(repr=False)
    at: int


@dataclass(frozen=True, slots=True)
class WholeMessage:
    """A message that became whole; `message` with its check and its fill."""

    device: DeviceId
    message_id: int
    control: int
    count: int
    parity: int
    message: bytes = field(repr=False)
    at: int


@dataclass(frozen=True, slots=True)
class SealedThin:
    """One packet sealed for one machine; `bearer` is the size of what carries it."""

    cable_id: CableId
    device: DeviceId
    place: int
    bearer: int
    packet: bytes = field(repr=False)
    at: int


_TEXT = "SELECT cable_id, station, device, serial, at, content, state FROM thin_texts "


def keep_text(db: Database, text: ThinText) -> bool:
    """Keep a cable; answer False, changing nothing, when one with this id is there."""
    values = (text.cable_id, text.station, text.device, text.serial, text.at, text.content, text.state)
    changed = db.run(
        "INSERT INTO thin_texts (cable_id, station, device, serial, at, content, state) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        values,
    )
    return changed == 1


def text(db: Database, cable_id: CableId) -> ThinText | None:
    """Return a cable as it came by thin packets, None when it did not."""
    row = db.one(_TEXT + "WHERE cable_id = ?", (cable_id,))
    return None if row is None else _text(*row)


def unsigned_at(db: Database, station: StationId, serial: Serial) -> tuple[ThinText, ...]:
    """List what came by thin packets for a place of a station's chain and is not signed yet."""
    rows = db.all(_TEXT + "WHERE station = ? AND serial = ? AND state = 1", (station, serial))
    return tuple(_text(*row) for row in rows)


def unsigned(db: Database) -> tuple[ThinText, ...]:
    """List every cable that is not signed yet, oldest first."""
    return tuple(_text(*row) for row in db.all(_TEXT + "WHERE state = 1 ORDER BY at, cable_id"))


def highest(db: Database, station: StationId) -> int:
    """Return the highest serial met in a station's thin packets, 0 before the first."""
    row = db.one("SELECT coalesce(max(serial), 0) FROM thin_texts WHERE station = ?", (station,))
    return 0 if row is None else int(row[0])


def forget_text(db: Database, cable_id: CableId) -> None:
    """Erase what came by thin packets of a cable; nothing happens where none did."""
    db.run("DELETE FROM thin_texts WHERE cable_id = ?", (cable_id,))


def settle(db: Database, cable_id: CableId, state: ThinState) -> None:
    """Say what became of a cable that came by thin packets."""
    db.run("UPDATE thin_texts SET state = ? WHERE cable_id = ?", (state, cable_id))


# --- pieces ----------------------------------------------------------------------------------------------------------

_PIECE = "SELECT device, message_id, place, control, count, parity, piece, at FROM thin_pieces "


def pieces(db: Database, device: DeviceId, message_id: int) -> tuple[KeptPiece, ...]:
    """List the pieces of one message."""
    rows = db.all(_PIECE + "WHERE device = ? AND message_id = ? ORDER BY place", (device, message_id))
    return tuple(KeptPiece(DeviceId(row[0]), *row[1:]) for row in rows)


def keep_piece(db: Database, piece: KeptPiece) -> None:
    """Keep a piece; one in the same place stays."""
    db.run(
        "INSERT INTO thin_pieces (device, message_id, place, control, count, parity, piece, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            piece.device, piece.message_id, piece.place, piece.control, piece.count, piece.parity, piece.piece,
            piece.at,
        ),
    )  # fmt: skip


def forget_pieces(db: Database, device: DeviceId, message_id: int) -> None:
    """Erase the pieces of one message."""
    db.run("DELETE FROM thin_pieces WHERE device = ? AND message_id = ?", (device, message_id))


def incomplete(db: Database, device: DeviceId | None = None) -> tuple[tuple[DeviceId, int, int, int, int], ...]:
    """List messages that are not whole, the one begun first first: machine, id, pieces here, needed, begun at."""
    where, values = ("", ()) if device is None else ("WHERE device = ? ", (device,))
    rows = db.all(
        f"SELECT device, message_id, count(*), max(count), min(at) FROM thin_pieces {where}"  # noqa: S608 - ours
        "GROUP BY device, message_id ORDER BY min(at), device, message_id",
        values,
    )
    return tuple((DeviceId(row[0]), int(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in rows)


def whole(db: Database, device: DeviceId, message_id: int) -> WholeMessage | None:
    """Return the message of this id that became whole last, None when none is remembered."""
    row = db.one(
        "SELECT device, message_id, control, count, parity, message, at FROM thin_whole "
        "WHERE device = ? AND message_id = ?",
        (device, message_id),
    )
    return None if row is None else WholeMessage(DeviceId(row[0]), *row[1:])


def keep_whole(db: Database, message: WholeMessage) -> None:
    """Remember a message that became whole, in place of one of the same id."""
    db.run(
        "INSERT OR REPLACE INTO thin_whole (device, message_id, control, count, parity, message, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            message.device, message.message_id, message.control, message.count, message.parity, message.message,
            message.at,
        ),
    )  # fmt: skip


def forget_whole(db: Database, before: int) -> None:
    """Forget messages that became whole before a time."""
    db.run("DELETE FROM thin_whole WHERE at < ?", (before,))


# --- packets ---------------------------------------------------------------------------------------------------------


def keep_packets(db: Database, packets: Sequence[SealedThin]) -> None:
    """Keep packets sealed, in the transaction of the session that sealed them."""
    for each in packets:
        db.run(
            "INSERT INTO thin_packets (cable_id, device, place, bearer, packet, at) VALUES (?, ?, ?, ?, ?, ?)",
            (each.cable_id, each.device, each.place, each.bearer, each.packet, each.at),
        )


def packets(db: Database, cable_id: CableId) -> tuple[SealedThin, ...]:
    """List the packets sealed for a cable, by machine and place."""
    rows = db.all(
        "SELECT cable_id, device, place, bearer, packet, at FROM thin_packets WHERE cable_id = ? "
        "ORDER BY device, place",
        (cable_id,),
    )
    return tuple(SealedThin(CableId(row[0]), DeviceId(row[1]), *row[2:]) for row in rows)


def next_message(db: Database, device: DeviceId) -> int:
    """Give the next message id towards a machine; it returns after 256."""
    row = db.one("SELECT last FROM thin_messages WHERE device = ?", (device,))
    given = 0 if row is None else (int(row[0]) + 1) % 256
    db.run(
        "INSERT INTO thin_messages (device, last) VALUES (?, ?) "
        "ON CONFLICT (device) DO UPDATE SET last = excluded.last",
        (device, given),
    )
    return given


def _text(cable_id: bytes, station: int, device: int, serial: int, at: int, content: bytes, state: int) -> ThinText:
    return ThinText(
        CableId(cable_id), StationId(station), DeviceId(device), Serial(serial), at, content, ThinState(state)
    )
