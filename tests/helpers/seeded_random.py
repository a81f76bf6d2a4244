"""A random source that gives the same bytes again, for tests and vectors only."""

import hashlib

from secmsg.crypto.randomness import Random


def seeded(seed: bytes) -> Random:
    """Return a source whose n-th draw is SHAKE-256 of the seed and n."""
    draws = 0

    def draw(length: int) -> bytes:
        nonlocal draws
        draws += 1
        return hashlib.shake_256(seed + draws.to_bytes(8, "big")).digest(length)

    return draw
