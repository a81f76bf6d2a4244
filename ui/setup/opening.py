"""The first two pages: language and size of text, which hold at once; and what the officer writes about the post."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from ui.format import one_line
from ui.language import mark, tr
from ui.setup.page import PageView
from ui.setup.state import MOST_NAME, Lack, Profile, Way, profile_lack
from ui.widgets.text import Text, Tone

LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"))
PERCENTS = (80, 90, 100, 110, 125, 150, 175, 200)


class LanguagePage(PageView):
    """`spoken` carries a language, `enlarged` a percentage; both hold at once."""

    spoken: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    enlarged: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self, language: str, percent: int) -> None:
        super().__init__()
        self.language, self.percent = QComboBox(), QComboBox()
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        for each in PERCENTS:
            self.percent.addItem(f"{each} %", each)
        self.language.setCurrentIndex(self.language.findData(language))
        self.percent.setCurrentIndex(self.percent.findData(min(PERCENTS, key=lambda size: abs(size - percent))))
        self.labelled(mark("&Language"), self.language)
        self.labelled(mark("Text si&ze"), self.percent)
        self.column.addStretch(1)
        self.language.currentIndexChanged.connect(lambda _: self.spoken.emit(self.language.currentData()))
        self.percent.currentIndexChanged.connect(lambda _: self.enlarged.emit(self.percent.currentData()))

    def first(self) -> QWidget:
        """Begin at the language."""
        return self.language

    def render_state(self) -> None:
        """Say what the wizard does."""
        self.told.setText(
            tr(
                "Five steps lead from an empty folder to a test cable that headquarters has answered. They may be "
                "stopped at any point: the program goes on there when it is started again."
            )
        )


class ProfilePage(PageView):
    """Number, name and place of the post, and its officer; or that all of it comes from a backup."""

    def __init__(self, home: str) -> None:
        super().__init__()
        self._home = home
        self.ways = QButtonGroup(self)
        self.new, self.restore = QRadioButton(), QRadioButton()
        self.phrases.say(self.new.setText, "New post or ne&w machine")
        self.phrases.say(self.restore.setText, "From a bac&kup")
        line = QHBoxLayout()
        for each in (self.new, self.restore):
            self.ways.addButton(each)
            line.addWidget(each)
        line.addStretch(1)
        self.column.addLayout(line)
        self.number, self.name, self.place_, self.officer, self.title = (QLineEdit() for _ in range(5))
        self.number.setValidator(QIntValidator(1, 65_535, self.number))
        for field, source in (
            (self.number, mark("N&umber of the post")),
            (self.name, mark("Na&me of the post")),
            (self.place_, mark("&Place")),
            (self.officer, mark("O&fficer who signs here")),
            (self.title, mark("&Title")),
        ):
            field.setMaxLength(MOST_NAME)
            self.labelled(source, field)
        self.hint = Text(Tone.DIM, wrap=True)
        self.column.addWidget(self.hint)
        self.column.addStretch(1)
        self.new.setChecked(True)
        self.ways.buttonToggled.connect(lambda *_: self.render_state())

    @property
    def way(self) -> Way:
        """Which way is chosen."""
        return Way.RESTORE if self.restore.isChecked() else Way.NEW

    @property
    def profile(self) -> Profile:
        """What is written."""
        fields = (self.number, self.name, self.place_, self.officer, self.title)
        return Profile(*(" ".join(field.text().split()) for field in fields))

    def lack(self) -> Lack | None:
        """Say which field is not filled as it must be; a backup knows all of them."""
        return None if self.way is Way.RESTORE else profile_lack(self.profile)

    def place(self, lack: Lack) -> QWidget:
        """Give the field that is meant."""
        fields = {Lack.NAME: self.name, Lack.OFFICER: self.officer, Lack.TITLE: self.title}
        return fields.get(lack, self.number)

    def first(self) -> QWidget:
        """Begin at the number."""
        return self.number

    def render_state(self) -> None:
        """Say where the profile comes to lie."""
        self.told.setText(
            tr(
                "The store is made in {home}. If it lies elsewhere already, start the program with --home.",
                home=one_line(self._home),
            )
        )
        new = self.way is Way.NEW
        for field in (self.number, self.name, self.place_, self.officer, self.title):
            field.setEnabled(new)
        self.hint.setText(
            tr("Headquarters gives the number and compares all of this before it lists the post.")
            if new
            else tr(
                "The stick with the backup, its recovery sheet and a second person are needed, and headquarters on the "
                "telephone. The post and its officers come from the backup."
            )
        )
