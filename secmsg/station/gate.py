"""A link behind a switch: while it is open nothing leaves, whatever a thread had already decided to send.

It also counts answers and times them: only an answer is a contact.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from secmsg.errors import ClockSkew, LinkRefused, Unreachable
from secmsg.ids import BlobId, DepositToken, MailboxId
from secmsg.links.link import Cancelled, Mailbox, NewMailbox, Progress, SyncResult
from secmsg.station.rounds import CarrierLink
from secmsg.wire.feed import FeedHead
from secmsg.wire.sync import (
    Ack,
    CreateStatus,
    Deposit,
    DepositStatus,
    PrekeyStatus,
    PrekeyUpload,
    Taken,
)

T = TypeVar("T")


class GatedLink:
    """Passes every call on while `is_open` says yes; Unreachable otherwise.

    `answers` counts the calls that the relay answered, refusals included; `round_trip_s` is the length of the last
    short one, None before any.
    """

    def __init__(self, link: CarrierLink, is_open: Callable[[], bool]) -> None:
        self._link = link
        self._is_open = is_open
        self.answers = 0
        self.round_trip_s: float | None = None

    @property
    def clock_offset_s(self) -> int:
        """The offset that signed requests are given, for this relay only."""
        return self._link.clock_offset_s

    @clock_offset_s.setter
    def clock_offset_s(self, seconds: int) -> None:
        self._link.clock_offset_s = seconds

    def _short(self, call: Callable[[CarrierLink], T]) -> T:
        """Make a call whose length is that of a round trip."""
        began = time.monotonic()
        result = self._long(call)
        self.round_trip_s = time.monotonic() - began
        return result

    def _long(self, call: Callable[[CarrierLink], T]) -> T:
        if not self._is_open():
            raise Unreachable("the line is cut on this side")
        try:
            result = call(self._link)
        except (LinkRefused, ClockSkew):
            self.answers += 1
            raise
        self.answers += 1
        return result

    def deposit(self, deposits: Sequence[Deposit]) -> tuple[DepositStatus, ...]:
        """Hand envelopes over."""
        return self._short(lambda link: link.deposit(deposits))

    def take_bundle(self, box: MailboxId, token: DepositToken, request_id: bytes) -> Taken:
        """Take a device's prekeys."""
        return self._short(lambda link: link.take_bundle(box, token, request_id))

    def sync(self, boxes: Sequence[Mailbox], acks: Sequence[Ack] = (), *, wait_s: int = 0) -> SyncResult:
        """Acknowledge, then fetch."""
        return self._long(lambda link: link.sync(boxes, acks, wait_s=wait_s))

    def create_boxes(self, boxes: Sequence[NewMailbox]) -> tuple[CreateStatus, ...]:
        """Make mailboxes."""
        return self._short(lambda link: link.create_boxes(boxes))

    def upload_prekeys(self, mailbox: Mailbox, upload: PrekeyUpload) -> PrekeyStatus:
        """Put up prekeys."""
        return self._short(lambda link: link.upload_prekeys(mailbox, upload))

    def upload_blob(
        self,
        blob_id: BlobId,
        capability: bytes,
        source: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        """Upload a blob."""
        self._long(lambda link: link.upload_blob(blob_id, capability, source, progress=progress, cancelled=cancelled))

    def delete_blob(self, blob_id: BlobId, capability: bytes) -> None:
        """Remove a blob of our own."""
        self._short(lambda link: link.delete_blob(blob_id, capability))

    def download_blob(
        self,
        blob_id: BlobId,
        target: Path,
        *,
        size: int,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        """Download a blob."""
        self._long(lambda link: link.download_blob(blob_id, target, size=size, progress=progress, cancelled=cancelled))

    def feed_head(self) -> FeedHead:
        """Ask for the newest edition."""
        return self._short(lambda link: link.feed_head())

    def feed_segment(self, number: int) -> bytes:
        """Read one edition's segment."""
        return self._long(lambda link: link.feed_segment(number))

    def interrupt(self) -> None:
        """Break off the request in flight; also while the line is cut."""
        self._link.interrupt()

    def close(self) -> None:
        """Drop the connection; also while the line is cut."""
        self._link.close()
