"""A process that dies while it tears off a page gives no figure twice: the page counts as used, whatever was said."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import ProfileInUse
from secmsg.office.materials import Act, Direction
from secmsg.office.pad_pages import PageState
from secmsg.station import custody, material_ledger, pad_drawing
from secmsg.store import materials as rows
from tests.faults import acts, pad_acts
from tests.faults.acts import Moment
from tests.helpers.ministry import HQ, PARIS
from tests.helpers.world import world

KILLED = -9
POINTS = (1, 3, 5, 8, Moment.COMMIT, Moment.AFTER)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with world(tmp_path / "ministry") as built:
        office = built.open(PARIS)
        desk = office.station.desk
        pad_drawing.draw(desk, HQ.id, Direction.OUT, 30)
        custody.act(desk, 1, Act.OPENED, second="Trần Thị Bình")
        built.close(office)
        yield built.root / f"station-{PARIS.id}"


def given(said: Path) -> Counter[str]:
    return Counter(said.read_text().splitlines()) if said.exists() else Counter()


def test_a_taking_that_dies_anywhere_gives_no_page_twice(home: Path, tmp_path: Path) -> None:
    said = tmp_path / "said"

    for point in POINTS:
        assert acts.ended(pad_acts.take, home, 1, said, point, "honest") == KILLED
        assert acts.ended(pad_acts.take, home, 1, said, None, "honest") == 0

    assert len(given(said)) == len(POINTS)
    assert set(given(said).values()) == {1}
    station = acts.open_home(home)
    pages = rows.pages(station.desk.db, 1)
    # The one that died right after its commit said nothing, and its page is used all the same.
    assert sum(page.state is PageState.TAKEN for page in pages) == len(POINTS) + 1
    assert sum(each.line.act is Act.TAKEN for each in material_ledger.lines(station.desk)) == len(POINTS) + 1
    with pytest.raises(ProfileInUse):
        acts.open_home(home)
    station.close()


def test_figures_given_before_they_are_accounted_for_are_given_twice(home: Path, tmp_path: Path) -> None:
    # The control: the same kill and the same count see the mistake.
    said = tmp_path / "said"

    assert acts.ended(pad_acts.take, home, 1, said, Moment.COMMIT, "careless") == KILLED
    assert acts.ended(pad_acts.take, home, 1, said, None, "careless") == 0

    assert set(given(said).values()) == {2}
