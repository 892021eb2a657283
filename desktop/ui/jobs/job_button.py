"""JobButton: stands beside a job's receipt and takes the job's labels back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.core.events import JobEvent, State

from ..grid.feed import Feed
from ..grid.reader import Tally
from ..look.icons import dress


class JobButton(QToolButton):
    """A menu of one act, so that nobody presses it by mistake; the act can be undone."""

    take_back_asked = Signal(int)
    """All labels that this job (its id) brought are to go."""

    def __init__(self, feed: Feed, line: QWidget) -> None:
        """Stand at the end of `line`."""
        super().__init__(line)
        if (layout := line.layout()) is not None:
            layout.addWidget(self)
        self._job_id = 0
        dress(self, "ellipsis", self.tr("More about this job"))
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.take_back = QAction(self.tr("Undo this job's labels"), self)
        self.take_back.triggered.connect(self._on_take_back)
        menu = QMenu(self)
        menu.addAction(self.take_back)
        self.setMenu(menu)
        self.hide()
        self._feed = feed
        feed.job_started.connect(self.hide)
        feed.job_ended.connect(self._on_job_ended)

    def _on_job_ended(self, event: JobEvent, tally: Tally | None) -> None:
        if self._feed.job_id is None:  # else the line speaks of another one
            self._job_id = event.job_id
            self.setVisible(tally is not None and tally.count(State.DONE) > 0)

    def _on_take_back(self) -> None:
        self.hide()
        self.take_back_asked.emit(self._job_id)
