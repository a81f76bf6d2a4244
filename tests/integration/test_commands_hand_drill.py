"""`secmsg hand drill`: worked on the terminal by somebody who reads what it says and types."""

import io
import sys
from pathlib import Path

import pytest

from secmsg.commands.drill_words import ASKS, ITEMS
from secmsg.manual.drill import Ask, Card, Choice, Question, Thing
from tests.helpers.ministry import PASSPHRASE
from tests.helpers.program import Program, Told
from tests.helpers.trainee import Trainee
from tests.helpers.world import World

FIGURES = frozenset("0123456789")


class Terminal(io.StringIO):
    """What the officer reads on the screen; `keys` is what is typed for it."""

    def question(self) -> Question:
        """Read the last question with what was put on the table for it."""
        lines = self.getvalue().splitlines()
        asked = max(at for at, line in enumerate(lines) if line.startswith("["))
        first = max((at for at, line in enumerate(lines[:asked]) if line.startswith("[")), default=0)
        ask = next(ask for ask, words in ASKS.items() if lines[asked].split("] ", 1)[1] == " / ".join(words))
        row = next((int(line.split()[3].rstrip(":")) for line in lines[asked:] if "hàng / row" in line), 1)
        return Question(ask, lambda _: (), row=row - 1, things=tuple(_things(lines[first:asked])))


def _things(lines: list[str]) -> list[Thing]:
    labels = {f"  {vi} / {en}:": item for item, (vi, en) in ITEMS.items()}
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line in labels:
            found.append((line, []))
        elif found and line.startswith("      ") and "đúng" not in line:
            text = line.strip()
            found[-1][1].extend(text.split() if FIGURES.issuperset(text.replace(" ", "")) else [text])
    return [Thing(labels[label], tuple(values)) for label, values in found]


class Typist(io.StringIO):
    """A keyboard: each line is the answer to what stands on the screen; after `lines` of them the officer gives up."""

    def __init__(self, screen: Terminal, lines: int = 1_000) -> None:
        super().__init__()
        self._screen, self._trainee, self._left, self._refused = screen, Trainee(), lines, False

    def readline(self, _: int | None = -1, /) -> str:  # type: ignore[override]
        if not self._left:
            return ""
        self._left -= 1
        asked = self._screen.question()
        said = self._trainee.says(asked)
        if asked.ask is Ask.AFTER and self._refused:
            said = Choice.REPORT
        self._refused = self._refused or said == Choice.DIFFERS
        return said + "\n"


class Post:
    def __init__(self, program: Program, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self._program, self._monkeypatch = program, monkeypatch
        self._home = world.root / "station-1"
        self._secret = world.root / "pass"
        self._secret.touch(0o600)
        self._secret.write_text(PASSPHRASE, encoding="utf-8")

    def __call__(self, verb: str, *words: str | Path, lines: int = 1_000) -> Told:
        screen = Terminal()
        self._monkeypatch.setattr(sys, "stderr", screen)
        self._monkeypatch.setattr(sys, "stdin", Typist(screen, lines))
        told = self._program("hand", "drill", verb, "--home", self._home, "--passphrase-file", self._secret, *words)
        return Told(told.code, told.out, screen.getvalue())


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ministry_world: World) -> Post:
    return Post(Program(monkeypatch, capsys), ministry_world, monkeypatch)


def test_card_6_is_worked_from_start_to_score(post: Post) -> None:
    told = post("run", "6", "--officer", "Trần Văn An")

    assert told.code == 0, told.err
    assert "HUẤN LUYỆN / EXERCISE" in told.err
    assert "ĐẠT / passed: 0 of" in told.out
    assert "Tiêu hủy giấy nháp" in told.out


def test_results_are_kept_by_officer_and_show_a_trend(post: Post) -> None:
    for _ in range(4):
        assert post("run", "7", "--officer", "Trần Văn An", "--json").json["passed"]
    given_up = post("run", "7", "--officer", "Lê Hoa", "--json", lines=1).json
    last = post("run", "7", "--officer", "Trần  Văn An").out

    assert (given_up["whole"], given_up["passed"], given_up["trend"]) == (False, False, None)
    assert "before that" in last
    assert len(post("scores", "--officer", "Trần Văn An", "--json").json) == 5
    assert "given up" in post("scores").out
    assert "passed" in post("scores").out


def test_a_wrong_answer_is_told_and_one_without_form_is_asked_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Trainee, "says", lambda _, asked: "perhaps" if asked.ask is Ask.USE else "destroy")

    told = post("run", "7", "--officer", "An", lines=2)

    assert told.err.count("chưa tính / not counted") == 2
    monkeypatch.setattr(Trainee, "says", lambda *_: "take")
    told = post("run", "7", "--officer", "An", lines=4)
    assert told.err.count("E9 sai quy trình / procedure") == 3
    assert "  E9 sai quy trình / procedure: 3" in told.out
    assert "bỏ dở / given up" in told.out


def test_a_name_of_none_is_refused_before_the_work(post: Post) -> None:
    refused = post("run", "7", "--officer", "  ")

    assert refused.code == 20
    assert "HUẤN LUYỆN" not in refused.err


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_cards_need_no_store(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: tuple[str, ...]
) -> None:
    told = Program(monkeypatch, capsys)("hand", "drill", "cards", *form)

    assert all(card.value in told.out for card in Card)
