"""`secmsg custody`: inventories, inspections and handovers by two, their records, and things without pages."""

from collections.abc import Sequence
from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.hand_pads import item_argument, note_option, second_option, show_items
from secmsg.commands.printing import moment, print_json, print_table, word
from secmsg.commands.renewing import new_file
from secmsg.commands.root import LazyGroup
from secmsg.errors import NotFound, StoreDamaged
from secmsg.office import custody_words as words
from secmsg.office.checking import Finding, Work
from secmsg.office.materials import PAGED, Kind
from secmsg.station.custody_records import RecordView


class CustodyGroup(LazyGroup):
    """The commands of custody, in two modules."""

    places = {  # noqa: RUF012 - one constant table, as in the root
        "discrepant": "secmsg.commands.custody:discrepant",
        "enter": "secmsg.commands.custody:enter",
        "handover": "secmsg.commands.custody_works:handover",
        "inspect": "secmsg.commands.custody:inspect",
        "inspection": "secmsg.commands.custody_works:inspection",
        "inventory": "secmsg.commands.custody_works:inventory",
        "paper": "secmsg.commands.custody:paper",
        "records": "secmsg.commands.custody:records",
        "return": "secmsg.commands.custody:return_",
        "verify": "secmsg.commands.custody:verify",
    }


@click.group(cls=CustodyGroup)
def custody() -> None:
    """Count, inspect and hand over crypto material by two persons; each record stands for good."""


@click.command()
@home_option
@way_options
@click.option("--to", "out", type=new_file, required=True, help="The PDF to make; nothing may be there yet.")
def inspect(*, home: Path, way: Way, out: Path) -> None:
    """Begin an inspection, or go on with it, and write its pack: one PDF that the head of mission goes by."""
    with files.making(out) as write, opened_station(home, way) as opened:
        if Work.INSPECTION not in opened.custody.under_way():
            opened.custody.begin(Work.INSPECTION)
        write(opened.custody.pack())
    click.echo(f"paper    {out}")
    click.echo(
        "Nobody works on this machine until it is signed: `secmsg custody inspection` takes the result", err=True
    )


@click.command()
@home_option
@way_options
@json_option
def records(*, home: Path, way: Way, as_json: bool) -> None:
    """List the records of inventories, inspections and handovers, after checking their chain."""
    with opened_station(home, way) as opened:
        found = opened.custody.records()
    if as_json:
        print_json(found)
        return
    rows = (
        (
            f"{each.line}", moment(each.at), word(each.work), each.first.name, each.second.name, f"{each.signatures}",
            f"{len(each.findings)}", each.code,
        )
        for each in found
    )  # fmt: skip
    print_table(("line", "time", "work", "first", "second", "signed", "differ", "code"), rows, "there is no record yet")


@click.command()
@home_option
@way_options
@click.option("--to", "out", type=new_file, required=True, help="The PDF to make; nothing may be there yet.")
@click.argument("record", type=click.IntRange(1))
def paper(*, home: Path, way: Way, out: Path, record: int) -> None:
    """Write the paper of RECORD (its line) with its code, for two signatures by hand."""
    with files.making(out) as write, opened_station(home, way) as opened:
        write(opened.custody.paper(record))
    click.echo(f"paper    {out}")


@click.command()
@home_option
@way_options
@json_option
def verify(*, home: Path, way: Way, as_json: bool) -> None:
    """Prove the registers line by line and each signature; say which line is wrong. Exit code 65 when one is."""
    with opened_station(home, way) as opened:
        found = opened.custody.prove()
    if as_json:
        print_json(found)
    for proof in () if as_json else found:
        click.echo(f"{proof.register}: {proof.lines} lines" + ("" if proof.wrong else ", all right"))
        for line, why in proof.wrong:
            click.echo(f"  line {line}: {why}")
    wrong = sum(len(each.wrong) for each in found)
    if wrong:
        raise StoreDamaged(f"{wrong} lines do not fit: leave the machine as it is and tell headquarters")


@click.command()
@home_option
@way_options
@json_option
@note_option
@click.option("--kind", type=OneOf(*(each for each in Kind if each not in PAGED)), required=True, help="What it is.")
@click.option("--title", required=True, help="The short title, at most 40 characters.")
@click.option("--place", required=True, help="Where it lies, or who has it.")
def enter(*, home: Path, way: Way, as_json: bool, note: str, kind: Kind, title: str, place: str) -> None:
    """Take a thing without pages into the ledger; --note for the number of its seal."""
    with opened_station(home, way) as opened:
        entered = opened.custody.enter(kind, title, place, note)
    show_items((entered,), as_json=as_json)


@click.command("return")
@home_option
@way_options
@json_option
@note_option
@click.option("--place", required=True, help="Where it lies from now on.")
@item_argument
def return_(*, home: Path, way: Way, as_json: bool, note: str, place: str, item: int) -> None:
    """Note that ITEM, which was issued and has no pages, is here again."""
    with opened_station(home, way) as opened:
        back = opened.custody.take_back(item, place, note)
    show_items((back,), as_json=as_json)


@click.command()
@home_option
@way_options
@json_option
@second_option
@click.option("--note", required=True, help="What is not as the ledger says.")
@item_argument
def discrepant(*, home: Path, way: Way, as_json: bool, second: str, note: str, item: int) -> None:
    """Note that ITEM is not as the ledger says; it stands as before until somebody decides."""
    with opened_station(home, way) as opened:
        stands = opened.custody.discrepant(item, note, second)
    show_items((stands,), as_json=as_json)


def show_record(record: RecordView, *, as_json: bool) -> None:
    """Print one record, what does not agree first."""
    if as_json:
        print_json(record)
        return
    show_findings(record.findings)
    click.echo(f"record   {record.line}, {word(record.work)}, {len(record.findings)} do not agree")
    click.echo(f"code     {record.code}")
    signed = "both signed" if record.signatures > 1 else "the second person signs on paper"
    click.echo(f"signed   {record.first.name}, {record.second.name}: {signed}")


def show_findings(findings: Sequence[Finding]) -> None:
    """Print what does not agree and what is to be done about it."""
    for each in findings:
        click.echo(f"{each.code}: {words.finding(each)[1]}")
        click.echo(f"    {words.to_do(each)[1]}")


def must_be_there(work: Work, under_way: Sequence[Work]) -> None:
    """Say how a work is begun where none is under way; NotFound."""
    if work not in under_way:
        name = word(work)
        raise NotFound(f"no {name} is under way: `secmsg custody {name} begin`")
