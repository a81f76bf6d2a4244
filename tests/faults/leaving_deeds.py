"""The recorded work of a station that leaves: `python -m tests.faults.leaving_deeds FOLDER KIND`.

A new recovery sheet, the move to a stick, the destruction there. What is about to be changed is told in a line of
`said` before it begins, and that it is done from the moment from which it may be relied on. KIND is `honest` or
`unmarked`: a move that does not say where the station has left for.
"""

import re
import sys
from pathlib import Path

from secmsg.office.destruction import Fate, Part
from secmsg.station import destroying, person_renewal, portable
from secmsg.station.destroying import Reach
from secmsg.station.sheets import Paper
from secmsg.station.unlock import by_passphrase
from secmsg.store import moving
from secmsg.store.paths import Home
from tests.faults.deeds import Said
from tests.faults.kit_deeds import open_post
from tests.faults.moves import NEW
from tests.faults.recorded import SAID
from tests.helpers.ministry import FAST, KEYRING, PASSPHRASE, Clock

HOME, STICK = "station-2", Path("stick") / "secmsg"


def main(root: Path, kind: str) -> None:
    """Do everything once."""
    if kind == "unmarked":
        vars(moving)["mark"] = lambda *_: None  # in this process only
    say = Said(root.parent / SAID)
    home, stick = root / HOME, root / STICK

    def keep(paper: Paper) -> None:
        say(begun="sheet", sheet=" ".join(re.findall(r"\b\d{5}\b", paper.text)))

    post = open_post(home)
    person_renewal.new_sheet(post.desk, keep)
    say(done="sheet")
    post.close()
    say(begun="move")
    move(home, stick)
    say(done="move")
    _rest(say)
    say(begun="destroy", vault=Home(stick).vault.read_bytes().hex())
    done = destroying.destroy(stick, Reach(KEYRING), clock=Clock())
    assert done.fate(Part.KEYS) is Fate.DESTROYED
    say(done="destroy")
    _rest(say)


def _rest(say: Said) -> None:
    """Do nothing for a while: the power may go here as well as anywhere."""
    for _ in range(3):
        say(rests=True)


def move(home: Path, stick: Path) -> None:
    """Move the station, or go on with a move that was stopped."""
    portable.move(
        home, stick, by_passphrase(PASSPHRASE), by_passphrase(NEW), FAST, to_stick=True, keyring=KEYRING, clock=Clock()
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
