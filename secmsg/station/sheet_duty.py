"""A store made from now on gives no number before a person has proven to hold its recovery sheet on paper.

Three facts in the store: `DUE` is written with its first keys, `CHECKED` with the sheet read back or proven by opening,
`REGISTERED` with its line in the ledger, in the transaction that makes both the check and the certificate true. A store
without `DUE` was made before this rule, and counts as done. A sheet that takes another's place has a line of its own.
Source: docs/spec/enrolment.md 1.
"""

from secmsg.errors import SheetUnchecked
from secmsg.office import materials
from secmsg.office.materials import Kind, State
from secmsg.station import desk as desks
from secmsg.station import keeping, sheets
from secmsg.station.desk import Desk
from secmsg.store import identity as identity_rows
from secmsg.store import materials as items
from secmsg.store.database import Database

DUE = "sheet-due"
CHECKED = "setup-sheet"
REGISTERED = "setup-sheet-item"
TITLE = "Phiếu khôi phục"
OLDER = "đã có phiếu mới; chỉ còn mở bản sao lưu lập trước đó"


def begin(db: Database) -> None:
    """Ask, in the caller's transaction, for the sheet of a store that is being made."""
    identity_rows.keep_fact(db, DUE, b"1")


def is_checked(desk: Desk) -> bool:
    """Say whether a person has read the sheet back from the paper."""
    return identity_rows.fact(desk.db, CHECKED) is not None


def is_due(desk: Desk) -> bool:
    """Say whether the sheet has still to be checked before this store gives a number."""
    return identity_rows.fact(desk.db, DUE) is not None and not is_checked(desk)


def is_unregistered(desk: Desk) -> bool:
    """Say whether a checked sheet could stand in the ledger and does not."""
    return is_checked(desk) and desks.joined(desk) and identity_rows.fact(desk.db, REGISTERED) is None


def check(desk: Desk) -> None:
    """Refuse to give a number; SheetUnchecked until the sheet was checked, which enters it into the ledger."""
    if is_due(desk) or is_unregistered(desk):
        raise SheetUnchecked("nobody has read the recovery sheet of this store back from the paper")


def note(desk: Desk, kept_at: str) -> None:
    """Keep, in one transaction, that the sheet was checked, and where it lies sealed; with its line, once joined."""
    with desk.db.transaction():
        identity_rows.keep_fact(desk.db, CHECKED, " ".join(kept_at.split()).encode())
        register(desk)


def register(desk: Desk) -> None:
    """Enter the checked sheet into the ledger, once, in the caller's transaction; nothing before the certificate."""
    where = identity_rows.fact(desk.db, CHECKED)
    if where is None or not is_unregistered(desk):
        return
    _enter(desk, where.decode())


def renewed(desk: Desk, kept_at: str = "") -> None:
    """Enter, in the caller's transaction, a sheet that took another's place; the line before says so.

    `kept_at` is where it lies, if that is known: otherwise the post has it. Nothing before the certificate, and nothing
    while the sheet has still to be checked: the check enters it then.
    """
    if not desks.joined(desk) or is_due(desk):
        return
    before = identity_rows.fact(desk.db, REGISTERED)
    if before is not None:
        item = items.read(desk.db, int.from_bytes(before))
        if item.state in materials.ALIVE | {State.ISSUED}:
            keeping.superseded(desk, item.number, OLDER)
    name, _ = sheets.names(desk.db)
    _enter(desk, " ".join(kept_at.split()) or name)


def _enter(desk: Desk, where: str) -> None:
    item = keeping.enter_item(desk, Kind.SHEET, TITLE, where)
    identity_rows.keep_fact(desk.db, REGISTERED, item.number.to_bytes(4))
