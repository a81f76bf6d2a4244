"""`secmsg hand syllabary`, without a profile."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from secmsg.errors import FormatError, NotFound, StoreDamaged
from secmsg.station import codebooks, syllabaries
from tests.helpers.program import Program

CABLE = "Đại sứ quán đã nhận điện 0412. Gặp Ngọc Hoà lúc 17:30."


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8"))))


def test_a_text_goes_and_comes_back_as_was_announced(told: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, CABLE)
    said = told("hand", "syllabary", "encode", "--json", "--capitals", "-").json
    given(monkeypatch, " ".join(said["groups"]))
    back = told("hand", "syllabary", "decode", "--json", "-")

    assert said["reads"] == "Đại sứ quán đã nhận điện 0412. Gặp Ngọc Hòa lúc 17:30."
    assert back.json == {"text": said["reads"]}


def test_the_terminal_shows_rows_of_ten_and_what_will_be_read(told: Program, tmp_path: Path) -> None:
    (tmp_path / "text").write_text(CABLE, "utf-8")

    made = told("hand", "syllabary", "encode", str(tmp_path / "text"))
    (tmp_path / "codes").write_text(made.out, "utf-8")

    assert made.out.startswith("0000 0001 ")
    assert len(made.out.splitlines()[0].split()) == 10
    assert "ngọc hòa" in made.err
    assert "ngọc hòa" in told("hand", "syllabary", "decode", str(tmp_path / "codes")).out


def test_what_the_sheet_cannot_say_is_refused(told: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "100 €")
    assert told("hand", "syllabary", "encode", "-").code == FormatError.exit_code
    given(monkeypatch, json.dumps(CABLE))
    assert told("hand", "syllabary", "decode", "-").code == FormatError.exit_code


def test_an_edition_that_is_not_here_and_one_that_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound):
        syllabaries.read(["0000", "0007", "9900"])
    shutil.copy(codebooks.FOLDER / "syllabary-01.tsv", tmp_path / "syllabary-01.tsv")
    (tmp_path / "syllabary-02.tsv").write_bytes(b"\xff")
    monkeypatch.setattr(syllabaries, "FOLDER", tmp_path)
    with pytest.raises(StoreDamaged):
        syllabaries.load(2)
