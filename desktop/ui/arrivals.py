"""Arrivals: photos that other programs hand to the window, from its process's first moment on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

Listener = Callable[[Sequence[Path], bool], object]
"""Gets photos, perhaps none, and whether the person is to be asked for some."""


class Arrivals:
    """Takes what comes, and keeps it until there is a window that listens.

    A later start has ended by then, and the system does not say again what was to be opened: what
    was taken here is nowhere else.
    """

    def __init__(self) -> None:
        self._kept: list[Path] | None = None
        self._asks = False
        self._listener: Listener | None = None

    def take(self, paths: Sequence[Path]) -> None:
        """Somebody wants the window in front, with these photos, perhaps none."""
        if self._listener is not None:
            self._listener(paths, False)
        else:
            self._kept = [*(self._kept or ()), *paths]

    def ask(self) -> None:
        """Somebody wants to be asked for photos."""
        if self._listener is not None:
            self._listener([], True)
        else:
            self._asks = True

    def listen(self, listener: Listener) -> None:
        """Tell of what has come, all in one, and from here on of what comes."""
        self._listener = listener
        kept, asks = self._kept, self._asks
        self._kept, self._asks = None, False
        if kept is not None or asks:
            listener(kept or [], asks)
