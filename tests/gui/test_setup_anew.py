"""A forgotten passphrase at night: the sheet sets a new one from the locked screen, by keys, and asks who goes on."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secmsg.errors import WrongPassphrase
from secmsg.office.persons import Rank
from secmsg.station import person_acts, persons
from secmsg.station.station import open_station
from secmsg.station.unlock import ByRecovery, by_passphrase
from tests.gui.test_setup import PATIENCE_MS, Desk
from tests.helpers import backups
from tests.helpers.backups import NEXT
from tests.helpers.ministry import FAST, KEYRING, PARIS, PASSPHRASE, Clock, Ministry
from ui.language import Language
from ui.setup.state import Page
from ui.unlock.state import Means

ALT = Qt.KeyboardModifier.AltModifier
ANOTHER = "mot cau rat khac"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Ministry]:
    built = Ministry(tmp_path / "world", Clock(int(time.time())))
    built.found()
    built.add_relay()
    built.enrol(PARIS)
    try:
        yield built
    finally:
        built.end()


@pytest.fixture
def sheet(bureau: Ministry) -> ByRecovery:
    return backups.new_sheet(bureau.root / "station-2", bureau.clock)


@pytest.fixture
def desk(bureau: Ministry, sheet: ByRecovery, qapp: QApplication, qtbot: QtBot) -> Desk:
    """Start the program at the locked screen of the store."""
    made = Desk(qapp, qtbot, bureau.root / "station-2")
    made.program.speech.speak(Language.ENGLISH)
    return made


def _to_the_sheet(desk: Desk, groups: str) -> None:
    """Choose the sheet on the locked screen and begin with the groups that were typed there."""
    view = desk.program.unlock
    assert view is not None
    desk.bot.waitUntil(view.isActiveWindow, timeout=PATIENCE_MS)
    QTest.keyClick(view, Qt.Key.Key_R, ALT)
    desk.bot.waitUntil(lambda: view.state.means is Means.RECOVERY, timeout=PATIENCE_MS)
    QTest.keyClicks(desk.focus(), groups)
    QTest.keyClick(view, Qt.Key.Key_N, ALT)
    desk.wait(Page.GROUPS)


def _set_passphrase(desk: Desk) -> None:
    desk.enter()
    desk.wait(Page.PASSPHRASE)
    desk.view.passphrase.field.setText(NEXT)
    desk.view.passphrase.again.setText(NEXT)
    desk.enter()


def _read_back(desk: Desk) -> None:
    desk.bot.waitUntil(lambda: desk.view.sheet.sheet is not None, timeout=PATIENCE_MS)
    new = desk.view.sheet.sheet
    assert new is not None
    desk.view.sheet.typed.setText(" ".join(new.groups[place - 1] for place in new.asked))
    desk.enter()


def _opens(home: Path, passphrase: str) -> str:
    station = open_station(home, by_passphrase(passphrase), FAST, keyring=KEYRING)
    try:
        return persons.present(station.desk).name
    finally:
        station.close()


@pytest.mark.timeout(120)
def test_a_new_passphrase_is_set_with_the_sheet_and_the_window_asks_who_goes_on(
    bureau: Ministry, sheet: ByRecovery, desk: Desk
) -> None:
    paris = bureau.open(PARIS)
    second = person_acts.add(paris.desk, "Lê Văn An", "Bí thư", Rank.OFFICER, by_passphrase(ANOTHER), "Đại sứ")
    paris.close()

    _to_the_sheet(desk, backups.groups(sheet))
    assert desk.view.step.text() == "Step 1 of 4"
    assert "no earlier passphrase of any officer" in desk.view.groups.told.text()
    _set_passphrase(desk)
    desk.bot.waitUntil(lambda: len(desk.view.state.officers) == 2, timeout=PATIENCE_MS)
    assert desk.focus() is desk.view.restoring.who
    desk.enter()
    assert desk.view.message.text() == "Nobody was chosen yet."
    while desk.view.restoring.who.currentData() != second.number:
        QTest.keyClick(desk.view.restoring.who, Qt.Key.Key_Down)
    desk.enter()
    _read_back(desk)
    desk.wait(Page.RENEWED)
    assert "Every other person needs a new passphrase" in desk.view.renewed.told.text()
    assert not desk.view.groups.groups.toPlainText()

    # the post opens with the new passphrase, as who was chosen; the earlier ones open nothing
    desk.enter()
    desk.bot.waitUntil(lambda: desk.program.post is not None, timeout=PATIENCE_MS)
    desk.program.stop()
    assert _opens(desk.home, NEXT) == "Lê Văn An"
    for old in (PASSPHRASE, ANOTHER):
        with pytest.raises(WrongPassphrase):
            _opens(desk.home, old)


@pytest.mark.timeout(120)
def test_until_the_new_sheet_is_read_back_nothing_has_changed_and_there_is_a_way_back(
    bureau: Ministry, sheet: ByRecovery, desk: Desk
) -> None:
    groups = backups.groups(sheet)
    wrong = ByRecovery(type(sheet.recovery)(bytes(range(32))))
    _to_the_sheet(desk, backups.groups(wrong))
    desk.enter()
    desk.bot.waitUntil(lambda: bool(desk.view.message.text()), timeout=PATIENCE_MS)
    assert desk.view.message.text().startswith("These groups do not open this store. Nothing was changed")

    # from the first page Back is the locked screen, and it can be come back from
    QTest.keyClick(desk.view.back_button, Qt.Key.Key_Space)
    desk.bot.waitUntil(lambda: desk.program.unlock is not None and desk.program.setting_up is None)
    assert desk.program.unlock is not None
    desk.bot.waitUntil(desk.program.unlock.open_button.isEnabled, timeout=PATIENCE_MS)
    _to_the_sheet(desk, groups)
    _set_passphrase(desk)
    desk.bot.waitUntil(lambda: desk.view.sheet.sheet is not None, timeout=PATIENCE_MS)
    assert "Nothing has changed yet" in desk.view.sheet.told.text()
    QTest.keyClick(desk.view.back_button, Qt.Key.Key_Space)
    desk.wait(Page.GROUPS)
    assert "the old sheet open the store as before" in desk.view.message.text()
    assert "destroy it" in desk.view.message.text()
    assert desk.view.sheet.sheet is None

    # the officer goes away with a new sheet on the screen: it is taken off, and nothing has changed
    _set_passphrase(desk)
    desk.bot.waitUntil(lambda: desk.view.sheet.sheet is not None, timeout=PATIENCE_MS)
    left = desk.view
    desk.program.lock()
    assert desk.program.setting_up is None
    assert left.sheet.sheet is None
    view = desk.program.unlock
    assert view is not None
    desk.bot.waitUntil(view.open_button.isEnabled, timeout=PATIENCE_MS)
    desk.unlock()
    desk.bot.waitUntil(lambda: desk.program.post is not None, timeout=PATIENCE_MS)
    desk.program.stop()
    opened = open_station(desk.home, sheet, FAST, keyring=KEYRING)
    opened.close()
