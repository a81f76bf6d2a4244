"""Pages, sheets and codes of the hand cipher for tests: drawn from seeds, never from chance."""

import random
from pathlib import Path

from secmsg.manual import syllabary_file
from secmsg.manual.pad import PAGE_GROUPS, STRIP, Page, page, page_number
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


def quick_message(seed: int) -> tuple[tuple[str, ...], Page, list[int], int, bool]:
    """Return codes (1 to 16), a page of one strip, one or two secrets, a serial, parity: for very many messages."""
    chance = random.Random(seed)
    count, tags = chance.randint(1, 16), chance.randint(1, 2)
    figures = f"{chance.randrange(10 ** (4 * (count + STRIP) + 10)):0{4 * (count + STRIP) + 10}}"
    fours = [figures[at : at + 4] for at in range(0, len(figures) - 10, 4)]
    page_ = Page(page_number(chance.randint(1, 9_999)), tuple(fours[count:]), (figures[-10:-5], figures[-5:]))
    secrets = [chance.randint(1, 99_999) for _ in range(tags)]
    return tuple(fours[:count]), page_, secrets, chance.randint(1, 99_999), bool(chance.getrandbits(1))


SYLLABARY = syllabary_file.parse(
    (Path(__file__).resolve().parents[2] / "resources" / "codebook" / "syllabary-01.tsv").read_text("utf-8")
)
