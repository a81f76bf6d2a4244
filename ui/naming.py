"""Names for what Qt makes by itself and leaves without one: menus of a field, the list of a choice."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QMenu, QWidget

from ui.actions import plain
from ui.language import tr

COMING_AND_GOING = frozenset((QEvent.Type.Show, QEvent.Type.Hide))
"""The kinds of event that `name_when_shown` takes."""


def name_when_shown(watched: QObject, kind: QEvent.Type) -> None:
    """Give a menu or a list that comes up the name a screen reader says."""
    if kind is QEvent.Type.Hide:
        if isinstance(watched, QMenu):
            watched.setAccessibleName("")  # the language may be another one when it comes again
        return
    if isinstance(watched, QMenu):
        watched.setAccessibleName(plain(watched.title()) or tr("Menu"))
    elif isinstance(watched, QAbstractItemView) and (box := _choice_of(watched)) is not None:
        watched.setAccessibleName(box.accessibleName())


def _choice_of(view: QAbstractItemView) -> QComboBox | None:
    held: QWidget | None = view.parentWidget()
    for _ in range(2):  # the list lies in a frame of Qt's own, and that in the choice
        if isinstance(held, QComboBox):
            return held
        held = held.parentWidget() if held is not None else None
    return None
