"""LiveSettings: the settings while the window is open; shown at once, written a moment later."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import AppError
from desktop.core.settings import Settings

WRITE_AFTER_MS = 500
CLOSE_TIMEOUT_S = 0.5
"""Writing takes milliseconds, unless another program holds the file."""


class LiveSettings(QObject):
    """Writes in a thread of its own: a disk may take its time, a window may not."""

    changed = Signal()
    """`now` is another one."""

    def __init__(
        self,
        settings: Settings,
        save: Callable[[Settings], None],
        on_error: Callable[[AppError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.now = settings
        self._save = save
        self._on_error = on_error
        self._written = settings
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="settings")
        self._writing: Future[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write_soon)

    def change(self, **values: Any) -> None:
        """Change some settings; what moves often, a slider say, is written when it rests."""
        now = replace(self.now, **values)
        if now != self.now:
            self.now = now
            self._timer.start()
            self.changed.emit()

    def close(self) -> None:
        """Write what is not written yet, and wait for it, but not for long."""
        self._timer.stop()
        self._write_soon()
        if self._writing is not None:
            wait([self._writing], CLOSE_TIMEOUT_S)
        self._writer.shutdown(wait=False)

    def _write_soon(self) -> None:
        if self.now != self._written:
            self._writing = self._writer.submit(self._write, self.now)
            self._written = self.now

    def _write(self, settings: Settings) -> None:
        try:
            self._save(settings)
        except AppError as error:
            self._on_error(error)
