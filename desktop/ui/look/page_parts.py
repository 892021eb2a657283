"""What the pages of the settings are made of: headings, sentences, one column."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from .theme import STEP


def title(text: str) -> QLabel:
    """The heading of a page or of a part of one."""
    label = QLabel(text)
    label.setWordWrap(True)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def sentence(text: str = "") -> QLabel:
    """Plain words that wrap and can be copied with the mouse."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def scrolling(page: QWidget) -> QScrollArea:
    """The page in an area that scrolls where there is too little room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


def inset(box: QAbstractSpinBox) -> None:
    """Let a number begin a little away from its frame, which a style sheet cannot bring about."""
    box.lineEdit().setTextMargins(STEP - 2, 0, 0, 0)


def column_of(page: QWidget) -> QVBoxLayout:
    """The page's layout."""
    column = QVBoxLayout(page)
    column.setContentsMargins(8, 0, 8, 0)
    column.setSpacing(8)
    return column
