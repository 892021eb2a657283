"""LargePictures: what the photo that is shown large is drawn from: fitted, or every pixel of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from desktop.core.decoding.request import MAX_PIXELS
from desktop.core.photo.details import read_details
from desktop.core.photo.prepare import open_upright

from ..grid.thumbnails import PictureLoader
from ..work import Work

WHOLE_PIXELS = MAX_PIXELS
"""Of the picture that is zoomed into, 4 bytes each. A larger JPEG is shown at half its size or a
quarter."""
LONGEST = QSize(32767, 32767)
"""Qt draws from no larger picture."""
FITTING_BYTES = 75 * 1024 * 1024
"""Fitted pictures kept in memory: this one's and its neighbours' on a large screen."""


class LargePictures(QObject):
    """The picture that fits is decoded with its neighbours' in advance, the whole one only when it
    is zoomed into; of these one at a time is kept.
    """

    arrived = Signal()

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._fitting = PictureLoader(
            _open_fitting, work, threads=1, memory_bytes=FITTING_BYTES, parent=self
        )
        self._whole = PictureLoader(_open_whole, work, threads=1, memory_bytes=1, parent=self)
        for loader in (self._fitting, self._whole):
            loader.arrived.connect(lambda _: self.arrived.emit())

    def want_fitting(self, paths: Sequence[Path], size: QSize, pixel_ratio: float) -> None:
        """Decode these to fit into a place of this size, the first one first."""
        self._fitting.set_box(size, pixel_ratio)
        self._fitting.want(paths)

    def want_whole(self, path: Path) -> None:
        """Decode all that there is of this one."""
        self._whole.set_box(LONGEST, 1.0)
        self._whole.want([path])

    def forget_whole(self) -> None:
        """It is much to keep."""
        self._whole.want([])
        self._whole.set_box(QSize(), 1.0)

    def fitting(self, path: Path) -> QImage | None:
        """The picture that fits, if it has come; a null one when there is none to be had."""
        return self._fitting.get(path)

    def whole(self, path: Path) -> QImage | None:
        """The whole picture, if it has come; a null one when there is none to be had."""
        return self._whole.get(path)


def _open_fitting(path: Path, edge_px: int) -> Image.Image:
    # At most twice as large, so that a quick decoding in eighths does not end up smaller.
    return open_upright(path, max_edge_px=2 * edge_px)


def _open_whole(path: Path, edge_px: int) -> Image.Image:
    details = read_details(path)
    width, height = max(1, details.width), max(1, details.height)
    shape = max(width, height) / min(width, height)
    return open_upright(path, max_edge_px=min(edge_px, int(math.sqrt(WHOLE_PIXELS * shape))))
