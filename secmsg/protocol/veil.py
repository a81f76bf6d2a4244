"""The veil makes a handshake look like any other packet (docs/spec/veil.md).

X25519 points and ML-KEM ciphertexts are not uniformly random, so an outer layer under a key that every
certified device has hides them. It keeps nobody out who has the key: it hides, and is the first cheap filter.
"""

from collections.abc import Sequence

from secmsg.crypto import kdf, labels, sealing
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, NoSession
from secmsg.ids import DeviceId, Week
from secmsg.wire import handshake as messages
from secmsg.wire.codec import Writer


def cover_key(cover_root: Secret, week: Week) -> Secret:
    """Return the 64-byte veil key of a week: `KDF("", cover root, "cover", week as 32 bits)`."""
    return kdf.derive(b"", cover_root, labels.COVER, Writer().u32(week).bytes(), sealing.KEY_SIZE)


def put_on(cover: Secret, recipient: DeviceId, inside: bytes) -> bytes:
    """Return the whole handshake message for a recipient."""
    return sealing.seal(cover, inside, Writer().u16(recipient).bytes())


def lift(covers: Sequence[Secret], own: DeviceId, message: bytes) -> bytes:
    """Return what is inside a message of exactly 8192 or 32768 bytes, trying each key; NoSession otherwise.

    A station tries the weeks from five back to one ahead, each under the one or two cover roots in use.
    """
    if len(message) in messages.SIZE_CLASSES:
        device = Writer().u16(own).bytes()
        for cover in covers:
            try:
                return sealing.unseal(cover, message, device)
            except DecryptionError:
                continue
    raise NoSession("no veil key opens this message")
