"""Deterministic sealing, AES-256-SIV of RFC 5297 (docs/spec/crypto.md 8.1)."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from secmsg.crypto.secret import Secret
from secmsg.errors import DecryptionError, FormatError

KEY_SIZE = 64
OVERHEAD = 16
"""Bytes by which the sealed form is longer: the synthetic IV in front."""

_MAX_ASSOCIATED = 126


def seal(key64: Secret, plaintext: bytes, *associated: bytes) -> bytes:
    """Return SIV (16 bytes) || ciphertext under a 64-byte key, bound to the list of associated strings.

    Equal inputs give equal outputs. At most 126 strings (RFC 5297 2.6), each of its own:
    ("ab",) is not ("a", "b"). FormatError on a wrong key length or too many strings.
    """
    if len(associated) > _MAX_ASSOCIATED:
        raise FormatError("AES-SIV takes at most 126 associated strings")
    return AESSIV(key64.exactly(KEY_SIZE)).encrypt(plaintext, list(associated))


def unseal(key64: Secret, sealed: bytes, *associated: bytes) -> bytes:
    """Return the plaintext; DecryptionError when anything differs, FormatError on a wrong key length."""
    return Unsealer(key64).unseal(sealed, *associated)


class Unsealer:
    """One key made ready once, for trial of many sealed headers (spec: 183 000 trials a second)."""

    __slots__ = ("_cipher",)

    def __init__(self, key64: Secret) -> None:
        self._cipher = AESSIV(key64.exactly(KEY_SIZE))

    def opens(self, sealed: bytes, *associated: bytes) -> bool:
        """Whether `unseal` would open it: for trial by many keys, where nearly all fail."""
        try:
            self._cipher.decrypt(sealed, list(associated))
        except InvalidTag:
            return False
        return True

    def unseal(self, sealed: bytes, *associated: bytes) -> bytes:
        """Return the plaintext; DecryptionError when anything differs."""
        if len(associated) > _MAX_ASSOCIATED:
            raise DecryptionError
        try:
            return self._cipher.decrypt(sealed, list(associated))
        except InvalidTag:
            raise DecryptionError from None
