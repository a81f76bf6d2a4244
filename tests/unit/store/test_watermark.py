"""The store's counter and its second place: an old copy is below it, a stop at any point is not."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.store import freezes, profile, settings, watermark
from secmsg.store.database import Database
from secmsg.store.freezes import Freeze
from secmsg.store.keyring import Keyring, NoKeyring
from secmsg.store.profile import Profile
from tests.helpers.stores import CHEAP, NOW, MemoryKeyring, new_database

PASS = Secret(b"mot cau mat khau rat dai")
STORE = b"s" * 16


def write(db: Database, count: int = 1) -> None:
    for number in range(count):
        with db.transaction():
            settings.keep(db, "a", f"{number}")


def opened(root: Path, keyring: Keyring) -> Profile:
    return profile.open_by_passphrase(root, PASS, keyring=keyring, floor=CHEAP, now=NOW, random=system)


def made(root: Path, keyring: Keyring) -> None:
    profile.create(root, PASS, keyring=keyring, cost=CHEAP, random=system).profile.close()


def frozen(db: Database) -> bool:
    return freezes.holds(db, 0)


def test_the_counter_rises_with_every_change_and_with_nothing_else(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    told: list[int] = []
    before = db.count()
    db.tell(told.append)
    write(db)
    with db.transaction():
        pass
    with pytest.raises(ZeroDivisionError), db.transaction():
        settings.keep(db, "a", f"{1 // 0}")

    assert (before, db.counter, told) == (0, 1, [1])
    assert db.count() == 1
    db.close()


def test_an_uncounted_database_tells_nobody(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    write(db)

    assert db.counter is None
    db.close()


def test_the_counter_can_only_be_lifted(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    db.count()
    with db.transaction():
        db.lift_counter(500)
    with db.transaction():
        db.lift_counter(3)

    assert db.counter == 502
    db.close()


def test_an_old_copy_is_frozen_at_its_opening_and_never_lowers_the_mark(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    made(tmp_path / "p", keyring)
    shutil.copytree(tmp_path / "p", tmp_path / "old")
    first = opened(tmp_path / "p", keyring)
    write(first.db, 3)
    first.close()
    mark = dict(keyring.marks)

    second = opened(tmp_path / "old", keyring)
    assert frozen(second.db)
    second.close()
    assert keyring.marks == mark

    again = opened(tmp_path / "old", keyring)
    assert len(freezes.holding(again.db)) == 1
    again.close()
    whole = opened(tmp_path / "p", keyring)
    assert not frozen(whole.db)
    whole.close()


def test_without_a_keyring_nothing_is_known_and_nothing_is_claimed(tmp_path: Path) -> None:
    made(tmp_path / "p", NoKeyring())
    shutil.copytree(tmp_path / "p", tmp_path / "old")
    first = opened(tmp_path / "p", NoKeyring())
    write(first.db, 3)
    assert first.watermark.kept is None
    first.close()

    second = opened(tmp_path / "old", NoKeyring())
    assert not frozen(second.db)
    second.close()


def test_a_keyring_that_lost_the_mark_gets_it_again(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    made(tmp_path / "p", keyring)
    keyring.marks.clear()
    opened(tmp_path / "p", keyring).close()

    assert keyring.marks


@dataclass
class Stopping(MemoryKeyring):
    """Copies the home before and after each write to the keyring: what a stop at that point would leave."""

    root: Path = Path()
    copies: list[tuple[Path, dict[bytes, int]]] = field(default_factory=list)

    def write_mark(self, store_id: bytes, mark: int) -> bool:
        self._copy()
        kept = super().write_mark(store_id, mark)
        self._copy()
        return kept

    def _copy(self) -> None:
        if self.root == Path():
            return
        target = self.root.with_name(f"stop-{len(self.copies)}")
        shutil.copytree(self.root, target)
        self.copies.append((target, dict(self.marks)))


def test_a_stop_at_any_point_is_no_rollback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watermark, "STRIDE", 2)
    keyring = Stopping()
    made(tmp_path / "p", keyring)
    keyring.root = tmp_path / "p"
    running = opened(tmp_path / "p", keyring)
    for _ in range(6):
        write(running.db)
        running.watermark.catch_up()
        thread = running.watermark._thread
        if thread is not None:
            thread.join()
    running.close()

    assert len(keyring.copies) > 8
    for home, marks in keyring.copies:
        then = opened(home, MemoryKeyring(halves=dict(keyring.halves), marks=marks))
        assert not frozen(then.db), home
        then.close()
    # The control: the oldest state beside the newest mark is what an old copy looks like.
    control = opened(keyring.copies[0][0], MemoryKeyring(halves=dict(keyring.halves), marks=dict(keyring.marks)))
    assert frozen(control.db)
    control.close()


def test_the_keyring_is_asked_once_in_a_stride_and_at_the_end(tmp_path: Path) -> None:
    class Counting(MemoryKeyring):
        asked = 0

        def write_mark(self, store_id: bytes, mark: int) -> bool:
            Counting.asked += 1
            return super().write_mark(store_id, mark)

    db, keyring = new_database(tmp_path), Counting()
    mark = watermark.begin(db, keyring, STORE, NOW)
    write(db, 3 * watermark.STRIDE - 1)
    db.close()
    mark.close()

    assert 3 <= Counting.asked <= 5
    assert keyring.marks[STORE] == 3 * watermark.STRIDE - 1


def test_a_keyring_that_goes_is_not_asked_again(tmp_path: Path) -> None:
    db, keyring = new_database(tmp_path), MemoryKeyring()
    mark = watermark.begin(db, keyring, STORE, NOW)
    write(db)
    keyring.present = False
    mark.close()
    write(db)
    keyring.present = True
    mark.close()

    assert mark.kept is None
    assert keyring.marks[STORE] == 0
    db.close()


def test_a_keyring_that_waits_for_somebody_holds_nothing_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watermark, "_CLOSING_S", 0.01)
    free = threading.Event()

    class Waiting(MemoryKeyring):
        def write_mark(self, store_id: bytes, mark: int) -> bool:
            return mark == 0 or (free.wait(20) and super().write_mark(store_id, mark))

    db = new_database(tmp_path)
    mark = watermark.begin(db, Waiting(marks={STORE: 0}), STORE, NOW)
    write(db, 2 * watermark.STRIDE)
    mark.close()
    db.close()
    free.set()
    thread = mark._thread
    if thread is not None:
        thread.join()


def _entry(cause: str, peer: int = 0, witness: int = 0) -> Freeze:
    return Freeze(cause, peer, witness, NOW, "")


def test_a_freeze_is_kept_once_and_stays_on_record_when_it_is_ended(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    begin: Callable[[Freeze], bool] = lambda entry: freezes.begin(db, entry)  # noqa: E731 - a short name for the test
    with db.transaction():
        new = [begin(_entry("a")), begin(_entry("a")), begin(_entry("a", witness=2)), begin(_entry("b", peer=3))]
        assert freezes.end(db, 0, NOW + 1, "word") == 2
        assert begin(_entry("a"))

    assert new == [True, False, True, True]
    assert [(each.cause, each.peer) for each in freezes.holding(db)] == [("b", 3), ("a", 0)]
    assert [each.ended_how for each in freezes.every(db)] == ["word", "word", "", ""]
    assert freezes.holds(db, 3)
    assert not freezes.holds(db, 4)
    db.close()


def test_the_highest_claim_counts(tmp_path: Path) -> None:
    from secmsg.ids import StationId

    db = new_database(tmp_path)
    with db.transaction():
        for serial in (4, 9, 7):
            freezes.claim(db, StationId(2), serial)

    assert freezes.claimed(db, StationId(2)) == 9
    assert freezes.claimed(db, StationId(3)) == 0
    db.close()
