"""A book's words by how they begin, so that the entries that stand at a place of a text are found in one walk.

Source: docs/spec/codebook.md 4.
"""

import functools
from dataclasses import dataclass

from secmsg.manual.casing import begun
from secmsg.manual.codebook import CONTROLS, SIGNS, Book, Entry, Kind
from secmsg.manual.tokens import Cut, Token, tokens

_APART = frozenset((*SIGNS, *CONTROLS, Kind.NUMERAL, Kind.FIGURE, Kind.LETTER, Kind.BIGRAPH))


@dataclass(frozen=True, slots=True)
class Word:
    """An entry as it is looked for: its tokens' forms, and the forms where it begins a sentence.

    `exact` says that its inner spaces must be the same: with figures in it they have a meaning.
    """

    entry: Entry
    forms: tuple[str, ...]
    beginning: tuple[str, ...]
    gaps: tuple[bool, ...]
    exact: bool


class Node:
    """A place of the tree: the words that end here, and where each next token leads."""

    __slots__ = ("next", "words")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.words: list[Word] = []


@functools.lru_cache(maxsize=8)
def lexicon(book: Book) -> Node:
    """Return the root of a book's words, made once for each book."""
    root = Node()
    for entry in book.entries:
        if entry.kind not in _APART:
            _add(root, entry)
    return root


def found(root: Node, text: tuple[Token, ...], place: int) -> list[tuple[int, Word]]:
    """Return the words that stand at a token, with the token where each ends; whatever their case and their spaces."""
    here: list[tuple[int, Word]] = []
    node: Node | None = root
    for end in range(place, len(text)):
        node = node.next.get(text[end].key) if node else None
        if node is None:
            break
        here += ((end + 1, word) for word in node.words if not word.exact or _same_gaps(word, text, place))
    return here


def _same_gaps(word: Word, text: tuple[Token, ...], place: int) -> bool:
    return all(text[place + at].gap is gap for at, gap in enumerate(word.gaps) if at)


def _add(root: Node, entry: Entry) -> None:
    parts = tokens(entry.text)
    node = root
    for part in parts:
        node = node.next.setdefault(part.key, Node())
    forms = tuple(part.form for part in parts)
    start = next((place for place, part in enumerate(parts) if part.cut is not Cut.SIGN), 0)
    beginning = (*forms[:start], begun(forms[start]), *forms[start + 1 :])
    figures = len(parts) > 1 and any(part.cut is Cut.NUMBER for part in parts)
    node.words.append(Word(entry, forms, beginning, tuple(part.gap for part in parts), figures))
