"""SearchBox: words to look for in labels and names, taken while they are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class SearchBox(QLineEdit):
    """Tells what is typed; searching it is not its business."""

    left = Signal()
    """The person is done with typing: the images should have the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search labels and names"))
        self.setAccessibleName(self.tr("Search labels and names"))
        self.setToolTip(
            self.tr(
                'dog beach: both\n"polar bear": this label, or this in the name or in a text\n'
                "dog -cat: without cat\n"
                "explicit: flagged as explicit"
            )
        )
        self.setClearButtonEnabled(True)
        self.setMinimumSize(120, 30)
        self.setMaximumWidth(420)
        self.begin = QAction(self.tr("Search"), self)
        self.begin.setShortcut(QKeySequence.StandardKey.Find)
        self.begin.triggered.connect(self._begin)

    def _begin(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def begin_with(self, text: str) -> None:
        """Search for what a person begins to type elsewhere."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the box, then leaves it; Enter and Down go to what was found."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
