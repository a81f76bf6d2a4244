"""What an edition says of us, looked at in every edition taken, before anything is sent (docs/spec/directory.md 11).

Changed keys under our own numbers stop sending until two persons have answered; a machine or a person beside ours is
shown for good.
"""

from secmsg.authority.trust import Accepted, Directory, OwnEntry
from secmsg.errors import NotListed
from secmsg.office.copies import Cause
from secmsg.station import alarms, notices, person_arrivals, persons
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.freezing import OWN
from secmsg.station.views import NoticeKind
from secmsg.store import freezes
from secmsg.store.freezes import Freeze
from secmsg.wire.certificate import Certificate, CertificateType


def look(desk: Desk, before: Directory, accepted: Accepted, now: int) -> list[Event]:
    """Look at our own entries of an edition just verified, inside the transaction that puts it in force.

    1. our certificates are listed, and no other stands for our device or our person
    2. no machine or person of our station came that was not there
    3. our station is described as before
    """
    directory = accepted.directory
    events: list[Event] = []
    # 1.
    for entry, certificate in zip(accepted.own, persons.own_certificates(desk), strict=True):
        what = f"{certificate.type.name.lower()} {certificate.subject}"
        if entry is OwnEntry.DUPLICATED or (entry is OwnEntry.MISSING and _stands(directory, certificate)):
            detail = f"edition {directory.number}: another key stands for our {what}"
            if freezes.begin(desk.db, Freeze(Cause.OWN_ENTRY.value, OWN, OWN, now, detail)):
                events.append(notices.add(desk, NoticeKind.FROZEN, now, detail))
                alarms.prepare(desk, now)
    # 2.
    own, ours = desks.own(desk), persons.own_certificates(desk)
    for certificate in accepted.added:
        if certificate.station != own.station or certificate.subject == own.device:
            continue
        if certificate.type is CertificateType.PERSON and person_arrivals.certified(desk, certificate):
            detail = f"edition {directory.number}: {_listed(certificate)}"
            events.append(notices.add(desk, NoticeKind.OWN_ENTRY, now, detail))
        elif certificate not in ours:
            what = f"{certificate.type.name.lower()} {certificate.subject}"
            detail = f"edition {directory.number}: {what} was added to this station"
            events.append(notices.add(desk, NoticeKind.OWN_ENTRY, now, detail))
    # 3.
    if _described(before, desk) != _described(directory, desk):
        detail = f"edition {directory.number}: this station is described anew"
        events.append(notices.add(desk, NoticeKind.OWN_ENTRY, now, detail))
    return events


def _listed(certificate: Certificate) -> str:
    return f"person {certificate.subject} of this station is listed, as was asked for"


def _stands(directory: Directory, own: Certificate) -> bool:
    listed = directory.certificates.values()
    return any(each.type is own.type and each.subject == own.subject for each in listed)


def _described(directory: Directory, desk: Desk) -> object:
    try:
        return directory.station(desks.own(desk).station)
    except NotListed:
        return None
