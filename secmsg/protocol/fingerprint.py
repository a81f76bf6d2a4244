"""Short values that two officers compare by voice or on paper (docs/spec/handshake.md 7)."""

from secmsg.crypto import hashing, labels
from secmsg.ids import CertificateRef
from secmsg.protocol.state import Session

FINGERPRINT_SIZE = 16
"""128 bits: nobody finds a second pair of certificates with the same value."""


def of_pair(first: CertificateRef, second: CertificateRef) -> bytes:
    """Return 16 bytes that are the same for both ends: the order of the certificates does not matter."""
    return _short(labels.FINGERPRINT_PAIR, *sorted((first, second)))


def of_session(session: Session) -> bytes:
    """Return 16 bytes that both ends of one session share, and no other session: its transcript's."""
    return _short(labels.FINGERPRINT_SESSION, session.transcript)


def _short(label: str, *parts: bytes) -> bytes:
    return hashing.short(label.encode("ascii"), b"\x00", *parts)[:FINGERPRINT_SIZE]
