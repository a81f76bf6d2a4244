"""Entering a lasting notice; it is told to the screens after the transaction."""

from secmsg.station.desk import Desk
from secmsg.station.events import Noticed
from secmsg.station.views import Notice, NoticeKind
from secmsg.store import notices as rows


def add(desk: Desk, kind: NoticeKind, at: int, detail: str) -> Noticed:
    """Keep a notice, inside the caller's transaction, and give the event that tells of it."""
    rows.add(desk.db, kind.value, at, detail)
    return Noticed(Notice(kind, at, detail))


def add_once(desk: Desk, kind: NoticeKind, at: int, detail: str) -> Noticed | None:
    """Keep a notice unless the same one stands among the newest."""
    if any(kept.kind == kind.value and kept.detail == detail for kept in rows.newest(desk.db)):
        return None
    return add(desk, kind, at, detail)
