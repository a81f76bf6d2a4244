"""Headquarters, a mission and a relay's folder, enrolled and ready; the relay is served by whoever wants to kill it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from secmsg.crypto import randomness
from secmsg.errors import LinkError
from secmsg.relay import home as relay_homes
from secmsg.station import carrying
from secmsg.station.station import Station
from secmsg.station.views import CableRow, Register
from tests.faults import acts
from tests.helpers.cut_line import CutLine
from tests.helpers.ministry import HQ, PARIS, Ministry, RelayThread
from tests.helpers.running_clock import RunningClock


@dataclass(frozen=True, slots=True)
class Scene:
    """The folders below one root."""

    root: Path

    @property
    def relay(self) -> Path:
        return self.root / "relay"

    @property
    def headquarters(self) -> Path:
        return self.root / f"station-{HQ.id}"

    @property
    def paris(self) -> Path:
        return self.root / f"station-{PARIS.id}"

    @property
    def annex(self) -> Path:
        return self.root / "annex.pdf"

    @contextmanager
    def served(self) -> Iterator[ForkServerProcess]:
        process = acts.start(acts.relay, self.relay)
        try:
            yield process
        finally:
            process.kill()
            process.join()


def set_up(root: Path, proxy: CutLine | None = None) -> Scene:
    """Found a ministry of two stations that know each other, whose relay nobody serves now; it is met by the proxy."""
    root.mkdir(exist_ok=True)
    ministry = Ministry(root, RunningClock(), acts.POLICY)
    ministry.found()
    made = relay_homes.create(
        relay_homes.Home(root / "relay"), "127.0.0.1", 0,
        public_url=None if proxy is None else f"https://127.0.0.1:{proxy.port}", now=int(time.time()) - 60,
        random=randomness.system,
    )  # fmt: skip
    if proxy is not None:
        proxy.target_port = made.port
    ministry.relays.append(RelayThread(root / "relay", time.time, made.public_url))
    ministry.enrol(HQ)
    ministry.enrol(PARIS)
    scene = Scene(root)
    with scene.served():
        for home in (scene.headquarters, scene.paris):
            with opened(home) as station:
                wait_for_relay(station)
    scene.annex.write_bytes(b"%PDF-" + randomness.system(20_000))
    return scene


@contextmanager
def opened(home: Path) -> Iterator[Station]:
    station = acts.open_home(home)
    try:
        yield station
    finally:
        station.close()


def exchange(scene: Scene) -> None:
    """Carry at both stations, with a relay of its own, until both have said everything."""
    with scene.served(), opened(scene.headquarters) as headquarters, opened(scene.paris) as paris:
        wait_for_relay(headquarters)
        for station in (paris, headquarters, paris):
            carrying.carry(station)


def wait_for_relay(station: Station) -> None:
    """Carry until the relay, which has just been started, answers."""
    until = time.monotonic() + 20
    while True:
        try:
            carrying.carry(station)
        except LinkError:
            assert time.monotonic() < until, "the relay does not answer"
            time.sleep(0.05)
        else:
            return


@dataclass(frozen=True, slots=True)
class Count:
    """What one direction of traffic came to."""

    acknowledged: int = 0
    received: int = 0
    duplicated: int = 0
    burnt: int = 0
    faults: tuple[str, ...] = field(default=())

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.acknowledged + other.acknowledged,
            self.received + other.received,
            self.duplicated + other.duplicated,
            self.burnt + other.burnt,
            self.faults + other.faults,
        )

    @property
    def good(self) -> bool:
        """Whether everything acknowledged came once, and every number was used."""
        return self.acknowledged == self.received > 0 and not (self.duplicated or self.burnt or self.faults)


def count(sender: Station, receiver: Station, acknowledged: set[str]) -> Count:
    """Compare what a sender's officer was told with what both stores hold; `acknowledged` are subjects."""
    sent = sender.sent()
    came = [row for row in receiver.inbox() if isinstance(row, CableRow)]
    released, arrived = [row.subject for row in sent], [row.subject for row in came]
    duplicated = len(released) - len(set(released)) + len(arrived) - len(set(arrived))
    numbers = {row.number for row in sent}
    faults = []
    # The registers' chains are verified by asking for them.
    out, into = sender.register(Register.OUT), receiver.register(Register.IN)
    if [line.line for line in out] != list(range(1, len(sent) + 1)) or {line.mrn for line in out} != {
        row.mrn for row in sent
    }:
        faults.append("the outgoing register differs from the cables released")
    if len(into) != len(came):
        faults.append("the incoming register differs from the cables received")
    if receiver.gaps():
        faults.append(f"serials are missing: {receiver.gaps()}")
    if receiver.quarantine():
        faults.append(f"{len(receiver.quarantine())} packets are set aside")
    for row in came:
        view = receiver.read(row.cable_id)
        if not view.verification.signature_ok or any(each.state.value != "ready" for each in view.attachments):
            states = [each.state.value for each in view.attachments]
            faults.append(f"{row.subject} is not whole: signed {view.verification.signature_ok}, annexes {states}")
    unproven = set(released) - acknowledged
    if unproven:
        faults.append(f"released without having been acknowledged: {sorted(unproven)}")
    return Count(
        acknowledged=len(acknowledged),
        received=len(acknowledged & set(arrived)),
        duplicated=duplicated,
        burnt=max(numbers, default=0) - len(numbers),
        faults=tuple(faults),
    )
