"""`secmsg station reopen` and `retire`: the ways out of a store that is an old copy or has a second one."""

from pathlib import Path

import click

from secmsg.commands.asking import Way, home_option, opened_station, way_options
from secmsg.ids import StationId
from secmsg.station.reopening import Word

MAX_NUMBER = 99_999
MAX_STATION = 65_535

second_option = click.option("--second-person", required=True, help="Who answers for it beside the officer: the name.")
word_option = click.option(
    "--headquarters-word", required=True, help="Who at headquarters has said so, when and by which way."
)


@click.command()
@home_option
@way_options
@second_option
@word_option
@click.option(
    "--last-number",
    type=click.IntRange(0, MAX_NUMBER),
    help="The highest cable number of this year that headquarters or a post has from here, 0 for none.",
)
@click.option("--peer", type=click.IntRange(1, MAX_STATION), help="Let cables to this station go again instead.")
@click.option("--refuse", is_flag=True, help="The stations that said so are not believed: nothing is begun anew.")
@click.option("--entry", is_flag=True, help="Our changed entry in the directory is right: nothing is begun anew.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reopen(
    *,
    home: Path,
    way: Way,
    second_person: str,
    headquarters_word: str,
    last_number: int | None,
    peer: int | None,
    refuse: bool,
    entry: bool,
    yes: bool,
) -> None:
    """Let sending go on, after two persons and headquarters have agreed; `secmsg status` says why it stopped.

    Numbers, serials and keys go on above all that was lost; every session is begun anew. Where two copies of this store
    exist, do this on the one that goes on and `station retire` on the other, first.
    """
    if sum((last_number is not None, peer is not None, refuse, entry)) != 1:
        raise click.UsageError("one of --last-number, --peer, --refuse and --entry is needed")
    word = Word(second_person, headquarters_word)
    with opened_station(home, way) as opened:
        if not yes:
            click.confirm("Has headquarters said that sending goes on?", abort=True, err=True)
        if peer is not None:
            opened.reopen_peer(StationId(peer), word)
            click.echo(f"cables to station {peer} go again")
        elif entry:
            opened.confirm_entry(word)
            click.echo("sending goes on with the entry as it is")
        elif refuse:
            stations = ", ".join(f"{each}" for each in opened.refuse_word(word))
            click.echo(f"sending goes on; the word of station {stations} freezes nothing any more")
        else:
            begun = opened.reopen(word, last_number or 0)
            click.echo(f"sending goes on; {begun} sessions are begun anew with the next `secmsg sync`")


@click.command()
@home_option
@way_options
@second_option
@word_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def retire(*, home: Path, way: Way, second_person: str, headquarters_word: str, yes: bool) -> None:
    """Take this copy of a store out of use for good: it shows what it has, and sends nothing again."""
    with opened_station(home, way) as opened:
        if not yes:
            click.confirm("Shall this copy never send again?", abort=True, err=True)
        opened.retire(Word(second_person, headquarters_word))
    click.echo("this copy is out of use; what it holds can still be read")
