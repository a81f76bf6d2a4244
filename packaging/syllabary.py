"""Build the syllabary of edition 1 from the ranked syllables of the codebook, or say that the committed one differs.

    python packaging/syllabary.py [--check]

The commonest onsets and rimes get the shortest codes; the weight of a syllable is one over its rank and ten.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from secmsg.manual.spelling import spell
from secmsg.manual.syllabary import ONSETS, RIMES, SHORT_ONSETS, SHORT_RIMES, Syllabary, split
from secmsg.manual.syllabary_file import write
from secmsg.vietnamese import sort_key

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "codebook"
FILE = FOLDER / "syllabary-01.tsv"
TITLE = "Bảng âm tiết tham khảo"
LICENCE = "CC BY-SA 4.0"
SPELLED = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())  # noqa: SIM905 - a row of words reads better than a list of strings


def built() -> Syllabary:
    """Return the syllabary of the ranked syllables."""
    onsets: dict[str, float] = dict.fromkeys(("", *SPELLED), 0.0)
    rimes: defaultdict[str, float] = defaultdict(float)
    ranked = (FOLDER / "sources" / "syllables.txt").read_text("utf-8").splitlines()
    for rank, syllable in enumerate(line for line in ranked if line and not line.startswith("#")):
        if spell(syllable) is None:
            continue  # one that no rule of spelling gives back, such as boong
        onset, rime = split(syllable, SPELLED)
        onsets[onset] += 1 / (rank + 10)
        rimes[rime] += 1 / (rank + 10)
    return Syllabary(TITLE, 1, LICENCE, _sorted(onsets, SHORT_ONSETS, ONSETS), _sorted(rimes, SHORT_RIMES, RIMES))


def _sorted(weights: Mapping[str, float], short: int, count: int) -> tuple[str, ...]:
    """Return the commonest, those with short codes and those with long ones each in the order of the dictionary."""
    ranked = sorted(weights, key=weights.__getitem__, reverse=True)[:count]
    return (*sorted(ranked[:short], key=sort_key), *sorted(ranked[short:], key=sort_key))


def main() -> int:
    """Write the file, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    text = write(built())
    if parser.parse_args().check:
        return int(FILE.read_text("utf-8") != text)
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
