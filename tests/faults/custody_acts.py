"""An inventory is answered and signed in a process that may die at any statement; done in parts it is the control."""

from pathlib import Path

from secmsg.office.checking import Answer, Seen, Work
from secmsg.station import keeping
from secmsg.station.custody_records import Second
from tests.faults.acts import Moment, Trigger, open_home, watch

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
