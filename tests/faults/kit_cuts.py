"""Power cuts at any act of a kit's life: `python -m tests.faults.kit_cuts --images 400 --controls 60`.

Making, opening, printing, adding, prolonging, losing, giving up, destruction at the end and return are recorded once;
then post and medium are rebuilt as they could be after a cut at a random act. In each image the post opens and knows
what is out; a folder holds a whole kit or nothing that opens, and a kit is made there again; nothing opens without its
passphrase; no count goes back; what is under way is gone on with and stands in the ledger once. Exits 1 unless that is
so and every control is red.
"""

import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.faults import kit_judge, power_cut, recorded, recording
from tests.faults.disk import Disk, Names
from tests.faults.judge import Verdict
from tests.faults.kit_deeds import HOME, PAPERS, ROAD
from tests.faults.looking import FATES, Control, Word
from tests.faults.recorded import SAID, Keep, Line, Recorded
from tests.faults.recording import Act, Kind
from tests.helpers.kits import journey
from tests.helpers.ministry import PARIS, draft, sync

SELDOM = 12
"""A file that is changed so seldom is where a cut is looked for as often as anywhere else."""


def without_syncs(*names: str, below: str = ROAD) -> Keep:
    """Leave out every fsync of files whose names begin so, as a program would that has forgotten them."""
    return lambda act: act.kind is not Kind.SYNC or below not in act.path.parts or not act.path.name.startswith(names)


def without_enclosure_syncs(act: Act) -> bool:
    return act.kind is not Kind.SYNC or not {ROAD, "blobs"} <= set(act.path.parts) or act.path.is_dir()


def without_medium_folder_syncs(act: Act) -> bool:
    return act.kind is not Kind.SYNC or ROAD not in act.path.parts or not _was_folder(act.path)


def _was_folder(path: Path) -> bool:
    """Say whether a path of the recording, whose files may be gone by now, is that of a folder."""
    return path.is_dir() or len(path.name) == 2 or path.name in (ROAD, "trip", "kit", "blobs", "additions")


CONTROLS = (
    Control("a kit's vault named without fsync", keep=without_syncs("vault"), near="vault"),
    Control("a kit's counts without fsync", keep=without_syncs("store.db"), near=SAID),
    Control("enclosures named without fsync", keep=without_enclosure_syncs),
    Control("folders of the medium without fsync", keep=without_medium_folder_syncs, names=Names.WHEN_SYNCED),
    Control("the post's record without fsync", keep=without_syncs("store.db", below=HOME), near=SAID),
    Control("the vault before what it opens", "vault first", near="blobs"),
    Control("keys destroyed before the return is noted", "keys first", near="permit"),
    Control("an addition named before it counts", "named first", near=".kit-1"),
)


def make(base: Path, kind: str = "honest") -> Recorded:
    """Set the scene and record the work, or one of its mistakes."""
    made = Recorded(base)
    with journey(base) as post:
        headquarters = post.ministry.opened[0]
        headquarters.release(draft(PARIS.id, subject="Về bản in", body="Bản này được in.", copy_ok=True))
        for station in (headquarters, post.post, headquarters):
            sync(station)
    for each in made.root.iterdir():
        if each.name != HOME:
            shutil.rmtree(each)
    for name in (ROAD, PAPERS):
        (made.root / name).mkdir()
    Disk.copy(made.root, made.before)
    (base / SAID).touch()
    code = recording.record("tests.faults.kit_deeds", [str(made.root), kind], made.trace)
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
    """Make images of the post and of the medium, and judge each."""
    every = made.acts()
    own = [at for at, act in enumerate(every) if act.path.name.startswith(near) and act.path.suffix != ".db-shm"]
    places = sorted(chance.choice(own if number % 2 else _seldom(every, own)) for number in range(wanted))
    verdict, lines, disk = Verdict(), list[Line](), made.disk(names)
    with tempfile.TemporaryDirectory(prefix="secmsg-image-", dir=power_cut.memory()) as folder:
        for place, line in recorded.play(disk, every, keep):
            if line is not None:
                lines.append(line)
            while places and places[0] == place:
                places.pop(0)
                fate, image = chance.choice(FATES), Path(folder) / "image"
                disk.restore(made.root, image, fate, chance)
                where = f"act {place}, {fate.name.lower()}, {names.value}: "
                verdict.add(kit_judge.judge(image, lines, made.root), where)
                shutil.rmtree(image)
    return verdict


def _seldom(every: Sequence[Act], own: Sequence[int]) -> list[int]:
    """Give the places of acts on files that are seldom changed: vaults, marks, enclosures, names, what is told."""
    times: dict[Path, int] = {}
    for at in own:
        times[every[at].path] = times.get(every[at].path, 0) + 1
    return [at for at in own if times[every[at].path] <= SELDOM or every[at].path.name.startswith("vault")] or [*own]


WORD = Word("kits", make, look, CONTROLS)


if __name__ == "__main__":
    sys.exit(WORD.main(__doc__, 400, 60))
