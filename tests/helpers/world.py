"""Stations around a simulated relay. They are enrolled once for all tests; each test works on copies of their homes."""

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.ids import RelayId, StationId
from secmsg.office.draft import Draft
from secmsg.station import carrying, enrol, headquarters
from secmsg.station.carrying import Carried
from secmsg.station.enrol import Proposal
from secmsg.station.events import Event
from secmsg.station.headquarters import RelayAccess, Seat
from secmsg.station.rounds import Memory, Place
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import Released
from secmsg.store.keyring import Keyring
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Role
from secmsg.wire.contents import StationEntry
from tests.helpers.ministry import CANBERRA, FAST, HQ, KEYRING, NOW, PARIS, PASSPHRASE, Clock
from tests.helpers.settled import settle_sheet
from tests.helpers.simulated_relay import SimulatedRelay

RELAY_ID = RelayId(bytes(range(16)))
RELAY_NAME = "Kênh chính"
TOKYO = StationEntry(StationId(4), "ĐSQ Tokyo", "Tokyo", "Tokyo", "Asia/Tokyo", "{number}/ĐSQ-TK", "TOKYO")
LIMA = StationEntry(StationId(5), "ĐSQ Lima", "Lima", "Lima", "America/Lima", "{number}/ĐSQ-LM", "LIMA")


@functools.cache
def _template() -> tuple[Path, dict[int, bytes]]:
    root = Path(tempfile.mkdtemp(prefix="secmsg-world-"))
    clock = Clock()
    headquarters.create_authority(root / "authority", by_passphrase(PASSPHRASE), "Cơ yếu", FAST, clock=clock)
    for entry, degree in ((HQ, Degree.TOP_SECRET), (PARIS, Degree.TOP_SECRET), (CANBERRA, Degree.CONFIDENTIAL)):
        _enrol(root, clock, entry, degree)
    with headquarters.open_authority(root / "authority", by_passphrase(PASSPHRASE), FAST, clock=clock) as office:
        segments = {int(segment.number): segment.data for segment in office.segments()}
    return root, segments


def _enrol(root: Path, clock: Clock, entry: StationEntry, degree: Degree) -> None:
    home = root / f"station-{entry.id}"
    officer = f"Nguyễn Văn {entry.mrn_name.title()}"
    role = Role.HEADQUARTERS if entry is HQ else Role.STATION
    made = enrol.initialise(
        home,
        by_passphrase(PASSPHRASE),
        Proposal(entry.id, officer, "Đại sứ", entry.name_vi, entry.place, role),
        FAST,
        keyring=KEYRING,
        clock=clock,
    )
    access = RelayAccess(RELAY_ID, RELAY_NAME, "https://127.0.0.1:1", "prefix", bytes(32), bytes(16))
    with headquarters.open_authority(root / "authority", by_passphrase(PASSPHRASE), FAST, clock=clock) as office:
        enrolled = office.enrol(
            made.request, Seat(entry, degree, role), [access], lambda groups: groups == made.fingerprint
        )
    station = open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING, clock=clock)
    station.join(enrolled.kit, enrolled.activation_code)
    settle_sheet(station)
    station.close()


@dataclass(slots=True)
class Office:
    """An open station and its place at the relay, which remembers what it has seen of it."""

    station: Station
    place: Place
    events: list[Event] = field(default_factory=list)

    def sync(self) -> Carried:
        return carrying.carry_at(self.station, (self.place,), self.events.append)

    def release(self, draft: Draft) -> Released:
        return self.station.release(draft)


@dataclass(slots=True)
class World:
    """One relay, one clock, the homes of three stations."""

    root: Path
    clock: Clock
    relay: SimulatedRelay
    segments: dict[int, bytes]
    offices: list[Office] = field(default_factory=list)

    def open(
        self,
        entry: StationEntry,
        clock: Callable[[], int] | None = None,
        folder: str = "",
        keyring: Keyring = KEYRING,
    ) -> Office:
        used = self.clock if clock is None else clock
        home = self.root / (folder or f"station-{entry.id}")
        station = open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=keyring, clock=used)
        office = Office(station, Place(RELAY_ID, RELAY_NAME, self.relay.link(used), Memory()))
        self.offices.append(office)
        return office

    def close(self, office: Office) -> None:
        office.station.close()
        self.offices.remove(office)

    def reopen(self, office: Office, entry: StationEntry) -> Office:
        """Stop a station and start it again, as after a crash or a night."""
        self.close(office)
        return self.open(entry)

    def enrol_one_more(self, entry: StationEntry) -> dict[int, bytes]:
        """Let the authority list one more station; give the segments of all editions."""
        _enrol(self.root, self.clock, entry, Degree.CONFIDENTIAL)
        unlock = by_passphrase(PASSPHRASE)
        with headquarters.open_authority(self.root / "authority", unlock, FAST, clock=self.clock) as office:
            return {int(segment.number): segment.data for segment in office.segments()}

    def settle(self, *offices: Office, rounds: int = 4) -> None:
        """Let everybody carry until receipts have gone both ways."""
        for _ in range(rounds):
            for office in offices or tuple(self.offices):
                office.sync()


@contextmanager
def world(root: Path) -> Iterator[World]:
    template, segments = _template()
    for home in template.iterdir():
        shutil.copytree(home, root / home.name)
    clock = Clock(NOW + 3600)
    built = World(root, clock, SimulatedRelay(clock), dict(segments))
    built.relay.segments = dict(segments)
    try:
        yield built
    finally:
        for office in built.offices:
            office.station.close()
