"""EndNotice: tells of the end of a long job when the window is not in front."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.core.events import JobEvent, JobState

from ..grid.reader import Tally

LONG_S = 30.0


class EndNotice(QObject):
    """`tell` says a title and a text beside the window."""

    def __init__(
        self,
        window: QWidget,
        receipt: Callable[[JobEvent, Tally | None], str],
        *,
        tell: Callable[[str, str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._receipt = receipt
        self._clock = clock
        self._tell = tell
        self._began: dict[int, float] = {}

    def on_started(self, job_id: int) -> None:
        """A job has begun."""
        self._began[job_id] = self._clock()

    def on_ended(self, event: JobEvent, tally: Tally | None) -> None:
        """A job has ended, be it that the next one runs already."""
        began = self._began.pop(event.job_id, self._clock())
        if self._clock() - began < LONG_S or self._window.isActiveWindow():
            return
        has_stopped = event.state is JobState.STOPPED
        title = self.tr("Labelling stopped") if has_stopped else self.tr("Labelling finished")
        self._tell(title, self._receipt(event, tally))
