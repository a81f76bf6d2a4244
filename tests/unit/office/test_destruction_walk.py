"""The walk of level 2: what goes first, what stays to the end, the order held, and what may be said of it."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError, NotAllowed, NotFound
from secmsg.office import destruction
from secmsg.office import destruction_walk as walks
from secmsg.office.destruction import Fate, Outcome, Papers
from secmsg.office.destruction_walk import Deed, Line, Turn
from secmsg.office.materials import Item, Kind, State
from secmsg.wire import codec
from secmsg.wire.cable import Degree
from tests.unit.office.test_destruction import LAPTOP, OLD, PAD

BOOK = replace(PAD, number=4, kind=Kind.CODEBOOK, title="Sổ mã", state=State.RECEIVED)
LIST = replace(PAD, number=5, kind=Kind.CHALLENGES, title="Hỏi–đáp")
CARD = replace(PAD, number=6, kind=Kind.SHEET, title=destruction.CARD, state=State.RECEIVED)
RESERVE = replace(PAD, number=7, edition=2, state=State.RECEIVED)
PRACTICE = replace(PAD, number=8, training=True)
SHEET = replace(PAD, number=9, kind=Kind.SHEET, title="Phiếu khôi phục", state=State.RECEIVED)
ITEMS = (LAPTOP, PAD, BOOK, LIST, CARD, RESERVE, PRACTICE, SHEET, OLD)
PAPERS = (Papers(Degree.SECRET, 3), Papers(Degree.TOP_SECRET, 1))
BEGUN = Line(1_700_000_000, Deed.BEGUN, 0, 0, "Một", "Hai", proven=True, note="Lệnh 12")


def said(deed: Deed, item: int = 0, degree: int = 0, note: str = "") -> Line:
    return replace(BEGUN, deed=deed, item=item, degree=degree, note=note)


def numbers(found: tuple[walks.Step, ...]) -> list[tuple[Turn, int, int]]:
    return [(each.turn, each.item, each.degree) for each in found]


def test_what_keeps_the_post_in_contact_goes_last() -> None:
    assert numbers(walks.steps(ITEMS, PAPERS, ())) == [
        (Turn.NOW, OLD.number, 0),
        (Turn.NOW, RESERVE.number, 0),
        (Turn.NOW, SHEET.number, 0),
        (Turn.NOW, 0, Degree.TOP_SECRET),
        (Turn.NOW, 0, Degree.SECRET),
        (Turn.CONTACT, PAD.number, 0),
        (Turn.CONTACT, BOOK.number, 0),
        (Turn.AFTER, LIST.number, 0),
        (Turn.AFTER, CARD.number, 0),
        (Turn.AFTER, LAPTOP.number, 0),
    ]
    # What must not be used any more keeps nobody in contact.
    assert walks.turn_of(replace(PAD, state=State.COMPROMISED)) is Turn.NOW
    assert walks.turn_of(replace(LIST, state=State.RECEIVED)) is Turn.NOW
    assert walks.turn_of(replace(LAPTOP, state=State.MISSING)) is Turn.AFTER


def test_lines_are_replayed_and_the_next_one_is_shown() -> None:
    lines = (BEGUN, said(Deed.DESTROYED, OLD.number), said(Deed.LEFT, RESERVE.number, note="két kẹt"))
    items: tuple[Item, ...] = (*ITEMS[:-1], replace(OLD, state=State.DESTROYED))

    found = walks.steps(items, PAPERS, lines)

    assert [(each.item, each.fate, each.note) for each in found[:3]] == [
        (OLD.number, Fate.DESTROYED, ""),
        (RESERVE.number, Fate.LEFT, "két kẹt"),
        (SHEET.number, Fate.UNKNOWN, ""),
    ]
    assert walks.current(found) == found[2]
    burnt = walks.steps(items, PAPERS, (*lines, said(Deed.DESTROYED, degree=Degree.SECRET)))
    assert [(each.degree, each.fate) for each in burnt if each.degree] == [(2, Fate.DESTROYED), (3, Fate.UNKNOWN)]
    assert burnt[1].task.count == 3
    none = walks.steps((), (), (BEGUN, said(Deed.DESTROYED, degree=Degree.SECRET)))
    assert [(each.degree, each.task.count) for each in none] == [(2, 0)]


def test_a_walk_goes_from_its_beginning_to_its_stop() -> None:
    lines = (BEGUN, said(Deed.DESTROYED, 2), said(Deed.STOPPED))

    assert walks.under_way(lines) == ()
    assert walks.under_way((*lines, BEGUN)) == (BEGUN,)
    assert walks.under_way(lines[:2]) == lines[:2]
    assert not walks.is_closed(())
    assert not walks.is_closed(lines[:2])
    assert walks.is_closed((*lines[:2], said(Deed.CLOSED)))
    assert not walks.is_closed((BEGUN, said(Deed.CLOSED), said(Deed.DESTROYED, 7)))


def test_the_order_is_held_and_what_is_left_has_a_reason() -> None:
    found = walks.steps(ITEMS, PAPERS, (BEGUN,))
    first, second = found[0], found[1]

    walks.check(found, first.item, 0, destroyed=True, note="")
    walks.check(found, first.item, 0, destroyed=False, note="két kẹt")
    for item, destroyed, words in (
        (first.item, False, "with a reason"),
        (second.item, True, "one before it"),
        (PAD.number, True, "one before it"),
        (LIST.number, True, "until the keys"),
    ):
        with pytest.raises(NotAllowed, match=words):
            walks.check(found, item, 0, destroyed=destroyed, note="  ")
    with pytest.raises(NotFound):
        walks.check(found, 99, 0, destroyed=True, note="")
    with pytest.raises(NotAllowed, match="first whether"):
        walks.check_close(found)


def test_what_was_left_may_be_destroyed_later_and_what_is_gone_stays_gone() -> None:
    lines = (BEGUN, said(Deed.LEFT, OLD.number, note="két kẹt"))
    found = walks.steps(ITEMS, PAPERS, lines)

    walks.check(found, OLD.number, 0, destroyed=True, note="")
    gone = walks.steps(ITEMS, PAPERS, (*lines, said(Deed.DESTROYED, OLD.number)))
    assert gone[0].fate is Fate.DESTROYED
    with pytest.raises(NotAllowed, match="already"):
        walks.check(gone, OLD.number, 0, destroyed=False, note="nhầm")


def test_the_outcome_says_the_worst_that_is_left() -> None:
    twin = replace(SHEET, number=10)
    only = walks.steps((SHEET, twin), (), (BEGUN, said(Deed.DESTROYED, twin.number)))

    assert only[0].task == only[1].task
    assert walks.outcome(only) is Outcome.KEYS_ON_PAPER_LEFT
    every = (BEGUN, said(Deed.DESTROYED, SHEET.number), said(Deed.DESTROYED, twin.number))
    done = walks.steps((SHEET, twin), (), every)
    assert walks.outcome(done) is Outcome.ALL
    walks.check_close(done)
    assert walks.outcome(walks.steps((), PAPERS, (BEGUN,))) is Outcome.PAPER_LEFT


def test_a_line_is_read_as_it_was_written_and_bounded() -> None:
    line = said(Deed.LEFT, 7, note="két kẹt\nkhóa gãy")

    assert walks.decode(walks.encode(line)) == line
    for spoilt in (replace(line, degree=4), replace(line, second=""), replace(line, note="x" * 301)):
        with pytest.raises(FormatError):
            walks.encode(spoilt)
    with pytest.raises(FormatError):
        walks.decode(codec.encode([1, 9, 0, 0, "a", "b", 0, ""]))
