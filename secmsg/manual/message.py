"""A message of the hand cipher: header in clear, groups, parity groups, tags; and the two acts, encipher and decipher.

    code --(+ key, no carry)-- cipher --(+ check figure)-- group --(all, in order)-- tag

Source: docs/spec/manual.md 3 to 6. Pages and sheets are given and stay the caller's: that a page is spent before a
message made with it is shown to anyone, that a used page or one of the other direction is refused, and that it is
destroyed, is settled in `station/`.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from secmsg.errors import FormatError, GroupsWrong, NotAllowed, TagMismatch, TagUnwritable, WrongPage
from secmsg.manual import checks
from secmsg.manual.header import Header, check_header
from secmsg.manual.judging import judge_placed
from secmsg.manual.pad import CODE, PAGE_GROUPS, Page, add, is_figures, subtract
from secmsg.manual.tag import Sheet, tag


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, in groups of 5 figures: `header.count` groups, a parity group for each row or none, the tags."""

    header: Header
    groups: tuple[str, ...]
    parities: tuple[str, ...]
    tags: tuple[str, ...]


def encipher(
    codes: Sequence[str], pages: Sequence[Page], sheets: Sequence[Sheet], *, serial: int, at: int, parity: bool = False
) -> Message:
    """Return the message that holds these codes (4 figures each).

    `pages` as many as needed, consecutive; `sheets` the book's, one for each tag. FormatError for a code, header
    or page that does not fit; NotAllowed beyond one page with one sheet; TagUnwritable, after which these pages
    are void all the same.
    """
    header = outgoing(codes, pages, sheets, serial=serial, at=at, parity=parity)
    keys = keys_of(pages, len(codes))
    groups = tuple(
        checks.sent(add(code, key), place) for place, (code, key) in enumerate(zip(codes, keys, strict=True))
    )
    return Message(header, groups, checks.parities(groups) if parity else (), _tags(header, groups, pages[0], sheets))


def outgoing(
    codes: Sequence[str], pages: Sequence[Page], sheets: Sequence[Sheet], *, serial: int, at: int, parity: bool
) -> Header:
    """Return the header of a message that is to be made; the errors of `encipher` for what does not fit."""
    for place, code in enumerate(codes):
        if not is_figures(code, CODE):
            raise FormatError(f"code {place + 1} has not four figures")
    if len(codes) > PAGE_GROUPS and len(sheets) == 1:
        raise NotAllowed("a message longer than one page has two authentication groups, and this book has one sheet")
    header = Header(serial, tuple(page.number for page in pages), at, len(codes), parity, len(sheets))
    check_header(header)
    return header


def decipher(message: Message, pages: Sequence[Page], sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return the codes, after everything else was found right; not one of them before.

    `sheets` are what the receiver demands, and never what the header says: a message that had two tags does not
    pass with one. FormatError for the header; WrongPage; NotAllowed for another number of tags than demanded;
    GroupsWrong with the places to ask for; TagMismatch.
    """
    header = message.header
    # 1, 2: the header, the pages that it names, and the tags that are demanded
    keys = check_keys(header, pages, sheets)
    # 3: every group in its place
    _check_groups(message)
    # 4: the tags
    if len(message.tags) != len(sheets) or not _verified(message, pages[0], sheets):
        raise TagMismatch
    # 5: and only now the codes
    return tuple(subtract(group[:CODE], key) for group, key in zip(message.groups, keys, strict=True))


def check_keys(header: Header, pages: Sequence[Page], sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return the keys for a message that came; FormatError, WrongPage or NotAllowed where these are not the ones."""
    check_header(header)
    if tuple(page.number for page in pages) != header.pages:
        raise WrongPage("the message names page " + ", ".join(header.pages) + ", and this is another")
    if header.tags != len(sheets):
        raise NotAllowed(f"the message has {header.tags} authentication groups, and this book demands {len(sheets)}")
    return keys_of(pages, header.count)


def keys_of(pages: Sequence[Page], count: int) -> tuple[str, ...]:
    """Return the keys of so many groups: full pages, and of the last one as many as are needed; else FormatError."""
    if any(len(page.keys) != PAGE_GROUPS for page in pages[:-1]):
        raise FormatError("of a longer message every page but the last is needed whole")
    keys = tuple(key for page in pages for key in page.keys)[:count]
    if len(keys) != count:
        raise FormatError(f"the strips at hand end after group {len(keys)} of {count}")
    return keys


def _check_groups(message: Message) -> None:
    header = message.header
    expected = (header.count, checks.rows(header.count) if header.parity else 0)
    if (len(message.groups), len(message.parities)) != expected:
        raise FormatError(f"the header says {header.count} groups, and there are {len(message.groups)}")
    judged = judge_placed(message.groups, message.parities)
    if not judged.whole:
        raise GroupsWrong(judged.ask)


def _tags(header: Header, groups: Sequence[str], first: Page, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return one tag for each sheet, the first with s and the second with s′."""
    return tuple(tag(sheet, mask, header.serial, groups) for sheet, mask in zip(sheets, first.masks, strict=False))


def _verified(message: Message, first: Page, sheets: Sequence[Sheet]) -> bool:
    try:
        right = "".join(_tags(message.header, message.groups, first, sheets))
    except TagUnwritable:
        # Then nobody has sent it: the sender's page would have been void.
        return False
    return hmac.compare_digest(right.encode(), "".join(message.tags).encode())
