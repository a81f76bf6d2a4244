"""The system's clock, named so that everything else takes a clock as an argument."""

import time


def system_clock() -> int:
    """Return UTC seconds of this machine's clock."""
    return int(time.time())
