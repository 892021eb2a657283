"""What the pages of the settings are made of: headings, sentences, one column."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from .theme import BUTTON, STEP

CHOICE_PX = 27
"""The words of a radio button or a check box begin so far from its start (controls.qss)."""


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


def hint(text: str = "") -> QLabel:
    """What is said of a choice below it: quieter than the choice."""
    label = sentence(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


SIGNS = "•○…✓✗"
"""What stands before a `Point`; words are as far from each of them."""


class Point(QWidget):
    """A line of a list behind its sign: all words begin at one place, also further lines'."""

    def __init__(self, sign: str = "•", text: str = "") -> None:
        super().__init__()
        self._sign, self._words = QLabel(sign), sentence(text)
        widest_px = max(map(self._sign.fontMetrics().horizontalAdvance, SIGNS))
        self._sign.setFixedWidth(max(2 * STEP, widest_px + 2))
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(STEP // 2)
        line.addWidget(self._sign)
        line.addWidget(self._words, 1)

    def show_sign(self, sign: str) -> None:
        """Show another sign."""
        self._sign.setText(sign)

    def say(self, text: str, spoken: str = "") -> None:
        """Show other words; `spoken` says the sign in words, too."""
        self._words.setText(text)
        self._words.setAccessibleName(spoken)


def begin_at_start(label: QLabel) -> None:
    """Let a name that runs from left to right, a file's say, begin where all does in the window."""
    label.setAlignment(
        QStyle.visualAlignment(label.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        | Qt.AlignmentFlag.AlignAbsolute
    )


def set_in(widget: QWidget) -> QHBoxLayout:
    """A line that begins where the words of the choice above it do."""
    line = QHBoxLayout()
    line.addSpacing(CHOICE_PX)
    line.addWidget(widget, 1)
    return line


def scrolling(page: QWidget) -> QScrollArea:
    """The page in an area that scrolls where there is too little room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


def scroll_to(widget: QWidget) -> None:
    """Bring into sight what has just appeared on a page that scrolls, once it has its place."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget, 0, STEP))


def inset(box: QAbstractSpinBox) -> None:
    """Let a number begin a little away from its frame, which a style sheet cannot bring about."""
    box.lineEdit().setTextMargins(STEP - 2, 0, 0, 0)


def level(form: QFormLayout) -> QFormLayout:
    """Set each name beside the middle of its field; by itself it stands a little higher."""
    for row in range(form.rowCount()):
        name = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        if name is not None and (label := name.widget()) is not None:
            label.setMinimumHeight(BUTTON)
    return form


def column_of(page: QWidget) -> QVBoxLayout:
    """The page's layout."""
    column = QVBoxLayout(page)
    column.setContentsMargins(8, 0, 8, 0)
    column.setSpacing(8)
    return column
