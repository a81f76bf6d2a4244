"""The small requests: deposits, and a reader's create, acknowledge, fetch and wait (docs/spec/sync.md)."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from secmsg.crypto import labels
from secmsg.crypto.randomness import Random
from secmsg.crypto.signing import reader_verify
from secmsg.errors import DiskFull, NotFound, StoreDamaged
from secmsg.ids import MailboxId, RelayId
from secmsg.relay import boxes_sqlite as boxes
from secmsg.relay import rights_sqlite as rights
from secmsg.relay.boxes_sqlite import DAY_S, Room, key_id
from secmsg.relay.rations import Rations
from secmsg.relay.rights_sqlite import Quota
from secmsg.relay.tally import Desk, Tally
from secmsg.relay.wake import Wake
from secmsg.relay.writer import Writer
from secmsg.wire.sync import (
    MAX_FETCH,
    Ack,
    BoxContents,
    BoxStatus,
    ClockAnswer,
    Create,
    CreateStatus,
    DepositAnswer,
    DepositRequest,
    DepositStatus,
    Fetch,
    PrekeyLevel,
    PrekeyStatus,
    PrekeyUpload,
    Refusals,
    SignedRequest,
    SyncAnswer,
    SyncRequest,
    Taken,
    TakeStatus,
    box_input,
    decode_body,
    decode_request,
    encode_answer,
    request_input,
)

FRESH_S = 900
"""How far a signed request's time may lie from the relay's."""
POLL_MIN_S = 2
_U32 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Guest:
    """Under which prefix a request came: its hash (16 bytes), and how many bytes it may bring in a day."""

    prefix_hash: bytes
    bytes_a_day: int


@dataclass(frozen=True, slots=True)
class Work:
    """What a signed request changes, with the rows of the mailboxes already found and authorised."""

    request: SyncRequest
    acks: tuple[tuple[int, Ack], ...]
    upload: tuple[int, PrekeyUpload] | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What the writer did with it."""

    created: tuple[CreateStatus, ...]
    uploaded: PrekeyStatus | None


@dataclass(slots=True)
class SyncDesk:
    """Answers the bodies posted to `/s`. `clock` gives UTC seconds, `fill` the used share of the disk.

    Whatever is refused as a whole raises: SignatureError for a bad signature, another SecmsgError for the rest.
    """

    relay_id: RelayId
    reader: sqlite3.Connection
    writer: Writer
    wake: Wake
    quota: Quota
    clock: Callable[[], float]
    random: Random
    fill: Callable[[], float]
    tally: Tally
    brought: Rations
    """What each prefix brought today; the event loop's."""
    draining: bool = field(default=False)
    rations: Rations = field(default_factory=Rations)
    """What each mailbox took today; the writer's."""

    async def answer(self, guest: Guest, body: bytes) -> bytes:
        """Answer one request body."""
        match decode_body(body):
            case DepositRequest() as request:
                answer = await self._deposits(guest, request)
                self.tally.answered[Desk.DEPOSIT] += 1
                self.tally.deposits.update(answer.deposits)
                return encode_answer(answer)
            case SignedRequest() as signed:
                found = await self._signed(guest.prefix_hash, signed)
                self.tally.answered[Desk.READER] += 1
                return encode_answer(found)

    # Deposits

    async def _deposits(self, guest: Guest, request: DepositRequest) -> DepositAnswer:
        # 1. One live capability at least, or the request was never seen.
        presented = [(each.to_box, each.token) for each in request.deposits]
        presented += [(each.to_box, each.token) for each in request.takes]
        if not any(boxes.is_live(self.reader, box, token) for box, token in presented):
            raise NotFound("no live capability")
        now = int(self.clock())
        if self.draining:
            return _for_later(request, now, DepositStatus.DRAINING)
        # 2. What this prefix may bring today.
        size = sum(len(each.body) for each in request.deposits)
        if not self.brought.take(guest.prefix_hash, size, guest.bytes_a_day, now // DAY_S):
            return _for_later(request, now, DepositStatus.LATER)
        # 3. Everything in one transaction; the answer only after its commit.
        room = Room(self.quota, self.rations, self.fill())
        try:
            statuses, takes = await self.writer.submit(lambda db: _store(db, request, room, now), plain=True)
        except (DiskFull, StoreDamaged):
            return _for_later(request, now, DepositStatus.LATER)
        # 4. Wake who waits, now that the messages can be read.
        stored = [
            each.to_box
            for each, status in zip(request.deposits, statuses, strict=True)
            if status is DepositStatus.STORED
        ]
        self.wake.touch(stored)
        return DepositAnswer(now, statuses, takes)

    # Signed requests

    async def _signed(self, prefix_hash: bytes, signed: SignedRequest) -> SyncAnswer | ClockAnswer:
        # 1. Who signs: a reader we know, or one who brings an enrolment token and makes a mailbox.
        known = boxes.find_reader(self.reader, signed.key_id)
        public = known if known is not None else self._newcomer(signed)
        # 2. The signature, before anything it covers is used.
        label = labels.RELAY_REQUEST.encode() + b"\x00"
        reader_verify(public, label + request_input(self.relay_id, prefix_hash, signed.cbor), signed.signature)
        request = decode_request(signed.cbor)
        # 3. The other readers who take part.
        keys = self._proven(prefix_hash, signed.key_id, request)
        # 4. The time. A wrong clock is told the right one; a replay is told nothing else.
        now = int(self.clock())
        if abs(request.t - now) > FRESH_S:
            return ClockAnswer(now)
        # 5. Changes, in one transaction.
        changed = await self._change(request, signed.key_id, keys, now)
        # 6. Reading, and waiting when there is nothing.
        contents = await self._fetch_or_wait(request, signed.key_id, keys)
        return SyncAnswer(
            int(self.clock()),
            contents,
            POLL_MIN_S,
            self.draining,
            changed.created,
            changed.uploaded,
            self._levels(contents),
            self._refusals(contents),
        )

    def _newcomer(self, signed: SignedRequest) -> bytes:
        creation = decode_request(signed.cbor).creation
        if creation is None or not rights.has_enrol_token(self.reader, creation.enrol_token):
            raise NotFound("an unknown reader")
        for create in creation.boxes:
            if key_id(create.reader) == signed.key_id:
                return create.reader
        raise NotFound("an unknown reader")

    def _proven(self, prefix_hash: bytes, main: bytes, request: SyncRequest) -> dict[MailboxId, bytes]:
        """Return the key id that each mailbox's proof proves; one bad signature refuses the request."""
        fresh: dict[bytes, bytes] = {}
        if request.creation is not None:
            fresh = {key_id(each.reader): each.reader for each in request.creation.boxes}
        label = labels.RELAY_BOX.encode() + b"\x00"
        keys: dict[MailboxId, bytes] = {}
        for proof in request.proofs:
            public = fresh.get(proof.key_id) or boxes.find_reader(self.reader, proof.key_id)
            if public is None:
                continue  # a mailbox that is not here, or is gone: its status will say so
            signed = box_input(self.relay_id, prefix_hash, main, proof.box, request.t, request.nonce)
            reader_verify(public, label + signed, proof.signature)
            keys[proof.box] = proof.key_id
        return keys

    def _own(self, box: MailboxId, main: bytes, keys: dict[MailboxId, bytes]) -> int | None:
        """Return the row of a mailbox that this request may read, else None."""
        found = boxes.find_box(self.reader, box)
        return None if found is None or found.key_id != keys.get(box, main) else found.row

    async def _change(self, request: SyncRequest, main: bytes, keys: dict[MailboxId, bytes], now: int) -> Changed:
        acks = [(self._own(each.box, main, keys), each) for each in request.acks]
        upload = request.prekeys
        row = None if upload is None else self._own(upload.box, main, keys)
        work = Work(
            request,
            tuple((box, each) for box, each in acks if box is not None),
            None if upload is None or row is None else (row, upload),
        )
        refused = PrekeyStatus.UNKNOWN if upload is not None and row is None else None
        may_create = self._may_create(request, main, keys)
        if not work.acks and work.upload is None and not may_create:
            created = () if request.creation is None else (CreateStatus.REFUSED,) * len(request.creation.boxes)
            return Changed(created, refused)
        changed = await self.writer.submit(lambda db: _perform(db, work, may_create, now))
        return changed if refused is None else replace(changed, uploaded=refused)

    def _may_create(self, request: SyncRequest, main: bytes, keys: dict[MailboxId, bytes]) -> frozenset[MailboxId]:
        """Return the mailboxes whose future reader has signed: nobody makes one that another key would read."""
        if request.creation is None:
            return frozenset()
        return frozenset(each.box for each in request.creation.boxes if key_id(each.reader) == keys.get(each.box, main))

    async def _fetch_or_wait(
        self, request: SyncRequest, main: bytes, keys: dict[MailboxId, bytes]
    ) -> tuple[BoxContents, ...]:
        if request.wait_s == 0:
            return self._fetch(request.fetches, main, keys)
        # The waiter is registered before the read: a message stored after the read wakes it.
        with self.wake.register(each.box for each in request.fetches) as event:
            contents = self._fetch(request.fetches, main, keys)
            if any(each.envelopes for each in contents) or not any(each.status is BoxStatus.LIVE for each in contents):
                return contents
            try:
                # A tenth of jitter: readers who were cut off together do not come back together.
                jitter = 1 - self.random(1)[0] / 2560
                await asyncio.wait_for(event.wait(), request.wait_s * jitter)
            except TimeoutError:
                return contents
            return self._fetch(request.fetches, main, keys)

    def _fetch(self, wishes: tuple[Fetch, ...], main: bytes, keys: dict[MailboxId, bytes]) -> tuple[BoxContents, ...]:
        room = MAX_FETCH
        contents: list[BoxContents] = []
        for wish in wishes:
            row = self._own(wish.box, main, keys)
            if row is None:
                contents.append(BoxContents(wish.box, BoxStatus.UNKNOWN))
                continue
            letters, more = boxes.fetch(self.reader, row, wish, room)
            room -= sum(len(each.body) for each in letters)
            contents.append(BoxContents(wish.box, BoxStatus.LIVE, letters, more.bit_length()))
        return tuple(contents)

    def _levels(self, contents: tuple[BoxContents, ...]) -> tuple[PrekeyLevel, ...]:
        levels: list[PrekeyLevel] = []
        for each in contents:
            found = boxes.find_box(self.reader, each.box) if each.status is BoxStatus.LIVE else None
            level = None if found is None else boxes.prekey_level(self.reader, found.row)
            if level is not None:
                levels.append(PrekeyLevel(each.box, *level))
        return tuple(levels)

    def _refusals(self, contents: tuple[BoxContents, ...]) -> tuple[Refusals, ...]:
        """Tell a reader what was kept out of its mailboxes for want of room."""
        told: list[Refusals] = []
        for each in contents:
            found = boxes.find_box(self.reader, each.box) if each.status is BoxStatus.LIVE else None
            count, day = (0, 0) if found is None else boxes.refused(self.reader, found.row)
            if count:
                told.append(Refusals(each.box, min(count, _U32), day))
        return tuple(told)


def _store(
    db: sqlite3.Connection, request: DepositRequest, room: Room, now: int
) -> tuple[tuple[DepositStatus, ...], tuple[Taken, ...]]:
    statuses = tuple(boxes.deposit(db, each, room, now) for each in request.deposits)
    return statuses, tuple(boxes.take(db, each, room.quota, now) for each in request.takes)


def _for_later(request: DepositRequest, now: int, status: DepositStatus) -> DepositAnswer:
    return DepositAnswer(now, (status,) * len(request.deposits), (Taken(TakeStatus.LATER),) * len(request.takes))


def _perform(db: sqlite3.Connection, work: Work, may_create: frozenset[MailboxId], now: int) -> Changed:
    created: list[CreateStatus] = []
    creation = work.request.creation
    if creation is not None:
        allowed = replace(creation, boxes=tuple(each for each in creation.boxes if each.box in may_create))
        made: dict[MailboxId, CreateStatus] = dict(
            zip((each.box for each in allowed.boxes), boxes.create_boxes(db, allowed, now), strict=True)
        )
        created = [_status(made, each) for each in creation.boxes]
    for row, ack in work.acks:
        boxes.acknowledge(db, row, ack.ranges)
    uploaded = None if work.upload is None else boxes.upload_prekeys(db, *work.upload)
    return Changed(tuple(created), uploaded)


def _status(made: dict[MailboxId, CreateStatus], create: Create) -> CreateStatus:
    return made.get(create.box, CreateStatus.REFUSED)
