"""A medium that is taken out locks the program at once, says why, and opens again when it is back."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secmsg.ids import StationId
from secmsg.office.hand_work import Stage
from secmsg.station.hand_views import Next
from tests.helpers.ui_hand import worksheet_row
from tests.helpers.ui_station import NOW
from ui import idle
from ui.front import Doorstep, Front
from ui.language import Language
from ui.lines import Card, Why
from ui.medium import Medium
from ui.unlock.state import Store

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

NEEDS_MOUNT = pytest.mark.skipif(
    not os.environ.get("CI") and (sys.platform != "linux" or os.geteuid() != 0), reason="a loop mount needs root"
)


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """Mount a file system of its own from a file, as a stick is mounted from its device."""
    image, at = tmp_path / "image", tmp_path / "stick"
    at.mkdir()
    with image.open("wb") as file:
        file.truncate(16 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    subprocess.run(["mount", "-o", "loop", image, at], check=True)
    (at / "profile").mkdir()
    yield at
    while subprocess.run(["umount", at], check=False, capture_output=True).returncode == 0:
        pass


@NEEDS_MOUNT
def test_a_file_system_that_is_taken_off_is_gone_also_while_a_file_on_it_is_open(stick: Path) -> None:
    medium = Medium(stick / "profile")
    with (stick / "profile" / "store.db").open("wb"):
        assert medium.is_there()

        subprocess.run(["umount", "--lazy", stick], check=True)

        assert not medium.is_there()
    subprocess.run(["mount", "-o", "loop", stick.parent / "image", stick], check=True)
    assert (stick / "profile").is_dir()


def test_a_device_that_leaves_the_kernels_list_is_gone_though_its_folder_still_answers(tmp_path: Path) -> None:
    number = (tmp_path / "x").parent.stat().st_dev
    blocks, devices = tmp_path / "block", tmp_path / "devices"
    blocks.mkdir()
    # An enciphered volume, and the stick on which it stands.
    (devices / "dm-0" / "slaves").mkdir(parents=True)
    (devices / "sdb1").mkdir()
    (devices / "dm-0" / "slaves" / "sdb1").symlink_to(devices / "sdb1")
    (blocks / f"{os.major(number)}:{os.minor(number)}").symlink_to(devices / "dm-0")
    medium = Medium(tmp_path, blocks)
    assert medium.is_there()

    shutil.rmtree(devices / "sdb1")

    assert not medium.is_there()


def test_another_folder_in_its_place_is_not_it(tmp_path: Path) -> None:
    home = tmp_path / "profile"
    home.mkdir()
    medium, never = Medium(home), Medium(tmp_path / "never")
    home.rename(tmp_path / "away")
    assert not medium.is_there()
    home.mkdir()
    assert not medium.is_there()

    home.rmdir()
    (tmp_path / "away").rename(home)

    assert medium.is_there()
    assert never.is_there(), "what was never found is not watched"


def test_the_program_locks_when_its_folder_goes(desk: "Desk", tmp_path: Path) -> None:
    home = tmp_path / "profile"
    home.mkdir()
    desk.program._medium = Medium(home)
    desk.program._watch()
    assert desk.program.post is not None
    home.rename(tmp_path / "away")

    desk.program._watch()

    assert desk.program.post is None
    assert desk.program.unlock is not None
    assert "Đã khóa" in desk.program.unlock.subtitle.text()


def test_the_locked_screen_says_why_and_asks_again_when_the_medium_is_back(qapp: QApplication, qtbot: QtBot) -> None:
    here = False
    front = Front(qapp, Doorstep(lambda: here, "/media/co-yeu"), lambda: NOW + 60, Language.VIETNAMESE)
    front.dress()
    view = front.make(Card(Why.MEDIUM, NOW, "ĐSQ", "Embassy", "Paris", "Europe/Paris"))
    qtbot.addWidget(view)
    view.show()
    assert view.state.store is Store.AWAY
    assert view.subtitle.text() == "Đã khóa 11:38 Paris: USB chứa kho điện bị rút ra"
    assert "Cắm lại USB" in view.first_steps.words.text()
    assert view.open_button.text() == "&Xem lại", "no store is to be made here"
    assert not view.other_button.isVisible()

    here = True
    qtbot.waitUntil(lambda: view.state.store is Store.READY)

    assert view.field.isVisible()
    assert view.subtitle.text() == "Đã khóa 11:38 Paris"
    front.undress()


class TestWorksheet:
    def test_it_stays_open_longer_while_a_worksheet_is_in_front(self) -> None:
        assert [idle.least(each, at_worksheet=True) for each in (60, 300, 1_800)] == [idle.WORKSHEET_S] * 3
        assert [idle.least(each, at_worksheet=False) for each in (60, 300)] == [60, 300]

    def test_the_program_waits_for_the_pencil_and_locks_after_all(self, desk: "Desk") -> None:
        writing = desk.post.by_hand.write()
        desk.settle()
        writing.view.activateWindow()
        desk.bot.waitUntil(writing.view.isActiveWindow)
        desk.program._last_beat -= 301
        desk.program._watch()
        assert desk.program.post is not None

        desk.program._last_beat -= idle.WORKSHEET_S

        desk.program._watch()
        assert desk.program.post is None

    def test_what_was_worked_at_lately_is_offered(self, locked: "Desk") -> None:
        row = worksheet_row(7, Stage.TYPED, Next.ASK, StationId(0), "")
        old = replace(row, worksheet=6, changed_at=locked.scene.now - 86_400)
        locked.scene.held.hand.worksheets = (old, replace(row, changed_at=locked.scene.now - 600))
        locked.unlock()
        locked.settle()

        bar = locked.window.message
        assert "Có một phiếu tính đang làm dở" in bar.text
        (button,) = bar._buttons
        button.click()
        locked.settle()

        assert [each.worksheet for each in locked.post.by_hand.enterings] == [7]
