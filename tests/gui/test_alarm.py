"""The locked screen says who watches, and counts; the bell sounds within bounds, and is silent when it is muted."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.ui_station import NOW
from ui import lines, vigil
from ui.front import Doorstep, Front
from ui.language import Language
from ui.lines import Card, Sight, Watching, Why
from ui.unlock import alarm as alarms
from ui.unlock.alarm import AlarmLine
from ui.unlock.state import Store
from ui.unlock.view import UnlockView


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[UnlockView]:
    front = Front(qapp, Doorstep(), lambda: NOW + 60, Language.VIETNAMESE)
    front.dress()
    card = Card(Why.LOCKED, NOW, "ĐSQ", "Embassy", "Paris", "Europe/Paris", watching=Watching.ON)
    made = front.make(card)
    made.show()
    yield made
    front.undress()
    qtbot.wait(1)


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    heard: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    return heard


def said(line: AlarmLine) -> str:
    return line.words.text()


def test_it_says_whether_somebody_watches(view: UnlockView) -> None:
    line = view.alarm
    assert said(line) == "Đang trực hộp thư nhanh, nhưng chưa máy trung chuyển nào trả lời."
    line.show_sight(Sight(contact=True))
    assert said(line) == "Đang trực hộp thư nhanh; chưa có gì mới từ lúc khóa."
    line.show_sight(Sight(over=True))
    assert "ba tuần" in said(line)
    line.show_sight(None)
    assert "Không còn trực" in said(line)
    for watching, words in (
        (Watching.NOBODY, "Chưa trực"), (Watching.OFF, "đã tắt trong Cài đặt"), (Watching.CUT, "liên lạc đã bị cắt"),
    ):  # fmt: skip
        line.show_watching(watching)
        assert words in said(line)
    view.language_button.click()
    QApplication.processEvents()
    assert "contact was cut at this machine" in said(line)
    view.show_store(Store.ABSENT, "/x")
    assert not line.isVisible(), "where there is no store there is nothing to watch"


def test_a_ring_is_counted_with_its_hour_and_claims_no_more(view: UnlockView, bells: list[int]) -> None:
    line = view.alarm

    line.show_sight(Sight(2, 1, NOW + 30, contact=True))

    assert "Có 2 tin báo điện hỏa tốc từ lúc khóa, lần cuối 11:38 Paris; chưa mở, chưa kiểm chứng." in said(line)
    assert "1 mục không rõ ai gửi" in said(line)
    assert len(bells) == 1
    line.show_sight(None)
    assert "Có 2 tin báo" in said(line), "what was counted stands"
    assert "Không còn trực" in said(line)


def test_what_no_key_knows_never_rings(view: UnlockView, bells: list[int]) -> None:
    for number in range(5):
        view.alarm.show_sight(Sight(0, number, NOW, contact=True))

    assert bells == []


def test_the_bell_repeats_within_bounds_and_is_muted_from_the_locked_screen(
    view: UnlockView, bells: list[int], qtbot: QtBot
) -> None:
    line = view.alarm
    line._again.setInterval(1)
    line.show_sight(Sight(1, 0, NOW, contact=True))
    qtbot.waitUntil(lambda: len(bells) > 3)

    line.mute_button.click()

    heard = len(bells)
    line.show_sight(Sight(2, 0, NOW, contact=True))
    qtbot.wait(30)
    assert len(bells) == heard
    assert line.mute_button.text() == "Đã tắt tiếng đến lần mở sau"
    assert "Có 2 tin báo" in said(line), "the count goes on"


def test_a_line_that_floods_makes_no_noise_for_ever(view: UnlockView, bells: list[int], qtbot: QtBot) -> None:
    line = view.alarm
    line._again.setInterval(0)
    for number in range(1, 400):
        line.show_sight(Sight(number, 0, NOW, contact=True))
    qtbot.waitUntil(lambda: not line._again.isActive())
    line.show_sight(Sight(500, 0, NOW, contact=True))
    qtbot.wait(20)

    assert len(bells) == alarms.MOST


def test_the_cursor_stays_in_the_passphrase(view: UnlockView, bells: list[int], qtbot: QtBot) -> None:
    view.activateWindow()
    qtbot.waitUntil(view.field.hasFocus)

    view.alarm.show_sight(Sight(1, 0, NOW, contact=True))

    assert view.field.hasFocus()
    assert bells == [1]


class TestVigil:
    def test_the_choice_and_what_is_usual(self) -> None:
        assert [vigil.read(kept, usual=usual) for kept in (None, "x", "on", "off") for usual in (True, False)] == [
            True, False, True, False, True, True, False, False,
        ]  # fmt: skip
        assert [vigil.read(vigil.write(watch=each), usual=not each) for each in (True, False)] == [True, False]

    def test_no_watch_while_contact_is_cut(self) -> None:
        assert vigil.choice(watch=True, cut=False) is Watching.ON
        assert vigil.choice(watch=True, cut=True) is Watching.CUT
        assert vigil.choice(watch=False, cut=True) is Watching.OFF

    @pytest.mark.parametrize(
        "account", [lines.Account(), lines.Account("xy"), lines.Account("ab", (("zz", "ab"),)), lines.Account("", ())]
    )
    def test_an_account_that_is_none_counts_as_none(self, account: lines.Account) -> None:
        assert vigil._read(account) is None
