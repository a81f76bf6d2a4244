"""Remembers which words and icons a widget was given, to give them again in another language or look."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from ui.language import tr
from ui.theme import Ink, icon


@dataclass(frozen=True, slots=True)
class _Picture:
    give: Callable[[QIcon], object]
    name: str
    ink: Ink


class Phrases:
    """The fixed words and icons of one widget."""

    def __init__(self) -> None:
        self._said: list[tuple[Callable[[str], object], str]] = []
        self._drawn: list[_Picture] = []

    def say(self, give: Callable[[str], object], source: str) -> None:
        """Give the words now and after every change of language."""
        self._said.append((give, source))
        give(tr(source))

    def draw(self, give: Callable[[QIcon], object], name: str, ink: Ink = Ink.TEXT) -> None:
        """Give the icon now and after every change of look."""
        self._drawn.append(_Picture(give, name, ink))
        give(icon(name, ink))

    def repeat(self) -> None:
        """Say everything again."""
        for give, source in self._said:
            give(tr(source))

    def redraw(self) -> None:
        """Draw everything again."""
        for picture in self._drawn:
            picture.give(icon(picture.name, picture.ink))


class View(QWidget):
    """A widget whose words follow the language and whose icons follow the look.

    `render_state` puts what changes (counts, names, times) into the widgets; both changes call it again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.phrases = Phrases()

    def render_state(self) -> None:
        """Show the state held; the base has none."""

    def dress(self) -> None:
        """Take the look in force."""
        self.phrases.redraw()
        self.render_state()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.phrases.repeat()
            self.render_state()
