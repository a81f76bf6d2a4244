"""The locked watch between two real stations and a relay process: `python -m tests.leaks.watching`, as root.

Locked, called, answered, opened, read; then the same with kill -9 at each step. The memory of the watch is copied while
it watches and searched for every key that the store has, by the same search that finds them in the opened session.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from secmsg.authority.mailbox import Lane, reader_key, week_of
from secmsg.crypto.passphrase import KdfCost
from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.office.draft import Draft
from secmsg.office.lifecycle import OutboxState
from secmsg.protocol import state as session_state
from secmsg.station import desk as desks
from secmsg.station.carrying import carry
from secmsg.station.views import OutboxRow
from secmsg.store import database, identity, prekeys, sessions, vault
from secmsg.store.paths import Home
from secmsg.store.vault import Passphrase
from secmsg.wire.cable import Degree, Urgency
from tests.leaks import memory
from tests.leaks.memory import Ground, Product
from tests.leaks.memory_scan import CHUNK, scan

PATIENCE_S = 90.0


def until(holds: Callable[[], object], what: str) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < ends, f"it did not come about: {what}"
        time.sleep(0.1)


def flash(ground: Ground, number: int) -> str:
    """Let headquarters send a cable hỏa tốc to the mission; its subject."""
    subject = f"Hỏa tốc {number} {ground.mark.word('flashs')}"
    station = ground.stage.headquarters.open()
    try:
        station.release(
            Draft(
                degree=Degree.UNCLASSIFIED,
                action_to=(ground.stage.mission.entry.id,),
                topics=("CT",),
                subject=subject,
                body=ground.body,
                drafter_name="Lê Minh Châu",
                urgency=Urgency.FLASH,
                urgency_reason="Sơ tán công dân ngay",
            )
        )
        carry(station)
    finally:
        station.close()
    return subject


def far_row(ground: Ground, subject: str) -> OutboxRow | None:
    """Carry at headquarters and say how its cable stands; None when nobody waits for it any more."""
    station = ground.stage.headquarters.open()
    try:
        carry(station)
        return next((each for each in station.outbox() if each.subject == subject), None)
    finally:
        station.close()


def copied(pid: int) -> bytes:
    """Copy the readable memory of a process."""
    pieces = []
    handle = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
    try:
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
            span, rights, *_ = line.split(maxsplit=5)
            first, last = (int(at, 16) for at in span.split("-"))
            while rights.startswith("r") and first < last:
                with suppress(OSError):
                    pieces.append(os.pread(handle, min(CHUNK, last - first), first))
                first += CHUNK
    finally:
        os.close(handle)
    return b"\0\0".join(pieces)


@dataclass(frozen=True, slots=True)
class Keys:
    """Every key of a closed store, by name, and the seeds of this week's fast mailboxes."""

    secret: dict[str, bytes]
    reading: tuple[bytes, ...]

    def found(self, copy: bytes) -> dict[str, int]:
        """Count every part of 32 bytes: a key of two halves may lie in two places."""
        told = {
            name: sum(copy.count(key[at : at + 32]) for at in range(0, len(key), 32))
            for name, key in self.secret.items()
        }
        return {name: times for name, times in told.items() if times}


def keys_of(ground: Ground) -> Keys:
    """Open the mission's store, which nobody else has open, and read what must not be in a watch."""
    part = ground.stage.mission
    home = Home(part.home)
    opener = Passphrase(Secret(ground.passphrase.encode()), None)
    master = vault.open_(home.vault, opener, floor=KdfCost(8, 1), random=system).master
    derived = database.derive_keys(vault.read_header(home.vault).store_id, master)
    station = part.open()
    try:
        db, desk = station.desk.db, station.desk
        found = {"master key": master.reveal(), "database key": derived.database.reveal()[:32]}
        for name in (desks.DEVICE_SEED, desks.READER_SEED):
            found[name] = identity.secret(db, name).reveal()
        found["person-seed"] = desks.own(desk).person_signer.key.seed().reveal()
        for index, root in desks.cover_roots(desk).items():
            found[f"cover root {index}"] = root.reveal()
        for number, kept in enumerate(sessions.every(db)):
            found |= {f"session {number}: {name}": key for name, key in _of_session(kept.body)}
        newest = prekeys.newest_signed(db)
        if newest is not None:
            found["signed prekey"] = newest.private.reveal()
        relay = desk.db.one("SELECT relay_id FROM relays ORDER BY position LIMIT 1")
        assert relay is not None
        seed = desks.own(desk).reader_seed
        week = week_of(desk.now())
        reading = tuple(reader_key(seed, relay[0], week, lane).seed.reveal() for lane in (Lane.FAST, Lane.NORMAL))
    finally:
        station.close()
    return Keys(found, reading)


def _of_session(body: bytes) -> Iterator[tuple[str, bytes]]:
    session = session_state.decode(body)
    yield "root", session.root.reveal()
    yield "next header key", session.next_sending_key.reveal()
    for name, chain in (("sending", session.sending), ("receiving", session.receiving)):
        if chain is not None:
            yield f"{name} chain", chain.chain.reveal()
            yield f"{name} header key", chain.header_key.reveal()


@contextmanager
def running(ground: Ground, folder: Path) -> Iterator[Product]:
    folder.mkdir(exist_ok=True)
    product = Product(ground.stage.mission.home, folder)
    try:
        yield product
    finally:
        product.close()


def locked(product: Product, ground: Ground) -> tuple[int, int]:
    """Open, lock, and wait for the watch: the locked screen and the watch."""
    pid = product.unlock(ground.passphrase)
    product.wait_for_spare()
    time.sleep(4)  # mailboxes are made after the opening
    front = product.lock(pid)
    until(product.watch, "a watch")
    until(lambda: product.order(front, "alarm")["contact"], "contact of the watch")
    watch = product.watch()
    assert watch is not None
    return front, watch


def rung(product: Product, front: int, rings: int) -> None:
    until(lambda: product.order(front, "alarm")["rings"] == rings, f"{rings} rings")


def read_once(product: Product, front: int, ground: Ground, subject: str) -> None:
    """Open the store on the locked screen and find the cable there, once."""
    assert product.order(front, "unlock", passphrase=ground.passphrase)
    until(lambda: product.order(front, "count", subject=subject) == 1, "the cable in the list")
    time.sleep(1)
    assert product.order(front, "count", subject=subject) == 1
    until(lambda: (row := far_row(ground, subject)) is None or row.state is OutboxState.DECIPHERED, "the receipt")


def whole(ground: Ground, folder: Path) -> None:
    """Go the whole way, and look into the watch."""
    with running(ground, folder) as product:
        front, watch = locked(product, ground)
        assert product.order(front, "alarm")["rings"] == 0
        subject = flash(ground, 1)
        rung(product, front, 1)
        said = product.order(front, "alarm")
        assert said["rung"] == 1, "the bell has sounded"
        assert "1 tin báo điện hỏa tốc" in said["words"]
        assert ground.mark.text not in said["words"]
        product.order(front, "mute")
        until(lambda: (row := far_row(ground, subject)) is not None and row.picked_up_at is not None, "the answer")
        row = far_row(ground, subject)
        assert row is not None
        assert row.state is OutboxState.RELAY_HOLDS, "neither arrived nor deciphered"
        copy = copied(watch)
        assert scan(watch, ground.mark) == {}, "no word of a cable in the watch"
        pid = front
        read_once(product, front, ground, subject)
        assert not Path(f"/proc/{watch}").exists(), "the watch ends at the opening"
        opened = copied(pid)
    keys = keys_of(ground)
    assert keys.found(copy) == {}
    assert keys.reading[0] in copy, "the control: the scanner finds what the watch must have"
    assert keys.reading[1] not in copy, "no key of the normal mailbox"
    here = keys.found(opened)
    print(f"       keys in the opened session (control): {here}", flush=True)
    print(
        f"       {len(keys.secret)} keys looked for in the watch: none; its reader seed: {copy.count(keys.reading[0])}"
    )
    assert {"reader-seed", "session 0: root"} <= here.keys(), "the control: the search finds keys in a session"


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def killed_watch(ground: Ground, folder: Path) -> None:
    """Kill the watch before a ring, and after one: the screen says so, and nothing is lost."""
    with running(ground, folder) as product:
        front, watch = locked(product, ground)
        _kill(watch)
        until(lambda: product.order(front, "alarm")["watching"] == "ended", "the word that nobody watches")
        assert "Không còn trực" in product.order(front, "alarm")["words"]
        read_once(product, front, ground, flash(ground, 2))
        front, watch = locked_again(product, front)
        subject = flash(ground, 3)
        rung(product, front, 1)
        _kill(watch)
        until(lambda: product.order(front, "alarm")["watching"] == "ended", "the word that nobody watches")
        read_once(product, front, ground, subject)


def locked_again(product: Product, pid: int) -> tuple[int, int]:
    product.wait_for_spare()
    front = product.lock(pid)
    until(product.watch, "a watch")
    until(lambda: product.order(front, "alarm")["contact"], "contact of the watch")
    watch = product.watch()
    assert watch is not None
    return front, watch


def killed_session(ground: Ground, folder: Path) -> None:
    """Kill the session at several moments of its locking: locked after all, and nothing is lost or doubled."""
    with running(ground, folder) as product:
        for number, wait in enumerate((0.0, 0.02, 0.1, 0.3)):
            pid = product.unlock(ground.passphrase)
            product.wait_for_spare()
            time.sleep(2)
            product.order(pid, "lock")
            time.sleep(wait)
            _kill(pid)
            front = product.front("locked", ready=True)
            read_once(product, front, ground, flash(ground, 10 + number))
            product.lock(front)


def killed_locked_screen(ground: Ground, folder: Path) -> None:
    """Kill the locked screen after a ring: the next one still shows the count."""
    with running(ground, folder) as product:
        front, _ = locked(product, ground)
        subject = flash(ground, 20)
        rung(product, front, 1)
        _kill(front)
        front = product.front("locked", ready=True)
        rung(product, front, 1)
        read_once(product, front, ground, subject)


def killed_supervisor(ground: Ground, folder: Path) -> None:
    """Kill the supervisor: the watch goes with it."""
    with running(ground, folder) as product:
        _, watch = locked(product, ground)
        others = set(product.pids()) - {product.supervisor}
        _kill(product.supervisor)
        until(lambda: not Path(f"/proc/{watch}").exists() or _is_dead(watch), "the end of the watch")
        for pid in others:
            _kill(pid)


def _is_dead(pid: int) -> bool:
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    return True


def killed_at_a_worksheet(ground: Ground, folder: Path) -> None:
    """Kill the session while something is typed into a worksheet: every word is there, and is offered."""
    with running(ground, folder) as product:
        pid = product.unlock(ground.passphrase)
        product.wait_for_spare()
        typed = product.order(pid, "worksheet", subject="Xin ý kiến", body=f"Điện tay {ground.mark.word('penkil')} dở")
        _kill(pid)
        front = product.front("locked", ready=True)
        assert product.order(front, "unlock", passphrase=ground.passphrase)
        assert product.order(front, "worksheets").count(typed) == 1
        assert product.order(front, "go_on") == typed


def taken_out(ground: Ground, folder: Path) -> None:
    """Take off the file system of an opened store: it locks and says why; back again, it opens."""
    folder.mkdir(exist_ok=True)
    image, stick = folder / "image", folder / "stick"
    stick.mkdir()
    with image.open("wb") as file:
        file.truncate(128 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    subprocess.run(["mount", "-o", "loop", image, stick], check=True)
    try:
        shutil.copytree(ground.stage.mission.home, stick / "paris")
        (folder / "control").mkdir()
        product = Product(stick / "paris", folder / "control")
        try:
            pid = product.unlock(ground.passphrase)
            product.wait_for_spare()
            product.order(pid, "read", subject=ground.subject)
            subprocess.run(["umount", "--lazy", stick], check=True)
            front = product.front("locked", ready=True)
            assert "USB chứa kho điện bị rút ra" in product.order(front, "state")["subtitle"]
            assert not Path(f"/proc/{pid}").exists()
            subprocess.run(["mount", "-o", "loop", image, stick], check=True)
            until(
                lambda: "rút ra" not in product.order(front, "state")["subtitle"], "the passphrase is asked for again"
            )
            assert product.order(front, "unlock", passphrase=ground.passphrase)
            assert product.order(front, "count", subject=ground.subject) == 1
        finally:
            product.close()
    finally:
        subprocess.run(["umount", "--lazy", stick], check=False, capture_output=True)


WALKS = (taken_out, killed_at_a_worksheet, whole, killed_watch, killed_session, killed_locked_screen, killed_supervisor)


def main() -> int:
    if os.geteuid() != 0:
        print("reading the memory of the product's processes needs root: they forbid it to everybody else")
        return 3
    with tempfile.TemporaryDirectory(prefix="secmsg-watch-") as name, memory.ground(Path(name)) as ground:
        for walk in WALKS:
            walk(ground, Path(name) / walk.__name__)
            print(f"good   the locked watch: {walk.__name__.replace('_', ' ')}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
