"""A restore or a new beginning under way: a thread of its own asks the officer of the wizard and waits for answers."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from secmsg.errors import FormatError, TransferStopped
from secmsg.station import exporting, first_sheet, restoring
from secmsg.station.anew import Choose
from secmsg.station.backup_views import Candidate, Restored
from secmsg.station.first_sheet import FirstSheet
from secmsg.station.sheets import Paper
from secmsg.station.unlock import Unlock, by_passphrase, by_recovery
from ui.background import Background
from ui.backups.view import Meter
from ui.setup.state import Anew, Chosen, GoesOn, Restore, SheetGiven
from ui.setup.view import SetupView

T = TypeVar("T")


class Door(Protocol):
    """Makes the profile from the backup in a folder, as `secmsg.station.backups.restore`."""

    def __call__(
        self,
        source: Path,
        *,
        sheet: Unlock,
        new: Unlock,
        keep: Callable[[Paper], None],
        choose: Choose,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> Restored:
        """Restore; the errors of `restore`."""


class Begin(Protocol):
    """Begins anew with the sheet of the store that is here, as `secmsg.station.anew.begin`."""

    def __call__(self, *, sheet: Unlock, new: Unlock, keep: Callable[[Paper], None], choose: Choose) -> object:
        """Begin anew; the errors of `begin`."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The way of a store that is here: `look` tries its sheet and changes nothing, `begin` goes on from it."""

    look: Callable[[Unlock], None]
    begin: Begin


class Restoring:
    """Serves the wizard's pages of a backup, and of a new beginning; `done` is called when the store can be opened."""

    def __init__(
        self,
        background: Background,
        door: Door | None,
        beginning: Beginning | None,
        view: SetupView,
        done: Callable[[], None],
    ) -> None:
        self._background, self._door, self._beginning, self._view = background, door, beginning, view
        self._done = done
        self._meter = Meter()
        self._answer: Future[Any] = Future()
        self._sheet: FirstSheet | None = None

    @property
    def waits(self) -> bool:
        """Whether a new sheet is on show and nothing counts before it was read back."""
        return self._sheet is not None

    def do(self, act: Chosen | Restore | SheetGiven | Anew | GoesOn) -> None:
        """Look, restore, begin anew, or go on as an officer."""
        match act:
            case Chosen():
                self._look(act)
            case Restore():
                self._restore(act)
            case SheetGiven():
                self._look_at_sheet(act)
            case Anew():
                self._begin_anew(act)
            case GoesOn(officer=number):
                self._view.show_restoring(self._meter)
                self._give(number)

    def read_back(self, typed: str) -> None:
        """Take what was read from the paper; the thread goes on when it is right."""
        sheet = self._sheet
        if sheet is None:
            return
        try:
            sheet.check(typed)
        except FormatError as error:
            self._view.refuse(error)
            return
        self._sheet = None
        self._view.show_restoring(self._meter)
        self._give(None)

    def save_sheet(self, target: Path) -> None:
        """Write the new sheet's PDF; what is there is never written over."""
        view, sheet = self._view, self._sheet
        if sheet is not None:
            view.busy()
            pdf = sheet.paper.pdf
            self._background.aside(
                view, lambda: exporting.export_paper(pdf, target), lambda _: view.busy(on=False), view.refuse
            )

    def stop(self) -> None:
        """End it, waiting or not; nothing is made then."""
        self._meter.stopped = True
        self._sheet = None
        if not self._answer.done():
            self._answer.set_exception(TransferStopped("the officer ended it"))

    # --- on the Qt thread -----------------------------------------------------------------------------------------

    def _look(self, chosen: Chosen) -> None:
        view = self._view

        def work() -> None:
            restoring.only(Path(chosen.folder))
            by_recovery(chosen.groups)

        view.busy()
        self._background.aside(view, work, lambda _: view.turn_on(), view.refuse_restore)

    def _look_at_sheet(self, act: SheetGiven) -> None:
        view, beginning = self._view, self._beginning
        if beginning is not None:
            look = beginning.look
            view.busy()
            self._background.aside(
                view, lambda: look(by_recovery(act.groups)), lambda _: view.turn_on(), view.refuse_restore
            )

    def _restore(self, act: Restore) -> None:
        door, view = self._door, self._view
        if door is None:
            return

        def work(meter: Meter) -> Restored:
            return door(
                Path(act.backup.folder),
                sheet=by_recovery(act.backup.groups),
                new=by_passphrase(act.passphrase),
                keep=self._keep,
                choose=self._choose,
                progress=meter.tell,
                cancelled=lambda: meter.stopped,
            )

        self._run(work, view.show_restored)

    def _begin_anew(self, act: Anew) -> None:
        beginning, view = self._beginning, self._view
        if beginning is None:
            return
        begin = beginning.begin

        def work(_: Meter) -> object:
            sheet, new = by_recovery(act.groups), by_passphrase(act.passphrase)
            return begin(sheet=sheet, new=new, keep=self._keep, choose=self._choose)

        self._run(work, lambda _: view.show_renewed())

    def _run(self, work: Callable[[Meter], T], show: Callable[[T], None]) -> None:
        view = self._view
        self._meter, self._answer = meter, _ = Meter(), Future()

        def done(outcome: T) -> None:
            show(outcome)
            self._done()

        def failed(error: BaseException) -> None:
            self._sheet = None
            view.refuse_restore(error)

        view.begin_restore(meter)
        self._background.aside(view, lambda: work(meter), done, failed)

    def _give(self, value: object) -> None:
        if not self._answer.done():
            self._answer.set_result(value)

    def _show_sheet(self, sheet: FirstSheet) -> None:
        if not self._meter.stopped:
            self._sheet = sheet
            self._view.show_new_sheet(sheet)

    # --- on the restoring thread ----------------------------------------------------------------------------------

    def _keep(self, paper: Paper) -> None:
        sheet = first_sheet.to_read_back(paper)
        self._wait(lambda: self._show_sheet(sheet))

    def _choose(self, officers: tuple[Candidate, ...]) -> int:
        return int(self._wait(lambda: self._view.ask_officer(officers)))

    def _wait(self, show: Callable[[], None]) -> Any:  # noqa: ANN401 - each question knows its answer
        answer = self._answer = Future()
        if self._meter.stopped:
            raise TransferStopped("the officer ended it")
        self._background.call(self._view, show)
        return answer.result()
