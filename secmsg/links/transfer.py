"""Blobs over a line that may break at any byte: resumable upload, ranged download (docs/spec/uploads.md 4)."""

import base64
import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.errors import (
    DiskFull,
    FormatError,
    LinkError,
    LinkRefused,
    OutcomeUnknown,
    StoreDamaged,
    StoreError,
    TransferStopped,
    Unreachable,
)
from secmsg.ids import BlobId
from secmsg.links.line import Call, Incoming, Line, Reply
from secmsg.links.link import Cancelled, Progress

STEPS = (16_384, 65_536, 262_144, 1_048_576, 4_194_304)
"""Bytes asked for or sent at once: small where the line is slow or breaks, large where it is good."""
_FIRST_STEP = 1
_QUICK_S = 2.0
_SLOW_S = 15.0
_MAX_FAILURES = 4
_TUS = "1.0.0"
_BODY_TYPE = "application/offset+octet-stream"
_OK = 200
_CREATED = 201
_NO_CONTENT = 204
_PARTIAL = 206
_CONFLICT = 409
_MAX_TAG = 64
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_ID = 16
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to upload."""

    blob_id: BlobId
    capability: bytes = field(repr=False)
    source: Path


@dataclass(frozen=True, slots=True)
class Download:
    """A blob to download."""

    blob_id: BlobId
    target: Path
    size: int


@dataclass(frozen=True, slots=True)
class _Begun:
    """Under which name and tag the last bytes of a partial file came."""

    blob_id: BlobId
    tag: str


@dataclass(slots=True)
class _Pace:
    """How large the next piece is, and how often in a row nothing got through.

    A relay that falls back, stands still or breaks off may not keep us for ever: only what goes beyond the furthest
    point reached counts as progress.
    """

    step: int = _FIRST_STEP
    failures: int = 0
    begun: float = 0.0
    furthest: int = 0

    def begin(self) -> int:
        """Return how many bytes to try."""
        self.begun = time.monotonic()
        return STEPS[self.step]

    def reached(self, position: int, error: LinkError | None) -> None:
        """Take note of where the transfer stands, and of the error that ended the last piece, if one did.

        The fourth piece in a row without progress raises that error, or LinkRefused.
        """
        taken = time.monotonic() - self.begun
        if error is not None or taken > _SLOW_S:
            self.step = max(self.step - 1, 0)
        elif taken < _QUICK_S:
            self.step = min(self.step + 1, len(STEPS) - 1)
        if position > self.furthest:
            self.furthest = position
            self.failures = 0
            return
        self.failures += 1
        if self.failures >= _MAX_FAILURES:
            raise error or LinkRefused("the transfer makes no progress")


@contextmanager
def _local_errors() -> Iterator[None]:
    """Turn a fault of this machine's own disk into an error of ours, without the path in its text."""
    try:
        yield
    except FileNotFoundError:
        raise StoreDamaged("the file of a blob is not there") from None
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull("the disk has no room") from None
        if error.errno == errno.ELOOP:
            raise StoreDamaged("the file of a blob is a link") from None
        raise StoreError(f"the disk refused: {errno.errorcode.get(error.errno or 0, 'unknown')}") from None


@_local_errors()
def upload(line: Line, wish: Upload, progress: Progress | None, cancelled: Cancelled | None) -> None:
    """Bring the relay's copy to its full length, from wherever it stands."""
    with wish.source.open("rb") as file:
        length = os.fstat(file.fileno()).st_size
        if length == 0:
            raise FormatError("an empty file is no blob")
        pace = _Pace()
        offset = _within(_create(line, wish, length), length)
        while offset < length:
            _tell(progress, offset, length)
            _stop_if(cancelled)
            file.seek(offset)
            piece = file.read(pace.begin())
            broken: LinkError | None = None
            try:
                now_at = _patch(line, wish, offset, piece)
            except (OutcomeUnknown, Unreachable) as error:
                broken = error
                now_at = _ask_offset(line, wish)
            offset = _within(now_at, length)
            pace.reached(offset, broken)
        _tell(progress, length, length)


def delete(line: Line, blob_id: BlobId, capability: bytes) -> None:
    """Remove a blob."""
    reply = line.call(Call("DELETE", _path(blob_id), headers=_headers(capability), most=0x10000))
    if reply.status != _NO_CONTENT:
        raise LinkRefused(f"the relay refuses (status {reply.status})")


@_local_errors()
def download(line: Line, wish: Download, progress: Progress | None, cancelled: Cancelled | None) -> None:
    """Complete `target`.part, then give it its name."""
    part = wish.target.with_name(wish.target.name + ".part")
    tag_file = wish.target.with_name(wish.target.name + ".part.tag")
    file = os.open(part, os.O_RDWR | os.O_CREAT | _NOFOLLOW | getattr(os, "O_BINARY", 0), 0o600)
    try:
        pace = _Pace()
        have = os.fstat(file).st_size
        begun = _read_tag(tag_file)
        if have > wish.size or (have and begun is None):
            have = 0
        # At another relay the blob has another name and another tag; that the bytes are the same is verified with the
        # key, so the rest may come from there.
        tag = begun.tag if begun is not None and begun.blob_id == wish.blob_id else ""
        while have < wish.size:
            _tell(progress, have, wish.size)
            _stop_if(cancelled)
            step = min(pace.begin(), wish.size - have)
            headers = {"Range": f"bytes={have}-{have + step - 1}"}
            if have and tag:
                headers["If-Range"] = tag
            broken: LinkError | None = None
            try:
                with line.open(Call("GET", _path(wish.blob_id), headers=headers, most=wish.size)) as incoming:
                    new_tag = _check_download(incoming, wish, have, step)
                    if incoming.status == _OK:
                        # Another upload under this id, or a relay without ranges: from the beginning.
                        have = 0
                    if new_tag != tag:
                        tag = new_tag
                        tag_file.write_text(f"{wish.blob_id.hex()} {tag}", "ascii")
                    os.ftruncate(file, have)
                    os.lseek(file, have, os.SEEK_SET)
                    for piece in incoming.pieces:
                        _write_all(file, piece)
                        have += len(piece)
                        _tell(progress, have, wish.size)
                        _stop_if(cancelled)
            except (OutcomeUnknown, Unreachable) as error:
                broken = error
            pace.reached(have, broken)
        os.ftruncate(file, wish.size)
        os.fsync(file)
    finally:
        os.close(file)
    part.replace(wish.target)
    tag_file.unlink(missing_ok=True)
    _sync_folder(wish.target.parent)
    _tell(progress, wish.size, wish.size)


def _create(line: Line, wish: Upload, length: int) -> int:
    """Make the upload, or find it again: the same id, capability and length is the same upload."""
    metadata = f"id {_base64(wish.blob_id)},cap {_base64(wish.capability)}"
    headers = {"Tus-Resumable": _TUS, "Upload-Length": str(length), "Upload-Metadata": metadata}
    reply = line.call(Call("POST", "/u", b"", headers=headers, most=0x10000))
    if reply.status != _CREATED:
        raise LinkRefused(f"the relay refuses (status {reply.status})")
    return _offset(reply)


def _patch(line: Line, wish: Upload, offset: int, piece: bytes) -> int:
    headers = {
        **_headers(wish.capability),
        "Upload-Offset": str(offset),
        "Content-Type": _BODY_TYPE,
    }
    reply = line.call(Call("PATCH", _path(wish.blob_id), piece, headers=headers, most=0x10000))
    if reply.status not in {_NO_CONTENT, _CONFLICT}:
        raise LinkRefused(f"the relay refuses (status {reply.status})")
    now_at = _offset(reply)
    if reply.status == _NO_CONTENT and not offset < now_at <= offset + len(piece):
        raise LinkRefused("the relay claims another offset than was sent")
    return now_at


def _ask_offset(line: Line, wish: Upload) -> int:
    reply = line.call(Call("HEAD", _path(wish.blob_id), headers=_headers(wish.capability)))
    if reply.status != _OK:
        raise LinkRefused(f"the relay refuses (status {reply.status})")
    return _offset(reply)


def _check_download(incoming: Incoming, wish: Download, have: int, step: int) -> str:
    """Refuse an answer that is not the piece asked for, of a blob of the size expected; return its tag."""
    match incoming.status:
        case 206:
            expected = f"bytes {have}-{have + step - 1}/{wish.size}"
            if incoming.headers.get("content-range") != expected:
                raise LinkRefused("the relay has a blob of another size, or sends another piece")
            length = step
        case 200:
            length = wish.size
        case _:
            raise LinkRefused(f"the relay refuses (status {incoming.status})")
    if incoming.headers.get("content-length") != str(length):
        raise LinkRefused("the relay has a blob of another size, or sends another piece")
    tag = incoming.headers.get("etag", "")
    if not (tag.isascii() and tag.isprintable() and 0 < len(tag) <= _MAX_TAG):
        raise LinkRefused("the relay does not say which blob it is")
    return tag


def _offset(reply: Reply) -> int:
    text = reply.headers.get("upload-offset", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise LinkRefused("the relay does not say what it has")
    return int(text)


def _within(offset: int, length: int) -> int:
    if offset > length:
        raise LinkRefused("the relay claims more than there is")
    return offset


def _path(blob_id: BlobId) -> str:
    return f"/u/{blob_id.hex()}"


def _headers(capability: bytes) -> dict[str, str]:
    return {"Tus-Resumable": _TUS, "Authorization": f"Bearer {_base64(capability)}"}


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _read_tag(path: Path) -> _Begun | None:
    """Read whose bytes a partial file holds; None when there are none."""
    try:
        text = path.read_bytes()[: _MAX_TAG + 2 * _ID + 1].decode("ascii", "replace")
    except FileNotFoundError:
        return None
    name, _, tag = text.partition(" ")
    try:
        return _Begun(BlobId(bytes.fromhex(name)), tag)
    except ValueError:
        # From nobody we could name: like another relay's, the bytes are verified in the end.
        return _Begun(BlobId(b""), "")


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _write_all(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _stop_if(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise TransferStopped("the transfer was stopped")
