"""Works of custody under way: the form of each and what was answered, so that a stop in the middle loses nothing.

Source: docs/spec/custody.md 3. At most one work of each kind is under way; its rows go in the transaction of its end.
"""

from secmsg.errors import NotFound
from secmsg.office import custody_forms
from secmsg.office.checking import Answer, Work
from secmsg.office.custody_forms import Form
from secmsg.store.database import Database


def begin(db: Database, work: Work, form: Form) -> None:
    """Keep the form of a work in place of one under way; what was answered before is forgotten."""
    drop(db, work)
    db.run("INSERT INTO custody_works (work, form) VALUES (?, ?)", (int(work), custody_forms.encode(form)))


def change(db: Database, work: Work, form: Form) -> None:
    """Keep the form of a work under way as it is now; answers stay. NotFound."""
    if not db.run("UPDATE custody_works SET form = ? WHERE work = ?", (custody_forms.encode(form), int(work))):
        raise NotFound("no such work is under way")


def form(db: Database, work: Work) -> Form | None:
    """Return the form of a work, None where none is under way."""
    row = db.one("SELECT form FROM custody_works WHERE work = ?", (int(work),))
    return None if row is None else custody_forms.decode(bytes(row[0]))


def answer(db: Database, work: Work, said: Answer) -> None:
    """Keep an answer in place of an earlier one to the same check."""
    db.run(
        "INSERT INTO custody_answers (work, code, body) VALUES (?, ?, ?) "
        "ON CONFLICT (work, code) DO UPDATE SET body = excluded.body",
        (int(work), said.code, custody_forms.encode_answer(said)),
    )


def answers(db: Database, work: Work) -> dict[str, Answer]:
    """Return the answers of a work by the code of their check."""
    rows = db.all("SELECT code, body FROM custody_answers WHERE work = ? ORDER BY code", (int(work),))
    return {code: custody_forms.decode_answer(bytes(body)) for code, body in rows}


def forget(db: Database, work: Work, code: str) -> None:
    """Forget an answer; one that is not there does nothing."""
    db.run("DELETE FROM custody_answers WHERE work = ? AND code = ?", (int(work), code))


def drop(db: Database, work: Work) -> None:
    """Forget a work that is done or given up."""
    db.run("DELETE FROM custody_answers WHERE work = ?", (int(work),))
    db.run("DELETE FROM custody_works WHERE work = ?", (int(work),))
