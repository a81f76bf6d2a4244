"""A post with cables, and kits made of them, for tests of delegation kits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from secmsg.ids import CableId
from secmsg.station.kit_opening import open_kit
from secmsg.station.kit_views import KitRow, Terms
from secmsg.station.station import Station
from secmsg.station.unlock import by_passphrase
from secmsg.station.views import EVERY_CABLE, CableRow, Listing
from secmsg.wire.cable import Degree
from tests.helpers.ministry import FAST, HQ, NOW, PARIS, Clock, Ministry, attachment, draft, sync

KIT_PASSPHRASE = "chuyến đi tháng mười một"
DAY = 86_400
TERMS = Terms(
    bearer="Lê Văn Đoàn",
    title="Trưởng đoàn",
    degree=Degree.CONFIDENTIAL,
    purpose="Hội đàm tại Genève",
    places="Paris, Genève",
    measures="Máy tính riêng, luôn mang theo người",
    permitted_by="Đại sứ Nguyễn Văn Paris",
    start=NOW,
    until=NOW + 3 * DAY,
    prints=2,
    exports=True,
    drops=True,
)


@dataclass(slots=True)
class Steady:
    """A clock that nobody sets, moved by the test."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass(slots=True)
class Journey:
    """A post that has sent and received, and the folder where its kit lies."""

    ministry: Ministry
    post: Station
    root: Path
    clock: Clock = field(default_factory=Clock)
    steady: Steady = field(default_factory=Steady)

    @property
    def folder(self) -> Path:
        return self.root / "kit"

    def cables(self) -> tuple[CableId, ...]:
        """Our own ids of every cable of the post, incoming first."""
        rows = [row for row in self.post.inbox() if isinstance(row, CableRow)]
        return tuple(row.cable_id for row in (*rows, *self.post.sent()))

    def make(self, cables: tuple[CableId, ...] = (), folder: Path | None = None, **changes: object) -> KitRow:
        terms = replace(TERMS, **changes)  # type: ignore[arg-type]  # a test names the fields it changes
        return self.post.kits.make(terms, cables or self.cables(), folder or self.folder, by_passphrase(KIT_PASSPHRASE))

    @contextmanager
    def opened(self, folder: Path | None = None) -> Iterator[Station]:
        kit = open_kit(folder or self.folder, by_passphrase(KIT_PASSPHRASE), FAST, clock=self.clock, steady=self.steady)
        try:
            yield kit
        finally:
            kit.close()


def rows_of(kit: Station) -> tuple[CableRow, ...]:
    """List the cables of an opened kit, incoming first."""
    return tuple(row for each in Listing for row in kit.page(each, EVERY_CABLE, None).rows)


@contextmanager
def journey(root: Path) -> Iterator[Journey]:
    """Give a post that has one cable of headquarters with an enclosure, one without, and has sent one."""
    ministry = Ministry(root / "ministry")
    ministry.root.mkdir()
    try:
        ministry.found()
        ministry.add_relay()
        ministry.enrol(HQ)
        ministry.enrol(PARIS)
        hq, paris = ministry.open(HQ), ministry.open(PARIS)
        sync(hq)
        sync(paris)
        enclosed = root / "phụ lục.txt"
        enclosed.write_text("Bảng kê: mười hai con giáp.\n" * 2_000, encoding="utf-8")
        hq.release(
            draft(
                PARIS.id, subject="Về hội đàm Genève", body="Chim én báo tin.", copy_ok=True,
                attachments=(
                    replace(attachment(enclosed, "phụ lục.txt"), media_type="text/plain"),
                ),
            )
        )  # fmt: skip
        hq.release(draft(PARIS.id, subject="Về lịch làm việc", body="Sáng mai họp đoàn."))
        paris.release(draft(HQ.id, subject="Báo cáo chuẩn bị", body="Đã chuẩn bị xong tài liệu."))
        for _ in range(3):
            sync(hq)
            sync(paris)
        journey = Journey(ministry, paris, root)
        yield journey
    finally:
        ministry.end()
