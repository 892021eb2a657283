"""LineText: one line of plain text, shortened to the room that there is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from .direction import running_on


class LineText(QLabel):
    """Takes the width it is given and asks for none; the whole text is in its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def said(self) -> str:
        """The whole text."""
        return self._said

    def say(self, text: str, more: str = "") -> None:
        """Show a text; `more` is said in the tool tip only."""
        self._said = text
        self.setAccessibleName(text)
        self.setToolTip("\n".join(filter(None, (text, more))))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        right = Qt.TextElideMode.ElideRight
        self.setText(running_on(self.fontMetrics().elidedText(self._said, right, self.width())))
