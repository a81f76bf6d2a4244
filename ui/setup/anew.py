"""A new passphrase with the recovery sheet: its groups and what ends by it, and what opens the store afterwards."""

from ui.language import tr
from ui.setup.page import PageView
from ui.setup.state import Act, Ask, Lack, SheetGiven
from ui.setup.typed_sheet import TypedSheetPage


class GroupsPage(TypedSheetPage):
    """The groups of the sheet that opens the store, and what will open nothing any more."""

    def __init__(self) -> None:
        super().__init__()
        self.end_with_groups()

    def lack(self) -> Lack | None:
        """Say that nothing is typed."""
        return None if self.given else Lack.OLD_SHEET

    def act(self) -> Act:
        """Look whether they open the store."""
        return SheetGiven(self.given)

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
