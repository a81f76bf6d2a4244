"""`secmsg hand messages` and `receipt`: what left and what came by hand, and its receipts."""

from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.listing import find_cable
from secmsg.commands.printing import moment, print_json, print_table

_NOT_THE_RECEIPT = 103


@click.command()
@home_option
@way_options
@json_option
def messages(*, home: Path, way: Way, as_json: bool) -> None:
    """List what left and what came by hand, newest first."""
    with opened_station(home, way) as station:
        rows = station.hand.messages()
    if as_json:
        print_json(rows)
        return
    heads = ("number", "way", "station", "serial", "pages", "groups", "at", "sent", "receipt")
    lines = (
        (
            each.mrn,
            "to" if each.outgoing else "from",
            each.peer_name,
            f"{each.serial}{' (block)' if each.in_block else ''}",
            " ".join(each.pages),
            f"{each.count}",
            moment(each.at),
            moment(each.sent_at),
            moment(each.receipt_at) if each.has_receipt else "signed only",
        )
        for each in rows
    )
    print_table(heads, lines, "nothing went or came by hand")


@click.command()
@home_option
@way_options
@click.argument("cable")
@click.argument("figures", required=False)
def receipt(*, home: Path, way: Way, cable: str, figures: str | None) -> None:
    """Say the receipt of an incoming CABLE, or compare the FIGURES that were said for one of ours."""
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        if row.incoming:
            click.echo(f"say for {row.mrn}: {station.hand.say_receipt(row.cable_id)}")
            return
        if figures is None:
            raise click.UsageError("give the eight figures that were said")
        right = station.hand.take_receipt(row.cable_id, figures)
    if not right:
        click.echo(f"these are not the figures of {row.mrn}: nothing is proven, ask once more", err=True)
        click.get_current_context().exit(_NOT_THE_RECEIPT)
    click.echo(f"{row.mrn}: whoever holds the pages says that it came and verified; the signed receipt is still owed")
