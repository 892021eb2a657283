"""An opened file -> an upright sRGB image, decoded as small as its format allows.

What is too much is decided from the header, before pixels cost memory:

- JPEG is decoded line by line at a DCT scale, so memory follows the small result: 200 megapixels
  (a phone of 2023) take 37 MB and 0.3 s; 500 are allowed. A progressive one keeps all its
  coefficients (6 bytes a pixel) and counts as the others.
- Everything else is decoded whole: 110 megapixels at most (the largest cameras have 102), and only
  one above 24 megapixels at a time, however many threads prepare. Measured peaks in bytes a pixel:
  TIFF 5, 16-bit PNG 7, HEIC 7, PNG with alpha 9, AVIF 9; WebP 15, so of that 60 megapixels.
- RAW gives its embedded JPEG preview; without one, a demosaic at half size, up to 200 megapixels.
"""

from __future__ import annotations

import contextlib
import functools
import io
import threading
import warnings
from typing import Any, BinaryIO

from PIL import Image

from ..errors import ImageError
from .formats import RAW, sniff
from .pixels import to_srgb

MIN_EDGE_PX = 80
"""Rekognition's smallest side."""
MAX_SIDE_PX = 10_000
"""Rekognition's largest side."""
MAX_JPEG_PIXELS = 500_000_000
MAX_PIXELS = 110_000_000
MAX_WEBP_PIXELS = 60_000_000
MAX_RAW_PIXELS = 200_000_000
LARGE_PIXELS = 24_000_000
MIN_PREVIEW_PX = 1024
"""A RAW's preview with a shorter long edge is passed over: some are stamps of 160 × 120."""

# Pillow warns about and refuses sizes by one rule for all formats; ours is by format. The filter
# stands for the whole process because warnings.catch_warnings is not safe in threads: Pillow also
# warns of untidy EXIF, which means nothing to a person.
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
warnings.filterwarnings("ignore", module=r"PIL\b")

_one_large = threading.Lock()

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LIBRAW_FLIPS = {3: 3, 5: 8, 6: 6}  # libraw's `flip` -> EXIF orientation


def decode(
    file: BinaryIO, max_edge_px: int, min_edge_px: int = 1, *, by_whole_factor: bool = False
) -> Image.Image:
    """The picture in `file`, upright, RGB, without any metadata.

    Its long edge is at most `max_edge_px`, or as much more as keeps the short edge at
    `min_edge_px`. `by_whole_factor` shrinks a quicker way, to over half of that. Raises an
    ImageError for what we refuse, and anything at all for what is broken.
    """
    kind = sniff(file)
    if kind is None:
        raise ImageError(
            "Not a photo format that Tagdrop can read",
            "Its content is not JPEG, PNG, HEIC, AVIF, WebP, TIFF, BMP, GIF or a camera's RAW "
            "format, whatever its name says.",
        )
    file.seek(0)
    if kind == RAW:
        image = _decode_raw(file, max_edge_px, min_edge_px, by_whole_factor)
    else:
        if kind == "HEIF":
            learn_heif()
        with Image.open(file, formats=(kind,)) as opened:
            image = _finish(opened, max_edge_px, min_edge_px, by_whole_factor)
    image.info = {}  # a comment found here would be written into the new file
    return image


def too_many_pixels(limit: int) -> ImageError:
    """The reason for a picture of more pixels than `limit`, that of its format."""
    return ImageError(
        "This picture has too many pixels",
        "Files of this kind can have at most {millions} million. Add a smaller copy instead.",
        millions=limit // 1_000_000,
    )


@functools.cache
def learn_heif() -> None:
    """Teach Pillow HEIC when the first one comes: the import takes longer than most photos."""
    import pillow_heif  # noqa: PLC0415

    pillow_heif.register_heif_opener()


def _finish(
    image: Image.Image,
    max_edge_px: int,
    min_edge_px: int,
    by_whole_factor: bool,
    stored_orientation: int = 1,
) -> Image.Image:
    """Decode an opened image as small as its format can, shrink the rest, turn it upright.

    `stored_orientation` counts where the image itself has none.
    """
    pixels = image.width * image.height
    streamed = image.format in {"JPEG", "MPO"} and "progressive" not in image.info
    whole = MAX_WEBP_PIXELS if image.format == "WEBP" else MAX_PIXELS
    if pixels > (most := MAX_JPEG_PIXELS if streamed else whole):
        raise too_many_pixels(most)
    limit_px = _limit(image.size, max_edge_px, min_edge_px)
    alone = not streamed and pixels > LARGE_PIXELS
    with _one_large if alone else contextlib.nullcontext():
        image.draft(None, _draft_size(image.size, limit_px, min_edge_px))
        image.load()
        # only now: Pillow turns a TIFF by itself while loading it, and libheif a HEIC
        orientation = _orientation(image, stored_orientation)
        image = to_srgb(image, _target(image.size, limit_px, min_edge_px, by_whole_factor))
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def _orientation(image: Image.Image, stored: int) -> int:
    try:
        value: Any = image.getexif().get(0x0112, stored)
        return int(value)
    except Exception:  # noqa: BLE001 - broken EXIF raises anything and must not cost the photo
        return stored


def _limit(size: tuple[int, int], max_edge_px: int, min_edge_px: int) -> int:
    """The longest long edge: `max_edge_px`, or more where the short edge would be under its own."""
    long, short = max(size), min(size)
    if short < min_edge_px:
        raise ImageError(
            "This picture is too small",
            "Each side needs at least {pixels} pixels.",
            pixels=min_edge_px,
        )
    limit_px = max(max_edge_px, -(-min_edge_px * long // short))
    if min_edge_px == MIN_EDGE_PX and limit_px > MAX_SIDE_PX:
        raise ImageError(
            "This picture is too long and narrow",
            "The long side may be at most {times} times the short one. Crop it and add the parts.",
            times=MAX_SIDE_PX // MIN_EDGE_PX,
        )
    return limit_px


def _draft_size(size: tuple[int, int], limit_px: int, min_edge_px: int) -> tuple[int, int]:
    """What to ask of `draft`, which takes the smallest scale that is not below it."""
    long, short = max(size), min(size)
    fitting = [
        d for d in (1, 2, 4, 8) if -(-long // d) <= limit_px and -(-short // d) >= min_edge_px
    ]
    larger = [d for d in (1, 2, 4, 8) if long // d >= limit_px]
    divisor = fitting[0] if fitting else larger[-1]
    return max(1, size[0] // divisor), max(1, size[1] // divisor)


def _target(
    size: tuple[int, int], limit_px: int, min_edge_px: int, by_whole_factor: bool
) -> tuple[int, int] | None:
    """The size to resample to, or None where none is needed."""
    scale = limit_px / max(size)
    if scale >= 1:
        return None
    factor = -(-max(size) // limit_px)
    if by_whole_factor and -(-min(size) // factor) >= min_edge_px:
        return -(-size[0] // factor), -(-size[1] // factor)
    width, height = (max(min_edge_px, round(side * scale)) for side in size)
    return width, height


def _decode_raw(
    file: BinaryIO, max_edge_px: int, min_edge_px: int, by_whole_factor: bool
) -> Image.Image:
    """A RAW's embedded preview, or a demosaic where that is missing or much too small."""
    import rawpy  # noqa: PLC0415 - 30 ms and numpy, for photographers only

    with rawpy.imread(file) as raw:
        orientation = _LIBRAW_FLIPS.get(raw.sizes.flip, 1)
        preview = _preview(raw)
        enough_px = min(max_edge_px, MIN_PREVIEW_PX, max(raw.sizes.width, raw.sizes.height))
        if preview is None or max(preview.size) < enough_px:
            try:
                image = _demosaic(raw, max_edge_px)
                return _finish(image, max_edge_px, min_edge_px, by_whole_factor)
            except rawpy.LibRawError:
                if preview is None:
                    raise
        return _finish(preview, max_edge_px, min_edge_px, by_whole_factor, orientation)


def _preview(raw: Any) -> Image.Image | None:
    import rawpy  # noqa: PLC0415

    try:
        thumb = raw.extract_thumb()
        if thumb.format == rawpy.ThumbFormat.JPEG:
            return Image.open(io.BytesIO(thumb.data), formats=("JPEG",))
        return Image.fromarray(thumb.data)
    except (rawpy.LibRawError, OSError):
        return None


def _demosaic(raw: Any, max_edge_px: int) -> Image.Image:
    """The sensor's data as an upright picture, at half size where that is enough."""
    pixels = raw.sizes.raw_width * raw.sizes.raw_height
    if pixels > MAX_RAW_PIXELS:
        raise too_many_pixels(MAX_RAW_PIXELS)
    half = max(raw.sizes.width, raw.sizes.height) > max_edge_px
    with _one_large if pixels > LARGE_PIXELS else contextlib.nullcontext():
        rgb = raw.postprocess(half_size=half, use_camera_wb=True)
    return Image.fromarray(rgb if rgb.shape[2] == 3 else rgb[:, :, 0])
