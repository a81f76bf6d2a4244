"""The end of the keys of a kit that is back, and what is left to do when a stop came between its steps.

Source: docs/spec/kit.md 8. The return is noted, then the keys are destroyed, then that is noted: a stop in between
leaves a kit that is back and *ending*. Its folder may be whole, without keys, or gone; the same two acts end it.
"""

from pathlib import Path

from secmsg.errors import NotAllowed, NotFound
from secmsg.office import materials
from secmsg.office.kits import KitState
from secmsg.office.materials import Act
from secmsg.station import keeping, kit_folder, kit_mark, persons
from secmsg.station import material_ledger as ledger
from secmsg.station.desk import Desk
from secmsg.store import kits as rows
from secmsg.store import materials as material_rows
from secmsg.store.kits import KeptKit

METHOD = "keys destroyed in place, folder erased"
GONE = "nothing was left of the folder, by the word of both"


def ending(desk: Desk, kit: KeptKit) -> bool:
    """Say whether a kit is back and the ledger does not say yet that its keys are destroyed."""
    if kit.state is not KitState.RETURNED or kit.item is None:
        return False
    return material_rows.read(desk.db, kit.item).state not in materials.ENDED


def destroy(desk: Desk, kit: KeptKit, folder: Path, second: str) -> None:
    """Destroy the keys in a folder and what lies there, then note it; nothing is noted twice."""
    kit_folder.erase(folder, desk.random)
    _note(desk, kit, second, METHOD)


def end(desk: Desk, number: int, second: str, folder: Path | None = None) -> None:
    """Go on with a return that was stopped: destroy what is left in `folder` (None: nothing is left) and note it.

    NotAllowed for a kit that is not ending, without the second person, for another kit's folder; NotFound for a folder
    that is no kit's.
    """
    kit = rows.read(desk.db, number)
    if not ending(desk, kit):
        raise NotAllowed(f"nothing is left to do for kit {number}")
    persons.check_may_sign(desk)
    materials.check_names(Act.DESTROYED, ledger.officer(desk), second)
    if folder is None:
        _note(desk, kit, second, GONE)
        return
    if not kit_mark.is_marked(folder):
        raise NotFound("there is no delegation kit in this folder")
    if kit_folder.id_if_any(folder) not in (None, kit.kit_id):
        raise NotAllowed("the folder is another kit's")
    destroy(desk, kit, folder, second)


def _note(desk: Desk, kit: KeptKit, second: str, method: str) -> None:
    with desk.db.transaction():
        item = material_rows.read(desk.db, kit.item or 0)
        if item.state not in materials.ENDED:
            keeping.destroyed(desk, item.number, second, method)
