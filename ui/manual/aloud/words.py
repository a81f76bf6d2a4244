"""What the window for reading aloud says."""

from typing import assert_never

from ui.language import tr
from ui.manual.aloud.state import LineKind, ReadLine


def title(line: ReadLine) -> str:
    """Name a line."""
    match line.kind:
        case LineKind.HEADER:
            return tr("Header, in clear")
        case LineKind.ROW:
            return tr("Line {n}", n=line.number)
        case LineKind.TAGS:
            return tr("Tag group")
        case _:
            assert_never(line.kind)
