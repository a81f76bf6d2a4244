"""Breaks of continuity as the station notes them, inside the transaction that makes or takes the new session."""

from dataclasses import replace

from secmsg.ids import DeviceId, StationId
from secmsg.office import breaks as rules
from secmsg.office import continuity
from secmsg.office.breaks import MET_HERE, Break, Step
from secmsg.protocol.session import Session
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import breaks as rows
from secmsg.store import cables as cable_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import registers
from secmsg.store.outbox import Envelope
from secmsg.wire.certificate import Certificate, Role
from secmsg.wire.handshake import NO_SESSION, ResetReason

INCIDENTS = 10
"""The register of incidents: lines that are added and never changed (docs/spec/store.md 5)."""


def headquarters(desk: Desk) -> tuple[StationId, ...]:
    """List the stations that confirm breaks: those with a device of that role, else the issuer's, if it is listed."""
    directory = desks.directory(desk)
    with_role = {each.station for each in directory.certificates.values() if each.role is Role.HEADQUARTERS}
    if with_role:
        return tuple(sorted(with_role))
    home = directory.issuer.certificate.station
    return (home,) if any(each.id == home for each in directory.stations) else ()


def is_headquarters(desk: Desk) -> bool:
    """Say whether our own acknowledgement confirms: we are headquarters, or the directory names none."""
    named = headquarters(desk)
    return not named or desks.own(desk).station in named


def begin(desk: Desk, certificate: Certificate, reason: ResetReason, *, alone: bool, now: int) -> Break:
    """Note that we are going to open a new session with a device."""
    return rows.add(desk.db, _blank(desk, certificate, reason, now, ours=True, alone=alone))


def opened(
    desk: Desk, certificate: Certificate, before: Session | None, new: Session, *, ours: bool, now: int
) -> Break:
    """Note that a new session has replaced `before` (None: nothing of it is left here), opened by us or by the peer."""
    entry = rows.pending(desk.db, certificate.device)
    if entry is None:
        entry = rows.add(desk.db, _blank(desk, certificate, new.reason, now, ours=ours, alone=ours))
    same = before is None or (before.peer_ref == new.peer_ref and before.own_ref == new.own_ref)
    found = replace(
        entry,
        generation=new.generation,
        session_id=new.session_id,
        previous=new.previous,
        follows=before is not None and before.session_id == new.previous,
        confirm=rules.needs_confirmation(
            same_certificates=same,
            ours=entry.ours and ours,
            alone=entry.alone,
            answered=before is None or before.answered,
        ),
    )
    rows.opened(desk.db, found)
    note_line(desk, Step.BROKEN, found, now)
    return found


def is_break(before: Session | None, new: Session) -> bool:
    """Say whether a session taken where there was none says that there was one."""
    return before is None and (new.reason is not ResetReason.FIRST or new.previous != NO_SESSION)


def holds(desk: Desk, device: DeviceId, envelope: Envelope) -> bool:
    """Say whether an envelope waits for headquarters to confirm a break with its device."""
    if envelope.cable_id is None:
        return False
    standing = tuple(each for each in rows.of_device(desk.db, device) if each.holds)
    if not standing or not cable_rows.has(desk.db, envelope.cable_id):
        return False
    degree = cable_rows.head(desk.db, envelope.cable_id).degree
    return rules.waits(standing, degree, desk.policy.resets.confirm_from_degree)


def note_line(desk: Desk, step: Step, entry: Break, now: int, who: str = "") -> None:
    """Enter a step of a break in the register of incidents."""
    registers.append(desk.db, INCIDENTS, now, rules.encode(rules.line(step, entry, who)))


def last_serials(desk: Desk, station: StationId) -> tuple[int, int]:
    """Return the last serial given to a station, and up to where its own have come without a gap."""
    body = pair_rows.incoming(desk.db, station)
    state = continuity.State() if body is None else continuity.decode(body)
    return pair_rows.outgoing(desk.db, station).next - 1, continuity.acknowledgement(state).ack


def _blank(desk: Desk, certificate: Certificate, reason: ResetReason, now: int, *, ours: bool, alone: bool) -> Break:
    sent, received = last_serials(desk, certificate.station)
    return Break(
        number=0,
        reporter=MET_HERE,
        station=certificate.station,
        device=certificate.device,
        at=now,
        ours=ours,
        alone=alone,
        reason=reason,
        generation=0,
        session_id=None,
        previous=None,
        follows=False,
        sent=sent,
        received=received,
        confirm=False,
    )
