"""Write backup.json: a manifest, its sealed form, the name of a piece, and what is refused of each."""

from dataclasses import replace

import cbor2

from secmsg.crypto.secret import Secret
from secmsg.store import backup_seal
from secmsg.wire import backup
from secmsg.wire.backup import BLOB_PIECE, DATABASE_PIECE, BlobPieces, Manifest, RegisterHead
from tests.helpers.seeded_random import seeded
from tests.vectors import frame
from tests.vectors.frame import Test

STORE_ID, MASTER = bytes(range(16)), Secret(bytes(range(32, 64)))
PIECE = b"mot trang ma " * 40
MANIFEST = Manifest(
    number=2,
    folder_id=bytes(range(64, 80)),
    made_at=1_800_000_000,
    steps=18,
    station=7,
    counter=12_345,
    cables=412,
    registers=(RegisterHead(1, 219, b"\x11" * 32), RegisterHead(2, 193, b"\x22" * 32)),
    size=DATABASE_PIECE + 8_192,
    names=(b"\xa1" * 32, b"\xa2" * 32),
    blobs=(
        BlobPieces(b"\x01" * 16, 1, (b"\xb1" * 32,)),
        BlobPieces(b"\x02" * 16, BLOB_PIECE + 1, (b"\xb2" * 32, b"\xb3" * 32)),
    ),
    vault=b"\xcc" * 32,
)
EMPTY = replace(MANIFEST, number=1, station=0, cables=0, registers=(), size=1, names=(b"\xa1" * 32,), blobs=())


def _with(**changed: object) -> str:
    fields = cbor2.loads(backup.encode(MANIFEST))
    for name, value in changed.items():
        if value is ...:
            del fields[int(name[1:])]
        else:
            fields[int(name[1:])] = value
    return cbor2.dumps(fields, canonical=True).hex()


def _refused() -> list[Test]:
    encoded = backup.encode(MANIFEST)
    fields = cbor2.loads(encoded)
    blobs, names = fields[10], fields[11]
    wrong = {
        "cut short by one byte": (encoded[:-1].hex(), "FormatError", "length"),
        "a byte after the end": ((encoded + b"\0").hex(), "FormatError", "length"),
        "version 0": (_with(f0=0), "FormatError", "bound"),
        "version 2": (_with(f0=2), "FormatError", "bound"),
        "number 0": (_with(f1=0), "FormatError", "bound"),
        "a time beyond the year 9999": (_with(f2=253_402_300_800), "FormatError", "bound"),
        "no steps": (_with(f3=0), "FormatError", "bound"),
        "station 65 536": (_with(f4=65_536), "FormatError", "bound"),
        "half a register": (_with(f7=bytes(36)), "FormatError", "length"),
        "a register twice": (_with(f7=fields[7][:37] * 2), "FormatError", "canonical"),
        "an empty database": (_with(f8=0), "FormatError", "bound"),
        "a database of one piece more than is named": (_with(f8=3 * DATABASE_PIECE), "FormatError", "rule"),
        "half a name": (_with(f9=fields[9][:-1]), "FormatError", "length"),
        "an empty blob": (_with(f10=blobs[:16] + bytes(8) + blobs[24:]), "FormatError", "bound"),
        "a blob twice": (_with(f10=blobs[:24] * 2, f11=names[:64]), "FormatError", "canonical"),
        "a piece that belongs to no blob": (_with(f11=names + bytes(32)), "FormatError", "rule"),
        "a piece that lacks": (_with(f11=names[:-32]), "FormatError", "rule"),
        "no vault": (_with(f12=...), "FormatError", "rule"),
        "a folder's id of 15 bytes": (_with(f13=bytes(15)), "FormatError", "length"),
        "a field more": (_with(f14=0), "FormatError", "rule"),
    }
    return [frame.no(name, error, flag, do="decode", hex=data) for name, (data, error, flag) in wrong.items()]


def _sealed() -> list[Test]:
    keys = backup_seal.derive(STORE_ID, MASTER)
    sealed = backup_seal.seal(keys, MANIFEST, seeded(b"backup"))
    head = backup.HEAD_SIZE
    wrong = {
        "another store": (sealed[:15] + b"\xff" * 16 + sealed[head:], "OtherBackup", "swap"),
        "another mark": (b"S" + sealed[1:], "BackupDamaged", "bound"),
        "version 2 outside": (sealed[:13] + b"\0\2" + sealed[15:], "StoreNewer", "bound"),
        "version 0 outside": (sealed[:13] + b"\0\0" + sealed[15:], "BackupDamaged", "bound"),
        "cut in the nonce": (sealed[: head + 20], "BackupDamaged", "length"),
        "cut by one byte": (sealed[:-1], "BackupDamaged", "length"),
        "a bit turned": (sealed[:-1] + bytes([sealed[-1] ^ 1]), "BackupDamaged", "bit"),
    }
    return [
        frame.ok("the piece key", do="derive", gives=keys.pieces.reveal().hex()),
        frame.ok("the manifest key", do="derive", gives=keys.manifest.reveal().hex()),
        frame.ok("the name of a piece", do="name", piece=PIECE.hex(), gives=backup_seal.name(keys, PIECE).hex()),
        frame.ok("sealed", do="open", hex=sealed.hex(), of="a store of two pieces and two blobs"),
        *(frame.no(name, error, flag, do="open", hex=data.hex()) for name, (data, error, flag) in wrong.items()),
    ]


def made() -> dict[str, str]:
    """Return the text of the file."""
    tests = [
        frame.ok("a store of two pieces and two blobs", "example", do="decode", hex=backup.encode(MANIFEST).hex()),
        frame.ok("an empty store", do="decode", hex=backup.encode(EMPTY).hex()),
        *_refused(),
        *_sealed(),
    ]
    given = {"store_id": STORE_ID.hex(), "master": MASTER.reveal().hex()}
    return {"backup": frame.text("backup.md", tests, given=given)}
