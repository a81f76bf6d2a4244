"""Working a sheet by oneself while the machine looks on: every cell judged, and the next step always named.

What was entered is a mapping of (line, place) to text, as it is saved. Places in a line count from 0; those of the
running values are the blocks (0 the serial, 1 the count, 2 the first group), of the second tag from 1 000. Words are
the window's: here are values. Source: docs/spec/manual.md 10.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from secmsg.manual import checks, mistakes
from secmsg.manual.checks import COLUMNS, column_sums
from secmsg.manual.mistakes import Mistake, Verdict
from secmsg.manual.pad import CODE, add
from secmsg.manual.tag import Step, reduced
from secmsg.manual.worksheet import Direction, Row, Worksheet

SECOND_TAG = 1_000
"""Added to the places of the running values of the second tag."""


class Line(StrEnum):
    """Which line of the sheet a cell stands in."""

    CODE = "code"
    KEY = "key"
    CIPHER = "cipher"
    CHECK = "check"
    PARITY = "parity"
    RUNNING = "running"
    TAG = "tag"
    GROUP = "group"


Entries = Mapping[tuple[Line, int], str]


class Act(StrEnum):
    """What is to be done next."""

    READ_KEY = "read-key"
    LOOK_UP = "look-up"
    ADD = "add"
    CHECK = "check"
    PARITY = "parity"
    TAG_LINE = "tag-line"
    MASK = "mask"
    SEND = "send"
    ASK = "ask"
    COMPARE = "compare"
    REFUSE = "refuse"
    SUBTRACT = "subtract"
    READ = "read"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, in which cell (none for what concerns the whole), and what is wrong with what stands there."""

    act: Act
    line: Line | None = None
    place: int = 0
    wrong: Verdict | None = None


_ACTS = {
    Line.KEY: Act.READ_KEY,
    Line.CODE: Act.LOOK_UP,
    Line.CIPHER: Act.ADD,
    Line.CHECK: Act.CHECK,
    Line.PARITY: Act.PARITY,
    Line.RUNNING: Act.TAG_LINE,
    Line.TAG: Act.MASK,
}

OWN = {
    Direction.ENCIPHER: frozenset({Line.CIPHER, Line.CHECK, Line.PARITY, Line.RUNNING, Line.TAG}),
    Direction.DECIPHER: frozenset({Line.RUNNING, Line.TAG, Line.CODE}),
}
"""The lines that an officer works where the machine has read page and book, or the groups."""


def next_step(sheet: Worksheet, entries: Entries, lines: frozenset[Line] | None = None) -> NextStep:
    """Name the first cell that is empty or wrong, row by row, or what is to be done with the whole.

    `lines` are those that are worked by hand. Outgoing: keys, codes, ciphers and checks of a row, its parity group,
    its lines of the tag; then the masks. Incoming: nothing before all groups fit, no code before the tags agree.
    """
    worked = OWN[sheet.direction] if lines is None else lines
    if sheet.direction is Direction.DECIPHER and not _complete(sheet):
        return NextStep(Act.ASK, Line.GROUP, _unfit(sheet))
    for line, place in _order(sheet, worked, codes=False):
        if step := _open(sheet, entries, line, place):
            return step
    if sheet.direction is Direction.ENCIPHER:
        return NextStep(Act.SEND)
    if not sheet.verified:
        return NextStep(Act.REFUSE)
    for line, place in _order(sheet, worked, codes=True):
        if step := _open(sheet, entries, line, place):
            return NextStep(Act.SUBTRACT, line, place, step.wrong)
    return NextStep(Act.READ)


def judge_cell(sheet: Worksheet, line: Line, place: int, entry: str) -> Verdict:
    """Say whether an entry is right, and what the slip looks like where it is not.

    KeyError for a cell that the sheet does not have or does not know yet: a code before the tags agree.
    """
    match line:
        case Line.GROUP:
            return _group(place, entry)
        case Line.CHECK:
            cell = sheet.cells[place]
            return mistakes.check_figure(cell.cipher, cell.code, cell.seed, entry, _seeds(place))
        case Line.PARITY:
            return _parity(sheet.rows[place], entry)
        case Line.RUNNING:
            which, block = divmod(place, SECOND_TAG)
            return _running(sheet.columns[which], block, entry)
        case Line.TAG:
            return _tag(sheet, place, entry)
        case _:
            return _four_figures(sheet, line, place, entry)


def cells(sheet: Worksheet, lines: frozenset[Line] | None = None) -> Iterator[tuple[Line, int]]:
    """Yield every cell that is worked by hand, in the order of `next_step`."""
    worked = OWN[sheet.direction] if lines is None else lines
    yield from _order(sheet, worked, codes=False)
    if sheet.direction is Direction.DECIPHER:
        yield from _order(sheet, worked, codes=True)


def right(sheet: Worksheet, line: Line, place: int) -> str:
    """Return what belongs in a cell of the sheet; "" where it is not known yet."""
    match line:
        case Line.RUNNING:
            which, block = divmod(place, SECOND_TAG)
            return f"{sheet.columns[which][block].value:05}"
        case Line.TAG:
            return sheet.worked[place]
        case Line.PARITY:
            return sheet.rows[place].parity
        case _:
            value: str = getattr(sheet.cells[place], line.value)
            return value


def _order(sheet: Worksheet, lines: frozenset[Line], *, codes: bool) -> Iterator[tuple[Line, int]]:
    """Yield cells row by row; of an incoming message either everything but its codes or these."""
    incoming = sheet.direction is Direction.DECIPHER
    single = (Line.CODE,) if codes else (Line.KEY, *(() if incoming else (Line.CODE, Line.CIPHER, Line.CHECK)))
    for row in sheet.rows:
        yield from ((line, cell.place) for cell in row.cells for line in single if line in lines)
        if not codes:
            yield from _end_of_row(sheet, row, lines)
    if not codes and Line.TAG in lines:
        yield from ((Line.TAG, which) for which in range(len(sheet.worked)))


def _end_of_row(sheet: Worksheet, row: Row, lines: frozenset[Line]) -> Iterator[tuple[Line, int]]:
    if row.parity and Line.PARITY in lines and sheet.direction is Direction.ENCIPHER:
        yield Line.PARITY, row.number
    if Line.RUNNING in lines:
        first = 0 if row.number == 0 else row.cells[0].place + 2
        for which in range(len(sheet.columns)):
            yield from ((Line.RUNNING, which * SECOND_TAG + at) for at in range(first, row.cells[-1].place + 3))


def _open(sheet: Worksheet, entries: Entries, line: Line, place: int) -> NextStep | None:
    """Return the step for a cell that is empty or wrong."""
    entry = entries.get((line, place), "")
    if not entry:
        return NextStep(_ACTS[line], line, place)
    verdict = judge_cell(sheet, line, place, entry)
    return None if verdict.right else NextStep(_ACTS[line], line, place, verdict)


def _complete(sheet: Worksheet) -> bool:
    return len(sheet.worked) == sheet.header.tags


def _unfit(sheet: Worksheet) -> int:
    return next(cell.place for cell in sheet.cells if not checks.fits(cell.group, cell.place))


def _four_figures(sheet: Worksheet, line: Line, place: int, entry: str) -> Verdict:
    cell = sheet.cells[place]
    beside = [sheet.cells[at] for at in _beside(place) if 0 <= at < len(sheet.cells)]
    if line is Line.KEY:
        return mistakes.copied(cell.key, entry, [each.key for each in beside], Mistake.OTHER_KEY)
    if line is Line.CIPHER:
        return mistakes.added(cell.code, cell.key, entry, [each.key for each in beside])
    if not cell.code:
        raise KeyError((line, place))
    if sheet.direction is Direction.DECIPHER:
        return mistakes.subtracted(cell.cipher, cell.key, entry, [each.key for each in beside])
    return mistakes.copied(cell.code, entry, [each.code for each in beside], Mistake.OTHER_CODE)


def _beside(place: int) -> tuple[int, ...]:
    return place - 1, place + 1, place - COLUMNS, place + COLUMNS


def _seeds(place: int) -> tuple[int, ...]:
    """Return the seeds that may have been taken for the right one: of the neighbours, of the column alone."""
    return place % COLUMNS, *(checks.seed(at) for at in _beside(place) if at >= 0)


def _group(place: int, entry: str) -> Verdict:
    """Judge a received group: it fits, or it would fit beside, or it fits nowhere near."""
    if checks.fits(entry, place):
        return mistakes.RIGHT
    shape = mistakes.compare("0" * (CODE + 1), entry)
    if not shape.figures and not shape.right:
        return shape
    beside = [at for at in _beside(place) if at >= 0 and checks.fits(entry, at)]
    return Verdict(Mistake.OTHER_PLACE if beside else Mistake.CHECK_FIGURE)


def _parity(row: Row, entry: str) -> Verdict:
    ciphers = [cell.cipher for cell in row.cells]
    start = checks.parity_seed(row.number)
    likenesses = [
        (Mistake.CARRIED, checks.checked(f"{sum(map(int, ciphers)) % 10_000:04}", start)),
        (Mistake.CHECK_SEED, checks.checked(column_sums(ciphers), checks.seed(row.cells[0].place))),
        *((Mistake.OTHER_PLACE, checks.parity(rest, row.number)) for rest in _without_one(ciphers)),
    ]
    verdict = mistakes.compare(row.parity, entry, likenesses)
    return Verdict(Mistake.CHECK_FIGURE, verdict.figures) if verdict.figures == (CODE,) else verdict


def _without_one(ciphers: Sequence[str]) -> Iterator[list[str]]:
    for at in range(len(ciphers) if len(ciphers) > 1 else 0):
        yield [*ciphers[:at], *ciphers[at + 1 :]]


def _running(column: Sequence[Step], block: int, entry: str) -> Verdict:
    taken = column[block]
    before = column[block - 1].value if block else 0
    likenesses = [
        (Mistake.NOT_REDUCED, f"{taken.looked_up:05}"),
        (Mistake.THREE_K, f"{taken.looked_up % 100_000:05}"),
        (Mistake.TABLE_LINE, f"{taken.hundreds:05}"),
        (Mistake.TABLE_LINE, f"{taken.units:05}"),
        (Mistake.BLOCK_LEFT_OUT, f"{before:05}"),
        (Mistake.NOT_CARRIED, add(f"{taken.hundreds:06}", f"{taken.units:06}")[1:]),
        *((Mistake.SWAPPED, each) for each in mistakes.swaps(f"{taken.value:05}")),
    ]
    return _long(f"{taken.value:05}", entry, likenesses)


def _tag(sheet: Worksheet, which: int, entry: str) -> Verdict:
    last, mask = sheet.columns[which][-1].value, int(sheet.masks[which])
    total = last + mask
    likenesses = [
        (Mistake.NOT_REDUCED, f"{total:05}"),
        (Mistake.THREE_K, f"{total % 100_000:05}"),
        (Mistake.MASK_LEFT_OUT, f"{last:05}"),
        (Mistake.NOT_CARRIED, add(f"{last:06}", f"{mask:06}")[1:]),
        *((Mistake.OTHER_MASK, f"{reduced(last + int(other)):05}") for other in sheet.masks),
    ]
    return _long(sheet.worked[which], entry, likenesses)


def _long(right_: str, entry: str, likenesses: Sequence[mistakes.Likeness]) -> Verdict:
    """Compare values that may have six figures where they were not reduced."""
    unreduced = next(
        (mistake for mistake, figures in likenesses if figures == entry and len(entry) > len(right_)), None
    )
    return Verdict(unreduced) if unreduced else mistakes.compare(right_, entry, likenesses)
