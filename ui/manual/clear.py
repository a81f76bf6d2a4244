"""How the clear header of a message is said: serial, pages, the minute in both zones, how many groups."""

from secmsg.manual.header import Header
from ui.format import Place, moment
from ui.language import tr


def said(header: Header, here: Place) -> str:
    """Say a header."""
    parts = tr(
        "Serial {serial} · page {page} · {at} · {n} groups",
        serial=f"{header.serial:05}",
        page=", ".join(header.pages),
        at=moment(header.at, here),
        n=header.count,
    )
    return tr("Header (in clear): {parts}", parts=parts)
