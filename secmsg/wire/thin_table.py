"""The table by which text of thin packets is compressed: words, what follows them, how they are written.

Source: docs/spec/thin-text.md 5. A table is data: `parse` reads it, whoever compresses passes it in. It comes with
the program and is trusted like it; what is not as the page says is refused all the same.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from secmsg.errors import FormatError

HEAD = "secmsg thin text table "
ESCAPE, END = 0, 1
"""Symbols that are no word: what follows is spelled; the text ends. As a neighbour END is the beginning."""
MAX_BYTES = 2**22
MAX_NUMBER = 7
MAX_TOTAL = 2**20
"""Of the weights of one context; three contexts together stay within what the range coder takes."""
MAX_SYMBOLS = 2**14

NAMES = {"\\escape": "", "\\end": "", "\\n": "\n", "\\s": " ", "\\b": "\\"}
"""How a table writes what would not show."""
WORD, DIGIT, OTHER, BEGIN = "\\w", "\\d", "\\o", "\\end"
"""Kinds of token, where one character does not stand for itself."""
STOP, LITERAL = "\\stop", "\\literal"
UNKNOWN_BIAS = 6
"""The bias of a word that is spelled; those of the table are 0 to 5."""


@dataclass(frozen=True, slots=True)
class Followers:
    """Weights of some symbols, rising by symbol, and the weight `rest` of falling back to the shorter context."""

    symbols: Sequence[int]
    ends: Sequence[int]
    rest: int

    @property
    def total(self) -> int:
        """Return the weight of all symbols listed."""
        return self.ends[-1] if self.ends else 0

    def before(self, symbol: int) -> int:
        """Return the weight of the symbols below one."""
        at = bisect_right(self.symbols, symbol - 1)
        return self.ends[at - 1] if at else 0


@dataclass(frozen=True, slots=True)
class Choices:
    """Weights of a few choices in their order."""

    ends: Sequence[int]

    def span(self, index: int) -> tuple[int, int, int]:
        """Return where a choice starts, its size, and the total."""
        start = self.ends[index - 1] if index else 0
        return start, self.ends[index] - start, self.ends[-1]

    def at(self, place: int) -> int:
        """Return the choice that holds a place."""
        return bisect_right(self.ends, place)


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready for use; `number` is what the control byte names it by."""

    number: int
    upper: Mapping[str, str]
    """Capital of each letter; a word is a run of letters, small or capital."""
    small: Mapping[str, str]
    symbols: Sequence[str]
    index: Mapping[str, int]
    words: Followers
    biases: Sequence[int]
    pairs: Mapping[int, Followers]
    triples: Mapping[tuple[int, int], Followers]
    spaces: Mapping[tuple[str, str], Choices]
    cases: Mapping[tuple[int, int, int], Choices]
    spelling: Mapping[str, Choices]
    letters: Sequence[str]
    """In spelling: the letters, then STOP and LITERAL."""


def parse(text: str) -> Table:
    """Read a table; FormatError where it is not as docs/spec/thin-text.md 5 says."""
    try:
        return _parse(iter(text.split("\n")))
    except (ValueError, IndexError, KeyError, StopIteration) as error:
        raise FormatError("the table for thin text is damaged") from error


def _parse(lines: Iterator[str]) -> Table:
    head = next(lines)
    _demand(head.startswith(HEAD))
    number = int(head.removeprefix(HEAD))
    _demand(1 <= number <= MAX_NUMBER)
    small, capital = next(lines), next(lines)
    _demand(len(small) == len(capital) == len(set(small)) == len(set(capital)) and not set(small) & set(capital))
    rows = list(_section(lines, "words", MAX_SYMBOLS))
    symbols = [_name(row[0]) for row in rows]
    weights = [_weight(row[1]) for row in rows]
    biases = [int(row[2]) for row in rows]
    _demand(rows[ESCAPE][0] == "\\escape" and rows[END][0] == "\\end" and len(set(symbols[1:])) == len(symbols) - 1)
    _demand(all(0 <= bias < UNKNOWN_BIAS for bias in biases) and sum(weights) <= MAX_TOTAL)
    pairs = {int(row[0]): _followers(row[1:], len(symbols)) for row in _section(lines, "pairs", MAX_SYMBOLS)}
    triples = {
        (int(row[0]), int(row[1])): _followers(row[2:], len(symbols)) for row in _section(lines, "triples", 2**18)
    }
    spaces = {(_kind(row[0]), _kind(row[1])): _choices(row[2:], 2) for row in _section(lines, "spaces", 2**14)}
    cases = {(int(row[0]), int(row[1]), int(row[2])): _choices(row[3:], 3) for row in _section(lines, "cases", 2**8)}
    spelling = {_kind(row[0]): _choices(row[1:], len(small) + 2) for row in _section(lines, "spelling", 2**10)}
    _demand(set(spelling) == {BEGIN, *small} and len(cases) == 2 * 4 * (UNKNOWN_BIAS + 1))
    _demand(next(lines) == "" and next(lines, None) is None)
    return Table(
        number=number,
        upper=dict(zip(small, capital, strict=True)),
        small=dict(zip(capital, small, strict=True)),
        symbols=symbols,
        index={symbol: place for place, symbol in enumerate(symbols) if place > END},
        words=Followers(range(len(symbols)), list(accumulate(weights)), 0),
        biases=biases,
        pairs=pairs,
        triples=triples,
        spaces=spaces,
        cases=cases,
        spelling=spelling,
        letters=[*small, STOP, LITERAL],
    )


def _demand(holds: bool) -> None:  # noqa: FBT001 - a condition, always an expression at the call
    if not holds:
        raise ValueError


def _section(lines: Iterator[str], name: str, most: int) -> Iterator[list[str]]:
    """Yield the rows of a section that states its length first."""
    title, count = next(lines).split(" ")
    _demand(title == name and 0 <= int(count) <= most)
    for _ in range(int(count)):
        yield next(lines).split(" ")


def _name(written: str) -> str:
    return NAMES[written] if len(written) > 1 and written[0] == "\\" else written


def _kind(written: str) -> str:
    return written if written in (WORD, DIGIT, OTHER, BEGIN) else _name(written)


def _weight(written: str) -> int:
    weight = int(written)
    _demand(1 <= weight <= MAX_TOTAL)
    return weight


def _followers(row: list[str], count: int) -> Followers:
    rest, symbols, weights = _weight(row[0]), [int(each) for each in row[1::2]], [_weight(each) for each in row[2::2]]
    _demand(len(symbols) == len(weights) and symbols == sorted(set(symbols)) and bool(symbols))
    _demand(symbols[0] > 0 and symbols[-1] < count and sum(weights) + rest <= MAX_TOTAL)
    return Followers(symbols, list(accumulate(weights)), rest)


def _choices(row: list[str], count: int) -> Choices:
    weights = [_weight(each) for each in row]
    _demand(len(weights) == count and sum(weights) <= MAX_TOTAL)
    return Choices(list(accumulate(weights)))
