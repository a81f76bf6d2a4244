"""Power cuts at random moments of what the real program does: `python -m tests.faults.power_cut --images 2000`.

The deeds are recorded once in each lane. Then the disk of one machine is rebuilt as it could be after a power cut at a
random act (tests/faults/disk.py says how), opened with the product's own code and compared with what had been told
until then. After every twentieth image the office goes on: the other machines, whose power stayed, exchange
everything with it, and each cable must be there once. Prints one line for each model of names and one for each
control, and exits 1 unless the honest program is all zeros and every control is red.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from secmsg.errors import LinkError
from secmsg.station import carrying
from secmsg.station.station import Station
from secmsg.station.views import CableRow
from tests.faults import deeds, judge, recorded
from tests.faults.disk import Disk, Fate, Names
from tests.faults.judge import MACHINES, OLDER, OUT, RELAY, Ledger, Verdict
from tests.faults.recorded import Keep, Line, Recorded
from tests.faults.recording import Act
from tests.helpers.ministry import RelayThread

LANES = 2
GO_ON_EVERY = 20
SHARE = {deeds.FIRST: 5, deeds.SECOND_STATION: 6, deeds.NEWCOMER: 3, RELAY: 5, judge.AUTHORITY: 1, OUT: 1, OLDER: 2}
"""How many of the images are of which machine, in parts."""
FATES = (Fate.DROPPED, Fate.DROPPED, Fate.KEPT, Fate.MIXED, Fate.MIXED, Fate.MIXED)


@dataclass(frozen=True, slots=True)
class Control:
    """A mistake that must be seen: made in the program, or by leaving syncs out of the recording."""

    name: str
    machines: tuple[str, ...]
    names: Names
    kind: str = "honest"
    keep: Keep = recorded.keep_all
    near: str = ""
    """The name of the file at whose writes the power goes, where only these can show the mistake."""


_TWO = (deeds.FIRST, deeds.SECOND_STATION)
CONTROLS = (
    Control("a store with synchronous=NORMAL", _TWO, Names.AT_ONCE, "normal-store"),
    Control("a relay with synchronous=NORMAL", (RELAY,), Names.AT_ONCE, "normal-relay"),
    Control("no fsync of folders", MACHINES, Names.WHEN_SYNCED, keep=recorded.without_folder_syncs),
    Control("a vault renamed without fsync", (deeds.NEWCOMER,), Names.AT_ONCE, keep=recorded.without_vault_syncs),
    Control("keyslots changed without fsync", _TWO[1:], Names.AT_ONCE, keep=recorded.without_vault_syncs, near="vault"),
    Control("blobs named without fsync", (*_TWO, RELAY), Names.AT_ONCE, keep=recorded.without_blob_syncs),
)


@dataclass(frozen=True, slots=True)
class Cut:
    """The power goes after the act at this place, at this machine; what was not synced has this fate."""

    place: int
    machine: str
    fate: Fate
    goes_on: bool


def cuts(
    made: Recorded, acts: Sequence[Act], count: int, machines: Sequence[str], chance: random.Random, near: str = ""
) -> list[Cut]:
    """Draw where the power goes.

    A third anywhere in what a machine does, a third right after something was told, a third at one of its files,
    however seldom that is written; with `near`, at that file only.
    """
    own: dict[str, dict[str, list[int]]] = {machine: {} for machine in machines}
    for place, act in enumerate(acts):
        machine = act.path.relative_to(made.root).parts[:1] if act.path.is_relative_to(made.root) else ()
        if machine and machine[0] in own and near in act.path.name:
            own[machine[0]].setdefault(act.path.name, []).append(place)
    told = [place for place, act in enumerate(acts) if act.path.name == recorded.SAID]
    drawn = []
    for number in range(count):
        whose = chance.choices(machines, [SHARE[each] for each in machines])[0]
        files = own[whose]
        every = sorted(place for places in files.values() for place in places)
        after = [place for place in told if place >= every[0]] or every
        places = (every, every if near else after, chance.choice(list(files.values())))[number % 3]
        drawn.append(Cut(chance.choice(places), whose, chance.choice(FATES), number % GO_ON_EVERY == 0))
    return sorted(drawn, key=lambda cut: cut.place)


def look(
    made: Recorded,
    acts: tuple[Act, ...],
    wanted: Sequence[Cut],
    names: Names,
    chance: random.Random,
    keep: Keep = recorded.keep_all,
) -> Verdict:
    """Make each image, in the order of their cuts, and judge it."""
    verdict = Verdict()
    disk = made.disk(names)
    lines: list[Line] = []
    left = list(reversed(wanted))
    with tempfile.TemporaryDirectory(prefix="secmsg-image-", dir=memory()) as folder:
        for place, line in recorded.play(disk, acts, keep):
            if line is not None:
                lines.append(line)
            while left and left[-1].place == place:
                cut = left.pop()
                image = Path(folder) / "image"
                where = f"act {place}, {cut.machine}, {cut.fate.name.lower()}, {names.value}: "
                verdict.add(_one(made, disk, cut, image, Ledger(list(lines)), chance), where)
                shutil.rmtree(image, ignore_errors=True)
    return verdict


def _one(made: Recorded, disk: Disk, cut: Cut, image: Path, ledger: Ledger, chance: random.Random) -> Verdict:
    image.mkdir()
    disk.restore(made.root / cut.machine, image / cut.machine, cut.fate, chance)
    verdict = judge.judge(cut.machine, image / cut.machine, ledger, made.root / cut.machine)
    if cut.goes_on and verdict.good and cut.machine in (deeds.FIRST, deeds.SECOND_STATION, RELAY):
        for other in (deeds.FIRST, deeds.SECOND_STATION, RELAY):
            if other != cut.machine:
                disk.restore(made.root / other, image / other, None, chance)
        _go_on(image, ledger, verdict)
    return verdict


def _go_on(image: Path, ledger: Ledger, verdict: Verdict) -> None:
    """Let the office work on with what is left, and count the cables at both ends."""
    relay = RelayThread(image / "relay", time.time)
    relay.start()
    with ExitStack() as stack:
        stack.callback(relay.stop)
        stations = {
            name: stack.enter_context(closing(judge.opened(name, image / name, ledger))) for name in deeds.STATIONS
        }
        for name in (*stations, *stations, *stations):
            _carry(stations[name])
        for name, station in stations.items():
            (other,) = (each for each in stations if each != name)
            arrived = Counter(row.subject for row in stations[other].inbox() if isinstance(row, CableRow))
            for row in station.sent():
                if arrived[row.subject] != 1:
                    faults = verdict.twice if arrived[row.subject] else verdict.lost
                    faults.append(f"{row.subject} came {arrived[row.subject]} times when the office went on")


def _carry(station: Station) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            carrying.carry(station)
        except LinkError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def lane(seed: int, images: int, controls: int) -> tuple[dict[Names, Verdict], dict[str, Verdict]]:
    """Record, look at half of the images under each model of names, and at `controls` images for each control."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="secmsg-power-") as folder:
        base = Path(folder).resolve()
        recordings = {"honest": _recorded(base / "honest", "honest")}
        made, acts = recordings["honest"]
        honest = {
            names: look(made, acts, cuts(made, acts, count, MACHINES, chance), names, chance)
            for names, count in ((Names.AT_ONCE, images // 2), (Names.WHEN_SYNCED, images - images // 2))
        }
        red = {}
        for control in CONTROLS if controls else ():
            if control.kind not in recordings:
                recordings[control.kind] = _recorded(base / control.kind, control.kind)
            made, acts = recordings[control.kind]
            wanted = cuts(made, acts, controls, control.machines, chance, control.near)
            red[control.name] = look(made, acts, wanted, control.names, chance, control.keep)
    return honest, red


def _recorded(base: Path, kind: str) -> tuple[Recorded, tuple[Act, ...]]:
    base.mkdir(parents=True)
    made = recorded.make(base, kind)
    return made, made.acts()


def memory() -> str | None:
    """Return a folder that costs no disk, where there is one: an image lives for a moment only."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def run(images: int, controls: int, seed: int, lanes: int = LANES) -> bool:
    """Look at all of it in lanes side by side, print what was found and say whether it is as it must be."""
    began = time.monotonic()
    honest: dict[Names, Verdict] = {names: Verdict() for names in Names}
    red: dict[str, Verdict] = {}
    with ProcessPoolExecutor(lanes, mp_context=get_context("spawn")) as pool:
        shares = [images // lanes + (number < images % lanes) for number in range(lanes)]
        jobs = [pool.submit(lane, seed + number, share, -(-controls // lanes)) for number, share in enumerate(shares)]
        for job in jobs:
            found, wrong = job.result()
            for names, verdict in found.items():
                honest[names].add(verdict)
            for name, verdict in wrong.items():
                red.setdefault(name, Verdict()).add(verdict)
    for names, verdict in honest.items():
        print(f"power cut, {names.value}: {verdict}")
        for fault in (*verdict.lost, *verdict.twice, *verdict.unopenable)[:20]:
            print(f"  {fault}", file=sys.stderr)
    total = Verdict()
    for verdict in honest.values():
        total.add(verdict)
    print(f"power cut: {total} (seed {seed}, {time.monotonic() - began:.0f} s)")
    for name, verdict in red.items():
        print(f"control: {name} → {verdict} ({'green, as it must not be' if verdict.good else 'red, as it must be'})")
    return total.good and not any(verdict.good for verdict in red.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=2000)
    parser.add_argument("--control", type=int, default=120, metavar="N", help="images for each control")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    given = parser.parse_args()
    return 0 if run(given.images, given.control, given.seed) else 1


if __name__ == "__main__":
    sys.exit(main())
