"""Files are looked into by a process that has nothing to give away and cannot write."""

import sys
from pathlib import Path

import pytest

from secmsg import program
from secmsg.errors import NotAllowed, NotFound
from secmsg.metadata.report import Outcome
from secmsg.station import cleaning
from tests.helpers import telling_files as files


def _kept(folder: Path, data: bytes) -> Path:
    path = folder / "a file.bin"
    path.write_bytes(data)
    return path


def _read(path: Path) -> tuple[int, bytes]:
    with cleaning.cleaned(path) as (report, out):
        pieces = []
        while piece := out.read(65536):
            pieces.append(piece)
        return report.size, b"".join(pieces)


def test_the_cleaned_copy_comes_by_pipe_and_the_original_is_untouched(tmp_path: Path) -> None:
    original = files.jpeg()
    path = _kept(tmp_path, original)
    before = path.stat().st_mtime_ns

    report = cleaning.inspect(path)
    size, copy = _read(path)

    assert report.outcome is Outcome.REMOVABLE
    assert (len(copy), size) == (report.size, report.size)
    assert b"CANARY" not in copy
    assert path.read_bytes() == original
    assert path.stat().st_mtime_ns == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_what_cannot_be_cleaned_gives_no_copy(tmp_path: Path) -> None:
    for data in (b"text", files.pdf(signed=True), files.jpeg()[:500]):
        path = _kept(tmp_path, data)
        assert not cleaning.inspect(path).removable
        with pytest.raises(NotAllowed):
            _read(path)
    with pytest.raises(NotFound):
        cleaning.inspect(tmp_path / "none")


def test_a_bomb_and_a_giant_end_within_their_bounds(tmp_path: Path) -> None:
    assert cleaning.inspect(_kept(tmp_path, files.archive_bomb())).outcome is Outcome.UNREADABLE
    giant = tmp_path / "giant.pdf"
    with giant.open("wb") as out:
        out.write(b"%PDF-")
        out.truncate(cleaning.MAX_SIZE + 1)
    report = cleaning.inspect(giant)
    assert report.outcome is Outcome.UNREADABLE
    assert report.size == cleaning.MAX_SIZE + 1


def test_a_process_that_dies_or_raves_is_a_file_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _kept(tmp_path, files.png())
    for script in ("import os; os.abort()", "print('x' * 99999)", "print('{}')"):
        monkeypatch.setattr(program, "_APART", script)
        assert cleaning.inspect(path).outcome is Outcome.UNREADABLE


@pytest.mark.skipif(sys.platform == "win32", reason="the bounds are those of POSIX")
def test_the_process_cannot_write_and_knows_nothing_of_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANARY", "1")
    target = tmp_path / "written"
    script = (
        "import sys, os; sys.path.insert(0, sys.argv.pop())\n"
        "from secmsg.metadata.__main__ import confine\n"
        "confine(); word = 'clean'\n"
        f"try: open({str(target)!r}, 'wb').write(b'x' * 9999)\n"
        "except OSError: word = 'unknown'\n"
        "if 'CANARY' in os.environ: word = 'clean'\n"
        'print(\'{"outcome":"%s","found":[],"left":[],"size":0}\' % word)'
    )
    monkeypatch.setattr(program, "_APART", script)

    report = cleaning.inspect(_kept(tmp_path, b"x"))

    assert report.outcome is Outcome.UNKNOWN
    assert not target.stat().st_size
