"""The shape of a picture: its upright width by its height, from the file's header."""

from __future__ import annotations

import contextlib
from typing import BinaryIO

from ..decoding.jpeg_2000 import jpeg_2000_size
from ..decoding.jxl import jxl_size
from ..decoding.png_chunks import png_size
from ..decoding.tiff import tiff_size
from ..decoding.webp import webp_size
from ..heif.items import is_turned_by_itself, upright_heif_size
from ..heif.sequence import sequence_size
from .date_taken import camera_s_words, find_metadata, open_header
from .formats import sniff
from .parts import NotSoError

_TURNED = range(5, 9)
"""Orientations with width and height exchanged (Exif 2.32, 4.6.4 A)."""
_BY_US = {
    "TIFF": tiff_size,
    "PNG": png_size,
    "WEBP": webp_size,
    "JPEG2000": jpeg_2000_size,
}
"""What reads the size where Pillow refuses a file."""


def aspect_of(file: BinaryIO) -> float | None:
    """Width by height, to three digits; None where the header does not say. Never fails."""
    with contextlib.suppress(Exception):  # may raise anything
        width, height = upright_size(file)
        return round(width / height, 3)
    return None


def upright_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels of the upright picture; raises anything for what is broken."""
    kind = sniff(file)
    if kind == "JXL":
        return jxl_size(file)
    if kind in ("HEIF", "AVIF"):  # not by their libraries, which a file may crash
        size, is_upright = _heif_size(file, kind)
    else:
        size, is_upright = _size_by_pillow(file, kind)
    is_lying = not is_upright and camera_s_words(find_metadata(file)).orientation in _TURNED
    return size[::-1] if is_lying else size


def _heif_size(file: BinaryIO, kind: str) -> tuple[tuple[int, int], bool]:
    """Width and height, and whether these are the upright picture's."""
    try:
        return upright_heif_size(file), kind == "AVIF" or is_turned_by_itself(file)
    except NotSoError:
        return sequence_size(file), True


def _size_by_pillow(file: BinaryIO, kind: str | None) -> tuple[tuple[int, int], bool]:
    """The same of another kind."""
    try:
        with open_header(file) as image:
            return image.size, image.format == "TIFF"  # which Pillow turns by itself
    except OSError:
        if kind not in _BY_US:
            raise
        return _BY_US[kind](file), kind == "TIFF"
