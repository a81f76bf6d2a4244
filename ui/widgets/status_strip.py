"""The line at the foot: what waits, how each link stands, what must be noticed, and when the screen locks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton

from secmsg.station.views import LinkState, LinkStatus
from ui.format import countdown, decimal, one_line
from ui.language import tr
from ui.theme import Ink, icon, look
from ui.widgets.flow import FlowRow
from ui.widgets.phrases import View


@dataclass(frozen=True, slots=True)
class Strip:
    """What the line shows; `lock_in` is seconds."""

    outbox: int = 0
    links: tuple[LinkStatus, ...] = ()
    notices: int = 0
    lock_in: int | None = None


def link_word(state: LinkState) -> str:
    """Name a link's state."""
    match state:
        case LinkState.UNTRIED:
            return tr("not tried yet")
        case LinkState.UP:
            return tr("open")
        case LinkState.SLOW:
            return tr("slow")
        case LinkState.DOWN:
            return tr("no contact")
        case LinkState.REFUSED:
            return tr("refuses")
        case LinkState.OFF:
            return tr("switched off")
        case _:
            assert_never(state)


def link_shape(state: LinkState) -> tuple[str, Ink]:
    """Give a shape that no other state has."""
    match state:
        case LinkState.UNTRIED:
            return "cloud", Ink.DIM
        case LinkState.UP:
            return "cloud-check", Ink.GOOD
        case LinkState.SLOW:
            return "cloud-alert", Ink.WARN
        case LinkState.DOWN:
            return "cloud-off", Ink.WARN
        case LinkState.REFUSED:
            return "circle-x", Ink.WARN
        case LinkState.OFF:
            return "power", Ink.DIM
        case _:
            assert_never(state)


def link_line(link: LinkStatus) -> str:
    """Say how a link stands, with the time of a round trip."""
    text = f"{one_line(link.name)}: {link_word(link.state)}"
    said = link.round_trip_s is not None and link.round_trip_s >= 0.05  # below it would read "0,0 s"
    if said and link.round_trip_s is not None and link.state in (LinkState.UP, LinkState.SLOW):
        text += f", {decimal(link.round_trip_s, 1 if link.round_trip_s < 10 else 0)} s"
    return text


class StatusStrip(View):
    """Focusable flat buttons; `link_asked` carries a LinkStatus, the others the strip itself."""

    outbox_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # a Signal becomes a SignalInstance
    link_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    notices_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above
    lock_asked: SignalInstance = Signal(object)  # type: ignore[assignment]  # as above

    def __init__(self) -> None:
        super().__init__()
        self.strip = Strip()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.outbox_button = self._button(lambda: self.outbox_asked.emit(self))
        self.notices_button = self._button(lambda: self.notices_asked.emit(self))
        self.lock_button = self._button(lambda: self.lock_asked.emit(self))
        self.link_buttons: list[QToolButton] = []
        self._line = FlowRow(self.outbox_button, self.notices_button)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(4, 1, 4, 1)
        whole.addWidget(self._line, 1)
        whole.addWidget(self.lock_button, 0, Qt.AlignmentFlag.AlignTop)
        self.render_state()

    def show_strip(self, strip: Strip) -> None:
        """Show new values."""
        if strip != self.strip:
            self.strip = strip
            self.render_state()

    def render_state(self) -> None:
        """Show the values."""
        strip = self.strip
        waits = tr("Outbox: {n}", n=strip.outbox) if strip.outbox else tr("Outbox empty")
        self._show(self.outbox_button, "hourglass", Ink.TEXT, waits)
        self.notices_button.setVisible(strip.notices > 0)
        self._show(self.notices_button, "shield-alert", Ink.WARN, tr("Notices: {n}", n=strip.notices))
        self.lock_button.setVisible(strip.lock_in is not None)
        self._show(self.lock_button, "lock", Ink.DIM, tr("Locks in {time}", time=countdown(strip.lock_in or 0)))
        while len(self.link_buttons) > len(strip.links):
            gone = self.link_buttons.pop()
            self._line.take_out(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.link_buttons) < len(strip.links):
            at = len(self.link_buttons)
            button = self._button(partial(self._ask_link, at))
            self._line.add(button)
            self.link_buttons.append(button)
        for button, link in zip(self.link_buttons, strip.links, strict=True):
            name, ink = link_shape(link.state)
            self._show(button, name, ink, link_line(link))
        self._line.refit()

    def _ask_link(self, at: int) -> None:
        self.link_asked.emit(self.strip.links[at])

    def _show(self, button: QToolButton, name: str, ink: Ink, text: str) -> None:
        button.setIcon(icon(name, ink))
        button.setIconSize(QSize(look().icon, look().icon))
        button.setText(text.replace("&", "&&"))
        button.setAccessibleName(text)

    def _button(self, do: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(lambda _=False: do())
        return button
