"""The shape of a picture: its upright width by its height, from the file's header."""

from __future__ import annotations

import contextlib
from typing import BinaryIO

from .date_taken import exif_of, open_header

_ORIENTATION = 0x0112
_TURNED = range(5, 9)
"""Orientations with width and height exchanged (Exif 2.32, 4.6.4 A)."""


def aspect_of(file: BinaryIO) -> float | None:
    """Width by height, to three digits; None where the header does not say. Never fails."""
    with contextlib.suppress(Exception), open_header(file) as image:  # may raise anything
        width, height = image.size
        # Pillow turns a TIFF by itself, and libheif a HEIC.
        is_turned = image.format not in ("HEIF", "TIFF") and (
            exif_of(image).get(_ORIENTATION) in _TURNED
        )
        return round(height / width if is_turned else width / height, 3)
    return None
