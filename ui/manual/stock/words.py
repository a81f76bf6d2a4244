"""What the view of key material says: how an item stands, how long it lasts, and by which command an act is done."""

from typing import assert_never

from secmsg.station.pad_views import Direction, ItemView, Kind, State
from ui import names
from ui.language import mark, tr, trn


def kind(item: ItemView) -> str:
    """Name what an item is."""
    match item.kind:
        case Kind.PAD:
            return tr("pad book OUT") if item.direction is Direction.OUT else tr("pad book IN")
        case Kind.CHALLENGES:
            return tr("challenge list")
        case Kind.CODEBOOK:
            return tr("codebook")
        case Kind.TOKEN:
            return tr("token")
        case Kind.STICK:
            return tr("stick")
        case Kind.MACHINE:
            return tr("machine")
        case Kind.OTHER:
            return tr("other")
        case Kind.KIT:
            return tr("delegation kit")
        case Kind.BACKUP:
            return tr("backup")
        case Kind.SHEET:
            return tr("recovery sheet")
        case _:
            assert_never(item.kind)


def state(item: ItemView) -> str:
    """Say how an item stands."""
    match item.state:
        case State.DRAWN:
            return tr("drawn")
        case State.PRINTED:
            return tr("printed")
        case State.SEALED:
            return tr("sealed, reserve")
        case State.ISSUED:
            return tr("issued")
        case State.RECEIVED:
            return tr("received, reserve")
        case State.IN_USE:
            return tr("in use")
        case State.USED_UP:
            return tr("used up, to be destroyed")
        case State.DESTROYED:
            return tr("destroyed")
        case State.REPORTED:
            return tr("destroyed and reported")
        case State.SUPERSEDED:
            return tr("superseded, to be destroyed")
        case State.COMPROMISED:
            return tr("compromised, stopped")
        case State.MISSING:
            return tr("missing, stopped")
        case State.VOID:
            return tr("void, to be destroyed")
        case _:
            assert_never(item.state)


def peer(item: ItemView) -> str:
    """Name the station that has the other copy."""
    return names.station(item.peer_name)


def stock(item: ItemView) -> str:
    """Say how many pages are left and how long they last."""
    if not item.first:
        return ""
    left = trn(item.ready, "{n} left", "{n} left")
    if item.days_left is None:
        return left
    return tr("{left}, about {days}", left=left, days=trn(item.days_left, "{n} day", "{n} days"))


def top(item: ItemView) -> str:
    """Say which page lies on top, once the paper was read; a page of the store is never offered for copying."""
    if item.kind is not Kind.PAD or item.state is not State.IN_USE:
        return ""
    if item.direction is Direction.IN:
        return tr("as the sender takes them")
    return item.top or tr("read it from the paper")


def to_destroy(item: ItemView) -> str:
    """Say how many used pages wait to be destroyed."""
    return str(item.used) if item.used else ""


COMMANDS: tuple[tuple[str, str], ...] = (
    ("secmsg hand pad draw", mark("draw a new book")),
    ("secmsg hand pad receive", mark("take in a book that has come")),
    ("secmsg hand pad open", mark("open a reserve book")),
    ("secmsg hand pad compromise", mark("report a book as compromised or missing")),
    ("secmsg hand pad destroy", mark("destroy a whole book")),
    ("secmsg hand pad ledger", mark("read the ledger")),
)
"""Acts that this window does not do, each with its command."""
