"""The worksheet: the very cells of the paper, filled by the steps of the hand, in rows of ten.

    column      1     2     3   …            seed      (column + row) mod 10
    code      0002  9671  6842               key       of the page
    cipher    2993  8087  5024               check     Damm's figure
    running   after this group, for each tag

Source: docs/spec/manual.md 2 to 6. One form for both directions; what is not known yet is "". Windows and papers show
these values and work out nothing. All figures but seeds, ciphers and checks are secrets: hidden in every repr.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from secmsg.errors import HandError
from secmsg.manual import checks, message
from secmsg.manual.checks import COLUMNS
from secmsg.manual.header import Header
from secmsg.manual.judging import Judgement
from secmsg.manual.message import Message
from secmsg.manual.pad import CODE, Page, add, subtract
from secmsg.manual.tag import MODULUS, Sheet, Step, covered, step


class Direction(StrEnum):
    """Which way the sheet is worked."""

    ENCIPHER = "encipher"
    DECIPHER = "decipher"


@dataclass(frozen=True, slots=True)
class Cell:
    """One group's column: `place` from 0, code, key and cipher of 4 figures, check of 1, `running` for each tag."""

    place: int
    seed: int
    code: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    cipher: str = ""
    check: str = ""
    running: tuple[str, ...] = field(default=(), repr=False)

    @property
    def group(self) -> str:
        """What is sent."""
        return self.cipher + self.check


@dataclass(frozen=True, slots=True)
class Row:
    """A row from 0: its cells, its parity group ("" for none), the running values it is entered and left with."""

    number: int
    cells: tuple[Cell, ...]
    parity: str = ""
    entered: tuple[str, ...] = field(default=(), repr=False)
    left: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The whole sheet.

    `columns` holds for each tag its lines, one for serial, count and every group as far as these are known; `masks`
    what is added after the last; `worked` the tags as worked out here, `tags` those that are sent or came.
    `verified`: outgoing always; incoming when every tag agrees, and only then it has codes.
    """

    direction: Direction
    header: Header
    rows: tuple[Row, ...]
    columns: tuple[tuple[Step, ...], ...] = field(default=(), repr=False)
    masks: tuple[str, ...] = field(default=(), repr=False)
    worked: tuple[str, ...] = field(default=(), repr=False)
    tags: tuple[str, ...] = ()
    verified: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell in order."""
        return tuple(cell for row in self.rows for cell in row.cells)

    def message(self) -> Message:
        """Return what the sheet sends."""
        parities = tuple(row.parity for row in self.rows if row.parity)
        return Message(self.header, tuple(cell.group for cell in self.cells), parities, self.tags)


def enciphering(
    codes: Sequence[str], pages: Sequence[Page], sheets: Sequence[Sheet], *, serial: int, at: int, parity: bool = False
) -> Worksheet:
    """Return the filled sheet of an outgoing message; bounds and errors are those of `message.encipher`."""
    header = message.outgoing(codes, pages, sheets, serial=serial, at=at, parity=parity)
    keys = message.keys_of(pages, len(codes))
    ciphers = [add(code, key) for code, key in zip(codes, keys, strict=True)]
    groups = [checks.sent(cipher, place) for place, cipher in enumerate(ciphers)]
    columns = _columns(header, groups, sheets)
    masks = pages[0].masks[: len(sheets)]
    tags = tuple(covered(column[-1].value, mask) for column, mask in zip(columns, masks, strict=True))
    rows = _rows(groups, keys, codes, columns, checks.parities(groups) if parity else ())
    return Worksheet(Direction.ENCIPHER, header, rows, columns, masks, tags, tags, verified=True)


def deciphering(header: Header, judgement: Judgement, pages: Sequence[Page], sheets: Sequence[Sheet]) -> Worksheet:
    """Return the sheet of a message that came, as far as it can be worked.

    Groups that are missing leave their cells empty, and the tag's column stops before the first that does not fit.
    Codes stand there only when the whole message verified. `sheets` are what the receiver demands. Errors are those
    of `message.check_keys`: another page, another number of tags, too few strips.
    """
    keys = message.check_keys(header, pages, sheets)
    codes = _verified(header, judgement, pages, sheets)
    fitting = _fitting(judgement.groups)
    columns = _columns(header, judgement.groups[:fitting], sheets)
    masks = pages[0].masks[: len(sheets)]
    worked = tuple(
        _worked(column[-1], mask) for column, mask in zip(columns, masks, strict=True) if fitting == header.count
    )
    rows = _rows(judgement.groups, keys, codes, columns, judgement.parities)
    return Worksheet(Direction.DECIPHER, header, rows, columns, masks, worked, judgement.tags, verified=bool(codes))


def finished(
    direction: Direction,
    sent: Message,
    codes: Sequence[str],
    masks: Sequence[str] = (),
    sheets: Sequence[Sheet] = (),
) -> Worksheet:
    """Return the sheet of a message that is done, from what is kept of it: its groups, its codes and perhaps the masks.

    The keys follow from groups and codes; without the authentication sheets there are no running values.
    """
    keys = [subtract(group[:CODE], code) for group, code in zip(sent.groups, codes, strict=True)]
    columns = _columns(sent.header, sent.groups, sheets)
    worked = tuple(_worked(column[-1], mask) for column, mask in zip(columns, masks, strict=False))
    rows = _rows(sent.groups, keys, codes, columns, sent.parities)
    return Worksheet(direction, sent.header, rows, columns, tuple(masks), worked, sent.tags, verified=True)


def blank(direction: Direction, header: Header) -> Worksheet:
    """Return a sheet to be filled with a pencil: places and seeds, and nothing else."""
    nothing = [""] * header.count
    return Worksheet(direction, header, _rows(nothing, nothing, nothing, (), ()))


def _verified(header: Header, judgement: Judgement, pages: Sequence[Page], sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return the codes of a message that verified; none otherwise, whatever the reason."""
    if not judgement.whole or len(judgement.groups) != header.count:
        return ()
    parities = checks.parities(judgement.groups) if header.parity else ()
    try:
        return message.decipher(Message(header, judgement.groups, parities, judgement.tags), pages, sheets)
    except HandError:
        return ()


def _fitting(groups: Sequence[str]) -> int:
    """Return how many groups from the first on fit."""
    return next((place for place, group in enumerate(groups) if not checks.fits(group, place)), len(groups))


def _columns(header: Header, groups: Sequence[str], sheets: Sequence[Sheet]) -> tuple[tuple[Step, ...], ...]:
    blocks = (f"{header.serial:05}", f"{header.count:05}", *groups)
    return tuple(_column(sheet, blocks) for sheet in sheets)


def _column(sheet: Sheet, blocks: Sequence[str]) -> tuple[Step, ...]:
    column: list[Step] = []
    for block in blocks:
        column.append(step(sheet, column[-1].value if column else 0, block))
    return tuple(column)


def _worked(last: Step, mask: str) -> str:
    """Return a tag; for one that cannot be written its six figures, which equal none that came."""
    return f"{(last.value + int(mask)) % MODULUS:05}"


def _rows(
    groups: Sequence[str],
    keys: Sequence[str],
    codes: Sequence[str],
    columns: Sequence[Sequence[Step]],
    parities: Sequence[str],
) -> tuple[Row, ...]:
    cells = [
        Cell(
            place,
            checks.seed(place),
            codes[place] if codes else "",
            keys[place],
            group[:CODE],
            group[CODE:],
            _running(columns, place),
        )
        for place, group in enumerate(groups)
    ]
    return tuple(
        Row(
            row,
            tuple(cells[row * COLUMNS : (row + 1) * COLUMNS]),
            parities[row] if parities else "",
            _running(columns, row * COLUMNS - 1),
            _running(columns, min((row + 1) * COLUMNS, len(cells)) - 1),
        )
        for row in range(checks.rows(len(cells)))
    )


def _running(columns: Sequence[Sequence[Step]], place: int) -> tuple[str, ...]:
    """Return the values after a group, of every tag; before the first group, those after the count."""
    return tuple(f"{column[place + 2].value:05}" for column in columns if place + 2 < len(column))
