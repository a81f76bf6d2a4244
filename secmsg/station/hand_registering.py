"""A message by hand that verified: what it says, and its cable and register line, beside what is here under its id.

Source: docs/spec/by-hand.md 4 and 5. It is not signed: the line says so until the signed cable comes.
"""

from dataclasses import dataclass, replace

from secmsg.errors import FormatError
from secmsg.ids import CableId, StationId
from secmsg.manual import text as message_text
from secmsg.manual.header import Header
from secmsg.manual.message import Message
from secmsg.office import continuity, hand_cable, numbering, register
from secmsg.office.hand_cable import HandCable
from secmsg.office.lifecycle import IncomingState
from secmsg.office.materials import Item
from secmsg.station import desk as desks
from secmsg.station import (
    doubts,
    gaps,
    hand_numbers,
    hand_signing,
    hand_texts,
    indexing,
    own_codebooks,
    pads,
    persons,
    release,
    texts,
)
from secmsg.station.desk import Desk
from secmsg.station.hand_views import HandFate, HandTaken
from secmsg.station.pads import Taken
from secmsg.store import cables as cable_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import hand_blocks, registers
from secmsg.store import hand_cables as rows
from secmsg.store import thin as thin_rows
from secmsg.store.cables import CableHead, Direction, KeptCable
from secmsg.store.hand_cables import HandMessage, HandState
from secmsg.wire.cable import Kind


@dataclass(frozen=True, slots=True)
class Verified:
    """A message that verified, and what it says."""

    item: Item
    taken: Taken
    message: Message
    cable: HandCable
    receipt: str


def cable_of(desk: Desk, item: Item, header: Header, codes: tuple[str, ...]) -> HandCable:
    """Return what the codes say, within the bounds of a cable; FormatError."""
    said = hand_texts.decode(codes, own_codebooks.reader(desk.db, item.peer))
    serial = hand_cable.nearest(header.serial, highest_known(desk, item.peer))
    cable = HandCable(serial, said.degree, said.urgency, said.number, header.at, said.text)
    hand_cable.encode(cable)
    if cable.degree > desks.own(desk).device_certificate.degree:
        raise FormatError("its degree is above what this machine may carry")
    return cable


def highest_known(desk: Desk, station: StationId) -> int:
    """Return the highest serial that is known of a station."""
    state = _state(desk, station)
    blocks = [each.last for each in hand_blocks.every(desk.db) if each.peer == station and not each.outgoing]
    said = (thin_rows.highest(desk.db, station), rows.highest(desk.db, station))
    return max(state.highest, *(run.last for run in state.ahead), *said, *blocks)


def _state(desk: Desk, station: StationId) -> continuity.State:
    body = pair_rows.incoming(desk.db, station)
    return continuity.State() if body is None else continuity.decode(body)


def enter(desk: Desk, read: Verified, worksheet: int) -> HandTaken:
    """Write everything that a message changes, inside the caller's transaction."""
    now, own, directory = desk.now(), desks.own(desk), desks.directory(desk)
    peer, cable = read.item.peer, read.cable
    cable_id = hand_signing.cable_id(cable, peer, own.station)
    entry = directory.station(peer)
    year = numbering.year_of(cable.dtg, doubts.zone(directory, peer))
    mrn = numbering.mrn(year, entry.mrn_name, cable.number)
    in_block = hand_numbers.note_taken(desk, peer, cable.serial)
    pads.record_use(desk, read.taken, cable.serial, mrn)
    state, fate = _stands(desk, cable, cable_id, mrn)
    if fate is HandFate.ENTERED:
        _keep_cable(
            desk,
            _head(cable, cable_id, peer, own.station, numbering.symbol(entry.symbol, cable.number, year), mrn, now),
            cable,
        )
    rows.add(
        desk.db,
        HandMessage(
            cable_id=cable_id,
            outgoing=False,
            peer=peer,
            serial=cable.serial,
            in_block=in_block,
            book=read.item.number,
            page=read.taken.numbers[0],
            message=message_text.write(read.message),
            content=hand_cable.encode(cable),
            at=now,
            state=state,
            receipt=read.receipt,
        ),
    )
    if not in_block:
        gaps.note(desk, peer, continuity.gaps_up_to(_state(desk, peer), cable.serial - 1), now)
    return HandTaken(fate, worksheet, cable_id=cable_id, mrn=mrn, receipt=read.receipt)


def _stands(desk: Desk, cable: HandCable, cable_id: CableId, mrn: str) -> tuple[HandState, HandFate]:
    """Say how a message stands beside what is here under its id."""
    if not cable_rows.has(desk.db, cable_id):
        return HandState.UNSIGNED, HandFate.ENTERED
    kept = cable_rows.read(desk.db, cable_id)
    if kept.head.unsigned:
        return HandState.UNSIGNED, HandFate.SAME_CABLE
    if hand_signing.says_the_same(cable, texts.text(kept)):
        cable_rows.mark_by_hand(desk.db, cable_id)
        return HandState.CONFIRMED, HandFate.SIGNED_BEFORE
    hand_signing.alarm(desk, kept.head.origin, cable.serial, mrn, desk.now())
    return HandState.DIFFERS, HandFate.DIFFERS


def _keep_cable(desk: Desk, head: CableHead, cable: HandCable) -> None:
    own, directory = desks.own(desk), desks.directory(desk)
    text = texts.of_hand(head, cable)
    line = register.incoming(
        text,
        numbering.year_of(head.at, doubts.zone(directory, own.station)),
        registers.last_line(desk.db, register.Register.IN) + 1,
        head.at,
        persons.present(desk).name,
    )
    entered = release.enter(desk, replace(line, note=hand_signing.CAME_NOTE))
    cable_rows.insert(desk.db, KeptCable(replace(head, register_line=entered), hand_cable.encode(cable), None))
    indexing.index(desk, text)


def _head(
    cable: HandCable, cable_id: CableId, origin: StationId, own: StationId, symbol: str, mrn: str, now: int
) -> CableHead:
    return CableHead(
        cable_id=cable_id,
        direction=Direction.IN,
        origin=origin,
        first_to=own,
        others=0,
        number=cable.number,
        symbol=symbol,
        mrn=mrn,
        kind=Kind.CABLE,
        degree=cable.degree,
        urgency=cable.urgency,
        subject="",
        dtg=cable.dtg,
        at=now,
        annexes=0,
        register_line=0,
        state=IncomingState.REGISTERED,
        unsigned=True,
        by_hand=True,
    )
