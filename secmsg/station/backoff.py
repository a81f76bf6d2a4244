"""How long to wait before the next try: full jitter, so that stations behind one outage do not return together."""

from secmsg.config import Backoff
from secmsg.crypto.randomness import Random

_STEPS = 1 << 32
_MAX_DOUBLINGS = 16


def delay(policy: Backoff, attempt: int, random: Random) -> float:
    """Return seconds between 0 and min(cap, base · 2^attempt), uniformly."""
    ceiling = min(policy.cap_s, policy.base_s * (1 << min(max(0, attempt), _MAX_DOUBLINGS)))
    return ceiling * int.from_bytes(random(4)) / _STEPS
