"""Every command, option, key and picture that the handbook names exists, and the PDFs are of these chapters."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from secmsg.commands.root import secmsg as root

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = ROOT / "docs" / "handbook"
CHAPTERS = sorted(HANDBOOK.glob("*/*.md"))
CALL = re.compile(r"(?:\$S|(?<![\w/.-])secmsg)(?= +[a-z])")
"""Where a command begins in a fence."""
FENCE = re.compile(r"^```(?:sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+(?:F\d+|Enter|Del|[A-Z0-9]\b|[+,.=/-])|\bF\d+\b")
MOST_MIB = 4


def _fenced(text: str) -> Iterator[list[str]]:
    """Give the words behind `secmsg` of every command in fences."""
    for fence in FENCE.findall(text):
        for line in re.sub(r" *\\?\n {2,}", " ", fence).splitlines():
            starts = [each.end() for each in CALL.finditer(line)]
            for at, start in enumerate(starts):
                upto = starts[at + 1] if at + 1 < len(starts) else len(line)
                yield _words(line[start:upto])


def _quoted(text: str) -> Iterator[list[str]]:
    """Give the words of every command in backticks; a table's head says what stands before those in its rows."""
    before: list[str] = []
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for line in prose.splitlines():
        spans = re.findall(r"`([^`]+)`", line)
        heads = [_words(each)[1:] for each in spans if re.fullmatch(r"secmsg(?: [a-z]+)+ …", each)]
        if not line.startswith("|"):
            before = []
        if heads:
            before = [word for word in heads[0] if word != "…"]
            continue
        for each in spans:
            words = _words(each)
            if not words:
                continue
            if words[0] == "secmsg":
                yield words[1:]
            elif before and _inside(before, words[0]):
                yield [*before, *words]
            elif words[0] in root.list_commands(click.Context(root)):
                yield words
            elif before and words[0].startswith("--"):
                yield [*before, *words]


def _words(call: str) -> list[str]:
    return re.findall(r'"[^"]*"|\S+', re.split(r" [|>;]| 2>| &", call)[0])


def _inside(before: list[str], word: str) -> bool:
    found, _ = _walk(before)
    return isinstance(found, click.Group) and found.get_command(click.Context(found), word) is not None


def _walk(words: list[str]) -> tuple[click.Command, list[str]]:
    """Follow the words down the tree; gives the command and what stands behind its name."""
    command: click.Command = root
    for at, word in enumerate(words):
        if not isinstance(command, click.Group):
            return command, words[at:]
        below = command.get_command(click.Context(command), word)
        if below is None:
            return command, words[at:]
        command = below
    return command, []


def _wrong(words: list[str]) -> str:
    """Say what a call names that does not exist; nothing when all of it does."""
    command, rest = _walk(words)
    if isinstance(command, click.Group) and rest and re.match(r"[a-z]", rest[0]):
        return rest[0]
    leaves = list(_leaves(command))
    known = {
        "--help",
        *(name for leaf in leaves for each in leaf.params for name in (*each.opts, *each.secondary_opts)),
    }
    return " ".join(word for word in rest if word.startswith("--") and word.split("=")[0] not in known)


def _leaves(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from _leaves(below)


def _calls(text: str) -> list[list[str]]:
    return [*_fenced(text), *_quoted(text)]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_command_of_a_chapter_exists_with_its_options(chapter: Path) -> None:
    wrong = [
        f"{' '.join(call)}: {said}" for call in _calls(chapter.read_text(encoding="utf-8")) if (said := _wrong(call))
    ]

    assert wrong == []


def test_commands_are_found_in_the_handbook_and_wrong_ones_are_told() -> None:
    assert sum(len(_calls(path.read_text(encoding="utf-8"))) for path in CHAPTERS) > 300

    fence = "```text\nsecmsg kit list   secmsg kit lose 3\n$S send --to 1 \\\n  --dgree mật\n```\n"
    text = fence + "`pouch wrote`, `backup make --too X`\n"
    assert [_wrong(call) for call in _calls(text)] == ["", "lose", "--dgree", "wrote", "--too"]


def test_options_that_stand_alone_exist() -> None:
    known = {name for leaf in _leaves(root) for each in leaf.params for name in (*each.opts, *each.secondary_opts)}
    named = {
        option
        for path in CHAPTERS
        for span in re.findall(
            r"`([^`\n]+)`", re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        )
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", span)
    }

    assert named - known - {"--help", "--now"} == set()  # --now is of systemctl


def test_every_key_exists_in_a_window() -> None:
    windows = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ui").rglob("*.py"))
    bound = set(re.findall(r'"((?:(?:Ctrl|Alt|Shift)\+)+[^"\s]+|F\d+)"', windows))
    named = {key for path in CHAPTERS for key in KEY.findall(path.read_text(encoding="utf-8"))}

    assert len(named) > 20
    assert named - bound == set()


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_pictures_are_there_and_speak_the_chapter_s_language(chapter: Path) -> None:
    other = {"vi": "en", "en": "vi"}[chapter.parent.name]
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", chapter.read_text(encoding="utf-8"))

    assert [each for each in named if not (chapter.parent / each).is_file()] == []
    for each in named:
        assert (
            f"-{other}-" not in each
            or not (chapter.parent / each.replace(f"-{other}-", f"-{chapter.parent.name}-")).is_file()
        )


def test_the_pdfs_are_of_these_chapters() -> None:
    script = ROOT / "packaging" / "handbook.py"
    checked = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout
    assert all(path.stat().st_size < MOST_MIB * 2**20 for path in HANDBOOK.glob("*.pdf"))
