"""Door: lets into the window what other programs bring, what comes within a moment as one drop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from .front import come_forward

GATHER_MS = 500
"""Explorer starts the program anew for each photo that is opened with it; 15 starts one after the
other are rarely this far apart."""


class Door(QObject):
    """Nothing goes in before `begin`."""

    def __init__(
        self,
        window: QWidget,
        add: Callable[[Sequence[Path]], object],
        ask: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window, self._add, self._ask = window, add, ask
        self._gathered: list[Path] = []
        self._has_begun = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self._let_in)

    def begin(self, paths: Sequence[Path]) -> None:
        """Let in what the program was started with, and all that has come until now."""
        self._has_begun = True
        self._gathered += paths
        self._let_in()

    def take(self, paths: Sequence[Path], asks: bool) -> None:
        """The program was asked for once more: this window is the one to see, with these photos.

        With `asks`, the person is asked for some.
        """
        come_forward(self._window)
        self._gathered += paths
        if self._gathered and self._has_begun:
            self._timer.start()
        if asks and QApplication.activeModalWidget() is None:  # else it is asking already
            self._ask()

    def _let_in(self) -> None:
        gathered, self._gathered = self._gathered, []
        if gathered:
            self._add(gathered)
