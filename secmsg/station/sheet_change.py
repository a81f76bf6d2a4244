"""A recovery sheet takes another's place: begun in one transaction, ended in another, and looked into after a stop.

The vault lies between the two. What its recovery slot held before, and what it is to hold, is marked with the
beginning: the next opening sees by it, without any sheet, which of the two is in force (docs/spec/persons.md 5).

    0   8   when it was begun, UTC seconds
    8   2   the person who began it, 0 unknown
    10  32  mark of the recovery slot as it was
    42  32  mark of the slot as it will be, zeros where a new beginning seals it later
"""

from collections.abc import Callable
from dataclasses import dataclass

from secmsg.errors import StoreDamaged
from secmsg.office.person_log import Deed
from secmsg.station import notices, person_keys, persons, sheet_duty
from secmsg.station.desk import Desk
from secmsg.station.views import NoticeKind
from secmsg.store import identity as identity_rows
from secmsg.store import notices as notice_rows
from secmsg.store import officers as rows
from secmsg.store import vault
from secmsg.store.database import Database

_BEGUN = "sheet-begun"
_MARK = 32
UNKNOWN = bytes(_MARK)
_SIZE = 8 + 2 + 2 * _MARK
_KINDS = (NoticeKind.SHEET_UNDONE, NoticeKind.SHEET_ENDED, NoticeKind.SHEET_DOUBTFUL)
_TWO = 2
"""Sheets in force while one takes the other's place."""
_WAY_ON = "secmsg officer sheet"


@dataclass(frozen=True, slots=True)
class Begun:
    """A change under way: since when, by whom, and the marks (`vault.recovery_mark`) of the slot before and after."""

    at: int
    officer: int
    before: bytes
    after: bytes = UNKNOWN


def begin(db: Database, begun: Begun, before: tuple[bytes, ...], new: bytes) -> None:
    """Let two sheets be in force, in the caller's transaction: those before (public keys) and the new one."""
    person_keys.keep_sheets(db, (*before, new))
    body = begun.at.to_bytes(8) + begun.officer.to_bytes(2) + begun.before + begun.after
    identity_rows.keep_fact(db, _BEGUN, body)


def undo(db: Database) -> None:
    """Let the sheets before be in force alone, in the caller's transaction; nothing is kept for the new one."""
    *before, new = person_keys.sheets(db)
    person_keys.keep_sheets(db, tuple(before))
    for kept in rows.every(db):
        _drop(db, kept.number, lambda sheet: sheet == person_keys.mark(new))
    _forget(db)


def end(db: Database, new: bytes) -> None:
    """Let the new sheet be in force alone, in the caller's transaction, and take away what was said of stops."""
    person_keys.keep_sheets(db, (new,))
    _forget(db)
    for kind in _KINDS:
        notice_rows.dismiss_kind(db, kind.value)


def settle(desk: Desk) -> None:
    """Look into a change that a stop has cut: undo it, end it, or say that another sheet must be made.

    It is undone when the vault's recovery slot is as it was, ended when both its copies are the new sheet's. Anything
    else proves nothing: then every sheet stays in force, and a notice stands until a new one was made.
    """
    begun, sheets = _begun(desk.db), person_keys.sheets(desk.db)
    if begun is None and len(sheets) < _TWO:
        return
    found = _found(desk)
    with desk.db.transaction():
        if begun is not None and found == begun.before:
            undo(desk.db)
            if len(person_keys.sheets(desk.db)) < _TWO:
                notice_rows.dismiss_kind(desk.db, NoticeKind.SHEET_DOUBTFUL.value)
                notices.add(desk, NoticeKind.SHEET_UNDONE, begun.at, "")
        elif begun is not None and found == begun.after != UNKNOWN:
            _conclude(desk, begun, sheets[-1])
        if len(person_keys.sheets(desk.db)) >= _TWO or _begun(desk.db) is not None:
            notices.add_once(desk, NoticeKind.SHEET_DOUBTFUL, desk.now() if begun is None else begun.at, _WAY_ON)
    desk.db.truncate_log()


def _conclude(desk: Desk, begun: Begun, new: bytes) -> None:
    end(desk.db, new)
    for kept in rows.every(desk.db):
        # A key that has not followed to the new sheet keeps its copies until its person comes.
        if any(each.sheet == person_keys.mark(new) for each in rows.copies(desk.db, kept.number)):
            _drop(desk.db, kept.number, lambda sheet: bool(sheet) and sheet != person_keys.mark(new))
    persons.note(desk, Deed.SHEET_MADE, begun.officer, "ended after a stop")
    sheet_duty.renewed(desk)
    notices.add(desk, NoticeKind.SHEET_ENDED, begun.at, _WAY_ON)


def _drop(db: Database, officer: int, goes: Callable[[bytes], bool]) -> None:
    for each in rows.copies(db, officer):
        if goes(each.sheet):
            rows.drop_copy(db, each.copy)


def _found(desk: Desk) -> bytes | None:
    if desk.entrance is None:
        return None
    try:
        return vault.recovery_mark(desk.entrance.home.vault, desk.entrance.opened)
    except StoreDamaged:
        return None  # a damaged map keeps nobody out, and proves nothing


def _begun(db: Database) -> Begun | None:
    body = identity_rows.fact(db, _BEGUN)
    if body is None:
        return None
    if len(body) != _SIZE:
        return Begun(0, 0, b"")  # it proves nothing, and keeps nobody out
    return Begun(int.from_bytes(body[:8]), int.from_bytes(body[8:10]), body[10 : 10 + _MARK], body[10 + _MARK :])


def _forget(db: Database) -> None:
    identity_rows.forget_fact(db, _BEGUN)
