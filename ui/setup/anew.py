"""A new passphrase with the recovery sheet: its groups and what ends by it, and what opens the store afterwards."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.language import mark, tr
from ui.setup.backup import LINES
from ui.setup.page import PageView
from ui.setup.state import Act, Ask, Lack, SheetGiven
from ui.theme import look, mono


class GroupsPage(PageView):
    """The groups of the sheet that opens the store, and what will open nothing any more."""

    def __init__(self) -> None:
        super().__init__()
        self.groups = QPlainTextEdit()
        self.groups.setTabChangesFocus(True)
        self.labelled(mark("&Groups of the recovery sheet"), self.groups)
        self.column.addStretch(1)
        self.dress()

    @property
    def given(self) -> str:
        """What is typed."""
        return self.groups.toPlainText().strip()

    def lack(self) -> Lack | None:
        """Say that nothing is typed."""
        return None if self.given else Lack.OLD_SHEET

    def act(self) -> Act:
        """Look whether they open the store."""
        return SheetGiven(self.given)

    def first(self) -> QWidget:
        """Begin at the groups."""
        return self.groups

    def forget(self) -> None:
        """Empty the groups."""
        self.groups.clear()

    def render_state(self) -> None:
        """Say what ends by it, before it is asked for."""
        self.told.setText(
            "\n\n".join(
                (
                    tr(
                        "Break the seal of the recovery sheet before a second person, and enter it in the register. "
                        "The cables, drafts and registers stay."
                    ),
                    tr(
                        "At the end one new passphrase and a new sheet open this store, and nothing else: no earlier "
                        "passphrase of any officer, and not the old sheet. Until then nothing is changed."
                    ),
                )
            )
        )
        self.groups.setEnabled(not self.state.busy)

    def dress(self) -> None:
        """Take the look in force."""
        self.groups.setFont(mono())
        self.groups.setFixedHeight(look().px(24) * LINES)
        super().dress()


class RenewedPage(PageView):
    """What opens the store now, and what is still to be done with paper."""

    def __init__(self) -> None:
        super().__init__()
        self.column.addStretch(1)

    def act(self) -> Act:
        """Open the post."""
        return Ask.OPEN

    def render_state(self) -> None:
        """Say it plainly."""
        said = [
            tr("The new passphrase and the new sheet were tried: both open the store. No earlier passphrase does."),
            tr(
                "Seal the new sheet. The old one opens this store no more, only the backups that were made before: "
                "keep it sealed until a new backup is made and verified, then destroy it."
            ),
        ]
        if self.state.several:
            said.append(tr("Every other person needs a new passphrase of their own afterwards."))
        self.told.setText("\n\n".join(said))
