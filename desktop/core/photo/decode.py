"""An opened file -> an upright sRGB image, decoded as small as its format allows.

What is too much is decided from the header, before pixels cost memory:

- JPEG is decoded line by line at a DCT scale; 500 megapixels are allowed.
- Everything else is decoded whole: 110 megapixels at most (the largest cameras have 102), and only
  one above 24 megapixels at a time, however many threads prepare. Measured peaks in bytes a pixel:
  TIFF 5, 16-bit PNG 7, HEIC 7, PNG with alpha 9, AVIF 9; WebP 15, so of that 60 megapixels.
- RAW gives its embedded JPEG preview; without one, a demosaic at half size, up to 200 megapixels.
"""

from __future__ import annotations

import functools
import logging
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from typing import BinaryIO, NamedTuple

from PIL import Image, PngImagePlugin, UnidentifiedImageError

from ..decoding.bmp import read_bit_fields
from ..decoding.damaged_png import checksums_agree, remains_of
from ..decoding.jpeg import read_jpeg
from ..decoding.jpeg_2000 import codestream_alone, read_deep_jpeg_2000
from ..decoding.jxl import read_jxl
from ..decoding.orientation import orientation_of, turned
from ..decoding.png_chunks import png_alone
from ..decoding.raw import read_raw
from ..decoding.request import (
    MAX_JPEG_PIXELS,
    MAX_PIXELS,
    Picture,
    Request,
    not_yet_readable,
)
from ..decoding.tiff import read_tiff
from ..decoding.webp import read_webp
from ..errors import ImageError
from ..heif.avif import avif_anew
from ..heif.damage import read_what_is_there
from ..heif.items import crop_of, is_coded_otherwise, is_turned_by_itself
from ..heif.sequence import first_picture
from .formats import RAW, sniff
from .pixels import to_srgb

# Pillow warns about and refuses sizes by one rule for all formats; ours is by format. The filter
# stands for the whole process because warnings.catch_warnings is not safe in threads: Pillow also
# warns of untidy EXIF, which means nothing to a person.
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS
warnings.filterwarnings("ignore", module=r"PIL\b")
logging.getLogger("PIL").setLevel(logging.CRITICAL)  # in a terminal its errors would be seen
# One text of a PNG may be as large as all of them: programs keep what was done to a photo there.
PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY


class Decoded(NamedTuple):
    """A picture, upright, without metadata; and whether a part of it is damaged.

    It is RGB, or RGBX: the same with a fourth byte that means nothing.
    """

    image: Image.Image
    is_partly_damaged: bool = False


def decode(
    file: BinaryIO,
    max_edge_px: int,
    min_edge_px: int = 1,
    *,
    by_whole_factor: bool = False,
    finds_damage: bool = True,
) -> Decoded:
    """The picture in `file`.

    Its long edge is at most `max_edge_px`, or as much more as keeps the short edge at
    `min_edge_px`. `by_whole_factor` shrinks a quicker way, to over half of that. Without
    `finds_damage`, a damaged part may not be noticed. Raises an ImageError for what we refuse, and
    anything at all for what is broken.
    """
    kind = sniff(file)
    if kind is None:
        raise ImageError(
            "Not a photo format that Tagdrop can read",
            "Its content is not JPEG, PNG, HEIC, AVIF, WebP, TIFF, JPEG XL, JPEG 2000, BMP, GIF or"
            " a camera's RAW format, whatever its name says.",
        )
    with ExitStack() as turn:
        request = Request(max_edge_px, min_edge_px, by_whole_factor, finds_damage, turn)
        picture = _READERS[kind](file, request)
        image = to_srgb(picture.image, request.target(picture.image.size))
    image = turned(image, picture.orientation)
    image.info = {}  # a comment found here would be written into the new file
    return Decoded(image, picture.is_partly_damaged)


@functools.cache
def learn_heif() -> None:
    """Teach Pillow HEIC when the first one comes: the import takes longer than most photos."""
    import pillow_heif  # noqa: PLC0415

    pillow_heif.register_heif_opener()


def _read_plain(file: BinaryIO, request: Request, kind: str) -> Picture:
    """Any format that Pillow decodes well."""
    file.seek(0)
    with Image.open(file, formats=(kind,)) as image:
        request.admit(image.size, MAX_PIXELS)
        divisor = request.divisor(image.size)
        image.draft(None, (max(1, image.width // divisor), max(1, image.height // divisor)))
        image.load()
        return Picture(image, orientation_of(image))


def _read_jpeg_2000(file: BinaryIO, request: Request) -> Picture:
    """JPEG 2000, of which most have smaller pictures inside."""
    if (deep := read_deep_jpeg_2000(file, request)) is not None:
        return deep
    try:
        with Image.open(file, formats=("JPEG2000",)) as image:
            request.admit(image.size, MAX_PIXELS)
            halvings = request.divisor(image.size).bit_length() - 1
            image.reduce = halvings  # type: ignore[method-assign, assignment]
            image.load()
            return Picture(image)
    except OSError:  # that has none so small, or broken boxes
        return _read_alone(file, request, "JPEG2000", codestream_alone)


def _read_heif(file: BinaryIO, request: Request) -> Picture:
    """HEIC, which libheif turns upright if its container says how; else its EXIF does."""
    learn_heif()
    try:
        image, orientation, _ = _read_plain(file, request, "HEIF")
    except UnidentifiedImageError:
        if (first := first_picture(file)) is not None:
            return _read_plain(first, request, "HEIF")
        if is_coded_otherwise(file):
            raise not_yet_readable() from None
        raise
    if not is_turned_by_itself(file):
        orientation = int(image.info.get("original_orientation") or 1)
    return Picture(image, orientation)


def _read_alone(
    file: BinaryIO, request: Request, kind: str, alone: Callable[[BinaryIO], BinaryIO | None]
) -> Picture:
    """A kind that its library refuses for what stands beside the picture: then without that."""
    try:
        return _read_plain(file, request, kind)
    except (RuntimeError, ValueError, UnidentifiedImageError):
        if (picture := alone(file)) is None:
            raise
        return _read_plain(picture, request, kind)


def _read_avif(file: BinaryIO, request: Request) -> Picture:
    """AVIF, of which libavif leaves the crop to others."""
    picture = _read_alone(file, request, "AVIF", avif_anew)
    if (crop := crop_of(file, picture.image.size)) is not None:
        return picture._replace(image=picture.image.crop(crop))
    return picture


def _read_png(file: BinaryIO, request: Request) -> Picture:
    """PNG; of one that was cut off or is broken, what is there."""
    try:
        picture = _read_alone(file, request, "PNG", png_alone)
    except ImageError:
        raise
    except Exception:  # broken ones raise anything
        if (remains := remains_of(file, request)) is None:
            raise
        picture = _read_plain(remains.file, request, "PNG")
        return picture._replace(is_partly_damaged=not remains.is_sound)
    if request.finds_damage and not checksums_agree(file):
        remains = remains_of(file, request)
        return picture._replace(is_partly_damaged=remains is None or not remains.is_sound)
    return picture


def _read_bmp(file: BinaryIO, request: Request) -> Picture:
    try:
        return _read_plain(file, request, "BMP")
    except OSError as error:
        image = read_bit_fields(file, request)
        if image is not None:
            return Picture(image)
        if "Unsupported" in str(error):
            raise not_yet_readable() from error
        raise


_READERS: dict[str, Callable[[BinaryIO, Request], Picture]] = {
    "JPEG": read_jpeg,
    "TIFF": read_tiff,
    RAW: read_raw,
    "HEIF": functools.partial(read_what_is_there, read=_read_heif),
    "AVIF": functools.partial(read_what_is_there, read=_read_avif),
    "PNG": _read_png,
    "BMP": _read_bmp,
    "JXL": read_jxl,
    "JPEG2000": _read_jpeg_2000,
    "GIF": functools.partial(_read_plain, kind="GIF"),
    "WEBP": read_webp,
}
