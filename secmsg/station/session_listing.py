"""Sessions and their breaks as screens and commands list them."""

from secmsg import digits
from secmsg.ids import SessionId
from secmsg.office.breaks import MET_HERE, Break
from secmsg.protocol import session as protocol
from secmsg.protocol import thin
from secmsg.protocol.state import Session, Side
from secmsg.station import desk as desks
from secmsg.station import reading
from secmsg.station.desk import Desk
from secmsg.station.reading import Names
from secmsg.station.session_views import BreakView, PaperSecretView, SessionView
from secmsg.store import breaks as rows
from secmsg.store import paper_secrets as paper_rows
from secmsg.store import sessions as session_rows
from secmsg.store.paper_secrets import PaperSecret, SecretState
from secmsg.store.sessions import KeptSession, SessionState


def sessions(desk: Desk) -> tuple[SessionView, ...]:
    """List the active session with every machine there is one with, by station and machine."""
    names = reading.names(desk)
    kept = session_rows.every(desk.db)
    draining = {each.device: each.until for each in kept if each.state is SessionState.DRAINING}
    active = [each for each in kept if each.state is SessionState.ACTIVE]
    return tuple(
        _session(desk, names, each, draining.get(each.device))
        for each in sorted(active, key=lambda each: (each.station, each.device))
    )


def _session(desk: Desk, names: Names, kept: KeptSession, draining_until: int | None) -> SessionView:
    session = protocol.decode(kept.body)
    worn = thin.wear(session, now=desk.now(), limits=desk.policy.thin)
    return SessionView(
        station=kept.station,
        station_name=names.station(kept.station),
        device=kept.device,
        session=kept.session_id,
        generation=session.generation,
        reason=session.reason,
        ours=session.side is Side.INITIATOR,
        established_at=session.established_at,
        answered=session.answered,
        given_up=desks.is_distrusted(desk, kept.device, SessionId(kept.session_id)),
        last_resort=session.last_resort,
        last_pq_at=session.last_pq_at,
        since_pq=session.since_pq,
        draining_until=draining_until,
        origin=session.origin,
        last_turn_at=_last_turn(session),
        thin_sent=worn.packets,
        thin=worn.verdict,
    )


def _last_turn(session: Session) -> int:
    """Return when a chain was last begun by either side: each beginning is a fresh agreement of keys."""
    chains = (session.thin.unconfirmed, session.thin.sending, *session.thin.receiving)
    return max((chain.began_at for chain in chains if chain is not None), default=session.established_at)


def every_break(desk: Desk) -> tuple[BreakView, ...]:
    """List every break, newest first."""
    names = reading.names(desk)
    return tuple(break_view(names, each) for each in reversed(rows.every(desk.db)))


def standing(desk: Desk) -> tuple[BreakView, ...]:
    """List the breaks that nobody here has acknowledged, newest first; one of our own stands for its reports."""
    names = reading.names(desk)
    kept = [each for each in rows.every(desk.db) if each.stands]
    own = {each.session_id for each in kept if each.reporter == MET_HERE}
    shown = [each for each in kept if each.reporter == MET_HERE or each.session_id not in own]
    return tuple(break_view(names, each) for each in reversed(shown))


def break_view(names: Names, entry: Break) -> BreakView:
    """Put names to a break."""
    return BreakView(
        number=entry.number,
        reporter_name="" if entry.reporter == MET_HERE else names.station(entry.reporter),
        station_name=names.station(entry.station),
        device=entry.device,
        at=entry.at,
        ours=entry.ours,
        alone=entry.alone,
        reason=entry.reason,
        generation=entry.generation,
        session=b"" if entry.session_id is None else entry.session_id,
        follows=entry.follows,
        sent=entry.sent,
        received=entry.received,
        holds=entry.holds,
        acknowledged_at=entry.acknowledged_at,
        acknowledged_by=entry.acknowledged_by,
        confirmed_at=entry.confirmed_at,
        confirmed_by=entry.confirmed_by,
    )


def paper_secrets(desk: Desk) -> tuple[PaperSecretView, ...]:
    """List the secrets of envelopes that this store knows of, by machine and number."""
    own = desks.own(desk).device
    found = []
    for each in paper_rows.every(desk.db):
        begins = "this end" if (each.number % 2 == 1) == (own < each.device) else "the other end"
        packet = _own_packet(each)
        groups = "" if packet is None else digits.groups(packet)
        found.append(PaperSecretView(each.device, each.number, each.state.name.lower(), begins, groups))
    return tuple(found)


def _own_packet(each: PaperSecret) -> bytes | None:
    """Return the packet of ours that the other officer may still need."""
    return each.begun if each.state is SecretState.BEGUN else each.answered
