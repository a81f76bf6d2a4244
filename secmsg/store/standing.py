"""What lies in clear beside a store for the hour of its destruction: the policy, and counts by kind; no name, no place.

Source: docs/spec/destruction.md 4. Nothing of the store can be read when its keys are dead, so what must be known then
stands here. 64 bytes, written whole under its name.

    0   8   "SMDESTR1"
    8   1   1: the keys may be destroyed without a passphrase
    9   1   1: counts follow
    10  4   lines that the ledger had when the checklist was printed, 0 never
    14  8   when it was printed, UTC seconds
    22  40  items that are here, by kind 1 to 20, u16 each
    62  1   1: a destruction in order was closed; 2, 4, 8: printed cables mật, tối mật, tuyệt mật went in it
    63  1   0
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from secmsg.errors import NotFound, StoreError
from secmsg.office.materials import Kind
from secmsg.store import paths
from secmsg.store.paths import Home
from secmsg.wire.cable import Degree

SIZE = 64
KINDS = 20
_MAGIC = b"SMDESTR1"
_PRINTED = (Degree.CONFIDENTIAL, Degree.SECRET, Degree.TOP_SECRET)
_MOST = 0xFFFF
_TIME = 8
_VAULT = b"secmsg vault"
_HEADERS = 2
_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Standing:
    """`free`: no passphrase is asked. `counts` is None where the office keeps them out of the open."""

    free: bool = True
    counts: Mapping[Kind, int] | None = field(default=None)
    printed_line: int = 0
    printed_at: int = 0
    walked: bool = False
    """Two persons have gone through the list, and nothing but the keys of the machine comes next."""
    papers_gone: frozenset[Degree] = frozenset()
    """Degrees whose printed cables two persons have said to be destroyed."""


def encode(standing: Standing) -> bytes:
    """Return the file's bytes."""
    counts = {} if standing.counts is None else standing.counts
    cells = b"".join(
        min(counts.get(Kind(number), 0) if number in _KNOWN else 0, _MOST).to_bytes(2, "big")
        for number in range(1, KINDS + 1)
    )
    head = _MAGIC + bytes([standing.free, standing.counts is not None])
    tail = bytes([standing.walked + sum(1 << degree for degree in standing.papers_gone), 0])
    return head + standing.printed_line.to_bytes(4, "big") + standing.printed_at.to_bytes(8, "big") + cells + tail


def decode(data: bytes) -> Standing:
    """Read a file's bytes; what is not as this program writes it counts as none: free, and nothing is counted."""
    if len(data) != SIZE or not data.startswith(_MAGIC) or data[8] > 1 or data[9] > 1:
        return Standing()
    cells = data[22 : 22 + 2 * KINDS]
    found = {
        Kind(number): count for number in _KNOWN if (count := int.from_bytes(cells[2 * number - 2 : 2 * number], "big"))
    }
    return Standing(
        free=data[8] == 1,
        counts=MappingProxyType(found) if data[9] else None,
        printed_line=int.from_bytes(data[10:14], "big"),
        printed_at=int.from_bytes(data[14:22], "big"),
        walked=bool(data[62] & 1),
        papers_gone=frozenset(degree for degree in _PRINTED if data[62] >> degree & 1),
    )


def read(path: Path) -> Standing:
    """Return what stands beside a store; the default when there is nothing, or it cannot be read."""
    try:
        descriptor = paths.open_private(path)
    except StoreError:
        return Standing()
    try:
        with paths.disk_errors():
            return decode(os.read(descriptor, SIZE + 1))
    except StoreError:
        return Standing()
    finally:
        os.close(descriptor)


def keep(path: Path, standing: Standing) -> bool:
    """Write it, durably and whole; answer whether the disk took it. What is the same already is not written."""
    data = encode(standing)
    with suppress(StoreError):
        if _is_there(path, data):
            return True
    return write(path, data)


def write(path: Path, data: bytes) -> bool:
    """Write a file beside a store whole under its name, for its owner alone; answer whether the disk took it."""
    try:
        new = path.with_name(path.name + ".new")
        with paths.disk_errors():
            new.unlink(missing_ok=True)
            descriptor = paths.open_private(new, create=True)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
            paths.sync_directory(path.parent)
    except StoreError:
        return False
    return True


# --- the mark of a destruction -------------------------------------------------------------------------------------


def mark(home: Home, at: int) -> bool:
    """Note beside the dead vault when its keys were destroyed; answer whether the disk took it."""
    try:
        with paths.disk_errors():
            home.destroyed.unlink(missing_ok=True)
            descriptor = paths.open_private(home.destroyed, create=True)
            try:
                os.write(descriptor, max(0, at).to_bytes(_TIME, "big"))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            paths.sync_directory(home.root)
    except (NotFound, StoreError):
        return False
    return True


def marked(home: Home) -> int | None:
    """Return when the keys of a profile were destroyed (UTC seconds), None when they were not."""
    try:
        descriptor = paths.open_private(home.destroyed)
    except StoreError:
        return None
    try:
        with paths.disk_errors():
            kept = os.read(descriptor, _TIME + 1)
    except StoreError:
        return None
    finally:
        os.close(descriptor)
    return int.from_bytes(kept, "big") if len(kept) == _TIME else None


def dead_since(home: Home) -> int | None:
    """Return when the keys of a profile were destroyed (UTC seconds), None when a vault is there or no mark is."""
    with suppress(OSError), home.vault.open("rb") as file:
        for _ in range(_HEADERS):
            # A store that was put back, or made anew, in the same folder is none that was destroyed.
            if file.read(_PAGE).startswith(_VAULT):
                return None
    return marked(home)


def _is_there(path: Path, data: bytes) -> bool:
    try:
        descriptor = paths.open_private(path)
    except NotFound:
        return False
    try:
        with paths.disk_errors():
            return os.read(descriptor, SIZE + 1) == data
    finally:
        os.close(descriptor)


_KNOWN = frozenset(int(kind) for kind in Kind)
