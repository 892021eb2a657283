"""What the pages of the settings are made of: headings, sentences, one column."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


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


def column_of(page: QWidget) -> QVBoxLayout:
    """The page's layout."""
    column = QVBoxLayout(page)
    column.setContentsMargins(8, 0, 8, 0)
    column.setSpacing(8)
    return column
