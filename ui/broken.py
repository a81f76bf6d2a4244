"""Breaks of continuity as the notices show them: on top, until a named person has acknowledged each."""

from collections.abc import Sequence
from typing import assert_never

from secmsg.station.session_views import BreakView
from secmsg.wire.handshake import ResetReason
from ui import names
from ui.format import Place, moment
from ui.language import tr
from ui.theme import Ink
from ui.widgets.sheet import SheetLine


def lines(found: BreakView, here: Place) -> Sequence[SheetLine]:
    """Say what broke, how far both sides were, what waits, and how it is acknowledged."""
    station = names.station(found.station_name)
    head = tr("Break of continuity with {station}, not acknowledged", station=station)
    made = [
        SheetLine(head, head=True, icon="shield-alert", ink=Ink.WARN),
        SheetLine(moment(found.at, here), whose(found)),
        SheetLine(tr("Reason given"), reason(found.reason)),
    ]
    if found.reporter_name:
        made.append(SheetLine(tr("Reported by"), names.station(found.reporter_name)))
    else:
        reach = tr("ours to {sent}, theirs to {received}", sent=found.sent, received=found.received)
        made.append(SheetLine(tr("Serials"), reach))
    if found.session and not found.follows and not found.reporter_name:
        made.append(SheetLine(tr("New keys"), tr("do not follow those in use here")))
    if found.holds:
        made.append(SheetLine(tr("High degrees"), tr("wait for headquarters' acknowledgement")))
    made.append(SheetLine(tr("Ask there, then run"), f"secmsg session acknowledge {found.number}"))
    return made


def whose(found: BreakView) -> str:
    """Say who began anew."""
    if found.reporter_name or not found.ours:
        return tr("machine {n} began anew", n=found.device)
    return tr("this machine began anew by itself") if found.alone else tr("begun anew by an officer here")


def reason(why: ResetReason) -> str:
    """Say the reason given; it is the word of the side that began."""
    match why:
        case ResetReason.FIRST:
            return tr("none")
        case ResetReason.STATE_LOST:
            return tr("keys lost")
        case ResetReason.STATE_RESTORED:
            return tr("store put back to an older state")
        case ResetReason.DAMAGED:
            return tr("keys damaged")
        case ResetReason.SCHEDULED:
            return tr("renewal")
        case ResetReason.COMPROMISE:
            return tr("keys may be known to others")
        case _:
            assert_never(why)
