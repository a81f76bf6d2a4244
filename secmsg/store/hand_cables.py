"""Messages by hand: what left and what came as groups, as evidence beside the cable (docs/spec/by-hand.md)."""

from dataclasses import dataclass, field
from enum import IntEnum

from secmsg.ids import CableId, Serial, StationId
from secmsg.store.database import Database


class HandState(IntEnum):
    """How a message by hand stands beside the signed cable."""

    OURS = 0
    UNSIGNED = 1
    CONFIRMED = 2
    """The signed cable says the same, word for word."""
    DIFFERS = 3
    """It says something else, or another cable stands in its place of the chain."""


@dataclass(frozen=True, slots=True)
class HandMessage:
    """One message.

    `book` is a register number, `page` the first of its pages, `message` its canonical text, `content` what it says.
    `receipt` are the five figures that prove its receipt by hand ("": it has none), `receipt_at` when they were said.
    """

    cable_id: CableId
    outgoing: bool
    peer: StationId
    serial: Serial
    in_block: bool
    book: int
    page: str
    message: str = field(repr=False)
    content: bytes = field(repr=False)
    at: int
    state: HandState
    receipt: str = field(repr=False)
    place: int = 0
    sent_at: int | None = None
    receipt_at: int | None = None
    wrong: int = 0


_SELECT = (
    "SELECT cable_id, outgoing, peer, serial, in_block, book, page, message, content, at, state, receipt, place, "
    "sent_at, receipt_at, wrong FROM hand_cables "
)


def add(db: Database, message: HandMessage) -> None:
    """Keep a message after those of the same cable; a page that one has already is StoreError."""
    row = db.one("SELECT coalesce(max(place) + 1, 0) FROM hand_cables WHERE cable_id = ?", (message.cable_id,))
    db.run(
        "INSERT INTO hand_cables (cable_id, outgoing, peer, serial, in_block, book, page, message, content, at, state, "
        "receipt, place, sent_at, receipt_at, wrong) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            message.cable_id, int(message.outgoing), message.peer, message.serial, int(message.in_block),
            str(message.book),
            message.page, message.message, message.content, message.at, message.state, message.receipt,
            0 if row is None else int(row[0]), message.sent_at, message.receipt_at, message.wrong,
        ),
    )  # fmt: skip


def of_cable(db: Database, cable_id: CableId) -> tuple[HandMessage, ...]:
    """List the messages of a cable, the first first."""
    return _all(db, "WHERE cable_id = ? ORDER BY place", cable_id)


def of_page(db: Database, peer: StationId, book: int, page: str, *, outgoing: bool) -> HandMessage | None:
    """Return the message that a page was used for as its first one, None when there is none."""
    found = _all(db, "WHERE outgoing = ? AND peer = ? AND book = ? AND page = ?", int(outgoing), peer, str(book), page)
    return found[0] if found else None


def at_serial(db: Database, peer: StationId, serial: int, *, outgoing: bool) -> tuple[HandMessage, ...]:
    """List the messages in one place of a pair's chain."""
    return _all(
        db, "WHERE outgoing = ? AND peer = ? AND serial = ? ORDER BY cable_id, place", int(outgoing), peer, serial
    )


def unsigned(db: Database, peer: StationId) -> tuple[HandMessage, ...]:
    """List the messages of a station beside which no signed cable stands yet."""
    return _all(db, "WHERE outgoing = 0 AND peer = ? AND state = ? ORDER BY cable_id, place", peer, HandState.UNSIGNED)


def given(db: Database, peer: StationId, *, outgoing: bool) -> tuple[int, ...]:
    """List the serials of a pair that went by hand, rising."""
    rows = db.all(
        "SELECT DISTINCT serial FROM hand_cables WHERE outgoing = ? AND peer = ? ORDER BY serial", (int(outgoing), peer)
    )
    return tuple(int(row[0]) for row in rows)


def highest(db: Database, peer: StationId) -> int:
    """Return the highest serial met in a station's messages by hand outside its blocks, 0 before the first."""
    row = db.one(
        "SELECT coalesce(max(serial), 0) FROM hand_cables WHERE outgoing = 0 AND in_block = 0 AND peer = ?", (peer,)
    )
    return 0 if row is None else int(row[0])


def every(db: Database) -> tuple[HandMessage, ...]:
    """List all messages, the newest first."""
    return _all(db, "ORDER BY at DESC, cable_id, place DESC")


def settle(db: Database, cable_id: CableId, state: HandState) -> None:
    """Say how the messages of a cable stand beside the signed one."""
    db.run("UPDATE hand_cables SET state = ? WHERE cable_id = ? AND outgoing = 0", (state, cable_id))


def mark_sent(db: Database, cable_id: CableId, at: int) -> None:
    """Note when a person said that the last message of a cable went; a later time changes nothing."""
    _change_last(db, cable_id, "sent_at = coalesce(sent_at, ?)", at)


def mark_receipt(db: Database, cable_id: CableId, at: int) -> None:
    """Note when the receipt of a cable's last message was said by hand; a later time changes nothing."""
    _change_last(db, cable_id, "receipt_at = coalesce(receipt_at, ?)", at)


def count_wrong(db: Database, cable_id: CableId) -> None:
    """Count an answer that was not the receipt of a cable's last message."""
    _change_last(db, cable_id, "wrong = wrong + ?", 1)


def _change_last(db: Database, cable_id: CableId, change: str, value: int) -> None:
    db.run(
        f"UPDATE hand_cables SET {change} WHERE cable_id = ? "  # noqa: S608 - a text of ours
        "AND place = (SELECT max(place) FROM hand_cables WHERE cable_id = ?)",
        (value, cable_id, cable_id),
    )


def _all(db: Database, where: str, *values: int | str | bytes) -> tuple[HandMessage, ...]:
    return tuple(_message(*row) for row in db.all(_SELECT + where, values))


def _message(
    cable_id: bytes, outgoing: int, peer: int, serial: int, in_block: int, book: str, page: str, message: str,
    content: bytes, at: int, state: int, receipt: str, place: int, sent_at: int | None, receipt_at: int | None,
    wrong: int,
) -> HandMessage:  # fmt: skip
    return HandMessage(
        CableId(cable_id), outgoing == 1, StationId(peer), Serial(serial), in_block == 1, int(book), page, message,
        bytes(content), at, HandState(state), receipt, place, sent_at, receipt_at, wrong,
    )  # fmt: skip
