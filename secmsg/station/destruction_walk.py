"""Level 2, destruction in order: a list gone through by two persons, each line durable before the next is shown.

Source: docs/spec/destruction.md 11. Nothing of the machine's keys is touched here: the walk ends with a sealed report,
and the keys go by level 3. A walk that was cut off, by a lock or a crash, goes on where it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from secmsg.errors import NotAllowed
from secmsg.office import destruction_walk as rules
from secmsg.office import materials
from secmsg.office import persons as person_rules
from secmsg.office.destruction import Fate, Outcome
from secmsg.office.destruction_walk import Deed, Line, Step
from secmsg.office.materials import Act
from secmsg.office.persons import Rank
from secmsg.station import custody, hand_sheets, last_report, material_papers, persons, walk_lines
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.station.destruction_plan import DestructionPlan
from secmsg.station.unlock import Unlock
from secmsg.store import officers as rows
from secmsg.store import registers

PURPOSE = "destruction, level 2"


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk as it stands; `begun_at` 0: none is under way, and the steps are what one would go through.

    `second` is who is here now as the second person, "" before somebody was named or proven since the store was
    opened. `must_prove`: another officer may sign for the post now, so a name alone is not enough.
    """

    steps: tuple[Step, ...]
    begun_at: int = 0
    ground: str = ""
    closed: bool = False
    first: str = ""
    second: str = ""
    proven: bool = False
    must_prove: bool = False
    reports: bool | None = field(default=None)
    """After the closing: whether a sealed report lies ready that says what is not destroyed; None before."""

    @property
    def current(self) -> Step | None:
        """The step of which nothing is said yet."""
        return rules.current(self.steps)

    @property
    def outcome(self) -> Outcome:
        """The line of the outcome card that holds when the machine's keys are dead and nothing else happens."""
        return rules.outcome(self.steps)


class DestructionWalk:
    """One object on the store's thread; each method that writes is one transaction. Errors are leaves of the tree."""

    def __init__(self, desk: Desk, plan: DestructionPlan) -> None:
        self._desk, self._plan = desk, plan
        self._second: tuple[str, bool] | None = None

    def standing(self) -> Walk:
        """Give the walk as it stands."""
        lines = walk_lines.lines(self._desk)
        found = walk_lines.steps(self._desk, lines)
        first, must = acts.officer(self._desk), self._must_prove()
        if not lines:
            return Walk(found, first=first, must_prove=must)
        second, proven = self._second or ("", False)
        return Walk(
            found, lines[0].at, lines[0].note, rules.is_closed(lines), first, second, proven, must,
            last_report.is_ready(self._desk) if rules.is_closed(lines) else None,
        )  # fmt: skip

    def begin(self, second: str | Unlock, ground: str) -> Walk:
        """Begin a walk; NotAllowed for who may not sign, without a second person or a ground, or while one goes on."""
        if not ground.strip() or len(ground.strip()) > rules.MAX_NOTE:
            raise NotAllowed(f"a destruction has a ground of 1 to {rules.MAX_NOTE} characters: name it")
        if walk_lines.lines(self._desk):
            raise NotAllowed("a destruction in order goes on already: go on with it, or stop it")
        self._second = self._seen(second)
        self._write(Deed.BEGUN, note=ground)
        return self.standing()

    def go_on(self, second: str | Unlock) -> Walk:
        """Go on with a walk that was cut off, with a second person named or proven anew; NotAllowed."""
        lines = self._lines()
        self._second = self._seen(second)
        # What came between a line and its clearing, a crash above all, is made up for here.
        self._clear(each.item for each in lines if each.item and each.deed is Deed.DESTROYED)
        return self.standing()

    def say(self, item: int, degree: int, *, destroyed: bool, note: str = "") -> Walk:
        """Write down of a line, by both, that it is destroyed, or why it is not; NotFound, NotAllowed.

        An item ends in the ledger in the same transaction. What is said after the closing opens the walk again.
        """
        lines = self._lines()
        rules.check(walk_lines.steps(self._desk, lines), item, degree, destroyed=destroyed, note=note)
        self._write(Deed.DESTROYED if destroyed else Deed.LEFT, item, degree, note=note)
        return self.standing()

    def close(self, second: str | Unlock) -> Walk:
        """Close the list, by both, and seal the report of what is not destroyed; NotAllowed, WrongPassphrase.

        The second person proves themselves anew: for the list as it stands.
        """
        rules.check_close(walk_lines.steps(self._desk, self._lines()))
        self._second = self._seen(second)
        self._write(Deed.CLOSED)
        last_report.refresh(self._desk)
        return self.standing()

    def stop(self, note: str = "") -> Walk:
        """Stop: the post works on, what was destroyed stays so, and no report says that the walk was closed."""
        self._lines()
        self._second = self._second or (self._lines()[0].second, False)
        self._write(Deed.STOPPED, note=note)
        self._second = None
        last_report.refresh(self._desk)
        return self.standing()

    def record(self, place: str = "") -> bytes:
        """Return the record of what was destroyed as a PDF, to be signed by both; NotAllowed before the closing."""
        from secmsg.papers.destruction_lists import DEGREES

        lines = self._lines()
        if not rules.is_closed(lines):
            raise NotAllowed("the record is written when of every line it is said whether it is destroyed")
        found = walk_lines.steps(self._desk, lines)
        listed = []
        for each in found:
            name = each.task.what if each.task.degree is None else DEGREES[each.task.degree]
            left = "" if each.fate is Fate.DESTROYED else f"CHƯA tiêu hủy. {each.note}".strip()
            listed.append((f"{each.item or ''}", name, "", "", "", f"{each.task.count}" if each.item else "", left))
        last = lines[-1]
        people = (last.person, last.second)
        return material_papers.record_of(self._desk, listed, people, lines[0].note, _METHOD, place, last.at)

    def _lines(self) -> tuple[Line, ...]:
        lines = walk_lines.lines(self._desk)
        if not lines:
            raise NotAllowed("no destruction in order is under way")
        return lines

    def _seen(self, second: str | Unlock) -> tuple[str, bool]:
        persons.check_may_sign(self._desk)
        if not isinstance(second, str):
            with persons.witness(self._desk, second, PURPOSE) as witness:
                return witness.officer.name, True
        if self._must_prove():
            raise NotAllowed("another officer of this post may sign now: the second person proves it by passphrase")
        materials.check_names(Act.DESTROYED, acts.officer(self._desk), second)
        return " ".join(second.split()), False

    def _must_prove(self) -> bool:
        """Whether another officer of this post could be the second person now; a head's share is never asked for."""
        terms, now = rows.terms(self._desk.db), persons.moment(self._desk)
        here = persons.present(self._desk).number
        return any(
            each.slot is not None
            and each.number != here
            and each.rank is not Rank.HEAD
            and person_rules.bar(each.number, each.rank, each.state, terms, now) is None
            for each in persons.listed(self._desk)
        )

    def _write(self, deed: Deed, item: int = 0, degree: int = 0, *, note: str = "") -> None:
        if self._second is None:
            raise NotAllowed("this is done by two persons: name the second")
        second, proven = self._second
        desk, person, now = self._desk, acts.officer(self._desk), self._desk.now()
        line = Line(now, deed, item, degree, person, second, proven, note.strip()[: rules.MAX_NOTE])
        with desk.db.transaction():
            if item and deed is Deed.DESTROYED:
                custody.act_within(desk, item, Act.DESTROYED, second=second, note=PURPOSE)
            registers.append(desk.db, rules.REGISTER, now, rules.encode(line))
        if item and deed is Deed.DESTROYED:
            self._clear((item,))
        self._plan.refresh()

    def _clear(self, items: Iterable[int]) -> None:
        """Erase the finished worksheets of books that are gone, and what the log still holds of them."""
        for item in items:
            hand_sheets.forget_pages(self._desk, item)
        self._desk.db.truncate_log()


_METHOD = "Tiêu hủy theo thứ tự, từng dòng, hai người / in order, line by line, by two"
