"""The codebook: what each code of four figures stands for, the kinds of entries, and the range of each.

A one-part book: within a range of words the order of codes is the order of the dictionary, so one book serves both
directions. It hides nothing by itself. Its file is in `codebook_file`. Source: docs/spec/codebook.md 1 and 2.
"""

import functools
from dataclasses import dataclass
from enum import StrEnum

MAX_TEXT = 64
"""Characters of one entry."""


class Kind(StrEnum):
    """What an entry is; the engine finds signs of control by it, never by their text or code."""

    NUMERAL = "numeral"  # 00 to 99: two figures of a number
    FIGURE = "figure"  # 0 to 9: the odd figure of a number
    # Signs: their text in the file is a name for people, what they stand for is in `signs`.
    STOP = "stop"
    COMMA = "comma"
    COLON = "colon"
    SEMICOLON = "semicolon"
    QUESTION = "question"
    EXCLAMATION = "exclamation"
    ELLIPSIS = "ellipsis"
    QUOTE_OPEN = "quote-open"
    QUOTE_CLOSE = "quote-close"
    BRACKET_OPEN = "bracket-open"
    BRACKET_CLOSE = "bracket-close"
    SLASH = "slash"
    HYPHEN = "hyphen"  # without spaces: Boutros-Ghali
    DASH = "dash"  # with spaces, or at the beginning of a line
    APOSTROPHE = "apostrophe"
    PERCENT = "percent"
    POINT = "point"  # between figures or letters, without a space: 1.250, mofa.gov
    DECIMAL = "decimal"  # the comma inside a number
    PARAGRAPH = "paragraph"  # a new line
    # Control: how what follows is written.
    SPACE = "space"  # a space where there would be none: between two numbers
    JOIN = "join"  # no space where there would be one: F16
    REPEAT = "repeat"  # the number that follows is the last one once more, for certainty
    SPELL = "spell"  # the letters that follow are a Vietnamese word in Telex
    CHARACTER = "character"  # three numerals follow: any other character, by its number
    CAPITAL_1 = "capital-1"  # the next word begins with a capital
    CAPITAL_2 = "capital-2"
    CAPITAL_3 = "capital-3"
    CAPITAL_4 = "capital-4"
    UPPER = "upper"  # the next word in capitals
    CAPITALS_ON = "capitals-on"  # all that follows in capitals
    CAPITALS_OFF = "capitals-off"
    LOWER = "lower"  # the next word in small letters, where there would be a capital
    NULL_1 = "null-1"  # stands for nothing
    NULL_2 = "null-2"
    END = "end"  # of the text; nulls follow
    # Headings of a cable; in a text they are words.
    FLASH = "flash"
    IMMEDIATE = "immediate"
    PRIORITY = "priority"
    ROUTINE = "routine"
    TOP_SECRET = "top-secret"  # noqa: S105 - a degree
    SECRET = "secret"  # noqa: S105 - a degree
    CONFIDENTIAL = "confidential"
    UNCLASSIFIED = "unclassified"
    # Words: their text is what they stand for.
    DAY = "day"
    MONTH = "month"
    LETTER = "letter"
    BIGRAPH = "bigraph"
    YEAR = "year"
    TIME = "time"
    CURRENCY = "currency"
    UNIT = "unit"
    SYLLABLE = "syllable"
    PHRASE = "phrase"
    PLACE = "place"
    ORGANISATION = "organisation"
    SUPPLEMENT = "supplement"


SIGNS = {
    Kind.STOP: ".",
    Kind.COMMA: ",",
    Kind.COLON: ":",
    Kind.SEMICOLON: ";",
    Kind.QUESTION: "?",
    Kind.EXCLAMATION: "!",
    Kind.ELLIPSIS: "...",
    Kind.QUOTE_OPEN: '"',
    Kind.QUOTE_CLOSE: '"',
    Kind.BRACKET_OPEN: "(",
    Kind.BRACKET_CLOSE: ")",
    Kind.SLASH: "/",
    Kind.HYPHEN: "-",
    Kind.DASH: "-",
    Kind.APOSTROPHE: "'",
    Kind.PERCENT: "%",
    Kind.POINT: ".",
    Kind.DECIMAL: ",",
    Kind.PARAGRAPH: "\n",
}
"""What the signs stand for."""

CONTROLS = frozenset(
    (
        Kind.SPACE, Kind.JOIN, Kind.REPEAT, Kind.SPELL, Kind.CHARACTER, Kind.CAPITAL_1, Kind.CAPITAL_2, Kind.CAPITAL_3,
        Kind.CAPITAL_4, Kind.UPPER, Kind.CAPITALS_ON, Kind.CAPITALS_OFF, Kind.LOWER, Kind.NULL_1, Kind.NULL_2, Kind.END,
    )
)  # fmt: skip
"""What stands for no text of its own."""

HEADINGS = frozenset(
    (
        Kind.FLASH, Kind.IMMEDIATE, Kind.PRIORITY, Kind.ROUTINE,
        Kind.TOP_SECRET, Kind.SECRET, Kind.CONFIDENTIAL, Kind.UNCLASSIFIED,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """Codes from `first` to `last`, both in it, the kinds that may stand there, and whether they are in order."""

    first: int
    last: int
    kinds: frozenset[Kind]
    ordered: bool = False


RANGES = (
    Range(0, 99, frozenset((Kind.NUMERAL,))),
    Range(100, 199, frozenset((*SIGNS, *CONTROLS, *HEADINGS, Kind.FIGURE, Kind.DAY, Kind.MONTH))),
    Range(200, 901, frozenset((Kind.LETTER, Kind.BIGRAPH))),
    Range(902, 999, frozenset((Kind.YEAR, Kind.TIME, Kind.CURRENCY, Kind.UNIT))),
    Range(1000, 4599, frozenset((Kind.SYLLABLE,)), ordered=True),
    Range(4600, 8999, frozenset((Kind.PHRASE,)), ordered=True),
    Range(9000, 9599, frozenset((Kind.PLACE,)), ordered=True),
    Range(9600, 9899, frozenset((Kind.ORGANISATION,)), ordered=True),
    Range(9900, 9999, frozenset((Kind.SUPPLEMENT,))),
)
"""Where each kind stands (docs/spec/codebook.md 2)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the book: a code of four figures, what it stands for, and its kind."""

    code: str
    text: str
    kind: Kind


@dataclass(frozen=True)
class Book:
    """A whole codebook of one edition: every sign, numeral and letter is in it, so that any text can be encoded.

    `edition` is 1 to 9999: it is the first code of every cable.
    """

    title: str
    edition: int
    licence: str
    entries: tuple[Entry, ...]

    def __hash__(self) -> int:
        """By what names it: comparing ten thousand entries is for two books that could be the same."""
        return hash((self.title, self.edition, len(self.entries)))

    @functools.cached_property
    def by_code(self) -> dict[str, Entry]:
        """The entries by their code."""
        return {entry.code: entry for entry in self.entries}

    @functools.cached_property
    def by_kind(self) -> dict[Kind, tuple[Entry, ...]]:
        """The entries of each kind that is there, by ascending code."""
        found: dict[Kind, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.kind, []).append(entry)
        return {kind: tuple(entries) for kind, entries in found.items()}

    def code(self, kind: Kind) -> str:
        """Return the code of a sign or control, which every book has once."""
        return self.by_kind[kind][0].code
