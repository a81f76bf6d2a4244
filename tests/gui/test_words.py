"""Words: every string has its Vietnamese, none stays behind after a switch, and none says what it must not."""

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from secmsg import errors
from secmsg.office.draft import Draft, Lack
from secmsg.office.lifecycle import OutboxState
from secmsg.station.views import Doubt, LinkState, NoticeKind
from secmsg.wire.cable import Degree, Kind, SignPrefix, Urgency
from secmsg.wire.service import ReceiptLevel
from tests.helpers.ui_catalogue import sources
from tests.helpers.ui_station import cable_id, channel_lines, link_of
from ui import failures, reports, shape, sheets, words
from ui.actions import Do
from ui.compose import words as compose_words
from ui.compose.state import Field
from ui.language import CONTEXT, RESOURCES, Catalogue, CatalogueTranslator, Language, read_catalogue, tr, trn
from ui.main_window import Shelf
from ui.reports import Report, report_of
from ui.theme import look
from ui.unlock.state import Phase
from ui.widgets.sheet import Sheet
from ui.widgets.status_strip import link_word

if TYPE_CHECKING:
    from tests.gui.conftest import Desk

UI = Path(__file__).parent.parent.parent / "ui"
SAME_IN_BOTH = {"Tiếng Việt / En&glish"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Read the Vietnamese catalogue."""
    return read_catalogue(RESOURCES / "i18n" / "vi.ts")


def visible_texts(root: QWidget) -> Iterator[str]:
    """Walk every text of a window that an officer can see or hear."""
    for widget in (root, *root.findChildren(QWidget)):
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            for i in range(widget.count()):
                yield widget.itemText(i)
        if isinstance(widget, QTableView):
            model = widget.model()
            for column in range(model.columnCount()):
                yield str(model.headerData(column, Qt.Orientation.Horizontal))
    for action in root.findChildren(QAction):
        yield action.text()


class TestCatalogue:
    def test_every_string_has_its_vietnamese_and_nothing_is_left_over(self, catalogue: Catalogue) -> None:
        said = set(sources(UI))
        kept = {source for context, source in catalogue if context == CONTEXT}
        assert said - kept == set()
        assert kept - said == set()

    def test_nothing_is_translated_twice(self) -> None:
        # Of two translations the later one is shown: somebody mends the other in vain.
        written = (RESOURCES / "i18n" / "vi.ts").read_text(encoding="utf-8")
        for context in re.findall(r"<context>.*?</context>", written, re.DOTALL):
            keys = Counter(
                (source, comment)
                for source, comment in re.findall(
                    r"<source>(.*?)</source>\s*(?:<comment>(.*?)</comment>)?", context, re.DOTALL
                )
            )
            assert [key for key, count in keys.items() if count > 1] == []

    def test_placeholders_agree(self, catalogue: Catalogue) -> None:
        for (context, source), translation in catalogue.items():
            if context != CONTEXT:
                continue
            fields = {name for _, name, _, _ in string.Formatter().parse(source) if name}
            assert fields == {name for _, name, _, _ in string.Formatter().parse(translation) if name}, source

    def test_mnemonics_agree(self, catalogue: Catalogue) -> None:
        for (context, source), translation in catalogue.items():
            if context == CONTEXT:
                assert ("&" in source) == ("&" in translation), source

    def test_forbidden_words_are_absent(self, catalogue: Catalogue) -> None:
        for (context, source), translation in catalogue.items():
            if context != CONTEXT:
                continue
            low = translation.lower().replace("tiêu hủy", "")
            # hủy cancels a text (Hủy điện) and nothing else; the relay is a máy, never a trạm
            assert "hủy" not in low.replace("tiêu hủy", "") or source.startswith("Cancels"), translation
            assert "trạm" not in low, translation
            assert "thất bại" not in low, translation
            assert not re.search(r"\bbạn\b|quý khách|lỗi!", low), translation
            assert "!" not in translation, translation
            assert "!" not in source, source

    def test_the_relay_never_received_for_somebody(self, catalogue: Catalogue) -> None:
        held = catalogue[CONTEXT, "Held by the relay"]
        assert held == "Máy trung chuyển đã giữ"
        assert "nhận" not in held

    def test_qts_own_words_are_there(self, catalogue: Catalogue) -> None:
        for context, source in (
            ("QPlatformTheme", "Cancel"),
            ("QPlatformTheme", "Close"),
            ("QLineEdit", "&Paste"),
            ("QWidgetTextControl", "&Copy"),
            ("QFileDialog", "File &name:"),
            ("QAbstractSpinBox", "&Select All"),
        ):
            assert (context, source) in catalogue

    def test_every_value_of_the_office_has_a_word(self) -> None:
        said = [
            *map(words.degree, Degree),
            *map(words.urgency, Urgency),
            *map(words.kind, Kind),
            *map(words.receipt, ReceiptLevel),
            *map(words.delivery, OutboxState),
            *map(words.sign_prefix, SignPrefix),
            *map(words.doubt, Doubt),
            *map(link_word, LinkState),
            *map(sheets.notice_words, NoticeKind),
            *map(compose_words.lack, Lack),
            *map(compose_words.field, Field),
        ]
        assert all(said)
        assert len({words.delivery(state) for state in OutboxState}) == len(OutboxState)

    def test_every_error_has_a_sentence_of_its_own_kind(self) -> None:
        def leaves(kind: type[BaseException]) -> Iterator[type[BaseException]]:
            yield from (leaf for sub in kind.__subclasses__() for leaf in (sub, *leaves(sub)))

        unknown = failures.sentence(RuntimeError("x"))
        for kind in set(leaves(errors.SecmsgError)):
            if kind is errors.ClockSkew:
                made: BaseException = errors.ClockSkew(420)
            elif kind is errors.Incomplete:
                made = errors.Incomplete(())
            elif kind in (errors.HeaderWrong, errors.GroupsWrong):
                made = kind((6,))
            elif kind in (
                errors.DecryptionError,
                errors.SignatureError,
                errors.NotOurPouch,
                errors.TagMismatch,
                errors.TagUnwritable,
            ):
                made = kind()
            else:
                made = kind("secret detail")
            family = kind in (errors.StoreError, errors.OfficeError)
            assert (failures.sentence(made) == unknown) is family, kind
            assert "secret detail" not in failures.sentence(made)
        assert "7" in failures.sentence(errors.FormatError("group 7 is wrong"))
        assert failures.code(KeyError("x")) == "KeyError"


def told(*modules: str) -> Iterator[tuple[str, str]]:
    """Give the class and the constant beginning of every text that the links raise."""
    for module in modules:
        for node in ast.walk(ast.parse((UI.parent / "secmsg" / module).read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            first = node.args[0]
            while isinstance(first, ast.JoinedStr):
                first = first.values[0]
            if issubclass(getattr(errors, node.func.id, object), errors.LinkError) and isinstance(first, ast.Constant):
                yield node.func.id, str(first.value)


class TestReports:
    def test_every_text_of_a_link_has_words(self) -> None:
        kinds = {
            "Unreachable": {Report.NO_CONTACT, Report.CUT_HERE},
            "OutcomeUnknown": {Report.BROKEN},
            "LinkRefused": {Report.REFUSED},
        }
        found = set(told("links/line.py", "links/relay.py", "links/transfer.py", "station/gate.py"))
        assert len(found) > 12
        strangers = {(kind, text) for kind, text in found if kind in kinds and report_of(text) not in kinds[kind]}
        assert strangers == set()
        assert report_of(str(errors.ClockSkew(420))) is Report.CLOCK

    def test_no_text_of_a_link_is_said_as_it_is(self, desk: "Desk") -> None:
        assert reports.say("") == ""
        assert reports.say(str(errors.ClockSkew(-420))) == "Đồng hồ máy này lệch 7 phút so với máy trung chuyển."
        assert "Đồng hồ" in reports.say("the relay's clock is odd")
        for detail in ("no contact with the relay", "contact was lost before", "the relay refuses (status 507)", "x y"):
            assert detail not in reports.say(detail)
        assert (
            len({reports.say(d) for d in ("no contact", "contact was lost", "the line is cut", "the relay", "x")}) == 5
        )

        # given a delivery that failed and a link that tells of it
        raw = "contact was lost before the answer"
        key = next(k for k, row in desk.scene.held.outbox.items() if row.state is OutboxState.UNKNOWN)
        failed = replace(desk.scene.held.outbox[key], detail=raw)
        desk.scene.held.outbox[key] = replace(failed, lines=channel_lines(failed))
        desk.courier._links = tuple(replace(link, detail=raw) for link in link_of(LinkState.DOWN))
        desk.post.refresh(Shelf.OUTBOX)
        desk.window.go(Shelf.OUTBOX)
        desk.settle()
        row = desk.scene.held.outbox[key]
        desk.window.outbox.table.choose_key((row.cable_id, row.to, row.to_name))
        desk.settle()
        # then the outbox says it in words, and the card has the raw text to be copied
        desk.window.outbox.lines.choose(0)
        said, own = desk.window.outbox.detail.text().split("\n")
        assert said.startswith("Kênh chính: chưa rõ. Mất liên lạc trước khi máy trung chuyển kịp trả lời.")
        assert own == f"Nguyên văn của kênh: {raw}"
        desk.post.show_link()
        desk.settle()
        sheet = desk.window.findChild(Sheet)
        assert sheet is not None
        rights = [line.right for line in sheet.table.rows_model.rows]
        assert "Mất liên lạc trước khi máy trung chuyển kịp trả lời." in rights
        sheet.table.choose(rights.index(raw))
        sheet.copy()
        assert QApplication.clipboard().text() == f"Nguyên văn của kênh: {raw}"
        sheet.close()
        # and what has arrived needs no tale of an earlier try
        arrived = replace(row, state=OutboxState.ARRIVED, detail="")
        desk.scene.held.outbox[key] = replace(arrived, lines=channel_lines(arrived))
        desk.post.refresh(Shelf.OUTBOX)
        desk.settle()
        assert desk.window.outbox.detail.text() == "Kênh chính: máy trung chuyển đã giữ. Đã có báo nhận."


class TestSwitching:
    def test_live_switch_leaves_no_string_behind(self, desk: "Desk", catalogue: Catalogue) -> None:
        # given every place was shown once, and a compose window is open
        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        for shelf in Shelf:
            desk.window.go(shelf)
            desk.settle()
        desk.window.go(Shelf.INBOX)
        compose = desk.post.composing.write(Draft(degree=Degree.TOP_SECRET, urgency=Urgency.FLASH))
        desk.settle()
        english = {
            source.replace("&", "")
            for (context, source), translation in catalogue.items()
            if context == CONTEXT and source != translation and source not in SAME_IN_BOTH
        }
        vietnamese = {
            translation.replace("&", "")
            for (context, source), translation in catalogue.items()
            if context == CONTEXT and source != translation and source not in SAME_IN_BOTH
        } - english

        def leftovers(words_: set[str]) -> set[str]:
            shown = {t.replace("&", "").strip() for w in (desk.window, compose) for t in visible_texts(w)}
            return shown & words_

        # when and then
        assert leftovers(english) == set()
        assert len(leftovers(vietnamese)) > 60
        desk.window.actions_[Do.LANGUAGE].trigger()
        desk.settle()
        assert leftovers(vietnamese) == set()
        assert desk.scene.held.settings["ui.language"] == "en"
        assert desk.window.windowTitle().startswith("Embassy of Viet Nam in France")
        desk.window.actions_[Do.LANGUAGE].trigger()
        desk.settle()
        assert leftovers(english) == set()

    def test_every_visible_text_was_translated(self, desk: "Desk") -> None:
        """With a catalogue that puts marks around every word, whatever shows no mark was never translated."""
        marked = {(CONTEXT, source): f"«{source}»" for source in sources(UI)}
        translator = CatalogueTranslator(marked, desk.program)
        desk.program.speech.speak(Language.ENGLISH)
        desk.window.inbox.table.choose_key(cable_id(411))
        desk.settle()
        QCoreApplication.installTranslator(translator)
        desk.settle()
        compose = desk.post.composing.write(Draft())
        desk.settle()
        view = desk.window.reader.state.view
        assert view is not None
        data = {
            view.cable.subject,
            *(a.name for a in view.attachments),
            "Tiếng Việt / English",
            "TM.",
            "KT.",
            "TL.",
            "TUQ.",
            "Q.",
            "Lê Minh Châu",
            "Tham tán",
        }
        plain = {
            text
            for window in (desk.window, compose)
            for text in visible_texts(window)
            if re.search("[A-Za-z]{2}", text)
            and "«" not in text
            and text not in data
            and not text.startswith(("22/11/2026", "Kênh chính", "qt_"))
        }
        QCoreApplication.removeTranslator(translator)
        assert plain == set()

    def test_buttons_of_qt_speak_vietnamese(self, desk: "Desk") -> None:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        desk.bot.addWidget(box)
        assert {button.text() for button in box.buttons()} == {"Lưu", "Thôi"}

    def test_the_locked_screen_switches_too(self, locked: "Desk") -> None:
        view = locked.program.unlock
        assert view is not None
        assert view.label.text() == "Mật khẩu"
        view.language_button.click()
        locked.settle()
        assert view.label.text() == "Passphrase"

    def test_plurals_follow_the_count(self, locked: "Desk") -> None:
        locked.program.speech.speak(Language.ENGLISH)
        assert trn(1, "{n} page", "{n} pages") == "1 page"
        assert trn(2, "{n} page", "{n} pages") == "2 pages"
        assert tr("Not in the catalogue") == "Not in the catalogue"

    def test_settings_are_taken_up_from_the_store(self, locked: "Desk") -> None:
        locked.scene.held.settings.update(
            {"ui.language": "en", "ui.scheme": "dark", "ui.text": "125", "ui.density": "AIRY"}
        )
        locked.unlock()
        assert locked.program.speech.language is Language.ENGLISH
        assert locked.program.theme.scheme.value == "dark"
        assert locked.program.theme.percent == 125
        assert locked.program.theme.density.name == "AIRY"

    def test_the_shape_of_the_window_is_kept_and_taken_up(self, locked: "Desk") -> None:
        locked.unlock()
        header = locked.window.inbox.table.header()
        header.resizeSection(4, 240)
        locked.window.splitter.setSizes([200, 460])
        locked.window.splitter.splitterMoved.emit(200, 1)
        locked.bot.waitUntil(lambda: "ui.shape" in locked.scene.held.settings)
        kept = shape.read(locked.scene.held.settings["ui.shape"])
        assert kept.widths == {"inbox": {4: 240}}
        before = locked.window.splitter.sizes()

        locked.program.lock()
        view = locked.program.unlock
        assert view is not None
        locked.bot.waitUntil(lambda: view.state.phase is Phase.READY)
        locked.unlock()
        assert locked.window.inbox.table.header().sectionSize(4) == 240
        assert abs(locked.window.splitter.sizes()[0] - before[0]) <= 12
        # and the width follows the size of the text
        locked.program.theme.enlarge(150)
        locked.settle()
        assert locked.window.inbox.table.header().sectionSize(4) == look().px(240)

    def test_a_shape_that_means_nothing_is_passed_over(self, locked: "Desk") -> None:
        assert shape.read(None) == shape.Shape()
        assert shape.read("split=0;x;inbox.99=5;split=9999;inbox.1=-3") == shape.Shape(None, {"inbox": {99: 5}})
        made = shape.Shape(412, {"inbox": {1: 90, 0: 80}, "sent": {2: 70}})
        assert shape.read(shape.write(made)) == made
        locked.scene.held.settings["ui.shape"] = "inbox.99=50;inbox.3=70;inbox.4=9999;split=1000"
        locked.unlock()
        assert locked.window.inbox.table.own_widths() == {}

    def test_settings_that_mean_nothing_are_passed_over(self, locked: "Desk") -> None:
        locked.scene.held.settings.update(
            {"ui.language": "xx", "ui.scheme": "pink", "ui.text": "-3", "ui.density": "none"}
        )
        locked.unlock()
        assert locked.program.theme.percent == 100

    def test_a_broken_catalogue_is_refused(self, tmp_path: Path, qapp: QApplication) -> None:
        broken = tmp_path / "x.ts"
        broken.write_text("<TS><context>", encoding="utf-8")
        with pytest.raises(ValueError, match=r"x\.ts"):
            read_catalogue(broken)
        with pytest.raises(FileNotFoundError):
            read_catalogue(tmp_path / "none.ts")
