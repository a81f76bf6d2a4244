"""Fingerprint and kit: eleven groups compared by voice, both sides say yes, then the kit and its code."""

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QRadioButton, QWidget

from secmsg.station.setting_up import Compared
from ui.format import one_line
from ui.language import mark, tr
from ui.setup.page import PageView
from ui.setup.state import Act, Ask, Joining, Lack, Said, joining_lack
from ui.theme import Ink, mono
from ui.widgets.text import Text, Tone

COLUMNS, ROWS = 4, 3
"""Eleven groups of five figures."""


class FingerprintPage(PageView):
    """The request as a file, its fingerprint large, and what headquarters said."""

    def __init__(self) -> None:
        super().__init__()
        self.save: QPushButton = self.button(mark("&Save the request…"), Ask.SAVE_REQUEST)
        self.beside(self.save)
        self.title = Text(Tone.BOLD)
        self.phrases.say(self.title.setText, "Fingerprint of the request")
        self.rows = tuple(Text() for _ in range(ROWS))
        self.question = Text(wrap=True)
        self.same, self.different = QRadioButton(), QRadioButton()
        self.phrases.say(self.same.setText, "Headquarters reads the sa&me groups")
        self.phrases.say(self.different.setText, "Headquarters reads &others")
        self.answers = QButtonGroup(self)
        self.warning = Text(wrap=True)
        self.warning.colour(Ink.FAULT)
        for widget in (self.title, *self.rows, self.question, self.same, self.different, self.warning):
            self.column.addWidget(widget)
        for each in (self.same, self.different):
            self.answers.addButton(each)
            each.toggled.connect(lambda _: self.render_state())
        self.column.addStretch(1)
        self.dress()

    def lack(self) -> Lack | None:
        """Say that nobody has answered yet."""
        answered = self.same.isChecked() or self.different.isChecked()
        return None if answered or self._compared is Compared.SAME else Lack.NOT_COMPARED

    @property
    def _compared(self) -> Compared:
        return Compared.NOT_YET if self.state.stands is None else self.state.stands.compared

    def act(self) -> Act | None:
        """Keep what headquarters said, unless it was kept before."""
        stands = self.state.stands
        if stands is None or stands.joined or not (self.same.isChecked() or self.different.isChecked()):
            return None
        return Said(self.same.isChecked())

    def first(self) -> QWidget:
        """Begin at the request."""
        return self.save

    def render_state(self) -> None:
        """Show the groups."""
        stands = self.state.stands
        self.told.setText(
            tr("Send the request to headquarters by any way; it holds no secret. Then call headquarters.")
        )
        groups = () if stands is None else tuple(stands.fingerprint.split())
        for at, row in enumerate(self.rows):
            row.setText("  ".join(groups[at * COLUMNS : (at + 1) * COLUMNS]))
        self.question.setText(
            tr(
                "Read the groups to each other, group by group; both must say yes. It is the only thing that keeps a "
                "false request out."
            )
        )
        wrong = self.different.isChecked() or (self._compared is Compared.DIFFERENT and not self.same.isChecked())
        self.warning.setText(
            tr(
                "The request was exchanged on the way, or headquarters has an older one. Nothing was granted. Take no "
                "kit. Save the request again, carry it by another way, and compare once more."
            )
            if wrong
            else ""
        )
        joined = stands is not None and stands.joined
        for each in (self.save, self.same, self.different):
            each.setEnabled(not joined)

    def dress(self) -> None:
        """Take the look in force."""
        super().dress()
        for row in self.rows:
            row.setFont(mono(1.35))


class KitPage(PageView):
    """The kit as a file, its code typed or read from a picture."""

    def __init__(self) -> None:
        super().__init__()
        self.path = ""
        self.file = QLineEdit()
        self.file.setReadOnly(True)
        self.labelled(mark("Kit of headquarters"), self.file)
        self.choose: QPushButton = self.button(mark("Choose the &kit…"), Ask.CHOOSE_KIT)
        self.code = QLineEdit()
        self.beside(self.choose)
        self.labelled(mark("&Activation code"), self.code)
        self.picture: QPushButton = self.button(mark("Read it from a p&icture…"), Ask.READ_CODE)
        self.beside(self.picture)
        self.column.addStretch(1)
        self.dress()

    def take_kit(self, path: str) -> None:
        """Show which file was chosen."""
        self.path = path
        self.render_state()
        self.code.setFocus()

    def lack(self) -> Lack | None:
        """Say what is lacking."""
        joined = self.state.stands is not None and self.state.stands.joined
        return None if joined else joining_lack(self.path, self.code.text())

    def place(self, lack: Lack) -> QWidget:
        """Give the field that is meant."""
        return self.choose if lack is Lack.KIT else self.code

    def act(self) -> Act | None:
        """Take the kit."""
        joined = self.state.stands is not None and self.state.stands.joined
        return None if joined else Joining(self.path, self.code.text())

    def first(self) -> QWidget:
        """Begin at the kit."""
        return self.choose

    def forget(self) -> None:
        """Empty the code."""
        self.code.clear()

    def render_state(self) -> None:
        """Say what comes and by which ways."""
        joined = self.state.stands is not None and self.state.stands.joined
        self.told.setText(
            tr("This post has joined. A kit is taken once.")
            if joined
            else tr(
                "Headquarters answers with a kit (a file, on a stick or by any way) and an activation code by another "
                "way. The program may be closed until both are here."
            )
        )
        self.file.setText(one_line(self.path))
        for each in (self.choose, self.code, self.picture):
            each.setEnabled(not joined)

    def dress(self) -> None:
        """Take the look in force."""
        self.code.setFont(mono())
        super().dress()
