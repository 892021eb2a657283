"""PictureLoader: decodes pictures away from the GUI thread, newest wish first, within bounds."""

from __future__ import annotations

import logging
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PIL import Image, _imaging
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from desktop.core.errors import ImageError
from desktop.core.job.priority import give_way

from ..work import Stop, Work

log = logging.getLogger(__name__)

STRIP_BYTES = 1 << 20
PIXEL = "BGRX" if sys.byteorder == "little" else "XRGB"
"""How Qt keeps the pixels of Format_RGB32 in memory."""
MEMORY_BYTES = 64 * 1024 * 1024
"""Pictures kept in memory: about ten screens of thumbnails."""

Load = Callable[[Path, int], Image.Image]
"""Decodes one file for a place with so many pixels on its long edge; raises ImageError when it
holds no picture."""

Box = tuple[QSize, float]
"""The place that a picture has to fit into, and how many pixels of the screen are one there."""

Decoded = tuple[Path, Box, QImage | None]
"""A file, the box that its picture was made for, and the picture; None when the file is gone."""


class PictureLoader(QObject):
    """`want` says what is to be seen now; `get` returns what has come; `arrived` tells of more.

    A new wish replaces the ones before it, so that what was scrolled past is never decoded.
    """

    arrived = Signal(list)
    """The paths (Path) whose pictures have come, or turned out to be broken."""

    def __init__(
        self,
        load: Load,
        work: Work,
        *,
        threads: int,
        memory_bytes: int = MEMORY_BYTES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._load = load
        self._memory_bytes = memory_bytes
        self._held_bytes = 0
        self._pictures: OrderedDict[Path, QImage] = OrderedDict()
        self._box: Box = (QSize(), 1.0)
        self._wishes: list[Path] = []  # the next one last
        self._under_way: set[tuple[Path, Box]] = set()
        self._gone: set[Path] = set()
        self._lock = threading.Lock()
        self._lanes = [work.lane("pictures") for _ in range(threads)]

    def set_box(self, size: QSize, pixel_ratio: float) -> None:
        """The place that pictures have to fit into; other sizes are forgotten."""
        with self._lock:
            if self._box == (size, pixel_ratio):
                return
            self._box = (size, pixel_ratio)
        if self._pictures:  # whole ones take a while to be freed
            self._lanes[0].run(partial(_forget, self._pictures))
        self._pictures = OrderedDict()
        self._held_bytes = 0

    def get(self, path: Path) -> QImage | None:
        """The picture of a file, if it has come; a null QImage when there is none to be had."""
        picture = self._pictures.get(path)
        if picture is not None:
            self._pictures.move_to_end(path)
        return picture

    def is_gone(self, path: Path) -> bool:
        """Whether the file was not there when its picture was wanted."""
        return path in self._gone

    def try_again(self, paths: Iterable[Path]) -> None:
        """Forget that there was no picture of these."""
        for path in paths:
            picture = self._pictures.get(path)
            if picture is not None and picture.isNull():
                del self._pictures[path]
                self._gone.discard(path)

    def want(self, paths: Sequence[Path]) -> None:
        """Load these, the first one first, and nothing else."""
        with self._lock:
            self._wishes = [
                path
                for path in reversed(paths)
                if path not in self._pictures and (path, self._box) not in self._under_way
            ]
            is_asked = bool(self._wishes)
        for lane in self._lanes if is_asked else ():
            lane.follow(self._decode_wished, self._take, newest="wishes")

    # In the lanes

    def _decode_wished(self, stop: Stop) -> Iterator[Decoded]:
        give_way()
        while not stop.is_set():
            with self._lock:
                if not self._wishes:
                    return
                path = self._wishes.pop()
                box = self._box
                self._under_way.add((path, box))
            yield path, box, self._decode(path, *box)

    def _decode(self, path: Path, size: QSize, pixel_ratio: float) -> QImage | None:
        """The picture; a null one when there is none to be had, None when the file is gone."""
        target = size * pixel_ratio
        try:
            image = self._load(path, max(target.width(), target.height()))
            picture = to_qimage(image)
            _give_back(image)
        except ImageError as error:
            is_gone = isinstance(error.__cause__, FileNotFoundError | NotADirectoryError)
            return None if is_gone else QImage()
        except Exception:  # one strange file must not end the thread
            log.info("no picture of %r", str(path), exc_info=True)
            return QImage()
        if picture.width() > target.width() or picture.height() > target.height():
            picture = picture.scaled(
                target,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        picture.setDevicePixelRatio(pixel_ratio)
        return picture

    # In the GUI thread again

    def _take(self, decoded: Decoded) -> None:
        path, made_for, picture = decoded
        with self._lock:
            box = self._box
            self._under_way.discard((path, made_for))
        if made_for != box or path in self._pictures:
            return
        if picture is None:
            self._gone.add(path)
            picture = QImage()  # there is none to be had
        else:
            self._gone.discard(path)
        self._pictures[path] = picture
        self._held_bytes += picture.sizeInBytes()
        while self._held_bytes > self._memory_bytes and len(self._pictures) > 1:
            _, oldest = self._pictures.popitem(last=False)
            self._held_bytes -= oldest.sizeInBytes()
        self.arrived.emit([path])


def _forget(pictures: OrderedDict[Path, QImage], _: Stop) -> None:
    pictures.clear()


def _give_back(image: Image.Image) -> None:
    """Free a picture of Pillow's block by block: whole, 300 MB would keep Python from the window
    for 0.1 s (https://pillow.readthedocs.io/en/stable/reference/block_allocator.html).
    """
    _imaging.set_blocks_max(1 + image.width * image.height * 4 // _imaging.get_block_size())
    image.close()
    for left in reversed(range(_imaging.get_stats()["blocks_cached"])):
        _imaging.clear_cache(left)
    _imaging.set_blocks_max(0)


def to_qimage(image: Image.Image) -> QImage:
    """A picture of Pillow's as one of Qt's, in the form that paints fastest.

    In strips: a large one is not a third time in memory, and the window's thread gets its turn.
    """
    if image.mode != "RGB":
        image = image.convert("RGB")
    width, height = image.size
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    pixels, line_bytes = cast(memoryview, picture.bits()), picture.bytesPerLine()
    lines = max(1, STRIP_BYTES // line_bytes)
    for top in range(0, height, lines):
        strip = image.crop((0, top, width, min(height, top + lines)))
        data = strip.tobytes("raw", PIXEL)
        pixels[top * line_bytes : top * line_bytes + len(data)] = data
    return picture
