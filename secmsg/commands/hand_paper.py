"""`secmsg hand enter`: cables that were enciphered on paper while the computer was down."""

from pathlib import Path

import click

from secmsg import vietnamese
from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.hand_files import TEXT_FILE, groups_of, typed_option, typed_pages
from secmsg.commands.printing import print_json
from secmsg.commands.send import MAX_TEXT_BYTES, addressed
from secmsg.errors import SecmsgError
from secmsg.office.draft import Draft


@click.command()
@home_option
@way_options
@json_option
@click.option("--to", required=True, help="The addressee, by number or name.")
@click.option("--basis", default="", help="Mandatory for a secret; it travels with the signed cable.")
@click.option("--urgency-reason", default="", help="Mandatory for flash.")
@click.option("--topic", multiple=True, required=True)
@click.option("--subject", default="", help="Of the signed cable. Or --subject-file.")
@click.option("--subject-file", type=TEXT_FILE, help="The subject is the first line of this file.")
@click.option("--drafter", required=True, help="Who drafted it.")
@click.option("--drafter-title", default="")
@click.option("--second-person", default="", help="Mandatory for top-secret.")
@click.option("--as-written", is_flag=True, help="Let a number stand that is not the next one here.")
@click.option("--worksheet", type=click.IntRange(1), help="Once more, with the pages that this worksheet took.")
@typed_option
@click.argument("text", type=TEXT_FILE)
def enter(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    to: str,
    basis: str,
    urgency_reason: str,
    topic: tuple[str, ...],
    subject: str,
    subject_file: Path | None,
    drafter: str,
    drafter_title: str,
    second_person: str,
    as_written: bool,
    worksheet: int | None,
    typed: Path | None,
    text: Path,
) -> None:
    """Enter a cable that was enciphered on paper while the computer was down: header and groups in the file TEXT."""
    if bool(subject) == (subject_file is not None):
        raise click.UsageError("one of --subject and --subject-file is needed")
    line = subject if subject_file is None else files.first_line(subject_file, MAX_TEXT_BYTES)
    groups, pages = groups_of(text), typed_pages(typed)
    with opened_station(home, way) as station:
        draft = Draft(
            basis=basis,
            urgency_reason=urgency_reason,
            action_to=addressed((to,), station.addressees()),
            topics=topic,
            subject=vietnamese.nfc(line),
            drafter_name=vietnamese.nfc(drafter),
            drafter_title=vietnamese.nfc(drafter_title),
            second_person_name=vietnamese.nfc(second_person),
        )
        before = {each.worksheet for each in station.hand.worksheets()}
        try:
            made = station.hand.enter_from_paper(draft, groups, worksheet, pages, as_written=as_written)
        except SecmsgError:
            for each in station.hand.worksheets():
                if each.worksheet not in before:
                    click.echo(f"what was taken is kept: go on with --worksheet {each.worksheet}", err=True)
            raise
    if as_json:
        print_json(made)
    else:
        click.echo(f"entered {made.released.mrn}, serial {made.serial}, {made.book}, page {' '.join(made.pages)}")
        click.echo(f"\n{made.text}\n")
