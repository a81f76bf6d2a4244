"""What the list of worksheets says."""

from typing import assert_never

from secmsg.station.hand_views import Next, WorksheetRow
from ui import names
from ui.language import tr


def direction(row: WorksheetRow) -> str:
    """Say which way a worksheet goes."""
    return tr("Encipher") if row.outgoing else tr("Decipher")


def peer(row: WorksheetRow) -> str:
    """Name the other station, as far as it is known."""
    return names.station(row.peer_name) if row.peer_name else tr("not known yet")


def step(row: WorksheetRow) -> str:
    """Name the next step of a worksheet."""
    match row.next:
        case Next.ENCIPHER:
            return tr("take a page and encipher")
        case Next.SEND:
            return tr("read it to send, then say so")
        case Next.DESTROY:
            return tr("destroy the page")
        case Next.TYPE_HEADER:
            return tr("type the header")
        case Next.TYPE_GROUPS:
            return tr("type the groups")
        case Next.ASK:
            return tr("ask for groups again")
        case Next.VERIFY:
            return tr("verify the tag and open")
        case Next.SAY_RECEIPT:
            return tr("say the receipt")
        case _:
            assert_never(row.next)
