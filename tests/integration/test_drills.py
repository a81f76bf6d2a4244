"""Nothing of a drill is taken by the live register: neither its message nor its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import FormatError, NotFound, PageRefused
from secmsg.manual import judging
from secmsg.manual import text as message_text
from secmsg.manual.drill import Card, Drill, Item
from secmsg.manual.header import read
from secmsg.station.hand_sending import Way
from secmsg.store import drills as rows
from tests.helpers.by_hand import Ends, inbox, two_ends
from tests.helpers.trainee import Trainee


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    with two_ends(tmp_path) as found:
        yield found


def message_of(drill: Drill) -> str:
    """Write the message of card 6 as it would be sent: its groups are repeated for the tag."""
    table = {thing.item: thing.values for thing in drill.questions[2].things}
    header = read(table[Item.HEADER])
    tag = Trainee().says(drill.questions[2])
    judged = judging.judge([*table[Item.SENT], tag], header.count, tags=1)
    return message_text.write(message_text.message(header, judged))


def test_a_message_of_a_drill_is_refused_for_its_page(ends: Ends) -> None:
    drill = ends.paris.station.drills.begin(Card.DECIPHER)

    with pytest.raises((NotFound, PageRefused)):
        ends.take(message_of(drill))

    assert inbox(ends.hq) == []


def test_a_page_of_a_drill_is_not_taken_for_a_cable(ends: Ends) -> None:
    drill = ends.paris.station.drills.begin(Card.ENCIPHER)

    with pytest.raises((NotFound, PageRefused)):
        ends.release(way=Way(ends.out.number, drill.number))

    assert [row for row in ends.paris.station.sent() if row.by_hand] == []


def test_drills_differ_and_leave_no_figure_in_the_store(ends: Ends) -> None:
    drills = ends.paris.station.drills
    made = [drills.begin(Card.DECIPHER) for _ in range(3)]

    drills.end(made[0], "Trần Văn An")

    assert len({each.number + repr(message_of(each)) for each in made}) == 3
    (kept,) = rows.every(ends.paris.station.desk.db)
    assert (kept.officer, kept.whole, kept.passed, kept.asked) == ("Trần Văn An", False, False, 0)
    with pytest.raises(FormatError):
        drills.end(made[1], "x" * 81)


@pytest.mark.parametrize(("seconds", "wrong", "passed"), [(720, 0, True), (721, 0, False), (60, 1, False)])
def test_an_exercise_of_destruction_passes_within_twelve_minutes_with_nothing_left_out(
    ends: Ends, seconds: int, wrong: int, passed: bool
) -> None:
    drills = ends.paris.station.drills

    drills.enter_destruction(" Lê  Hoa ", 1_790_000_000, seconds, 9, wrong)

    (kept,) = drills.runs("Lê Hoa")
    assert (kept.card, kept.ended_at, kept.asked, kept.wrong, kept.passed) == ("12", 1_790_000_000, 9, wrong, passed)
