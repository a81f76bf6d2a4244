"""Disks that are full, out of names, or for reading only: `python -m tests.faults.full_disk` (as root: it mounts).

A small disk in memory is mounted where a station, or the relay, keeps its folder. Work goes on until the disk refuses;
the refusal must be an error of the product's own, what was acknowledged must be there, and once there is room again
everything must go on and be counted as after the kills.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.errors import DiskFull, DiskReadOnly, LinkError, SecmsgError
from secmsg.station import carrying
from tests.faults import acts
from tests.faults.scene import Scene, count, exchange, opened, set_up, wait_for_relay
from tests.helpers.ministry import PARIS, attachment, draft

BALLAST = 1_500_000
FILL_AT_MOST = 400


@dataclass(slots=True)
class Told:
    """What a disk's trial came to."""

    what: str
    acknowledged: set[str] = field(default_factory=set)
    refusals: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = ", ".join(sorted(set(self.refusals))) or "no refusal"
        return (
            f"{self.what}: {len(self.acknowledged)} cables, {len(self.refusals)} refused ({kinds}), "
            f"{len(self.faults)} wrong"
        )


@contextmanager
def small_disk(at: Path, options: str) -> Iterator[None]:
    """Put a small disk under a folder, with what is in it."""
    aside = at.with_name(at.name + "-aside")
    at.rename(aside)
    at.mkdir(mode=0o700)
    _mount("-t", "tmpfs", "-o", f"mode=0700,{options}", "tmpfs", str(at))
    try:
        shutil.copytree(aside, at, dirs_exist_ok=True)
        yield
        shutil.rmtree(aside)
        shutil.copytree(at, aside)
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)
        at.rmdir()
        aside.rename(at)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def _release(scene: Scene, told: Told, subject: str) -> bool:
    """Release one cable with an annex as an officer does, and note what he is told."""
    try:
        with opened(scene.headquarters) as station:
            station.release(draft(PARIS.id, subject=subject, attachments=(attachment(scene.annex),)))
            told.acknowledged.add(subject)
    except SecmsgError as error:
        told.refusals.append(type(error).__name__)
        return False
    return True


def fill(scene: Scene, before: set[str], what: str, options: str, make_room: Callable[[], None]) -> Told:
    """Release until the disk refuses three times, make room and go on."""
    told = Told(what, set(before))
    with small_disk(scene.headquarters, options):
        (scene.headquarters / "ballast").write_bytes(bytes(BALLAST))
        for number in range(8):
            (scene.headquarters / f"ballast-{number}").touch()
        for number in range(FILL_AT_MOST):
            if not _release(scene, told, f"{what} {number}") and len(told.refusals) == 3:
                break
        for path in scene.headquarters.glob("ballast*"):
            path.unlink()
        make_room()
        if not _release(scene, told, f"{what} sau"):
            told.faults.append("there is room again, and a release is refused")
        _settle(scene, told)
    if set(told.refusals) - {"DiskFull", "CommitUnknown"} or not told.refusals:
        told.faults.append(f"refused as {set(told.refusals)}")
    return told


def _settle(scene: Scene, told: Told) -> None:
    exchange(scene)
    with opened(scene.headquarters) as headquarters, opened(scene.paris) as paris:
        headquarters.desk.db.check()
        outcome = count(headquarters, paris, told.acknowledged)
    if not outcome.good:
        told.faults.append(str(outcome))


def read_only(scene: Scene, before: set[str]) -> Told:
    """Take the right to write away from a disk, and give it back."""
    told = Told("a disk for reading only", set(before))
    with small_disk(scene.headquarters, "size=64m"):
        _mount("-o", "remount,ro", str(scene.headquarters))
        _release(scene, told, "chỉ đọc")
        _mount("-o", "remount,rw", str(scene.headquarters))
        if not _release(scene, told, "đọc ghi"):
            told.faults.append("the disk takes writing again, and a release is refused")
        _settle(scene, told)
    if told.refusals != [DiskReadOnly.__name__]:
        told.faults.append(f"refused as {told.refusals}")
    return told


def full_relay(scene: Scene, before: set[str]) -> Told:
    """Fill the relay's disk under traffic; everything goes through once there is room."""
    told = Told("a full relay", set(before))
    ballast = scene.relay / "ballast"
    with small_disk(scene.relay, "size=12m"):
        with scene.served(), opened(scene.headquarters) as headquarters, opened(scene.paris) as paris:
            wait_for_relay(headquarters)
            carrying.carry(paris)
            free = shutil.disk_usage(scene.relay).free
            ballast.write_bytes(bytes(max(free - 40_000, 0)))
            for number in range(12):
                subject = f"đầy {number}"
                headquarters.release(draft(PARIS.id, subject=subject, attachments=(attachment(scene.annex),)))
                told.acknowledged.add(subject)
                for station in (headquarters, paris):
                    try:
                        carrying.carry(station)
                    except LinkError as error:
                        told.refusals.append(type(error).__name__)
            if headquarters.status().outbox_count == 0:
                told.faults.append("the full relay has taken everything")
            ballast.unlink()
            until = time.monotonic() + 30
            while headquarters.status().outbox_count and time.monotonic() < until:
                for station in (headquarters, paris, headquarters):
                    try:
                        carrying.carry(station)
                    except LinkError:
                        time.sleep(0.1)
        _settle(scene, told)
    return told


def size_limit(scene: Scene, before: set[str]) -> Told:
    """Let the system refuse every file that grows beyond a limit."""
    told = Told("a limit on the size of files", set(before))
    for number, limit in enumerate((2_000, 10_000, 30_000, 60_000, 100_000, 10_000_000)):
        subject = f"giới hạn {number}"
        ended = acts.ended(acts.release_within, scene.headquarters, int(PARIS.id), subject, scene.annex, limit)
        with opened(scene.headquarters) as station:
            there = any(row.subject == subject for row in station.sent())
        if ended == DiskFull.exit_code:
            told.refusals.append(DiskFull.__name__)
        elif ended == 0:
            told.acknowledged.add(subject)
        if ended not in (0, DiskFull.exit_code) or there is not (ended == 0):
            told.faults.append(f"{subject}: ended with {ended}, there: {there}")
    if not told.refusals:
        told.faults.append("the limit was never met")
    _settle(scene, told)
    return told


def _names(scene: Scene) -> str:
    """Leave place for forty more files."""
    return f"size=256m,nr_inodes={sum(1 for _ in scene.headquarters.rglob('*')) + 40}"


def run() -> bool:
    """Try every disk, print a line for each and say whether all was well."""
    if os.name != "posix" or os.geteuid() != 0:
        print("disks: only root can mount small ones", file=sys.stderr)
        return False
    good = True
    with tempfile.TemporaryDirectory(prefix="secmsg-disk-") as name:
        scene = set_up(Path(name) / "ministry")
        used = sum(path.stat().st_size for path in scene.headquarters.rglob("*") if path.is_file())
        size = used + BALLAST + 1_500_000

        def more(options: str) -> Callable[[], None]:
            return lambda: _mount("-o", f"remount,{options}", str(scene.headquarters))

        held: set[str] = set()
        trials: tuple[Callable[[], Told], ...] = (
            lambda: fill(scene, held, "a full disk", f"size={size}", more(f"size={size * 3}")),
            lambda: fill(scene, held, "a disk without names", _names(scene), more("nr_inodes=9999")),
            lambda: read_only(scene, held),
            lambda: size_limit(scene, held),
            lambda: full_relay(scene, held),
        )
        for trial in trials:
            told = trial()
            held.update(told.acknowledged)
            print(f"disks, {told}", flush=True)
            for fault in told.faults:
                print(f"  {fault}", file=sys.stderr)
            good &= not told.faults
    return good


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    return 0 if run() else 1


if __name__ == "__main__":
    sys.exit(main())
