"""What the formats of thin packets are given: the tables that come with the program, and the hash for their checks."""

import functools
from pathlib import Path

from secmsg.crypto import hashing, labels
from secmsg.errors import StoreDamaged
from secmsg.ids import CableId, Serial, StationId
from secmsg.wire import thin_content, thin_table
from secmsg.wire.thin_content import CHECK_SIZE, Tables, ThinCable

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "thin"
CABLE_ID_SIZE = 16


@functools.cache
def tables() -> Tables:
    """Return the tables by number, read once; StoreDamaged when the installation lacks them."""
    try:
        found = [thin_table.parse(path.read_text("utf-8")) for path in sorted(FOLDER.glob("vi-*.txt"))]
    except OSError as error:
        raise StoreDamaged("the tables for thin text cannot be read") from error
    return {table.number: table for table in found}


def check(control: int, message: bytes) -> bytes:
    """Return the check of a message in fragments (docs/spec/thin-text.md 4)."""
    return hashing.short(_framed(labels.HASH_THIN_MESSAGE), bytes([control]), message)[:CHECK_SIZE]


def cable_id(cable: ThinCable, origin: StationId, to: StationId, serial: Serial) -> CableId:
    """Return the id of a cable that went by thin packets (docs/spec/thin-text.md 2); `serial` is the whole one."""
    identity = thin_content.identity(cable, origin, to, serial)
    return CableId(hashing.short(_framed(labels.HASH_THIN_CABLE), identity)[:CABLE_ID_SIZE])


def _framed(label: str) -> bytes:
    return label.encode("ascii") + b"\0"
