"""What the reading pane knows about the cable it shows, answered from proven values."""

from dataclasses import dataclass
from enum import Enum

from secmsg.ids import CableId
from secmsg.station.views import AttachmentState, AttachmentView, CableView


class Order(Enum):
    """Where a cable stands in the chain of its pair."""

    OWN = "own"
    FIRST = "first"
    FOLLOWS = "follows"
    AFTER_GAP = "after-gap"


@dataclass(frozen=True, slots=True)
class AnnexPick:
    """One annex of one cable."""

    cable_id: CableId
    index: int


@dataclass(frozen=True, slots=True)
class TransferWish:
    """One annex whose transfer is to rest, or to go on."""

    pick: AnnexPick
    pause: bool


@dataclass(frozen=True, slots=True)
class ReaderState:
    """The cable on show (None: nothing chosen) and whether an acknowledgement is under way."""

    view: CableView | None = None
    acknowledging: bool = False

    @property
    def may_acknowledge(self) -> bool:
        """Whether Acknowledge has something to do."""
        row = None if self.view is None else self.view.row
        return row is not None and row.incoming and not (row.acknowledged or row.unsigned) and not self.acknowledging

    @property
    def may_reply(self) -> bool:
        """Whether there is somebody to answer."""
        return self.view is not None and self.view.row.incoming


def order(view: CableView) -> Order:
    """Say where the cable stands in its chain."""
    checked = view.verification
    if not view.row.incoming or not checked.serial or checked.unsigned:
        return Order.OWN
    if checked.in_order_after is None:
        return Order.AFTER_GAP
    return Order.FOLLOWS if checked.in_order_after else Order.FIRST


def may_open(annex: AttachmentView) -> bool:
    """Whether an annex can be shown here: plain text only, other formats would be parsed beside the keys."""
    return annex.state is AttachmentState.READY and annex.media_type == "text/plain"


def may_export(annex: AttachmentView) -> bool:
    """Whether an annex is whole and checked."""
    return annex.state is AttachmentState.READY


def is_moving(annex: AttachmentView) -> bool:
    """Whether an annex is being fetched or sent, or would be if it were not paused."""
    return annex.state in (AttachmentState.WAITING, AttachmentState.DOWNLOADING) or annex.total > 0


def due(view: CableView) -> int | None:
    """Give the time by which an answer is due, None when none is asked."""
    return view.cable.reply_by or view.cable.desk_by
