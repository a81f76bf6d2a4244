"""`secmsg continuity`: how the serials of each pair stand, and what an officer does about them."""

from pathlib import Path

import click

from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.printing import moment, print_json, print_table, word
from secmsg.commands.renewing import new_file
from secmsg.ids import StationId
from secmsg.station.books import BookPaper
from secmsg.station.number_views import Continuity, MissingRow, PairRow
from secmsg.wire.books import MAX_BLOCK, MAX_PAPER, BookReason
from secmsg.wire.service import MAX_SERIAL, Posture, Ranges

MAX_STATION = 65_535
MAX_FIGURES = 10
_existing = click.Path(path_type=Path, exists=True, dir_okay=False)


class Serials(click.ParamType[Ranges]):
    """Serials and ranges: 900-905,907."""

    name = "serials"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Ranges:
        """Read the ranges."""
        if isinstance(value, tuple):
            return value
        found = []
        for part in str(value).split(","):
            first, _, last = part.strip().partition("-")
            low, high = self._serial(first, param, ctx), self._serial(last or first, param, ctx)
            if high < low:
                self.fail(f"{part!r} falls", param, ctx)
            found.append((low, high))
        return tuple(found)

    def _serial(self, text: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= MAX_FIGURES and 1 <= int(text) <= MAX_SERIAL):
            self.fail(f"{text!r} is no serial", param, ctx)
        return int(text)


peer_argument = click.argument("peer", type=click.IntRange(1, MAX_STATION))
serials_argument = click.argument("serials", type=Serials())


@click.group()
def continuity() -> None:
    """Show the serials of each pair of stations, ask for missing ones, open new books, keep serials for the hand."""


@continuity.command()
@home_option
@way_options
@json_option
def show(*, home: Path, way: Way, as_json: bool) -> None:
    """Show what was sent, received and is missing, the last recaps, and what waits for a person."""
    with opened_station(home, way) as station:
        found = station.numbers.continuity()
    if as_json:
        print_json(found)
        return
    click.echo(f"posture {word(found.posture)}, a recap every {found.every_s // 3_600} h")
    heads = ("station", "sent", "theirs", "received", "missing", "their recap", "last heard", "silent since", "alarms")
    print_table(heads, (_pair(row) for row in found.pairs), "no chain has begun")
    _details(found)


def _pair(row: PairRow) -> tuple[str, ...]:
    return (
        f"{row.peer}  {row.peer_name}",
        f"{row.sent}",
        f"{row.theirs_received}",
        f"{row.received}",
        _spans(tuple((each.first, each.last) for each in row.missing)),
        moment(row.recap_at),
        moment(row.heard_at),
        moment(row.silent_since),
        f"{row.alarms}",
    )


def _details(found: Continuity) -> None:
    for row in found.pairs:
        for each in row.missing:
            click.echo(f"missing from {row.peer_name}: {_gap(each)}")
        if row.lacking:
            click.echo(f"{row.peer_name} lacks of ours: {_spans(row.lacking)}")
        for block in row.blocks:
            whose = "kept here" if block.outgoing else f"kept by {row.peer_name}"
            said = f"given {_spans(block.used)}, not entered {_spans(block.missing)}" if block.reported_at else "open"
            click.echo(f"by hand {block.first}-{block.last}, {whose}: {said}")


def _gap(row: MissingRow) -> str:
    asks = "; ".join(
        f"asked {moment(each.at)}{' by hand' if each.by_hand else ''} by {', '.join(each.channels) or 'no channel yet'}"
        for each in row.asks
    )
    alarm = f"; given to the officers of both ends {moment(row.alarmed_at)}" if row.alarmed_at is not None else ""
    return f"{_spans(((row.first, row.last),))} since {moment(row.since)}; {asks or 'not asked yet'}{alarm}"


def _spans(ranges: Ranges) -> str:
    return ",".join(f"{first}" if first == last else f"{first}-{last}" for first, last in ranges) or "-"


@continuity.command()
@home_option
@way_options
@json_option
def acts(*, home: Path, way: Way, as_json: bool) -> None:
    """List the register of acts on serials, after its chain was checked."""
    with opened_station(home, way) as station:
        lines = station.numbers.acts()
    if as_json:
        print_json(lines)
        return
    rows = (
        (
            f"{each.line}",
            moment(each.act.at),
            word(each.act.kind),
            f"{each.act.peer or '-'}",
            _spans(((each.act.first, each.act.last),)) if each.act.first else "-",
            each.act.person,
            each.act.reason,
        )
        for each in lines
    )
    print_table(("line", "at", "act", "station", "serials", "person", "reason"), rows, "the register is empty")


# --- gaps ------------------------------------------------------------------------------------------------------------


@continuity.command()
@home_option
@way_options
@peer_argument
@serials_argument
def ask(*, home: Path, way: Way, peer: int, serials: Ranges) -> None:
    """Ask station PEER for missing SERIALS once more."""
    with opened_station(home, way) as station:
        for first, last in serials:
            station.numbers.ask_again(StationId(peer), first, last)
    click.echo(f"asked for {_spans(serials)}; it leaves with the next `secmsg sync`")


@continuity.command()
@home_option
@way_options
@click.option("--reason", required=True, help="Why; the other end is told, and it stands in the register.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@peer_argument
@serials_argument
def close(*, home: Path, way: Way, reason: str, yes: bool, peer: int, serials: Ranges) -> None:
    """Close a gap: SERIALS of station PEER that nobody here has seen, a whole gap each."""
    with opened_station(home, way) as station:
        if not yes:
            click.confirm(f"Nobody has seen {_spans(serials)}. Close the gap?", abort=True, err=True)
        for first, last in serials:
            station.numbers.close_gap(StationId(peer), first, last, reason)
    click.echo(f"closed {_spans(serials)}; what comes late after all is entered")


# --- posture ---------------------------------------------------------------------------------------------------------


@continuity.command()
@home_option
@way_options
@click.option("--tell-all", is_flag=True, help="As headquarters: every station takes this posture.")
@click.option("--note", default="", help="With --tell-all: a note for the officers there.")
@click.argument("posture", type=OneOf(*Posture))
def posture(*, home: Path, way: Way, tell_all: bool, note: str, posture: Posture) -> None:
    """Set how often recaps go: every day, every 6 hours, every hour."""
    with opened_station(home, way) as station:
        station.numbers.set_posture(posture)
        told = station.numbers.tell_posture(posture, note) if tell_all else 0
    click.echo(f"posture {word(posture)}" + (f"; {told} stations are told" if tell_all else ""))


# --- new books -------------------------------------------------------------------------------------------------------


@continuity.group()
def book() -> None:
    """Open a new book of serials, by a statement that two persons sign."""


@book.command()
@home_option
@way_options
@click.option("--to", "peers", type=click.IntRange(1, MAX_STATION), multiple=True, required=True, help="A station.")
@click.option("--reason", type=OneOf(*BookReason), required=True)
@click.option("--first", type=click.IntRange(1, MAX_SERIAL), help="The first serial; above all known ones by itself.")
@click.option("--note", default="", help="One line for those who sign and receive it.")
@click.argument("paper", type=new_file)
def propose(
    *, home: Path, way: Way, peers: tuple[int, ...], reason: BookReason, first: int | None, note: str, paper: Path
) -> None:
    """Write and sign a statement into the new file PAPER; nothing changes yet."""
    with files.making(paper) as write, opened_station(home, way) as station:
        made = station.numbers.propose_book(tuple(StationId(each) for each in peers), reason, note, first)
        write(made.data)
    _print(made)
    click.echo(f"next: a second person signs {paper}: secmsg continuity book countersign")


@book.command()
@home_option
@way_options
@click.argument("paper", type=_existing)
def read(*, home: Path, way: Way, paper: Path) -> None:
    """Show what a statement says and who has signed it, after its signatures were verified."""
    with opened_station(home, way) as station:
        _print(station.numbers.read_book(files.read(paper, MAX_PAPER)))


@book.command()
@home_option
@way_options
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.argument("paper", type=_existing)
@click.argument("signed", type=new_file)
def countersign(*, home: Path, way: Way, yes: bool, paper: Path, signed: Path) -> None:
    """Sign the statement in PAPER as the second person, into the new file SIGNED."""
    with files.making(signed) as write, opened_station(home, way) as station:
        data = files.read(paper, MAX_PAPER)
        _print(station.numbers.read_book(data))
        if not yes:
            click.confirm("Is this what was agreed?", abort=True, err=True)
        write(station.numbers.countersign_book(data).data)
    click.echo(f"next: the station of the book sends {signed}: secmsg continuity book open")


@book.command(name="open")
@home_option
@way_options
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.argument("paper", type=_existing)
def open_(*, home: Path, way: Way, yes: bool, paper: Path) -> None:
    """Begin the book of a statement that two persons have signed, and tell its stations."""
    with opened_station(home, way) as station:
        data = files.read(paper, MAX_PAPER)
        _print(station.numbers.read_book(data))
        if not yes:
            click.confirm("Open this book?", abort=True, err=True)
        reached = station.numbers.open_book(data)
    click.echo(f"open towards {reached} stations; it leaves with the next `secmsg sync`")


def _print(paper: BookPaper) -> None:
    said = paper.statement
    stations = ", ".join(f"{each}" for each in said.peers)
    click.echo(f"new book {said.book} of station {said.origin}, from serial {said.first}, towards {stations}")
    click.echo(f"reason {word(said.reason)}, {moment(said.at)}{f', {said.note}' if said.note else ''}")
    for signer in paper.signers:
        click.echo(f"signed {signer}")


# --- traffic by hand -------------------------------------------------------------------------------------------------


@continuity.group()
def hand() -> None:
    """Keep serials for traffic by hand while the computer is down, and account for them on return."""


@hand.command()
@home_option
@way_options
@click.option("--count", type=click.IntRange(1, MAX_BLOCK), help="How many, from the next serial on.")
@click.option("--up-to", type=click.IntRange(1, MAX_SERIAL), help="The last serial given by hand, when none were kept.")
@peer_argument
def keep(*, home: Path, way: Way, count: int | None, up_to: int | None, peer: int) -> None:
    """Keep the next serials towards station PEER for traffic by hand."""
    if (count is None) == (up_to is None):
        raise click.UsageError("one of --count and --up-to is needed")
    with opened_station(home, way) as station:
        first, last = station.numbers.keep_block(StationId(peer), count or 0, up_to)
    click.echo(f"serials {first} to {last} towards station {peer} are for the hand: write them down")


@hand.command()
@home_option
@way_options
@click.option(
    "--used", type=Serials(), help="The serials that were given by hand, beside those of cables in the register."
)
@peer_argument
@click.argument("first", type=click.IntRange(1, MAX_SERIAL))
def reconcile(*, home: Path, way: Way, used: Ranges | None, peer: int, first: int) -> None:
    """Account for our block that begins at FIRST towards station PEER: what was not given is void."""
    with opened_station(home, way) as station:
        given = station.numbers.reconcile_block(StationId(peer), first, used or ())
    click.echo(f"given by hand {_spans(given)}; the rest is reported void")


@hand.command()
@home_option
@way_options
@peer_argument
@click.argument("first", type=click.IntRange(1, MAX_SERIAL))
@serials_argument
def take(*, home: Path, way: Way, peer: int, first: int, serials: Ranges) -> None:
    """Enter the SERIALS of station PEER's block from FIRST that came here by hand."""
    with opened_station(home, way) as station:
        station.numbers.take_by_hand(StationId(peer), first, serials)
    click.echo(f"entered {_spans(serials)}")
