"""The settings window of an opened station: shows what is in force and puts into force what is chosen."""

from collections.abc import Callable
from typing import Protocol, assert_never

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.language import Language, Speech
from ui.settings.state import Choice, Settings, changed
from ui.settings.view import SettingsWindow
from ui.theme import Density, Scheme, Theme

Keep = Callable[[str, str], None]


class Rest(Protocol):
    """What an opened post knows about its locking."""

    lock_after_s: int
    watch: bool

    def choose_rest(self, seconds: int) -> None:
        """Take after how long the program locks."""
        ...

    def choose_watch(self, *, watch: bool) -> None:
        """Take whether somebody watches while it is locked."""
        ...


class Choosing(QObject):
    """Opens the settings window and serves it; `keep` notes a setting, `rest` tells and takes when to lock."""

    def __init__(self, theme: Theme, speech: Speech, keep: Keep, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._speech, self._keep = theme, speech, keep

    def show(self, over: QWidget, rest: Rest) -> None:
        """Open the window over another; `rest` has what holds about locking, and takes what is chosen."""
        window = SettingsWindow(self._settings(rest), over)
        held = [window.settings]

        def take(settings: Settings) -> None:
            before, held[0] = held[0], settings
            for choice in changed(before, settings):
                if choice is Choice.REST:
                    rest.choose_rest(settings.rest_s)
                elif choice is Choice.WATCH:
                    rest.choose_watch(watch=settings.watch)
                else:
                    self._take(choice, settings)

        window.chosen.connect(take)
        window.show()

    def _settings(self, rest: Rest) -> Settings:
        theme = self._theme
        look = self._speech.language.value, theme.scheme.value, theme.percent, theme.density.name
        return Settings(*look, rest.lock_after_s, rest.watch)

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
            case Choice.REST | Choice.WATCH:
                pass
            case _:
                assert_never(choice)
