"""Power cuts at any act of a station that leaves: `python -m tests.faults.leaving_cuts --images 200 --controls 40`.

A new recovery sheet, the move to a stick and the destruction there are recorded once; then machine and stick are
rebuilt as they could be after a cut at a random act. Old state or new state, or none for the destruction: never two
that open, never none before it was asked for, never one after it was told. Exits 1 unless that is so and every control
is red.
"""

import random
import shutil
import sys
from contextlib import closing
from pathlib import Path

from secmsg.crypto.randomness import system
from secmsg.errors import SecmsgError, StoreError, StoreMoved
from secmsg.office.destruction import Fate as End
from secmsg.office.destruction import Part
from secmsg.station import destroying, opening, portable
from secmsg.station.destroying import Reach
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase
from secmsg.store import profile as profiles
from tests.faults import power_cut, recorded, recording
from tests.faults.disk import SECTOR, Disk, Names
from tests.faults.judge import Verdict
from tests.faults.leaving_deeds import HOME, STICK, move
from tests.faults.looking import FATES, Control, Word
from tests.faults.moves import NEW
from tests.faults.recorded import SAID, Keep, Line, Recorded
from tests.faults.recording import Act, Kind
from tests.helpers import backups
from tests.helpers.kits import journey
from tests.helpers.ministry import FAST, KEYRING, PASSPHRASE, Clock

SHEET = "sheet"
_STICK = STICK.parts[0]


def without_copy_syncs(act: Act) -> bool:
    """Leave out every fsync of a file on the stick, as a program would that has forgotten them."""
    return act.kind is not Kind.SYNC or _STICK not in act.path.parts or _is_folder(act)


def without_stick_folder_syncs(act: Act) -> bool:
    return act.kind is not Kind.SYNC or _STICK not in act.path.parts or not _is_folder(act)


def without_keyslot_syncs(folder: str) -> Keep:
    """Leave out every fsync of the vault in a folder of this name."""
    return lambda act: act.kind is not Kind.SYNC or act.path.parts[-2:] != (folder, "vault")


def _is_folder(act: Act) -> bool:
    return len(act.path.name) == 2 or act.path.name in (_STICK, STICK.name, STICK.name + portable.PART, "blobs")


CONTROLS = (
    Control("a copy without fsync", keep=without_copy_syncs, near=SAID),
    Control("the stick's folders without fsync", keep=without_stick_folder_syncs, names=Names.WHEN_SYNCED, near=SAID),
    Control("a new sheet's keyslot without fsync", keep=without_keyslot_syncs(HOME), near=SAID),
    Control(
        "keyslots destroyed without fsync", keep=without_keyslot_syncs(STICK.name), names=Names.WHEN_SYNCED, near=SAID
    ),
    Control("a move that does not mark what it leaves", "unmarked"),
)


def make(base: Path, kind: str = "honest") -> Recorded:
    """Set the scene and record the work, or one of its mistakes."""
    made = Recorded(base)
    with journey(base):
        pass
    for each in made.root.iterdir():
        if each.name != HOME:
            shutil.rmtree(each)
    (base / SHEET).write_text(backups.groups(backups.new_sheet(made.root / HOME, Clock())))
    (made.root / _STICK).mkdir()
    Disk.copy(made.root, made.before)
    (base / SAID).touch()
    code = recording.record("tests.faults.leaving_deeds", [str(made.root), kind], made.trace)
    assert code == 0, f"the work ends with {code}"
    made.root.rename(base / "after")  # the images lie where the work was: a profile that has left says for where
    return made


def look(
    made: Recorded,
    wanted: int,
    names: Names,
    chance: random.Random,
    keep: Keep = recorded.keep_all,
    near: str = "",
) -> Verdict:
    """Make images of machine and stick, and judge each."""
    every = made.acts()
    own = [at for at, act in enumerate(every) if act.path.name.startswith(near) and act.path.suffix != ".db-shm"]
    told = [at for at in own if every[at].path.name == SAID or every[at].kind in (Kind.RENAME, Kind.REMOVE, Kind.SYNC)]
    places = sorted(chance.choice(own if number % 2 else told) for number in range(wanted))
    verdict, lines, disk = Verdict(), list[Line](), made.disk(names)
    for place, line in recorded.play(disk, every, keep):
        if line is not None:
            lines.append(line)
        while places and places[0] == place:
            places.pop(0)
            fate = chance.choice(FATES)
            disk.restore(made.root, made.root, fate, chance)
            found = judge(made.root, lines, (made.base / SHEET).read_text())
            verdict.add(found, f"act {place}, {fate.name.lower()}, {names.value}: ")
            shutil.rmtree(made.root)
    return verdict


def judge(root: Path, lines: list[Line], sheet: str) -> Verdict:
    """Say what is wrong with an image."""
    verdict = Verdict(images=1)
    begun = {line["begun"] for line in lines if "begun" in line}
    done = {line["done"] for line in lines if "done" in line}
    sheets = [sheet, *(line["sheet"] for line in lines if "sheet" in line)]
    in_force = sheets[-1:] if "sheet" in done else sheets
    try:
        if "destroy" in begun:
            _destroyed(root, sheets, lines, "destroy" in done, verdict)
        else:
            _leaving(root, begun, done, verdict)
            where = root / (STICK if "move" in begun else HOME)
            opens = [each for each in sheets if _by_sheet(where, each)]
            if not set(opens) & set(in_force):
                verdict.unopenable.append("no sheet opens the store")
            verdict.twice += ["the sheet before opens the store"] * bool(set(opens) - set(in_force))
    except (SecmsgError, OSError) as error:
        verdict.unopenable.append(f"{type(error).__name__}: {error}")
    return verdict


def _leaving(root: Path, begun: set[str], done: set[str], verdict: Verdict) -> None:
    home, stick = root / HOME, root / STICK
    try:
        open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING, clock=Clock()).close()
        old = "opens"
    except StoreMoved:
        old = "left"
    except StoreError:
        old = "dead"
    new = _opens(stick, NEW)
    if _opens(stick.with_name(stick.name + portable.PART), NEW, PASSPHRASE):
        verdict.twice.append("the unfinished copy opens")
    if old == "opens" and new:
        verdict.twice.append("both places open")
    if old == "dead" and not new:
        verdict.unopenable.append("neither place opens")
    if "move" in done and not new:
        verdict.lost.append("the station on the stick")
    if "move" not in begun or not verdict.good:
        return
    if "move" not in done:
        move(home, stick)
    with closing(open_station(stick, by_passphrase(NEW), FAST, keyring=KEYRING, clock=Clock())) as station:
        station.desk.db.check()
        if len(station.inbox()) + len(station.sent()) != 3:
            verdict.lost.append("a cable on the stick")
    if _opens(home, PASSPHRASE, NEW):
        verdict.twice.append("the old place opens again")


def _destroyed(root: Path, sheets: list[str], lines: list[Line], told: bool, verdict: Verdict) -> None:
    """None may open once it was told; before that, all or nothing, and the next gesture ends it."""
    home, stick = root / HOME, root / STICK
    if told and _opens(stick, NEW, PASSPHRASE):
        verdict.twice.append("a station that was destroyed opens")
    if not told:
        done = destroying.destroy(stick, Reach(KEYRING), clock=Clock())
        if done.fate(Part.KEYS) not in (End.DESTROYED, End.ABSENT):
            verdict.lost.append(f"the next gesture leaves keys: {done.fate(Part.KEYS)}")
    for place in (home, stick, stick.with_name(stick.name + portable.PART)):
        if _opens(place, NEW, PASSPHRASE) or any(_by_sheet(place, each) for each in sheets):
            verdict.twice.append(f"{place.name} opens after its destruction")
    old = next(bytes.fromhex(line["vault"]) for line in lines if "vault" in line)
    pieces = {old[at : at + SECTOR] for at in range(0, len(old), SECTOR)} - {bytes(SECTOR)}
    for path in (each for each in root.rglob("vault*") if each.is_file()):
        data = path.read_bytes()
        if any(data[at : at + SECTOR] in pieces for at in range(0, len(data), SECTOR)):
            verdict.twice.append(f"a piece of a keyslot is left in {path.name}")


def _opens(home: Path, *passphrases: str) -> bool:
    for each in passphrases:
        try:
            open_station(home, by_passphrase(each), FAST, keyring=KEYRING, clock=Clock()).close()
        except StoreError:
            continue
        return True
    return False


def _by_sheet(home: Path, groups: str) -> bool:
    try:
        secret = backups.typed(groups).recovery
        profiles.check_sheet(home, secret, floor=opening.floor(FAST), random=system)
    except StoreError:
        return False
    return True


WORD = Word("leaving", make, look, CONTROLS, power_cut.memory())


if __name__ == "__main__":
    sys.exit(WORD.main(__doc__, 200, 40))
