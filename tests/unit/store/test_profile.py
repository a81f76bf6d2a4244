"""A profile as a whole: made, opened, locked, recovered, erased; and the files that it refuses."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.errors import (
    DiskFull,
    KeyringMissing,
    NotFound,
    ProfileInUse,
    StoreDamaged,
    StoreError,
    StoreExists,
    WrongPassphrase,
)
from secmsg.store import blobs, lock, outbox, paths, profile, settings, vault
from secmsg.store.database import Database
from secmsg.store.keyring import NoKeyring
from secmsg.store.profile import Created, Profile
from tests.helpers.seeded_random import seeded
from tests.helpers.stores import CHEAP, NOW, RELAY, MemoryKeyring, envelope

PASS = Secret("sáu từ để mở kho điện".encode())
NEXT = Secret(b"another passphrase")


@pytest.fixture(autouse=True)
def _umask() -> object:
    before = os.umask(0o022)
    yield
    os.umask(before)


def created(root: Path, keyring: MemoryKeyring | NoKeyring | None = None) -> Created:
    return profile.create(root, PASS, keyring=keyring or NoKeyring(), cost=CHEAP, random=system)


def opened(root: Path, passphrase: Secret = PASS, keyring: MemoryKeyring | NoKeyring | None = None) -> Profile:
    return profile.open_by_passphrase(
        root, passphrase, keyring=keyring or NoKeyring(), floor=CHEAP, now=NOW, random=system
    )


def by_sheet(root: Path, recovery: Secret) -> Profile:
    return profile.open_by_recovery(root, recovery, floor=CHEAP, now=NOW, random=system)


def test_a_profile_is_made_closed_and_opened_again(tmp_path: Path) -> None:
    root = tmp_path / "home" / "station"

    def first_rows(db: Database) -> None:
        with db.transaction():
            settings.keep(db, "language", "vi")

    made = profile.create(root, PASS, keyring=NoKeyring(), cost=CHEAP, random=system, fill=first_rows)
    assert not made.profile.bound
    made.profile.close()
    made.profile.close()

    again = opened(root)
    assert settings.get(again.db, "language") == "vi"
    assert again.store_id == made.profile.store_id
    again.close()
    sheet = by_sheet(root, made.recovery)
    assert settings.get(sheet.db, "language") == "vi"
    sheet.close()


def test_only_the_owner_may_enter(tmp_path: Path) -> None:
    made = created(tmp_path / "p")
    made.profile.files.write(blobs.new_key(system), lambda file: file.write(b"x"), 1)

    modes = {path.name: path.stat().st_mode & 0o777 for path in [tmp_path / "p", *(tmp_path / "p").rglob("*")]}

    directories = {path.name for path in [tmp_path / "p", *(tmp_path / "p").rglob("*")] if path.is_dir()}
    assert {name: mode for name, mode in modes.items() if mode != (0o700 if name in directories else 0o600)} == {}
    assert {"vault", "store.db", "store.db-wal", "profile.lock"} <= set(modes)
    made.profile.close()


def test_a_copied_profile_of_a_bound_store_does_not_open_without_its_keyring(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    made = created(tmp_path / "p", keyring)
    assert made.profile.bound
    made.profile.close()

    opened(tmp_path / "p", keyring=keyring).close()
    with pytest.raises(KeyringMissing):
        opened(tmp_path / "p", keyring=NoKeyring())
    keyring.present = False
    with pytest.raises(KeyringMissing):
        opened(tmp_path / "p", keyring=keyring)
    by_sheet(tmp_path / "p", made.recovery).close()


def test_without_a_keyring_the_passphrase_stands_alone_and_that_is_said(tmp_path: Path) -> None:
    made = created(tmp_path / "p", MemoryKeyring(present=False))

    assert not made.profile.bound
    made.profile.close()
    again = opened(tmp_path / "p")
    assert not again.bound
    again.close()


def test_a_wrong_passphrase_gives_the_lock_back(tmp_path: Path) -> None:
    created(tmp_path / "p").profile.close()

    with pytest.raises(WrongPassphrase):
        opened(tmp_path / "p", NEXT)

    opened(tmp_path / "p").close()


def test_a_profile_is_open_once(tmp_path: Path) -> None:
    made = created(tmp_path / "p")

    with pytest.raises(ProfileInUse):
        opened(tmp_path / "p")
    with pytest.raises(ProfileInUse):
        by_sheet(tmp_path / "p", made.recovery)
    made.profile.close()
    opened(tmp_path / "p").close()


def test_a_killed_program_leaves_no_lock_behind(tmp_path: Path) -> None:
    path = tmp_path / "profile.lock"
    script = "import sys,time\nfrom pathlib import Path\nfrom secmsg.store import lock\n"
    script += "held=lock.acquire(Path(sys.argv[1]))\nprint('held',flush=True)\ntime.sleep(60)"
    child = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"
    with pytest.raises(ProfileInUse):
        lock.acquire(path)

    child.kill()
    child.wait()
    child.stdout.close()

    held = lock.acquire(path)
    assert held.held
    held.release()
    held.release()
    assert not held.held


def test_opening_sweeps_orphans_and_doubts_what_was_being_sent(tmp_path: Path) -> None:
    made = created(tmp_path / "p").profile
    orphan = made.files.write(blobs.new_key(system), lambda file: file.write(b"x"), 1)
    with made.db.transaction():
        outbox.add(made.db, envelope(1))
        outbox.begin(made.db, envelope(1).message_id, RELAY, 10, 20)
    made.close()

    again = opened(tmp_path / "p")

    assert not again.files.path(orphan.key).exists()
    assert outbox.read(again.db, envelope(1).message_id).state.value == "unknown"
    again.close()


# --- making


def test_a_profile_is_not_made_over_another(tmp_path: Path) -> None:
    created(tmp_path / "p").profile.close()
    before = (tmp_path / "p" / "store.db").read_bytes()

    with pytest.raises(StoreExists):
        created(tmp_path / "p")

    assert (tmp_path / "p" / "store.db").read_bytes() == before
    opened(tmp_path / "p").close()


def test_a_creation_that_stops_leaves_no_profile_and_the_next_succeeds(tmp_path: Path) -> None:
    def stop(_: Database) -> None:
        raise InterruptedError

    keyring = MemoryKeyring()
    with pytest.raises(InterruptedError):
        profile.create(tmp_path / "p", PASS, keyring=keyring, cost=CHEAP, random=system, fill=stop)
    assert not profile.exists(tmp_path / "p")
    assert keyring.halves == {}
    with pytest.raises(NotFound):
        opened(tmp_path / "p")

    created(tmp_path / "p").profile.close()

    opened(tmp_path / "p").close()


def test_there_is_no_profile_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        opened(tmp_path / "nowhere")
    paths.make_directory(tmp_path / "empty")
    with pytest.raises(NotFound):
        opened(tmp_path / "empty")
    assert not profile.exists(tmp_path / "nowhere")


@pytest.mark.skipif(os.name == "nt", reason="a directory cannot be synced there")
def test_every_directory_that_is_made_is_named_durably(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(paths, "sync_directory", synced.append)

    paths.make_directory(tmp_path / "trip" / "may" / "kit")
    paths.make_directory(tmp_path / "trip" / "may" / "kit")

    assert synced == [tmp_path, tmp_path / "trip", tmp_path / "trip" / "may"]


# --- changing


def test_a_passphrase_is_changed_while_the_profile_is_open(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    made = created(tmp_path / "p", keyring)

    bound = profile.change_passphrase(tmp_path / "p", PASS, NEXT, keyring=keyring, floor=CHEAP, random=system)
    made.profile.close()

    assert bound
    opened(tmp_path / "p", NEXT, keyring).close()
    with pytest.raises(WrongPassphrase):
        opened(tmp_path / "p", PASS, keyring)
    with pytest.raises(WrongPassphrase):
        profile.change_passphrase(tmp_path / "p", PASS, NEXT, keyring=keyring, floor=CHEAP, random=system)


def test_a_keyring_that_came_later_is_used_from_the_next_change_on(tmp_path: Path) -> None:
    created(tmp_path / "p").profile.close()
    keyring = MemoryKeyring()

    assert profile.change_passphrase(tmp_path / "p", PASS, NEXT, keyring=keyring, floor=CHEAP, random=system)

    again = opened(tmp_path / "p", NEXT, keyring)
    assert again.bound
    again.close()
    with pytest.raises(KeyringMissing):
        opened(tmp_path / "p", NEXT)


def test_after_the_sheet_a_new_passphrase_a_new_half_and_a_new_sheet(tmp_path: Path) -> None:
    lost, fresh = MemoryKeyring(), MemoryKeyring()
    made = created(tmp_path / "p", lost)
    made.profile.close()

    second = profile.start_anew(tmp_path / "p", made.recovery, NEXT, keyring=fresh, floor=CHEAP, random=system)

    opened(tmp_path / "p", NEXT, fresh).close()
    by_sheet(tmp_path / "p", second).close()
    with pytest.raises(WrongPassphrase):
        by_sheet(tmp_path / "p", made.recovery)
    with pytest.raises(WrongPassphrase):
        opened(tmp_path / "p", PASS, lost)


def test_a_new_sheet_replaces_the_old(tmp_path: Path) -> None:
    made = created(tmp_path / "p")
    made.profile.close()

    second = profile.new_sheet(tmp_path / "p", PASS, keyring=NoKeyring(), floor=CHEAP, random=system)

    by_sheet(tmp_path / "p", second).close()
    with pytest.raises(WrongPassphrase):
        by_sheet(tmp_path / "p", made.recovery)


@pytest.mark.parametrize("damaged", [False, True])
def test_an_erased_profile_opens_with_nothing_even_while_it_is_open(tmp_path: Path, damaged: bool) -> None:
    keyring = MemoryKeyring()
    made = created(tmp_path / "p", keyring)
    path = tmp_path / "p" / "vault"
    if damaged:
        image = bytearray(path.read_bytes())
        image[20] ^= 1
        image[4096 + 20] ^= 1
        path.write_bytes(image)
    before = path.read_bytes()

    profile.erase(tmp_path / "p", keyring=keyring, random=system)
    made.profile.close()

    after = path.read_bytes()
    assert sum(before[at : at + 16] in after for at in range(8192, len(before), 16)) == 0
    assert (keyring.halves == {}) is not damaged
    with pytest.raises(StoreDamaged):
        opened(tmp_path / "p", keyring=keyring)
    with pytest.raises(StoreDamaged):
        by_sheet(tmp_path / "p", made.recovery)


def test_a_vault_that_others_can_read_is_erased_all_the_same(tmp_path: Path) -> None:
    created(tmp_path / "p").profile.close()
    path = tmp_path / "p" / "vault"
    path.chmod(0o644)
    path.with_name("second name").hardlink_to(path)
    before = path.read_bytes()

    profile.erase(tmp_path / "p", keyring=NoKeyring(), random=system)

    assert sum(before[at : at + 16] in path.read_bytes() for at in range(8192, len(before), 512)) == 0


def test_a_half_that_appears_in_between_is_taken_and_not_overwritten(tmp_path: Path) -> None:
    class Waking(MemoryKeyring):
        """A keyring that is locked at the first look."""

        reads = 0

        def read(self, store_id: bytes) -> Secret | None:
            self.reads += 1
            return None if self.reads == 1 else super().read(store_id)

    created(tmp_path / "p").profile.close()
    store_id = vault.read_header(tmp_path / "p" / "vault").store_id
    keyring = Waking(halves={store_id: Secret(b"d" * 32)})

    assert profile.change_passphrase(tmp_path / "p", PASS, NEXT, keyring=keyring, floor=CHEAP, random=system)

    assert keyring.halves == {store_id: Secret(b"d" * 32)}
    opened(tmp_path / "p", NEXT, keyring).close()


def test_erasing_nothing_does_nothing(tmp_path: Path) -> None:
    profile.erase(tmp_path, keyring=NoKeyring(), random=system)

    assert list(tmp_path.iterdir()) == []


# --- files that are refused


def loosened(path: Path) -> None:
    path.chmod(0o644)


def linked(path: Path) -> None:
    path.rename(path.with_name("moved"))
    path.symlink_to(path.with_name("moved"))


def doubled(path: Path) -> None:
    path.with_name("second name").hardlink_to(path)


def turned_into_a_directory(path: Path) -> None:
    path.unlink()
    path.mkdir(mode=0o700)


@pytest.mark.parametrize("spoil", [loosened, linked, doubled, turned_into_a_directory])
@pytest.mark.parametrize("name", ["vault", "store.db", "profile.lock"])
def test_a_file_that_is_not_ours_alone_is_refused(tmp_path: Path, name: str, spoil: Callable[[Path], None]) -> None:
    created(tmp_path / "p").profile.close()

    spoil(tmp_path / "p" / name)

    with pytest.raises(StoreDamaged):
        opened(tmp_path / "p")


@pytest.mark.skipif(os.getuid() != 0, reason="needs the right to give a file to another user")
def test_a_file_of_another_user_is_refused(tmp_path: Path) -> None:
    created(tmp_path / "p").profile.close()

    os.chown(tmp_path / "p" / "vault", 12_345, -1)

    with pytest.raises(StoreDamaged):
        opened(tmp_path / "p")


def test_a_home_that_is_a_link_a_file_or_open_to_others_is_refused(tmp_path: Path) -> None:
    created(tmp_path / "p").profile.close()
    (tmp_path / "link").symlink_to(tmp_path / "p")
    (tmp_path / "file").touch()

    for root in (tmp_path / "link", tmp_path / "file"):
        with pytest.raises(StoreDamaged):
            opened(root)
        with pytest.raises(StoreDamaged):
            created(root)
    (tmp_path / "p").chmod(0o750)
    with pytest.raises(StoreDamaged):
        opened(tmp_path / "p")


def test_an_error_of_the_disk_is_named_without_a_path() -> None:
    with pytest.raises(DiskFull) as full, paths.disk_errors():
        raise OSError(28, "No space left on device", "/secret/path")
    with pytest.raises(StoreError) as other, paths.disk_errors():
        raise OSError(5, "Input/output error", "/secret/path")

    assert "/secret" not in str(full.value) + str(other.value)
    assert type(other.value) is StoreError


def test_a_lock_file_that_is_there_is_used(tmp_path: Path) -> None:
    path = tmp_path / "profile.lock"
    first = lock.acquire(path)
    first.release()

    second = lock.acquire(path)

    assert second.held
    second.release()


def test_the_vault_is_the_last_thing_made(tmp_path: Path) -> None:
    seen: list[bool] = []

    profile.create(
        tmp_path / "p", PASS, keyring=NoKeyring(), cost=CHEAP, random=seeded(b"p"),
        fill=lambda _: seen.append((tmp_path / "p" / "vault").exists()),
    ).profile.close()  # fmt: skip

    assert seen == [False]
    assert vault.read_header(tmp_path / "p" / "vault").cost == CHEAP
