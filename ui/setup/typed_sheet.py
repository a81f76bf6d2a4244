"""What the pages share on which the groups of a recovery sheet are typed."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.language import mark
from ui.setup.page import PageView
from ui.theme import look, mono

LINES = 5


class TypedSheetPage(PageView):
    """A page that ends with the field for the groups; what comes above it is put there before `end_with_groups`."""

    def __init__(self) -> None:
        super().__init__()
        self.groups = QPlainTextEdit()
        self.groups.setTabChangesFocus(True)

    def end_with_groups(self) -> None:
        """Put the field at the end of the column."""
        self.labelled(mark("&Groups of the recovery sheet"), self.groups)
        self.column.addStretch(1)
        self.dress()

    @property
    def given(self) -> str:
        """What is typed."""
        return self.groups.toPlainText().strip()

    def first(self) -> QWidget:
        """Begin at the groups."""
        return self.groups

    def forget(self) -> None:
        """Empty the groups."""
        self.groups.clear()

    def dress(self) -> None:
        """Take the look in force."""
        self.groups.setFont(mono())
        self.groups.setFixedHeight(look().px(24) * LINES)
        super().dress()
