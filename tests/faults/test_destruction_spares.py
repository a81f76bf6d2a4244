"""What a destruction does not touch: what a link leads to, and files that only have the name of a vault."""

import os
import shutil
from pathlib import Path

import pytest

from secmsg.crypto.randomness import system
from secmsg.crypto.secret import Secret
from secmsg.office.destruction import Fate, Part
from secmsg.station import destroying
from secmsg.station.destroying import Destroyed, Reach
from secmsg.store import erasing, profile
from secmsg.store.keyring import NoKeyring
from secmsg.store.pages import PAGE
from secmsg.store.paths import Home
from tests.helpers.stores import CHEAP, MemoryKeyring

THEIRS = b"the files of another program" * 50
FOREIGN = (b"", THEIRS, bytes(20 * PAGE), b"secmsg".ljust(20 * PAGE, b"x"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a profile with a database and two blobs."""
    root = tmp_path / "profile"
    made = profile.create(root, Secret(b"mot hai ba bon nam"), keyring=NoKeyring(), cost=CHEAP, random=system)
    made.profile.close()
    for name in ("aa", "bb"):
        (Home(root).blobs / name).write_bytes(THEIRS)
    return root


def destroyed(home: Path, reach: Reach | None = None) -> Destroyed:
    return destroying.destroy(home, Reach(NoKeyring()) if reach is None else reach)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize("theirs", FOREIGN, ids=["empty", "text", "zeros of a vault's size", "almost"])
def test_a_named_folder_s_file_that_is_no_vault_is_kept_and_told_of(home: Path, tmp_path: Path, theirs: bytes) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "vault").write_bytes(theirs)

    done = destroyed(home, Reach(NoKeyring(), also=(other,)))

    assert (other / "vault").read_bytes() == theirs
    assert (done.fate(Part.KEYS), done.fate(Part.OTHER_KEYS), done.others) == (Fate.DESTROYED, Fate.LEFT, ())
    said = next(each.detail for each in done.findings if each.part is Part.OTHER_KEYS)
    assert str(other) in said
    assert "no vault" in said


def test_beside_a_foreign_file_the_vaults_that_were_named_die(home: Path, tmp_path: Path) -> None:
    kit, other = tmp_path / "kit", tmp_path / "other"
    shutil.copytree(home, kit)
    other.mkdir()
    (other / "vault").mkdir()

    done = destroyed(home, Reach(NoKeyring(), also=(other, kit)))

    assert done.others == (kit / "vault",)
    assert not erasing.is_vault(kit / "vault")
    assert (done.fate(Part.OTHER_KEYS), (other / "vault").is_dir()) == (Fate.LEFT, True)


@pytest.mark.parametrize("theirs", FOREIGN, ids=["empty", "text", "zeros of a vault's size", "almost"])
def test_a_home_that_is_another_program_s_folder_loses_nothing(tmp_path: Path, theirs: bytes) -> None:
    other = tmp_path / "other"
    (other / "blobs").mkdir(parents=True)
    for name in ("vault", "store.db", "blobs/aa", "report"):
        (other / name).write_bytes(theirs if name == "vault" else THEIRS)
    before = contents(other)

    done = destroyed(other)

    assert contents(other) == before
    assert (done.fate(Part.KEYS), "no vault" in done.findings[0].detail) == (Fate.ABSENT, True)


@pytest.mark.parametrize("damage", ["both headers", "a newer version", "no page left whole"])
def test_a_real_store_is_destroyed_however_damaged_its_vault_is(home: Path, damage: str) -> None:
    path = Home(home).vault
    image = bytearray(path.read_bytes())
    if damage == "a newer version":
        image[12:14] = image[PAGE + 12 : PAGE + 14] = b"\xff\xff"
        shutil.rmtree(home)
        home.mkdir(mode=0o700)  # its magic is enough: nothing else tells whose the folder is
    elif damage == "both headers":
        image[: 2 * PAGE] = bytes(2 * PAGE)
    else:
        image = bytearray(os.urandom(len(image)))
    path.write_bytes(image)

    done = destroyed(home)

    assert done.fate(Part.KEYS) is Fate.DESTROYED
    assert not path.exists()


@pytest.mark.parametrize("name", ["blobs", "store.db"])
def test_what_a_link_in_the_profile_leads_to_is_kept_and_told_of(home: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (home / name).rename(outside / name)
    (home / name).symlink_to(outside / name)
    before = contents(outside)

    done = destroyed(home)

    assert contents(outside) == before
    assert (done.fate(Part.KEYS), Home(home).vault.exists()) == (Fate.DESTROYED, False)
    assert done.fate(Part.BLOBS if name == "blobs" else Part.DATABASE) is Fate.LEFT


def test_a_linked_folder_and_a_linked_file_among_the_blobs_are_kept_and_told_of(home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter").write_bytes(THEIRS)
    (Home(home).blobs / "cc").symlink_to(outside, target_is_directory=True)
    (Home(home).blobs / "dd").symlink_to(outside / "letter")

    done = destroyed(home)

    assert contents(outside) == {"letter": THEIRS}
    assert [each.count for each in done.findings if each.part is Part.BLOBS] == [2]
    assert not (Home(home).blobs / "aa").exists()


@pytest.mark.parametrize("linked", ["the folder", "the vault"])
def test_a_linked_profile_is_not_followed_and_its_half_stays(tmp_path: Path, linked: str) -> None:
    real, named, keyring = tmp_path / "real", tmp_path / "named", MemoryKeyring()
    made = profile.create(real, Secret(b"mot hai ba bon nam"), keyring=keyring, cost=CHEAP, random=system)
    made.profile.close()
    if linked == "the folder":
        named.symlink_to(real, target_is_directory=True)
    else:
        named.mkdir(mode=0o700)
        (named / "vault").symlink_to(real / "vault")
        (named / "profile.lock").touch()
    before, halves = contents(real), dict(keyring.halves)

    done = destroyed(named, Reach(keyring))

    assert (contents(real), keyring.halves) == (before, halves)
    assert done.fate(Part.KEYS) is Fate.LEFT
    assert "is a link" in done.findings[0].detail
    # By its own name it dies.
    assert destroyed(real, Reach(keyring)).fate(Part.KEYS) is Fate.DESTROYED
