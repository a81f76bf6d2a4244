"""Results of drills, by officer (docs/spec/drills.md 5)."""

from dataclasses import dataclass

from secmsg.store.database import Database


@dataclass(frozen=True, slots=True)
class DrillRun:
    """One drill that ended: who, which card, UTC seconds, what it took, slips by class as (class, count)."""

    officer: str
    card: str
    ended_at: int
    seconds: int
    asked: int
    wrong: int
    classes: tuple[tuple[str, int], ...]
    whole: bool
    passed: bool


def add(db: Database, run: DrillRun) -> None:
    """Keep a result."""
    classes = " ".join(f"{kind} {count}" for kind, count in run.classes)
    db.run(
        "INSERT INTO drill_runs (officer, card, ended_at, seconds, asked, wrong, classes, whole, passed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (run.officer, run.card, run.ended_at, run.seconds, run.asked, run.wrong, classes, run.whole, run.passed),
    )


def every(db: Database, officer: str = "") -> tuple[DrillRun, ...]:
    """List the results, the oldest first; of one officer where one is named."""
    rows = db.all(
        "SELECT officer, card, ended_at, seconds, asked, wrong, classes, whole, passed FROM drill_runs "
        "WHERE ? IN ('', officer) ORDER BY run",
        (officer,),
    )
    return tuple(
        DrillRun(who, card, at, seconds, asked, wrong, _classes(classes), bool(whole), bool(passed))
        for who, card, at, seconds, asked, wrong, classes, whole, passed in rows
    )


def _classes(kept: str) -> tuple[tuple[str, int], ...]:
    words = kept.split()
    return tuple((kind, int(count)) for kind, count in zip(words[::2], words[1::2], strict=True))
