"""DNG that libraw cannot open: version 1.7 with JPEG XL inside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

from .jpeg import read_jpeg
from .request import MAX_DECODED_BYTES, MAX_RAW_PIXELS, Picture, Request, not_yet_readable
from .samples import image_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from tifffile import TiffPage

    from .samples import Samples

    Light = npt.NDArray[np.float32]

_ORIENTATION, _MATRIX_1, _MATRIX_2, _NEUTRAL = 274, 50721, 50722, 50728
_PATTERN, _BLACK, _WHITE = 33422, 50714, 50717
_MOSAIC, _LINEAR = 32803, 34892
_JPEG = 7
_RATIONAL = {5, 10}
_MIN_PREVIEW_PX = 1024
_XYZ_OF_SRGB = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
"""IEC 61966-2-1, D65."""


def read_dng(file: BinaryIO, request: Request) -> Picture:
    """Its preview, or what the sensor saw, developed plainly: white balance, colours, gamma.

    Raises an ImageError for what it does not know, and anything for what is broken.
    """
    import tifffile  # noqa: PLC0415 - rare

    file.seek(0)
    with tifffile.TiffFile(file, name="picture") as tiff:
        first = tiff.pages.first.aspage()
        pages = [first, *(sub.aspage() for sub in first.pages or ())]
        orientation = int(first.tags.valueof(_ORIENTATION, 1))
        for page in pages:
            if _is_preview(page):
                file.seek(page.dataoffsets[0])
                data = io.BytesIO(file.read(page.databytecounts[0]))
                return read_jpeg(data, request, stored_orientation=orientation)
        for page in pages:
            if page.photometric in (_MOSAIC, _LINEAR):
                return Picture(image_of(_develop(page, first, request), "RGB"), orientation)
    raise not_yet_readable()


def _is_preview(page: TiffPage) -> bool:
    is_large = max(page.imagewidth, page.imagelength) >= _MIN_PREVIEW_PX
    return page.compression == _JPEG and is_large and len(page.dataoffsets) == 1


def _develop(page: TiffPage, camera: TiffPage, request: Request) -> npt.NDArray[np.uint8]:
    import numpy as np  # noqa: PLC0415

    size = (page.imagewidth, page.imagelength)
    request.admit(size, MAX_RAW_PIXELS)
    if page.nbytes > MAX_DECODED_BYTES:
        raise not_yet_readable()
    light = _channels(page.asarray(maxworkers=1), page)
    step = max(1, max(light.shape) // request.limit_px(size))
    black = np.mean(_numbers(page, _BLACK) or [0])
    white = np.max(_numbers(page, _WHITE) or [65535])
    light = (light[::step, ::step].astype(np.float32) - black) / (white - black)
    light = np.clip(light / np.array(_numbers(camera, _NEUTRAL) or [1], np.float32), 0, 1)
    light = light @ _to_srgb(camera).T
    # as bright as libraw makes it: one in a hundred pixels is white
    light = np.clip(light / max(float(np.percentile(light.max(axis=2), 99)), 1e-6), 0, 1)
    curved = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(curved * 255 + 0.5, np.uint8)


def _channels(samples: Samples, page: TiffPage) -> Samples:
    """Red, green and blue; of a mosaic, each block of 2 × 2 makes one pixel."""
    import numpy as np  # noqa: PLC0415

    if page.photometric == _LINEAR and samples.ndim == 3 and samples.shape[2] == 3:
        return samples
    pattern = bytes(page.tags.valueof(_PATTERN, b""))
    if sorted(pattern) != [0, 1, 1, 2] or samples.ndim != 2:
        raise not_yet_readable()
    rows, columns = samples.shape[0] // 2 * 2, samples.shape[1] // 2 * 2
    cells = [samples[n // 2 : rows : 2, n % 2 : columns : 2] for n in range(4)]
    first, second = (cells[n] for n in range(4) if pattern[n] == 1)
    green = first // 2 + second // 2
    return np.stack([cells[pattern.index(0)], green, cells[pattern.index(2)]], axis=2)


def _to_srgb(camera: TiffPage) -> Light:
    """From the camera's colours, their white balanced, to linear sRGB: the way of dcraw."""
    import numpy as np  # noqa: PLC0415

    numbers = _numbers(camera, _MATRIX_2) or _numbers(camera, _MATRIX_1)
    if len(numbers) != 9:
        return np.eye(3, dtype=np.float32)
    camera_of_srgb = np.array(numbers).reshape(3, 3) @ np.array(_XYZ_OF_SRGB)
    camera_of_srgb /= camera_of_srgb.sum(axis=1, keepdims=True)
    return np.linalg.inv(camera_of_srgb).astype(np.float32)


def _numbers(page: TiffPage, code: int) -> list[float]:
    """What a tag says; rational numbers divided."""
    tag: Any = page.tags.get(code)
    if tag is None:
        return []
    values = tag.value if isinstance(tag.value, tuple) else (tag.value,)
    if tag.dtype in _RATIONAL:
        return [
            above / (below or 1) for above, below in zip(values[::2], values[1::2], strict=True)
        ]
    return [float(value) for value in values]
