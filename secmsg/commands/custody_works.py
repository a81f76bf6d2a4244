"""`secmsg custody inventory|inspection|handover`: begin, answer check by check, finish by two persons."""

from pathlib import Path

import click

from secmsg.commands.asking import (
    Way,
    home_option,
    json_option,
    opened_station,
    second_unlock,
    second_unlock_options,
    way_options,
)
from secmsg.commands.custody import must_be_there, show_record
from secmsg.commands.printing import moment, print_json, print_table
from secmsg.office import custody_words as words
from secmsg.office.checking import Answer, Seen, Work
from secmsg.station.custody_records import Second
from secmsg.station.custody_works import Row, WorkView
from secmsg.station.station import Station

_count = click.IntRange(0, 2**31 - 1)


def _group(work: Work, help_: str) -> click.Group:
    """Make the commands of one work."""
    group = click.Group(work.name.lower(), help=help_)
    for command in (_begin(work), _show(work), _tick(work), _add(work), _finish(work), _drop(work)):
        group.add_command(command)
    return group


def _begin(work: Work) -> click.Command:
    @click.command("begin", help="Write the checks: what must be there, by place.")
    @home_option
    @way_options
    @json_option
    def command(*, home: Path, way: Way, as_json: bool) -> None:
        with opened_station(home, way) as opened:
            view = opened.custody.begin(work)
        _print(view, as_json=as_json)

    return command


def _show(work: Work) -> click.Command:
    @click.command("show", help="Show the checks and what was answered; it goes on after any stop.")
    @home_option
    @way_options
    @json_option
    def command(*, home: Path, way: Way, as_json: bool) -> None:
        with opened_station(home, way) as opened:
            view = _standing(opened, work)
        _print(view, as_json=as_json)

    return command


def _tick(work: Work) -> click.Command:
    @click.command("answer", help="Answer check CODE; as it should be, unless an option says otherwise.")
    @home_option
    @way_options
    @json_option
    @click.option("--pages", type=_count, help="Pages left, or the count.")
    @click.option("--loose", type=_count, help="Pages that wait to be destroyed.")
    @click.option("--seal", default="", help="The number of the seal, as read.")
    @click.option("--wrong", "seen", flag_value=int(Seen.WRONG), type=int, help="It is not as it should be; --note.")
    @click.option("--absent", "seen", flag_value=int(Seen.ABSENT), type=int, help="It is not where it should lie.")
    @click.option("--note", default="", help="What was seen.")
    @click.argument("code")
    def command(
        *, home: Path, way: Way, as_json: bool, pages: int | None, loose: int | None, seal: str, seen: int | None,
        note: str, code: str,
    ) -> None:  # fmt: skip
        said = Answer(code.upper(), Seen(seen or Seen.RIGHT), pages, loose, seal, note)
        with opened_station(home, way) as opened:
            must_be_there(work, opened.custody.under_way())
            view = opened.custody.answer(work, said)
        _print(view, as_json=as_json)

    return command


def _add(work: Work) -> click.Command:
    @click.command("stranger", help="Note a thing that lies at a place and has no number in the ledger.")
    @home_option
    @way_options
    @json_option
    @click.option("--place", required=True, help="Where it lies.")
    @click.option("--what", required=True, help="What it is.")
    def command(*, home: Path, way: Way, as_json: bool, place: str, what: str) -> None:
        with opened_station(home, way) as opened:
            must_be_there(work, opened.custody.under_way())
            view = opened.custody.add_stranger(work, place, what)
        _print(view, as_json=as_json)

    return command


def _finish(work: Work) -> click.Command:
    @click.command("finish", help="Sign and enter the record; what does not agree stands in it and is told.")
    @home_option
    @way_options
    @json_option
    @click.option("--second", default="", help="The name of a second person who signs on paper alone.")
    @click.option("--title", default="", help="The office of that person.")
    @click.option("--second-signs", is_flag=True, help="Ask a second person of this post for their passphrase.")
    @second_unlock_options
    def command(
        *, home: Path, way: Way, as_json: bool, second: str, title: str, second_signs: bool,
        second_passphrase_file: Path | None, second_share_file: Path | None, second_pin_file: Path | None,
    ) -> None:  # fmt: skip
        given = (second_passphrase_file, second_share_file, second_pin_file)
        signs = second_signs or any(each is not None for each in given)
        if signs == bool(second):
            raise click.UsageError("name the second person, or let them sign by a secret of their own")
        with opened_station(home, way) as opened:
            must_be_there(work, opened.custody.under_way())
            if signs:
                record = opened.custody.finish_both(work, second_unlock(*given))
            else:
                record = opened.custody.finish(work, Second(second, title))
        show_record(record, as_json=as_json)

    return command


def _drop(work: Work) -> click.Command:
    @click.command("drop", help="Give it up: nothing is entered.")
    @home_option
    @way_options
    def command(*, home: Path, way: Way) -> None:
        with opened_station(home, way) as opened:
            must_be_there(work, opened.custody.under_way())
            opened.custody.drop(work)
        click.echo("given up")

    return command


def _standing(opened: Station, work: Work) -> WorkView:
    must_be_there(work, opened.custody.under_way())
    return opened.custody.standing(work)


def _print(view: WorkView, *, as_json: bool) -> None:
    """Print the checks; an inventory does not say how many pages there must be: they are counted."""
    shown = [_row(each, blind=view.work is Work.INVENTORY) for each in view.rows]
    if as_json:
        keys = ("code", "place", "what", "must", "answer", "differs")
        checks = [dict(zip(keys, each, strict=True)) for each in shown]
        others = [{"code": each.code, "place": each.place, "what": each.note} for each in view.strangers]
        print_json({"begun_at": view.begun_at, "checks": checks, "strangers": others, "changed": list(view.changed)})
        return
    strangers = ((each.code, each.place, each.note, "", "", "not in the ledger") for each in view.strangers)
    print_table(("code", "place", "what", "must be", "seen", "differs"), (*shown, *strangers), "nothing to look at")
    click.echo(f"begun {moment(view.begun_at)}; {view.lacking} of {len(view.rows)} have no answer yet", err=True)
    if view.changed:
        click.echo(f"changed in the store meanwhile, look again: {', '.join(view.changed)}", err=True)


def _row(row: Row, *, blind: bool) -> tuple[str, ...]:
    check, said = row.check, row.answer
    item = f"{check.item} {words.item(check)[1]}" if check.place else words.SUBJECTS[check.what][1]
    must = "count it" if blind and check.paged else words.expected(check)[1]
    answer = ""
    if said is not None:
        counts = [f"{each}" for each in (said.pages, said.loose) if each is not None]
        answer = " ".join((words.SEEN[said.seen][1], "/".join(counts))).strip()
    differs = "" if row.finding is None else words.finding(row.finding)[1]
    return check.code, check.place, item, must, answer, differs


inventory = _group(Work.INVENTORY, "Count what must lie here, place by place, by two persons.")
inspection = _group(Work.INSPECTION, "Take the result of an inspection whose pack was gone through.")
handover = _group(Work.HANDOVER, "Hand the office over: counts of everything, signed by both.")
