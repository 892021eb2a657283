"""NoteLine: says in one quiet line what was just done, with one button, and goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from ..look.line_text import LineText
from ..words.announcement import announce
from ..words.words import without_key
from .acts import Act

STAYS_MS = 10_000


class NoteLine(QWidget):
    """Nothing depends on it: what its button does can be done elsewhere, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act: Act | None = None
        self._text = LineText()
        self._button = QPushButton()
        self._button.clicked.connect(self._on_act)
        close = QToolButton()
        close.setAutoRaise(True)
        close.setText("✕")
        close.setAccessibleName(self.tr("Close this note"))
        close.setToolTip(self.tr("Close"))
        close.clicked.connect(self.clear)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.setSpacing(8)
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        line.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self._on_rest)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now; empty when there is nothing to say."""
        return self._text.said if not self.isHidden() else ""

    @property
    def act(self) -> Act | None:
        """What the button does."""
        return self._act

    def show_note(self, text: str, act: Act | None = None) -> None:
        """Say something in place of what was said before."""
        self._act = act
        self._text.say(text)
        self._button.setVisible(act is not None)
        self._button.setText(without_key(act.text) if act else "")
        self.setAccessibleName(text)
        self.show()
        self._timer.start()
        announce(self, text)

    def clear(self) -> None:
        self._act = None
        self._timer.stop()
        self.hide()

    def _on_rest(self) -> None:
        if self.underMouse() or self._button.hasFocus():
            self._timer.start()  # someone is about to press the button
        else:
            self.clear()

    def _on_act(self) -> None:
        act = self._act
        self.clear()
        if act:
            act.do()
