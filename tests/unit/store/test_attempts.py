"""Wrong passphrases are counted beyond the end of the program, and keep nobody out."""

import os
from pathlib import Path

import pytest

from secmsg.errors import WrongPassphrase
from secmsg.station import doorstep
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase
from secmsg.store import attempts
from secmsg.store.paths import Home
from tests.helpers.ministry import FAST, KEYRING, NOW, PARIS, PASSPHRASE
from tests.helpers.world import world


def test_each_wrong_one_is_counted_with_its_time_and_a_right_one_begins_anew(tmp_path: Path) -> None:
    with world(tmp_path) as made:
        home = made.root / f"station-{PARIS.id}"
        assert doorstep.wrong_tries(home) == (0, 0)

        for count in (1, 2, 3):
            with pytest.raises(WrongPassphrase):
                open_station(home, by_passphrase("wrong wrong wrong"), FAST, keyring=KEYRING, clock=lambda: NOW + 7)
            assert doorstep.wrong_tries(home) == (count, NOW + 7)

        made.close(made.open(PARIS))
        assert doorstep.wrong_tries(home) == (0, 0)
        assert doorstep.is_made(home)
        assert PASSPHRASE


def test_the_file_is_for_its_owner_alone_and_of_one_size(tmp_path: Path) -> None:
    path = Home(tmp_path).attempts
    attempts.note(path, 5)
    attempts.note(path, -5)

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size == attempts.SIZE
    assert attempts.read(path) == (2, 0)


def test_forgetting_makes_no_file(tmp_path: Path) -> None:
    attempts.forget(Home(tmp_path).attempts)

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_as_it_was_counts_as_none_and_is_written_anew(tmp_path: Path) -> None:
    path = Home(tmp_path).attempts
    for content in (b"", b"x", b"x" * 13, b"\xff" * 4096):
        path.write_bytes(content)
        path.chmod(0o600)
        assert attempts.read(path) == (0, 0)
        attempts.note(path, 9)
        assert attempts.read(path) == (1, 9)


def test_a_count_stays_within_its_bounds(tmp_path: Path) -> None:
    path = Home(tmp_path).attempts
    path.write_bytes(b"\xff" * attempts.SIZE)
    path.chmod(0o600)

    attempts.note(path, 1 << 70)

    assert attempts.read(path) == (0xFFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF)


def test_a_link_is_neither_read_nor_written_through(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"x" * attempts.SIZE)
    path = tmp_path / "attempts"
    path.symlink_to(other)

    attempts.note(path, 9)

    assert attempts.read(path) == (0, 0)
    assert other.read_bytes() == b"x" * attempts.SIZE


@pytest.mark.skipif(os.name == "nt", reason="directories carry no modes there")
def test_a_folder_that_cannot_be_written_changes_no_answer(tmp_path: Path) -> None:
    attempts.note(tmp_path / "none" / "attempts", 9)

    assert attempts.read(tmp_path / "none" / "attempts") == (0, 0)
