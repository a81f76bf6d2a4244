"""Texts that hold packets by hand: which lines are letters, groups or base45, and what belongs together.

A line of letters is a packet by itself; lines of groups are one packet up to the next remark; parts in base45 are
sorted by the packet that they name. Source: docs/spec/groups.md 9.
"""

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import assert_never

from secmsg.errors import FormatError
from secmsg.wire import base45_text, groups, thin_lines
from secmsg.wire.groups import Recovered, Wanted

MAX_TEXT = 2**20
MAX_WRITTEN = 512
"""Packets that one text may hold."""
_ALONE = 40
"""A line of more groups than this is a packet by itself."""
_OF_GROUPS = re.compile(r"[0-9\s.,:;|()=?*_‐-―-]+")
_REPAIR = re.compile(r"\s*(A|B|[0-9]{1,3})=", re.IGNORECASE)
_FIVE = 5


class Form(Enum):
    """How a packet is written."""

    LETTERS = "letters"
    GROUPS = "groups"
    BASE45 = "base45"


@dataclass(frozen=True, slots=True)
class Written:
    """One packet as it is written: its lines in the text, counted from 1."""

    form: Form
    first: int
    last: int
    text: str = field(repr=False)

    @property
    def name(self) -> str:
        """Say where it stands."""
        return f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"


def found(text: str) -> tuple[Written, ...]:
    """Sort the lines of a text into packets; FormatError where it is too long or would hold too many."""
    if len(text) > MAX_TEXT:
        raise FormatError(f"the text is longer than {MAX_TEXT} characters")
    blocks: list[tuple[Form, list[tuple[int, str]]]] = []
    parts: dict[tuple[str, str], list[tuple[int, str]]] = {}
    goes_on = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            goes_on = False
        elif base45_text.is_part(line):
            parts.setdefault(_packet_of(line), []).append((number, line))
        elif _REPAIR.match(line) and blocks and blocks[-1][0] is Form.GROUPS:
            blocks[-1][1].append((number, line))
        elif line.strip():
            form = Form.GROUPS if _is_groups(line) else Form.LETTERS
            if not goes_on or form is Form.LETTERS or _is_alone(line):
                blocks.append((form, []))
            blocks[-1][1].append((number, line))
            goes_on = form is Form.GROUPS and not _is_alone(line)
    blocks += [(Form.BASE45, lines) for lines in parts.values()]
    if len(blocks) > MAX_WRITTEN:
        raise FormatError(f"the text holds more than {MAX_WRITTEN} packets")
    each = (Written(form, lines[0][0], lines[-1][0], "\n".join(line for _, line in lines)) for form, lines in blocks)
    return tuple(sorted(each, key=lambda packet: packet.first))


def read(written: Written) -> Recovered | Wanted:
    """Return the packet, or the groups to ask for; FormatError for letters and parts that are wrong."""
    match written.form:
        case Form.LETTERS:
            return Recovered(thin_lines.read(written.text))
        case Form.BASE45:
            return Recovered(base45_text.joined(map(base45_text.decode, written.text.split("\n"))))
        case Form.GROUPS:
            return groups.decode(written.text)
        case _:
            assert_never(written.form)


def _packet_of(line: str) -> tuple[str, str]:
    """Return how many parts a line says there are, and the check of its packet."""
    head, _, rest = line.strip().upper().partition(":")
    return head.partition("/")[2], rest[:3]


def _is_groups(line: str) -> bool:
    """Say whether a line is of groups: of figures and marks alone, or mostly of signs in fives."""
    if _OF_GROUPS.fullmatch(line) or _REPAIR.match(line):
        return True
    tokens = line.split()
    return 2 * sum(len(token) == _FIVE for token in tokens) >= len(tokens)


def _is_alone(line: str) -> bool:
    return len(re.sub(r"\s", "", line)) > _ALONE * _FIVE
