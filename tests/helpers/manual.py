"""Pages, sheets and codes of the hand cipher for tests: drawn from seeds, never from chance."""

from secmsg.manual.pad import PAGE_GROUPS, Page, page
from tests.helpers.seeded_random import seeded

AT = 1_795_691_520
"""26 November 2026, 11:12 UTC."""

FROZEN_CODES = ("1843", "6120", "0035", "0104", "7777")
FROZEN_KEYS = ("4279", "3164", "1335", "7627", "2222")


def codes(seed: bytes, count: int) -> tuple[str, ...]:
    """Return so many codes of four figures."""
    draw = seeded(seed)
    return tuple(f"{int.from_bytes(draw(8)) % 10_000:04}" for _ in range(count))


def pages(seed: bytes, first: int, count: int) -> list[Page]:
    """Return consecutive pages, whole."""
    return [_page(seed + bytes([place]), first + place) for place in range(count)]


def _page(seed: bytes, serial: int) -> Page:
    draw = seeded(b"mask" + seed)
    masks = tuple(f"{int.from_bytes(draw(8)) % 100_000:05}" for _ in range(2))
    return page(serial, codes(seed, PAGE_GROUPS), (masks[0], masks[1]))
