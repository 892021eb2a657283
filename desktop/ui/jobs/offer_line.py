"""OfferLine: asks in one line whether to label again what an older model has labelled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ..words.announcement import announce
from .older_labels import OlderLabels


class OfferLine(QFrame):
    """Takes no keys by itself; `leave` is called when it goes away with the keyboard in it."""

    def __init__(self, older: OlderLabels, leave: Callable[[], object]) -> None:
        super().__init__()
        self._older = older
        self._leave = leave
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.keep_button = QPushButton(self.tr("Keep old labels"))
        self.keep_button.setToolTip(
            self.tr("You can still label them again later, in Settings under Labelling.")
        )
        self.keep_button.clicked.connect(older.refuse)
        self.again_button = QPushButton(self.tr("Label again"))
        self.again_button.setToolTip(
            self.tr("On this computer, for free. What you confirmed, removed or added stays.")
        )
        self.again_button.clicked.connect(older.label_again)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self._text, 1)
        line.addWidget(self.keep_button)
        line.addWidget(self.again_button)
        self.hide()
        older.changed.connect(self._show_offer)

    @property
    def text(self) -> str:
        """What the line says; empty when it asks nothing."""
        return "" if self.isHidden() else self._text.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the keyboard back; the line stays."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _show_offer(self) -> None:
        text = "" if self._older.is_refused else self._older.text
        if text == self.text:
            return
        had_keys = self.isAncestorOf(self.window().focusWidget() or self)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.again_button.setAccessibleDescription(text)
        self.setVisible(bool(text))
        if text:
            announce(self, text)
        elif had_keys:
            self._leave()
