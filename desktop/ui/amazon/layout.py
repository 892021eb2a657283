"""What the pages are laid out with: a heading, lines that stack, a form, a busy bar."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..look.page_parts import column_of, scrolling
from ..look.theme import STEP, TITLE, sized

LEAST_LETTERS = 20
"""For how many letters of a text there is room beside something else at least."""


def heading(text: str = "") -> QLabel:
    """What the page is about, in the largest letters of it."""
    label = QLabel(text)
    label.setFont(sized(label.font(), TITLE, is_bold=True))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


class Line(QHBoxLayout):
    """Things beside each other; where there is no room for that, below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(8)

    def minimumSize(self) -> QSize:
        least = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in least), default=0),
            max((size.height() for size in least), default=0),
        )

    def maximumSize(self) -> QSize:
        """As large as may be; stacked, it would else be no wider than a field of a fixed size."""
        return QLayout.maximumSize(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        spare = width - self._least_width()
        if spare >= 0:  # a text that wraps takes what the others leave
            heights = [_height(item, item.minimumSize().width() + spare) for item in self._shown()]
            return max(heights, default=0)
        heights = [_height(item, width) for item in self._shown()]
        return sum(heights) + self.spacing() * (len(heights) - 1)

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def setGeometry(self, rect: QRect) -> None:
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.setDirection(beside if self._least_width() <= rect.width() else below)
        super().setGeometry(rect)

    def _least_width(self) -> int:
        widths = [item.minimumSize().width() for item in self._shown()]
        return sum(widths) + self.spacing() * (len(widths) - 1)

    def _shown(self) -> list[QLayoutItem]:
        items = (self.itemAt(place) for place in range(self.count()))
        return [item for item in items if item is not None and not item.isEmpty()]


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.minimumSize().height()


def lines_above(page: QWidget, foot: QLayout | None) -> QVBoxLayout:
    """The lines of a page, which scroll; the foot, where it goes on, stays in sight below them."""
    body = QWidget()
    whole = QVBoxLayout(page)
    whole.setContentsMargins(STEP, 0, 0, 0)
    whole.setSpacing(STEP)
    whole.addWidget(scrolling(body), 1)
    if foot is not None:
        whole.addLayout(foot)
    lines = column_of(body)
    lines.setContentsMargins(0, 0, STEP, 0)
    return lines


def buttons(*first: QPushButton, last: QPushButton | None = None) -> Line:
    """A line of buttons: what leads elsewhere at its start, what goes on at its end."""
    line = Line()
    for button in first:
        line.addWidget(button)
    line.addStretch(1)
    if last is not None:
        line.addWidget(last)
    return line


def rows(pairs: Iterable[tuple[QWidget, QWidget]]) -> QVBoxLayout:
    """What belongs together beside each other, in two columns; below each other without room."""
    pairs = list(pairs)
    column = QVBoxLayout()
    column.setSpacing(8)
    width = max(first.sizeHint().width() for first, _ in pairs)
    for first, second in pairs:
        first.setMinimumWidth(width)
        line = Line()
        line.addWidget(first)
        if isinstance(second, QLabel):
            second.setMinimumWidth(LEAST_LETTERS * second.fontMetrics().averageCharWidth())
            line.addWidget(second, 1)
        else:
            line.addWidget(second)
            line.addStretch(1)
        column.addLayout(line)
    return column


def form() -> QFormLayout:
    """Fields beside their names; where there is no room for that, below them."""
    layout = QFormLayout()
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return layout


def busy_bar(name: str) -> QProgressBar:
    """The sign that something goes on that nobody knows the length of; `name` says what."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(8)
    bar.setAccessibleName(name)
    return bar


def account_text(number: str) -> str:
    """An account's number as Amazon's own pages group it: 1234-5678-9012."""
    return "-".join((number[:4], number[4:8], number[8:])) if len(number) == 12 else number
