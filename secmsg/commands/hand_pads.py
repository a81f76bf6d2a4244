"""`secmsg hand pad`: what key material lies here, new books and lists, and the ledger."""

from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.printing import moment, print_json, print_table, word
from secmsg.commands.root import LazyGroup
from secmsg.ids import StationId
from secmsg.office.materials import PAGED, Direction, Kind
from secmsg.station.pad_views import ItemView

MAX_DICE = 2**21
MAX_PAGES_GIVEN = 990
item_argument = click.argument("item", type=click.IntRange(1))
second_option = click.option("--second", default="", help="The name of the second person.")
note_option = click.option("--note", default="", help="A reason, a method, a seal's number.")
training_option = click.option("--training", is_flag=True, help="Training material (HUẤN LUYỆN) instead of live.")
direction_option = click.option(
    "--direction", type=OneOf(*Direction), required=True, help="As seen from here: out (ĐI) or in (ĐẾN)."
)
peer_option = click.option("--peer", type=click.IntRange(1, 0xFFFF), required=True, help="The other station.")


class PadGroup(LazyGroup):
    """The commands of key material, in three modules."""

    places = {  # noqa: RUF012 - one constant table, as in the root
        "challenge": "secmsg.commands.hand_challenges:challenge",
        "clear": "secmsg.commands.hand_pad_acts:clear",
        "compromise": "secmsg.commands.hand_pad_acts:compromise",
        "count": "secmsg.commands.hand_pad_acts:count",
        "destroy": "secmsg.commands.hand_pad_acts:destroy",
        "draw": "secmsg.commands.hand_pads:draw",
        "enter": "secmsg.commands.hand_pads:enter",
        "export": "secmsg.commands.hand_pad_acts:export",
        "import": "secmsg.commands.hand_pad_acts:import_",
        "issue": "secmsg.commands.hand_pad_acts:issue",
        "ledger": "secmsg.commands.hand_pads:ledger",
        "list": "secmsg.commands.hand_pads:list_",
        "move": "secmsg.commands.hand_pad_acts:move",
        "open": "secmsg.commands.hand_pad_acts:open_",
        "plan": "secmsg.commands.hand_pads:plan",
        "receive": "secmsg.commands.hand_pad_acts:receive",
        "report": "secmsg.commands.hand_pad_acts:report",
        "seal": "secmsg.commands.hand_pad_acts:seal",
        "show": "secmsg.commands.hand_pads:show",
        "supersede": "secmsg.commands.hand_pad_acts:supersede",
        "take-over": "secmsg.commands.hand_pad_acts:take_over",
        "void": "secmsg.commands.hand_pad_acts:void",
    }


@click.group("pad", cls=PadGroup)
def pad() -> None:
    """Pad books, challenge lists and other key material, each under a register number; figures are never shown."""


@click.command()
@home_option
@way_options
@json_option
@peer_option
@direction_option
@training_option
@click.option("--pages", type=int, required=True, help="30 to 990; `secmsg hand pad plan` gives advice.")
@click.option("--title", default="", help="The short title, at most 40 characters.")
@click.option("--sheets", type=click.IntRange(1, 2), default=2, show_default=True, help="Authentication sheets.")
@click.option(
    "--dice", "dice", type=click.Path(path_type=Path), help="A file of what dice showed (`-`: standard input), added."
)
@click.option("--sides", type=click.Choice(["6", "10"]), default="10", show_default=True, help="Sides of the dice.")
def draw(
    *, home: Path, way: Way, as_json: bool, peer: int, direction: Direction, training: bool, pages: int, title: str,
    sheets: int, dice: Path | None, sides: str,
) -> None:  # fmt: skip
    """Draw a pad book shared with a station: two copies, of which ours is the first item named."""
    thrown = "" if dice is None else files.read_text(dice, MAX_DICE)
    with opened_station(home, way) as opened:
        drawn = opened.pads.draw(
            StationId(peer), direction, pages, title=title, sheets=sheets, dice=thrown, sides=int(sides),
            training=training,
        )  # fmt: skip
    show_items(drawn, as_json=as_json)


@click.command("list")
@home_option
@way_options
@json_option
@training_option
@click.option("--emergency", is_flag=True, help="What is here, in the order of its emergency destruction.")
def list_(*, home: Path, way: Way, as_json: bool, training: bool, emergency: bool) -> None:
    """List the items of the ledger and say where the pages last less than 30 days."""
    with opened_station(home, way) as opened:
        found = opened.pads.destruction_order() if emergency else opened.pads.items(training=training)
        low = () if training else opened.pads.low()
    show_items(found, as_json=as_json)
    for each in () if as_json else low:
        click.echo(f"low: pages with {each.peer_name}, {word(each.direction)}: ask for the next book", err=True)


def show_items(items: tuple[ItemView, ...], *, as_json: bool) -> None:
    """Print items as a table or as JSON."""
    if as_json:
        print_json(items)
        return
    rows = (
        (
            f"{each.number}", word(each.kind), each.name, word(each.direction) if each.peer else "", each.peer_name,
            word(each.state), f"{each.first}-{each.last}" if each.first else "",
            f"{each.ready}/{each.used}/{each.destroyed}" if each.ours else "", each.holder,
        )
        for each in items
    )  # fmt: skip
    heads = ("item", "kind", "name", "way", "with", "state", "pages", "ready/used/destroyed", "held by")
    print_table(heads, rows, "no key material is known here")


@click.command()
@home_option
@way_options
@json_option
@item_argument
def show(*, home: Path, way: Way, as_json: bool, item: int) -> None:
    """Show one item and each of its pages or lines: what was used, when, for which cable."""
    with opened_station(home, way) as opened:
        found = opened.pads.item(item)
        pages, lines = opened.pads.pages(item), opened.pads.lines(item)
    if as_json:
        print_json({"item": found, "pages": pages, "lines": lines})
        return
    show_items((found,), as_json=False)
    if found.kind is Kind.CHALLENGES:
        struck = ((f"{each.line}", moment(each.struck_at), "awaited" if each.awaited else "") for each in lines)
        print_table(("line", "used", "reply"), struck, "no lines")
        return
    used = ((each.number, word(each.state), moment(each.at), f"{each.serial or ''}", each.cable) for each in pages)
    print_table(("page", "state", "since", "serial", "cable"), used, "no pages")


@click.command()
@home_option
@way_options
@json_option
@training_option
def ledger(*, home: Path, way: Way, as_json: bool, training: bool) -> None:
    """Print the ledger of key material after checking its chain."""
    with opened_station(home, way) as opened:
        found = opened.pads.ledger(training=training)
    if as_json:
        print_json(found)
        return
    rows = (
        (
            f"{each.line}", moment(each.at), word(each.act), f"{each.item}", each.name, each.pages,
            f"{each.serial or ''}",
            each.cable, each.person, each.second, each.holder, " ".join(each.note.split()),
        )
        for each in found
    )  # fmt: skip
    heads = ("line", "time", "act", "item", "name", "pages", "serial", "cable", "by", "second", "held by", "note")
    print_table(heads, rows, "the ledger is empty")


@click.command()
@home_option
@way_options
@json_option
@click.option("--kind", type=OneOf(*(each for each in Kind if each not in PAGED)), required=True, help="What it is.")
@click.option("--title", required=True, help="The short title, at most 40 characters.")
@click.option("--edition", type=click.IntRange(1, 9_999), default=1, show_default=True)
@click.option("--copy", type=click.IntRange(1, 99), default=1, show_default=True)
@click.option("--copies", type=click.IntRange(1, 99), default=1, show_default=True)
@click.option("--holder", required=True, help="Who has it, or where it lies.")
def enter(
    *, home: Path, way: Way, as_json: bool, kind: Kind, title: str, edition: int, copy: int, copies: int, holder: str
) -> None:
    """Take another item into the ledger: a codebook, a token, a stick, a machine, a kit, a backup, a sheet."""
    with opened_station(home, way) as opened:
        entered = opened.pads.enter_item(kind, title, edition, copy, copies, holder)
    show_items((entered,), as_json=as_json)


@click.command()
@json_option
@click.option("--words", type=click.IntRange(1, 100_000), required=True, help="Words (tiếng) in one message.")
@click.option("--messages", type=click.IntRange(1, 1_000), required=True, help="Messages a day, one direction.")
@click.option("--days", type=click.IntRange(1, 3_660), required=True, help="Days until the next issue.")
def plan(*, as_json: bool, words: int, messages: int, days: int) -> None:
    """Say how many pages one direction needs, half of them again as reserve."""
    from secmsg.office import pad_plan

    pages = pad_plan.pages_needed(words, messages, days)
    books = pad_plan.books_needed(pages)
    if as_json:
        print_json({"pages": pages, "books": books})
        return
    click.echo(f"{pages} pages for one direction, in {books} {'book' if books == 1 else 'books'}")
