"""Who did what with one cable of this post, as the record of persons says."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from secmsg.office.person_log import Deed, LogLine
from secmsg.station.persons import SHEET_NAME, RecordLine
from ui.format import Place, moment, number, one_line
from ui.language import tr
from ui.widgets.sheet import Sheet, SheetLine


def deeds_sheet(cable: int, found: Sequence[RecordLine], here: Place, parent: QWidget) -> Sheet:
    """Show the lines about a cable, the oldest first, and what the record cannot know."""

    def lines() -> Sequence[SheetLine]:
        made = [SheetLine(moment(each.line.at, here), f"{who(each.line)}: {did(each.line)}") for each in found]
        return (
            *(made or [SheetLine(tr("Nobody has opened it here yet"))]),
            SheetLine(tr("Not on record"), tr("what is photographed or copied off the screen")),
        )

    return Sheet(lambda: tr("Cable {n}: who opened and exported it", n=number(cable)), lines, parent)


def who(line: LogLine) -> str:
    """Name the person of a line; a keyslot that belongs to nobody stands there by its number."""
    by_sheet = not line.officer and line.name == SHEET_NAME
    return tr("the recovery sheet") if by_sheet else one_line(line.name)


def did(line: LogLine) -> str:
    """Say what a line says of a cable; its detail is the cable's number and, after a colon, which part of it."""
    kind, _, which = line.detail.partition(": ")[2].partition(" ")
    match line.deed:
        case Deed.READ:
            return tr("first opened")
        case Deed.EXPORTED if kind == "annex":
            return tr("exported enclosure {n}", n=which)
        case Deed.EXPORTED:
            return tr("exported the text")
        case Deed.PRINTED:
            return tr("printed the worksheet")
        case Deed.DESTROYED:
            return tr("destroyed it by two")
        case _:
            return one_line(line.detail)
