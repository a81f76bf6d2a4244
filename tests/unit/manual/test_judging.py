"""What a reception says: every slip is located to its place, and what can be put right is."""

import random

import pytest

from secmsg.errors import FormatError
from secmsg.manual import checks
from secmsg.manual.judging import judge, judge_placed, repair
from tests.helpers.manual import codes


def message(count: int, seed: bytes = b"judged") -> tuple[str, ...]:
    return tuple(checks.sent(cipher, place) for place, cipher in enumerate(codes(seed, count)))


def with_parity(groups: tuple[str, ...]) -> list[str]:
    cells: list[str] = []
    for row, eleventh in enumerate(checks.parities(groups)):
        cells += [*groups[10 * row : 10 * row + 10], eleventh]
    return cells


GROUPS = message(34)


def test_what_came_whole_has_nothing_to_ask() -> None:
    plain, in_rows = judge(GROUPS, 34), judge([*with_parity(GROUPS), "12345", "54321"], 34, parity=True, tags=2)

    assert (plain.whole, plain.groups, plain.parities) == (True, GROUPS, ())
    assert (in_rows.whole, in_rows.groups, in_rows.tags) == (True, GROUPS, ("12345", "54321"))
    assert in_rows.parities == checks.parities(GROUPS)


def test_every_wrong_figure_and_every_swap_inside_is_found_in_its_group() -> None:
    for place, group in enumerate(GROUPS):
        for at in range(5):
            for more in range(1, 10):
                wrong = group[:at] + str((int(group[at]) + more) % 10) + group[at + 1 :]
                assert not checks.fits(wrong, place)
            swapped = group[:at] + group[at : at + 2][::-1] + group[at + 2 :]
            assert swapped == group or not checks.fits(swapped, place)


@pytest.mark.parametrize("place", range(34))
def test_a_missing_group_is_named_and_no_other(place: int) -> None:
    judged = judge([*GROUPS[:place], *GROUPS[place + 1 :]], 34)

    assert (judged.missing, judged.wrong, judged.ask) == ((place,), (), (place,))


@pytest.mark.parametrize("place", range(34))
def test_a_doubled_group_is_named_and_taken_out(place: int) -> None:
    judged = judge([*GROUPS[: place + 1], *GROUPS[place:]], 34)

    assert judged.excess in ((place,), (place + 1,))
    assert (judged.whole, judged.groups) == (True, GROUPS)


@pytest.mark.parametrize("place", range(33))
def test_swapped_neighbours_are_named_and_put_back(place: int) -> None:
    cells = [*GROUPS[:place], GROUPS[place + 1], GROUPS[place], *GROUPS[place + 2 :]]
    judged = judge(cells, 34)

    assert (judged.swapped, judged.ask) == ((place,), (place, place + 1))
    assert (repair(judged).groups, repair(judged).repaired) == (GROUPS, (place, place + 1))


@pytest.mark.parametrize("parity", [False, True])
@pytest.mark.parametrize("dropped", range(1, 31))
def test_any_run_of_groups_dropped_is_located(dropped: int, parity: bool) -> None:
    groups = message(100)
    cells = with_parity(groups) if parity else list(groups)
    for first in (0, 5, 9, 10, 37, 69):
        judged = judge([*cells[:first], *cells[first + dropped :]], 100, parity=parity)
        right = [place for place in range(100) if judged.groups[place] == groups[place]]
        # What is not asked for is right where it stands; and not much is asked for in vain.
        assert set(range(100)) - set(judged.ask) <= set(right)
        assert len(judged.ask) <= dropped + 10
        assert len(judged.doubtful) <= 1 or dropped % (10 if parity else 9) in (0, 1)


def test_a_left_out_line_is_one_gap_and_nine_groups_leave_a_doubt() -> None:
    groups = message(100)
    line = judge([*groups[:20], *groups[30:]], 100)
    nine = judge([*groups[:23], *groups[32:]], 100)

    assert (line.ask, line.doubtful) == (tuple(range(20, 30)), ())
    assert set(nine.missing + nine.doubtful) == set(range(21, 39))


def test_several_slips_are_told_apart() -> None:
    cells = list(GROUPS)
    cells[30] = "?????"
    cells[20], cells[21] = cells[21], cells[20]
    cells[12:12] = [cells[12]]
    del cells[5]
    cells[1] = cells[1][:4] + str((int(cells[1][4]) + 1) % 10)

    judged = judge(cells, 34)
    assert (judged.missing, judged.swapped, judged.wrong) == ((5,), (20,), (1, 20, 21, 30))
    assert len(judged.excess) == 1
    assert repair(judged).ask == (1, 5, 30)


def test_slips_of_every_kind_with_some_noise_are_located() -> None:
    chance = random.Random(7)
    asked_more = 0
    for trial in range(60):
        groups = message(50, trial.to_bytes(2))
        gone = chance.randrange(50)
        cells = [*groups[:gone], *groups[gone + 1 :]]
        noisy = chance.sample(range(49), 2)
        for at in noisy:
            cells[at] = f"{chance.randrange(100_000):05}"
        judged = judge(cells, 50)
        kept = [place for place, group in enumerate(judged.groups) if group == groups[place]]
        asked_more += len(judged.ask) > 4
        # Nothing that came right is called wrong further than one place from a slip.
        slips = {gone, *[at + (at >= gone) for at in noisy]}
        assert all(min(abs(place - slip) for slip in slips) <= 1 for place in judged.ask)
        assert len(kept) >= 46
    assert asked_more == 0


def test_the_only_lost_group_of_a_row_is_rebuilt_from_parity() -> None:
    for place in range(34):
        for lost in ("", "?????", GROUPS[place][:4] + str((int(GROUPS[place][4]) + 1) % 10)):
            groups = (*GROUPS[:place], lost, *GROUPS[place + 1 :])
            mended = repair(judge_placed(groups, checks.parities(GROUPS)))
            assert (mended.groups, mended.repaired, mended.whole) == (GROUPS, (place,), True)


def test_two_lost_groups_of_a_row_are_asked_for() -> None:
    groups = ("", "", *GROUPS[2:])

    mended = repair(judge_placed(groups, checks.parities(GROUPS)))
    assert (mended.ask, mended.repaired) == ((0, 1), ())


def test_a_damaged_parity_group_rebuilds_nothing_and_is_not_asked_for() -> None:
    parities = ["?", *checks.parities(GROUPS)[1:]]

    lost = repair(judge_placed(("", *GROUPS[1:]), parities))
    assert (lost.ask, lost.rows_wrong) == ((0,), (0,))
    assert judge_placed(GROUPS, parities).whole


def test_a_row_that_contradicts_its_parity_is_asked_for_whole() -> None:
    passing = checks.sent("0000", 3)  # a garbled group whose check figure happens to fit
    judged = judge_placed((*GROUPS[:3], passing, *GROUPS[4:]), checks.parities(GROUPS))

    assert (judged.wrong, judged.rows_off) == ((), (0,))
    assert judged.ask == tuple(range(10))
    last = judge_placed((*GROUPS[:33], checks.sent("0000", 33)), checks.parities(GROUPS))
    assert last.ask == (30, 31, 32, 33)


def test_a_lost_tag_leaves_the_groups_where_they_are() -> None:
    judged = judge(with_parity(GROUPS), 34, parity=True, tags=1)

    assert (judged.groups, judged.tags) == (GROUPS, ("",))
    assert judge([*GROUPS, "?"], 34, tags=1).tags == ("?",)
    assert judge([*GROUPS[:-1], "12346"], 34, tags=1).missing == (33,)


def test_what_is_not_entered_yet_is_no_slip() -> None:
    for entered in (0, 1, 9, 10, 11, 12, 25):
        judged = judge(with_parity(GROUPS)[:entered], 34, parity=True, tags=1, unfinished=True)
        so_far = entered - entered // 11
        assert judged.ask == ()
        assert judged.waiting == tuple(range(so_far, 34))
        assert judged.rows_wrong == ()
    left_out = judge([*GROUPS[:4], *GROUPS[5:12]], 34, unfinished=True)
    assert (left_out.missing, left_out.waiting[0]) == ((4,), 12)


def test_a_count_beyond_the_bound_and_another_message_are_refused() -> None:
    for count in (0, 961):
        with pytest.raises(FormatError):
            judge(GROUPS, count)
    with pytest.raises(FormatError):
        judge(GROUPS * 2, 34)


def test_long_messages_are_compared_within_a_bound() -> None:
    groups = message(960)

    for count, lost in ((600, 300), (960, 60)):
        judged = judge([*groups[:10], *groups[10 + lost : count]], count)
        assert set(range(10, 10 + lost)) <= set(judged.ask)
    with pytest.raises(FormatError):
        judge(groups[:500], 960)
    typed = judge(groups[:500], 960, unfinished=True)
    assert (typed.ask, len(typed.waiting)) == ((), 460)
    with pytest.raises(FormatError):
        judge([*groups, *groups[:200]], 960)


def test_a_seed_of_the_column_only_would_miss_rows() -> None:
    # The control of column + row: ten, twenty, thirty groups dropped change the column of none that follow.
    groups = message(60)
    for dropped in (10, 20, 30):
        rest = groups[dropped:]
        assert not any(checks.fits(group, place) for place, group in enumerate(rest))
        assert all(place % 10 == (place + dropped) % 10 for place in range(len(rest)))
