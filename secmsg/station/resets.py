"""A session given up for a new one, and what is said about it until a named person has seen it (docs/spec/reset.md).

`reset` is the act of a person; `begin_alone` that of the machine, at most once a day towards one other.
"""

from secmsg.errors import NotAllowed, NotListed
from secmsg.ids import DeviceId
from secmsg.office import breaks as rules
from secmsg.office.breaks import Break
from secmsg.protocol.state import Origin
from secmsg.station import breaks, envelopes, sessions
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.store import breaks as rows
from secmsg.store import outbox
from secmsg.wire.certificate import Certificate, CertificateType
from secmsg.wire.handshake import ResetReason
from secmsg.wire.service import KeysBegun

SILENT_S = 86_400
"""Seconds after which a session that was never answered is given up for a new one."""
MAX_DOUBLINGS = 5


def reset(desk: Desk, device: DeviceId, reason: ResetReason) -> int:
    """Give up the session with a device for a new one, which the next contact opens; return the break's number.

    What is on its way is sealed anew under its old serials. A reset that is already under way is not begun again.
    NotListed when the edition does not list the device; NotAllowed when there is no session with it, or `reason` is
    FIRST, which is none.
    """
    now = desk.now()
    certificate = listed(desk, device, now)
    if reason is ResetReason.FIRST:
        raise NotAllowed("a new session in the place of another has a reason")
    if sessions.active(desk, device) is None:
        raise NotAllowed("there is no session with this machine: the next cable opens one")
    with desk.db.transaction():
        return _begin(desk, certificate, reason, alone=False, now=now).number


def begin_alone(desk: Desk, certificate: Certificate, reason: ResetReason, now: int) -> bool:
    """Do the same without a person, inside the caller's transaction; say whether it was time for it."""
    if not rules.may_begin_alone(rows.last_alone(desk.db, certificate.device), now):
        return False
    _begin(desk, certificate, reason, alone=True, now=now)
    return True


def restored(desk: Desk, certificate: Certificate, now: int) -> None:
    """Give up a session of a store that was put back, inside the transaction in which persons answer for that."""
    _begin(desk, certificate, ResetReason.STATE_RESTORED, alone=False, now=now)


def _begin(desk: Desk, certificate: Certificate, reason: ResetReason, *, alone: bool, now: int) -> Break:
    under_way = rows.pending(desk.db, certificate.device)
    if under_way is not None:
        return under_way
    entry = breaks.begin(desk, certificate, reason, alone=alone, now=now)
    desks.distrust_session(desk, certificate.device)
    envelopes.unseal(desk, certificate.device, now)
    # The first word of the new session says why there is one, and how far the old one went.
    begun = KeysBegun(reason, entry.sent, entry.received)
    serial = envelopes.post_service(desk, certificate.station, begun, now)
    if serial is not None:
        rows.note_serial(desk.db, entry.number, serial)
    return entry


def listed(desk: Desk, device: DeviceId, now: int) -> Certificate:
    """Return the certificate of a machine in the edition; NotListed, Expired."""
    directory = desks.directory(desk)
    for each in directory.certificates.values():
        if each.type is CertificateType.DEVICE and each.subject == device:
            return directory.device(desks.reference(each), now)
    raise NotListed(f"edition {directory.number} lists no machine {device}")


def renew_silent(desk: Desk) -> None:
    """Give up sessions we opened and nobody ever answered: the device may have lost the prekey they were made for.

    What waits gets a new handshake; the pauses double, so that a post that is only away costs few prekeys.
    """
    now = desk.now()
    with desk.db.transaction():
        for certificate in _unanswered(desk, now):
            tried, last = desks.renewals(desk, certificate.device)
            if now - last < SILENT_S << min(tried, MAX_DOUBLINGS):
                continue
            if begin_alone(desk, certificate, ResetReason.SCHEDULED, now):
                desks.keep_renewals(desk, certificate.device, tried + 1, now)


def _unanswered(desk: Desk, now: int) -> tuple[Certificate, ...]:
    """List the devices to which something is on its way in a session that is old and was never answered."""
    waiting = {(each.station, each.device) for each in outbox.unfinished(desk.db) if each.sealed is not None}
    current = desks.directory(desk)
    found = []
    for station, device in sorted(waiting):
        session = sessions.active(desk, device)
        if (
            session is None
            or session.answered
            or session.origin is Origin.PAPER
            or now - session.established_at < SILENT_S
        ):
            continue
        found += [each for each in current.devices_of(station, now) if each.device == device]
    return tuple(found)
