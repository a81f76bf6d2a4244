"""Emergency destruction under kills, power cuts, hanging keyrings, disks that refuse: old or none, never a half."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secmsg.crypto.randomness import Random, system
from secmsg.crypto.secret import Secret
from secmsg.errors import StoreError
from secmsg.office.destruction import Fate, Finding, Part
from secmsg.station import destroying
from secmsg.station.destroying import Reach
from secmsg.store import erasing, holders, profile, vault
from secmsg.store.keyring import NoKeyring
from secmsg.store.pages import Pages
from secmsg.store.paths import Home
from secmsg.store.vault import Opener, Passphrase, Sheet
from tests.faults import acts
from tests.helpers.ministry import PARIS
from tests.helpers.stores import CHEAP, NOW, FragilePages, MemoryKeyring, PowerCutError
from tests.helpers.stores import Fate as Lost
from tests.helpers.world import world
from ui import instance

WORD = Passphrase(Secret(b"mot hai ba bon nam"), None)
SEVERAL = (WORD, Passphrase(Secret(b"sau bay tam chin muoi"), None))


@pytest.fixture
def vault_of_two(tmp_path: Path) -> tuple[Path, tuple[Opener, ...]]:
    """Make a vault with two officers and a sheet."""
    path = tmp_path / "p" / "vault"
    path.parent.mkdir(mode=0o700)
    sheet = vault.create(path, bytes(16), Secret(b"m" * 32), SEVERAL[0], cost=CHEAP, random=system)
    opened = vault.open_(path, SEVERAL[0], floor=CHEAP, random=system)
    vault.add_officer(path, opened, SEVERAL[1], random=system)
    return path, (*SEVERAL, Sheet(sheet))


def opening(path: Path, openers: tuple[Opener, ...]) -> list[bool]:
    """Whether each opens what lies there; tried on a copy, because an opening mends."""
    copy = path.with_name("tried")
    found = []
    for opener in openers:
        shutil.copy(path, copy)
        try:
            vault.open_(copy, opener, floor=CHEAP, random=system)
        except StoreError:
            found.append(False)
        else:
            found.append(True)
        copy.unlink()
    return found


def killed_at(path: Path, draw: int, erase: Callable[[Path, Random], None]) -> bool:
    """Erase in a process of its own that dies at its n-th drawing of random bytes; answer whether it died."""
    pid = os.fork()
    if pid == 0:
        drawn = 0

        def random(length: int) -> bytes:
            nonlocal drawn
            drawn += 1
            if drawn == draw:
                os.kill(os.getpid(), signal.SIGKILL)
            return os.urandom(length)

        try:
            erase(path, random)
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def honest(path: Path, random: Random) -> None:
    vault.erase(path, random=random)


def careless(path: Path, random: Random) -> None:
    """Overwrite page by page from the end, as if their order did not matter."""
    with path.open("r+b") as file:
        for number in reversed(range(vault.PAGES)):
            file.seek(number * 4096)
            file.write(random(4096))
            file.flush()


def test_a_kill_at_every_write_leaves_everything_or_nothing(vault_of_two: tuple[Path, tuple[Opener, ...]]) -> None:
    path, openers = vault_of_two
    whole = path.read_bytes()

    def states(erase: Callable[[Path, Random], None]) -> list[list[bool]]:
        found = []
        for draw in range(1, vault.PAGES + 2):
            path.write_bytes(whole)
            died = killed_at(path, draw, erase)
            assert died is (draw <= vault.PAGES)
            found.append(opening(path, openers))
        return found

    after = states(honest)

    assert {tuple(each) for each in after} == {(True,) * 3, (False,) * 3}
    assert after[0] == [True] * 3
    # From the second page on, nothing opens, wherever it stopped.
    assert after[2:] == [[False] * 3] * (vault.PAGES - 1)
    # The control: another order is seen to leave one of them opening.
    assert any(len(set(each)) == 2 for each in states(careless))


def test_a_power_cut_at_every_step_leaves_everything_or_nothing(vault_of_two: tuple[Path, tuple[Opener, ...]]) -> None:
    path, openers = vault_of_two
    image = path.read_bytes()

    def halves(erase: Callable[[Pages], None]) -> int:
        whole = FragilePages(image)
        erase(whole)
        count = 0
        for steps in range(whole.steps + 1):
            for lost in Lost.ALL:
                pages = FragilePages(image, steps)
                try:
                    erase(pages)
                except PowerCutError:
                    pass
                path.write_bytes(pages.after_power_cut(lost))
                count += len(set(opening(path, openers))) == 2
        return count

    def at_once(pages: Pages) -> None:
        for number in reversed(range(vault.PAGES)):
            pages.write(number, os.urandom(4096))
        pages.sync()

    assert halves(lambda pages: vault.erase_in(pages, vault.PAGES, random=system)) == 0
    assert halves(at_once) > 0


@pytest.fixture
def station_home(tmp_path: Path) -> Iterator[Path]:
    with world(tmp_path / "ministry"):
        yield tmp_path / "ministry" / f"station-{PARIS.id}"


def destroyed(home: Path, **given: object) -> destroying.Destroyed:
    reach = given.pop("reach", Reach(NoKeyring()))
    assert isinstance(reach, Reach)
    return destroying.destroy(home, reach, clock=lambda: NOW)


def test_a_program_that_has_the_store_open_is_ended_and_its_keys_with_it(station_home: Path, tmp_path: Path) -> None:
    holding = tmp_path / "holding"
    process = acts.start(acts.hold, station_home, holding)
    until = time.monotonic() + 30
    while not holding.exists() and time.monotonic() < until:
        time.sleep(0.02)

    done = destroyed(station_home)
    process.join(20)

    assert process.exitcode == -signal.SIGKILL
    assert (done.fate(Part.KEYS), done.fate(Part.MEMORY)) == (Fate.DESTROYED, Fate.DESTROYED)
    assert not list((station_home / "blobs").rglob("*.part"))
    assert sorted(path.name for path in station_home.iterdir()) == ["blobs", "destroyed", "profile.lock"]
    assert destroying.when(station_home) == NOW


def test_a_keyring_that_hangs_is_not_waited_for(station_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(destroying, "KEYRING_S", 0.05)
    release = threading.Event()

    class Hanging(MemoryKeyring):
        def forget(self, store_id: bytes) -> bool:
            release.wait(60)
            return super().forget(store_id)

    told: list[Finding] = []
    done = destroying.destroy(station_home, Reach(Hanging()), clock=lambda: NOW, tell=told.append)
    release.set()

    assert told[0].part is Part.KEYS
    assert told[0].fate is Fate.DESTROYED
    assert done.fate(Part.KEYRING) is Fate.UNKNOWN


def test_the_half_in_the_keyring_goes_too(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    created = profile.create(tmp_path / "p", Secret(b"mot hai ba bon nam"), keyring=keyring, cost=CHEAP, random=system)
    created.profile.close()

    done = destroyed(tmp_path / "p", reach=Reach(keyring))

    assert (done.fate(Part.KEYRING), keyring.halves, keyring.marks) == (Fate.DESTROYED, {}, {})


def test_a_damaged_vault_is_destroyed_as_well(station_home: Path) -> None:
    path = Home(station_home).vault
    image = bytearray(path.read_bytes())
    image[20] ^= 1
    image[4096 + 20] ^= 1
    path.write_bytes(bytes(image))

    done = destroyed(station_home)

    assert done.fate(Part.KEYS) is Fate.DESTROYED
    assert destroying.is_free(station_home)


def test_what_is_not_overwritten_is_not_called_destroyed(station_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(path: Path, *, random: Random) -> None:
        raise StoreError("the disk refused: EIO")

    monkeypatch.setattr(vault, "erase", refuses)

    done = destroyed(station_home)

    assert done.fate(Part.KEYS) is Fate.LEFT
    assert destroying.when(station_home) is None
    assert Home(station_home).vault.exists()
    assert Home(station_home).database.exists()


def test_a_disk_that_keeps_the_old_page_is_found_by_reading_it_back(
    station_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "erase", lambda path, random: None)

    done = destroyed(station_home)

    assert done.fate(Part.KEYS) is Fate.LEFT
    assert done.findings[0].detail == "the disk still shows old pages"


def test_where_no_store_is_nothing_is_claimed(tmp_path: Path) -> None:
    done = destroyed(tmp_path / "none")

    assert {each.fate for each in done.findings} <= {Fate.ABSENT, Fate.UNKNOWN}
    assert destroying.when(tmp_path / "none") is None


def test_keyslots_on_sticks_that_are_mounted_die_too(station_home: Path, tmp_path: Path) -> None:
    kit = tmp_path / "media" / "officer" / "STICK" / "kit"
    shutil.copytree(station_home, kit)
    stranger = tmp_path / "media" / "officer" / "STICK" / "photos"
    stranger.mkdir()
    (stranger / "vault").write_bytes(b"not a vault of ours" * 100)

    done = destroyed(station_home, reach=Reach(NoKeyring(), media=(tmp_path / "media",)))

    assert (done.fate(Part.OTHER_KEYS), done.others) == (Fate.DESTROYED, (kit / "vault",))
    assert not erasing.is_vault(kit / "vault")
    assert (stranger / "vault").read_bytes() == b"not a vault of ours" * 100


def test_a_backup_on_a_stick_or_named_dies_too(station_home: Path, tmp_path: Path) -> None:
    sheets = {}
    for folder in (
        tmp_path / "media" / "officer" / "STICK" / "secmsg-00112233",
        tmp_path / "named" / "secmsg-44556677",
    ):
        folder.mkdir(parents=True)
        (folder / "manifest-00000003").write_bytes(b"sealed")
        copy, sheet = folder / "vault-00000003", Secret(os.urandom(32))
        first = vault.First(Secret(os.urandom(32)), sheet)
        vault.create(copy, bytes(16), Secret(b"m" * 32), WORD, cost=CHEAP, random=system, secrets=first)
        copy.chmod(0o644)  # as a stick gives it
        sheets[copy] = sheet

    done = destroyed(
        station_home, reach=Reach(NoKeyring(), also=(tmp_path / "named",), media=(tmp_path / "media",))
    )  # fmt: skip

    assert done.fate(Part.OTHER_KEYS) is Fate.DESTROYED
    assert set(sheets) <= set(done.others)
    for copy, sheet in sheets.items():
        copy.chmod(0o600)
        with pytest.raises(StoreError):
            vault.open_(copy, Sheet(sheet), floor=CHEAP, random=system)


def test_a_copy_that_a_stopped_move_or_restore_left_beside_dies_too(station_home: Path) -> None:
    left = [station_home.with_name(name) for name in (f".{station_home.name}.restoring", f"{station_home.name}.part")]
    for each in left:
        shutil.copytree(station_home, each)

    done = destroyed(station_home)

    assert done.fate(Part.OTHER_KEYS) is Fate.DESTROYED
    assert not any(erasing.is_vault(each / "vault") for each in left)


def test_a_folder_of_something_else_loses_nothing(tmp_path: Path) -> None:
    theirs = [tmp_path / "blobs" / "sha256" / "0123", tmp_path / "store.db", tmp_path / "report"]
    for each in theirs:
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_bytes(b"the files of another program" * 50)

    destroyed(tmp_path)

    assert [each.read_bytes() for each in theirs] == [b"the files of another program" * 50] * 3


def test_what_a_stopped_destruction_left_is_cleared_by_the_next(station_home: Path) -> None:
    vault_file, database = Home(station_home).vault, Home(station_home).database
    kept = database.read_bytes()
    destroyed(station_home)
    database.write_bytes(kept)

    destroyed(station_home)

    assert not database.exists()
    assert not vault_file.exists()


def test_a_new_store_may_be_made_where_one_was_destroyed(station_home: Path) -> None:
    destroyed(station_home)

    created = profile.create(
        station_home, Secret(b"mot hai ba bon nam"), keyring=NoKeyring(), cost=CHEAP, random=system
    )
    created.profile.close()

    assert destroying.when(station_home) is None


def test_the_program_of_the_profile_ends_its_watch_or_is_ended(station_home: Path) -> None:
    listener = instance.claim(station_home)
    assert listener is not None
    listener.settimeout(20)
    said: list[instance.Call] = []
    serving = threading.Thread(target=lambda: instance.called(listener, said.append))
    serving.start()

    told = holders.end_watch(station_home)
    serving.join(20)
    listener.close()

    assert (told, said) == (True, [instance.Call.DEATH])
    assert holders.end_watch(station_home) is None
    assert instance.Call.DEATH.value == holders.DEATH


def test_a_program_that_does_not_answer_is_killed(station_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders, "ANSWER_S", 0.2)
    ready, begun = os.pipe()
    pid = os.fork()
    if pid == 0:
        deaf = instance.claim(station_home)
        os.write(begun, b"." if deaf is not None else b"x")
        time.sleep(60)
        os._exit(0)
    assert os.read(ready, 1) == b"."

    done = destroyed(station_home)
    _, status = os.waitpid(pid, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert done.fate(Part.MEMORY) is Fate.DESTROYED
