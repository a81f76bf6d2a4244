"""Who may sign now: ranks, states, absences, deputies, and clocks that go wrong."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError, NotAllowed
from secmsg.office import person_log, persons
from secmsg.office.person_log import Deed, LogLine
from secmsg.office.persons import Bar, Rank, State, Term

NOW = 1_800_000_000
DAY = 86_400
RANKS = {1: Rank.OFFICER, 2: Rank.DEPUTY, 3: Rank.HEAD, 4: Rank.DEPUTY, 5: Rank.OFFICER}


def term(**changed: object) -> Term:
    made = Term(1, 1, 2, NOW, NOW + 5 * DAY, NOW, None, "decided")
    return replace(made, **changed)  # type: ignore[arg-type]  # a test names what it changes


def bar(number: int, *terms: Term, now: int = NOW, state: State = State.ACTIVE) -> Bar | None:
    return persons.bar(number, RANKS[number], state, terms, now)


def test_an_officer_signs_a_head_does_not_and_a_deputy_only_while_standing_in() -> None:
    assert bar(1) is None
    assert bar(3) is Bar.HEAD
    assert bar(2) is Bar.NOT_DEPUTY_NOW
    assert bar(2, term()) is None
    assert bar(4, term()) is Bar.NOT_DEPUTY_NOW
    assert bar(1, term()) is Bar.AWAY


def test_who_is_out_signs_nothing() -> None:
    for state in (State.SUSPENDED, State.LEAVING, State.REMOVED):
        assert bar(1, state=state) is Bar.OUT
    assert bar(1, state=State.ADDED) is None


def test_a_deputys_time_has_a_beginning_and_an_end() -> None:
    assert bar(2, term(), now=NOW - 1) is None  # a clock before the hour at which it was looked at says nothing
    assert bar(2, term(since=NOW + 10), now=NOW) is Bar.NOT_DEPUTY_NOW
    assert bar(2, term(), now=NOW + 5 * DAY - 1) is None
    assert bar(2, term(), now=NOW + 5 * DAY) is Bar.NOT_DEPUTY_NOW
    assert bar(1, term(), now=NOW + 5 * DAY) is None


def test_a_clock_set_back_prolongs_nothing() -> None:
    over = persons.looked_at(term(), NOW + 6 * DAY)

    assert over.ended_at == NOW + 6 * DAY
    assert bar(2, over, now=NOW + DAY) is Bar.NOT_DEPUTY_NOW
    # Looked at a second before the end, then set back: it stands at that second, and ends with the next.
    late = persons.looked_at(term(), NOW + 5 * DAY - 1)
    assert late.ended_at is None
    assert persons.at(late, NOW) == NOW + 5 * DAY - 1
    # Control: without what was seen, the clock set back would give the deputy the time again.
    assert bar(2, term(), now=NOW + DAY) is None


def test_two_deputies_at_once_and_one_for_two_are_refused() -> None:
    persons.check_term(term(), RANKS, (), NOW)
    with pytest.raises(NotAllowed, match="absence in that time already"):
        persons.check_term(term(number=2, deputy=4), RANKS, (term(),), NOW)
    with pytest.raises(NotAllowed, match="stands in for another"):
        persons.check_term(term(number=2, officer=5), RANKS, (term(),), NOW)
    with pytest.raises(NotAllowed, match="is away"):
        persons.check_term(term(number=2, officer=5, deputy=1), RANKS, (term(),), NOW)
    with pytest.raises(NotAllowed, match="stands in for another"):
        persons.check_term(term(number=2, officer=2, deputy=4), RANKS, (term(),), NOW)
    # Another time, an ended one, one that is over: no contradiction.
    persons.check_term(term(number=2, deputy=4, since=NOW + 5 * DAY, until=NOW + 9 * DAY), RANKS, (term(),), NOW)
    persons.check_term(term(number=2, deputy=4), RANKS, (term(ended_at=NOW),), NOW)
    persons.check_term(term(number=2, deputy=4, since=NOW + DAY, until=NOW + 9 * DAY), RANKS, (term(),), NOW + 6 * DAY)
    persons.check_term(term(number=2, officer=5, deputy=0), RANKS, (term(),), NOW)
    persons.check_term(term(number=2, officer=5, deputy=4), RANKS, (term(),), NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        term(until=NOW),
        term(since=NOW - 9 * DAY, until=NOW - DAY),
        term(until=NOW + 367 * DAY),
        term(officer=3),
        term(officer=9),
        term(deputy=1),
        term(deputy=3),
        term(deputy=9),
    ],
)
def test_a_term_that_makes_no_sense_is_refused(wrong: Term) -> None:
    with pytest.raises(NotAllowed):
        persons.check_term(wrong, RANKS, (), NOW)


@pytest.mark.parametrize(
    "pin", ["", "1234567", "1234567890123", "abcdefgh", "11111111", "12345678", "98765432", "٣٣٣٣٤٤٤٤"]
)
def test_a_weak_pin_is_refused(pin: str) -> None:
    with pytest.raises(NotAllowed):
        persons.check_pin(pin)


def test_a_pin_of_eight_figures_is_taken() -> None:
    persons.check_pin("58201946")


def test_a_line_of_the_record_is_given_back_and_a_wrong_one_refused() -> None:
    line = LogLine(NOW, Deed.ADDED, 1, "Nguyễn Văn An", 2, "Trần Bình")

    assert person_log.decode(person_log.encode(line)) == line
    with pytest.raises(FormatError):
        person_log.encode(replace(line, name=""))
    with pytest.raises(FormatError):
        person_log.decode(person_log.encode(line) + b"\x00")
