"""`secmsg hand encipher`, `decipher`, `check` and `receipt`: cables by hand, in the same registers as all others."""

from dataclasses import replace
from pathlib import Path

import click

from secmsg import vietnamese
from secmsg.commands import files
from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.choices import OneOf
from secmsg.commands.listing import find_cable
from secmsg.commands.printing import moment, print_json, print_table
from secmsg.commands.send import MAX_TEXT_BYTES, addressed
from secmsg.errors import NotFound, SecmsgError
from secmsg.ids import StationId
from secmsg.office.draft import Draft
from secmsg.office.hand_work import Line
from secmsg.station import by_hand, hand_receiving, hand_typed
from secmsg.station.hand_sending import Typed
from secmsg.station.hand_sending import Way as HandWay
from secmsg.station.hand_texts import Cutting
from secmsg.station.hand_views import HandFate, HandReleased, HandTaken
from secmsg.station.station import Station
from secmsg.wire.cable import Degree, Urgency

MAX_GROUPS_BYTES = 2**16
STRIP = 30
WRONG = 102
"""The exit code of groups that must be asked for (errors.GroupsWrong)."""

_Text = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
_book_option = click.option("--book", type=click.IntRange(1), help="Its register number; by default the one in use.")
_page_option = click.option("--page", default=None, help="The page on top of the paper, five figures.")
_parity_option = click.option("--parity", is_flag=True, help="An eleventh group a row: for links that give no answer.")
_length_option = click.option(
    "--length",
    type=click.IntRange(0, 960),
    default=0,
    help="Fill with nulls to this many groups; else to whole strips.",
)
_typed_option = click.option(
    "--typed", type=_Text, help="Pages and sheets typed from paper, of a book that is on paper alone."
)
_block_option = click.option("--block", type=click.IntRange(1), help="Take the serial of our block that begins there.")


@click.command()
@home_option
@way_options
@json_option
@_book_option
@_page_option
@_parity_option
@_length_option
@_block_option
@_typed_option
@click.option("--to", required=True, help="The addressee, by number or name.")
@click.option("--degree", type=OneOf(*Degree), required=True, help="There is no default.")
@click.option("--basis", default="", help="Mandatory for a secret; it travels with the signed cable.")
@click.option("--urgency", type=OneOf(*Urgency), default=Urgency.ROUTINE)
@click.option("--urgency-reason", default="", help="Mandatory for flash.")
@click.option("--topic", multiple=True, required=True)
@click.option("--subject", default="", help="Of the signed cable; it does not travel in groups. Or --subject-file.")
@click.option("--subject-file", type=_Text, help="The subject is the first line of this file.")
@click.option("--drafter", required=True, help="Who drafted it.")
@click.option("--drafter-title", default="")
@click.option("--second-person", default="", help="Mandatory for top-secret.")
@click.option("--syllabary", is_flag=True, help="By the one-page syllabary: for a codebook that is destroyed.")
@click.argument("text", type=_Text)
def encipher(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    book: int | None,
    page: str | None,
    parity: bool,
    length: int,
    block: int | None,
    typed: Path | None,
    to: str,
    degree: Degree,
    basis: str,
    urgency: Urgency,
    urgency_reason: str,
    topic: tuple[str, ...],
    subject: str,
    subject_file: Path | None,
    drafter: str,
    drafter_title: str,
    second_person: str,
    syllabary: bool,
    text: Path,
) -> None:
    """Release the cable in the file TEXT (- for standard input) by hand and print its header and groups.

    Its number, its register line and its serial are those of any other cable; the signed one waits for `secmsg sync`.
    """
    if bool(subject) == (subject_file is not None):
        raise click.UsageError("one of --subject and --subject-file is needed")
    line = subject if subject_file is None else files.first_line(subject_file, MAX_TEXT_BYTES)
    body = files.read_text(text, MAX_TEXT_BYTES)
    pages = _typed(typed)
    with opened_station(home, way) as station:
        (peer,) = addressed((to,), station.addressees())
        draft = Draft(
            degree=degree,
            basis=basis,
            urgency=urgency,
            urgency_reason=urgency_reason,
            action_to=(peer,),
            topics=topic,
            subject=vietnamese.nfc(line),
            body=vietnamese.nfc(body),
            drafter_name=vietnamese.nfc(drafter),
            drafter_title=vietnamese.nfc(drafter_title),
            second_person_name=vietnamese.nfc(second_person),
        )
        cutting = Cutting(syllabary=syllabary)
        there = HandWay(_book(station, peer, book), page, parity, length, block, cutting=cutting)
        made = station.hand.release(draft, _chosen(there, pages))
    _print_released(made, as_json=as_json)


@click.command()
@home_option
@way_options
@json_option
@click.option("--to", required=True, help="The addressee, by number or name.")
@click.option("--basis", default="", help="Mandatory for a secret; it travels with the signed cable.")
@click.option("--urgency-reason", default="", help="Mandatory for flash.")
@click.option("--topic", multiple=True, required=True)
@click.option("--subject", default="", help="Of the signed cable. Or --subject-file.")
@click.option("--subject-file", type=_Text, help="The subject is the first line of this file.")
@click.option("--drafter", required=True, help="Who drafted it.")
@click.option("--drafter-title", default="")
@click.option("--second-person", default="", help="Mandatory for top-secret.")
@click.option("--as-written", is_flag=True, help="Let a number stand that is not the next one here.")
@click.option("--worksheet", type=click.IntRange(1), help="Once more, with the pages that this worksheet took.")
@_typed_option
@click.argument("text", type=_Text)
def enter(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    to: str,
    basis: str,
    urgency_reason: str,
    topic: tuple[str, ...],
    subject: str,
    subject_file: Path | None,
    drafter: str,
    drafter_title: str,
    second_person: str,
    as_written: bool,
    worksheet: int | None,
    typed: Path | None,
    text: Path,
) -> None:
    """Enter a cable that was enciphered on paper while the computer was down: header and groups in the file TEXT."""
    if bool(subject) == (subject_file is not None):
        raise click.UsageError("one of --subject and --subject-file is needed")
    line = subject if subject_file is None else files.first_line(subject_file, MAX_TEXT_BYTES)
    groups, pages = _groups(text), _typed(typed)
    with opened_station(home, way) as station:
        draft = Draft(
            basis=basis,
            urgency_reason=urgency_reason,
            action_to=addressed((to,), station.addressees()),
            topics=topic,
            subject=vietnamese.nfc(line),
            drafter_name=vietnamese.nfc(drafter),
            drafter_title=vietnamese.nfc(drafter_title),
            second_person_name=vietnamese.nfc(second_person),
        )
        before = {each.worksheet for each in station.hand.worksheets()}
        try:
            made = station.hand.enter_from_paper(draft, groups, worksheet, pages, as_written=as_written)
        except SecmsgError:
            for each in station.hand.worksheets():
                if each.worksheet not in before:
                    click.echo(f"what was taken is kept: go on with --worksheet {each.worksheet}", err=True)
            raise
    if as_json:
        print_json(made)
    else:
        click.echo(f"entered {made.released.mrn}, serial {made.serial}, {made.book}, page {' '.join(made.pages)}")
        click.echo(f"\n{made.text}\n")


@click.command()
@home_option
@way_options
@json_option
@_book_option
@_page_option
@_parity_option
@_length_option
@_block_option
@_typed_option
@click.argument("cable")
def again(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    book: int | None,
    page: str | None,
    parity: bool,
    length: int,
    block: int | None,
    typed: Path | None,
    cable: str,
) -> None:
    """Encipher CABLE once more on new pages, when its authentication group was wrong there and its groups right."""
    pages = _typed(typed)
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        peer = next(each.peer for each in station.hand.messages() if each.cable_id == row.cable_id)
        made = station.hand.encipher_anew(
            row.cable_id, _chosen(HandWay(_book(station, peer, book), page, parity, length, block), pages)
        )
    _print_released(made, as_json=as_json)


@click.command()
@home_option
@way_options
@json_option
@click.option("--from", "sender", help="The sender, by number or name, where the page alone does not say it.")
@click.option("--worksheet", type=click.IntRange(1), help="Go on with this one instead of reading a text.")
@_typed_option
@click.option("--group", "groups", multiple=True, help="A group that was repeated: 17=50120; h3=26118 of the header.")
@click.argument("text", type=_Text, required=False)
def decipher(
    *,
    home: Path,
    way: Way,
    as_json: bool,
    sender: str | None,
    worksheet: int | None,
    groups: tuple[str, ...],
    typed: Path | None,
    text: Path | None,
) -> None:
    """Read the message in the file TEXT (- for standard input): header, groups, authentication groups.

    What was typed is kept in a worksheet. Groups that do not fit are named, to be asked for and given with --group.
    """
    if (text is None) == (worksheet is None):
        raise click.UsageError("one of TEXT and --worksheet is needed")
    heard, pages = "" if text is None else _groups(text), _typed(typed)
    with opened_station(home, way) as station:
        who = None if sender is None else addressed((sender,), station.addressees())[0]
        if worksheet is None:
            worksheet = station.hand.begin(who, heard)
        elif who is not None:
            station.hand.set_sender(worksheet, who)
        for each in groups:
            station.hand.fill(worksheet, *_repeated(each))
        taken = station.hand.receive(worksheet, pages)
        body = station.read(taken.cable_id).cable.body if taken.cable_id is not None else ""
    if as_json:
        print_json({"taken": taken, "text": body})
    else:
        for said in _said(taken):
            click.echo(said)
        if body:
            click.echo(f"\n{body}\n")
    if taken.fate in (HandFate.HEADER, HandFate.ASK, HandFate.FORGED):
        click.get_current_context().exit(_CODES[taken.fate])


@click.command()
@json_option
@click.argument("text", type=_Text)
def check(*, as_json: bool, text: Path) -> None:
    """Check header and groups in the file TEXT (- for standard input) without any key; name what to ask for."""
    reception = by_hand.check(_groups(text))
    judged = reception.judgement
    ask = tuple(place + 1 for place in hand_receiving.to_ask(judged))
    if as_json:
        print_json({"header": reception.header, "ask": ask, "excess": len(judged.excess), "tags": len(judged.tags)})
    else:
        head = reception.header
        click.echo(
            f"serial {head.serial}, page {' '.join(head.pages)}, {moment(head.at)} as the header says, "
            f"{head.count} groups, {head.tags} authentication {'group' if head.tags == 1 else 'groups'}"
        )
        click.echo(f"ask for {_listed(ask)}" if ask else "every group fits; only the authentication group proves it")
    if ask:
        click.get_current_context().exit(WRONG)


@click.command()
@home_option
@way_options
@click.argument("cable")
@click.argument("figures", required=False)
def receipt(*, home: Path, way: Way, cable: str, figures: str | None) -> None:
    """Say the receipt of an incoming CABLE, or compare the FIGURES that were said for one of ours."""
    with opened_station(home, way) as station:
        row = find_cable(station, cable)
        if row.incoming:
            click.echo(f"say for {row.mrn}: {station.hand.say_receipt(row.cable_id)}")
            return
        if figures is None:
            raise click.UsageError("give the eight figures that were said")
        right = station.hand.take_receipt(row.cable_id, figures)
    if not right:
        click.echo(f"these are not the figures of {row.mrn}: nothing is proven, ask once more", err=True)
        click.get_current_context().exit(_NOT_THE_RECEIPT)
    click.echo(f"{row.mrn}: whoever holds the pages says that it came and verified; the signed receipt is still owed")


@click.command()
@home_option
@way_options
@json_option
def messages(*, home: Path, way: Way, as_json: bool) -> None:
    """List what left and what came by hand, newest first."""
    with opened_station(home, way) as station:
        rows = station.hand.messages()
    if as_json:
        print_json(rows)
        return
    heads = ("number", "way", "station", "serial", "pages", "groups", "at", "sent", "receipt")
    lines = (
        (
            each.mrn,
            "to" if each.outgoing else "from",
            each.peer_name,
            f"{each.serial}{' (block)' if each.in_block else ''}",
            " ".join(each.pages),
            f"{each.count}",
            moment(each.at),
            moment(each.sent_at),
            moment(each.receipt_at) if each.has_receipt else "signed only",
        )
        for each in rows
    )
    print_table(heads, lines, "nothing went or came by hand")


# --- words -----------------------------------------------------------------------------------------------------------

_NOT_THE_RECEIPT = 103
_CODES = {HandFate.HEADER: 101, HandFate.ASK: WRONG, HandFate.FORGED: 103}


def _book(station: Station, peer: StationId, book: int | None) -> int:
    """Return the book that was named, or the one with which we encipher for a station; NotFound."""
    if book is not None:
        return book
    found = station.hand.out_book(peer)
    if found is None:
        raise NotFound("no pad book towards this station is in use")
    return found


def _print_released(made: HandReleased, *, as_json: bool) -> None:
    if as_json:
        print_json(made)
        return
    mrn = made.released.mrn
    click.echo(f"# {mrn}, serial {made.serial}, {made.book}, page {' '.join(made.pages)}, {made.count} groups")
    for change in made.changes:
        click.echo(f"# goes otherwise: {change.before!r} as {change.after!r}", err=True)
    click.echo(made.message, nl=False)
    for page in made.waste:
        click.echo(f"# page {page} is void: its authentication group could not be written", err=True)
    for page in made.passed:
        click.echo(f"# page {page} was passed over and is void", err=True)
    back = "it has a receipt by hand" if made.has_receipt else "its receipt is the signed one"
    click.echo(f"# next: send it, then `secmsg hand worksheet sent {made.worksheet}`; {back}")


def _typed(path: Path | None) -> Typed | None:
    """Read pages that were typed from paper."""
    return None if path is None else hand_typed.read(files.read_text(path, hand_typed.MAX_TEXT))


def _chosen(way: HandWay, pages: Typed | None) -> HandWay:
    """Let typed pages name the one on top."""
    return way if pages is None else replace(way, typed=pages, top=way.top or pages.pages[0].number)


def _groups(path: Path) -> str:
    """Read header and groups; lines that begin with # are notes, as `encipher` prints them."""
    lines = files.read_text(path, MAX_GROUPS_BYTES).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def _repeated(given: str) -> tuple[Line, int, str]:
    """Return where a repeated group belongs: `17=50120`, `h3=26118`, `p2=…` for parity, `a1=…` for a tag."""
    name, equals, group = given.partition("=")
    line = _LINES.get(name[:1], Line.GROUP)
    number = name[1:] if name[:1] in _LINES else name
    if not equals or not (number.isascii() and number.isdecimal()) or int(number) < 1:
        raise click.UsageError(f"{given!r} is not like 17=50120")
    return line, int(number) - 1, group


_LINES = {"h": Line.HEADER, "p": Line.PARITY, "a": Line.TAG}


def _listed(numbers: tuple[int, ...]) -> str:
    return f"group{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _said(taken: HandTaken) -> list[str]:
    who, sheet = taken.station_name, taken.worksheet
    said = [f"{_listed(taken.repaired)} put right here"] if taken.repaired else []
    match taken.fate:
        case HandFate.HEADER:
            said.append(f"of the header ask for {_listed(taken.header)}; then `--worksheet {sheet} --group h…=…`")
        case HandFate.ASK:
            said.append(f"from {who}: ask for {_listed(taken.ask)}; then `--worksheet {sheet} --group …=…`")
        case HandFate.FORGED:
            said.append(
                f"from {who}: every group fits and the authentication group does NOT. Nothing is shown. Have it read "
                f"once more; if it stays so, demand a new message on a new page. Failures of the book: {taken.failures}"
            )
            if taken.stopped:
                said.append("the book is STOPPED: go on with the reserve and report it to headquarters")
        case HandFate.ENTERED:
            said.append(f"entered {taken.mrn} from {who}: authentication group right, NOT SIGNED YET")
        case HandFate.SAME_CABLE:
            said.append(f"{taken.mrn} from {who} came by hand before, with another page, and says the same")
        case HandFate.SIGNED_BEFORE:
            said.append(f"{taken.mrn} from {who} is here already, signed, and says the same")
        case HandFate.DIFFERS:
            said.append(f"{taken.mrn} from {who} is here already, signed, and says SOMETHING ELSE: ask by voice")
        case HandFate.DUPLICATE:
            said.append(f"{taken.mrn} from {who} was read before, nothing changed")
    if taken.passed:
        said.append(f"pages before it were not seen yet: {', '.join(taken.passed)}; messages may be missing")
    if taken.receipt:
        said.append(f"say back as receipt: {taken.receipt} (`secmsg hand receipt` notes it)")
    return said
