"""The last steps of the tour, over two real stations: a book handed over, a cable by hand, one group not heard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from secmsg.office.materials import Direction, State
from secmsg.station.views import Register
from tests.gui.test_by_hand import asked
from tests.helpers.hand_desks import HandDesks, hand_desks
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.world import world
from ui.tour import by_hand, pads
from ui.tour.by_hand import ByHandSteps


@pytest.fixture
def desks(tmp_path: Path, qapp: QApplication) -> Iterator[HandDesks]:
    with hand_desks(tmp_path) as made:
        yield made


def test_the_steps_end_with_the_same_cable_in_both_registers(desks: HandDesks, qapp: QApplication) -> None:
    hq, paris = desks.window(qapp, HQ), desks.window(qapp, PARIS)
    cuts: list[bool] = []
    written, read = ByHandSteps(hq.program, paris.program, desks.top, lambda: cuts.append(True)).steps()

    assert not written.holds()
    written.do()
    paris.settle()
    assert cuts == [True]
    assert written.holds()
    assert not read.holds()
    read.do()
    hq.settle()
    assert read.holds()

    (entering,) = hq.post.by_hand.enterings
    assert read.window() is entering.view
    assert entering.view.body.toPlainText() == by_hand.TEXT
    for window, which in ((paris, Register.OUT), (hq, Register.IN)):
        lines = asked(window, lambda station, of=which: station.register(of))
        assert any("bằng tay" in line.note for line in lines)  # type: ignore[attr-defined]  # asked of a Station


def test_with_another_page_on_top_the_step_says_what_the_window_says(desks: HandDesks, qapp: QApplication) -> None:
    hq, paris = desks.window(qapp, HQ), desks.window(qapp, PARIS)
    wrong = desks.top[:4] + str((int(desks.top[4]) + 1) % 10)
    written, _ = ByHandSteps(hq.program, paris.program, wrong, lambda: None).steps()
    with pytest.raises(TimeoutError, match="not enciphered"):
        written.do()
    assert not written.holds()


def test_the_book_of_the_demo_is_in_use_at_both_ends(tmp_path: Path) -> None:
    with world(tmp_path) as built:
        hq, paris = built.open(HQ), built.open(PARIS)
        built.settle()
        paris.release(draft(HQ.id))
        built.settle()
        top = pads.share(paris.station, hq.station, HQ.id)
        (ours,) = (item for item in paris.station.pads.items() if item.ours)
        (theirs,) = (item for item in hq.station.pads.items() if item.ours)
        assert (ours.direction, ours.state) == (Direction.OUT, State.IN_USE)
        assert (theirs.direction, theirs.state) == (Direction.IN, State.IN_USE)
        assert top == paris.station.pads.pages(ours.number)[0].number
