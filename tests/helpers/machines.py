"""Stations with two machines each around a simulated relay, enrolled once; each test works on copies of their homes."""

import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from secmsg.station import enrol, headquarters
from secmsg.station.enrol import Proposal
from secmsg.station.headquarters import Enrolled, RelayAccess, Seat
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Role
from secmsg.wire.contents import StationEntry
from tests.helpers.ministry import CANBERRA, FAST, HQ, KEYRING, NOW, PARIS, PASSPHRASE, Clock
from tests.helpers.settled import settle_sheet
from tests.helpers.simulated_relay import SimulatedRelay
from tests.helpers.world import LIMA, RELAY_ID, RELAY_NAME, TOKYO, Office, World

POSTS = (PARIS, CANBERRA, TOKYO, LIMA)


def folder(entry: StationEntry, machine: int) -> str:
    """Name the home of a station's first or second machine."""
    return f"station-{entry.id}" if machine == 1 else f"station-{entry.id}-{machine}"


def enrol_machine(root: Path, clock: Clock, entry: StationEntry, machine: int) -> Enrolled:
    """Make a machine's home, let the authority list it, and join it."""
    home = root / folder(entry, machine)
    made = enrol.initialise(
        home,
        by_passphrase(PASSPHRASE),
        Proposal(entry.id, f"Nguyễn Văn {entry.mrn_name.title()} {machine}", "Đại sứ", entry.name_vi, entry.place),
        FAST,
        keyring=KEYRING,
        clock=clock,
    )
    access = RelayAccess(RELAY_ID, RELAY_NAME, "https://127.0.0.1:1", "prefix", bytes(32), bytes(16))
    with headquarters.open_authority(root / "authority", by_passphrase(PASSPHRASE), FAST, clock=clock) as office:
        role = Role.HEADQUARTERS if entry is HQ else Role.STATION
        seat = Seat(entry, Degree.TOP_SECRET, role)
        enrolled = office.enrol(made.request, seat, [access], lambda groups: groups == made.fingerprint)
    station = open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING, clock=clock)
    station.join(enrolled.kit, enrolled.activation_code)
    settle_sheet(station)
    station.close()
    return enrolled


@functools.cache
def _template(posts: int) -> tuple[Path, dict[int, bytes]]:
    root = Path(tempfile.mkdtemp(prefix="secmsg-machines-"))
    clock = Clock()
    headquarters.create_authority(root / "authority", by_passphrase(PASSPHRASE), "Cơ yếu", FAST, clock=clock)
    enrol_machine(root, clock, HQ, 1)
    for entry in POSTS[:posts]:
        for machine in (1, 2):
            enrol_machine(root, clock, entry, machine)
    return root, segments(root, clock)


def segments(root: Path, clock: Clock) -> dict[int, bytes]:
    """Give the segments of all editions that the authority has made."""
    with headquarters.open_authority(root / "authority", by_passphrase(PASSPHRASE), FAST, clock=clock) as office:
        return {int(segment.number): segment.data for segment in office.segments()}


@contextmanager
def machines(root: Path, posts: int = 1) -> Iterator[World]:
    """Give a world of headquarters and so many posts of two machines each; nothing is open yet."""
    template, made = _template(posts)
    for home in template.iterdir():
        shutil.copytree(home, root / home.name)
    clock = Clock(NOW + 3600)
    built = World(root, clock, SimulatedRelay(clock), dict(made))
    built.relay.segments = dict(made)
    try:
        yield built
    finally:
        for office in built.offices:
            office.station.close()


def open_machine(world: World, entry: StationEntry, machine: int = 1) -> Office:
    """Open one machine of a station."""
    return world.open(entry, folder=folder(entry, machine))
