"""Everything that is fuzzed, by name."""

from tests.fuzz import planted
from tests.fuzz.by_hand import BY_HAND
from tests.fuzz.files import FILES
from tests.fuzz.formats import FORMATS
from tests.fuzz.hand import HAND
from tests.fuzz.kept import KEPT
from tests.fuzz.sealed import SEALED
from tests.fuzz.target import Target
from tests.fuzz.thin import THIN

ALL: dict[str, Target] = {target.name: target for target in (*FORMATS, *SEALED, *KEPT, *FILES, *THIN, *HAND, *BY_HAND)}

PLANTED = Target("planted", planted.decode, lambda: [b"planted "], longest=16)
"""The control: not among `ALL`, found by every run before anything else is believed."""
