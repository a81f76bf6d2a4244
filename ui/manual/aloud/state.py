"""What the window for reading aloud knows: the lines, which one is in hand, which were read back."""

from dataclasses import dataclass, field, replace
from enum import Enum

from secmsg.manual import header
from secmsg.manual.message import Message
from ui.manual.sheet import COLUMNS


class LineKind(Enum):
    """What a line of the message is."""

    HEADER = "header"
    ROW = "row"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it is spoken: what it is, its number from 1 (rows only), its groups."""

    kind: LineKind
    number: int
    groups: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadState:
    """Which line is in hand, from 0, and which were read back and found right."""

    lines: tuple[ReadLine, ...]
    at: int = 0
    read_back: frozenset[int] = frozenset()

    @property
    def line(self) -> ReadLine:
        """The line in hand."""
        return self.lines[self.at]

    @property
    def all_ticked(self) -> bool:
        """Whether every line was read back."""
        return len(self.read_back) == len(self.lines)

    def walked(self, step: int) -> "ReadState":
        """Go on, to the ends at most."""
        return replace(self, at=max(0, min(len(self.lines) - 1, self.at + step)))

    def ticked(self) -> "ReadState":
        """Note that the line in hand is right and take the next that was not read back, if any."""
        done = self.read_back | {self.at}
        ahead = [*range(self.at + 1, len(self.lines)), *range(self.at)]
        return replace(self, read_back=done, at=next((at for at in ahead if at not in done), self.at))


def lines_of(message: Message) -> tuple[ReadLine, ...]:
    """Cut a message into the lines in which it is spoken: header, rows with their parity groups, tags."""
    rows = [
        ReadLine(
            LineKind.ROW, at // COLUMNS + 1, message.groups[at : at + COLUMNS] + message.parities[at // COLUMNS :][:1]
        )
        for at in range(0, len(message.groups), COLUMNS)
    ]
    head = ReadLine(LineKind.HEADER, 0, header.written(message.header))
    return head, *rows, ReadLine(LineKind.TAGS, 0, message.tags)
