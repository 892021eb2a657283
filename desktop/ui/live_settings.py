"""LiveSettings: the settings while the window is open; shown at once, written a moment later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import AppError
from desktop.core.settings import Settings

from .work import Work

WRITE_AFTER_MS = 500


class LiveSettings(QObject):
    """Writes in a lane of its own: a disk may take its time, a window may not."""

    changed = Signal()
    """`now` is another one."""

    def __init__(
        self,
        settings: Settings,
        save: Callable[[Settings], None],
        on_error: Callable[[AppError], None],
        work: Work,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.now = settings
        self._save = save
        self._on_error = on_error
        self._written = settings
        self._lane = work.lane("settings")
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
        """Ask for what is not written yet; `Work.close` waits for it, but not for long."""
        self._timer.stop()
        self._write_soon()

    def _write_soon(self) -> None:
        if self.now != self._written:
            settings = self._written = self.now
            self._lane.run(lambda _: self._save(settings), failed=self._on_error, writes=True)
