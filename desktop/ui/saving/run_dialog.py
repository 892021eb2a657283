"""RunDialog: how far something has come that goes through photos, what came of it, what failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError

from ..look.line_text import LineText
from ..look.page_parts import sentence, title
from ..words.announcement import announce
from ..words.core_texts import say
from ..words.words import breakable
from ..work import Stop, Task, Work

MOST_LISTED = 1000
"""Failures that are shown one by one; more are nobody's to read."""
BAR_PX = 8
SMALL_PX, LARGE_PX = 136, 320
"""How high the dialog is without failures and with some."""


@dataclass(frozen=True, slots=True)
class Step:
    """`count` photos are dealt with; or one was left out, and `error` says why.

    `is_same`: there was nothing to change.
    """

    path: Path | None = None
    file_id: int = 0
    error: AppError | None = None
    count: int = 1
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What a button offers when a run has ended."""

    text: str
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Run:
    """What goes through `total` photos; `said` says what came of so many of them.

    `again` does the same for these files (their ids), which failed. `undo` is the way back, once
    it has ended and if there is one, and `act` something else to do then.
    """

    doing: str
    total: int
    steps: Callable[[Stop], Iterator[Step]]
    said: Callable[[int], str]
    again: Callable[[Sequence[int]], Run] | None = None
    undo: Callable[[], Run | None] | None = None
    act: Act | None = None


class RunDialog(QDialog):
    """Shows a run, and those that follow from it; to close it ends first what runs."""

    ended = Signal()
    """A run has come to its end."""

    def __init__(self, parent: QWidget, work: Work, name: str, run: Run) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self._work = work
        self._task: Task | None = None
        self._done = self._same = 0
        self._is_stopping = False
        self.failed: list[int] = []
        """The files (by their ids) that were left out."""
        self._title = title("")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(BAR_PX)
        self._line = LineText()
        self._reason = sentence()
        self._left_out = QLabel()
        self.list = _make_list(self.tr("Photos that were left out"))
        self.list.setHeaderLabels([self.tr("Photo"), self.tr("Why")])
        self.list.currentItemChanged.connect(self._on_current)
        self._whole_reason = sentence()
        self.undo_button = QPushButton(self.tr("Undo"))
        self.undo_button.clicked.connect(self._undo)
        self.retry_button = QPushButton(self.tr("Retry"))
        self.retry_button.clicked.connect(self._retry)
        self.act_button = QPushButton()
        self.act_button.clicked.connect(self._act)
        self.close_button = QPushButton()
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self._start(run)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.undo_button)
        line.addWidget(self.act_button)
        line.addStretch(1)
        line.addWidget(self.retry_button)
        line.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (self._title, self._bar, self._line, self._reason, self._left_out):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self._whole_reason)
        column.addStretch()
        column.addSpacing(8)
        column.addLayout(line)
        self.resize(480, SMALL_PX)

    @property
    def text(self) -> str:
        """What it says of the run."""
        return self._title.text()

    @property
    def is_running(self) -> bool:
        return self._task is not None

    # While it runs

    def _start(self, run: Run) -> None:
        self.run = run
        self._done = self._same = 0
        self._is_stopping = False
        self.failed.clear()
        self.list.clear()
        self._title.setText(breakable(run.doing))
        self._bar.setRange(0, run.total)
        self._bar.setValue(0)
        self._bar.setAccessibleName(run.doing)
        self._show_line(None)
        self._reason.hide()
        self._task = self._work.follow(
            run.steps, self._on_step, self._on_done, self._on_failed, self._on_cancelled
        )
        self._show_parts()
        self.close_button.setFocus()

    def _on_step(self, step: Step) -> None:
        if step.is_same:
            self._same += step.count
        elif step.error is None:
            self._done += step.count
        else:
            self.failed.append(step.file_id)
            if len(self.failed) <= MOST_LISTED:
                name = step.path.name if step.path else ""
                item = QTreeWidgetItem([name, say(step.error.title_text)])
                item.setToolTip(0, str(step.path or ""))
                item.setToolTip(1, say(step.error.text))
                self.list.addTopLevelItem(item)
        self._bar.setValue(self._passed)
        if not self._is_stopping:
            self._show_line(step.path)

    @property
    def _passed(self) -> int:
        return self._done + self._same + len(self.failed)

    def _show_line(self, path: Path | None) -> None:
        numbers = (self._passed, self.run.total)
        counted = self.tr("{0} of {1}").format(*map(QLocale().toString, numbers))
        self._line.say(f"{counted} · {path.name}" if path else counted)

    # At its end

    def _on_done(self) -> None:
        self._end(is_whole=not self._is_stopping)

    def _on_cancelled(self) -> None:
        self._end(is_whole=False)

    def _on_failed(self, error: AppError) -> None:
        self._reason.setText(breakable(say(error.text)))
        self._reason.show()
        self._end(is_whole=False)

    def _end(self, *, is_whole: bool) -> None:
        self._task = None
        said = self.run.said(self._done)
        text = said if is_whole else self.tr("Stopped. {0}").format(said)
        self._title.setText(breakable(text))
        if self._same and self._reason.isHidden():
            self._reason.setText(self.tr("%Ln photos needed no change.", "", self._same))
            self._reason.show()
        self._left_out.setText(self.tr("%Ln photos were left out:", "", len(self.failed)))
        self._show_parts()
        if self.failed:
            widest = self.list.width() * 2 // 5
            self.list.setColumnWidth(0, min(self.list.sizeHintForColumn(0) + 16, widest))
            if (first := self.list.topLevelItem(0)) is not None:
                self.list.setCurrentItem(first)
            text = f"{text} {self._left_out.text()}"
        announce(self, text)
        self.ended.emit()

    def _show_parts(self) -> None:
        has_ended, run = self._task is None, self.run
        for widget in (self._bar, self._line):
            widget.setVisible(not has_ended)
        has_list = has_ended and bool(self.failed)
        is_other = has_list == self.list.isHidden()
        for part in (self._left_out, self.list, self._whole_reason):
            part.setVisible(has_list)
        self.undo_button.setVisible(has_ended and run.undo is not None and self._done > 0)
        can_retry = has_ended and bool(self.failed) and run.again is not None
        self.retry_button.setVisible(can_retry)
        self.act_button.setVisible(has_ended and run.act is not None and self._done > 0)
        self.act_button.setText(run.act.text if run.act else "")
        self.close_button.setText(self.tr("Close") if has_ended else self.tr("Stop"))
        if is_other and (layout := self.layout()) is not None:
            layout.activate()
            self.resize(self.width(), LARGE_PX if has_list else SMALL_PX)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        """Say all there is to say of one failure, which its line has no room for."""
        self._whole_reason.setText(breakable(item.toolTip(1)) if item is not None else "")

    def _undo(self) -> None:
        if self.run.undo is not None and (run := self.run.undo()) is not None:
            self._start(run)

    def _retry(self) -> None:
        if self.run.again is not None:
            self._start(self.run.again(tuple(self.failed)))

    def _act(self) -> None:
        if self.run.act is not None:
            self.run.act.do()

    def reject(self) -> None:
        """Escape, Stop and Close: end what runs after the photo at work; else go away."""
        if self._task is None:
            super().reject()
        else:
            self._is_stopping = True
            self._line.say(self.tr("Stopping…"))
            self._task.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The same for the window's own button."""
        if self._task is not None:
            event.ignore()
        self.reject()


def _make_list(name: str) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName(name)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.setAllColumnsShowFocus(True)
    return tree
