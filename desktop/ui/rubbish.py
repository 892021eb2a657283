"""Rubbish: cyclic rubbish is collected in the GUI thread and in no other.

Python collects in whichever thread happens to pass its threshold. Where a worker finds a dead part
of the window, Qt holds a lock of its own and waits for Python, while the GUI thread has Python and
waits for that lock: the window stands still for ever. Counting references goes on as ever.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 500
FULL_EVERY_S = 30.0
"""How often all generations are looked through at most: with a large library that takes longest."""


class Rubbish(QObject):
    """Takes the collecting over from Python, as a rule for as long as the process lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._full_at = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)

    def stop(self) -> None:
        """Leave it to Python again; nothing of the window is left that could be found."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    def look(self) -> None:
        """Collect those generations that Python would."""
        young, middle, old = (
            count > threshold
            for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        now = time.monotonic()
        if old and now - self._full_at > FULL_EVERY_S:
            gc.collect()
            self._full_at = time.monotonic()
        elif middle:
            gc.collect(1)
        elif young:
            gc.collect(0)
