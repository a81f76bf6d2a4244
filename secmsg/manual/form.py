"""What the codes of a whole cable by hand say: edition, degree, urgency, number, text, its end, and nulls.

    edition | degree | urgency | number, three numerals | text … | end | nulls to a standard length

The edition is the only code that is not of the book: its four figures are the number. Source: docs/spec/codebook.md 7.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from secmsg.errors import FormatError
from secmsg.manual.codebook import Book, Kind
from secmsg.manual.decoding import decode as decode_text
from secmsg.manual.letters import alphabet

STRIP = 30
MAX_GROUPS = 960
MAX_NUMBER = 99_999
HEAD = 6
"""Codes before the text."""

DEGREES = (Kind.UNCLASSIFIED, Kind.CONFIDENTIAL, Kind.SECRET, Kind.TOP_SECRET)
URGENCIES = (Kind.ROUTINE, Kind.PRIORITY, Kind.IMMEDIATE, Kind.FLASH)
NULLS = (Kind.NULL_1, Kind.NULL_2)


@dataclass(frozen=True, slots=True)
class Form:
    """A cable by hand: `degree` one of DEGREES, `urgency` of URGENCIES, `number` 1 to 99 999, the codes of its text.

    `null` is the class of the nulls after the end: which of the two says nothing, or what two offices agreed on.
    """

    edition: int
    degree: Kind
    urgency: Kind
    number: int
    text: tuple[str, ...] = field(repr=False)
    null: Kind = Kind.NULL_1


def standard_lengths(codes: int) -> tuple[int, ...]:
    """Return the lengths that may hide a text of so many codes: whole strips, with at least one null."""
    least = HEAD + codes + 2
    return tuple(range(-(-least // STRIP) * STRIP, MAX_GROUPS + 1, STRIP))


def encode(form: Form, book: Book, length: int | None = None) -> tuple[str, ...]:
    """Return the codes of a whole cable, filled to `length`, one of `standard_lengths`; without it to the least.

    FormatError for a text that is too long or says nothing, and for a form that this book cannot write.
    """
    lengths = standard_lengths(len(form.text))
    if not lengths:
        raise FormatError(f"the text has {len(form.text)} codes, at most {MAX_GROUPS - HEAD - 2} go by hand")
    filled = lengths[0] if length is None else length
    if filled not in lengths:
        raise FormatError(f"{filled} is not a standard length for {len(form.text)} codes of text")
    whole = (
        f"{form.edition:04}",
        book.code(form.degree),
        book.code(form.urgency),
        *alphabet(book).number(f"{form.number:06}"),
        *form.text,
        book.code(Kind.END),
    )
    codes = (*whole, *((book.code(form.null),) * (filled - len(whole))))
    # A text with an end in it, a degree in the place of an urgency: what could not be read is not written.
    decode(codes, book)
    return codes


def edition(codes: Sequence[str]) -> int:
    """Return the edition of the book that codes are of: it must be known before they can be read."""
    if not codes or not codes[0].isascii() or not codes[0].isdigit() or not int(codes[0]):
        raise FormatError("the first code is no edition")
    return int(codes[0])


def decode(codes: Sequence[str], book: Book) -> Form:
    """Return what the codes of a cable say; FormatError names the first code, from 1, that is out of form."""
    # 1: the edition
    if edition(codes) != book.edition:
        raise FormatError(f"code 1: the cable is of edition {edition(codes)}, this book is edition {book.edition}")
    if len(codes) > MAX_GROUPS:
        raise FormatError(f"{len(codes)} codes, at most {MAX_GROUPS} go by hand")
    kinds = [entry.kind if (entry := book.by_code.get(code)) else None for code in codes]
    # 2: degree, urgency, number
    degree, urgency = _one_of(DEGREES, kinds, 1), _one_of(URGENCIES, kinds, 2)
    number = _number(codes, kinds, book)
    # 3: the end, and after it nulls of one class
    if Kind.END not in kinds[HEAD:]:
        raise FormatError("the text has no end: codes are missing")
    end = kinds.index(Kind.END, HEAD)
    null = _one_of(NULLS, kinds, end + 1)
    for place in range(end + 1, len(codes)):
        _one_of((null,), kinds, place)
    # 4: the text
    text = tuple(codes[HEAD:end])
    if not text or not decode_text(text, book):
        raise FormatError("there is no text")
    return Form(book.edition, degree, urgency, number, text, null)


def _one_of(expected: tuple[Kind, ...], kinds: Sequence[Kind | None], place: int) -> Kind:
    kind = kinds[place] if place < len(kinds) else None
    if kind not in expected:
        raise FormatError(f"code {place + 1}: expected is one of {', '.join(expected)}")
    return kind


def _number(codes: Sequence[str], kinds: Sequence[Kind | None], book: Book) -> int:
    for place in range(3, HEAD):
        _one_of((Kind.NUMERAL,), kinds, place)
    number = int("".join(book.by_code[code].text for code in codes[3:HEAD]))
    if not 1 <= number <= MAX_NUMBER:
        raise FormatError(f"codes 4 to {HEAD}: a number is 1 to {MAX_NUMBER}")
    return number
