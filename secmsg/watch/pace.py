"""How long the watch waits between tries: longer after each failure, by chance in part, at most five minutes."""

from secmsg.crypto.randomness import Random

LEAST_S = 2.0
MOST_S = 300.0
_STEPS = 1 << 16


class Pace:
    """The pauses of one thread."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._failures = 0

    def good(self) -> float:
        """Note that it went well; the least pause."""
        self._failures = 0
        return LEAST_S

    def failed(self) -> float:
        """Note that it did not; the pause, between half and the whole of 4, 8, 16 … 300 seconds."""
        self._failures = min(self._failures + 1, 16)
        longest = min(MOST_S, LEAST_S * (1 << self._failures))
        return longest * (0.5 + int.from_bytes(self._random(2)) / _STEPS / 2)
