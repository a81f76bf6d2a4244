"""Blobs: resumable upload by tus 1.0, ranged download (docs/spec/uploads.md).

Once a capability was shown, answers are those of tus; before that every refusal raises, and becomes the relay's
blank one.
"""

import asyncio
import base64
import binascii
import hashlib
import os
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from functools import partial

from starlette.responses import Response
from starlette.types import Message, Receive, Send

from secmsg.crypto.hashing import equal, short
from secmsg.crypto.randomness import Random
from secmsg.errors import FormatError, NotFound, StoreDamaged
from secmsg.ids import BlobId
from secmsg.relay import boxes_sqlite as boxes
from secmsg.relay.admission import Head
from secmsg.relay.blobs_disk import BlobFiles, blob_name, write_all
from secmsg.relay.boxes_sqlite import DAY_S, BlobRow
from secmsg.relay.rations import Rations
from secmsg.relay.sync import Guest
from secmsg.relay.tally import Desk, Tally
from secmsg.relay.writer import Writer
from secmsg.wire.sync import TtlClass

MAX_BLOB = 2**31 + 2**27
"""Bytes of the longest blob: 2 GiB of content, its seals and its fill."""
VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
_PIECE = 262_144
_REFUSE_NEW_AT = 0.85
_REFUSE_MORE_AT = 0.95
_ID = 16
_MIN_CAPABILITY = 16
_MAX_CAPABILITY = 64
_MAX_METADATA = 1024
_BODY_TYPE = "application/offset+octet-stream"
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})", re.ASCII)
# SHA-1 is what every tus client can do; it guards against a bad line here, against nobody else.
_CHECKSUMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
_ID_TEXT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_TTLS = {b"1": TtlClass.DAY, b"2": TtlClass.WEEK, b"3": TtlClass.MONTH}
_MAX_LENGTH_DIGITS = 10
_CONFLICT = 409
_MISMATCH = 460


@dataclass(frozen=True, slots=True)
class Creation:
    """What a creation asks for."""

    blob_id: BlobId
    capability: bytes = field(repr=False)
    ttl: TtlClass
    length: int


@dataclass(slots=True)
class Busy:
    """An upload that is being received; `yield_` is set by a newer request for the same one."""

    done: asyncio.Event
    yield_: asyncio.Event


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a client says its body hashes to."""

    name: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes of a download: `first` to `last`, inclusive."""

    first: int
    last: int
    partial: bool


@dataclass(slots=True)
class UploadDesk:
    """Answers everything under `/u`. `public_url` is the base that clients use, the prefix not included."""

    files: BlobFiles
    reader: sqlite3.Connection
    writer: Writer
    public_url: str
    clock: Callable[[], float]
    random: Random
    tally: Tally
    brought: Rations
    """What each prefix brought today."""
    busy: dict[bytes, Busy] = field(default_factory=dict)

    async def collection(self, guest: Guest, head: Head, receive: Receive) -> Response:
        """Answer OPTIONS and POST at `/u`."""
        match _method(head):
            case "OPTIONS":
                return _tus(
                    204,
                    {
                        "tus-version": VERSION,
                        "tus-extension": EXTENSIONS,
                        "tus-max-size": str(MAX_BLOB),
                        "tus-checksum-algorithm": ",".join(sorted(_CHECKSUMS)),
                    },
                )
            case "POST":
                return await self._create(guest, head, receive)
            case _:
                raise NotFound("no such method")

    async def blob(self, head: Head, receive: Receive, send: Send) -> Response | None:
        """Answer HEAD, PATCH, DELETE and GET at `/u/{id}`; None when a download was sent already."""
        blob_id = _blob_id(head.path[2])
        row = boxes.find_blob(self.reader, blob_name(blob_id))
        if row is None:
            raise NotFound("no such blob")
        method = _method(head)
        self.tally.answered[Desk.DOWNLOAD if method == "GET" else Desk.UPLOAD] += 1
        if method == "GET":
            return await self._download(head, row, send)
        if not equal(row.capability_hash, short(_capability(head))):
            raise NotFound("not its uploader")
        _check_version(head)
        match method:
            case "HEAD":
                return _tus(200, {**_progress(row), "upload-length": str(row.length), "cache-control": "no-store"})
            case "PATCH":
                return await self._patch(head, row.name, receive)
            case "DELETE":
                await self.writer.submit(lambda db: boxes.remove_blob(db, row.name))
                await asyncio.to_thread(self.files.remove, row.name)
                return _tus(204, {})
            case _:
                raise NotFound("no such method")

    async def sweep(self, now: int) -> None:
        """Remove what is over."""
        for name in boxes.expired_blobs(self.reader, now, 100):
            await self.writer.submit(partial(boxes.remove_blob, name=name))
            await asyncio.to_thread(self.files.remove, name)

    def remove_orphans(self) -> None:
        """Delete files without a row: what a crash left between the file and its row. Called before serving."""
        for name in list(self.files.names()):
            if boxes.find_blob(self.reader, name) is None:
                self.files.remove(name)

    # Creation

    async def _create(self, guest: Guest, head: Head, receive: Receive) -> Response:
        _check_version(head)
        wish = _creation(head)
        self._require_room(_REFUSE_NEW_AT)
        if head.length > wish.length or (head.length and head.headers.get("content-type") != _BODY_TYPE):
            raise FormatError("a body that does not fit the creation")
        name = blob_name(wish.blob_id)
        row = boxes.find_blob(self.reader, name)
        if row is None:
            self._ration(guest, wish.length)
            # The file first, its folder, then the row: a row never points at nothing.
            await asyncio.to_thread(self.files.create, name)
            expires = (int(self.clock()) + wish.ttl.seconds) // DAY_S + 1
            fresh = BlobRow(name, short(wish.capability), wish.length, 0, self.random(8), expires)
            row = await self.writer.submit(lambda db: boxes.add_blob(db, fresh))
        if not equal(row.capability_hash, short(wish.capability)) or row.length != wish.length:
            raise NotFound("another's blob")
        if head.length:
            async with self._claimed(name) as yield_:
                row = self._again(name)
                # A repeated creation that carries the first bytes again only gets the offset.
                if row.received == 0:
                    row = await self._store(row, head.length, None, _Body(receive, yield_)) or row
        location = f"{self.public_url}/{head.path[0]}/u/{wish.blob_id.hex()}"
        return _tus(201, {"location": location, **_progress(row)})

    def _require_room(self, most: float) -> None:
        if self.files.fill() >= most:
            self.tally.blobs_refused += 1
            raise NotFound("no room")

    def _ration(self, guest: Guest, length: int) -> None:
        if not self.brought.take(guest.prefix_hash, length, guest.bytes_a_day, int(self.clock()) // DAY_S):
            self.tally.blobs_refused += 1
            raise NotFound("this prefix brought enough today")

    # Receiving

    async def _patch(self, head: Head, name: bytes, receive: Receive) -> Response:
        offset = head.headers.get("upload-offset", "")
        if not (offset.isascii() and offset.isdigit()) or head.headers.get("content-type") != _BODY_TYPE:
            raise FormatError("not a tus PATCH")
        checksum = _checksum(head)
        self._require_room(_REFUSE_MORE_AT)
        async with self._claimed(name) as yield_:
            row = self._again(name)
            if offset != str(row.received):
                return _tus(_CONFLICT, _progress(row))
            if row.received + head.length > row.length:
                raise FormatError("more than was announced")
            after = await self._store(row, head.length, checksum, _Body(receive, yield_))
        if after is None:
            return _tus(_MISMATCH, _progress(row))
        return _tus(204, _progress(after))

    def _again(self, name: bytes) -> BlobRow:
        row = boxes.find_blob(self.reader, name)
        if row is None:
            raise NotFound("deleted meanwhile")
        return row

    @asynccontextmanager
    async def _claimed(self, name: bytes) -> AsyncIterator[asyncio.Event]:
        """Be the only one who receives this upload; an older request for it is told to end and waited for.

        Its client has usually lost the line and come back. The event is set when a newer request comes.
        """
        while (earlier := self.busy.get(name)) is not None:
            earlier.yield_.set()
            await earlier.done.wait()
        mine = Busy(asyncio.Event(), asyncio.Event())
        self.busy[name] = mine
        try:
            yield mine.yield_
        finally:
            del self.busy[name]
            mine.done.set()

    async def _store(self, row: BlobRow, length: int, checksum: Checksum | None, body: "_Body") -> BlobRow | None:
        """Take the body; what arrived is kept even when the line breaks, unless a checksum was to be met.

        Durable when it returns: the file's bytes, then the row. None when the checksum is another.
        """
        state = None if checksum is None else _CHECKSUMS[checksum.name](usedforsecurity=False)
        received = 0
        with self.files.writing(row.name) as file:
            while piece := await body.piece():
                await asyncio.to_thread(write_all, file, piece, row.received + received)
                received += len(piece)
                if state is not None:
                    state.update(piece)
            if checksum is not None and state is not None:
                if received != length:
                    raise FormatError("cut short")
                if not equal(state.digest(), checksum.digest):
                    return None
            await asyncio.to_thread(os.fsync, file)
        after = row.received + received
        if not await self.writer.submit(lambda db: boxes.set_received(db, row, after)):
            raise NotFound("deleted meanwhile")
        if received != length:
            raise FormatError("cut short")
        return replace(row, received=after)

    # Download

    async def _download(self, head: Head, row: BlobRow, send: Send) -> Response | None:
        if row.received != row.length:
            raise NotFound("not complete")
        tag = f'"{row.tag.hex()}"'
        headers = {"accept-ranges": "bytes", "cache-control": "no-store", "etag": tag}
        span = _span(head, row.length, tag)
        if span is None:
            return Response(status_code=416, headers={**headers, "content-range": f"bytes */{row.length}"})
        if span.partial:
            headers["content-range"] = f"bytes {span.first}-{span.last}/{row.length}"
        headers["content-length"] = str(span.last - span.first + 1)
        headers["content-type"] = "application/octet-stream"
        raw = [(key.encode(), value.encode()) for key, value in headers.items()]
        with self.files.reading(row.name) as file:
            await send({"type": "http.response.start", "status": 206 if span.partial else 200, "headers": raw})
            offset = span.first
            while offset <= span.last:
                piece = await asyncio.to_thread(os.pread, file, min(_PIECE, span.last + 1 - offset), offset)
                if not piece:
                    # Better a broken line than bytes that were never there.
                    raise StoreDamaged("a blob file is shorter than its row says")
                offset += len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": offset <= span.last})
        return None


class _Body:
    """A request body in pieces of about 256 KiB; it ends early when the line breaks or a newer request comes."""

    def __init__(self, receive: Receive, yield_: asyncio.Event) -> None:
        self._receive = receive
        self._yield = yield_
        self._ended = False

    async def piece(self) -> bytes:
        """Return the next bytes; nothing at the end."""
        parts: list[bytes] = []
        size = 0
        while not self._ended and size < _PIECE:
            message = await self._next()
            if message["type"] != "http.request":
                self._ended = True
                break
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            self._ended = not message.get("more_body", False)
        return b"".join(parts)

    async def _next(self) -> Message:
        """Wait for the line or for the newer request, whichever comes first."""
        line = asyncio.ensure_future(self._receive())
        newer = asyncio.ensure_future(self._yield.wait())
        await asyncio.wait({line, newer}, return_when=asyncio.FIRST_COMPLETED)
        newer.cancel()
        if line.done():
            return line.result()
        line.cancel()
        return {"type": "http.disconnect"}


def _method(head: Head) -> str:
    """Return the method that is meant: some proxies let only GET and POST through."""
    override = head.headers.get("x-http-method-override")
    return override if head.method == "POST" and override in {"PATCH", "DELETE", "HEAD"} else head.method


def _check_version(head: Head) -> None:
    if head.headers.get("tus-resumable") != VERSION:
        raise FormatError("another tus version")


def _blob_id(text: str) -> BlobId:
    if _ID_TEXT.fullmatch(text) is None:
        raise FormatError("not a blob id")
    return BlobId(bytes.fromhex(text))


def _capability(head: Head) -> bytes:
    scheme, _, value = head.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotFound("no capability")
    return _base64(value)


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise FormatError("not base64") from None


def _creation(head: Head) -> Creation:
    length = head.headers.get("upload-length", "")
    metadata = head.headers.get("upload-metadata", "")
    if not (length.isascii() and length.isdigit() and len(length) <= _MAX_LENGTH_DIGITS):
        raise FormatError("no length")
    if not 1 <= int(length) <= MAX_BLOB or len(metadata) > _MAX_METADATA:
        raise FormatError("too long")
    values: dict[str, bytes] = {}
    for pair in metadata.split(","):
        key, _, value = pair.strip().partition(" ")
        # Other clients say more (a file name); what we did not ask for is not read.
        if key in {"id", "cap", "ttl"}:
            values[key] = _base64(value)
    blob_id, capability = values.get("id", b""), values.get("cap", b"")
    ttl = values.get("ttl", b"3")
    if len(blob_id) != _ID or not _MIN_CAPABILITY <= len(capability) <= _MAX_CAPABILITY:
        raise FormatError("no id or no capability")
    if ttl not in _TTLS:
        raise FormatError("no such time to live")
    return Creation(BlobId(blob_id), capability, _TTLS[ttl], int(length))


def _checksum(head: Head) -> Checksum | None:
    text = head.headers.get("upload-checksum")
    if text is None:
        return None
    name, _, value = text.partition(" ")
    if name not in _CHECKSUMS:
        raise FormatError("an unknown checksum")
    return Checksum(name, _base64(value))


def _span(head: Head, length: int, tag: str) -> Span | None:
    """Return what a download gives: the whole without an understood Range or under another tag; None beyond the end."""
    whole = Span(0, length - 1, partial=False)
    found = _RANGE.fullmatch(head.headers.get("range", ""))
    if found is None or head.headers.get("if-range", tag) != tag:
        return whole
    first = int(found[1])
    last = int(found[2]) if found[2] else length - 1
    if first >= length:
        return None
    return whole if last < first else Span(first, min(last, length - 1), partial=True)


def _progress(row: BlobRow) -> dict[str, str]:
    return {
        "upload-offset": str(row.received),
        "upload-expires": formatdate(row.expires_day * DAY_S, usegmt=True),
    }


def _tus(status: int, headers: dict[str, str]) -> Response:
    return Response(status_code=status, headers={"tus-resumable": VERSION, **headers})
