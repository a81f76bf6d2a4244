"""A station in memory for the windows: real rules of drafts and states, invented cables, no keys, no relay."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from secmsg.errors import Incomplete, NotFound, TransferStopped, WrongPassphrase
from secmsg.ids import CableId, DeviceId, DraftId, PersonId, RelayId, StationId
from secmsg.office import persons as person_rules
from secmsg.office.channels import ChannelKind, Why
from secmsg.office.draft import Draft, Lack, lacking, to_cable
from secmsg.office.hand_work import Stage
from secmsg.office.lifecycle import OutboxState, move_outbox
from secmsg.office.persons import Bar, Term
from secmsg.station.annex import Watch, unwatched
from secmsg.station.backup_views import BackupLine, BackupStanding
from secmsg.station.backups import Backups
from secmsg.station.courier import Courier
from secmsg.station.events import CableArrived, Event, LinkChanged
from secmsg.station.hand_views import Next
from secmsg.station.listing import PAGE, excerpt
from secmsg.station.locking import Account, Locking
from secmsg.station.number_views import AskLine, Continuity, MissingRow, PairRow
from secmsg.station.numbers import Numbers
from secmsg.station.officers import Officers
from secmsg.station.pad_views import Direction, State
from secmsg.station.persons import Officer, RecordLine
from secmsg.station.pouch_bag import PouchBag
from secmsg.station.pouch_views import PouchRead, PouchWaiting, PouchWritten
from secmsg.station.sealing import SealedFile, Sealing
from secmsg.station.station import Station
from secmsg.station.views import (
    Addressee,
    AttachmentState,
    AttachmentView,
    CableRow,
    CableView,
    ChannelLine,
    ChannelState,
    DraftRow,
    FoundCount,
    FoundPage,
    FreezeView,
    GapRow,
    InboxFilter,
    IndexState,
    KeyringNote,
    LinkState,
    LinkStatus,
    ListCount,
    Listing,
    ListMark,
    ListPage,
    OutboxRow,
    Quick,
    ReceiptView,
    Released,
    StationStatus,
    Verification,
)
from secmsg.station.worker import Worker
from secmsg.store.terms import parse
from secmsg.vietnamese import spans
from secmsg.wire.cable import Annex, Cable, Degree, Kind, Signatory, SignPrefix, Urgency
from secmsg.wire.service import Posture, ReceiptLevel
from tests.helpers.ui_custody import CustodyHeld, UiCustody
from tests.helpers.ui_destruction import UiDestruction, UiWalk
from tests.helpers.ui_hand import HandHeld, UiHand, UiPads, item, worksheet_row
from tests.helpers.ui_setup import SetupHeld, UiSettingUp
from ui.app import Doors
from ui.front import Doorstep
from ui.unlock.state import Attempt

NOW = int(datetime(2026, 11, 22, 10, 38, tzinfo=UTC).timestamp())
"""11:38 in Paris, 17:38 in Hà Nội."""

PASSPHRASE = "mot cau dai de mo"
PARIS, EUROPE, OFFICE, CONSULAR, CIPHER, BUDGET = (StationId(n) for n in (45, 101, 102, 103, 104, 105))
HOUR = 3600

ADDRESSEES = (
    Addressee(EUROPE, "Vụ Châu Âu", "Europe Department", "Hà Nội", "Asia/Ho_Chi_Minh", 2),
    Addressee(OFFICE, "Văn phòng Bộ", "Ministry Office", "Hà Nội", "Asia/Ho_Chi_Minh", 2),
    Addressee(CONSULAR, "Cục Lãnh sự", "Consular Department", "Hà Nội", "Asia/Ho_Chi_Minh", 1),
    Addressee(CIPHER, "Cục Cơ yếu – Công nghệ thông tin", "Cipher & IT Department", "Hà Nội", "Asia/Ho_Chi_Minh", 1),
    Addressee(BUDGET, "Cục Quản trị Tài vụ", "Finance Department", "Hà Nội", "Asia/Ho_Chi_Minh", 1),
    Addressee(
        StationId(46),
        "ĐSQ Việt Nam tại CHLB Đức",
        "Embassy of Viet Nam in Germany",
        "Berlin",
        "Europe/Berlin",
        1,
    ),
)
NAMES = {a.station: a.name_vi for a in ADDRESSEES} | {PARIS: "ĐSQ Việt Nam tại Cộng hòa Pháp"}

BODY = """Kính gửi: Đại sứ quán Việt Nam tại Cộng hòa Pháp

Về dự thảo nghị quyết trình phiên họp toàn thể UNESCO, đề nghị Đại sứ quán:

1. Phối hợp với Phái đoàn thường trực bên cạnh UNESCO tham vấn các nước trong nhóm khu vực; \
nắm lập trường và ý kiến sửa đổi.

2. Điện báo kết quả về Bộ trước 17 giờ ngày 22 tháng 11 (giờ Paris).

Kèm theo: dự thảo nghị quyết (4 trang), danh sách nước đồng bảo trợ (1 trang)./."""


def cable_id(number: int) -> CableId:
    """Make a stable id."""
    return CableId(number.to_bytes(16, "big"))


def make_cable(  # a cable has this many fields
    number: int,
    *,
    degree: Degree,
    urgency: Urgency,
    subject: str,
    origin: StationId,
    to: tuple[StationId, ...] = (PARIS,),
    at: int = NOW,
    body: str = BODY,
    reply_by: int | None = None,
    kind: Kind = Kind.CABLE,
    annexes: tuple[Annex, ...] = (),
) -> Cable:
    """Make a cable as a station would have received it."""
    return Cable(
        cable_id=cable_id(number),
        kind=kind,
        origin=origin,
        number=number,
        symbol="ĐM-CA",
        mrn=f"26 HANOI {number:03d}",
        dtg=at - at % 60,
        filed_at=at,
        degree=degree,
        basis="Danh mục BMNN ngành Ngoại giao, mục 4" if degree else "",
        protect_until=None,
        para_marks=(),
        urg_action=urgency,
        urg_info=Urgency.ROUTINE,
        urgency_reason="An toàn của công dân tại sân bay" if urgency is Urgency.FLASH else "",
        desk_by=None,
        reply_by=reply_by,
        void_after=None,
        action_to=to,
        info_to=(),
        exempt=(),
        named=(),
        caption=(),
        topics=("NGOAIGIAO",),
        subject=subject,
        subject_in_register=degree is not Degree.TOP_SECRET,
        refs=(),
        body=body,
        summary="",
        annexes=annexes,
        documents=1 + len(annexes),
        pages=1,
        copies=2,
        copy_ok=False,
        return_by=None,
        drafter=Signatory(PersonId(0), "Trần Thị Bình", "Chuyên viên", at),
        clearers=(),
        releaser=Signatory(PersonId(7), "Nguyễn Văn An", "Chánh Văn phòng", at),
        sign_prefix=SignPrefix.TL,
        second_person=None,
    )


@dataclass
class Held:
    """What the station in memory holds; tests change it directly."""

    views: dict[CableId, CableView] = field(default_factory=dict)
    gaps: tuple[GapRow, ...] = ()
    pairs: Continuity = field(default_factory=lambda: Continuity(Posture.NORMAL, 24 * HOUR, ()))
    outbox: dict[tuple[CableId, StationId], OutboxRow] = field(default_factory=dict)
    drafts: dict[DraftId, tuple[Draft, int]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    joined: bool = True
    freezes: tuple[FreezeView, ...] = ()
    released: list[Draft] = field(default_factory=list)
    off: frozenset[str] = frozenset()
    next_number: int = 220
    pouch: tuple[PouchWaiting, ...] = ()
    pouch_error: BaseException | None = None
    pouch_came: PouchRead | None = None
    pouch_gate: threading.Event | None = None
    calls: list[str] = field(default_factory=list)
    index: IndexState = field(default_factory=lambda: IndexState(100, 1))
    unweighed: int = 0
    hand: HandHeld = field(default_factory=HandHeld)
    setup: SetupHeld = field(default_factory=SetupHeld)
    custody: CustodyHeld = field(default_factory=CustodyHeld)
    backups: tuple[BackupLine, ...] = ()
    officers: tuple[Officer, ...] = ()
    deeds: tuple[RecordLine, ...] = ()
    backups_standing: BackupStanding = field(default_factory=BackupStanding)


def admits(quick: Quick, row: CableRow) -> bool:
    """Say whether a quick filter lets a row through."""
    return (
        not (quick.unacknowledged and (row.acknowledged or not row.incoming))
        and not (quick.urgent and row.urgency < Urgency.IMMEDIATE)
        and not (quick.annexes and not row.annexes)
        and quick.degree in (None, row.degree)
        and not (quick.since is not None and row.at < quick.since)
    )


def _waits(row: CableRow) -> int:
    return row.urgency + 1 if row.incoming and not row.acknowledged else 0


class NothingToSeal(Sealing):
    """What a station without files has to seal."""

    def __init__(self) -> None:
        """Hold nothing."""

    @property
    def total(self) -> int:
        return 0

    def run(self, watch: Watch = unwatched) -> tuple[SealedFile, ...]:
        return ()

    def forget(self, sealed: Sequence[SealedFile]) -> None:
        """There is nothing."""


class UiNumbers(Numbers):
    """The part about serials, over `Held`."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def continuity(self) -> Continuity:
        return self._held.pairs


class UiLocking(Locking):
    """A station that hands nothing over, and notes what it is told of the last watch."""

    def __init__(self) -> None:
        self.told: list[Account | None] = []

    def usual(self) -> bool:
        return True

    def prepare(self) -> bytes:
        return b""

    def settle(self, account: Account | None) -> None:
        self.told.append(account)


class UiBackups(Backups):
    """The record of backups, over `Held`."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def list(self) -> tuple[BackupLine, ...]:
        return self._held.backups

    def standing(self) -> BackupStanding:
        return self._held.backups_standing


class UiOfficers(Officers):
    """The persons of a post, over `Held`: the first one has opened the store."""

    def __init__(self, held: Held) -> None:
        self._held = held

    def present(self) -> Officer:
        return self._held.officers[0]

    def listed(self) -> tuple[Officer, ...]:
        return self._held.officers

    def stands_alone(self) -> bool:
        return len(self._held.officers) < 2

    def of_cable(self, cable_id: CableId) -> tuple[RecordLine, ...]:
        return self._held.deeds

    def terms(self) -> tuple[Term, ...]:
        return ()

    def bar(self) -> Bar | None:
        return None

    def suspend(self, number: int, reason: str) -> Officer:
        done = [
            replace(e, state=person_rules.State.SUSPENDED) if e.number == number else e for e in self._held.officers
        ]
        self._held.officers = tuple(done)
        return next(each for each in done if each.number == number)


class UiStation(Station):
    """The methods that windows use, over `Held`."""

    def __init__(self, held: Held, clock: Callable[[], int]) -> None:
        self.held, self._clock = held, clock
        self.numbers = UiNumbers(held)
        self.locking = UiLocking()
        self.backups = UiBackups(held)
        self.kit = None
        self.officers = UiOfficers(held)
        self.hand, self.pads = UiHand(lambda: held.hand), UiPads(lambda: held.hand)
        self.setup = UiSettingUp(lambda: held.setup)
        self.custody = UiCustody(lambda: held.custody)
        self.destruction = UiDestruction()
        self.walk = UiWalk()

    def close(self) -> None:
        self.held.calls.append("close")

    def status(self) -> StationStatus:
        held = self.held
        waiting = (OutboxState.ACKNOWLEDGED, OutboxState.REFUSED, OutboxState.EXPIRED)
        return StationStatus(
            joined=held.joined,
            station=PARIS,
            station_name=NAMES[PARIS],
            station_name_en="Embassy of Viet Nam in France",
            place="Paris",
            timezone="Europe/Paris",
            device=DeviceId(12),
            person_name="Lê Minh Châu",
            person_title="Tham tán",
            edition=14,
            edition_at=NOW - 3 * 24 * HOUR,
            unread_count=sum(1 for v in held.views.values() if v.row.incoming and not v.row.read),
            outbox_count=sum(1 for r in held.outbox.values() if r.state not in waiting),
            gaps=len(held.gaps),
            quarantined=0,
            keyring_note=KeyringNote.BOUND,
            clock_offset_s=None,
            notices=(),
            relays=("Kênh chính",),
            prekeys_left=90,
            freezes=held.freezes,
        )

    def inbox(self, which: InboxFilter = InboxFilter.ALL) -> tuple[CableRow | GapRow, ...]:
        rows: list[CableRow | GapRow] = [v.row for v in self.held.views.values() if v.row.incoming]
        rows.sort(key=lambda r: -(r.at if isinstance(r, CableRow) else 0))
        return (*rows, *self.held.gaps)

    def sent(self) -> tuple[CableRow, ...]:
        return tuple(sorted((v.row for v in self.held.views.values() if not v.row.incoming), key=lambda r: -r.at))

    def outbox(self) -> tuple[OutboxRow, ...]:
        return tuple(sorted(self.held.outbox.values(), key=lambda r: (-r.urgency, r.since)))

    def gaps(self) -> tuple[GapRow, ...]:
        return self.held.gaps

    def addressees(self) -> tuple[Addressee, ...]:
        return ADDRESSEES

    # lists and searches in pages, by the plainest means

    def _listed(self, listing: Listing, quick: Quick) -> list[CableRow]:
        incoming = listing is Listing.INCOMING
        rows = [v.row for v in self.held.views.values() if v.row.incoming is incoming and admits(quick, v.row)]
        return sorted(rows, key=lambda r: (-_waits(r), -r.at))

    def page(self, listing: Listing, quick: Quick, after: ListMark | None) -> ListPage:
        rows, start = self._listed(listing, quick), 0 if after is None else after.cable_no
        more = ListMark(0, start + PAGE) if len(rows) >= start + PAGE else None
        return ListPage(tuple(rows[start : start + PAGE]), more)

    def page_marks(self, listing: Listing, quick: Quick, after: ListMark | None, count: int) -> tuple[ListMark, ...]:
        start, rows = 0 if after is None else after.cable_no, len(self._listed(listing, quick))
        ends = [start + PAGE * n for n in range(1, count + 1)]
        return tuple(ListMark(0, end) for end in ends if end <= rows)

    def count(self, listing: Listing, quick: Quick) -> ListCount:
        rows = self._listed(listing, quick)
        waiting = sum(1 for row in rows if _waits(row))
        return ListCount(waiting, len(rows) - waiting)

    def place(self, listing: Listing, quick: Quick, cable_id: CableId) -> int:
        found = [row.cable_id for row in self._listed(listing, quick)]
        if cable_id not in found:
            raise NotFound("the cable is not in this list")
        return found.index(cable_id)

    def _matching(self, text: str, quick: Quick) -> list[CableRow]:
        found = []
        for view in self.held.views.values():
            row = view.row
            words = f"{row.subject}\n{row.peer_name}\n{view.cable.body}\n{row.number:04d}"
            terms = parse(text)
            if admits(quick, row) and all(spans(words, [(term.words, term.open)]) for term in terms):
                found.append(replace(row, excerpt=excerpt(view.cable.body, text) if row.subject else ""))
        return sorted(found, key=lambda r: -r.at)

    def find(self, text: str, quick: Quick, below: int, limit: int) -> FoundPage:
        rows = self._matching(text, quick) if self.held.index.searchable else []
        rest = rows[below : below + limit]
        return FoundPage(tuple(rest), below + limit if len(rows) > below + limit else 0)

    def count_found(self, text: str, quick: Quick, below: int, limit: int) -> FoundCount:
        return FoundCount(min(limit, len(self._matching(text, quick))), 0)

    def closest(self, text: str, quick: Quick, limit: int) -> FoundPage:
        return FoundPage(tuple(reversed(self._matching(text, quick)))[:limit], self.held.unweighed)

    def index_state(self) -> IndexState:
        return self.index_standing()

    def index_standing(self) -> IndexState:
        held = self.held
        return replace(held.index, searchable=len(held.views)) if held.index.whole else held.index

    def index_on(self) -> IndexState:
        return self.index_standing()

    def read(self, cable_id: CableId) -> CableView:
        if cable_id not in self.held.views:
            raise NotFound("no such cable")
        return self.held.views[cable_id]

    def row(self, cable_id: CableId) -> CableRow:
        return self.read(cable_id).row

    def mark_read(self, cable_id: CableId) -> None:
        self._alter(cable_id, read=True)

    def acknowledge(self, cable_id: CableId) -> None:
        view = self.read(cable_id)
        if view.row.acknowledged:
            return
        self.held.calls.append("acknowledge")
        self._alter(cable_id, acknowledged=True, read=True)
        receipt = ReceiptView(NAMES[PARIS], ReceiptLevel.REGISTERED, self._clock(), "signed here", 311)
        view = self.held.views[cable_id]
        self.held.views[cable_id] = replace(view, receipts=(*view.receipts, receipt))

    def open_attachment(self, cable_id: CableId, index: int) -> bytes:
        return "Danh sách nước đồng bảo trợ\n<b>không phải HTML</b>".encode()

    def export(self, cable_id: CableId, index: int, target: Path) -> Path:
        path = target / self.read(cable_id).attachments[index].name
        path.write_bytes(b"content")
        return path

    def export_text(self, cable_id: CableId, target: Path) -> Path:
        path = target / "cable.txt"
        path.write_text(self.read(cable_id).cable.body, encoding="utf-8")
        return path

    def drafts(self) -> tuple[DraftRow, ...]:
        return tuple(
            DraftRow(i, d.subject, d.degree, ", ".join(NAMES.get(s, "?") for s in d.action_to), at)
            for i, (d, at) in self.held.drafts.items()
        )

    def draft(self, draft_id: DraftId) -> Draft:
        if draft_id not in self.held.drafts:
            raise NotFound("no such draft")
        return self.held.drafts[draft_id][0]

    def save_draft(self, draft_id: DraftId | None, draft: Draft) -> DraftId:
        given = draft_id or DraftId((len(self.held.calls) + 1).to_bytes(16, "big"))
        self.held.calls.append("save_draft")
        self.held.drafts[given] = (draft, self._clock())
        return given

    def discard_draft(self, draft_id: DraftId) -> None:
        self.held.drafts.pop(draft_id, None)

    def check(self, draft: Draft) -> tuple[Lack, ...]:
        return lacking(draft, self._releaser(), self._clock())

    def prepare_release(self, draft: Draft) -> Sealing:
        if lacks := self.check(draft):
            raise Incomplete(lacks)
        return NothingToSeal()

    def release(
        self, draft: Draft, draft_id: DraftId | None = None, sealed: tuple[SealedFile, ...] | None = None
    ) -> Released:
        if lacks := self.check(draft):
            raise Incomplete(lacks)
        number = self.held.next_number
        self.held.next_number += 1
        cable = to_cable(
            draft,
            cable_id=cable_id(number + 10_000),
            origin=PARIS,
            number=number,
            symbol="ĐM-PAR",
            mrn=f"26 PARIS {number:03d}",
            releaser=self._releaser(),
            now=self._clock(),
            annexes=(),
        )
        add_sent(self.held, cable, OutboxState.WAITING, self._clock())
        self.held.released.append(draft)
        if draft_id is not None:
            self.discard_draft(draft_id)
        return Released(cable.cable_id, number, cable.mrn)

    def pouch_waiting(self) -> tuple[PouchWaiting, ...]:
        return self.held.pouch

    def hold(self, cable_id: CableId) -> None:
        self._move(cable_id, OutboxState.HELD)

    def resume(self, cable_id: CableId) -> None:
        self._move(cable_id, OutboxState.WAITING)

    def pause_transfer(self, cable_id: CableId, index: int | None = None) -> None:
        self.held.calls.append(f"pause {index}")

    def resume_transfer(self, cable_id: CableId, index: int | None = None) -> None:
        self.held.calls.append(f"resume {index}")

    def send_now(self, cable_id: CableId) -> None:
        self._move(cable_id, OutboxState.SENDING)

    def switch_relay(self, name: str, *, enabled: bool) -> None:
        self.held.off = self.held.off - {name} if enabled else self.held.off | {name}

    def setting(self, name: str) -> str | None:
        return self.held.settings.get(name)

    def keep_setting(self, name: str, value: str) -> None:
        self.held.settings[name] = value

    def _releaser(self) -> Signatory:
        return Signatory(PersonId(21), "Lê Minh Châu", "Tham tán", self._clock())

    def _alter(self, cable_id: CableId, **changes: bool) -> None:
        view = self.read(cable_id)
        self.held.views[cable_id] = replace(view, row=replace(view.row, **changes))  # type: ignore[arg-type]  # bools

    def _move(self, cable_id: CableId, to: OutboxState) -> None:
        for key, row in self.held.outbox.items():
            if key[0] == cable_id:
                self.held.outbox[key] = replace(row, state=move_outbox(row.state, to), since=self._clock())


class UiBag(PouchBag):
    """Writes and reads nothing: answers what a test has put into `Held`, when its gate is open."""

    def __init__(self, held: Held, clock: Callable[[], int]) -> None:
        self.held, self._clock = held, clock

    def write(
        self,
        target: Path,
        stations: tuple[StationId, ...],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> PouchWritten:
        self._wait(progress, cancelled)
        rows = [row for row in self.held.pouch if row.station in stations]
        self.held.calls.append(f"pouch {target.name} for {sorted(stations)}")
        cables, services = sum(row.cables for row in rows), sum(row.services for row in rows)
        return PouchWritten(target.name, 71_204, cables, services, 1, 0, self._clock())

    def read(
        self,
        source: Path,
        on_event: Callable[[Event], None],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> PouchRead:
        self._wait(progress, cancelled)
        assert self.held.pouch_came is not None
        return replace(self.held.pouch_came, name=source.name)

    def _wait(self, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        progress(1, 3)
        while self.held.pouch_gate is not None and not self.held.pouch_gate.wait(0.01):
            if cancelled():
                raise TransferStopped("the officer ended it")
        if self.held.pouch_error is not None:
            raise self.held.pouch_error


class UiCourier(Courier):
    """Carries nothing; tests report events through it."""

    def __init__(self, worker: Worker, on_event: Callable[[Event], None], links: tuple[LinkStatus, ...]) -> None:
        self._on_event, self._links = on_event, links
        self.wakes = 0
        self.tested: list[RelayId] = []

    def start(self) -> None:
        pass

    def stop(self, timeout_s: float = 10.0) -> None:
        pass

    def wake(self) -> None:
        self.wakes += 1

    def set_line(self, *, enabled: bool) -> None:
        state = LinkState.UP if enabled else LinkState.OFF
        self._links = tuple(replace(link, state=state) for link in self._links)
        self._on_event(LinkChanged(self._links[0]))

    def links(self) -> tuple[LinkStatus, ...]:
        return self._links

    @property
    def cut(self) -> bool:
        return bool(self._links) and self._links[0].state is LinkState.OFF

    def try_link(self, relay: RelayId) -> None:
        self.tested.append(relay)

    def switch_link(self, relay: RelayId, *, enabled: bool) -> None:
        state = LinkState.UNTRIED if enabled else LinkState.OFF
        self._links = tuple(replace(link, state=state) if link.relay == relay else link for link in self._links)

    def report(self, event: Event) -> None:
        self._on_event(event)


def view_of(
    cable: Cable,
    *,
    acknowledged: bool = True,
    read: bool = True,
    serial: int = 0,
    after: int | None = None,
    attachments: tuple[AttachmentView, ...] = (),
    receipts: tuple[ReceiptView, ...] = (),
) -> CableView:
    """Make the view of an incoming cable."""
    origin = NAMES[cable.origin]
    row = CableRow(
        cable_id=cable.cable_id,
        incoming=True,
        number=cable.number,
        symbol=cable.symbol,
        mrn=cable.mrn,
        kind=cable.kind,
        degree=cable.degree,
        urgency=cable.urg_action,
        subject=cable.subject if cable.subject_in_register else "",
        peer_name=origin,
        at=cable.filed_at,
        read=read,
        acknowledged=acknowledged,
        annexes=len(attachments),
        state=None,
        register=cable.number,
    )
    checked = Verification(
        person_name=cable.releaser.name,
        person_title=cable.releaser.title,
        station_name=origin,
        signature_ok=True,
        edition=14,
        serial=serial or cable.number,
        in_order_after=after if after is not None else (serial or cable.number) - 1,
        relay_name="Kênh chính",
        received_at=cable.filed_at + 90,
    )
    names = tuple(NAMES[s] for s in cable.action_to)
    return CableView(row, cable, origin, names, (), checked, receipts, attachments)


def add_sent(held: Held, cable: Cable, state: OutboxState, since: int, **more: object) -> None:
    """Put an outgoing cable into the sent list and its deliveries into the outbox."""
    to = [NAMES[s] for s in (*cable.action_to, *cable.info_to)]
    row = CableRow(
        cable_id=cable.cable_id,
        incoming=False,
        number=cable.number,
        symbol=cable.symbol,
        mrn=cable.mrn,
        kind=cable.kind,
        degree=cable.degree,
        urgency=cable.urg_action,
        subject=cable.subject if cable.subject_in_register else "",
        peer_name=to[0] if len(to) == 1 else f"{to[0]} +{len(to) - 1}",
        at=cable.filed_at,
        read=True,
        acknowledged=False,
        annexes=0,
        state=state,
    )
    own = Verification(cable.releaser.name, cable.releaser.title, NAMES[PARIS], True, 14, 0, None, "", cable.filed_at)
    held.views[cable.cable_id] = CableView(row, cable, NAMES[PARIS], tuple(to), (), own, (), ())
    for station in (*cable.action_to, *cable.info_to):
        base = OutboxRow(
            cable_id=cable.cable_id,
            number=cable.number,
            urgency=cable.urg_action,
            degree=cable.degree,
            subject=row.subject,
            to_name=NAMES[station],
            state=state,
            since=since,
            next_try_at=None,
            relay_name="Kênh chính",
            parts=None,
            detail="",
            mrn=cable.mrn,
            to=station,
        )
        row_ = replace(base, **more)  # type: ignore[arg-type]  # fields of OutboxRow
        held.outbox[cable.cable_id, station] = replace(row_, lines=channel_lines(row_))


def channel_lines(row: OutboxRow) -> tuple[ChannelLine, ...]:
    """Make the lines of evidence that fit a delivery's state, at two relays and the pouch."""
    relay, none, flash = ChannelKind.RELAY, ChannelState.UNUSED, row.urgency is Urgency.FLASH
    main = ChannelLine("Kênh chính", relay, none, row.since, 1, None, row.detail, Why.NOW, None)
    other = ChannelLine("Kênh thay thế 1", relay, none, None, 0, None, "", Why.HELD_ELSEWHERE, row.since + 1_800)
    pouch = ChannelLine("pouch", ChannelKind.POUCH, none, None, 0, None, "", Why.BY_HAND, None)
    match row.state:
        case OutboxState.SENDING:
            main = replace(main, state=ChannelState.SENDING)
            if flash:
                other = replace(other, state=ChannelState.HOLDS, at=row.since, attempts=1, why=Why.HOLDS, why_at=None)
                pouch = replace(
                    pouch, state=ChannelState.WRITTEN, at=row.since + 40, attempts=1, detail="anh-01", why=Why.HOLDS
                )
        case OutboxState.UNKNOWN:
            main = replace(main, state=ChannelState.UNKNOWN, next_try_at=row.next_try_at)
            other = replace(other, state=ChannelState.REFUSED, at=row.since, attempts=2, detail="full", why=Why.NOW)
        case OutboxState.RELAY_HOLDS:
            main = replace(main, state=ChannelState.HOLDS, why=Why.HOLDS)
        case OutboxState.ARRIVED | OutboxState.DECIPHERED | OutboxState.ACKNOWLEDGED:
            main = replace(main, state=ChannelState.HOLDS)
            main, other, pouch = (replace(each, why=Why.PROVEN, why_at=None) for each in (main, other, pouch))
        case OutboxState.WAITING:
            main = replace(main, state=ChannelState.WAITING, next_try_at=row.next_try_at, attempts=row.attempts)
            other = replace(other, why=Why.SWITCHED_OFF, why_at=None)
        case _:
            main = replace(main, at=None, attempts=0)
            other = replace(other, why=Why.AFTER_OTHERS)
    return main, other, pouch


def pair(peer: StationId, sent: int, received: int) -> PairRow:
    """Make a pair of which nothing is to be said but that both ends agree."""
    recap = NOW - 8 * HOUR - 38 * 60
    return PairRow(
        peer=peer,
        peer_name=NAMES[peer],
        sent=sent,
        received=received,
        theirs_received=sent - 2,
        lacking=(),
        missing=(),
        agreed_out=sent - 2,
        agreed_in=received - 1,
        recap_at=recap,
        told_at=recap,
        heard_at=NOW - 600,
        overdue_at=recap + 36 * HOUR,
        silent_since=None,
        edition=14,
        book_out=1,
        book_in=1,
    )


def pairs() -> Iterator[PairRow]:
    """Make one pair for each way in which a pair can stand."""
    asks = (
        AskLine(NOW - 25 * HOUR, 1, by_hand=False, channels=("Kênh chính",)),
        AskLine(NOW - 24 * HOUR, 2, by_hand=False, channels=("Kênh thay thế 1",)),
        AskLine(NOW - 23 * HOUR, 3, by_hand=False, channels=("Kênh chính", "Kênh thay thế 1")),
    )
    vain = MissingRow(408, 409, NOW - 26 * HOUR, 3, NOW - 21 * HOUR, asks)
    yield replace(pair(OFFICE, 219, 407), missing=(vain,))
    yield replace(pair(CONSULAR, 88, 112), lacking=((86, 87),))
    yield replace(pair(BUDGET, 41, 30), recap_at=NOW - 38 * HOUR, heard_at=NOW - 30 * HOUR, silent_since=NOW - 2 * HOUR)
    yield pair(EUROPE, 731, 655)
    yield replace(pair(CIPHER, 7, 19), missing=(MissingRow(21, 24, NOW - 300, 0, None),))
    yield replace(pair(StationId(46), 1, 1), agreed_out=0, agreed_in=0, recap_at=None, theirs_received=0)


def under_way() -> HandHeld:
    """Give books in every direction, and a worksheet each way."""
    return HandHeld(
        (
            item(17, "ĐI-017", Direction.OUT, State.IN_USE, OFFICE, NAMES[OFFICE]),
            item(18, "ĐẾN-017", Direction.IN, State.IN_USE, OFFICE, NAMES[OFFICE]),
            item(19, "ĐI-018", Direction.OUT, State.RECEIVED, OFFICE, NAMES[OFFICE]),
            item(12, "ĐI-012", Direction.OUT, State.USED_UP, OFFICE, NAMES[OFFICE]),
        ),
        (
            worksheet_row(4, Stage.ENCIPHERED, Next.SEND, OFFICE, NAMES[OFFICE], "2026-PARIS-00220"),
            worksheet_row(3, Stage.TYPED, Next.ASK, StationId(0), ""),
        ),
    )


def furnished() -> Held:
    """Make the station of the picture: every degree and precedence, a gap, every state of the outbox."""
    held = Held(hand=under_way())
    put = held.views.__setitem__
    sheet = (
        AttachmentView("du-thao-nghi-quyet.pdf", 412_000, 4, "application/pdf", AttachmentState.READY),
        AttachmentView("nuoc-dong-bao-tro.txt", 38_400, 1, "text/plain", AttachmentState.READY),
    )
    partial = (
        AttachmentView("ban-do.png", 4_100_000, 1, "image/png", AttachmentState.DOWNLOADING, 1_300_000, 4_200_000),
    )
    for view in (
        view_of(
            make_cable(
                412,
                degree=Degree.TOP_SECRET,
                urgency=Urgency.FLASH,
                origin=EUROPE,
                at=NOW - 420,
                subject="Bảo vệ công dân tại sân bay",
                body="Đề nghị thực hiện ngay phương án 2./.",
            ),
            acknowledged=False,
            read=False,
        ),
        view_of(
            make_cable(
                411,
                degree=Degree.SECRET,
                urgency=Urgency.IMMEDIATE,
                origin=OFFICE,
                at=NOW - 3480,
                subject="Chỉ đạo về nghị quyết phiên họp toàn thể UNESCO",
                reply_by=NOW + 5 * HOUR + 22 * 60,
            ),
            acknowledged=False,
            read=False,
            attachments=sheet,
            receipts=(ReceiptView(NAMES[PARIS], ReceiptLevel.DECIPHERED, NOW - 3400, "signed by this machine"),),
        ),
        view_of(
            make_cable(
                410,
                degree=Degree.CONFIDENTIAL,
                urgency=Urgency.PRIORITY,
                origin=CONSULAR,
                at=NOW - 8580,
                subject="Đề nghị xác minh hồ sơ lãnh sự; báo cáo trước ngày 25/11",
            ),
            acknowledged=False,
            read=False,
            attachments=partial,
            after=0,
        ),
        view_of(
            make_cable(
                407,
                degree=Degree.CONFIDENTIAL,
                urgency=Urgency.ROUTINE,
                origin=CIPHER,
                at=NOW - 49 * HOUR,
                subject="Lịch thay khóa quý IV, mở từ ngày 01/12",
            )
        ),
        view_of(
            make_cable(
                406,
                degree=Degree.UNCLASSIFIED,
                urgency=Urgency.ROUTINE,
                origin=BUDGET,
                at=NOW - 73 * HOUR,
                subject="Hướng dẫn quyết toán kinh phí năm 2026",
            )
        ),
        view_of(
            make_cable(
                405,
                degree=Degree.UNCLASSIFIED,
                urgency=Urgency.ROUTINE,
                origin=CIPHER,
                at=NOW - 97 * HOUR,
                subject="Luyện tập mã dịch quý IV",
                kind=Kind.EXERCISE,
            )
        ),
    ):
        put(view.row.cable_id, view)
    held.gaps = (GapRow("Văn phòng Bộ", 408, 409, NOW - 26 * HOUR, OFFICE),)
    held.pairs = Continuity(Posture.NORMAL, 24 * HOUR, tuple(pairs()))
    since = NOW - 900
    for number, urgency, degree, subject, to, state, more in (
        (
            219,
            Urgency.FLASH,
            Degree.SECRET,
            "Báo cáo kết quả tham vấn UNESCO",
            OFFICE,
            OutboxState.SENDING,
            {"parts": (1_300_000, 4_800_000), "since": NOW - 60},
        ),
        (
            218,
            Urgency.PRIORITY,
            Degree.CONFIDENTIAL,
            "Danh sách đoàn công tác",
            CONSULAR,
            OutboxState.UNKNOWN,
            {"attempts": 2, "next_try_at": NOW + 240, "detail": "contact was lost before the answer"},
        ),
        (
            217,
            Urgency.ROUTINE,
            Degree.CONFIDENTIAL,
            "Quyết toán quý III",
            BUDGET,
            OutboxState.RELAY_HOLDS,
            {"receipt_due_at": NOW - 1800},
        ),
        (
            216,
            Urgency.ROUTINE,
            Degree.UNCLASSIFIED,
            "Lịch trực tháng 12",
            CIPHER,
            OutboxState.WAITING,
            {"attempts": 1, "next_try_at": NOW + 60},
        ),
        (
            215,
            Urgency.ROUTINE,
            Degree.UNCLASSIFIED,
            "Đề nghị cấp phát văn phòng phẩm",
            BUDGET,
            OutboxState.HELD,
            {},
        ),
        (214, Urgency.IMMEDIATE, Degree.TOP_SECRET, "Phương án bảo vệ đoàn", EUROPE, OutboxState.ARRIVED, {}),
        (
            213,
            Urgency.ROUTINE,
            Degree.CONFIDENTIAL,
            "Gửi cơ quan mới mở",
            StationId(46),
            OutboxState.WAITING_KEYS,
            {},
        ),
        (212, Urgency.ROUTINE, Degree.CONFIDENTIAL, "Kết quả kiểm kê", CIPHER, OutboxState.ACKNOWLEDGED, {}),
    ):
        cable = make_cable(
            number, degree=degree, urgency=urgency, subject=subject, origin=PARIS, to=(to,), at=since - 60
        )
        cable = replace(cable, cable_id=cable_id(number + 10_000), mrn=f"26 PARIS {number:03d}", symbol="ĐM-PAR")
        add_sent(held, cable, state, **{"since": since, **more})  # type: ignore[arg-type]  # fields of OutboxRow
    acknowledged = cable_id(212 + 10_000)
    view = held.views[acknowledged]
    held.views[acknowledged] = replace(
        view,
        receipts=(ReceiptView(NAMES[CIPHER], ReceiptLevel.REGISTERED, NOW - 600, "signed by a person", 87),),
    )
    draft = Draft(degree=Degree.CONFIDENTIAL, subject="Tình hình báo chí tuần 47", action_to=(EUROPE,))
    held.drafts[DraftId(b"d" * 16)] = (draft, NOW - 7200)
    return held


def link_of(state: LinkState = LinkState.UP) -> tuple[LinkStatus, ...]:
    """Make the links of the picture."""
    other = LinkStatus("Kênh thay thế 1", LinkState.UP, NOW - 40, 0.9, relay=RelayId(bytes([2]) * 16))
    return (LinkStatus("Kênh chính", state, NOW - 12, 0.2, relay=RelayId(bytes([1]) * 16)), other)


@dataclass
class Scene:
    """The doors of a program with the station in memory, and what lies behind them."""

    held: Held = field(default_factory=furnished)
    now: int = NOW
    links: tuple[LinkStatus, ...] = field(default_factory=link_of)
    couriers: list[UiCourier] = field(default_factory=list)
    present: bool = True
    open_error: Callable[[Attempt], Exception | None] = lambda attempt: (
        None if attempt.text == PASSPHRASE else WrongPassphrase("no slot opens")
    )

    def clock(self) -> int:
        """Give the scene's time."""
        return self.now

    def doors(self) -> Doors:
        """Make the doors."""

        def open_(attempt: Attempt) -> Callable[[], Station]:
            def opener() -> Station:
                if (error := self.open_error(attempt)) is not None:
                    raise error
                return UiStation(self.held, self.clock)

            return opener

        def courier(worker: Worker, on_event: Callable[[Event], None]) -> Courier:
            made = UiCourier(worker, on_event, self.links)
            self.couriers.append(made)
            return made

        step = Doorstep(lambda: self.present, "/home/co yeu/secmsg")
        return Doors(open_, courier, step, lambda _: UiBag(self.held, self.clock), lambda _given, _proposal: None)

    def arrive(self, cable: Cable) -> None:
        """Let a cable come in."""
        view = view_of(cable, acknowledged=False, read=False)
        self.held.views[cable.cable_id] = view
        self.couriers[-1].report(CableArrived(cable.cable_id))
