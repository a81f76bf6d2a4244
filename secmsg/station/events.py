"""What the courier tells the screens; each is one frozen value, delivered on the courier's thread."""

from dataclasses import dataclass

from secmsg.ids import CableId
from secmsg.station.views import LinkStatus, Notice


@dataclass(frozen=True, slots=True)
class CableArrived:
    """An incoming cable was entered in the register."""

    cable_id: CableId


@dataclass(frozen=True, slots=True)
class CableChanged:
    """A cable's receipts or attachments moved on."""

    cable_id: CableId


@dataclass(frozen=True, slots=True)
class OutboxChanged:
    """At least one envelope of the outbox changed its state."""


@dataclass(frozen=True, slots=True)
class GapsChanged:
    """A serial gap was opened or closed."""


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """A link's state, last contact or round trip changed."""

    status: LinkStatus


@dataclass(frozen=True, slots=True)
class DirectoryChanged:
    """A newer edition of the directory was verified and kept."""

    edition: int


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` bytes of one annex's blob have gone up or come down."""

    cable_id: CableId
    index: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """A lasting notice was entered (quarantine, fork, clock …)."""

    notice: Notice


Event = CableArrived | CableChanged | OutboxChanged | GapsChanged | LinkChanged | DirectoryChanged | Progress | Noticed
