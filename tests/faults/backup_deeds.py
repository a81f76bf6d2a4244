"""The recorded work of backups: `python -m tests.faults.backup_deeds FOLDER KIND`.

A backup, a cable, the next backup, a cable, the next, and a restore from the last. What may be relied on is told in a
line of `said` at the moment from which it may. KIND is `honest` or the mistake to be made.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from secmsg.crypto.hashing import Buffer
from secmsg.errors import NotFound
from secmsg.station import backup_making
from secmsg.store import backup_folder
from secmsg.store.backup_folder import BackupFolder
from tests.faults import acts
from tests.faults.deeds import Said
from tests.faults.recorded import SAID
from tests.helpers import backups
from tests.helpers.ministry import HQ, draft
from tests.helpers.running_clock import RunningClock

HOME, USB, NEW, SHEET = "station-2", "usb", "new", "sheet"


def main(root: Path, kind: str) -> None:
    if kind == "early":
        _name_first()
    elif kind == "sweeping":
        _sweep_first()
    said = Said(root.parent / SAID)
    station = acts.open_home(root / HOME)
    for turn in range(3):
        made = backups.make(station, root / USB)
        said(stands=made.cables)
        if turn < 2:
            station.release(draft(HQ.id, subject=f"Điện {turn}"))
    station.close()
    restored = backups.restore(root / USB, root / NEW, backups.typed((root.parent / SHEET).read_text()), RunningClock())
    said(restored=restored.cables)


def _name_first() -> None:
    """Make the mistake: the manifest has its name before its pieces are there."""
    write, whole = backup_folder.write_piece, backup_folder.write_whole
    waiting: list[Callable[[], None]] = []

    def later(folder: BackupFolder, name: bytes, content: Buffer) -> None:
        waiting.append(partial(write, folder, name, bytes(content)))

    def then(folder: BackupFolder, path: Path, content: bytes) -> None:
        whole(folder, path, content)
        while waiting and path.name.startswith("manifest"):
            waiting.pop()()

    def settled(*_: object) -> None:
        """There is nothing to settle yet."""

    vars(backup_folder).update(
        write_piece=later, write_whole=then, settle=settled, settle_names=settled
    )  # in this process only


def _sweep_first() -> None:
    """Make the mistake: what the new backup does not need is removed before it stands."""
    name = backup_making._name

    def swept(folder: BackupFolder, *rest: object) -> None:
        manifest = rest[1]
        backup_folder.clear(folder, manifest.number, manifest.every_name)  # type: ignore[attr-defined]  # a Manifest
        name(folder, *rest)  # type: ignore[arg-type]  # as they came

    vars(backup_making)["_name"] = swept  # in this process only


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2])
    except NotFound as error:
        sys.exit(str(error))
