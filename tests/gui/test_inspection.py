"""The window of inventory, inspection and handover: by keyboard alone, counts kept back, what differs, the record."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from secmsg.office.checking import Answer, Check, Seen, What, Work
from secmsg.station.custody_works import Row
from tests.gui.conftest import Desk, type_text
from tests.helpers.ui_custody import CHECKS, CODE, DRAWER, SAFE, SECRET
from ui.actions import Do
from ui.inspection import words
from ui.inspection.state import (
    InspectionState,
    Typed,
    answer_of,
    is_count,
    may_answer,
    takes_loose,
    takes_pages,
    takes_seal,
    typed_of,
)
from ui.inspection.view import InspectionWindow, Paper, Sign


def row(code: str, work: Work = Work.INSPECTION, said: Answer | None = None) -> Row:
    return Row(next(each for each in CHECKS[work] if each.code == code), said, None)


STRANGER = Row(Check("X1", What.STRANGER, words=("USB",)), Answer("X1", Seen.WRONG), None)


class TestState:
    def test_each_check_takes_what_belongs_to_it(self) -> None:
        book, token, figure = row("B2"), row("B1"), row("A1")
        count = row("D1", Work.HANDOVER)

        assert [takes_pages(each) for each in (book, token, figure, count, None)] == [True, False, False, True, False]
        assert [takes_loose(each) for each in (book, token, count, None)] == [True, False, False, False]
        assert [takes_seal(each) for each in (token, book, figure, None)] == [True, False, False, False]
        assert [may_answer(each) for each in (token, STRANGER, None)] == [True, False, False]

    def test_what_was_typed_becomes_the_answer_and_comes_back(self) -> None:
        typed = Typed(" 138 ", "1", "NP 1", " góc rách ")
        said = answer_of(row("B2"), Seen.RIGHT, typed)

        assert said == Answer("B2", Seen.RIGHT, 138, 1, "", "góc rách")
        assert answer_of(row("B2"), Seen.ABSENT, typed) == Answer("B2", Seen.ABSENT, note="góc rách")
        assert answer_of(row("B3"), Seen.RIGHT, typed).seal == "NP 1"
        assert answer_of(row("B2"), Seen.RIGHT, Typed()).pages is None
        assert typed_of(row("B2", said=said)) == Typed("138", "1", "", "góc rách")
        assert typed_of(row("B1", said=Answer("B1", Seen.RIGHT))) == Typed()
        assert typed_of(row("B1")) == typed_of(STRANGER) == typed_of(None) == Typed()

    @pytest.mark.parametrize(
        ("text", "is_one"), [("", True), (" 12 ", True), ("-1", False), ("１２", False), ("1234567", False)]
    )
    def test_a_count_is_figures(self, text: str, *, is_one: bool) -> None:
        assert is_count(text) is is_one

    def test_nothing_is_under_way_at_first(self) -> None:
        state = InspectionState()

        assert (state.rows, state.lacking, state.differing, state.complete, state.next_open("")) == (
            (),
            0,
            0,
            False,
            None,
        )
        assert state.blind
        assert not InspectionState(Work.HANDOVER).blind


@pytest.fixture
def window(desk: Desk) -> InspectionWindow:
    desk.post.window.actions_[Do.INSPECTION].trigger()
    desk.settle()
    shown = desk.post.custody.inspection
    assert shown is not None
    return shown


def typed(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.clear()
    type_text(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def settled(desk: Desk, act: Callable[[], object]) -> None:
    act()
    desk.settle()


class TestWindow:
    def test_an_inventory_keeps_its_counts_back_and_finds_what_differs(
        self, desk: Desk, window: InspectionWindow
    ) -> None:
        settled(desk, window.begin)
        texts = [words.must(each, blind=True) for each in window.state.rows]
        assert not any("138" in each for each in texts)
        assert window.table.row is not None
        assert window.table.row.check.code == "B1"

        settled(desk, lambda: window.answer(Seen.ABSENT))
        assert window.table.row is not None
        assert window.table.row.check.code == "B2"
        typed(window.fields["pages"], "x")
        assert window.message.isVisible()
        settled(desk, lambda: typed(window.fields["pages"], "137"))
        settled(desk, window.answer_right)
        settled(desk, window.answer_right)
        window.fields["place"].setText(DRAWER)
        settled(desk, lambda: typed(window.fields["what"], "Token 0417"))

        differing = {each.check.code: words.differs(each) for each in window.state.rows if words.differs(each)}
        assert set(differing) == {"B1", "B2", "X1"}
        assert "137" in differing["B2"]
        assert not window.sign_button.isEnabled()
        settled(desk, lambda: typed(window.name, "Trần Thị Bình"))
        record = window.state.record
        assert record is not None
        assert (record.second.name, len(record.findings)) == ("Trần Thị Bình", 3)
        assert window.state.view is None
        assert CODE in window.message.text

    def test_nothing_is_signed_while_a_check_is_open(self, desk: Desk, window: InspectionWindow) -> None:
        settled(desk, window.begin)
        window.name.setText("Trần Thị Bình")
        settled(desk, window.sign)

        assert window.state.record is None
        assert desk.scene.held.custody.records == []

    def test_the_second_person_signs_by_a_passphrase_that_stays_nowhere(
        self, desk: Desk, window: InspectionWindow
    ) -> None:
        settled(desk, window.begin)
        while window.state.lacking:
            settled(desk, lambda: window.answer(Seen.ABSENT))
        assert not window.sign_button.isEnabled()
        settled(desk, lambda: typed(window.secret, "sai mật khẩu"))
        assert window.state.record is None
        assert window.secret.text() == ""
        settled(desk, lambda: typed(window.secret, SECRET))

        assert window.state.record is not None
        assert window.state.record.signatures == 2
        assert SECRET not in repr(Sign(Work.INVENTORY, "", "", SECRET))
        assert window.secret.echoMode() is QLineEdit.EchoMode.Password

    def test_a_refusal_is_said_and_the_check_stays(self, desk: Desk, window: InspectionWindow) -> None:
        settled(desk, window.begin)
        window.table.choose_key("B2")
        settled(desk, window.answer_right)

        assert "B2" not in desk.scene.held.custody.begun[Work.INVENTORY]
        assert window.message.isVisible()

    def test_it_goes_on_where_it_stood(self, desk: Desk, window: InspectionWindow) -> None:
        settled(desk, window.begin)
        settled(desk, lambda: window.answer(Seen.ABSENT))
        window.reject()
        desk.settle()
        desk.post.window.actions_[Do.INSPECTION].trigger()
        desk.settle()
        again = desk.post.custody.inspection
        assert again is not None
        assert again.state.lacking == 3
        desk.post.custody.show_inspection()
        assert desk.post.custody.inspection is again

    def test_giving_up_is_asked_for_twice(self, desk: Desk, window: InspectionWindow) -> None:
        settled(desk, window.begin)
        settled(desk, window.drop)
        assert list(desk.scene.held.custody.begun) == [Work.INVENTORY]

        button = next(each for each in window.message.findChildren(QPushButton) if each.text())
        settled(desk, button.click)
        assert not desk.scene.held.custody.begun
        assert window.state.view is None

    def test_the_pack_and_the_record_are_written_once(
        self, desk: Desk, window: InspectionWindow, tmp_path: Path
    ) -> None:
        window.works.setCurrentIndex(1)
        settled(desk, window.choose_work)
        settled(desk, window.begin)
        target = tmp_path / "phieu.pdf"
        settled(desk, lambda: desk.post.custody.write_pdf(Paper(), target))
        assert target.read_bytes().startswith(b"%PDF")
        settled(desk, lambda: desk.post.custody.write_pdf(Paper(1), target))
        assert b"pack" in target.read_bytes()
        window.asked.emit(Paper(1))
        assert desk.post.custody.dialog is not None
        desk.post.custody.dialog.reject()

    def test_what_changed_in_the_store_is_named(self, desk: Desk, window: InspectionWindow) -> None:
        desk.scene.held.custody.changed = ("B2",)
        settled(desk, window.begin)

        assert "B2" in window.message.text
        assert SAFE in words.detail(window.state.rows[1], blind=True)
