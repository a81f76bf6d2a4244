"""The settings, the colours of the system, the key sheet, and what Qt would keep of file dialogs."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog

from ui.actions import Do
from ui.language import Language, in_english
from ui.settings.state import DENSITIES, LANGUAGES, PERCENTS, RESTS, SCHEMES, Choice, Settings, changed, nearest
from ui.settings.view import SettingsWindow
from ui.theme import TEXT_SIZES, Density, Scheme
from ui.widgets.files import keep_nothing
from ui.widgets.sheet import Sheet, SheetLine, found

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

USUAL = Settings("vi", "light", 100, "MEDIUM", 300)


class TestState:
    def test_the_choices_are_those_of_the_program(self) -> None:
        assert tuple(each.value for each in Language) == LANGUAGES
        assert {each.value for each in Scheme} == set(SCHEMES)
        assert TEXT_SIZES == PERCENTS
        assert tuple(each.name for each in Density) == DENSITIES
        assert min(RESTS) >= 60

    def test_what_differs_is_named(self) -> None:
        assert changed(USUAL, USUAL) == ()
        assert changed(USUAL, Settings("en", "light", 100, "MEDIUM", 600)) == (Choice.LANGUAGE, Choice.REST)
        assert nearest(104) == 100
        assert nearest(1000) == 200


def settings_of(desk: "Desk") -> SettingsWindow:
    """Open the settings by their key."""
    desk.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    window = desk.window.findChild(SettingsWindow)
    assert window is not None
    return window


class TestWindow:
    def test_every_choice_holds_at_once_and_is_kept_by_keyboard_alone(self, desk: "Desk") -> None:
        window = settings_of(desk)
        for box, at in (
            (window.language, LANGUAGES.index("en")),
            (window.scheme, SCHEMES.index("dark")),
            (window.percent, PERCENTS.index(150)),
            (window.density, DENSITIES.index("AIRY")),
            (window.rest, RESTS.index(120)),
        ):
            box.setFocus()
            desk.press(Qt.Key.Key_Home, *[Qt.Key.Key_Down] * at)
            assert box.currentIndex() == at
        assert in_english()
        assert window.windowTitle() == "Settings"
        assert desk.program.theme.dark
        assert desk.program.theme.percent == 150
        assert desk.program.theme.density is Density.AIRY
        assert desk.post.lock_after_s == 120
        kept = desk.scene.held.settings
        assert {
            name: kept[name] for name in ("ui.language", "ui.scheme", "ui.text", "ui.density", "ui.lock_after")
        } == {
            "ui.language": "en",
            "ui.scheme": "dark",
            "ui.text": "150",
            "ui.density": "AIRY",
            "ui.lock_after": "120",
        }
        desk.key(Qt.Key.Key_Escape)
        assert desk.window.findChild(SettingsWindow) is None

    def test_the_system_is_followed_only_when_that_was_chosen(self, desk: "Desk") -> None:
        theme = desk.program.theme
        theme._follow(Qt.ColorScheme.Dark)
        assert not theme.dark
        theme.wear(Scheme.SYSTEM)
        assert theme.dark
        assert desk.window.actions_[Do.DARK].isChecked()
        theme._follow(Qt.ColorScheme.Light)
        assert not theme.dark
        assert not desk.window.actions_[Do.DARK].isChecked()
        assert desk.scene.held.settings.get("ui.scheme") is None


class TestKeySheet:
    def test_a_word_finds_its_keys_with_or_without_marks(self, desk: "Desk") -> None:
        desk.key(Qt.Key.Key_F1)
        sheet = desk.window.findChild(Sheet)
        assert sheet is not None
        assert sheet.search.hasFocus()
        sheet.search.setText("khoa ngay")
        assert [line.left for line in sheet.table.rows_model.rows] == ["Điện", "Khóa ngay"]
        sheet.search.setText("ctrl+shift+k")
        assert [line.left for line in sheet.table.rows_model.rows] == ["Điện", "Ký nhận"]
        sheet.search.setText("không có gì như thế")
        assert sheet.table.rows_model.rows == ()

    def test_it_can_be_taken_to_paper(self, desk: "Desk") -> None:
        desk.window.actions_[Do.KEYS].trigger()
        desk.settle()
        sheet = desk.window.findChild(Sheet)
        assert sheet is not None
        text = sheet.as_text()
        assert text.startswith("Bảng phím\n")
        assert "\nĐIỆN\n" in text
        assert any(line.startswith("Soạn điện ") and line.endswith("Ctrl+N") for line in text.splitlines())

    def test_titles_without_lines_are_left_out(self) -> None:
        lines = [SheetLine("A", head=True), SheetLine("x"), SheetLine("B", head=True), SheetLine("đường")]
        assert [line.left for line in found(lines, "duong")] == ["B", "đường"]
        assert found(lines, "z") == []
        assert found(lines, "") == lines


class TestTraces:
    def dialog(self, desk: "Desk") -> None:
        """Open a file dialog, go somewhere, and close it."""
        desk.window.inbox.table.choose(0)
        desk.settle()
        desk.window.actions_[Do.EXPORT].trigger()
        dialog = desk.window.findChild(QFileDialog)
        assert dialog is not None
        dialog.close()
        desk.settle()

    def test_a_file_dialog_leaves_no_note_of_where_the_officer_was(
        self, desk: "Desk", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # given a folder for settings that Qt may write to, it does: the control
        for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(form, QSettings.Scope.UserScope, str(tmp_path))
        self.dialog(desk)
        assert [path.name for path in tmp_path.rglob("*.conf")] == ["QtProject.conf"]

        # when the program says where settings go
        (tmp_path / "QtProject.conf").unlink()
        keep_nothing()
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        self.dialog(desk)

        # then none are written
        assert list(tmp_path.rglob("*")) == []
        assert not QSettings(QSettings.Scope.UserScope, "QtProject").isWritable()
