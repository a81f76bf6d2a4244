"""A name is never a path: not where a cable is made, not where it is read, not where a file is written."""

import contextlib
import unicodedata
from pathlib import Path

import pytest

from secmsg.errors import FormatError, Incomplete
from secmsg.office.draft import Draft, DraftAttachment, Lack
from secmsg.station import exporting
from secmsg.wire import names
from tests.helpers.hostile_names import HOSTILE
from tests.helpers.ministry import PARIS, draft
from tests.helpers.world import Office, World

MAX_FILE_NAME = 255


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 400


def test_what_a_cable_may_carry_is_a_name_in_one_folder_and_nothing_else(tmp_path: Path) -> None:
    taken = []
    for name in HOSTILE:
        with contextlib.suppress(FormatError):
            taken.append(names.check(name))

    for name in taken:
        assert (tmp_path / name).resolve().parent == tmp_path.resolve(), name
        assert unicodedata.is_normalized("NFC", name)
        assert not any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in name), name
    assert len(taken) < len(HOSTILE) // 5


def test_every_one_of_them_becomes_a_file_of_its_own_in_the_folder_asked_for(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    folder = tmp_path / "deep" / "er" / "folder"
    for each in (outside, folder):
        each.mkdir(parents=True)
    written = []

    for number, name in enumerate(HOSTILE):
        path = exporting.free_place(folder, name)
        with exporting._written(path) as file:
            file.write(str(number).encode())
        written.append(path)

    assert sorted(folder.iterdir()) == sorted(written)
    assert len(set(written)) == len(HOSTILE)
    assert [path.read_text() for path in written] == [str(number) for number in range(len(HOSTILE))]
    assert list(outside.iterdir()) == []
    assert {each.name for each in tmp_path.rglob("*") if each.is_file()} == {each.name for each in written}
    for path in written:
        assert names.check(path.name) == path.name
        assert len(path.name.encode()) <= MAX_FILE_NAME
        assert path.stat().st_mode & 0o777 == 0o600
    assert len({path.name.casefold() for path in written}) == len(written)  # a disk may know no capital letters


def test_none_that_is_no_plain_name_is_released(
    ministry_world: World, offices: tuple[Office, Office], tmp_path: Path
) -> None:
    headquarters, _ = offices
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x")

    def attached(name: str) -> Draft:
        return draft(PARIS.id, attachments=(DraftAttachment(name, "application/pdf", str(paper), 1, 1),))

    for name in HOSTILE:
        refused = Lack.BAD_ATTACHMENT_NAME in headquarters.station.check(attached(name))
        try:
            names.check(name)
        except FormatError:
            assert refused, name
        else:
            assert not refused, name
    with pytest.raises(Incomplete):
        headquarters.release(attached("../x.pdf"))


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("stays")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.pdf").symlink_to(secret)
    (folder / ".a (2).pdf.part").symlink_to(secret)

    path = exporting.free_place(folder, "a.pdf")
    with contextlib.suppress(Exception), exporting._written(path) as file:
        file.write(b"new")

    assert secret.read_text() == "stays"
    assert (folder / "a.pdf").is_symlink()
