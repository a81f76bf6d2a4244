"""A message as text for any line: figures, spaces and line ends alone; and what comes in, read with patience.

    00104 00427 26111 11127 26100 00005 53854 the header
    50120 92846 13600 77214 99993             ten groups a line, an eleventh where there is parity
    34989                                     the tags

Source: docs/spec/manual.md 7.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from secmsg.errors import FormatError, GroupsWrong, HeaderWrong
from secmsg.manual import cells, header
from secmsg.manual.cells import Alphabet, Fault
from secmsg.manual.checks import COLUMNS, fits, parities
from secmsg.manual.header import SUMS, Header
from secmsg.manual.judging import Judgement, judge, repair
from secmsg.manual.message import Message
from secmsg.manual.pad import GROUP

MAX_TEXT = 16_384
"""Longest text in characters: twice the longest message."""

_BETWEEN = re.compile(r"[\s,;/|]+")
_LABEL = re.compile(r"(\d{1,2})[.:)]?")


@dataclass(frozen=True, slots=True)
class Reception:
    """What came in.

    `cells` everything after the header as it was read (figures where it stood for figures), `faults` what is wrong
    with one by itself, by its place in `cells`; `judgement` where each belongs; `alphabet` what letters were.
    """

    header: Header
    cells: tuple[str, ...]
    faults: tuple[tuple[int, Fault], ...]
    judgement: Judgement
    alphabet: Alphabet | None

    def message(self) -> Message:
        """Return the message, repaired where that needs nobody; GroupsWrong with the places to ask for."""
        return message(self.header, repair(self.judgement))


def message(header: Header, judgement: Judgement) -> Message:
    """Return the message of a header and a whole judgement; GroupsWrong with the places to ask for.

    Parity groups are written anew, since all that they check fits; a tag that did not come does not verify.
    """
    if not judgement.whole:
        raise GroupsWrong(judgement.ask)
    parity = parities(judgement.groups) if header.parity else ()
    return Message(header, judgement.groups, parity, judgement.tags)


def write(message: Message) -> str:
    """Return the canonical text, with a line end after its last line."""
    lines = [header.written(message.header)]
    for start in range(0, len(message.groups), COLUMNS):
        row = start // COLUMNS
        lines.append((*message.groups[start : start + COLUMNS], *message.parities[row : row + 1]))
    return "".join(" ".join(line) + "\n" for line in (*lines, message.tags))


def read(text: str) -> Reception:
    """Read a message as it was typed, pasted or received.

    Accepted beside the canonical text: any spaces, line ends, commas, semicolons, bars and strokes between groups,
    or none between groups of five figures; line numbers before rows; full-width figures; the letters of
    `cells.py`, of the alphabet that fits best; "?", "-", "_", "." or "*" for a group that was not heard.
    FormatError for nothing and for too much; HeaderWrong with the header's groups to ask for.
    """
    if len(text) > MAX_TEXT:
        raise FormatError("this is longer than any message")
    raw = [[token for token in _BETWEEN.split(line) if token] for line in text.splitlines()]
    lines = [line for line in raw if line]
    if not lines:
        raise FormatError("no group was entered")
    readings, refused = [], None
    for alphabet in cells.alphabets(token for line in lines for token in line):
        tokens = _groups([[cells.plain(token, alphabet) for token in line] for line in lines])
        try:
            readings.append((header.read(tokens[:SUMS]), tuple(tokens[SUMS:]), alphabet))
        except HeaderWrong as error:
            refused = refused or error
    if not readings:
        raise refused or FormatError("no group was entered")
    return _judged(*max(readings, key=lambda reading: _fitting(reading[1])))


def _fitting(body: Sequence[str]) -> tuple[int, int]:
    """Return how many cells have five figures, and how many fit where they stand: the right alphabet has the most."""
    return sum(cells.fault(cell) is None for cell in body), sum(fits(cell, at) for at, cell in enumerate(body))


def _judged(head: Header, body: tuple[str, ...], alphabet: Alphabet | None) -> Reception:
    faults = tuple((place, fault) for place, cell in enumerate(body) if (fault := cells.fault(cell)))
    judged = judge(body, head.count, parity=head.parity, tags=head.tags)
    return Reception(head, body, faults, judged, alphabet)


def _groups(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return the groups of all lines: line numbers left out, runs of figures cut into fives."""
    groups: list[str] = []
    for number, line in enumerate(lines):
        label = _LABEL.fullmatch(line[0])
        for token in line[1 if label and int(label[1]) == number else 0 :]:
            whole = token.isascii() and token.isdigit() and len(token) % GROUP == 0
            groups += [token[at : at + GROUP] for at in range(0, len(token), GROUP)] if whole else [token]
    return groups
