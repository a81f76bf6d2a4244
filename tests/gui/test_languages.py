"""Every screen in both languages: nothing without a translation, of ours or of Qt; nothing left after a switch."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from secmsg.office import custody_words
from secmsg.office.checking import What
from tests.gui.looking import texts
from tests.gui.screens import BREAKS, PAPERS, READY, Door, Stage, begin, walk
from tests.helpers.ui_destruction import SECOND
from tests.helpers.ui_setup import CANDIDATES, TESTED
from tests.helpers.ui_station import ADDRESSEES, NAMES, UiStation
from ui import sheets
from ui.compose.view import ComposeView
from ui.language import CONTEXT, RESOURCES, Catalogue, CatalogueTranslator, Language, read_catalogue

SAME = {(CONTEXT, "Tiếng Việt / En&glish"), ("QGuiApplication", "QT_LAYOUT_DIRECTION")}
"""What is the same in both languages."""
UNHEARD = {"QShortcut", "QIODevice"}
"""Names of keys as they stand on the keys; texts of files that nobody is shown."""


class Recorder(CatalogueTranslator):
    """Answers as the program's own translator does, and notes what nobody has translated."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self.known = set(catalogue)
        self.missed: set[tuple[str, str]] = set()

    def translate(
        self,
        context: str | bytes,
        sourceText: str | bytes,  # noqa: N803 - Qt's name
        disambiguation: str | bytes | None = None,
        n: int = -1,
    ) -> str:
        """Note what is asked for in vain."""
        asked = tuple(part if isinstance(part, str) else bytes(part).decode() for part in (context, sourceText))
        if asked not in self.known and asked[0] not in UNHEARD and re.search(r"[^\W\d_]{2}", asked[1]):
            self.missed.add((asked[0], asked[1]))
        return super().translate(context, sourceText, disambiguation, n)


class Marking(CatalogueTranslator):
    """Puts marks around every word that is asked for; what shows no mark was never asked for."""

    def translate(
        self,
        context: str | bytes,
        sourceText: str | bytes,  # noqa: N803 - Qt's name
        disambiguation: str | bytes | None = None,
        n: int = -1,
    ) -> str:
        """Mark it; the names of keys stay, for shortcuts are made of them."""
        said = sourceText if isinstance(sourceText, str) else bytes(sourceText).decode()
        return said if context in ("QShortcut", b"QShortcut") or not said.strip() else f"«{said}»"


def strings_of(value: object) -> Iterator[str]:
    """Give every text inside a value: what a station holds is data, and data is shown as it is."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Enum):
        return
    elif is_dataclass(value):
        for each in fields(value):
            yield from strings_of(getattr(value, each.name))
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from strings_of(key)
            yield from strings_of(held)
    elif isinstance(value, tuple | list):
        for held in value:
            yield from strings_of(held)


def _writing(stage: Stage) -> list[ComposeView]:
    return [] if stage.program.post is None else stage.post.composing.windows


def _by_hand(stage: Stage) -> Iterator[str]:
    """Give the text of the worksheets, as it is cut into codes."""
    for writing in [] if stage.program.post is None else stage.post.by_hand.writings:
        yield from strings_of(writing.view.chips.chips)
        yield from strings_of(writing.view.state)


def _custody(stage: Stage) -> Iterator[str]:
    """Give the words that custody's screens have from the table of its papers, where both languages stand together."""
    tables = (custody_words.WORKS, custody_words.SIGNS, custody_words.SEEN, custody_words.SUBJECTS, custody_words.FLAWS)
    for table in tables:
        yield from strings_of(list(table.values()))
    window = None if stage.program.post is None else stage.post.custody.inspection
    for row in () if window is None else window.state.rows:
        if row.check.what is not What.STRANGER:
            yield from custody_words.expected(row.check)
        if row.check.what is What.ITEM:
            yield from custody_words.item(row.check)
        if row.finding is not None:
            yield from custody_words.finding(row.finding)


def data_of(stage: Stage) -> list[str]:
    """Give what is data behind a stage, longest first."""
    station = UiStation(stage.scene.held, stage.scene.clock)
    held = {
        *strings_of(stage.scene.held),
        *strings_of(station.status()),
        *strings_of(ADDRESSEES),
        *strings_of(stage.scene.links),
        *strings_of(READY),
        *strings_of(BREAKS),
        *(each.name for each in TESTED),
        *strings_of(CANDIDATES),
        *(text for window in _writing(stage) for text in strings_of(window.state.draft)),
        *_by_hand(stage),
        *_custody(stage),
        *strings_of(station.walk.standing()),
        *(SECOND, "Lệnh 12", "két kẹt"),
        *(part for licence in sheets.LICENCES for part in licence),
        "Tiếng Việt / English",
        "Tiếng Việt",
        "English",
        *NAMES.values(),
        *PAPERS,
        "van-thu",
        "Ho so",
        Path.home().name,
        *(line for text in strings_of(stage.scene.held) for line in text.splitlines()),
    }
    return sorted((text for text in held if len(text) > 1), key=len, reverse=True)


KEYS = r"Ctrl|Shift|Alt|Esc|Return|Enter|Space|Left|Del|Backspace|F\d+|Caps Lock"
PLAIN = re.compile(
    r"secmsg(?: [a-z]+)+ \d+|"  # a command is the same in every language
    rf"\b(?:{KEYS}|KB|MB|TM|KT|TL|TUQ|UTC|USB|dd|mm|yyyy|secmsg|Qt|PySide6|LGPL|https)\b|qt_\w+|/[\w/.-]+"
)


def untranslated(text: str, data: list[str]) -> str:
    """Give what is left of a text without its marked parts, its data and what no language changes."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"«[^«»]*»", " ", text)
    for known in data:
        text = text.replace(known, " ")
    text = re.sub(r"…[^…]*…", " ", text)  # what a search shows of a text
    left = PLAIN.sub(" ", re.sub(r"<[^>]*>", " ", text))
    return left.strip() if re.search(r"[^\W\d_]{2}", left) else ""


@pytest.fixture(params=list(Door), ids=lambda door: door.value)
def door(request: pytest.FixtureRequest) -> Door:
    """Give each state of the program."""
    assert isinstance(request.param, Door)
    return request.param


def seen(shown: QWidget) -> set[str]:
    """Give the texts of a window; what counts the seconds, and what Qt names for itself, is left out."""
    return {text for text in texts(shown) if text and not re.search(r"^qt_|\d:\d\d$", text)}


class TestEveryScreen:
    def test_nothing_of_ours_or_of_qt_is_asked_for_in_vain(self, qapp: QApplication, door: Door) -> None:
        stage = begin(qapp, door, Language.VIETNAMESE)
        recorder = Recorder(read_catalogue(RESOURCES / "i18n" / "vi.ts"))
        QCoreApplication.installTranslator(recorder)
        stage.settle()
        count = sum(1 for _ in walk(stage))
        QCoreApplication.removeTranslator(recorder)
        stage.program.stop()
        assert count
        assert recorder.missed - SAME == set()

    def test_nothing_is_shown_that_was_never_asked_for(self, qapp: QApplication, door: Door) -> None:
        marking = Marking({})
        QCoreApplication.installTranslator(marking)
        stage = begin(qapp, door, Language.ENGLISH)
        found = set()
        for name, shown in walk(stage):
            data = data_of(stage)
            found |= {(name, left) for text in texts(shown) if (left := untranslated(text, data))}
        QCoreApplication.removeTranslator(marking)
        stage.program.stop()
        assert found == set()

    def test_a_live_switch_shows_what_a_fresh_start_shows(self, qapp: QApplication, door: Door) -> None:
        # given every screen as it is after a start in English
        stage = begin(qapp, door, Language.ENGLISH)
        fresh = {name: seen(shown) for name, shown in walk(stage)}
        stage.program.stop()

        # when each is shown in Vietnamese and the language is then changed, and back
        stage = begin(qapp, door, Language.VIETNAMESE)
        left: dict[str, tuple[set[str], ...]] = {}
        for name, shown in walk(stage):
            if name.startswith(("menu-", "list-")):
                continue  # what holds the keyboard is closed before a key can change the language
            before = seen(shown)
            stage.program.speech.speak(Language.ENGLISH)
            stage.settle()
            switched = seen(shown)
            stage.program.speech.speak(Language.VIETNAMESE)
            stage.settle()
            again = seen(shown)
            parts = (switched - fresh[name], fresh[name] - switched, again - before, before - again)
            if any(parts):
                left[name] = parts
        stage.program.stop()

        # then nothing of the other language is left
        assert left == {}


class TestTheTests:
    def test_a_word_that_was_never_translated_would_be_found(self, qapp: QApplication, qtbot: QtBot) -> None:
        recorder = Recorder({("QPlatformTheme", "Save"): "Lưu"})
        QCoreApplication.installTranslator(recorder)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        QCoreApplication.removeTranslator(recorder)
        assert ("QPlatformTheme", "Cancel") in recorder.missed
        assert ("QPlatformTheme", "Save") not in recorder.missed

    def test_a_text_without_a_mark_would_be_found(self, qtbot: QtBot) -> None:
        label = QLabel("Sign here")
        qtbot.addWidget(label)
        label.setToolTip("<span>«Điện» của Vụ</span>")
        assert [untranslated(text, []) for text in (label.text(), label.toolTip())] == ["Sign here", "của Vụ"]
        assert untranslated("«a «b» c», Vụ Châu Âu, 22/11 · Ctrl+L · 412 KB", ["Vụ Châu Âu"]) == ""
