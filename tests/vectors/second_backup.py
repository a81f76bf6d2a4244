"""A second reading of a backup's manifest, written from docs/spec/backup.md alone."""

import hmac
import itertools

import nacl.bindings
import nacl.exceptions
from blake3 import blake3

from tests.vectors.second_basis import RefusedError, cbor, kdf, need, only, raw, time, uint

PIECE, BLOB_PIECE = 4_194_304, 16_777_216
Read = list[object]


def keys(store: bytes, master: bytes) -> dict[str, bytes]:
    # backup.md 4
    purposes = {"the piece key": b"pieces", "the manifest key": b"manifest"}
    return {name: kdf(store, master, "store/backup/v1", purpose, 32) for name, purpose in purposes.items()}


def name(key: bytes, piece: bytes) -> bytes:
    # backup.md 3
    return hmac.digest(key, blake3(piece).digest(), "sha256")


def manifest(data: bytes) -> Read:
    # backup.md 4
    f = cbor(data, 64 << 20)
    only(f, *range(14))
    need(f.get(0) == 1 and type(f.get(0)) is int, "version")
    size = uint(f.get(8), 1, 1 << 42)
    pieces = -(-size // PIECE)
    blobs, before, asked = [], b"", 0
    records = raw(f.get(10), 0, 24_000_000)
    need(len(records) % 24 == 0, "blobs")
    for at in range(0, len(records), 24):
        key, length = records[at : at + 16], int.from_bytes(records[at + 16 : at + 24])
        need(key > before and 1 <= length <= 1 << 42, "blob")
        before, asked = key, asked - (-length // BLOB_PIECE)
        blobs.append([key, length])
    heads = raw(f.get(7), 0, 256 * 37)
    need(len(heads) % 37 == 0, "heads")
    registers = [heads[at : at + 37] for at in range(0, len(heads), 37)]
    need(all(one[0] < two[0] for one, two in itertools.pairwise(registers)), "order")
    return [
        uint(f.get(1), 1, 99_999_999), time(f.get(2)), uint(f.get(3), 1, 9_999), uint(f.get(4), 0, 65_535),
        uint(f.get(5), 0, 2**63 - 1), uint(f.get(6), 0, 2**63 - 1), registers, size, raw(f.get(9), 32 * pieces),
        blobs, raw(f.get(11), 32 * asked) if asked else raw(f.get(11), 0, 0), raw(f.get(12), 32), raw(f.get(13), 16),
    ]  # fmt: skip


def opened(store: bytes, key: bytes, sealed: bytes) -> bytes:
    # backup.md 4
    need(sealed[:15] == b"secmsg backup\0\1" and sealed[15:31] == store, "head")
    need(len(sealed) >= 31 + 24 + 16, "length")
    try:
        found = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[55:], sealed[:31], sealed[31:55], key)
    except nacl.exceptions.CryptoError:
        raise RefusedError("seal") from None
    return bytes(found)
