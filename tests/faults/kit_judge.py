"""What must be true of a post and of its kits after the power came back, judged with the product's own code."""

import contextlib
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from secmsg.errors import KitRefused, NotFound, SecmsgError
from secmsg.office.kits import KitState
from secmsg.office.materials import Act
from secmsg.station import kit_folder, kit_mark, kit_opening, material_ledger
from secmsg.station.kit_views import KitRow
from secmsg.station.station import Station
from secmsg.station.unlock import by_passphrase
from secmsg.store import kits as rows
from tests.faults.judge import Verdict
from tests.faults.kit_deeds import FOLDERS, GIVEN, HOME, LATER, PAPERS, WITNESS, cables, open_post
from tests.faults.recorded import Line
from tests.helpers.kits import TERMS, Steady, rows_of
from tests.helpers.ministry import FAST, NOW, PASSPHRASE, Clock

ENDS = ("give up", "end", "back")
"""Acts that destroy the keys of a kit."""
STRANGERS = (PASSPHRASE, "một câu không ai biết")


@dataclass(frozen=True, slots=True)
class Told:
    """What had been told when the power went."""

    lines: list[Line]

    def begun(self, kit: int, *acts: str) -> bool:
        return any(line["kit"] == kit and line["begun"] in acts for line in self.lines if "begun" in line)

    def done(self, kit: int, *acts: str) -> bool:
        return any(line["kit"] == kit and line["done"] in acts for line in self.lines if "done" in line)

    def used(self, kit: int) -> tuple[int, int, int]:
        """Give openings, prints and additions of a kit."""
        found = [tuple(line["used"]) for line in self.lines if "used" in line and line["kit"] == kit]
        return found[-1] if found else (0, 0, 0)

    @property
    def last(self) -> int:
        """The kit at which the power went."""
        return next((int(line["kit"]) for line in reversed(self.lines) if "kit" in line), 0)

    def papers(self) -> list[str]:
        return [line["paper"] for line in self.lines if "paper" in line]


def judge(root: Path, lines: list[Line], after: Path) -> Verdict:
    """Open the post and what lies where kits are made, go on with each, and make one where the power went.

    `after` is the end of the recording.
    """
    verdict, told = Verdict(images=1), Told(list(lines))
    try:
        with closing(open_post(root / HOME)) as post:
            post.desk.db.check()
            _Judge(root, post, told, verdict).all(after)
    except (SecmsgError, OSError) as error:
        verdict.unopenable.append(f"{type(error).__name__}: {error}")
    return verdict


@dataclass(frozen=True, slots=True)
class _Judge:
    root: Path
    post: Station
    told: Told
    verdict: Verdict

    def all(self, after: Path) -> None:
        (self.root / PAPERS).mkdir(exist_ok=True)
        for name in self.told.papers():
            path = self.root / PAPERS / name
            if not path.is_file() or path.read_bytes() != (after / PAPERS / name).read_bytes():
                self.verdict.lost.append(f"a file that was written: {name}")
        for path in (self.root / PAPERS).glob("kit-1-*.kitadd"):
            row = self._row(1)
            if row is None or int(path.stem[-1]) > row.additions:
                self.verdict.lost.append(f"an addition that the post does not count: {path.name}")
        for kit in (each for numbers in FOLDERS.values() for each in numbers):
            self._known(kit, self._row(kit))
        for folder, numbers in FOLDERS.items():
            begun = [each for each in numbers if self.told.begun(each, "make", "give up")]
            if begun:
                self._folder(self.root / folder, begun[-1])
            if self.told.last in numbers and not self.verdict.lost:
                again = self.post.kits.make(TERMS, cables(self.post)[:1], self.root / folder, GIVEN)
                self._read(self.root / folder, again.number)
        self._ledger()

    def _row(self, kit: int) -> KitRow | None:
        return next((row for row in self.post.kits.listed() if row.number == kit), None)

    def _known(self, kit: int, row: KitRow | None) -> None:
        """Compare the record of a kit with what was told of it."""
        if row is None:
            if self.told.done(kit, "make", "give up"):
                self.verdict.lost.append(f"the record of kit {kit}")
            return
        for act, states in (
            ("make", (KitState.OUT, KitState.LOST, KitState.RETURNED)), ("give up", (KitState.GIVEN_UP,)),
            ("lose", (KitState.LOST,)), ("back", (KitState.RETURNED,)),
        ):  # fmt: skip
            if self.told.done(kit, act) and row.state not in states:
                self.verdict.lost.append(f"kit {kit} is {row.state.name} after {act}")
        if row.additions < sum(self.told.done(kit, act) for act in ("add", "prolong")):
            self.verdict.lost.append(f"an addition to kit {kit}")
        if self.told.done(kit, "prolong") and row.permit.until != LATER:
            self.verdict.lost.append(f"the longer permit of kit {kit}")

    # --- a folder ----------------------------------------------------------------------------------------------------

    def _folder(self, folder: Path, kit: int) -> None:
        """Judge what lies in a folder, then end it as an officer would."""
        for stranger in STRANGERS:
            with contextlib.suppress(SecmsgError, OSError):
                kit_opening.look(folder, by_passphrase(stranger), FAST, clock=Clock())
                self.verdict.lost.append(f"kit {kit} opens without its passphrase")
        try:
            kit_opening.look(folder, GIVEN, FAST, clock=Clock())
        except (NotFound, KitRefused):
            self._dead(folder, kit)
        else:
            self._alive(folder, kit)

    def _alive(self, folder: Path, kit: int) -> None:
        number = rows.by_id(self.post.desk.db, kit_folder.id_of(folder)).number
        standing, _ = kit_opening.look(folder, GIVEN, FAST, clock=Clock())
        used = (standing.use.openings, standing.use.prints, standing.use.drops)
        if self.told.done(number, *ENDS):
            self.verdict.lost.append(f"keys of kit {number} that were destroyed open")
        if number < kit and self.told.done(kit, "make"):
            self.verdict.lost.append(f"kit {number} in the place of kit {kit}")
        if standing.use.seen < NOW:
            self.verdict.lost.append(f"kit {number} has forgotten an hour that it has seen")
        if any(now < then for now, then in zip(used, self.told.used(number), strict=True)):
            self.verdict.lost.append(f"kit {number} counts {used} after {self.told.used(number)}")
        row = self._row(number)
        assert row is not None, "the number comes from a row"
        self._read(folder, number)
        if row.state is KitState.MAKING and number % 2:
            self.post.kits.give_up(number, folder)
            return
        if row.state is KitState.MAKING:
            self.post.kits.finish(number, folder)
        elif row.state is KitState.OUT:
            self._bring(folder, row)
        found = self.post.kits.reconcile(folder)
        if found.differences and found.kinship is None:
            self.verdict.lost.append(f"kit {number} differs: {found.differences}")
        self.post.kits.conclude(found, folder, WITNESS, found.printed)

    def _read(self, folder: Path, number: int) -> None:
        """Read everything in a kit."""
        with closing(kit_opening.open_kit(folder, GIVEN, FAST, clock=Clock(), steady=Steady())) as kit:
            use = rows.use(kit.desk.db)
            held = [each for each in rows.cables(self.post.desk.db, number) if each[2] <= use.drops]
            read = [kit.read(row.cable_id) for row in rows_of(kit)]
            if len(read) != len(held) or not all(each.verification.signature_ok for each in read):
                self.verdict.lost.append(f"kit {number} holds {len(read)} of {len(held)} cables")
            for each in read:
                for place, annex in enumerate(each.cable.annexes):
                    if len(kit.open_attachment(each.cable.cable_id, place)) != annex.size:
                        self.verdict.lost.append(f"an enclosure in kit {number}")

    def _bring(self, folder: Path, row: KitRow) -> None:
        """Bring every addition that the post counts; what no file is left of is written once more."""
        standing, _ = kit_opening.look(folder, GIVEN, FAST, clock=Clock())
        for number in range(standing.use.drops + 1, row.additions + 1):
            path = self.root / PAPERS / f"kit-{row.number}-{number}.kitadd"
            if not path.exists():
                path = self.post.kits.write_again(row.number, number, self.root / PAPERS)
            if kit_opening.take(folder, GIVEN, path.read_bytes(), FAST, clock=Clock()) != number:
                self.verdict.lost.append(f"addition {number} of kit {row.number}")
        self._read(folder, row.number)

    def _dead(self, folder: Path, kit: int) -> None:
        """Go on where nothing opens: that must have been meant or never been told."""
        if self.told.done(kit, "make") and not self.told.begun(kit, *ENDS):
            self.verdict.lost.append(f"kit {kit} was issued and is gone")
            return
        row = self._row(kit)
        if row is None:
            return
        if row.state is KitState.MAKING:
            self.post.kits.give_up(kit, folder)
        elif row.state is KitState.OUT and self.told.begun(kit, "back"):
            self.verdict.lost.append(f"the log of kit {kit}")
        elif row.state is KitState.OUT:
            self.post.kits.lost(kit)
        elif row.ending:
            self.post.kits.end(kit, WITNESS, folder if kit_mark.is_marked(folder) else None)

    # --- the ledger --------------------------------------------------------------------------------------------------

    def _ledger(self) -> None:
        """Look for lines that stand twice, and for what is over and left standing."""
        lines = [each.line for each in material_ledger.lines(self.post.desk)]
        for (item, act), times in Counter((line.item, line.act) for line in lines).items():
            if times > 1 and act in (Act.ENTERED, Act.ISSUED, Act.RETURNED, Act.DISCREPANT, Act.DESTROYED, Act.MISSING):
                self.verdict.twice.append(f"item {item}: {act.name} {times} times")
        for row in self.post.kits.listed():
            ended = Counter(line.act for line in lines if line.item == row.item)
            came = ended[Act.RETURNED] or ended[Act.MISSING]  # what was lost and turns up is only destroyed
            if row.state is KitState.RETURNED and (row.ending or not came or not ended[Act.DESTROYED]):
                self.verdict.lost.append(f"kit {row.number} is back, and the ledger says {dict(ended)}")
