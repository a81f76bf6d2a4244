"""Where random bytes come from: always an argument, `system` in production (docs/spec/crypto.md 2)."""

import os
from collections.abc import Callable

from secmsg.crypto.secret import Secret
from secmsg.errors import CryptoError

Random = Callable[[int], bytes]
"""Called with a length, returns exactly that many uniformly random bytes."""


def system(length: int) -> bytes:
    """Return `length` bytes of the operating system's generator."""
    return os.urandom(length)


def secret(random: Random, length: int) -> Secret:
    """Draw a secret of `length` bytes; CryptoError when the source returned another number of them."""
    drawn = random(length)
    if len(drawn) != length:
        # A short draw would silently weaken a key.
        raise CryptoError(f"the random source gave {len(drawn)} bytes instead of {length}")
    return Secret(drawn)
