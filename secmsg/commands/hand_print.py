"""`secmsg hand print`: the papers of the hand cipher, as PDF files for the officer alone."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, opened_station, way_options
from secmsg.commands.choices import Moment, OneOf
from secmsg.commands.lots import LotOf, Person
from secmsg.commands.printing import print_json
from secmsg.commands.renewing import new_file
from secmsg.manual import codebook_file
from secmsg.manual.worksheet import Direction
from secmsg.office.printing import TRACES, Printing, Trace
from secmsg.station import codebooks, hand_papers, syllabaries
from secmsg.station.material_papers import NOBODY, Destruction, Lot

R = TypeVar("R")
_JSON = "secmsg.commands.hand_print.json"


def _note_json(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - the shape of click's callback
    ctx.meta[_JSON] = value


def _out(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command the file that it makes, and `--json` for what it says of it."""
    json = click.option("--json", is_flag=True, expose_value=False, callback=_note_json, help="Print JSON.")
    out = click.option("--out", type=new_file, required=True, help="The PDF to make; nothing may be there yet.")
    return json(out(command))


_small = click.option("--a5", "small", is_flag=True, help="On leaves A5 instead of A4.")
_printing = click.option(
    "--class",
    "printing",
    type=OneOf(*Printing),
    required=True,
    help="How it will be printed: offline (a machine without network, printer on a cable), stick, ordinary.",
)
_training = click.option("--training", is_flag=True, help="Of training material (HUẤN LUYỆN).")
_item = click.argument("item", type=click.IntRange(1))
_reason = click.option("--reason", default="", help="Why it is printed again: a second printing is a third copy.")
_LEFT = {
    Trace.PRINTER: "the printer's memory, drum, fuser, ribbon or film keep images of the last pages",
    Trace.DOTS: "a colour printer marks each leaf with dots that name the machine and the hour: print in black",
    Trace.LEAVES_BELOW: "what is written on a pile is pressed into the leaves below: write on glass or metal",
    Trace.STICK: "the stick keeps old copies where no program erases them: use an enciphered one, then destroy it",
    Trace.OTHER_MACHINE: "the machine that prints keeps parts of the file in its memory, swap and recent files",
    Trace.QUEUE: "the system's print queue writes the pages to its disk, and erasing may not bring them away",
    Trace.DISK: "the file lies on this machine's disk until it is erased, and in parts longer",
    Trace.NETWORK: "a printer in a network, its server and its log see the pages",
}
_edition = click.option("--edition", type=click.IntRange(1, 9999), help="Of the codebook; the newest without it.")
_Path = click.Path(path_type=Path, allow_dash=True)
_persons = click.option("--persons", type=click.IntRange(1, 2), default=1, show_default=True, help="Who work on it.")


@click.group("print")
def print_() -> None:
    """Make the papers of the hand cipher as PDF files, readable by their owner alone."""


@print_.command()
@_out
def tables(*, out: Path) -> None:
    """Print the public sheet: Damm's square, sums without carry, the numbered steps."""
    _write(out, hand_papers.tables)


@print_.command()
@_out
@_printing
@_small
@click.option("--supplement", "part", is_flag=True, help="The mission supplement alone, on one leaf.")
@_edition
@click.option("--book", "file", type=_Path, help="A codebook's file instead of one that comes with the program.")
def book(*, out: Path, printing: Printing, small: bool, part: bool, edition: int | None, file: Path | None) -> None:
    """Print a codebook in the order of its codes."""
    if file is None:
        found = codebooks.load(edition)
    else:
        found = codebook_file.parse(files.read_text(file, codebook_file.MAX_FILE * 4))
    _write(out, lambda: (hand_papers.supplement if part else hand_papers.book)(found, small=small))
    _say_left(printing)


@print_.command()
@_out
@_edition
def card(*, out: Path, edition: int | None) -> None:
    """Print the card of the ten commonest emergencies with their codes, on one leaf."""
    found = codebooks.load(edition)
    _write(out, lambda: hand_papers.card(found))


@print_.command()
@_out
@_printing
def syllabary(*, out: Path, printing: Printing) -> None:
    """Print the syllabary, both sides of one leaf, for the day on which the codebook is gone."""
    found = syllabaries.load()
    _write(out, lambda: hand_papers.syllabary(found))
    _say_left(printing)


@print_.command("worksheet")
@_out
@_training
@click.option("--decipher", is_flag=True, help="For a message that has come.")
@click.option("--groups", type=click.IntRange(1), default=60, show_default=True, help="How many there is room for.")
@_persons
@click.option("--tags", type=click.IntRange(1, 2), default=1, show_default=True, help="2 beyond one page of the pad.")
def blank(*, out: Path, training: bool, decipher: bool, groups: int, persons: int, tags: int) -> None:
    """Print a blank worksheet with its tag sheets, sixty groups to a leaf."""
    way = Direction.DECIPHER if decipher else Direction.ENCIPHER
    _write(out, lambda: hand_papers.blank_worksheet(groups, way, persons=persons, tags=tags, training=training))


@print_.command()
@home_option
@way_options
@_out
@_printing
@_persons
@click.option("--entered", is_flag=True, help="Only what a person has worked himself, nothing of the machine's.")
@click.argument("number", type=click.IntRange(1))
def filled(*, home: Path, way: Way, out: Path, printing: Printing, persons: int, entered: bool, number: int) -> None:
    """Print worksheet NUMBER as it stands, so that a pencil can go on; destroy it with its page."""
    with opened_station(home, way) as opened:
        _write(out, lambda: opened.papers.worksheet(number, persons=persons, entered=entered))
    _say_key_material(printing)


@print_.command()
@home_option
@way_options
@_out
@_training
def ledger(*, home: Path, way: Way, out: Path, training: bool) -> None:
    """Print the ledger of key material, after checking its chain."""
    with opened_station(home, way) as opened:
        _write(out, lambda: opened.papers.ledger(training=training))


@print_.command()
@home_option
@way_options
@_out
@_item
def pages(*, home: Path, way: Way, out: Path, item: int) -> None:
    """Print the list of a pad book's pages (its register number), with places to sign for each."""
    with opened_station(home, way) as opened:
        _write(out, lambda: opened.papers.pages(item))


@print_.command()
@home_option
@way_options
@_out
@_training
@click.option("--item", "lots", type=LotOf(), multiple=True, help="ITEM or ITEM:FIRST-LAST; several times.")
@click.option("--person", "people", type=Person(), multiple=True, help="NAME or NAME=OFFICE; two or three times.")
@click.option("--number", default="", help="The record's own number.")
@click.option("--place", default="", help="Where.")
@click.option("--basis", default="", help="The rule or order that asks for it.")
@click.option("--method", default="", help="How.")
@click.option("--at", type=Moment(), help="When; left to the pencil when it is not given.")
def destruction(
    *, home: Path, way: Way, out: Path, training: bool, lots: tuple[Lot, ...], people: tuple[tuple[str, str], ...],
    number: str, place: str, basis: str, method: str, at: int | None,
) -> None:  # fmt: skip
    """Print a record of destruction for two or three signatures; what is not given is left to the pencil."""
    said = Destruction(lots, people or (NOBODY, NOBODY), number, place, basis, method, at, training)
    with opened_station(home, way) as opened:
        _write(out, lambda: opened.papers.destruction(said))


@print_.command()
@home_option
@way_options
@_out
@click.option("--sheets", type=new_file, required=True, help="The PDF of the authentication sheets, on leaves A4.")
@click.option("--small-sheets", "small", is_flag=True, help="Authentication sheets on A5, one look-up more a group.")
@_printing
@_reason
@click.option("--paper-only", is_flag=True, help="Erase the figures here afterwards: the book stands on paper alone.")
@_item
def pad(
    *, home: Path, way: Way, out: Path, sheets: Path, small: bool, printing: Printing, reason: str, paper_only: bool,
    item: int,
) -> None:  # fmt: skip
    """Print a pad book (its register number): both copies on leaves A5, their authentication sheets apart.

    It stands in the ledger from then on, with the class of printing; printing it again needs a reason.
    """
    with files.making(out) as write, files.making(sheets) as write_sheets, opened_station(home, way) as opened:
        made = opened.papers.book(item, printing, reason=reason, small=small)
        write(made.pages)
        write_sheets(made.sheets)
        if paper_only:
            # Only now: a file that could not be written would have been the last copy of the figures.
            opened.pads.erase(item)
    _say_made(pages=out, sheets=sheets)
    _say_key_material(printing)


@print_.command()
@home_option
@way_options
@_out
@click.option("--a5", "small", is_flag=True, help="On A5, one look-up more a group.")
@_printing
@_reason
@_item
def sheet(*, home: Path, way: Way, out: Path, small: bool, printing: Printing, reason: str, item: int) -> None:
    """Print the authentication sheets of a book that was printed once more, for a reason."""
    with opened_station(home, way) as opened:
        _write(out, lambda: opened.papers.sheets(item, printing, reason=reason, small=small))
    _say_key_material(printing)


@print_.command()
@home_option
@way_options
@_out
@_printing
@_reason
@_item
def challenges(*, home: Path, way: Way, out: Path, printing: Printing, reason: str, item: int) -> None:
    """Print both copies of a challenge list (its register number); it stands in the ledger from then on."""
    with opened_station(home, way) as opened:
        _write(out, lambda: opened.papers.challenges(item, printing, reason=reason))
    _say_key_material(printing)


def _write(out: Path, make: Callable[[], bytes]) -> None:
    """Take the place of the file first, then make the paper."""
    with files.making(out) as write:
        write(make())
    _say_made(paper=out)


def _say_made(**made: Path) -> None:
    """Say which files were made."""
    if click.get_current_context().meta[_JSON]:
        print_json(made)
        return
    for name, path in made.items():
        click.echo(f"{name:8} {path}")


def _say_left(printing: Printing) -> None:
    """Say what a class of printing leaves behind, the worst first: none leaves nothing."""
    for trace in TRACES[printing]:
        click.echo(f"leaves   {_LEFT[trace]}", err=True)


def _say_key_material(printing: Printing) -> None:
    """Say what a file of key material is, and what its class of printing leaves behind."""
    click.echo(
        "keys     whoever has such a file has the keys: keep it on an enciphered stick alone, print, erase", err=True
    )
    _say_left(printing)
