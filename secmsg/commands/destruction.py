"""`secmsg destruction`: what a post keeps ready for its destruction: checklist, card, setting."""

from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, old_unlock, opened_station, way_options
from secmsg.commands.printing import moment, print_json, print_table, word
from secmsg.commands.renewing import new_file
from secmsg.ids import StationId
from secmsg.office.destruction import Task
from secmsg.station.destruction_plan import Setting
from secmsg.station.exposure import ExposedCable

_out = click.option("--out", type=new_file, required=True, help="The PDF to make; nothing may be there yet.")


@click.group()
def destruction() -> None:
    """Prepare for emergency destruction; `secmsg destroy` is the act."""


@destruction.command("list")
@home_option
@way_options
@json_option
def list_(*, home: Path, way: Way, as_json: bool) -> None:
    """Show what exists outside the machine, by position, in the order in which it is destroyed."""
    with opened_station(home, way) as opened:
        plan = opened.destruction.plan()
    if as_json:
        print_json(plan)
        return
    print_table(
        ("order", "who", "what", "where", "count"), map(_row, plan.tasks), "nothing outside the machine is known"
    )
    click.echo(f"printed: {moment(plan.printed_at or None)}{' (the ledger has changed since)' if plan.stale else ''}")
    click.echo(f"passphrase before destruction: {'no' if plan.setting.free else 'yes'}")


@destruction.command("print")
@home_option
@way_options
@_out
def print_(*, home: Path, way: Way, out: Path) -> None:
    """Print the checklist; keep it with what it names, and print it anew when the ledger has changed."""
    with files.making(out) as write, opened_station(home, way) as opened:
        write(opened.destruction.print_list())
    click.echo(f"checklist  {out}")


@destruction.command()
@home_option
@way_options
@_out
@click.option("--holder", required=True, help="Where the post's half will lie.")
def card(*, home: Path, way: Way, out: Path, holder: str) -> None:
    """Draw the card of outcomes: one spoken group for every end; its other half goes to headquarters, sealed.

    The groups are kept nowhere else. Print the file, cut it, erase the file.
    """
    with files.making(out) as write, opened_station(home, way) as opened:
        made, item = opened.destruction.print_card(holder)
        write(made)
    click.echo(f"card       {out}, ledger number {item.number} (print it, cut it, erase the file)")


@destruction.command()
@home_option
@way_options
def report(*, home: Path, way: Way) -> None:
    """Seal the report that leaves by itself after a destruction; the window does it at every lock."""
    with opened_station(home, way) as opened:
        ready = opened.destruction.seal_report()
    click.echo(f"report  {'lies ready' if ready else 'none: no session with headquarters yet, or no relay'}")


@destruction.command()
@home_option
@way_options
@click.option("--passphrase/--no-passphrase", "asks", default=None, help="Whether destruction asks for the passphrase.")
@click.option(
    "--counts/--no-counts", "counted", default=None, help="Whether counts by kind lie in clear beside the store."
)
@json_option
def setting(*, home: Path, way: Way, asks: bool | None, counted: bool | None, as_json: bool) -> None:
    """Show or change the station's own setting for destruction from the locked screen."""
    with opened_station(home, way) as opened:
        now = opened.destruction.setting()
        chosen = Setting(now.free if asks is None else not asks, now.counted if counted is None else counted)
        if chosen != now:
            opened.destruction.choose(chosen)
    if as_json:
        print_json(chosen)
        return
    click.echo(f"passphrase before destruction  {'no' if chosen.free else 'yes'}")
    click.echo(f"counts beside the store        {'yes' if chosen.counted else 'no'}")


@destruction.command()
@home_option
@way_options
@click.option("--days", type=click.IntRange(1), required=True, help="Cables of the last so many days stay.")
@click.option("--second", default="", help="The second person, by name, where the post has one officer only.")
@click.option(
    "--second-passphrase-file",
    "second_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Prove the second person by the first line of this file.",
)
@click.option("--basis", default="", help="On what ground; it stands on the record.")
@click.option("--place", default="", help="Where; it stands on the record.")
@click.option("--record", type=new_file, help="The record to make (PDF); without it nothing is destroyed, only named.")
@json_option
def reduce(
    *,
    home: Path,
    way: Way,
    days: int,
    second: str,
    second_file: Path | None,
    basis: str,
    place: str,
    record: Path | None,
    as_json: bool,
) -> None:
    """Level 1: make old cables and superseded keys unreadable, by two persons, with a record to be signed.

    Cables that are unread, not acknowledged, on their way, or may be asked for again stay. There is no way back here;
    the archive is at headquarters.
    """
    with opened_station(home, way) as opened:
        found = opened.destruction.reduction(days)
        if record is None:
            print_json({"cables": len(found.cables), "items": [each.name for each in found.items], "kept": found.kept})
            return
        with files.making(record) as write:
            done = opened.destruction.reduce(
                days, second if second_file is None else old_unlock(second_file), basis, place=place
            )
            write(done.record)
    said = {"cables": done.cables, "attachments": done.blobs, "items": done.items, "kept": found.kept}
    if as_json:
        print_json(said)
        return
    for name, count in said.items():
        click.echo(f"{name:<12} {count}")
    click.echo(f"record       {record} (print it, both sign it)")


@destruction.command()
@home_option
@way_options
@json_option
@click.argument("station", type=click.IntRange(1, 65_535))
def exposed(*, home: Path, way: Way, as_json: bool, station: int) -> None:
    """List, at headquarters, what a post that was lost or destroyed could have exposed, by our own books.

    The cables to it and from it with the highest receipt, serials, machines, and what of the ledger is shared with it.
    Cables between that post and others stand in the others' books. `station revoke` stops sending to its machines.
    """
    with opened_station(home, way) as opened:
        found = opened.destruction.exposed(StationId(station))
    if as_json:
        print_json(found)
        return
    click.echo(f"station {found.station}, {found.name}: machines {', '.join(map(str, found.machines)) or 'none'}")
    click.echo(f"serials: given {found.given}, acknowledged {found.acknowledged}, received {found.received}")
    rows = ((each.mrn, word(each.degree), moment(each.dated), _had(each)) for each in found.cables)
    print_table(("cable", "degree", "dated", "there"), rows, "no cable to it or from it is known here")
    items = ((f"{each.number}", each.name, word(each.state)) for each in found.items)
    print_table(("no.", "shared material", "state"), items, "no key material is shared with it")


def _had(cable: ExposedCable) -> str:
    if cable.received:
        return "written there"
    return "not said" if cable.level is None else word(cable.level)


def _row(task: Task) -> tuple[str, ...]:
    what = f"printed cables, {word(task.degree)}" if task.degree is not None else f"{_kind(task)} {task.what}"
    count = f"{task.count}" if task.degree is None else f"at most {task.count}"
    return f"{task.rank}", word(task.duty), what, task.where or "-", count


def _kind(task: Task) -> str:
    return "" if task.kind is None else word(task.kind)
