"""A process that dies while a cable is marked read leaves the mark and the line of who opened it, or neither."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.ids import CableId
from secmsg.store import cables
from tests.faults import acts, reading_acts
from tests.faults.acts import Moment
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.world import world

KILLED = -9


@pytest.fixture
def came(tmp_path: Path) -> Iterator[tuple[Path, CableId]]:
    """Paris with a cable that nobody has opened."""
    with world(tmp_path / "ministry") as built:
        hanoi, paris = built.open(HQ), built.open(PARIS)
        built.settle(hanoi, paris)
        released = hanoi.release(draft(PARIS.id))
        built.settle(hanoi, paris)
        built.close(paris)
        yield built.root / f"station-{PARIS.id}", released.cable_id


def stands(home: Path, cable_id: CableId) -> tuple[bool, int]:
    """Say whether the cable is marked read, and how many lines are about it."""
    station = acts.open_home(home)
    found = cables.head(station.desk.db, cable_id).read_at is not None, len(station.officers.of_cable(cable_id))
    station.close()
    return found


def test_the_mark_and_the_line_are_both_there_or_neither(came: tuple[Path, CableId]) -> None:
    for point in (1, 3, 5, 7, 9, Moment.COMMIT, Moment.AFTER):
        assert acts.ended(reading_acts.mark_read, *came, point, "honest") == KILLED, point
        assert stands(*came) == ((True, 1) if point is Moment.AFTER else (False, 0)), point


def test_a_line_written_apart_from_the_mark_is_seen_to_be_missing(came: tuple[Path, CableId]) -> None:
    # The control: the same kill and the same look see the mistake.
    assert acts.ended(reading_acts.mark_read, *came, Moment.AFTER, "apart") == KILLED

    assert stands(*came) == (True, 0)
