"""Contents of any size: Cobblestone-256, the C2SP chunked encryption (docs/spec/crypto.md 9)."""

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import AlreadyFinalized, InvalidTag

from secmsg.crypto.hashing import Buffer
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError

KEY_SIZE = 32
CHUNK = 16 * 1024
"""Plaintext bytes of one authenticated chunk."""

TAG = 16
OVERHEAD = 24 + 32 + TAG
"""Bytes added to a content below one chunk: salt, key commitment, tag. Each full chunk adds one more tag."""


def room(piece: int) -> int:
    """Return the bytes of buffer that one `update_into` of at most `piece` bytes may need, in either direction."""
    return sealed_size(piece + CHUNK)


def sealed_size(size: int) -> int:
    """Return the encrypted size of `size` bytes; the last chunk is short or empty, never full."""
    return size + OVERHEAD + TAG * (size // CHUNK)


class Encryptor:
    """Encrypts one content under a fresh 32-byte content key, bound to `context`.

    The salt is drawn by the library. FormatError on a wrong key length or on use after `finalize`.
    """

    __slots__ = ("_stream",)

    def __init__(self, cek: Secret, context: bytes) -> None:
        self._stream = Cobblestone256Encryptor(cek.exactly(KEY_SIZE), context)

    def update(self, piece: Buffer) -> bytes:
        """Take the next piece, return the ciphertext that is ready, which may be empty."""
        try:
            return self._stream.update(piece)
        except AlreadyFinalized:
            raise FormatError("this stream is finished") from None

    def update_into(self, piece: Buffer, into: bytearray) -> int:
        """Take the next piece, write the ciphertext that is ready to the front of `into` (`room` bytes), count it."""
        try:
            return self._stream.update_into(piece, into)
        except AlreadyFinalized:
            raise FormatError("this stream is finished") from None

    def finalize(self) -> bytes:
        """Return the last ciphertext; the stream takes no more."""
        try:
            return self._stream.finalize()
        except AlreadyFinalized:
            raise FormatError("this stream is finished") from None


class Decryptor:
    """Decrypts one content; what `update` returns is authentic, but only `finalize` proves that it is whole.

    So a reader writes beside the target and renames after `finalize`. FormatError on a wrong key length;
    DecryptionError on any difference, on truncation, and on every call after a failure or after the end.
    """

    __slots__ = ("_stream",)

    def __init__(self, cek: Secret, context: bytes) -> None:
        self._stream = Cobblestone256Decryptor(cek.exactly(KEY_SIZE), context)

    def update(self, piece: Buffer) -> bytes:
        """Take the next piece of ciphertext, return the plaintext of the chunks that are complete."""
        try:
            return self._stream.update(piece)
        except (InvalidTag, AlreadyFinalized):
            raise DecryptionError from None

    def update_into(self, piece: Buffer, into: bytearray) -> int:
        """Take the next piece, write the plaintext of complete chunks to the front of `into` (`room` bytes), count it.

        After DecryptionError nothing in `into` may be used: it may hold bytes that did not authenticate.
        """
        try:
            return self._stream.update_into(piece, into)
        except (InvalidTag, AlreadyFinalized):
            raise DecryptionError from None

    def finalize(self) -> bytes:
        """Return the last plaintext once the end of the stream is proven."""
        try:
            return self._stream.finalize()
        except (InvalidTag, AlreadyFinalized):
            raise DecryptionError from None
