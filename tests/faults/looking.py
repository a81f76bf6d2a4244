"""What the power cuts over backups, kits and a station that leaves share: their controls and their run."""

import argparse
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.faults import recorded
from tests.faults.disk import Fate, Names
from tests.faults.judge import Verdict
from tests.faults.recorded import Keep, Recorded

FATES = (Fate.DROPPED, Fate.DROPPED, Fate.KEPT, Fate.MIXED, Fate.MIXED)
HONEST = "honest"


@dataclass(frozen=True, slots=True)
class Control:
    """A mistake that must be seen: `kind` of program that was recorded, or what is left out of the recording."""

    name: str
    kind: str = HONEST
    keep: Keep = recorded.keep_all
    names: Names = Names.AT_ONCE
    near: str = ""
    """The beginning of the name at whose acts the power goes, where only these can show the mistake."""


class Look(Protocol):
    """Makes so many images of a recording and judges each."""

    def __call__(
        self, made: Recorded, wanted: int, names: Names, chance: random.Random, keep: Keep = ..., near: str = ..., /
    ) -> Verdict: ...


@dataclass(frozen=True, slots=True)
class Word:
    """What is looked at: how it is called, recorded and judged; `place` is where the recordings lie for the time."""

    name: str
    make: Callable[[Path, str], Recorded]
    look: Look
    controls: Sequence[Control]
    place: str | None = None

    def run(self, images: int, controls: int, seed: int) -> bool:
        """Look at so many images of the honest work and of each control; say what was found; True when all is well."""
        good = True
        with tempfile.TemporaryDirectory(prefix=f"secmsg-{self.name}-", dir=self.place) as folder:
            made: dict[str, Recorded] = {}
            for kind in dict.fromkeys((HONEST, *(each.kind for each in self.controls))):
                base = Path(folder).resolve() / kind.replace(" ", "-")
                base.mkdir()
                made[kind] = self.make(base, kind)
            for names in Names:
                found = self.look(made[HONEST], images // 2, names, random.Random(seed))
                good = good and found.good
                print(f"{self.name}, {names.value}: {found}")
                for fault in (*found.lost, *found.twice, *found.unopenable)[:5]:
                    print(fault)
            for each in self.controls:
                found = self.look(made[each.kind], controls, each.names, random.Random(seed), each.keep, each.near)
                good = good and not found.good
                print(f"control, {each.name}: {'red' if not found.good else 'NOT SEEN'} ({found})")
        return good

    def main(self, doc: str | None, images: int, controls: int) -> int:
        """Run it as a command with these amounts unless others are asked for; 0 when all is well."""
        parser = argparse.ArgumentParser(description=doc)
        parser.add_argument("--images", type=int, default=images)
        parser.add_argument("--controls", type=int, default=controls)
        parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
        given = parser.parse_args()
        print(f"seed {given.seed}")
        return 0 if self.run(given.images, given.controls, given.seed) else 1
