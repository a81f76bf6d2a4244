"""Drafts: the station's encoding of a draft, as saved last (docs/spec/store.md 3)."""

from dataclasses import dataclass, field

from secmsg.errors import NotFound
from secmsg.ids import DraftId
from secmsg.store.database import Database


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One draft."""

    draft_id: DraftId
    saved_at: int
    body: bytes = field(repr=False)


def keep(db: Database, draft: KeptDraft) -> None:
    """Keep a draft, in place of what was kept under its id."""
    db.run(
        "INSERT INTO drafts (draft_id, saved_at, body) VALUES (?, ?, ?) "
        "ON CONFLICT (draft_id) DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body",
        (draft.draft_id, draft.saved_at, draft.body),
    )


def read(db: Database, draft_id: DraftId) -> KeptDraft:
    """Return a draft; NotFound."""
    row = db.one("SELECT draft_id, saved_at, body FROM drafts WHERE draft_id = ?", (draft_id,))
    if row is None:
        raise NotFound("no such draft")
    return KeptDraft(DraftId(row[0]), *row[1:])


def every(db: Database) -> tuple[KeptDraft, ...]:
    """List drafts, the last saved first."""
    rows = db.all("SELECT draft_id, saved_at, body FROM drafts ORDER BY saved_at DESC, rowid DESC")
    return tuple(KeptDraft(DraftId(row[0]), *row[1:]) for row in rows)


def discard(db: Database, draft_id: DraftId) -> None:
    """Erase a draft; an unknown id does nothing."""
    db.run("DELETE FROM drafts WHERE draft_id = ?", (draft_id,))
