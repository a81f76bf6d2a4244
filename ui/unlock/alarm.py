"""Who watches while the store is locked, and a count of what rang: no word, no name, no degree of any cable.

It says no more than is known: a ring was made with a key of a session; what it is about was not opened. The bell sounds
for such rings alone, at most once a minute and sixty times in all, so that a line that floods makes no noise; muting
ends with the next opening, when this screen goes.
"""

from collections.abc import Callable
from typing import assert_never

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton

from ui.language import tr, trn
from ui.lines import Sight, Watching
from ui.theme import Ink
from ui.widgets.phrases import View
from ui.widgets.text import Text, Tone

AGAIN_MS = 60_000
MOST = 60
"""Times that the bell sounds between two openings."""


class AlarmLine(View):
    """Shows what the watch counts; `rung` is how often the bell has sounded."""

    def __init__(self, hour: Callable[[int], str]) -> None:
        super().__init__()
        self._hour = hour
        self._watching, self._sight = Watching.NOBODY, Sight()
        self.muted = False
        self.rung = 0
        self.words = Text(Tone.BOLD, wrap=True)
        self.mute_button = QPushButton()
        self.mute_button.setShortcut("Ctrl+Shift+M")
        self.mute_button.clicked.connect(lambda _=False: self.mute())
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._ring)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words, 1)
        line.addWidget(self.mute_button)
        self.dress()

    def show_watching(self, watching: Watching) -> None:
        """Say whether there is a watch at all."""
        self._watching = watching
        self.render_state()

    def show_sight(self, sight: Sight | None) -> None:
        """Show what the watch counts; None when it has ended, and what it had counted stands."""
        if sight is None:
            self._watching = Watching.ENDED
        else:
            self._watching = Watching.ON
            new, self._sight = sight.rings > self._sight.rings, sight
            if new:
                self._alarm()
        self.render_state()

    def mute(self) -> None:
        """Let the bell be silent until the next opening; the count goes on."""
        self.muted = True
        self._again.stop()
        self.render_state()

    def render_state(self) -> None:
        """Say it."""
        self.words.setText(" ".join(each for each in (self._rings(), self._others(), self._who()) if each))
        self.words.colour(Ink.WARN if self._sight.rings else Ink.DIM)
        self.mute_button.setVisible(bool(self._sight.rings))
        self.mute_button.setEnabled(not self.muted)
        self.mute_button.setText(tr("Muted until the next opening") if self.muted else tr("&Mute"))

    def _alarm(self) -> None:
        window = self.window()
        QApplication.alert(window)
        QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))
        if not (self.muted or self._again.isActive()):
            self._ring()
            self._again.start()

    def _ring(self) -> None:
        if self.muted or self.rung >= MOST:
            self._again.stop()
            return
        self.rung += 1
        QApplication.beep()

    def _rings(self) -> str:
        if not self._sight.rings:
            return ""
        return trn(
            self._sight.rings,
            "{n} call about a cable hỏa tốc since the lock, last {time}; not opened, not verified. Unlock to see it.",
            "{n} calls about cables hỏa tốc since the lock, last {time}; not opened, not verified. Unlock to see them.",
            time=self._hour(self._sight.last_at),
        )

    def _others(self) -> str:
        return trn(
            self._sight.others,
            "{n} thing lies in the fast mailbox of which no key here knows who left it.",
            "{n} things lie in the fast mailbox of which no key here knows who left them.",
        ) if self._sight.others else ""  # fmt: skip

    def _who(self) -> str:
        match self._watching:
            case Watching.NOBODY:
                return tr("Nobody watches yet: the watch begins when the store was opened and is locked again.")
            case Watching.OFF:
                return tr("Nobody watches while this is locked: it is switched off in the settings.")
            case Watching.CUT:
                return tr("Nobody watches while this is locked: contact was cut at this machine.")
            case Watching.ENDED:
                return tr("Nobody watches any more: the watch has ended. Unlock to send and fetch.")
            case Watching.ON if self._sight.over:
                return tr("Nobody watches any more: the keys of the watch were for three weeks. Unlock once.")
            case Watching.ON if not self._sight.contact:
                return tr("The fast mailbox is watched, but no relay answers.")
            case Watching.ON:
                return "" if self._sight.rings else tr("The fast mailbox is watched; nothing new since the lock.")
            case _:
                assert_never(self._watching)
