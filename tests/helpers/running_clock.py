"""A ministry's clock that is the machine's own, so that processes share it."""

import time

from tests.helpers.ministry import Clock


class RunningClock(Clock):
    """Answers the time of day; moving it does nothing."""

    def __call__(self) -> int:
        return int(time.time())
