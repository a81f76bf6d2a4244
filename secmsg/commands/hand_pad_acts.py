"""`secmsg hand pad …`: an item goes from hand to hand, its pages are counted out, what is lost is stopped."""

from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneWord
from secmsg.commands.hand_pads import (
    direction_option,
    item_argument,
    note_option,
    peer_option,
    second_option,
    show_items,
    training_option,
)
from secmsg.commands.printing import print_json
from secmsg.commands.renewing import new_file
from secmsg.ids import StationId
from secmsg.office.materials import Act, Direction
from secmsg.station.custody import Cover
from secmsg.station.pad_files import MAX_FILE
from secmsg.station.pad_views import Cause, StoppedView

MAX_CODE_FILE = 4_096


def _one_act(name: str, act: Act, help_: str) -> click.Command:
    @click.command(name=name, help=help_)
    @home_option
    @way_options
    @json_option
    @second_option
    @note_option
    @click.option("--holder", default="", help="Who has it from now on, or where it lies.")
    @item_argument
    def command(*, home: Path, way: Way, as_json: bool, second: str, note: str, holder: str, item: int) -> None:
        with opened_station(home, way) as opened:
            done = opened.pads.act(item, act, second=second, holder=holder, note=note)
        show_items((done,), as_json=as_json)

    return command


seal = _one_act("seal", Act.SEALED, "Note that ITEM was sealed by two persons; --note for the seal's number.")
issue = _one_act("issue", Act.ISSUED, "Note that ITEM left this office; --holder for who has it.")
open_ = _one_act("open", Act.OPENED, "Open ITEM's seal and put it into use, by two persons.")
count = _one_act("count", Act.COUNTED, "Note that two persons have seen ITEM whole: its seal, or every page.")
move = _one_act("move", Act.MOVED, "Note that ITEM lies elsewhere or another has it, within this office; --holder.")
supersede = _one_act("supersede", Act.SUPERSEDED, "Note that ITEM is superseded: what is held of it is erased.")
report = _one_act("report", Act.REPORTED, "Note that the destruction of ITEM was reported.")


@click.command()
@home_option
@way_options
@json_option
@second_option
@peer_option
@direction_option
@training_option
@click.option("--title", required=True, help="The short title on the cover.")
@click.option("--edition", type=click.IntRange(1, 9_999), required=True)
@click.option("--first", required=True, help="The number of the first page, five figures.")
@click.option("--pages", type=int, required=True, help="How many pages were counted.")
@click.option("--holder", default="", help="Where it lies.")
def receive(
    *, home: Path, way: Way, as_json: bool, second: str, peer: int, direction: Direction, training: bool, title: str,
    edition: int, first: str, pages: int, holder: str,
) -> None:  # fmt: skip
    """Take in a book that came on paper: seal whole, pages counted, by two persons. It is the reserve until opened."""
    cover = Cover(StationId(peer), direction, title, edition, first, pages, training)
    with opened_station(home, way) as opened:
        received = opened.pads.receive_paper(cover, second, holder)
    show_items((received,), as_json=as_json)


@click.command("take-over")
@home_option
@way_options
@json_option
@training_option
@click.option("--page", required=True, help="The five figures of the page on top, read from the paper.")
@item_argument
def take_over(*, home: Path, way: Way, as_json: bool, training: bool, page: str, item: int) -> None:
    """Say which page lies on top of the paper; those before it count as torn off from then on."""
    with opened_station(home, way) as opened:
        passed = opened.pads.confirm(item, page, training=training)
    if as_json:
        print_json({"top": page, "torn_off": passed})
        return
    click.echo(f"page {page} is next")
    if passed:
        click.echo(
            f"torn off {' '.join(passed)}: enter what went on paper with them (`hand enter --typed`), then destroy them"
        )


@click.command()
@home_option
@way_options
@json_option
@second_option
@note_option
@click.option("--page", "pages", multiple=True, help="Pages alone, five figures each; without it the whole item.")
@item_argument
def destroy(*, home: Path, way: Way, as_json: bool, second: str, note: str, pages: tuple[str, ...], item: int) -> None:
    """Note that pages, or the whole ITEM, were destroyed by two persons; what is held of them is erased."""
    with opened_station(home, way) as opened:
        if pages:
            opened.pads.destroy_pages(item, pages, second, note)
        else:
            opened.pads.act(item, Act.DESTROYED, second=second, note=note)
        done = opened.pads.item(item)
    show_items((done,), as_json=as_json)


@click.command()
@home_option
@way_options
@json_option
@second_option
@note_option
@click.option("--page", "pages", multiple=True, help="Pages alone, five figures each; without it the whole item.")
@item_argument
def void(*, home: Path, way: Way, as_json: bool, second: str, note: str, pages: tuple[str, ...], item: int) -> None:
    """Void pages, with a reason, or a whole ITEM that was never used, by two persons. Nothing makes it good again."""
    with opened_station(home, way) as opened:
        if pages:
            opened.pads.void_pages(item, pages, note)
        else:
            opened.pads.act(item, Act.VOID, second=second, note=note)
        done = opened.pads.item(item)
    show_items((done,), as_json=as_json)


@click.command()
@home_option
@way_options
@json_option
@note_option
@click.option("--cause", type=OneWord(Cause), help="What was seen; without it the draft of a stopped item again.")
@click.option("--page", "pages", multiple=True, help="Pages that are missing or illegible, five figures each.")
@item_argument
def compromise(
    *, home: Path, way: Way, as_json: bool, note: str, cause: Cause | None, pages: tuple[str, ...], item: int
) -> None:
    """Stop ITEM at once: name the messages under it and the reserve, and draft the report."""
    with opened_station(home, way) as opened:
        found = opened.pads.stopped(item) if cause is None else opened.pads.stop(item, cause, note, pages)
    if as_json:
        print_json(found)
    else:
        _show_stopped(found)


def _show_stopped(found: StoppedView) -> None:
    click.echo(found.report)
    click.echo(
        f"item {found.item.number} is stopped; the way back is headquarters' word: `secmsg hand pad clear`", err=True
    )
    if found.reserve is not None:
        click.echo(f"reserve: item {found.reserve.number}, `secmsg hand pad open {found.reserve.number}`", err=True)


@click.command()
@home_option
@way_options
@json_option
@second_option
@click.option("--headquarters", required=True, help="What headquarters said: who, when, by which way.")
@item_argument
def clear(*, home: Path, way: Way, as_json: bool, second: str, headquarters: str, item: int) -> None:
    """Let a stopped ITEM stand as before, by two persons with the word of headquarters."""
    with opened_station(home, way) as opened:
        cleared = opened.pads.clear(item, second, headquarters)
    show_items((cleared,), as_json=as_json)


@click.command()
@home_option
@way_options
@second_option
@click.option("--out", type=new_file, required=True, help="The pad file to make.")
@item_argument
def export(*, home: Path, way: Way, second: str, out: Path, item: int) -> None:
    """Seal the other end's copy of ITEM (ours, drawn here, not begun) as a file; its code goes by another way."""
    with files.making(out) as write, opened_station(home, way) as opened:
        sealed = opened.pads.export(item, second)
        write(sealed.data)
    click.echo(f"file     {out}: whoever has it and the code has the traffic; destroy it when it was taken in")
    click.echo(f"code     {sealed.code}")
    click.echo("The code is shown once: write it down and carry it by another way than the file", err=True)


@click.command("import")
@home_option
@way_options
@json_option
@second_option
@click.option(
    "--code-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Read the groups of the code from this file instead of asking for them.",
)
@click.argument("file", type=click.Path(path_type=Path))
def import_(*, home: Path, way: Way, as_json: bool, second: str, code_file: Path | None, file: Path) -> None:
    """Take in a pad FILE with the groups of its code, by two persons, once. It is the reserve until opened."""
    sealed = files.read(file, MAX_FILE)
    if code_file is None:
        code = str(click.prompt("Code", hide_input=True, err=True))
    else:
        code = files.read_text(code_file, MAX_CODE_FILE)
    with opened_station(home, way) as opened:
        taken = opened.pads.import_(sealed, code, second)
    show_items((taken,), as_json=as_json)
    click.echo(f"destroy {file} and its code", err=True)
