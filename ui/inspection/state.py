"""What the window of inventory, inspection and handover knows: which work, its checks, what lacks, who signs."""

from dataclasses import dataclass

from secmsg.office.checking import Answer, Check, Seen, What, Work
from secmsg.station.custody_records import RecordView
from secmsg.station.custody_works import Row, WorkView

MAX_FIGURES = 6


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields beside a check."""

    pages: str = ""
    loose: str = ""
    seal: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class InspectionState:
    """`view` is None while no such work is under way, `asked` until the store has answered.

    `record` is the record that was just signed.
    """

    work: Work = Work.INVENTORY
    asked: bool = True
    view: WorkView | None = None
    record: RecordView | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The checks, then what lies there without a number."""
        if self.view is None:
            return ()
        others = tuple(Row(Check(e.code, What.STRANGER, place=e.place, words=(e.note,)), e, None)
                       for e in self.view.strangers)  # fmt: skip
        return (*self.view.rows, *others)

    @property
    def blind(self) -> bool:
        """Whether counts that must be there are kept back: who counts shall not know them."""
        return self.work is Work.INVENTORY

    @property
    def lacking(self) -> int:
        """How many checks have no answer."""
        return 0 if self.view is None else self.view.lacking

    @property
    def differing(self) -> int:
        """How many things do not agree."""
        return 0 if self.view is None else len(self.view.findings)

    @property
    def complete(self) -> bool:
        """Whether two persons may sign."""
        return self.view is not None and self.lacking == 0

    def next_open(self, after: str) -> str | None:
        """Give the code of the next check without an answer, from one on and round; None when all have one."""
        codes = [each.check.code for each in self.rows]
        start = codes.index(after) + 1 if after in codes else 0
        turned = self.rows[start:] + self.rows[:start]
        return next((each.check.code for each in turned if each.answer is None), None)


def takes_pages(row: Row | None) -> bool:
    """Whether a count belongs to a check."""
    return row is not None and (row.check.paged or row.check.counted)


def takes_loose(row: Row | None) -> bool:
    """Whether pages to be destroyed are counted beside it."""
    return row is not None and row.check.paged


def takes_seal(row: Row | None) -> bool:
    """Whether the number of a seal is read."""
    return row is not None and row.check.what is What.ITEM and not row.check.paged


def may_answer(row: Row | None) -> bool:
    """Whether it is a check; a thing without a number is an answer already."""
    return row is not None and row.check.what is not What.STRANGER


def typed_of(row: Row | None) -> Typed:
    """Give what was answered, for the fields."""
    said = None if row is None else row.answer
    if said is None or row is None or row.check.what is What.STRANGER:
        return Typed()
    pages, loose = ("" if each is None else str(each) for each in (said.pages, said.loose))
    return Typed(pages, loose, said.seal, said.note)


def is_count(text: str) -> bool:
    """Whether a field holds a count, or nothing."""
    text = text.strip()
    return not text or (text.isascii() and text.isdecimal() and len(text) <= MAX_FIGURES)


def answer_of(row: Row, seen: Seen, typed: Typed) -> Answer:
    """Make the answer of what was typed; what does not belong to the check is left out."""

    def count(text: str, *, wanted: bool) -> int | None:
        return int(text) if wanted and text.strip() else None

    here = seen is not Seen.ABSENT
    pages = count(typed.pages, wanted=takes_pages(row) and here)
    loose = count(typed.loose, wanted=takes_loose(row) and here)
    seal = typed.seal.strip() if takes_seal(row) and here else ""
    return Answer(row.check.code, seen, pages, loose, seal, typed.note.strip())
