"""The reader names who has not opened the same text, and whose copy a cable is."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secmsg.ids import DeviceId
from secmsg.office.circulars import Standing
from secmsg.station.views import CableView, Opening
from secmsg.wire.service import ReceiptLevel
from tests.gui.conftest import Desk
from tests.helpers.ui_station import NOW, furnished
from ui.reader import openings


@pytest.fixture
def view() -> CableView:
    held = furnished()
    return next(iter(held.views.values()))


def machine(number: int, standing: Standing) -> Opening:
    said = standing is not Standing.NOT_YET
    return Opening("ĐSQ Paris", DeviceId(number), standing, ReceiptLevel.DECIPHERED if said else None, NOW)


def test_all_is_said_once_and_a_single_machine_not_at_all(qapp: QApplication, view: CableView) -> None:
    same = [machine(number, Standing.SAME) for number in range(1, 4)]

    assert openings.lines(replace(view, openings=tuple(same[:1]))) == []
    ((_, _, said),) = openings.lines(replace(view, openings=tuple(same)))
    assert "3" in said


def test_who_opened_another_text_stands_first_and_who_waits_is_named(qapp: QApplication, view: CableView) -> None:
    found = [machine(1, Standing.SAME), machine(2, Standing.OTHER)]
    found += [machine(number, Standing.NOT_YET) for number in range(3, 10)]

    (alarm, counted) = openings.lines(replace(view, openings=tuple(found)))

    assert alarm[0] == "shield-x"
    assert "ĐSQ Paris" in alarm[2]
    assert "2" in alarm[2]
    assert "1/9" in counted[2] or "1 of 9" in counted[2]
    assert "7" in counted[2]


def test_the_reader_shows_a_copy_and_its_openings(desk: Desk, qtbot: QtBot, view: CableView) -> None:
    shown = replace(view, sent_from=DeviceId(7), openings=(machine(1, Standing.OTHER), machine(2, Standing.SAME)))

    desk.window.reader.show_cable(shown)

    assert desk.window.reader.state.view is shown
