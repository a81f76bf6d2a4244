"""The settings: every choice holds at once and is kept in the encrypted store; Esc closes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from ui.language import mark, tr, trn
from ui.settings.state import DENSITIES, LANGUAGES, PERCENTS, RESTS, SCHEMES, Settings, nearest
from ui.theme import look
from ui.widgets.phrases import Phrases
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import fitting
from ui.widgets.text import Text, Tone

_LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_SCHEMES = {"system": mark("As the system"), "light": mark("Light"), "dark": mark("Dark")}
_DENSITIES = {"DENSE": mark("Dense rows"), "MEDIUM": mark("Medium rows"), "AIRY": mark("Airy rows")}

WATCHES = (True, False)
_WATCHES = {True: mark("Watch the fast mailbox"), False: mark("No network at all")}


class SettingsWindow(QDialog):
    """Shows a Settings; `chosen` carries the new one after every change."""

    chosen: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.settings = replace(settings, percent=nearest(settings.percent))
        self.phrases = Phrases()
        self.heading = Text(Tone.TITLE, wrap=True)
        self.note = Text(Tone.DIM, wrap=True)
        self.language, self.scheme, self.percent = QComboBox(), QComboBox(), QComboBox()
        self.density, self.rest, self.watch = QComboBox(), QComboBox(), QComboBox()
        self.box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.box.rejected.connect(self.reject)
        self._lay_out()
        self._fill()
        self._listen()
        self.resize(fitting(look().px(480), look().px(365)))

    def take(self, settings: Settings) -> None:
        """Show what a key changed elsewhere."""
        self.settings = replace(settings, percent=nearest(settings.percent))
        self._fill()

    def _lay_out(self) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (source, box) in enumerate(
            (
                (mark("&Language"), self.language),
                (mark("&Colours"), self.scheme),
                (mark("Text si&ze"), self.percent),
                (mark("Row &height"), self.density),
                (mark("Lock by &itself after"), self.rest),
                (mark("While loc&ked"), self.watch),
            )
        ):
            label = Text()
            label.setBuddy(box)
            self.phrases.say(label.setText, source)
            self.phrases.say(partial(_name, box), source)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.addWidget(self.note, 6, 0, 1, 2)
        grid.setRowStretch(7, 1)
        self.phrases.say(self.heading.setText, "Settings")
        self.phrases.say(self.setWindowTitle, "Settings")
        self.phrases.say(
            self.note.setText,
            "Each choice holds at once and is kept in the encrypted store. Locking by itself cannot be switched off.",
        )
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(Scroll(inside), 1)
        column.addWidget(self.box)

    def _fill(self) -> None:
        now = self.settings
        _put(self.language, [_LANGUAGES[each] for each in LANGUAGES], LANGUAGES.index(now.language))
        _put(self.scheme, [tr(_SCHEMES[each]) for each in SCHEMES], SCHEMES.index(now.scheme))
        _put(self.percent, [f"{each} %" for each in PERCENTS], PERCENTS.index(now.percent))
        _put(self.density, [tr(_DENSITIES[each]) for each in DENSITIES], DENSITIES.index(now.density))
        _put(self.rest, [trn(each // 60, "{n} minute", "{n} minutes") for each in RESTS], RESTS.index(now.rest_s))
        _put(self.watch, [tr(_WATCHES[each]) for each in WATCHES], WATCHES.index(now.watch))

    def _listen(self) -> None:
        def when_chosen(box: QComboBox, make: Callable[[int], Settings]) -> None:
            box.currentIndexChanged.connect(lambda at: self._choose(make(at)))

        when_chosen(self.language, lambda at: replace(self.settings, language=LANGUAGES[at]))
        when_chosen(self.scheme, lambda at: replace(self.settings, scheme=SCHEMES[at]))
        when_chosen(self.percent, lambda at: replace(self.settings, percent=PERCENTS[at]))
        when_chosen(self.density, lambda at: replace(self.settings, density=DENSITIES[at]))
        when_chosen(self.rest, lambda at: replace(self.settings, rest_s=RESTS[at]))
        when_chosen(self.watch, lambda at: replace(self.settings, watch=WATCHES[at]))

    def _choose(self, settings: Settings) -> None:
        self.settings = settings
        self.chosen.emit(settings)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.phrases.repeat()
            self._fill()


def _name(box: QComboBox, text: str) -> None:
    box.setAccessibleName(text.replace("&", ""))


def _put(box: QComboBox, texts: Sequence[str], at: int) -> None:
    with QSignalBlocker(box):
        box.clear()
        box.addItems(list(texts))
        box.setCurrentIndex(at)
