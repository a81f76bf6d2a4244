"""A relay in memory that keeps the rules of a link and can lose, repeat, reorder, forge, go away and lie."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.crypto.hashing import short
from secmsg.errors import ClockSkew, LinkRefused, OutcomeUnknown, Unreachable
from secmsg.ids import BlobId, DepositToken, MailboxId, MessageId
from secmsg.links.link import Cancelled, Mailbox, NewMailbox, Progress, SyncResult
from secmsg.wire.feed import FeedHead
from secmsg.wire.sync import (
    Ack,
    BoxContents,
    BoxStatus,
    CreateStatus,
    Deposit,
    DepositStatus,
    Envelope,
    PrekeyLevel,
    PrekeyStatus,
    PrekeyUpload,
    Taken,
    TakeStatus,
)


@dataclass(slots=True)
class Box:
    """A mailbox: what is in it, whose ids were in it, its prekeys."""

    reader: bytes
    token: bytes
    envelopes: dict[int, Envelope] = field(default_factory=dict)
    ids: set[MessageId] = field(default_factory=set)
    next_seq: int = 1
    upload: PrekeyUpload | None = None
    entries: list[bytes] = field(default_factory=list)
    answers: dict[bytes, Taken] = field(default_factory=dict)


@dataclass(slots=True)
class SimulatedRelay:
    """The relay's side; `link` gives a client's side. What a test wants to go wrong is set on it."""

    clock: Callable[[], int]
    boxes: dict[MailboxId, Box] = field(default_factory=dict)
    blobs: dict[bytes, bytes] = field(default_factory=dict)
    segments: dict[int, bytes] = field(default_factory=dict)
    deposited: list[Deposit] = field(default_factory=list)
    lose: Callable[[Deposit], bool] = lambda _: False
    break_after: set[str] = field(default_factory=set)
    """Calls that are carried out and then end without an answer, once each."""
    unreachable: bool = False
    full: bool = False
    """Every mailbox is."""
    spoil_downloads: int = 0
    """Blobs that are given out as zeros, before the true ones."""
    skew_tolerance_s: int = 900
    order: Callable[[list[Envelope]], list[Envelope]] = lambda found: found
    calls: list[str] = field(default_factory=list)

    def link(self, clock: Callable[[], int] | None = None) -> "SimulatedLink":
        return SimulatedLink(self, self.clock if clock is None else clock)

    def put(self, box: MailboxId, message_id: MessageId, body: bytes) -> None:
        """Put anything into a mailbox, as a relay can."""
        kept = self.boxes[box]
        kept.envelopes[kept.next_seq] = Envelope(kept.next_seq, message_id, body)
        kept.next_seq += 1

    def waiting(self) -> list[Envelope]:
        return [envelope for box in self.boxes.values() for envelope in box.envelopes.values()]


@dataclass(slots=True)
class SimulatedLink:
    relay: SimulatedRelay
    clock: Callable[[], int]
    clock_offset_s: int = 0

    def _begin(self, call: str) -> None:
        if self.relay.unreachable:
            raise Unreachable("no contact")
        self.relay.calls.append(call)

    def _end(self, call: str) -> None:
        if call in self.relay.break_after:
            self.relay.break_after.discard(call)
            raise OutcomeUnknown("contact broke")

    def _check_clock(self) -> None:
        ours = self.clock() + self.clock_offset_s
        if abs(ours - self.relay.clock()) > self.relay.skew_tolerance_s:
            raise ClockSkew(self.relay.clock() - self.clock())

    def deposit(self, deposits: Sequence[Deposit]) -> tuple[DepositStatus, ...]:
        self._begin("deposit")
        statuses = tuple(self._deposit(each) for each in deposits)
        self._end("deposit")
        return statuses

    def _deposit(self, deposit: Deposit) -> DepositStatus:
        box = self.relay.boxes.get(deposit.to_box)
        if box is None or box.token != short(deposit.token):
            return DepositStatus.UNKNOWN
        if self.relay.full:
            return DepositStatus.FULL
        self.relay.deposited.append(deposit)
        if deposit.message_id in box.ids:
            return DepositStatus.DUPLICATE
        box.ids.add(deposit.message_id)
        if not self.relay.lose(deposit):
            self.relay.put(deposit.to_box, deposit.message_id, deposit.body)
        return DepositStatus.STORED

    def take_bundle(self, box: MailboxId, token: DepositToken, request_id: bytes) -> Taken:
        self._begin("take")
        kept = self.relay.boxes.get(box)
        if kept is None or kept.token != short(token):
            return Taken(TakeStatus.UNKNOWN)
        if request_id not in kept.answers:
            if kept.upload is None:
                return Taken(TakeStatus.NONE)
            upload = kept.upload
            if kept.entries:
                answer = Taken(TakeStatus.ONE_TIME, upload.signed, upload.batch, kept.entries.pop(0))
            else:
                answer = Taken(TakeStatus.LAST_RESORT, upload.signed, upload.batch)
            kept.answers[request_id] = answer
        self._end("take")
        return kept.answers[request_id]

    def sync(self, boxes: Sequence[Mailbox], acks: Sequence[Ack] = (), *, wait_s: int = 0) -> SyncResult:
        self._begin("ack" if acks else "sync")
        self._check_clock()
        for ack in acks:
            for first, last in ack.ranges:
                for seq in range(first, last + 1):
                    self.relay.boxes[ack.box].envelopes.pop(seq, None)
        self._end("ack" if acks else "sync")
        contents = tuple(self._contents(each) for each in boxes)
        levels = tuple(
            PrekeyLevel(each.box, kept.upload.version, len(kept.entries))
            for each in boxes
            if (kept := self.relay.boxes.get(each.box)) is not None and kept.upload is not None
        )
        return SyncResult(contents, levels, self.relay.clock(), 0, draining=False)

    def _contents(self, mailbox: Mailbox) -> BoxContents:
        kept = self.relay.boxes.get(mailbox.box)
        if kept is None or kept.reader != mailbox.key.public:
            return BoxContents(mailbox.box, BoxStatus.UNKNOWN)
        found = [each for seq, each in sorted(kept.envelopes.items()) if seq > mailbox.after]
        return BoxContents(mailbox.box, BoxStatus.LIVE, tuple(self.relay.order(found)))

    def create_boxes(self, boxes: Sequence[NewMailbox]) -> tuple[CreateStatus, ...]:
        self._begin("create")
        self._check_clock()
        statuses = []
        for each in boxes:
            there = self.relay.boxes.get(each.box)
            statuses.append(CreateStatus.CREATED if there is None else CreateStatus.EXISTS)
            if there is None:
                self.relay.boxes[each.box] = Box(each.key.public, short(each.token))
        return tuple(statuses)

    def upload_prekeys(self, mailbox: Mailbox, upload: PrekeyUpload) -> PrekeyStatus:
        self._begin("prekeys")
        self._check_clock()
        kept = self.relay.boxes[mailbox.box]
        if kept.upload is not None and upload.version <= kept.upload.version:
            return PrekeyStatus.OLD
        kept.upload, kept.entries = upload, list(upload.entries)
        return PrekeyStatus.STORED

    def upload_blob(
        self,
        blob_id: BlobId,
        capability: bytes,
        source: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        self._begin("upload")
        data = source.read_bytes()
        self.relay.blobs[blob_id] = data
        if progress is not None:
            progress(len(data), len(data))
        self._end("upload")

    def delete_blob(self, blob_id: BlobId, capability: bytes) -> None:
        self._begin("delete")
        self.relay.blobs.pop(blob_id, None)

    def download_blob(
        self,
        blob_id: BlobId,
        target: Path,
        *,
        size: int,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        self._begin("download")
        data = self.relay.blobs.get(blob_id)
        if data is None or len(data) != size:
            raise LinkRefused("no such blob")
        target.touch(mode=0o600)
        target.write_bytes(bytes(size) if self.relay.spoil_downloads else data)
        self.relay.spoil_downloads = max(0, self.relay.spoil_downloads - 1)
        if progress is not None:
            progress(len(data), len(data))
        self._end("download")

    def feed_head(self) -> FeedHead:
        self._begin("head")
        number = max(self.relay.segments, default=0)
        segment = self.relay.segments.get(number, b"")
        return FeedHead(number, short(segment), len(segment))

    def feed_segment(self, number: int) -> bytes:
        self._begin("segment")
        if number not in self.relay.segments:
            raise LinkRefused("no such segment")
        return self.relay.segments[number]

    def interrupt(self) -> None:
        """Nothing is ever in flight here."""

    def close(self) -> None:
        """There is no connection."""
