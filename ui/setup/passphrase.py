"""The passphrase: one drawn by chance on offer, a bar by guesses, Caps Lock and input method in words."""

import unicodedata

from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QPushButton, QWidget

from secmsg.station import strength, suggesting
from secmsg.station.strength import Grade
from secmsg.station.suggesting import Suggestion
from ui.language import mark, tr
from ui.setup.page import PageView, thin
from ui.setup.state import Act, Anew, Chosen, Lack, Made, Profile, Restore, Way, bar, passphrase_lack
from ui.theme import Ink, look, mono
from ui.widgets.secret import SecretField
from ui.widgets.text import Text, Tone


class PassphrasePage(PageView):
    """Twice the same passphrase; `profile`, `backup` or `groups` is what the page before was filled with."""

    def __init__(self) -> None:
        super().__init__()
        self.profile, self.backup, self.groups = Profile(), Chosen("", ""), ""
        self.drawn: Suggestion = suggesting.suggest()
        self.offered = QLineEdit()
        self.offered.setReadOnly(True)
        self.another, self.take = QPushButton(), QPushButton()
        self.phrases.say(self.another.setText, "&Draw another")
        self.phrases.say(self.take.setText, "&Take it")
        self.field, self.again, self.show_box = SecretField(), SecretField(), QCheckBox()
        self.phrases.say(self.show_box.setText, "&Show")
        self.meter, self.said, self.keys = thin(QProgressBar()), Text(wrap=True), Text(Tone.DIM, wrap=True)
        self.phrases.say(self.meter.setAccessibleName, "Strength of the passphrase")
        self.labelled(mark("Drawn by chance from common syllables"), self.offered)
        self.beside(self.another, self.take)
        self.labelled(mark("New &passphrase"), self.field)
        self.column.addWidget(self.meter)
        self.column.addWidget(self.said)
        self.labelled(mark("&Once more"), self.again)
        self.beside(self.show_box)
        self.column.addWidget(self.keys)
        self.column.addStretch(1)
        self.another.clicked.connect(lambda _=False: self._draw())
        self.take.clicked.connect(lambda _=False: self._take())
        self.show_box.toggled.connect(self._reveal)
        for each in (self.field, self.again):
            each.textChanged.connect(lambda _: self.render_state())
            each.noticed.connect(lambda _: self.render_state())
        self.dress()

    @property
    def typed(self) -> str:
        """What was typed, in one composition."""
        return unicodedata.normalize("NFC", self.field.text())

    @property
    def bits(self) -> float:
        """How strong it is: what was drawn by its draw, what was made up by guesses."""
        return self.drawn.bits if self.typed == self.drawn.text else strength.bits(self.typed)

    def lack(self) -> Lack | None:
        """Say what is lacking."""
        return passphrase_lack(self.typed, unicodedata.normalize("NFC", self.again.text()))

    def place(self, lack: Lack) -> QWidget:
        """Give the field that is meant."""
        return self.again if lack is Lack.DIFFER else self.field

    def act(self) -> Act | None:
        """Make the store with it, new or from the backup, or let it open the one that is here."""
        if self.state.way is Way.RESTORE:
            return Restore(self.backup, self.typed)
        if self.state.way is Way.ANEW:
            return Anew(self.groups, self.typed)
        return Made(self.profile, self.typed)

    def first(self) -> QWidget:
        """Begin at the first field."""
        return self.field

    def forget(self) -> None:
        """Empty the fields, and forget what was drawn."""
        self.field.clear()
        self.again.clear()
        self.backup, self.groups = Chosen("", ""), ""
        self._draw()

    def render_state(self) -> None:
        """Say how strong it is and what the keys are doing."""
        self.told.setText(
            tr(
                "The passphrase opens this post's cables. Twelve characters at least and no other rule: length counts. "
                "Nobody can tell it to anybody who forgets it; the recovery sheet is the way back."
            )
        )
        self.offered.setText(self.drawn.text)
        bits, typed = self.bits, self.typed
        grade = strength.grade(bits)
        self.meter.setValue(bar(bits))
        self.said.setText(_grade(grade, round(bits)) if typed else tr("Nothing typed yet."))
        self.said.colour(
            {Grade.WEAK: Ink.FAULT, Grade.FAIR: Ink.WARN, Grade.STRONG: Ink.GOOD}[grade] if typed else Ink.DIM
        )
        caps = self.field.caps_lock or self.again.caps_lock
        method = not typed.isascii() or self.field.composing
        said = tr("Caps Lock is on") if caps else tr("Caps Lock off")
        input_ = tr("input method: VI (letters may be changed)") if method else tr("input method: off")
        self.keys.setText(f"{said} · {input_}")
        self.keys.colour(Ink.WARN if caps or method else Ink.DIM)

    def dress(self) -> None:
        """Take the look in force."""
        self.offered.setFont(mono())
        self.meter.setFixedHeight(look().px(8))
        super().dress()

    def _draw(self) -> None:
        self.drawn = suggesting.suggest()
        self.render_state()

    def _take(self) -> None:
        """Put it into the first field; typing it once more begins to learn it."""
        self.field.setText(self.drawn.text)
        self.again.setFocus()

    def _reveal(self) -> None:
        for each in (self.field, self.again):
            each.reveal(shown=self.show_box.isChecked())


def _grade(grade: Grade, bits: int) -> str:
    match grade:
        case Grade.WEAK:
            return tr("Weak: about {n} bits. Who has this computer's disk finds it by trying.", n=bits)
        case Grade.FAIR:
            return tr("Fair: about {n} bits. Two words more make it strong.", n=bits)
        case Grade.STRONG:
            return tr("Strong: about {n} bits.", n=bits)
