"""Advice about pages: how many a book needs, how long those in hand last."""

import pytest

from secmsg.office import pad_plan

DAY = pad_plan.DAY_S
NOW = 1_800_000_000


@pytest.mark.parametrize(
    ("words", "messages", "days", "pages"),
    [(100, 2, 30, 90), (150, 2, 90, 540), (200, 1, 180, 540), (1, 1, 1, 30), (127, 1, 100, 300), (126, 1, 100, 150)],
)
def test_pages_are_whole_messages_with_half_again_as_reserve(words: int, messages: int, days: int, pages: int) -> None:
    assert pad_plan.pages_needed(words, messages, days) == pages


def test_a_long_plan_is_spread_over_books() -> None:
    assert [pad_plan.books_needed(pages) for pages in (30, 990, 991, 2_000)] == [1, 1, 2, 3]


def test_stock_is_low_below_thirty_days_at_the_pace_of_the_last_thirty() -> None:
    daily = [NOW - day * DAY for day in range(30)]

    assert pad_plan.days_left(60, daily, NOW) == 60
    assert pad_plan.days_left(60, [NOW - 31 * DAY], NOW) is None
    assert not pad_plan.is_low(30, daily, NOW)
    assert pad_plan.is_low(29, daily, NOW)
    assert not pad_plan.is_low(1, [], NOW)
    assert pad_plan.is_low(0, [], NOW)
