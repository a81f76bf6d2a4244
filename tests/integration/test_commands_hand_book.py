"""`secmsg hand encode`, `decode` and `book`, without a profile."""

import io
import json
import sys
from pathlib import Path

import pytest

from secmsg.manual import codebook_file
from tests.helpers.program import Program
from tests.helpers.small_book import small_book


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(monkeypatch, capsys)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.tsv"
    path.write_text(codebook_file.write(small_book()), "utf-8")
    return path


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8"))))


def test_a_text_from_standard_input_becomes_one_object(told: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "Báo cáo Bộ: hoà bình, ông Blinken thăm Hà Nội ngày 23/10.\n")

    made = told("hand", "encode", "--json", "-")
    said = made.json

    assert made.code == 0
    assert [code for segment in said["segments"] for code in segment["codes"]] == said["groups"]
    assert {len(code) for code in said["groups"]} == {4}
    assert "".join(segment["text"] for segment in said["segments"]).replace(" ", "") == said["text"].replace(" ", "")
    assert (said["words"], said["group_count"]) == (12, len(said["groups"]))
    assert said["groups_per_100_words"] == round(100 * len(said["groups"]) / 12, 1)
    assert {"before", "after", "place", "kind"} == set(said["changes"][0])


def test_codes_come_back_as_text(told: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, book: Path) -> None:
    given(monkeypatch, "Đại sứ báo cáo kết quả hội đàm, xin ý kiến chỉ đạo. Hoà đến Huế ngày 23 tháng 10 năm 2026.")

    made = told("hand", "encode", "--book", book, "-")
    (tmp_path / "codes").write_text(made.out + made.err, "utf-8")
    back = told("hand", "decode", "--book", book, "--edition", "7", tmp_path / "codes")
    as_json = told("hand", "decode", "--json", "--book", book, tmp_path / "codes")

    assert len(made.out.splitlines()[0].split()) == 10
    assert "# character 53: 'Hoà' reads 'Hòa' (tones)" in made.err
    assert "not enciphered" in made.err
    assert "spelled" not in made.err
    assert back.out == "Đại sứ báo cáo kết quả hội đàm, xin ý kiến chỉ đạo. Hòa đến Huế ngày 23 tháng 10 năm 2026.\n"
    assert (back.code, as_json.json["text"] + "\n", as_json.json["odd"]) == (0, back.out, [])


@pytest.mark.parametrize(
    ("codes", "code", "said"),
    [
        ("1000 8999", 20, "An [8999?]\n"),
        ("1000 899", 20, ""),
        ("1000 89990", 20, ""),
        ("٠٠٠٠", 20, ""),
        ("# nothing\n", 20, ""),
    ],
)
def test_codes_that_say_nothing_are_not_taken_for_text(
    told: Program, tmp_path: Path, book: Path, codes: str, code: int, said: str
) -> None:
    (tmp_path / "codes").write_text(codes, "utf-8")

    back = told("hand", "decode", "--book", book, tmp_path / "codes")

    assert (back.code, back.out) == (code, said)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_a_text_in_an_old_code_is_offered_and_read_when_asked_for(
    told: Program, tmp_path: Path, book: Path, encoding: str
) -> None:
    (tmp_path / "text").write_bytes("§¹i sø b¸o c¸o kÕt qu¶ héi ®µm".encode(encoding))

    asked = told("hand", "encode", "--book", book, "--from", "tcvn3", tmp_path / "text")
    silent = told("hand", "encode", "--book", book, tmp_path / "text")

    assert len(asked.out.split()) == 4
    assert "#" not in asked.err.split("# 4 groups")[0]
    assert "--from tcvn3" in silent.err if encoding == "utf-8" else silent.code == 20


def test_what_the_book_lacks_is_named(told: Program, tmp_path: Path, book: Path) -> None:
    (tmp_path / "text").write_text("Gặp ông Blinken ở 北京 😀", "utf-8")

    assert (
        "# not in the book, spelled: ông, Blinken, ở, 北京, 😀\n"
        in told("hand", "encode", "--book", book, tmp_path / "text").err
    )


@pytest.mark.parametrize("text", ["", "a\u202eb", "a\x07b", "x" * 20_001])
def test_a_text_that_cannot_be_carried_is_refused(told: Program, tmp_path: Path, text: str) -> None:
    (tmp_path / "text").write_text(text, "utf-8")

    assert told("hand", "encode", tmp_path / "text").code == 20


def test_the_book_is_listed_and_looked_into(told: Program, book: Path) -> None:
    listed, as_json = told("hand", "book", "list"), told("hand", "book", "list", "--json")
    found = told("hand", "book", "find", "--book", book, "dai", "su")
    found_json = told("hand", "book", "find", "--json", "--book", book, "dai", "su")
    shown = told("hand", "book", "show", "--book", book, "1000")
    shown_json = told("hand", "book", "show", "--json", "--book", book, "1000")
    nothing = told("hand", "book", "show", "--book", book, "8999")

    assert "1" in listed.out.splitlines()[1].split()
    assert as_json.json[0]["edition"] == 1
    assert [line.split(maxsplit=1)[1] for line in found.out.splitlines()[1:]] == [
        "đại sứ       phrase", "đại sứ quán  phrase",
    ]  # fmt: skip
    assert [each["text"] for each in found_json.json] == ["đại sứ", "đại sứ quán"]
    assert shown.out.splitlines()[1] == "1000  an    syllable"
    assert json.loads(shown_json.out)[0]["text"] == "an"
    assert nothing.code == 67


def test_another_edition_than_asked_for_is_refused(told: Program, book: Path) -> None:
    assert told("hand", "book", "find", "--book", book, "--edition", "8", "an").code == 20
    assert told("hand", "book", "find", "--edition", "999", "an").code == 67
