"""Thin packets given by hand or file: opened by their tag, put together, entered, compared with the signed cable.

Source: docs/spec/thin-text.md. One packet is one transaction: the session's next state and all that the packet brought.
"""

from dataclasses import dataclass, replace

from secmsg.crypto import hashing
from secmsg.errors import FormatError, NotAllowed, NotEntitled, Replayed
from secmsg.ids import DeviceId, MessageId, StationId
from secmsg.office import continuity, numbering, register, thin_serials
from secmsg.office.lifecycle import IncomingState
from secmsg.station import (
    deliveries,
    doubts,
    gaps,
    indexing,
    notices,
    persons,
    release,
    revocations,
    sessions,
    texts,
    thin_signing,
    thin_tables,
)
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.sessions import FoundThin
from secmsg.station.thin_views import ThinFate, ThinTaken, ThinWaiting
from secmsg.station.views import NoticeKind
from secmsg.store import cables as cable_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import registers, seen
from secmsg.store import thin as rows
from secmsg.store.cables import CableHead, Direction, KeptCable
from secmsg.store.thin import KeptPiece, ThinState, ThinText, WholeMessage
from secmsg.wire import fragments, revocation, thin_content
from secmsg.wire.cable import Degree
from secmsg.wire.certificate import Certificate
from secmsg.wire.packet import Ack
from secmsg.wire.thin_content import Message, Piece, ThinCable, ThinNotice, ThinReport

MAX_INCOMPLETE = 8
"""Messages of one machine that may wait for pieces."""
LIFE_S = 14 * 86_400
"""Seconds for which pieces wait, and for which a whole message is remembered."""

_MARK_LABEL = b"thin packet\0"
_MARK_SIZE = 16


@dataclass(frozen=True, slots=True)
class _From:
    """Who sent a packet."""

    device: DeviceId
    certificate: Certificate
    now: int

    @property
    def station(self) -> StationId:
        return self.certificate.station


def take(desk: Desk, packet: bytes) -> ThinTaken:
    """Take one packet.

    FormatError for another size; NoSession or DecryptionError when nothing here opens it; a TrustError leaf when its
    sender is not listed. Then nothing has changed, and the same packet may be given again.
    """
    if len(packet) not in thin_content.SIZES:
        sizes = ", ".join(str(int(size)) for size in thin_content.SIZES)
        raise FormatError(f"{len(packet)} bytes: a thin packet has {sizes}")
    now = desk.now()
    mark = MessageId(hashing.short(_MARK_LABEL, packet)[:_MARK_SIZE])
    if seen.has_message(desk.db, mark):
        return ThinTaken(ThinFate.DUPLICATE)
    try:
        found = sessions.find_thin(desk, packet, now)
    except Replayed:
        # A used place of a chain with other bytes: the sender's store is an old copy, or a second one.
        with desk.db.transaction():
            notices.add_once(desk, NoticeKind.PACKET_REPEATED, now, f"a thin packet of {len(packet)} bytes")
        return ThinTaken(ThinFate.DUPLICATE)
    certificate = desks.directory(desk).device(found.session.peer_ref, now)
    sender = _From(certificate.device, certificate, now)
    with desk.db.transaction():
        seen.note_message(desk.db, mark, now)
        sessions.advance(desk, found.kept, found.session, now)
        taken = _content(desk, sender, found)
    return replace(taken, station_name=desks.directory(desk).station(sender.station).name_vi)


def waiting(desk: Desk) -> tuple[ThinWaiting, ...]:
    """List the messages of which fragments are missing, the one begun first first."""
    directory, now = desks.directory(desk), desk.now()
    stations = {
        each.device: entry.name_vi for entry in directory.stations for each in directory.devices_of(entry.id, now)
    }
    return tuple(
        ThinWaiting(stations.get(device, f"({device})"), message_id, here, needed, since)
        for device, message_id, here, needed, since in rows.incomplete(desk.db)
    )


def tidy(desk: Desk) -> None:
    """Give up what waits for pieces too long, with a notice, and forget messages that became whole long ago."""
    now = desk.now()
    with desk.db.transaction():
        rows.forget_whole(desk.db, now - LIFE_S)
        for device, message_id, here, needed, since in rows.incomplete(desk.db):
            if now - since >= LIFE_S:
                _give_up(desk, device, message_id, here, needed, now)


# --- one packet ------------------------------------------------------------------------------------------------------


def _content(desk: Desk, sender: _From, found: FoundThin) -> ThinTaken:
    try:
        opened = thin_content.open_packet(found.opened.payload)
        if isinstance(opened, Piece):
            return _piece(desk, sender, opened)
        control, message = opened
        return _message(desk, sender, control, message)
    except (FormatError, NotAllowed, NotEntitled) as error:
        return _refused(desk, sender, str(error))


def _refused(desk: Desk, sender: _From, why: str) -> ThinTaken:
    notices.add(desk, NoticeKind.THIN_REFUSED, sender.now, f"station {sender.station}, machine {sender.device}: {why}")
    return ThinTaken(ThinFate.REFUSED, detail=why)


def _piece(desk: Desk, sender: _From, piece: Piece) -> ThinTaken:
    part = piece.fragment
    done = rows.whole(desk.db, sender.device, part.message_id)
    if done is not None and _belongs(done, piece):
        return ThinTaken(ThinFate.DUPLICATE)
    kept = rows.pieces(desk.db, sender.device, part.message_id)
    if any(_contradicts(each, piece) for each in kept):
        rows.forget_pieces(desk.db, sender.device, part.message_id)
        return _refused(desk, sender, f"message {part.message_id}: its fragments contradict each other")
    if not kept:
        _make_room(desk, sender)
    rows.keep_piece(
        desk.db,
        KeptPiece(
            sender.device, part.message_id, part.index, piece.control, part.data, part.parity, part.piece, sender.now
        ),
    )
    there = {each.place: each.piece for each in kept} | {part.index: part.piece}
    return _joined(desk, sender, piece, there)


def _belongs(done: WholeMessage, piece: Piece) -> bool:
    """Say whether a piece is one of a message that is whole already."""
    part = piece.fragment
    if (done.control, done.count, done.parity) != (piece.control, part.data, part.parity):
        return False
    every = fragments.cut(done.message, part.message_id, len(done.message) // done.count, done.parity)
    return every[part.index] == part


def _contradicts(kept: KeptPiece, piece: Piece) -> bool:
    part = piece.fragment
    shape = (kept.control, kept.count, kept.parity, len(kept.piece))
    other = kept.place == part.index and kept.piece != part.piece
    return other or shape != (piece.control, part.data, part.parity, len(part.piece))


def _make_room(desk: Desk, sender: _From) -> None:
    begun = rows.incomplete(desk.db, sender.device)
    for device, message_id, here, needed, _ in begun[: max(0, len(begun) - MAX_INCOMPLETE + 1)]:
        _give_up(desk, device, message_id, here, needed, sender.now)


def _give_up(desk: Desk, device: DeviceId, message_id: int, here: int, needed: int, now: int) -> None:
    rows.forget_pieces(desk.db, device, message_id)
    detail = f"machine {device}, message {message_id}: {here} of {needed} fragments came"
    notices.add(desk, NoticeKind.THIN_GIVEN_UP, now, detail)


def _joined(desk: Desk, sender: _From, piece: Piece, there: dict[int, bytes]) -> ThinTaken:
    part = piece.fragment
    try:
        whole = fragments.join(there, part.data, part.parity)
        if whole is None:
            return ThinTaken(ThinFate.PIECE, here=len(there), needed=part.data)
        message = thin_content.joined(piece.control, whole, thin_tables.check)
    except FormatError as error:
        rows.forget_pieces(desk.db, sender.device, part.message_id)
        return _refused(desk, sender, f"message {part.message_id}: {error}")
    rows.forget_pieces(desk.db, sender.device, part.message_id)
    rows.keep_whole(
        desk.db,
        WholeMessage(sender.device, part.message_id, piece.control, part.data, part.parity, whole, sender.now),
    )
    return _message(desk, sender, piece.control, message)


# --- one message -----------------------------------------------------------------------------------------------------


def _message(desk: Desk, sender: _From, control: int, data: bytes) -> ThinTaken:
    message = thin_content.decode(control, data, thin_tables.tables())
    _take_ack(desk, sender, message)
    match message.body:
        case ThinCable():
            return _cable(desk, sender, message.body, bytes([control]) + data)
        case ThinReport():
            return ThinTaken(ThinFate.REPORT)
        case ThinNotice(content=content):
            revocations.take(desk, sender.certificate, revocation.decode(content), sender.now)
            return ThinTaken(ThinFate.REVOCATION)
        case _:
            kind = type(message.body).__name__
            notices.add(desk, NoticeKind.SERVICE_MESSAGE, sender.now, f"station {sender.station}: {kind}")
            return ThinTaken(ThinFate.NOT_HERE, detail=kind)


def _take_ack(desk: Desk, sender: _From, message: Message) -> None:
    if message.ack is not None:
        sent = pair_rows.outgoing(desk.db, sender.station).next - 1
        ack = Ack(thin_serials.acknowledged(message.ack, sent), 0)
        deliveries.take_ack(desk, sender.device, ack, sender.now)


def _cable(desk: Desk, sender: _From, cable: ThinCable, content: bytes) -> ThinTaken:
    own, directory = desks.own(desk), desks.directory(desk)
    state = _state(desk, sender.station)
    known = max(state.highest, *(run.last for run in state.ahead), rows.highest(desk.db, sender.station))
    serial = thin_serials.nearest(cable.serial, known)
    if sender.station == own.station:
        raise FormatError("a cable of this station's own")
    if cable.degree > min(own.device_certificate.degree, sender.certificate.degree):
        raise FormatError("its degree is above what one of the machines may carry")
    cable_id = thin_tables.cable_id(cable, sender.station, own.station, serial)
    entry = directory.station(sender.station)
    year = numbering.year_of(cable.dtg, doubts.zone(directory, sender.station))
    mrn = numbering.mrn(year, entry.mrn_name, cable.number)
    new = ThinText(cable_id, sender.station, sender.device, serial, sender.now, content)
    if cable_rows.has(desk.db, cable_id):
        return _known(desk, new, cable, mrn)
    symbol = numbering.symbol(entry.symbol, cable.number, year)
    head = _head(cable, new, own.station, symbol, mrn)
    kept = KeptCable(head, content, None)
    text = texts.text(kept)
    line = register.incoming(
        text,
        numbering.year_of(sender.now, doubts.zone(directory, own.station)),
        registers.last_line(desk.db, register.Register.IN) + 1,
        sender.now,
        persons.present(desk).name,
    )
    entered = release.enter(desk, replace(line, note=thin_signing.UNSIGNED_NOTE))
    cable_rows.insert(desk.db, KeptCable(replace(head, register_line=entered), content, None))
    rows.keep_text(desk.db, new)
    indexing.index(desk, text)
    gaps.note(desk, sender.station, continuity.gaps_up_to(state, serial - 1), sender.now)
    return ThinTaken(ThinFate.ENTERED, cable_id=cable_id, mrn=mrn)


def _state(desk: Desk, station: StationId) -> continuity.State:
    body = pair_rows.incoming(desk.db, station)
    return continuity.State() if body is None else continuity.decode(body)


def _head(cable: ThinCable, new: ThinText, own: StationId, symbol: str, mrn: str) -> CableHead:
    return CableHead(
        cable_id=new.cable_id,
        direction=Direction.IN,
        origin=new.station,
        first_to=own,
        others=0,
        number=cable.number,
        symbol=symbol,
        mrn=mrn,
        kind=cable.kind,
        degree=cable.degree,
        urgency=cable.urgency,
        # Whether a tuyệt mật subject may be listed only the signed cable says.
        subject="" if cable.degree is Degree.TOP_SECRET else cable.subject,
        dtg=cable.dtg,
        at=new.at,
        annexes=0,
        register_line=0,
        state=IncomingState.REGISTERED,
        unsigned=True,
    )


def _known(desk: Desk, new: ThinText, cable: ThinCable, mrn: str) -> ThinTaken:
    """Take a cable whose id is here: by another bearer, or signed before its thin packets came."""
    kept = cable_rows.read(desk.db, new.cable_id)
    if kept.head.unsigned:
        return ThinTaken(ThinFate.DUPLICATE, cable_id=new.cable_id, mrn=mrn)
    signed = texts.text(kept)
    same = thin_signing.says_the_same(cable, signed) and signed.origin == new.station
    rows.keep_text(desk.db, replace(new, state=ThinState.CONFIRMED if same else ThinState.DIFFERS))
    if not same:
        thin_signing.alarm(desk, signed, new.serial, new.at)
    return ThinTaken(ThinFate.SIGNED_BEFORE if same else ThinFate.DIFFERS, cable_id=new.cable_id, mrn=mrn)
