"""How many pages a book needs, and how long the ones in hand last: advice, no rule (docs/spec/materials.md 10)."""

from collections.abc import Sequence

from secmsg.office.pad_pages import MAX_PAGES, MIN_PAGES, PAGE_GROUPS

GROUPS_PER_TEN_WORDS = 9
"""The prudent figure; good phrases need less."""
FRAME_GROUPS = 6
"""Edition, number, degree, end: what every message has beside its words."""
LOW_DAYS = 30
"""Stock below it is told, so that the next books can be on their way."""
DAY_S = 86_400


def pages_needed(words: int, messages_a_day: int, days: int) -> int:
    """Return the pages for one direction, half of them again as reserve; at least the smallest book."""
    groups = -(-GROUPS_PER_TEN_WORDS * words // 10) + FRAME_GROUPS
    whole = -(-groups // PAGE_GROUPS) * messages_a_day * days
    return max(MIN_PAGES, -(-3 * whole // 2))


def books_needed(pages: int) -> int:
    """Return over how many books so many pages are spread."""
    return -(-pages // MAX_PAGES)


def days_left(ready: int, used_at: Sequence[int], now: int) -> int | None:
    """Return how many days the pages in hand last at the pace of the last 30 days; None when none was used in them."""
    recent = [at for at in used_at if now - LOW_DAYS * DAY_S < at <= now]
    return ready * LOW_DAYS // len(recent) if recent else None


def is_low(ready: int, used_at: Sequence[int], now: int) -> bool:
    """Say whether the next books should be asked for: less than 30 days, or nothing left at all."""
    left = days_left(ready, used_at, now)
    return ready == 0 or (left is not None and left < LOW_DAYS)
