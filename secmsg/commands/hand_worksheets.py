"""`secmsg hand worksheet`: worksheets that were laid aside, taken up again, ended with their pages or given up."""

from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.printing import moment, print_json, print_table, word
from secmsg.office.hand_work import Line, Stage
from secmsg.station.hand_views import IncomingSheet, Next, WorksheetRow
from secmsg.station.station import Station

_number = click.argument("number", type=click.IntRange(1))

NEXT = {
    Next.ENCIPHER: "take a page and encipher it",
    Next.SEND: "send it, then `hand worksheet sent`",
    Next.DESTROY: "destroy pages and papers, then `hand worksheet destroy`",
    Next.TYPE_HEADER: "type the header, or ask for its groups",
    Next.TYPE_GROUPS: "type the groups that follow",
    Next.ASK: "ask for the groups that do not fit",
    Next.VERIFY: "compare the authentication groups: `hand decipher --worksheet`",
    Next.SAY_RECEIPT: "say the receipt: `hand receipt`",
}


@click.group()
def worksheet() -> None:
    """Worksheets of the hand cipher: each is kept as it is filled, and goes on after any stop."""


@worksheet.command(name="list")
@home_option
@way_options
@json_option
def list_(*, home: Path, way: Way, as_json: bool) -> None:
    """List the saved worksheets with their next step, the last changed first."""
    with opened_station(home, way) as station:
        rows = station.hand.worksheets()
    if as_json:
        print_json(rows)
        return
    heads = ("worksheet", "stage", "station", "book", "cable", "changed", "next")
    lines = (
        (
            f"{each.worksheet}", word(each.stage), each.peer_name or "-", each.book or "-", each.mrn or "-",
            moment(each.changed_at), NEXT[each.next],
        )
        for each in rows
    )  # fmt: skip
    print_table(heads, lines, "no worksheet lies here")


@worksheet.command()
@home_option
@way_options
@json_option
@_number
def show(*, home: Path, way: Way, as_json: bool, number: int) -> None:
    """Show worksheet NUMBER: the groups as they leave, or as far as they were typed with what is wrong."""
    with opened_station(home, way) as station:
        row = _row(station, number)
        if row.stage is Stage.TYPED:
            _show_typed(station.hand.incoming(number), as_json=as_json)
        elif row.stage is Stage.WRITTEN:
            draft = station.hand.writing(number).draft
            print_json(draft) if as_json else click.echo(f"{draft.body}\nnext: {NEXT[row.next]}")
        else:
            groups = station.hand.message_of(number)
            print_json({"row": row, "message": groups}) if as_json else click.echo(f"{groups}next: {NEXT[row.next]}")


@worksheet.command()
@home_option
@way_options
@_number
def sent(*, home: Path, way: Way, number: int) -> None:
    """Note that the message of worksheet NUMBER was sent."""
    with opened_station(home, way) as station:
        station.hand.mark_sent(number)
    click.echo(f"worksheet {number}: sent. Next: {NEXT[Next.DESTROY]}")


@worksheet.command()
@home_option
@way_options
@click.option("--second", required=True, help="Who destroys the pages with you.")
@click.option("--method", default="", help="How: burnt, dissolved.")
@_number
def destroy(*, home: Path, way: Way, second: str, method: str, number: int) -> None:
    """Erase worksheet NUMBER and note that its pages were destroyed by two persons; there is no way back."""
    with opened_station(home, way) as station:
        station.hand.destroy(number, second, method)
    click.echo(f"worksheet {number}: erased, its pages noted as destroyed")


@worksheet.command(name="give-up")
@home_option
@way_options
@click.option("--yes", is_flag=True, required=True, help="There is no way back: what was typed is erased.")
@_number
def give_up(*, home: Path, way: Way, yes: bool, number: int) -> None:
    """Erase worksheet NUMBER; pages that were taken stay used, and a cable in the register stays there."""
    del yes
    with opened_station(home, way) as station:
        station.hand.give_up(number)
    click.echo(f"worksheet {number}: erased; pages that were taken stay used")


def _row(station: Station, number: int) -> WorksheetRow:
    return station.hand.worksheet(number)


def _show_typed(sheet: IncomingSheet, *, as_json: bool) -> None:
    judged = sheet.judgement
    ask = () if judged is None else tuple(place + 1 for place in judged.ask)
    if as_json:
        print_json({"row": sheet.row, "header_wrong": sheet.header_wrong, "ask": ask, "groups": _groups(sheet)})
        return
    heads = (typed for (line, _), typed in sheet.typed.items() if line is Line.HEADER)
    click.echo(" ".join(heads))
    click.echo(" ".join(_groups(sheet)))
    for name, numbers in (("header", sheet.header_wrong), ("groups", ask)):
        if numbers:
            click.echo(f"{name} to ask for: {', '.join(map(str, numbers))}")
    click.echo(f"next: {NEXT[sheet.row.next]}")


def _groups(sheet: IncomingSheet) -> list[str]:
    return [typed for (line, _), typed in sheet.typed.items() if line is Line.GROUP]
