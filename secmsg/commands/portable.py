"""`secmsg station portable`: the whole profile onto a stick, and back to a machine."""

from pathlib import Path

import click

from secmsg.commands.asking import (
    check_store,
    home_option,
    new_passphrase_option,
    new_unlock,
    old_unlock,
    passphrase_option,
)
from secmsg.commands.ground import policy
from secmsg.station import portable as moves
from secmsg.station import suggesting

_SAID = """\
The whole station moves to {to}; here nothing of it can be opened afterwards. On the stick
  - no computer's keyring takes part: the passphrase stands alone, and whoever finds the stick can try for ever,
  - other officers' passphrases need the keyring of this computer: enter those officers anew on the stick,
  - no keyring keeps the counter by which an old copy is seen at once; headquarters still sees one."""


@click.command()
@home_option
@passphrase_option
@new_passphrase_option
@click.option(
    "--to", type=click.Path(path_type=Path), help="The new folder on the stick, or on this machine with --back."
)
@click.option("--back", is_flag=True, help="From a stick to this machine, whose keyring takes part again.")
@click.option("--undo", is_flag=True, help="The stick it left for is gone for good: open the old place again, frozen.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
def portable(
    *,
    home: Path,
    passphrase_file: Path | None,
    new_passphrase_file: Path | None,
    to: Path | None,
    back: bool,
    undo: bool,
    yes: bool,
) -> None:
    """Move the station's whole profile to a stick; nothing is left behind, and there are never two.

    Called again after a stop it goes on. `python -m ui --home FOLDER` opens it on any computer with the program.
    """
    check_store(home)
    if undo:
        moves.bring_back(home, old_unlock(passphrase_file), policy())
        click.echo("brought back, frozen: `secmsg station reopen` is the way on, with headquarters' word")
        return
    if to is None:
        raise click.UsageError("--to says where it comes to lie")
    if not back:
        click.echo(_SAID.format(to=to), err=True)
    if not (yes or back):
        click.confirm("Go on?", abort=True, err=True)
    old = old_unlock(passphrase_file)
    if not back and new_passphrase_file is None:
        drawn = suggesting.suggest(suggesting.ALONE_WORDS)
        click.echo(f"suggested    {drawn.text}", err=True)
    new = new_unlock(new_passphrase_file)
    moved = moves.move(home.absolute(), to.absolute(), old, new, policy(), to_stick=not back, progress=_show())
    click.echo(f"moved        {moved.home} (read back, proven to open)")
    click.echo(f"here         nothing of it can be opened any more: {home}")
    click.echo(f"keyring      {'a key half is kept there' if moved.bound else 'none: the passphrase stands alone'}")


def _show() -> moves.Progress:
    """Tell every tenth part on a terminal."""
    told = 0

    def show(done: int, total: int) -> None:
        nonlocal told
        tenth = 10 * done // max(1, total)
        if tenth > told:
            told = tenth
            click.echo(f"copied       {10 * tenth} %", err=True)

    return show
