"""The step of the tour that cuts the line: it chooses the answer in the outbox, whichever list knows it first."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from secmsg.ids import CableId, StationId
from secmsg.office.draft import Draft
from secmsg.station.views import OutboxRow
from tests.gui.conftest import Desk
from ui.main_window import Shelf
from ui.tour.stage import Stage
from ui.tour.steps import SUBJECT, Tour


class LateOutbox(dict[tuple[CableId, StationId], OutboxRow]):
    """The outbox of a station whose answer is in the list of sent cables before it is read from here."""

    open = False

    def values(self) -> list[OutboxRow]:  # type: ignore[override]  # only walked through
        return [row for row in super().values() if self.open or row.subject != SUBJECT]


@pytest.fixture
def tour(desk: Desk, tmp_path: Path) -> Iterator[Tour]:
    # Nothing was built on the stage: its relay is down already.
    with closing(Tour(Stage(tmp_path), desk.program, desk.program, Draft())) as made:
        yield made


def test_an_answer_that_the_sent_list_knows_first_is_waited_for_in_the_outbox(desk: Desk, tour: Tour) -> None:
    late = desk.scene.held.outbox = LateOutbox(desk.scene.held.outbox)
    sent, outbox = desk.window.sent, desk.window.outbox
    refused, ready, cut = (step for step in tour.steps() if step.name in ("refused", "ready", "cut"))
    for step in (refused, ready):
        step.do()
        desk.bot.waitUntil(step.holds)

    def let_it_come() -> None:
        if not late.open and SUBJECT in [getattr(row, "subject", "") for row in sent.state.rows]:
            assert SUBJECT not in [row.subject for row in outbox.state.rows]
            late.open = True
            QTimer.singleShot(200, lambda: desk.post.refresh(Shelf.OUTBOX))  # who waits for either list goes on now

    look = QTimer()
    look.timeout.connect(let_it_come)
    look.start(5)
    cut.do()
    look.stop()

    assert late.open
    assert outbox.row is not None
    assert outbox.row.subject == SUBJECT
