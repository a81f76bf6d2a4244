"""`passphrase` and `recover` of a station's and of an authority's store, and recovery sheets as files."""

from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import (
    check_store,
    groups_option,
    home_option,
    new_passphrase_option,
    new_unlock,
    old_unlock,
    passphrase_option,
    sheet_unlock,
)
from secmsg.commands.ground import policy
from secmsg.station import passphrases
from secmsg.station.passphrases import Kind
from secmsg.station.sheets import Paper

new_file = click.Path(path_type=Path, dir_okay=False)

_MAKERS = {Kind.STATION: "station init", Kind.AUTHORITY: "authority create"}

_ENDS = """\
This makes a new beginning for the store in {home}. From then on it is not opened by
  - any passphrase it has had, of every officer,
  - the key half in the system keyring, where there is one,
  - the recovery sheet whose groups you have given.
The cables, drafts and registers stay. A new recovery sheet is written to {sheet}."""

_OLD = {
    Kind.STATION: "opens this store no more, and alone opens the backups made before: keep it with them, sealed, until "
    "a new backup is made and verified",
    Kind.AUTHORITY: "opens nothing any more: destroy it",
}

_BOTH = """\
This was not finished. Keep both sheets, the old one and {sheet}: one of them opens the store. Try the new one first
(`{kind} recover` with its groups and another --sheet), then the old one."""


def sheet_bytes(path: Path, text: str, pdf: bytes) -> bytes:
    """Return a recovery sheet in the form that the file's ending asks for."""
    return pdf if path.suffix.lower() == ".pdf" else text.encode()


def passphrase_command(kind: Kind) -> click.Command:
    """Make the command that replaces a passphrase."""

    @click.command(name="passphrase")
    @home_option
    @passphrase_option
    @new_passphrase_option
    def passphrase(*, home: Path, passphrase_file: Path | None, new_passphrase_file: Path | None) -> None:
        """Replace the passphrase; the recovery sheet stays as it is."""
        check_store(home, _MAKERS[kind])
        old = old_unlock(passphrase_file)
        renewed = passphrases.change(home, kind, old, new_unlock(new_passphrase_file), policy())
        click.echo("passphrase  changed: the old one opens nothing any more")
        _tell_keyring(kind, bound=renewed.bound)

    return passphrase


def recover_command(kind: Kind) -> click.Command:
    """Make the command that begins anew with the recovery sheet."""

    @click.command(name="recover")
    @home_option
    @groups_option
    @new_passphrase_option
    @click.option("--sheet", type=new_file, required=True, help="The new recovery sheet to make (PDF by its ending).")
    @click.option("--officer", type=click.IntRange(1), help="Who of several officers goes on: the number.")
    @click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
    def recover(
        *,
        home: Path,
        groups_file: Path | None,
        new_passphrase_file: Path | None,
        sheet: Path,
        officer: int | None,
        yes: bool,
    ) -> None:
        """Set a new passphrase with the recovery sheet, and make a new sheet.

        For a forgotten passphrase or a lost keyring, and for every time the seal of the sheet was broken.
        """
        written = False

        def keep(paper: Paper) -> None:
            nonlocal written
            files.make(sheet, sheet_bytes(sheet, paper.text, paper.pdf))
            written = True

        check_store(home, _MAKERS[kind])
        files.check_free(sheet)
        with passphrases.recovering(home, kind, sheet_unlock(groups_file), policy()) as recovery:
            click.echo(_ENDS.format(home=home, sheet=sheet), err=True)
            if not yes:
                click.confirm("Go on?", abort=True, err=True)
            new = new_unlock(new_passphrase_file)
            try:
                renewed = recovery.finish(new, keep, officer or 0)
            except BaseException:
                if written:
                    click.echo(_BOTH.format(sheet=sheet, kind=kind.value), err=True)
                raise
        click.echo("passphrase  new: no earlier one opens anything")
        click.echo(f"sheet       {sheet} (proven to open the store: print it, seal it, erase the file)")
        click.echo(f"old sheet   {_OLD[kind]}")
        _tell_keyring(kind, bound=renewed.bound)

    return recover


def _tell_keyring(kind: Kind, *, bound: bool) -> None:
    if kind is Kind.STATION:
        click.echo(f"keyring     {'a key half is kept there' if bound else 'none: the passphrase stands alone'}")
