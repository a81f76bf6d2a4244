"""The first day of a post by the window: a real relay, headquarters' real store, keys alone."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from secmsg.office.materials import Kind
from secmsg.station import anew, backups, enrol
from secmsg.station.courier import Courier
from secmsg.station.headquarters import Seat
from secmsg.station.setting_up import Compared, Proof
from secmsg.station.station import open_station
from secmsg.station.unlock import by_passphrase
from tests.helpers.ministry import FAST, HQ, KEYRING, PARIS, PASSPHRASE, Clock, Ministry, sync
from ui.app import Doors, Program
from ui.front import Doorstep
from ui.language import Language
from ui.restoring import Beginning
from ui.setup.state import Page
from ui.setup.view import SetupView

PATIENCE_MS = 20_000


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Ministry]:
    built = Ministry(tmp_path, Clock(int(time.time())))
    built.found()
    built.add_relay()
    built.enrol(HQ)
    try:
        yield built
    finally:
        built.end()


class Desk:
    """A program on an empty folder, and the fingers in front of it."""

    def __init__(self, app: QApplication, bot: QtBot, home: Path) -> None:
        self.bot, self.home = bot, home
        doors = Doors(
            lambda attempt: lambda: open_station(home, by_passphrase(attempt.text), FAST, keyring=KEYRING),
            lambda worker, on_event: Courier(worker, on_event, FAST),
            Doorstep(lambda: (home / "vault").exists(), str(home)),
            make=lambda given, proposal: enrol.initialise(home, given, proposal, FAST, keyring=KEYRING),
            restore=partial(backups.restore, home=home, policy=FAST, keyring=KEYRING),
            beginning=Beginning(
                partial(anew.try_sheet, home, policy=FAST, keyring=KEYRING),
                partial(anew.begin, home, policy=FAST, keyring=KEYRING),
            ),
        )
        self.program = Program(app, doors, language=Language.VIETNAMESE)
        self.program.start()

    @property
    def view(self) -> SetupView:
        assert self.program.setting_up is not None
        return self.program.setting_up.view

    def wait(self, page: Page) -> None:
        self.bot.waitUntil(
            lambda: self.program.setting_up is not None and self.view.state.page is page and not self.view.state.busy,
            timeout=PATIENCE_MS,
        )

    def type(self, *words: str) -> None:
        """Type into the field that has the cursor and go on to the next with Tab."""
        for at, word in enumerate(words):
            if at:
                QTest.keyClick(self.focus(), Qt.Key.Key_Tab)
            QTest.keyClicks(self.focus(), word)

    def enter(self) -> None:
        QTest.keyClick(self.view.next_button, Qt.Key.Key_Space)

    def focus(self) -> QWidget:
        self.bot.waitUntil(lambda: QApplication.focusWidget() is not None)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def restart(self, app: QApplication) -> "Desk":
        """End the program and begin it again on the same folder, as after a stop."""
        self.program.stop()
        return Desk(app, self.bot, self.home)

    def unlock(self) -> None:
        view = self.program.unlock
        assert view is not None
        view.field.setText(PASSPHRASE)
        view.submit()


@pytest.mark.timeout(120)
def test_a_fresh_post_is_set_up_in_the_window_and_its_test_cable_comes_back_whole(
    bureau: Ministry, qapp: QApplication, qtbot: QtBot
) -> None:
    hq = bureau.open(HQ)
    sync(hq)
    home = bureau.root / "post"
    desk = Desk(qapp, qtbot, home)
    assert desk.program.unlock is not None

    # 1, 2: the locked screen offers the set-up; back and forth loses nothing
    desk.program.unlock.open_button.click()
    desk.wait(Page.LANGUAGE)
    desk.view.language.language.setCurrentIndex(1)
    qtbot.waitUntil(lambda: desk.view.heading.text() == "Language and size of text")
    desk.enter()
    desk.type("2")
    desk.enter()
    assert desk.view.message.text() == "The post's name is lacking."
    desk.view.profile.name.setText("ĐSQ Paris")
    desk.view.profile.officer.setText("Lê Thị Bình")
    desk.view.profile.title.setText("Đại sứ")
    desk.enter()
    desk.view.back_button.click()
    assert (desk.view.state.page, desk.view.profile.number.text()) == (Page.PROFILE, "2")
    desk.enter()

    # 3: passphrase and sheet
    desk.view.passphrase.field.setText(PASSPHRASE)
    desk.enter()
    assert desk.view.message.text() == "The two passphrases differ."
    desk.view.passphrase.again.setText(PASSPHRASE)
    desk.enter()
    desk.wait(Page.SHEET)
    assert desk.view.passphrase.field.text() == ""
    desk.view.sheet.passphrase.setText("another passphrase")
    desk.enter()
    qtbot.waitUntil(lambda: bool(desk.view.message.text()), timeout=PATIENCE_MS)
    desk.view.sheet.passphrase.setText(PASSPHRASE)
    desk.enter()
    qtbot.waitUntil(lambda: desk.view.sheet.sheet is not None, timeout=PATIENCE_MS)
    sheet = desk.view.sheet.sheet
    assert sheet is not None
    desk.view.sheet.typed.setText("11111 22222 33333")
    desk.view.sheet.where.setText("Két số 2")
    desk.enter()
    qtbot.waitUntil(lambda: f"Group {sheet.asked[0]} is not right" in desk.view.message.text(), timeout=PATIENCE_MS)
    desk.view.sheet.typed.setText(" ".join(sheet.groups[place - 1] for place in sheet.asked))
    desk.enter()
    desk.wait(Page.FINGERPRINT)

    # 4: request and fingerprint; the program may be closed until kit and code are here
    request = bureau.root / "request"
    set_up = desk.program.setting_up
    assert set_up is not None
    set_up.write(request, lambda station: station.request())
    desk.wait(Page.FINGERPRINT)
    desk.view.fingerprint.different.click()
    desk.enter()
    desk.wait(Page.FINGERPRINT)
    assert desk.view.state.stands is not None
    assert desk.view.state.stands.compared is Compared.DIFFERENT
    desk.view.fingerprint.same.click()
    desk.enter()
    desk.wait(Page.KIT)
    desk = desk.restart(qapp)
    kit, code = _granted(bureau, request)
    desk.unlock()
    desk.wait(Page.KIT)
    set_up = desk.program.setting_up
    assert set_up is not None
    set_up.take_kit(kit)
    set_up.read_code(code)
    qtbot.waitUntil(lambda: bool(desk.view.kit.code.text()), timeout=PATIENCE_MS)
    desk.enter()

    # 5: channels and test cable
    desk.wait(Page.CHANNELS)
    desk.enter()
    qtbot.waitUntil(lambda: desk.view.state.tested is not None, timeout=PATIENCE_MS)
    assert desk.view.state.any_open
    desk.enter()
    qtbot.waitUntil(lambda: desk.view.state.proof is Proof.RELAY_HOLDS, timeout=PATIENCE_MS)
    sync(hq)
    desk.wait(Page.FINISH)
    assert "headquarters' machine has opened it" in desk.view.finish.told.text()
    desk.enter()
    qtbot.waitUntil(lambda: desk.program.post is not None, timeout=PATIENCE_MS)
    assert desk.program.setting_up is None
    desk.program.stop()
    station = open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING)
    assert [item.kind for item in station.pads.items()] == [Kind.SHEET]
    assert station.setting("ui.language") == "en"
    station.close()


def _granted(bureau: Ministry, request: Path) -> tuple[Path, Path]:
    with bureau.authority() as office:
        granted = office.enrol(
            request.read_bytes(),
            Seat(PARIS),
            [bureau.access(bureau.relays[0], bureau.relays[0].base_url)],
            lambda _: True,
        )
    bureau.publish()
    kit, code = bureau.root / "kit", bureau.root / "code"
    kit.write_bytes(granted.kit)
    code.write_text(granted.activation_code)
    return kit, code


def test_a_lock_within_the_set_up_closes_the_store_and_the_set_up_goes_on_behind_it(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    home = tmp_path / "post"
    enrol.initialise(
        home,
        by_passphrase(PASSPHRASE),
        enrol.Proposal(PARIS.id, "Lê Thị Bình", "Đại sứ", "ĐSQ Paris", "Paris"),
        FAST,
        keyring=KEYRING,
    )
    desk = Desk(qapp, qtbot, home)
    desk.unlock()
    desk.wait(Page.SHEET)
    desk.view.sheet.passphrase.setText(PASSPHRASE)
    desk.enter()
    qtbot.waitUntil(lambda: desk.view.sheet.sheet is not None, timeout=PATIENCE_MS)
    view = desk.view

    desk.program.lock()

    assert desk.program.setting_up is None
    assert view.sheet.sheet is None
    assert all(not group.text() for group in view.sheet._cells)
    locked = desk.program.unlock
    assert locked is not None
    qtbot.waitUntil(lambda: locked.open_button.text() == "&Mở khóa", timeout=PATIENCE_MS)
    assert not desk.program.worker.running
    desk.unlock()
    desk.wait(Page.SHEET)
    desk.program.stop()
