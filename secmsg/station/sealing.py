"""Attachments on their way into a cable: read, cleaned if asked, hashed and sealed into files of their own.

    prepare    on the store's thread: what will be needed, drawn and looked up
    run        on any thread: the long work, watched and stopped by whoever waits
    release    on the store's thread again: one transaction takes what was sealed (release.py)

What was sealed for a release that does not happen is erased; after a kill it is swept at the next start.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from secmsg.crypto.randomness import Random
from secmsg.errors import NotFound
from secmsg.office.draft import Draft, DraftAttachment
from secmsg.station import annex as annexes
from secmsg.station import cleaning
from secmsg.station.annex import Described, Purpose, Sealed, Source, Watch, unwatched
from secmsg.station.desk import Desk, Own
from secmsg.store import blobs as blob_rows
from secmsg.store.blobs import DAY, Blob, BlobFiles
from secmsg.wire.cable import Annex
from secmsg.wire.slip import Slip

BLOB_LIFE_S = 30 * 86_400


@dataclass(frozen=True, slots=True)
class SealedFile:
    """An attachment as it will travel: its blob on disk, its slip and the annex entry the officer signs."""

    blob: Blob
    slip: Slip
    annex: Annex


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals contents with this device's key into blob files; holds nothing of the database."""

    files: BlobFiles
    own: Own = field(repr=False)
    now: int
    random: Random = field(repr=False)

    def seal(
        self, source: Source, described: Described, purpose: Purpose, watch: Watch = unwatched
    ) -> tuple[Blob, Sealed]:
        """Seal a stream into a new blob file that is durable when this returns; its row comes with the release."""
        made: list[Sealed] = []

        def fill(file: BinaryIO) -> None:
            made.append(
                annexes.seal(
                    source,
                    described,
                    file.write,
                    device=self.own.device_signer.key,
                    ref=self.own.device_signer.ref,
                    purpose=purpose,
                    expiry=self.now + BLOB_LIFE_S,
                    random=self.random,
                    watch=watch,
                )
            )

        blob = self.files.write(blob_rows.new_key(self.random), fill, self.now // DAY)
        return blob, made[0]


@dataclass(frozen=True, slots=True)
class Sealing:
    """The attachments of one draft, to be sealed; `total` is the bytes that `watch` will count up to."""

    sealer: Sealer
    attachments: tuple[DraftAttachment, ...]

    @property
    def total(self) -> int:
        """How many bytes there are to read, as the draft says."""
        return sum(each.size for each in self.attachments)

    def run(self, watch: Watch = unwatched) -> tuple[SealedFile, ...]:
        """Seal them all; nothing is left when one fails or `watch` ends it (TransferStopped)."""
        sealed: list[SealedFile] = []
        before = 0
        try:
            for each in self.attachments:
                sealed.append(_sealed(self.sealer, each, lambda done, base=before: watch(base + done)))
                before += each.size
        except BaseException:
            self.forget(sealed)
            raise
        return tuple(sealed)

    def forget(self, sealed: Sequence[SealedFile]) -> None:
        """Erase what was sealed for nothing."""
        for each in sealed:
            self.sealer.files.erase(each.blob.key)


def sealer(desk: Desk, own: Own, now: int) -> Sealer:
    """Give what seals with this station's device key."""
    return Sealer(desk.files, own, now, desk.random)


def prepare(desk: Desk, own: Own, draft: Draft, now: int) -> Sealing:
    """Look up what sealing a draft's attachments needs."""
    return Sealing(sealer(desk, own, now), draft.attachments)


def _sealed(sealer: Sealer, attachment: DraftAttachment, watch: Watch) -> SealedFile:
    with _content(attachment) as (source, described):
        blob, sealed = sealer.seal(source, described, Purpose.ANNEX, watch)
    manifest = sealed.manifest
    annex = Annex(
        manifest.name,
        manifest.media_type,
        manifest.size,
        manifest.pages,
        manifest.content_hash,
        sealed.slip.manifest_hash,
    )
    return SealedFile(blob, sealed.slip, annex)


@contextmanager
def _content(attachment: DraftAttachment) -> Iterator[tuple[Source, Described]]:
    """Give what is to be sealed: the file itself, or its copy without metadata, which never touches a disk in clear."""
    path = Path(attachment.path)
    described = Described(attachment.name, attachment.media_type, attachment.size, attachment.pages)
    if attachment.without_metadata:
        with cleaning.cleaned(path) as (report, copy):
            yield copy, replace(described, size=report.size)
        return
    try:
        source = path.open("rb", buffering=0)
    except OSError:
        raise NotFound(f"the attachment {attachment.name} cannot be read") from None
    with source:
        yield source, described
