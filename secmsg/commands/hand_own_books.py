"""`secmsg hand book editions|import|use|export` and `supplement`: headquarters' own books, kept in the profile."""

from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.printing import moment, print_json, print_table
from secmsg.commands.renewing import new_file
from secmsg.manual import codebook_file, supplement
from secmsg.manual.supplement import Supplement

_edition = click.IntRange(1, 9999)
_peer = click.option(
    "--peer", type=click.IntRange(0, 0xFFFF), default=0, help="The station it is shared with; 0: with every one."
)
_issue = click.option("--issue", type=click.IntRange(1, 999_999), help="An older issue of the supplement.")
_out = click.option("--out", type=new_file, required=True, help="The file to make; nothing may be there yet.")
_file = click.argument("file", type=click.Path(path_type=Path, allow_dash=True))


@click.command()
@home_option
@way_options
@json_option
def editions(*, home: Path, way: Way, as_json: bool) -> None:
    """List the editions of the codebook at hand, headquarters' own among them."""
    with opened_station(home, way) as station:
        found = station.codebooks.editions()
    if as_json:
        print_json(found)
        return
    print_table(
        ("edition", "entries", "from", "in force", "title"),
        (
            (
                str(each.edition),
                str(each.entries),
                "program" if each.shipped else "file",
                "yes" if each.in_force else "",
                each.title,
            )
            for each in found
        ),
        "no codebook",
    )


@click.command("import")
@home_option
@way_options
@_file
def import_(*, home: Path, way: Way, file: Path) -> None:
    """Keep headquarters' own codebook from its FILE; texts are encoded with it only after `use`."""
    given = files.read_text(file, 4 * codebook_file.MAX_FILE) + "\n"
    with opened_station(home, way) as station:
        kept = station.codebooks.keep(given)
    say = "in force" if kept.in_force else f"not in force: `secmsg hand book use {kept.edition}`"
    click.echo(f"edition {kept.edition} is kept, {kept.entries} entries, {say}")


@click.command()
@home_option
@way_options
@click.argument("edition", type=_edition)
def use(*, home: Path, way: Way, edition: int) -> None:
    """Encode with an edition from now on; what comes is read with the edition that it names."""
    with opened_station(home, way) as station:
        station.codebooks.use(edition)
    click.echo(f"edition {edition} is in force")


@click.command()
@home_option
@way_options
@click.option("--edition", type=_edition, help="That in force without it.")
@_peer
@_issue
@_out
def export(*, home: Path, way: Way, edition: int | None, peer: int, issue: int | None, out: Path) -> None:
    """Write an edition with its supplement as a file, for printing or for `--book`."""
    with opened_station(home, way) as station:
        found = station.codebooks.book(edition, peer, issue)
    files.make(out, codebook_file.write(found).encode("utf-8"))
    click.echo(f"edition {found.edition} written to {out}")


@click.group("supplement")
def supplement_() -> None:
    """Keep a mission's own words at 9900 to 9999, in issues that supersede each other."""


@supplement_.command("list")
@home_option
@way_options
@json_option
@_peer
def list_(*, home: Path, way: Way, as_json: bool, peer: int) -> None:
    """List the issues shared with a station, the newest first, with their words."""
    with opened_station(home, way) as station:
        found = station.codebooks.issues(peer)
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("no supplement")
    for each in found:
        since = "being written" if each.in_force is None else f"in force since {moment(each.in_force)}"
        click.echo(f"issue {each.issue}: {since}{'' if each.current or each.in_force is None else ', superseded'}")
        for entry in each.entries:
            click.echo(f"  {entry.code}  {entry.text}")


@supplement_.command()
@home_option
@way_options
@_peer
@click.option("--remove", is_flag=True, help="Take the code out.")
@click.argument("code")
@click.argument("text", nargs=-1)
def put(*, home: Path, way: Way, peer: int, remove: bool, code: str, text: tuple[str, ...]) -> None:
    """Write a word into the next issue; nothing changes for messages until `issue`."""
    if remove is bool(text):
        raise click.UsageError("give a TEXT, or --remove")
    with opened_station(home, way) as station:
        _say(station.codebooks.put(code, " ".join(text), peer), "being written")


@supplement_.command()
@home_option
@way_options
@_peer
def issue(*, home: Path, way: Way, peer: int) -> None:
    """Put the issue that is being written in force; the one before stays for old messages."""
    with opened_station(home, way) as station:
        _say(station.codebooks.issue(peer), "in force: the other office needs its file too")


@supplement_.command("export")
@home_option
@way_options
@_peer
@_out
def export_supplement(*, home: Path, way: Way, peer: int, out: Path) -> None:
    """Write the issue in force as a file for the other office."""
    with opened_station(home, way) as station:
        found = station.codebooks.current(peer)
    files.make(out, supplement.write(found).encode("utf-8"))
    click.echo(f"issue {found.issue} written to {out}")


@supplement_.command("import")
@home_option
@way_options
@_peer
@_file
def import_supplement(*, home: Path, way: Way, peer: int, file: Path) -> None:
    """Take an issue that the other office has put in force."""
    given = files.read_text(file, 4 * supplement.MAX_FILE) + "\n"
    with opened_station(home, way) as station:
        _say(station.codebooks.take(given, peer), "in force")


def _say(found: Supplement, how: str) -> None:
    click.echo(f"issue {found.issue} of the supplement, {len(found.entries)} words, {how}")
