"""Bridge: carries what other threads tell to the GUI thread, many at a time."""

from __future__ import annotations

import queue
import threading

from PySide6.QtCore import QObject, QTimer, Signal

INTERVAL_MS = 50
"""How long tellings are gathered. One signal each would freeze the window in a large job."""


class Bridge(QObject):
    """`tell` may be called from any thread; `received` hands over a list in the GUI thread.

    The first telling after a pause wakes a timer, so an idle window costs nothing.
    """

    received = Signal(list)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None, *, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._awake = False
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self.drain)
        self._woken.connect(self._timer.start)

    def tell(self, thing: object) -> None:
        """Queue one thing; never waits and, after `close`, does nothing."""
        self._queue.put(thing)
        with self._lock:
            if self._awake or self._closed:
                return
            self._awake = True
            self._woken.emit()

    def close(self) -> None:
        """From here on no thread touches Qt through this bridge."""
        with self._lock:
            self._closed = True
        self._timer.stop()

    def drain(self) -> None:
        """Hand over now what was told until now; in the GUI thread."""
        with self._lock:
            self._awake = False
            if self._closed:  # a thread may have woken the timer just before
                return
        batch = []
        while True:
            try:
                batch.append(self._queue.get_nowait())
            except queue.Empty:
                break
        if batch:
            self.received.emit(batch)
