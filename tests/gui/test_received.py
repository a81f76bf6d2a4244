"""Received groups, cell by cell: judged at once, located, repaired from parity, asked for by number."""

import random
from collections.abc import Sequence

import pytest

from secmsg.manual import text as messages
from secmsg.manual.message import Message, encipher
from secmsg.manual.pad import page
from secmsg.manual.tag import sheet
from ui.hand_entering import cells_of, state_of
from ui.language import CONTEXT, RESOURCES, read_catalogue
from ui.manual.entry import words
from ui.manual.entry.state import EntryState, Fault, Slip
from ui.manual.sheet import COLUMNS, HEAD, Line, Mark, Spot, spot_of

MINUTE = 1_794_999_960


def message(count: int = 34, *, parity: bool = True, tags: int = 1) -> Message:
    """Make a real message of random codes."""
    figures = random.Random(7)
    keys = [f"{figures.randrange(10_000):04}" for _ in range(120)]
    codes = [f"{figures.randrange(10_000):04}" for _ in range(count)]
    sheets = [sheet(31415), sheet(27182)][:tags]
    return encipher(codes, [page(42, keys, ("92653", "58979"))], sheets, serial=220, at=MINUTE, parity=parity)


def spoken(of: Message) -> list[str]:
    """Give every group in the order of sending, the header's seven first."""
    return messages.write(of).split()


def typed(groups: Sequence[str]) -> EntryState:
    state = EntryState()
    for group in groups:
        state = state.typed(group)
    return state


class TestTyping:
    def test_a_whole_message_typed_in_order_is_whole(self) -> None:
        sent = message(tags=2)
        state = typed(spoken(sent))
        assert state.header == sent.header
        assert (state.groups, state.parities, state.tags) == (sent.groups, sent.parities, sent.tags)
        assert state.faults == ()
        assert state.whole
        assert not state.may_mend
        assert state.at == len(state.slots) - 1

    def test_the_cursor_goes_on_when_a_group_is_full(self) -> None:
        state = typed(spoken(message())[:9])
        assert state.grid.at == spot_of(2, Line.CIPHER)
        assert state.typed("1318").grid.at == spot_of(2, Line.CHECK)

    def test_full_width_figures_are_figures_and_letters_are_refused_by_name(self) -> None:
        head = spoken(message())[:7]
        state = typed(head).typed("１３１８２")
        assert state.groups[0] == "13182"
        refused = state.typed("1x2")
        assert (refused.refused, refused.groups[1]) == ("x", "1")
        assert "x" not in repr(refused).replace("excess", "")
        assert refused.typed("2").refused == ""

    def test_backspace_takes_the_last_figure_and_then_goes_back(self) -> None:
        state = typed(spoken(message())[:7]).typed("131")
        assert state.erased().groups[0] == "13"
        back = state.erased().erased().erased().erased()
        assert (back.groups[0], back.at) == ("", 6)
        assert EntryState().erased().at == 0

    def test_a_repeated_group_is_typed_over_the_wrong_one(self) -> None:
        groups = spoken(message())
        right = groups[11]
        groups[11] = another_check(right)
        state = typed(groups)
        assert state.ask == (5,)
        assert state.faults == (Fault(Slip.CHECK, 5),)
        mended = state.sent_to(5).typed(right)
        assert mended.whole
        assert state.sent_to(5).emptied().groups[4] == ""

    def test_the_header_can_be_typed_again(self) -> None:
        groups = spoken(message())
        wrong = ["00221", *groups[1:7]]
        state = typed(wrong)
        assert state.header is None
        assert [fault.slip for fault in state.faults] == [Slip.HEADER] * len(state.head_wrong)
        assert 1 in state.head_wrong
        again = state.moved(Spot(Line.HEADER, HEAD, 0)).typed("00220")
        assert again.header is not None
        # what was typed after a header that is changed keeps its order
        later = typed(groups[:20]).moved(Spot(Line.HEADER, HEAD, 0)).typed("00220")
        assert later.groups[:10] == typed(groups[:20]).groups[:10]

    def test_a_spot_where_nothing_stands_is_not_gone_to(self) -> None:
        state = typed(spoken(message()))
        assert state.moved(Spot(Line.CIPHER, 9, 9)) == state


class TestJudging:
    def test_a_group_left_out_is_a_gap_and_those_after_it_stand_right(self) -> None:
        groups = spoken(message())
        del groups[7 + 12]
        state = typed(groups)
        assert state.faults == (Fault(Slip.MISSING, 12),)
        assert state.ask == (12,)

    def test_what_was_not_reached_is_waited_for_and_no_slip(self) -> None:
        state = typed(spoken(message())[:20])
        assert state.faults == ()
        assert state.judgement.waiting == tuple(range(12, 34))

    def test_a_short_group_says_how_many_figures_lack(self) -> None:
        groups = spoken(message())
        state = typed(groups[:12]).moved(spot_of(6, Line.CIPHER)).typed("1234").moved(spot_of(7, Line.CIPHER))
        assert Fault(Slip.SHORT, 7, 1) in state.faults
        assert state.groups[6] == "1234"

    def test_the_group_in_hand_is_not_blamed_before_it_is_whole(self) -> None:
        state = typed(spoken(message())[:12]).typed("12")
        assert state.faults == ()
        assert state.grid.box(spot_of(5, Line.CIPHER)).mark is Mark.OPEN

    def test_neighbours_that_changed_places_are_put_back(self) -> None:
        sent = message(parity=False)
        groups = spoken(sent)
        groups[10], groups[11] = groups[11], groups[10]
        state = typed(groups)
        assert state.faults == (Fault(Slip.SWAPPED, 4),)
        assert state.may_mend
        mended = state.repaired()
        assert mended.groups == sent.groups
        assert mended.mended == (3, 4)
        assert mended.grid.box(spot_of(3, Line.CIPHER)).mark is Mark.MENDED

    def test_one_lost_group_of_a_row_comes_back_from_parity_and_the_rest_is_asked_for(self) -> None:
        sent = message()
        groups = spoken(sent)
        groups[11], groups[31], groups[33] = (
            another_check(groups[11]),
            another_check(groups[31]),
            another_check(groups[33]),
        )  # two of one row cannot be rebuilt
        state = typed(groups)
        mended = state.repaired()
        assert mended.groups[4] == sent.groups[4]
        assert len(mended.ask) == 2
        assert not mended.may_mend
        # a group typed over a rebuilt one is no longer called rebuilt
        assert mended.sent_to(5).typed(sent.groups[4]).mended == ()

    def test_a_parity_group_that_does_not_fit_or_contradicts_is_named(self) -> None:
        sent = message()
        groups = spoken(sent)
        groups[7 + 10] = another_check(groups[7 + 10])
        assert typed(groups).faults == (Fault(Slip.PARITY_CHECK, 1),)
        groups = spoken(sent)
        groups[7] = fits_elsewhere(groups[7])
        off = typed(groups)
        assert off.faults == (Fault(Slip.ROW_OFF, 1),)
        assert off.ask == tuple(range(1, 11))

    def test_a_group_too_many_is_set_aside_and_named(self) -> None:
        groups = spoken(message(parity=False))
        state = EntryState().pasted(tuple(groups[:7]), (*groups[7:12], groups[11], *groups[12:]))
        assert [fault.slip for fault in state.faults] == [Slip.EXCESS]
        assert state.excess == ((12, groups[11]),)
        assert not state.whole
        assert state.cleared_of_excess().whole

    def test_a_pasted_message_with_a_broken_header_takes_nothing_but_the_header(self) -> None:
        groups = spoken(message())
        state = EntryState().pasted(("00221", *groups[1:7]), tuple(groups[7:]))
        assert state.header is None
        assert state.groups == ()


def another_check(group: str) -> str:
    """Give the group with a check figure that is wrong."""
    return group[:4] + str((int(group[4]) + 1) % 10)


def fits_elsewhere(group: str) -> str:
    """Give another group with a check figure that is right at place 0."""
    from secmsg.manual import checks

    return checks.sent(f"{(int(group[:4]) + 1) % 10_000:04}", 0)


class TestKept:
    def test_what_was_typed_comes_back_as_it_was(self) -> None:
        groups = spoken(message())
        del groups[7 + 12]
        for state in (
            EntryState(),
            typed(groups[:3]),
            typed(groups[:20]),
            typed(groups),
            typed(["00221", *groups[1:7]]),
        ):
            back = state_of(cells_of(state))
            assert (back.head, back.header, back.head_wrong) == (state.head, state.header, state.head_wrong)
            assert (back.groups, back.parities, back.tags) == (state.groups, state.parities, state.tags)

    def test_a_group_that_has_no_place_is_kept_too(self) -> None:
        groups = spoken(message(parity=False))
        state = EntryState().pasted(tuple(groups[:7]), (*groups[7:12], groups[11], *groups[12:]))
        back = state_of(cells_of(state))
        assert [cell for _, cell in back.excess] == [groups[11]]


class TestGrid:
    def test_the_grid_is_the_paper(self) -> None:
        state = typed(spoken(message()))
        grid = state.grid
        assert [line for line, _ in grid.bands[0].lines] == [Line.SEED, Line.CIPHER, Line.CHECK]
        assert grid.box(Spot(Line.SEED, 1, 0)).text == "1"
        assert grid.box(spot_of(0, Line.CIPHER)).text + grid.box(spot_of(0, Line.CHECK)).text == state.groups[0]
        assert grid.box(Spot(Line.CIPHER, 0, COLUMNS)).text == state.parities[0][:4]
        assert grid.box(Spot(Line.HEADER, HEAD, 5)).text == "00034"
        assert grid.columns == COLUMNS + 1
        assert grid.tag_at(spot_of(34, Line.CIPHER)) == 0
        assert grid.tag_at(spot_of(34, Line.SEED)) is None
        assert [grid.box(Spot(Line.KEY, 0, 0)), grid.box(Spot(Line.CIPHER, 99, 0))] == [
            grid.box(Spot(Line.HEADER, HEAD, 9))
        ] * 2

    def test_the_cursor_finds_every_kind_of_box(self) -> None:
        state = typed(spoken(message()))
        assert state.moved(Spot(Line.CIPHER, 0, COLUMNS)).grid.at == Spot(Line.CIPHER, 0, COLUMNS)
        assert state.moved(spot_of(34, Line.CHECK)).grid.at == spot_of(34, Line.CIPHER)
        assert state.moved(Spot(Line.HEADER, HEAD, 2)).grid.at == Spot(Line.HEADER, HEAD, 2)

    def test_a_message_without_parity_has_ten_columns(self) -> None:
        assert typed(spoken(message(parity=False))).grid.columns == COLUMNS


class TestWords:
    def test_every_slip_is_said_with_its_place(self) -> None:
        for slip in Slip:
            assert words.fault(Fault(slip, 7, 1))
        assert words.fault(Fault(Slip.SHORT, 7, 1)) == "Group 7: 1 figure is lacking"
        catalogue = read_catalogue(RESOURCES / "i18n" / "vi.ts")
        assert catalogue[CONTEXT, "Group {at}: {n} figure is lacking"] == "Nhóm {at}: thiếu {n} chữ số"

    @pytest.mark.parametrize(("asked", "said"), [((5,), "5"), ((5, 6, 9), "5 to 6, 9"), ((), "")])
    def test_neighbours_are_asked_for_together(self, asked: tuple[int, ...], said: str) -> None:
        assert words.numbers(asked) == said

    def test_the_next_step_is_always_named(self) -> None:
        groups = spoken(message(parity=False))
        steps = [
            words.step(EntryState()),
            words.step(typed(["00221", *groups[1:7]])),
            words.step(typed(groups[:20])),
            words.step(typed([*groups[:11], another_check(groups[11]), *groups[12:]])),
            words.step(typed(groups[:-1])),
            words.step(typed(groups)),
            words.step(EntryState().pasted(tuple(groups[:7]), (*groups[7:12], groups[11], *groups[12:]))),
            words.step(typed([*groups[:10], groups[11], groups[10], *groups[12:]])),
        ]
        assert len(set(steps)) == len(steps)
        assert all(step.startswith("Next: ") for step in steps)
