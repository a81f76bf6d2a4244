"""The recorded work of kits: `python -m tests.faults.kit_deeds FOLDER KIND`.

One kit is made, read, printed from, added to, prolonged and taken back; one is lost; one is given up, and in its folder
another is made that destroys its keys at its end. What may be relied on is told in a line of `said` at the moment from
which it may; what is about to be changed, before it begins. KIND is `honest`, `short` (the first kit alone) or the
mistake to be made.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from secmsg.errors import KitRefused
from secmsg.ids import CableId
from secmsg.office.kits import AtExpiry
from secmsg.station import exporting, kit_adding, kit_folder, kit_opening, kit_return
from secmsg.station.desk import Desk
from secmsg.station.kit_adding import Addition
from secmsg.station.station import Station, open_station
from secmsg.station.unlock import by_passphrase
from secmsg.store import profile as profiles
from secmsg.store.database import Database
from secmsg.store.profile import Created
from tests.faults.deeds import Said
from tests.faults.recorded import SAID
from tests.helpers.kits import DAY, KIT_PASSPHRASE, TERMS, Steady, rows_of
from tests.helpers.ministry import FAST, KEYRING, NOW, PASSPHRASE, Clock

HOME, ROAD, PAPERS = "station-2", "road", "papers"
FIRST, SECOND, THIRD = Path(ROAD) / "trip" / "kit", Path(ROAD) / "second", Path(ROAD) / "third"
FOLDERS = {FIRST: (1,), SECOND: (2,), THIRD: (3, 4)}
"""Where kits lie, and which, one after the other."""
WITNESS, PRINTED = "Trần Thị Hai", "Về bản in"
LATER = NOW + 5 * DAY
GIVEN = by_passphrase(KIT_PASSPHRASE)


def open_post(home: Path) -> Station:
    return open_station(home, by_passphrase(PASSPHRASE), FAST, keyring=KEYRING, clock=Clock())


def cables(post: Station) -> tuple[CableId, ...]:
    """Give our own ids of every cable, the one with an enclosure first."""
    rows = [*post.inbox(), *post.sent()]
    return tuple(row.cable_id for row in sorted(rows, key=lambda row: (-row.annexes, row.subject)))  # type: ignore[union-attr]  # all are cables


@contextlib.contextmanager
def told(say: Said, act: str, kit: int) -> Iterator[None]:
    """Tell that an act begins and, when it has its end, that it is done."""
    say(begun=act, kit=kit)
    yield
    say(done=act, kit=kit)


def main(root: Path, kind: str) -> None:
    """Do everything once."""
    MISTAKES[kind](root)
    say = Said(root.parent / SAID)
    post = open_post(root / HOME)
    _first(root, post, say)
    if kind != "short":
        _second(root, post, say)
        _third(root, post, say)
    with told(say, "back", 1):
        found = post.kits.reconcile(root / FIRST)
        post.kits.conclude(found, root / FIRST, WITNESS, found.printed)
    post.close()


def _first(root: Path, post: Station, say: Said) -> None:
    """Make a kit, read and print, take an addition and one that prolongs."""
    chosen = cables(post)
    with told(say, "make", 1):
        post.kits.make(TERMS, chosen[1:], root / FIRST, GIVEN)
    _read(root, say, openings=1, prints=1)
    with told(say, "add", 1):
        added = post.kits.add(1, chosen[:1], root / PAPERS)
    say(paper=added.name)
    kit_opening.take(root / FIRST, GIVEN, added.read_bytes(), FAST, clock=Clock())
    say(used=[1, 1, 1], kit=1)
    with told(say, "prolong", 1):
        longer = post.kits.prolong(1, root / PAPERS, until=LATER)
    say(paper=longer.name)
    (root / FIRST / kit_folder.ADDITIONS / longer.name).write_bytes(longer.read_bytes())
    _read(root, say, openings=2, prints=2, drops=2)


def _read(root: Path, say: Said, *, openings: int, prints: int, drops: int = 0) -> None:
    kit = kit_opening.open_kit(root / FIRST, GIVEN, FAST, clock=Clock(), steady=Steady())
    say(used=[openings, prints - 1, drops], kit=1)
    row = next(each for each in rows_of(kit) if each.subject == PRINTED)
    kit.read(row.cable_id)
    printed = kit.export_text(row.cable_id, root / PAPERS)
    say(used=[openings, prints, drops], kit=1)
    say(paper=printed.name)
    kit.close()


def _second(root: Path, post: Station, say: Said) -> None:
    with told(say, "make", 2):
        post.kits.make(TERMS, cables(post), root / SECOND, GIVEN)
    with told(say, "lose", 2):
        post.kits.lost(2, "mất ở sân bay")


def _third(root: Path, post: Station, say: Said) -> None:
    """Give a kit up when it is whole; in its folder make another, and start that after its end."""
    say(begun="make", kit=3)
    making = post.kits.prepare(TERMS, cables(post))
    making.run(root / THIRD, GIVEN)
    with told(say, "give up", 3):
        post.kits.give_up(3, root / THIRD)
    with told(say, "make", 4):
        post.kits.make(replace(TERMS, at_expiry=AtExpiry.DESTROY), cables(post)[1:], root / THIRD, GIVEN)
    with told(say, "end", 4), contextlib.suppress(KitRefused):
        kit_opening.open_kit(root / THIRD, GIVEN, FAST, clock=Clock(NOW + 4 * DAY))


# --- mistakes, each in this process only -----------------------------------------------------------------------------


def _none(_: Path) -> None:
    """Make no mistake."""


def _vault_first(_: Path) -> None:
    """Make a kit's vault before what it opens."""
    create = profiles.create

    def made(*given: object, fill: Callable[[Database], None], **named: object) -> Created:
        created = create(*given, **named)  # type: ignore[arg-type]  # as they came
        fill(created.profile.db)
        return created

    vars(profiles)["create"] = made


def _keys_first(root: Path) -> None:
    """Destroy a kit's keys before what came back is noted."""
    note = kit_return._note_return

    def noted(desk: Desk, *rest: object) -> None:
        kit_folder.erase(root / FIRST, desk.random)
        note(desk, *rest)  # type: ignore[arg-type]  # as they came

    vars(kit_return)["_note_return"] = noted


def _named_first(_: Path) -> None:
    """Give an addition its name before it counts."""

    def write(desk: Desk, addition: Addition, target: Path) -> Path:
        name = f"kit-{addition.row.number}-{addition.number}.kitadd"
        path = exporting.export_paper(addition.data, target / name)
        addition.count(desk)
        return path

    vars(kit_adding)["write"] = write


MISTAKES: dict[str, Callable[[Path], None]] = {
    "honest": _none, "short": _none, "vault first": _vault_first, "keys first": _keys_first,
    "named first": _named_first,
}  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
