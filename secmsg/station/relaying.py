"""The relays of this station: listed, switched off and on, added after a comparison by voice, taken out for good.

A relay is trusted with nothing, but a false one could watch when a post writes and swallow what it writes: so a new one
is compared like a request for enrolment before it is used.
"""

from dataclasses import dataclass, field, replace

from secmsg import digits
from secmsg.crypto import hashing, labels
from secmsg.errors import FormatError, NotAllowed, NotFound
from secmsg.ids import BlobKey, CableId, RelayId
from secmsg.station import blob_routes, release
from secmsg.station.desk import Desk
from secmsg.station.views import RelayView
from secmsg.store import blobs, outbox
from secmsg.store import continuity as pair_rows
from secmsg.store import relays as rows
from secmsg.store.relays import Relay
from secmsg.wire import enrolment as wire
from secmsg.wire import item as item_wire
from secmsg.wire import slip as slip_wire
from secmsg.wire.enrolment import RelayEntry
from secmsg.wire.slip import Slip

FINGERPRINT_SIZE = 16


@dataclass(frozen=True, slots=True)
class RelayAccess:
    """What `secmsg relay enrol` prints for one station, and the relay's name for the officers."""

    relay_id: RelayId
    name: str
    base_url: str
    prefix: str = field(repr=False)
    fingerprint: bytes
    enrol_token: bytes = field(repr=False)


def listed(desk: Desk) -> tuple[RelayView, ...]:
    """List the relays in the order in which they are used, with what each has been given and not proven yet."""
    held: dict[RelayId, int] = {}
    for envelope in outbox.unfinished(desk.db):
        for each in outbox.dispatches(desk.db, envelope.message_id):
            held[each.relay_id] = held.get(each.relay_id, 0) + (each.accepted_at is not None)
    return tuple(
        RelayView(each.name, each.base_url, each.enabled, held.get(each.relay_id, 0), compared(each.relay_id, each))
        for each in rows.every(desk.db)
    )


def compared(relay: RelayId, access: Relay | RelayAccess) -> str:
    """Return the groups that two persons compare: they name the relay, its address and its certificate."""
    parts = (relay, access.fingerprint, access.base_url.encode())
    name = labels.HASH_RELAY.encode("ascii")
    return digits.groups(hashing.short(name, b"\x00", *parts)[:FINGERPRINT_SIZE])


def fingerprint(access: RelayAccess) -> str:
    """Return the groups of a relay that is not added yet."""
    return compared(access.relay_id, access)


def switch(desk: Desk, name: str, *, enabled: bool) -> None:
    """Switch a relay off or on; NotFound. Nothing is sent or fetched by one that is off."""
    relay = _named(desk, name)
    with desk.db.transaction():
        rows.switch(desk.db, relay.relay_id, enabled=enabled)


def add(desk: Desk, access: RelayAccess, position: int | None) -> None:
    """Add a relay at a place in the order (0 the first, None the last) and offer it what is on its way.

    A relay that is there gets this access in its place: its keeper had to begin anew, or it moved. FormatError for what
    no kit could hold; NotAllowed for a name that another one has, or too many.
    """
    relay = _checked(access)
    kept = list(rows.every(desk.db))
    if any(each.name == relay.name and each.relay_id != relay.relay_id for each in kept):
        raise NotAllowed("another relay of that name is there already")
    at = next((index for index, each in enumerate(kept) if each.relay_id == relay.relay_id), None)
    if at is not None:
        kept[at] = replace(relay, enabled=kept[at].enabled)
    elif len(kept) < wire.MAX_RELAYS:
        kept.insert(len(kept) if position is None else position, relay)
    else:
        raise NotAllowed(f"a station has at most {wire.MAX_RELAYS} relays")
    with desk.db.transaction():
        rows.replace_all(desk.db, tuple(kept))
        if at is None:
            _offer_blobs(desk, relay)


def _checked(access: RelayAccess) -> Relay:
    """Return an access as it is kept; FormatError when no kit could hold it."""
    fields = (access.relay_id, access.name, access.base_url, access.prefix, access.fingerprint, access.enrol_token)
    try:
        wire.check_relay(RelayEntry(*fields))
    except FormatError as error:
        raise FormatError(f"this is no relay's access: {error}") from None
    return Relay(*fields)


def remove(desk: Desk, name: str) -> None:
    """Take a relay out for good; what only it had taken goes another way. NotFound, NotAllowed for the last one."""
    relay = _named(desk, name)
    kept = tuple(each for each in rows.every(desk.db) if each.relay_id != relay.relay_id)
    if not kept:
        raise NotAllowed("the last relay stays: add another one first")
    with desk.db.transaction():
        rows.replace_all(desk.db, kept)
        rows.forget_boxes_of(desk.db, relay.relay_id)
        outbox.relay_left(desk.db, relay.relay_id, desk.now())
        blobs.relay_left(desk.db, relay.relay_id)


def _named(desk: Desk, name: str) -> Relay:
    found = next((each for each in rows.every(desk.db) if each.name == name), None)
    if found is None:
        raise NotFound(f"no relay is called {name}")
    return found


# --- blobs on their way ----------------------------------------------------------------------------------------------


def _offer_blobs(desk: Desk, relay: Relay) -> None:
    """Let the blobs that addressees may still need go up to a new relay too."""
    now = desk.now()
    offered: set[BlobKey] = set()
    for each in blobs.every_upload(desk.db):
        if each.cable_id is None or each.blob_key in offered or not blob_routes.wanted(desk, each.cable_id):
            continue
        slip = _slip(desk, each.cable_id, each.position)
        if slip is not None:
            offered.add(each.blob_key)
            blobs.add_upload(
                desk.db,
                replace(
                    each,
                    relay_id=relay.relay_id,
                    blob_id=release.blob_id(slip, relay.relay_id),
                    uploader=desk.random(release.UPLOADER_SIZE),
                    done=0,
                    attempts=0,
                    next_try_at=now,
                    finished_at=None,
                    detail="",
                ),
            )


def _slip(desk: Desk, cable_id: CableId, position: int) -> Slip | None:
    """Return the slip of a cable's annex, or of the blob that holds the cable itself."""
    if position != release.TEXT_POSITION:
        return slip_wire.decode(blobs.annex(desk.db, cable_id, position).slip)
    for envelope in outbox.of_cable(desk.db, cable_id):
        kept = pair_rows.sent_item(desk.db, envelope.station, envelope.serial)
        if kept is not None:
            return slip_wire.decode(item_wire.decode(kept.item).body)
    return None
