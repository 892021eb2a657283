"""Makes a file of a picture that was none: dragged out of a browser, or copied."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path

from ..errors import ImageError, StorageError
from ..folders.names import not_reserved
from .formats import RAW, sniff

LONGEST_NAME = 80
LONGEST_NAME_BYTES, LONGEST_SUFFIX_BYTES = 200, 20
"""In UTF-8: most file systems take 255 for both and a number between them."""
_SUFFIXES = {
    "JPEG": ".jpg",
    "PNG": ".png",
    "GIF": ".gif",
    "BMP": ".bmp",
    "WEBP": ".webp",
    "TIFF": ".tif",
    "HEIF": ".heic",
    "AVIF": ".avif",
    "JXL": ".jxl",
    "JPEG2000": ".jp2",
}
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]+')  # by Windows' rules, the strictest


def keep_picture(data: bytes, name: str, folder: Path) -> Path:
    """Write the picture into `folder` and return its file; the same one again is not written twice.

    `name` is what it was called where it came from, or anything. Raises ImageError when there is no
    picture in `data`, and StorageError when it cannot be written.
    """
    kind = sniff(io.BytesIO(data))
    if kind is None:
        raise ImageError(
            "That does not contain a picture", "Save the picture in the browser first, then add it."
        )
    name = name.encode("utf-8", "replace").decode().replace("\\", "/").rpartition("/")[2]
    last = Path(not_reserved(_NOT_IN_NAMES.sub("_", name)))
    stem = _clip(last.stem.strip(" ."), LONGEST_NAME_BYTES)[:LONGEST_NAME] or "picture"
    suffix = _clip(last.suffix, LONGEST_SUFFIX_BYTES) if kind == RAW else _SUFFIXES[kind]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write_new(data, folder, stem, suffix)
    except OSError as error:
        raise StorageError(
            "The picture cannot be saved",
            "{path}: {reason}. Is the disk full or write-protected?",
            path=str(folder),
            reason=error.strerror or str(error),
        ) from error


def _clip(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode("utf-8", "ignore")


def _write_new(data: bytes, folder: Path, stem: str, suffix: str) -> Path:
    """Write under the first name that is free, whole or not at all; nothing is written over."""
    number = 1
    while True:
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}")
        try:
            file = path.open("xb")
        except FileExistsError:
            if path.stat().st_size == len(data) and path.read_bytes() == data:
                return path
            number += 1
            continue
        try:
            with file:
                file.write(data)
                file.flush()
                # The job that asks for it will survive a pulled plug, and there is no other copy.
                os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        return path
