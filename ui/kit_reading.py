"""An opened delegation kit and its window: the lists, search and reader of a post, and nothing that writes or sends.

It knows no courier and no link, so nothing here can ask a network.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from secmsg.errors import KitRefused, NotAllowed
from secmsg.station import kit_opening
from secmsg.station.kit_views import KitStanding
from secmsg.station.station import Station
from secmsg.station.views import StationStatus
from ui import failures, idle, kit_sheet, names, sheets
from ui.actions import READING, Do, Menu
from ui.background import Background
from ui.cable_in_hand import CableInHand
from ui.clipboard import ClipboardGuard
from ui.finding import Finder
from ui.format import Place, one_line, place
from ui.language import Speech, tr, trn
from ui.listing import Lister
from ui.main_window import MainWindow, Shelf
from ui.theme import Scheme, Theme
from ui.widgets.files import FileDialog
from ui.widgets.message_bar import Message, Remedy, Weight

MINUTE_MS = 60_000
GLANCE_MS = 5_000


class KitReading(QObject):
    """The opened kit; `lock_asked` carries this object when it is to be closed."""

    lock_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(
        self,
        background: Background,
        status: StationStatus,
        standing: KitStanding,
        theme: Theme,
        speech: Speech,
        clock: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._theme, self._speech, self._clock = background, theme, speech, clock
        self.status, self.standing = status, standing
        self.here: Place = place(status.place, status.timezone)
        self.window = MainWindow(status, self.here, clock, speech.language, READING)
        self.hand = CableInHand(background, self.window, self, self)
        self.clipboard = ClipboardGuard(self)
        self.lock_after_s = idle.USUAL_S
        self.watch = False  # a kit has no mailbox that anybody could watch
        self.incoming = Lister(background, self.window.inbox, clock, self.fail, self)
        self.outgoing = Lister(background, self.window.sent, clock, self.fail, self)
        self.finder = Finder(background, self.window.found, clock, self.fail, self)
        self.print_action, self.take_action, self.permit_action = (QAction(self) for _ in range(3))
        self._minute, self._glance = QTimer(self), QTimer(self)
        self._over = False

    def start(self) -> None:
        """Show the window and read both lists."""
        self._wire()
        self._say_standing()
        self.window.show()
        self.window.go(Shelf.INBOX)
        self.refresh(*Shelf)
        self.finder.look_after_index()
        self._minute.start(MINUTE_MS)
        self._glance.start(GLANCE_MS)

    def close(self) -> None:
        """Take the windows away and empty the clipboard of cable text."""
        self._minute.stop()
        self._glance.stop()
        self.finder.close()
        names.forget()
        self._theme.changed.disconnect(self._show_look)
        self.clipboard.clear()
        for shown in (self.window, *self.window.findChildren(QWidget)):
            if shown.isWindow():
                shown.hide()
        self.hand.put_down()
        self.window.deleteLater()
        self.deleteLater()

    # --- what the cable in hand asks -------------------------------------------------------------

    def refresh(self, *shelves: Shelf) -> None:
        """Read lists again."""
        if Shelf.INBOX in shelves:
            self.incoming.read()
        if Shelf.SENT in shelves:
            self.outgoing.read()

    def tell(self, weight: Weight, words: Callable[[], str], *remedies: Remedy) -> None:
        """Say something in the window."""
        self.window.message.tell(Message(weight, words, remedies))

    def fail(self, error: BaseException) -> None:
        """Say that something did not work; a kit whose time is over is closed."""
        if isinstance(error, KitRefused):
            self._end()
            return
        self.tell(Weight.FAULT, lambda: failures.sentence(error))

    def wake(self) -> None:
        """Nothing waits to be carried."""

    # --- how the kit stands ----------------------------------------------------------------------

    def count_down(self, seconds: int | None) -> None:
        """Show when the screen locks."""
        strip = self.window.strip.strip
        self.window.strip.show_strip(type(strip)(lock_in=seconds))

    def rest(self, seconds: int) -> None:
        """Lock after so many seconds without a key or a click."""
        self.lock_after_s = seconds

    def _choose_rest(self, seconds: int) -> None:
        self.rest(seconds)
        self.keep(idle.SETTING, idle.write(seconds))

    def _tick(self) -> None:
        def look(station: Station) -> KitStanding:
            assert station.kit is not None  # noqa: S101 - this window is of a kit
            return station.kit.tick()

        self._background.run(self.window, look, self._show_standing, self.fail)

    def _show_standing(self, standing: KitStanding) -> None:
        self.standing = standing
        self._say_standing()

    def _say_standing(self) -> None:
        left = self.standing.permit.until - max(self._clock(), self.standing.use.seen)
        if left <= 0:
            self._end()
            return
        self.window.halt.tell(
            Message(Weight.WARNING, lambda: kit_sheet.banner(self.standing, self._clock(), self.here))
        )

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self.lock_asked.emit(self)

    # --- acts ------------------------------------------------------------------------------------

    def print_(self) -> None:
        """Ask for a folder and print the cable on show there."""
        view = self.window.reader.state.view
        if view is None:
            return
        cable_id = view.row.cable_id
        dialog = FileDialog(self.window, "Choose a folder for the print", FileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.print_to(cable_id, Path(name)))
        dialog.open()

    def print_to(self, cable_id: object, folder: Path) -> None:
        """Print a cable as a PDF; it is counted before it is written."""

        def done(path: Path) -> None:
            self._tick()
            name = one_line(path.name)
            self.tell(Weight.GOOD, lambda: tr("Printed as {name}. The print is counted and handed back.", name=name))

        def failed(error: BaseException) -> None:
            most = self.standing.permit.prints
            if not isinstance(error, NotAllowed) or self.standing.use.prints < most:
                self.fail(error)
                return
            self.tell(
                Weight.FAULT,
                lambda: trn(
                    most,
                    "The permit of this kit allows {n} print, and none is left. Nothing was printed. The post can "
                    "permit no more from afar: read on the screen, or ask it for the text.",
                    "The permit of this kit allows {n} prints, and none is left. Nothing was printed. The post can "
                    "permit no more from afar: read on the screen, or ask it for the text.",
                ),
            )

        self._background.run(
            self.window,
            lambda station: station.export_text(cable_id, folder),  # type: ignore[arg-type]  # the id of the view
            done,
            failed,
        )

    def take(self) -> None:
        """Ask for an addition and take it."""
        dialog = FileDialog(self.window, "Choose the file that the post has sent", FileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_from(Path(name)))
        dialog.open()

    def take_from(self, path: Path) -> None:
        """Take an addition from a file."""

        def work(station: Station) -> tuple[int, KitStanding]:
            assert station.kit is not None  # noqa: S101 - this window is of a kit
            return station.kit.take(kit_opening.read(path)), station.kit.standing()

        def done(found: tuple[int, KitStanding]) -> None:
            number, standing = found
            self._show_standing(standing)
            self.refresh(*Shelf)
            if number:
                self.tell(Weight.GOOD, lambda: tr("Addition {n} is in the kit.", n=number))
            else:
                self.tell(Weight.NEWS, lambda: tr("This addition was taken before. Nothing has changed."))

        self._background.run(self.window, work, done, self.fail)

    def show_permit(self) -> None:
        """Show the permit and what is used of it."""
        kit_sheet.permit_sheet(lambda: self.standing, self.here, self.window).show()

    def keep(self, name: str, value: str) -> None:
        """Keep a setting of the screen inside the kit."""
        self._background.run(self, lambda station: station.keep_setting(name, value), lambda _: None)

    # --- inside ----------------------------------------------------------------------------------

    def _seek(self, text: str) -> None:
        self.finder.seek(text)
        self.window.go(Shelf.SEARCH)

    def _mark_found(self) -> None:
        search = self.window.found.state.search
        self.window.reader.finding.show_sought(search.sought if self.window.shelf is Shelf.SEARCH else "")
        self.print_action.setEnabled(self.window.reader.state.view is not None)

    def _change_shelf(self, shelf: Shelf) -> None:
        page = self.window.list_of(shelf)
        if page is not None:
            self.hand.choose(page.row)

    def _next_cable(self) -> None:
        if (page := self.window.list_of(self.window.shelf)) is not None:
            page.table.walk(1)

    def _next_unread(self) -> None:
        self.window.go(Shelf.INBOX)
        if not self.window.inbox.next_unread():
            self.tell(Weight.NEWS, lambda: tr("Every incoming cable has been read."))

    def _show_look(self, _look: object = None) -> None:
        self.window.actions_[Do.DARK].setChecked(self._theme.dark)

    def _darken(self, *, dark: bool) -> None:
        self._theme.wear(Scheme.DARK if dark else Scheme.LIGHT)
        self.keep("ui.scheme", self._theme.scheme.value)

    def _step_text(self, steps: int) -> None:
        if steps:
            self._theme.step(steps)
        else:
            self._theme.enlarge(100)
        self.keep("ui.text", str(self._theme.percent))

    def _switch_language(self) -> None:
        self._speech.switch()
        self.keep("ui.language", self._speech.language.value)

    def _add_verbs(self) -> None:
        phrases = self.window.actions_.phrases
        phrases.say(self.print_action.setText, "&Print as a PDF…")
        phrases.say(self.take_action.setText, "Take an &addition…")
        phrases.say(self.permit_action.setText, "&Permit of this kit…")
        phrases.draw(self.print_action.setIcon, "printer")
        phrases.draw(self.take_action.setIcon, "inbox")
        phrases.draw(self.permit_action.setIcon, "notebook-text")
        for action, keys in (
            (self.print_action, "Ctrl+P"),
            (self.take_action, "Ctrl+T"),
            (self.permit_action, "Ctrl+Shift+P"),
        ):
            action.setShortcuts([QKeySequence.fromString(keys)])
        self.take_action.setVisible(self.standing.permit.drops)
        self.window.add_verbs(Menu.CABLE, self.print_action, self.take_action)
        self.window.add_verbs(Menu.HELP, self.permit_action)
        self.window.put_forward(self.print_action)
        self.print_action.setEnabled(False)

    def _wire(self) -> None:
        window, act = self.window, self.window.actions_
        self._add_verbs()
        window.strip.outbox_button.hide()
        for page in (window.inbox, window.sent, window.found):
            page.unacknowledged.hide()
            page.chosen.connect(self.hand.choose)
            page.entered.connect(self.hand.enter)
        self._minute.timeout.connect(self._tick)
        self._glance.timeout.connect(self._say_standing)
        self._speech.changed.connect(window.speak)
        window.shelf_changed.connect(self._change_shelf)
        window.sought.connect(self._seek)
        window.typed.connect(self.finder.type_on)
        self.hand.shown.connect(lambda _: self._mark_found())
        window.reader.open_asked.connect(self.hand.open_annex)
        window.reader.export_asked.connect(self.hand.export_annex)
        window.reader.body.read_through.connect(lambda _: self._next_cable())
        window.strip.lock_asked.connect(lambda _: self.lock_asked.emit(self))
        for action, run in (
            (self.print_action, self.print_),
            (self.take_action, self.take),
            (self.permit_action, self.show_permit),
            (act[Do.LOCK], lambda: self.lock_asked.emit(self)),
            (act[Do.QUIT], window.close),
            (act[Do.NEXT_UNREAD], self._next_unread),
            (act[Do.LARGER], lambda: self._step_text(1)),
            (act[Do.SMALLER], lambda: self._step_text(-1)),
            (act[Do.NORMAL], lambda: self._step_text(0)),
            (act[Do.LANGUAGE], self._switch_language),
            (act[Do.KEYS], lambda: sheets.keys(act, window).show()),
            (act[Do.ABOUT], self.show_permit),
        ):
            action.triggered.connect(lambda _=False, f=run: f())
        self._show_look()
        self._theme.changed.connect(self._show_look)
        act[Do.DARK].toggled.connect(lambda on: self._darken(dark=on))
        for density, action in act.density.items():
            action.triggered.connect(lambda _=False, d=density: self._theme.crowd(d))
        for seconds, action in act.rest.items():
            action.triggered.connect(lambda _=False, s=seconds: self._choose_rest(s))
