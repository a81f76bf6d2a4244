"""Rank phrases for a codebook by the groups that they save in a folder of plain text.

    python packaging/codebook_phrases.py FOLDER [--room 4000] [--longest 6] [--least 20] [--times SUBFOLDER=5]… > RANKED

Texts are UTF-8 files *.txt, parted by empty lines or such with %. Every sequence of words that is frequent enough is
tried: all of them together first, then those are dropped, round after round, whose loss costs fewest groups, until as
many are left as there is room for. What the edition at hand has in other ranges stays. Names of persons and slips have
to be taken out by a reader. Minutes for each million words.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from secmsg.manual.codebook import CONTROLS, SIGNS, Kind
from secmsg.manual.letters import Alphabet
from secmsg.manual.tokens import Cut, tokens
from secmsg.station.codebooks import load

Words = tuple[str, ...]

DROPPED = 0.2
"""The part of the candidates that one round drops: fewer is slower and hardly better."""

INSIDE = frozenset((",", "-"))
ENDS = frozenset((",", "."))
"""Signs that a phrase may hold, and that it may begin or end with."""

_PARTED = re.compile(r"\n(?:%?\n)+")


@dataclass(frozen=True, slots=True)
class Text:
    """One text: its words and signs, and how often it counts."""

    words: Words
    times: float


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--room", type=int, default=4_000)
    parser.add_argument("--longest", type=int, default=6)
    parser.add_argument("--least", type=float, default=20)
    parser.add_argument("--times", action="append", default=[], metavar="SUBFOLDER=NUMBER")
    given = parser.parse_args()
    times = {name: float(value) for name, _, value in (each.partition("=") for each in given.times)}
    texts = tuple(_read(given.folder, times))
    search = Search(texts, _fixed())
    for phrase, saved in search.rank(candidates(texts, given.longest, given.least), given.room):
        print(f"{written(phrase)}\t{saved:.0f}")


def candidates(texts: Iterable[Text], longest: int, least: float) -> set[Words]:
    """Return the sequences of two words and more that occur `least` times, a sign at most at one end or inside."""
    texts = tuple(texts)
    frequent: set[Words] = set()
    found: set[Words] = set()
    for length in range(1, longest + 1):
        counts: Counter[Words] = Counter()
        for text in texts:
            for at in range(len(text.words) - length + 1):
                words = text.words[at : at + length]
                if length == 1 or (words[1:] in frequent and words[:-1] in frequent):
                    counts[words] += text.times
        frequent = {words for words, count in counts.items() if count >= least}
        found |= {words for words in frequent if length > 1 and _speaks(words)}
    return found


class Search:
    """Texts, and what stands in the book whatever is chosen."""

    def __init__(self, texts: tuple[Text, ...], fixed: frozenset[Words]) -> None:
        self._texts = texts
        self._fixed = fixed
        self._alphabet = Alphabet(load())
        self._costs: dict[str, int] = {}

    def rank(self, chosen: set[Words], room: int) -> list[tuple[Words, float]]:
        """Drop the least useful until `room` are left; those with the groups that each saves, the best first."""
        while True:
            saved = self._saved(chosen)
            ranked = sorted(saved.items(), key=lambda one: (-one[1], one[0]))
            if len(ranked) <= room:
                return ranked
            chosen = {words for words, _ in ranked[: max(room, int(len(ranked) * (1 - DROPPED)))]}

    def _saved(self, chosen: set[Words]) -> dict[Words, float]:
        book = chosen | self._fixed
        longest = max(map(len, book))
        used: Counter[Words] = Counter()
        for text in self._texts:
            for part in self._cut(text.words, book, longest):
                used[part] += text.times
        return {words: used[words] * (len(self._cut(words, book - {words}, longest)) - 1) for words in chosen}

    def _cut(self, words: Words, book: set[Words] | frozenset[Words], longest: int) -> list[Words]:
        """Return the shortest way through words; a spelled word counts as so many parts."""
        best: list[tuple[int, int]] = [(0, 0)]
        for end in range(1, len(words) + 1):
            ways = [
                (best[start][0] + 1, start) for start in range(max(0, end - longest), end) if words[start:end] in book
            ]
            ways.append((best[end - 1][0] + self._cost(words[end - 1]), end - 1))
            best.append(min(ways))
        parts: list[Words] = []
        end = len(words)
        while end:
            start = best[end][1]
            parts += [words[start:end]] * (best[end][0] - best[start][0])
            end = start
        return parts

    def _cost(self, word: str) -> int:
        if word not in self._costs:
            (token,) = tokens(word)[:1]
            if (word,) in self._fixed or token.cut in (Cut.SIGN, Cut.LINE):
                cost = 1
            elif token.cut is Cut.NUMBER:
                cost = len(self._alphabet.number(word))
            elif token.cut is Cut.ODD:
                cost = len(self._alphabet.character(word))
            else:
                cost = len(self._alphabet.word(word, small=False, exact=False, begins=False).codes)
            self._costs[word] = cost
        return self._costs[word]


def _fixed() -> frozenset[Words]:
    apart = frozenset((*SIGNS, *CONTROLS, Kind.NUMERAL, Kind.FIGURE, Kind.LETTER, Kind.BIGRAPH, Kind.PHRASE))
    return frozenset(_words(entry.text) for entry in load().entries if entry.kind not in apart)


def _read(folder: Path, times: dict[str, float]) -> Iterator[Text]:
    for path in sorted(folder.rglob("*.txt")):
        for paragraph in _PARTED.split(path.read_text("utf-8")):
            kept = "".join(each for each in paragraph if each.isprintable() or each == "\n")[:20_000]
            if words := _words(kept):
                yield Text(words, times.get(path.relative_to(folder).parts[0], 1))


def _words(text: str) -> Words:
    return tuple(token.key for token in tokens(text))


def _speaks(words: Words) -> bool:
    signs = [at for at, word in enumerate(words) if not word[0].isalpha()]
    if len(signs) > 1 or len(signs) == len(words):
        return False
    return all(words[at] in (ENDS if at in (0, len(words) - 1) else INSIDE) for at in signs)


def written(words: Sequence[str]) -> str:
    """Return a phrase as it is written, in small letters."""
    return " ".join(words).replace(" ,", ",").replace(" .", ".")


if __name__ == "__main__":
    main()
