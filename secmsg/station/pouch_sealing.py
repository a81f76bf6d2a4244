"""The keys of a pouch: a slot for each device, one stream for everything, names of blobs (docs/spec/pouch.md 2 to 4).

The outer layer hides what a pouch is and how much of what is in it. It keeps out nobody who has the cover root: what is
inside is sealed for its device, as at a relay.
"""

from collections.abc import Callable, Iterator

from secmsg.crypto import blob, kdf, labels, sealing
from secmsg.crypto.randomness import Random
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, MediumFailed
from secmsg.ids import DeviceId, PouchId
from secmsg.station.pouch_views import Cause
from secmsg.wire import pouch as wire
from secmsg.wire.codec import Writer

FILE_KEY_SIZE = 32
_ID_SIZE = 16
_STEP = blob.CHUNK + blob.TAG


class LackingError(Exception):
    """The stream gives no more, and why; never leaves the station."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(f"the pouch gives no more: {cause.value}")
        self.cause = cause


def pouch_id(salt: bytes) -> PouchId:
    """Return the name of a pouch in this store."""
    return PouchId(salt[:_ID_SIZE])


def sealed_size(content: int, tail: int) -> int:
    """Return the length of the file for `content` bytes of head and records."""
    return wire.FRONT_SIZE + blob.sealed_size(wire.stream_size(content, tail))


def slots(
    cover_root: Secret, salt: bytes, file_key: Secret, devices: tuple[DeviceId, ...], random: Random
) -> tuple[bytes, ...]:
    """Seal the file key for each device; the slots left over are random and look the same."""
    used = tuple(sealing.seal(_slot_key(cover_root, salt, device), file_key.reveal()) for device in devices)
    return used + tuple(random(wire.SLOT_SIZE) for _ in range(wire.SLOTS - len(used)))


def file_key(roots: tuple[Secret, ...], own: DeviceId, salt: bytes, sealed: tuple[bytes, ...]) -> Secret | None:
    """Find the slot that opens for this device under any cover root held; None when none does."""
    for root in roots:
        unsealer = sealing.Unsealer(_slot_key(root, salt, own))
        for slot in sealed:
            try:
                return Secret(unsealer.unseal(slot))
            except DecryptionError:
                continue
    return None


def blob_name(salt: bytes, slip_key: bytes) -> bytes:
    """Return the name of a blob in one pouch: only who has the slip can know it."""
    return kdf.derive(salt, Secret(slip_key), labels.POUCH_BLOB, b"", wire.NAME_SIZE).reveal()


def encryptor(key: Secret, salt: bytes) -> blob.Encryptor:
    """Begin the stream of a pouch."""
    return blob.Encryptor(key, _context(salt))


class Plaintext:
    """Gives the plaintext of a pouch's stream, every byte of it authenticated, holding a few pieces at most."""

    __slots__ = ("_buffer", "_ended", "_pieces", "_sealed", "_stream", "taken")

    def __init__(self, pieces: Iterator[bytes], key: Secret, salt: bytes) -> None:
        self._pieces = pieces
        self._stream = blob.Decryptor(key, _context(salt))
        self._buffer = bytearray()
        self._sealed = memoryview(b"")
        self._ended = False
        self.taken = 0

    def read(self, size: int) -> bytes:
        """Give exactly the next `size` bytes; LackingError when the pouch does not have them."""
        while len(self._buffer) < size:
            self._fill()
        piece = bytes(self._buffer[:size])
        del self._buffer[:size]
        self.taken += size
        return piece

    def rest(self) -> Iterator[bytes]:
        """Give what is left, in pieces, until the end of the stream is proven."""
        while not self._ended or self._buffer:
            if not self._buffer:
                self._fill()
            piece = bytes(self._buffer)
            self._buffer.clear()
            self.taken += len(piece)
            yield piece

    def _fill(self) -> None:
        if self._ended:
            raise LackingError(Cause.MALFORMED)
        if self._sealed or self._next_piece():
            # One chunk at a time: a call that meets a damaged one gives nothing of those before it.
            step, self._sealed = self._sealed[:_STEP], self._sealed[_STEP:]
            self._add(lambda: self._stream.update(step), Cause.DAMAGED)
        else:
            self._add(self._stream.finalize, Cause.CUT)
            self._ended = True

    def _next_piece(self) -> bool:
        try:
            self._sealed = memoryview(next(self._pieces, b""))
        except MediumFailed:
            raise LackingError(Cause.UNREADABLE) from None
        return bool(self._sealed)

    def _add(self, opened: Callable[[], bytes], cause: Cause) -> None:
        try:
            self._buffer += opened()
        except DecryptionError:
            raise LackingError(cause) from None


def _slot_key(cover_root: Secret, salt: bytes, device: DeviceId) -> Secret:
    return kdf.derive(salt, cover_root, labels.POUCH_SLOT, Writer().u16(device).bytes(), sealing.KEY_SIZE)


def _context(salt: bytes) -> bytes:
    return labels.POUCH.encode() + b"\x00" + salt
