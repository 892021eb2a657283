"""LiveSettings: the settings while the window is open; shown at once, written a moment later.

What another process writes, a shell or a second window, is shown as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import AppError
from desktop.core.settings import Settings

from .work import Work

WRITE_AFTER_MS = 500
LOOK_EVERY_MS = 2000
"""How soon another process's change is shown; to look costs one `stat`."""


class LiveSettings(QObject):
    """Writes in a lane of its own: a disk may take its time, a window may not."""

    changed = Signal()
    """`now` is another one."""

    def __init__(
        self,
        settings: Settings,
        save: Callable[[Settings], None],
        read: Callable[[], Settings | None],
        on_error: Callable[[AppError], None],
        work: Work,
    ) -> None:
        """`read` gives what is kept, and None when nobody has written it since the last look."""
        super().__init__()
        self.now = settings
        self._save = save
        self._read = read
        self._on_error = on_error
        self._written = settings
        self._lane = work.lane("settings")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write_soon)
        looks = QTimer(self)
        looks.setInterval(LOOK_EVERY_MS)
        looks.timeout.connect(self._look)
        looks.start()

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

    def _look(self) -> None:
        written = self._written
        self._lane.run(lambda _: self._read(), lambda kept: self._adopt(kept, written))

    def _adopt(self, kept: Settings | None, written: Settings) -> None:
        """Take over what somebody else has changed, unless it is changed here, too.

        The connection is the set-up's to tell of. `written` is what was known to be kept when this
        was asked for: where this window has written since, the next look tells.
        """
        if kept is None or written != self._written:
            return
        names = {field.name for field in fields(Settings)} - {"connection"}
        theirs = {
            name: getattr(kept, name)
            for name in names
            if getattr(kept, name) != getattr(written, name)
        }
        here = {n: v for n, v in theirs.items() if getattr(self.now, n) == getattr(written, n)}
        self._written = replace(written, **theirs)
        if here:
            self.now = replace(self.now, **here)
            self.changed.emit()

    def _write_soon(self) -> None:
        if self.now != self._written:
            settings = self._written = self.now
            self._lane.run(lambda _: self._save(settings), failed=self._on_error, writes=True)
