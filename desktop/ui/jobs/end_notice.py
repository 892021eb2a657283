"""EndNotice: tells of the end of a long job when the window is not in front."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QStyle, QSystemTrayIcon, QWidget

from desktop.core.events import JobEvent, JobState

from ..grid.reader import Tally

LONG_S = 30.0
SHOWN_MS = 10_000


class EndNotice(QObject):
    """A notification of the system where there is one; else the taskbar draws attention.

    The icon that the system asks for is there only as long as the notification.
    """

    def __init__(
        self,
        window: QWidget,
        receipt: Callable[[JobEvent, Tally | None], str],
        *,
        clock: Callable[[], float] = time.monotonic,
        tell: Callable[[str, str], None] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._receipt = receipt
        self._clock = clock
        self._tell = tell or self._tell_system
        self._began: dict[int, float] = {}
        self._icon: QSystemTrayIcon | None = None

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

    def _tell_system(self, title: str, text: str) -> None:
        QApplication.alert(self._window)
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        sign = self._window.windowIcon()
        if sign.isNull():
            sign = self._window.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxInformation)
        if self._icon is None:
            self._icon = QSystemTrayIcon(sign, self)
            self._icon.messageClicked.connect(self._window.activateWindow)
        self._icon.show()
        self._icon.showMessage(title, text, sign, SHOWN_MS)
        QTimer.singleShot(SHOWN_MS, self._icon.hide)
