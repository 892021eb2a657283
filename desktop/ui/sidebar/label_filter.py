"""LabelFilter: the field over the sidebar's labels, in which a part of their names is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_Key = Qt.Key


class LabelFilter(QLineEdit):
    """Escape empties it, Down or Enter goes on to what it has found."""

    left = Signal()
    """The labels that it has found are to have the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("isSlim", True)
        self.setPlaceholderText(self.tr("Filter labels"))
        self.setAccessibleName(self.tr("Filter labels"))
        self.setClearButtonEnabled(True)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == _Key.Key_Escape and self.text():
            self.clear()
        elif key in (_Key.Key_Down, _Key.Key_Return, _Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)
