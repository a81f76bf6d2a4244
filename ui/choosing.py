"""The settings window of an opened station: shows what is in force and puts into force what is chosen."""

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.language import Language, Speech
from ui.settings.state import Choice, Settings, changed
from ui.settings.view import SettingsWindow
from ui.theme import Density, Scheme, Theme

Keep = Callable[[str, str], None]


class Choosing(QObject):
    """Opens the settings window and serves it; `keep` notes a setting, `rest` tells and takes when to lock."""

    def __init__(self, theme: Theme, speech: Speech, keep: Keep, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._speech, self._keep = theme, speech, keep

    def show(self, over: QWidget, rest_s: int, choose_rest: Callable[[int], None]) -> None:
        """Open the window over another; `choose_rest` takes after how long the program locks."""
        window = SettingsWindow(self._settings(rest_s), over)
        held = [window.settings]

        def take(settings: Settings) -> None:
            before, held[0] = held[0], settings
            for choice in changed(before, settings):
                if choice is Choice.REST:
                    choose_rest(settings.rest_s)
                else:
                    self._take(choice, settings)

        window.chosen.connect(take)
        window.show()

    def _settings(self, rest_s: int) -> Settings:
        theme = self._theme
        return Settings(self._speech.language.value, theme.scheme.value, theme.percent, theme.density.name, rest_s)

    def _take(self, choice: Choice, settings: Settings) -> None:
        match choice:
            case Choice.LANGUAGE:
                self._speech.speak(Language(settings.language))
                self._keep("ui.language", settings.language)
            case Choice.SCHEME:
                self._theme.wear(Scheme(settings.scheme))
                self._keep("ui.scheme", settings.scheme)
            case Choice.PERCENT:
                self._theme.enlarge(settings.percent)
                self._keep("ui.text", str(settings.percent))
            case Choice.DENSITY:
                self._theme.crowd(Density[settings.density])
                self._keep("ui.density", settings.density)
            case Choice.REST:
                pass
            case _:
                assert_never(choice)
