"""The header of a message, in clear: seven groups of figures that say which page, how many groups, which tags.

    serial · page · day and month · hour and minute · year, tags, parity · count · column sums of these six

Source: docs/spec/manual.md 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from secmsg.errors import FormatError, HeaderWrong
from secmsg.manual.checks import checked, column_sums, fitting_seed
from secmsg.manual.judging import MAX_COUNT
from secmsg.manual.pad import GROUP, PAGE_GROUPS, is_figures, page_number, page_serial
from secmsg.manual.tag import MAX_NUMBER

MAX_PAGES = MAX_COUNT // PAGE_GROUPS
"""Pages of the longest message."""

MAX_TAGS = 2

SERIAL, PAGE, DAY, HOUR, FORM, COUNT, SUMS = range(1, 8)
"""The groups by their numbers, from 1 as on the form."""

EARLIEST, LATEST = 946_684_800, 4_102_444_740
"""First and last minute that a header can say (2000 to 2099), seconds since 1970, UTC."""


@dataclass(frozen=True, slots=True)
class Header:
    """What travels in clear.

    `serial` 1 to 99 999, never twice under one book; `pages` the numbers of the consecutive pages; `at` UTC
    seconds of a whole minute; `count` groups without parity groups and tags, 1 to 960; `parity` whether each row
    has an eleventh group; `tags` 1 or 2, 2 beyond one page. The tag covers serial, count and, by its mask, the
    first page; that proves the others. It does not cover `at`: the hour that counts stands in the text.
    """

    serial: int
    pages: tuple[str, ...]
    at: int
    count: int
    parity: bool
    tags: int


def pages_for(count: int) -> int:
    """Return how many pages a message of `count` groups takes."""
    return -(-count // PAGE_GROUPS)


def following(first: str, count: int) -> tuple[str, ...]:
    """Return the numbers of the pages of a message whose first page is `first`; FormatError where the book ends."""
    serial = page_serial(first)
    return tuple(page_number(serial + place) for place in range(pages_for(count)))


def check_header(header: Header) -> None:
    """Refuse a header whose fields do not fit each other (FormatError), numbered as in manual.md 3."""
    # 1, 2: bounds
    if not 1 <= header.serial <= MAX_NUMBER:
        raise FormatError(f"the serial is 1 to {MAX_NUMBER}")
    if not 1 <= header.count <= MAX_COUNT:
        raise FormatError(f"a message has 1 to {MAX_COUNT} groups")
    # 3: consecutive pages, as many as the groups need; so the first page's mask and the count bind them all
    if not header.pages or header.pages != following(header.pages[0], header.count):
        raise FormatError("the pages are not consecutive, or not as many as the groups need")
    # 4: one or two tags, two beyond one page
    if header.tags not in (1, MAX_TAGS) or (header.tags == 1 and header.count > PAGE_GROUPS):
        raise FormatError("a message has one or two authentication groups, and two when it is longer than a page")
    # 5: a minute of this century
    if not EARLIEST <= header.at <= LATEST or header.at % 60:
        raise FormatError("the header's time is a whole minute from 2000 to 2099")


def written(header: Header) -> tuple[str, ...]:
    """Return the seven groups; FormatError for a header whose fields do not fit each other."""
    check_header(header)
    at = datetime.fromtimestamp(header.at, UTC)
    groups = (
        f"{header.serial:05}",
        header.pages[0],
        checked(f"{at:%d%m}", DAY - 1),
        checked(f"{at:%H%M}", HOUR - 1),
        checked(f"{at:%y}{header.tags}{int(header.parity)}", FORM - 1),
        f"{header.count:05}",
    )
    return (*groups, column_sums(groups))


def read(groups: Sequence[str]) -> Header:
    """Return the header that seven groups say; HeaderWrong names those to ask for."""
    wrong = _wrong(groups)
    if wrong:
        raise HeaderWrong(wrong)
    serial, page, day, hour, form, count, _ = groups
    try:
        at = datetime(2000 + int(form[:2]), int(day[2:4]), int(day[:2]), int(hour[:2]), int(hour[2:4]), tzinfo=UTC)
    except ValueError:
        raise HeaderWrong((DAY, HOUR)) from None
    try:
        pages = following(page, int(count))
        header = Header(int(serial), pages, int(at.timestamp()), int(count), form[3] == "1", int(form[2]))
        check_header(header)
    except FormatError:
        # Sums and check figures fit, so this is no slip of the line: the sender has made it so.
        raise HeaderWrong((SERIAL, PAGE, FORM, COUNT)) from None
    return header


def _wrong(groups: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of the groups that do not fit; where only the sums contradict, all that they alone check."""
    wrong = [number for number, group in enumerate(groups, 1) if not is_figures(group, GROUP)]
    if wrong or len(groups) != SUMS:
        return tuple(wrong) or tuple(range(len(groups) + 1, SUMS + 1)) or (SUMS,)
    for number, start in ((PAGE, 0), (DAY, DAY - 1), (HOUR, HOUR - 1), (FORM, FORM - 1)):
        if fitting_seed(groups[number - 1]) != start:
            wrong.append(number)
    if not wrong and (groups[FORM - 1][3] not in "01" or column_sums(groups[:COUNT]) != groups[SUMS - 1]):
        wrong = [SERIAL, COUNT, SUMS]
    return tuple(wrong)
