"""Details: what is said of a photo beside its labels: its size, its time and its camera."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from .date_taken import exif_of, open_header, time_in
from .formats import RAW, sniff

_MAKE, _MODEL, _ORIENTATION = 0x010F, 0x0110, 0x0112
_LYING = (5, 6, 7, 8)
"""Orientations of pictures that are stored on their side."""


@dataclass(frozen=True, slots=True)
class Details:
    """`width` and `height` in pixels of the upright picture, 0 where that is not known.

    `taken_at` is ISO 8601 without a zone, None where the camera wrote none; `camera` is its maker
    and model, or empty.
    """

    width: int = 0
    height: int = 0
    taken_at: str | None = None
    camera: str = ""


def read_details(path: Path) -> Details:
    """Read a file's headers; it never fails. Not for the GUI thread: its disk may be far away."""
    with contextlib.suppress(Exception), path.open("rb") as file:  # broken EXIF raises anything
        size = _raw_size(file) if sniff(file) == RAW else None
        with open_header(file) as image:
            exif = Image.Exif()
            with contextlib.suppress(Exception):
                exif = exif_of(image)
            # Pillow turns a TIFF by itself, and libheif a HEIC.
            is_lying = image.format not in ("HEIF", "TIFF") and exif.get(_ORIENTATION) in _LYING
            width, height = size or (image.size[::-1] if is_lying else image.size)
            return Details(width, height, time_in(exif), _camera(exif))
    return Details()


def _raw_size(file: BinaryIO) -> tuple[int, int]:
    """What the sensor gives: the first picture in such a file is but a stamp."""
    import rawpy  # noqa: PLC0415 - 30 ms and numpy, for photographers only

    file.seek(0)
    with rawpy.imread(file) as raw:
        sizes = raw.sizes
        is_lying = sizes.flip in (5, 6)
        return (sizes.height, sizes.width) if is_lying else (sizes.width, sizes.height)


def _camera(exif: Image.Exif) -> str:
    make, model = (_text(exif.get(tag)) for tag in (_MAKE, _MODEL))
    brand = make.split()[0] if make else ""  # "NIKON CORPORATION"
    return model if model.casefold().startswith(brand.casefold()) else f"{brand} {model}".strip()


def _text(value: object) -> str:
    return " ".join(str(value or "").replace("\0", " ").split())
