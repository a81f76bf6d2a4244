"""Between the window of what is prepared for destruction and the store."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from secmsg.station import exporting
from secmsg.station.destruction_plan import Plan
from secmsg.station.reducing import Reduced, Reduction
from secmsg.station.station import Station
from secmsg.station.unlock import by_passphrase
from ui import failures
from ui.background import Background
from ui.destruction.plan import GoThrough, Look, Order, PlanWindow, PrintCard, PrintList, Reduce
from ui.destruction.state import Practised
from ui.format import Place, one_line
from ui.language import tr
from ui.walking import Walking
from ui.widgets.files import FileDialog
from ui.widgets.message_bar import Message, Weight


class DestructionDesk(QObject):
    """Opens and serves the window; `changed` is called when cables have gone."""

    def __init__(
        self,
        background: Background,
        window: QWidget,
        here: Callable[[], Place],
        changed: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.walking = Walking(background, window, self)
        self._background, self._window, self._here, self._changed = background, window, here, changed
        self.plan: PlanWindow | None = None
        self.dialog: FileDialog | None = None

    def show(self) -> None:
        """Show the window, or bring it to the front."""
        if self.plan is not None:
            self.plan.activateWindow()
            return
        self.plan = window = PlanWindow(self._here(), self._window)
        window.asked.connect(self._serve)
        window.finished.connect(lambda _: self._forget())
        window.show()
        self._look(window)

    def enter(self, practised: list[Practised], tell: Callable[[Message], None]) -> None:
        """Put exercises that ended on the locked screen into the training record; what is entered leaves the list."""

        def refused(error: BaseException) -> None:
            tell(Message(Weight.FAULT, lambda: failures.sentence(error)))

        def entered(done: Practised, _: object) -> None:
            practised.remove(done)
            tell(Message(Weight.GOOD, lambda: tr("Exercise of destruction, {name}: entered.", name=done.officer)))

        for done in tuple(practised):
            self._background.run(self._window, partial(_enter, done=done), partial(entered, done), refused)

    def _look(self, window: PlanWindow) -> None:
        days = window.days.value()

        def work(station: Station) -> tuple[Plan, Reduction]:
            return station.destruction.plan(), station.destruction.reduction(days)

        self._background.run(window, work, lambda both: window.show_plan(*both), window.refuse)

    def _serve(self, order: Order) -> None:
        window = self.plan
        if window is None:
            return
        match order:
            case Look():
                self._look(window)
            case GoThrough():
                self.walking.show(lambda: None if self.plan is None else self._look(self.plan))
            case PrintList():
                self._ask_target(window, order, "danh-muc-tieu-huy.pdf")
            case PrintCard():
                self._ask_target(window, order, "the-ket-qua.pdf")
            case Reduce():
                self._ask_target(window, order, "bien-ban-tieu-huy.pdf")
            case _:
                assert_never(order)

    def _ask_target(self, window: PlanWindow, order: PrintList | PrintCard | Reduce, name: str) -> None:
        dialog = FileDialog(window, "Where to write the PDF", FileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(FileDialog.AcceptMode.AcceptSave)
        # What is there is never written over, so there is nothing to confirm.
        dialog.setOption(FileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(name)
        self.dialog = dialog
        dialog.fileSelected.connect(lambda path: self.write(order, Path(path)))
        dialog.open()

    def write(self, order: PrintList | PrintCard | Reduce, target: Path) -> None:
        """Do it and write its paper where the officer said; nothing is written over."""
        window = self.plan
        if window is None:
            return
        name = one_line(target.name)

        def printed(_: object) -> None:
            window.message.tell(Message(Weight.GOOD, lambda: tr("Written to {file}.", file=name)))
            self._look(window)

        def reduced(done: Reduced) -> None:
            window.reduced(Message(Weight.GOOD, lambda: _done(done, name)))
            self._changed()
            self._look(window)

        if isinstance(order, Reduce):
            self._background.run(window, lambda station: _reduce(station, order, target), reduced, window.refuse)
        else:
            self._background.run(window, lambda station: _print(station, order, target), printed, window.refuse)

    def _forget(self) -> None:
        self.plan = None


def _enter(station: Station, done: Practised) -> None:
    station.drills.enter_destruction(done.officer, done.at, done.seconds, done.asked, done.wrong)


def _print(station: Station, order: PrintList | PrintCard, target: Path) -> None:
    room = station.destruction
    made = room.print_list() if isinstance(order, PrintList) else room.print_card(tr("with the checklist"))[0]
    exporting.export_paper(made, target)


def _reduce(station: Station, order: Reduce, target: Path) -> Reduced:
    second = by_passphrase(order.passphrase) if order.passphrase else order.second
    done = station.destruction.reduce(order.days, second, order.basis)
    exporting.export_paper(done.record, target)
    return done


def _done(done: Reduced, name: str) -> str:
    return tr(
        "{cables} cables and {items} items cannot be read any more. The record is in {file}: both sign it.",
        cables=done.cables,
        items=done.items,
        file=name,
    )
