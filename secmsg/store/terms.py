"""What the officer's words ask of the index: every word, phrases in quotes, the last word as a beginning.

Source: docs/spec/store.md 7.
"""

import re
from dataclasses import dataclass

from secmsg.vietnamese import fold

MAX_WORDS = 16
MAX_WORD = 64
MAX_TEXT = 2_000
"""What is looked at of a pasted text: sixteen words lie within."""
SHORTEST_BEGINNING = 2
"""One letter begins too many words to be of use: it is taken as a whole word."""

# The same cut as the index's tokenizer: letters and digits belong to words, all else parts them.
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that stand together in this order; `open`: the last of them may go on."""

    words: tuple[str, ...]
    open: bool = False


def parse(text: str) -> tuple[Term, ...]:
    """Cut what was typed into terms; () when it holds no word.

    An even number of quotation marks makes phrases of what is between them; an odd last one means nothing.
    """
    pieces = fold(text[:MAX_TEXT]).replace("“", '"').replace("”", '"').split('"')
    terms: list[Term] = []
    for at, piece in enumerate(pieces):
        words = [word[:MAX_WORD] for word in _WORD.findall(piece)]
        room = MAX_WORDS - sum(len(term.words) for term in terms)
        quoted = at % 2 == 1 and at < len(pieces) - 1
        if quoted and words[:room]:
            terms.append(Term(tuple(words[:room])))
        elif not quoted:
            terms += [Term((word,)) for word in words[:room]]
    return _opened(terms, typing=pieces[-1].strip() != "" or len(pieces) % 2 == 0)


def _opened(terms: list[Term], *, typing: bool) -> tuple[Term, ...]:
    """Let the last word go on, unless a closing quotation mark ended it."""
    if terms and typing and len(terms[-1].words[-1]) >= SHORTEST_BEGINNING:
        terms[-1] = Term(terms[-1].words, open=True)
    return tuple(terms)


def match(terms: tuple[Term, ...]) -> str:
    """Write terms for the index; each word is quoted, so that nothing typed is an operator."""
    return " AND ".join(" + ".join(f'"{word}"' for word in term.words) + (" *" if term.open else "") for term in terms)
