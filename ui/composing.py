"""The compose windows of an opened station, between the officer and the store's thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance

from secmsg.errors import Incomplete, TransferStopped
from secmsg.ids import DraftId
from secmsg.metadata.report import Outcome, Report
from secmsg.office.draft import Draft, Lack, tidied
from secmsg.station.sealing import SealedFile, Sealing
from secmsg.station.views import Addressee, Released
from ui.background import Background
from ui.compose.state import ComposeState, Saved
from ui.compose.view import ComposeView
from ui.format import Place
from ui.sealing import SealingRoom
from ui.widgets.chips import Choice


class Composing(QObject):
    """Opens and serves compose windows.

    `released` carries a Released, `drafts_changed` this object, `discarded` the ComposeState put away.
    """

    released: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    drafts_changed: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    discarded: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(
        self,
        background: Background,
        here: Place,
        clock: Callable[[], int],
        post: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._here, self._clock, self._post = background, here, clock, post
        self.windows: list[ComposeView] = []
        self._room = SealingRoom()
        self._choices: tuple[Choice, ...] = ()
        self._halted: Callable[[], str] | None = None

    def offer(self, addressees: tuple[Addressee, ...]) -> None:
        """Take the stations that can be addressed."""
        self._choices = tuple(Choice(a.station, a.name_vi, a.name_en, a.place) for a in addressees)
        for window in self.windows:
            window.offer(self._choices)

    def halt(self, reason: Callable[[], str] | None) -> None:
        """Say why nothing can be signed and sent (None: it can), in every window."""
        self._halted = reason
        for window in self.windows:
            window.halt(reason)

    def write(self, draft: Draft, saved: Saved | None = None) -> ComposeView:
        """Open a window for a draft; one that is open already comes to the front."""
        for window in self.windows:
            if saved is not None and window.state.saved is not None and window.state.saved.draft_id == saved.draft_id:
                window.raise_()
                window.activateWindow()
                return window
        window = ComposeView(self._here, self._post, draft, saved)
        window.offer(self._choices)
        window.halt(self._halted)
        window.altered.connect(lambda d: self._check(window, d))
        window.save_asked.connect(lambda d: self._save(window, d))
        window.submitted.connect(lambda d: self._release(window, d))
        window.discarded.connect(lambda s: self._discard(window, s))
        window.stop_asked.connect(self._room.stop)
        window.form.attachments.check_asked.connect(lambda path: self._look(window, path))
        window.form.attachments.check()
        window.closed.connect(self._forget)
        self.windows.append(window)
        window.show()
        return window

    def take_up(self, draft_id: DraftId, saved_at: int) -> None:
        """Go on with a kept draft."""
        self._background.run(
            self,
            lambda station: station.draft(draft_id),
            lambda draft: self.open(draft, Saved(draft_id, saved_at)),
        )

    def open(self, draft: Draft, saved: Saved) -> None:
        """Show a kept draft."""
        self.write(draft, saved)

    def keep_again(self, state: ComposeState) -> None:
        """Bring a discarded draft back."""
        self._background.run(
            self,
            lambda station: station.save_draft(None, state.draft),
            lambda _: self.drafts_changed.emit(self),
        )

    def close_all(self) -> None:
        """Close every window; each keeps its draft, and what is being sealed is dropped."""
        self._room.close()
        for window in list(self.windows):
            window.close()
            window.deleteLater()

    def _check(self, window: ComposeView, draft: Draft) -> None:
        def show(lacks: tuple[Lack, ...]) -> None:
            if window.state.draft == draft:
                window.show_lacks(lacks)

        self._background.run(window, lambda station: station.check(draft), show)

    def _save(self, window: ComposeView, draft: Draft) -> None:
        known = window.state.saved
        draft_id = None if known is None else known.draft_id

        def kept(given: DraftId) -> None:
            window.show_saved(Saved(given, self._clock()))

        self._background.run(window, lambda station: station.save_draft(draft_id, draft), kept, window.fail)
        self._background.run(self, lambda _: None, lambda _: self.drafts_changed.emit(self))

    def _release(self, window: ComposeView, draft: Draft) -> None:
        """Keep the draft, then sign it: a lock or a power cut while a large enclosure is sealed loses no word."""
        known = window.state.saved
        draft_id = None if known is None else known.draft_id

        def kept(given: DraftId) -> None:
            window.show_saved(Saved(given, self._clock()))
            self._sign(window, draft, given)

        self._background.run(window, lambda station: station.save_draft(draft_id, draft), kept, window.fail)

    def _sign(self, window: ComposeView, draft: Draft, draft_id: DraftId) -> None:
        def done(released: Released) -> None:
            window.finish()
            self.released.emit(released)
            self.drafts_changed.emit(self)

        def failed(error: BaseException) -> None:
            if isinstance(error, Incomplete):
                window.refuse(tuple(lack for lack in error.lacks if isinstance(lack, Lack)))
            elif isinstance(error, TransferStopped):
                window.stopped()
            else:
                window.fail(error)

        def release(sealed: tuple[SealedFile, ...]) -> None:
            self._background.run(window, lambda station: station.release(whole, draft_id, sealed), done, failed)

        def seal(work: Sealing) -> None:
            def tell(at: int, total: int) -> None:
                self._background.call(window, lambda: window.show_sealing(at, total))

            if work.total:
                self._background.follow(window, self._room.seal(window, work, tell), release, failed)
            else:
                self._background.run(window, lambda station: station.release(whole, draft_id), done, failed)

        whole = tidied(draft)
        self._background.run(window, lambda station: station.prepare_release(whole), seal, failed)

    def _look(self, window: ComposeView, path: Path) -> None:
        field = window.form.attachments

        def unread(_: BaseException) -> None:
            field.show_report(path, Report(Outcome.UNREADABLE))

        self._background.follow(field, self._room.look(path), lambda report: field.show_report(path, report), unread)

    def _discard(self, window: ComposeView, state: ComposeState) -> None:
        window.finish()
        if state.saved is not None:
            draft_id = state.saved.draft_id
            self._background.run(
                self,
                lambda station: station.discard_draft(draft_id),
                lambda _: self.drafts_changed.emit(self),
            )
        if state.touched:
            self.discarded.emit(state)

    def _forget(self, window: ComposeView) -> None:
        if window in self.windows:
            self.windows.remove(window)
            window.deleteLater()
