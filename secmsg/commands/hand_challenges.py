"""`secmsg hand pad challenge`: who speaks? Four figures asked, four figures answered, each line once."""

from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.hand_pads import direction_option, item_argument, peer_option, show_items, training_option
from secmsg.commands.printing import print_json
from secmsg.errors import NotAllowed
from secmsg.ids import StationId
from secmsg.office.materials import Direction

_line = click.option("--line", type=click.IntRange(1, 500), required=True, help="The line's number on the paper.")


@click.group()
def challenge() -> None:
    """Challenge lists: prove a voice, never a text; a line is struck out before its figures are given."""


@challenge.command()
@home_option
@way_options
@json_option
@peer_option
@direction_option
@training_option
@click.option("--lines", type=int, default=100, show_default=True, help="10 to 500.")
@click.option("--title", default="", help="The short title, at most 40 characters.")
def draw(
    *, home: Path, way: Way, as_json: bool, peer: int, direction: Direction, training: bool, lines: int, title: str
) -> None:
    """Draw a list shared with a station: with `out` we ask and they answer. Ours is the first item named."""
    with opened_station(home, way) as opened:
        drawn = opened.pads.draw_list(StationId(peer), direction, lines, title=title, training=training)
    show_items(drawn, as_json=as_json)


@challenge.command()
@home_option
@way_options
@json_option
@_line
@item_argument
def ask(*, home: Path, way: Way, as_json: bool, line: int, item: int) -> None:
    """Strike out the line that is next on the paper of list ITEM and give its challenge."""
    with opened_station(home, way) as opened:
        asked = opened.pads.ask(item, line)
    if as_json:
        print_json({"line": asked.line, "challenge": asked.challenge})
    else:
        click.echo(asked.challenge)


@challenge.command()
@home_option
@way_options
@_line
@item_argument
def check(*, home: Path, way: Way, line: int, item: int) -> None:
    """Ask for the reply to a line that was asked, and say whether it is right; once."""
    reply = str(click.prompt("Reply", err=True))
    with opened_station(home, way) as opened:
        right = opened.pads.check_reply(item, line, reply)
    if not right:
        raise NotAllowed("the reply is wrong: break off, call back by another way")
    click.echo("right: the other end has the list")


@challenge.command()
@home_option
@way_options
@item_argument
def answer(*, home: Path, way: Way, item: int) -> None:
    """Ask for the challenge that was put to us, strike its line out in list ITEM and give the reply; once."""
    said = str(click.prompt("Challenge", err=True))
    with opened_station(home, way) as opened:
        click.echo(opened.pads.answer(item, said))


@challenge.command()
@home_option
@way_options
@_line
@item_argument
def strike(*, home: Path, way: Way, line: int, item: int) -> None:
    """Note that a line of list ITEM was used on paper."""
    with opened_station(home, way) as opened:
        opened.pads.strike(item, line)
    click.echo(f"line {line} is struck out")
