"""Pages and authentication sheets typed from paper, of books whose figures are not held here.

    page 00017
    4279 3164 1335 …          its keys, in whole strips of thirty
    masks 92653 58979
    check 4821                the page check, or one check for each strip, as printed
    sheet 31415               r of the authentication sheet: entry 01 of its table B; a second line for a second sheet

Source: docs/spec/by-hand.md 9. The checks are what catches a misreading. What is typed is kept nowhere.
"""

import hmac
from collections.abc import Sequence

from secmsg.errors import FormatError
from secmsg.manual import pad, tag
from secmsg.manual.pad import CODE, PAGE_GROUPS, Page
from secmsg.manual.tag import Sheet
from secmsg.station.hand_sending import Typed

MAX_TEXT = 2**15


def read(text: str) -> Typed:
    """Return what was typed; FormatError, without a figure of it, names the page and what does not fit."""
    if len(text) > MAX_TEXT:
        raise FormatError("this is longer than the pages of any message")
    blocks: list[list[list[str]]] = []
    sheets: list[Sheet] = []
    for line in text.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "sheet":
            sheets.append(_sheet(words[1:]))
        elif words[0] == "page":
            blocks.append([words])
        elif blocks:
            blocks[-1].append(words)
        else:
            raise FormatError("keys stand below the number of their page")
    if not blocks or not sheets:
        raise FormatError("a page and an authentication sheet are needed")
    return Typed(tuple(_page(block) for block in blocks), tuple(sheets))


def _sheet(words: Sequence[str]) -> Sheet:
    if len(words) != 1 or not pad.is_figures(words[0], 5):
        raise FormatError("a sheet's secret has five figures")
    return tag.sheet(int(words[0]))


def _page(block: Sequence[Sequence[str]]) -> Page:
    if len(block[0]) != 2:
        raise FormatError("a page has a number of five figures")
    serial = pad.page_serial(block[0][1])
    keys = [word for words in block[1:] if words[0] not in ("masks", "check") for word in words]
    masks = [word for words in block[1:] if words[0] == "masks" for word in words[1:]]
    checks = [word for words in block[1:] if words[0] == "check" for word in words[1:]]
    if len(masks) != 2:
        raise FormatError(f"page {block[0][1]}: a page has two masks of five figures")
    found = pad.page(serial, keys, (masks[0], masks[1]))
    printed = (pad.page_check(found),) if len(keys) == PAGE_GROUPS and len(checks) == 1 else pad.strip_checks(found)
    if any(not pad.is_figures(each, CODE) for each in checks) or len(checks) != len(printed):
        raise FormatError(f"page {found.number}: its check is printed on it: one for the page, or one for each strip")
    if not hmac.compare_digest("".join(checks).encode(), "".join(printed).encode()):
        raise FormatError(f"page {found.number}: the check does not fit: a figure was misread")
    return found
