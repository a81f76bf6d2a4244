"""`secmsg kit return`, `secmsg kit end` and `secmsg kit lost`: the end of a kit."""

from pathlib import Path

import click

from secmsg.commands import files, renewing
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.kit_options import folder_argument, number_argument, say_permit
from secmsg.commands.printing import moment, print_json, print_table, word
from secmsg.station.kit_views import Reconciliation


@click.command("return")
@home_option
@way_options
@json_option
@click.option("--second", default="", help="The second person. Without one the kit is only looked at.")
@click.option("--handed-back", type=click.IntRange(0), default=0, help="How many prints were handed back.")
@click.option("--note", default="", help="What two persons note about it.")
@click.option("--report", type=renewing.new_file, help="Where to write the report as a PDF.")
@click.option("--log", "whole", is_flag=True, help="Print every line of the kit's log.")
@folder_argument
def return_(
    *, home: Path, way: Way, as_json: bool, second: str, handed_back: int, note: str, report: Path | None, whole: bool,
    folder: Path,
) -> None:  # fmt: skip
    """Read what the kit in FOLDER says of its journey; with --second, note its return and destroy its keys.

    No passphrase of the bearer is needed. The destruction of the keys cannot be undone; its cables are at the post.
    """
    if report is not None:
        files.check_free(report)
    with opened_station(home, way) as station:
        found = station.kits.reconcile(folder)
        concluded = station.kits.conclude(found, folder, second, handed_back, note) if second else None
    if concluded is not None and report is not None:
        with files.making(report) as write:
            write(concluded.report)
    if as_json:
        print_json(found)
        return
    say(found, whole=whole)
    if concluded is None:
        click.echo("nothing was noted: `--second NAME` notes the return and destroys the kit's keys", err=True)
        return
    click.echo(f"returned   kit {found.number}: its keys are destroyed")
    if concluded.still_out:
        click.echo(f"STILL OUT  {concluded.still_out} prints")


def say(found: Reconciliation, *, whole: bool) -> None:
    """Print what a kit says."""
    say_permit(found.permit)
    use = found.use
    minutes, machines = use.used_s // 60, f"{found.machines} machine{'s' if found.machines != 1 else ''}"
    click.echo(f"{'opened':11}{found.opened} times, {minutes} minutes, on {machines}, last seen {moment(use.seen)}")
    click.echo(f"{'prints':11}{found.printed} made, to be handed back; {found.exported} enclosures written out")
    if found.missing_additions:
        click.echo(f"{'additions':11}{found.missing_additions} were made and not taken")
    heads = ("cable", "read", "viewed", "printed", "written out", "subject")
    print_table(
        heads,
        (
            (c.mrn, f"{c.read}", f"{c.previewed}", f"{c.printed}", f"{c.exported}", c.subject or "(not entered)")
            for c in found.cables
        ),
        "no cable",
    )
    if whole:
        lines = (
            (f"{e.line}", moment(e.at), word(e.act), e.mrn or "-", e.detail or "-", f"{e.machine}") for e in found.log
        )
        print_table(("line", "at", "act", "cable", "detail", "machine"), lines, "no line")
    for each in found.differences:
        click.echo(f"DIFFERENCE  {each}")
    if not found.differences:
        click.echo("all fits")


@click.command()
@home_option
@way_options
@click.option("--second", required=True, help="The second person.")
@click.option("--nothing-left", is_flag=True, help="Nothing of its folder is left, by the word of both.")
@number_argument
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
def end(*, home: Path, way: Way, second: str, nothing_left: bool, number: int, folder: Path | None) -> None:
    """Go on with the return of kit NUMBER that stopped before its keys stood as destroyed.

    What is left of its keys in FOLDER is destroyed, which cannot be undone; the return and its log are kept already.
    """
    if nothing_left is (folder is not None):
        raise click.UsageError("name its FOLDER, or say --nothing-left")
    with opened_station(home, way) as station:
        station.kits.end(number, second, folder)
    click.echo(f"returned   kit {number}: its keys stand as destroyed")


@click.command()
@home_option
@way_options
@click.option("--note", default="", help="What happened.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@number_argument
def lost(*, home: Path, way: Way, note: str, yes: bool, number: int) -> None:
    """Report kit NUMBER as lost: nothing is added to it any more, and nothing else of the post is touched.

    It enters the ledger, and the report to headquarters lies among the drafts. If it turns up: `secmsg kit return`.
    """
    with opened_station(home, way) as station:
        if not yes:
            click.confirm(f"Report kit {number} as lost?", abort=True, err=True)
        report = station.kits.lost(number, note)
    click.echo(report)
    click.echo("the report lies among the drafts: complete it and release it", err=True)
