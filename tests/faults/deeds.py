"""The recorded work: `python -m tests.faults.deeds FOLDER KIND`.

Two stations, a relay and their authority in one process.

Everything that somebody may rely on is told, in a line of `said`, at the moment from which he may: a release that the
officer was shown, a deposit that the relay confirmed, a cable that the relay was told to forget. KIND is `honest` or
the mistake to be made.
"""

import functools
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from secmsg.crypto import randomness
from secmsg.errors import LinkError
from secmsg.ids import BlobId
from secmsg.links.link import Cancelled, Mailbox, Progress, SyncResult
from secmsg.links.relay import RelayLink
from secmsg.office.draft import DraftAttachment
from secmsg.office.persons import Rank
from secmsg.relay import boxes_sqlite
from secmsg.relay import home as relay_homes
from secmsg.station import carrying, enrol, headquarters, passphrases, places
from secmsg.station.enrol import Initialised, Proposal
from secmsg.station.headquarters import RelayAccess, Seat
from secmsg.station.passphrases import Kind
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase, by_recovery
from secmsg.station.views import AttachmentState, CableRow, InboxFilter
from secmsg.store import database
from secmsg.wire.sync import Ack, Deposit, DepositStatus
from tests.faults import acts
from tests.helpers.ministry import CANBERRA, HQ, KEYRING, PARIS, PASSPHRASE, RelayThread, draft
from tests.helpers.settled import settle_sheet

ROUNDS = 3
OLDER_ROWS = 200
NEW_STEP = """\
CREATE TABLE moved (name TEXT PRIMARY KEY, value TEXT) STRICT;
INSERT INTO moved SELECT name, value FROM settings;
UPDATE settings SET value = value || '!';
"""
COUNT_OLDER = (
    "SELECT (SELECT count(*) FROM settings WHERE value LIKE '%!' AND value NOT LIKE '%!!'),"
    " (SELECT count(*) FROM moved WHERE value NOT LIKE '%!')"
)
SECOND = "sáu con giáp nữa 2027"
THIRD = "trời tròn đất vuông 2028"
FOURTH = "bánh chưng bánh giầy 2029"
FIFTH = "một mật khẩu thứ năm nữa"
FIRST, SECOND_STATION, NEWCOMER = (f"station-{entry.id}" for entry in (HQ, PARIS, CANBERRA))
STATIONS = {FIRST: HQ, SECOND_STATION: PARIS}
"""The folders of the two machines that carry cables, and whose they are."""


class Said:
    """The ledger: one line for each thing that may be relied on."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)

    def __call__(self, **line: object) -> None:
        self._file.write(json.dumps(line).encode() + b"\n")


class TellingLink(RelayLink):
    """A link to a relay that tells what was confirmed, and what is about to be forgotten."""

    say: Said
    held: Callable[[], list[str]]
    whose: str

    def deposit(self, deposits: Sequence[Deposit]) -> tuple[DepositStatus, ...]:
        statuses = super().deposit(deposits)
        for each, status in zip(deposits, statuses, strict=True):
            if status in (DepositStatus.STORED, DepositStatus.DUPLICATE):
                self.say(deposited=each.message_id.hex(), box=each.to_box.hex())
        return statuses

    def sync(self, boxes: Sequence[Mailbox], acks: Sequence[Ack] = (), *, wait_s: int = 0) -> SyncResult:
        if acks:
            self.say(held=TellingLink.held(), by=TellingLink.whose)
            self.say(forgotten=[[ack.box.hex(), ack.ranges] for ack in acks])
        return super().sync(boxes, acks, wait_s=wait_s)

    def upload_blob(
        self,
        blob_id: BlobId,
        capability: bytes,
        source: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        super().upload_blob(blob_id, capability, source, progress=progress, cancelled=cancelled)
        self.say(uploaded=blob_id.hex(), size=source.stat().st_size)


def main(folder: str, kind: str) -> int:
    """Do everything once, in an order in which each act meets the leftovers of the others."""
    root = Path(folder)
    say = Said(root.parent / "said")
    _make_mistake(kind)
    TellingLink.say = say
    vars(places)["RelayLink"] = TellingLink  # in this process only
    relay = RelayThread(root / "relay", time.time)
    relay.start()
    try:
        _cables(root, say)
        _persons(root, say)
        _ways_back(root, say)
        _newcomer(root, say, relay)
        _older_store(root, say)
    finally:
        relay.stop()
    say(end=True)
    return 0


# --- cables ----------------------------------------------------------------------------------------------------------


def _cables(root: Path, say: Said) -> None:
    stations = {name: _open(root, name, PASSPHRASE) for name in STATIONS}
    for number in range(ROUNDS):
        for name, other in ((FIRST, SECOND_STATION), (SECOND_STATION, FIRST)):
            _one_cable(root, say, stations, name, other, number)
    _keep_things(root, say, stations[SECOND_STATION])
    for station in stations.values():
        station.close()


def _one_cable(root: Path, say: Said, stations: dict[str, Station], name: str, other: str, number: int) -> None:
    subject = f"Điện {number} từ {name}"
    file = root.parent / "annex.pdf"
    annexed = (DraftAttachment("phụ lục.pdf", "application/pdf", str(file), file.stat().st_size, 2),)
    kept = stations[name].save_draft(None, draft(STATIONS[other].id, subject=subject))
    say(drafted=kept.hex(), subject=subject, by=name)
    order = draft(STATIONS[other].id, subject=subject, attachments=annexed if number % 2 == 0 else ())
    released = stations[name].release(order, kept)
    say(released=subject, by=name, number=released.number, draft=kept.hex(), to=other)
    for whose in (name, other, name):
        _carry(stations, whose)
    for row in stations[other].inbox(InboxFilter.UNACKNOWLEDGED):
        if isinstance(row, CableRow):
            stations[other].acknowledge(row.cable_id)
            say(signed=row.subject, by=other)
    for whose in (other, name):
        _carry(stations, whose)


def _carry(stations: dict[str, Station], whose: str) -> None:
    station = stations[whose]
    TellingLink.held = lambda: [row.subject for row in station.inbox() if isinstance(row, CableRow)]
    TellingLink.whose = whose
    until = time.monotonic() + 20
    while True:
        try:
            carrying.carry(station)
        except LinkError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _keep_things(root: Path, say: Said, station: Station) -> None:
    """Let the officer keep a setting and take an annex and a text out of the store."""
    station.keep_setting("language", "vi")
    say(setting="vi", by=SECOND_STATION)
    out = root / "out"
    for row in station.inbox():
        if isinstance(row, CableRow) and row.annexes:
            view = station.read(row.cable_id)
            assert all(each.state is AttachmentState.READY for each in view.attachments), "the annex is here"
            path = station.export(row.cable_id, 0, out)
            say(exported=path.name, size=path.stat().st_size)
            text = station.export_text(row.cable_id, out)
            say(exported=text.name, size=text.stat().st_size)


# --- persons ---------------------------------------------------------------------------------------------------------


def _persons(root: Path, say: Said) -> None:
    """Add a person, take the keyslot out of the vault, bring it back, and overwrite it."""
    station = _open(root, SECOND_STATION, PASSPHRASE)
    say(passphrases=[FIFTH, PASSPHRASE], by=SECOND_STATION)
    made = station.officers.add("Trần Thị Bình", "Bí thư", Rank.OFFICER, by_passphrase(FIFTH), "Lê Đại sứ")
    station.officers.suspend(made.number, "")
    say(passphrases=[PASSPHRASE], by=SECOND_STATION)
    say(passphrases=[FIFTH, PASSPHRASE], by=SECOND_STATION)
    station.officers.resume(made.number, "Lê Đại sứ")
    station.officers.remove(made.number, "Lê Đại sứ", "")
    say(passphrases=[PASSPHRASE], by=SECOND_STATION)
    station.close()


# --- passphrases -----------------------------------------------------------------------------------------------------


def _ways_back(root: Path, say: Said) -> None:
    """Change a passphrase, then overcome the new one with the recovery sheet."""
    at = root / SECOND_STATION
    say(passphrases=[PASSPHRASE, SECOND], by=SECOND_STATION)
    passphrases.change(at, Kind.STATION, by_passphrase(PASSPHRASE), by_passphrase(SECOND), acts.POLICY, keyring=KEYRING)
    say(passphrases=[SECOND], by=SECOND_STATION)
    groups = (root.parent / "sheet").read_text()
    sheet = by_recovery(groups)
    with passphrases.recovering(at, Kind.STATION, sheet, acts.POLICY, keyring=KEYRING) as recovery:
        say(passphrases=[SECOND, THIRD], by=SECOND_STATION)
        recovery.finish(by_passphrase(THIRD), lambda _: None)
    say(passphrases=[THIRD], by=SECOND_STATION)


# --- a new store, an edition ------------------------------------------------------------------------------------------


def make_newcomer(home: Path) -> Initialised:
    proposal = Proposal(CANBERRA.id, "Lê Thị Mới", "Bí thư thứ ba", CANBERRA.name_vi, CANBERRA.place)
    return enrol.initialise(home, by_passphrase(FOURTH), proposal, acts.POLICY, keyring=KEYRING)


def _newcomer(root: Path, say: Said, relay: RelayThread) -> None:
    """Enrol a third station: a new store, a new edition, a published feed."""
    say(passphrases=[FOURTH], by=NEWCOMER)
    made = make_newcomer(root / NEWCOMER)
    say(made=made.fingerprint, by=NEWCOMER)
    granted = relay_homes.enrol(relay_homes.Home(relay.folder), randomness.system)
    say(prefix=granted.prefix)
    access = RelayAccess(
        granted.relay_id, "relay", granted.base_url, granted.prefix, granted.fingerprint, granted.enrol_token
    )
    with headquarters.open_authority(root / "authority", by_passphrase(PASSPHRASE), acts.POLICY) as office:
        enrolled = office.enrol(made.request, Seat(CANBERRA), [access], made.fingerprint.__eq__)
        say(edition=enrolled.edition)
        (segment,) = office.segments(enrolled.edition - 1)
    relay_homes.publish(relay_homes.Home(relay.folder), segment.data, segment.number)
    say(published=segment.number)
    station = _open(root, NEWCOMER, FOURTH)
    station.join(enrolled.kit, enrolled.activation_code)
    settle_sheet(station)
    say(joined=True, by=NEWCOMER)
    station.close()


# --- a store of an older version --------------------------------------------------------------------------------------


def steps() -> tuple[database.Migration, ...]:
    """Return the schema's steps and one more, as large as one may be."""
    found = database.migrations()
    return (*found, database.Migration(len(found) + 1, NEW_STEP))


@functools.cache
def older_keys() -> database.Keys:
    return database.derive_keys(bytes(16), randomness.secret(lambda size: bytes(size), 32))


def make_older(path: Path) -> None:
    """Make a database as the first version made it."""
    db = database.create(path, older_keys(), database.migrations()[:1])
    with db.transaction():
        for number in range(OLDER_ROWS):
            db.run("INSERT INTO settings (name, value) VALUES (?, ?)", (f"name-{number}", "giá trị " * 40))
    db.close()


def _older_store(root: Path, say: Said) -> None:
    db = database.open_(root / "older" / "store.db", older_keys(), steps())
    say(migrated=len(steps()))
    db.close()


# --- mistakes --------------------------------------------------------------------------------------------------------


def _make_mistake(kind: str) -> None:
    """Make one mistake in this process only."""
    match kind:
        case "honest":
            pass
        case "normal-store":
            vars(database)["_PROTECTIONS"] = tuple(
                (name, "NORMAL", 1) if name == "synchronous" else (name, setting, wanted)
                for name, setting, wanted in database._PROTECTIONS
            )
        case "normal-relay":
            connect = boxes_sqlite.connect

            def careless_connect(path: Path) -> sqlite3.Connection:
                connection = connect(path)
                connection.execute("PRAGMA synchronous = NORMAL")
                return connection

            vars(boxes_sqlite)["connect"] = careless_connect
        case _:
            raise ValueError(f"no such mistake: {kind}")


def _open(root: Path, name: str, passphrase: str) -> Station:
    return open_station(root / name, by_passphrase(passphrase), acts.POLICY, keyring=KEYRING)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
