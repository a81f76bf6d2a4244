"""`secmsg backup`: the way back from a dead disk, made, proven, rehearsed and gone."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from secmsg.commands import files
from secmsg.commands.asking import (
    Way,
    groups_option,
    home_option,
    json_option,
    new_passphrase_option,
    new_unlock,
    opened_station,
    sheet_unlock,
    way_options,
)
from secmsg.commands.ground import policy
from secmsg.commands.printing import moment, print_json, print_table
from secmsg.commands.renewing import new_file, sheet_bytes
from secmsg.station import backup_making, backup_reading, backups
from secmsg.station.backup_views import BackupChecked, BackupLine
from secmsg.station.backups import Backups
from secmsg.station.sheets import Paper
from secmsg.station.station import Station

T = TypeVar("T")
MIB = 1024 * 1024
_folder = click.Path(path_type=Path, file_okay=False)
_from_option = click.option("--from", "source", type=_folder, required=True, help="The folder with the backup.")

_RESTORE = """\
This makes the store {home} from the backup, as it was then. It sends nothing until two persons and headquarters have
said how it goes on (`secmsg station reopen`); cables by hand can go at once. A new recovery sheet is written to
{sheet}; from then on the store opens by the new passphrase and the new sheet alone. Another copy of this store on this
machine, if there is one, will open by its sheet only. The backup opens by the old sheet until you make the next one."""
_NOT_DONE = """\
This was not finished, and there is no store in {home}. The old sheet still opens the backup: try again with another
--sheet; {sheet} opens nothing, destroy it."""


@click.group()
def backup() -> None:
    """Make, prove, rehearse and restore backups: enciphered, opened by the recovery sheet alone."""


@backup.command()
@home_option
@way_options
@json_option
@click.option("--to", "target", type=_folder, required=True, help="A folder on the stick or disk that takes it.")
@click.option("--check", is_flag=True, help="Read and compare what is there already, instead of trusting its length.")
def make(*, home: Path, way: Way, as_json: bool, target: Path, check: bool) -> None:
    """Make a backup; only what has changed since the last one in that folder is written."""
    with opened_station(home, way) as station, _told("writing") as progress:
        made = backup_making.make(_ask(station), target, progress=progress, cancelled=_never, trust=not check)
    if as_json:
        print_json(made)
        return
    click.echo(f"backup   {made.number} in {made.place}: {made.cables} cables, {made.blobs} files")
    click.echo(f"size     {_mib(made.size)}, of which {_mib(made.written)} were written now")
    click.echo("opens    by the recovery sheet that is in force today, and by nothing else")
    click.echo("next     `secmsg backup verify`, and now and then `secmsg backup rehearse`")


@backup.command("list")
@home_option
@way_options
@json_option
def listing(*, home: Path, way: Way, as_json: bool) -> None:
    """List the backups made here, newest first, and what their tests came to."""
    with opened_station(home, way) as station:
        found, standing = station.backups.list(), station.backups.standing()
    if as_json:
        print_json({"backups": found, "standing": standing})
        return
    heads = ("no", "item", "made", "cables", "size", "verified", "rehearsed", "by", "where")
    print_table(heads, map(_row, found), "no backup was made here")
    if standing.overdue:
        click.echo("THE LAST BACKUP IS OLD, OR THERE IS NONE", err=True)


@backup.command()
@home_option
@way_options
@json_option
@_from_option
def verify(*, home: Path, way: Way, as_json: bool, source: Path) -> None:
    """Prove a backup whole by opening it: every piece, the database's codes, register chains, counts."""
    with opened_station(home, way) as station, _told("reading") as progress:
        found = backup_reading.verify(_ask(station), source, progress=progress, cancelled=_never)
    _checked(found, "whole", as_json=as_json)


@backup.command()
@home_option
@way_options
@json_option
@_from_option
def rehearse(*, home: Path, way: Way, as_json: bool, source: Path) -> None:
    """Go the whole way back into a private place, read the newest cable there, and destroy it again."""
    with opened_station(home, way) as station, _told("reading") as progress:
        found = backup_reading.rehearse(_ask(station), source, progress=progress, cancelled=_never)
    _checked(found, "rehearsed: a store was opened from it and destroyed again", as_json=as_json)


@backup.command()
@_from_option
@home_option
@groups_option
@new_passphrase_option
@click.option("--sheet", type=new_file, required=True, help="The new recovery sheet to make (PDF by its ending).")
@click.option("--officer", type=click.IntRange(1), help="Which officer goes on, by number, where there are several.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
def restore(
    *,
    source: Path,
    home: Path,
    groups_file: Path | None,
    new_passphrase_file: Path | None,
    sheet: Path,
    officer: int | None,
    yes: bool,
) -> None:
    """Make a store from a backup with the recovery sheet: after a dead disk, on a new machine."""
    written = False

    def keep(paper: Paper) -> None:
        nonlocal written
        files.make(sheet, sheet_bytes(sheet, paper.text, paper.pdf))
        written = True

    files.check_free(sheet)
    click.echo(_RESTORE.format(home=home, sheet=sheet), err=True)
    if not yes:
        click.confirm("Go on?", abort=True, err=True)
    unlock, new = sheet_unlock(groups_file), new_unlock(new_passphrase_file)
    try:
        with _told("reading") as progress:
            restored = backups.restore(
                source, home, unlock, new, keep, policy(), progress=progress, officer=officer or 0
            )
    except BaseException:
        if written:
            click.echo(_NOT_DONE.format(home=home, sheet=sheet), err=True)
        raise
    click.echo(f"store    {home}, as it was at {moment(restored.made_at)}: {restored.cables} cables")
    click.echo(f"sheet    {sheet} (proven to open the store: print it, seal it, erase the file)")
    click.echo(f"keyring  {'a key half is kept there' if restored.bound else 'none: the passphrase stands alone'}")
    click.echo("sending  FROZEN: cables that left after the backup are not here; ask headquarters for the last number")
    click.echo("next     `secmsg station reopen` with a second person; then a new backup for the new sheet")


def _ask(station: Station) -> Callable[[Callable[[Backups], T]], T]:
    return lambda step: step(station.backups)


def _never() -> bool:
    return False


@contextmanager
def _told(verb: str) -> Iterator[Callable[[int, int], None]]:
    """Say on a terminal how far the work is, and nothing where nobody looks."""
    shown, last = sys.stderr.isatty(), -1

    def tell(done: int, total: int) -> None:
        nonlocal last
        percent = 100 * done // total if total else 0
        if shown and percent != last:
            last = percent
            click.echo(f"\r{verb}  {percent} %", nl=False, err=True)

    yield tell
    if last >= 0:
        click.echo(err=True)


def _checked(found: BackupChecked, word: str, *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    click.echo(f"backup   of {moment(found.made_at)} is {word}")
    click.echo(f"holds    {found.cables} cables, {found.blobs} files, {_mib(found.size)}")
    if found.sheet_now:
        click.echo("opens    by the recovery sheet that is in force today")
    else:
        click.echo("opens    BY AN OLDER RECOVERY SHEET ONLY: make a new backup for the sheet of today", err=True)


def _row(each: BackupLine) -> tuple[str, ...]:
    return (
        f"{each.number}", "-" if each.item is None else f"{each.item}",
        moment(each.made_at) if each.made_at is not None else f"not finished {each.detail}".strip(),
        f"{each.cables}", _mib(each.size), _test(each.verified_at, each.verified_how),
        _test(each.rehearsed_at, each.rehearsed_how), each.officer, each.place,
    )  # fmt: skip


def _test(at: int | None, how: str) -> str:
    return f"{moment(at)} {how}".strip()


def _mib(size: int) -> str:
    return f"{size / MIB:.1f} MiB"
