"""Rules for every window: keys, names, contrast, plain text, room for the words, and a Qt that counts references."""

import ast
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from secmsg.office.draft import Draft
from secmsg.wire.cable import Degree, Urgency
from tests.gui import contrast_table
from tests.gui.looking import clipped
from tests.helpers.ui_station import EUROPE, NOW, cable_id, make_cable, view_of
from ui.actions import Do, plain
from ui.format import HANOI, UTC_PLACE, Place, in_list, moment, place, size, span, visible
from ui.language import Language, tr
from ui.main_window import Shelf
from ui.theme import CONTRASTS, DARK, LIGHT, Colours, Density, Scheme, contrast
from ui.unlock.state import Store
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

UI = Path(__file__).parent.parent.parent / "ui"
SOURCES = sorted(path for path in UI.rglob("*.py") if "tour" not in path.parts)


class TestQt:
    def test_a_void_call_takes_no_reference_to_none(self, qapp: QApplication) -> None:
        """Qt for Python 6.12 on Python 3.11 drops one at every such call, until the interpreter aborts."""
        label = QLabel()
        before = sys.getrefcount(None)
        for _ in range(500):
            label.setText("a")
        assert sys.getrefcount(None) > before - 100


class TestKeys:
    def test_every_action_has_words_and_every_key_is_given_once(self, desk: "Desk") -> None:
        keys = Counter(key.toString() for do in Do for key in desk.window.actions_[do].shortcuts())
        assert [key for key, count in keys.items() if count > 1] == []
        for do in Do:
            assert plain(desk.window.actions_[do].text())

    @pytest.mark.parametrize("language", list(Language))
    def test_mnemonics_are_unique_in_each_menu(self, desk: "Desk", language: Language) -> None:
        desk.program.speech.speak(language)
        desk.settle()

        def letters(menu: QMenu) -> list[str]:
            texts = [action.text() for action in menu.actions() if not action.isSeparator()]
            return [t[t.index("&") + 1].casefold() for t in texts if "&" in t]

        bar = [a.text() for a in desk.window.menuBar().actions()]
        assert len({t[t.index("&") + 1].casefold() for t in bar}) == len(bar)
        for action in desk.window.menuBar().actions():
            menu = action.menu()
            assert isinstance(menu, QMenu)
            doubles = [letter for letter, count in Counter(letters(menu)).items() if count > 1]
            assert doubles == [], (menu.title(), doubles)

    @pytest.mark.parametrize("do", list(Do), ids=lambda do: do.name)
    def test_every_shortcut_fires(self, desk: "Desk", do: Do) -> None:
        if do in (Do.QUIT, Do.LOCK):
            desk.post.lock_asked.disconnect()
        action = desk.window.actions_[do]
        fired: list[str] = []
        action.triggered.disconnect()
        action.triggered.connect(lambda *_: fired.append("x"))
        action.setEnabled(True)
        for sequence in action.shortcuts():
            fired.clear()
            desk.window.inbox.table.setFocus()
            QTest.keySequence(desk.window.inbox.table, QKeySequence(sequence))
            assert fired == ["x"], sequence.toString()
            action.setChecked(False)

    def test_the_key_sheet_is_made_of_the_actions(self, desk: "Desk") -> None:
        desk.key(Qt.Key.Key_F1)
        sheet = desk.window.findChild(Sheet)
        assert sheet is not None
        listed = {line.left: line.right for line in sheet.table.rows_model.rows}
        for do in Do:
            action = desk.window.actions_[do]
            if action.shortcuts():
                assert listed[plain(action.text())]
        assert "Ctrl+N" in listed["Soạn điện"]
        assert listed["Ký và gửi"] == "Ctrl+Enter"
        desk.key(Qt.Key.Key_Escape)

    def test_tab_visits_every_field_once_from_top_to_bottom(self, desk: "Desk") -> None:
        compose = desk.post.composing.write(Draft(degree=Degree.CONFIDENTIAL, action_to=(EUROPE,)))
        desk.settle()
        compose.activateWindow()
        desk.settle()
        visited: list[QWidget] = []
        while (focus := QApplication.focusWidget()) not in visited:
            assert focus is not None
            visited.append(focus)
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        assert focus is visited[0]
        assert {compose.send_button, compose.form.body, compose.form.prefix, *compose.lines} <= set(visited)
        fields = [w for w in visited if compose.form.isAncestorOf(w)]
        tops = [w.mapTo(compose.form, QPoint(0, 0)).y() for w in fields]
        assert all(after >= before - 12 for before, after in pairwise(tops)), tops

    def test_menus_hold_every_action(self, desk: "Desk") -> None:
        inside = {a for top in desk.window.menuBar().actions() for a in (top.menu().actions())}  # type: ignore[attr-defined]  # menu() is typed QObject
        assert {desk.window.actions_[do] for do in Do} <= inside

    def test_shift_f10_opens_the_menu_of_the_row(self, desk: "Desk") -> None:
        table = desk.window.inbox.table
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
        QApplication.sendEvent(table, event)
        assert table.menu is not None
        assert table.menu.isVisible()
        table.menu.close()

    def test_text_size_and_colours_change_at_once_and_are_kept(self, desk: "Desk") -> None:
        ctrl = Qt.KeyboardModifier.ControlModifier
        before = desk.window.inbox.table.fontMetrics().height()
        desk.key(Qt.Key.Key_Equal, ctrl)
        assert desk.program.theme.percent == 110
        desk.key(Qt.Key.Key_Equal, ctrl)
        assert desk.window.fontMetrics().height() > before
        desk.key(Qt.Key.Key_Minus, ctrl)
        desk.key(Qt.Key.Key_0, ctrl)
        assert desk.program.theme.percent == 100
        assert desk.scene.held.settings["ui.text"] == "100"
        desk.window.actions_[Do.DARK].trigger()
        assert desk.program.theme.scheme is Scheme.DARK
        desk.window.actions_.density[Density.AIRY].trigger()
        desk.settle()
        assert desk.window.inbox.table.sizeHintForRow(0) == 40
        assert desk.scene.held.settings["ui.density"] == "AIRY"

    def test_cutting_contact_is_said_and_undone(self, desk: "Desk") -> None:
        desk.window.actions_[Do.SILENCE].trigger()
        desk.settle()
        assert "Đã ngắt liên lạc" in desk.window.message.text
        assert "đã ngắt" in desk.window.strip.link_buttons[0].text()
        desk.window.actions_[Do.SILENCE].trigger()
        desk.settle()
        assert desk.window.message.text == ""

    def test_small_windows_open_and_close(self, desk: "Desk") -> None:
        for do in (Do.LINKS, Do.NOTICES, Do.ABOUT):
            desk.window.actions_[do].trigger()
            desk.settle()
            sheets = [s for s in desk.window.findChildren(Sheet) if s.isVisible()]
            assert len(sheets) == 1
            desk.program.speech.switch()
            desk.settle()
            sheets[0].close()
            desk.settle()
        desk.window.strip.link_buttons[0].click()
        desk.settle()
        desk.window.strip.outbox_button.click()
        assert desk.shelf() is Shelf.OUTBOX
        desk.window.actions_[Do.NEXT_UNREAD].trigger()
        desk.settle()
        assert desk.shelf() is Shelf.INBOX
        desk.window.actions_[Do.FETCH].trigger()
        assert desk.courier.wakes == 1


class TestScreenReader:
    def test_rows_are_sentences(self, desk: "Desk") -> None:
        said = desk.window.inbox.table.rows_model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert said == (
            "Thượng khẩn, Tối mật, điện 0411, Chỉ đạo về nghị quyết phiên họp toàn thể UNESCO, "
            "Văn phòng Bộ, 10:40, chưa ký nhận, 2 tệp kèm"
        )

    def test_places_say_their_counts(self, desk: "Desk") -> None:
        said = desk.window.places.rows_model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert said == "Điện đến, 3"


class TestColours:
    @pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
    def test_every_pair_keeps_its_ratio(self, colours: Colours) -> None:
        poor = [
            (ink, ground, round(contrast(getattr(colours, ink), getattr(colours, ground)), 2))
            for ink, ground, least in CONTRASTS
            if contrast(getattr(colours, ink), getattr(colours, ground)) < least
        ]
        assert poor == []

    def test_the_page_shows_the_colours_in_force(self) -> None:
        assert contrast_table.PAGE.read_text(encoding="utf-8") == contrast_table.page()

    def test_the_measure_is_right(self) -> None:
        assert contrast("#000000", "#ffffff") == pytest.approx(21)
        assert contrast("#c75b00", "#ffffff") < 4.5  # the orange that the design rejects


class TestPlainText:
    def test_only_the_text_module_makes_labels(self) -> None:
        guilty = []
        for path in SOURCES:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "QTextBrowser", "QMessageBox"}:
                    guilty.append(f"{path.name}:{node.lineno} {name}")
                if name == "setToolTip" and path.name != "text.py":
                    guilty.append(f"{path.name}:{node.lineno} {name}")
                if name == "QLabel" and node.args:
                    guilty.append(f"{path.name}:{node.lineno} QLabel with text")
        assert guilty == []

    def test_every_label_is_plain(self, desk: "Desk") -> None:
        desk.window.inbox.table.choose_key(cable_id(411))
        compose = desk.post.composing.write(Draft())
        desk.settle()
        for window in (desk.window, compose):
            for label in window.findChildren(QLabel):
                assert label.textFormat() is Qt.TextFormat.PlainText, label

    def test_html_and_direction_marks_stay_what_they_are(self, desk: "Desk") -> None:
        subject = "<b>Khẩn</b> \u202egnoud"
        cable = make_cable(
            500,
            degree=Degree.CONFIDENTIAL,
            urgency=Urgency.ROUTINE,
            subject=subject,
            origin=EUROPE,
            body="<i>x</i>\u202e",
        )
        desk.scene.arrive(cable)
        desk.settle()
        desk.window.inbox.table.choose_key(cable.cable_id)
        desk.settle()
        assert desk.window.reader.subject.text() == "<b>Khẩn</b> [U+202E]gnoud"
        assert desk.window.reader.body.toPlainText() == "<i>x</i>[U+202E]"
        at = desk.window.inbox.table.rows_model.place_of(cable.cable_id)
        assert at is not None
        cell = desk.window.inbox.table.rows_model.index(at, 3)
        assert cell.data() == "<b>Khẩn</b> [U+202E]gnoud"
        assert "&lt;b&gt;" in cell.data(Qt.ItemDataRole.ToolTipRole)

    def test_the_window_title_shows_no_degree_and_no_subject(self, desk: "Desk") -> None:
        desk.window.inbox.table.choose_key(cable_id(411))
        compose = desk.post.composing.write(Draft(degree=Degree.SECRET, subject="UNESCO"))
        desk.settle()
        for title in (desk.window.windowTitle(), compose.windowTitle()):
            assert "UNESCO" not in title
            assert not any(tr(word) in title for word in ("Secret", "Confidential", "Top Secret"))

    def test_the_clipboard_is_asked_to_forget(self, desk: "Desk") -> None:
        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        desk.window.reader.body.selectAll()
        data = desk.window.reader.body.createMimeDataFromSelection()
        assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


class TestRoom:
    @pytest.mark.parametrize("percent", [100, 150])
    @pytest.mark.parametrize("store", [Store.ABSENT, Store.AWAY])
    def test_the_first_steps_have_room(self, locked: "Desk", percent: int, store: Store) -> None:
        view = locked.program.unlock
        assert view is not None
        locked.program.theme.enlarge(percent)
        view.resize(1366, 768)
        view.show_store(store, "/home/co-yeu/.local/share/secmsg")
        locked.settle()
        assert clipped(view) == []
        assert view.height() <= 768

    def test_a_list_of_any_length_holds_some_pages(self, desk: "Desk") -> None:
        base = view_of(
            make_cable(1, degree=Degree.CONFIDENTIAL, urgency=Urgency.ROUTINE, subject="Điện", origin=EUROPE)
        )
        from dataclasses import replace

        for i in range(5_000):
            row = replace(base.row, cable_id=cable_id(100_000 + i), number=i, at=NOW - 100_000 - i)
            desk.scene.held.views[row.cable_id] = replace(base, row=row)
        desk.post.refresh(Shelf.INBOX)
        desk.settle()
        table = desk.window.inbox.table
        assert table.rows_model.rowCount() == 5_007

        # When the officer goes to the end, then the row is read and shown, and the way back is there
        table.setFocus()
        desk.key(Qt.Key.Key_End)
        desk.bot.waitUntil(lambda: getattr(table.row, "number", None) == 405)
        assert desk.window.reader.state.view is not None
        assert desk.window.reader.state.view.row.number == 405
        assert len(list(desk.window.inbox.table.rows_model._rows.held())) < 5_007
        # and a reading anew stays on the cable
        desk.post.refresh(Shelf.INBOX)
        desk.settle()
        assert table.currentIndex().row() == 5_006
        desk.key(Qt.Key.Key_Home)
        desk.bot.waitUntil(lambda: getattr(table.row, "number", None) == 412)


class TestFormat:
    PARIS = place("Paris", "Europe/Paris")

    def test_times_name_their_places(self) -> None:
        assert moment(NOW, self.PARIS) == "22/11/2026 11:38 Paris · 17:38 Hanoi"
        assert moment(NOW + 7 * 3600, self.PARIS) == "22/11/2026 18:38 Paris · 23/11 00:38 Hanoi"
        assert moment(NOW, Place("Hà Nội", HANOI)) == "22/11/2026 17:38 Hà Nội"

    def test_an_unknown_zone_is_said_to_be_utc(self) -> None:
        assert place("Atlantis", "Sea/Atlantis") is UTC_PLACE
        assert place("X", "../etc") is UTC_PLACE

    def test_lists_are_short(self) -> None:
        assert in_list(NOW - 60, NOW, self.PARIS) == "11:37"
        assert in_list(NOW - 48 * 3600, NOW, self.PARIS) == "20/11 11:38"
        assert in_list(NOW - 400 * 86_400, NOW, self.PARIS) == "18/10/2025"

    def test_spans_have_two_units(self) -> None:
        assert span(30) == "less than a minute"
        assert span(65) == "1 min"
        assert span(19_320) == "5 h 22 min"
        assert span(180_000) == "2 d 2 h"

    def test_sizes_are_decimal(self) -> None:
        assert [size(n) for n in (12, 412_000, 999_600, 1_300_000, 2_147_483_648)] == [
            "12 B",
            "412 KB",
            "1.0 MB",
            "1.3 MB",
            "2.1 GB",
        ]

    def test_hidden_characters_become_visible(self) -> None:
        assert visible("đúng\nhai dòng") == "đúng\nhai dòng"
        assert visible("a\u200bb\u2066c\x00") == "a[U+200B]b[U+2066]c[U+0000]"
