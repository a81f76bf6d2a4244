"""What the window of inventory, inspection and handover says; the words of the office are those of its papers."""

from secmsg.office import custody_words as words
from secmsg.office.checking import Flaw, What, Work
from secmsg.station.custody_records import RecordView
from secmsg.station.custody_works import Row
from ui.inspection.state import InspectionState
from ui.language import in_english, tr, trn


def said(pair: words.Pair) -> str:
    """Give one of two words, by the language in force."""
    return pair[1] if in_english() else pair[0]


def what(row: Row) -> str:
    """Name what is looked at."""
    check = row.check
    if check.what is What.STRANGER:
        return check.words[0]
    if check.what is What.ITEM:
        return f"{check.item} · {said(words.item(check))}"
    return said(words.SUBJECTS[check.what])


def must(row: Row, *, blind: bool) -> str:
    """Say what must be seen; where it is kept back, that it is to be counted."""
    if row.check.what is What.STRANGER:
        return tr("nothing")
    if blind and row.check.paged:
        return tr("count the pages")
    return said(words.expected(row.check))


def seen(row: Row) -> str:
    """Say what was answered."""
    answer = row.answer
    if answer is None:
        return ""
    if row.check.what is What.STRANGER:
        return tr("lies here")
    counts = "/".join(str(each) for each in (answer.pages, answer.loose) if each is not None)
    return ", ".join(part for part in (said(words.SEEN[answer.seen]), counts, answer.seal) if part)


def differs(row: Row) -> str:
    """Say what does not agree."""
    if row.check.what is What.STRANGER:
        return said(words.FLAWS[Flaw.STRANGER])
    return "" if row.finding is None else said(words.finding(row.finding))


def detail(row: Row, *, blind: bool) -> str:
    """Say everything of one check, as columns are narrow: where, what, what must be seen, what does not agree."""
    parts = (row.check.place, what(row), must(row, blind=blind), differs(row))
    return f"{row.check.code}: " + " — ".join(part for part in parts if part)


def standing(state: InspectionState) -> str:
    """Say how far the work is."""
    if state.view is None:
        return _beginning(state.work)
    left = trn(state.lacking, "{n} check has no answer yet.", "{n} checks have no answer yet.")
    wrong = trn(state.differing, "{n} does not agree.", "{n} do not agree.")
    return f"{left} {wrong}"


def _beginning(work: Work) -> str:
    match work:
        case Work.INVENTORY:
            return tr(
                "Two persons look at each thing at its place. The counts that must be there are not shown: count, and "
                "the program compares."
            )
        case Work.INSPECTION:
            return tr(
                "For the head of mission: begin, print the pack, go through it on paper in 20 minutes, then enter here "
                "what was ticked."
            )
        case Work.HANDOVER:
            return tr("The officer who hands over and the one who takes over confirm each count, then both sign.")


def signed(record: RecordView) -> str:
    """Say what was entered."""
    wrong = trn(len(record.findings), "{n} does not agree.", "{n} do not agree.")
    return tr(
        "Record {line} is entered, code {code}. {wrong} Print it, and both sign the paper.",
        line=record.line,
        code=record.code,
        wrong=wrong,
    )
