"""What a ring is known by, and by what name its answer goes (docs/spec/ring.md 2): keys that open nothing."""

from secmsg.crypto import labels
from secmsg.crypto.hashing import hmac_sha256
from secmsg.crypto.kdf import derive
from secmsg.crypto.secret import Secret
from secmsg.ids import DeviceId, MailboxId, MessageId

KEY_SIZE = 32
MARK_SIZE = 32
NAME_SIZE = 16
_TRANSCRIPT_SIZE = 32
_MARK, _NAME = b"\x01", b"\x02"


def ring_key(transcript: bytes, sender: DeviceId, addressee: DeviceId) -> Secret:
    """Derive the key of rings from one device to another, from what both keep of their session's beginning (32 B)."""
    whole = Secret(transcript)
    whole.exactly(_TRANSCRIPT_SIZE)
    context = sender.to_bytes(2, "big") + addressee.to_bytes(2, "big")
    return derive(b"", whole, labels.RING, context, KEY_SIZE)


def mark(key: Secret, box: MailboxId, nonce: bytes) -> bytes:
    """Return what shows that a ring with this nonce (16 B), in this mailbox, was made by who has the key: 32 bytes."""
    return hmac_sha256(key, _MARK + box + nonce)


def answer_name(key: Secret, box: MailboxId, nonce: bytes) -> MessageId:
    """Return the message id under which the answer to this ring goes: 16 bytes that nobody else can name."""
    return MessageId(hmac_sha256(key, _NAME + box + nonce)[:NAME_SIZE])
