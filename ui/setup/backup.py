"""The way from a backup: its folder and old sheet, how far it is and who goes on, and what came back."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QProgressBar, QPushButton, QWidget

from ui.backups.state import percent
from ui.backups.view import MEASURE_MS, Meter
from ui.format import UTC_PLACE, moment, one_line
from ui.language import mark, tr, trn
from ui.setup.page import PageView, thin
from ui.setup.state import Act, Ask, Chosen, GoesOn, Lack, SetupState, Way, backup_lack
from ui.setup.typed_sheet import TypedSheetPage
from ui.theme import look
from ui.widgets.text import Text, Tone


class BackupPage(TypedSheetPage):
    """The folder with the backup, and the groups of the sheet that opens it."""

    def __init__(self) -> None:
        super().__init__()
        self.path = ""
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.labelled(mark("Folder with the backup"), self.folder)
        self.choose: QPushButton = self.button(mark("&Choose the folder…"), Ask.CHOOSE_BACKUP)
        self.beside(self.choose)
        self.end_with_groups()

    @property
    def chosen(self) -> Chosen:
        """What is chosen and typed."""
        return Chosen(self.path, self.given)

    def take_folder(self, path: str) -> None:
        """Show which folder was chosen."""
        self.path = path
        self.render_state()
        self.groups.setFocus()

    def lack(self) -> Lack | None:
        """Say what is lacking."""
        return backup_lack(self.path, self.given)

    def place(self, lack: Lack) -> QWidget:
        """Give the field that is meant."""
        return self.choose if lack is Lack.FOLDER else self.groups

    def act(self) -> Act:
        """Look at the folder and at the groups."""
        return self.chosen

    def first(self) -> QWidget:
        """Begin at the folder, then at the groups."""
        return self.groups if self.path else self.choose

    def render_state(self) -> None:
        """Say what is needed."""
        self.told.setText(
            tr(
                "Break the seal of the recovery sheet before a second person. The backup opens by the sheet that was "
                "in force when it was made. It is only read; nothing on the medium is changed."
            )
        )
        self.folder.setText(one_line(self.path))
        for each in (self.choose, self.groups):
            each.setEnabled(not self.state.busy)


class RestoringPage(PageView):
    """How far the restore is; then, where there are several officers, who goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.meter = Meter()
        self.bar = thin(QProgressBar())
        self.phrases.say(self.bar.setAccessibleName, "Progress")
        self.who = QComboBox()
        self.column.addWidget(self.bar)
        self.label = self.labelled(mark("&Officer who goes on"), self.who)
        self.note = Text(Tone.DIM, wrap=True)
        self.column.addWidget(self.note)
        self.column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(MEASURE_MS)
        self._timer.timeout.connect(self._measure)
        self.dress()

    def begin(self, meter: Meter) -> None:
        """Follow this meter."""
        self.meter = meter
        self.bar.setValue(0)
        self._timer.start()

    def show_state(self, state: SetupState) -> None:
        """Show who may go on, nobody chosen yet."""
        if state.officers != self.state.officers:
            self.who.clear()
            self.who.addItem("", 0)
            for each in state.officers:
                self.who.addItem(one_line(f"{each.number}. {each.name}, {each.title}"), each.number)
        super().show_state(state)

    def lack(self) -> Lack | None:
        """Say that nobody is chosen."""
        return None if self.who.currentData() else Lack.WHO

    def act(self) -> Act:
        """Go on as the one chosen."""
        return GoesOn(int(self.who.currentData()))

    def first(self) -> QWidget | None:
        """Begin at the choice."""
        return self.who if self.state.officers else None

    def render_state(self) -> None:
        """Say what is done."""
        asked = bool(self.state.officers)
        anew = self.state.way is Way.ANEW
        self.told.setText(
            tr("Several officers are in this store. The new passphrase is for one of them.")
            if asked
            else _how_anew(read_back=self.state.read_back)
            if anew
            else tr(
                "The backup is read, each piece is compared, and the store is put together beside its place. It gets "
                "its name when all of it is there."
            )
        )
        self.bar.setVisible(not asked and not anew)
        for each in (self.label, self.who):
            each.setVisible(asked)
        self.note.setText(tr("Every other person needs a new passphrase of their own afterwards.") if asked else "")
        if not self.state.under_way:
            self._timer.stop()

    def dress(self) -> None:
        """Take the look in force."""
        self.bar.setFixedHeight(look().px(8))
        super().dress()

    def _measure(self) -> None:
        self.bar.setValue(percent(self.meter.done, self.meter.total))


class RestoredPage(PageView):
    """What came back, what is stopped, and what comes next."""

    def __init__(self) -> None:
        super().__init__()
        self.column.addStretch(1)

    def act(self) -> Act:
        """Open the post."""
        return Ask.OPEN

    def render_state(self) -> None:
        """Say it plainly."""
        restored = self.state.restored
        if restored is None:
            return
        self.told.setText(
            "\n\n".join(
                (
                    trn(
                        restored.cables,
                        "The store is here, as it was at {when}, with {n} cable.",
                        "The store is here, as it was at {when}, with {n} cables.",
                        when=moment(restored.made_at, UTC_PLACE),
                    ),
                    tr(
                        "Sending is stopped: cables that left after the backup are not here, and their numbers and "
                        "keys must not be given twice. It goes on when two persons have answered and headquarters has "
                        "said the last number: “Open a new book…” in the bar of the main window. Receiving, reading "
                        "and cables by hand go on at once."
                    ),
                    tr(
                        "Seal the new recovery sheet; it opens this store. The backup still opens by the old sheet "
                        "alone: keep both, sealed, until a new backup is made and verified."
                    ),
                )
            )
        )


def _how_anew(*, read_back: bool) -> str:
    if read_back:
        return tr("The new passphrase and the new sheet take their places, and each is tried. Do not switch off.")
    return tr("The sheet opens the store. Nothing in it changes before a new sheet is read back.")
