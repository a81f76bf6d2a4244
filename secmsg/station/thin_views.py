"""What the station hands out about thin packets: frozen values, no keys."""

from dataclasses import dataclass, field
from enum import Enum

from secmsg.ids import CableId, DeviceId
from secmsg.station.views import Released


class ThinBearer(Enum):
    """What carries thin packets; the satellite's size follows from our end."""

    SMS = "sms"
    SBD = "sbd"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class ThinPacket:
    """One packet to be carried: `place` of `places` for this machine, its bytes and its line of groups or letters."""

    device: DeviceId
    place: int
    places: int
    packet: bytes = field(repr=False)
    line: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ThinWear:
    """How far thin packets to one machine may go on without a fat one each way; `warn` once that is too far."""

    device: DeviceId
    packets: int
    seconds: int
    warn: bool
    may_send: bool


@dataclass(frozen=True, slots=True)
class ThinReleased:
    """A cable released over a thin bearer: its packets, how worn the chains are, machines that get none now.

    `without` are machines to which no thin packet can be sealed yet; the signed cable reaches them by the line.
    """

    released: Released
    packets: tuple[ThinPacket, ...]
    wear: tuple[ThinWear, ...]
    without: tuple[DeviceId, ...] = ()


class ThinFate(Enum):
    """What became of a thin packet."""

    ENTERED = "entered"
    """Its cable is whole and entered, not signed yet."""
    SIGNED_BEFORE = "signed-before"
    """Its cable is here already, signed, and says the same."""
    DIFFERS = "differs"
    """Its cable is here already, signed, and says something else: an alarm."""
    PIECE = "piece"
    """A fragment; `here` of `needed` are there."""
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    """Authentic, and its content is wrong or contradicts another fragment: its message is refused whole."""
    REVOCATION = "revocation"
    """Headquarters speaks of a lost machine: nothing is sent there until an edition decides."""
    REPORT = "report"
    """What the other end says it has."""
    NOT_HERE = "not-here"
    """Authentic, of a kind that this version does nothing with; its sender is told by a lasting notice here."""


@dataclass(frozen=True, slots=True)
class ThinTaken:
    """What one packet brought; `detail` is the reason of a refusal, in English, for a log of the act."""

    fate: ThinFate
    station_name: str = ""
    cable_id: CableId | None = None
    mrn: str = ""
    here: int = 0
    needed: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ThinWaiting:
    """A message of which fragments are missing."""

    station_name: str
    message_id: int
    here: int
    needed: int
    since: int
