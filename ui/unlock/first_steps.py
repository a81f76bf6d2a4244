"""What the locked screen says where no store can be opened: there is none yet, or its medium was taken out."""

from typing import assert_never

from PySide6.QtWidgets import QVBoxLayout

from ui.format import one_line
from ui.language import tr
from ui.unlock.state import Store
from ui.widgets.phrases import View
from ui.widgets.text import Text


class FirstSteps(View):
    """Says what there is, what is safe and what comes next."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Text(wrap=True)
        self._store, self._home = Store.READY, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)

    def show_store(self, store: Store, home: str) -> None:
        """Show the way from here."""
        self._store, self._home = store, home
        self.dress()

    def render_state(self) -> None:
        """Say it."""
        self.words.setText(_words(self._store, one_line(self._home)))

    def dress(self) -> None:
        """Take the look in force."""
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
                "Setting a post up takes five steps. It can be stopped at any point and goes on from there.",
                home=home,
            )
        case _:
            assert_never(store)
