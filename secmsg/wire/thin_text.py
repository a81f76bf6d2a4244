"""Text of thin packets, compressed by a table of Vietnamese words and of what follows them.

Source: docs/spec/thin-text.md 3. Each token is chosen from what the two before it let expect, then whether a space
stands before it, then whether it begins with a capital. A text has one encoding: `decompress` compresses what it found
and compares. The table is passed in; nothing here is kept from one text to the next.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secmsg.errors import FormatError
from secmsg.wire.range_coder import RangeReader, RangeWriter
from secmsg.wire.thin_table import (
    BEGIN,
    DIGIT,
    END,
    ESCAPE,
    LITERAL,
    OTHER,
    STOP,
    UNKNOWN_BIAS,
    WORD,
    Choices,
    Followers,
    Table,
)

MAX_CHARACTERS = 8_192
"""Longest text; more comes out of no input."""

SMALL, TITLE, CAPITALS, NO_WORD = range(4)
"""How a word is written; the last stands for a token before it that is none."""

_CODE_POINTS = 1 << 21
_EVEN = Choices((1, 2))
STARTERS = frozenset('.?!:"\n')
"""After these, and at the beginning, a capital is likely."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `stem` is the symbol, a word in small letters; `case` None where it is written as it is."""

    stem: str
    space: bool
    case: int | None


@dataclass(slots=True)
class _Context:
    """What came before a token."""

    table: Table
    before: int = END
    last: int = END
    kind: str = BEGIN
    starts: bool = True
    case: int = NO_WORD

    def levels(self) -> list[Followers]:
        """List what the last two, the last, and no token let expect, the longest first."""
        found = (self.table.triples.get((self.before, self.last)), self.table.pairs.get(self.last))
        return [*(each for each in found if each is not None), self.table.words]

    def spacing(self, kind: str) -> Choices:
        """Return the weights of no space and a space before a token of a kind."""
        return self.table.spaces.get((self.kind, kind), _EVEN)

    def casing(self, symbol: int) -> Choices:
        """Return the weights of the three ways in which a word is written."""
        bias = self.table.biases[symbol] if symbol else UNKNOWN_BIAS
        return self.table.cases[int(self.starts), self.case, bias]

    def after(self, symbol: int, token: Token) -> None:
        """Go past a token."""
        self.before, self.last = self.last, symbol
        self.kind, self.starts = kind_of(token.stem, symbol, self.table), token.stem in STARTERS
        if token.case is not None:
            self.case = token.case
        elif token.stem != "-":
            self.case = NO_WORD


def kind_of(stem: str, symbol: int, table: Table) -> str:
    """Return the kind of a token: word, digit, itself, or another that the table does not know."""
    if stem[0] in table.upper:
        return WORD
    if "0" <= stem <= "9":
        return DIGIT
    return stem if symbol else OTHER


def tokens(text: str, table: Table) -> Iterator[Token]:
    """Cut a text into tokens: words, and every other character; a single space before one is a note on it."""
    letters = re.escape("".join((*table.upper, *table.small)))
    pattern = re.compile(f"( (?! |\\Z))?(?:([{letters}]+)|(.))", re.DOTALL)
    for space, word, character in pattern.findall(text):
        yield _word(word, bool(space), table) if word else Token(character, bool(space), None)


def _word(word: str, space: bool, table: Table) -> Token:  # noqa: FBT001 - a field
    stem = "".join(table.small.get(letter, letter) for letter in word)
    for case in (SMALL, TITLE, CAPITALS):
        if written(stem, case, table) == word:
            return Token(stem, space, case)
    return Token(word, space, None)


def written(stem: str, case: int, table: Table) -> str:
    """Return a word as it is written in a case."""
    if case == SMALL:
        return stem
    if case == TITLE:
        return table.upper[stem[0]] + stem[1:]
    return "".join(table.upper[letter] for letter in stem)


def compress(text: str, table: Table) -> bytes:
    """Return the one encoding of a text of at most 8192 characters; zeros may follow it."""
    if len(text) > MAX_CHARACTERS:
        raise FormatError("the text is too long for thin packets")
    writer, context = RangeWriter(), _Context(table)
    for token in tokens(text, table):
        symbol = table.index.get(token.stem, ESCAPE)
        # A word that is written as it is stands in no table, whatever its letters.
        _put_symbol(writer, context.levels(), symbol)
        if symbol == ESCAPE:
            _spell(writer, token.stem, table)
        kind = kind_of(token.stem, symbol, table)
        writer.put(*context.spacing(kind).span(int(token.space)))
        if token.case is not None:
            writer.put(*context.casing(symbol).span(token.case))
        context.after(symbol, token)
    _put_symbol(writer, context.levels(), END)
    return writer.bytes()


def decompress(data: bytes, table: Table, limit: int = MAX_CHARACTERS) -> str:
    """Return the text; FormatError when it is not the encoding of one of at most `limit` characters.

    Zeros after the encoding are its fill and are taken.
    """
    reader, context = RangeReader(data), _Context(table)
    parts: list[str] = []
    length = 0
    while (symbol := _take_symbol(reader, context.levels(), len(table.symbols))) != END:
        stem = table.symbols[symbol] if symbol else _spelled(reader, table, limit)
        space = _choose(reader, context.spacing(kind_of(stem, symbol, table))) == 1
        case = _choose(reader, context.casing(symbol)) if all(letter in table.upper for letter in stem) else None
        context.after(symbol, Token(stem, space, case))
        parts += [" " * space, stem if case is None else written(stem, case, table)]
        length += space + len(stem)
        if length > limit:
            raise FormatError("more text than a thin packet may hold")
    text = "".join(parts)
    if compress(text, table) != data.rstrip(b"\0"):
        raise FormatError("not the one encoding of its text")
    return text


# Choices


def _put_symbol(writer: RangeWriter, levels: list[Followers], symbol: int) -> None:
    start, total = _below(levels, symbol)
    end, _ = _below(levels, symbol + 1)
    writer.put(start, end - start, total)


def _take_symbol(reader: RangeReader, levels: list[Followers], count: int) -> int:
    """Find the symbol that holds the place, by halving: the weight below a symbol rises with it."""
    place = reader.place(_below(levels, 0)[1])
    low, high = 0, count
    while high - low > 1:
        middle = (low + high) // 2
        if _below(levels, middle)[0] <= place:
            low = middle
        else:
            high = middle
    start, total = _below(levels, low)
    reader.take(start, _below(levels, low + 1)[0] - start, total)
    return low


def _below(levels: list[Followers], symbol: int) -> tuple[int, int]:
    """Return the weight of the symbols below one, all contexts mixed, and the total weight.

    From the shortest context up: its own weights, and `rest` times what the shorter one says.
    """
    below, total = 0, 1
    for level in reversed(levels):
        below = level.before(symbol) * total + level.rest * below
        total *= level.total + level.rest
    return below, total


def _choose(reader: RangeReader, choices: Choices) -> int:
    chosen = choices.at(reader.place(choices.ends[-1]))
    reader.take(*choices.span(chosen))
    return chosen


# Spelling


def _spell(writer: RangeWriter, stem: str, table: Table) -> None:
    previous = BEGIN
    for letter in stem:
        choices = table.spelling[previous]
        if letter in table.upper:
            writer.put(*choices.span(table.letters.index(letter)))
            previous = letter
        else:
            writer.put(*choices.span(table.letters.index(LITERAL)))
            writer.put(ord(letter), 1, _CODE_POINTS)
            previous = BEGIN
    writer.put(*table.spelling[previous].span(table.letters.index(STOP)))


def _spelled(reader: RangeReader, table: Table, limit: int) -> str:
    letters: list[str] = []
    previous = BEGIN
    while (letter := table.letters[_choose(reader, table.spelling[previous])]) != STOP:
        previous = letter
        if letter == LITERAL:
            letter, previous = _literal(reader), BEGIN
        letters.append(letter)
        if len(letters) > limit:
            raise FormatError("more text than a thin packet may hold")
    if not letters:
        raise FormatError("a word without letters")
    return "".join(letters)


def _literal(reader: RangeReader) -> str:
    place = reader.place(_CODE_POINTS)
    reader.take(place, 1, _CODE_POINTS)
    if place > 0x10FFFF or 0xD800 <= place <= 0xDFFF:
        raise FormatError("no character")
    return chr(place)
