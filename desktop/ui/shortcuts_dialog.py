"""ShortcutsDialog: what the keys do, read from the window's own actions."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)


def shortcuts_of(window: QWidget) -> list[tuple[str, str]]:
    """(what is done, its keys as people write them) for every action that has keys, by name."""
    native = QKeySequence.SequenceFormat.NativeText
    found: dict[str, list[str]] = {}
    for action in window.findChildren(QAction):
        keys = [key.toString(native) for key in action.shortcuts() if not key.isEmpty()]
        name = action.text().replace("&", "").rstrip("…")
        if name and keys:
            known = found.setdefault(name, [])
            known += [key for key in keys if key not in known]
    return sorted((name, ", ".join(keys)) for name, keys in found.items())


class ShortcutsDialog(QDialog):
    """A list to look something up in, beside the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(440, 480)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        for name, keys in shortcuts_of(window):
            self.list.addTopLevelItem(QTreeWidgetItem([name, keys]))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.list)
        column.addWidget(buttons)
