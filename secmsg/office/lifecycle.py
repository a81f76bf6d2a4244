"""The life of a cable at its origin, at its destination, and on the way to each addressee.

Three machines, each a table from a state to the states that may follow it (drawn in docs/spec/lifecycle.md).
Whoever stores a state asks `move_…` first.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import TypeVar

from secmsg.errors import NotAllowed
from secmsg.wire.service import ReceiptLevel


class CableState(Enum):
    """Where an outgoing cable stands at its origin."""

    DRAFT = "draft"
    CLEARING = "clearing"
    AWAITING_RELEASE = "awaiting-release"
    RETURNED = "returned"
    APPROVED = "approved"
    AWAITING_SECOND = "awaiting-second"
    REGISTERED = "registered"
    ENCIPHERED = "enciphered"
    SENDING = "sending"
    SENT = "sent"
    CLOSED = "closed"
    FILED = "filed"
    DESTROYED = "destroyed"
    ABANDONED = "abandoned"
    SUPERSEDED = "superseded"
    RECALLING = "recalling"
    RECALLED = "recalled"


class IncomingState(Enum):
    """Where an incoming cable stands at its destination."""

    PACKET = "packet"
    COMPLETE = "complete"
    VERIFIED = "verified"
    DECIPHERED = "deciphered"
    REGISTERED = "registered"
    SUBMITTED = "submitted"
    READ = "read"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    FILED = "filed"
    DESTROYED = "destroyed"
    GARBLED = "garbled"
    ANNEX_MISSING = "annex-missing"
    SUSPECTED_DUPLICATE = "suspected-duplicate"
    NOT_OURS = "not-ours"
    KEY_MISMATCH = "key-mismatch"
    EXPIRED = "expired"


class OutboxState(Enum):
    """Where a cable stands on the way to one addressee; only as far as is proven."""

    WAITING_KEYS = "waiting-keys"
    """No session and no prekeys yet: nothing is sealed."""
    WAITING = "waiting"
    """Sealed; its turn has not come."""
    SENDING = "sending"
    RELAY_HOLDS = "relay-holds"
    """A relay says so; untrusted."""
    UNKNOWN = "unknown"
    """The line broke after the last byte: it may have arrived."""
    ARRIVED = "arrived"
    """Rung 3, signed by the station's machine."""
    DECIPHERED = "deciphered"
    """Rung 4, signed by the station's machine."""
    ACKNOWLEDGED = "acknowledged"
    """Rung 5 or higher, signed by a person."""
    HELD = "held"
    """Kept back by the officer."""
    REFUSED = "refused"
    """The addressee signed a refusal."""
    EXPIRED = "expired"
    """No value any more before it arrived: a non-delivery, said so."""
    WITHDRAWN = "withdrawn"
    """Its machine was taken off the list before it proved to have it: nothing more goes there."""


_C, _I, _O = CableState, IncomingState, OutboxState

CABLE_MOVES: Mapping[CableState, frozenset[CableState]] = MappingProxyType(
    {
        _C.DRAFT: frozenset((_C.CLEARING, _C.AWAITING_RELEASE, _C.ABANDONED)),
        _C.CLEARING: frozenset((_C.AWAITING_RELEASE, _C.RETURNED, _C.ABANDONED)),
        _C.AWAITING_RELEASE: frozenset((_C.APPROVED, _C.RETURNED, _C.ABANDONED)),
        # An edit voids the clearances that saw the old text, so everything starts again from the draft.
        _C.RETURNED: frozenset((_C.DRAFT, _C.ABANDONED)),
        _C.APPROVED: frozenset((_C.AWAITING_SECOND, _C.REGISTERED, _C.RETURNED, _C.ABANDONED)),
        _C.AWAITING_SECOND: frozenset((_C.REGISTERED, _C.RETURNED, _C.ABANDONED)),
        # From here on the number is given: correction, supersession and recall only, never an edit.
        _C.REGISTERED: frozenset((_C.ENCIPHERED,)),
        _C.ENCIPHERED: frozenset((_C.SENDING, _C.RECALLING, _C.SUPERSEDED)),
        _C.SENDING: frozenset((_C.SENT, _C.RECALLING, _C.SUPERSEDED)),
        _C.SENT: frozenset((_C.CLOSED, _C.RECALLING, _C.SUPERSEDED)),
        _C.CLOSED: frozenset((_C.FILED, _C.RECALLING, _C.SUPERSEDED)),
        _C.FILED: frozenset((_C.DESTROYED, _C.RECALLING, _C.SUPERSEDED)),
        _C.RECALLING: frozenset((_C.RECALLED,)),
        _C.RECALLED: frozenset((_C.DESTROYED,)),
        _C.SUPERSEDED: frozenset((_C.FILED, _C.DESTROYED)),
        _C.ABANDONED: frozenset((_C.DESTROYED,)),
        _C.DESTROYED: frozenset(),
    }
)

_RECEIVING_FAULTS = frozenset(
    (_I.GARBLED, _I.ANNEX_MISSING, _I.SUSPECTED_DUPLICATE, _I.NOT_OURS, _I.KEY_MISMATCH, _I.EXPIRED)
)

INCOMING_MOVES: Mapping[IncomingState, frozenset[IncomingState]] = MappingProxyType(
    {
        _I.PACKET: frozenset((_I.COMPLETE,)) | _RECEIVING_FAULTS,
        _I.COMPLETE: frozenset((_I.VERIFIED,)) | _RECEIVING_FAULTS,
        _I.VERIFIED: frozenset((_I.DECIPHERED,)) | _RECEIVING_FAULTS,
        _I.DECIPHERED: frozenset((_I.REGISTERED,)) | _RECEIVING_FAULTS,
        _I.REGISTERED: frozenset((_I.SUBMITTED, _I.READ, _I.EXPIRED)),
        _I.SUBMITTED: frozenset((_I.READ, _I.EXPIRED)),
        _I.READ: frozenset((_I.ASSIGNED, _I.IN_PROGRESS, _I.DONE, _I.FILED)),
        _I.ASSIGNED: frozenset((_I.IN_PROGRESS, _I.DONE)),
        _I.IN_PROGRESS: frozenset((_I.DONE,)),
        _I.DONE: frozenset((_I.FILED,)),
        _I.FILED: frozenset((_I.DESTROYED,)),
        _I.DESTROYED: frozenset(),
        # A repeat heals a fault; what cannot be healed is destroyed.
        _I.GARBLED: frozenset((_I.PACKET, _I.DESTROYED)),
        _I.ANNEX_MISSING: frozenset((_I.COMPLETE, _I.DESTROYED)),
        _I.SUSPECTED_DUPLICATE: frozenset((_I.VERIFIED, _I.DESTROYED)),
        _I.NOT_OURS: frozenset((_I.DESTROYED,)),
        _I.KEY_MISMATCH: frozenset((_I.PACKET, _I.DESTROYED)),
        _I.EXPIRED: frozenset((_I.FILED, _I.DESTROYED)),
    }
)

_PROVEN = frozenset((_O.ARRIVED, _O.DECIPHERED, _O.ACKNOWLEDGED, _O.REFUSED))
_ENDS = _PROVEN | {_O.EXPIRED, _O.WITHDRAWN}

OUTBOX_MOVES: Mapping[OutboxState, frozenset[OutboxState]] = MappingProxyType(
    {
        _O.WAITING_KEYS: frozenset((_O.WAITING, _O.HELD)) | _ENDS,
        _O.WAITING: frozenset((_O.SENDING, _O.HELD)) | _ENDS,
        _O.SENDING: frozenset((_O.WAITING, _O.RELAY_HOLDS, _O.UNKNOWN, _O.HELD)) | _ENDS,
        # A relay may lose what it held, and what it had may have been fetched before.
        _O.RELAY_HOLDS: frozenset((_O.SENDING, _O.WAITING, _O.UNKNOWN)) | _ENDS,
        _O.UNKNOWN: frozenset((_O.SENDING, _O.WAITING, _O.RELAY_HOLDS, _O.HELD)) | _ENDS,
        # A receipt may come over another channel while this row waits, is held or has expired.
        _O.HELD: frozenset((_O.WAITING, _O.WAITING_KEYS)) | _ENDS,
        _O.EXPIRED: _PROVEN,
        _O.WITHDRAWN: _PROVEN,
        _O.ARRIVED: frozenset((_O.DECIPHERED, _O.ACKNOWLEDGED, _O.REFUSED)),
        _O.DECIPHERED: frozenset((_O.ACKNOWLEDGED, _O.REFUSED)),
        _O.ACKNOWLEDGED: frozenset((_O.REFUSED,)),
        _O.REFUSED: frozenset(),
    }
)

_FARTHEST_LAST = (
    _O.REFUSED,
    _O.WITHDRAWN,
    _O.EXPIRED,
    _O.HELD,
    _O.WAITING_KEYS,
    _O.WAITING,
    _O.SENDING,
    _O.UNKNOWN,
    _O.RELAY_HOLDS,
    _O.ARRIVED,
    _O.DECIPHERED,
    _O.ACKNOWLEDGED,
)

_State = TypeVar("_State", bound=Enum)


def _move(moves: Mapping[_State, frozenset[_State]], state: _State, to: _State) -> _State:
    if to not in moves[state]:
        raise NotAllowed(f"no way from {state.value} to {to.value}")
    return to


def move_cable(state: CableState, to: CableState) -> CableState:
    """Return `to` if an outgoing cable may go there from `state`; NotAllowed if not."""
    return _move(CABLE_MOVES, state, to)


def move_incoming(state: IncomingState, to: IncomingState) -> IncomingState:
    """Return `to` if an incoming cable may go there from `state`; NotAllowed if not."""
    return _move(INCOMING_MOVES, state, to)


def move_outbox(state: OutboxState, to: OutboxState) -> OutboxState:
    """Return `to` if a delivery may go there from `state`; NotAllowed if not."""
    return _move(OUTBOX_MOVES, state, to)


def proven_by(level: ReceiptLevel) -> OutboxState:
    """Return the delivery state that a verified receipt of `level` proves."""
    match level:
        case ReceiptLevel.REFUSED:
            return OutboxState.REFUSED
        case ReceiptLevel.ARRIVED:
            return OutboxState.ARRIVED
        case ReceiptLevel.DECIPHERED:
            return OutboxState.DECIPHERED
        case _:
            return OutboxState.ACKNOWLEDGED


def after_receipt(state: OutboxState, level: ReceiptLevel) -> OutboxState:
    """Return the delivery state after a verified receipt; a late lower rung changes nothing."""
    proven = proven_by(level)
    return proven if proven in OUTBOX_MOVES[state] else state


def is_open(state: OutboxState) -> bool:
    """Say whether the sender still has work with this delivery: neither proven nor given up."""
    return state not in _ENDS


def least_far(states: Iterable[OutboxState]) -> OutboxState:
    """Return the state that has got least far: the one to show for several addressees (one at least)."""
    return min(states, key=_FARTHEST_LAST.index)
