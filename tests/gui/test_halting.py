"""While sending is stopped: the bar says why and cannot be closed, and nothing can be signed and sent."""

from typing import TYPE_CHECKING

import pytest

from secmsg.ids import StationId
from secmsg.office.copies import OF_A_PEER, Cause
from secmsg.station.views import FreezeView
from tests.helpers.ui_station import NAMES, NOW, OFFICE
from ui.main_window import Shelf

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

NOBODY = StationId(0)


def freeze(cause: Cause) -> FreezeView:
    peer = OFFICE if cause in OF_A_PEER else NOBODY
    return FreezeView(cause, peer, NAMES.get(peer, ""), OFFICE, NAMES[OFFICE], NOW, "")


def show(desk: "Desk", *causes: Cause) -> None:
    desk.scene.held.freezes = tuple(freeze(cause) for cause in causes)
    desk.post.refresh(Shelf.INBOX)
    desk.settle()


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_a_sentence_that_stays(desk: "Desk", cause: Cause) -> None:
    show(desk, cause)
    bar = desk.window.halt

    assert bar.isVisibleTo(desk.window)
    assert not bar.close_button.isVisibleTo(bar)
    assert len(bar.text) > 60
    if cause is Cause.SERIAL_AHEAD:
        assert NAMES[OFFICE] in bar.text
    show(desk)
    assert not bar.isVisibleTo(desk.window)


def test_nothing_can_be_sent_and_the_window_says_why(desk: "Desk") -> None:
    desk.post.write()
    desk.settle()
    show(desk, Cause.OLD_COPY)
    before = len(desk.scene.held.released)

    assert not desk.compose.send_button.isEnabled()
    desk.compose.submit()
    desk.settle()
    assert len(desk.scene.held.released) == before
    assert desk.compose.hint.text() == desk.compose.send_button.accessibleDescription() != ""
    # A window opened meanwhile says the same; afterwards both can send again.
    desk.post.write()
    assert not desk.compose.send_button.isEnabled()
    show(desk)
    assert all(window.send_button.isEnabled() for window in desk.post.composing.windows)


def test_one_doubted_post_stops_no_other_cable(desk: "Desk") -> None:
    show(desk, Cause.PEER_FORKED)
    desk.post.write()

    assert desk.compose.send_button.isEnabled()
