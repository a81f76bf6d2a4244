"""What can be told of a profile before it is opened; light, because the locked screen waits for it."""

from pathlib import Path

from secmsg.store import attempts
from secmsg.store.paths import Home


def is_made(home: Path) -> bool:
    """Say whether a store was made in `home`."""
    return Home(home).vault.exists()


def wrong_tries(home: Path) -> tuple[int, int]:
    """Return how many wrong passphrases were given in a row and when the last was (UTC seconds); (0, 0) for none."""
    return attempts.read(Home(home).attempts)
