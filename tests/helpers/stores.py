"""Small real stores for tests.

A cheap passphrase cost, a database in a directory, a vault file that stops at any step.
"""

from dataclasses import dataclass, field
from pathlib import Path

from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.secret import Secret
from secmsg.ids import CableId, DeviceId, MessageId, RelayId, Serial, StationId
from secmsg.office.lifecycle import OutboxState
from secmsg.store import database
from secmsg.store.database import Database, Keys
from secmsg.store.outbox import Envelope
from secmsg.store.pages import PAGE
from secmsg.wire.cable import Urgency

CHEAP = KdfCost(memory_kib=8, passes=1)
NOW = 1_800_000_000
STORE_ID = bytes(range(16))
MASTER = Secret(b"m" * 32)
RELAY = RelayId(b"1" * 16)
CABLE = CableId(b"c" * 16)


def keys(master: bytes = b"m" * 32) -> Keys:
    """Return the keys of a test's database."""
    return database.derive_keys(STORE_ID, Secret(master))


def new_database(directory: Path) -> Database:
    """Make a database in a directory; the test closes it."""
    return database.create(directory / "store.db", keys())


def envelope(number: int, urgency: Urgency = Urgency.ROUTINE, *, sealed: bool = True) -> Envelope:
    """Return an envelope of CABLE for device 70 of station 7; `number` is its serial, its id and its time."""
    return Envelope(
        message_id=MessageId(bytes([number]) * 16),
        cable_id=CABLE,
        station=StationId(7),
        device=DeviceId(70),
        serial=Serial(number),
        urgency=urgency,
        sealed=b"sealed %d" % number if sealed else None,
        state=OutboxState.WAITING if sealed else OutboxState.WAITING_KEYS,
        created_at=number,
        since=number,
    )


@dataclass
class MemoryKeyring:
    """A keyring that is there (or not), for one process."""

    present: bool = True
    halves: dict[bytes, Secret] = field(default_factory=dict)
    marks: dict[bytes, int] = field(default_factory=dict)

    def read(self, store_id: bytes) -> Secret | None:
        return self.halves.get(store_id) if self.present else None

    def write(self, store_id: bytes, half: Secret) -> bool:
        if self.present:
            self.halves[store_id] = half
        return self.present

    def forget(self, store_id: bytes) -> bool:
        if self.present:
            self.halves.pop(store_id, None)
            self.marks.pop(store_id, None)
        return self.present

    def read_mark(self, store_id: bytes) -> int | None:
        return self.marks.get(store_id) if self.present else None

    def write_mark(self, store_id: bytes, mark: int) -> bool:
        if self.present:
            self.marks[store_id] = mark
        return self.present


class PowerCutError(Exception):
    """The machine stops here."""


class Fate:
    """What a power cut does to the writes that were not synced."""

    LOST = "lost"
    KEPT = "kept"
    TORN = "torn"
    ALL = (LOST, KEPT, TORN)


class FragilePages:
    """Pages in memory with a write cache.

    Stops after a number of steps and then shows what is on the medium.
    """

    def __init__(self, image: bytes, steps: int | None = None) -> None:
        self.medium = bytearray(image)
        self.cache: list[tuple[int, bytes]] = []
        self.steps_left = steps
        self.steps = 0

    def read(self, number: int) -> bytes:
        seen = self._with_cache(Fate.KEPT)
        return bytes(seen[number * PAGE : (number + 1) * PAGE])

    def write(self, number: int, content: bytes) -> None:
        self._step()
        self.cache.append((number, content))

    def sync(self) -> None:
        self._step()
        self.medium = self._with_cache(Fate.KEPT)
        self.cache.clear()

    def after_power_cut(self, fate: str) -> bytes:
        return bytes(self._with_cache(fate))

    def _with_cache(self, fate: str) -> bytearray:
        image = bytearray(self.medium)
        for number, content in self.cache:
            if fate == Fate.LOST:
                continue
            length = PAGE if fate == Fate.KEPT else 512
            image[number * PAGE : number * PAGE + length] = content[:length]
        return image

    def _step(self) -> None:
        self.steps += 1
        if self.steps_left is not None and self.steps > self.steps_left:
            raise PowerCutError
