"""Acts of custody in a process that may die: an inventory at any statement, a new recovery sheet at any write.

Done in parts, the inventory is the control.
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from secmsg.office.checking import Answer, Seen, Work
from secmsg.station import keeping
from secmsg.station.custody_records import Second
from tests.faults.acts import Moment, Trigger, open_home, watch

_DURABLE = frozenset({("database.py", "_commit"), ("pages.py", "write"), ("pages.py", "sync")})
SECOND = Second("Trần Thị Bình", "Đại sứ")


def answer(home: Path, code: str, at: int | Moment | None) -> None:
    """Answer one check."""
    station = open_home(home)
    if at is not None:
        watch(station, Trigger("", at))
    station.custody.answer(Work.INVENTORY, Answer(code, Seen.ABSENT, note="không có trong két"))
    station.close()


def finish(home: Path, at: int | Moment | None, kind: str) -> None:
    """Sign and enter the record."""
    station = open_home(home)
    if at is not None:
        watch(station, Trigger("", at))
    if kind == "careless":
        # Each line by itself, then the record: what a stop leaves between them is half a record.
        for row in station.custody.standing(Work.INVENTORY).rows:
            with station.desk.db.transaction():
                keeping.discrepant(station.desk, row.check.item, "không thấy", SECOND.name)
    station.custody.finish(Work.INVENTORY, SECOND)
    station.close()


def new_sheet(home: Path, paper: Path, at: int) -> None:
    """Make a new recovery sheet, its text at `paper`; die before the `at`-th commit, page or sync (0: not at all)."""
    station = open_home(home)
    seen = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal seen
        code = frame.f_code
        if event == "call" and (Path(code.co_filename).name, code.co_name) in _DURABLE:
            seen += 1
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    station.officers.new_sheet(lambda made: _keep(paper, made.text))
    sys.setprofile(None)
    station.close()
    paper.with_name("writes").write_text(str(seen))


def _keep(paper: Path, text: str) -> None:
    paper.write_text(text)
