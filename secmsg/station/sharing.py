"""Copies: what the releasing machine of a station sends, its other machines keep as well (docs/spec/devices.md 4).

A copy has no line in the outgoing register of the machine that gets it, and takes no number there. With the chains that
it is told, a machine can go on releasing when the first one was taken off the list.
"""

from dataclasses import dataclass, replace

from secmsg.crypto import hashing
from secmsg.errors import FormatError, NotEntitled
from secmsg.ids import CableId, Serial, StationId
from secmsg.office import continuity, numbering
from secmsg.station import desk as desks
from secmsg.station import doubts, envelopes, heads, indexing, machines
from secmsg.station.desk import Desk
from secmsg.station.signed import Judged
from secmsg.store import cables as cable_rows
from secmsg.store import continuity as pair_rows
from secmsg.store import identity as identity_rows
from secmsg.store import numbers
from secmsg.store.cables import Direction, KeptCable, Provenance
from secmsg.wire import cable as cable_wire
from secmsg.wire import copy as wire
from secmsg.wire.cable import MAX_SIGNED_BYTES, Urgency
from secmsg.wire.certificate import Certificate
from secmsg.wire.copy import Chain, ChainsCopy, Copy, SlipCopy
from secmsg.wire.item import ItemKind
from secmsg.wire.service import Recap

CONFIRMED = "copies-confirmed"
"""The fact that holds when the copies were confirmed last."""
COPIED = "chains-copied"
"""The fact that holds when the chains were copied last, and the hash of what was said."""


@dataclass(frozen=True, slots=True)
class Released:
    """A cable that another machine of this station has released, as it was judged, with its signed bytes."""

    judged: Judged
    encoded: bytes


# --- told ------------------------------------------------------------------------------------------------------------


def post(desk: Desk, copy: Copy, now: int) -> None:
    """Put a copy into the outbox for the other machines of this station, when there are any."""
    own = desks.own(desk).station
    if envelopes.addressed_devices(desk, own, now):
        body = wire.encode(copy)
        envelopes.post(desk, own, ItemKind.COPY, body, cable_id=None, urgency=Urgency.ROUTINE, now=now)


def flush(desk: Desk) -> bool:
    """Tell the other machines where the chains stand when that has changed for a while; say whether anything was."""
    now = desk.now()
    own = desks.own(desk).station
    if not envelopes.addressed_devices(desk, own, now):
        return False
    if not machines.releases(desk):
        return _confirm(desk, own, now)
    chains = tuple(
        Chain(each.peer, each.next - 1, each.head)
        for each in pair_rows.every_outgoing(desk.db)
        if each.peer != own and each.next > 1
    )
    if not chains:
        return False
    encoded = wire.encode(ChainsCopy(chains))
    mark = hashing.short(encoded)
    kept = identity_rows.fact(desk.db, COPIED)
    if kept is not None and (kept[8:] == mark or 0 <= now - int.from_bytes(kept[:8]) < _pause(desk)):
        return False
    with desk.db.transaction():
        identity_rows.keep_fact(desk.db, COPIED, now.to_bytes(8) + mark)
        post(desk, ChainsCopy(chains), now)
    return True


def _confirm(desk: Desk, own: StationId, now: int) -> bool:
    """Tell the releasing machine once a day up to where its copies are here: its packet's header closes them there."""
    body = pair_rows.incoming(desk.db, own)
    kept = identity_rows.fact(desk.db, CONFIRMED)
    if body is None or (kept is not None and 0 <= now - int.from_bytes(kept) < desk.policy.rhythm.recap_every_s[0]):
        return False
    with desk.db.transaction():
        identity_rows.keep_fact(desk.db, CONFIRMED, now.to_bytes(8))
        envelopes.post_service(desk, own, Recap(0, continuity.decode(body).highest), now)
    return True


def _pause(desk: Desk) -> int:
    return desk.policy.rhythm.receipt_delay_s[1]


# --- taken -----------------------------------------------------------------------------------------------------------


def read(desk: Desk, body: bytes, sender: Certificate, now: int) -> Copy:
    """Decode a copy; NotEntitled unless the machine that releases for this station sent it, FormatError."""
    own = desks.own(desk)
    if sender.station != own.station or sender.device != machines.releasing(desk, own.station, now):
        raise NotEntitled("a copy from another machine than the one that releases here")
    copy = wire.decode(body)
    if isinstance(copy, SlipCopy) and copy.slip.size > MAX_SIGNED_BYTES:
        raise FormatError("a slip for more than a cable can be")
    return copy


def keep_chains(desk: Desk, copy: ChainsCopy) -> None:
    """Note where the chains of this station stand."""
    own = desks.own(desk).station
    for each in copy.chains:
        if each.peer != own:
            pair_rows.learn_outgoing(desk.db, each.peer, Serial(each.last), each.head)


def keep_cable(desk: Desk, released: Released, provenance: Provenance, now: int) -> bool:
    """Keep a cable that another machine released: without a line of the register here; say whether it is new."""
    cable = released.judged.cable
    year = numbering.year_of(cable.dtg, doubts.zone(desks.directory(desk), cable.origin))
    numbers.lift(desk.db, year, cable.number)
    head = heads.outgoing(cable, 0, now)
    if not cable_rows.insert(desk.db, KeptCable(head, released.encoded, replace(provenance, follows=None))):
        return False
    indexing.index(desk, cable)
    return True


def is_copy(desk: Desk, cable_id: CableId) -> bool:
    """Say whether a cable is kept here as a copy of what another machine released."""
    if not cable_rows.has(desk.db, cable_id):
        return False
    kept = cable_rows.read(desk.db, cable_id)
    return kept.head.direction is Direction.OUT and kept.provenance is not None


def addressed(desk: Desk, cable_id: CableId) -> tuple[StationId, ...]:
    """List the stations that a kept cable is addressed to."""
    cable = cable_wire.decode(cable_wire.decode_signed(cable_rows.read(desk.db, cable_id).signed).cable)
    return cable.action_to + cable.info_to
