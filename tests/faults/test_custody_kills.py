"""A process that dies in an inventory leaves it under way as it stood, or the whole signed record: never a part."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.office.checking import Work
from secmsg.office.materials import Act, Kind
from secmsg.station import material_ledger
from secmsg.station.station import Station
from tests.faults import acts, custody_acts
from tests.faults.acts import Moment
from tests.helpers.ministry import PARIS
from tests.helpers.world import world

KILLED = -9
POINTS = (1, 4, 7, 10, Moment.COMMIT, Moment.AFTER)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Paris with two tokens, and an inventory begun."""
    with world(tmp_path / "ministry") as built:
        office = built.open(PARIS)
        for number in (1, 2):
            office.station.custody.enter(Kind.TOKEN, f"Token {number}", "két số 2")
        office.station.custody.begin(Work.INVENTORY)
        built.close(office)
        yield built.root / f"station-{PARIS.id}"


def stands(station: Station) -> tuple[int, int, int]:
    """Count the records, the lines of what differs, and the works under way."""
    lines = [each.line.act for each in material_ledger.lines(station.desk)]
    return len(station.custody.records()), lines.count(Act.DISCREPANT), len(station.custody.under_way())


def found(home: Path) -> tuple[int, int, int]:
    station = acts.open_home(home)
    counted = stands(station)
    assert all(not each.wrong for each in station.custody.prove())
    station.close()
    return counted


def answered(home: Path) -> int:
    station = acts.open_home(home)
    view = station.custody.standing(Work.INVENTORY)
    station.close()
    return len(view.rows) - view.lacking


def test_an_answer_is_there_or_was_not_given(home: Path) -> None:
    before = 0
    for point in (1, Moment.COMMIT, Moment.AFTER):
        assert acts.ended(custody_acts.answer, home, "B1", point) == KILLED
        now = answered(home)
        assert now == (1 if before or point is Moment.AFTER else 0)
        before = now


def test_a_record_is_whole_or_not_there_at_whatever_statement_it_dies(home: Path) -> None:
    for code in ("B1", "B2"):
        assert acts.ended(custody_acts.answer, home, code, None) == 0

    for point in POINTS:
        assert acts.ended(custody_acts.finish, home, point, "honest") == KILLED
        expected = (1, 2, 0) if point is Moment.AFTER else (0, 0, 1)
        assert found(home) == expected, point


def test_lines_entered_apart_from_the_record_are_seen_as_half_of_one(home: Path) -> None:
    # The control: the same kill and the same count see the mistake.
    for code in ("B1", "B2"):
        assert acts.ended(custody_acts.answer, home, code, None) == 0

    assert acts.ended(custody_acts.finish, home, Moment.AFTER, "careless") == KILLED

    assert found(home) == (0, 1, 1)
