"""Make the table for the text of thin packets (docs/spec/thin-text.md 5) from cables and from official texts.

    python packaging/thin_table.py NUMBER CABLES [OFFICIAL…] > TABLE

The cables weigh most; official texts (laws, decrees, circulars) widen the vocabulary. Only counts of words and of
their neighbours go into a table. One that was given out is never changed: another one has another number.
"""

import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from secmsg.wire import thin_text
from secmsg.wire.thin_table import BEGIN, HEAD, LITERAL, NAMES, STOP, UNKNOWN_BIAS, Table
from secmsg.wire.thin_text import NO_WORD, Token

CABLE_WEIGHT = 6
PAIR_POWER, WORD_POWER, CASE_POWER = 0.5, 0.4, 0.5
"""Counts of official texts are raised to these, so that their turns of phrase do not drown a cable's."""
LEAST_WORD, LEAST_PAIR, LEAST_TRIPLE = 5, 50, 300
"""How often something must occur in official texts to stand in the table; all of the cables is taken."""
REST_PAIR, REST_TRIPLE = 1.0, 2.0
SCALE = 4
ESCAPE_SHARE = 0.004
LETTERS = (
    "abcdefghijklmnopqrstuvwxyz"
    + unicodedata.normalize(
        "NFC",
        "".join(
            letter + tone
            for letter in "aăâeêioôơuưy"
            for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
            if letter + tone not in "aeiouy"
        ),
    )
    + "đäåæçëîïñøûü"
)
"""Vietnamese, and what other names need most."""

Key = tuple[str, ...]
Pairs = dict[Key, Counter[str]]


@dataclass
class Counts:
    """What was counted in one kind of text."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Pairs = field(default_factory=lambda: defaultdict(Counter))
    triples: Pairs = field(default_factory=lambda: defaultdict(Counter))
    within: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    """How a word is written inside sentences."""

    def add(self, tokens: Iterable[Token]) -> None:
        """Count one text."""
        before = last = BEGIN
        for token in (*tokens, Token(BEGIN, space=False, case=None)):
            self.words[token.stem] += 1
            self.pairs[(last,)][token.stem] += 1
            self.triples[before, last][token.stem] += 1
            if token.case is not None and last not in thin_text.STARTERS and last != BEGIN:
                self.within[token.stem][token.case] += 1
            before, last = last, token.stem


def main(number: str, cables: str, *official: str) -> None:
    """Print the table."""
    alphabet = _alphabet()
    texts = Path(cables).read_text("utf-8").strip().split("\n%\n")
    own, law = Counts(), Counts()
    for text in texts:
        own.add(thin_text.tokens(text, alphabet))
    for name in official:
        for paragraph in _paragraphs(Path(name).read_text("utf-8")):
            law.add(thin_text.tokens(paragraph, alphabet))
    weights = {word: CABLE_WEIGHT * SCALE * count for word, count in own.words.items()}
    for word, count in law.words.items():
        if count >= LEAST_WORD:
            weights[word] = weights.get(word, 0) + max(1, round(SCALE * count**WORD_POWER))
    end = weights.pop(BEGIN)
    listed = sorted(weights, key=lambda word: (-weights[word], word))
    index = {BEGIN: 1, **{word: place for place, word in enumerate(listed, 2)}}
    biases = {word: _bias(own.within.get(word), law.within.get(word)) for word in listed}
    escape = round(ESCAPE_SHARE * sum(weights.values()))
    print(f"{HEAD}{number}\n{LETTERS}\n{LETTERS.upper()}")
    _print(
        "words", [f"\\escape {escape} 0", f"\\end {end} 0", *(f"{_show(w)} {weights[w]} {biases[w]}" for w in listed)]
    )
    _print("pairs", _followers(own.pairs, law.pairs, index, LEAST_PAIR, REST_PAIR))
    _print("triples", _followers(own.triples, law.triples, index, LEAST_TRIPLE, REST_TRIPLE))
    _print("spaces", _spaces(texts, alphabet, index))
    _print("cases", _cases(texts, alphabet, biases))
    _print("spelling", _spelling(listed))


def _alphabet() -> Table:
    capitals = LETTERS.upper()
    return Table(
        1, dict(zip(LETTERS, capitals, strict=True)), dict(zip(capitals, LETTERS, strict=True)),
        (), {}, None, (), {}, {}, {}, {}, {}, (),
    )  # type: ignore[arg-type]  # cutting a text asks for the letters only  # fmt: skip


def _paragraphs(text: str) -> Iterator[str]:
    """Yield paragraphs; official texts come with lines broken anywhere."""
    for paragraph in re.sub(r"(?<![.;:])\n", " ", text).split("\n"):
        yield re.sub(r"[ \t]+", " ", paragraph)


def _followers(own: Pairs, law: Pairs, index: dict[str, int], least: int, rest: float) -> Iterator[str]:
    for key in sorted({*own, *law}, key=lambda key: [index.get(word, 0) for word in key]):
        if any(word not in index for word in key):
            continue
        mine, theirs = own.get(key, Counter()), law.get(key, Counter())
        weights = {
            word: CABLE_WEIGHT * mine[word] + theirs[word] ** PAIR_POWER for word in {*mine, *theirs} if word in index
        }
        kept = {word: weight for word, weight in weights.items() if word in mine or theirs[word] >= least}
        if kept:
            left = sum(weights.values()) - sum(kept.values()) + rest * len(weights)
            pairs = sorted((index[word], max(1, round(SCALE * weight))) for word, weight in kept.items())
            where = " ".join(str(index[word]) for word in key)
            yield f"{where} {max(1, round(SCALE * left))} " + " ".join(f"{at} {weight}" for at, weight in pairs)


def _bias(own: list[int] | None, law: list[int] | None) -> int:
    """Return how a word is written inside sentences: 0 small … 4 with a capital, 5 in capitals."""
    small, title, capitals = (
        CABLE_WEIGHT * mine + theirs**CASE_POWER for mine, theirs in zip(own or [0] * 3, law or [0] * 3, strict=True)
    )
    total = small + title + capitals
    if not total:
        return 0
    if capitals > total / 2:
        return 5
    return sum(title / total >= bound for bound in (0.02, 0.2, 0.5, 0.8))


def _spaces(texts: list[str], alphabet: Table, index: dict[str, int]) -> Iterator[str]:
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for text in texts:
        last = BEGIN
        for token in thin_text.tokens(text, alphabet):
            kind = thin_text.kind_of(token.stem, index.get(token.stem, 0), alphabet)
            found[last, kind][token.space] += 1
            last = kind
    for (left, right), (without, with_) in sorted(found.items()):
        yield f"{_show(left)} {_show(right)} {10 * without + 1} {10 * with_ + 1}"


def _cases(texts: list[str], alphabet: Table, biases: dict[str, int]) -> Iterator[str]:
    found = {
        (starts, last, bias): [3, 3, 1] for starts in (0, 1) for last in range(4) for bias in range(UNKNOWN_BIAS + 1)
    }
    for text in texts:
        starts, last = 1, NO_WORD
        for token in thin_text.tokens(text, alphabet):
            if token.case is not None:
                found[starts, last, biases.get(token.stem, UNKNOWN_BIAS)][token.case] += 10
                last = token.case
            elif token.stem != "-":
                last = NO_WORD
            starts = int(token.stem in thin_text.STARTERS)
    for key, weights in found.items():
        yield " ".join(map(str, (*key, *weights)))


def _spelling(words: list[str]) -> Iterator[str]:
    """Count what follows a letter inside the words of the table."""
    choices = [*LETTERS, STOP, LITERAL]
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        if word[0] in LETTERS:
            last = BEGIN
            for letter in (*word, STOP):
                found[last][letter] += 1
                last = letter
    found[BEGIN][LITERAL] += 20
    for last in (BEGIN, *LETTERS):
        yield f"{last} " + " ".join(str(20 * found[last][choice] + 1) for choice in choices)


def _print(title: str, rows: Iterable[str]) -> None:
    rows = list(rows)
    print(f"{title} {len(rows)}", *rows, sep="\n")


def _show(symbol: str) -> str:
    written = {character: name for name, character in NAMES.items() if character}
    return written.get(symbol, symbol)


if __name__ == "__main__":
    main(*sys.argv[1:])
