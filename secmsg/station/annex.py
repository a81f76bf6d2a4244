"""Sealing and opening contents that travel as blobs: annexes, and cables too long for a packet (docs/spec/blob.md).

    plaintext = content | u16 manifest length | manifest | hybrid signature 3373 | zero fill up to Padmé

The stream is Cobblestone-256 under a fresh key that only the slip carries. Everything here is pure work over streams:
it may run outside the store's thread.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from types import TracebackType
from typing import Protocol, Self

from secmsg.crypto import blob, hashing, labels, signing
from secmsg.crypto.hashing import Buffer
from secmsg.crypto.randomness import Random, secret
from secmsg.crypto.secret import Secret
from secmsg.crypto.signing import Level, SigningKey
from secmsg.errors import DecryptionError, FormatError, TransferStopped
from secmsg.ids import CertificateRef
from secmsg.station.outlet import Outlet
from secmsg.wire import manifest as manifest_wire
from secmsg.wire import padding
from secmsg.wire.manifest import Manifest
from secmsg.wire.slip import Slip

PIECE = 512 * 1024
"""Bytes read at once: large enough that a change of threads costs nothing, small enough to stay in a core's cache."""
_ROOM = blob.room(PIECE + blob.CHUNK)
"""A deciphered piece may be a chunk longer than what was read, and is sealed anew as it is."""

SIGNATURE_SIZE = Level.STANDARD.signature_size
MAX_MANIFEST = manifest_wire.MAX_BYTES
_LENGTH = 2

Write = Callable[[Buffer], object]
"""Takes a piece of output; it has done with the piece when it returns."""


class Source(Protocol):
    """A file or stream of bytes."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Read into the buffer, return how many bytes; 0 at the end."""
        ...


class Watch(Protocol):
    """Who looks on while a content is sealed or opened, on the thread that does it."""

    def __call__(self, done: int, /) -> bool:
        """Take the bytes done so far; the answer False ends the work with TransferStopped."""
        ...


def unwatched(_done: int, /) -> bool:
    """Let the work go on."""
    return True


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
    source: Source,
    described: Described,
    write: Write,
    *,
    device: SigningKey,
    ref: CertificateRef,
    purpose: Purpose,
    expiry: int,
    random: Random,
    watch: Watch = unwatched,
) -> Sealed:
    """Read `source` once, hash and encrypt it here while a second thread calls `write`.

    FormatError when it has not the size described: a file that changes while it is read is refused instead of sent
    half. TransferStopped when `watch` says so. What was written before an error is nothing: the key dies with it.
    """
    with _Sealing(described, write, device=device, ref=ref, purpose=purpose, random=random) as sealing:
        digest = _take_in(source, described.size, sealing, watch)
        return sealing.end(digest, expiry)


def reseal(
    source: Source,
    slip: Slip,
    sender: Sender,
    described: Described,
    write: Write,
    *,
    device: SigningKey,
    ref: CertificateRef,
    purpose: Purpose,
    random: Random,
    watch: Watch = unwatched,
) -> Sealed:
    """Decipher a blob and seal its content anew in one pass, under a key, a manifest and a signature of its own.

    Three threads share the work: this one deciphers and hashes, one encrypts, one calls `write`. What `unseal` raises,
    and FormatError when the blob has not the size described; what was written before an error is nothing. `watch`
    counts up to that size.
    """
    with _Sealing(described, write, device=device, ref=ref, purpose=purpose, random=random) as sealing:
        proven = unseal(source, slip, sender, purpose, sealing.put, lambda done: watch(min(done, described.size)))
        if proven.size != described.size:
            raise FormatError("the content of a blob is not what its cable says")
        return sealing.end(proven.content_hash, expiry=0)


class _Sealing:
    """A content on its way into a blob, as a context manager: `put` its pieces, then `end` it with its hash."""

    __slots__ = ("_described", "_device", "_key", "_outlet", "_stream", "_written")

    def __init__(
        self,
        described: Described,
        write: Write,
        *,
        device: SigningKey,
        ref: CertificateRef,
        purpose: Purpose,
        random: Random,
    ) -> None:
        self._described = described
        self._device = device
        self._key = secret(random, 32)
        self._stream = blob.Encryptor(self._key, context(ref, purpose))
        self._outlet = Outlet(write, _ROOM)
        self._written = 0

    def __enter__(self) -> Self:
        self._outlet.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._outlet.__exit__(kind, error, at)

    def put(self, piece: Buffer) -> None:
        """Take the next piece, of at most `PIECE` bytes and a chunk."""
        buffer = self._outlet.buffer()
        self._hand_over(buffer, self._stream.update_into(piece, buffer))

    def end(self, content_hash: bytes, expiry: int) -> Sealed:
        """Put manifest, signature and fill after the content; all is written when the block has ended."""
        said = self._described
        manifest = Manifest(said.name, said.media_type, said.size, said.pages, content_hash)
        encoded = manifest_wire.encode(manifest)
        manifest_hash = hashing.short(encoded)
        signature = signing.sign(self._device, labels.SIGN_MANIFEST, manifest_hash)
        tail = len(encoded).to_bytes(_LENGTH, "big") + encoded + signature
        self.put(tail)
        self._put_zeros(plain_size(said.size, len(encoded)) - said.size - len(tail))
        buffer, last = self._outlet.buffer(), self._stream.finalize()
        buffer[: len(last)] = last
        self._hand_over(buffer, len(last))
        slip = Slip(
            key=self._key.reveal(), size=said.size, manifest_hash=manifest_hash, circular_serial=0, expiry=expiry
        )
        return Sealed(slip, manifest, self._written)

    def _put_zeros(self, count: int) -> None:
        zeros = memoryview(bytes(min(count, PIECE)))
        while count > 0:
            self.put(zeros[:count])
            count -= len(zeros)

    def _hand_over(self, buffer: bytearray, length: int) -> None:
        self._outlet.hand_over(buffer, length)
        self._written += length


def _take_in(source: Source, size: int, sealing: _Sealing, watch: Watch) -> bytes:
    """Read the whole content, hash and encrypt it; returns the hash."""
    digest = hashing.ContentHash()
    done = 0
    for piece in _pieces(source, watch):
        done += len(piece)
        if done > size:
            break
        digest.update(piece)
        sealing.put(piece)
    if done != size:
        raise FormatError("the file changed while it was being read")
    return digest.digest()


def _pieces(source: Source, watch: Watch) -> Iterator[memoryview]:
    """Read piece by piece into one buffer; each piece is gone when the next is asked for."""
    view = memoryview(bytearray(PIECE))
    done = 0
    while length := source.readinto(view):
        yield view[:length]
        done += length
        if not watch(done):
            raise TransferStopped("the work was stopped")


def unseal(
    source: Source,
    slip: Slip,
    sender: Sender,
    purpose: Purpose,
    write: Write | None,
    watch: Watch = unwatched,
) -> Manifest:
    """Decipher a blob into `write` (None: only check it); what was written counts only after this returned.

    1. every chunk authenticates under the slip's key, bound to the sealing device and the purpose
    2. the stream ends where it should
    3. the manifest is the one the slip names, and says the slip's size
    4. the device signed the manifest
    5. BLAKE3 of the content is the manifest's
    6. the rest is zero fill up to the Padmé size

    A second thread calls `write`, or hashes when there is nothing to write; no byte goes there before its chunk has
    authenticated. DecryptionError, SignatureError or FormatError; TransferStopped when `watch` says so.
    """
    stream = blob.Decryptor(Secret(slip.key), context(sender.ref, purpose))
    taker = _Taker(slip.size)
    digest = hashing.ContentHash()
    with Outlet(digest.update if write is None else write, _ROOM) as outlet:

        def pass_on(buffer: bytearray, length: int) -> None:
            content = taker.take(memoryview(buffer)[:length])
            if write is not None:
                digest.update(memoryview(buffer)[:content])
            outlet.hand_over(buffer, content)

        for piece in _pieces(source, watch):
            buffer = outlet.buffer()
            pass_on(buffer, stream.update_into(piece, buffer))
        buffer, last = outlet.buffer(), stream.finalize()
        buffer[: len(last)] = last
        pass_on(buffer, len(last))
    return taker.verified(slip, sender, digest.digest())


class _Taker:
    """Cuts the plaintext stream into content, tail and fill, holding no more than the tail."""

    __slots__ = ("_content_left", "_fill", "_size", "_tail")

    def __init__(self, size: int) -> None:
        self._size = size
        self._content_left = size
        self._tail = bytearray()
        self._fill = 0

    def take(self, piece: memoryview) -> int:
        """Sort the next piece of plaintext and say how many bytes at its front are content."""
        content = min(len(piece), self._content_left)
        self._content_left -= content
        if content < len(piece):
            self._take_tail(piece[content:])
        return content

    def _take_tail(self, rest: memoryview) -> None:
        room = _LENGTH + MAX_MANIFEST + SIGNATURE_SIZE - len(self._tail)
        self._tail += rest[:room]
        beyond = bytes(rest[room:])
        if beyond.count(0) != len(beyond):
            raise FormatError("the fill of a blob is not zero")
        self._fill += len(beyond)

    def verified(self, slip: Slip, sender: Sender, content_hash: bytes) -> Manifest:
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
        if manifest.size != self._size or not hashing.equal(manifest.content_hash, content_hash):
            raise FormatError("the content of a blob is not the manifest's")
        fill = self._tail[end:]
        total = self._size + len(self._tail) + self._fill
        if fill.count(0) != len(fill) or total != plain_size(self._size, length):
            raise FormatError("the fill of a blob is not what its size asks for")
        return manifest
