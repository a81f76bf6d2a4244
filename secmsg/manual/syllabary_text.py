"""A text by the syllabary: figures in a stream, cut into codes of four, and back.

    0000 · edition · stream … END · any figures up to a whole code

The first code says that no codebook is used. What comes back is what `reads` says: words in small letters but at the
beginnings of sentences and where capitals were asked for. Source: docs/spec/syllabary.md 3.
"""

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from secmsg.errors import FormatError
from secmsg.manual.pad import CODE, is_figures
from secmsg.manual.spelling import spell, unspell
from secmsg.manual.syllabary import SIGNS, Control, Reader, Syllabary
from secmsg.manual.tokens import Cut, Token, tokens
from secmsg.vietnamese import fold

MARK = "0000"
"""The first code: no edition of a codebook has this number."""

MAX_CODES = 960
_RUN = 9
_AFTER = frozenset(",;:?!)%.")
_GLUED = frozenset("/-")
_ENDS = frozenset(".?!\n")


def encode(text: str, syllabary: Syllabary, *, capitals: bool = False) -> tuple[str, ...]:
    """Return the codes of a text; FormatError for nothing, for what the sheet cannot say, and beyond 960 codes.

    `capitals` spends two figures on each word that has one inside a sentence. The last code is filled with noughts.
    """
    given = tokens(text)
    if not given:
        raise FormatError("there is no text")
    figures = "".join(_spoken(given, syllabary, capitals=capitals)) + Control.END.value
    figures += "0" * (-len(figures) % CODE)
    codes = tuple(figures[at : at + CODE] for at in range(0, len(figures), CODE))
    if len(codes) > MAX_CODES - 2:
        raise FormatError(f"this takes {len(codes) + 2} groups, and a message has {MAX_CODES} at most")
    return MARK, f"{syllabary.edition:04}", *codes


def edition(codes: Sequence[str]) -> int:
    """Return the edition of the sheet that codes are of; FormatError where they are none of a syllabary."""
    if len(codes) < 3 or codes[0] != MARK or not all(is_figures(code, CODE) for code in codes):
        raise FormatError("these codes are not of the syllabary")
    return int(codes[1])


def decode(codes: Sequence[str], syllabary: Syllabary) -> str:
    """Return the text; FormatError for another edition, and for figures that say nothing or end too early."""
    if edition(codes) != syllabary.edition:
        raise FormatError(f"these codes are of edition {edition(codes)} of the syllabary")
    return _joined(_pieces("".join(codes[2:]), syllabary))


def reads(text: str, syllabary: Syllabary, *, capitals: bool = False) -> str:
    """Return what the other end will read, to be looked at before anything is sent."""
    return decode(encode(text, syllabary, capitals=capitals), syllabary)


def _spoken(given: Sequence[Token], syllabary: Syllabary, *, capitals: bool) -> Iterator[str]:
    fresh = True
    for token in given:
        match token.cut:
            case Cut.WORD:
                if capitals and token.form[0] != token.key[0] and not fresh:
                    yield Control.CAPITAL.value
                yield syllabary.syllable(token.key) or _spelled(token)
            case Cut.NUMBER:
                yield _run(Control.FIGURES, list(token.form))
            case Cut.LINE:
                yield Control.LINE.value
            case _:
                yield _sign(token)
        fresh = token.form[-1] in _ENDS


def _spelled(token: Token) -> str:
    letters = spell(token.key)
    control = Control.LETTERS if letters is None else Control.SPELL
    # A foreign mark has no cell: Zürich reads Zurich, and the officer is shown that before sending.
    letters = letters or fold(token.key)
    if not (letters.isascii() and letters.isalpha()):
        raise FormatError(f"character {token.start + 1}: the syllabary cannot spell this word")
    return _run(control, [f"{ascii_lowercase.index(letter):02}" for letter in letters])


def _run(control: Control, items: Sequence[str]) -> str:
    """Return items behind their count; nine behind a nought while there are more."""
    said = ""
    while len(items) > _RUN:
        said += control.value + "0" + "".join(items[:_RUN])
        items = items[_RUN:]
    return said + f"{control.value}{len(items)}" + "".join(items)


def _sign(token: Token) -> str:
    if set(token.form) == {"."}:
        return Control.STOP.value * len(token.form)
    if token.form == ",":
        return Control.COMMA.value
    if token.form not in SIGNS:
        raise FormatError(f"character {token.start + 1}: the syllabary has no {token.form}")
    return Control.SIGN.value + str(SIGNS.index(token.form))


_Piece = tuple[Control | None, str]
"""What a piece is (None: a word), and its text."""


def _pieces(figures: str, syllabary: Syllabary) -> Iterator[_Piece]:
    reader = Reader(figures)
    while True:
        head = reader.head(syllabary)
        match head:
            case Control.END:
                return
            case Control.STOP:
                yield Control.SIGN, "."
            case Control.COMMA:
                yield Control.SIGN, ","
            case Control.SIGN:
                yield Control.SIGN, SIGNS[int(reader.take(1))]
            case Control.LINE | Control.CAPITAL:
                yield head, "\n" if head is Control.LINE else ""
            case Control.FIGURES:
                yield head, _items(reader, syllabary, head, 1)
            case Control.SPELL | Control.LETTERS:
                letters = _letters(_items(reader, syllabary, head, 2))
                yield None, unspell(letters) if head is Control.SPELL else letters
            case _:
                yield None, head + reader.rime(syllabary)


def _items(reader: Reader, syllabary: Syllabary, control: Control, size: int) -> str:
    found, count = "", int(reader.take(1))
    while not count:
        found += reader.take(_RUN * size)
        if reader.head(syllabary) is not control:
            raise FormatError("a run that goes on is followed by something else")
        count = int(reader.take(1))
    return found + reader.take(count * size)


def _letters(figures: str) -> str:
    places = [int(figures[at : at + 2]) for at in range(0, len(figures), 2)]
    if max(places) >= len(ascii_lowercase):
        raise FormatError("figures that stand for no letter")
    return "".join(ascii_lowercase[place] for place in places)


def _joined(pieces: Iterator[_Piece]) -> str:
    """Put spaces and capitals where a text has them."""
    text, capital, quoting, glue = "", True, False, True
    number = pending = ""
    for control, said in pieces:
        if control is Control.CAPITAL:
            capital = True
            continue
        if control is Control.SIGN and said == '"':
            quoting = not quoting
            text += (" " if quoting and not glue else "") + said
            glue, number = quoting, ""
            continue
        closes = said in _AFTER or said in _GLUED or said == "\n"
        within = control is Control.FIGURES and number and pending
        text += "" if glue or closes or within else " "
        text += said[:1].upper() + said[1:] if capital else said
        pending = said if number and said in {".", ",", ":"} else ""
        number = said if control is Control.FIGURES else number if pending else ""
        glue = said in _GLUED or said in {"(", "\n"}
        capital = said[-1:] in _ENDS or (capital and control is Control.SIGN)
    return text
