"""What a window says of the delegation kit that is open: the line that stands above the list, and the permit."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from secmsg.office.kits import AtExpiry
from secmsg.station.kit_views import KitStanding
from ui import words
from ui.format import Place, moment, one_line, short, span
from ui.language import tr
from ui.widgets.sheet import Sheet, SheetLine

_FEW_MINUTES, _FEW_OPENINGS = 120, 5


def banner(standing: KitStanding, now: int, here: Place) -> str:
    """Say for as long as a kit is open that it is one, how long it can be read, and what is nearly used up."""
    permit, use = standing.permit, standing.use
    left = permit.until - max(now, use.seen)
    said = tr(
        "TRAVEL MODE – {n} cables, to read only – no reading after {when} ({left} left)",
        n=standing.cables, when=short(permit.until, here), left=span(left),
    )  # fmt: skip
    if standing.minutes_left < _FEW_MINUTES:
        said += " · " + tr("reading time left: {left}", left=span(60 * standing.minutes_left))
    if standing.openings_left < _FEW_OPENINGS:
        said += " · " + tr("openings left: {n}", n=standing.openings_left)
    return said


def permit_sheet(standing: Callable[[], KitStanding], here: Place, parent: QWidget) -> Sheet:
    """Show the permit of the kit that is open and what is used of it."""

    def lines() -> Sequence[SheetLine]:
        found = standing()
        permit, use = found.permit, found.use
        return (
            SheetLine(tr("Kit"), f"{permit.number}, {one_line(found.post)}"),
            SheetLine(tr("Bearer"), f"{one_line(permit.bearer)}, {one_line(permit.title)}"),
            SheetLine(tr("Classification"), words.degree(permit.degree)),
            SheetLine(tr("Purpose"), one_line(permit.purpose)),
            SheetLine(tr("Where to"), one_line(permit.places)),
            SheetLine(tr("Protective measures"), one_line(permit.measures)),
            SheetLine(tr("Permitted by"), one_line(permit.permitted_by)),
            SheetLine(tr("Valid from"), moment(permit.start, here)),
            SheetLine(tr("Valid until"), moment(permit.until, here)),
            SheetLine(tr("After its end"), ending(permit.at_expiry)),
            SheetLine(tr("Used"), head=True),
            SheetLine(tr("Openings"), f"{use.openings} / {permit.openings}"),
            SheetLine(tr("Reading time"), f"{span(use.used_s)} / {span(60 * permit.minutes)}"),
            SheetLine(tr("Prints"), f"{use.prints} / {permit.prints}"),
            SheetLine(tr("Enclosures written out"), f"{use.exports}" if permit.exports else tr("not allowed")),
            SheetLine(tr("Additions"), f"{use.drops}" if permit.drops else tr("not allowed")),
        )

    return Sheet(lambda: tr("Permit of this kit"), lines, parent)


def ending(at_expiry: AtExpiry) -> str:
    """Say what becomes of a kit after the end of its permit."""
    if at_expiry is AtExpiry.DESTROY:
        return tr("the next start destroys its keys for good")
    return tr("it opens no more until the post prolongs it")
