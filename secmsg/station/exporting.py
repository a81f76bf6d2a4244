"""Plaintext that leaves the store, only where the officer asked for it: annexes and the text of cables.

Written beside the target, flushed, and given its name after the last check; nothing is left behind on failure.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from secmsg.errors import NotAllowed, NotFound, StoreExists
from secmsg.ids import BlobKey, CableId
from secmsg.office.person_log import Deed
from secmsg.station import desk as desks
from secmsg.station import person_cables, reading, texts, transfers
from secmsg.station.annex import Sender, Write
from secmsg.station.desk import Desk
from secmsg.store import blobs, cables, paths
from secmsg.store.blobs import AnnexState
from secmsg.wire import cable as cable_wire
from secmsg.wire import names
from secmsg.wire import slip as slip_wire
from secmsg.wire.cable import Cable


def open_attachment(desk: Desk, cable_id: CableId, index: int) -> bytes:
    """Decipher an annex in memory; NotAllowed above the limit for previews, NotFound before it is whole."""
    piece = bytearray()
    if _size(desk, cable_id, index) > desk.policy.limits.preview_bytes:
        raise NotAllowed("the attachment is too large for a preview; export it")
    person_cables.note_opened(desk, cable_id)
    _decipher(desk, cable_id, index, piece.extend)
    return bytes(piece)


def export(desk: Desk, cable_id: CableId, index: int, target: Path) -> Path:
    """Decipher an annex into a file; `target` is a directory or a new file. The line of it is kept before."""
    cable = texts.text(cables.read(desk.db, cable_id))
    if not 0 <= index < len(cable.annexes):
        raise NotFound("the cable has no such attachment")
    path = free_place(target, cable.annexes[index].name)
    with _written(path) as file:
        _whole(desk, cable_id, index)
        person_cables.note(desk, Deed.EXPORTED, cable_id, f"annex {index + 1}")
        _decipher(desk, cable_id, index, file.write)
    return path


def export_text(desk: Desk, cable_id: CableId, target: Path) -> Path:
    """Write a cable's fields and text as UTF-8. The line of it is kept before."""
    view = reading.view(desk, cable_id)
    path = free_place(target, f"{view.cable.mrn}.txt")
    with _written(path) as file:
        person_cables.note(desk, Deed.EXPORTED, cable_id, "text")
        way = "bằng tay" if view.row.by_hand else "qua gói mỏng"
        file.write(as_text(view.cable, view.origin_name, view.action_names, view.info_names, way).encode())
    return path


def as_text(
    cable: Cable, origin: str, action: tuple[str, ...], info: tuple[str, ...], way: str = "qua gói mỏng"
) -> str:
    """Return a cable as plain text, in the order of the printed form; `way` is how an unsigned one came."""
    dtg = datetime.fromtimestamp(cable.dtg, UTC)
    lines = [
        f"{cable.degree.name}  {cable.urg_action.name}",
        f"Số: {cable.symbol}    {cable.mrn}",
        f"Ngày giờ: {dtg:%d%H%MZ %b %y}",
        f"Nơi gửi: {origin}",
        f"Nơi nhận: {'; '.join(action)}",
        *([f"Để biết: {'; '.join(info)}"] if info else []),
        f"Trích yếu: {cable.subject}",
        *(f"Tham chiếu: {each.mrn}" for each in cable.refs),
        "",
        cable.body,
        "",
        *(
            f"Kèm theo {number}: {annex.name} ({annex.size} B, {annex.pages} tr.)"
            for number, annex in enumerate(cable.annexes, 1)
        ),
        f"Chưa có chữ ký: nhận {way}, bản ký chưa tới."
        if not cable.releaser.person
        else f"Soạn thảo: {cable.drafter.name}    Ký: {cable.releaser.name}, {cable.releaser.title}",
    ]
    return "\n".join(lines) + "\n"


def export_paper(data: bytes, target: Path, before: Callable[[], None] = lambda: None) -> Path:
    """Write a paper where the officer said, whole and for its owner alone; StoreExists, DiskFull, nothing left then.

    `before` is what must stand in the store before the paper has its name: its bytes are on the medium by then.
    """
    path = free_place(target, target.name)
    with _written(path, before) as file:
        file.write(data)
    return path


def _size(desk: Desk, cable_id: CableId, index: int) -> int:
    return slip_wire.decode(blobs.annex(desk.db, cable_id, index).slip).size


def _decipher(desk: Desk, cable_id: CableId, index: int, write: Write) -> None:
    key, slip = _whole(desk, cable_id, index)
    transfers.open_annex(desk.files, key, slip_wire.decode(slip), sender(desk, cable_id), write)


def _whole(desk: Desk, cable_id: CableId, index: int) -> tuple[BlobKey, bytes]:
    """Return the blob of an annex and its slip; NotFound before it is whole."""
    kept = blobs.annex(desk.db, cable_id, index)
    if kept.state is not AnnexState.READY or kept.blob_key is None:
        raise NotFound("the attachment is not here yet")
    return kept.blob_key, kept.slip


def sender(desk: Desk, cable_id: CableId) -> Sender:
    """Find whose device sealed a cable's annexes: listed now, in the certificates met, or we ourselves."""
    signed = cable_wire.decode_signed(cables.read(desk.db, cable_id).signed)
    kit = desk.shelf.kit
    if kit is not None:
        return Sender(kit.ref, kit.public)
    own = desks.own(desk)
    if signed.device_ref == own.device_signer.ref:
        return Sender(own.device_signer.ref, own.device_signer.key.public)
    kept = desks.kept_certificate(desk, signed.device_ref)
    return Sender(signed.device_ref, kept.public)


def free_place(target: Path, name: str) -> Path:
    """Return the file to write: in a directory under a safe free name, else the target itself, which must be new."""
    if target.is_dir():
        taken = {each.name for each in target.iterdir()}
        return target / names.for_export(name, taken)
    if target.exists() or target.is_symlink():
        raise StoreExists("there is a file of this name already")
    return target


@contextmanager
def _written(path: Path, before: Callable[[], None] = lambda: None) -> Iterator[BinaryIO]:
    """Give a file beside `path` that takes its name when everything went well and is removed when not."""
    beside = path.with_name(f".{path.name}.part")
    with paths.disk_errors():
        # What a power cut left of an earlier try is of no use to anybody, and may be a plaintext.
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with paths.disk_errors(), os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        before()
        _name(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    with paths.disk_errors():
        paths.sync_directory(path.parent)


def _name(beside: Path, path: Path) -> None:
    """Give a finished file its name; StoreExists when something has taken it meanwhile."""
    try:
        # A link refuses to replace what has come meanwhile; a rename would not.
        os.link(beside, path)
    except FileExistsError:
        raise StoreExists("there is a file of this name already") from None
    except OSError:
        # The courier's stick knows no links.
        if path.exists():
            raise StoreExists("there is a file of this name already") from None
        with paths.disk_errors():
            beside.rename(path)
