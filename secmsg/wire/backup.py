"""The manifest of a backup: of which state it is, and which pieces it is made of (docs/spec/backup.md 4).

Nothing here knows a key: the manifest is sealed and opened by `secmsg.store.backup_seal`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from secmsg.errors import FormatError, StoreNewer
from secmsg.wire import codec
from secmsg.wire.codec import Fields, Reader, Value, Writer

MAGIC = b"secmsg backup"
VERSION = 1
STORE_ID_SIZE = 16
HEAD_SIZE = len(MAGIC) + 2 + STORE_ID_SIZE
NAME_SIZE = 32
FOLDER_ID_SIZE = 16
MAX_BYTES = 64 * 1024 * 1024
MAX_NUMBER = 99_999_999
MAX_STEPS = 9_999
MAX_COUNT = 2**63 - 1
MAX_DATABASE = 2**42
MAX_BLOBS = 1_000_000
MAX_REGISTERS = 256
DATABASE_PIECE = 4 * 1024 * 1024
BLOB_PIECE = 16 * 1024 * 1024

_KEY_SIZE = 16
_MAC_SIZE = 32
_REGISTER_SIZE = 1 + 4 + _MAC_SIZE
_BLOB_SIZE = _KEY_SIZE + 8


@dataclass(frozen=True, slots=True)
class RegisterHead:
    """Where a register ended."""

    register: int
    line: int
    mac: bytes


@dataclass(frozen=True, slots=True)
class BlobPieces:
    """One blob: its key (16 bytes), its size and the names of its pieces in order."""

    key: bytes
    size: int
    names: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; `names` are those of the database's pieces, `vault` is BLAKE3 of the vault copy.

    `folder_id` (16 bytes) stays the same for all backups in one folder.
    """

    number: int
    folder_id: bytes
    made_at: int
    steps: int
    station: int
    counter: int
    cables: int
    registers: tuple[RegisterHead, ...]
    size: int
    names: tuple[bytes, ...]
    blobs: tuple[BlobPieces, ...]
    vault: bytes

    @property
    def every_name(self) -> frozenset[bytes]:
        """Name every piece."""
        return frozenset(self.names).union(*(each.names for each in self.blobs))

    @property
    def total(self) -> int:
        """Count the bytes of the database and of all blobs."""
        return self.size + sum(each.size for each in self.blobs)

    def sizes(self) -> Iterator[tuple[bytes, int]]:
        """Give every piece with its size, in the order in which they are written."""
        yield from _sized(self.names, self.size, DATABASE_PIECE)
        for each in self.blobs:
            yield from _sized(each.names, each.size, BLOB_PIECE)


def pieces_of(size: int, piece: int) -> int:
    """Count the pieces of a file."""
    return -(-size // piece)


def encode(manifest: Manifest) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    registers, blobs = Writer(), Writer()
    for head in manifest.registers:
        registers.u8(head.register).u32(head.line).raw(head.mac, _MAC_SIZE)
    for blob in manifest.blobs:
        blobs.raw(blob.key, _KEY_SIZE).u64(blob.size)
    whole: dict[int, Value] = {
        0: VERSION, 1: manifest.number, 2: manifest.made_at, 3: manifest.steps, 4: manifest.station,
        5: manifest.counter, 6: manifest.cables, 7: registers.bytes(), 8: manifest.size, 9: b"".join(manifest.names),
        10: blobs.bytes(), 11: b"".join(name for blob in manifest.blobs for name in blob.names), 12: manifest.vault,
        13: manifest.folder_id,
    }  # fmt: skip
    encoded = codec.encode(whole)
    if decode(encoded) != manifest:  # what is written here is what a restore takes
        raise FormatError("backup manifest: names and sizes do not fit together")
    return encoded


def decode(data: bytes) -> Manifest:
    """Return the manifest; FormatError unless every byte is as docs/spec/backup.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES), "backup manifest")
    fields.uint(0, VERSION, VERSION)  # a newer one is told by the head
    number, made_at = fields.uint(1, 1, MAX_NUMBER), fields.uint(2, 0, codec.MAX_TIME)
    steps, station = fields.uint(3, 1, MAX_STEPS), fields.uint(4, 0, 0xFFFF)
    counter, cables = fields.uint(5, 0, MAX_COUNT), fields.uint(6, 0, MAX_COUNT)
    registers = _registers(fields.raw(7, 0, MAX_REGISTERS * _REGISTER_SIZE))
    size = fields.uint(8, 1, MAX_DATABASE)
    count = pieces_of(size, DATABASE_PIECE)
    names = _names(fields.raw(9, NAME_SIZE, MAX_BYTES), count)
    blobs = _blobs(fields.raw(10, 0, MAX_BLOBS * _BLOB_SIZE), fields.raw(11, 0, MAX_BYTES))
    vault, folder = fields.raw(12, NAME_SIZE), fields.raw(13, FOLDER_ID_SIZE)
    fields.done()
    return Manifest(number, folder, made_at, steps, station, counter, cables, registers, size, names, blobs, vault)


def head(store_id: bytes) -> bytes:
    """Return what stands before the sealed map, in clear, and is bound into it."""
    return Writer().raw(MAGIC, len(MAGIC)).u16(VERSION).raw(store_id, STORE_ID_SIZE).bytes()


def read_head(data: bytes) -> bytes:
    """Return the store id of a sealed manifest; FormatError, StoreNewer."""
    reader = Reader(data)
    if reader.raw(len(MAGIC)) != MAGIC:
        raise FormatError("this is no backup manifest")
    version = reader.u16()
    if version > VERSION:
        raise StoreNewer("the backup was written by a newer version of the program")
    if version != VERSION:
        raise FormatError("backup manifest: no such version")
    return reader.raw(STORE_ID_SIZE)


def _registers(data: bytes) -> tuple[RegisterHead, ...]:
    reader, found, last = Reader(data), [], -1
    while reader.left():
        found.append(RegisterHead(reader.u8(), reader.u32(), reader.raw(_MAC_SIZE)))
        if found[-1].register <= last:
            raise FormatError("backup manifest: registers out of order")
        last = found[-1].register
    return tuple(found)


def _blobs(records: bytes, names: bytes) -> tuple[BlobPieces, ...]:
    reader, left, found, last = Reader(records), Reader(names), [], b""
    while reader.left():
        key, size = reader.raw(_KEY_SIZE), reader.u64()
        if not 1 <= size <= MAX_DATABASE or key <= last:
            raise FormatError("backup manifest: blobs out of order or bounds")
        count = pieces_of(size, BLOB_PIECE)
        found.append(BlobPieces(key, size, _names(left.raw(count * NAME_SIZE), count)))
        last = key
    if left.left():
        raise FormatError("backup manifest: names that belong to no blob")
    return tuple(found)


def _names(data: bytes, count: int) -> tuple[bytes, ...]:
    if len(data) != count * NAME_SIZE:
        raise FormatError("backup manifest: names and sizes do not fit together")
    return tuple(data[at : at + NAME_SIZE] for at in range(0, len(data), NAME_SIZE))


def _sized(names: tuple[bytes, ...], size: int, piece: int) -> Iterator[tuple[bytes, int]]:
    for at, name in enumerate(names):
        yield name, min(piece, size - at * piece)
