"""Make resources/passphrase/words-vi.txt: 1,296 syllables without marks, the commonest first, each with four dice."""

import itertools
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from secmsg.vietnamese import fold  # noqa: E402 - the program's own folding

SOURCE = ROOT / "resources" / "codebook" / "sources" / "syllables.txt"
TARGET = ROOT / "resources" / "passphrase" / "words-vi.txt"
COUNT = 6**4
LETTERS = (2, 6)
LEFT_OUT = frozenset({"buoi", "cac", "cut", "deo", "dit", "lon"})
"""Harmless with their marks, not without."""


def words(source: str) -> list[str]:
    """Give the commonest syllables without marks, by rank."""
    found: dict[str, None] = {}
    for line in source.splitlines():
        word = fold(line.strip())
        if not line.startswith("#") and word.isascii() and word.isalpha() and LETTERS[0] <= len(word) <= LETTERS[1]:
            found.setdefault(word)
    return [word for word in found if word not in LEFT_OUT][:COUNT]


def main() -> None:
    """Write the list."""
    rolls = ("".join(dice) for dice in itertools.product("123456", repeat=4))
    lines = [f"{roll} {word}" for roll, word in zip(rolls, words(SOURCE.read_text("utf-8")), strict=True)]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
