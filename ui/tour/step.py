"""One step of the tour."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.tour.album import Told


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, how a person does it, what the hands do, what must then hold, which window shows it."""

    name: str
    told: Told
    how: Told
    do: Callable[[], None]
    holds: Callable[[], bool]
    window: Callable[[], QWidget]
