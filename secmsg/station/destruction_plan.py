"""What a post keeps ready for its destruction: the checklist, the card of outcomes, the file beside the store.

Source: docs/spec/destruction.md 4 to 6. All of it is made while the store can be read; afterwards nothing can be.
"""

from dataclasses import dataclass

from secmsg.crypto import figures
from secmsg.digits import damm
from secmsg.errors import StoreDamaged
from secmsg.ids import StationId
from secmsg.office import destruction, ledger
from secmsg.office import destruction_walk as walking
from secmsg.office.destruction import CARD, Outcome, Papers, Task
from secmsg.office.materials import Item, Kind
from secmsg.station import exposure, keeping, last_report, material_papers, persons, reducing, walk_lines
from secmsg.station.desk import Desk
from secmsg.station.exposure import Exposure
from secmsg.station.reducing import Reduced, Reduction
from secmsg.station.unlock import Unlock
from secmsg.store import cables, registers, standing
from secmsg.store import materials as item_rows
from secmsg.store import settings as setting_rows
from secmsg.store.paths import Home
from secmsg.store.standing import Standing
from secmsg.wire.cable import Degree

_FREE, _COUNTED = "destruction.free", "destruction.counted"
_PRINTED_LINE, _PRINTED_AT = "destruction.printed-line", "destruction.printed-at"


@dataclass(frozen=True, slots=True)
class Setting:
    """`free`: level 3 asks for no passphrase. `counted`: counts by kind lie in clear beside the store."""

    free: bool = True
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """The checklist, the setting, and when the list was printed (0: never); `stale`: the ledger has gone on since."""

    tasks: tuple[Task, ...]
    setting: Setting
    printed_at: int
    stale: bool


class DestructionPlan:
    """One object on the store's thread; each method that writes is one transaction. Errors are leaves of the tree."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def plan(self) -> Plan:
        """Give the checklist as it stands now."""
        line, at = self._printed()
        return Plan(self._tasks(), self.setting(), at, stale=line != self._lines())

    def setting(self) -> Setting:
        """Give the setting."""
        free, counted = (setting_rows.get(self._desk.db, name) != "no" for name in (_FREE, _COUNTED))
        return Setting(free, counted)

    def choose(self, setting: Setting) -> bool:
        """Keep the setting and what lies beside the store; answer whether the disk took the latter.

        NotAllowed for who may not sign for the post: who opens to read decides nothing here.
        """
        persons.check_may_sign(self._desk)
        with self._desk.db.transaction():
            setting_rows.keep(self._desk.db, _FREE, "yes" if setting.free else "no")
            setting_rows.keep(self._desk.db, _COUNTED, "yes" if setting.counted else "no")
        return self.refresh()

    def refresh(self) -> bool:
        """Bring what lies beside the store up to date; answer whether the disk took it."""
        setting, (line, at) = self.setting(), self._printed()
        # Kinds alone: counting every cable would make the opening of a large store slow.
        items = item_rows.every(self._desk.db)
        counts = destruction.counts(destruction.checklist(items, ())) if setting.counted else None
        walked, gone = self._walk() if setting.counted else (False, frozenset[Degree]())
        home = Home(self._desk.files.root.parent)
        return standing.keep(home.standing, Standing(setting.free, counts, line, at, walked, gone))

    def _walk(self) -> tuple[bool, frozenset[Degree]]:
        try:
            lines = walk_lines.lines(self._desk)
        except StoreDamaged:  # `custody verify` names it; it must not keep the store from opening
            return False, frozenset()
        return walking.is_closed(lines), walk_lines.papers_gone(lines)

    def reduction(self, days: int) -> Reduction:
        """Name what level 1 would take; NotAllowed."""
        return reducing.plan(self._desk, days)

    def reduce(self, days: int, second: str | Unlock, basis: str, *, place: str = "") -> Reduced:
        """Do level 1 with a second person, by name or proven by passphrase; NotAllowed, WrongPassphrase."""
        if isinstance(second, str):
            done = reducing.reduce(self._desk, days, second, basis, place=place)
        else:
            with persons.witness(self._desk, second, "destruction, level 1") as witness:
                done = reducing.reduce(self._desk, days, witness.officer.name, basis, place=place)
        self.refresh()
        return done

    def exposed(self, station: StationId) -> Exposure:
        """List what another post could have exposed, by our own books; NotListed, NotAllowed."""
        return exposure.exposure(self._desk, station)

    def seal_report(self) -> bool:
        """Seal the report that can leave when the keys are dead; answer whether one lies ready."""
        return last_report.refresh(self._desk)

    def print_list(self) -> bytes:
        """Return the checklist as a PDF, and note that it was printed now."""
        from secmsg.papers import destruction_lists

        lines, now, tasks = self._lines(), self._desk.now(), self._tasks()
        office, at = material_papers.office(self._desk), material_papers.hour(self._desk, now)
        made = destruction_lists.pdf(office, at, lines, tasks)
        with self._desk.db.transaction():
            setting_rows.keep(self._desk.db, _PRINTED_LINE, f"{lines}")
            setting_rows.keep(self._desk.db, _PRINTED_AT, f"{now}")
        self.refresh()
        return made

    def print_card(self, holder: str) -> tuple[bytes, Item]:
        """Draw a card of outcomes in two copies, enter it in the ledger, and return it; its groups are kept nowhere."""
        from secmsg.papers import outcome_cards

        groups = drawn(self._desk)
        with self._desk.db.transaction():
            item = keeping.enter_item(self._desk, Kind.SHEET, CARD, holder, note="two copies: post, headquarters")
        made = outcome_cards.pdf(material_papers.office(self._desk), item.number, groups)
        self.refresh()
        return made, item

    def _tasks(self) -> tuple[Task, ...]:
        kept = cables.count_degrees(self._desk.db)
        items = item_rows.every(self._desk.db)
        return destruction.checklist(items, (Papers(degree, count) for degree, count in kept.items()))

    def _lines(self) -> int:
        return registers.last_line(self._desk.db, ledger.register(training=False))

    def _printed(self) -> tuple[int, int]:
        line, at = (setting_rows.get(self._desk.db, name) or "0" for name in (_PRINTED_LINE, _PRINTED_AT))
        return int(line), int(at)


def drawn(desk: Desk) -> dict[Outcome, str]:
    """Draw one group of five figures for every outcome; the last figure checks the four before it.

    Two of them differ in two figures at least, so that one misheard is none of the others.
    """
    found: list[str] = []
    while len(found) < len(Outcome):
        four = figures.draw(desk.random, 4)
        group = f"{four}{damm(int(figure) for figure in four)}"
        if group not in found:
            found.append(group)
    return dict(zip(Outcome, found, strict=True))
