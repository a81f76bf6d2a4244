"""Whether all machines have opened the same text, as lines of the panel beside a released cable."""

from secmsg.office import circulars
from secmsg.office.circulars import Standing
from secmsg.station.views import CableView, Opening
from ui import names
from ui.language import tr
from ui.theme import Ink

NAMED = 5
"""Machines that are named; the others are counted, the command `secmsg show` names them all."""


def lines(view: CableView) -> list[tuple[str, Ink, str]]:
    """Say who has opened another text, first; then how many have proven the same one, and who has not yet."""
    found = [
        (
            "shield-x",
            Ink.FAULT,
            tr("{machine} opened another text than the one released. Ask there by another way.", machine=_name(each)),
        )
        for each in view.openings
        if each.standing is Standing.OTHER
    ]
    tally = circulars.tally(each.standing for each in view.openings)
    if tally.machines < 2:
        return found
    if tally.proven:
        text = tr("All {n} machines have proven that they opened the same text.", n=tally.machines)
        return [("shield-check", Ink.GOOD, text)]
    waiting = [each for each in view.openings if each.standing in (Standing.NOT_YET, Standing.UNNAMED)]
    text = tr(
        "{same} of {n} machines have proven that they opened the same text.",
        same=tally.same,
        n=tally.machines,
    )
    found.append(("clock", Ink.DIM, text if not waiting else f"{text}\n{_not_yet(waiting)}"))
    return found


def _not_yet(waiting: list[Opening]) -> str:
    named = "; ".join(_name(each) for each in waiting[:NAMED])
    more = len(waiting) - NAMED
    if more > 0:
        return tr("Not yet: {names} and {n} more", names=named, n=more)
    return tr("Not yet: {names}", names=named)


def _name(opening: Opening) -> str:
    return tr("{station}, machine {n}", station=names.station(opening.station_name), n=opening.device)
