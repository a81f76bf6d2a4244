"""Taking a pouch: every record goes the way it would go from a relay, by itself, and what is lacking is said.

Each envelope is one transaction (`receive.receive`), so a pouch that ends early, a pulled stick or a killed program
leaves what was whole, and reading the pouch again takes the rest and repeats nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from secmsg.crypto.secret import Secret
from secmsg.errors import CryptoError, FormatError, NotOurPouch, TransferStopped
from secmsg.ids import BlobKey, DeviceId, PouchId
from secmsg.links import pouch as medium
from secmsg.links.pouch import Cancelled, Progress
from secmsg.station import arrivals, feed, pouch_sealing, receive, transfers
from secmsg.station import desk as desks
from secmsg.station.annex import Purpose, Sender
from secmsg.station.desk import Desk
from secmsg.station.events import CableArrived, DirectoryChanged, Event
from secmsg.station.pouch_sealing import LackingError, Plaintext
from secmsg.station.pouch_views import Cause, PouchRead
from secmsg.station.receive import Fate, Received
from secmsg.station.rounds import Ask, OnEvent
from secmsg.station.transfers import DownloadJob
from secmsg.store import blobs as blob_rows
from secmsg.store import paths, pouches
from secmsg.store.blobs import BlobFiles, Download
from secmsg.store.pouches import Way
from secmsg.wire import pouch as wire
from secmsg.wire import slip as slip_wire
from secmsg.wire.pouch import BlobRecord, EditionRecord, EnvelopeRecord, Head
from secmsg.wire.sync import Envelope

PIECE = 1024 * 1024
_ALL = 2**53


@dataclass(frozen=True, slots=True)
class _Keys:
    """What opens a pouch here."""

    own: DeviceId
    roots: tuple[Secret, ...]
    files: BlobFiles = field(repr=False)


def read(ask: Ask, source: Path, *, on_event: OnEvent, progress: Progress, cancelled: Cancelled) -> PouchRead:
    """Take everything in a pouch that is for this machine, and report.

    NotOurPouch when nothing in the file opens here, NotFound, MediumFailed before it was opened; StoreError leaves.
    `progress` is told `done` and `total` bytes of the file.
    """
    size = medium.size_of(source)
    pieces = _watched(medium.read(source), size, progress, cancelled)
    front, rest = _split(pieces)
    salt, slots = wire.split_front(front)
    pouch = pouch_sealing.pouch_id(salt)
    made_here = ask(lambda desk: pouches.written_at(desk.db, pouch))
    if made_here is not None:
        return PouchRead(source.name, made_at=made_here, written_here_at=made_here)
    keys = ask(_keys)
    key = pouch_sealing.file_key(keys.roots, keys.own, salt, slots)
    if key is None:
        raise NotOurPouch
    return _Reading(ask, on_event, keys, salt, Plaintext(rest, key, salt)).run(source.name, size)


def _keys(desk: Desk) -> _Keys:
    roots = sorted(desks.cover_roots(desk).items(), reverse=True)
    return _Keys(desks.own(desk).device, tuple(root for _, root in roots), desk.files)


def _watched(pieces: Iterator[bytes], size: int, progress: Progress, cancelled: Cancelled) -> Iterator[bytes]:
    done = 0
    for piece in pieces:
        if cancelled():
            raise LackingError(Cause.STOPPED)
        yield piece
        done += len(piece)
        progress(done, size)


def _split(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Take the front of the file; a file that is too short for one is no pouch."""
    begun = bytearray()
    try:
        while len(begun) < wire.FRONT_SIZE and (piece := next(pieces, None)) is not None:
            begun += piece
    except LackingError:
        raise TransferStopped("the officer ended it") from None
    if len(begun) < wire.FRONT_SIZE:
        raise NotOurPouch

    def rest() -> Iterator[bytes]:
        if len(begun) > wire.FRONT_SIZE:
            yield bytes(begun[wire.FRONT_SIZE :])
        yield from pieces

    return bytes(begun[: wire.FRONT_SIZE]), rest()


class _Reading:
    """One reading: the counts so far, and where it stands."""

    def __init__(self, ask: Ask, on_event: OnEvent, keys: _Keys, salt: bytes, plain: Plaintext) -> None:
        self._ask = ask
        self._on_event = on_event
        self._keys = keys
        self._salt = salt
        self._pouch: PouchId = pouch_sealing.pouch_id(salt)
        self._plain = plain
        self._head: Head | None = None
        self._report = PouchRead("")
        self._envelopes = self._blobs = 0
        self._opened = False

    def run(self, name: str, size: int) -> PouchRead:
        before = self._ask(lambda desk: pouches.read_whole_at(desk.db, self._pouch))
        self._report = PouchRead(name, read_before_at=before)
        number = self._ask(lambda desk: _begin(desk, self._pouch, name, size))
        try:
            self._head = wire.decode_head(self._plain.read(wire.HEAD_SIZE))
            self._take_all(self._head)
            cause = Cause.WHOLE
        except LackingError as error:
            cause = error.cause
        except FormatError:
            cause = Cause.MALFORMED
        finally:
            self._try_again()
        report = self._finished(cause)
        self._ask(lambda desk: _end(desk, number, report, self._head))
        return report

    def _finished(self, cause: Cause) -> PouchRead:
        head = self._head
        if head is None:
            return replace(self._report, cause=cause)
        return replace(
            self._report,
            cause=cause,
            made_at=head.made_at,
            lacking=head.envelopes - self._envelopes,
            lacking_blobs=head.blobs - self._blobs,
        )

    def _take_all(self, head: Head) -> None:
        """Read the records in their order: editions, so that senders are known; envelopes; the blobs they speak of."""
        self._take_editions(tuple(wire.read_edition(self._plain.read) for _ in range(head.editions)))
        for _ in range(head.envelopes):
            self._take_envelope(wire.read_envelope(self._plain.read))
            self._envelopes += 1
        self._try_again()
        for _ in range(head.blobs):
            self._take_blob(wire.read_blob(self._plain.read))
            self._blobs += 1
        if self._plain.taken != wire.HEAD_SIZE + head.size:
            raise FormatError("pouch: the records are not as long as the head says")
        for piece in self._plain.rest():
            if piece.count(0) != len(piece):
                raise FormatError("pouch: the fill is not zeros")
        wire.check_end(wire.HEAD_SIZE + head.size, self._plain.taken)

    def _take_editions(self, records: tuple[EditionRecord, ...]) -> None:
        held = self._ask(lambda desk: int(desks.directory(desk).number))
        newer = tuple(each.segment for each in records if each.number > held)
        if not newer:
            return
        for event in self._ask(lambda desk: feed.take(desk, self._pouch, newer)):
            self._on_event(event)
            if isinstance(event, DirectoryChanged):
                self._opened = True
                self._report = replace(self._report, edition=event.edition)

    def _take_envelope(self, record: EnvelopeRecord) -> None:
        report = self._report
        if record.device != self._keys.own:
            self._report = replace(report, others=report.others + 1)
            return
        envelope = Envelope(0, record.message_id, record.body)
        received = self._ask(lambda desk: receive.receive(desk, self._pouch, envelope))
        self._opened |= received.new_session
        match received.fate:
            case Fate.TAKEN:
                self._report = replace(report, came=report.came + 1)
            case Fate.DUPLICATE:
                self._report = replace(report, known=report.known + 1)
            case Fate.LATER | Fate.QUARANTINED:
                self._report = replace(report, apart=report.apart + 1)
        self._tell(received.events)

    def _try_again(self) -> None:
        """Try what was set aside once more, when a new session or edition may open it now."""
        if not self._opened:
            return
        self._opened = False
        results: tuple[Received, ...] = self._ask(receive.retry_quarantined)
        for received in results:
            opened = min(1, self._report.apart)
            self._report = replace(self._report, apart=self._report.apart - opened, came=self._report.came + opened)
            self._tell(received.events)

    def _tell(self, events: tuple[Event, ...]) -> None:
        for event in events:
            if isinstance(event, CableArrived):
                self._report = replace(self._report, cables=self._report.cables + 1)
            self._on_event(event)

    # --- blobs -------------------------------------------------------------------------------------------------------

    def _take_blob(self, record: BlobRecord) -> None:
        """Take a blob that is awaited here, whole and verified; pass over any other."""
        awaited = self._ask(lambda desk: _awaited(desk, self._salt, record.name))
        if awaited is None or awaited.limit != record.size:
            for _ in self._bytes(record.size):
                pass
            return
        key = self._ask(lambda desk: blob_rows.new_key(desk.random))
        files = self._keys.files
        try:
            self._fill(files, key, record.size)
            content = _verify(files, key, awaited)
        except (CryptoError, FormatError):
            files.erase(key)
            self._report = replace(self._report, spoiled=self._report.spoiled + 1)
            return
        except BaseException:
            files.erase(key)
            raise
        self._tell(self._ask(lambda desk: _keep_blob(desk, awaited, key, content)))
        self._report = replace(self._report, blobs=self._report.blobs + 1)

    def _fill(self, files: BlobFiles, key: BlobKey, size: int) -> None:
        # A file of its own: the courier may be writing to the download's at this moment.
        path = files.prepare(key)
        with paths.disk_errors(), path.open("xb") as file:
            for piece in self._bytes(size):
                file.write(piece)

    def _bytes(self, size: int) -> Iterator[bytes]:
        while size:
            piece = self._plain.read(min(size, PIECE))
            size -= len(piece)
            yield piece


def _begin(desk: Desk, pouch: PouchId, name: str, size: int) -> int:
    with desk.db.transaction():
        return pouches.begin(desk.db, Way.READ, pouch, name, size, desk.now())


def _end(desk: Desk, number: int, report: PouchRead, head: Head | None) -> None:
    with desk.db.transaction():
        if head is not None:
            pouches.count(desk.db, number, head.envelopes, head.blobs)
        if report.cause is Cause.WHOLE:
            pouches.prove(desk.db, number, desk.now())
        else:
            pouches.fail(desk.db, number, report.cause.value)


def _awaited(desk: Desk, salt: bytes, name: bytes) -> Download | None:
    for each in blob_rows.downloads_due(desk.db, _ALL):
        if pouch_sealing.blob_name(salt, slip_wire.decode(each.slip).key) == name:
            return each
    return None


def _verify(files: BlobFiles, key: BlobKey, download: Download) -> bytes:
    origin = arrivals.decode_origin(download.context)
    sender = Sender(origin.ref, origin.certificate.public)
    return transfers.verify(files, key, slip_wire.decode(download.slip), sender, Purpose(download.purpose))


def _keep_blob(desk: Desk, download: Download, key: BlobKey, content: bytes) -> tuple[Event, ...]:
    """Let the download end with the verified file, unless a relay has brought the blob meanwhile."""
    with desk.db.transaction():
        there = blob_rows.rename_download(desk.db, download.blob_key, key)
    if not there:
        desk.files.erase(key)
        return ()
    job = DownloadJob(
        key, (), desk.files.partial(key), download.limit, download.cable_id, download.position, lambda: content
    )
    events = transfers.download_done(desk, job, content)
    desk.files.erase(download.blob_key)
    return events
