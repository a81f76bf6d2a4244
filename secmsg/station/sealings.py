"""Whether two packets were sealed for one place of a session: the work of two copies of one store.

A header is sealed with a key that only the two ends have, and holds random bytes, so nobody else makes another header
for a used place: a relay repeats one, or spoils what follows it. What was opened is known by its place and by its
header (docs/spec/rollback.md 3).
"""

from secmsg.crypto import hashing
from secmsg.errors import FormatError
from secmsg.ids import MessageId, SessionId
from secmsg.protocol import session as protocol
from secmsg.protocol.state import Session
from secmsg.station import desk as desks
from secmsg.station import sessions
from secmsg.station.desk import Desk
from secmsg.store import seen
from secmsg.wire.certificate import Certificate
from secmsg.wire.packet import SEALED_HEADER_SIZE, PacketHeader

_HEADER, _PLACE, _ITEM = b"header\0", b"place\0", b"taken\0"
_SIZE = 16


def note(desk: Desk, session: SessionId, header: PacketHeader, packet: bytes, now: int) -> None:
    """Remember a packet that was opened, inside the caller's transaction."""
    seen.note_message(desk.db, _place(session, header), now)
    seen.note_message(desk.db, _header(packet), now)


def second_sealing(desk: Desk, packet: bytes) -> Certificate | None:
    """Return who sealed another packet for a place from which one was opened; None when that is not proven."""
    found = _recognised(desk, packet)
    if found is None or seen.has_message(desk.db, _header(packet)):
        return None
    session, header = found
    # A place can be used up without having been opened: its key is wiped after its time.
    opened = seen.has_message(desk.db, _place(session.session_id, header))
    return _peer(desk, session) if opened else None


def another_chain(desk: Desk, packet: bytes) -> Certificate | None:
    """Return who began one chain twice, with two ratchet keys; None when that is not proven."""
    found = _recognised(desk, packet)
    if found is None:
        return None
    session, header = found
    chain = session.receiving
    if chain is None or header.epoch != chain.epoch or header.public == chain.public:
        return None
    return _peer(desk, session)


def note_taken(desk: Desk, item_hash: bytes, now: int) -> None:
    """Remember an item that was taken although it stands against its chain."""
    seen.note_message(desk.db, _item(item_hash), now)


def was_taken(desk: Desk, item_hash: bytes) -> bool:
    """Say whether an item that stands against its chain was taken before."""
    return seen.has_message(desk.db, _item(item_hash))


def _recognised(desk: Desk, packet: bytes) -> tuple[Session, PacketHeader] | None:
    found = sessions.recognised(desk, packet, desk.now())
    if found is None:
        return None
    _, session = found
    try:
        header = protocol.peek(session, packet)
    except FormatError:
        return None
    return None if header is None else (session, header)


def _peer(desk: Desk, session: Session) -> Certificate | None:
    return desks.directory(desk).certificates.get(session.peer_ref)


def _place(session: SessionId, header: PacketHeader) -> MessageId:
    place = header.epoch.to_bytes(4) + header.n.to_bytes(4)
    return MessageId(hashing.short(_PLACE, session + place)[:_SIZE])


def _item(item_hash: bytes) -> MessageId:
    return MessageId(hashing.short(_ITEM, item_hash)[:_SIZE])


def _header(packet: bytes) -> MessageId:
    return MessageId(hashing.short(_HEADER, packet[:SEALED_HEADER_SIZE])[:_SIZE])
