"""Blobs going up and coming down: what to carry, and what became of it; the verification itself is pure work.

The carrying thread gets paths and names, never a key; verification gets one slip and runs outside the store's thread.
"""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.errors import CryptoError, FormatError, NotAllowed, NotFound, SecmsgError, TransferStopped, TrustError
from secmsg.ids import BlobId, BlobKey, CableId, RelayId
from secmsg.station import annex as annexes
from secmsg.station import arrivals, blob_routes, freezing, notices, receipts, release
from secmsg.station import desk as desks
from secmsg.station.annex import Purpose, Sender, Write
from secmsg.station.arrivals import Arrival
from secmsg.station.backoff import delay
from secmsg.station.desk import Desk
from secmsg.station.events import CableChanged, Event
from secmsg.station.views import NoticeKind
from secmsg.store import blobs as rows
from secmsg.store import cables as cable_rows
from secmsg.store import relays as relay_rows
from secmsg.store.blobs import DAY, AnnexState, BlobFiles, Download, DownloadPurpose, KeptAnnex
from secmsg.store.cables import Direction
from secmsg.wire import slip as slip_wire
from secmsg.wire.service import FaultCode, ReceiptLevel
from secmsg.wire.slip import Slip

MAX_TRIES = 3
"""Downloads that do not verify before a blob counts as damaged: these, or two from each relay when that is more."""


@dataclass(frozen=True, slots=True)
class UploadJob:
    """A blob to bring to a relay."""

    key: BlobKey
    relay: RelayId
    blob_id: BlobId
    capability: bytes = field(repr=False)
    source: Path
    cable_id: CableId | None
    position: int


@dataclass(frozen=True, slots=True)
class DownloadJob:
    """A blob to fetch: under which name at which relay, in what size; `check` verifies the file when it is there."""

    key: BlobKey
    places: tuple[tuple[RelayId, BlobId], ...]
    target: Path
    size: int
    cable_id: CableId | None
    position: int
    check: Callable[[], bytes] = field(repr=False)
    """Verifies the fetched file and returns the content of a cable, nothing of an annex; CryptoError, FormatError."""


# --- up --------------------------------------------------------------------------------------------------------------


def uploads(desk: Desk, relay: RelayId) -> tuple[UploadJob, ...]:
    """List the blobs to bring to a relay now, the smallest first so that a long one does not hold up the others."""
    now = desk.now()
    if freezing.frozen(desk):
        return ()
    ready = [each for each in rows.uploads_due(desk.db, relay, now) if each.paused_at is None]
    due = [each for each in ready if blob_routes.may_go_up(desk, each, now)]
    due.sort(key=lambda each: each.total)
    return tuple(
        UploadJob(
            each.blob_key,
            relay,
            each.blob_id,
            each.uploader,
            desk.files.path(each.blob_key),
            each.cable_id,
            each.position,
        )
        for each in due
    )


def upload_done(desk: Desk, job: UploadJob) -> None:
    """Note that a relay has all of a blob."""
    with desk.db.transaction():
        rows.upload_finished(desk.db, job.key, job.relay, desk.now())


def upload_progress(desk: Desk, job: UploadJob, done: int) -> None:
    """Note how far an upload is; TransferStopped when no addressee needs the blob any more."""
    with desk.db.transaction():
        rows.upload_progress(desk.db, job.key, job.relay, done)
    if not blob_routes.wanted(desk, job.cable_id):
        raise TransferStopped("the receipts are here: nobody needs it any more")


def upload_failed(desk: Desk, job: UploadJob, detail: str) -> None:
    """Note that an upload stopped."""
    now = desk.now()
    attempts = next(
        (each.attempts for each in rows.uploads_due(desk.db, job.relay, now) if each.blob_key == job.key), 0
    )
    with desk.db.transaction():
        rows.upload_failed(
            desk.db, job.key, job.relay, now + int(delay(desk.policy.backoff, attempts, desk.random)), detail
        )


# --- down ------------------------------------------------------------------------------------------------------------


def downloads(desk: Desk, at: Iterable[RelayId]) -> tuple[DownloadJob, ...]:
    """List the blobs to fetch now at one of these relays: each failed try passes a blob on to the next relay."""
    here = tuple(at)
    relays = tuple(relay.relay_id for relay in relay_rows.every(desk.db) if relay.enabled)
    jobs = (_job(desk, each, relays) for each in rows.downloads_due(desk.db, desk.now()) if each.paused_at is None)
    return tuple(job for job in jobs if job is not None and _whose_turn(desk, job) in here)


def claim(desk: Desk, job: DownloadJob) -> bool:
    """Take a job, so that no other thread writes the same file; `let_go` must follow. False: another has it."""
    if job.key in desk.shelf.claimed:
        return False
    desk.shelf.claimed.add(job.key)
    return True


def let_go(desk: Desk, job: DownloadJob) -> None:
    """Give a job back."""
    desk.shelf.claimed.discard(job.key)


def _whose_turn(desk: Desk, job: DownloadJob) -> RelayId:
    """Return the first relay of a job whose link is not known to be down; the very first when all are."""
    order = [relay for relay, _ in job.places]
    health = desk.shelf.health
    return next((relay for relay in order if not (relay in health and health[relay].down)), order[0])


def _job(desk: Desk, download: Download, relays: tuple[RelayId, ...]) -> DownloadJob | None:
    if not relays:
        return None
    slip = slip_wire.decode(download.slip)
    origin = arrivals.decode_origin(download.context)
    # The relay that brought the slip has the blob most likely; after a failed try the next one is asked.
    ordered = sorted(relays, key=lambda relay: relay != origin.relay)
    first = download.attempts % len(ordered)
    target = desk.files.prepare(download.blob_key)
    sender = Sender(origin.ref, origin.certificate.public)
    purpose = Purpose(download.purpose)
    return DownloadJob(
        key=download.blob_key,
        places=tuple((relay, release.blob_id(slip, relay)) for relay in ordered[first:] + ordered[:first]),
        target=target,
        size=download.limit,
        cable_id=download.cable_id,
        position=download.position,
        check=lambda: verify(desk.files, download.blob_key, slip, sender, purpose),
    )


def verify(files: BlobFiles, key: BlobKey, slip: Slip, sender: Sender, purpose: Purpose) -> bytes:
    """Decipher a fetched blob from its partial file and check it whole; returns the content of a cable only."""
    content = io.BytesIO()
    with files.partial(key).open("rb", buffering=0) as source:
        annexes.unseal(source, slip, sender, purpose, content.write if purpose is Purpose.CABLE else None)
    return content.getvalue()


def download_progress(desk: Desk, job: DownloadJob, done: int) -> None:
    """Note how far a download is."""
    with desk.db.transaction():
        rows.download_progress(desk.db, job.key, done, job.size)
        if job.cable_id is not None:
            rows.move_annex(desk.db, job.cable_id, job.position, AnnexState.DOWNLOADING)


def download_failed(desk: Desk, job: DownloadJob, detail: str) -> None:
    """Note that a download stopped; it goes on where the partial file ends."""
    now = desk.now()
    attempts = next((each.attempts for each in rows.downloads_due(desk.db, now) if each.blob_key == job.key), 0)
    with desk.db.transaction():
        rows.download_failed(desk.db, job.key, now + int(delay(desk.policy.backoff, attempts, desk.random)), detail)


def download_done(desk: Desk, job: DownloadJob, content: bytes) -> tuple[Event, ...]:
    """Keep a blob that was verified: an annex becomes ready, a cable arrives."""
    now = desk.now()
    blob = desk.files.finish(job.key, now // DAY)
    download = _download(desk, job)
    if download is None:
        return ()
    if download.purpose is DownloadPurpose.CABLE:
        return _cable_arrived(desk, job, download, content, now)
    with desk.db.transaction():
        rows.keep(desk.db, blob, now // DAY)
        rows.end_download(desk.db, job.key)
        return _annex_ready(desk, download, now)


def _annex_ready(desk: Desk, download: Download, now: int) -> tuple[Event, ...]:
    cable_id = download.cable_id
    if cable_id is None:
        return ()
    rows.keep_annex(
        desk.db,
        KeptAnnex(cable_id, download.position, AnnexState.READY, download.slip, download.blob_key),
    )
    if all(each.state is AnnexState.READY for each in rows.annexes(desk.db, cable_id)):
        head = cable_rows.head(desk.db, cable_id)
        if head.direction is Direction.IN:
            receipts.due(desk, cable_id, ReceiptLevel.DECIPHERED, head.origin, now)
    return (CableChanged(cable_id),)


def _cable_arrived(desk: Desk, job: DownloadJob, download: Download, content: bytes, now: int) -> tuple[Event, ...]:
    origin = arrivals.decode_origin(download.context)
    # The blob of a copy comes from another machine of this station.
    ours = origin.station == desks.own(desk).station
    try:
        arrival: Arrival = (arrivals.judge_copy if ours else arrivals.judge_cable)(desk, content, origin)
    except (CryptoError, TrustError, FormatError, NotAllowed) as error:
        return _given_up(desk, job, download, error, now)
    with desk.db.transaction():
        rows.end_download(desk.db, job.key)
        events = arrivals.keep(desk, arrival, now)
    # The cable stands in the database now; its blob has done its work.
    desk.files.erase(job.key)
    return tuple(events)


def download_damaged(desk: Desk, job: DownloadJob, error: SecmsgError) -> tuple[Event, ...]:
    """Throw away what does not verify and fetch it again; after the third time it is shown and its sender is told.

    A relay that gives other bytes than the sender's must not be able to spoil a cable at the first try.
    """
    download = _download(desk, job)
    if download is None:
        return ()
    relays = len(relay_rows.every(desk.db))
    if download.damaged + 1 >= max(MAX_TRIES, 2 * relays):
        return _given_up(desk, job, download, error, desk.now())
    desk.files.erase(job.key)
    wait = delay(desk.policy.backoff, download.damaged, desk.random)
    with desk.db.transaction():
        rows.download_failed(desk.db, job.key, desk.now() + int(wait), "what came does not verify", damaged=True)
    return ()


def _given_up(desk: Desk, job: DownloadJob, download: Download, error: SecmsgError, now: int) -> tuple[Event, ...]:
    origin = arrivals.decode_origin(download.context)
    events: list[Event] = []
    with desk.db.transaction():
        rows.end_download(desk.db, job.key)
        if download.cable_id is not None:
            rows.move_annex(desk.db, download.cable_id, download.position, AnnexState.DAMAGED)
            events.append(CableChanged(download.cable_id))
        kind, fault = _said_of(download, error)
        detail = f"station {origin.station}, serial {origin.serial}: {fault.name.lower()}"
        events.append(notices.add(desk, kind, now, detail))
        arrivals.report_fault(desk, origin.station, fault, origin.serial, now, download.cable_id)
    desk.files.erase(job.key)
    return tuple(events)


def _said_of(download: Download, error: SecmsgError) -> tuple[NoticeKind, FaultCode]:
    """Return what the officer and the sender are told of a blob that is given up."""
    if download.purpose is DownloadPurpose.ANNEX:
        return NoticeKind.ATTACHMENT_DAMAGED, FaultCode.ANNEX_MISSING
    match error:
        case NotAllowed():
            return NoticeKind.CABLE_CLASH, FaultCode.SUSPECTED_DUPLICATE
        case FormatError():
            return NoticeKind.QUARANTINED, FaultCode.GARBLED
        case _:
            return NoticeKind.QUARANTINED, FaultCode.SIGNATURE


def _download(desk: Desk, job: DownloadJob) -> Download | None:
    return next((each for each in rows.downloads_due(desk.db, _FOREVER) if each.blob_key == job.key), None)


_FOREVER = 2**53


# --- paused by the officer -------------------------------------------------------------------------------------------


def upload_paused(desk: Desk, job: UploadJob) -> bool:
    """Say whether the officer has paused an upload since it began."""
    due = rows.uploads_due(desk.db, job.relay, _FOREVER)
    return any(each.blob_key == job.key and each.paused_at is not None for each in due)


def download_paused(desk: Desk, job: DownloadJob) -> bool:
    """Say whether the officer has paused a download since it began."""
    download = _download(desk, job)
    return download is not None and download.paused_at is not None


def pause(desk: Desk, cable_id: CableId, position: int | None) -> None:
    """Pause the transfers of an annex (None: of a whole cable); NotFound when nothing is under way."""
    with desk.db.transaction():
        if not rows.pause(desk.db, cable_id, position, desk.now()):
            raise NotFound("nothing of this is being sent or fetched")


def go_on(desk: Desk, cable_id: CableId, position: int | None) -> None:
    """Let paused transfers go on from where they stand; NotFound when none is paused."""
    with desk.db.transaction():
        if not rows.go_on(desk.db, cable_id, position, desk.now()):
            raise NotFound("nothing of this is paused")


# --- opening ---------------------------------------------------------------------------------------------------------


def open_annex(files: BlobFiles, key: BlobKey, slip: Slip, sender: Sender, write: Write) -> None:
    """Decipher a kept annex into `write`; what was written counts only after this returned."""
    with files.open(key) as source:
        annexes.unseal(source, slip, sender, Purpose.ANNEX, write)
