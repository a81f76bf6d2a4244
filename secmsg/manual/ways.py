"""What can stand for the text at one place: entries of the book, with a control for capitals or not, or its letters.

Source: docs/spec/codebook.md 5.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from secmsg.manual.capitals import Capitals, case_of
from secmsg.manual.casing import CAPITALS, capital
from secmsg.manual.codebook import Book, Kind
from secmsg.manual.letters import alphabet
from secmsg.manual.lexicon import Word, found, lexicon
from secmsg.manual.signs import beginnings, signs
from secmsg.manual.tokens import Cut, Token


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens `first` to `last`, both in it, as codes."""

    first: int
    last: int
    codes: tuple[str, ...] = field(repr=False)
    kind: Kind


@dataclass(frozen=True, slots=True)
class Way:
    """Parts that follow each other, and how many of them change something of the text."""

    parts: tuple[Part, ...]
    changes: int

    @property
    def end(self) -> int:
        """The token after it."""
        return self.parts[-1].last + 1

    @property
    def order(self) -> tuple[int, int, tuple[str, ...]]:
        """Among equal ways: the longer first segment, the fewer codes in it, the lower ones."""
        first = self.parts[0]
        return -first.last, len(first.codes), first.codes

    @property
    def groups(self) -> int:
        """How many codes it takes."""
        return sum(len(part.codes) for part in self.parts)


class Ways:
    """The ways through one text with one book."""

    def __init__(self, text: tuple[Token, ...], book: Book, capitals: Capitals) -> None:
        self._text = text
        self._book = book
        self._root = lexicon(book)
        self._alphabet = alphabet(book)
        self._kinds = signs(text)
        self._begins = beginnings(text, self._kinds)
        self._case = case_of(text, self._begins, capitals)
        self._borders = {border for heading in self._case.headings for border in heading}
        self._free = {place for first, end in self._case.headings for place in range(first, end)}

    def at(self, place: int, *, every: bool = False) -> list[Way]:
        """Return the ways that begin at a token, at least one; `every`: also letters where one entry says the same."""
        here = found(self._root, self._text, place)
        ways = [way for end, word in here if (way := self._word(place, end, word)) is not None]
        if self._case.must[place] and self._case.runs[place] > 1:
            ways += self._runs(place)
        if every or not any(way.end == place + 1 and way.groups == 1 and not way.changes for way in ways):
            ways.append(self._spelled(place))
        return ways

    def framed(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Put the controls around headings in capitals."""
        firsts = {first for first, _ in self._case.headings}
        lasts = {end - 1 for _, end in self._case.headings}
        on, off = self._book.code(Kind.CAPITALS_ON), self._book.code(Kind.CAPITALS_OFF)
        return tuple(
            replace(part, codes=(*((on,) * (part.first in firsts)), *part.codes, *((off,) * (part.last in lasts))))
            for part in parts
        )

    def _word(self, place: int, end: int, word: Word) -> Way | None:
        """Return the way by one entry, None where the case would be lost that must come back."""
        if not self._borders.isdisjoint(range(place + 1, end)):
            return None
        forms = word.beginning if self._begins[place] else word.forms
        text = self._text[place:end]
        if all(token.form == form for token, form in zip(text, forms, strict=True)) or place in self._free:
            return self._one(place, end, word, ())
        if not any(self._case.must[place:end]):
            return replace(self._one(place, end, word, ()), changes=1)
        control = _control(word, [token.form for token in text])
        return self._one(place, end, word, (control,)) if control else None

    def _one(self, place: int, end: int, word: Word, controls: tuple[Kind, ...]) -> Way:
        codes = (*map(self._book.code, controls), word.entry.code)
        return Way((Part(place, end - 1, codes, word.entry.kind),), 0)

    def _runs(self, place: int) -> Iterator[Way]:
        """Give the ways by which one control stands before several entries: Nguyễn Văn An."""
        for count, kind in CAPITALS.items():
            if count > self._case.runs[place]:
                break
            parts = self._lower(place, place + count)
            if len(parts) > 1:
                first = replace(parts[0], codes=(self._book.code(kind), *parts[0].codes))
                yield Way((first, *parts[1:]), 0)

    def _lower(self, place: int, end: int) -> tuple[Part, ...]:
        """Return the fewest entries for words that a control gives their capitals; none where there are none."""
        best: tuple[Part, ...] = ()
        for stop, word in found(self._root, self._text, place):
            said = tuple(map(capital, word.forms))
            if stop > end or said != tuple(token.form for token in self._text[place:stop]):
                continue
            rest = self._lower(stop, end) if stop < end else ()
            if (rest or stop == end) and (not best or len(rest) + 1 < len(best)):
                best = (Part(place, stop - 1, (word.entry.code,), word.entry.kind), *rest)
        return best

    def _spelled(self, place: int) -> Way:
        token = self._text[place]
        kind = self._kinds[place]
        if kind is not None:
            return Way((Part(place, place, (self._book.code(kind),), kind),), 0)
        if token.cut is Cut.NUMBER:
            return Way((Part(place, place, self._alphabet.number(token.form), Kind.NUMERAL),), 0)
        if token.cut is Cut.ODD:
            return Way((Part(place, place, self._alphabet.character(token.form), Kind.CHARACTER),), 0)
        spelled = self._alphabet.word(
            token.form, begins=self._begins[place], small=self._small(place), exact=self._case.must[place]
        )
        return Way((Part(place, place, spelled.codes, spelled.kind),), int(not spelled.exact))

    def _small(self, place: int) -> bool:
        """Say whether a spelled word stands where it begins with a small letter: after a figure, in an address."""
        if place == 0:
            return False
        before = self._text[place - 1]
        if self._text[place].gap:
            return before.form == "/"  # the space after a slash is not kept
        return before.cut in (Cut.NUMBER, Cut.ODD) or before.form in (".", "/")


def _control(word: Word, forms: list[str]) -> Kind | None:
    """Return the control that makes an entry what was given, None when there is none."""
    words = [place for place, form in enumerate(word.forms) if form[0].isalpha()]
    first = words[0]  # only words have a case that must come back
    for kind, change in ((Kind.UPPER, str.upper), (Kind.LOWER, str.lower)):
        if [change(form) if place == first else form for place, form in enumerate(word.forms)] == forms:
            return kind
    for count, kind in CAPITALS.items():
        if count <= len(words) and forms == [
            capital(form) if place in words[:count] else form for place, form in enumerate(word.forms)
        ]:
            return kind
    return None
