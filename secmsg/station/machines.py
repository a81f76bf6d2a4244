"""The machines of a station: which of them releases, who is written to, and what follows when an edition changes them.

Source: docs/spec/devices.md. Everything that changes rows happens inside the caller's transaction.
"""

from secmsg.errors import ReceivesOnly
from secmsg.ids import DeviceId, EditionNumber, MessageId, Serial, StationId
from secmsg.office import continuity
from secmsg.office.lifecycle import OutboxState
from secmsg.station import desk as desks
from secmsg.station import revocations
from secmsg.station.desk import Desk
from secmsg.store import continuity as pair_rows
from secmsg.store import identity as identity_rows
from secmsg.store import outbox
from secmsg.store import sessions as session_rows
from secmsg.store.outbox import Envelope
from secmsg.wire.certificate import Certificate

MESSAGE_ID_SIZE = 16
ASIDES = "asides"
"""The fact that holds how many items outside the chain were made here."""


def releasing(desk: Desk, station: StationId, now: int) -> DeviceId | None:
    """Return the machine of a station that releases: of those listed and valid the one with the lowest number."""
    return next((each.device for each in desks.directory(desk).devices_of(station, now)), None)


def releases(desk: Desk) -> bool:
    """Say whether this machine releases for its station; one that is not listed keeps its own view."""
    own = desks.own(desk)
    first = releasing(desk, own.station, desk.now())
    return first is None or first == own.device


def check_releases(desk: Desk) -> None:
    """ReceivesOnly where another machine of this station releases: two would fork the chain."""
    if not releases(desk):
        first = releasing(desk, desks.own(desk).station, desk.now())
        raise ReceivesOnly(
            f"machine {first} of this station releases, this one receives: release there; this machine takes over when "
            f"headquarters takes machine {first} off the list"
        )


def addressed(desk: Desk, station: StationId, now: int) -> tuple[Certificate, ...]:
    """List the machines of a station to which a copy goes: all but this one and those that were revoked."""
    me = desks.own(desk).device
    listed = desks.directory(desk).devices_of(station, now)
    return tuple(each for each in listed if each.device != me and not revocations.barred(desk, each.device))


def next_aside(desk: Desk) -> Serial:
    """Give the next local number of an item outside the chain: below 0, never given twice."""
    kept = identity_rows.fact(desk.db, ASIDES)
    number = 1 if kept is None else int.from_bytes(kept) + 1
    identity_rows.keep_fact(desk.db, ASIDES, number.to_bytes(8))
    return Serial(-number)


# --- a machine that joins ------------------------------------------------------------------------------------------


def first_state(desk: Desk, serial: Serial, previous: bytes) -> continuity.State:
    """Return the state before the first item from a peer.

    A second machine begins with the first item that it sees: what came before is the first machine's business.
    """
    if serial and not releases(desk):
        return continuity.restarted(continuity.State(), serial, previous)
    return continuity.State()


def is_before(desk: Desk, peer: StationId, serial: Serial) -> bool:
    """Say whether an item comes from before this machine began with its sender's chain."""
    kept = identity_rows.fact(desk.db, _began(peer))
    return kept is not None and serial < int.from_bytes(kept)


def note_beginning(desk: Desk, peer: StationId, serial: Serial) -> None:
    """Remember with which serial this machine began, where that was not the first."""
    if serial > 1 and not releases(desk):
        identity_rows.keep_fact(desk.db, _began(peer), serial.to_bytes(4))


def _began(peer: StationId) -> str:
    return f"chain-began-{peer}"


# --- a new edition -------------------------------------------------------------------------------------------------


def follow(desk: Desk, since: EditionNumber, now: int) -> bool:
    """Do what a new edition asks: end what was with machines taken off, write to those that were added.

    Says whether the outbox changed. Sessions with machines taken off are destroyed, their envelopes are closed as
    withdrawn; a machine listed later than edition `since` gets what its station has not proven to have.
    """
    revocations.settle(desk)
    directory = desks.directory(desk)
    listed = {entry.device: entry.station for entry in directory.contents.mailboxes}
    for device in session_rows.devices(desk.db) - listed.keys():
        session_rows.forget_device(desk.db, device)
    changed = False
    for envelope in outbox.unfinished(desk.db):
        if envelope.device not in listed:
            outbox.prove(desk.db, envelope.message_id, OutboxState.WITHDRAWN, now, "edition")
            changed = True
        for each in addressed(desk, envelope.station, now):
            if each.edition > since:
                changed |= _write_to(desk, envelope, each, now)
    return changed


def _write_to(desk: Desk, envelope: Envelope, certificate: Certificate, now: int) -> bool:
    """Add an envelope for a machine that has none for this serial; nothing that stands outside the chain."""
    if envelope.serial < 1 or outbox.of_serial(desk.db, certificate.device, envelope.serial):
        return False
    if pair_rows.sent_item(desk.db, envelope.station, envelope.serial) is None:
        return False
    outbox.add(
        desk.db,
        Envelope(
            message_id=MessageId(desk.random(MESSAGE_ID_SIZE)),
            cable_id=envelope.cable_id,
            station=envelope.station,
            device=certificate.device,
            serial=envelope.serial,
            urgency=envelope.urgency,
            sealed=None,
            state=OutboxState.WAITING_KEYS,
            created_at=now,
            since=now,
        ),
    )
    return True
