"""Drills of the hand cipher at a station, answered in the window or on the terminal; the results of every drill kept.

A drill's page and sheet are drawn for it, lie in memory only and are numbered from 9001, so that nothing of it is
taken by the live register (docs/spec/drills.md 4).
"""

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from secmsg.crypto import figures
from secmsg.errors import FormatError
from secmsg.manual import decoding, drill, drill_cards, encoding, tag
from secmsg.manual.drill import Card, Drill, Score
from secmsg.manual.drill_cards import Stuff
from secmsg.manual.drill_faults import below
from secmsg.station import codebooks, pads
from secmsg.station.desk import Desk
from secmsg.store import drills as rows
from secmsg.store.drills import DrillRun

TEXTS = Path(__file__).resolve().parents[2] / "resources" / "drills" / "texts-vi.txt"
MAX_NAME = 80
PAGE_FIGURES = 490
COMPARED = 3
"""Drills on either side of a trend."""
DESTRUCTION = "12"
"""The number of emergency destruction among the cards."""
DESTRUCTION_S = 12 * 60


@dataclass(frozen=True, slots=True)
class Trend:
    """How an officer does on a card: drills ended and passed, seconds for each thing asked, then and now.

    `before` is the median of the three drills before the last three, None while there are not four; `slips` is the
    share of what was asked that was wrong in the last three.
    """

    card: str
    runs: int
    passed: int
    before: float | None
    now: float
    slips: float


class Drills:
    """One object on the store's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check_name(self, officer: str) -> str:
        """Return the name as it is kept; FormatError for one of none or more than 80 characters."""
        name = " ".join(officer.split())
        if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
            raise FormatError(f"an officer's name has 1 to {MAX_NAME} characters")
        return name

    def begin(self, card: Card) -> Drill:
        """Return a fresh drill; nothing of it is kept before it ends."""
        random = self._desk.random
        texts = TEXTS.read_text("utf-8").splitlines()
        text = texts[below(random, len(texts))]
        book = codebooks.load()
        said = encoding.encode(text, book)
        serial = drill.FIRST_PAGE + below(random, 250)
        stuff = Stuff(
            said.text,
            said.codes,
            lambda codes: decoding.decode(codes, book),
            pads.page_of(serial, figures.draw(random, PAGE_FIGURES)),
            tag.sheet(self._secret()),
            1 + int(figures.draw(random, 4)),
            self._desk.now() // 60 * 60,
        )
        return drill_cards.make(card, stuff, random)

    def end(self, done: Drill, officer: str) -> Score:
        """Keep the result of a drill, ended or given up, and give it; FormatError for a name that can't be kept."""
        name = self.check_name(officer)
        score = drill.score(done)
        classes = tuple(sorted((kind.value, count) for kind, count in score.classes.items()))
        run = DrillRun(
            name, score.card.value, self._desk.now(), score.seconds, score.asked, score.wrong, classes,
            score.whole, score.passed,
        )  # fmt: skip
        with self._desk.db.transaction():
            rows.add(self._desk.db, run)
        return score

    def enter_destruction(self, officer: str, ended_at: int, seconds: int, asked: int, wrong: int) -> DrillRun:
        """Keep the result of an exercise of destruction that was practised while no store was open (UTC seconds).

        Passed within twelve minutes when nothing of it was left out; FormatError for a name that can't be kept.
        """
        passed = not wrong and seconds <= DESTRUCTION_S
        name = self.check_name(officer)
        run = DrillRun(name, DESTRUCTION, ended_at, seconds, asked, wrong, (), whole=True, passed=passed)
        with self._desk.db.transaction():
            rows.add(self._desk.db, run)
        return run

    def runs(self, officer: str = "") -> tuple[DrillRun, ...]:
        """List the results, the oldest first."""
        return rows.every(self._desk.db, " ".join(officer.split()))

    def trend(self, officer: str, card: Card) -> Trend | None:
        """Say how an officer does on a card; None before the first drill that was not given up."""
        runs = [each for each in self.runs(officer) if each.card == card.value and each.whole]
        if not runs:
            return None
        last, earlier = runs[-COMPARED:], runs[-2 * COMPARED : -COMPARED]
        asked = sum(each.asked for each in last)
        return Trend(
            card.value,
            len(runs),
            sum(each.passed for each in runs),
            median(map(_pace, earlier)) if earlier else None,
            median(map(_pace, last)),
            sum(each.wrong for each in last) / asked,
        )

    def _secret(self) -> int:
        while not (drawn := int(figures.draw(self._desk.random, 5))):
            pass
        return drawn


def _pace(run: DrillRun) -> float:
    return run.seconds / max(1, run.asked)
