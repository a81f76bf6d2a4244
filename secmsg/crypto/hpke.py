"""Sealing to a public key: HPKE (RFC 9180) with X-Wing, both halves of which must fall (docs/spec/crypto.md 8.3)."""

import nacl.bindings
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519

from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError

SEED_SIZE = 96
"""Bytes of a private key as it is kept: the seed of ML-KEM-768, then the X25519 scalar."""
PUBLIC_SIZE = 1184 + 32
"""Bytes of a public key: ML-KEM-768, then X25519."""
OVERHEAD = 1088 + 32 + 16
"""Bytes by which the sealed form is longer: the encapsulation in front, the tag at the end."""

_KEM_SEED_SIZE, _SCALAR_SIZE = 64, 32
_KEM_PUBLIC_SIZE = 1184
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def public_of(seed: Secret) -> bytes:
    """Return the public key of a 96-byte seed; FormatError on another length."""
    seed.exactly(SEED_SIZE)
    kem, scalar = seed.split(_KEM_SEED_SIZE, _SCALAR_SIZE)
    public = mlkem.MLKEM768PrivateKey.from_seed_bytes(kem.reveal()).public_key().public_bytes_raw()
    return public + nacl.bindings.crypto_scalarmult_base(scalar.reveal())


def seal_to(public: bytes, plaintext: bytes, info: bytes) -> bytes:
    """Seal a text for the owner of `public`, bound to `info`; fresh at every call, with the library's randomness.

    FormatError when the key has another length or is no canonical encoding.
    """
    if len(public) != PUBLIC_SIZE:
        raise FormatError(f"a public key to seal to has {PUBLIC_SIZE} bytes")
    try:
        key = hpke.MLKEM768X25519PublicKey(
            mlkem.MLKEM768PublicKey.from_public_bytes(public[:_KEM_PUBLIC_SIZE]),
            x25519.X25519PublicKey.from_public_bytes(public[_KEM_PUBLIC_SIZE:]),
        )
        return _SUITE.encrypt(plaintext, key, info)
    except ValueError:
        # No canonical encoding, or a point of low order.
        raise FormatError("not a public key to seal to") from None


def open_with(seed: Secret, sealed: bytes, info: bytes) -> bytes:
    """Return what was sealed to the public key of a 96-byte seed; DecryptionError when anything differs.

    FormatError on another length of the seed.
    """
    seed.exactly(SEED_SIZE)
    kem, scalar = seed.split(_KEM_SEED_SIZE, _SCALAR_SIZE)
    key = hpke.MLKEM768X25519PrivateKey(
        mlkem.MLKEM768PrivateKey.from_seed_bytes(kem.reveal()),
        x25519.X25519PrivateKey.from_private_bytes(scalar.reveal()),
    )
    try:
        return _SUITE.decrypt(sealed, key, info)
    except (InvalidTag, ValueError):
        raise DecryptionError from None
