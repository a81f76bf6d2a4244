"""The channels of this station, and which of them carries what now: the office's rule over what the store knows."""

from collections.abc import Sequence
from dataclasses import replace

from secmsg.config import Mode
from secmsg.errors import NotFound
from secmsg.ids import CableId, RelayId
from secmsg.office import channels as rules
from secmsg.office import lifecycle
from secmsg.office.channels import Channel, ChannelKind, Choice, Load
from secmsg.office.lifecycle import OutboxState
from secmsg.station.desk import Desk, Health
from secmsg.store import cables as cable_rows
from secmsg.store import outbox
from secmsg.store.outbox import Dispatch, Envelope
from secmsg.store.relays import Relay
from secmsg.wire.cable import Degree, Urgency

POUCH = Channel("pouch", ChannelKind.POUCH)


def note_health(desk: Desk, relay: RelayId, *, down: bool, round_trip_s: float | None = None) -> None:
    """Remember how a relay's link stands, for the choice of channels."""
    known = desk.shelf.health.get(relay, Health())
    trip = known.round_trip_s if round_trip_s is None else round_trip_s
    desk.shelf.health[relay] = replace(known, down=down, round_trip_s=trip)


def channel(desk: Desk, relay: Relay) -> Channel:
    """Return a relay as the rule sees it."""
    health = desk.shelf.health.get(relay.relay_id, Health())
    return Channel(relay.name, ChannelKind.RELAY, relay.enabled, health.down, health.round_trip_s)


def load_of(desk: Desk, envelope: Envelope, dispatches: Sequence[Dispatch]) -> Load:
    """Return an envelope as the rule sees it: its carrying began with the first try."""
    began = [each.first_at for each in dispatches]
    sealed_at = envelope.since if envelope.state is OutboxState.WAITING else envelope.created_at
    return Load(
        envelope.urgency,
        degree_of(desk, envelope.cable_id),
        min(began, default=sealed_at),
        proven=not lifecycle.is_open(envelope.state),
        turn=envelope.turn,
    )


def degree_of(desk: Desk, cable_id: CableId | None) -> Degree:
    """Return a cable's degree; a service message has none."""
    if cable_id is None:
        return Degree.UNCLASSIFIED
    try:
        return cable_rows.head(desk.db, cable_id).degree
    except NotFound:
        return Degree.TOP_SECRET


def choices(
    desk: Desk, relays: Sequence[Relay], envelope: Envelope, dispatches: Sequence[Dispatch], now: int
) -> tuple[Choice, ...]:
    """Decide for each relay, in the kit's order, whether an envelope goes there now, and why not."""
    taken = {each.relay_id: each.accepted_at for each in dispatches}
    return rules.choose(
        desk.policy.channels,
        load_of(desk, envelope, dispatches),
        [channel(desk, each) for each in relays],
        [taken.get(each.relay_id) for each in relays],
        now,
    )


def pouch_may_carry(desk: Desk, envelope: Envelope) -> bool:
    """Say whether an envelope's degree may go by pouch."""
    return degree_of(desk, envelope.cable_id) <= rules.cap_of(desk.policy.channels, POUCH)


def spared(desk: Desk, now: int) -> tuple[int, ...]:
    """Return, for each urgency, since when another relay's taking keeps an envelope out of a relay's list."""
    return tuple(_spared(desk, urgency, now) for urgency in Urgency)


def _spared(desk: Desk, urgency: Urgency, now: int) -> int:
    rows = [row for row in desk.policy.channels.rules if row.urgency == urgency]
    if not rows or any(row.mode is Mode.PARALLEL for row in rows):
        return outbox.NEVER
    return now - min(row.resend_s for row in rows)
