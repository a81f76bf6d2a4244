"""Sealing and opening contents that travel as blobs: annexes, and cables too long for a packet (docs/spec/blob.md).

    plaintext = content | u16 manifest length | manifest | hybrid signature 3373 | zero fill up to Padmé

The stream is Cobblestone-256 under a fresh key that only the slip carries. Everything here is pure work over streams:
it may run outside the store's thread.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import BinaryIO

from secmsg.crypto import blob, hashing, labels, signing
from secmsg.crypto.randomness import Random, secret
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import DecryptionError, FormatError
from secmsg.ids import CertificateRef
from secmsg.wire import manifest as manifest_wire
from secmsg.wire import padding
from secmsg.wire.manifest import Manifest
from secmsg.wire.slip import Slip

PIECE = 1024 * 1024
SIGNATURE_SIZE = Level.STANDARD.signature_size
MAX_MANIFEST = manifest_wire.MAX_BYTES
_LENGTH = 2


class Purpose(IntEnum):
    """What the content is; bound into the stream, so that one cannot pass for the other."""

    ANNEX = 1
    CABLE = 2


@dataclass(frozen=True, slots=True)
class Sealed:
    """What sealing a content gave: the slip that opens it, its signed manifest, and the blob's size in bytes."""

    slip: Slip
    manifest: Manifest
    size: int


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose device sealed a blob: its certificate and public signing key."""

    ref: CertificateRef
    public: bytes


def context(sender: CertificateRef, purpose: Purpose) -> bytes:
    """Bind a stream to its sealing device and its purpose."""
    return labels.BLOB.encode() + b"\x00" + sender + bytes([purpose])


def plain_size(content_size: int, manifest_size: int) -> int:
    """Return the padded plaintext size of a blob."""
    return padding.padme(content_size + _LENGTH + manifest_size + SIGNATURE_SIZE)


@dataclass(frozen=True, slots=True)
class Described:
    """What the sender says about a content before it is read."""

    name: str
    media_type: str
    size: int
    pages: int


def seal(
    source: BinaryIO,
    described: Described,
    write: Callable[[bytes], object],
    *,
    device: SigningKey,
    ref: CertificateRef,
    purpose: Purpose,
    expiry: int,
    random: Random,
) -> Sealed:
    """Read `source` once, hash, encrypt and write it; FormatError when it has not the size described.

    A file that changes size while it is read is refused instead of sent half.
    """
    key = secret(random, 32)
    stream = blob.Encryptor(key, context(ref, purpose))
    digest = hashing.ContentHash()
    done = written = 0
    while piece := source.read(PIECE):
        done += len(piece)
        if done > described.size:
            break
        digest.update(piece)
        written += _write(write, stream.update(piece))
    if done != described.size:
        raise FormatError("the file changed while it was being read")
    manifest = Manifest(described.name, described.media_type, described.size, described.pages, digest.digest())
    encoded = manifest_wire.encode(manifest)
    manifest_hash = hashing.short(encoded)
    signature = signing.sign(device, labels.SIGN_MANIFEST, manifest_hash)
    tail = len(encoded).to_bytes(_LENGTH, "big") + encoded + signature
    written += _write(write, stream.update(tail))
    for fill in _zeros(plain_size(described.size, len(encoded)) - described.size - len(tail)):
        written += _write(write, stream.update(fill))
    written += _write(write, stream.finalize())
    slip = Slip(key=key.reveal(), size=described.size, manifest_hash=manifest_hash, circular_serial=0, expiry=expiry)
    return Sealed(slip, manifest, written)


def unseal(
    source: BinaryIO, slip: Slip, sender: Sender, purpose: Purpose, write: Callable[[bytes], object]
) -> Manifest:
    """Decipher a blob into `write` and check it; what was written counts only after this returned.

    1. every chunk authenticates under the slip's key, bound to the sealing device and the purpose
    2. the stream ends where it should
    3. the manifest is the one the slip names, and says the slip's size
    4. the device signed the manifest
    5. BLAKE3 of the content is the manifest's
    6. the rest is zero fill up to the Padmé size

    DecryptionError, SignatureError or FormatError.
    """
    stream = blob.Decryptor(Secret(slip.key), context(sender.ref, purpose))
    taker = _Taker(slip.size, write)
    while piece := source.read(PIECE):
        taker.take(stream.update(piece))
    taker.take(stream.finalize())
    return taker.verified(slip, sender)


class _Taker:
    """Cuts the plaintext stream into content, tail and fill, holding no more than the tail."""

    __slots__ = ("_content_left", "_digest", "_fill", "_size", "_tail", "_write")

    def __init__(self, size: int, write: Callable[[bytes], object]) -> None:
        self._size = size
        self._content_left = size
        self._write = write
        self._digest = hashing.ContentHash()
        self._tail = bytearray()
        self._fill = 0

    def take(self, piece: bytes) -> None:
        """Sort the next piece of plaintext."""
        content, rest = piece[: self._content_left], piece[self._content_left :]
        if content:
            self._content_left -= len(content)
            self._digest.update(content)
            self._write(content)
        if rest:
            self._take_tail(rest)

    def _take_tail(self, rest: bytes) -> None:
        room = _LENGTH + MAX_MANIFEST + SIGNATURE_SIZE - len(self._tail)
        self._tail += rest[:room]
        beyond = rest[room:]
        if beyond.count(0) != len(beyond):
            raise FormatError("the fill of a blob is not zero")
        self._fill += len(beyond)

    def verified(self, slip: Slip, sender: Sender) -> Manifest:
        """Check what follows the content, in the numbered order of `unseal`."""
        if self._content_left or len(self._tail) < _LENGTH:
            raise DecryptionError
        length = int.from_bytes(self._tail[:_LENGTH], "big")
        end = _LENGTH + length + SIGNATURE_SIZE
        if length > MAX_MANIFEST or end > len(self._tail):
            raise FormatError("the manifest of a blob does not fit")
        encoded = bytes(self._tail[_LENGTH : _LENGTH + length])
        if not hashing.equal(hashing.short(encoded), slip.manifest_hash):
            raise DecryptionError
        manifest = manifest_wire.decode(encoded)
        signing.verify(
            Level.STANDARD,
            sender.public,
            labels.SIGN_MANIFEST,
            slip.manifest_hash,
            bytes(self._tail[_LENGTH + length : end]),
        )
        if manifest.size != self._size or not hashing.equal(manifest.content_hash, self._digest.digest()):
            raise FormatError("the content of a blob is not the manifest's")
        fill = self._tail[end:]
        total = self._size + len(self._tail) + self._fill
        if fill.count(0) != len(fill) or total != plain_size(self._size, length):
            raise FormatError("the fill of a blob is not what its size asks for")
        return manifest


def _write(write: Callable[[bytes], object], piece: bytes) -> int:
    if piece:
        write(piece)
    return len(piece)


def _zeros(count: int) -> Iterator[bytes]:
    while count > 0:
        step = min(count, PIECE)
        yield bytes(step)
        count -= step
