"""Slips made on purpose, one of each class, and the damage of a bad line: what a drill hides for the officer to find.

Source: docs/spec/drills.md 3. Chance comes as a source of bytes, so that a drill can be made again.
"""

from collections.abc import Sequence

from secmsg.manual import mistakes
from secmsg.manual.checks import COLUMNS, sent
from secmsg.manual.drill import Ask, Item, Question, Random, Slip, Thing
from secmsg.manual.header import written
from secmsg.manual.mistakes import VOICE_PAIRS, ErrorClass
from secmsg.manual.pad import add, page_number, page_serial, subtract
from secmsg.manual.tag import MODULUS, Sheet
from secmsg.manual.worksheet import Worksheet

_BYTE = 256
WHOLE = 0
"""The number that stands for the whole message, where the slip is in no group."""


def below(random: Random, bound: int) -> int:
    """Draw a number from 0 to `bound` - 1 (at most 256), each equally likely."""
    while (drawn := random(1)[0]) >= _BYTE - _BYTE % bound:
        pass
    return drawn % bound


def other_figure(figures: str, at: int, random: Random) -> str:
    """Return the figures with the one at `at` changed to any other."""
    return figures[:at] + str((int(figures[at]) + 1 + below(random, 9)) % 10) + figures[at + 1 :]


def damaged(groups: Sequence[str], garbled: Sequence[int], missing: int, random: Random) -> tuple[str, ...]:
    """Return the groups as they came: one figure wrong in each of `garbled`, and one group left out."""
    came = list(groups)
    for place in garbled:
        came[place] = other_figure(came[place], below(random, len(came[place])), random)
    del came[missing]
    return tuple(came)


def small_tables(sheet: Sheet) -> tuple[Thing, ...]:
    """Return the small sheet of r: tens of thousands, hundreds, units, and the three entries beyond."""
    value = sheet.r
    return (
        Thing(Item.HUNDREDS_HIGH, tuple(f"{value * 10_000 * at % MODULUS:05}" for at in range(10))),
        Thing(Item.HUNDREDS_LOW, tuple(f"{value * 100 * at % MODULUS:05}" for at in range(100))),
        Thing(Item.UNITS, tuple(f"{value * at % MODULUS:05}" for at in range(100))),
        Thing(Item.BEYOND, tuple(f"{value * (100_000 + at) % MODULUS:05}" for at in range(3))),
    )


def question(sheet: Worksheet, kind: ErrorClass, random: Random) -> Question:
    """Return a row of work in which one slip of the class hides; asked is the group (0: the whole) and the class."""
    row = sheet.rows[0]
    lines = {
        Item.BOOK: [cell.code for cell in row.cells],
        Item.CODES: [cell.code for cell in row.cells],
        Item.KEYS: [cell.key for cell in row.cells],
        Item.COPIED_KEYS: [cell.key for cell in row.cells],
        Item.CIPHERS: [cell.cipher for cell in row.cells],
        Item.SENT: [cell.group for cell in row.cells],
        Item.HEARD: [cell.group for cell in row.cells],
    }
    place = WHOLE if kind is ErrorClass.PROCEDURE else _spoil(lines, kind, random) + 1
    right = f"{place} {kind}"
    header = list(written(sheet.header))
    top = page_serial(header[1])
    if kind is ErrorClass.PROCEDURE:
        # The page was used for the message before.
        top += 1

    def judge(words: Sequence[str]) -> tuple[Slip, ...]:
        said = (words[0].lstrip("0") or "0", words[1].upper())
        return () if said == (str(place), kind.value) else (Slip(0, kind, right),)

    things = tuple(Thing(item, tuple(values)) for item, values in lines.items())
    facts = (Thing(Item.NEXT_PAGE, (page_number(top),)), Thing(Item.HEADER, tuple(header)))
    return Question(Ask.SLIP, judge, count=2, things=(*facts, *things))


def _spoil(lines: dict[Item, list[str]], kind: ErrorClass, random: Random) -> int:
    """Put a slip of the class into the lines, carried on as a person would, and return its place."""
    places = [at for at in range(len(lines[Item.CODES])) if _possible(lines, kind, at)]
    at = places[below(random, len(places))]
    code, key, cipher, group = (lines[item][at] for item in (Item.CODES, Item.KEYS, Item.CIPHERS, Item.SENT))
    match kind:
        case ErrorClass.CODE:
            lines[Item.CODES][at] = other_figure(code, below(random, 4), random)
            _carry_on(lines, at, add(lines[Item.CODES][at], key))
        case ErrorClass.KEY:
            lines[Item.COPIED_KEYS][at] = other_figure(key, below(random, 4), random)
            _carry_on(lines, at, add(code, lines[Item.COPIED_KEYS][at]))
        case ErrorClass.SUM:
            _carry_on(lines, at, _slipped(code, key, cipher, random))
        case ErrorClass.CARRY:
            _carry_on(lines, at, mistakes.carried(code, key)[0])
        case ErrorClass.SIGN:
            _carry_on(lines, at, subtract(code, key))
        case ErrorClass.CHECK:
            lines[Item.SENT][at] = lines[Item.HEARD][at] = other_figure(group, 4, random)
        case ErrorClass.COPY:
            lines[Item.SENT][at] = lines[Item.HEARD][at] = _swapped(group)
        case _:
            lines[Item.HEARD][at] = _misheard(group)
    return at


def _possible(lines: dict[Item, list[str]], kind: ErrorClass, at: int) -> bool:
    """Say whether a slip of the class shows at a place and looks like no other class."""
    code, key, cipher, group = (lines[item][at] for item in (Item.CODES, Item.KEYS, Item.CIPHERS, Item.SENT))
    match kind:
        case ErrorClass.CARRY:
            return mistakes.carried(code, key)[0] not in (cipher, subtract(code, key))
        case ErrorClass.SIGN:
            return subtract(code, key) not in (cipher, *mistakes.carried(code, key))
        case ErrorClass.COPY:
            return _swapped(group) != group
        case ErrorClass.VOICE:
            return _misheard(group) != group
        case _:
            return True


def _carry_on(lines: dict[Item, list[str]], at: int, cipher: str) -> None:
    """Go on with a wrong cipher as if it were right."""
    lines[Item.CIPHERS][at] = cipher
    lines[Item.SENT][at] = lines[Item.HEARD][at] = sent(cipher, at % COLUMNS)


def _slipped(code: str, key: str, cipher: str, random: Random) -> str:
    """Return a sum with one figure wrong that no carry and no wrong sign gives."""
    others = {*mistakes.carried(code, key), subtract(code, key), subtract(key, code)}
    while (wrong := other_figure(cipher, below(random, 4), random)) in others:
        pass
    return wrong


def _swapped(group: str) -> str:
    """Return the group with two different neighbours swapped; the group itself where all are alike."""
    return next((other for other in mistakes.swaps(group) if other != group), group)


def _misheard(group: str) -> str:
    """Return the group with one figure taken for the one that rhymes with it; the group itself where there is none."""
    pairs = {one: other for pair in VOICE_PAIRS for one, other in (sorted(pair), sorted(pair, reverse=True))}
    at = next((at for at, figure in enumerate(group) if figure in pairs), None)
    return group if at is None else group[:at] + pairs[group[at]] + group[at + 1 :]
