"""`secmsg hand decipher` and `check`: messages that came by hand, and what to ask for in them."""

from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, json_option, opened_station, way_options
from secmsg.commands.hand_files import TEXT_FILE, groups_of, typed_option, typed_pages
from secmsg.commands.printing import moment, print_json
from secmsg.commands.send import addressed
from secmsg.office.hand_work import Line
from secmsg.station import by_hand, hand_receiving
from secmsg.station.hand_views import HandFate, HandTaken

WRONG = 102
"""The exit code of groups that must be asked for (errors.GroupsWrong)."""
_CODES = {HandFate.HEADER: 101, HandFate.ASK: WRONG, HandFate.FORGED: 103}
_LINES = {"h": Line.HEADER, "p": Line.PARITY, "a": Line.TAG}


@click.command()
@home_option
@way_options
@json_option
@click.option("--from", "sender", help="The sender, by number or name, where the page alone does not say it.")
@click.option("--worksheet", type=click.IntRange(1), help="Go on with this one instead of reading a text.")
@typed_option
@click.option("--group", "groups", multiple=True, help="A group that was repeated: 17=50120; h3=26118 of the header.")
@click.argument("text", type=TEXT_FILE, required=False)
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
    heard, pages = "" if text is None else groups_of(text), typed_pages(typed)
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
@click.argument("text", type=TEXT_FILE)
def check(*, as_json: bool, text: Path) -> None:
    """Check header and groups in the file TEXT (- for standard input) without any key; name what to ask for."""
    reception = by_hand.check(groups_of(text))
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


def _repeated(given: str) -> tuple[Line, int, str]:
    """Return where a repeated group belongs: `17=50120`, `h3=26118`, `p2=…` for parity, `a1=…` for a tag."""
    name, equals, group = given.partition("=")
    line = _LINES.get(name[:1], Line.GROUP)
    number = name[1:] if name[:1] in _LINES else name
    if not equals or not (number.isascii() and number.isdecimal()) or int(number) < 1:
        raise click.UsageError(f"{given!r} is not like 17=50120")
    return line, int(number) - 1, group


def _listed(numbers: tuple[int, ...]) -> str:
    return f"group{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _said(taken: HandTaken) -> list[str]:
    who, sheet = taken.station_name, taken.worksheet
    said = [f"{_listed(taken.repaired)} put right here"] if taken.repaired else []
    match taken.fate:
        case HandFate.HEADER:
            said.append(f"of the header ask for {_listed(taken.header)}; then `--worksheet {sheet} --group h…=…`")
        case HandFate.ASK:
            asked = [_listed(taken.ask)] if taken.ask else []
            asked += [f"authentication {_listed(taken.tags)} (`--group a…=…`)"] if taken.tags else []
            said.append(f"from {who}: ask for {' and '.join(asked)}; then `--worksheet {sheet} --group …=…`")
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
