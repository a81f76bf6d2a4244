"""The pad file: the figures of one copy of a pad book or challenge list on their way to the other end.

Source: docs/spec/materials.md 7. It is sealed under a code that is carried another way, taken in once, and destroyed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.ids import StationId
from secmsg.wire import codec
from secmsg.wire.codec import Fields, Value

MAX_BYTES = 2**19
SET_ID_SIZE = 16
MAX_TITLE = 40
MAX_EDITION = 9_999
MAX_PAGE = 9_999
MAX_ROWS = 990
PAD, CHALLENGES = 1, 2
PAGE_FIGURES, SHEET_FIGURES, LINE_FIGURES = 490, 5, 8
MAX_SHEETS = 2

_VERSION = 1
_NO_SHEET = "00000"


@dataclass(frozen=True, slots=True)
class PadFile:
    """One copy as its holder gets it.

    `kind` is PAD or CHALLENGES, `copy` 1 (its holder sends, or asks) or 2. `drawer` drew it, `holder` gets it.
    `rows` are the pages' 490 figures each from page `first` on, or the lines' eight; `sheets` the secrets of a book.
    """

    kind: int
    set_id: bytes
    title: str
    edition: int
    copy: int
    drawer: StationId
    holder: StationId
    training: bool
    first: int
    made_at: int
    rows: tuple[str, ...] = field(repr=False)
    sheets: tuple[str, ...] = field(default=(), repr=False)


def encode(pad: PadFile) -> bytes:
    """Return the canonical bytes; FormatError where a bound does not hold."""
    whole: dict[int, Value] = {
        0: _VERSION, 1: pad.kind, 2: pad.set_id, 3: pad.title, 4: pad.edition, 5: pad.copy, 6: pad.drawer,
        7: pad.holder, 8: pad.training, 9: pad.first, 10: pad.made_at, 11: list(pad.rows),
    }  # fmt: skip
    if pad.sheets:
        whole[12] = list(pad.sheets)
    encoded = codec.encode(whole)
    decode(encoded)  # what leaves here is what the other end takes
    return encoded


def decode(data: bytes) -> PadFile:
    """Return the copy; FormatError, without a figure of it, unless every byte is as docs/spec/materials.md says."""
    fields = Fields(codec.decode(data, max_bytes=MAX_BYTES), "pad file")
    fields.uint(0, _VERSION, _VERSION)
    kind = fields.uint(1, PAD, CHALLENGES)
    pad = PadFile(
        kind,
        fields.raw(2, SET_ID_SIZE),
        fields.text(3, 1, MAX_TITLE),
        fields.uint(4, 1, MAX_EDITION),
        fields.uint(5, 1, 2),
        StationId(fields.uint(6, 1, 0xFFFF)),
        StationId(fields.uint(7, 1, 0xFFFF)),
        fields.flag(8),
        fields.uint(9, 1, MAX_PAGE),
        fields.uint(10, 0, codec.MAX_TIME),
        _figures(fields.array(11, 1, MAX_ROWS), PAGE_FIGURES if kind == PAD else LINE_FIGURES),
        _figures(fields.array_or_empty(12, MAX_SHEETS), SHEET_FIGURES),
    )
    fields.done()
    if pad.first + len(pad.rows) - 1 > MAX_PAGE or pad.drawer == pad.holder:
        raise FormatError("pad file: pages beyond the last number, or one end only")
    if (kind == PAD) != bool(pad.sheets) or _NO_SHEET in pad.sheets:
        raise FormatError("pad file: a book has sheets and a list has none")
    return pad


def _figures(values: Sequence[Value], count: int) -> tuple[str, ...]:
    found: list[str] = []
    for value in values:
        # Not `as_text`: its refusals count characters, and no refusal here says anything of a figure.
        if not (isinstance(value, str) and len(value) == count and value.isascii() and value.isdigit()):
            raise FormatError(f"pad file: a row without its {count} figures")
        found.append(value)
    return tuple(found)
