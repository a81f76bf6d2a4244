"""What every carrier offers to the courier, and the values that pass between them (docs/spec/relay-api.md 10).

A link carries sealed bytes and can open none. Errors are the leaves of LinkError; whatever is raised, sending the same
stored bytes again is safe.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from secmsg.crypto.signing import ReaderKey
from secmsg.ids import BlobId, DepositToken, MailboxId, RelayId
from secmsg.wire.feed import FeedHead
from secmsg.wire.sync import (
    Ack,
    BoxContents,
    CreateStatus,
    Deposit,
    DepositStatus,
    PrekeyLevel,
    PrekeyStatus,
    PrekeyUpload,
    Refusals,
    Taken,
)

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all) from the thread that carries."""

Cancelled = Callable[[], bool]
"""Asked between pieces: True ends the transfer with `TransferCancelled`; what was carried stays for a later resume."""


@dataclass(frozen=True, slots=True)
class RelayAddress:
    """Where a relay is and how it is known: the fields of the kit's relay entry.

    `base_url` is `https://host:port` without a path, `prefix` the secret first path element, `fingerprint` SHA-256 of
    the relay's certificate (32 bytes), `enrol_token` 16 bytes that pay for mailboxes.
    """

    relay_id: RelayId
    base_url: str
    prefix: str = field(repr=False)
    fingerprint: bytes
    enrol_token: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, and for one answer above the time that the relay was asked to wait."""

    connect_s: float = 20.0
    answer_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox of our own and the key that reads it; `after` skips messages up to that sequence number."""

    box: MailboxId
    key: ReaderKey
    after: int = 0


@dataclass(frozen=True, slots=True)
class NewMailbox:
    """A mailbox to make: its reader, and the deposit token whose hash the relay will keep."""

    box: MailboxId
    key: ReaderKey
    token: DepositToken = field(repr=False)


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What one sync brought.

    `contents` has one entry per mailbox asked, in that order, each with its envelopes in rising sequence (`BoxStatus`
    tells a mailbox that the relay does not have). `levels` names the one-time prekeys left; `relay_time` is the relay's
    clock, and `draining` that it is about to stop. `refusals` names mailboxes for which it says that it took no more.
    """

    contents: tuple[BoxContents, ...]
    levels: tuple[PrekeyLevel, ...]
    relay_time: int
    poll_min_s: int
    draining: bool
    refusals: tuple[Refusals, ...] = ()


class Link(Protocol):
    """One way to one relay. One thread calls it at a time; `interrupt` and `close` may come from any thread."""

    def deposit(self, deposits: Sequence[Deposit]) -> tuple[DepositStatus, ...]:
        """Hand over envelopes; one status each, in order."""
        ...

    def take_bundle(self, box: MailboxId, token: DepositToken, request_id: bytes) -> Taken:
        """Take a device's prekeys; the same `request_id` (16 bytes) brings the same answer for 24 h."""
        ...

    def sync(self, boxes: Sequence[Mailbox], acks: Sequence[Ack] = (), *, wait_s: int = 0) -> SyncResult:
        """Acknowledge, then fetch; with `wait_s` up to 55 the relay waits for mail when there is none."""
        ...

    def create_boxes(self, boxes: Sequence[NewMailbox]) -> tuple[CreateStatus, ...]:
        """Make up to 32 mailboxes; asking again for the same ones is harmless."""
        ...

    def upload_prekeys(self, mailbox: Mailbox, upload: PrekeyUpload) -> PrekeyStatus:
        """Put up prekeys with a version above the last."""
        ...

    def upload_blob(
        self,
        blob_id: BlobId,
        capability: bytes,
        source: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        """Upload a file under an id; called again after any error it goes on where the relay's copy ends."""
        ...

    def delete_blob(self, blob_id: BlobId, capability: bytes) -> None:
        """Remove a blob of our own."""
        ...

    def download_blob(
        self,
        blob_id: BlobId,
        target: Path,
        *,
        size: int,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        """Download a blob of exactly `size` bytes; called again after any error it goes on where `.part` ends."""
        ...

    def feed_head(self) -> FeedHead:
        """Ask which edition of the directory is the newest here."""
        ...

    def feed_segment(self, number: int) -> bytes:
        """Read one edition's segment."""
        ...

    def interrupt(self) -> None:
        """Break off the request in flight, if any: it ends with OutcomeUnknown. The link stays usable."""
        ...

    def close(self) -> None:
        """Drop the connection."""
        ...
