"""Random kill -9 of two clients and their relay under traffic: `python -m tests.faults.kill_storm --kills 100`.

Both stations release cable after cable to each other, every fifth with an annex, and acknowledge what comes. Prints one
line and exits 1 unless everything acknowledged to an officer arrived once and no number was burnt.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from secmsg.store import database
from tests.faults import acts, deeds
from tests.faults.acts import Moment
from tests.faults.scene import Count, Scene, count, opened, set_up
from tests.helpers.ministry import HQ, PARIS

RELAY, HEADQUARTERS, MISSION = "relay", "headquarters", "paris"
VICTIMS = (RELAY, HEADQUARTERS, MISSION)
LANES = 8
"""Ministries side by side: each waits most of its time."""
LIFE_S = (0.05, 0.9)
"""Seconds between two kills, drawn anew each time."""


@dataclass(slots=True)
class Storm:
    """The three processes, each begun anew after it was killed."""

    scene: Scene
    kind: str
    running: dict[str, ForkServerProcess]

    def begin(self, name: str) -> None:
        scene = self.scene
        match name:
            case "relay":
                self.running[name] = acts.start(acts.relay, scene.relay)
            case "headquarters":
                given = (scene.root, scene.headquarters, int(PARIS.id), scene.annex, "honest")
                self.running[name] = acts.start(acts.client, *given)
            case _:
                given = (scene.root, scene.paris, int(HQ.id), scene.annex, self.kind)
                self.running[name] = acts.start(acts.client, *given)

    def kill(self, name: str) -> None:
        process = self.running[name]
        assert process.is_alive(), f"{name} has ended by itself with {process.exitcode}"
        process.kill()
        process.join()
        assert process.exitcode == -9


def blow(
    root: Path, kills: int, *, kind: str = "honest", victims: tuple[str, ...] = VICTIMS, calm_s: float = 120
) -> Count:
    """Let traffic run, kill, let everything come to rest (for `calm_s` at most) and count."""
    scene = set_up(root)
    storm = Storm(scene, kind, {})
    try:
        for name in VICTIMS:
            storm.begin(name)
        _await_traffic(scene)
        for _ in range(kills):
            time.sleep(random.uniform(*LIFE_S))
            name = random.choice(victims)
            storm.kill(name)
            storm.begin(name)
        _await_traffic(scene)
        (root / "quiet").touch()
        _come_to_rest(scene, storm.running, calm_s)
        (root / "end").touch()
        for name in (HEADQUARTERS, MISSION):
            storm.running[name].join(30)
            assert storm.running[name].exitcode == 0, f"{name} ends with {storm.running[name].exitcode}"
    finally:
        for process in storm.running.values():
            process.kill()
            process.join()
    with opened(scene.headquarters) as headquarters, opened(scene.paris) as paris:
        return count(headquarters, paris, acts.acknowledged(scene.headquarters)) + count(
            paris, headquarters, acts.acknowledged(scene.paris)
        )


def _await_traffic(scene: Scene) -> None:
    """Wait until each station has released one cable more: a storm without traffic proves nothing."""
    until = time.monotonic() + 60
    homes = (scene.headquarters, scene.paris)
    wanted = {home: len(acts.acknowledged(home)) + 1 for home in homes}
    while any(len(acts.acknowledged(home)) < wanted[home] for home in homes):
        assert time.monotonic() < until, "there is no traffic"
        time.sleep(0.05)


def _come_to_rest(scene: Scene, running: Mapping[str, ForkServerProcess], calm_s: float) -> None:
    """Wait until both outboxes are empty, twice in a row."""
    until = time.monotonic() + calm_s
    empty = 0
    while empty < 2 and time.monotonic() < until:
        for home in (scene.headquarters, scene.paris):
            (home / "waiting").unlink(missing_ok=True)
        time.sleep(1.0)
        waiting = [_waiting(home) for home in (scene.headquarters, scene.paris)]
        empty = empty + 1 if waiting == [0, 0] else 0
        for name in (HEADQUARTERS, MISSION):
            assert running[name].is_alive(), f"{name} has ended by itself"


def _waiting(home: Path) -> int | None:
    try:
        return int((home / "waiting").read_text())
    except (FileNotFoundError, ValueError):
        return None


def storm(kills: int, lanes: int) -> Count:
    """Let several ministries of their own be struck side by side, and add up."""
    shares = [kills // lanes + (number < kills % lanes) for number in range(lanes)]
    with ProcessPoolExecutor(lanes, mp_context=get_context("spawn")) as pool:
        outcomes = list(pool.map(_lane, shares))
    return sum(outcomes, Count())


def _lane(kills: int) -> Count:
    with tempfile.TemporaryDirectory(prefix="secmsg-storm-", ignore_cleanup_errors=True) as folder:
        return blow(Path(folder) / "ministry", kills)


def strike_migrations(folder: Path, kills: int) -> Count:
    """Kill the opening of a store of an older version at a random statement of its new step, until it is through.

    `acknowledged` are the stores, `received` those in which every row came over once.
    """
    came = 0
    for number in range(kills):
        path = folder / f"{number}.db"
        deeds.make_older(path)
        point = random.choice((*range(2, len(deeds.NEW_STEP.splitlines()) + 4), Moment.COMMIT, Moment.AFTER))
        assert acts.ended(acts.migrate, path, point) == -9, f"not killed at {point}"
        assert acts.ended(acts.migrate, path, None) == 0
        with closing(database.open_(path, deeds.older_keys(), deeds.steps())) as db:
            db.check()
            came += db.one(deeds.COUNT_OLDER) == (deeds.OLDER_ROWS, deeds.OLDER_ROWS)
    return Count(acknowledged=kills, received=came)


def run(kills: int, lanes: int = LANES) -> bool:
    """Blow, strike the migrations too, blow over the mistake; print one line for each and say whether all was well."""
    began = time.monotonic()
    outcome = storm(kills, lanes)
    for fault in outcome.faults:
        print(fault, file=sys.stderr)
    print(
        f"kills {kills} acknowledged {outcome.acknowledged} received {outcome.received} "
        f"duplicated {outcome.duplicated} burnt {outcome.burnt} faults {len(outcome.faults)} "
        f"({lanes} ministries, {time.monotonic() - began:.0f} s)",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="secmsg-migration-") as folder:
        moved = strike_migrations(Path(folder), max(kills // 40, 2))
    print(f"kills in a migration {moved.acknowledged} whole afterwards {moved.received}", flush=True)
    with tempfile.TemporaryDirectory(prefix="secmsg-storm-", ignore_cleanup_errors=True) as folder:
        wrong = blow(Path(folder) / "ministry", 12, kind="early", victims=(MISSION,), calm_s=4)
    lost = wrong.acknowledged - wrong.received
    print(
        f"control: a client that lets the relay forget before it has stored → lost {lost} "
        f"({'red, as it must be' if lost > 0 else 'green, as it must not be'})",
        flush=True,
    )
    return outcome.good and moved.good and lost > 0


def main() -> int:
    """Blow once and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--lanes", type=int, default=LANES)
    given = parser.parse_args()
    return 0 if run(given.kills, given.lanes) else 1


if __name__ == "__main__":
    sys.exit(main())
