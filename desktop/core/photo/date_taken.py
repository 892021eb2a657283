"""When a photo was taken, by what its camera wrote into it."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import BinaryIO

from PIL import Image

from .decode import learn_heif
from .formats import RAW, sniff

_EXIF_IFD, _TAKEN, _WRITTEN = 0x8769, 0x9003, 0x0132


def taken_at(file: BinaryIO) -> str | None:
    """The time as ISO 8601 without a zone, as cameras write it; None when it is not known.

    Reads headers only, and never fails: a date is not worth a photo.
    """
    with contextlib.suppress(Exception), open_header(file) as image:  # broken EXIF raises anything
        return time_in(exif_of(image))
    return None


def time_in(exif: Image.Exif) -> str | None:
    """The same from EXIF that has been read."""
    with contextlib.suppress(Exception):
        written = exif.get_ifd(_EXIF_IFD).get(_TAKEN) or exif.get(_WRITTEN)
        return datetime.strptime(str(written), "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007
    return None


def open_header(file: BinaryIO) -> Image.Image:
    """The picture in a file, of which nothing is decoded; raises anything for what is broken."""
    kind = sniff(file)
    file.seek(0)
    if kind == "HEIF":
        learn_heif()
    # Most camera RAW files are TIFF files of a kind: their header can be read as one.
    return Image.open(file, formats=("TIFF" if kind == RAW else str(kind),))


def exif_of(image: Image.Image) -> Image.Exif:
    """What the camera wrote; raises anything where that is broken."""
    if "exif" in image.info:
        exif = Image.Exif()
        exif.load(image.info["exif"])
        return exif
    # A PNG without EXIF at its front would be decoded whole to look for it at its end.
    return Image.Exif() if image.format == "PNG" else image.getexif()
