"""Breaks of continuity: a session that was replaced, who must see it, what waits until then (docs/spec/reset.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from secmsg.ids import DeviceId, SessionId, StationId
from secmsg.wire import codec
from secmsg.wire.cable import MAX_NAME, Degree
from secmsg.wire.handshake import SESSION_ID_SIZE, ResetReason

ALONE_EVERY_S = 86_400
"""Seconds between two sessions that a machine replaces without being told to, towards one other."""

MET_HERE = StationId(0)
"""Stands for the reporter of a break of our own session."""

MAX_LINE = 2**10
_COLUMNS = 9


@dataclass(frozen=True, slots=True)
class Break:
    """One break of continuity with a machine, as it stands.

    `reporter` is the station that told headquarters of it, MET_HERE for our own. `device` of `station` is the other
    end. `session_id` and `generation` are the new session's, None and 0 while it is not open; `previous` is the session
    before as the new one names it, `follows` whether that is the one that was in use here. `sent` and `received` are
    our last serials at that moment. `confirm` says that cables from the degree set on wait for headquarters.
    """

    number: int
    reporter: StationId
    station: StationId
    device: DeviceId
    at: int
    ours: bool
    alone: bool
    reason: ResetReason
    generation: int
    session_id: SessionId | None
    previous: SessionId | None
    follows: bool
    sent: int
    received: int
    confirm: bool
    reported_at: int | None = None
    acknowledged_at: int | None = None
    acknowledged_by: str = ""
    confirmed_at: int | None = None
    confirmed_by: str = ""

    @property
    def holds(self) -> bool:
        """Whether cables wait for headquarters because of it."""
        return self.reporter == MET_HERE and self.confirm and self.confirmed_at is None

    @property
    def stands(self) -> bool:
        """Whether nobody here has acknowledged it yet: it is shown until then."""
        return self.acknowledged_at is None


def may_begin_alone(last_at: int | None, now: int) -> bool:
    """Say whether a machine may replace a session without a person: once a day, and a clock set back gains nothing."""
    return last_at is None or abs(now - last_at) >= ALONE_EVERY_S


def needs_confirmation(*, same_certificates: bool, ours: bool, alone: bool, answered: bool) -> bool:
    """Say whether headquarters must have seen a break before cables of a high degree leave again.

    1. New certificates at either end: headquarters itself has signed them.
    2. We gave up a session that nobody had answered: nothing was proven under it, and only we opened both.
    3. Everything else, whatever reason the other end gives: the reason is its own word.
    """
    if not same_certificates:
        return False
    return not (ours and alone and not answered)


def waits(standing: Iterable[Break], degree: Degree, least: int) -> bool:
    """Say whether a cable waits for headquarters: a break is not confirmed, and its degree is `least` or higher."""
    return degree >= least and any(each.holds for each in standing)


class Step(IntEnum):
    """What a line of the register of incidents says about a break."""

    BROKEN = 1
    ACKNOWLEDGED = 2
    CONFIRMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register of incidents: `who` is the named person, "" for the machine."""

    step: Step
    number: int
    reporter: StationId
    station: StationId
    device: DeviceId
    reason: ResetReason
    generation: int
    session_id: SessionId | None
    who: str


def line(step: Step, of: Break, who: str = "") -> Line:
    """Return the line that a step of a break enters."""
    return Line(step, of.number, of.reporter, of.station, of.device, of.reason, of.generation, of.session_id, who)


def encode(entry: Line) -> bytes:
    """Return the canonical bytes of a line; FormatError where a column is out of bounds."""
    session = b"" if entry.session_id is None else entry.session_id
    encoded = codec.encode(
        [
            int(entry.step),
            entry.number,
            entry.reporter,
            entry.station,
            entry.device,
            int(entry.reason),
            entry.generation,
            session,
            entry.who,
        ]
    )
    decode(encoded)
    return encoded


def decode(data: bytes) -> Line:
    """Return the line that was encoded; FormatError if the bytes are not one."""
    columns = codec.as_array(codec.decode(data, max_bytes=MAX_LINE), _COLUMNS, _COLUMNS, "incident")
    step, number, reporter, station, device, reason, generation, session, who = columns
    session_id = codec.as_raw(session, 0, SESSION_ID_SIZE, "incident")
    if session_id:
        codec.as_raw(session, SESSION_ID_SIZE, SESSION_ID_SIZE, "incident")
    return Line(
        step=codec.as_choice(step, Step, "incident"),
        number=codec.as_uint(number, 1, 2**31 - 1, "incident"),
        reporter=StationId(codec.as_uint(reporter, 0, 0xFFFF, "incident")),
        station=StationId(codec.as_uint(station, 1, 0xFFFF, "incident")),
        device=DeviceId(codec.as_uint(device, 1, 0xFFFF, "incident")),
        reason=codec.as_choice(reason, ResetReason, "incident"),
        generation=codec.as_uint(generation, 0, 2**32 - 1, "incident"),
        session_id=SessionId(session_id) if session_id else None,
        who=codec.as_text(who, 0, MAX_NAME, "incident"),
    )
