"""`secmsg station sheet`: the recovery sheet is proven before the first cable, and stands in the ledger."""

from pathlib import Path

import click

from secmsg.commands.asking import (
    check_store,
    groups_option,
    home_option,
    old_unlock,
    passphrase_option,
    sheet_unlock,
)
from secmsg.commands.ground import policy
from secmsg.station.station import open_station


@click.group()
def sheet() -> None:
    """Prove the recovery sheet before the first cable: it is read back from the paper."""


@sheet.command()
@home_option
@passphrase_option
@groups_option
@click.option("--sheet-place", required=True, help="Where the sealed sheet lies, for the ledger.")
def check(*, home: Path, passphrase_file: Path | None, groups_file: Path | None, sheet_place: str) -> None:
    """Type all groups of the sheet back from the paper: they must open this store. Then cables can be released."""
    check_store(home)
    station = open_station(home, old_unlock(passphrase_file), policy())
    try:
        station.setup.prove_sheet(sheet_unlock(groups_file), sheet_place)
        joined = station.status().joined
    finally:
        station.close()
    click.echo("sheet  checked: it opens this store. Seal it, put it into the safe")
    click.echo(f"ledger {'it stands there' if joined else 'it is entered when the station joins'}")
