"""`secmsg hand drill`: exercises of the hand cipher on the terminal, with slips to find, a score, and a trend."""

import sys
import time
from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.drill_words import ASKS, CARDS, CHOICES, CLASSES, ITEMS
from secmsg.commands.printing import moment, print_json, print_table
from secmsg.errors import FormatError
from secmsg.manual.drill import Answer, Card, Drill, Question, Score, Thing, answer
from secmsg.station.drills import Trend

ROW = 10
officer_option = click.option("--officer", required=True, help="Whose result it is.")


@click.group()
def drill() -> None:
    """Exercises of the hand cipher with training material that no live register takes (HUẤN LUYỆN)."""


@drill.command()
@json_option
def cards(*, as_json: bool) -> None:
    """Name the cards."""
    if as_json:
        print_json([{"card": card.value, "vi": vi, "en": en} for card, (vi, en) in CARDS.items()])
    else:
        print_table(("card", "", ""), [(card.value, vi, en) for card, (vi, en) in CARDS.items()], "")


@drill.command()
@home_option
@way_options
@json_option
@officer_option
@click.argument("card", metavar="CARD", type=click.Choice([each.value for each in Card]))
def run(*, home: Path, way: Way, as_json: bool, officer: str, card: str) -> None:
    """Work through a card of `secmsg hand drill cards`: one answer a line; Ctrl+D gives it up."""
    with opened_station(home, way) as opened:
        # A name that can't be kept is refused before half an hour of work.
        opened.drills.check_name(officer)
        now = opened.drills.begin(Card(card))
        _say(f"HUẤN LUYỆN / EXERCISE · {' / '.join(CARDS[now.card])} · trang / page {now.number}")
        while now.question is not None:
            asked = now.question
            _ask(now, asked)
            following = _answered(now)
            if following is None:
                break
            now = following
            _judge(now.answers[-1])
        score = opened.drills.end(now, officer)
        trend = opened.drills.trend(officer, now.card)
    if as_json:
        print_json({**_score(score), "trend": _trend(trend)})
    else:
        _print_score(score, now, trend)


@drill.command()
@home_option
@way_options
@json_option
@click.option("--officer", default="", help="Of one officer only.")
def scores(*, home: Path, way: Way, as_json: bool, officer: str) -> None:
    """List the results, the oldest first."""
    with opened_station(home, way) as opened:
        runs = opened.drills.runs(officer)
    if as_json:
        print_json(
            [
                {
                    "officer": each.officer, "card": each.card, "ended_at": each.ended_at, "seconds": each.seconds,
                    "asked": each.asked, "wrong": each.wrong, "classes": dict(each.classes), "whole": each.whole,
                    "passed": each.passed,
                }
                for each in runs
            ]
        )  # fmt: skip
        return
    print_table(
        ("ended", "officer", "card", "time", "wrong", "result"),
        [
            (
                moment(each.ended_at),
                each.officer,
                each.card,
                _clock(each.seconds),
                f"{each.wrong} of {each.asked}",
                _result(whole=each.whole, passed=each.passed),
            )
            for each in runs
        ],
        "no exercise has ended here",
    )


def _result(*, whole: bool, passed: bool) -> str:
    return "passed" if passed else "not passed" if whole else "given up"


def _ask(now: Drill, asked: Question) -> None:
    place = f"{len(now.answers) + 1}/{len(now.questions)}"
    for thing in asked.things:
        _show(thing)
    vi, en = ASKS[asked.ask]
    _say(f"[{place}] {vi} / {en}")
    if asked.ask.value in ("groups", "plain"):
        _say(f"      hàng / row {asked.row + 1}: {asked.count}")
    for choice in asked.choices:
        vi, en = CHOICES[choice]
        _say(f"      {choice.value:16} {vi} / {en}")


def _show(thing: Thing) -> None:
    vi, en = ITEMS[thing.item]
    _say(f"  {vi} / {en}:")
    for first in range(0, len(thing.values), ROW):
        _say("      " + "  ".join(thing.values[first : first + ROW]))


def _answered(now: Drill) -> Drill | None:
    """Take lines until one has the form of an answer; None at the end of the input."""
    began = time.monotonic()
    while line := sys.stdin.readline():
        try:
            return answer(now, line, round(time.monotonic() - began))
        except FormatError as error:
            _say(f"      chưa tính / not counted: {error}")
    return None


def _judge(given: Answer) -> None:
    if not given.slips:
        _say("      đúng / right")
    for slip in given.slips:
        vi, en = CLASSES[slip.kind]
        was = f" → {slip.right}" if slip.right else ""
        _say(f"      {slip.place + 1}: {slip.kind} {vi} / {en}{was}")


def _print_score(score: Score, now: Drill, trend: Trend | None) -> None:
    said = "ĐẠT / passed" if score.passed else "CHƯA ĐẠT / not passed" if score.whole else "bỏ dở / given up"
    limit = _clock(now.marks.seconds)
    click.echo(f"{said}: {score.wrong} of {score.asked} wrong, {_clock(score.seconds)} of {limit}")
    for kind, count in sorted(score.classes.items()):
        vi, en = CLASSES[kind]
        click.echo(f"  {kind} {vi} / {en}: {count}")
    if trend and trend.before is not None:
        click.echo(f"  seconds for one answer: {trend.now:.1f}, before that {trend.before:.1f}")
    click.echo("Tiêu hủy giấy nháp. / Destroy the working papers.")


def _score(score: Score) -> dict[str, object]:
    return {
        "card": score.card.value,
        "seconds": score.seconds,
        "asked": score.asked,
        "wrong": score.wrong,
        "classes": {kind.value: count for kind, count in score.classes.items()},
        "whole": score.whole,
        "passed": score.passed,
    }


def _trend(trend: Trend | None) -> dict[str, object] | None:
    if trend is None:
        return None
    return {"runs": trend.runs, "passed": trend.passed, "before": trend.before, "now": trend.now, "slips": trend.slips}


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _say(line: str) -> None:
    # Beside the result, which alone goes to standard output.
    click.echo(line, err=True)
