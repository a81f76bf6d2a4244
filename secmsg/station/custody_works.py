"""An inventory, an inspection or a handover under way: begun, answered check by check, signed and entered by two.

Source: docs/spec/custody.md 3 and 4. Each answer is kept as it is given; the record, the lines of the ledger, the
notice and the end of the work are one transaction: a stop leaves the work under way or the whole record, never a part.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from secmsg.errors import NotAllowed, NotFound
from secmsg.office import checking, custody_record, ledger, materials
from secmsg.office.checking import Answer, Check, Finding, Flaw, What, Work
from secmsg.office.custody_forms import Form
from secmsg.office.custody_record import Person, Statement
from secmsg.office.materials import MAX_NOTE, Act
from secmsg.station import custody_checks, custody_records, notices
from secmsg.station import desk as desks
from secmsg.station import material_ledger as acts
from secmsg.station.custody_records import RecordView, Second
from secmsg.station.desk import Desk
from secmsg.station.views import NoticeKind
from secmsg.store import custody as works
from secmsg.store import materials as rows
from secmsg.store import registers

FRESH_S = 86_400
"""How old the newest inventory or inspection may be when an office is handed over."""
MAX_STRANGERS = 99
_DRAWN = frozenset(
    (
        What.CLOCK,
        What.SAMPLE_LINE,
        What.SAMPLE_BOOK,
        What.SAMPLE_DESTROYED,
        What.SAMPLE_LOCK,
        What.SAMPLE_ORDER,
    )
)
"""Checks that are as they were when the work began, whatever has happened since."""


@dataclass(frozen=True, slots=True)
class Row:
    """One check, what was answered (None: nothing yet), and what of it does not agree."""

    check: Check
    answer: Answer | None
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class WorkView:
    """A work under way; `changed` are checks that the store has altered since the paper was made: look again."""

    work: Work
    begun_at: int
    rows: tuple[Row, ...]
    strangers: tuple[Answer, ...]
    changed: tuple[str, ...] = ()

    @property
    def lacking(self) -> int:
        """How many checks nobody has answered."""
        return sum(each.answer is None for each in self.rows)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that does not agree."""
        found = tuple(each.finding for each in self.rows if each.finding is not None)
        return found + tuple(checking.stranger(each) for each in self.strangers)


def begin(desk: Desk, work: Work) -> WorkView:
    """Write the checks of a work; NotAllowed while one of its kind is under way, StoreDamaged."""
    if works.form(desk.db, work) is not None:
        raise NotAllowed("it is under way already: go on with it, or drop it")
    checks = custody_checks.make(desk, work)
    line, head = registers.end(desk.db, ledger.REGISTER)
    with desk.db.transaction():
        works.begin(desk.db, work, Form(desk.now(), line, head, checks))
    return standing(desk, work)


def drop(desk: Desk, work: Work) -> None:
    """Give a work up: nothing is entered; one that is not under way does nothing."""
    with desk.db.transaction():
        works.drop(desk.db, work)


def under_way(desk: Desk) -> tuple[Work, ...]:
    """List the works under way."""
    return tuple(each for each in Work if works.form(desk.db, each) is not None)


def standing(desk: Desk, work: Work) -> WorkView:
    """Show a work under way. A check that no longer says what must be is written anew and its answer forgotten.

    NotFound when none is under way, StoreDamaged.
    """
    form, changed = _refreshed(desk, work)
    return _view(work, form, works.answers(desk.db, work), changed)


def _form(desk: Desk, work: Work) -> Form:
    form = works.form(desk.db, work)
    if form is None:
        raise NotFound("no such work is under way: begin it")
    return form


def _refreshed(desk: Desk, work: Work) -> tuple[Form, tuple[str, ...]]:
    form = _form(desk, work)
    checks = renewed(form.checks, custody_checks.make(desk, work))
    if checks == form.checks:
        return form, ()
    before = {each.code: each for each in form.checks}
    changed = tuple(each.code for each in checks if before.get(each.code) != each)
    gone = [code for code in before if code not in {each.code for each in checks}]
    line, head = registers.end(desk.db, ledger.REGISTER)
    form = Form(form.begun_at, line, head, checks)
    with desk.db.transaction():
        works.change(desk.db, work, form)
        for code in (*changed, *gone):
            works.forget(desk.db, work, code)
    return form, changed


def renewed(old: tuple[Check, ...], now: tuple[Check, ...]) -> tuple[Check, ...]:
    """Give the checks as they must be now under the codes that stand on the paper; what is new comes last."""
    fresh = {(each.what, each.item if each.what is What.ITEM else 0): each for each in now}
    kept = []
    for each in old:
        key = (each.what, each.item if each.what is What.ITEM else 0)
        current = fresh.pop(key, None)
        if each.what in _DRAWN:
            kept.append(each)
        elif current is not None:
            kept.append(replace(current, code=each.code))
    used = {each.code for each in old}
    free = (code for number in range(1, 10_000) if (code := f"B{number}") not in used)
    return (*kept, *(replace(each, code=next(free)) for each in fresh.values() if each.what is What.ITEM))


def _view(work: Work, form: Form, answers: Mapping[str, Answer], changed: tuple[str, ...]) -> WorkView:
    found = []
    for check in form.checks:
        answer = answers.get(check.code)
        found.append(Row(check, answer, None if answer is None else checking.judge(check, answer)))
    known = {each.code for each in form.checks}
    others = tuple(each for code, each in sorted(answers.items()) if code not in known)
    return WorkView(work, form.begun_at, tuple(found), others, changed)


def answer(desk: Desk, work: Work, said: Answer) -> WorkView:
    """Keep what was seen of one check, in place of an earlier answer; NotFound, NotAllowed, FormatError.

    The checks are not made anew: that takes the whole ledger, and is done when the work is opened and when it ends.
    """
    form = _form(desk, work)
    check = form.check(said.code)
    if check is None:
        raise NotFound(f"there is no check {said.code}")
    checking.check_answer(check, said)
    return _kept(desk, work, form, said)


def _kept(desk: Desk, work: Work, form: Form, said: Answer) -> WorkView:
    with desk.db.transaction():
        works.answer(desk.db, work, said)
    return _view(work, form, works.answers(desk.db, work), ())


def add_stranger(desk: Desk, work: Work, place: str, what: str) -> WorkView:
    """Keep a thing that lies at a place and has no number in the ledger; NotAllowed, FormatError, NotFound."""
    form = _form(desk, work)
    known = works.answers(desk.db, work)
    code = next((c for n in range(1, MAX_STRANGERS + 1) if (c := f"X{n}") not in known), "")
    if not code:
        raise NotAllowed("too many things without a number: enter them first")
    said = Answer(code, checking.Seen.WRONG, note=what, place=place)
    checking.check_answer(None, said)
    return _kept(desk, work, form, said)


def finish(desk: Desk, work: Work, second: Second) -> RecordView:
    """Enter the record, signed by the officer and the second person, with a line for each thing that was looked at.

    NotAllowed while a check has no answer, or when the second person is nobody or the officer; NotFound.
    """
    form, answers = check_complete(desk, work)
    first = custody_records.officer(desk)
    materials.check_names(Act.COUNTED, first.name, second.name)
    with desk.db.transaction():
        record = _enter(desk, work, form, answers, first, second)
        works.drop(desk.db, work)
    return record


def check_complete(desk: Desk, work: Work) -> tuple[Form, Mapping[str, Answer]]:
    """Give the form and the answers of a work that may end; NotAllowed names what has no answer, NotFound."""
    form, changed = _refreshed(desk, work)
    answers = works.answers(desk.db, work)
    lacking = checking.lacking(form.checks, answers)
    if lacking:
        codes = ", ".join(each.code for each in lacking[:12])
        again = f"; changed since it began: {', '.join(changed)}" if changed else ""
        raise NotAllowed(f"{len(lacking)} checks have no answer yet: {codes}{again}")
    return form, answers


def _enter(
    desk: Desk, work: Work, form: Form, answers: Mapping[str, Answer], first: Person, second: Second
) -> RecordView:
    now = desk.now()
    found = _findings(desk, work, form, answers)
    flaws = {each.code: each for each in found}
    for check in form.checks:
        if check.what is What.ITEM:
            _line(desk, check, flaws.get(check.code), second.name)
    line, head = registers.end(desk.db, ledger.REGISTER)
    counts = tuple((each.what, _counted(each, answers[each.code])) for each in form.checks if each.counted)
    statement = Statement(
        work, desks.own(desk).station, form.begun_at, now, line, head, first,
        Person(" ".join(second.name.split()), " ".join(second.title.split())), len(answers), counts,
        custody_record.fitting(found),
    )  # fmt: skip
    record = custody_records.sign(desk, statement, second)
    if found:
        detail = f"{work.name.lower()}, record {record.line}: {len(found)}"
        notices.add(desk, NoticeKind.CUSTODY_DIFFERS, now, detail)
    return record


def _counted(check: Check, said: Answer) -> int:
    return check.pages if said.pages is None else said.pages


def _findings(desk: Desk, work: Work, form: Form, answers: Mapping[str, Answer]) -> tuple[Finding, ...]:
    found = checking.findings(form.checks, answers)
    if work is Work.HANDOVER and not _fresh(desk):
        found += (Finding("D", Flaw.NOT_INVENTORIED, What.ITEMS_HERE),)
    return found


def _fresh(desk: Desk) -> bool:
    counted = (each for each in custody_records.records(desk) if each.work is not Work.HANDOVER)
    return any(desk.now() - each.at <= FRESH_S for each in counted)


def _line(desk: Desk, check: Check, finding: Finding | None, second: str) -> None:
    item = rows.read(desk.db, check.item)
    if finding is None:
        if materials.may(item, Act.COUNTED):
            acts.enter(desk, item, Act.COUNTED, second=second, note=check.code)
        return
    counts = f" {finding.expected}/{finding.found}" if finding.flaw in (Flaw.PAGES, Flaw.LOOSE_PAGES) else ""
    said = f"{finding.flaw.name.lower().replace('_', ' ')}{counts}: {finding.note}".rstrip(": ")
    acts.enter(desk, item, Act.DISCREPANT, second=second, note=said[:MAX_NOTE])
