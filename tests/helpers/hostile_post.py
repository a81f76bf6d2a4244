"""The hands of a relay's owner: a real relay whose database and blobs are changed between two requests."""

import functools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from secmsg.config import Backoff, Policy
from secmsg.crypto.hashing import short
from secmsg.ids import BlobId, MailboxId, MessageId
from secmsg.relay import boxes_sqlite
from secmsg.relay.blobs_disk import blob_name
from secmsg.station import mailboxes
from secmsg.station.station import Station
from secmsg.station.views import CableRow, NoticeKind
from tests.helpers.ministry import CANBERRA, FAST, HQ, PARIS, Ministry, RelayThread, sync

PATIENT = replace(FAST, backoff=Backoff(base_s=30.0, cap_s=60.0))
"""With pauses between tries, for what a relay refuses again and again."""


STATIONS = (HQ, PARIS, CANBERRA)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as the relay keeps it."""

    box_id: int
    seq: int
    message_id: bytes
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Hands:
    """What the owner of a relay can do to it."""

    relay: RelayThread

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        with closing(boxes_sqlite.connect(self.relay.folder / "relay.db")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def letters(self) -> list[Letter]:
        with self.database() as db:
            rows = db.execute("SELECT box_id, seq, message_id, body FROM messages ORDER BY box_id, seq").fetchall()
        return [Letter(*row) for row in rows]

    def mailbox(self, station: Station) -> int:
        """Say which mailbox is the station's of this week."""
        (relay,) = station.desk.db.all("SELECT relay_id FROM relays WHERE base_url = ?", (self.relay.base_url,))
        return self.number(mailboxes.readable(station.desk, relay[0])[0].box)

    def number(self, box: MailboxId) -> int:
        with self.database() as db:
            (row,) = db.execute("SELECT id FROM boxes WHERE box = ?", (box,)).fetchall()
        return int(row[0])

    def put(self, box_id: int, body: bytes, message_id: bytes | None = None) -> None:
        self.put_many(box_id, [(MessageId(os.urandom(16) if message_id is None else message_id), body)])

    def put_many(self, box_id: int, letters: list[tuple[MessageId, bytes]]) -> None:
        with self.database() as db:
            (row,) = db.execute("SELECT next_seq FROM boxes WHERE id = ?", (box_id,)).fetchall()
            first = int(row[0])
            rows = [(box_id, first + place, name, body) for place, (name, body) in enumerate(letters)]
            db.executemany("INSERT INTO messages VALUES (?, ?, ?, ?)", rows)
            db.execute(
                "UPDATE boxes SET next_seq = next_seq + ?, held = held + ?, held_bytes = held_bytes + ? WHERE id = ?",
                (len(rows), len(rows), sum(len(body) for _, body in letters), box_id),
            )

    def take(self, letter: Letter) -> None:
        """Take a message away without a word."""
        with self.database() as db:
            db.execute("DELETE FROM messages WHERE box_id = ? AND seq = ?", (letter.box_id, letter.seq))

    def rewrite(self, letter: Letter, body: bytes) -> None:
        self.run("UPDATE messages SET body = ? WHERE box_id = ? AND seq = ?", body, letter.box_id, letter.seq)

    def run(self, sql: str, *values: object) -> None:
        with self.database() as db:
            db.execute(sql, values)

    def all(self, sql: str, *values: object) -> list[tuple[bytes, ...]]:
        with self.database() as db:
            return db.execute(sql, values).fetchall()

    def drop_every_deposit(self) -> None:
        """Answer "stored" from now on and keep nothing."""
        self.run(
            "CREATE TRIGGER drops AFTER INSERT ON messages BEGIN "
            "DELETE FROM messages WHERE box_id = new.box_id AND seq = new.seq; END"
        )

    def keep_deposits(self) -> None:
        self.run("DROP TRIGGER drops")

    def edition(self, number: int) -> bytes:
        ((segment,),) = self.all("SELECT segment FROM editions WHERE number = ?", number)
        return segment

    def publish(self, number: int, segment: bytes) -> None:
        """Put any bytes into the feed, with the hash that fits them."""
        self.run("INSERT OR REPLACE INTO editions VALUES (?, ?, ?)", number, segment, short(segment))

    def blobs(self) -> list[Path]:
        return sorted(path for path in (self.relay.folder / "blobs").rglob("*") if path.is_file())

    def blob(self, blob_id: BlobId) -> Path:
        name = blob_name(blob_id).hex()
        (found,) = [path for path in self.blobs() if path.name == name]
        return found


@dataclass(frozen=True, slots=True)
class Post:
    """A ministry with one relay, the relay owner's hands, and its stations open with mailboxes and prekeys made."""

    ministry: Ministry
    hands: Hands
    headquarters: Station
    paris: Station
    canberra: Station


@functools.cache
def _template() -> Path:
    """Found it once; each test works on copies of the folders (one relay at a time serves from the template's port)."""
    root = Path(tempfile.mkdtemp(prefix="secmsg-hostile-"))
    ministry = Ministry(root)
    try:
        ministry.found()
        ministry.add_relay()
        for entry in STATIONS:
            ministry.enrol(entry)
        for entry in STATIONS:
            sync(ministry.open(entry))
    finally:
        ministry.end()
    return root


@contextmanager
def hostile_post(root: Path, policy: Policy = FAST) -> Iterator[Post]:
    """Give a ministry on a relay that will be harmed."""
    for folder in _template().iterdir():
        shutil.copytree(folder, root / folder.name)
    ministry = Ministry(root, policy=policy)
    relay = RelayThread(root / "relay", lambda: float(ministry.clock()))
    ministry.relays.append(relay)
    try:
        relay.start()
        stations = [ministry.open(entry) for entry in STATIONS]
        for station in stations:
            # Power cuts are another page's: without flushes these tests take a third of the time.
            station.desk.db._execute("PRAGMA synchronous = OFF").fetchall()
        yield Post(ministry, Hands(relay), *stations)
    finally:
        ministry.end()


def flipped(data: bytes, place: int, mask: int = 0x01) -> bytes:
    """Change one bit."""
    return data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]


def places(size: int, count: int, *also: int) -> list[int]:
    """Spread `count` offsets over `size` bytes, both ends among them, and add those named."""
    return sorted({*(place * (size - 1) // (count - 1) for place in range(count)), *also})


def cables(station: Station) -> list[CableRow]:
    return [row for row in station.inbox() if isinstance(row, CableRow)]


def subjects(station: Station) -> list[str]:
    return sorted(row.subject for row in cables(station))


def notices(station: Station) -> list[NoticeKind]:
    return [notice.kind for notice in station.status().notices]
