"""A post that enciphers by hand and headquarters that deciphers: two real stores with one pad book between them."""

import copy
import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from secmsg.manual import checks
from secmsg.office.materials import Act, Direction, Item
from secmsg.office.pad_pages import PageState, spoken
from secmsg.station import custody, pad_drawing, pad_files
from secmsg.station.hand_sending import Way
from secmsg.station.hand_views import HandReleased, HandTaken
from secmsg.station.views import CableRow, NoticeKind, Register
from secmsg.store import materials as material_rows
from secmsg.wire.cable import Degree
from tests.helpers.ministry import HQ, NOW, PARIS, Clock, draft
from tests.helpers.simulated_relay import SimulatedRelay
from tests.helpers.world import Office, World, world

SECOND = "Trần Thị Bình"
BODY = (
    "Đề nghị Bộ cho ý kiến chỉ đạo về cuộc họp  sáng nay tại Hà Nội. Đại sứ đã gặp Bộ trưởng và nhận được trả lời: "
    "đoàn đến ngày 12 tháng 5, có 45 người, đi từ Huế. Khẩn: báo kết quả trước 14 giờ. "
    "Đồng chí Nguyễn Văn An nhận điện này."
)
SUBJECT = "Về đoàn tháng 5"


@dataclass(frozen=True)
class Ends:
    """Paris enciphers, headquarters deciphers, and they have met once by the line."""

    world: World
    hq: Office
    paris: Office
    out: Item
    into: Item

    @property
    def way(self) -> Way:
        return Way(self.out.number, self.top())

    def top(self) -> str:
        pages = material_rows.pages(self.paris.station.desk.db, self.out.number)
        return spoken(next(each.number for each in pages if each.state is PageState.READY))

    def release(self, body: str = BODY, way: Way | None = None, **changes: object) -> HandReleased:
        form = draft(HQ.id, subject=SUBJECT, body=body, degree=Degree.CONFIDENTIAL)
        return self.paris.station.hand.release(replace(form, **changes), way or self.way)  # type: ignore[arg-type]

    def take(self, text: str) -> HandTaken:
        hand = self.hq.station.hand
        return hand.receive(hand.begin(None, text))


@functools.cache
def _template() -> tuple[Path, SimulatedRelay, Item, Item]:
    """Let both meet once by the line and hand a book over, once for all tests."""
    root = Path(tempfile.mkdtemp(prefix="secmsg-by-hand-"))
    with world(root) as built:
        hq, paris = built.open(HQ), built.open(PARIS)
        built.settle()
        paris.release(draft(HQ.id, subject="Trước", degree=Degree.CONFIDENTIAL))
        built.settle()
        return root, built.relay, *handed_over(paris, hq)


@contextmanager
def two_ends(root: Path) -> Iterator[Ends]:
    """Open both on copies of their stores, beside a relay that is as it was."""
    template, relay, out, into = _template()
    for home in template.iterdir():
        shutil.copytree(home, root / home.name)
    clock = Clock(NOW + 3600)
    built = World(root, clock, replace(relay, clock=clock, boxes=copy.deepcopy(relay.boxes)), dict(relay.segments))
    try:
        yield Ends(built, built.open(HQ), built.open(PARIS), out, into)
    finally:
        for office in built.offices:
            office.station.close()


def handed_over(paris: Office, hq: Office) -> tuple[Item, Item]:
    """Draw a book at the post, take its copy to headquarters as a file, and put both into use."""
    here, there = paris.station.desk, hq.station.desk
    own, _ = pad_drawing.draw(here, HQ.id, Direction.OUT, 30)
    sealed = pad_files.export(here, own.number, SECOND)
    theirs = pad_files.import_(there, sealed.data, sealed.code, SECOND)
    return (
        custody.act(here, own.number, Act.OPENED, second=SECOND),
        custody.act(there, theirs.number, Act.OPENED, second=SECOND),
    )


def inbox(office: Office) -> list[CableRow]:
    return [each for each in office.station.inbox() if isinstance(each, CableRow) and each.by_hand]


def kinds(office: Office) -> set[NoticeKind]:
    return {each.kind for each in office.station.status().notices}


def notes(office: Office, which: Register) -> list[str]:
    return [each.note for each in office.station.register(which) if each.note]


def spoilt(text: str, *bad: int, lost: int = 0) -> str:
    """Change a figure of the groups with these numbers, and leave one group out."""
    lines = text.splitlines()
    groups = " ".join(lines[1:-1]).split()
    for number in bad:
        group = groups[number - 1]
        groups[number - 1] = str((int(group[0]) + 1) % 10) + group[1:]
    if lost:
        del groups[lost - 1]
    return "\n".join((lines[0], " ".join(groups), lines[-1]))


def mistyped(code: str) -> str:
    """Change the last figure of a code, so that its group's check cannot hold."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def sure_loss(text: str, number: int) -> int:
    """Return the next group whose loss can be mistaken for no neighbour's: one time in ten it can."""
    groups = groups_of(text)
    while checks.fits(groups[number], number - 1) or checks.fits(groups[number - 2], number - 1):
        number += 1
    return number


def groups_of(text: str) -> list[str]:
    return " ".join(text.splitlines()[1:-1]).split()
