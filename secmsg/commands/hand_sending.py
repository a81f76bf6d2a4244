"""`secmsg hand encipher` and `again`: cables that leave by hand, in the same registers as all others."""

from dataclasses import replace
from pathlib import Path

import click

from secmsg import vietnamese
from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.hand_files import TEXT_FILE, typed_option, typed_pages
from secmsg.commands.listing import find_cable
from secmsg.commands.printing import print_json
from secmsg.commands.send import MAX_TEXT_BYTES, addressed
from secmsg.errors import NotFound
from secmsg.ids import StationId
from secmsg.office.draft import Draft
from secmsg.station.hand_sending import Typed
from secmsg.station.hand_sending import Way as HandWay
from secmsg.station.hand_texts import Cutting
from secmsg.station.hand_views import HandReleased
from secmsg.station.station import Station
from secmsg.wire.cable import Degree, Urgency

_book_option = click.option("--book", type=click.IntRange(1), help="Its register number; by default the one in use.")
_page_option = click.option("--page", default=None, help="The page on top of the paper, five figures.")
_parity_option = click.option("--parity", is_flag=True, help="An eleventh group a row: for links that give no answer.")
_length_option = click.option(
    "--length",
    type=click.IntRange(0, 960),
    default=0,
    help="Fill with nulls to this many groups; else to whole strips.",
)
_block_option = click.option("--block", type=click.IntRange(1), help="Take the serial of our block that begins there.")


@click.command()
@home_option
@way_options
@json_option
@_book_option
@_page_option
@_parity_option
@_length_option
@_block_option
@typed_option
@click.option("--to", required=True, help="The addressee, by number or name.")
@click.option("--degree", type=OneOf(*Degree), required=True, help="There is no default.")
@click.option("--basis", default="", help="Mandatory for a secret; it travels with the signed cable.")
@click.option("--urgency", type=OneOf(*Urgency), default=Urgency.ROUTINE)
@click.option("--urgency-reason", default="", help="Mandatory for flash.")
@click.option("--topic", multiple=True, required=True)
@click.option("--subject", default="", help="Of the signed cable; it does not travel in groups. Or --subject-file.")
@click.option("--subject-file", type=TEXT_FILE, help="The subject is the first line of this file.")
@click.option("--drafter", required=True, help="Who drafted it.")
@click.option("--drafter-title", default="")
@click.option("--second-person", default="", help="Mandatory for top-secret.")
@click.option("--syllabary", is_flag=True, help="By the one-page syllabary: for a codebook that is destroyed.")
@click.argument("text", type=TEXT_FILE)
def encipher(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    book: int | None,
    page: str | None,
    parity: bool,
    length: int,
    block: int | None,
    typed: Path | None,
    to: str,
    degree: Degree,
    basis: str,
    urgency: Urgency,
    urgency_reason: str,
    topic: tuple[str, ...],
    subject: str,
    subject_file: Path | None,
    drafter: str,
    drafter_title: str,
    second_person: str,
    syllabary: bool,
    text: Path,
) -> None:
    """Release the cable in the file TEXT (- for standard input) by hand and print its header and groups.

    Its number, its register line and its serial are those of any other cable; the signed one waits for `secmsg sync`.
    """
    if bool(subject) == (subject_file is not None):
        raise click.UsageError("one of --subject and --subject-file is needed")
    line = subject if subject_file is None else files.first_line(subject_file, MAX_TEXT_BYTES)
    body = files.read_text(text, MAX_TEXT_BYTES)
    pages = typed_pages(typed)
    with opened_station(home, way) as station:
        (peer,) = addressed((to,), station.addressees())
        draft = Draft(
            degree=degree,
            basis=basis,
            urgency=urgency,
            urgency_reason=urgency_reason,
            action_to=(peer,),
            topics=topic,
            subject=vietnamese.nfc(line),
            body=vietnamese.nfc(body),
            drafter_name=vietnamese.nfc(drafter),
            drafter_title=vietnamese.nfc(drafter_title),
            second_person_name=vietnamese.nfc(second_person),
        )
        cutting = Cutting(syllabary=syllabary)
        there = HandWay(_book(station, peer, book), page, parity, length, block, cutting=cutting)
        made = station.hand.release(draft, _chosen(there, pages))
    _print_released(made, as_json=as_json)


@click.command()
@home_option
@way_options
@json_option
@_book_option
@_page_option
@_parity_option
@_length_option
@_block_option
@typed_option
@click.argument("cable")
def again(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    book: int | None,
    page: str | None,
    parity: bool,
    length: int,
    block: int | None,
    typed: Path | None,
    cable: str,
) -> None:
    """Encipher CABLE once more on new pages, when its authentication group was wrong there and its groups right."""
    pages = typed_pages(typed)
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        peer = next(each.peer for each in station.hand.messages() if each.cable_id == row.cable_id)
        made = station.hand.encipher_anew(
            row.cable_id, _chosen(HandWay(_book(station, peer, book), page, parity, length, block), pages)
        )
    _print_released(made, as_json=as_json)


def _book(station: Station, peer: StationId, book: int | None) -> int:
    """Return the book that was named, or the one with which we encipher for a station; NotFound."""
    if book is not None:
        return book
    found = station.hand.out_book(peer)
    if found is None:
        raise NotFound("no pad book towards this station is in use")
    return found


def _chosen(way: HandWay, pages: Typed | None) -> HandWay:
    """Let typed pages name the one on top."""
    return way if pages is None else replace(way, typed=pages, top=way.top or pages.pages[0].number)


def _print_released(made: HandReleased, *, as_json: bool) -> None:
    if as_json:
        print_json(made)
        return
    mrn = made.released.mrn
    click.echo(f"# {mrn}, serial {made.serial}, {made.book}, page {' '.join(made.pages)}, {made.count} groups")
    for change in made.changes:
        click.echo(f"# goes otherwise: {change.before!r} as {change.after!r}", err=True)
    click.echo(made.message, nl=False)
    for page in made.waste:
        click.echo(f"# page {page} is void: its authentication group could not be written", err=True)
    for page in made.passed:
        click.echo(f"# page {page} was passed over and is void", err=True)
    back = "it has a receipt by hand" if made.has_receipt else "its receipt is the signed one"
    click.echo(f"# next: send it, then `secmsg hand worksheet sent {made.worksheet}`; {back}")
