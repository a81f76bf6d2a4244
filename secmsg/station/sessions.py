"""Sessions as the station uses them: one active and one draining per device, kept with what they produced."""

from dataclasses import dataclass

from secmsg.errors import NoSession
from secmsg.ids import DeviceId, SessionId, StationId
from secmsg.protocol import pair as pairs
from secmsg.protocol import session as protocol
from secmsg.protocol import thin
from secmsg.protocol.pair import Adoption, Pair
from secmsg.protocol.session import Opened, Session
from secmsg.protocol.thin import OpenedThin
from secmsg.station import recognition
from secmsg.station.desk import Desk
from secmsg.station.recognition import Recognition
from secmsg.store import sessions as rows
from secmsg.store.sessions import Floor, KeptSession, SessionState


@dataclass(frozen=True, slots=True)
class Found:
    """A packet opened by a session kept here: the session's next state, not yet kept, and what the packet held."""

    kept: KeptSession
    session: Session
    opened: Opened


@dataclass(frozen=True, slots=True)
class FoundThin:
    """A thin packet opened by a session kept here; the next state is not yet kept."""

    kept: KeptSession
    session: Session
    opened: OpenedThin


def active(desk: Desk, device: DeviceId) -> Session | None:
    """Return the session for sending to a device."""
    kept = rows.active(desk.db, device)
    return None if kept is None else protocol.decode(kept.body)


def find(desk: Desk, packet: bytes, now: int) -> Found | None:
    """Open a packet with the session that recognises it; None when none does.

    Raises what `session.decrypt` raises for a packet that is recognised and does not open.
    """
    found = recognised(desk, packet, now)
    if found is None:
        return None
    kept, session = found
    after, opened = protocol.decrypt(session, packet, now=now)
    return Found(kept, after, opened)


def recognised(desk: Desk, packet: bytes, now: int) -> tuple[KeptSession, Session] | None:
    """Return the session that still receives and has a header key for the packet, None when there is none."""
    headers = _recognition(desk).headers.follow(rows.marks(desk.db, now), lambda each: _loaded(desk, each)[1])
    session_id = headers.find(packet)
    return None if session_id is None else _loaded(desk, session_id)


def find_thin(desk: Desk, packet: bytes, now: int) -> FoundThin:
    """Open a thin packet with the session whose tag it bears.

    NoSession when no tag is its; Replayed, DecryptionError and FormatError as `thin.open_among`.
    """
    tags = _recognition(desk).tags.follow(rows.marks(desk.db, now), lambda each: _loaded(desk, each)[1])
    after, opened = thin.open_among(tags.find(packet), lambda each: _loaded(desk, each)[1], packet, now=now)
    return FoundThin(_loaded(desk, after.session_id)[0], after, opened)


def _recognition(desk: Desk) -> Recognition:
    if desk.shelf.recognition is None:
        desk.shelf.recognition = recognition.nothing_known(desk.policy.thin.window)
    return desk.shelf.recognition


def _loaded(desk: Desk, session_id: SessionId) -> tuple[KeptSession, Session]:
    kept = rows.of_id(desk.db, session_id)
    if kept is None:
        raise NoSession("the session is gone")
    return kept, protocol.decode(kept.body)


def advance(desk: Desk, kept: KeptSession, session: Session, now: int) -> None:
    """Keep a session's next state, in the place it has."""
    body = protocol.encode(session)
    rows.keep(desk.db, KeptSession(kept.session_id, kept.device, kept.station, kept.state, kept.until, body), now)


def settle(desk: Desk, now: int) -> None:
    """Wipe the keys of missing packets that are past their time, also in sessions in which nothing moves."""
    for kept in rows.every(desk.db):
        session = protocol.decode(kept.body)
        settled = session.settled(now)
        if settled is not session:
            advance(desk, kept, settled, now)


def keep_active(desk: Desk, station: StationId, session: Session, now: int) -> None:
    """Keep the next state of an active session, or a first one."""
    rows.keep(
        desk.db,
        KeptSession(
            session.session_id,
            session.peer_device,
            station,
            SessionState.ACTIVE,
            None,
            protocol.encode(session),
        ),
        now,
    )


def pair_of(desk: Desk, device: DeviceId) -> Pair:
    """Return what is held towards a device."""
    held = rows.of_device(desk.db, device)
    by_state = {kept.state: kept for kept in held}
    first, draining = by_state.get(SessionState.ACTIVE), by_state.get(SessionState.DRAINING)
    return Pair(
        None if first is None else protocol.decode(first.body),
        None if draining is None else protocol.decode(draining.body),
        0 if draining is None or draining.until is None else draining.until,
    )


def next_generation(desk: Desk, device: DeviceId) -> int:
    """Return the generation of the session to open next: above every one ever met of this device."""
    return max(pairs.next_generation(pair_of(desk, device)), rows.floor(desk.db, device).generation + 1)


def adopt(desk: Desk, station: StationId, new: Session, now: int) -> Adoption:
    """Take a session just opened and keep the pair as it is then."""
    device = new.peer_device
    after, adoption = pairs.adopt(pairs.settled(pair_of(desk, device), now=now), new, now=now)
    if adoption is not Adoption.STALE:
        rows.raise_floor(desk.db, device, Floor(new.generation, 0))
        # The store allows one active session for a device at any moment, so all go before the pair returns.
        rows.forget_device(desk.db, device)
        if after.draining is not None:
            _keep_draining(desk, station, after.draining, after.drain_until, now)
        if after.active is not None:
            keep_active(desk, station, after.active, now)
    return adoption


def _keep_draining(desk: Desk, station: StationId, session: Session, until: int, now: int) -> None:
    rows.keep(
        desk.db,
        KeptSession(
            session.session_id,
            session.peer_device,
            station,
            SessionState.DRAINING,
            until,
            protocol.encode(session),
        ),
        now,
    )
