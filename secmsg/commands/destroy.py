"""`secmsg destroy`: the keys of a store at once, without a passphrase, whatever else is wrong with it."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from secmsg.commands.ground import policy
from secmsg.errors import NotDestroyed
from secmsg.office import destruction
from secmsg.office.destruction import Fate, Finding, Outcome, Part
from secmsg.station import destroying
from secmsg.station.destroying import MEDIA, Destroyed, Reach
from secmsg.vietnamese import fold

WORD = "TIEU HUY"
_PARTS = {
    Part.KEYS: "keyslots",
    Part.OTHER_KEYS: "keyslots elsewhere",
    Part.KEYRING: "half in the keyring",
    Part.MEMORY: "programs with keys",
    Part.DATABASE: "database files",
    Part.BLOBS: "attachment files",
}
_FATES = {Fate.DESTROYED: "destroyed", Fate.LEFT: "NOT destroyed", Fate.UNKNOWN: "not known", Fate.ABSENT: "none"}
_REPORTED = {
    True: "report: a relay holds it for headquarters; it says nothing of papers: tell them by voice",
    False: "report: no relay took it: tell headquarters by voice, by the card of outcomes",
    None: "report: none was sent: tell headquarters by voice, by the card of outcomes",
}
REMAINS = (
    "What remains: printed papers, pads and codebooks, the recovery sheet, tokens; kits, backups and sticks that were "
    "not plugged in; other machines; and what a solid-state disk, a snapshot or a copy keeps of its own. Destroy the "
    "papers by the list; break the disk and the sticks.",
)


# Seconds count here from the start of the program: what most runs do not need is imported where it is used.


@click.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    envvar="SECMSG_HOME",
    help="The folder of the profile.",
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Where the station's setting asks for the passphrase: read it from the first line of this file.",
)
@click.option("--by-sheet", is_flag=True, help="Where the setting asks: the groups of the recovery sheet instead.")
@click.option(
    "--groups-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Where the setting asks: read the groups of the recovery sheet from this file.",
)
@click.option("--yes-destroy-everything", "sure", is_flag=True, help=f"Do not ask for the words {WORD}.")
@click.option(
    "--also",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Another folder with keyslots: a kit, a portable station, a backup.",
)
@click.option("--media/--no-media", default=True, show_default=True, help="Also those on sticks that are mounted.")
@click.option(
    "--report/--no-report", default=True, show_default=True, help="Send the report that was sealed in advance."
)
@click.option("--exercise", is_flag=True, help="Practise: nothing of this or any store is touched.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def destroy(
    *,
    home: Path,
    passphrase_file: Path | None,
    by_sheet: bool,
    groups_file: Path | None,
    sure: bool,
    also: tuple[Path, ...],
    media: bool,
    report: bool,
    exercise: bool,
    as_json: bool,
) -> None:
    """Destroy the keys of a store for ever, in a moment. There is no way back, but a backup with its recovery sheet.

    Needs no passphrase unless the station's own setting says so. Afterwards nobody can read anything in the
    folder; the files, noise by then, are cleared too. Exit code 59 when the keys are NOT destroyed for certain.
    """
    if exercise:
        _practise(as_json=as_json, sure=sure)
        return
    if not destroying.is_free(home):
        _prove(home, passphrase_file, groups_file, by_sheet=by_sheet)
    if not sure:
        click.echo(f"The keys of {home} will be destroyed. Nothing in it can ever be read again.", err=True)
        if media:
            click.echo(
                "So will those of every store, kit and backup on a stick that is plugged in (--no-media spares them).",
                err=True,
            )
        _ask_for_the_word(f"Type {WORD}")
    reach = Reach(destroying.keyring_of_this_machine(), also, MEDIA if media else (), report)
    done = destroying.destroy(home, reach, tell=lambda found: None if as_json else _tell(found))
    _say(done, as_json=as_json)


def _prove(home: Path, passphrase_file: Path | None, groups_file: Path | None, *, by_sheet: bool) -> None:
    from secmsg.commands.asking import Way
    from secmsg.station.proving import prove

    unlock = Way(passphrase_file, by_sheet, groups_file).unlock()
    prove(home, unlock, policy(), destroying.keyring_of_this_machine())


def _practise(*, as_json: bool, sure: bool) -> None:
    click.echo(_marked("LUYỆN TẬP · EXERCISE · no store of yours is opened, read or touched"), err=True)
    if not sure:
        _ask_for_the_word(_marked(f"Type {WORD}"))
    from secmsg.station import exercises

    practised = exercises.practise(tell=lambda found: None if as_json else _tell(found, _marked))
    if as_json:
        parts = {each.part.value: each.fate.value for each in practised.findings}
        click.echo(
            json.dumps(
                {
                    "exercise": True,
                    "seconds": round(practised.seconds, 3),
                    "nothing_opens": practised.nothing_opens,
                    "in_memory": practised.in_memory,
                    "parts": parts,
                }
            )
        )
        return
    click.echo(
        _marked(f"keys destroyed in {practised.seconds:.3f} s; nothing opens any more: {practised.nothing_opens}")
    )


def _ask_for_the_word(prompt: str) -> None:
    if fold(" ".join(str(click.prompt(prompt, err=True)).split())) != fold(WORD):
        raise click.Abort


def _marked(words: str) -> str:
    return f"[LUYỆN TẬP] {words}"


def _tell(found: Finding, mark: Callable[[str], str] = str) -> None:
    number = f" ({found.count})" if found.count else ""
    reason = f": {found.detail}" if found.detail else ""
    click.echo(mark(f"{_PARTS[found.part]:<20} {_FATES[found.fate]}{number}{reason}"))


def _say(done: Destroyed, *, as_json: bool) -> None:
    reached = destruction.outcome(done.findings, None)
    if as_json:
        said = {
            "outcome": reached.name.lower(),
            "at": done.at,
            "seconds": round(done.seconds, 3),
            "read_back": done.read_back,
            "medium_keeps_nothing": done.medium.keeps_nothing,
            "parts": {each.part.value: each.fate.value for each in done.findings},
            "reported": done.reported,
            "others": [str(each) for each in done.others],
        }
        click.echo(json.dumps(said))
    elif reached is Outcome.KEYS_ALONE:
        click.echo(f"keys destroyed in {done.seconds:.3f} s; {_proof(done)}")
        for line in REMAINS:
            click.echo(line)
    if not as_json:
        click.echo(_REPORTED[done.reported])
    if reached is not Outcome.KEYS_ALONE:
        left = [each for each in done.findings if each.fate in (Fate.LEFT, Fate.UNKNOWN) or each.part is Part.KEYS]
        raise NotDestroyed("; ".join(each.detail for each in left if each.detail) or "there is no store in this folder")


def _proof(done: Destroyed) -> str:
    read = "read back from the medium" if done.read_back else "read back through the system's cache"
    if done.medium.keeps_nothing:
        return f"{read}, on a disk that is overwritten in place"
    return f"{read}; a flash medium may keep old pages where no program reaches them: break it"
