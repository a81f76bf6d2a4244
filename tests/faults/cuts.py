"""One attachment through a line that is cut again and again: `python -m tests.faults.cuts --size 200 --cuts 20`.

Between the cuts the relay and both clients are killed with -9 and begun anew. Exit 1 unless the bytes that come out are
those that went in, and no more of them passed the line than a resume from the last acknowledged byte explains.
"""

import argparse
import queue
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from secmsg.crypto import hashing, randomness
from secmsg.office.draft import DraftAttachment
from secmsg.station.courier import Courier
from secmsg.station.views import AttachmentState, CableRow
from secmsg.station.worker import Worker
from tests.faults import acts
from tests.faults.scene import Scene, opened, set_up
from tests.helpers.cut_line import CutLine, cut_line
from tests.helpers.ministry import PARIS, draft

PATIENCE_S = 900.0
_READY = "ready"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; `passed` counts every byte of the line, `sealed` is the size of the blob."""

    equal: bool
    cuts: int
    kills: int
    passed: int
    sealed: int

    @property
    def allowed(self) -> int:
        """Bytes that may pass: up and down once, what was in flight at each cut and kill, and the rest of the talk."""
        return int(2.05 * self.sealed) + (self.cuts + self.kills) * 2_500_000

    @property
    def good(self) -> bool:
        """Whether nothing was lost and nothing was carried twice."""
        return self.equal and self.passed <= self.allowed


def carry_on(home: Path, folder: Path, *, forgetful: bool) -> None:
    """Carry with a courier until the folder says `end`; note when everything that came is whole."""
    if forgetful:
        # The mistake: what was fetched before the kill is thrown away.
        for part in home.rglob("*.part"):
            part.unlink()
    worker = Worker()
    worker.start(lambda: acts.open_home(home)).result()
    courier = Courier(worker, lambda _: None, acts.POLICY)
    courier.start()
    while not (folder / "end").exists():
        rows = worker.submit(lambda station: [row for row in station.inbox() if isinstance(row, CableRow)]).result()
        for row in rows:
            (annex,) = worker.submit(lambda station, key=row.cable_id: station.read(key).attachments).result()  # type: ignore[misc]  # bound now
            if annex.state is AttachmentState.READY:
                (home / _READY).touch()
        time.sleep(0.05)
    courier.stop()
    worker.stop()


@dataclass(slots=True)
class Line:
    """The three processes at the two ends and the middle of the line."""

    scene: Scene
    running: dict[str, ForkServerProcess]
    kills: int = 0
    forgetful: bool = False

    def begin(self, name: str) -> None:
        scene = self.scene
        match name:
            case "relay":
                self.running[name] = acts.start(acts.relay, scene.relay)
            case "sender":
                self.running[name] = acts.start(_carry_on, scene.headquarters, scene.root, False)
            case _:
                self.running[name] = acts.start(_carry_on, scene.paris, scene.root, self.forgetful)

    def restart(self, name: str) -> None:
        """Kill with -9 and begin anew."""
        process = self.running[name]
        process.kill()
        process.join()
        self.kills += 1
        self.begin(name)

    def end(self) -> None:
        for process in self.running.values():
            process.kill()
            process.join()


def _carry_on(home: Path, folder: Path, forgetful: bool) -> None:
    carry_on(home, folder, forgetful=forgetful)


def plan(cuts: int, restarts: int) -> dict[int, tuple[str, ...]]:
    """Say who is killed after which cut: sender and relay while it goes up, relay and receiver while it comes down."""
    if restarts == 1:
        return {max(1, cuts // 3): ("relay", "sender"), max(1, cuts - cuts // 4): ("receiver",)}
    quarter = max(1, cuts // 5)
    return {quarter: ("relay",), 2 * quarter: ("sender",), 3 * quarter: ("relay",), 4 * quarter: ("receiver",)}


def run(root: Path, size: int, cuts: int, restarts: int, *, forgetful: bool = False) -> Outcome:
    """Send one attachment of `size` bytes and say what came of it."""
    with cut_line() as proxy:
        scene = set_up(root, proxy)
        return _through(scene, proxy, size, plan(cuts, restarts), cuts, forgetful=forgetful)


def _through(
    scene: Scene, proxy: CutLine, size: int, killed: dict[int, tuple[str, ...]], cuts: int, *, forgetful: bool
) -> Outcome:
    paper = scene.root / "paper.bin"
    with paper.open("wb") as out:
        for at in range(0, size, 1 << 20):
            out.write(randomness.system(min(1 << 20, size - at)))
    with opened(scene.headquarters) as station:
        annex = DraftAttachment("paper.bin", "application/octet-stream", str(paper), size, 1)
        released = station.release(draft(PARIS.id, attachments=(annex,)))
        row = station.outbox()[0]
    assert row.parts is not None
    sealed = row.parts[1]
    happened: queue.SimpleQueue[int] = queue.SimpleQueue()
    # Not at the end itself: the last stretch is to be carried in peace.
    proxy.arm(2 * sealed // (cuts + 1), cuts, happened.put)
    line = Line(scene, {}, forgetful=forgetful)
    try:
        for name in ("relay", "sender", "receiver"):
            line.begin(name)
        _until(lambda: (scene.paris / _READY).exists(), happened, lambda cut: _restart(line, killed.get(cut, ())))
    finally:
        (scene.root / "end").touch()
        line.end()
    with opened(scene.paris) as station:
        got = station.export(released.cable_id, 0, scene.root / "got.bin")
    return Outcome(_hash(got) == _hash(paper), proxy.cuts, line.kills, proxy.passed, sealed)


def _restart(line: Line, names: tuple[str, ...]) -> None:
    for name in names:
        line.restart(name)


def _until(done: Callable[[], bool], happened: "queue.SimpleQueue[int]", after_cut: Callable[[int], None]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < until, "the attachment does not arrive"
        try:
            after_cut(happened.get(timeout=0.1))
        except queue.Empty:
            continue


def _hash(path: Path) -> bytes:
    digest = hashing.ContentHash()
    with path.open("rb") as source:
        while piece := source.read(1 << 20):
            digest.update(piece)
    return digest.digest()


def main() -> int:
    """Run once and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=200, help="MB")
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--restarts", type=int, default=2, choices=(1, 2))
    parser.add_argument("--forgetful", action="store_true", help="the control: a receiver that begins anew is caught")
    chosen = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="secmsg-cuts-", dir="/var/tmp"))
    try:
        outcome = run(
            root / "ministry", chosen.size * 1_000_000, chosen.cuts, chosen.restarts, forgetful=chosen.forgetful
        )
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(
        f"size {chosen.size} MB sealed {outcome.sealed} cuts {outcome.cuts} kills {outcome.kills} "
        f"passed {outcome.passed} of at most {outcome.allowed} bytes {'equal' if outcome.equal else 'DIFFERENT'}"
    )
    return 0 if outcome.good and outcome.cuts >= chosen.cuts else 1


if __name__ == "__main__":
    sys.exit(main())
