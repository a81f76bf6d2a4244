"""The window of persons: what may be begun, what an order lacks, what is said, and that no passphrase stays."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from secmsg import errors
from secmsg.ids import PersonId
from secmsg.office.persons import Bar, Rank, State, Term
from secmsg.station.persons import Officer
from ui.officers import words
from ui.officers.state import Act, Done, Lack, OfficersState, Order, deputies, lack, lasting, may
from ui.officers.view import OfficersWindow
from ui.unlock.state import Means, Store
from ui.unlock.view import UnlockView

NOW = 1_800_000_000


def person(number: int, rank: Rank = Rank.OFFICER, state: State = State.ACTIVE) -> Officer:
    return Officer(
        number, PersonId(number), f"Người {number}", "Bí thư", rank, number, state, certified=number < 3, made_at=NOW,
        public=b"",
    )  # fmt: skip


PERSONS = (
    person(1), person(2, Rank.DEPUTY), person(3, state=State.SUSPENDED), person(4, Rank.HEAD),
    person(5, state=State.REMOVED),
)  # fmt: skip
TERM = Term(7, 1, 2, NOW, NOW + 86_400, NOW, None, "ai đó")
STATE = OfficersState(lines=PERSONS, terms=(TERM,), present=1)
ADD = Order(Act.ADD, name="Người mới", title="Bí thư", passphrase="m" * 12, again="m" * 12, second="Người 2")


def test_what_may_be_begun_follows_from_who_is_chosen_and_who_is_present() -> None:
    def begun(number: int, state: OfficersState = STATE) -> set[Act]:
        return {act for act in Act if may(state, act, PERSONS[number - 1])}

    assert begun(1) == {Act.ADD, Act.AWAY, Act.BACK}
    assert begun(2) == {Act.ADD, Act.SUSPEND, Act.REMOVE, Act.AWAY}
    assert begun(3) == {Act.ADD, Act.RESUME, Act.REMOVE}
    assert begun(4) == {Act.ADD, Act.SUSPEND, Act.REMOVE}
    assert begun(5) == {Act.ADD}
    # Who may not sign may end an absence and nothing else; while something is under way nothing is begun.
    assert begun(1, replace(STATE, bar=Bar.AWAY)) == {Act.BACK}
    assert begun(1, replace(STATE, working=True)) == set()
    assert not may(STATE, Act.REMOVE, None)
    assert not may(OfficersState(), Act.ADD, None)
    assert (STATE.who, OfficersState().who) == ("Người 1", "")
    assert lasting(STATE, 2) is None
    assert [each.number for each in deputies(STATE, 1)] == [2]


@pytest.mark.parametrize(
    ("order", "lacks"),
    [
        (ADD, None),
        (replace(ADD, name=" "), Lack.NAME),
        (replace(ADD, name="nguoi  2"), Lack.NAME_TAKEN),
        (replace(ADD, name="Người 5"), None),
        (replace(ADD, title=""), Lack.TITLE),
        (replace(ADD, passphrase="m" * 11, again="m" * 11), Lack.SHORT),
        (replace(ADD, again="n" * 12), Lack.UNEQUAL),
        (replace(ADD, second=""), Lack.SECOND),
        (replace(ADD, second="người 1"), Lack.SAME_PERSON),
        (Order(Act.REMOVE, 2, second="Người 4"), None),
        (Order(Act.RESUME, 3), Lack.SECOND),
        (Order(Act.AWAY, 1), Lack.SECOND_PASSPHRASE),
        (Order(Act.AWAY, 1, proof="x"), None),
        (Order(Act.SUSPEND, 2), None),
    ],
)
def test_an_order_says_what_it_lacks_first(order: Order, lacks: Lack | None) -> None:
    assert lack(STATE, order) is lacks
    assert "mmmm" not in repr(order)


def test_every_word_is_said() -> None:
    said = [words.rank(each) for each in PERSONS] + [words.listed(each) for each in PERSONS]
    said += [words.standing(replace(person(1), state=state)) for state in State]
    said += [words.told(replace(STATE, bar=bar)) for bar in (None, *Bar)]
    said += [words.lacking(each) for each in Lack]
    said += [words.said(Done(act, "Ai đó", 3, request=request)) for act in Act for request in (False, True)]
    said += [
        words.failure(each)
        for each in (errors.WrongPassphrase("x"), errors.NotAllowed("x"), errors.StoreError("no spare slot"))
    ]

    assert all(said)
    assert words.told(OfficersState()) == ""


def test_a_form_is_filled_in_asked_for_and_leaves_no_passphrase_behind(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = OfficersWindow(parent)
    window.show_lines(PERSONS, (), 1, None)
    window.show()

    window.begin(Act.ADD)
    with qtbot.assertNotEmitted(window.asked):
        window.submit()
    assert window.message.isVisible()
    for field, text in (
        (window.name, "Người mới"), (window.job, "Bí thư"), (window.passphrase, "m" * 12), (window.again, "m" * 12),
        (window.second, "Người 4"),
    ):  # fmt: skip
        field.setText(text)
    with qtbot.waitSignal(window.asked) as asked:
        window.submit()
    order = asked.args[0]
    window.refuse(errors.PassphraseTaken("x"))

    assert (order.act, order.name, order.about, order.second) == (Act.ADD, "Người mới", 0, "Người 4")
    assert window.name.text() == "Người mới"
    assert window.passphrase.text() == window.again.text() == ""
    window.finish(Done(Act.ADD, "Người mới", 6, request=True))
    assert not window.form.isVisible()
    assert window.name.text() == ""
    # Esc leaves the form first, then the window.
    window.begin(Act.AWAY)
    window.reject()
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        window.reject()


def test_suspending_needs_no_form(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = OfficersWindow(parent)
    window.show_lines(PERSONS, (), 1, None)
    window.table.choose(1)

    with qtbot.waitSignal(window.asked) as asked:
        window.buttons[Act.SUSPEND].click()

    assert (asked.args[0].act, asked.args[0].about) == (Act.SUSPEND, 2)
    assert not window.buttons[Act.REMOVE].isEnabled()
    window.refuse(errors.NotAllowed("x"))
    assert window.buttons[Act.REMOVE].isEnabled()


def test_the_locked_screen_takes_a_share_only_with_its_pin(qtbot: QtBot) -> None:
    view = UnlockView(lambda: NOW)
    qtbot.addWidget(view)
    view.show_store(Store.READY, "")
    view.share_button.click()
    view.groups.setPlainText("60440 65330")

    with qtbot.assertNotEmitted(view.submitted):
        view.submit()
    view.pin.field.setText("58201946")
    with qtbot.waitSignal(view.submitted) as given:
        view.submit()
    view.refuse(errors.WrongPassphrase("x"))

    assert (given.args[0].means, given.args[0].text, given.args[0].pin) == (Means.SHARE, "60440 65330", "58201946")
    assert view.pin.field.text() == ""
    assert (view.state.failures, view.state.may_try(NOW)) == (1, False)
    view.change_means()
    assert view.state.means is Means.PASSPHRASE
    assert view.groups.toPlainText() == ""
