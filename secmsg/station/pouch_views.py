"""What screens and commands are told of pouches: what waits, what was written, what was read; times are UTC seconds."""

from dataclasses import dataclass
from enum import Enum

from secmsg.ids import StationId


@dataclass(frozen=True, slots=True)
class PouchWaiting:
    """What could go to one station: cables, service items, bytes with blobs.

    `unsealed` cables wait for keys, `barred` ones have a degree that no pouch may carry.
    """

    station: StationId
    name_vi: str
    name_en: str
    cables: int
    services: int
    unsealed: int
    size: int
    barred: int = 0


@dataclass(frozen=True, slots=True)
class PouchWritten:
    """A pouch that was read back from its medium and is what was written; `left` envelopes had no room in it."""

    name: str
    size: int
    cables: int
    services: int
    blobs: int
    left: int
    read_back_at: int


class Cause(Enum):
    """Why a pouch was not read to its end; WHOLE when it was."""

    WHOLE = "whole"
    CUT = "cut"
    """The file ends too early."""
    DAMAGED = "damaged"
    """A part of it does not authenticate; what follows cannot be read."""
    MALFORMED = "malformed"
    """It authenticates and is not as the format says."""
    UNREADABLE = "unreadable"
    """The medium gives an error, or is gone."""
    STOPPED = "stopped"
    """The officer ended the reading."""


@dataclass(frozen=True, slots=True)
class PouchRead:
    """What one reading brought.

    `written_here_at`: it is a pouch of this machine, and nothing of it was taken. `read_before_at`: it was read to its
    end before. `came`, `known`, `apart` and `others` count envelopes: taken, here already, set aside unopened, and for
    other machines. `cables` of what came are new cables. `blobs` came, `spoiled` did not verify. `edition` is a newer
    directory that was put in force, 0 for none. `lacking` and `lacking_blobs` could not be read; where not
    even its head could be read, `made_at` is None and nobody knows how much is lacking.
    """

    name: str
    cause: Cause = Cause.WHOLE
    made_at: int | None = None
    written_here_at: int | None = None
    read_before_at: int | None = None
    cables: int = 0
    came: int = 0
    known: int = 0
    apart: int = 0
    others: int = 0
    blobs: int = 0
    spoiled: int = 0
    edition: int = 0
    lacking: int = 0
    lacking_blobs: int = 0


@dataclass(frozen=True, slots=True)
class PouchLine:
    """One line of the log of pouches, newest first; `proven_at` is None for an act that nothing proves."""

    written: bool
    name: str
    size: int
    begun_at: int
    proven_at: int | None
    envelopes: int
    blobs: int
    detail: str


@dataclass(frozen=True, slots=True)
class PouchMark:
    """That a cable lies in a pouch which was read back at `read_back_at`: no proof that it arrived."""

    name: str
    read_back_at: int
