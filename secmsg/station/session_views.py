"""Sessions and breaks of continuity as frozen values; times are UTC seconds, nothing holds a key."""

from dataclasses import dataclass

from secmsg.ids import DeviceId, StationId
from secmsg.protocol.state import Origin as Origin  # shown as a word
from secmsg.protocol.thin import Verdict as Verdict  # as above
from secmsg.wire.handshake import ResetReason


@dataclass(frozen=True, slots=True)
class BreakView:
    """A break of continuity with a machine, shown until a named person acknowledges it.

    `reporter_name` is "" for a session of our own, else the station that told headquarters. `holds`: cables of the
    degree set by policy wait until headquarters has confirmed it. `session` is empty while the new one is not open.
    """

    number: int
    reporter_name: str
    station_name: str
    device: DeviceId
    at: int
    ours: bool
    alone: bool
    reason: ResetReason
    generation: int
    session: bytes
    follows: bool
    sent: int
    received: int
    holds: bool
    acknowledged_at: int | None
    acknowledged_by: str
    confirmed_at: int | None
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class SessionView:
    """How the keys with one machine of another station stand.

    `last_pq_at` is the last step that a quantum computer does not undo (the handshake is one), `last_turn_at` the last
    fresh agreement of keys by either side: who takes this store reads nothing from before it. `thin_sent` counts
    the thin packets that left in the chain used now, without a fresh agreement; `thin` says whether more may.
    `draining_until` is when the session before stops receiving, None when there is none.
    """

    station: StationId
    station_name: str
    device: DeviceId
    session: bytes
    generation: int
    reason: ResetReason
    ours: bool
    established_at: int
    answered: bool
    given_up: bool
    last_resort: bool
    last_pq_at: int
    since_pq: int
    draining_until: int | None
    origin: Origin = Origin.HANDSHAKE
    last_turn_at: int = 0
    thin_sent: int = 0
    thin: Verdict = Verdict.UNCONFIRMED


@dataclass(frozen=True, slots=True)
class PaperSecretView:
    """A numbered secret of a sealed envelope, as far as this store knows of it; `begins` says which end may begin.

    `state` is sealed, begun or burnt; `packet` holds our own packet as groups, "" where none is to be shown again.
    """

    device: DeviceId
    number: int
    state: str
    begins: str
    packet: str = ""
