"""One worksheet of a cable that goes, between its window and the store's thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, SignalInstance

from secmsg.errors import Incomplete
from secmsg.manual import encoding, worksheet
from secmsg.manual.codebook import Book
from secmsg.manual.cutting import Choice
from secmsg.manual.encoding import Encoding
from secmsg.manual.working import Line as Entered
from secmsg.manual.worksheet import Direction
from secmsg.office.draft import Draft, Lack
from secmsg.office.hand_work import Line, Stage
from secmsg.office.materials import Direction as BookDirection
from secmsg.office.materials import Kind, State
from secmsg.station.hand_sending import Way
from secmsg.station.hand_sheets import Finished
from secmsg.station.hand_sheets import Writing as Written
from secmsg.station.hand_texts import Cutting
from secmsg.station.hand_views import HandRow
from secmsg.station.pad_views import ItemView
from secmsg.station.station import Station
from ui import names
from ui.background import Background
from ui.format import Place
from ui.language import tr
from ui.manual import clear
from ui.manual.aloud.state import lines_of
from ui.manual.aloud.view import ReadWindow
from ui.manual.destroy.state import DestroyState
from ui.manual.destroy.view import DestroyDialog
from ui.manual.figures.state import Entries, FiguresState
from ui.manual.work.state import WriteState
from ui.manual.work.view import Enciphered, Receipt, WorkView


@dataclass(frozen=True, slots=True)
class Standing:
    """A worksheet whose message is fixed, and its line among the messages by hand."""

    finished: Finished
    row: HandRow


class Writing(QObject):
    """Serves one window; `changed` (a register, the ledger) and `closed` carry this object."""

    changed: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    closed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(
        self,
        background: Background,
        here: Place,
        post: Callable[[], str],
        lack: Callable[[Lack], str],
        officer: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._here, self._officer = background, here, officer
        self.worksheet: int | None = None
        self.standing: Standing | None = None
        self.reading: ReadWindow | None = None
        self.destroying: DestroyDialog | None = None
        self._encoded: tuple[str, tuple[Choice, ...]] = ("", ())
        self.view = WorkView(post, lack)
        view = self.view
        view.altered.connect(self._altered)
        view.asked.connect(self._ask_ways)
        view.taken.connect(self._encipher)
        view.filled.connect(self._filled)
        view.aloud_asked.connect(lambda _: self.read_aloud())
        view.sent_told.connect(lambda _: self.mark_sent())
        view.heard.connect(self._heard)
        view.destroy_asked.connect(lambda _: self.destroy())
        view.closed.connect(lambda _: self.closed.emit(self))

    # --- beginning --------------------------------------------------------------------------------------------------

    def begin(self, draft: Draft) -> None:
        """Begin a new worksheet."""
        self.view.show()

        def offer(items: tuple[ItemView, ...]) -> None:
            self.view.show_state(replace(self.view.state, draft=draft).offered(usable(items)))

        self._background.run(self.view, lambda station: station.pads.items(), offer, self.view.fail)

    def resume(self, number: int, stage: Stage) -> None:
        """Go on with a saved one."""
        self.worksheet = number
        self.view.show()
        if stage is not Stage.WRITTEN:
            self._show()
            return

        def look(station: Station) -> tuple[Written, tuple[ItemView, ...]]:
            return station.hand.writing(number), station.pads.items()

        def put(found: tuple[Written, tuple[ItemView, ...]]) -> None:
            written, items = found
            state = WriteState(written.draft, usable(items), written.book, parity=written.parity, length=written.length)
            self.view.show_state(state)
            self._encode(state)

        self._background.run(self.view, look, put, self.view.fail)

    # --- before the page is taken -----------------------------------------------------------------------------------

    def _altered(self, state: WriteState) -> None:
        self._encode(state)
        if not state.draft.body.strip() and self.worksheet is None:
            return

        def save(station: Station) -> int:
            # Read on the store's thread: two savings in a row make one worksheet.
            self.worksheet = station.hand.save(
                self.worksheet, Written(state.draft, state.book, state.parity, state.length)
            )
            return self.worksheet

        self._background.run(self.view, save, lambda _: None, self.view.fail)

    def _encode(self, state: WriteState) -> None:
        body, cuts = state.draft.body, state.cuts
        if self._encoded == (body, cuts):
            return
        self._encoded = (body, cuts)
        if not body.strip():
            self.view.show_state(replace(self.view.state, encoding=None))
            return

        def show(found: Encoding) -> None:
            if self.view.done is None and (self.view.state.draft.body, self.view.state.cuts) == (body, cuts):
                self.view.show_state(replace(self.view.state, encoding=found))

        def failed(error: BaseException) -> None:
            if self._encoded == (body, cuts):
                self.view.fail(error)

        def encode(book: Book) -> None:
            self._background.aside(self.view, lambda: encoding.encode(body, book, cuts=cuts), show, failed)

        self._background.run(self.view, lambda station: station.codebooks.of(state.draft), encode, failed)

    def _ask_ways(self, start: int) -> None:
        draft = self.view.state.draft

        def ask(book: Book) -> None:
            self._background.aside(
                self.view,
                lambda: encoding.alternatives(draft.body, book, start),
                lambda ways: self.view.offer_ways(start, ways),
                self.view.fail,
            )

        self._background.run(self.view, lambda station: station.codebooks.of(draft), ask, self.view.fail)

    def _encipher(self, state: WriteState) -> None:
        way = Way(
            state.book, state.top or None, parity=state.parity, length=state.length, cutting=Cutting(cuts=state.cuts)
        )

        def release(station: Station) -> Standing:
            made = station.hand.release(state.draft, way, self.worksheet)
            self.worksheet = made.worksheet
            return _standing(station, made.worksheet)

        def done(standing: Standing) -> None:
            self._put(standing)
            self.changed.emit(self)

        def refused(error: BaseException) -> None:
            if isinstance(error, Incomplete):
                self.view.refuse(tuple(lack for lack in error.lacks if isinstance(lack, Lack)))
            else:
                self.view.fail(error)

        self._background.run(self.view, release, done, refused)

    # --- afterwards -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        number = self.worksheet
        if number is not None:
            self._background.run(self.view, lambda station: _standing(station, number), self._put, self.view.fail)

    def _put(self, standing: Standing) -> None:
        self.standing = standing
        finished, row = standing.finished, standing.row
        before = None if self.view.done is None else self.view.done.figures
        sheet = worksheet.finished(
            Direction.ENCIPHER, finished.message, finished.codes, finished.masks, finished.sheets
        )
        figures = FiguresState(sheet, typed=_entries(finished.typed)) if before is None else before
        self.view.show_enciphered(
            Enciphered(
                figures,
                lambda: clear.said(finished.message.header, self._here),
                lambda: tr(
                    "Entered in the outgoing register as {mrn}, to {peer}, book {book}. Its signed form waits in the "
                    "outbox.",
                    mrn=row.mrn,
                    peer=names.station(row.peer_name),
                    book=row.book,
                ),
                row.pages,
                finished.row.stage is Stage.SENT,
                _receipt(row),
            )
        )

    def _filled(self, figures: FiguresState) -> None:
        number, standing = self.worksheet, self.standing
        if number is None or standing is None:
            return
        kept = _entries(standing.finished.typed)
        changes = {key: figures.typed.get(key, "") for key in {*kept, *figures.typed}}
        changes = {key: text for key, text in changes.items() if kept.get(key, "") != text}
        self.standing = replace(
            standing,
            finished=replace(
                standing.finished,
                typed={(Line[line.name], place): text for (line, place), text in figures.typed.items()},
            ),
        )

        def fill(station: Station) -> None:
            for (line, place), text in changes.items():
                station.hand.fill(number, Line[line.name], place, text)

        if changes:
            self._background.run(self.view, fill, lambda _: None, self.view.fail)

    def read_aloud(self) -> None:
        """Show the message line by line in large figures; when every line was read back it counts as sent."""
        if self.standing is None or self.view.done is None or not self.view.done.figures.whole:
            return
        self.reading = window = ReadWindow(lines_of(self.standing.finished.message), self.view)
        window.read.connect(lambda _: self.mark_sent())
        window.closed.connect(lambda _: self._forget_reading())
        window.show()

    def _forget_reading(self) -> None:
        self.reading = None

    def mark_sent(self) -> None:
        """Note that a person has sent the message."""
        number = self.worksheet
        if number is None or self.view.done is None or self.view.done.sent:
            return

        def mark(station: Station) -> Standing:
            station.hand.mark_sent(number)
            return _standing(station, number)

        def done(standing: Standing) -> None:
            self._put(standing)
            self.changed.emit(self)

        self._background.run(self.view, mark, done, self.view.fail)

    def _heard(self, figures: str) -> None:
        standing = self.standing
        if standing is None:
            return
        self._background.run(
            self.view,
            lambda station: station.hand.take_receipt(standing.row.cable_id, figures),
            lambda right: self.view.take_receipt(right=right),
            self.view.fail,
        )

    def destroy(self) -> None:
        """Ask for the second name, then destroy the page and the worksheet."""
        standing, number = self.standing, self.worksheet
        if standing is None or number is None:
            return
        asked = DestroyState(standing.row.book, standing.row.pages, self._officer)
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


def usable(items: tuple[ItemView, ...]) -> tuple[ItemView, ...]:
    """Give the pad books that can encipher here."""
    return tuple(
        item
        for item in items
        if item.kind is Kind.PAD
        and item.ours
        and item.direction is BookDirection.OUT
        and item.state is State.IN_USE
        and not item.training
    )


def _standing(station: Station, number: int) -> Standing:
    finished = station.hand.finished(number)
    message = finished.message
    row = next(
        each
        for each in station.hand.messages()
        if each.outgoing and each.mrn == finished.row.mrn and each.pages == message.header.pages
    )
    return Standing(finished, row)


def _entries(typed: Mapping[tuple[Line, int], str]) -> Entries:
    return {
        (Entered[line.name], place): text for (line, place), text in typed.items() if line.name in Entered.__members__
    }


def _receipt(row: HandRow) -> Receipt:
    if not row.has_receipt:
        return Receipt.NONE
    return Receipt.AWAITED if row.receipt_at is None else Receipt.RIGHT
