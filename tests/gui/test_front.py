"""What the locked screen says about what was before it, and what the program keeps before it signs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secmsg.errors import WrongPassphrase
from secmsg.office.draft import Draft
from secmsg.wire.cable import Degree
from tests.helpers.ui_station import NOW, OFFICE
from ui import idle
from ui.front import Doorstep, Front
from ui.language import Language
from ui.lines import Card, Why
from ui.theme import Scheme

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

CARD = Card(Why.LOCKED, NOW, "ĐSQ Việt Nam tại Cộng hòa Pháp", "Embassy of Viet Nam in France", "Paris", "Europe/Paris")


@pytest.fixture
def front(qapp: QApplication, qtbot: QtBot) -> Iterator[Front]:
    made = Front(qapp, Doorstep(), lambda: NOW + 60, Language.VIETNAMESE)
    made.dress()
    yield made
    made.undress()
    qtbot.wait(1)


def test_a_card_gives_name_hour_language_and_look(front: Front) -> None:
    view = front.make(Card(Why.LOCKED, NOW, CARD.station, CARD.station_en, "Paris", "Europe/Paris", "en", "dark", 150))

    assert view.title.text() == view.windowTitle() == "Embassy of Viet Nam in France"
    assert view.subtitle.text() == "Locked 11:38 Paris"
    assert (front.theme.scheme, front.theme.percent) == (Scheme.DARK, 150)
    front.speech.switch()
    QApplication.processEvents()
    assert view.title.text() == "ĐSQ Việt Nam tại Cộng hòa Pháp"
    front.theme.wear(Scheme.LIGHT)
    front.theme.enlarge(100)


def test_a_crash_is_told_with_its_hour_and_what_is_safe(front: Front) -> None:
    view = front.make(Card(Why.CRASHED, NOW, CARD.station, CARD.station_en, "Paris", "Europe/Paris"))

    assert "tự dừng lúc 11:38 Paris" in view.message.text()
    assert "vẫn còn trong kho" in view.message.text()


def test_a_lock_that_cut_work_off_says_so_and_one_in_order_does_not(front: Front) -> None:
    view = front.make(CARD)
    view.hold()
    assert not view.open_button.isEnabled()
    view.release()
    assert (view.message.text(), view.open_button.isEnabled()) == ("", True)

    view.release(cut_off=True)

    assert "bị ngắt khi khóa" in view.message.text()


def test_earlier_wrong_tries_are_told_with_their_hour_until_the_own_one(front: Front) -> None:
    view = front.make(CARD)
    view.remember(3, NOW + 58)
    assert "3 lần nhập sai mật khẩu, lần cuối 22/11/2026 11:38 Paris" in view.message.text()
    assert "Thử lại sau 2 giây" in view.message.text()
    assert not view.open_button.isEnabled()

    view.refuse(WrongPassphrase("no slot opens"))

    assert "Sai 4 lần" in view.message.text()
    assert "lần cuối" not in view.message.text()


def test_swap_in_clear_is_told(front: Front) -> None:
    view = front.make(CARD)
    assert view.foot.text() == ""

    view.warn_of_swap(("/dev/sda3",))

    assert "/dev/sda3" in view.foot.text()


def test_the_idle_time_is_a_setting_with_a_usual_value(desk: "Desk") -> None:
    assert desk.post.lock_after_s == 300
    desk.window.actions_.rest[120].trigger()
    desk.settle()

    assert desk.post.lock_after_s == 120
    assert desk.scene.held.settings["ui.lock_after"] == "120"
    assert [idle.read(kept) for kept in (None, "", "60", "0", "-1", "86400", "1800", "x")] == [
        300, 300, 60, 300, 300, 300, 1800, 300,
    ]  # fmt: skip


def test_a_clock_that_is_put_back_does_not_keep_the_store_open(desk: "Desk") -> None:
    desk.scene.now -= 86_400
    desk.program._last_beat -= 301

    desk.program._watch_idleness()

    assert desk.program.post is None


def test_a_cable_is_kept_as_a_draft_before_it_is_signed(desk: "Desk") -> None:
    draft = Draft(degree=Degree.UNCLASSIFIED, action_to=(OFFICE,), topics=("CT",), subject="Thử", body="Nội dung",
                  drafter_name="Lê Minh Châu")  # fmt: skip
    window = desk.post.composing.write(draft)
    desk.settle()
    window.submit()
    desk.settle()

    assert "save_draft" in desk.scene.held.calls
    assert [released.subject for released in desk.scene.held.released] == ["Thử"]
    assert not any(kept.subject == "Thử" for kept, _ in desk.scene.held.drafts.values()), "the release takes it along"
