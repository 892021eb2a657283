"""ThumbnailCache: small upright pictures of files, made once and kept on disk within bounds."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from contextlib import suppress
from pathlib import Path

from PIL import Image

from ..files.long_paths import as_stored
from .prepare import open_upright

log = logging.getLogger(__name__)

EDGES_PX = (336, 672)
"""Long edges of kept thumbnails. The first is the grid's largest picture, and its usual one on a
screen of twice the density; the second its largest one there."""
MAX_BYTES = 512 * 1024 * 1024
"""About 25,000 small thumbnails; the ones not looked at for longest go first."""


class ThumbnailCache:
    """Makes and keeps thumbnails; safe to use from any thread.

    A thumbnail belongs to a path, a size and a time of change: a file that was edited gets a new
    one. The folder may be deleted at any time; it is only a copy.
    """

    def __init__(self, folder: Path, *, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._stored_bytes: int | None = None  # unknown until the folder was counted

    def thumbnail(self, path: Path, wanted_px: int) -> Image.Image:
        """The file's picture as RGB, its long edge the first of EDGES_PX that is large enough.

        Raises ImageError when the file holds no picture that can be shown.
        """
        edge_px = next((edge for edge in EDGES_PX if edge >= wanted_px), EDGES_PX[-1])
        kept = self._place(path, edge_px)
        if kept is not None and (image := _read(kept)) is not None:
            return image
        # At most twice as large, so that a quick decoding in eighths does not end up smaller.
        image = open_upright(path, max_edge_px=2 * edge_px).convert("RGB")
        image.thumbnail((edge_px, edge_px))
        if kept is not None:
            self._keep(image, kept)
        return image

    def picture(self, path: Path, short_px: int) -> Image.Image:
        """The file's picture as RGB, its short edge at least so many pixels if it has that many and
        is not over twice as long as high: a kept thumbnail, or decoded small. Nothing is kept.

        Raises ImageError as `thumbnail` does.
        """
        for edge_px in EDGES_PX:
            kept = self._place(path, edge_px)
            image = _read(kept) if kept is not None else None
            if image is not None and (min(image.size) >= short_px or max(image.size) < edge_px):
                return image.convert("RGB")
        return open_upright(path, max_edge_px=4 * short_px)

    def keep(self, path: Path, picture: Image.Image) -> None:
        """Keep the smallest thumbnail of a file whose upright RGB picture is at hand, at least as
        large, if there is none yet: a few milliseconds, where decoding it again takes ten times as
        many.
        """
        place = self._place(path, EDGES_PX[0])
        if place is not None and max(picture.size) >= EDGES_PX[0] and not place.exists():
            small = picture.reduce(max(picture.size) // EDGES_PX[0])
            small.thumbnail((EDGES_PX[0], EDGES_PX[0]))
            self._keep(small, place)

    def follow(self, before: Path, after: Path) -> None:
        """Keep the thumbnails of a file that was moved from `before` to `after`."""
        with suppress(OSError):
            status = after.stat()
            for edge_px in EDGES_PX:
                place = self._name(after, status, edge_px)
                place.parent.mkdir(parents=True, exist_ok=True)
                with suppress(FileNotFoundError):
                    self._name(before, status, edge_px).replace(place)

    def _place(self, path: Path, edge_px: int) -> Path | None:
        """Where the thumbnail of this file as it is now lies; None when it cannot be known."""
        try:
            status = path.stat()
        except OSError:
            return None
        return self._name(path, status, edge_px)

    def _name(self, path: Path, status: os.stat_result, edge_px: int) -> Path:
        what = (as_stored(path), status.st_size, status.st_mtime_ns, edge_px)
        key = b"%s\0%d\0%d\0%d" % what
        digest = hashlib.sha256(key).hexdigest()
        return self._folder / digest[:2] / f"{digest[2:34]}.jpg"

    def _keep(self, image: Image.Image, place: Path) -> None:
        partial = place.with_name(f"{place.stem}.{threading.get_ident()}.part")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            image.save(partial, "JPEG", quality=85)
            size_bytes = partial.stat().st_size
            partial.replace(place)
        except OSError as error:  # a full disk costs speed, not the picture
            log.info("a thumbnail was not kept: %s", error)
            with suppress(OSError):
                partial.unlink()
            return
        with self._lock:
            if self._stored_bytes is None:
                self._stored_bytes = sum(size for _, size, _ in self._entries())
            else:
                self._stored_bytes += size_bytes
            if self._stored_bytes > self._max_bytes:
                self._stored_bytes = self._prune()

    def _entries(self) -> list[tuple[float, int, Path]]:
        """(last use, size in bytes, place) of everything kept."""
        entries = []
        for place in self._folder.glob("*/*"):
            try:
                status = place.stat()
            except OSError:
                continue
            entries.append((status.st_mtime, status.st_size, place))
        return entries

    def _prune(self) -> int:
        """Delete what was not used for longest, down to 80 % of the bound; the bytes left."""
        entries = sorted(self._entries())
        left = sum(size for _, size, _ in entries)
        for _, size, place in entries:
            if left <= self._max_bytes * 0.8:
                break
            try:
                place.unlink(missing_ok=True)
            except OSError:  # on Windows, somebody reads it in this moment: the next time
                continue
            left -= size
        return left


def _read(place: Path) -> Image.Image | None:
    """A kept thumbnail, noting its use; None when there is none or it is damaged."""
    try:
        with Image.open(place, formats=("JPEG",)) as image:
            image.load()
        os.utime(place)
    except FileNotFoundError:
        return None
    except (OSError, SyntaxError, ValueError) as error:
        log.info("a kept thumbnail is made anew: %s", error)
        return None
    return image
