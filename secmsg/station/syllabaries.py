"""The syllabaries at hand: the one-page sheets that come with the program, for a codebook that is gone.

Source: docs/spec/syllabary.md.
"""

import functools
from collections.abc import Sequence

from secmsg.errors import NotFound, StoreDamaged
from secmsg.manual import syllabary_file, syllabary_text
from secmsg.manual.syllabary import Syllabary
from secmsg.station.codebooks import FOLDER

EDITION = 1
"""The edition that is in force."""


@functools.lru_cache(maxsize=2)
def load(edition: int = EDITION) -> Syllabary:
    """Return an edition; NotFound for one that is not here, StoreDamaged for one that cannot be read."""
    path = FOLDER / f"syllabary-{edition:02}.tsv"
    if not path.is_file():
        raise NotFound(f"edition {edition} of the syllabary is not here")
    try:
        return syllabary_file.parse(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise StoreDamaged(f"edition {edition} of the syllabary cannot be read") from error


def read(codes: Sequence[str]) -> str:
    """Return the text that codes say by the edition that they name; FormatError, NotFound."""
    return syllabary_text.decode(codes, load(syllabary_text.edition(codes)))
