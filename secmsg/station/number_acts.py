"""What an officer does about serials by hand: each act leaves a line in the register of acts on serials."""

from dataclasses import dataclass

from secmsg.errors import NotAllowed, NotFound
from secmsg.ids import StationId
from secmsg.office import continuity, number_acts
from secmsg.office.number_acts import ActKind, NumberAct
from secmsg.station import books, envelopes, hand_numbers, persons, recaps, repeats
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import continuity as rows
from secmsg.store import registers
from secmsg.store.hand_blocks import HandBlock
from secmsg.wire.cable import Urgency
from secmsg.wire.service import MAX_NOTE, Fault, FaultCode, Posture, Ranges, StationState


@dataclass(frozen=True, slots=True)
class ActLine:
    """One line of the register of acts on serials."""

    line: int
    act: NumberAct


def lines(desk: Desk) -> tuple[ActLine, ...]:
    """List the register after checking its chain; StoreDamaged when a line was altered."""
    entries = registers.verify(desk.db, number_acts.REGISTER)
    return tuple(ActLine(each.line, number_acts.decode(each.body)) for each in entries)


def _enter(desk: Desk, kind: ActKind, peer: StationId, first: int, last: int, reason: str = "") -> None:
    now = desk.now()
    person = persons.present(desk).name
    act = NumberAct(now, kind, peer, first, last, person, reason)
    registers.append(desk.db, number_acts.REGISTER, now, number_acts.encode(act))


# --- gaps ------------------------------------------------------------------------------------------------------------


def ask_again(desk: Desk, peer: StationId, first: int, last: int) -> None:
    """Ask for missing serials once more, whatever was asked before; NotFound when none of them is missing."""
    with desk.db.transaction():
        missing = _missing(desk, peer, first, last)
        attempt = max(gap.asked for gap in missing) + 1
        for gap in missing:
            # One more try, then the alarm again: an act by hand does not begin the three anew.
            rows.forget_alarm(desk.db, peer, gap.serial, desk.policy.rhythm.repeat_tries - 1)
        repeats.request(desk, peer, [gap.serial for gap in missing], attempt, by_hand=True)
        _enter(desk, ActKind.ASKED_AGAIN, peer, missing[0].serial, missing[-1].serial)


def close_gap(desk: Desk, peer: StationId, first: int, last: int, reason: str) -> None:
    """Close one whole gap unseen, with a reason; the other end is told. NotFound, NotAllowed.

    What comes late after all is taken and entered.
    """
    if not 1 <= len(reason.strip()) <= MAX_NOTE:
        raise NotAllowed(f"a gap is closed with a reason, at most {MAX_NOTE} characters")
    with desk.db.transaction():
        _missing(desk, peer, first, last)
        state = recaps.state_of(desk, peer)
        if first <= continuity.top(state):
            rows.keep_incoming(desk.db, peer, continuity.encode(continuity.closed(state, first, last)), desk.now())
        rows.forget_gaps(desk.db, peer, last + 1, first)
        fault = Fault(FaultCode.GAP_CLOSED, reason.strip(), first, None, last if last > first else 0)
        envelopes.post_service(desk, peer, fault, desk.now(), Urgency.PRIORITY)
        _enter(desk, ActKind.GAP_CLOSED, peer, first, last, reason.strip())


def _missing(desk: Desk, peer: StationId, first: int, last: int) -> list[rows.Gap]:
    found = [gap for gap in rows.gaps(desk.db) if gap.peer == peer and first <= gap.serial <= last]
    if not found:
        raise NotFound("none of these serials is missing")
    return found


# --- books, blocks, posture ------------------------------------------------------------------------------------------


def open_book(desk: Desk, paper: bytes) -> int:
    """Begin the book of a statement that two persons have signed; say towards how many stations."""
    read = books.paper(desk, paper)
    reached = books.send(desk, paper)
    with desk.db.transaction():
        reason = f"book {read.statement.book}, {read.statement.reason.name.lower()}: {'; '.join(read.signers)}"
        for peer in read.statement.peers:
            _enter(desk, ActKind.BOOK_OPENED, peer, read.statement.first, read.statement.first, reason)
    return reached


def keep_block(desk: Desk, peer: StationId, count: int, up_to: int | None = None) -> HandBlock:
    """Keep serials for traffic by hand."""
    block = hand_numbers.reserve(desk, peer, count, up_to)
    with desk.db.transaction():
        _enter(desk, ActKind.BLOCK_KEPT, peer, block.first, block.last)
    return block


def reconcile_block(desk: Desk, peer: StationId, first: int, used: Ranges) -> HandBlock:
    """Report which serials of our block were given by hand."""
    block = hand_numbers.reconcile(desk, peer, first, used)
    with desk.db.transaction():
        _enter(desk, ActKind.BLOCK_RECONCILED, peer, block.first, block.last, _written(block.used))
    return block


def take_by_hand(desk: Desk, peer: StationId, first: int, numbers: Ranges) -> HandBlock:
    """Enter which serials of a station's block came by hand."""
    block = hand_numbers.take(desk, peer, first, numbers)
    with desk.db.transaction():
        _enter(desk, ActKind.HAND_TAKEN, peer, block.first, block.last, _written(numbers))
    return block


def _written(ranges: Ranges) -> str:
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in ranges) or "none"


def set_posture(desk: Desk, posture: Posture) -> bool:
    """Set this station's posture; every station gets a recap that says so. False when it was set already."""
    with desk.db.transaction():
        changed = recaps.change_posture(desk, posture, desk.now())
        if changed:
            _enter(desk, ActKind.POSTURE, StationId(0), 0, 0, posture.name.lower())
    return changed


def tell_posture(desk: Desk, posture: Posture, note: str = "") -> int:
    """Tell every other station the posture, as headquarters; say how many were written to."""
    own, directory = desks.own(desk), desks.directory(desk)
    others = [each.id for each in directory.stations if each.id != own.station]
    with desk.db.transaction():
        written = [
            envelopes.post_service(desk, peer, StationState(posture, note), desk.now(), Urgency.IMMEDIATE)
            for peer in others
        ]
    return sum(each is not None for each in written)
