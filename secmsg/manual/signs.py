"""Which sign a character of a text is, by what stands beside it: a stop or the dot inside a number, a hyphen or a dash.

Source: docs/spec/codebook.md 4.
"""

from secmsg.manual.codebook import Kind
from secmsg.manual.tokens import Cut, Token

_ALWAYS = {
    ":": Kind.COLON,
    ";": Kind.SEMICOLON,
    "?": Kind.QUESTION,
    "!": Kind.EXCLAMATION,
    "...": Kind.ELLIPSIS,
    "(": Kind.BRACKET_OPEN,
    ")": Kind.BRACKET_CLOSE,
    "/": Kind.SLASH,
    "'": Kind.APOSTROPHE,
    "%": Kind.PERCENT,
}
_OPENING = frozenset(("(", "/", "-"))
_KEEPING = frozenset(('"', "(", ")"))


def signs(text: tuple[Token, ...]) -> tuple[Kind | None, ...]:
    """Return the kind of each token that is a sign or a new line, None for the others."""
    quoting = False
    found: list[Kind | None] = []
    for place, token in enumerate(text):
        if token.cut is Cut.LINE:
            found.append(Kind.PARAGRAPH)
        elif token.cut is not Cut.SIGN:
            found.append(None)
        elif token.form == '"':
            quoting = _opens(text, place, quoting=quoting)
            found.append(Kind.QUOTE_OPEN if quoting else Kind.QUOTE_CLOSE)
        else:
            found.append(_ALWAYS.get(token.form) or _by_neighbours(text, place))
    return tuple(found)


def beginnings(text: tuple[Token, ...], kinds: tuple[Kind | None, ...]) -> tuple[bool, ...]:
    """Say of each token whether a sentence begins with it, as a reader of the codes will see it."""
    begins = True
    found: list[bool] = []
    for place, (token, kind) in enumerate(zip(text, kinds, strict=True)):
        found.append(begins)
        if kind in (Kind.STOP, Kind.QUESTION, Kind.EXCLAMATION, Kind.PARAGRAPH):
            begins = True
        elif token.form not in _KEEPING and not (kind is Kind.DASH and _starts(text, place)):
            begins = False
    return tuple(found)


def _starts(text: tuple[Token, ...], place: int) -> bool:
    return place == 0 or text[place - 1].cut is Cut.LINE


def _free(text: tuple[Token, ...], place: int) -> tuple[bool, bool]:
    """Say whether white space, or the end of a line, stands before and after a token."""
    before = text[place].gap or _starts(text, place)
    after = place + 1 == len(text) or text[place + 1].gap or text[place + 1].cut is Cut.LINE
    return before, after


def _opens(text: tuple[Token, ...], place: int, *, quoting: bool) -> bool:
    before, after = _free(text, place)
    if before and after:
        return not quoting
    return before or (not after and text[place - 1].form in _OPENING)


def _by_neighbours(text: tuple[Token, ...], place: int) -> Kind:
    before, after = _free(text, place)
    sign = text[place].form
    if sign == "-":
        return Kind.DASH if after else Kind.HYPHEN
    follows = None if after else text[place + 1].cut
    if sign == ".":
        return Kind.POINT if follows in (Cut.WORD, Cut.NUMBER, Cut.ODD) else Kind.STOP
    inside = not before and text[place - 1].cut is Cut.NUMBER and follows is Cut.NUMBER
    return Kind.DECIMAL if inside else Kind.COMMA
