"""Writes and syncs that fail: `python -m tests.faults.io_faults`. strace lets each call of one act fail in turn.

A release, a reception, a change of the passphrase and an export by a station, deposits and uploads at a relay: with
each write refused for want of room and each sync refused by the medium. The act must end with an error of the
product's own, or do its work after all; it may acknowledge nothing that is not there, and the next attempt must go
through. Then everything is counted as after the kills.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from secmsg.errors import CommitUnknown, LinkError, SecmsgError, WrongPassphrase
from secmsg.station import carrying, passphrases
from secmsg.station.passphrases import Kind
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import CableRow
from secmsg.store import database
from tests.faults import acts
from tests.faults.recording import strace
from tests.faults.scene import Scene, count, exchange, opened, set_up, wait_for_relay
from tests.helpers.ministry import KEYRING, PARIS, PASSPHRASE, attachment, draft

LANES = 2
CRASHED = 99
"""How a process ends that let an error out which is none of the product's."""
OTHER = "sáu con giáp nữa 2027"


@dataclass(frozen=True, slots=True)
class Fault:
    """A system call that fails; `lasting`: and every one of its kind after it."""

    call: str
    error: str
    lasting: bool = False

    def __str__(self) -> str:
        return f"{self.call} {self.error}" + (" for good" if self.lasting else "")


FAULTS = (
    Fault("pwrite64", "ENOSPC"), Fault("pwrite64", "EIO"), Fault("write", "ENOSPC"),
    Fault("fsync", "EIO"), Fault("fsync", "EIO", lasting=True), Fault("fdatasync", "EIO"), Fault("ftruncate", "EIO"),
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What came of all faults of one act."""

    act: str
    injected: int = 0
    refused: int = 0
    done: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.act}: {self.injected} faults, {self.refused} refused in words, {self.done} done all the same, "
            f"{len(self.faults)} wrong"
        )


@dataclass(frozen=True, slots=True)
class Ended:
    """How an act ended: 0 or the error's exit code, and whether the fault came at all."""

    code: int
    injected: bool


# --- injecting -------------------------------------------------------------------------------------------------------


def faulted(fault: Fault, at: int, folder: Path, act: Callable[..., None], *given: object) -> Ended:
    """Do an act in a process of its own in which the call number `at` fails."""
    gate = folder / "gate"
    gate.unlink(missing_ok=True)
    process = acts.start(_gated, gate, act, *given)
    with _injecting(fault, at, int(process.pid or 0), folder / "trace"):
        gate.touch()
        process.join(60)
    assert process.exitcode is not None, "the act does not end"
    return Ended(process.exitcode, "(INJECTED)" in (folder / "trace").read_text())


@contextmanager
def _injecting(fault: Fault, at: int, pid: int, trace: Path) -> Iterator[None]:
    trace.unlink(missing_ok=True)
    command = [
        strace(), "-f", "-p", str(pid), "-o", str(trace), "-e", "signal=none", "-e", f"trace={fault.call}",
        "-e", f"inject={fault.call}:error={fault.error}:when={at}{'+' if fault.lasting else ''}",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        line = running.stderr.readline()
        assert "attached" in line, f"the recorder does not attach: {line}"
        try:
            yield
        finally:
            running.terminate()
            running.wait(20)


def _gated(gate: Path, act: Callable[..., None], *given: object) -> None:
    while not gate.exists():
        time.sleep(0.002)
    try:
        act(*given)
    except SecmsgError as error:
        os._exit(error.exit_code)
    except BaseException:
        traceback.print_exc()
        os._exit(CRASHED)
    os._exit(0)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which calls fail: every `step`-th of each kind, in turn, until the act has no more of them."""

    folder: Path
    step: int = 1
    faults: tuple[Fault, ...] = FAULTS
    kind: str = "honest"


def each_fault(
    tally: Tally, plan: Plan, act: Callable[..., None], given: Callable[[str], tuple[object, ...]]
) -> Iterator[tuple[str, Ended]]:
    """Do an act again and again, each time with another call that fails."""
    for fault in plan.faults:
        at = 1
        while True:
            name = f"{fault} {at}"
            ended = faulted(fault, at, plan.folder, act, *given(name))
            if ended.code == CRASHED or ended.code < 0:
                tally.faults.append(f"{tally.act}, {name}: an error that is not the product's ({ended.code})")
            tally.injected += ended.injected
            tally.refused += ended.injected and ended.code > 0
            tally.done += ended.injected and ended.code == 0
            if not ended.injected and ended.code:
                tally.faults.append(f"{tally.act}, {name}: refused without a fault ({ended.code})")
            yield name, ended
            if not ended.injected:
                break
            at += plan.step


# --- the acts --------------------------------------------------------------------------------------------------------


def release(home: Path, subject: str, annex: Path, kind: str) -> None:
    if kind == "believing":
        vars(database)["Database"]._make_undone = lambda _: None  # the mistake, in this process only
    station = acts.open_home(home)
    station.release(draft(PARIS.id, subject=subject, attachments=(attachment(annex),)))
    os._exit(0)  # the officer has the number; how the store is closed is no part of the act


def receive(home: Path) -> None:
    station = acts.open_home(home)
    carrying.carry(station)
    station.close()


def change(home: Path, old: str, new: str) -> None:
    passphrases.change(home, Kind.STATION, by_passphrase(old), by_passphrase(new), acts.POLICY, keyring=KEYRING)


def export(home: Path, out: Path) -> None:
    station = acts.open_home(home)
    row = next(row for row in station.inbox() if isinstance(row, CableRow) and row.annexes)
    station.export(row.cable_id, 0, out)


def releases(scene: Scene, plan: Plan) -> Tally:
    """Let a release fail at each call; release again; everything must arrive once."""
    tally = Tally("release")
    acknowledged = set()
    for name, ended in each_fault(
        tally, plan, release, lambda name: (scene.headquarters, f"Điện {name}", scene.annex, plan.kind)
    ):
        subject = f"Điện {name}"
        with opened(scene.headquarters) as station:
            there = any(row.subject == subject for row in station.sent())
            if ended.code == 0 and not there:
                tally.faults.append(f"{subject} was acknowledged and is not there")
            if there and ended.code not in (0, CommitUnknown.exit_code):
                tally.faults.append(f"{subject} was refused with {ended.code} and is there")
            tally.faults += [f"{subject}: the file of a blob is not there" for _ in _missing(station)]
            if not there:
                station.release(draft(PARIS.id, subject=subject, attachments=(attachment(scene.annex),)))
        acknowledged.add(subject)
    if tally.faults:
        return tally
    exchange(scene)
    _count(scene, acknowledged, tally)
    files = sum(1 for path in (scene.headquarters / "blobs").rglob("*") if path.is_file())
    if files != len(acknowledged):
        tally.faults.append(f"{files} files for {len(acknowledged)} annexes")
    return tally


def _missing(station: Station) -> list[str]:
    files = station.desk.files
    keys = [row[0] for row in station.desk.db.all("SELECT blob_key FROM blobs")]
    return [key.hex() for key in keys if not files.path(key).is_file()]


def receptions(scene: Scene, plan: Plan) -> Tally:
    """Let a reception fail at each call, one new cable each; receive again; everything must be there once."""
    tally = Tally("reception")
    with opened(scene.headquarters) as station:
        before = {row.subject for row in station.sent()}
    wanted = set(before)

    def prepared(name: str) -> tuple[object, ...]:
        with opened(scene.headquarters) as station:
            station.release(draft(PARIS.id, subject=f"Thu {name}", attachments=(attachment(scene.annex),)))
            carrying.carry(station)
        wanted.add(f"Thu {name}")
        return (scene.paris,)

    with scene.served():
        with opened(scene.headquarters) as station:
            wait_for_relay(station)
        for _ in each_fault(tally, plan, receive, prepared):
            assert acts.ended(_plain, receive, scene.paris) == 0
    exchange(scene)
    _count(scene, wanted, tally)
    return tally


def _plain(act: Callable[..., None], *given: object) -> None:
    act(*given)


def changes(scene: Scene, plan: Plan) -> Tally:
    """Let a change of the passphrase fail at each call: the old one or the new one opens, and the next change works."""
    tally = Tally("passphrase")
    now, other = PASSPHRASE, OTHER
    for name, ended in each_fault(tally, plan, change, lambda _: (scene.paris, now, other)):
        fitting = [each for each in (now, other) if _opens(scene.paris, each)]
        if ended.code == 0 and fitting != [other]:
            tally.faults.append(f"{name}: the new passphrase was confirmed, and {len(fitting)} open")
        elif not fitting:
            tally.faults.append(f"{name}: nothing opens the store")
        change(scene.paris, fitting[0], OTHER)
        change(scene.paris, OTHER, PASSPHRASE)
    return tally


def _opens(home: Path, passphrase: str) -> bool:
    try:
        open_station(home, by_passphrase(passphrase), acts.POLICY, keyring=KEYRING).close()
    except WrongPassphrase:
        return False
    return True


def exports(scene: Scene, plan: Plan) -> Tally:
    """Let an export fail at each call: the file is there whole, or nothing is."""
    tally = Tally("export")
    with opened(scene.headquarters) as station:
        station.release(draft(PARIS.id, subject="Để xuất", attachments=(attachment(scene.annex),)))
    exchange(scene)

    def place(name: str) -> Path:
        return plan.folder / f"out {name}.pdf"

    for name, ended in each_fault(tally, plan, export, lambda name: (scene.paris, place(name))):
        left = [path for path in plan.folder.iterdir() if path.name.startswith((".out", "out"))]
        whole = place(name).is_file() and place(name).stat().st_size == scene.annex.stat().st_size
        if ended.code == 0 and not whole:
            tally.faults.append(f"{name}: the file was confirmed and is not whole")
        if [path for path in left if path != place(name)] or (place(name) in left and not whole):
            tally.faults.append(f"{name}: half a file is left behind")
        for path in left:
            path.unlink()
    return tally


def deposits(scene: Scene, plan: Plan) -> Tally:
    """Let a relay's writes fail at each call while a cable with an annex goes through it; then let it go on."""
    tally = Tally("relay")
    with opened(scene.headquarters) as station:
        wanted = {row.subject for row in station.sent()}
    for fault in plan.faults:
        at = 1
        injected = True
        while injected:
            subject = f"Qua {fault} {at}"
            injected = _through_relay(scene, plan.folder, fault, at, subject, tally)
            wanted.add(subject)
            at += plan.step
    exchange(scene)
    _count(scene, wanted, tally)
    return tally


def _through_relay(scene: Scene, folder: Path, fault: Fault, at: int, subject: str, tally: Tally) -> bool:
    """Send one cable through a relay whose call number `at` fails; say whether it came to that."""
    trace = folder / "trace"
    with scene.served() as process, opened(scene.headquarters) as sender, opened(scene.paris) as reader:
        wait_for_relay(sender)
        carrying.carry(reader)
        sender.release(draft(PARIS.id, subject=subject, attachments=(attachment(scene.annex),)))
        with _injecting(fault, at, int(process.pid or 0), trace):
            carried = [_carried(station) for station in (sender, reader, sender)]
        injected = "(INJECTED)" in trace.read_text()
        tally.injected += injected
        tally.refused += injected and not all(carried)
        tally.done += injected and all(carried)
        if not process.is_alive():
            tally.faults.append(f"{subject}: the relay has ended with {process.exitcode}")
            return injected
        # The same relay goes on once the disk takes writes again.
        for station in (sender, reader, sender):
            wait_for_relay(station)
        if not any(row.subject == subject for row in reader.inbox() if isinstance(row, CableRow)):
            tally.faults.append(f"{subject} did not come through when the disk was well again")
    return injected


def _carried(station: Station) -> bool:
    try:
        carrying.carry(station)
    except LinkError:
        return False
    return True


def _count(scene: Scene, acknowledged: set[str], tally: Tally) -> None:
    with opened(scene.headquarters) as headquarters, opened(scene.paris) as paris:
        headquarters.desk.db.check()
        paris.desk.db.check()
        outcome = count(headquarters, paris, acknowledged)
    if not outcome.good:
        tally.faults.append(f"counted: {outcome}")


ACTS = (receptions, deposits, releases, exports, changes)
"""The longest first."""


def run(step: int, lanes: int = LANES) -> bool:
    """Let every `step`-th call of every act fail, print a line for each act and say whether all was well."""
    good = True
    with ProcessPoolExecutor(lanes, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_trial, place, step, "honest") for place in range(len(ACTS))]
        control = pool.submit(_trial, ACTS.index(releases), 1, "believing")
        for job in jobs:
            tally, took = job.result()
            print(f"I/O faults, {tally} ({took:.0f} s)", flush=True)
            for fault in tally.faults[:20]:
                print(f"  {fault}", file=sys.stderr)
            good &= tally.injected > 0 and not tally.faults
        wrong = control.result()[0].faults
    colour = "red, as it must be" if wrong else "green, as it must not be"
    print(f"control: a commit whose sync failed is left in the log → {len(wrong)} wrong ({colour})", flush=True)
    return good and bool(wrong)


def _trial(place: int, step: int, kind: str) -> tuple[Tally, float]:
    """Try one act on a ministry of its own."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="secmsg-io-") as name:
        scene = set_up(Path(name) / "ministry")
        folder = Path(name) / "calls"
        folder.mkdir()
        faults = FAULTS if kind == "honest" else (Fault("fsync", "EIO"),)
        tally = ACTS[place](scene, Plan(folder, step, faults, kind))
    return tally, time.monotonic() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1, help="let every n-th call fail")
    return 0 if run(parser.parse_args().step) else 1


if __name__ == "__main__":
    sys.exit(main())
