"""File dialogs of our own: the desktop's would remember what was opened, and would not follow our language."""

import os

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QFileInfo,
    QModelIndex,
    QPersistentModelIndex,
    QSettings,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFileIconProvider,
    QFileSystemModel,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ui.language import tr

DATE_COLUMN = 3


def keep_nothing() -> None:
    """Let Qt write no settings: a file dialog would note in clear where the officer has been."""
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, os.devnull)


class _Icons(QFileIconProvider):
    """Names kinds of files in our words: the system's list of kinds speaks its own language."""

    def type(self, info: QFileInfo) -> str:
        """Give the kind by the ending."""
        if info.isDir():
            return tr("Folder")
        return tr("{ending} file", ending=info.suffix().upper()) if info.suffix() else tr("File")


class _Dates(QStyledItemDelegate):
    """Writes when a file was changed as every other moment is written, with its zone."""

    def __init__(self, model: QFileSystemModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._files = model

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Put our own text into the cell."""
        super().initStyleOption(option, index)
        if isinstance(index, QModelIndex):
            option.text = self._files.lastModified(index).toString("dd/MM/yyyy HH:mm t")


class FileDialog(QFileDialog):
    """Asks for files or a folder; `title` is a source string of the catalogue. It knows no earlier visits."""

    def __init__(self, parent: QWidget, title: str, mode: QFileDialog.FileMode) -> None:
        super().__init__(parent)
        self._source = title
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
        self.setFileMode(mode)
        self.setOption(QFileDialog.Option.ShowDirsOnly, mode is QFileDialog.FileMode.Directory)
        self.setHistory([])
        self._icons = _Icons()
        self.setIconProvider(self._icons)
        self._name()
        for tree in self.findChildren(QTreeView):
            tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            if isinstance(model := tree.model(), QFileSystemModel):
                tree.setItemDelegateForColumn(DATE_COLUMN, _Dates(model, tree))
        self.setWindowTitle(tr(title))

    def _name(self) -> None:
        """Name what Qt names once and for all: the button and the places."""
        verb = "&Choose" if self.fileMode() is QFileDialog.FileMode.Directory else "&Open"
        self.setFileMode(self.fileMode())  # what is shown is named by it
        self.setLabelText(QFileDialog.DialogLabel.Accept, QCoreApplication.translate("QFileDialog", verb))
        self.setSidebarUrls([QUrl("file:"), QUrl.fromLocalFile(self.directory().homePath())])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setWindowTitle(tr(self._source))
            QTimer.singleShot(0, self, self._name)  # after the buttons have named themselves
