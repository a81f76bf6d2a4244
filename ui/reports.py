"""What a link reported, in words of both languages; its own text is English and goes into the card alone."""

import re
from enum import Enum
from typing import assert_never

from ui.format import span
from ui.language import tr


class Report(Enum):
    """What kind of failure a text of a link tells of."""

    NO_CONTACT = "no-contact"
    """Nothing was handed over: no contact, or what answered does not hold the pinned certificate."""
    BROKEN = "broken"
    CUT_HERE = "cut-here"
    CLOCK = "clock"
    REFUSED = "refused"
    LOST = "lost"
    FULL = "full"
    NO_MAILBOX = "no-mailbox"
    TOO_LARGE = "too-large"
    LATER = "later"
    OTHER = "other"


_CLOCK = re.compile(r"the relay's clock differs by (-?\d+) s")
_BEGINNINGS = (
    ("no contact", Report.NO_CONTACT),
    ("contact was lost", Report.BROKEN),
    ("the line is cut", Report.CUT_HERE),
    ("the relay's clock", Report.CLOCK),
    ("the relay has lost", Report.LOST),
    ("the relay", Report.REFUSED),
    ("the transfer", Report.REFUSED),
)
_STATUSES = {
    "full": Report.FULL,
    "unknown": Report.NO_MAILBOX,
    "class_refused": Report.TOO_LARGE,
    "draining": Report.LATER,
    "later": Report.LATER,
}
"""What a relay answers to one envelope."""


def report_of(detail: str) -> Report:
    """Say what kind of failure a link's own text tells of."""
    if detail in _STATUSES:
        return _STATUSES[detail]
    return next((report for beginning, report in _BEGINNINGS if detail.startswith(beginning)), Report.OTHER)


def say(detail: str) -> str:
    """Say for the officer what a link reported; nothing for nothing."""
    if not detail:
        return ""
    report = report_of(detail)
    match report:
        case Report.NO_CONTACT:
            return tr("No contact with the relay, or another machine answers under its address.")
        case Report.BROKEN:
            return tr("Contact broke before the relay's answer was here.")
        case Report.CUT_HERE:
            return tr("Contact is cut at this machine.")
        case Report.CLOCK:
            found = _CLOCK.search(detail)
            if found is None:
                return tr("This computer's clock differs from the relay's.")
            return tr("This computer's clock is {time} off the relay's.", time=span(abs(int(found[1]))))
        case Report.REFUSED:
            return tr("The relay answered and did not take it.")
        case Report.LOST:
            return tr("The relay has lost what it held; it is offered again.")
        case Report.FULL:
            return tr("The addressee's mailbox at this relay is full.")
        case Report.NO_MAILBOX:
            return tr("The addressee has no mailbox at this relay yet.")
        case Report.TOO_LARGE:
            return tr("This relay takes nothing of this size at present.")
        case Report.LATER:
            return tr("The relay asks to come again later.")
        case Report.OTHER:
            return tr("The last try did not succeed.")
        case _:
            assert_never(report)
