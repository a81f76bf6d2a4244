"""The window of drills: every card from start to score by keys alone; what is wrong, without form, or given up."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from secmsg.manual.drill import Ask, Card, Choice, Score, answer, score
from secmsg.station.drills import Trend
from secmsg.store.drills import DrillRun
from tests.helpers.hand_desks import PARIS, hand_desks
from tests.helpers.trainee import Trainee, made
from ui.actions import Do
from ui.destruction.state import Practised
from ui.language import Language
from ui.manual.drill.state import DrillState, Stage, clock, rows
from ui.manual.drill.view import DrillWindow


class Office:
    """Serves the window as the station does."""

    def __init__(self, window: DrillWindow, parent: QWidget) -> None:
        self.parent = parent  # or it goes, and the window with it
        self.window, self.kept = window, list[Score]()
        window.begin_asked.connect(lambda card: window.show_state(window.state.begun(made(card))))
        window.ended.connect(self._end)

    def _end(self, state: DrillState) -> None:
        assert state.drill is not None
        self.kept.append(score(state.drill))
        self.window.show_state(state.ended(self.kept[-1], Trend("6", 4, 3, 31.0, 24.0, 0.0)))


@pytest.fixture
def office(qtbot: QtBot) -> Office:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = DrillWindow("Trần Văn An", parent)
    window.show()
    return Office(window, parent)


def type_answer(window: DrillWindow, said: str) -> None:
    asked = window.state.question
    assert asked is not None
    if not asked.choices:
        QTest.keyClicks(window.entry, said)
        QTest.keyClick(window.entry, Qt.Key.Key_Return)
        return
    for _ in range(8):
        if window.choices.currentData() == said:
            break
        QTest.keyClick(window.choices, Qt.Key.Key_Down)
    QTest.keyClick(window.choices, Qt.Key.Key_Return)


def work(window: DrillWindow) -> None:
    trainee, refused = Trainee(), False
    while (asked := window.state.question) is not None:
        said = trainee.says(asked)
        if asked.ask is Ask.AFTER and refused:
            said = Choice.REPORT
        refused = refused or said == Choice.DIFFERS
        before = window.state.last
        type_answer(window, said)
        assert window.state.last is not before


@pytest.mark.parametrize("card", Card)
def test_a_card_from_start_to_score_by_keys(office: Office, card: Card) -> None:
    window = office.window
    while window.cards.currentData() != card.value:
        QTest.keyClick(
            window.cards, Qt.Key.Key_Up if window.cards.currentIndex() > list(Card).index(card) else Qt.Key.Key_Down
        )
    QTest.keyClick(window.officer, Qt.Key.Key_Return)
    assert "HUẤN LUYỆN" in window.banner.text()
    assert window.table.toPlainText()

    work(window)

    assert [each.passed for each in office.kept] == [True]
    assert window.table.toPlainText().startswith("Passed")
    assert "24, before that 31" in window.table.toPlainText()
    assert "Destroy the working papers" in window.table.toPlainText()
    QTest.keyClick(window.officer, Qt.Key.Key_Return)
    assert window.state.stage is Stage.WORKING


def test_at_a_real_station_the_result_is_kept(tmp_path: Path, qapp: QApplication) -> None:
    with hand_desks(tmp_path) as desks:
        desk = desks.window(qapp, PARIS, Language.ENGLISH)
        desk.post.window.actions_[Do.HAND_DRILL].trigger()
        window = desk.post.by_hand.drill
        assert window is not None
        window.officer.setText("Trần Văn An")
        window.cards.setCurrentIndex(list(Card).index(Card.PAGE))
        window.begin()
        desk.settle()
        work(window)
        desk.settle()
        shown = window.table.toPlainText()
        window.close()
        desk.post.by_hand.show_drill()
        again = desk.post.by_hand.drill
        assert again is not None
        again.officer.setText("Lê Hoa")
        again.begin()
        desk.settle()
        again.close()
        desk.settle()
        # An exercise of destruction that ended on the locked screen before, and one whose name can't be kept.
        waiting = [Practised("Trần Văn An", 1_790_000_000, 300, 6, 0), Practised("x" * 81, 1_790_000_000, 300, 6, 0)]
        desk.post.destruction.enter(waiting, desk.post.window.message.tell)
        desk.settle()

        runs: list[tuple[DrillRun, ...]] = []
        desk.program.background.run(desk.post.window, lambda station: station.drills.runs("Trần Văn An"), runs.append)
        desk.settle()

    assert shown.startswith("Passed")
    assert [(each.card, each.whole, each.passed) for each in runs[0]] == [("7", True, True), ("12", True, True)]
    assert [each.officer for each in waiting] == ["x" * 81]


def test_a_slip_is_told_with_its_class_and_what_was_right(office: Office) -> None:
    window = office.window
    window.begin()

    type_answer(window, "00000")

    assert "E9 procedure →" in window.message.text
    type_answer(window, Trainee().says(replace(window.state.drill.questions[0])) if window.state.drill else "")
    assert window.state.number[0] == 3


def test_an_answer_without_form_is_not_counted(office: Office) -> None:
    window = office.window
    window.begin()

    type_answer(window, "1 2 3")

    assert "1 groups are expected" in window.message.text
    assert window.state.number[0] == 1
    window.entry.setText("1")
    window.answer()
    type_answer(window, "1 " * 201)
    assert "too long" in window.message.text
    window.close()
    assert [each.whole for each in office.kept] == [False]
    assert not window.isVisible()


def test_nothing_is_chosen_beforehand(office: Office) -> None:
    window = office.window
    window.cards.setCurrentIndex(list(Card).index(Card.PAGE))
    window.begin()

    window.answer()

    assert "Choose one" in window.message.text
    assert window.state.number[0] == 1


def test_without_a_name_nothing_begins(office: Office) -> None:
    window = office.window
    window.officer.setText("  ")

    window.begin()

    assert window.state.stage is Stage.CHOOSING
    assert not window.begin_button.isEnabled()


def test_a_wrong_drill_shows_its_slips_by_class(office: Office) -> None:
    window = office.window
    drill = made(Card.PAGE)
    for _ in range(5):
        drill = answer(drill, "take" if drill.question and drill.question.ask is Ask.USE else "keep", 200)
    state = DrillState(drill=drill, card=Card.PAGE)

    window.show_state(state.ended(score(drill), None))

    assert window.table.toPlainText().startswith("Not passed")
    assert "E9  procedure: 4" in window.table.toPlainText()
    assert "16:40 of 10:00" in window.table.toPlainText()


def test_the_state_by_itself() -> None:
    fresh = DrillState(officer="An")
    drill = made(Card.PAGE)

    assert (fresh.stage, fresh.ready, fresh.number, fresh.question, fresh.last) == (
        Stage.CHOOSING,
        True,
        (0, 1),
        None,
        None,
    )
    working = fresh.begun(drill)
    assert (working.stage, working.ready, working.number[0], working.last) == (Stage.WORKING, False, 1, None)
    after = working.answered(answer(drill, "take", 5))
    assert after.last is not None
    assert after.number[0] == 2
    assert after.ended(score(drill), None).question is None
    assert rows(drill.questions[0].things[1])[0] == "  ".join(drill.questions[0].things[1].values)
    assert clock(75) == "1:15"
