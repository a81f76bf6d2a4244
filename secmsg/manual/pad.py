"""A page of the pad: key groups, two masks, and the arithmetic without carry.

    cipher figure = (code figure + key figure) mod 10        code figure = (cipher figure - key figure) mod 10

Source: docs/spec/manual.md 2. Key figures and masks are secrets: hidden in every repr, in no error text. Nothing
here draws them; `station/pads.py` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from secmsg.digits import damm
from secmsg.errors import FormatError

PAGE_GROUPS = 120
"""Key groups on a page: twelve rows of ten."""

STRIP = 30
"""Key groups on one perforated strip."""

CODE = 4
"""Figures of a code, of a key group and of a cipher group."""

GROUP = 5
"""Figures of a sent group, of a page's number, of a mask and of a tag."""

_MAX_SERIAL = 9_999
_MODULUS = 9_973  # as in docs/spec/digits.md 1: the largest prime below 10 000


@dataclass(frozen=True, slots=True)
class Page:
    """One page: for one message, once.

    `number` 5 figures, its serial and Damm's figure; `keys` its groups of 4 figures, 120 of them, or the whole
    strips (30, 60, 90) that were typed from paper; `masks` two of 5 figures, s and s′. Made by `page`.
    """

    number: str
    keys: tuple[str, ...] = field(repr=False)
    masks: tuple[str, str] = field(repr=False)


def page(serial: int, keys: Sequence[str], masks: tuple[str, str]) -> Page:
    """Return a page; FormatError, without a figure of it, for a serial, a key group or a mask that is none."""
    number = page_number(serial)
    if not 0 < len(keys) <= PAGE_GROUPS or len(keys) % STRIP:
        raise FormatError(f"page {number}: a page has whole strips of {STRIP} groups, four at most")
    for place, key in enumerate(keys):
        if not is_figures(key, CODE):
            raise FormatError(f"page {number}: key group {place + 1} has not four figures")
    if not all(is_figures(mask, GROUP) for mask in masks):
        raise FormatError(f"page {number}: a page has two masks of five figures")
    return Page(number, tuple(keys), masks)


def is_figures(text: str, count: int) -> bool:
    """Say whether `text` is `count` of the figures 0 to 9 of ASCII."""
    # Not str.isdigit alone: other scripts have digits too.
    return len(text) == count and text.isascii() and text.isdigit()


def page_number(serial: int) -> str:
    """Return a page's number in five figures: its serial (1 to 9 999) and Damm's figure over it."""
    if not 1 <= serial <= _MAX_SERIAL:
        raise FormatError(f"a page's serial is 1 to {_MAX_SERIAL}")
    return f"{serial:04}{damm(map(int, f'{serial:04}'))}"


def page_serial(number: str) -> int:
    """Return the serial in a page's number; FormatError where the figures do not fit each other."""
    if not is_figures(number, GROUP) or damm(map(int, number)) or number.startswith("0000"):
        raise FormatError("this is no page's number: compare it with the page")
    return int(number[:CODE])


def add(code: str, key: str) -> str:
    """Encipher one group: figure by figure, without carry."""
    return "".join(str((int(a) + int(b)) % 10) for a, b in zip(code, key, strict=True))


def subtract(cipher: str, key: str) -> str:
    """Decipher one group: figure by figure, without borrowing."""
    return "".join(str((int(a) - int(b)) % 10) for a, b in zip(cipher, key, strict=True))


def page_check(page: Page) -> str:
    """Return four figures over everything that is on the page: key groups, then masks, weighted by place.

    Printed on the secret page to catch a bad print or a slip in typing it off. It is made of key figures: it is
    never sent, never logged, and kept only where the page's figures are.
    """
    return _weighed((*page.keys, *page.masks))


def strip_checks(page: Page) -> tuple[str, ...]:
    """Return four figures for each strip, printed at its end; that of the first strip counts the masks too.

    As secret as `page_check`, for the officer who types off one strip and not the page.
    """
    strips = [page.keys[start : start + STRIP] for start in range(0, len(page.keys), STRIP)]
    return tuple(_weighed((*strip, *(page.masks if place == 0 else ()))) for place, strip in enumerate(strips))


def _weighed(groups: Sequence[str]) -> str:
    # No wrong figure and no swap of two groups leaves it as it was: the modulus is prime and larger than every place.
    return f"{sum(place * int(group) for place, group in enumerate(groups, 1)) % _MODULUS:04}"
