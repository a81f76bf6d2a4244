"""A set-up that is killed at the n-th statement or page that it writes."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from secmsg.ids import StationId
from secmsg.station import enrol
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase
from tests.helpers.ministry import FAST, KEYRING, PASSPHRASE

_WRITES = frozenset(
    {("database.py", "_execute"), ("database.py", "_commit"), ("pages.py", "write"), ("pages.py", "sync")}
)


def set_up(home: Path, paper: Path, at: int) -> None:
    """Make the store, bring its sheet to `paper`, read it back, compare; die at the `at`-th write (0: not at all)."""
    seen = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal seen
        code = frame.f_code
        if event == "call" and (Path(code.co_filename).name, code.co_name) in _WRITES:
            seen += 1
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    given = by_passphrase(PASSPHRASE)
    if not (home / "vault").exists():
        proposal = enrol.Proposal(StationId(2), "Lê Thị Bình", "Đại sứ", "ĐSQ Paris", "Paris")
        enrol.initialise(home, given, proposal, FAST, keyring=KEYRING)
    station = open_station(home, given, FAST, keyring=KEYRING)
    if not station.setup.standing().sheet_checked:
        sheet = station.setup.make_sheet(given)
        paper.write_text(" ".join(sheet.groups))
        typed = paper.read_text().split()
        station.setup.check_sheet(sheet, " ".join(typed[place - 1] for place in sheet.asked), "Két số 2")
    station.setup.compare(same=True)
    station.close()
    sys.setprofile(None)
    (paper.parent / "writes").write_text(str(seen))
