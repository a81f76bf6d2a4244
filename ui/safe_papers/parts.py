"""The pages of the window: for whom, the groups with their reading back, the proof of a second person or the PIN."""

import unicodedata

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from secmsg.station.first_sheet import FirstSheet
from ui.language import mark, tr
from ui.safe_papers.state import Draw, Finish, Kind, Lack, PapersState, ReadBack
from ui.theme import look, mono
from ui.widgets.phrases import View
from ui.widgets.secret import SecretField
from ui.widgets.text import Text, Tone

COLUMNS, LINES, MOST_PIN = 4, 3, 12
HEAD_TITLE = "Trưởng cơ quan đại diện"


class Part(View):
    """Labelled fields in a column; `first` is where the cursor begins, None where there is nothing to fill in."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)

    def labelled(self, source: str, field: QLineEdit | QPlainTextEdit) -> Text:
        """Put a label above a field."""
        label = Text(Tone.BOLD)
        label.setBuddy(field)
        self.phrases.say(label.setText, source)
        self.phrases.say(lambda text: field.setAccessibleName(text.replace("&", "")), source)
        self.column.addWidget(label)
        self.column.addWidget(field)
        return label

    def first(self) -> QWidget | None:
        """Give the field that has the cursor when the part comes."""
        return None

    def show_state(self, state: PapersState) -> None:
        """Show as much as this state needs."""


class ForWhom(Part):
    """The names of a share; a sheet needs none."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.job, self.second = QLineEdit(), QLineEdit(), QLineEdit()
        self.job.setText(HEAD_TITLE)
        self.labelled(mark("&Full name"), self.name)
        self.labelled(mark("&Title"), self.job)
        self.labelled(mark("&Second person, by name"), self.second)
        self.of = {
            Lack.NAME: self.name, Lack.NAME_TAKEN: self.name, Lack.TITLE: self.job, Lack.SECOND: self.second,
            Lack.SAME_PERSON: self.second,
        }  # fmt: skip

    def draw(self) -> Draw:
        """Give what is filled in."""
        return Draw(*(" ".join(each.text().split()) for each in (self.name, self.job, self.second)))

    def first(self) -> QWidget | None:
        """Begin at the name."""
        return self.name

    def show_state(self, state: PapersState) -> None:
        """Let nothing be changed while something is under way."""
        self.setEnabled(not state.working)


class OnPaper(Part):
    """The groups with their places, those that are read back, and where the paper will lie."""

    def __init__(self) -> None:
        super().__init__()
        self.groups, self.typed, self.where = QWidget(), QLineEdit(), QLineEdit()
        self._grid = QGridLayout(self.groups)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._cells: list[Text] = []
        self._asked = Text(Tone.BOLD, wrap=True)
        self._asked.setBuddy(self.typed)
        for each in (self.groups, self._asked, self.typed):
            self.column.addWidget(each)
        self.labelled(mark("&Where the sealed sheet lies"), self.where)
        self.of = {Lack.GROUPS: self.typed, Lack.WHERE: self.where}

    def read(self) -> ReadBack:
        """Give what is filled in."""
        return ReadBack(self.typed.text(), " ".join(self.where.text().split()))

    def first(self) -> QWidget | None:
        """Begin at the groups."""
        return self.typed

    def show_state(self, state: PapersState) -> None:
        """Show the groups while the paper is being written, and not longer."""
        paper = state.paper
        self.setEnabled(not state.working)
        self.show_groups(paper)
        if paper is None:
            self.typed.clear()
        places = ", ".join(str(place) for place in (() if paper is None else paper.asked))
        self._asked.setText(tr("Read from the paper and t&ype: groups {places}", places=places))
        self.typed.setAccessibleName(tr("Groups {places} of the sheet", places=places))

    def show_groups(self, paper: FirstSheet | None) -> None:
        """Show these groups, or none."""
        groups = () if paper is None else paper.groups
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

    def dress(self) -> None:
        """Take the look in force."""
        for cell in self._cells:
            cell.setFont(mono(1.1))
        self.typed.setFont(mono())
        super().dress()


class Proof(Part):
    """The PIN of a share; or the second person of a sheet, by passphrase, or by share and PIN."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind
        self.by_share, self.share = QCheckBox(), QPlainTextEdit()
        self.passphrase, self.pin, self.again = SecretField(), SecretField(), SecretField()
        self.share.setTabChangesFocus(True)
        for field in (self.pin, self.again):
            field.setMaxLength(MOST_PIN)
        self.column.addWidget(self.by_share)
        self.phrases.say(self.by_share.setText, "By s&hare and PIN, not by passphrase")
        self._labels = {
            self.passphrase: self.labelled(mark("Second person's o&wn passphrase"), self.passphrase),
            self.share: self.labelled(mark("&Groups of the share"), self.share),
            self.pin: self.labelled(mark("P&IN, typed by the head of mission"), self.pin),
            self.again: self.labelled(mark("PIN, &once more"), self.again),
        }
        self.of = {
            Lack.PIN: self.pin, Lack.PIN_UNEQUAL: self.again, Lack.PROOF: self.passphrase,
            Lack.PROOF_GROUPS: self.share, Lack.PROOF_PIN: self.pin,
        }  # fmt: skip
        self.by_share.toggled.connect(lambda _: self._change())
        self.dress()

    def finish(self) -> Finish:
        """Give what is filled in."""
        return Finish(
            pin=self.pin.text(),
            again=self.again.text(),
            by_share=self.by_share.isChecked(),
            passphrase=unicodedata.normalize("NFC", self.passphrase.text()),
            groups=self.share.toPlainText(),
        )

    def first(self) -> QWidget | None:
        """Begin at the passphrase, the groups or the PIN."""
        if self._kind is Kind.SHARE:
            return self.pin
        return self.share if self.by_share.isChecked() else self.passphrase

    def forget(self) -> None:
        """Empty what is secret."""
        for field in (self.passphrase, self.pin, self.again):
            field.clear()
        self.share.clear()

    def show_state(self, state: PapersState) -> None:
        """Show the fields that prove it."""
        self.setEnabled(not state.working)
        self._show_fields()

    def _change(self) -> None:
        self.forget()
        self._show_fields()
        first = self.first()
        if first is not None:
            first.setFocus()

    def _show_fields(self) -> None:
        if self._kind is Kind.SHARE:
            shown: tuple[QWidget, ...] = (self.pin, self.again)
        else:
            shown = (self.share, self.pin) if self.by_share.isChecked() else (self.passphrase,)
        self.by_share.setVisible(self._kind is Kind.SHEET)
        for field, label in self._labels.items():
            label.setVisible(field in shown)
            field.setVisible(field in shown)

    def dress(self) -> None:
        """Take the look in force."""
        self.share.setFont(mono())
        self.share.setFixedHeight(look().px(24) * LINES)
        super().dress()
