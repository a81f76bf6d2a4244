"""Receipts by hand: the eight figures that the receiver says back, and how often a wrong answer is taken.

Source: docs/spec/by-hand.md 6.
"""

from secmsg.errors import NotAllowed, NotFound
from secmsg.ids import CableId
from secmsg.station.desk import Desk
from secmsg.store import hand_cables as rows
from secmsg.store.hand_cables import HandMessage

MAX_WRONG = 5
"""Wrong answers after which no receipt by hand is taken: each is a guess at eight figures."""


def say_receipt(desk: Desk, cable_id: CableId) -> str:
    """Note that our officer says the receipt of a cable that came by hand, and give its figures; NotFound."""
    came = _last(desk, cable_id, outgoing=False)
    with desk.db.transaction():
        rows.mark_receipt(desk.db, cable_id, desk.now())
    return came.receipt


def take_receipt(desk: Desk, cable_id: CableId, figures: str) -> bool:
    """Compare what was said back with the receipt of a cable that went by hand; a wrong answer is counted.

    NotFound when it has no receipt by hand, NotAllowed after five wrong answers.
    """
    sent = _last(desk, cable_id, outgoing=True)
    right = "".join(figures.split()) == "".join(sent.receipt.split())
    if sent.receipt_at is not None:
        return right
    if sent.wrong >= MAX_WRONG:
        raise NotAllowed("five wrong answers were given: only the signed receipt counts for this cable")
    with desk.db.transaction():
        if right:
            rows.mark_receipt(desk.db, cable_id, desk.now())
        else:
            rows.count_wrong(desk.db, cable_id)
    return right


def _last(desk: Desk, cable_id: CableId, *, outgoing: bool) -> HandMessage:
    found = [each for each in rows.of_cable(desk.db, cable_id) if each.outgoing is outgoing]
    if not found or not found[-1].receipt:
        raise NotFound("this cable has no receipt by hand: its receipt is the signed one")
    return found[-1]
