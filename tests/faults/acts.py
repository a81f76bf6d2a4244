"""What happens in the processes that are killed: a station's acts, a relay, a client under traffic."""

import contextlib
import multiprocessing
import os
import random
import resource
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from secmsg.config import Backoff, LinkTimes
from secmsg.crypto import randomness
from secmsg.errors import SecmsgError, StoreError
from secmsg.ids import StationId
from secmsg.links.link import Mailbox, SyncResult
from secmsg.links.relay import RelayLink
from secmsg.office.draft import DraftAttachment
from secmsg.relay.home import Home
from secmsg.relay.server import RelayServer
from secmsg.station import carrying, places
from secmsg.station.courier import Courier
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import CableRow, InboxFilter
from secmsg.station.worker import Worker
from secmsg.store import database
from secmsg.store.database import Database
from secmsg.wire.sync import Ack
from tests.helpers.ministry import FAST, KEYRING, PASSPHRASE, draft

POLICY = replace(FAST, backoff=Backoff(base_s=0.05, cap_s=0.4), link=LinkTimes(connect_s=3.0, read_s=5.0, poll_s=2))
ANNEX_EVERY = 5

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.faults.acts"])


def start(act: object, *given: object) -> ForkServerProcess:
    """Begin an act of this module in a process of its own, forked from one in which everything is imported."""
    process = _FORKING.Process(target=act, args=given, daemon=True)  # type: ignore[arg-type]  # every act is a function
    process.start()
    return process


def ended(act: object, *given: object) -> int:
    """Do an act in a process of its own and say how that ended: 0, or minus the signal."""
    process = start(act, *given)
    process.join(60)
    assert process.exitcode is not None, "the process does not end"
    return process.exitcode


def open_home(home: Path) -> Station:
    return open_station(home, by_passphrase(PASSPHRASE), POLICY, keyring=KEYRING)


# --- kill points -----------------------------------------------------------------------------------------------------


class Moment(Enum):
    """A place of a transaction that has no number of its own."""

    COMMIT = "the commit, not yet done"
    AFTER = "right after the commit"


class Trigger:
    """Watches the statements of a connection and kills this process at one place of the transaction in question.

    The transaction is the first one whose second statement begins with `second` (the first at all when it is empty). A
    statement that is reached is not carried out.
    """

    def __init__(self, second: str, at: int | Moment) -> None:
        self._second = second
        self._at = at
        self._count = 0
        self._inside = False
        self._over = False

    def __call__(self, statement: str) -> None:
        if self._over:
            if self._at is Moment.AFTER:
                _die()
        elif statement.startswith("BEGIN") and not self._inside:
            self._count, self._inside = 1, True
            self._reached(1 if not self._second else 0)
        elif self._inside:
            self._count += 1
            if self._count == 2 and not statement.startswith(self._second):
                self._inside = False
                return
            if statement == "COMMIT":
                self._over = True
                if self._at is Moment.COMMIT:
                    _die()
            self._reached(self._count)

    def _reached(self, count: int) -> None:
        if count == self._at:
            _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def watch(station: Station, trigger: Trigger) -> None:
    """Let a trigger see every statement of a station's connection."""
    station.desk.db._connection.set_trace_callback(trigger)  # a statement trace, so no hook in the product


def release(home: Path, to: int, subject: str, annex: Path, said: Path, at: int | Moment | None, kind: str) -> None:
    """Release one cable, unless it was released before the process died, and then say so."""
    if kind == "scattered":
        _scatter_transactions()
    station = open_home(home)
    numbers = [row.number for row in station.sent() if row.subject == subject]
    if not numbers:
        if at is not None:
            watch(station, Trigger("", at))
        filled = draft(StationId(to), subject=subject, attachments=(_annex(annex),))
        numbers = [station.release(filled).number]
        if at is Moment.AFTER:
            _die()
    _say(said, f"{subject}\t{numbers[0]}")
    station.close()


def release_within(home: Path, to: int, subject: str, annex: Path, size: int) -> None:
    """Release one cable where no file may grow beyond `size` bytes; ends with the error's code."""
    station = open_home(home)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        station.release(draft(StationId(to), subject=subject, attachments=(_annex(annex),)))
    except SecmsgError as error:
        os._exit(error.exit_code)
    os._exit(0)


def receive(home: Path, at: int | Moment | None) -> None:
    """Carry until nothing moves; with `at` the process dies in the transaction that takes the first packet."""
    station = open_home(home)
    if at is not None:
        watch(station, Trigger("INSERT INTO seen_messages", at))
    carrying.carry(station)
    station.close()


def hold(home: Path, holding: Path) -> None:
    """Open a store and hold it until killed."""
    open_home(home)
    holding.touch()
    while True:
        time.sleep(1)


def migrate(path: Path, at: int | Moment | None) -> None:
    """Open a store of an older version; with `at` the process dies in its last step."""
    from tests.faults import deeds  # imports this module

    applied = database._migrate

    def watched(db: Database, steps: Sequence[database.Migration]) -> None:
        if at is not None:
            db._connection.set_trace_callback(Trigger("CREATE TABLE moved", at))
        applied(db, steps)
        if at is Moment.AFTER:
            _die()

    vars(database)["_migrate"] = watched  # in this process only
    database.open_(path, deeds.older_keys(), deeds.steps()).close()


def _scatter_transactions() -> None:
    """Make the mistake: each statement is durable by itself."""

    @contextmanager
    def each_for_itself(self: Database) -> Iterator[None]:
        self._in_transaction = True
        self._execute("BEGIN IMMEDIATE")
        self._execute("END")
        try:
            yield
        finally:
            self._in_transaction = False

    Database.transaction = each_for_itself  # type: ignore[method-assign]  # in this process only


def _annex(path: Path) -> DraftAttachment:
    return DraftAttachment(path.name, "application/pdf", str(path), path.stat().st_size, 1)


def _say(said: Path, line: str) -> None:
    with said.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


# --- a storm ---------------------------------------------------------------------------------------------------------


def relay(folder: Path) -> None:
    """Serve a relay until killed."""
    RelayServer(Home(folder), time.time, randomness.system, lambda _: None).run()


def client(folder: Path, home: Path, to: int, annex: Path, kind: str) -> None:
    """Release cable after cable, acknowledge what comes, until the folder says `quiet`, then `end`.

    `ledger` gets a line before and after each release: what was acknowledged to the officer. A life that finds a
    release begun and not acknowledged looks whether it was done, as an officer would.
    """
    if kind == "early":
        vars(places)["RelayLink"] = EarlyLink  # in this process only
    worker = Worker()
    worker.start(lambda: open_home(home)).result()
    courier = Courier(worker, lambda _: None, POLICY)
    courier.start()
    ledger = home / "ledger"
    number = _take_up(worker, ledger, to, annex)
    while not (folder / "end").exists():
        if not (folder / "quiet").exists():
            number += 1
            _release_numbered(worker, ledger, number, to, annex)
            courier.wake()
        waiting = worker.submit(_acknowledge_all).result()
        (home / "waiting").write_text(str(waiting))
        time.sleep(random.uniform(0.0, 0.1))
    courier.stop()
    worker.stop()


def acknowledged(home: Path) -> set[str]:
    """Read the subjects of the cables whose release was acknowledged to the officer."""
    ledger = home / "ledger"
    lines = ledger.read_text(encoding="utf-8").splitlines() if ledger.exists() else []
    return {_subject(int(line.split()[1])) for line in lines if line.startswith("done ") and line.endswith(" .")}


def _take_up(worker: Worker, ledger: Path, to: int, annex: Path) -> int:
    """Finish what the last life began and give its number."""
    lines = ledger.read_text().splitlines() if ledger.exists() else []
    begun = [int(line.split()[1]) for line in lines if line.startswith("begun ") and line.endswith(" .")]
    done = {int(line.split()[1]) for line in lines if line.startswith("done ") and line.endswith(" .")}
    if begun and begun[-1] not in done:
        subject = _subject(begun[-1])
        if worker.submit(lambda station: any(row.subject == subject for row in station.sent())).result():
            _say(ledger, f"\ndone {begun[-1]} .")
        else:
            _release_numbered(worker, ledger, begun[-1], to, annex)
    return begun[-1] if begun else 0


def _release_numbered(worker: Worker, ledger: Path, number: int, to: int, annex: Path) -> None:
    attachments = (_annex(annex),) if number % ANNEX_EVERY == 0 else ()
    filled = draft(StationId(to), subject=_subject(number), attachments=attachments)
    # A killed life may leave half a line: each begins on a new one and ends with a mark.
    _say(ledger, f"\nbegun {number} .")
    worker.submit(lambda station: station.release(filled)).result()
    _say(ledger, f"\ndone {number} .")


def _subject(number: int) -> str:
    return f"Điện thứ {number}"


def _acknowledge_all(station: Station) -> int:
    """Sign for what came, and say how much is still to be done here: what goes, and annexes that come."""
    for row in station.inbox(InboxFilter.UNACKNOWLEDGED):
        if isinstance(row, CableRow):
            with contextlib.suppress(StoreError):
                station.acknowledge(row.cable_id)
    (coming,) = station.desk.db.one("SELECT count(*) FROM downloads") or (0,)
    return station.status().outbox_count + int(coming)


class EarlyLink(RelayLink):
    """The mistake: it lets the relay forget what the store has not taken yet."""

    def sync(self, boxes: Sequence[Mailbox], acks: Sequence[Ack] = (), *, wait_s: int = 0) -> SyncResult:
        result = super().sync(boxes, acks, wait_s=wait_s)
        early = [Ack(each.box, ((1, each.envelopes[-1].seq),)) for each in result.contents if each.envelopes]
        if early:
            named = {ack.box for ack in early}
            super().sync([each for each in boxes if each.box in named], early)
            time.sleep(0.5)
        return result
