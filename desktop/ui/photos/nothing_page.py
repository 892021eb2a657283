"""NothingPage: what is to be seen when no photo matches, and what to do then."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.core.library.catalog import Query


class NothingPage(QWidget):
    """Stands in the place of the grid."""

    show_all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._title, self._text = QLabel(), QLabel()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self._title.setFont(font)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        show_all = QPushButton(self.tr("Show all photos"))
        show_all.clicked.connect(self.show_all_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addWidget(show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    @property
    def title(self) -> str:
        """What is the case."""
        return self._title.text()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_query(self, query: Query) -> None:
        """Say why nothing is found, and what helps."""
        if query.place == "failed" and not (query.terms or query.labels or query.folder):
            self._title.setText(self.tr("No photo failed"))
            self._text.setText(self.tr("Every photo could be read and labelled."))
            return
        if query.place == "review" and not (query.terms or query.labels or query.folder):
            self._title.setText(self.tr("Nothing to review"))
            self._text.setText(self.tr("Every labelled photo has a label that is likely right."))
            return
        if query == Query(place="favourites"):
            self._title.setText(self.tr("No favourites yet"))
            self._text.setText(self.tr("Choose photos and click the star below their labels."))
            return
        self._title.setText(self.tr("No photo matches"))
        advice = [self.tr("Move the slider towards More to include less certain labels.")]
        if query.terms:
            advice.insert(0, self.tr("Try fewer words, or only the beginning of a word."))
        if query.without or any(term.is_excluded for term in query.terms):
            advice.append(self.tr("You may have left out too much."))
        self._text.setText("\n".join(advice))
