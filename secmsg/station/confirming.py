"""Breaks of continuity seen by named persons: acknowledged here, reported to headquarters, confirmed by it.

Source: docs/spec/reset.md 4.
"""

from dataclasses import dataclass, replace

from secmsg.crypto import labels, signing
from secmsg.crypto.signing import Level
from secmsg.errors import NotAllowed, NotEntitled, NotFound
from secmsg.ids import DeviceId, StationId
from secmsg.office.breaks import MET_HERE, Break, Step
from secmsg.station import breaks, envelopes, notices, persons
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.events import Event
from secmsg.station.views import NoticeKind
from secmsg.store import breaks as rows
from secmsg.wire import service
from secmsg.wire.certificate import CertificateType
from secmsg.wire.service import KeysConfirmed, KeysReported


def report_due(desk: Desk) -> bool:
    """Tell headquarters of breaks that wait for its word; say whether anything was written."""
    due = rows.to_report(desk.db)
    if not due or breaks.is_headquarters(desk):
        return False
    now = desk.now()
    with desk.db.transaction():
        for entry in due:
            assert entry.session_id is not None  # noqa: S101 - `to_report` lists opened ones
            message = KeysReported(entry.session_id, entry.device, entry.generation, entry.reason, entry.at)
            for station in breaks.headquarters(desk):
                envelopes.post_service(desk, station, message, now)
            rows.note_reported(desk.db, entry.number, now)
    return True


def acknowledge(desk: Desk, number: int) -> None:
    """Note that this store's officer has seen a break; at headquarters that confirms it to everybody concerned.

    NotFound; a second call changes nothing.
    """
    now = desk.now()
    entry = rows.read(desk.db, number)
    if entry is None:
        raise NotFound(f"there is no break {number}")
    if not entry.stands:
        return
    if entry.session_id is None:
        raise NotAllowed("its new session is not open yet: wait for contact")
    who = _officer(desk)
    if breaks.is_headquarters(desk):
        persons.check_may_sign(desk)
    with desk.db.transaction():
        rows.acknowledge(desk.db, number, now, who)
        breaks.note_line(desk, Step.ACKNOWLEDGED, entry, now, who)
        if breaks.is_headquarters(desk):
            _confirm(desk, entry, now, who)


def _confirm(desk: Desk, entry: Break, now: int, who: str) -> None:
    """Confirm a break for us and for every station that has part in it."""
    assert entry.session_id is not None  # noqa: S101 - asked for by the caller
    own = desks.own(desk).station
    told: set[StationId] = set()
    for each in rows.of_session(desk.db, entry.session_id):
        rows.acknowledge(desk.db, each.number, now, who)
        rows.confirm(desk.db, each.number, now, who)
        breaks.note_line(desk, Step.CONFIRMED, each, now, who)
        told.add(each.station if each.reporter == MET_HERE else each.reporter)
    for station in sorted(told - {own}):
        _tell_confirmed(desk, station, entry, now)


def _tell_confirmed(desk: Desk, station: StationId, entry: Break, now: int) -> None:
    assert entry.session_id is not None  # noqa: S101 - asked for by the callers
    signer = desks.own(desk).person_signer
    signature = signing.sign(signer.key, labels.SIGN_BREAK, service.confirmed_part(entry.session_id, now))
    envelopes.post_service(desk, station, KeysConfirmed(entry.session_id, now, signer.ref, signature), now)


def _officer(desk: Desk) -> str:
    return persons.present(desk).name


# --- what stations and headquarters say ------------------------------------------------------------------------------


def take_reported(desk: Desk, reporter: StationId, message: KeysReported, now: int) -> list[Event]:
    """Keep a station's report of a break, at headquarters; one that was confirmed already is answered at once."""
    if not breaks.is_headquarters(desk):
        return []
    known = rows.of_session(desk.db, message.session_id)
    if any(each.reporter == reporter for each in known):
        return []
    confirmed = next((each for each in known if each.confirmed_at is not None), None)
    if persons.bar(desk) is not None:
        # Who has come cannot sign the answer: the break waits for one who can.
        confirmed = None
    entry = rows.add(desk.db, _reported(desk, reporter, message, confirmed))
    if confirmed is None:
        breaks.note_line(desk, Step.BROKEN, entry, now)
        if any(each.reporter == MET_HERE for each in known):
            return []
        return [notices.add(desk, NoticeKind.BREAK_REPORTED, now, f"station {reporter}, device {message.device}")]
    _tell_confirmed(desk, reporter, entry, now)
    return []


def _reported(desk: Desk, reporter: StationId, message: KeysReported, confirmed: Break | None) -> Break:
    entry = Break(
        number=0,
        reporter=reporter,
        station=_station_of(desk, message.device, reporter),
        device=message.device,
        at=message.at,
        ours=False,
        alone=False,
        reason=message.reason,
        generation=message.generation,
        session_id=message.session_id,
        previous=None,
        follows=False,
        sent=0,
        received=0,
        confirm=True,
    )
    if confirmed is None:
        return entry
    return replace(
        entry,
        acknowledged_at=confirmed.acknowledged_at,
        acknowledged_by=confirmed.acknowledged_by,
        confirmed_at=confirmed.confirmed_at,
        confirmed_by=confirmed.confirmed_by,
    )


def _station_of(desk: Desk, device: DeviceId, otherwise: StationId) -> StationId:
    """Return the station of a device as the edition lists it; the reporter's word about a number needs no more."""
    for each in desks.directory(desk).certificates.values():
        if each.type is CertificateType.DEVICE and each.subject == device:
            return each.station
    return otherwise


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A verified word of headquarters about a break."""

    message: KeysConfirmed
    who: str


def judge_confirmed(desk: Desk, message: KeysConfirmed, now: int) -> Confirmation:
    """Accept a confirmation signed by a person of headquarters; NotListed, NotEntitled, Expired, SignatureError."""
    directory = desks.directory(desk)
    person = directory.person(message.signer_ref, now)
    if person.station not in breaks.headquarters(desk):
        raise NotEntitled("breaks are confirmed by headquarters alone")
    part = service.confirmed_part(message.session_id, message.at)
    signing.verify(Level.STANDARD, person.public, labels.SIGN_BREAK, part, message.signature)
    return Confirmation(message, directory.person_entry(person.person).name)


def take_confirmed(desk: Desk, confirmation: Confirmation, now: int) -> None:
    """Note that headquarters has confirmed a break: what waited leaves with the next contact."""
    for entry in rows.of_session(desk.db, confirmation.message.session_id):
        if entry.reporter == MET_HERE and entry.confirmed_at is None:
            rows.confirm(desk.db, entry.number, now, confirmation.who)
            breaks.note_line(desk, Step.CONFIRMED, entry, now, confirmation.who)
