"""SearchBox: words to look for in labels and names, taken while they are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ..look.theme import ICON, STEP
from .suggestion_list import SuggestionList

LEAST_SEARCH_PX = 120


class SearchBox(QLineEdit):
    """Tells what is typed; searching it is not its business."""

    approached = Signal()
    """It has the keyboard now: a person is going to type."""
    left = Signal()
    """The person is done with typing: the images should have the keyboard."""
    entered = Signal()
    """The person wants to go on with what was found, or with what is offered instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Search labels and names"))
        self.setToolTip(
            self.tr(
                "dog beach: both\n"
                "dog or cat: one of them\n"
                "dog -cat: without cat\n"
                '"polar bear": this label, or this in the name or in a text\n'
                "july 2024, last summer: taken then\n"
                "folder:holiday, is:mine: in such a folder, with your labels\n"
                "explicit: flagged as explicit"
            )
        )
        self.setClearButtonEnabled(True)
        self.setMinimumSize(LEAST_SEARCH_PX, 30)
        self.setMaximumWidth(420)
        self.suggestions = SuggestionList(self)
        self.begin = QAction(self.tr("Search"), self)
        self.begin.setShortcut(QKeySequence.StandardKey.Find)
        self.begin.triggered.connect(self._begin)

    @property
    def words_px(self) -> int:
        """How wide it has to be to say what it looks for."""
        words = self.fontMetrics().horizontalAdvance(self.accessibleName())
        return words + 2 * (ICON + 4 * STEP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what it is for in one word where there is no room for more."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.words_px
        self.setPlaceholderText(self.accessibleName() if is_wide else self.tr("Search"))

    def begin_with(self, text: str) -> None:
        """Begin another search with what was typed elsewhere."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear()
        self.insert(text)

    def _begin(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.approached.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the suggestions, empties the box, then leaves it; Enter and Down go on."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.suggestions.is_open:
            self.suggestions.close()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.suggestions.take_chosen():
                self.suggestions.close()
                self.entered.emit()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
