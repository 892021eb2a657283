"""TIFF: the largest of its pages, by Pillow where that knows its samples, else by tifffile."""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from PIL import Image, ImageChops, UnidentifiedImageError

from ..errors import ImageError
from .heard import heard
from .jpeg import share_heard
from .orientation import orientation_of
from .request import LEAST_SHARE, MAX_DECODED_BYTES, MAX_PIXELS, Picture, Request, not_yet_readable
from .samples import picture_of

if TYPE_CHECKING:
    from tifffile import TiffFile, TiffPage

    from .samples import Samples

log = logging.getLogger(__name__)
logging.getLogger("tifffile").disabled = True  # it tells of untidy tags, which nobody can mend

_MOST_PAGES = 64
_DAMAGE = re.compile(r"Decode|JPEGLib|TIFFFill|TIFFRead(Encoded|Scanline)")
"""Who complains of pixels, in libtiff's messages; others complain of tags."""
_MASK = 4
"""NewSubfileType of what says which parts of another page are transparent."""
_NOT_BY_PILLOW = {34712, 50001, 50002, 52546, 34925, 50000, 34887}
"""Compressions: JPEG 2000, WebP, JPEG XL twice, LZMA, Zstandard and LERC."""
_DEFLATE = {8, 32946}
"""It has a checksum, to which libtiff pays no heed."""
_TOO_MUCH = "INSUFFICIENT_SPACE"
"""What libdeflate says of a strip that holds more than it should, which does no harm."""
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _PALETTE = range(4)
_MODES = {(0, 1): "L", (1, 1): "L", (2, 3): "RGB", (5, 4): "CMYK", (6, 3): "YCbCr", (8, 3): "LAB"}
"""Photometric interpretation and number of colours -> what Pillow calls them."""
_ALPHA = {1: {"L": "LA", "RGB": "RGBa"}, 2: {"L": "LA", "RGB": "RGBA"}}
"""The same with alpha: that the colours are multiplied by, or not."""
_ICC, _ORIENTATION = 34675, 274
_PLAIN, _JPEG = 1, 7
_JPEGS = {6, _JPEG}
"""Compressions: none, JPEG, and those that come out as RGB."""
_TOO_LITTLE = "too little is there"
_PIECE = 1 << 20


def read_tiff(file: BinaryIO, request: Request) -> Picture:
    """Decode a TIFF; raises anything for what is damaged."""
    import tifffile  # noqa: PLC0415 - 150 ms with numpy

    file.seek(0)
    try:
        tiff = tifffile.TiffFile(file, name="picture")
    except (tifffile.TiffFileError, IndexError) as error:
        log.debug("left to Pillow: %s", error)
        return _by_pillow(file, 0, request)
    with tiff:
        page, number = _largest(tiff)
        try:
            picture = _whole(file, page, number, request)
        except ImageError:
            raise
        except Exception as error:  # noqa: BLE001 - broken ones raise anything
            log.debug("it may be damaged in part: %s", error)
            picture = _by_tifffile(page, request, lambda page: _samples_there(file, page))
            return picture._replace(is_partly_damaged=True)
        if request.finds_damage and page.compression == _JPEG:
            shares = [share_heard(strip) for strip in _jpegs(file, page)]
            if shares and sum(shares) < LEAST_SHARE * len(shares):
                raise ValueError(_TOO_LITTLE)
            return picture._replace(is_partly_damaged=any(share < 1 for share in shares))
        return picture


def _whole(file: BinaryIO, page: TiffPage, number: int | None, request: Request) -> Picture:
    if number is not None and _is_for_pillow(page):
        try:
            return _by_pillow(file, number, request)
        except UnidentifiedImageError as error:
            log.debug("left to tifffile: %s", error)
    try:
        return _by_tifffile(page, request)
    except RuntimeError as error:
        if number is None or _TOO_MUCH not in str(error) or not _is_sound(file, page):
            raise
        return _by_pillow(file, number, request)


def tiff_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels of the upright picture; raises anything for what is broken."""
    import tifffile  # noqa: PLC0415 - 150 ms with numpy

    file.seek(0)
    with tifffile.TiffFile(file, name="picture") as tiff:
        page, _ = _largest(tiff)
        width, height = page.imagewidth, page.imagelength
        return (height, width) if _orientation(page) >= 5 else (width, height)


def _orientation(page: TiffPage) -> int:
    value = page.tags.valueof(_ORIENTATION, 1)
    return value if isinstance(value, int) else 1


def _largest(tiff: TiffFile) -> tuple[TiffPage, int | None]:
    """The page that is meant, and its number; None for one that only another one names.

    That is the first of about the largest size: others are smaller copies, or stamps.
    """
    pages: list[tuple[TiffPage, int | None]] = []
    for number, page in enumerate(tiff.pages):
        if number == _MOST_PAGES:
            break
        pages.append((page.aspage(), number))
        pages += [(sub.aspage(), None) for sub in (page.pages or ())][:_MOST_PAGES]
    pages = [(page, number) for page, number in pages if not page.subfiletype & _MASK] or pages
    most = max((_pixels(page) for page, _ in pages), default=0)
    if most == 0:
        raise ValueError("no page")
    return next((page, number) for page, number in pages if 2 * _pixels(page) > most)


def _pixels(page: TiffPage) -> int:
    return int(page.imagewidth) * int(page.imagelength)


def _is_for_pillow(page: TiffPage) -> bool:
    bits: Any = page.bitspersample
    widest = max(bits) if isinstance(bits, tuple) else int(bits)
    if widest > 8:  # of one channel only
        return page.samplesperpixel == 1 and page.photometric != _WHITE_IS_ZERO and widest == 16
    is_checked = page.compression in _DEFLATE and page.photometric in (_BLACK_IS_ZERO, _RGB)
    return page.planarconfig == 1 and page.compression not in _NOT_BY_PILLOW and not is_checked


def _by_pillow(file: BinaryIO, number: int, request: Request) -> Picture:
    file.seek(0)
    with heard() as lines, Image.open(file, formats=("TIFF",)) as image:
        if number:
            image.seek(number)
        request.admit(image.size, MAX_PIXELS)
        image.load()
        # only now: Pillow turns a TIFF by itself while loading it
        picture = Picture(image, orientation_of(image))
    return picture._replace(is_partly_damaged=any(map(_DAMAGE.search, lines)))


def _strips(file: BinaryIO, page: TiffPage) -> Iterator[bytes]:
    """What is there of each strip or tile, packed."""
    for place, count in zip(page.dataoffsets, page.databytecounts, strict=True):
        file.seek(place)
        yield file.read(count)


def _jpegs(file: BinaryIO, page: TiffPage) -> Iterator[bytes]:
    """The same as files, with the tables that all have in common."""
    tables = page.jpegtables
    for strip in _strips(file, page):
        yield tables[:-2] + strip[2:] if tables else strip


def _is_sound(file: BinaryIO, page: TiffPage) -> bool:
    """Whether all strips, packed by Deflate, have their checksums."""
    try:
        for strip in _strips(file, page):
            unpacker, packed = zlib.decompressobj(), strip
            while not unpacker.eof:
                piece = unpacker.decompress(packed, _PIECE)
                packed = unpacker.unconsumed_tail
                if not piece and not unpacker.eof:
                    return False
    except zlib.error:
        return False
    return True


def _samples(page: TiffPage) -> Samples:
    try:
        return page.asarray(maxworkers=1)
    except NotImplementedError as error:
        raise not_yet_readable() from error
    except ValueError as error:
        if "not supported" in str(error):
            raise not_yet_readable() from error
        raise


def _samples_there(file: BinaryIO, page: TiffPage) -> Samples:
    """The strips or tiles that can be read, at least LEAST_SHARE of all; the others are zeros."""
    import numpy as np  # noqa: PLC0415

    samples = np.zeros(page.shaped, page.dtype)
    _, _, length, width, _ = page.shaped
    there = 0.0
    for index, (count, data) in enumerate(
        zip(page.databytecounts, _strips(file, page), strict=True)
    ):
        share = len(data) / (count or 1) if page.compression == _PLAIN else 1.0
        try:
            segment, (plane, front, top, left, _), _ = page.decode(
                data.ljust(count, b"\0") if page.compression == _PLAIN else data,
                index,
                jpegtables=page.jpegtables,
                jpegheader=page.jpegheader,
            )
        except Exception as error:  # noqa: BLE001 - broken ones raise anything
            log.debug("segment %d: %s", index, error)
            continue
        if segment is not None:
            segment = segment[:, : length - top, : width - left]
            rows, columns = segment.shape[1:3]
            samples[plane, front, top : top + rows, left : left + columns] = segment[0]
            there += share * segment[0].size
    if there < LEAST_SHARE * samples.size:
        raise ValueError(_TOO_LITTLE)
    return samples.reshape(page.shape)


def _by_tifffile(
    page: TiffPage, request: Request, read: Callable[[TiffPage], Samples] = _samples
) -> Picture:
    request.admit((page.imagewidth, page.imagelength), MAX_PIXELS)
    if page.nbytes > MAX_DECODED_BYTES or page.imagedepth > 1:
        raise not_yet_readable()
    samples = read(page)
    if page.axes == "SYX":
        samples = samples.transpose(1, 2, 0)
    elif page.axes not in ("YX", "YXS"):
        raise not_yet_readable()
    image = _picture(samples, page)
    image.info["icc_profile"] = page.tags.valueof(_ICC)
    return Picture(image, _orientation(page))


def _picture(samples: Samples, page: TiffPage) -> Image.Image:
    bits = page.bitspersample if isinstance(page.bitspersample, int) else None
    depth = bits if samples.dtype.kind == "u" else None
    if page.photometric == _PALETTE and page.colormap is not None:
        return picture_of(page.colormap.T[samples], 16)
    extra = page.extrasamples
    colours = (1 if samples.ndim == 2 else samples.shape[2]) - len(extra)
    kind = _RGB if page.compression in _JPEGS and colours == 3 else page.photometric
    mode = _MODES.get((kind, colours))
    if mode is None:
        raise not_yet_readable()
    if extra and extra[0] in _ALPHA and mode in _ALPHA[extra[0]]:
        mode = _ALPHA[extra[0]][mode]
        colours += 1
    if samples.ndim == 3:
        samples = samples[..., :colours]
    image = picture_of(samples, depth, mode)
    if kind == _WHITE_IS_ZERO and mode == "L":
        return ImageChops.invert(image)
    return image.convert("RGBA") if mode == "RGBa" else image
