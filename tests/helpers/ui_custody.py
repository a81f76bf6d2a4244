"""Custody of the station in memory: real rules over checks that stand here."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from secmsg.errors import NotAllowed, NotFound, WrongPassphrase
from secmsg.office import checking
from secmsg.office.checking import Answer, Check, Seen, What, Work
from secmsg.office.custody_record import Person
from secmsg.station.custody_records import RecordView, Second
from secmsg.station.custody_room import Custody
from secmsg.station.custody_works import Row, WorkView
from secmsg.station.unlock import Unlock, by_passphrase

CODE = "38304 39048 38722 67178 42714 16667"
SECRET = "mật khẩu của người thứ hai"
SAFE, DRAWER = "két số 2", "ngăn kéo bàn trực"
_THINGS = (
    Check("B1", What.ITEM, 5, DRAWER, ("Token 0417 1 1/1", "4", "5")),
    Check("B2", What.ITEM, 1, SAFE, ("TK PARIS-HANOI 1 1/2", "1", "6"), paged=True, pages=138, loose=1),
    Check("B3", What.ITEM, 3, SAFE, ("TK PARIS-HANOI 2 1/2", "1", "3"), seal="NP 00417"),
    Check("B4", What.ITEM, 7, "phòng máy", ("Phiếu khôi phục 1 1/1", "10", "5")),
)
CHECKS = {
    Work.INVENTORY: _THINGS,
    Work.INSPECTION: (
        Check("A1", What.LEDGER, words=("23", CODE)),
        Check("A2", What.EARLIER),
        Check("A3", What.OFFICERS, words=("2", "Lê Minh Châu; Trần Văn An")),
        *_THINGS,
        Check("C1", What.SAMPLE_BOOK, 1, words=("1", "TK PARIS-HANOI 1 1/2", "01803", SAFE)),
        Check("C2", What.SAMPLE_LOCK),
    ),
    Work.HANDOVER: (
        Check("D1", What.TOKENS, pages=1),
        Check("D2", What.PAGES_LEFT, pages=138),
        Check("D3", What.CABLES_OPEN, pages=2),
    ),
}


@dataclass
class CustodyHeld:
    """What is under way and what was entered; tests change it directly."""

    checks: dict[Work, tuple[Check, ...]] = field(default_factory=lambda: dict(CHECKS))
    begun: dict[Work, dict[str, Answer]] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    records: list[RecordView] = field(default_factory=list)


class UiCustody(Custody):
    """The methods that the window uses."""

    def __init__(self, held: Callable[[], CustodyHeld]) -> None:
        self._of = held

    @property
    def _held(self) -> CustodyHeld:
        return self._of()

    def under_way(self) -> tuple[Work, ...]:
        return tuple(self._held.begun)

    def begin(self, work: Work) -> WorkView:
        self._held.begun[work] = {}
        return self.standing(work)

    def standing(self, work: Work) -> WorkView:
        if work not in self._held.begun:
            raise NotFound("no such work is under way")
        answers, checks = self._held.begun[work], self._held.checks[work]
        rows = [
            Row(each, said, None if said is None else checking.judge(each, said))
            for each in checks
            for said in (answers.get(each.code),)
        ]
        others = tuple(said for code, said in answers.items() if code.startswith("X"))
        return WorkView(work, 1_790_000_000, tuple(rows), others, self._held.changed)

    def answer(self, work: Work, said: Answer) -> WorkView:
        check = next(each for each in self._held.checks[work] if each.code == said.code)
        checking.check_answer(check, said)
        self._held.begun[work][said.code] = said
        return self.standing(work)

    def add_stranger(self, work: Work, place: str, what: str) -> WorkView:
        code = f"X{sum(each.startswith('X') for each in self._held.begun[work]) + 1}"
        self._held.begun[work][code] = Answer(code, Seen.WRONG, note=what, place=place)
        return self.standing(work)

    def drop(self, work: Work) -> None:
        self._held.begun.pop(work, None)

    def finish(self, work: Work, second: Second) -> RecordView:
        view = self.standing(work)
        if view.lacking:
            raise NotAllowed("checks have no answer yet")
        record = RecordView(
            len(self._held.records) + 1, 1_790_000_900, view.begun_at, work, Person("Lê Minh Châu"),
            Person(second.name, second.title), 23, CODE, CODE, len(view.rows), (), view.findings, 1,
        )  # fmt: skip
        self._held.records.append(record)
        self.drop(work)
        return record

    def finish_both(self, work: Work, unlock: Unlock) -> RecordView:
        if unlock != by_passphrase(SECRET):
            raise WrongPassphrase("no")
        return replace(self.finish(work, Second("Trần Thị Bình", "Đại sứ")), signatures=2)

    def pack(self) -> bytes:
        return b"%PDF-1.4 pack"

    def paper(self, line: int) -> bytes:
        return f"%PDF-1.4 record {line}".encode()
