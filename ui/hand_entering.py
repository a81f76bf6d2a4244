"""One message that is being typed, between its window and the store's thread; nothing of its text before the tag."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance

from secmsg.errors import HeaderWrong
from secmsg.ids import CableId, StationId
from secmsg.manual import header
from secmsg.office.hand_work import Line, Stage
from secmsg.office.materials import Direction, Kind
from secmsg.station.hand_views import HandFate, HandRow, HandTaken, IncomingSheet
from secmsg.station.pad_views import ItemView
from secmsg.station.station import Station
from secmsg.station.views import CableView
from ui import names
from ui.background import Background
from ui.format import Place
from ui.language import tr
from ui.manual.destroy.state import DestroyState
from ui.manual.destroy.view import DestroyDialog
from ui.manual.entry.state import EntryState
from ui.manual.entry.view import EntryView, Opened
from ui.manual.sheet import rows_of

Cells = dict[tuple[Line, int], str]
ASIDE = 2_000
"""Places of groups that have no place, beyond those of the longest message."""
OPENED = frozenset(
    {HandFate.ENTERED, HandFate.SIGNED_BEFORE, HandFate.DIFFERS, HandFate.SAME_CABLE, HandFate.DUPLICATE}
)


class Entering(QObject):
    """Serves one window; `changed` (a register, the ledger) and `closed` carry this object."""

    changed: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(
        self, background: Background, here: Place, post: Callable[[], str], officer: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background, self._officer = background, officer
        self.worksheet: int | None = None
        self.row: HandRow | None = None
        self.destroying: DestroyDialog | None = None
        self._kept: Cells = {}
        self._sender = 0
        self.view = EntryView(here, post)
        view = self.view
        view.altered.connect(self._altered)
        view.open_asked.connect(lambda _: self._open())
        view.receipt_said.connect(lambda _: self._say_receipt())
        view.destroy_asked.connect(lambda _: self.destroy())
        view.closed.connect(lambda _: self.closed.emit(self))

    def begin(self) -> None:
        """Begin a new one."""
        self.view.show()
        self._background.run(self.view, lambda station: station.pads.items(), self._offer, self.view.fail)

    def resume(self, number: int, stage: Stage) -> None:
        """Go on with a saved one."""
        self.worksheet = number
        self.begin()
        if stage is Stage.READ:
            self._background.run(self.view, partial(_read_before, number), self._show_read, self.view.fail)
        else:
            self._background.run(self.view, lambda station: station.hand.incoming(number), self._put, self.view.fail)

    def _offer(self, items: tuple[ItemView, ...]) -> None:
        peers = {
            int(item.peer): item.peer_name
            for item in items
            if item.kind is Kind.PAD and item.ours and item.direction is Direction.IN
        }
        self.view.offer(sorted(peers.items()))

    def _put(self, sheet: IncomingSheet) -> None:
        self._kept = dict(sheet.typed)
        self.view.state = state_of(self._kept)
        self.view.render_state()

    # --- kept cell by cell ------------------------------------------------------------------------------------------

    def _altered(self, state: EntryState) -> None:
        cells = cells_of(state)
        if not cells and self.worksheet is None:
            return
        before, self._kept = self._kept, cells
        changes = {key: cells.get(key, "") for key in {*before, *cells} if before.get(key, "") != cells.get(key, "")}

        def fill(station: Station) -> None:
            # Read on the store's thread: two savings in a row make one worksheet.
            if self.worksheet is None:
                self.worksheet = station.hand.begin()
            for (line, place), text in changes.items():
                station.hand.fill(self.worksheet, line, place, text)

        if changes:
            self._background.run(self.view, fill, lambda _: None, self.view.fail)

    # --- opened -----------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        sender = self.view.sender_chosen

        def receive(station: Station) -> tuple[HandTaken, CableView | None, HandRow | None]:
            number = self.worksheet if self.worksheet is not None else station.hand.begin()
            if sender:
                station.hand.set_sender(number, StationId(sender))
            taken = station.hand.receive(number)
            if taken.cable_id is None or taken.fate not in OPENED:
                return taken, None, None
            return taken, station.read(taken.cable_id), _row(station, taken.cable_id)

        self._background.run(self.view, receive, self._received, self.view.fail)

    def _received(self, found: tuple[HandTaken, CableView | None, HandRow | None]) -> None:
        taken, cable, row = found
        if cable is None or row is None:
            self.view.refuse_message(partial(_refused, taken))
            return
        self.row = row
        self.view.show_opened(
            Opened(
                cable.cable.degree,
                _verified,
                partial(_entered, row),
                cable.cable.body,
                owed=row.has_receipt and row.receipt_at is None,
                alarm=partial(_alarm, taken.fate) if taken.fate is not HandFate.ENTERED else None,
            )
        )
        self.changed.emit(self)

    def _show_read(self, found: tuple[CableView, HandRow]) -> None:
        cable, row = found
        self.row = row
        owed = row.has_receipt and row.receipt_at is None
        self.view.show_opened(
            Opened(cable.cable.degree, _verified, partial(_entered, row), cable.cable.body, owed=owed)
        )

    def _say_receipt(self) -> None:
        row, opened = self.row, self.view.opened
        if row is None or opened is None:
            return
        self._background.run(
            self.view,
            lambda station: station.hand.say_receipt(row.cable_id),
            lambda figures: self.view.show_opened(replace(opened, receipt=figures, owed=False)),
            self.view.fail,
        )

    def destroy(self) -> None:
        """Ask for the second name, then destroy the page and the worksheet."""
        row, number = self.row, self.worksheet
        if row is None or number is None:
            return
        asked = DestroyState(row.book, row.pages, self._officer)
        self.destroying = dialog = DestroyDialog(asked, self.view)

        def done(_: None) -> None:
            self.changed.emit(self)
            self.view.close()

        dialog.confirmed.connect(
            lambda state: self._background.run(
                self.view, lambda station: station.hand.destroy(number, state.second), done, self.view.fail
            )
        )
        dialog.finished.connect(lambda _: self._forget_destroying())
        dialog.open()

    def _forget_destroying(self) -> None:
        self.destroying = None


def cells_of(state: EntryState) -> Cells:
    """Give what was typed by line and place, as it is kept."""
    lines = (
        (Line.HEADER, state.head),
        (Line.GROUP, state.groups),
        (Line.PARITY, state.parities),
        (Line.TAG, state.tags),
    )
    cells = {(line, place): text for line, texts in lines for place, text in enumerate(texts) if text}
    return cells | {(Line.GROUP, ASIDE + at): text for at, (_, text) in enumerate(state.excess)}


def state_of(cells: Cells) -> EntryState:
    """Give the state that was kept."""

    def line(which: Line, count: int) -> tuple[str, ...]:
        return tuple(cells.get((which, place), "") for place in range(count))

    head = line(Line.HEADER, header.SUMS)
    try:
        said = header.read(head)
    except HeaderWrong as error:
        wrong = error.cells if all(head) else ()
        state = EntryState(head, head_wrong=wrong)
        return replace(state, at=next((at for at, cell in enumerate(head) if not cell), 0))
    rows = rows_of(said.count) if said.parity else 0
    excess = tuple(
        (0, text) for (which, place), text in sorted(cells.items()) if which is Line.GROUP and place >= ASIDE
    )
    groups, tags = line(Line.GROUP, said.count), line(Line.TAG, said.tags)
    state = EntryState(head, said, groups=groups, parities=line(Line.PARITY, rows), tags=tags)
    end = len(state.cells)
    state = replace(state, excess=tuple((end, text) for _, text in excess), at=max(0, state.reached - 1))
    return state.gone_on()


def _read_before(number: int, station: Station) -> tuple[CableView, HandRow]:
    pages = station.hand.finished(number).message.header.pages
    row = next(each for each in station.hand.messages() if not each.outgoing and each.pages == pages)
    return station.read(row.cable_id), row


def _row(station: Station, cable_id: CableId) -> HandRow:
    return next(each for each in station.hand.messages() if not each.outgoing and each.cable_id == cable_id)


def _verified() -> str:
    return tr("The tag verifies: who holds these pages wrote this, word for word.")


def _entered(row: HandRow) -> str:
    return tr(
        "Entered in the incoming register as {mrn}, from {peer}, book {book}. By hand, not signed yet.",
        mrn=row.mrn, peer=names.station(row.peer_name), book=row.book,
    )  # fmt: skip


def _alarm(fate: HandFate) -> str:
    match fate:
        case HandFate.SIGNED_BEFORE:
            return tr("The signed cable is here already and says the same, word for word.")
        case HandFate.DIFFERS:
            return tr(
                "The signed cable is here already and says something else. Both are kept. Ask the sender by voice."
            )
        case HandFate.SAME_CABLE:
            return tr("This cable came by hand before, with another page.")
        case _:
            return tr("The same message was read before; nothing was entered again.")


def _refused(taken: HandTaken) -> str:
    if taken.fate is HandFate.FORGED:
        return tr(
            "Every group fits and the tag does not: a slip in working, or a forgery. Nothing was opened. Read the tag "
            "once more; then demand a new message on a new page, and report. Failures of this book: {n}; after five "
            "it is retired.",
            n=taken.failures,
        )
    if taken.tags and not taken.ask:
        return tr(
            "A tag has not come whole, so nothing was compared and nothing was opened. Ask for tag {n} again.",
            n=", ".join(map(str, taken.tags)),
        )
    return tr("Groups do not fit, so nothing was opened. Ask for group {n} again.", n=", ".join(map(str, taken.ask)))
