"""Hybrid signatures, Ed25519 and ML-DSA together, and the readers' Ed25519 alone (docs/spec/crypto.md 7)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

import nacl.bindings
import nacl.exceptions
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import mldsa

from secmsg.crypto.randomness import Random, secret
from secmsg.crypto.secret import Secret
from secmsg.errors import FormatError, SignatureError

SEED_SIZE = 64
"""Bytes of a hybrid private key as it is kept: Ed25519 seed || ML-DSA seed."""

ED_PUBLIC_SIZE = 32
ED_SIGNATURE_SIZE = 64
_ED_SEED_SIZE = 32
_ML_SEED_SIZE = 32
_MAX_LABEL = 0xFF


class Level(Enum):
    """Which ML-DSA stands beside Ed25519: ML-DSA-65 for all, ML-DSA-87 for the root."""

    STANDARD = (1952, 3309)
    ROOT = (2592, 4627)

    def __init__(self, ml_public_size: int, ml_signature_size: int) -> None:
        self.public_size = ED_PUBLIC_SIZE + ml_public_size
        self.signature_size = ED_SIGNATURE_SIZE + ml_signature_size


_MlPrivate = mldsa.MLDSA65PrivateKey | mldsa.MLDSA87PrivateKey
_MlPublic = mldsa.MLDSA65PublicKey | mldsa.MLDSA87PublicKey

_ML_PRIVATE: dict[Level, Callable[[bytes], _MlPrivate]] = {
    Level.STANDARD: mldsa.MLDSA65PrivateKey.from_seed_bytes,
    Level.ROOT: mldsa.MLDSA87PrivateKey.from_seed_bytes,
}
_ML_PUBLIC: dict[Level, Callable[[bytes], _MlPublic]] = {
    Level.STANDARD: mldsa.MLDSA65PublicKey.from_public_bytes,
    Level.ROOT: mldsa.MLDSA87PublicKey.from_public_bytes,
}


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A hybrid signing key: two 32-byte seeds and the public halves, Ed25519 then ML-DSA."""

    level: Level
    ed_seed: Secret
    ml_seed: Secret
    public: bytes = field(repr=False)

    def seed(self) -> Secret:
        """Return the 64 bytes from which `signing_from_seed` makes this key again."""
        return Secret(self.ed_seed.reveal() + self.ml_seed.reveal())


def signing_generate(level: Level, random: Random) -> SigningKey:
    """Make a hybrid key from 64 bytes of `random`."""
    return signing_from_seed(level, secret(random, SEED_SIZE))


def signing_from_seed(level: Level, seed: Secret) -> SigningKey:
    """Make the hybrid key of a 64-byte seed; FormatError on another length."""
    seed.exactly(SEED_SIZE)
    ed_seed, ml_seed = seed.split(_ED_SEED_SIZE, _ML_SEED_SIZE)
    ed_public, _ = nacl.bindings.crypto_sign_seed_keypair(ed_seed.reveal())
    ml_public = _ML_PRIVATE[level](ml_seed.reveal()).public_key().public_bytes_raw()
    return SigningKey(level, ed_seed, ml_seed, ed_public + ml_public)


def sign(key: SigningKey, label: str, message: bytes) -> bytes:
    """Sign `message` for the one use that `label` names: 3 373 bytes, 4 691 for the root.

    Ed25519 is deterministic, ML-DSA hedged with the library's randomness.
    FormatError on a label out of bounds.
    """
    data = _input(label, message)
    ml_signature = _ML_PRIVATE[key.level](key.ml_seed.exactly(_ML_SEED_SIZE)).sign(data, label.encode("ascii"))
    return _ed_sign(key.ed_seed, data) + ml_signature


def verify(level: Level, public: bytes, label: str, message: bytes, signature: bytes) -> None:
    """Accept only when both halves verify; SignatureError otherwise, without saying which half.

    A public key or a signature of a wrong length is a SignatureError too.
    FormatError on a label out of bounds.
    """
    data = _input(label, message)
    if len(public) != level.public_size or len(signature) != level.signature_size:
        raise SignatureError
    _ed_verify(public[:ED_PUBLIC_SIZE], data, signature[:ED_SIGNATURE_SIZE])
    _ml_verify(level, public[ED_PUBLIC_SIZE:], data, label.encode("ascii"), signature[ED_SIGNATURE_SIZE:])


@dataclass(frozen=True, slots=True)
class ReaderKey:
    """The Ed25519 key with which a mailbox is read at a relay; it proves nothing to anybody else."""

    seed: Secret
    public: bytes


def reader_from_seed(seed: Secret) -> ReaderKey:
    """Make the reader key of a 32-byte seed; FormatError on another length."""
    public, _ = nacl.bindings.crypto_sign_seed_keypair(seed.exactly(_ED_SEED_SIZE))
    return ReaderKey(seed, public)


def reader_sign(key: ReaderKey, message: bytes) -> bytes:
    """Sign a relay request: 64 bytes. The request itself starts with its own label (docs/spec/relay-api.md 7)."""
    return _ed_sign(key.seed, message)


def reader_verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Accept a reader's signature; SignatureError otherwise, also on wrong lengths."""
    _ed_verify(public, message, signature)


def _input(label: str, message: bytes) -> bytes:
    """Return label || 0x00 || message, what both halves sign; a label holds no 0x00, so this is injective."""
    if not (label.isascii() and label.isprintable() and 0 < len(label) <= _MAX_LABEL):
        raise FormatError("a signature label is printable ASCII of 1 to 255 characters")
    return label.encode("ascii") + b"\x00" + message


def _ed_sign(seed: Secret, data: bytes) -> bytes:
    # The public half is derived here, never taken from outside: signing under a foreign one reveals the key.
    _, private = nacl.bindings.crypto_sign_seed_keypair(seed.exactly(_ED_SEED_SIZE))
    return nacl.bindings.crypto_sign(data, private)[:ED_SIGNATURE_SIZE]


def _ed_verify(public: bytes, data: bytes, signature: bytes) -> None:
    if len(public) != ED_PUBLIC_SIZE or len(signature) != ED_SIGNATURE_SIZE:
        raise SignatureError
    try:
        nacl.bindings.crypto_sign_open(signature + data, public)
    except nacl.exceptions.BadSignatureError:
        raise SignatureError from None


def _ml_verify(level: Level, public: bytes, data: bytes, context: bytes, signature: bytes) -> None:
    """Verify the ML-DSA half alone: the seam for published vectors, not for other modules."""
    try:
        _ML_PUBLIC[level](public).verify(signature, data, context)
    except (InvalidSignature, ValueError):
        raise SignatureError from None
