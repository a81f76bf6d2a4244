"""A move to a stick that is killed at the n-th thing it does to the file system."""

import os
import signal
import sys
from pathlib import Path

from secmsg.station import portable
from secmsg.station.unlock import by_passphrase
from tests.helpers.ministry import FAST, KEYRING, PASSPHRASE

NEW = "khoai vuong thuyen ngam doc buou tram gieng lua xoan"
_EVENTS = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"})


def move(home: Path, target: Path, at: int) -> None:
    """Move a profile; die at the `at`-th event (0: not at all), and say on the way out what there was."""
    seen: list[str] = []

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event in _EVENTS and str(home.parent) in str(arguments[0]):
            seen.append(event)
            if len(seen) == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    portable.move(home, target, by_passphrase(PASSPHRASE), by_passphrase(NEW), FAST, to_stick=True, keyring=KEYRING)
    (home.parent / "events").write_text("\n".join(seen))
