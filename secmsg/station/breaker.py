"""The breaker of one relay's link: closed while it works, open while it rests, half-open while one thread tries it.

Pauses have full jitter and a cap; a round that goes well closes it and starts anew. Failed tries are paid from a
budget, so that a line that comes and goes costs no storm of tries. Reads no clock: `now` is any steady clock's seconds.
"""

import threading
from enum import Enum

from secmsg.config import Backoff
from secmsg.crypto.randomness import Random
from secmsg.station.backoff import delay

_JITTER = 0.2


class Stance(Enum):
    """How the breaker stands."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


class Breaker:
    """Shared by the threads of one relay."""

    def __init__(self, policy: Backoff, random: Random) -> None:
        self._policy = policy
        self._random = random
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0
        self._budget = policy.budget

    def stance(self, now: float) -> Stance:
        """Say how it stands."""
        with self._lock:
            if not self._failures:
                return Stance.CLOSED
            return Stance.OPEN if now < self._rests_until else Stance.HALF_OPEN

    def rest(self, now: float) -> float:
        """Return for how many seconds nothing may be tried, 0 when it is closed or half-open."""
        with self._lock:
            return max(0.0, self._rests_until - now) if self._failures else 0.0

    def answered(self) -> None:
        """Close it, because a whole round went well."""
        with self._lock:
            self._failures = 0
            self._budget = min(self._policy.budget, self._budget + self._policy.budget_share)

    def failed(self, now: float) -> float:
        """Open it and return for how many seconds it rests."""
        with self._lock:
            pause = self._pause()
            self._failures += 1
            self._rests_until = now + pause
            return pause

    def try_now(self) -> None:
        """End the rest, because the officer asks for it or something new is to be sent."""
        with self._lock:
            self._rests_until = 0.0

    def _pause(self) -> float:
        if not self._failures:
            # The first failure is no retry.
            return delay(self._policy, 0, self._random)
        if self._budget < 1:
            return self._policy.cap_s * (1 - _JITTER * int.from_bytes(self._random(1)) / 256)
        self._budget -= 1
        return delay(self._policy, self._failures, self._random)
