"""What can be seen, heard and reached in a window: the texts, the names, the room, for the walks of the tests."""

from collections import defaultdict
from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)

from ui.widgets.text import Elided, Text

MOST_CELLS = 400


def texts(root: QWidget) -> Iterator[str]:
    """Walk every text of a window that an officer can see or hear, hidden parts too."""
    for widget in (root, *root.findChildren(QWidget)):
        yield widget.windowTitle()
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
        yield widget.statusTip()
        yield widget.whatsThis()
        yield from _own_texts(widget)
        if isinstance(widget, QMenuBar | QMenu) or widget is root:
            for action in widget.actions():
                yield from (action.text(), action.toolTip(), action.statusTip(), action.whatsThis())
        if isinstance(widget, QMenu):
            yield widget.title()
    yield from heard(root)


def _own_texts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QSpinBox):
        yield from (widget.prefix(), widget.suffix(), widget.specialValueText())
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    elif isinstance(widget, QTableView):
        model = widget.model()
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            for row in range(min(model.rowCount(), MOST_CELLS)):
                yield str(model.index(row, column).data() or "")


def faces(root: QWidget) -> Iterator[QAccessibleInterface]:
    """Walk what assistive technology is offered of a window, as far as it is on show."""
    face = QAccessible.queryAccessibleInterface(root)
    if face is not None:
        yield from _below(face)


def _below(face: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    owner = face.object()
    if isinstance(owner, QWidget) and not owner.isVisibleTo(owner.window()):
        return
    yield face
    for at in range(min(face.childCount(), MOST_CELLS)):
        child = face.child(at)
        if child.isValid():
            yield from _below(child)


def heard(root: QWidget) -> Iterator[str]:
    """Walk what a screen reader would say."""
    for face in faces(root):
        yield face.text(QAccessible.Text.Name)
        yield face.text(QAccessible.Text.Description)


SPOKEN = {
    role
    for role in QAccessible.Role
    if role.name
    in {
        "Button",
        "ButtonMenu",
        "ButtonDropDown",
        "CheckBox",
        "RadioButton",
        "ComboBox",
        "EditableText",
        "SpinBox",
        "Slider",
        "Table",
        "Tree",
        "List",
        "MenuItem",
        "PopupMenu",
        "PageTab",
        "ProgressBar",
        "Dialog",
        "Window",
    }
}


def unnamed(root: QWidget) -> list[str]:
    """Find controls that a screen reader could not name, and controls that are nothing to it."""
    found = []
    for face in faces(root):
        owner = face.object()
        if _inner(owner):
            continue
        name = face.text(QAccessible.Text.Name).strip()
        if face.role() in SPOKEN and not name and not face.state().invisible:
            found.append(f"{face.role().name} {type(owner).__name__} has no name")
        tabs = isinstance(owner, QWidget) and bool(owner.focusPolicy() & Qt.FocusPolicy.TabFocus)
        scrolls = isinstance(owner, QScrollArea) and bool(name)  # Qt has no better role for what only scrolls
        if tabs and not scrolls and face.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client):
            found.append(f"{type(owner).__name__} {name!r} takes the focus and has no role")
    return found


def _inner(owner: object) -> bool:
    """Say whether Qt made this part of a widget for itself."""
    if not isinstance(owner, QWidget):
        return False
    held = owner.parentWidget()
    return (
        owner.objectName().startswith("qt_")
        or isinstance(owner, QHeaderView)
        or (isinstance(owner, QLineEdit) and isinstance(held, QAbstractSpinBox | QComboBox))
    )


def clipped(root: QWidget) -> list[str]:
    """Find words that do not fit into their place, and parts of the window that no scrolling brings into sight."""
    found = []
    window = root.window()
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible() or widget.window() is not window or _foreign(widget):
            continue
        if (lack := _lack(widget)) is not None:
            found.append(lack)
        if _says(widget) and (out := _out_of_reach(widget, window)) is not None:
            found.append(out)
    return found


def _foreign(widget: QWidget) -> bool:
    """Say whether a widget is a part of Qt's own that elides its text itself."""
    return widget.objectName().startswith("qt_") or isinstance(widget, Elided)


def _says(widget: QWidget) -> bool:
    if isinstance(widget, QLabel | QAbstractButton):
        return bool(widget.text())
    return isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox)


def _lack(widget: QWidget) -> str | None:
    metrics = QFontMetrics(widget.font())
    if isinstance(widget, Text):
        if widget.wordWrap():
            need = widget.heightForWidth(widget.width())
            longest = max((metrics.horizontalAdvance(word) for word in widget.text().split()), default=0)
            if longest > widget.width() + 1:
                return f"{widget.text()[:40]!r} has a word of {longest} in {widget.width()}"
            return f"{widget.text()[:40]!r} needs {need} has {widget.height()}" if need > widget.height() + 2 else None
        need = metrics.horizontalAdvance(widget.text().replace("&", ""))
        return f"{widget.text()[:40]!r} needs {need} has {widget.width()}" if need > widget.width() + 1 else None
    if isinstance(widget, QAbstractButton) and widget.text():
        hint = widget.sizeHint()
        if widget.width() < hint.width() - 2 or widget.height() < hint.height() - 2:
            return f"button {widget.text()!r} needs {hint.toTuple()} has {widget.size().toTuple()}"
    if isinstance(widget, QLineEdit):
        need, left = metrics.horizontalAdvance(widget.placeholderText()), widget.width() - 10
        if not widget.text() and need > left:
            return f"placeholder {widget.placeholderText()!r} needs {need} has {left}"
        if metrics.height() > widget.height():
            return f"field of {widget.accessibleName()!r} is {widget.height()} high"
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        option.initFrom(widget)
        room = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget
        )
        need = metrics.horizontalAdvance(widget.currentText())
        if need > room.width():
            return f"choice {widget.currentText()!r} needs {need} has {room.width()}"
    if isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
        for at in range(widget.count()):
            title = str(widget.model().headerData(at, Qt.Orientation.Horizontal) or "")
            need = metrics.horizontalAdvance(title)
            if need > widget.sectionSize(at):
                return f"heading {title!r} needs {need} has {widget.sectionSize(at)}"
    return None


def _out_of_reach(widget: QWidget, window: QWidget) -> str | None:
    """Say when a widget is cut by the window or by a scroll area that does not scroll that way."""
    at: QWidget = widget
    while at is not window and (held := at.parentWidget()) is not None:
        shown = QRect(at.mapTo(held, QPoint(0, 0)), at.size())
        area = held.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is held:
            if shown.width() > held.width() + 1:
                return f"{_called(widget)} lies in a part {shown.width()} wide of which {held.width()} are shown"
            return (
                None if area.verticalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff else "no way down"
            )
        if isinstance(area, QAbstractScrollArea | QAbstractItemView):
            return None
        if not held.rect().adjusted(-1, -1, 1, 1).contains(shown):
            where, room = shown.getRect(), held.rect().getRect()
            return f"{_called(widget)} at {where} is cut by its parent {type(held).__name__} {room}"
        at = held
    return None


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {text[:40]!r}"


def too_large(root: QWidget, width: int, height: int) -> list[str]:
    """Say when a window does not fit into a screen of this size."""
    window = root.window()
    if window.width() <= width and window.height() <= height:
        return []
    return [f"{type(window).__name__} is {window.width()} × {window.height()}"]


def same_keys(root: QWidget) -> list[str]:
    """Say which controls of a window answer to one Alt key: then Qt only goes from one to the next."""
    window = root.window()
    found: dict[str, list[str]] = defaultdict(list)
    kinds = (QAbstractButton, QLabel, QMenuBar)
    for widget in (each for kind in kinds for each in window.findChildren(kind)):
        if widget.isVisible() and widget.isEnabled() and widget.window() is window:
            for text in _keyed(widget):
                if key := QKeySequence.mnemonic(text).toString():
                    found[key].append(text)
    return [f"{key} is {' and '.join(texts)}" for key, texts in found.items() if len(texts) > 1]


def _keyed(widget: QWidget) -> list[str]:
    if isinstance(widget, QMenuBar):
        return [action.text() for action in widget.actions()]
    if isinstance(widget, QLabel):
        buddy = cast("QWidget | None", widget.buddy())  # a label may have none, whatever the stub says
        return [widget.text()] if buddy is not None and buddy.isVisible() else []
    return [widget.text()] if isinstance(widget, QAbstractButton) else []
