"""Sealing under a nonce: ChaCha20-Poly1305 and XChaCha20-Poly1305 (docs/spec/crypto.md 8.2).

Not key-committing: where a ciphertext could be shown to open under two keys, the format adds a commitment.
"""

import nacl.bindings
import nacl.exceptions
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError

KEY_SIZE = 32
NONCE_SIZE = 12
NONCE_X_SIZE = 24
OVERHEAD = 16
"""Bytes by which the sealed form is longer: the tag at the end."""


def seal(key32: Secret, nonce12: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """Return ciphertext || tag (16 bytes), ChaCha20-Poly1305 of RFC 8439.

    A nonce must never return under the same key; here each key seals one message.
    FormatError on a wrong length.
    """
    _check_nonce(nonce12, NONCE_SIZE)
    return ChaCha20Poly1305(key32.exactly(KEY_SIZE)).encrypt(nonce12, plaintext, associated)


def open_(key32: Secret, nonce12: bytes, sealed: bytes, associated: bytes) -> bytes:
    """Return the plaintext of `seal`.

    DecryptionError when anything differs, FormatError on a wrong key length.
    """
    cipher = ChaCha20Poly1305(key32.exactly(KEY_SIZE))
    try:
        return cipher.decrypt(nonce12, sealed, associated)
    except (InvalidTag, ValueError):
        raise DecryptionError from None


def seal_x(key32: Secret, nonce24: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """Return ciphertext || tag (16 bytes), XChaCha20-Poly1305: the 24-byte nonce may be drawn at random.

    FormatError on a wrong length. Source: draft-irtf-cfrg-xchacha-03.
    """
    _check_nonce(nonce24, NONCE_X_SIZE)
    return nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
        plaintext, associated, nonce24, key32.exactly(KEY_SIZE)
    )


def open_x(key32: Secret, nonce24: bytes, sealed: bytes, associated: bytes) -> bytes:
    """Return the plaintext of `seal_x`.

    DecryptionError when anything differs, FormatError on a wrong key length.
    """
    key = key32.exactly(KEY_SIZE)
    if len(nonce24) != NONCE_X_SIZE or len(sealed) < OVERHEAD:
        raise DecryptionError
    try:
        return nacl.bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, associated, nonce24, key)
    except nacl.exceptions.CryptoError:
        raise DecryptionError from None


def _check_nonce(nonce: bytes, size: int) -> None:
    if len(nonce) != size:
        raise FormatError(f"the nonce has {size} bytes")
