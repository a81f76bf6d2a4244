"""A set-up that dies anywhere goes on at the next call, and ends with one store and one sheet that opens it."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from secmsg.errors import WrongPassphrase
from secmsg.station.setting_up import Compared
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase, by_recovery
from tests.faults import acts, first_days
from tests.helpers.ministry import FAST, KEYRING, PASSPHRASE

KILLED = -9
TRIES = 5


@pytest.mark.timeout(200)
def test_a_set_up_that_dies_at_any_write_is_finished_by_the_next_call(tmp_path: Path) -> None:
    home, paper = tmp_path / "ground" / "home", tmp_path / "ground" / "paper"
    assert _run(home, paper, 0, fresh=True) == 0
    writes = int((paper.parent / "writes").read_text())

    for at in range(1, writes + 1, max(1, writes // TRIES)):
        assert _run(home, paper, at, fresh=True) == KILLED, at
        before = paper.read_text() if paper.exists() else ""
        assert _run(home, paper, 0, fresh=False) == 0, at

        with closing(open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING)) as station:
            stands = station.setup.standing()
        assert (stands.sheet_checked, stands.compared, stands.joined) == (True, Compared.SAME, False)
        open_station(home, by_recovery(paper.read_text()), FAST, keyring=KEYRING).close()
        if before not in ("", paper.read_text()):
            with pytest.raises(WrongPassphrase):
                open_station(home, by_recovery(before), FAST, keyring=KEYRING)


def _run(home: Path, paper: Path, at: int, *, fresh: bool) -> int:
    if fresh:
        shutil.rmtree(home.parent, ignore_errors=True)
        home.parent.mkdir()
    return acts.ended(first_days.set_up, home, paper, at)
