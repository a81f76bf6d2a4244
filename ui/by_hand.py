"""The windows of the hand cipher of an opened station: worksheets, received groups, the list of both, key material."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from secmsg.manual.drill import Card, Score
from secmsg.manual.worksheet import Direction
from secmsg.office.draft import Draft
from secmsg.station import exporting, hand_papers
from secmsg.station.drills import Trend
from secmsg.station.hand_views import WorksheetRow
from secmsg.station.pad_views import ItemView
from secmsg.station.station import Station
from ui import failures
from ui.background import Background
from ui.compose import words as compose_words
from ui.format import Place, one_line
from ui.hand_entering import Entering
from ui.hand_writing import Writing
from ui.language import tr
from ui.manual.drill.state import DrillState
from ui.manual.drill.view import DrillWindow
from ui.manual.figures.state import Way
from ui.manual.kept.view import KeptWindow
from ui.manual.stock.view import StockWindow, TopRead
from ui.widgets.files import FileDialog
from ui.widgets.message_bar import Message, MessageBar, Remedy, Weight

LATELY_S = 12 * 3_600
"""How long ago a worksheet was last written at, to be offered when the store is opened."""
BLANK_GROUPS = 60
"""Groups of a blank sheet when no text says how many."""


class ByHand(QObject):
    """Opens and serves the windows; `done` carries this object when a register or the ledger has changed."""

    done: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(
        self,
        background: Background,
        here: Place,
        window: QWidget,
        post: Callable[[], str],
        draft: Callable[[], Draft],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._here, self._window = background, here, window
        self._post, self._draft = post, draft
        self.writings: list[Writing] = []
        self.enterings: list[Entering] = []
        self.kept: KeptWindow | None = None
        self.stock: StockWindow | None = None
        self.drill: DrillWindow | None = None
        self.dialog: FileDialog | None = None

    @property
    def in_front(self) -> bool:
        """Whether the officer has a worksheet before him."""
        return any(view.isActiveWindow() for view in self._views())

    def offer_to_go_on(self, tell: Callable[[Message], None], now: int) -> None:
        """Offer the worksheet that was worked at last, when that was not long ago: a lock may have interrupted it."""

        def look(rows: tuple[WorksheetRow, ...]) -> None:
            recent = [row for row in rows if 0 <= now - row.changed_at < LATELY_S]
            if recent and not self._views():
                last = max(recent, key=lambda row: row.changed_at)
                tell(
                    Message(
                        Weight.NEWS,
                        lambda: tr("A worksheet is under way; every cell of it is kept. Go on where it was?"),
                        (Remedy(lambda: tr("&Go on"), lambda: self.resume(last)),),
                    )
                )

        self._background.run(self._window, lambda station: station.hand.worksheets(), look)

    def close_all(self) -> None:
        """Close every window; what was typed is kept."""
        for view in self._views():
            view.close()

    def _views(self, worksheet: int | None = None) -> list[QWidget]:
        """Give the windows of a worksheet, or all of them."""
        writings: list[QWidget] = [each.view for each in self.writings if worksheet in (None, each.worksheet)]
        return writings + [each.view for each in self.enterings if worksheet in (None, each.worksheet)]

    # --- worksheets -------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the worksheets under way; where there are none, begin one."""

        def look(rows: tuple[WorksheetRow, ...]) -> None:
            if rows:
                self.list(rows)
            else:
                self.write()

        self._background.run(self._window, lambda station: station.hand.worksheets(), look)

    def list(self, rows: tuple[WorksheetRow, ...]) -> None:
        """Show the list of worksheets."""
        if self.kept is None:
            self.kept = window = KeptWindow(self._here, self._window)
            window.opened.connect(self.resume)
            window.given_up.connect(self._give_up)
            window.new_asked.connect(lambda _: self._from_list(self.write))
            window.entry_asked.connect(lambda _: self._from_list(self.enter))
            window.closed.connect(lambda _: self._forget_kept())
            window.show()
        self.kept.show_rows(rows)
        self.kept.activateWindow()

    def write(self, draft: Draft | None = None) -> Writing:
        """Begin a worksheet."""
        writing = self._writing()
        writing.begin(self._draft() if draft is None else draft)
        return writing

    def enter(self) -> Entering:
        """Begin to enter received groups."""
        entering = self._entering()
        entering.begin()
        return entering

    def resume(self, row: WorksheetRow) -> None:
        """Go on with a worksheet; one that is open comes to the front."""
        for view in self._views(row.worksheet):
            view.raise_()
            view.activateWindow()
            return
        if row.outgoing:
            self._writing().resume(row.worksheet, row.stage)
        else:
            self._entering().resume(row.worksheet, row.stage)
        self._from_list(lambda: None)

    def _writing(self) -> Writing:
        officer = self._draft().drafter_name
        writing = Writing(self._background, self._here, self._post, compose_words.lack, officer, self)
        writing.changed.connect(lambda _: self.done.emit(self))
        writing.closed.connect(self._forget_writing)
        writing.view.entry_asked.connect(lambda _: self.enter())
        writing.view.print_asked.connect(lambda _: self.print_sheet(writing))
        writing.view.blank_asked.connect(lambda _: self.print_blank(writing))
        self.writings.append(writing)
        return writing

    def _entering(self) -> Entering:
        entering = Entering(self._background, self._here, self._post, self._draft().drafter_name, self)
        entering.changed.connect(lambda _: self.done.emit(self))
        entering.closed.connect(self._forget_entering)
        self.enterings.append(entering)
        return entering

    def _forget_writing(self, writing: Writing) -> None:
        self.writings.remove(writing)
        _throw_away(writing, writing.view)

    def _forget_entering(self, entering: Entering) -> None:
        self.enterings.remove(entering)
        _throw_away(entering, entering.view)

    def _from_list(self, act: Callable[[], object]) -> None:
        if self.kept is not None:
            self.kept.reject()
        act()

    def _forget_kept(self) -> None:
        self.kept = None

    def _give_up(self, row: WorksheetRow) -> None:
        def work(station: Station) -> tuple[WorksheetRow, ...]:
            station.hand.give_up(row.worksheet)
            return station.hand.worksheets()

        for view in self._views(row.worksheet):
            view.close()
        self._background.run(self._window, work, self.list)

    # --- paper ------------------------------------------------------------------------------------------------------

    def print_blank(self, writing: Writing) -> None:
        """Ask where a blank worksheet is to go, for work with the pencil alone."""
        groups = writing.view.state.count or BLANK_GROUPS
        self._ask_target(
            writing.view, lambda: hand_papers.blank_worksheet(groups, Direction.ENCIPHER, tags=2), "phieu-trang.pdf"
        )

    def print_sheet(self, writing: Writing) -> None:
        """Say what a filled sheet carries, then ask where it is to go; a pencil can go on with it at any moment."""
        view, done, standing = writing.view, writing.view.done, writing.standing
        if done is None or standing is None:
            return
        figures, book = done.figures, standing.row.book
        entries = figures.typed if figures.way is Way.SELF else None

        def ask() -> None:
            view.message.clear()
            self._ask_target(view, lambda: hand_papers.worksheet(figures.sheet, book, entries), "phieu-tinh.pdf")

        view.message.tell(
            Message(
                Weight.WARNING,
                lambda: tr(
                    "The sheet carries the key and the plain figures: it is as secret as the page, and is destroyed "
                    "with it. Write it to an enciphered stick only; a printer and its queue keep traces."
                ),
                (Remedy(lambda: tr("&Choose where…"), ask),),
            )
        )

    def _ask_target(self, view: QWidget, make: Callable[[], bytes], name: str) -> None:
        dialog = FileDialog(view, "Where to write the PDF", FileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        # What is there is never written over, so there is nothing to confirm.
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(name)
        self.dialog = dialog
        dialog.fileSelected.connect(lambda path: self.write_pdf(view, make, Path(path)))
        dialog.open()

    def write_pdf(self, view: QWidget, make: Callable[[], bytes], target: Path) -> None:
        """Make a paper in memory and write it where the officer said; what is there is never written over."""

        def work() -> None:
            exporting.export_paper(make(), target)

        bar: MessageBar = view.message  # type: ignore[attr-defined]  # every window of the hand cipher has one
        self._background.aside(
            view,
            work,
            lambda _: bar.tell(Message(Weight.GOOD, lambda: tr("Written to {file}.", file=one_line(target.name)))),
            lambda error: bar.tell(Message(Weight.FAULT, lambda: failures.sentence(error))),
        )

    # --- key material -----------------------------------------------------------------------------------------------

    def show_stock(self) -> None:
        """Show the key material, or bring it to the front."""
        if self.stock is not None:
            self.stock.activateWindow()
            return
        self.stock = window = StockWindow(self._window)
        window.confirm_asked.connect(self._confirm)
        window.closed.connect(lambda _: self._forget_stock())
        window.show()
        self._background.run(window, lambda station: station.pads.items(), window.show_items, window.refuse)

    def _confirm(self, read: TopRead) -> None:
        window = self.stock
        if window is None:
            return

        def work(station: Station) -> tuple[tuple[str, ...], tuple[ItemView, ...]]:
            return station.pads.confirm(read.book, read.page), station.pads.items()

        def done(found: tuple[tuple[str, ...], tuple[ItemView, ...]]) -> None:
            passed, items = found
            window.show_items(items)
            window.show_confirmed(passed)

        self._background.run(window, work, done, window.refuse)

    def _forget_stock(self) -> None:
        self.stock = None

    # --- drills -----------------------------------------------------------------------------------------------------

    def show_drill(self) -> None:
        """Show the window of drills, or bring it to the front."""
        if self.drill is not None:
            self.drill.activateWindow()
            return
        self.drill = window = DrillWindow(self._draft().drafter_name, self._window)
        window.begin_asked.connect(self._begin_drill)
        window.ended.connect(self._end_drill)
        window.closed.connect(lambda _: self._forget_drill())
        window.show()

    def _begin_drill(self, card: Card) -> None:
        window = self.drill
        if window is not None:
            self._background.run(
                window,
                lambda station: station.drills.begin(card),
                lambda drill: window.show_state(window.state.begun(drill)),
                window.refuse,
            )

    def _end_drill(self, state: DrillState) -> None:
        """Keep the result; the window may be gone by then."""
        window, drill = self.drill, state.drill
        if window is None or drill is None:
            return

        def work(station: Station) -> tuple[Score, Trend | None]:
            return station.drills.end(drill, state.officer), station.drills.trend(state.officer, state.card)

        def done(found: tuple[Score, Trend | None]) -> None:
            if self.drill is window:
                window.show_state(state.ended(*found))

        self._background.run(self._window, work, done, lambda error: self._tell_drill(window, error))

    def _tell_drill(self, window: DrillWindow, error: BaseException) -> None:
        if self.drill is window:
            window.refuse(error)

    def _forget_drill(self) -> None:
        self.drill = None


def _throw_away(work: QObject, view: QWidget) -> None:
    """Let a window go with the text in it; what is still asked of the store finds nobody to answer to."""
    view.deleteLater()
    work.deleteLater()
