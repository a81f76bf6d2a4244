"""Headquarters' own act: telling every station that a machine is lost, or that it is not (docs/spec/devices.md 6)."""

from secmsg.errors import NotAllowed, NotListed
from secmsg.ids import DeviceId, EditionNumber
from secmsg.station import desk as desks
from secmsg.station import envelopes, revocations
from secmsg.station.desk import Desk
from secmsg.wire.cable import Urgency
from secmsg.wire.certificate import Role
from secmsg.wire.revocation import Revocation, RevocationReason
from secmsg.wire.service import KeyCompromise


def revoke(desk: Desk, machine: DeviceId, reason: RevocationReason) -> Revocation:
    """Bar a machine here and tell every other station and machine; it stands until the next edition is in force.

    NotAllowed unless this is headquarters and another machine than this one, NotListed when no such machine is listed.
    """
    own, directory, now = desks.own(desk), desks.directory(desk), desk.now()
    if own.device_certificate.role is not Role.HEADQUARTERS or machine == own.device:
        raise NotAllowed("only headquarters says that a machine is lost, and not of the one it says it with")
    if machine not in {entry.device for entry in directory.contents.mailboxes}:
        raise NotListed(f"edition {directory.number} lists no machine {machine}")
    notice = Revocation(EditionNumber(directory.number + 1), machine, reason, now)
    with desk.db.transaction():
        revocations.take(desk, own.device_certificate, notice, now)
        for station in directory.stations:
            envelopes.post_service(desk, station.id, KeyCompromise(notice), now, Urgency.FLASH)
    return notice
