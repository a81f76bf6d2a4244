"""The medium of a pouch: what is written is whole and read back, or it is not there; nothing is written over."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secmsg.errors import (
    DiskFull,
    FormatError,
    MediumFailed,
    NotFound,
    ReadBackDiffers,
    StoreExists,
    TransferStopped,
)
from secmsg.links import pouch
from tests.helpers.limits import files_no_larger_than

PIECES = tuple(bytes([number]) * 50_000 for number in range(6))
SIZE = sum(map(len, PIECES))


def silent(_done: int, _total: int) -> None:
    pass


def never() -> bool:
    return False


def write(target: Path, progress: Callable[[int, int], None] = silent, cancelled: Callable[[], bool] = never) -> None:
    pouch.write(target, iter(PIECES), SIZE, progress=progress, cancelled=cancelled)


def test_what_was_written_is_there_for_its_owner_alone_and_nothing_else_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    write(tmp_path / "a", lambda done, total: told.append((done, total)))

    assert (tmp_path / "a").read_bytes() == b"".join(PIECES)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
    assert told[-1] == (2 * SIZE, 2 * SIZE)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert b"".join(pouch.read(tmp_path / "a")) == b"".join(PIECES)
    assert pouch.size_of(tmp_path / "a") == SIZE


def test_nothing_is_written_over_not_even_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before")
    (tmp_path / "b").symlink_to(tmp_path / "nowhere")

    for name in ("a", "b"):
        with pytest.raises(StoreExists):
            write(tmp_path / name)

    assert (tmp_path / "a").read_bytes() == b"before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "b"]


def test_a_file_that_takes_the_name_meanwhile_stays(tmp_path: Path) -> None:
    def intrude(done: int, _total: int) -> None:
        if done == SIZE:
            (tmp_path / "a").write_bytes(b"another's")

    with pytest.raises(StoreExists):
        write(tmp_path / "a", intrude)

    assert (tmp_path / "a").read_bytes() == b"another's"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("limit", [0, 1, 49_999, 50_000, 123_456, SIZE - 1])
def test_a_medium_that_takes_no_more_leaves_nothing(tmp_path: Path, limit: int) -> None:
    with files_no_larger_than(limit), pytest.raises(DiskFull):
        write(tmp_path / "a")

    assert list(tmp_path.iterdir()) == []


def test_a_medium_without_room_is_told_before_a_byte_is_asked_for(tmp_path: Path) -> None:
    asked: list[int] = []

    def pieces() -> Iterator[bytes]:
        asked.append(1)
        yield b"x"

    with pytest.raises(DiskFull):
        pouch.write(tmp_path / "a", pieces(), 2**60, progress=silent, cancelled=never)

    assert asked == []


@pytest.mark.parametrize("at", [0, 3, 6, 7])
def test_the_officer_may_end_it_at_any_moment(tmp_path: Path, at: int) -> None:
    calls = iter(range(1_000))

    with pytest.raises(TransferStopped):
        write(tmp_path / "a", cancelled=lambda: next(calls) >= at)

    assert list(tmp_path.iterdir()) == []


def test_a_medium_that_keeps_other_bytes_is_found_out(tmp_path: Path) -> None:
    # A stick that lies: what was written is not what lies on it.
    def spoil(done: int, _total: int) -> None:
        if done == SIZE:
            (beside,) = tmp_path.glob(".*.part")
            with beside.open("r+b") as file:
                file.seek(100_000)
                file.write(b"?")

    with pytest.raises(ReadBackDiffers):
        write(tmp_path / "a", spoil)

    assert list(tmp_path.iterdir()) == []


def test_a_medium_that_keeps_less_is_found_out(tmp_path: Path) -> None:
    def shorten(done: int, _total: int) -> None:
        if done == SIZE:
            (beside,) = tmp_path.glob(".*.part")
            os.truncate(beside, SIZE - 1)

    with pytest.raises(ReadBackDiffers):
        write(tmp_path / "a", shorten)

    assert list(tmp_path.iterdir()) == []


def test_a_pouch_of_another_length_than_planned_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        pouch.write(tmp_path / "a", iter(PIECES), SIZE + 1, progress=silent, cancelled=never)

    assert list(tmp_path.iterdir()) == []


def test_a_medium_pulled_out_in_the_middle_is_said_so(tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()

    def pull(done: int, _total: int) -> None:
        if done == 100_000:
            shutil.rmtree(stick)

    with pytest.raises(MediumFailed):
        write(stick / "a", pull)
    with pytest.raises(MediumFailed):
        write(tmp_path / "no" / "such" / "a")


def test_a_file_system_without_links_takes_it_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_source: object, _target: object) -> None:
        raise PermissionError(1, "the file system of most sticks knows no links")

    monkeypatch.setattr(os, "link", no_links)
    (tmp_path / "taken").touch()

    write(tmp_path / "a")

    assert [each.name for each in sorted(tmp_path.iterdir())] == ["a", "taken"]

    def intrude(done: int, _total: int) -> None:
        if done == SIZE:
            (tmp_path / "b").touch()

    with pytest.raises(StoreExists):
        write(tmp_path / "b", intrude)
    assert (tmp_path / "b").read_bytes() == b""


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "folder").mkdir()

    for name in ("pipe", "folder", "nothing"):
        with pytest.raises(NotFound):
            list(pouch.read(tmp_path / name))
    with pytest.raises(MediumFailed):
        list(pouch.read(tmp_path / "link"))


def tiny_medium(folder: Path) -> bool:
    """Mount a medium of 256 KiB; answer False where that is not allowed."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], check=False, capture_output=True
    )
    return mounted.returncode == 0


def test_a_full_medium_leaves_nothing_and_the_next_one_is_taken(tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    if not tiny_medium(stick):
        # Where nothing may be mounted the limits above stand for the full medium.
        return
    try:
        # The room is there when it is asked for, and gone when it is needed.
        def fill(done: int, _total: int) -> None:
            if done == 50_000:
                (stick / "other").write_bytes(bytes(180_000))

        with pytest.raises(DiskFull):
            pouch.write(stick / "a", iter(PIECES[:5]), 250_000, progress=fill, cancelled=never)
        assert [each.name for each in stick.iterdir()] == ["other"]
        with pytest.raises(DiskFull):
            pouch.write(stick / "a", iter(PIECES[:5]), 250_000, progress=silent, cancelled=never)
        (stick / "other").unlink()
        pouch.write(stick / "a", iter(PIECES[:5]), 250_000, progress=silent, cancelled=never)
        assert (stick / "a").stat().st_size == 250_000
    finally:
        subprocess.run(["umount", "-l", str(stick)], check=True)
