"""Power cuts and kills at any act of backups and a restore: `python -m tests.faults.backup_cuts --images 400`.

The work is recorded once; then medium and new profile are rebuilt as they could be after a cut at a random act, and the
product restores from the one and opens the other. Exits 1 unless nothing told was lost, no backup claims more than it
holds, no profile is there that does not open, and every control is red.
"""

import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from secmsg import digits
from secmsg.errors import SecmsgError
from secmsg.office.copies import Cause
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase
from secmsg.store import profile as profiles
from tests.faults import acts, recorded, recording
from tests.faults.backup_deeds import HOME, NEW, SHEET, USB
from tests.faults.disk import Disk, Names
from tests.faults.judge import Verdict
from tests.faults.looking import FATES, Control, Word
from tests.faults.recorded import SAID, Keep, Line, Recorded
from tests.faults.recording import Act, Kind
from tests.faults.scene import set_up
from tests.helpers import backups
from tests.helpers.ministry import KEYRING
from tests.helpers.running_clock import RunningClock


def without_piece_syncs(act: Act) -> bool:
    """Leave out every fsync of a piece, as a program would that has forgotten them."""
    return act.kind is not Kind.SYNC or "pieces" not in act.path.parts or act.path.is_dir()


def without_medium_folder_syncs(act: Act) -> bool:
    return act.kind is not Kind.SYNC or USB not in act.path.parts or not act.path.is_dir()


CONTROLS = (
    Control("pieces without fsync", keep=without_piece_syncs),
    Control("folders of the medium without fsync", keep=without_medium_folder_syncs, names=Names.WHEN_SYNCED),
    Control("the manifest before its pieces", "early"),
    Control("the backup before removed first", "sweeping", near=".manifest"),
)


def make(base: Path, kind: str = "honest") -> Recorded:
    """Set the scene and record the work, or one of its mistakes."""
    made = Recorded(base)
    set_up(made.root)
    sheet = backups.new_sheet(made.root / HOME, RunningClock())
    (base / SHEET).write_text(digits.groups(sheet.recovery.reveal()))
    (made.root / USB).mkdir()
    Disk.copy(made.root, made.before)
    (base / SAID).touch()
    code = recording.record("tests.faults.backup_deeds", [str(made.root), kind], made.trace)
    assert code == 0, f"the work ends with {code}"
    return made


def look(
    made: Recorded,
    wanted: int,
    names: Names,
    chance: random.Random,
    keep: Keep = recorded.keep_all,
    near: str = "",
) -> Verdict:
    """Make images of the medium and of the new profile, and judge each."""
    every = made.acts()
    places = sorted(chance.choices([at for at in _places(every) if every[at].path.name.startswith(near)], k=wanted))
    verdict, lines, disk = Verdict(), list[Line](), made.disk(names)
    with tempfile.TemporaryDirectory(prefix="secmsg-image-") as folder:
        for place, line in recorded.play(disk, every, keep):
            if line is not None:
                lines.append(line)
            while places and places[0] == place:
                places.pop(0)
                fate, image = chance.choice(FATES), Path(folder) / "image"
                image.mkdir()
                disk.restore(made.root, image / "root", fate, chance)
                verdict.add(_judge(image / "root", made.base / SHEET, lines), f"act {place}, {fate.name.lower()}: ")
                shutil.rmtree(image)
    return verdict


def _places(every: Sequence[Act]) -> list[int]:
    """Give the places of what is done to the medium and the new profile, and of what is told."""
    wanted = (USB, NEW, f".{NEW}.restoring")
    own = [at for at, act in enumerate(every) if set(act.path.parts) & set(wanted) or act.path.name == SAID]
    return own + [at for at in own if every[at].path.name.startswith((".manifest", "manifest", ".vault"))] * 4


def _judge(root: Path, sheet: Path, lines: list[Line]) -> Verdict:
    verdict = Verdict(images=1)
    told = max((int(line["stands"]) for line in lines if "stands" in line), default=-1)
    try:
        restored = backups.restore(root / USB, root / "back", backups.typed(sheet.read_text()), RunningClock())
    except SecmsgError as error:
        if told >= 0:
            verdict.lost.append(f"a backup that stood is gone: {type(error).__name__}: {error}")
    else:
        if restored.cables < told:
            verdict.lost.append(f"{told} cables were told, {restored.cables} came back")
        _open(root / "back", restored.cables, verdict)
    if profiles.exists(root / NEW):
        _open(root / NEW, None, verdict)
    elif any("restored" in line for line in lines):
        verdict.lost.append("the restored profile is gone")
    return verdict


def _open(home: Path, cables: int | None, verdict: Verdict) -> None:
    try:
        unlock = by_passphrase(backups.NEXT)
        with closing(open_station(home, unlock, acts.POLICY, keyring=KEYRING)) as station:
            station.desk.db.check()
            (held,) = station.desk.db.one("SELECT count(*) FROM cables") or (0,)
            if cables is not None and held != cables:
                verdict.lost.append(f"the backup claims {cables} cables and holds {held}")
            if {each.cause for each in station.status().freezes} != {Cause.RESTORED}:
                verdict.twice.append("a restored store that may send")
    except SecmsgError as error:
        verdict.unopenable.append(f"{type(error).__name__}: {error}")


WORD = Word("backups", make, look, CONTROLS)


if __name__ == "__main__":
    sys.exit(WORD.main(__doc__, 400, 60))
