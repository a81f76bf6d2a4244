"""A kept worksheet goes on paper as it stands, so that a pencil goes on where the machine stopped."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from secmsg.errors import NotAllowed, NotFound
from secmsg.office.hand_work import Line
from secmsg.station.hand_sheets import Writing
from tests.helpers import papers
from tests.helpers.by_hand import Ends, handed_over
from tests.helpers.ministry import HQ, PARIS, draft
from tests.helpers.world import world


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    with world(tmp_path) as built:
        hq, paris = built.open(HQ), built.open(PARIS)
        built.settle()
        yield Ends(built, hq, paris, *handed_over(paris, hq))


def values(leaf: str, name: str) -> list[str]:
    found = re.findall(rf"(?m)^{re.escape(name)}((?: \d+)*)$", leaf)
    return [value for row in found for value in row.split()]


def test_an_enciphered_worksheet_shows_codes_keys_and_groups(ends: Ends) -> None:
    released = ends.release()
    made = ends.paris.station.hand.finished(released.worksheet)

    leaf = papers.leaves(ends.paris.station.papers.worksheet(released.worksheet))[0]

    assert values(leaf, "Mã code") == list(made.codes[:60])
    assert [a + b for a, b in zip(values(leaf, "Bản mã cipher"), values(leaf, "KT check"), strict=True)] == list(
        made.message.groups[:60]
    )
    assert len(values(leaf, "Khóa key")) == len(made.codes[:60])
    assert all(tag in leaf.split() for tag in made.message.tags)


def test_what_a_person_worked_is_shown_alone_when_it_is_asked_for(ends: Ends) -> None:
    released = ends.release()
    ends.paris.station.hand.fill(released.worksheet, Line.CIPHER, 3, "1234")

    leaf = papers.leaves(ends.paris.station.papers.worksheet(released.worksheet, entered=True))[0]

    assert values(leaf, "Bản mã cipher") == ["1234"]
    assert values(leaf, "KT check") == []


def test_a_message_that_is_being_typed_shows_its_groups_and_leaves_the_rest_to_the_pencil(ends: Ends) -> None:
    released = ends.release()
    text = ends.paris.station.hand.message_of(released.worksheet)
    hand = ends.hq.station.hand
    number = hand.begin(None, "\n".join(text.splitlines()[:2]))
    hand.fill(number, Line.GROUP, 4, "12")

    leaf = papers.leaves(ends.hq.station.papers.worksheet(number, persons=2))[0]

    groups = text.splitlines()[1].split()[:10]
    assert "Worksheet: decipher" in leaf
    assert values(leaf, "Bản mã cipher") == [group[:4] for at, group in enumerate(groups) if at != 4]
    assert values(leaf, "Mã code") == []
    assert values(leaf, "Khóa key") == []


def test_before_a_page_or_a_header_there_is_nothing_to_print(ends: Ends) -> None:
    hand = ends.hq.station.hand
    typed = hand.begin(None, "12345")

    with pytest.raises(NotAllowed, match="header"):
        ends.hq.station.papers.worksheet(typed)
    with pytest.raises(NotFound):
        ends.hq.station.papers.worksheet(99)


def test_a_cable_that_is_only_written_has_no_page_yet(ends: Ends) -> None:
    form = draft(HQ.id, subject="Sau", body="Báo cáo")
    number = ends.paris.station.hand.save(None, Writing(form, ends.out.number))

    with pytest.raises(NotAllowed, match="no page is taken"):
        ends.paris.station.papers.worksheet(number)
