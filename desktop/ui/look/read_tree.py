"""ReadTree: a tree whose lines are read in a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItemIterator

from ..work import Stop, Task, Work

T = TypeVar("T")


class ReadTree(QTreeWidget):
    """Shows what was asked for last; what was asked before that is dropped.

    After a change it rests `wait_ms`, as more may follow, and then calls `read`, which subclasses
    make of `show_read`. It is `lines` high at least.
    """

    between = " "
    """What stands between the columns in `lines`."""

    def __init__(self, work: Work, *, wait_ms: int, lines: int) -> None:
        super().__init__()
        self._work = work
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(wait_ms)
        self._timer.timeout.connect(self.read)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMinimumHeight((self.fontMetrics().height() + 6) * lines)

    def read(self) -> None:
        """Read what is to be shown."""
        raise NotImplementedError

    def read_soon(self) -> None:
        """Read a moment later."""
        self._timer.start()

    def show_read(self, do: Callable[[Stop], T], show: Callable[[T], object]) -> None:
        """Do it in a thread and show what came of it, unless something else is asked for."""
        self.close_down()
        self._task = self._work.run(do, show)

    def close_down(self) -> None:
        """Read nothing more: nobody will see it."""
        self._timer.stop()
        if self._task is not None:
            self._task.drop()

    @property
    def lines(self) -> list[str]:
        """What it says, line by line."""
        found, walk = [], QTreeWidgetItemIterator(self)
        while item := walk.value():
            texts = (item.text(column) for column in range(self.columnCount()))
            found.append(self.between.join(filter(None, texts)))
            walk += 1
        return found
