"""Cameras' raw files: the preview inside, or what the sensor saw."""

from __future__ import annotations

import io
import itertools
import logging
import re
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image

from .dng import read_dng
from .heard import heard
from .jpeg import frame_of, read_jpeg
from .request import LEAST_SHARE, MAX_RAW_PIXELS, Picture, Request

if TYPE_CHECKING:
    from rawpy import RawPy

log = logging.getLogger(__name__)

MIN_PREVIEW_PX = 1024
"""A preview with a shorter long edge is passed over: some are stamps of 160 × 120."""
_JPEG_START = re.compile(b"\xff\xd8\xff[\xc0-\xfe]")
_JPEG_HEAD_BYTES = 1 << 17
_MOST_JPEGS = 1000
_FLIPS = {3: 3, 5: 8, 6: 6}
"""libraw's `flip` -> EXIF orientation."""
_DAMAGE = re.compile("data corrupted|Unexpected end of file")


def read_raw(file: BinaryIO, request: Request) -> Picture:
    """The embedded JPEG preview; without one, a demosaic at half size, up to 200 megapixels."""
    import rawpy  # noqa: PLC0415 - 30 ms and numpy, for photographers only

    file.seek(0)
    try:
        with heard() as lines:
            opened = rawpy.imread(file)
        with opened as raw:
            try:
                return _read(raw, request, lines)
            except (rawpy.LibRawError, DamagedSensorError):
                if (preview := _another_preview(file, raw, request)) is None:
                    raise
                return preview
    except rawpy.LibRawFileUnsupportedError:
        return read_dng(file, request)


def raw_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels, upright, of what the sensor gives: the first picture in such a
    file is but a stamp. Raises anything for what is broken.
    """
    import rawpy  # noqa: PLC0415

    file.seek(0)
    with heard(), rawpy.imread(file) as raw:
        sizes = raw.sizes
        is_lying = sizes.flip in (5, 6)
        return (sizes.height, sizes.width) if is_lying else (sizes.width, sizes.height)


def _read(raw: RawPy, request: Request, lines: list[str]) -> Picture:
    import rawpy  # noqa: PLC0415

    orientation = _FLIPS.get(raw.sizes.flip, 1)
    longest_px = max(raw.sizes.width, raw.sizes.height)
    enough_px = min(request.max_edge_px, MIN_PREVIEW_PX, longest_px)
    preview = _preview(raw, enough_px, orientation, request)
    if preview is not None and not preview.is_partly_damaged:
        return preview
    try:
        return _demosaic(raw, request, lines)
    except (rawpy.LibRawError, DamagedSensorError):
        if preview is None:
            raise
        return preview


def _preview(raw: RawPy, enough_px: int, orientation: int, request: Request) -> Picture | None:
    """The picture that the camera has made itself, if it is large enough and readable."""
    import rawpy  # noqa: PLC0415

    try:
        with heard():
            thumb = raw.extract_thumb()
        if not isinstance(thumb.data, bytes):
            image = Image.fromarray(thumb.data)
            return Picture(image, orientation) if max(image.size) >= enough_px else None
        data = io.BytesIO(thumb.data)
        with Image.open(data, formats=("JPEG",)) as header:
            if max(header.size) < enough_px:
                return None
        return read_jpeg(data, request, stored_orientation=orientation)
    except (rawpy.LibRawError, OSError, ValueError) as error:
        log.debug("no preview: %s", error)
        return None


def _another_preview(file: BinaryIO, raw: RawPy, request: Request) -> Picture | None:
    """The largest whole JPEG in a file that lacks the one that LibRaw looks for: a CR3 that was cut
    off, for example.
    """
    file.seek(0)
    data = file.read()
    sizes = {}
    for found in itertools.islice(_JPEG_START.finditer(data), _MOST_JPEGS):
        frame = frame_of(data[found.start() : found.start() + _JPEG_HEAD_BYTES])
        if frame is not None and frame.is_usual:
            sizes[found.start()] = max(frame.width, frame.height)
    start = max(sizes, key=sizes.__getitem__, default=0)
    if sizes.get(start, 0) < MIN_PREVIEW_PX:
        return None
    orientation = _FLIPS.get(raw.sizes.flip, 1)
    return read_jpeg(io.BytesIO(data[start:]), request, stored_orientation=orientation)


class DamagedSensorError(ValueError):
    """Too much of what the sensor saw is missing."""


def _demosaic(raw: RawPy, request: Request, lines: list[str]) -> Picture:
    """The sensor's data as an upright picture, at half size where that is enough."""
    request.admit((raw.sizes.raw_width, raw.sizes.raw_height), MAX_RAW_PIXELS)
    half = max(raw.sizes.width, raw.sizes.height) > request.max_edge_px
    with heard() as more:
        # No light leaves noise; a row of zeros was never written.
        share = float(raw.raw_image.reshape(raw.raw_image.shape[0], -1).any(axis=1).mean())
        if share < LEAST_SHARE:
            raise DamagedSensorError
        rgb = raw.postprocess(half_size=half, use_camera_wb=True)
    image = Image.fromarray(rgb if rgb.shape[2] == 3 else rgb[:, :, 0])
    return Picture(image, is_partly_damaged=any(_DAMAGE.search(line) for line in lines + more))
