"""WebP; of one that was cut off, what is there, for libwebp takes whole ones only."""

from __future__ import annotations

import hashlib
import io
import logging
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from PIL import Image, ImageChops

from .orientation import orientation_of
from .request import LEAST_SHARE, MAX_WEBP_PIXELS, Picture, Request

log = logging.getLogger(__name__)

_HEAD = b"VP8X"
_PROFILE, _ALPHA = 0x20, 0x10
"""Its flags for a colour profile and transparency."""
_BESIDE = {_HEAD, b"ICCP", b"ALPH"}
_CODED = {b"VP8 ", b"VP8L"}
_FRAME = b"ANMF"
_FRAME_BYTES = 16
"""Before the chunks of a frame; its size stands in them as that of the canvas does in `VP8X`."""
_NEVER_WRITTEN = bytes(64)
"""What ends in so many zeros was not written to its end: no coder makes them."""
_NO_PICTURE, _TOO_LITTLE = "no picture", "too little is there"
_TRIES = 6
_GREY = "#808080"
"""As libjpeg paints what is missing."""
_ROWS = 128


def read_webp(file: BinaryIO, request: Request) -> Picture:
    """Decode a WebP, at most partly damaged; raises anything for what is more so."""
    try:
        picture = _by_pillow(file, request)
    except (OSError, EOFError) as error:
        log.debug("it may be damaged in part: %s", error)
    else:
        chunks = _first_picture(file) if request.finds_damage else None
        if chunks is None or not chunks.missing_bytes:
            return picture
    return _remains(file, request)


def webp_size(file: BinaryIO) -> tuple[int, int]:
    """Width and height in pixels of one that Pillow does not open; raises anything."""
    if (chunks := _first_picture(file)) is None:
        raise ValueError(_NO_PICTURE)
    with Image.open(chunks.file(), formats=("WEBP",)) as image:
        return image.size


class _Chunks(NamedTuple):
    """Those of the first picture: `coded` with what is there of its content, the others whole."""

    beside: dict[bytes, bytes]
    coded: tuple[bytes, bytes]
    missing_bytes: int

    def file(self, filling: bytes = b"") -> BinaryIO:
        """A whole file with `filling` for what is missing."""
        kind, content = self.coded
        chunks = [_chunk(name, body) for name, body in self.beside.items()]
        chunks.append(_chunk(kind, content + filling))
        body = b"WEBP" + b"".join(chunks)
        return io.BytesIO(b"RIFF" + struct.pack("<I", len(body)) + body)


def _by_pillow(file: BinaryIO, request: Request) -> Picture:
    file.seek(0)
    with Image.open(file, formats=("WEBP",)) as image:
        request.admit(image.size, MAX_WEBP_PIXELS)
        image.load()
        return Picture(image, orientation_of(image))


def _remains(file: BinaryIO, request: Request) -> Picture:
    """What is there of a cut one: the lines that are the same whatever is put for the rest."""
    chunks = _first_picture(file)
    if chunks is None:
        raise ValueError(_NO_PICTURE)
    if not chunks.missing_bytes:
        return _by_pillow(chunks.file(), request)
    if chunks.missing_bytes > len(chunks.coded[1]):
        raise ValueError(_TOO_LITTLE)
    ends = _ends(chunks, request)
    picture = next(ends)
    image, other = picture.image, next(ends).image
    rows = _same_rows(image, other)
    if rows < LEAST_SHARE * image.height:
        raise ValueError(_TOO_LITTLE)
    image.paste(_GREY, (0, rows, *image.size))
    return picture._replace(image=image, is_partly_damaged=rows < image.height)


def _ends(chunks: _Chunks, request: Request) -> Iterator[Picture]:
    """The picture with one end after the other, as far as libwebp takes it: a chance end may stand
    for what cannot be.
    """
    error: Exception = ValueError(_NO_PICTURE)
    for number in range(_TRIES):
        first = hashlib.shake_128(bytes((number,))).digest(32 if number % 2 else 1024)
        try:
            picture = _by_pillow(chunks.file(first + bytes(2 * chunks.missing_bytes)), request)
        except (OSError, EOFError) as refused:
            error = refused
            continue
        yield picture
    raise error


def _same_rows(one: Image.Image, other: Image.Image) -> int:
    """How many lines from the top on are the same."""
    for top in range(0, one.height, _ROWS):
        band = (0, top, one.width, min(top + _ROWS, one.height))
        found = ImageChops.difference(one.crop(band), other.crop(band)).getbbox(alpha_only=False)
        if found is not None:
            return top + found[1]
    return one.height


def _first_picture(file: BinaryIO) -> _Chunks | None:
    """The chunks of the picture, or of the first frame of an animation; None for none."""
    file.seek(0)
    data = file.read()
    beside: dict[bytes, bytes] = {}
    place = 12
    while place + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        place += 8
        content = data[place : place + length]
        if kind in _CODED:
            if content.endswith(_NEVER_WRITTEN):
                content = content.rstrip(b"\0")
            return _Chunks(_fitting(beside), (kind, content), length - len(content))
        if kind == _FRAME:
            beside[_HEAD] = bytes((_ALPHA, 0, 0, 0)) + content[6:12]
            place += _FRAME_BYTES
            continue
        if kind in _BESIDE:
            beside[kind] = content
        place += length + length % 2
    return None


def _fitting(beside: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """The chunks before the picture, with flags for those that there are."""
    head = beside.pop(_HEAD, b"")
    if len(head) != 10:
        return {}
    flags = _PROFILE if b"ICCP" in beside else 0
    flags |= _ALPHA if b"ALPH" in beside else head[0] & _ALPHA
    return {_HEAD: bytes((flags,)) + head[1:], **beside}


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
