"""Words that are not in the book, by their letters: two in a group, other characters by number, figures by two.

Source: docs/spec/codebook.md 4 and 5.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from secmsg.manual.casing import capital
from secmsg.manual.codebook import Book, Kind
from secmsg.manual.spelling import spell

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_UNITS = re.compile(r"[a-z]{1,2}|[\s\S]")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word in codes; `exact` says that it comes back with its own case."""

    codes: tuple[str, ...] = field(repr=False)
    kind: Kind
    exact: bool


class Alphabet:
    """A book's letters, figures and controls, at hand."""

    def __init__(self, book: Book) -> None:
        kinds = (Kind.LETTER, Kind.BIGRAPH, Kind.NUMERAL, Kind.FIGURE)
        self._texts = {entry.text: entry.code for kind in kinds for entry in book.by_kind[kind]}
        self._book = book

    def number(self, figures: str) -> tuple[str, ...]:
        """Return the codes of a number: two figures in each, the odd one last."""
        return tuple(self._texts[figures[at : at + 2]] for at in range(0, len(figures), 2))

    def character(self, character: str) -> tuple[str, ...]:
        """Return the codes of a character by its number."""
        return (self._book.code(Kind.CHARACTER), *self.number(f"{ord(character):06}"))

    def word(self, form: str, *, begins: bool, small: bool, exact: bool) -> Spelled:
        """Spell a word; where its case matters (`exact`) with the controls for it.

        By itself a word of plain letters begins with a capital, after a figure or inside an address (`small`) with
        none; `begins` says that it begins a sentence.
        """
        lower = form.lower()
        if lower.isascii() and lower.isalpha():
            return self._plain(form, small=small, exact=exact)
        letters = spell(lower)
        if letters is not None:
            codes = (self._book.code(Kind.SPELL), *self._letters(letters))
            # A word in Telex has the case of any word of the book.
            control = self._control(form, small=not begins)
            if control is not None or not exact:
                return self._whole(codes, Kind.SPELL, control, exact=exact)
        return self._literal(form, small=small, exact=exact)

    def _plain(self, form: str, *, small: bool, exact: bool) -> Spelled:
        codes = tuple(self._letters(form.lower()))
        control = self._control(form, small=small)
        if control is not None or not exact:
            return self._whole(codes, Kind.BIGRAPH, control, exact=exact)
        joined: list[str] = []
        for place, part in enumerate(_PARTS.findall(form)):
            joined += [self._book.code(Kind.JOIN)] if place else []
            joined += [self._book.code(each) for each in self._control(part, small=small and not place) or ()]
            joined += self._letters(part.lower())
        return Spelled(tuple(joined), Kind.BIGRAPH, exact=True)

    def _literal(self, form: str, *, small: bool, exact: bool) -> Spelled:
        """Spell a word with letters beyond a to z: those stand as they are, so only the others have a rule."""
        units = _UNITS.findall("".join(each.lower() if each.isascii() else each for each in form))
        codes = tuple(
            code for unit in units for code in (self._letters(unit) if unit.isascii() else self.character(unit))
        )
        plain = "".join(units)
        rule = capital(plain) if units[0].isascii() and not small else plain
        shouted = "".join(unit.upper() if unit.isascii() else unit for unit in units)
        said: dict[str, tuple[Kind, ...]] = {
            shouted: (Kind.UPPER,), plain: (Kind.LOWER,), capital(plain): (Kind.CAPITAL_1,), rule: (),
        }  # fmt: skip
        control = said.get(form)
        if control is not None or not exact:
            return self._whole(codes, Kind.CHARACTER, control, exact=exact)
        every = tuple(code for each in form for code in self.character(each))
        return Spelled(every, Kind.CHARACTER, exact=True)

    def _whole(self, codes: tuple[str, ...], kind: Kind, control: tuple[Kind, ...] | None, *, exact: bool) -> Spelled:
        before = tuple(map(self._book.code, control or ())) if exact else ()
        return Spelled((*before, *codes), kind, exact=control is not None and (exact or not control))

    def _letters(self, letters: str) -> Iterator[str]:
        return (self._texts[letters[at : at + 2]] for at in range(0, len(letters), 2))

    @staticmethod
    def _control(form: str, *, small: bool) -> tuple[Kind, ...] | None:
        """Return the control that a word's case needs, None when no one control gives it."""
        lower = form.lower()
        if form == (lower if small else capital(lower)):
            return ()
        if form == lower:
            return (Kind.LOWER,)
        if form == capital(lower):
            return (Kind.CAPITAL_1,)
        return (Kind.UPPER,) if form == lower.upper() else None


@functools.lru_cache(maxsize=8)
def alphabet(book: Book) -> Alphabet:
    """Return a book's alphabet, made once for each book."""
    return Alphabet(book)
