"""Serials for traffic by hand while the computer is down: kept ahead of time, reconciled on return.

The item that keeps them stands for them in the chain (docs/spec/continuity.md 7), so that a number given by hand is no
gap, and one that was not used is reported void.
"""

from dataclasses import replace

from secmsg.errors import NotAllowed, NotFound
from secmsg.ids import Serial, StationId
from secmsg.office import serials
from secmsg.station import envelopes, notices
from secmsg.station.desk import Desk
from secmsg.station.events import Event, GapsChanged
from secmsg.station.views import NoticeKind
from secmsg.store import continuity as pair_rows
from secmsg.store import hand_blocks as rows
from secmsg.store import hand_cables
from secmsg.store.hand_blocks import HandBlock as KeptBlock
from secmsg.wire import service
from secmsg.wire.books import MAX_BLOCK
from secmsg.wire.cable import Urgency
from secmsg.wire.item import ItemKind
from secmsg.wire.service import HandBlock, HandNumbers, Ranges

# --- ours ------------------------------------------------------------------------------------------------------------


def reserve(desk: Desk, peer: StationId, count: int, up_to: int | None = None) -> KeptBlock:
    """Keep the next serials towards a station for traffic by hand and tell it; give the block.

    `up_to` names the last serial instead of the count: after numbers were given by hand without a block. NotAllowed
    when the station has no device, or the block would be empty or longer than 1 000.
    """
    now = desk.now()
    with desk.db.transaction():
        own = pair_rows.outgoing(desk.db, peer).next
        return reserve_in(desk, peer, count if up_to is None else up_to - own, now)


def reserve_in(desk: Desk, peer: StationId, wanted: int, now: int) -> KeptBlock:
    """Keep the next serials inside the caller's transaction; NotAllowed as `reserve`."""
    if not 1 <= wanted <= MAX_BLOCK:
        raise NotAllowed(f"a block has 1 to {MAX_BLOCK} serials")
    body = service.encode(HandBlock(wanted))
    serial = envelopes.post(
        desk, peer, ItemKind.SERVICE, body, cable_id=None, urgency=Urgency.PRIORITY, now=now, covers=wanted
    )
    block = KeptBlock(peer, outgoing=True, first=Serial(serial + 1), last=Serial(serial + wanted))
    rows.keep(desk.db, block)
    return block


def next_free(desk: Desk, peer: StationId, first: int) -> Serial:
    """Return the lowest serial of our block from `first` that no cable here has; NotFound, NotAllowed."""
    block = rows.read(desk.db, peer, first, outgoing=True)
    if block is None:
        raise NotFound("no block for traffic by hand begins there")
    if block.reported_at is not None:
        raise NotAllowed("this block was reconciled before: its other serials are void")
    given = set(hand_cables.given(desk.db, peer, outgoing=True))
    free = next((each for each in range(block.first, block.last + 1) if each not in given), None)
    if free is None:
        raise NotAllowed(f"every serial of the block from {block.first} to {block.last} was given: keep another")
    return Serial(free)


def reconcile(desk: Desk, peer: StationId, first: int, used: Ranges) -> KeptBlock:
    """Report which serials of a block were given by hand; the rest are void. NotFound, NotAllowed the second time.

    Those of cables by hand that stand in the register are given, whether they are named or not.
    """
    now = desk.now()
    with desk.db.transaction():
        block = rows.read(desk.db, peer, first, outgoing=True)
        if block is None:
            raise NotFound("no block for traffic by hand begins there")
        if block.reported_at is not None:
            raise NotAllowed("this block was reconciled before")
        given = serials.merged((*used, *_recorded(desk, block)))
        if given and not block.first <= given[0][0] <= given[-1][1] <= block.last:
            raise NotAllowed(f"the block has serials {block.first} to {block.last}")
        block = replace(block, used=given, reported_at=now)
        rows.keep(desk.db, block)
        envelopes.post_service(desk, peer, HandNumbers(block.first, block.last, given), now, Urgency.PRIORITY)
    return block


def covers(desk: Desk, peer: StationId, serial: int) -> bool:
    """Say whether a serial of ours lies in a block for the hand."""
    return any(
        each.peer == peer and each.outgoing and each.first <= serial <= each.last for each in rows.every(desk.db)
    )


# --- theirs ----------------------------------------------------------------------------------------------------------


def announced(desk: Desk, peer: StationId, serial: Serial, message: HandBlock, now: int) -> list[Event]:
    """Note the block that a station keeps; its serials, named as missing before this came, are missing no more."""
    block = KeptBlock(peer, outgoing=False, first=Serial(serial + 1), last=Serial(serial + message.count))
    if rows.read(desk.db, peer, block.first, outgoing=False) is not None:
        return []
    rows.keep(desk.db, replace(block, taken=_recorded(desk, block)))
    pair_rows.forget_gaps(desk.db, peer, block.last + 1, block.first)
    detail = f"station {peer} keeps {serials.span(block.first, block.last)}"
    return [notices.add(desk, NoticeKind.HAND_BLOCK, now, detail), GapsChanged()]


def reported(desk: Desk, peer: StationId, message: HandNumbers, now: int) -> list[Event]:
    """Note which serials of a block were given by hand, for our officer to compare with what came by hand."""
    block = rows.read(desk.db, peer, message.first, outgoing=False)
    if block is None:
        block = KeptBlock(peer, outgoing=False, first=Serial(message.first), last=Serial(message.last))
    taken = serials.merged((*block.taken, *_recorded(desk, block)))
    rows.keep(desk.db, replace(block, used=message.used, taken=taken, reported_at=now))
    given = ", ".join(serials.span(*each) for each in message.used) or "none"
    detail = f"station {peer}, {serials.span(message.first, message.last)}: given by hand {given}, the rest is void"
    return [notices.add(desk, NoticeKind.HAND_BLOCK, now, detail), GapsChanged()]


def take(desk: Desk, peer: StationId, first: int, numbers: Ranges) -> KeptBlock:
    """Enter which serials of a station's block came here by hand; NotFound, NotAllowed outside the block."""
    with desk.db.transaction():
        block = rows.read(desk.db, peer, first, outgoing=False)
        if block is None:
            raise NotFound("no block of this station begins there")
        taken = serials.merged((*block.taken, *numbers))
        if taken and not block.first <= taken[0][0] <= taken[-1][1] <= block.last:
            raise NotAllowed(f"the block has serials {block.first} to {block.last}")
        block = replace(block, taken=taken)
        rows.keep(desk.db, block)
    return block


def note_taken(desk: Desk, peer: StationId, serial: int) -> bool:
    """Enter a cable that came by hand in the station's block around its serial; say whether there is one."""
    for block in rows.every(desk.db):
        if block.peer == peer and not block.outgoing and block.first <= serial <= block.last:
            rows.keep(desk.db, replace(block, taken=serials.merged((*block.taken, (serial, serial)))))
            return True
    return False


def _recorded(desk: Desk, block: KeptBlock) -> Ranges:
    """Return the serials of a block under which cables by hand stand in the register."""
    given = hand_cables.given(desk.db, block.peer, outgoing=block.outgoing)
    return serials.merged([(each, each) for each in given if block.first <= each <= block.last])


def missing(block: KeptBlock) -> Ranges:
    """Return the serials of a block that were given by hand and are not entered here."""
    return serials.without(block.used, block.taken)
