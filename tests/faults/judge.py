"""What must be true of a machine after its power came back, judged with the product's own code."""

import contextlib
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.errors import NotFound, SecmsgError, StoreError, WrongPassphrase
from secmsg.ids import CableId
from secmsg.relay import boxes_sqlite, rights_sqlite
from secmsg.relay import home as relay_homes
from secmsg.relay.blobs_disk import blob_name
from secmsg.station import headquarters
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import AttachmentState, CableRow, InboxFilter, Register
from secmsg.store import database
from tests.faults import acts, deeds
from tests.faults.recorded import Line
from tests.helpers.ministry import KEYRING, PASSPHRASE

RELAY, AUTHORITY, OUT, OLDER = "relay", "authority", "out", "older"
STATIONS = (deeds.FIRST, deeds.SECOND_STATION, deeds.NEWCOMER)
MACHINES = (*STATIONS, RELAY, AUTHORITY, OUT, OLDER)


@dataclass(slots=True)
class Verdict:
    """What was found wrong in images, each fault in words."""

    images: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unopenable: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (self.lost or self.twice or self.unopenable)

    def add(self, other: "Verdict", where: str = "") -> None:
        self.images += other.images
        self.lost += [where + fault for fault in other.lost]
        self.twice += [where + fault for fault in other.twice]
        self.unopenable += [where + fault for fault in other.unopenable]

    def __str__(self) -> str:
        return (
            f"images {self.images} acknowledged and lost {len(self.lost)} twice {len(self.twice)} "
            f"unopenable {len(self.unopenable)}"
        )


class Ledger:
    """What had been told when the power went."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines

    def all(self, key: str, by: str | None = None) -> list[Line]:
        return [line for line in self._lines if key in line and (by is None or line["by"] == by)]

    def last(self, key: str, by: str) -> Line | None:
        found = self.all(key, by)
        return found[-1] if found else None


def judge(machine: str, image: Path, ledger: Ledger, after: Path) -> Verdict:
    """Open one machine's folder as it is after the cut; `after` is what it was at the end of the recording."""
    verdict = Verdict(images=1)
    try:
        if machine in STATIONS:
            _station(machine, image, ledger, verdict)
        elif machine == RELAY:
            _relay(image, ledger, after, verdict)
        elif machine == AUTHORITY:
            _authority(image, ledger, verdict)
        elif machine == OUT:
            _out(image, ledger, after, verdict)
        else:
            _older(image, ledger, verdict)
    except (SecmsgError, sqlite3.Error, OSError) as error:
        verdict.unopenable.append(f"{type(error).__name__}: {error}")
    return verdict


# --- a station -------------------------------------------------------------------------------------------------------


def _station(machine: str, image: Path, ledger: Ledger, verdict: Verdict) -> None:
    try:
        station = opened(machine, image, ledger)
    except NotFound:
        if machine != deeds.NEWCOMER or ledger.all("made", machine):
            raise
        deeds.make_newcomer(image)  # nobody was told of this store yet: it is made over what is left
        return
    with closing(station):
        station.desk.db.check()
        _cables(machine, station, ledger, verdict)
        _things(machine, station, ledger, verdict)


def opened(machine: str, image: Path, ledger: Ledger) -> Station:
    """Open a station's store with a passphrase that may open it now; one that was replaced must not."""
    told = [line["passphrases"] for line in ledger.all("passphrases", machine)] or [[PASSPHRASE]]
    replaced = {each for earlier in told for each in earlier} - set(told[-1])
    for each in replaced:
        with contextlib.suppress(WrongPassphrase):
            _open(image, each).close()
            raise StoreError("a passphrase that was replaced opens the store")
    for each in told[-1][:-1]:
        with contextlib.suppress(WrongPassphrase):
            return _open(image, each)
    return _open(image, told[-1][-1])


def _open(image: Path, passphrase: str) -> Station:
    return open_station(image, by_passphrase(passphrase), acts.POLICY, keyring=KEYRING)


def _cables(machine: str, station: Station, ledger: Ledger, verdict: Verdict) -> None:
    sent = station.sent()
    came = [row for row in station.inbox() if isinstance(row, CableRow)]
    subjects, arrived = Counter(row.subject for row in sent), Counter(row.subject for row in came)
    released = {line["released"]: line["number"] for line in ledger.all("released", machine)}
    held = ledger.last("held", machine)
    verdict.lost += [f"released: {each}" for each in released if (each, released[each]) not in _numbered(sent)]
    verdict.lost += [f"received: {each}" for each in (held["held"] if held else ()) if each not in arrived]
    verdict.twice += [each for each, times in (*subjects.items(), *arrived.items()) if times > 1]
    if sorted(row.number for row in sent) != list(range(1, len(sent) + 1)):
        verdict.lost.append("a number is burnt")
    # The registers' chains are verified by asking for them.
    if {line.mrn for line in station.register(Register.OUT)} != {row.mrn for row in sent}:
        verdict.lost.append("a line of the outgoing register")
    if len(station.register(Register.IN)) != len(came):
        verdict.lost.append("a line of the incoming register")
    if station.gaps() or station.quarantine():
        verdict.lost.append("a serial is missing, or a packet does not open")
    for row in (*sent, *came):
        _whole(station, row.cable_id, verdict)
    waiting = {row.subject for row in station.inbox(InboxFilter.UNACKNOWLEDGED) if isinstance(row, CableRow)}
    verdict.lost += [
        f"signed for: {line['signed']}" for line in ledger.all("signed", machine) if line["signed"] in waiting
    ]


def _numbered(rows: tuple[CableRow, ...]) -> set[tuple[str, int | None]]:
    return {(row.subject, row.number) for row in rows}


def _whole(station: Station, cable_id: CableId, verdict: Verdict) -> None:
    view = station.read(cable_id)
    for number, each in enumerate(view.attachments):
        if each.state is AttachmentState.READY:
            try:
                whole = len(station.open_attachment(cable_id, number)) == view.cable.annexes[number].size
            except SecmsgError as error:
                verdict.lost.append(f"an annex that was there: {type(error).__name__}")
            else:
                if not whole:
                    verdict.lost.append("an annex that was there is shorter")


def _things(machine: str, station: Station, ledger: Ledger, verdict: Verdict) -> None:
    drafts = {row.draft_id.hex() for row in station.drafts()}
    gone = {row.subject for row in station.sent()}
    used = {line["draft"]: line["released"] for line in ledger.all("released", machine)}
    for line in ledger.all("drafted", machine):
        # A release that nobody was told of yet has taken its draft with it.
        if line["drafted"] not in drafts and line["drafted"] not in used and line["subject"] not in gone:
            verdict.lost.append("a draft")
    for line in ledger.all("setting", machine):
        if station.setting("language") != line["setting"]:
            verdict.lost.append("a setting")
    if ledger.all("joined", machine) and not station.status().joined:
        verdict.lost.append("the kit that was taken")
    for key, size in station.desk.db.all("SELECT blob_key, size FROM blobs"):
        path = station.desk.files.path(key)
        if not path.is_file() or path.stat().st_size != size:
            verdict.lost.append("the file of a blob")


# --- a relay ---------------------------------------------------------------------------------------------------------


def _relay(image: Path, ledger: Ledger, after: Path, verdict: Verdict) -> None:
    home = relay_homes.Home(image)
    relay_homes.load(home)
    with closing(boxes_sqlite.connect(home.database)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            verdict.unopenable.append("the relay's database is not whole")
        forgotten = {
            (box, number)
            for line in ledger.all("forgotten")
            for box, ranges in line["forgotten"]
            for first, last in ranges
            for number in range(first, last + 1)
        }
        for line in ledger.all("deposited"):
            _deposit(connection, line, forgotten, verdict)
        for line in ledger.all("uploaded"):
            row = boxes_sqlite.find_blob(connection, blob_name(bytes.fromhex(line["uploaded"])))  # type: ignore[arg-type]
            if row is None or row.received != row.length:
                verdict.lost.append("a blob that was uploaded")
        for name, received in connection.execute("SELECT name, received FROM blobs"):
            where = Path("blobs") / name.hex()[:2] / name.hex()
            there = (image / where).read_bytes() if (image / where).is_file() else b""
            if there[:received] != (after / where).read_bytes()[:received]:
                verdict.lost.append("bytes of a blob that were confirmed")
        for line in ledger.all("published"):
            if boxes_sqlite.edition(connection, line["published"]) is None:
                verdict.lost.append("an edition that was published")
        for line in ledger.all("prefix"):
            if rights_sqlite.allowance(connection, line["prefix"].encode()) is None:
                verdict.lost.append("a correspondent that was enrolled")


def _deposit(connection: sqlite3.Connection, line: Line, forgotten: set[tuple[str, int]], verdict: Verdict) -> None:
    row = connection.execute(
        "SELECT b.id, s.seq FROM boxes b JOIN seen s ON s.box_id = b.id WHERE b.box = ? AND s.message_id = ?",
        (bytes.fromhex(line["box"]), bytes.fromhex(line["deposited"])),
    ).fetchone()
    if row is None:
        verdict.lost.append("a deposit that was confirmed")
        return
    bodies = connection.execute("SELECT count(*) FROM messages WHERE box_id = ? AND seq = ?", row).fetchone()[0]
    if bodies > 1:
        verdict.twice.append("a deposit")
    if not bodies and (line["box"], row[1]) not in forgotten:
        verdict.lost.append("the body of a deposit that was confirmed")


# --- the rest --------------------------------------------------------------------------------------------------------


def _authority(image: Path, ledger: Ledger, verdict: Verdict) -> None:
    with headquarters.open_authority(image, by_passphrase(PASSPHRASE), acts.POLICY) as office:
        told = max((line["edition"] for line in ledger.all("edition")), default=0)
        if office.edition < told:
            verdict.lost.append("an edition that was signed")


def _out(image: Path, ledger: Ledger, after: Path, verdict: Verdict) -> None:
    for line in ledger.all("exported"):
        path = image / line["exported"]
        if not path.is_file() or path.read_bytes() != (after / line["exported"]).read_bytes():
            verdict.lost.append(f"an exported file: {line['exported']}")


def _older(image: Path, ledger: Ledger, verdict: Verdict) -> None:
    with closing(database.open_(image / "store.db", deeds.older_keys(), deeds.steps())) as db:
        db.check()
        counts = db.one(deeds.COUNT_OLDER)
        if counts != (deeds.OLDER_ROWS, deeds.OLDER_ROWS):
            verdict.lost.append(f"rows in the migration: {counts}")
