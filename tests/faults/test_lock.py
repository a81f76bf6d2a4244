"""The profile lock of a process that stands still, and of one that was killed while it held it."""

import os
import signal
import time
from pathlib import Path

import pytest

from secmsg.errors import ProfileInUse
from tests.faults import acts
from tests.faults.scene import opened
from tests.helpers.ministry import PARIS
from tests.helpers.world import world


def test_a_lock_belongs_to_a_process_that_stands_still_and_goes_with_one_that_is_killed(tmp_path: Path) -> None:
    with world(tmp_path):
        home = tmp_path / f"station-{PARIS.id}"
        holding = tmp_path / "holding"
        process = acts.start(acts.hold, home, holding)
        until = time.monotonic() + 30
        while not holding.exists() and time.monotonic() < until:
            time.sleep(0.02)
        pid = int(process.pid or 0)
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(ProfileInUse):
            acts.open_home(home)

        os.kill(pid, signal.SIGCONT)
        with pytest.raises(ProfileInUse):
            acts.open_home(home)

        process.kill()
        process.join()
        with opened(home) as station:
            assert station.status().joined
