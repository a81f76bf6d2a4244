"""The link to a relay over HTTPS (docs/spec/relay-api.md, sync.md, uploads.md).

A relay is not trusted: an answer is decoded strictly and compared with what was asked, and one that does not fit is
LinkRefused. What a relay can still do is stay silent, forget, or repeat; the serials inside the envelopes show that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from secmsg.crypto import labels
from secmsg.crypto.hashing import short
from secmsg.crypto.randomness import Random
from secmsg.crypto.signing import ReaderKey, reader_sign
from secmsg.errors import ClockSkew, FormatError, LinkRefused
from secmsg.ids import BlobId, DepositToken, MailboxId
from secmsg.links import transfer
from secmsg.links.line import Call, Line, Reply
from secmsg.links.link import (
    Cancelled,
    Mailbox,
    NewMailbox,
    Progress,
    RelayAddress,
    SyncResult,
    Timeouts,
)
from secmsg.wire import feed, sync
from secmsg.wire.feed import FeedHead
from secmsg.wire.padding import CLASSES
from secmsg.wire.sync import (
    Ack,
    BoxContents,
    BoxProof,
    ClockAnswer,
    Create,
    CreateStatus,
    Creation,
    Deposit,
    DepositAnswer,
    DepositRequest,
    DepositStatus,
    Fetch,
    PrekeyStatus,
    PrekeyUpload,
    SyncAnswer,
    SyncRequest,
    Take,
    Taken,
    TakeStatus,
)

_ID = 16
_NONCE = 8
_DEPOSIT_HEAD = 64
"""More bytes than a deposit needs beside its body, and than a request needs beside its deposits."""
_OK = 200
_NOT_FOUND = 404

_T = TypeVar("_T")


class RelayLink:
    """One relay, one kept connection. `clock` gives UTC seconds.

    `clock_offset_s` is added to `clock` in signed requests: after ClockSkew set it to the error's `offset_s` and ask
    again. It is for this relay only.
    """

    def __init__(self, address: RelayAddress, timeouts: Timeouts, clock: Callable[[], float], random: Random) -> None:
        self._address = address
        self._clock = clock
        self._random = random
        self._prefix_hash = short(address.prefix.encode())[:_ID]
        self._line = Line(f"{address.base_url}/{address.prefix}", address.fingerprint, timeouts)
        self.clock_offset_s = 0

    # A sender's requests

    def deposit(self, deposits: Sequence[Deposit]) -> tuple[DepositStatus, ...]:
        """Hand over envelopes, in as many requests as they need; one status each, in order.

        UNKNOWN for all of a request is also what the relay's blank refusal means: none of its tokens is live there.
        Raises Unreachable (nothing was sent), OutcomeUnknown, LinkRefused (the answer is not honest); FormatError on a
        body of no size class. After an error some may have arrived: send all of them again, ids make it harmless.
        """
        if any(len(each.body) not in CLASSES for each in deposits):
            raise FormatError("an envelope of no size class")
        statuses: list[DepositStatus] = []
        for batch in _batches(deposits):
            statuses += self._deposit_batch(batch)
        return tuple(statuses)

    def _deposit_batch(self, deposits: tuple[Deposit, ...]) -> tuple[DepositStatus, ...]:
        answer = self._deposit(DepositRequest(deposits=deposits))
        if answer is None:
            return (DepositStatus.UNKNOWN,) * len(deposits)
        if len(answer.deposits) != len(deposits) or answer.takes:
            raise LinkRefused("the relay answers another request")
        return answer.deposits

    def take_bundle(self, box: MailboxId, token: DepositToken, request_id: bytes) -> Taken:
        """Take a device's prekeys: `.status`, and `.signed`, `.batch`, `.entry` as their owner uploaded them.

        The same `request_id` (16 bytes) brings the same answer for 24 h, so asking again burns no key.
        """
        if len(request_id) != _ID:
            raise FormatError("a request id has 16 bytes")
        answer = self._deposit(DepositRequest(takes=(Take(box, token, request_id),)))
        if answer is None:
            return Taken(TakeStatus.UNKNOWN)
        if len(answer.takes) != 1 or answer.deposits:
            raise LinkRefused("the relay answers another request")
        return answer.takes[0]

    def _deposit(self, request: DepositRequest) -> DepositAnswer | None:
        """Send a request on the strength of its tokens; None for the blank refusal."""
        reply = self._post(sync.encode_deposits(request))
        if reply.status == _NOT_FOUND:
            return None
        match _answer(reply):
            case DepositAnswer() as answer:
                return answer
            case _:
                raise LinkRefused("the relay answers another request")

    # A reader's requests

    def sync(self, boxes: Sequence[Mailbox], acks: Sequence[Ack] = (), *, wait_s: int = 0) -> SyncResult:
        """Acknowledge `acks` (their mailboxes must be among `boxes`), then fetch up to 32 mailboxes.

        The first mailbox's key signs, the others prove themselves. Raises ClockSkew with the offset, besides the rest.
        """
        fetches = tuple(Fetch(each.box, after=each.after) for each in boxes)
        request = SyncRequest(self._now(), self._random(_NONCE), acks=tuple(acks), fetches=fetches, wait_s=wait_s)
        answer = self._signed([(each.box, each.key) for each in boxes], request)
        if answer.created or answer.uploaded is not None:
            raise LinkRefused("the relay answers another request")
        _check_contents(fetches, answer.contents)
        named = {each.box for each in answer.levels} | {each.box for each in answer.refusals}
        if not named <= {each.box for each in boxes}:
            raise LinkRefused("the relay speaks of another mailbox")
        return SyncResult(answer.contents, answer.levels, answer.t, answer.poll_min_s, answer.draining, answer.refusals)

    def create_boxes(self, boxes: Sequence[NewMailbox]) -> tuple[CreateStatus, ...]:
        """Make up to 32 mailboxes at the cost of the enrolment token; asking again for the same ones is harmless."""
        creates = tuple(Create(each.box, each.key.public, short(each.token)) for each in boxes)
        request = SyncRequest(self._now(), self._random(_NONCE), creation=Creation(self._address.enrol_token, creates))
        answer = self._signed([(each.box, each.key) for each in boxes], request)
        if len(answer.created) != len(creates):
            raise LinkRefused("the relay answers another request")
        return answer.created

    def upload_prekeys(self, mailbox: Mailbox, upload: PrekeyUpload) -> PrekeyStatus:
        """Put up prekeys with a version above the last; the same version again changes nothing."""
        request = SyncRequest(self._now(), self._random(_NONCE), prekeys=upload)
        answer = self._signed([(mailbox.box, mailbox.key)], request)
        if answer.uploaded is None:
            raise LinkRefused("the relay answers another request")
        return answer.uploaded

    def _now(self) -> int:
        return int(self._clock()) + self.clock_offset_s

    def _signed(self, readers: Sequence[tuple[MailboxId, ReaderKey]], request: SyncRequest) -> SyncAnswer:
        main = readers[0][1]
        main_id = _key_id(main)
        request = replace(
            request,
            proofs=tuple(self._proof(main_id, box, key, request) for box, key in readers if key.public != main.public),
        )
        cbor = sync.encode_request(request)
        signed = labels.RELAY_REQUEST.encode() + b"\x00"
        signed += sync.request_input(self._address.relay_id, self._prefix_hash, cbor)
        reply = self._post(sync.frame_signed(main_id, reader_sign(main, signed), cbor), wait_s=request.wait_s)
        match _answer(reply):
            case SyncAnswer() as answer:
                return answer
            case ClockAnswer(t):
                raise ClockSkew(t - int(self._clock()))
            case _:
                raise LinkRefused("the relay answers another request")

    def _proof(self, main_id: bytes, box: MailboxId, key: ReaderKey, request: SyncRequest) -> BoxProof:
        signed = labels.RELAY_BOX.encode() + b"\x00"
        signed += sync.box_input(self._address.relay_id, self._prefix_hash, main_id, box, request.t, request.nonce)
        return BoxProof(box, _key_id(key), reader_sign(key, signed))

    def _post(self, body: bytes, wait_s: int = 0) -> Reply:
        return self._line.call(Call("POST", "/s", body, wait_s=wait_s, most=sync.MAX_ANSWER))

    # Blobs

    def upload_blob(
        self,
        blob_id: BlobId,
        capability: bytes,
        source: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        """Upload `source` under `blob_id`; `capability` is 16 to 64 secret bytes of the uploader.

        Returns when the relay has every byte on its disk. After any error call it again: it goes on where the relay's
        copy ends. Raises TransferStopped when `cancelled` says so.
        """
        transfer.upload(self._line, transfer.Upload(blob_id, capability, source), progress, cancelled)

    def delete_blob(self, blob_id: BlobId, capability: bytes) -> None:
        """Remove a blob of our own; LinkRefused where it is gone already or is not ours."""
        transfer.delete(self._line, blob_id, capability)

    def download_blob(
        self,
        blob_id: BlobId,
        target: Path,
        *,
        size: int,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        """Download exactly `size` bytes into `target`, by way of `target`.part, durable when it returns.

        After any error call it again: it goes on where `.part` ends. Raises TransferStopped when `cancelled` says so,
        LinkRefused when the relay has no such blob or one of another size.
        """
        transfer.download(self._line, transfer.Download(blob_id, target, size), progress, cancelled)

    # The directory feed

    def feed_head(self) -> FeedHead:
        """Ask which edition is the newest here; the relay may lie: the edition proves itself."""
        reply = self._line.call(Call("GET", "/f/head", most=256))
        return _decoded(feed.decode_head, reply)

    def feed_segment(self, number: int) -> bytes:
        """Read one edition's segment; LinkRefused where the relay has none."""
        reply = self._line.call(Call("GET", f"/f/{number}", most=feed.MAX_SEGMENT + feed.SEGMENT_STEP))
        return _decoded(feed.unframe_segment, reply)

    # The connection

    def interrupt(self) -> None:
        """Break off the request in flight, from any thread: it ends with OutcomeUnknown, the link stays usable."""
        self._line.interrupt()

    def close(self) -> None:
        """Drop the connection."""
        self._line.close()


def _batches(deposits: Sequence[Deposit]) -> Iterator[tuple[Deposit, ...]]:
    """Cut into requests that the relay takes: a longer one would look like refused tokens."""
    batch: list[Deposit] = []
    size = 0
    for each in deposits:
        needed = len(each.body) + _DEPOSIT_HEAD
        if batch and (len(batch) == sync.MAX_DEPOSITS or size + needed > sync.MAX_REQUEST - _DEPOSIT_HEAD):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(each)
        size += needed
    if batch:
        yield tuple(batch)


def _key_id(key: ReaderKey) -> bytes:
    return short(key.public)[:_ID]


def _decoded(decode: Callable[[bytes], _T], reply: Reply) -> _T:
    if reply.status != _OK:
        raise LinkRefused(f"the relay refuses (status {reply.status})")
    try:
        return decode(reply.body)
    except FormatError as error:
        raise LinkRefused(f"the relay's answer is none: {error}") from None


def _answer(reply: Reply) -> SyncAnswer | DepositAnswer | ClockAnswer:
    return _decoded(sync.decode_answer, reply)


def _check_contents(fetches: tuple[Fetch, ...], contents: tuple[BoxContents, ...]) -> None:
    """Refuse contents that were not asked for: other mailboxes, old or repeated messages, more than wanted."""
    if [each.box for each in contents] != [each.box for each in fetches]:
        raise LinkRefused("the relay answers for other mailboxes")
    for wish, found in zip(fetches, contents, strict=True):
        last = wish.after
        for letter in found.envelopes:
            if letter.seq <= last:
                raise LinkRefused("the relay repeats a message")
            last = letter.seq
        if len({letter.message_id for letter in found.envelopes}) != len(found.envelopes):
            raise LinkRefused("the relay gives one id to two messages")
        if len(found.envelopes) > wish.max_messages:
            raise LinkRefused("the relay gives more than was asked")
