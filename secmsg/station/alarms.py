"""Headquarters is told by a new session, and by nothing else, that this store is an old copy or has a second one.

A first message is safe from a store that was put back: every key of it is fresh, and it carries no item, so that no
serial and no key of an old chain is used again. Its reason ("restored") is signed with it (docs/spec/rollback.md 4).
"""

from secmsg.ids import DeviceId, MessageId, Serial, StationId
from secmsg.office.lifecycle import OutboxState
from secmsg.protocol import handshake
from secmsg.station import breaks, freezing, sessions
from secmsg.station import desk as desks
from secmsg.station.desk import Desk
from secmsg.station.freezing import ALARM
from secmsg.store import outbox, prekeys
from secmsg.store.outbox import Envelope
from secmsg.wire.bundle import Bundle
from secmsg.wire.cable import Urgency
from secmsg.wire.certificate import Certificate, CertificateType
from secmsg.wire.handshake import ResetReason
from secmsg.wire.packet import Ack

MESSAGE_ID_SIZE = 16
NO_SERIAL = Serial(0)
"""An alarm is no item and has no place in a chain."""
MINUTE_S = 60
"""Minutes since 1970 are above every generation that a lost store may have used, and fit 4 bytes for 8000 years."""


def headquarters(desk: Desk) -> tuple[StationId, ...]:
    """List the stations of headquarters in the current edition but our own."""
    own = desks.own(desk).station
    return tuple(each for each in breaks.headquarters(desk) if each != own)


def prepare(desk: Desk, now: int) -> None:
    """Put an alarm for every machine of headquarters into the outbox, once; inside the caller's transaction."""
    if any(each.evidence == ALARM for each in outbox.unfinished(desk.db)):
        return
    directory = desks.directory(desk)
    for station in headquarters(desk):
        for certificate in directory.devices_of(station, now):
            outbox.add(desk.db, _envelope(desk, station, certificate.device, now))


def _envelope(desk: Desk, station: StationId, device: DeviceId, now: int) -> Envelope:
    return Envelope(
        message_id=MessageId(desk.random(MESSAGE_ID_SIZE)),
        cable_id=None,
        station=station,
        device=device,
        serial=NO_SERIAL,
        urgency=Urgency.FLASH,
        sealed=None,
        state=OutboxState.WAITING_KEYS,
        created_at=now,
        since=now,
        evidence=ALARM,
    )


def waiting(desk: Desk) -> tuple[Certificate, ...]:
    """List the machines for which an alarm waits for prekeys."""
    wanted = {each.device for each in outbox.unsealed(desk.db) if each.evidence == ALARM}
    listed = desks.directory(desk).certificates.values()
    return tuple(each for each in listed if each.type is CertificateType.DEVICE and each.device in wanted)


def seal(desk: Desk, certificate: Certificate, bundle: Bundle) -> int:
    """Open a new session with a machine of headquarters and nothing in it; one transaction; say how many that were.

    FormatError or SignatureError when the bundle is not the machine's.
    """
    now = desk.now()
    with desk.db.transaction():
        prekeys.end_takes(desk.db, certificate.device)
        mine = [each for each in outbox.unsealed(desk.db) if each.evidence == ALARM]
        mine = [each for each in mine if each.device == certificate.device]
        if not mine or not freezing.frozen(desk):
            return 0
        pair = sessions.pair_of(desk, certificate.device)
        session, message = handshake.initiate(
            desks.own(desk).identity,
            certificate,
            bundle,
            cover=desks.cover_key(desk, now),
            generation=max(sessions.next_generation(desk, certificate.device), now // MINUTE_S),
            previous=None if pair.active is None else pair.active.session_id,
            reason=ResetReason.STATE_RESTORED,
            edition=desks.edition_mark(desks.directory(desk)),
            ack=Ack(0, 0),
            payload=b"",
            batch_floor=desks.batch_floor(desk, certificate.device),
            now=now,
            random=desk.random,
        )
        if bundle.batch is not None:
            desks.keep_batch_floor(desk, certificate.device, bundle.batch.version)
        sessions.adopt(desk, certificate.station, session, now)
        outbox.seal(desk.db, mine[0].message_id, message, now)
        return 1


def end(desk: Desk, now: int) -> None:
    """Close the alarms, inside the transaction that ends the freeze."""
    for each in outbox.unfinished(desk.db):
        if each.evidence == ALARM:
            outbox.prove(desk.db, each.message_id, OutboxState.EXPIRED, now, ALARM)
