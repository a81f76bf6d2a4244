"""How a store is made and joined, when the folder holds none that can be opened: words, and commands to copy."""

from typing import assert_never

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout

from ui.format import one_line
from ui.language import tr
from ui.theme import mono
from ui.unlock.state import Store, steps
from ui.widgets.phrases import View
from ui.widgets.text import Text


class FirstSteps(View):
    """Says what there is, what is safe and what comes next; the commands are text that can be selected."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Text(wrap=True)
        self.commands = QPlainTextEdit()
        self.commands.setReadOnly(True)
        self.commands.setTabChangesFocus(True)
        self.commands.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._store, self._home = Store.READY, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self.commands)
        self.phrases.say(self.commands.setAccessibleName, "Commands")

    def show_store(self, store: Store, home: str) -> None:
        """Show the way from here."""
        self._store, self._home = store, home
        self.commands.setPlainText("\n\n".join(steps(store, home)))
        self.dress()

    def copy(self) -> None:
        """Put the commands into the clipboard; they hold no secret."""
        QGuiApplication.clipboard().setText(self.commands.toPlainText())

    def render_state(self) -> None:
        """Say it."""
        self.words.setText(_words(self._store, one_line(self._home)))

    def dress(self) -> None:
        """Take the look in force."""
        self.commands.setFont(mono())
        lines = self.commands.document().blockCount() + 1
        self.commands.setVisible(bool(self.commands.toPlainText()))
        self.commands.setFixedHeight(self.commands.fontMetrics().lineSpacing() * lines + 16)
        self.words.dress()
        super().dress()


def _words(store: Store, home: str) -> str:
    match store:
        case Store.READY:
            return ""
        case Store.DESTROYED:
            return tr(
                "The keys of the store in {home} are destroyed. Nothing in it can be read by anybody.\n\n"
                "Papers, pads, codebooks, the recovery sheet, sticks that were not plugged in, backups and other "
                "machines are destroyed by hand. Break the disk of this machine: a solid-state disk may keep old "
                "blocks. Tell headquarters by voice what is left.\n\n"
                "Only new keys from headquarters, or a backup together with its recovery sheet, bring this post back.",
                home=home,
            )
        case Store.AWAY:
            return tr(
                "The medium with the store in {home} was taken out while it was open, so the program locked at once. "
                "What was signed or kept before is in the store on it; words typed in the last seconds may be "
                "missing.\n\nPut the medium back where it was: this screen notices it and asks for the passphrase.",
                home=home,
            )
        case Store.ABSENT:
            return tr(
                "There is no store in {home} yet, so there is no passphrase to ask for. Nothing was changed or made. "
                "If a store lies elsewhere, start the program with --home and its folder.\n\n"
                "A new one is made in a terminal. The first command makes the keys, a request for headquarters and "
                "the recovery sheet; the second takes the kit that headquarters answers with.",
                home=home,
            )
        case Store.UNJOINED:
            return tr(
                "The store in {home} is made and its keys are safe, but the station has not joined the directory yet: "
                "it can neither receive nor send.\n\n"
                "Headquarters answers the request with a kit and, by another way, an activation code. "
                "When both are here, this command joins the station; the store is closed, so it can work.",
                home=home,
            )
        case _:
            assert_never(store)
