"""The recovery sheet: made when the passphrase was typed once more, written down or printed, and read back."""

import unicodedata

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from secmsg.station.first_sheet import FirstSheet
from ui.language import mark, tr
from ui.setup.page import PageView
from ui.setup.state import Act, Ask, Lack, ReadBack, SetupState, SheetAsked, Way, read_back_lack
from ui.theme import mono
from ui.widgets.secret import SecretField
from ui.widgets.text import Text, Tone

COLUMNS = 4


class SheetPage(PageView):
    """First the passphrase, then the groups with their places, then three of them typed back."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: FirstSheet | None = None
        self.passphrase, self.typed, self.where = SecretField(), QLineEdit(), QLineEdit()
        self.label = self.labelled(mark("&Passphrase, once more"), self.passphrase)
        self.groups = QWidget()
        self._grid = QGridLayout(self.groups)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._cells: list[Text] = []
        self.column.addWidget(self.groups)
        self.save: QPushButton = self.button(mark("Save as &PDF to print…"), Ask.SAVE_SHEET)
        self.beside(self.save)
        self.asked_for = Text(Tone.BOLD, wrap=True)
        self.asked_for.setBuddy(self.typed)
        self.column.addWidget(self.asked_for)
        self.column.addWidget(self.typed)
        self.where_label = self.labelled(mark("&Where the sealed sheet lies"), self.where)
        self.column.addStretch(1)
        self.dress()

    def show_sheet(self, sheet: FirstSheet) -> None:
        """Show the groups of a sheet that was just made."""
        self.sheet = sheet
        self.passphrase.clear()
        self.render_state()
        self.typed.setFocus()

    def show_state(self, state: SetupState) -> None:
        """Show where the set-up stands; a sheet that was checked is not shown again."""
        if state.stands is not None and state.stands.sheet_checked:
            self.forget()
        super().show_state(state)

    @property
    def checked(self) -> bool:
        """Whether the sheet was read back before."""
        return self.state.stands is not None and self.state.stands.sheet_checked

    @property
    def restoring(self) -> bool:
        """Whether it takes another's place, in a store that comes back or begins anew; the ledger is kept by hand."""
        return self.state.stands is None and self.state.way is not Way.NEW

    def lack(self) -> Lack | None:
        """Say what is lacking."""
        if self.checked:
            return None
        if self.sheet is None:
            return None if self.passphrase.text() else Lack.SHORT
        where = None if self.restoring else self.where.text()
        return read_back_lack(self.typed.text(), where, len(self.sheet.asked))

    def place(self, lack: Lack) -> QWidget:
        """Give the field that is meant."""
        return self.where if lack is Lack.WHERE else self.first()

    def act(self) -> Act | None:
        """Make the sheet, or have it checked."""
        if self.checked:
            return None
        if self.sheet is None:
            return SheetAsked(unicodedata.normalize("NFC", self.passphrase.text()))
        return ReadBack(self.typed.text(), self.where.text())

    def first(self) -> QWidget:
        """Begin at the passphrase, then at the groups."""
        return self.passphrase if self.sheet is None else self.typed

    def forget(self) -> None:
        """Let go of the groups."""
        self.sheet = None
        self.passphrase.clear()
        self.typed.clear()
        self._show_groups(())

    def render_state(self) -> None:
        """Show as much as there is."""
        sheet, checked = self.sheet, self.checked
        self.told.setText(self._told())
        first: tuple[QWidget, ...] = (self.label, self.passphrase)
        second: tuple[QWidget, ...] = (
            self.groups,
            self.save,
            self.asked_for,
            self.typed,
            self.where_label,
            self.where,
        )
        for widgets, shown in ((first, sheet is None), (second, sheet is not None)):
            for widget in widgets:
                widget.setVisible(
                    shown and not checked and not (self.restoring and widget in (self.where_label, self.where))
                )
        self._show_groups(() if sheet is None else sheet.groups)
        places = "" if sheet is None else ", ".join(str(place) for place in sheet.asked)
        self.asked_for.setText(tr("&Read from the paper and type: groups {places}", places=places))
        self.typed.setAccessibleName(tr("Groups {places} of the sheet", places=places))

    def dress(self) -> None:
        """Take the look in force."""
        for cell in self._cells:
            cell.setFont(mono(1.1))
        self.typed.setFont(mono())
        super().dress()

    def _told(self) -> str:
        if self.checked:
            return tr(
                "The recovery sheet was read back and is sealed. It stands in the ledger once the post has joined."
            )
        if self.restoring and self.state.way is Way.ANEW:
            return tr(
                "This is the new recovery sheet. Write the groups on paper with their places, or print them and erase "
                "the file. Nothing has changed yet. When three of them are read back, every earlier passphrase and "
                "the old sheet open nothing any more. It is shown this once."
            )
        if self.restoring:
            return tr(
                "This is the new recovery sheet. Write the groups on paper with their places, or print them and erase "
                "the file. The store is finished when three of them are read back; until then the old sheet alone "
                "opens the backup. It is shown this once."
            )
        if self.sheet is None:
            return tr(
                "The recovery sheet is the one way back when the passphrase is forgotten or this computer is lost. No "
                "cable goes before it is on paper. Type the passphrase once more: it is tried before it is relied on. "
                "A sheet that was printed before opens nothing from then on."
            )
        return tr(
            "Write the groups on paper with their places, or print them and erase the file. Whoever has the sheet and "
            "this computer opens the store: seal it, put it into the safe. It is shown this once."
        )

    def _show_groups(self, groups: tuple[str, ...]) -> None:
        if len(groups) != len(self._cells):
            for cell in self._cells:
                self._grid.removeWidget(cell)
                cell.deleteLater()
            self._cells = [Text() for _ in groups]
            for at, cell in enumerate(self._cells):
                cell.setFont(mono(1.1))
                self._grid.addWidget(cell, at // COLUMNS, at % COLUMNS)
        for at, (cell, group) in enumerate(zip(self._cells, groups, strict=True), 1):
            cell.setText(f"{at:2}. {group}")
