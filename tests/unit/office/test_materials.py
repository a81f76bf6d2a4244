"""Key material: every act from every state, two persons, page numbers, runs of pages, lines of the ledger."""

from dataclasses import replace

import pytest

from secmsg.errors import FormatError, NotAllowed
from secmsg.ids import StationId
from secmsg.office import ledger, materials, pad_pages
from secmsg.office.materials import Act, Direction, Item, Kind, State
from secmsg.office.pad_pages import NEXT, Page, PageState, Refusal

ITEM = Item(
    3, Kind.PAD, "TK HANOI-PARIS", 2, 1, 2, State.DRAWN, State.DRAWN, StationId(7), Direction.OUT, "Bộ",
    training=False, set_id=b"s" * 16, first=41, pages=30, ours=True, held=True, at=1_800_000_000,
)  # fmt: skip
OFFICER = "Nguyễn Văn A"


def at(state: State) -> Item:
    return replace(ITEM, state=state)


def test_a_book_goes_its_way_from_the_drawing_to_the_report() -> None:
    way = [Act.PRINTED, Act.PRINTED, Act.SEALED, Act.OPENED, Act.USED_UP, Act.DESTROYED, Act.REPORTED]
    item = ITEM

    for act in way:
        item = replace(item, state=materials.moved(item, act))

    assert item.state is State.REPORTED
    assert materials.moved(at(State.SEALED), Act.ISSUED) is State.ISSUED
    assert materials.moved(at(State.ISSUED), Act.RECEIVED) is State.RECEIVED
    assert materials.moved(at(State.SEALED), Act.EXPORTED) is State.SEALED
    kit = replace(at(State.ISSUED), kind=Kind.KIT, pages=0)
    assert materials.moved(kit, Act.RETURNED) is State.RECEIVED
    with pytest.raises(NotAllowed, match="counted by two"):
        materials.moved(at(State.ISSUED), Act.RETURNED)
    assert ITEM.last == 70
    assert ITEM.name == "TK HANOI-PARIS 2 1/2"


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (State.DESTROYED, Act.OPENED),
        (State.DESTROYED, Act.DESTROYED),
        (State.REPORTED, Act.REPORTED),
        (State.COMPROMISED, Act.OPENED),
        (State.MISSING, Act.OPENED),
        (State.SUPERSEDED, Act.OPENED),
        (State.USED_UP, Act.OPENED),
        (State.VOID, Act.SEALED),
        (State.IN_USE, Act.ISSUED),
        (State.IN_USE, Act.VOID),
        (State.ISSUED, Act.DESTROYED),
        (State.IN_USE, Act.RECEIVED),
        (State.DRAWN, Act.REPORTED),
        (State.DESTROYED, Act.COMPROMISED),
        (State.IN_USE, Act.CLEARED),
    ],
)
def test_an_act_out_of_place_is_refused(state: State, act: Act) -> None:
    with pytest.raises(NotAllowed, match=r"TK HANOI-PARIS 2 1/2 is "):
        materials.moved(at(state), act)


def test_nothing_leads_out_of_the_ended_states() -> None:
    for state in materials.ENDED:
        for act in filter(materials.moves, Act):
            if (state, act) == (State.DESTROYED, Act.REPORTED):
                continue
            with pytest.raises(NotAllowed):
                materials.moved(at(state), act)


@pytest.mark.parametrize("act", [Act.COMPROMISED, Act.MISSING])
def test_what_is_compromised_or_missing_goes_back_to_where_it_was_when_it_is_cleared(act: Act) -> None:
    stopped = replace(ITEM, state=State.IN_USE)
    state = materials.moved(stopped, act)
    stopped = replace(stopped, state=state, before=materials.before(stopped, state))
    worse = replace(stopped, before=materials.before(stopped, State.COMPROMISED), state=State.COMPROMISED)

    assert materials.moved(stopped, Act.CLEARED) is State.IN_USE
    assert materials.moved(worse, Act.CLEARED) is State.IN_USE
    assert not materials.may(stopped, Act.OPENED)
    assert not materials.moves(Act.TAKEN)


def test_what_opens_recorded_traffic_is_destroyed_first() -> None:
    states = [State.RECEIVED, State.IN_USE, State.SUPERSEDED, State.DESTROYED, State.ISSUED, State.MISSING]
    items = [replace(ITEM, number=n, state=state, holder="B") for n, state in enumerate(states, 1)]
    items += [replace(ITEM, number=7, state=State.IN_USE, holder="A"), replace(ITEM, number=8, ours=False)]

    assert [each.number for each in materials.destruction_order(items)] == [3, 6, 7, 2, 1]


def test_two_persons_are_two() -> None:
    for act in materials.TWO_NAMES:
        materials.check_names(act, OFFICER, "Trần Thị B")
        for second in ("", "  ", "nguyễn  văn a", "NGUYEN VAN A"):
            with pytest.raises(NotAllowed):
                materials.check_names(act, OFFICER, second)
    materials.check_names(Act.TAKEN, OFFICER, "")
    with pytest.raises(NotAllowed):
        materials.check_names(Act.TAKEN, OFFICER, "x" * 121)


def test_the_other_direction_is_the_other_ends() -> None:
    assert Direction.OUT.other is Direction.IN
    assert Direction.IN.other is Direction.OUT


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_page_number_is_read_back_and_every_wrong_figure_shows() -> None:
    for number in (1, 42, 8_999, 9_999):
        figures = pad_pages.spoken(number)
        assert pad_pages.heard(figures) == number
        for place in range(5):
            for figure in set("0123456789") - {figures[place]}:
                with pytest.raises(FormatError):
                    pad_pages.heard(figures[:place] + figure + figures[place + 1 :])
    for wrong in ("", "0042", "00000", "１２３４５", "abcde", "004281"):
        with pytest.raises(FormatError):
            pad_pages.heard(wrong)


def test_no_page_goes_back() -> None:
    for state, targets in NEXT.items():
        assert all(target > state for target in targets)
    assert {state for state, targets in NEXT.items() if PageState.TAKEN in targets} == {PageState.READY}


def test_a_refusal_says_when_and_for_which_cable() -> None:
    used = pad_pages.refused(Page(42, PageState.USED, 1_800_000_000, 104, "26 PARIS 045"))

    assert (used.why, used.page, used.at, used.cable) == ("used", 42, 1_800_000_000, "26 PARIS 045")
    assert str(used) == f"page {pad_pages.spoken(42)} was used on 2027-01-15 08:00Z for cable 26 PARIS 045"
    assert "for cable" not in str(pad_pages.refused(Page(42, PageState.VOID, 1)))
    assert pad_pages.refusal(Refusal.TRAINING, 7, "text").why == "training"


def test_a_run_is_of_pages_that_follow_one_another() -> None:
    states = {5: PageState.USED, 6: PageState.READY, 7: PageState.MISSING, 8: PageState.READY, 9: PageState.READY}
    pages = [Page(number, state) for number, state in states.items()]

    assert [each.number for each in pad_pages.run(pages, 1)] == [6]
    assert [each.number for each in pad_pages.run(pages, 2)] == [8, 9]
    assert pad_pages.run(pages, 3) == ()
    apart = [Page(1, PageState.READY), Page(3, PageState.READY)]
    assert pad_pages.run(apart, 2) == ()


# --- the ledger ------------------------------------------------------------------------------------------------------


def test_a_line_of_the_ledger_comes_back() -> None:
    line = ledger.of(
        ITEM, Act.USED, 1_800_000_000, OFFICER, first=41, last=42, serial=104, cable="26 PARIS 045", note="x"
    )

    assert ledger.decode(ledger.encode(line)) == line
    assert line.holder == "Bộ"
    assert ledger.of(ITEM, Act.ISSUED, 1, OFFICER, holder="ĐSQ Paris").holder == "ĐSQ Paris"
    assert ledger.register(training=True) != ledger.register(training=False)


def test_a_line_out_of_bounds_is_refused() -> None:
    line = ledger.of(ITEM, Act.USED, 1, OFFICER)

    for wrong in (
        replace(line, person=""),
        replace(line, title=""),
        replace(line, first=10_000),
        replace(line, note="x" * 301),
        replace(line, item=0),
    ):
        with pytest.raises(FormatError):
            ledger.encode(wrong)
    with pytest.raises(FormatError):
        ledger.decode(ledger.encode(line) + b"\x00")
