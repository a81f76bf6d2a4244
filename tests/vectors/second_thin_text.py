"""A second reading of what thin packets hold: text by a table, messages, fragments, lines.

Written from docs/spec/thin-text.md alone (and slip, digits and text as the other pages say); the table is data.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from tests.vectors.second_basis import Cut, RefusedError, need, short, text
from tests.vectors.second_wire import slip

ESCAPE, END = 0, 1
BEGIN, STOP, LITERAL = "\\end", "\\stop", "\\literal"
NAMED = {"\n": "\\n", " ": "\\s", "\\": "\\b"}
FULL = 1 << 64


# 5: the table


@dataclass
class Row:
    """Weights by symbol, rising; `rest` goes to the shorter context."""

    symbols: list[int]
    sums: list[int]
    rest: int = 0

    def below(self, symbol: int) -> int:
        return self.sums[bisect_right(self.symbols, symbol - 1)]

    @property
    def whole(self) -> int:
        return self.sums[-1]


def row(pairs: list[tuple[int, int]], rest: int = 0) -> Row:
    return Row([symbol for symbol, _ in pairs], [0, *accumulate(weight for _, weight in pairs)], rest)


@dataclass
class Table:
    """A table, read."""

    number: int
    small: str
    capital: dict[str, str]
    names: list[str] = field(default_factory=list)
    bias: list[int] = field(default_factory=list)
    words: Row = field(default_factory=lambda: row([]))
    pairs: dict[int, Row] = field(default_factory=dict)
    triples: dict[tuple[int, int], Row] = field(default_factory=dict)
    spaces: dict[tuple[str, str], Row] = field(default_factory=dict)
    cases: dict[tuple[int, int, int], Row] = field(default_factory=dict)
    spelling: dict[str, Row] = field(default_factory=dict)


def plain_row(weights: list[str]) -> Row:
    return row(list(enumerate(map(int, weights))))


def follow_row(numbers: list[str]) -> Row:
    rest, *others = map(int, numbers)
    return row(list(zip(others[::2], others[1::2], strict=True)), rest)


def table(data: str) -> Table:
    head, small, capitals, *lines = data.splitlines()
    made = Table(int(head.rsplit(" ", 1)[1]), small, dict(zip(small, capitals, strict=True)))
    back = {value: key for key, value in NAMED.items()}
    rows = iter(lines)
    for line in rows:
        section, count = line.split(" ")
        for place in range(int(count)):
            cells = next(rows).split(" ")
            match section:
                case "words":
                    made.names.append(back.get(cells[0], cells[0]))
                    made.bias.append(int(cells[2]))
                    made.words.symbols.append(place)
                    made.words.sums.append(made.words.whole + int(cells[1]))
                case "pairs":
                    made.pairs[int(cells[0])] = follow_row(cells[1:])
                case "triples":
                    made.triples[int(cells[0]), int(cells[1])] = follow_row(cells[2:])
                case "spaces":
                    made.spaces[cells[0], cells[1]] = plain_row(cells[2:])
                case "cases":
                    made.cases[int(cells[0]), int(cells[1]), int(cells[2])] = plain_row(cells[3:])
                case _:
                    made.spelling[cells[0]] = plain_row(cells[1:])
    return made


# 3.2: the range coder


class Reading:
    """Takes choices out of bytes."""

    def __init__(self, data: bytes) -> None:
        self.rest = data + bytes(9)
        self.low, self.range, self.value = 0, 1 << 72, 0
        self.value = int.from_bytes(self.more(9), "big")

    def more(self, count: int) -> bytes:
        piece, self.rest = self.rest[:count], self.rest[count:]
        return piece.ljust(count, b"\0")

    def place(self, total: int) -> int:
        place = (self.value - self.low) // (self.range // total)
        need(place < total, "outside the range")
        return place

    def taken(self, start: int, size: int, total: int) -> None:
        step = self.range // total
        self.low, self.range = self.low + start * step, size * step
        while self.range < FULL:
            self.low, self.range = self.low << 8, self.range << 8
            self.value = self.value << 8 | self.more(1)[0]


class Writing:
    """Puts choices into bytes."""

    def __init__(self) -> None:
        self.low, self.range, self.size = 0, 1 << 72, 9

    def put(self, start: int, size: int, total: int) -> None:
        step = self.range // total
        self.low, self.range = self.low + start * step, size * step
        while self.range < FULL:
            self.low, self.range, self.size = self.low << 8, self.range << 8, self.size + 1

    def bytes(self) -> bytes:
        for power in range(8 * self.size, -1, -8):
            multiple = -(-self.low >> power) << power
            if multiple < self.low + self.range:
                return multiple.to_bytes(self.size, "big").rstrip(b"\0")
        raise AssertionError


# 3.1, 3.3: tokens and the order of choices


@dataclass(frozen=True)
class Token:
    """One token: its stem, whether a space stands before it, its case where it has one."""

    stem: str
    space: bool
    case: int | None


def cased(t: Table, stem: str, case: int) -> str:
    if case == 0:
        return stem
    return "".join(t.capital[each] if case == 2 or place == 0 else each for place, each in enumerate(stem))


def tokens(t: Table, value: str) -> list[Token]:
    letters = set(t.small) | set(t.capital.values())
    smaller = {capital: small for small, capital in t.capital.items()}
    out: list[Token] = []
    at = 0
    while at < len(value):
        space = value[at] == " " and at + 1 < len(value) and value[at + 1] != " "
        at += space
        end = at + 1
        while value[at] in letters and end < len(value) and value[end] in letters:
            end += 1
        piece, at = value[at:end], end
        stem = "".join(smaller.get(each, each) for each in piece)
        fits = [case for case in (0, 1, 2) if piece[0] in letters and cased(t, stem, case) == piece]
        out.append(Token(stem, space, fits[0]) if fits else Token(piece, space, None))
    return out


class Context:
    """What is known before the next choice."""

    def __init__(self, t: Table) -> None:
        self.table = t
        self.numbers = {name: number for number, name in enumerate(t.names)}
        self.before, self.last = END, END
        self.token: Token | None = None
        self.word_case = 3

    def symbol(self, token: Token) -> int:
        return self.numbers.get(token.stem, ESCAPE)

    def rows(self) -> list[Row]:
        pair = self.table.pairs.get(self.last)
        triple = self.table.triples.get((self.before, self.last))
        return [each for each in (pair, triple) if each]

    def below(self, symbol: int) -> int:
        below, total = self.table.words.below(symbol), self.table.words.whole
        for each in self.rows():
            below = each.below(symbol) * total + each.rest * below
            total *= each.whole + each.rest
        return below

    def total(self) -> int:
        return self.below(len(self.table.names))

    def span(self, symbol: int) -> tuple[int, int, int]:
        start = self.below(symbol)
        return start, self.below(symbol + 1) - start, self.total()

    def kind(self, token: Token | None) -> str:
        if token is None:
            return BEGIN
        if token.stem[0] in self.table.small:
            return "\\w"
        if token.stem in set("0123456789"):
            return "\\d"
        return NAMED.get(token.stem, token.stem) if token.stem in self.numbers else "\\o"

    def spaces(self, stem: str) -> Row:
        kinds = self.kind(self.token), self.kind(Token(stem, space=False, case=None))
        return self.table.spaces.get(kinds, row([(0, 1), (1, 1)]))

    def cases(self, symbol: int) -> Row:
        begins = self.token is None or self.token.stem in {".", "?", "!", ":", '"', "\n"}
        bias = 6 if symbol == ESCAPE else self.table.bias[symbol]
        return self.table.cases[int(begins), self.word_case, bias]

    def has_case(self, stem: str) -> bool:
        return all(each in self.table.small for each in stem)

    def after(self, token: Token, symbol: int) -> None:
        self.before, self.last, self.token = self.last, symbol, token
        if token.case is not None:
            self.word_case = token.case
        elif token.stem != "-":
            self.word_case = 3


def span(of: Row, place: int) -> tuple[int, int, int]:
    return of.sums[place], of.sums[place + 1] - of.sums[place], of.whole


def compress(value: str, t: Table) -> bytes:
    writing, context = Writing(), Context(t)
    for token in tokens(t, value):
        symbol = context.symbol(token)
        writing.put(*context.span(symbol))
        if symbol == ESCAPE:
            spell(writing, token.stem, t)
        writing.put(*span(context.spaces(token.stem), int(token.space)))
        if token.case is not None:
            writing.put(*span(context.cases(symbol), token.case))
        context.after(token, symbol)
    writing.put(*context.span(END))
    return writing.bytes()


def spell(writing: Writing, stem: str, t: Table) -> None:
    stop, literal, before = len(t.small), len(t.small) + 1, BEGIN
    for each in stem:
        if each in t.small:
            writing.put(*span(t.spelling[before], t.small.index(each)))
            before = each
        else:
            writing.put(*span(t.spelling[before], literal))
            writing.put(ord(each), 1, 1 << 21)
            before = BEGIN
    writing.put(*span(t.spelling[before], stop))


def decompress(data: bytes, t: Table) -> str:
    reading, context, out = Reading(data), Context(t), ""
    while True:
        symbol = choose_symbol(reading, context)
        if symbol == END:
            break
        stem = spelled(reading, t) if symbol == ESCAPE else t.names[symbol]
        space = bool(choose(reading, context.spaces(stem)))
        case = choose(reading, context.cases(symbol)) if context.has_case(stem) else None
        out += " " * space + (stem if case is None else cased(t, stem, case))
        need(len(out) <= 8_192, "too long")
        context.after(Token(stem, space, case), symbol)
    packed = compress(out, t)
    need(data.startswith(packed) and not any(data[len(packed) :]), "another encoding")
    return out


def choose_symbol(reading: Reading, context: Context) -> int:
    place = reading.place(context.total())
    low, high = 0, len(context.table.names)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if context.below(middle) <= place else (low, middle)
    reading.taken(*context.span(low))
    return low


def choose(reading: Reading, of: Row) -> int:
    place = bisect_right(of.sums, reading.place(of.whole)) - 1
    reading.taken(*span(of, place))
    return place


def spelled(reading: Reading, t: Table) -> str:
    stem, before = "", BEGIN
    while True:
        place = choose(reading, t.spelling[before])
        if place == len(t.small):
            need(stem, "a spelling of nothing")
            return stem
        if place < len(t.small):
            stem += t.small[place]
            before = t.small[place]
        else:
            code = reading.place(1 << 21)
            need(code < 0x110000 and not 0xD800 <= code < 0xE000, "no character")
            reading.taken(code, 1, 1 << 21)
            stem, before = stem + chr(code), BEGIN
        need(len(stem) <= 8_192, "too long")


# 2: content

ROOMS = (320, 250, 120, 40)
FROM_2020 = 1_577_836_800


def message(control: int, data: bytes, tables: dict[int, Table]) -> tuple[list[Any], int | None]:
    """Return the body's fields, the kind first, and the acknowledgement."""
    kind, method = control >> 5, control >> 2 & 7
    cut = Cut(data)
    ack = cut.number(2) if control & 2 else None
    need(1 <= kind <= 4 and (kind == 1 or method == 0), "type or method")
    match kind:
        case 1:
            need(method == 0 or method in tables, "no such table")
            return cable(cut, tables.get(method)), ack
        case 2:
            fields = [cut.number(1), slip(cut.take(81))]
        case 3:
            fields = [cut.take(12)]
        case _:
            need(ack is not None, "a report without acknowledgement")
            fields = [list(cut.take(cut.number(1, 0, 32)))]
    need(not any(cut.data), "fill")
    return [kind, *fields], ack


def cable(cut: Cut, t: Table | None) -> list[Any]:
    serial, marks, low, minute = cut.number(1), cut.number(1), cut.number(2), cut.number(3)
    need(not marks & 0b0110, "marks")
    number = low | (marks & 1) << 16
    need(1 <= number <= 99_999, "number")
    value = decompress(cut.data, t) if t else utf8(cut.data)
    need("\n" in value, "no subject")
    subject, _, body = value.partition("\n")
    text(subject, 3, 200)
    text(body, 1, 200_000, lines=True)
    kind, dtg = 2 if marks & 8 else 1, FROM_2020 + 60 * minute
    return [1, serial, kind, marks >> 6, marks >> 4 & 3, number, dtg, subject, body]


def utf8(data: bytes) -> str:
    whole, _, fill = data.partition(b"\0")
    need(not any(fill), "fill")
    try:
        return whole.decode()
    except UnicodeDecodeError:
        raise RefusedError("not UTF-8") from None


def identity(fields: list[Any], origin: int, addressee: int, serial: int) -> bytes:
    """Return what is hashed after the label to a cable's id."""
    _, _, kind, degree, urgency, number, dtg, subject, body = fields
    marks = degree << 6 | urgency << 4 | (8 if kind == 2 else 0)
    head = origin.to_bytes(2, "big") + addressee.to_bytes(2, "big") + serial.to_bytes(4, "big") + bytes([marks])
    minute = (dtg - FROM_2020) // 60
    return bytes(head + number.to_bytes(4, "big") + minute.to_bytes(4, "big") + f"{subject}\n{body}".encode())


def received(contents: list[bytes], tables: dict[int, Table]) -> tuple[list[Any], int | None]:
    """Read one message: one content that is whole, or fragments in any order."""
    need(contents and all(len(each) in ROOMS for each in contents), "size")
    control = contents[0][0]
    if control & 1:
        need(len(contents) == 1, "more than one")
        return message(control, contents[0][1:], tables)
    return message(control, joined(contents, control), tables)


# 4: fragments


def joined(contents: list[bytes], control: int) -> bytes:
    need(len({(each[0], each[1], each[3], len(each)) for each in contents}) == 1, "they contradict each other")
    k, r = (contents[0][3] >> 3) + 1, contents[0][3] & 7
    pieces: dict[int, bytes] = {}
    for each in contents:
        need(each[2] < k + r and pieces.get(each[2], each[4:]) == each[4:], "index")
        pieces[each[2]] = each[4:]
    need(len(pieces) >= k, "not all there")
    whole = [solved(k, r, {index: piece[at] for index, piece in pieces.items()}) for at in range(len(contents[0]) - 4)]
    data = b"".join(bytes(column[index] for column in whole) for index in range(k))
    check, rest = data[:4], data[4:]
    need(short(b"DC/1 thin message\0", bytes([control]), rest)[:4] == check, "check")
    return rest


EXP = [1]
for _ in range(254):
    EXP.append(EXP[-1] << 1 ^ (0x11D if EXP[-1] & 0x80 else 0))
LOG = {value: power for power, value in enumerate(EXP)}


def times(a: int, b: int) -> int:
    return EXP[(LOG[a] + LOG[b]) % 255] if a and b else 0


def solved(k: int, r: int, known: dict[int, int]) -> list[int]:
    """Fill one column of a code word: its value at 2^0 … 2^(r-1) is zero, the first piece the highest power."""
    n = k + r
    lacking = [index for index in range(n) if index not in known]
    rows = []
    for root in range(r):
        powers = [EXP[root * (n - 1 - index) % 255] for index in range(n)]
        sum_known = 0
        for index, value in known.items():
            sum_known ^= times(powers[index], value)
        rows.append([*(powers[index] for index in lacking), sum_known])
    values = known | dict(zip(lacking, eliminated(rows, len(lacking)), strict=True))
    return [values[index] for index in range(n)]


def eliminated(rows: list[list[int]], unknowns: int) -> list[int]:
    need(len(rows) >= unknowns, "too few pieces")
    for column in range(unknowns):
        pivot = next(place for place in range(column, len(rows)) if rows[place][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        inverse = EXP[-LOG[rows[column][column]] % 255]
        rows[column] = [times(inverse, each) for each in rows[column]]
        for place, other in enumerate(rows):
            if place != column and other[column]:
                rows[place] = [a ^ times(other[column], b) for a, b in zip(other, rows[column], strict=True)]
    need(not any(row[-1] for row in rows[unknowns:]), "no code word")
    return [row[-1] for row in rows[:unknowns]]


# 6: lines

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def line(value: str) -> bytes:
    bare = "".join(each for each in value if each not in " .-\n\t")
    packet = letters(bare)
    need(len(packet) in (340, 270, 140, 60), "size")
    return packet


def letters(bare: str) -> bytes:
    plain = bare.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    need(plain and all(each in LETTERS for each in plain), "letter")
    bits = ""
    for place in range(-(-len(plain) // 8)):
        group = plain[8 * place : 8 * place + 8]
        value = (place + 1) % 32
        for each in group:
            value = (value << 1 ^ (0x25 if value & 16 else 0)) ^ LETTERS.index(each)
        need(value == 0 and len(group) > 1, f"group {place + 1}")
        bits += "".join(f"{LETTERS.index(each):05b}" for each in group[:-1])
    size = len(bits) // 8
    need(len(bits) - 8 * size < 5 and "1" not in bits[8 * size :], "bits beyond the last byte")
    return bytes(int(bits[8 * at : 8 * at + 8], 2) for at in range(size))
