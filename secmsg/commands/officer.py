"""`secmsg officer`: the persons of a post, who stands in for whom, the head of mission's share, the recovery sheet."""

from dataclasses import dataclass
from pathlib import Path

import click

from secmsg.commands import files, renewing
from secmsg.commands.asking import (
    Way,
    home_option,
    json_option,
    new_passphrase_option,
    new_pin_option,
    new_unlock,
    opened_station,
    pin,
    second_unlock,
    second_unlock_options,
    way_options,
)
from secmsg.commands.choices import Moment, OneOf
from secmsg.commands.listing import find_cable
from secmsg.commands.printing import moment, print_json, print_table, word
from secmsg.office.person_log import LogLine
from secmsg.office.persons import Bar, Rank, State, Term
from secmsg.station.officers import fingerprint
from secmsg.station.persons import Officer
from secmsg.station.reopening import Word
from secmsg.station.sheets import Paper

MAX_PERSON = 65_535
_number = click.argument("number", type=click.IntRange(1, MAX_PERSON))
_second = click.option("--second", required=True, help="Who stands by: the name of the second person.")
_request = click.option("--request", type=renewing.new_file, help="Write what headquarters is to be asked there.")


@dataclass(frozen=True, slots=True)
class _Line:
    """A person as `list --json` prints it."""

    number: int
    person: int
    name: str
    title: str
    rank: Rank
    state: State
    certified: bool
    here: bool
    bar: str


@click.group()
def officer() -> None:
    """Keep the persons of this post: each with a passphrase and a key of their own."""


@officer.command(name="list")
@home_option
@way_options
@json_option
def list_(*, home: Path, way: Way, as_json: bool) -> None:
    """List the persons, who of them has opened the store, and whether that one may sign now."""
    with opened_station(home, way) as opened:
        room = opened.officers
        present, bar, found = room.present(), room.bar(), room.listed()
    lines = [_line(each, present, bar) for each in found]
    if as_json:
        print_json(lines)
        return
    print_table(
        ("number", "name", "title", "rank", "standing", "headquarters"),
        (
            (f"{e.number}{'*' if e.here else ''}", e.name, e.title, word(e.rank), word(e.state), _listed(e))
            for e in lines
        ),
        "no person is known: the store was not opened yet",
    )
    if bar is not None:
        click.echo(f"signs not now: {bar.value}")


def _line(each: Officer, present: Officer, bar: Bar | None) -> _Line:
    here = each.number == present.number
    said = bar.value if here and bar is not None else ""
    return _Line(each.number, each.person, each.name, each.title, each.rank, each.state, each.certified, here, said)


def _listed(line: _Line) -> str:
    return f"person {line.person}" if line.certified else "not listed yet"


@officer.command()
@home_option
@way_options
@json_option
@click.option("--cable", help="Only what was done with this cable, by its number or id.")
def log(*, home: Path, way: Way, as_json: bool, cable: str | None) -> None:
    """Print the record of persons: who opened, read, wrote out, destroyed, was added, suspended, removed, away."""
    with opened_station(home, way) as opened:
        room = opened.officers
        found = room.record() if cable is None else room.of_cable(find_cable(opened, cable).cable_id)
        lines: list[LogLine] = [each.line for each in found]
    if as_json:
        print_json(lines)
        return
    print_table(
        ("at", "who", "deed", "about", "detail"),
        ((moment(e.at), e.name, word(e.deed), f"{e.about or '-'}", " ".join(e.detail.split())) for e in lines),
        "nothing is recorded",
    )


@officer.command()
@home_option
@way_options
@click.option("--name", required=True, help="The new person's name, as headquarters shall list it.")
@click.option("--title", required=True)
@click.option(
    "--rank", type=OneOf(Rank.OFFICER, Rank.DEPUTY), default=Rank.OFFICER, help="A deputy signs only for a time."
)
@_second
@new_passphrase_option
@_request
def add(
    *, home: Path, way: Way, name: str, title: str, rank: Rank, second: str, new_passphrase_file: Path | None,
    request: Path | None,
) -> None:  # fmt: skip
    """Give a new person a keyslot; the person types the new passphrase, and headquarters is asked to list the key."""
    with opened_station(home, way) as opened:
        made = opened.officers.add(name, title, rank, new_unlock(new_passphrase_file), second)
        asked = opened.officers.request(made.number)
    _tell_request(asked, request, made.number)
    click.echo(
        f"person       {made.number} {made.name}: opens and reads from now on, signs when headquarters has listed them"
    )


@officer.command()
@home_option
@way_options
@click.option("--name", required=True, help="The successor's name.")
@click.option("--title", required=True)
@_second
@new_passphrase_option
@_request
@_number
def replace(
    *, home: Path, way: Way, name: str, title: str, second: str, new_passphrase_file: Path | None, request: Path | None,
    number: int,
) -> None:  # fmt: skip
    """Let a successor take the place of person NUMBER, whose passphrase opens nothing from then on."""
    with opened_station(home, way) as opened:
        rank = next((each.rank for each in opened.officers.listed() if each.number == number), Rank.OFFICER)
        made = opened.officers.add(name, title, rank, new_unlock(new_passphrase_file), second)
        gone = opened.officers.remove(number, second, f"replaced by {made.number} {made.name}")
        asked = opened.officers.request(made.number)
    _tell_request(asked, request, made.number)
    click.echo(f"person       {made.number} {made.name} in place of {gone.number} {gone.name}")


@officer.command()
@home_option
@way_options
@click.option("--out", type=renewing.new_file, required=True, help="The file to make for headquarters.")
@_number
def request(*, home: Path, way: Way, out: Path, number: int) -> None:
    """Write what headquarters is to be asked about a person: to be listed, or to be taken off."""
    with opened_station(home, way) as opened:
        asked = opened.officers.request(number)
    _tell_request(asked, out, number)


@officer.command()
@home_option
@way_options
@click.option("--reason", default="", help="Why, for the record.")
@_number
def suspend(*, home: Path, way: Way, reason: str, number: int) -> None:
    """Take a person's keyslot out at once: the passphrase opens nothing until two persons bring it back."""
    with opened_station(home, way) as opened:
        found = opened.officers.suspend(number, reason)
    click.echo(
        f"suspended    {found.number} {found.name}: `secmsg officer resume {found.number}` brings the passphrase back"
    )


@officer.command()
@home_option
@way_options
@_second
@_number
def resume(*, home: Path, way: Way, second: str, number: int) -> None:
    """Let a suspended person open again with the passphrase as it was."""
    with opened_station(home, way) as opened:
        found = opened.officers.resume(number, second)
    click.echo(f"back         {found.number} {found.name}")


@officer.command()
@home_option
@way_options
@_second
@click.option("--reason", default="", help="Why, for the record.")
@_request
@click.option("--yes", is_flag=True, help="Do not ask.")
@_number
def remove(*, home: Path, way: Way, second: str, reason: str, request: Path | None, yes: bool, number: int) -> None:
    """Overwrite a person's keyslot for good; the name and what the person signed stay."""
    with opened_station(home, way) as opened:
        name = next((each.name for each in opened.officers.listed() if each.number == number), str(number))
        if not yes:
            click.confirm(f"Shall nothing be opened by {name} any more?", abort=True, err=True)
        gone = opened.officers.remove(number, second, reason)
        asked = opened.officers.request(number) if gone.certified else b""
    if asked:
        _tell_request(asked, request, number)
    click.echo(f"removed      {gone.number} {gone.name}: the passphrase opens nothing any more")


@officer.command()
@home_option
@way_options
@second_unlock_options
@click.option("--deputy", type=click.IntRange(1, MAX_PERSON), help="Who stands in.")
@click.option("--from", "since", type=Moment(), required=True, help="For example 2026-12-01T08:00+07:00.")
@click.option("--until", type=Moment(), required=True)
@click.option("--second-person", help="With --headquarters-word, instead of a second passphrase.")
@click.option("--headquarters-word", help="Who at headquarters has said so, when and by which way.")
@_number
def absent(
    *, home: Path, way: Way, second_passphrase_file: Path | None, second_share_file: Path | None,
    second_pin_file: Path | None, deputy: int | None, since: int, until: int, second_person: str | None,
    headquarters_word: str | None, number: int,
) -> None:  # fmt: skip
    """Record that a person is away, and who stands in: with a second person's passphrase, or headquarters' word."""
    with opened_station(home, way) as opened:
        room = opened.officers
        if headquarters_word is not None:
            word_ = Word(second_person or "", headquarters_word)
            term = room.absent(number, deputy or 0, since, until, word_)
        else:
            unlock = second_unlock(second_passphrase_file, second_share_file, second_pin_file)
            with room.witness(unlock, f"absence of {number}") as second:
                term = room.absent(number, deputy or 0, since, until, second)
    click.echo(f"term         {term.number}: {number} is away {moment(term.since)} to {moment(term.until)}")


@officer.command()
@home_option
@way_options
@click.argument("term", type=click.IntRange(1))
def back(*, home: Path, way: Way, term: int) -> None:
    """End an absence before its time; `secmsg officer absences` gives its number."""
    with opened_station(home, way) as opened:
        ended = opened.officers.back(term)
    click.echo(f"ended        term {ended.number} of person {ended.officer}")


@officer.command()
@home_option
@way_options
@json_option
def absences(*, home: Path, way: Way, as_json: bool) -> None:
    """List the absences and who stands in."""
    with opened_station(home, way) as opened:
        found: tuple[Term, ...] = opened.officers.terms()
    if as_json:
        print_json(found)
        return
    print_table(
        ("term", "away", "stands in", "from", "until", "ended", "decided by"),
        (
            (f"{e.number}", f"{e.officer}", f"{e.deputy or '-'}", moment(e.since), moment(e.until), moment(e.ended_at),
             e.decided) for e in found
        ),
        "nobody was away",
    )  # fmt: skip


@officer.command()
@home_option
@way_options
@click.option("--name", required=True, help="The head of mission's name.")
@click.option("--title", default="Trưởng cơ quan đại diện", show_default=True)
@_second
@new_pin_option
@click.option("--sheet", type=renewing.new_file, required=True, help="The share to make (PDF by its ending).")
def share(*, home: Path, way: Way, name: str, title: str, second: str, new_pin_file: Path | None, sheet: Path) -> None:
    """Give the head of mission a printed share and a PIN: to read, and to be the second person."""
    with files.making(sheet) as write, opened_station(home, way) as opened:

        def keep(paper: Paper) -> None:
            write(renewing.sheet_bytes(sheet, paper.text, paper.pdf))

        made = opened.officers.share(name, title, pin(new_pin_file, new=True), second, keep)
    click.echo(f"person       {made.number} {made.name}")
    click.echo(f"share        {sheet} (print it, seal it, erase the file; the PIN stands nowhere)")


@officer.command(name="sheet")
@home_option
@way_options
@click.option(
    "--sheet", type=renewing.new_file, required=True, help="The new recovery sheet to make (PDF by its ending)."
)
@second_unlock_options
def new_sheet(
    *, home: Path, way: Way, sheet: Path, second_passphrase_file: Path | None, second_share_file: Path | None,
    second_pin_file: Path | None,
) -> None:  # fmt: skip
    """Make a new recovery sheet; the old one opens nothing afterwards, but backups made before.

    Where the post has other persons, one of them stands by with the own passphrase, or with share and PIN.
    """
    with files.making(sheet) as write, opened_station(home, way) as opened:
        room = opened.officers
        proofs = (second_passphrase_file, second_share_file, second_pin_file)
        second = None if room.stands_alone() else second_unlock(*proofs)
        room.new_sheet(lambda paper: write(renewing.sheet_bytes(sheet, paper.text, paper.pdf)), second)
    click.echo(f"sheet        {sheet} (print it, seal it, erase the file)")
    click.echo("old sheet    opens the store no more; keep it with the backups made before, or make a new backup first")


def _tell_request(asked: bytes, out: Path | None, number: int) -> None:
    if out is None:
        click.echo(f"request      `secmsg officer request {number} --out FILE` writes it for headquarters")
        return
    files.make(out, asked)
    click.echo(f"request      {out}")
    click.echo(f"fingerprint  {fingerprint(asked)}")
