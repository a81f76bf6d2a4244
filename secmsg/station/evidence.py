"""The lines of evidence of a cable on its way: each envelope on each channel, and why a channel was or was not used."""

from collections.abc import Iterator, Sequence

from secmsg.ids import CableId, StationId
from secmsg.office import channels as rules
from secmsg.office import lifecycle
from secmsg.office.channels import Choice, Why
from secmsg.station import routes
from secmsg.station.desk import Desk
from secmsg.station.views import ChannelLine, ChannelState
from secmsg.store import outbox, pouches
from secmsg.store import relays as relay_rows
from secmsg.store.outbox import Dispatch, DispatchState, Envelope
from secmsg.store.relays import Relay

_STATES = {
    DispatchState.WAITING: ChannelState.WAITING,
    DispatchState.SENDING: ChannelState.SENDING,
    DispatchState.HOLDS: ChannelState.HOLDS,
    DispatchState.UNKNOWN: ChannelState.UNKNOWN,
    DispatchState.REFUSED: ChannelState.REFUSED,
}


def of_cable(desk: Desk, cable_id: CableId, station: StationId) -> tuple[ChannelLine, ...]:
    """List the evidence of a cable's way to one station, also after its receipts are here."""
    return lines(desk, tuple(each for each in outbox.of_cable(desk.db, cable_id) if each.station == station))


def lines(desk: Desk, envelopes: Sequence[Envelope]) -> tuple[ChannelLine, ...]:
    """List the evidence of one station's envelopes, by envelope and then by channel."""
    relays, now = relay_rows.every(desk.db), desk.now()
    return tuple(
        line
        for copy, envelope in enumerate(envelopes, 1)
        for line in _lines(desk, relays, envelope, copy, len(envelopes), now)
    )


def _lines(
    desk: Desk, relays: tuple[Relay, ...], envelope: Envelope, copy: int, copies: int, now: int
) -> Iterator[ChannelLine]:
    dispatches = outbox.dispatches(desk.db, envelope.message_id)
    known = {each.relay_id: each for each in dispatches}
    choices = routes.choices(desk, relays, envelope, dispatches, now)
    open_ = lifecycle.is_open(envelope.state)
    for relay, choice in zip(relays, choices, strict=True):
        yield _at_relay(relay, known.get(relay.relay_id), choice, copy, copies, open_=open_)
    yield _by_pouch(desk, envelope, dispatches, copy, copies, now)


def _at_relay(
    relay: Relay, dispatch: Dispatch | None, choice: Choice, copy: int, copies: int, *, open_: bool
) -> ChannelLine:
    kind = rules.ChannelKind.RELAY
    if dispatch is None:
        return ChannelLine(
            relay.name, kind, ChannelState.UNUSED, None, 0, None, "", choice.why, choice.at, copy, copies
        )
    # What was never handed over and is needed no more has left no trace at this relay.
    idle = not open_ and dispatch.state in (DispatchState.WAITING, DispatchState.SENDING, DispatchState.REFUSED)
    waits = open_ and dispatch.accepted_at is None and choice.why is Why.NOW
    return ChannelLine(
        relay.name,
        kind,
        ChannelState.UNUSED if idle else _STATES[dispatch.state],
        dispatch.since,
        dispatch.attempts,
        dispatch.next_try_at if waits else None,
        dispatch.detail,
        choice.why,
        choice.at,
        copy,
        copies,
    )


def _by_pouch(
    desk: Desk, envelope: Envelope, dispatches: Sequence[Dispatch], copy: int, copies: int, now: int
) -> ChannelLine:
    written = pouches.of_message(desk.db, envelope.message_id)
    last = written[-1] if written else None
    load = routes.load_of(desk, envelope, dispatches)
    taken = None if last is None else last.read_back_at
    (choice,) = rules.choose(desk.policy.channels, load, [routes.POUCH], [taken], now)
    return ChannelLine(
        routes.POUCH.name,
        routes.POUCH.kind,
        ChannelState.UNUSED if last is None else ChannelState.WRITTEN,
        taken,
        len(written),
        None,
        "" if last is None else last.name,
        choice.why,
        choice.at,
        copy,
        copies,
    )
