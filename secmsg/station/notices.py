"""Entering a lasting notice; it is told to the screens after the transaction."""

from secmsg.station.desk import Desk
from secmsg.station.events import Noticed
from secmsg.station.views import Notice, NoticeKind
from secmsg.store import notices as rows

_EVERY = 10_000
PER_KIND = 20
"""Notices of one kind that are shown: a flood of one kind must not push another out of sight."""


def add(desk: Desk, kind: NoticeKind, at: int, detail: str) -> Noticed:
    """Keep a notice, inside the caller's transaction, and give the event that tells of it."""
    rows.add(desk.db, kind.value, at, detail)
    return Noticed(Notice(kind, at, detail))


def add_once(desk: Desk, kind: NoticeKind, at: int, detail: str) -> Noticed | None:
    """Keep a notice unless the same one is there."""
    if any(kept.kind == kind.value and kept.detail == detail for kept in rows.newest(desk.db, _EVERY)):
        return None
    return add(desk, kind, at, detail)


def shown(desk: Desk) -> tuple[Notice, ...]:
    """List the newest notices of each kind, newest first."""
    left = dict.fromkeys(NoticeKind, PER_KIND)
    found = []
    for kept in rows.newest(desk.db, _EVERY):
        kind = NoticeKind(kept.kind)
        if left[kind]:
            left[kind] -= 1
            found.append(Notice(kind, kept.at, kept.detail))
    return tuple(found)
