"""The hand cipher of the station in memory: real encodings, real worksheets, invented pages; and what lies here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from secmsg.errors import NotFound
from secmsg.ids import CableId, StationId
from secmsg.manual import encoding, form
from secmsg.manual import text as messages
from secmsg.manual.codebook import Kind as Sign
from secmsg.manual.message import Message, encipher
from secmsg.manual.tag import sheet
from secmsg.office.draft import Draft
from secmsg.office.hand_work import Line, Stage
from secmsg.station import codebooks
from secmsg.station.by_hand import ByHand
from secmsg.station.hand_sheets import Finished, Writing
from secmsg.station.hand_views import HandRow, IncomingSheet, Next, WorksheetRow
from secmsg.station.pad_office import PadOffice
from secmsg.station.pad_views import Direction, ItemView, Kind, State
from tests.helpers import manual

TEXT = "Đại sứ quán đã nhận điện 0412. Đoàn Macron hoà đàm; sẽ báo cáo trước 18 giờ ngày 23."
BOOK = "ĐI-017 1 1/2"
PAGE = 42


@dataclass
class HandHeld:
    """What the station in memory holds of the hand cipher; tests change it directly."""

    items: tuple[ItemView, ...] = ()
    worksheets: tuple[WorksheetRow, ...] = ()
    writings: dict[int, Writing] = field(default_factory=dict)
    cells: dict[int, dict[tuple[Line, int], str]] = field(default_factory=dict)


class UiHand(ByHand):
    """The methods that windows use before anything is released."""

    def __init__(self, held: Callable[[], HandHeld]) -> None:
        self._of = held

    @property
    def _held(self) -> HandHeld:
        return self._of()

    def worksheets(self) -> tuple[WorksheetRow, ...]:
        return self._held.worksheets

    def save(self, worksheet: int | None, writing: Writing) -> int:
        number = worksheet or len(self._held.writings) + 1
        self._held.writings[number] = writing
        return number

    def writing(self, worksheet: int) -> Writing:
        if worksheet not in self._held.writings:
            raise NotFound("no such worksheet")
        return self._held.writings[worksheet]

    def begin(self, sender: StationId | None = None, text: str = "") -> int:
        number = 100 + len(self._held.cells)
        self._held.cells[number] = {}
        return number

    def fill(self, worksheet: int, line: Line, place: int, typed: str) -> None:
        self._held.cells.setdefault(worksheet, {})[line, place] = typed

    def incoming(self, worksheet: int) -> IncomingSheet:
        raise NotFound(str(worksheet))

    def give_up(self, worksheet: int) -> None:
        self._held.worksheets = tuple(row for row in self._held.worksheets if row.worksheet != worksheet)


class UiPads(PadOffice):
    """What lies here."""

    def __init__(self, held: Callable[[], HandHeld]) -> None:
        self._of = held

    @property
    def _held(self) -> HandHeld:
        return self._of()

    def items(self, *, training: bool = False) -> tuple[ItemView, ...]:
        return tuple(item for item in self._held.items if item.training is training)

    def confirm(self, book: int, top: str, *, training: bool = False) -> tuple[str, ...]:
        self._held.items = tuple(
            replace(item, confirmed=True, top=top) if item.number == book else item for item in self._held.items
        )
        return ()


def item(number: int, title: str, direction: Direction, state: State, peer: StationId, name: str) -> ItemView:
    """Make an item of the ledger."""
    return ItemView(
        number=number, kind=Kind.PAD, name=f"{title} 1 1/2", title=title, edition=1, copy=1, copies=2, state=state,
        peer=peer, peer_name=name, direction=direction, ours=True, held=True, training=False, holder="", first="00013",
        last="01803", ready=138, used=1 if state is State.IN_USE else 0, destroyed=41, confirmed=False, top="",
        failures=0, days_left=46 if state is State.IN_USE else None, low=False, at=0,
    )  # fmt: skip


def message(text: str = TEXT, *, parity: bool = False, tags: int = 1) -> tuple[Message, tuple[str, ...]]:
    """Encipher a text with an invented page and give the message with its codes."""
    book = codebooks.load()
    found = encoding.encode(text, book)
    codes = form.encode(form.Form(book.edition, Sign.CONFIDENTIAL, Sign.PRIORITY, 220, found.codes), book)
    sheets = [sheet(31415), sheet(27182)][:tags]
    made = encipher(codes, manual.pages(b"window", PAGE, 1), sheets, serial=220, at=manual.AT, parity=parity)
    return made, codes


def finished(row: WorksheetRow, typed: Mapping[tuple[Line, int], str] | None = None, *, tags: int = 1) -> Finished:
    """Give a worksheet whose message is fixed."""
    made, codes = message(tags=tags)
    return Finished(row, made, codes, manual.pages(b"window", PAGE, 1)[0].masks, typed or {})


def worksheet_row(number: int, stage: Stage, step: Next, peer: StationId, name: str, mrn: str = "") -> WorksheetRow:
    """Make a line of the list of worksheets."""
    outgoing = stage in (Stage.WRITTEN, Stage.ENCIPHERED, Stage.SENT)
    return WorksheetRow(number, stage, outgoing, peer, name, BOOK, mrn, 1_795_000_000, 1_795_000_600, step)


def hand_row(row: WorksheetRow, sent: Message) -> HandRow:
    """Make the line of a message among those by hand."""
    return HandRow(
        cable_id=CableId(bytes(16)), outgoing=row.outgoing, mrn=row.mrn, peer=row.peer, peer_name=row.peer_name,
        serial=220, in_block=False, book=BOOK, pages=sent.header.pages, count=sent.header.count, at=1_795_000_000,
        sent_at=None, has_receipt=True, receipt_at=None, unsigned=True, differs=False,
    )  # fmt: skip


def groups(sent: Message) -> list[str]:
    """Give every group in the order of sending, the header's seven first."""
    return messages.write(sent).split()


def draft(text: str = TEXT) -> Draft:
    """Make the draft of the worksheet."""
    from secmsg.wire.cable import Degree, Urgency

    return Draft(
        degree=Degree.CONFIDENTIAL, basis="Danh mục, mục 4", urgency=Urgency.PRIORITY, topics=("NGOAIGIAO",),
        subject="Báo cáo cuộc gặp", body=text, drafter_name="Trần Thị Soạn", drafter_title="Bí thư thứ nhất",
    )  # fmt: skip
