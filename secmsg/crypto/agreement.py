"""Key agreement: X25519 and ML-KEM, each one half of a hybrid (docs/spec/crypto.md 6)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

import nacl.bindings
import nacl.exceptions
from cryptography.hazmat.primitives.asymmetric import mlkem

from secmsg.crypto.randomness import Random, secret
from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError

EXCHANGE_SIZE = 32
"""Bytes of an X25519 private key, public key and shared secret."""

KEM_SEED_SIZE = 64
"""Bytes of the seed d || z that an ML-KEM private key is kept as (FIPS 203 7.1)."""


@dataclass(frozen=True, slots=True)
class ExchangeKey:
    """An X25519 key pair; both halves have 32 bytes."""

    private: Secret
    public: bytes


def exchange_generate(random: Random) -> ExchangeKey:
    """Make an X25519 key pair from 32 bytes of `random`."""
    return exchange_from_private(secret(random, EXCHANGE_SIZE))


def exchange_from_private(private: Secret) -> ExchangeKey:
    """Rebuild the key pair of a 32-byte private key; FormatError on another length."""
    return ExchangeKey(private, nacl.bindings.crypto_scalarmult_base(private.exactly(EXCHANGE_SIZE)))


def exchange(private: Secret, peer_public: bytes) -> Secret:
    """Return the 32-byte X25519 secret shared with `peer_public` (32 bytes).

    DecryptionError when the result is all zeros (RFC 7748 6.1: a point of low order);
    FormatError on a wrong length.
    """
    scalar = private.exactly(EXCHANGE_SIZE)
    if len(peer_public) != EXCHANGE_SIZE:
        # The binding below does not look at lengths.
        raise FormatError("an X25519 public key has 32 bytes")
    try:
        return Secret(nacl.bindings.crypto_scalarmult(scalar, peer_public))
    except nacl.exceptions.RuntimeError:
        raise DecryptionError from None


class Kem(Enum):
    """The ML-KEM parameter sets of suite 1, with the sizes of what they put on the wire."""

    LEVEL_768 = (1184, 1088)
    LEVEL_1024 = (1568, 1568)

    def __init__(self, public_size: int, ciphertext_size: int) -> None:
        self.public_size = public_size
        self.ciphertext_size = ciphertext_size


@dataclass(frozen=True, slots=True)
class KemKey:
    """An ML-KEM key pair: the private half as its 64-byte seed, the public half as the encapsulation key."""

    level: Kem
    seed: Secret
    public: bytes = field(repr=False)


_Private = mlkem.MLKEM768PrivateKey | mlkem.MLKEM1024PrivateKey
_Public = mlkem.MLKEM768PublicKey | mlkem.MLKEM1024PublicKey

_PRIVATE: dict[Kem, Callable[[bytes], _Private]] = {
    Kem.LEVEL_768: mlkem.MLKEM768PrivateKey.from_seed_bytes,
    Kem.LEVEL_1024: mlkem.MLKEM1024PrivateKey.from_seed_bytes,
}
_PUBLIC: dict[Kem, Callable[[bytes], _Public]] = {
    Kem.LEVEL_768: mlkem.MLKEM768PublicKey.from_public_bytes,
    Kem.LEVEL_1024: mlkem.MLKEM1024PublicKey.from_public_bytes,
}


def kem_generate(level: Kem, random: Random) -> KemKey:
    """Make an ML-KEM key pair from 64 bytes of `random`."""
    return kem_from_seed(level, secret(random, KEM_SEED_SIZE))


def kem_from_seed(level: Kem, seed: Secret) -> KemKey:
    """Rebuild the key pair of a 64-byte seed; FormatError on another length."""
    private = _PRIVATE[level](seed.exactly(KEM_SEED_SIZE))
    return KemKey(level, seed, private.public_key().public_bytes_raw())


def kem_encapsulate(level: Kem, public: bytes) -> tuple[bytes, Secret]:
    """Return a ciphertext for the owner of `public`, and the 32-byte secret inside it.

    The randomness is the library's own: it takes none. FormatError when the key has a wrong length or a
    coefficient outside the modulus (FIPS 203 7.2).
    """
    try:
        key = _PUBLIC[level](public)
    except ValueError:
        raise FormatError(f"not an encapsulation key of {level.name}") from None
    shared, ciphertext = key.encapsulate()
    return ciphertext, Secret(shared)


def kem_decapsulate(level: Kem, seed: Secret, ciphertext: bytes) -> Secret:
    """Return the 32-byte secret in `ciphertext`; DecryptionError on a wrong length.

    A ciphertext for somebody else gives a secret nobody knows, not an error
    (implicit rejection, FIPS 203 6.3).
    """
    private = _PRIVATE[level](seed.exactly(KEM_SEED_SIZE))
    try:
        return Secret(private.decapsulate(ciphertext))
    except ValueError:
        raise DecryptionError from None
