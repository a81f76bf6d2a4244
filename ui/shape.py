"""The shape of the main window as the officer left it: the splitter and the columns, as one line of a setting."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_SHARE = 1000
_SPLIT = re.compile(r"split=(\d{1,4})")
_COLUMN = re.compile(r"([a-z]{1,10})\.(\d{1,2})=(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Shape:
    """`split` is the list's share of the height in thousandths (None: as built); `widths` by place and column."""

    split: int | None = None
    widths: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


def write(shape: Shape) -> str:
    """Give the line to keep."""
    parts = [] if shape.split is None else [f"split={shape.split}"]
    parts += [
        f"{place}.{column}={width}"
        for place, columns in sorted(shape.widths.items())
        for column, width in sorted(columns.items())
    ]
    return ";".join(parts)


def read(line: str | None) -> Shape:
    """Take a line kept; parts that mean nothing are passed over."""
    split: int | None = None
    widths: dict[str, dict[int, int]] = {}
    for part in (line or "").split(";"):
        if found := _SPLIT.fullmatch(part):
            share = int(found[1])
            split = share if 0 < share < MAX_SHARE else split
        elif found := _COLUMN.fullmatch(part):
            widths.setdefault(found[1], {})[int(found[2])] = int(found[3])
    return Shape(split, widths)
