"""The drill cards: each makes a drill from a text in codes, a training page, a sheet, and chance.

Card 5 enciphers, card 6 deciphers what came with two groups garbled and one missing, card 7 is about pages that must
not be used, and the card of slips hides one slip of each class. Source: docs/spec/drills.md 2.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, assert_never

from secmsg.errors import FormatError
from secmsg.manual import checks, drill_faults, judging, mistakes, tag, working, worksheet
from secmsg.manual.checks import COLUMNS
from secmsg.manual.drill import Ask, Card, Choice, Drill, Item, Marks, Question, Random, Slip, Thing
from secmsg.manual.drill_faults import below
from secmsg.manual.header import written
from secmsg.manual.mistakes import CLASSES, ErrorClass
from secmsg.manual.pad import Page, page_number, page_serial
from secmsg.manual.tag import Sheet
from secmsg.manual.working import Line
from secmsg.manual.worksheet import Worksheet

Kind = TypeVar("Kind")

GROUPS = 25
"""Groups of a text for the cards 5 and 6, about as many."""
MIN_GROUPS = 12
MAX_GROUPS = 60
LIMIT_S = 40 * 60
PAGE_LIMIT_S = 10 * 60
SLIPS_LIMIT_S = 30 * 60
GARBLED = 2
_AFTER = (Choice.DESTROY, Choice.KEEP, Choice.RETURN, Choice.REPORT)


@dataclass(frozen=True, slots=True)
class Stuff:
    """What a drill is made of: a text and its codes, a page and a sheet for this drill only, serial and UTC seconds.

    `decode` reads codes by the book, and raises FormatError.
    """

    text: str = field(repr=False)
    codes: tuple[str, ...] = field(repr=False)
    decode: Callable[[Sequence[str]], str] = field(repr=False)
    page: Page
    sheet: Sheet
    serial: int
    at: int


def make(card: Card, stuff: Stuff, random: Random) -> Drill:
    """Return a fresh drill; FormatError for a text of less than 12 or more than 60 groups."""
    if not MIN_GROUPS <= len(stuff.codes) <= MAX_GROUPS:
        raise FormatError(f"a drill has a text of {MIN_GROUPS} to {MAX_GROUPS} groups")
    sheet = worksheet.enciphering(stuff.codes, (stuff.page,), (stuff.sheet,), serial=stuff.serial, at=stuff.at)
    match card:
        case Card.ENCIPHER:
            return Drill(card, stuff.page.number, Marks(LIMIT_S, 1), _encipher(stuff, sheet))
        case Card.DECIPHER:
            return Drill(card, stuff.page.number, Marks(LIMIT_S, 1), _decipher(stuff, sheet, random))
        case Card.PAGE:
            return Drill(card, stuff.page.number, Marks(PAGE_LIMIT_S), _pages(stuff, random))
        case Card.SLIPS:
            return Drill(card, stuff.page.number, Marks(SLIPS_LIMIT_S, 1), _slips(sheet, random))
        case _:
            assert_never(card)


def _encipher(stuff: Stuff, sheet: Worksheet) -> tuple[Question, ...]:
    """Ask for codes of the whole text, by any cutting that says it; then rows, tag, and what becomes of the page."""
    cells = sheet.cells
    codes = Question(
        Ask.CODES,
        lambda words: () if _says(stuff, words) else (Slip(0, ErrorClass.CODE, " ".join(stuff.codes)),),
        count=0,
        things=(Thing(Item.TEXT, (stuff.text,)),),
    )
    rows = tuple(
        Question(
            Ask.GROUPS,
            _row_judge(sheet, row.number, _judge_group),
            count=len(row.cells),
            row=row.number,
            things=(
                Thing(Item.CODES, tuple(cell.code for cell in row.cells)),
                Thing(Item.KEYS, tuple(cell.key for cell in row.cells)),
            ),
        )
        for row in sheet.rows
    )
    return (codes, *rows, _tag_question(stuff, sheet, tuple(cell.group for cell in cells)), _after())


def _decipher(stuff: Stuff, sheet: Worksheet, random: Random) -> tuple[Question, ...]:
    """Ask, have it repeated, compare the tag, and only then subtract."""
    groups = [cell.group for cell in sheet.cells]
    places = _apart(len(groups), random)
    came = drill_faults.damaged(groups, places[:GARBLED], places[GARBLED], random)
    wanted = tuple(sorted(places))
    found = judging.judge(came, len(groups)).ask
    heads = written(sheet.header)
    header = Thing(Item.HEADER, heads)
    # Now and then the tag that came is another: then the right answer is to refuse.
    forged = below(random, 3) == 0
    tag_sent = drill_faults.other_figure(sheet.tags[0], below(random, 5), random) if forged else sheet.tags[0]
    verdict = Choice.DIFFERS if forged else Choice.AGREES
    questions = [
        Question(Ask.PAGE, _exactly(heads[1], ErrorClass.PROCEDURE), things=(header,)),
        Question(Ask.GROUPS_TO_ASK, _asks(wanted, found), count=0, things=(header, Thing(Item.RECEIVED, tuple(came)))),
        _tag_question(stuff, sheet, tuple(groups)),
        Question(
            Ask.VERDICT,
            _exactly(verdict, ErrorClass.PROCEDURE),
            choices=(Choice.AGREES, Choice.DIFFERS),
            things=(Thing(Item.TAG, (tag_sent,)),),
        ),
    ]
    if forged:
        return (*questions, _after(Choice.REPORT))
    return (*questions, *(_plain(sheet, row) for row in range(checks.rows(len(groups)))), _after())


def _plain(sheet: Worksheet, row: int) -> Question:
    received = replace(sheet, direction=worksheet.Direction.DECIPHER)
    cells = sheet.rows[row].cells
    return Question(
        Ask.PLAIN,
        _row_judge(received, row, _judge_code),
        count=len(cells),
        row=row,
        things=(
            Thing(Item.CIPHERS, tuple(cell.cipher for cell in cells)),
            Thing(Item.KEYS, tuple(cell.key for cell in cells)),
        ),
    )


def _pages(stuff: Stuff, random: Random) -> tuple[Question, ...]:
    """Four messages arrive, or are to be written: one page each, of which at most one or two may be taken."""
    first = page_serial(stuff.page.number)
    top = first + 2 + below(random, 3)
    used = tuple(page_number(first + at) for at in range(top - first))
    offered = {
        Choice.TAKE: page_number(top),
        Choice.USED: used[below(random, len(used))],
        Choice.OUT_OF_ORDER: page_number(top + 3 + below(random, 5)),
        Choice.OTHER_DIRECTION: page_number(top + 400 + below(random, 90)),
    }
    facts = (Thing(Item.NEXT_PAGE, (page_number(top),)), Thing(Item.USED_PAGES, used))
    questions = [
        Question(
            Ask.USE,
            _exactly(right, ErrorClass.PROCEDURE),
            choices=tuple(offered),
            things=(*facts, Thing(Item.HEADER, (offered[right],))),
        )
        for right in _shuffled(tuple(offered), random)
    ]
    return (*questions, _after())


def _slips(sheet: Worksheet, random: Random) -> tuple[Question, ...]:
    return tuple(drill_faults.question(sheet, kind, random) for kind in _shuffled(tuple(ErrorClass), random))


def _tag_question(stuff: Stuff, sheet: Worksheet, groups: tuple[str, ...]) -> Question:
    """Ask for the tag over all groups, with the small tables at hand."""
    right = tag.tag(stuff.sheet, stuff.page.masks[0], stuff.serial, groups)

    def judge(words: Sequence[str]) -> tuple[Slip, ...]:
        verdict = working.judge_cell(sheet, Line.TAG, 0, words[0])
        return () if verdict.mistake is None else (Slip(0, CLASSES[verdict.mistake], right),)

    things = (
        Thing(Item.HEADER, written(sheet.header)),
        Thing(Item.SENT, groups),
        Thing(Item.MASK, stuff.page.masks[:1]),
        *drill_faults.small_tables(stuff.sheet),
    )
    return Question(Ask.TAG, judge, things=things)


def _after(right: Choice = Choice.DESTROY) -> Question:
    return Question(Ask.AFTER, _exactly(right, ErrorClass.PROCEDURE), choices=_AFTER)


def _says(stuff: Stuff, words: Sequence[str]) -> bool:
    try:
        return stuff.decode(words) == stuff.decode(stuff.codes)
    except FormatError:
        return False


def _exactly(right: str, kind: ErrorClass) -> Callable[[Sequence[str]], tuple[Slip, ...]]:
    return lambda words: () if tuple(words) == (right,) else (Slip(0, kind, right),)


def _asks(wanted: tuple[int, ...], found: Sequence[int]) -> Callable[[Sequence[str]], tuple[Slip, ...]]:
    """Return a judge: what is lost must be asked for, beside it only what the seeds leave doubtful."""
    allowed = {*wanted, *found}

    def judge(words: Sequence[str]) -> tuple[Slip, ...]:
        said = {int(word) - 1 if word.isascii() and word.isdigit() else -1 for word in words}
        slips = [Slip(place, ErrorClass.COPY, str(place + 1)) for place in wanted if place not in said]
        slips += [Slip(place, ErrorClass.PROCEDURE, "") for place in sorted(said - allowed)]
        return tuple(slips)

    return judge


JudgeCell = Callable[[Worksheet, int, str], tuple[ErrorClass, str] | None]


def _row_judge(sheet: Worksheet, row: int, one: JudgeCell) -> Callable[[Sequence[str]], tuple[Slip, ...]]:
    def judge(words: Sequence[str]) -> tuple[Slip, ...]:
        judged = ((at, one(sheet, row * COLUMNS + at, word)) for at, word in enumerate(words))
        return tuple(Slip(at, *found) for at, found in judged if found)

    return judge


def _judge_group(sheet: Worksheet, place: int, said: str) -> tuple[ErrorClass, str] | None:
    """Judge a group that is sent: its four figures first, then its check figure."""
    cell = sheet.cells[place]
    if said == cell.group:
        return None
    verdict = working.judge_cell(sheet, Line.CIPHER, place, said[:-1])
    if verdict.right:
        verdict = working.judge_cell(sheet, Line.CHECK, place, said[-1:])
    return (CLASSES[verdict.mistake], cell.group) if verdict.mistake else (ErrorClass.COPY, cell.group)


def _judge_code(sheet: Worksheet, place: int, said: str) -> tuple[ErrorClass, str] | None:
    cell = sheet.cells[place]
    verdict = mistakes.subtracted(cell.cipher, cell.key, said)
    return (CLASSES[verdict.mistake], cell.code) if verdict.mistake else None


def _apart(count: int, random: Random) -> tuple[int, ...]:
    """Return three places that are not neighbours, the last of them neither first nor last of the message."""
    while True:
        places = tuple(below(random, count) for _ in range(GARBLED + 1))
        near = min(abs(a - b) for at, a in enumerate(places) for b in places[at + 1 :])
        if near > 1 and 0 < places[-1] < count - 1:
            return places


def _shuffled(things: tuple[Kind, ...], random: Random) -> tuple[Kind, ...]:
    left, out = list(things), []
    while left:
        out.append(left.pop(below(random, len(left))))
    return tuple(out)
