"""Hashes, the keyed hash of packets, and comparison in constant time (docs/spec/crypto.md 3)."""

import hashlib
import hmac

from blake3 import blake3
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from secmsg.crypto.secret import Secret

Buffer = bytes | bytearray | memoryview

# The other thread of the pipeline writes meanwhile; two threads here wait for each other (measured: tests/bench).
_THREADS = 1


def short(*parts: bytes) -> bytes:
    """Return SHA-512/256 of the concatenated parts: 32 bytes.

    The parts are not framed: a caller puts a label first and fixes or encodes the lengths.
    """
    state = hashes.Hash(hashes.SHA512_256())
    for part in parts:
        state.update(part)
    return state.finalize()


def sha512(*parts: bytes) -> bytes:
    """Return SHA-512 of the concatenated parts: 64 bytes, unframed like `short`."""
    state = hashlib.sha512()
    for part in parts:
        state.update(part)
    return state.digest()


def hmac_sha256(key: Secret, data: bytes) -> bytes:
    """Return HMAC-SHA-256 (RFC 2104): 32 bytes. Compare it with `equal`."""
    return hmac.digest(key.reveal(), data, "sha256")


class KeyedHash:
    """HMAC-SHA-256 with one key made ready once, for the many tags of a thin chain (1 µs each)."""

    __slots__ = ("_ready",)

    def __init__(self, key: Secret) -> None:
        self._ready = HMAC(key.reveal(), hashes.SHA256())

    def digest(self, data: bytes) -> bytes:
        """Return what `hmac_sha256` returns."""
        state = self._ready.copy()
        state.update(data)
        return state.finalize()


class ContentHash:
    """BLAKE3 of a content that arrives in pieces, for annexes of any size."""

    __slots__ = ("_state",)

    def __init__(self) -> None:
        self._state = blake3(max_threads=_THREADS)

    def update(self, piece: Buffer) -> None:
        """Take the next piece; the interpreter is free for other threads meanwhile."""
        self._state.update(piece)

    def digest(self) -> bytes:
        """Return the 32 bytes of what was taken so far; more may follow."""
        return self._state.digest()


def content(data: Buffer) -> bytes:
    """Return BLAKE3 of a whole content: 32 bytes."""
    state = ContentHash()
    state.update(data)
    return state.digest()


def equal(first: bytes, second: bytes) -> bool:
    """Compare in time that depends on the lengths alone."""
    return hmac.compare_digest(first, second)
