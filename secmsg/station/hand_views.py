"""What the station hands out about cables by hand: frozen values, no key figures in a picture of them.

Places count from 0 as in `secmsg.manual`; screens and papers say them from 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from secmsg.ids import CableId, StationId
from secmsg.manual.changes import Change
from secmsg.manual.judging import Judgement
from secmsg.office.hand_work import Line, Stage
from secmsg.station.views import Released


class Next(Enum):
    """The next step of a worksheet, for the officer."""

    ENCIPHER = "encipher"
    """The text is written: take a page and encipher it."""
    SEND = "send"
    """The groups stand: send them, then say so."""
    DESTROY = "destroy"
    """It was sent, or read and its receipt said: destroy the pages and the papers."""
    TYPE_HEADER = "type-header"
    """Type the seven groups of the header, or ask for those that do not fit."""
    TYPE_GROUPS = "type-groups"
    """Type the groups as they come."""
    ASK = "ask"
    """Ask for the groups named, and only these."""
    VERIFY = "verify"
    """Every group fits: compare the authentication groups."""
    SAY_RECEIPT = "say-receipt"
    """It was read: say the receipt."""


@dataclass(frozen=True, slots=True)
class HandReleased:
    """A cable released by hand: its message is fixed, its signed form waits in the outbox.

    `text` is what the groups say and what was signed, `changes` where it is not what was given; `message` the header
    and groups as they are sent. `waste` are pages on which the authentication group could not be written, and `passed`
    pages passed over: all void.
    """

    released: Released
    worksheet: int
    serial: int
    book: str
    pages: tuple[str, ...]
    count: int
    message: str = field(repr=False)
    text: str = field(repr=False)
    changes: tuple[Change, ...] = field(repr=False)
    has_receipt: bool
    waste: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()


class HandFate(Enum):
    """What became of a message that was typed."""

    ENTERED = "entered"
    """Its tag verified; its cable stands in the register, not signed yet."""
    SIGNED_BEFORE = "signed-before"
    """Its cable is here already, signed, and says the same."""
    DIFFERS = "differs"
    """Its cable is here already, signed, and says something else: an alarm."""
    SAME_CABLE = "same-cable"
    """Its cable came by hand before, with another page."""
    DUPLICATE = "duplicate"
    """The same message was read before; nothing changed."""
    HEADER = "header"
    """Groups of the header do not fit: `header` names them."""
    ASK = "ask"
    """Groups are wrong or missing: `ask` names them, `tags` the authentication groups that are not whole."""
    FORGED = "forged"
    """Everything fits and the authentication group does not: `failures` of the book are counted."""


@dataclass(frozen=True, slots=True)
class HandTaken:
    """What became of a message that was typed; it is kept in a worksheet whatever became of it.

    `header` are groups of the header, `ask` groups of the message, both from 1, to be asked for; `repaired` were put
    right here. `receipt` are the figures to say back, "" where the receipt is the signed one.
    """

    fate: HandFate
    worksheet: int
    station_name: str = ""
    cable_id: CableId | None = None
    mrn: str = ""
    header: tuple[int, ...] = ()
    ask: tuple[int, ...] = ()
    repaired: tuple[int, ...] = ()
    excess: int = 0
    failures: int = 0
    stopped: bool = False
    """The book was stopped: it was the fifth failure that nobody explained."""
    receipt: str = ""
    passed: tuple[str, ...] = ()
    """Pages before this one that have not been seen: messages may be missing."""
    tags: tuple[int, ...] = ()
    """Authentication groups, from 1, that were not heard or have not five figures: nothing was compared yet."""


@dataclass(frozen=True, slots=True)
class HandRow:
    """One message in the list of what left and what came by hand.

    `at` is when it was entered; `sent_at` when a person said that it went; `receipt_at` when its receipt was said.
    """

    cable_id: CableId
    outgoing: bool
    mrn: str
    peer: StationId
    peer_name: str
    serial: int
    in_block: bool
    book: str
    pages: tuple[str, ...]
    count: int
    at: int
    sent_at: int | None
    has_receipt: bool
    receipt_at: int | None
    unsigned: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class WorksheetRow:
    """A saved worksheet as a list shows it; `mrn` is "" until its cable stands in the register."""

    worksheet: int
    stage: Stage
    outgoing: bool
    peer: StationId
    peer_name: str
    book: str
    mrn: str
    begun_at: int
    changed_at: int
    next: Next


@dataclass(frozen=True, slots=True)
class IncomingSheet:
    """A message that is being typed: its cells as typed, and what they say.

    `typed` holds the cells by line and place; `header_wrong` the groups of the header to be asked for, from 1;
    `judgement` is None until the header stands.
    """

    row: WorksheetRow
    typed: Mapping[tuple[Line, int], str] = field(repr=False)
    header_wrong: tuple[int, ...]
    judgement: Judgement | None = field(repr=False)
