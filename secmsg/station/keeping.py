"""Things without pages in the ledger of key material: tokens, sticks, machines, kits, backups, recovery sheets.

Source: docs/spec/materials.md 3. Every function runs inside the caller's transaction, so that a thing is made and
stands in the ledger, or neither; whoever wants one act alone has `PadOffice` or opens a transaction around it. The
station has joined before (`EnrolmentError`): a line names the officer who had opened the store. NotFound for an unknown
number; NotAllowed for a book or a list, for an act that may not be done to the item as it stands, or without its second
person.
"""

from secmsg.errors import NotAllowed
from secmsg.office import materials
from secmsg.office.materials import Act, Direction, Item, Kind, State
from secmsg.station import material_ledger as acts
from secmsg.station.desk import Desk
from secmsg.store import materials as rows

MAX_COPIES = 99
_LOST = "lost"
"""The cause as `compromises.Cause` writes it, from which the report of a lost item is drafted again."""


def enter_item(
    desk: Desk,
    kind: Kind,
    title: str,
    holder: str,
    note: str = "",
    *,
    edition: int = 1,
    copy: int = 1,
    copies: int = 1,
) -> Item:
    """Take a thing into the ledger under the next number; `holder` is who has it or where it lies."""
    name = " ".join(title.split())
    bounds = 1 <= len(name) <= materials.MAX_TITLE and 1 <= edition <= materials.MAX_EDITION
    if kind in materials.PAGED or not bounds or not 1 <= copy <= copies <= MAX_COPIES:
        raise NotAllowed("an item has a kind, a short title, an edition and a copy of so many")
    item = Item(
        rows.next_number(desk.db), kind, name, edition, copy, copies, State.RECEIVED, State.RECEIVED,
        materials.NOBODY, Direction.OUT, holder, training=False, set_id=b"", first=0, pages=0, ours=True,
        held=False, at=desk.now(),
    )  # fmt: skip
    rows.keep(desk.db, item)
    return acts.enter(desk, item, Act.ENTERED, note=note)


def issue(desk: Desk, number: int, holder: str, note: str = "") -> Item:
    """Note that it left this office and who has it."""
    if not holder.strip():
        raise NotAllowed("what leaves the office leaves with somebody: name the holder")
    return acts.enter(desk, _thing(desk, number), Act.ISSUED, holder=holder, note=note)


def take_back(desk: Desk, number: int, holder: str, note: str = "") -> Item:
    """Note that what was issued is here again, and where it lies from now on."""
    return acts.enter(desk, _thing(desk, number), Act.RETURNED, holder=holder, note=note)


def open_(desk: Desk, number: int, second: str, note: str = "") -> Item:
    """Note that its seal was opened by two persons and it is in use."""
    return acts.enter(desk, _thing(desk, number), Act.OPENED, second=second, note=note)


def move(desk: Desk, number: int, holder: str, note: str = "") -> Item:
    """Note that it lies elsewhere, or another has it, within this office."""
    return acts.enter(desk, _thing(desk, number), Act.MOVED, holder=holder, note=note)


def count(desk: Desk, number: int, second: str, note: str = "") -> Item:
    """Note that two persons have seen it whole."""
    return acts.enter(desk, _thing(desk, number), Act.COUNTED, second=second, note=note)


def verified(desk: Desk, number: int, note: str = "") -> Item:
    """Note that the program has opened it and found it whole."""
    return acts.enter(desk, _thing(desk, number), Act.VERIFIED, note=note)


def discrepant(desk: Desk, number: int, note: str, second: str = "") -> Item:
    """Note that an item, a book too, is not as the ledger says; it stands as before until somebody decides."""
    if not note.strip():
        raise NotAllowed("say what is not as the ledger says")
    return acts.enter(desk, rows.read(desk.db, number), Act.DISCREPANT, second=second, note=note.strip())


def missing(desk: Desk, number: int, note: str) -> Item:
    """Note that it is lost; the way back is the word of headquarters (`compromises.clear`)."""
    return acts.enter(desk, _thing(desk, number), Act.MISSING, note=f"{_LOST}: {note}")


def superseded(desk: Desk, number: int, note: str = "") -> Item:
    """Note that another has taken its place; what is left of it waits to be destroyed."""
    return acts.enter(desk, _thing(desk, number), Act.SUPERSEDED, note=note)


def destroyed(desk: Desk, number: int, second: str, method: str) -> Item:
    """Note that two persons have destroyed it, and how."""
    return acts.enter(desk, _thing(desk, number), Act.DESTROYED, second=second, note=method)


def _thing(desk: Desk, number: int) -> Item:
    item = rows.read(desk.db, number)
    if item.kind in materials.PAGED:
        raise NotAllowed(f"{item.name} has pages: its acts are those of a book")
    return item
