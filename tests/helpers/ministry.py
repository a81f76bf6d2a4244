"""A small ministry for tests: an authority, a relay in a thread, and stations that are enrolled the proper way."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from secmsg.config import PRODUCTION, Backoff, KeyStretching, LinkTimes, Policy, Rhythm
from secmsg.crypto import randomness
from secmsg.errors import EnrolmentError
from secmsg.ids import StationId
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.relay import home as relay_homes
from secmsg.relay.server import RelayServer
from secmsg.station import carrying, enrol, headquarters
from secmsg.station.enrol import Proposal
from secmsg.station.events import Event
from secmsg.station.headquarters import Headquarters, RelayAccess, Seat
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.store.keyring import NoKeyring
from secmsg.wire.cable import Degree
from secmsg.wire.contents import StationEntry
from tests.helpers.settled import settle_sheet

PASSPHRASE = "mười hai con giáp 2026"
KEYRING = NoKeyring()
NOW = 1_790_000_000

FAST = replace(
    PRODUCTION,
    key_stretching=KeyStretching(memory_kib=8, passes=1, floor_memory_kib=8, floor_passes=1),
    backoff=Backoff(base_s=0.0, cap_s=0.0),
    link=LinkTimes(connect_s=5.0, read_s=10.0, poll_s=1),
    rhythm=Rhythm(receipt_delay_s=(0, 0)),
)
"""Production but for the cost of passphrases and the waiting times."""

HQ = StationEntry(StationId(1), "Bộ Ngoại giao", "Headquarters", "Hà Nội", "Asia/Ho_Chi_Minh", "{number}/BNG", "HANOI")
PARIS = StationEntry(StationId(2), "ĐSQ Paris", "Paris", "Paris", "Europe/Paris", "{number}/ĐSQ-PA", "PARIS")
CANBERRA = StationEntry(
    StationId(3), "ĐSQ Canberra", "Canberra", "Canberra", "Australia/Sydney", "{number}/ĐSQ-CB", "CANBERRA"
)


@dataclass(slots=True)
class Clock:
    """A clock that stands until it is moved."""

    now: int = NOW

    def __call__(self) -> int:
        return self.now


@dataclass(slots=True)
class RelayThread:
    """A relay that serves from a thread; `stop` and `start` again keep its port and its database."""

    folder: Path
    clock: Callable[[], float]
    base_url: str = ""
    _server: RelayServer | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        ready = threading.Event()

        def note(base_url: str) -> None:
            self.base_url = base_url
            ready.set()

        self._server = RelayServer(relay_homes.Home(self.folder), self.clock, randomness.system, note)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        assert ready.wait(20), "the relay does not get ready"

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.stop()
            self._thread.join(20)
            assert not self._thread.is_alive()
            self._server = self._thread = None


@dataclass(slots=True)
class Ministry:
    """Everything below one temporary folder."""

    root: Path
    clock: Clock = field(default_factory=Clock)
    policy: Policy = FAST
    relays: list[RelayThread] = field(default_factory=list)
    opened: list[Station] = field(default_factory=list)

    def found(self) -> None:
        headquarters.create_authority(
            self.root / "authority", by_passphrase(PASSPHRASE), "Cơ yếu", self.policy, clock=self.clock
        )

    def add_relay(self, name: str = "relay") -> RelayThread:
        folder = self.root / name
        relay_homes.create(
            relay_homes.Home(folder),
            "127.0.0.1",
            0,
            public_url=None,
            now=self.clock(),
            random=randomness.system,
        )
        relay = RelayThread(folder, lambda: float(self.clock()))
        relay.start()
        self.relays.append(relay)
        return relay

    @contextlib.contextmanager
    def authority(self) -> Iterator[Headquarters]:
        with headquarters.open_authority(
            self.root / "authority", by_passphrase(PASSPHRASE), self.policy, clock=self.clock
        ) as office:
            yield office

    def enrol(self, entry: StationEntry, degree: Degree = Degree.TOP_SECRET, base_urls: tuple[str, ...] = ()) -> Path:
        """Make a store for a station and join it; the edition is published at every relay."""
        home = self.root / f"station-{entry.id}"
        made = enrol.initialise(
            home,
            by_passphrase(PASSPHRASE),
            Proposal(entry.id, f"Nguyễn Văn {entry.mrn_name.title()}", "Đại sứ", entry.name_vi, entry.place),
            self.policy,
            keyring=KEYRING,
            clock=self.clock,
        )
        with self.authority() as office:
            enrolled = office.enrol(
                made.request,
                Seat(entry, degree),
                [self.access(relay, base_url) for relay, base_url in self._ways(base_urls)],
                lambda groups: groups == made.fingerprint,
            )
        station = self.open(entry)
        station.join(enrolled.kit, enrolled.activation_code)
        settle_sheet(station)
        self.close(station)
        self.publish()
        return home

    def _ways(self, base_urls: tuple[str, ...]) -> list[tuple[RelayThread, str]]:
        urls = base_urls or tuple(relay.base_url for relay in self.relays)
        return list(zip(self.relays, urls, strict=True))

    def access(self, relay: RelayThread, base_url: str) -> RelayAccess:
        granted = relay_homes.enrol(relay_homes.Home(relay.folder), randomness.system)
        return RelayAccess(
            granted.relay_id,
            relay.folder.name,
            base_url,
            granted.prefix,
            granted.fingerprint,
            granted.enrol_token,
        )

    def publish(self) -> None:
        """Give every relay the editions it does not have."""
        with self.authority() as office:
            for relay in self.relays:
                for segment in office.segments():
                    with contextlib.suppress(Exception):
                        relay_homes.publish(relay_homes.Home(relay.folder), segment.data, segment.number)

    def open(self, entry: StationEntry, clock: Clock | None = None) -> Station:
        station = open_station(
            self.root / f"station-{entry.id}",
            by_passphrase(PASSPHRASE),
            self.policy,
            keyring=KEYRING,
            clock=self.clock if clock is None else clock,
        )
        self.opened.append(station)
        return station

    def close(self, station: Station) -> None:
        station.close()
        self.opened.remove(station)

    def end(self) -> None:
        for station in self.opened:
            station.close()
        for relay in self.relays:
            relay.stop()


def sync(station: Station) -> list[Event]:
    """Carry until nothing moves and give the events."""
    events: list[Event] = []
    carrying.carry(station, events.append)
    return events


def draft(
    *to: StationId, subject: str = "Về chuyến thăm tháng 5", body: str = "Kính gửi Bộ.", **changes: object
) -> Draft:
    """Make a draft that lacks nothing."""
    filled = Draft(
        degree=Degree.CONFIDENTIAL,
        basis="Điều 3 khoản 1",
        action_to=to,
        topics=("A1",),
        subject=subject,
        body=body,
        drafter_name="Trần Thị Soạn",
        drafter_title="Bí thư thứ nhất",
    )
    return replace(filled, **changes)  # type: ignore[arg-type]  # a test names the fields it changes


def attachment(path: Path, name: str = "phụ lục.pdf") -> DraftAttachment:
    return DraftAttachment(name, "application/pdf", str(path), path.stat().st_size, 2)


__all__ = [
    "CANBERRA",
    "FAST",
    "HQ",
    "NOW",
    "PARIS",
    "Clock",
    "EnrolmentError",
    "Ministry",
    "attachment",
    "draft",
    "sync",
]
