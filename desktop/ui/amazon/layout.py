"""What the pages are laid out with: a heading, a line of buttons at the end, a busy bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton


def heading(text: str = "") -> QLabel:
    """What the page is about, in the largest letters of it."""
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 1.25)
    font.setBold(True)
    label.setFont(font)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def buttons(*first: QPushButton, last: QPushButton | None = None) -> QHBoxLayout:
    """A line of buttons: what leads elsewhere at its start, what goes on at its end."""
    line = QHBoxLayout()
    line.setSpacing(8)
    for button in first:
        line.addWidget(button)
    line.addStretch(1)
    if last is not None:
        line.addWidget(last)
    return line


def busy_bar() -> QProgressBar:
    """The sign that something goes on that nobody knows the length of."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(8)
    return bar


def account_text(number: str) -> str:
    """An account's number as Amazon's own pages group it: 1234-5678-9012."""
    return "-".join((number[:4], number[4:8], number[8:])) if len(number) == 12 else number
