"""A backup that comes back through the wizard: a real store's, by keys, frozen when it opens."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from secmsg.office.copies import Cause
from secmsg.office.materials import Kind, State
from secmsg.office.persons import Rank
from secmsg.station import person_acts, persons
from secmsg.station.station import open_station
from secmsg.station.unlock import ByRecovery, by_passphrase
from tests.gui.test_setup import PATIENCE_MS, Desk
from tests.helpers import backups
from tests.helpers.backups import NEXT
from tests.helpers.ministry import FAST, KEYRING, PARIS, Clock, Ministry
from ui.language import Language
from ui.setup.state import Page


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
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def sheet(bureau: Ministry, stick: Path) -> ByRecovery:
    """Make a backup onto the stick, and give the sheet in force then."""
    known = backups.new_sheet(bureau.root / "station-2", bureau.clock)
    paris = bureau.open(PARIS)
    backups.make(paris, stick)
    paris.close()
    return known


def _content(stick: Path) -> dict[str, bytes]:
    return {str(each.relative_to(stick)): each.read_bytes() for each in stick.rglob("*") if each.is_file()}


def _to_the_backup(desk: Desk) -> None:
    """Go to the page of folder and sheet by keys."""
    assert desk.program.unlock is not None
    desk.program.speech.speak(Language.ENGLISH)
    desk.program.unlock.open_button.click()
    desk.wait(Page.LANGUAGE)
    desk.enter()
    QTest.keyClick(desk.view, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    if not desk.view.profile.restore.isChecked():
        QTest.keyClick(desk.view.profile.restore, Qt.Key.Key_Space)
    desk.enter()
    desk.wait(Page.BACKUP)


def _choose(desk: Desk, folder: Path, groups: str) -> None:
    assert desk.program.setting_up is not None
    desk.program.setting_up.take_backup(folder)
    desk.view.backup.groups.clear()
    QTest.keyClicks(desk.view.backup.groups, groups)
    desk.enter()


def _passphrase(desk: Desk) -> None:
    desk.wait(Page.PASSPHRASE)
    desk.view.passphrase.field.setText(NEXT)
    desk.view.passphrase.again.setText(NEXT)
    assert desk.view.next_button.text() == "&Restore"
    desk.enter()


@pytest.mark.timeout(120)
def test_a_backup_comes_back_in_the_window_and_its_store_sends_nothing(
    bureau: Ministry, stick: Path, sheet: ByRecovery, qapp: QApplication, qtbot: QtBot
) -> None:
    home, before = bureau.root / "new-machine", _content(stick)
    desk = Desk(qapp, qtbot, home)
    _to_the_backup(desk)

    # what is lacking, what is wrong: said, and nothing is made
    desk.enter()
    assert desk.view.message.text() == "No folder was chosen yet."
    groups = backups.groups(sheet)
    _choose(desk, bureau.root, groups)
    qtbot.waitUntil(lambda: "no backup in this folder" in desk.view.message.text(), timeout=PATIENCE_MS)
    wrong = groups.split()
    wrong[4] = f"{(int(wrong[4]) + 1) % 100_000:05d}"
    _choose(desk, stick, " ".join(wrong))
    qtbot.waitUntil(lambda: "Group 5 is not right" in desk.view.message.text(), timeout=PATIENCE_MS)
    assert not home.exists()

    # the new sheet counts when it was read back
    _choose(desk, stick, groups)
    _passphrase(desk)
    qtbot.waitUntil(lambda: desk.view.sheet.sheet is not None, timeout=PATIENCE_MS)
    new = desk.view.sheet.sheet
    assert new is not None
    desk.program.background.await_asides(2)  # time enough for a restore that waits for nobody
    assert not home.exists(), "no store before the new sheet is on paper"
    pdf = bureau.root / "sheet.pdf"
    assert desk.program.setting_up is not None
    desk.program.setting_up.write(pdf, lambda _: b"")
    desk.wait(Page.SHEET)
    assert pdf.read_bytes().startswith(b"%PDF-")
    desk.view.sheet.typed.setText("11111 22222 33333")
    desk.enter()
    qtbot.waitUntil(lambda: f"Group {new.asked[0]} is not right" in desk.view.message.text(), timeout=PATIENCE_MS)
    desk.view.sheet.typed.setText(" ".join(new.groups[place - 1] for place in new.asked))
    desk.enter()

    desk.wait(Page.RESTORED)
    assert "Sending is stopped" in desk.view.restored.told.text()
    assert not desk.view.backup.groups.toPlainText()
    qtbot.waitUntil(lambda: not desk.view.passphrase.field.text(), timeout=PATIENCE_MS)
    desk.enter()
    qtbot.waitUntil(lambda: desk.program.post is not None, timeout=PATIENCE_MS)
    post = desk.program.post
    assert post is not None
    assert [each.cause for each in post.status.frozen] == [Cause.RESTORED]
    desk.program.stop()
    station = open_station(home, by_passphrase(NEXT), FAST, keyring=KEYRING)
    assert [each.cause for each in station.status().frozen] == [Cause.RESTORED]
    sheets = [each.state for each in station.pads.items() if each.kind is Kind.SHEET]
    assert sheets == [State.SUPERSEDED, State.RECEIVED], "the old sheet gave its place, in the ledger too"
    station.close()
    assert _content(stick) == before


@pytest.mark.timeout(120)
def test_where_there_are_several_officers_the_window_asks_who_goes_on(
    bureau: Ministry, stick: Path, sheet: ByRecovery, qapp: QApplication, qtbot: QtBot
) -> None:
    paris = bureau.open(PARIS)
    second = person_acts.add(
        paris.desk, "Lê Văn An", "Bí thư", Rank.OFFICER, by_passphrase("mot cau rat khac"), "Đại sứ"
    )
    backups.make(paris, stick)
    paris.close()
    home = bureau.root / "new-machine"
    desk = Desk(qapp, qtbot, home)
    _to_the_backup(desk)
    _choose(desk, stick, backups.groups(sheet))
    _passphrase(desk)
    qtbot.waitUntil(lambda: len(desk.view.state.officers) == 2, timeout=PATIENCE_MS)
    desk.enter()
    assert desk.view.message.text() == "Nobody was chosen yet."
    while desk.view.restoring.who.currentData() != second.number:
        QTest.keyClick(desk.view.restoring.who, Qt.Key.Key_Down)
    desk.enter()
    qtbot.waitUntil(lambda: desk.view.sheet.sheet is not None, timeout=PATIENCE_MS)
    new = desk.view.sheet.sheet
    assert new is not None
    desk.view.sheet.typed.setText(" ".join(new.groups[place - 1] for place in new.asked))
    desk.enter()
    desk.wait(Page.RESTORED)
    desk.program.stop()
    station = open_station(home, by_passphrase(NEXT), FAST, keyring=KEYRING)
    assert persons.present(station.desk).name == "Lê Văn An"
    station.close()


@pytest.mark.timeout(120)
def test_a_restore_stopped_before_its_end_leaves_no_store_and_the_old_sheet_in_force(
    bureau: Ministry, stick: Path, sheet: ByRecovery, qapp: QApplication, qtbot: QtBot
) -> None:
    home, before = bureau.root / "new-machine", _content(stick)
    desk = Desk(qapp, qtbot, home)
    _to_the_backup(desk)
    _choose(desk, stick, backups.groups(sheet))
    _passphrase(desk)
    qtbot.waitUntil(lambda: desk.view.sheet.sheet is not None, timeout=PATIENCE_MS)
    assert desk.view.back_button.text() == "&Stop"

    QTest.keyClick(desk.view.back_button, Qt.Key.Key_Space)

    desk.wait(Page.BACKUP)
    assert "No store was made" in desk.view.message.text()
    assert "destroy it" in desk.view.message.text()
    assert desk.view.sheet.sheet is None
    assert [each.name for each in bureau.root.iterdir() if "new-machine" in each.name] == []
    assert _content(stick) == before

    # another sheet's groups open nothing; the right ones still do
    other = ByRecovery(type(sheet.recovery)(bytes(range(32))))
    _choose(desk, stick, backups.groups(other))
    _passphrase(desk)
    qtbot.waitUntil(lambda: "do not open this backup" in desk.view.message.text(), timeout=PATIENCE_MS)
    desk.program.stop()
    backups.restore(stick, home, sheet, bureau.clock)
    assert home.exists()
