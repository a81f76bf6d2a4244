"""Walks over a pad book: who reads the paper never enciphers twice under a page, whatever happens to the store.

The store is closed, put back to any earlier state with its keyring, doubted; a taking is lost after its commit; pages
fall out of the paper. The walk also shows that the officer is never stuck: what is refused says what to do next.
"""

import contextlib
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from secmsg.errors import PageRefused
from secmsg.office.materials import Act, Direction
from secmsg.office.pad_pages import Refusal, spoken
from secmsg.station import custody, pad_drawing, pads
from secmsg.station.freezing import OWN
from secmsg.store import freezes
from tests.helpers.ministry import HQ, PARIS
from tests.helpers.world import Office, World

PAGES = 60
STEPS = 45
GONE = {Refusal.TAKEN.value, Refusal.USED.value, Refusal.VOID.value, Refusal.DESTROYED.value}


class Walk:
    """A store that many things happen to, and the paper beside it, which only loses pages from its top."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, Random(seed)
        self.office: Office = world.open(PARIS)
        pad_drawing.draw(self.office.station.desk, HQ.id, Direction.OUT, PAGES)
        custody.act(self.office.station.desk, 1, Act.OPENED, second="Trần Thị Bình")
        self.top = 1
        self.given: Counter[str] = Counter()
        self.kept: list[Path] = []

    @property
    def folder(self) -> Path:
        return self.world.root / f"station-{PARIS.id}"

    def take(self) -> None:
        """Encipher one message as the handbook says."""
        desk = self.office.station.desk
        while self.top <= PAGES:
            try:
                if not pads.is_confirmed(desk, 1) or self.chance.random() < 0.5:
                    taken = pads.take(desk, 1, 20, spoken(self.top))
                else:
                    taken = pads.take(desk, 1, 20)
            except PageRefused as refused:
                self._obey(refused)
                continue
            self.given.update(str(page.keys) for page in taken.pages)
            self.top = int(taken.numbers[-1][:4]) + 1
            return

    def _obey(self, refused: PageRefused) -> None:
        if refused.why in GONE:
            self.top += 1  # destroyed, and the next one lies on top
        else:
            assert refused.why == Refusal.OUT_OF_ORDER.value
            pads.confirm(self.office.station.desk, 1, spoken(self.top))

    def lose_a_taking(self) -> None:
        """Let power fail after the commit: the page lies on the paper still, and nobody has seen its figures."""
        if pads.is_confirmed(self.office.station.desk, 1):
            with contextlib.suppress(PageRefused):  # the book may be at its end
                pads.take(self.office.station.desk, 1, 20)
        self.reopen()

    def lose_paper(self) -> None:
        self.top += 1
        # Who loses a page from the top reads the paper again: the handbook says so, and the run forgets.
        self.reopen()

    def doubt(self) -> None:
        desk = self.office.station.desk
        with desk.db.transaction():
            freezes.begin(desk.db, freezes.Freeze("old-copy", OWN, 0, desk.now(), "1 2"))
            freezes.end(desk.db, OWN, desk.now(), "second; word")

    def reopen(self) -> None:
        self.office = self.world.reopen(self.office, PARIS)

    def keep(self) -> None:
        self.world.close(self.office)
        self.kept.append(self.world.root / f"kept-{len(self.kept)}")
        shutil.copytree(self.folder, self.kept[-1])
        self.office = self.world.open(PARIS)

    def put_back(self) -> None:
        if not self.kept:
            return
        self.world.close(self.office)
        shutil.rmtree(self.folder)
        shutil.copytree(self.chance.choice(self.kept), self.folder)
        self.office = self.world.open(PARIS)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_page_serves_twice_whatever_happens_to_the_store(ministry_world: World, seed: int) -> None:
    walk = Walk(ministry_world, seed)
    happenings = [walk.take] * 5 + [walk.lose_a_taking, walk.lose_paper, walk.doubt, walk.keep, walk.put_back]

    for _ in range(STEPS):
        walk.chance.choice(happenings)()

    assert set(walk.given.values()) == {1}
    assert len(walk.given) >= 10


def test_an_officer_who_does_not_read_the_paper_would_use_pages_twice(ministry_world: World) -> None:
    # The control: the same walk sees it when the store is believed.
    walk = Walk(ministry_world, 1)
    walk.keep()
    walk.take()
    walk.put_back()
    walk.top = 1

    walk.take()

    assert set(walk.given.values()) == {2}
