"""What the hands in a driven screen can do: each order is one thing that an officer does, through the real widgets."""

import os
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from secmsg.ids import StationId
from secmsg.office.draft import Draft
from secmsg.station.views import CableRow
from secmsg.wire.cable import Degree
from ui.actions import Do
from ui.compose.attachments import describe
from ui.compose.state import Phase
from ui.compose.view import ComposeView
from ui.inbox.state import key
from ui.main_window import MainWindow, Shelf
from ui.post import Post
from ui.reader.state import AnnexPick
from ui.screen import Screen
from ui.tour import hands
from ui.widgets.sheet import PlainWindow

PATIENCE_S = 60.0


class Hands:
    """Acts in one screen process."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    # --- what there is -------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        view = self._screen._front.view
        program = self._screen._program
        if program is not None and program.post is not None:
            return {"showing": "post", "left": program.post.window.strip.strip.lock_in}
        if view is None or not view.isVisible():
            return {"showing": "nothing"}
        return {
            "showing": "locked",
            "phase": view.state.phase.value,
            "title": view.title.text(),
            "subtitle": view.subtitle.text(),
            "message": view.message.text(),
            "failures": view.state.failures,
            "wait": view.state.waiting(view._clock()),
        }

    def clipboard(self) -> str:
        return QGuiApplication.clipboard().text()

    # --- locked and opened ---------------------------------------------------------------------------------------

    def unlock(self, passphrase: str) -> bool:
        """Type the passphrase; whether it opened."""
        view = self._screen._front.view
        assert view is not None
        hands.wait(lambda: view.state.may_try(view._clock()), "the end of a wait", PATIENCE_S)
        before = view.state.failures
        view.field.setText(passphrase)
        view.submit()
        hands.wait(lambda: self._has_post() or view.state.failures > before, "the opening", PATIENCE_S)
        if self._has_post():
            hands.settle(0.3)
        return self._has_post()

    def lock(self) -> None:
        """Press Ctrl+L, after the answer has left."""
        QTimer.singleShot(0, self._post().window.actions_[Do.LOCK].trigger)

    def watch(self, *, on: bool) -> None:
        """Choose whether somebody watches while it is locked."""
        self._post().choose_watch(watch=on)
        hands.settle(0.2)

    def alarm(self) -> dict[str, object]:
        """Say what the locked screen says of the watch."""
        view = self._screen._front.view
        assert view is not None
        alarm = view.alarm
        return {"words": alarm.words.text(), "rings": alarm._sight.rings, "rung": alarm.rung,
                "watching": alarm._watching.value, "contact": alarm._sight.contact}  # fmt: skip

    def mute(self) -> None:
        """Press the key that lets the bell be silent."""
        view = self._screen._front.view
        assert view is not None
        view.alarm.mute_button.click()

    def leave(self) -> None:
        QTimer.singleShot(0, self._post().window.close)

    def die(self) -> None:
        """End as a fault of a library would end it."""
        QTimer.singleShot(0, os.abort)

    def rest(self, seconds: int) -> None:
        """Let the officer have been away for so long."""
        program = self._screen._program
        assert program is not None
        program._last_touch -= seconds

    # --- what an officer does ------------------------------------------------------------------------------------

    def read(self, subject: str) -> str:
        """Choose a cable, read it and copy its text."""
        window = self._window()
        window.go(Shelf.INBOX)
        hands.wait(lambda: self._row(subject) is not None, "the cable in the list", PATIENCE_S)
        row = self._row(subject)
        assert row is not None
        window.inbox.table.choose_key(key(row))
        hands.wait(lambda: self._subject() == subject, "the cable in the reading pane", PATIENCE_S)
        window.reader.body.setFocus()
        window.reader.body.selectAll()
        window.reader.body.copy()
        window.grab()
        return self.clipboard()

    def worksheet(self, subject: str, body: str) -> str:
        """Write into a worksheet of the hand cipher, as the keys do, and leave it in front."""
        program = self._screen._program
        assert program is not None
        view = self._post().by_hand.write(Draft()).view
        hands.wait(lambda: program.background.pending == 0, "the worksheet", PATIENCE_S)
        view.form.subject.setText(subject)
        view.body.setPlainText(body)
        hands.settle(1.0)  # words are kept after a pause of the keys, figures at each key
        hands.wait(lambda: program.background.pending == 0, "its keeping", PATIENCE_S)
        view.grab()
        return view.body.toPlainText()

    def worksheets(self) -> list[str]:
        """Say what is written in the worksheets under way."""
        program = self._screen._program
        assert program is not None
        return program.worker.submit(
            lambda station: [
                station.hand.writing(each.worksheet).draft.body for each in station.hand.worksheets() if each.outgoing
            ]
        ).result(30)

    def go_on(self) -> str:
        """Take up the worksheet that is offered after the opening, and say what stands in it."""
        bar = self._window().message
        hands.wait(lambda: bool(bar._buttons) and "phiếu tính" in bar.text, "the offer", PATIENCE_S)
        bar._buttons[0].click()
        hands.settle(0.5)
        (writing,) = self._post().by_hand.writings
        return writing.view.body.toPlainText()

    def pouch(self, subject: str) -> str:
        """Read a cable, then stand before a pouch that is to be written."""
        self.read(subject)
        self._post().pouching.write()
        hands.settle(0.3)
        return "asked"

    def count(self, subject: str) -> int:
        """Say how many incoming cables have this subject."""
        self._window().go(Shelf.INBOX)
        hands.settle(0.2)
        program = self._screen._program
        assert program is not None
        rows = program.worker.submit(lambda station: station.inbox()).result(30)
        return sum(getattr(row, "subject", "") == subject for row in rows)

    def compose(self, subject: str, body: str) -> None:
        """Write a cable and leave it on the screen."""
        self._post().write()
        window = self._writing()
        window.form.subject.setText(subject)
        window.form.body.setPlainText(body)
        window.form.subject.selectAll()
        window.form.subject.copy()
        window.grab()

    def seek(self, text: str) -> int:
        """Search and read the first hit."""
        window = self._window()
        window.search.setText(text)
        window.search.returnPressed.emit()
        hands.wait(lambda: window.shelf is Shelf.SEARCH and bool(window.found.state.rows), "the hits", PATIENCE_S)
        window.found.table.choose(0)
        hands.settle(0.3)
        window.grab()
        return len(window.found.state.rows)

    def annex(self, subject: str, index: int) -> str:
        """Read a cable and open its enclosure."""
        self.read(subject)
        view = self._window().reader.state.view
        assert view is not None
        hands.wait(lambda: self._annex_is_here(subject, index), "the enclosure", PATIENCE_S)
        self._post().hand.open_annex(AnnexPick(view.row.cable_id, index))
        hands.wait(lambda: any(isinstance(w, PlainWindow) for w in QApplication.topLevelWidgets()), "the preview")
        hands.settle(0.2)
        return "shown"

    def release(self, to: int, subject: str, body: str, path: str = "", *, whole: bool = True) -> str:
        """Sign and send; with `whole` false only begin."""
        window = self._post().composing.write(
            Draft(
                degree=Degree.UNCLASSIFIED,
                action_to=(StationId(to),),
                topics=("CT",),
                subject=subject,
                body=body,
                attachments=(describe(Path(path)),) if path else (),
                drafter_name="Lê Minh Châu",
            )
        )
        hands.settle(0.2)
        window.submit()
        if whole:
            hands.wait(lambda: window not in self._post().composing.windows, "the release", PATIENCE_S)
            self._window().go(Shelf.OUTBOX)
            return "released"
        hands.settle(0.4)
        return "sealing" if window.state.phase is Phase.RELEASING else "not sealing"

    def receive(self, subject: str) -> str:
        """Read a cable while its enclosure is still coming."""
        self.read(subject)
        view = self._window().reader.state.view
        assert view is not None
        return view.attachments[0].state.name

    def export(self, subject: str, folder: str) -> str:
        """Write the text of a cable out, and stand before the question of a folder again."""
        self.read(subject)
        view = self._window().reader.state.view
        assert view is not None
        cable_id = view.row.cable_id
        program = self._screen._program
        assert program is not None
        written = program.worker.submit(lambda station: station.export_text(cable_id, Path(folder)))
        hands.wait(written.done, "the export", PATIENCE_S)
        self._post().hand.export_text()
        hands.wait(lambda: bool(self._window().findChildren(QFileDialog)), "the dialog")
        return str(written.result())

    def gaps(self, subject: str) -> int:
        """Read a cable, then look at the missing numbers and the notices."""
        self.read(subject)
        self._window().go(Shelf.GAPS)
        hands.settle(0.2)
        self._post().show_notices()
        hands.settle(0.2)
        self._window().grab()
        return len(self._window().gaps.table.rows_model.rows)

    def draft(self, subject: str) -> str:
        """Take up a kept draft."""
        window = self._window()
        window.go(Shelf.DRAFTS)
        hands.wait(lambda: any(row.subject == subject for row in window.drafts.table.rows_model.rows), "the draft")
        rows = window.drafts.table.rows_model.rows
        window.drafts.table.choose(next(i for i, row in enumerate(rows) if row.subject == subject))
        row = window.drafts.table.row
        assert row is not None
        self._post().composing.take_up(row.draft_id, row.saved_at)
        hands.wait(lambda: bool(self._post().composing.windows), "the compose window")
        hands.settle(0.2)
        return self._writing().form.body.toPlainText()

    # --- inside --------------------------------------------------------------------------------------------------

    def _has_post(self) -> bool:
        program = self._screen._program
        return program is not None and program.post is not None

    def _post(self) -> Post:
        program = self._screen._program
        assert program is not None
        assert program.post is not None
        return program.post

    def _window(self) -> MainWindow:
        return self._post().window

    def _writing(self) -> ComposeView:
        return self._post().composing.windows[-1]

    def _row(self, subject: str) -> CableRow | None:
        rows = self._window().inbox.state.rows
        return next((row for row in rows if isinstance(row, CableRow) and row.subject == subject), None)

    def _subject(self) -> str:
        view = self._window().reader.state.view
        return "" if view is None else view.cable.subject

    def _annex_is_here(self, subject: str, index: int) -> bool:
        view = self._window().reader.state.view
        return view is not None and view.cable.subject == subject and view.attachments[index].state.name == "READY"
