"""The handbook's commands do what it says, and both languages give the same commands and cover the same cases."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from secmsg.digits import damm

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = ROOT / "docs" / "handbook"
HANG_S = 280
"""After it a walk hangs; it takes some fifty seconds of a processor."""
PRODUCT = 'S=".venv/bin/python -m secmsg"'
CHEAP = f'S="{sys.executable} -m tests.helpers.cheap_secmsg"'


def _chapters() -> list[str]:
    """Name the chapters in the order of the commands: headquarters is there before its posts."""
    named = re.findall(r"^\| ([a-z-]+) \| \[", (HANDBOOK / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    return sorted(named, key=lambda name: name != "headquarters")


def _text(language: str) -> str:
    return "\n".join((HANDBOOK / language / f"{name}.md").read_text(encoding="utf-8") for name in _chapters())


def _commands(text: str) -> str:
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def _run(script: str, folder: Path) -> tuple[int, str]:
    with (folder / "said").open("w+", encoding="utf-8") as said:
        shell = subprocess.Popen(
            ["/bin/sh", "-eu", "-c", script],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = shell.wait(HANG_S)
        finally:
            try:
                os.killpg(shell.pid, signal.SIGKILL)  # a walk that stopped early leaves its relay behind
            except ProcessLookupError:
                pass
        said.seek(0)
        return code, said.read()


@pytest.mark.timeout(300)
def test_the_commands_of_the_handbook_run_as_they_stand(tmp_path: Path) -> None:
    script = _commands(_text("en"))
    assert script.count(PRODUCT) == 1

    code, said = _run(script.replace(PRODUCT, CHEAP), tmp_path)

    assert code == 0, said
    assert re.search(r"^receipt +Bộ Ngoại giao +registered .* person$", said, re.MULTILINE), said


@pytest.mark.timeout(300)
def test_a_step_left_out_is_noticed(tmp_path: Path) -> None:
    lines = _commands(_text("en")).replace(PRODUCT, CHEAP).splitlines()
    without = [line for line in lines if "station setup" not in line or "--same" not in line]
    assert len(without) == len(lines) - 1

    code, said = _run("\n".join(without), tmp_path)

    assert code != 0, said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_chapter_stands_in_the_table(language: str) -> None:
    assert {each.stem for each in (HANDBOOK / language).glob("*.md")} == set(_chapters())


def test_both_languages_give_the_same_commands() -> None:
    assert _commands(_text("vi")) == _commands(_text("en"))


def test_both_languages_cover_the_same_cases() -> None:
    rows = {
        language: [line.count("|") for line in _text(language).splitlines() if line.startswith("|")]
        for language in ("vi", "en")
    }
    words = {
        language: [re.findall(r"`[^`\n]+`", part) for part in re.split(r"^## ", _text(language), flags=re.MULTILINE)]
        for language in ("vi", "en")
    }

    assert rows["vi"] == rows["en"]
    for vietnamese, english in zip(words["vi"], words["en"], strict=True):
        assert _same(vietnamese) == _same(english)


def _same(words: list[str]) -> set[str]:
    return {word for word in words if not word.startswith("`search ")}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_square_on_the_card_is_the_one_that_the_program_walks(language: str) -> None:
    card = (HANDBOOK / language / "card.md").read_text(encoding="utf-8")
    rows = {int(row): figures.split() for row, figures in re.findall(r"^ (\d) \| +([\d ]+)$", card, re.MULTILINE)}

    assert rows == {row: [str(damm([column], row)) for column in range(10)] for row in range(10)}


@pytest.mark.parametrize("word", ["hủy", "trạm", "bạn", "Lỗi", "thất bại"])
def test_the_handbook_keeps_to_the_glossary(word: str) -> None:
    # "tiêu hủy" destroys; "hủy" alone cancels a text, which the handbook does not speak of.
    spoken = re.sub("(?i)tiêu hủy", "", _text("vi"))

    assert not re.search(rf"(?i)\b{word}\b", spoken)
