"""One file -> what a backend takes, pixels or a JPEG: upright, small, sRGB, no metadata."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from PIL import Image

from ..decoding.request import MAX_JPEG_PIXELS, MIN_EDGE_PX, too_many_pixels
from ..errors import Cancelled, ImageError, UnreachableError
from ..files.system_errors import Trouble, trouble_of
from ..isolation.decoding import decode_safely
from .decode import Decoded

Form = Literal["pixels", "jpeg"]
"""What a backend is handed: an image of Pillow's in memory, or the bytes of a file."""
MAX_EDGE_PX = 2016
"""Half of a 12-megapixel phone photo, so that one DCT step suffices; 2048 would need a resample."""
JPEG_QUALITY = 85
"""Measured with the on-device model on the 13 samples, against quality 98: confidences move by 1.0
points on average (at most 5); 75 saves a quarter of the bytes but moves them by 1.6 (at most 10).
"""
MAX_FILE_BYTES = 700_000_000
"""110 megapixels of 16-bit RGB, the largest file that an allowed picture needs, are 660 MB."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An image ready for a backend, without metadata, in the form that was asked for.

    To ask for the other form raises TypeError.
    """

    content: Image.Image | bytes
    is_partly_damaged: bool = False
    """Whether a part of the picture is missing or spoilt."""

    @property
    def pixels(self) -> Image.Image:
        """The image as RGB pixels."""
        if isinstance(self.content, bytes):
            raise TypeError("it was prepared as a JPEG")
        return self.content

    @property
    def data(self) -> bytes:
        """The image as a JPEG."""
        if not isinstance(self.content, bytes):
            raise TypeError("it was prepared as pixels")
        return self.content


class Stamp(NamedTuple):
    """By what a change of a file is noticed without reading it: bytes, and Unix time in ns."""

    size_bytes: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """The stamp of a file that was asked for its status."""
        return cls(status.st_size, status.st_mtime_ns)


def prepare(
    path: Path,
    *,
    form: Form = "jpeg",
    max_edge_px: int = MAX_EDGE_PX,
    stamp: Stamp | None = None,
    content: bytes | None = None,
    cancel: threading.Event | None = None,
) -> Prepared:
    """Prepare one file; ImageError says in plain words why it cannot be.

    Cancelled when `cancel` is set while a child process decodes it.

    `content` is what the file held when it was identified; then it is not read again. With the
    `stamp` of that moment it is refused when it was changed since: labels belong to a content.

    The long edge is at most `max_edge_px`, except that the short edge stays at least 80 pixels,
    Rekognition's minimum: a 12000×300 panorama becomes 3200×80. A picture that would need more
    than Rekognition's 10,000 pixels for that (over 125 times as long as narrow) is refused.
    """

    def decoded(file: BinaryIO) -> Decoded:
        return decode_safely(
            file,
            path,
            max_edge_px,
            MIN_EDGE_PX,
            by_whole_factor=form == "pixels",  # networks are not particular about the size
            cancel=cancel,
        )

    with plain_errors():
        if content is not None:
            check_stamp(path.stat(), stamp)
            image, is_partly_damaged = decoded(io.BytesIO(content))
        else:
            with open_original(path) as file:
                check_stamp(os.fstat(file.fileno()), stamp)
                image, is_partly_damaged = decoded(file)
                check_stamp(os.fstat(file.fileno()), stamp)
        return Prepared(
            image.convert("RGB") if form == "pixels" else _to_jpeg(image), is_partly_damaged
        )


def _to_jpeg(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=JPEG_QUALITY)
    return data.getvalue()


def open_upright(path: Path, *, max_edge_px: int) -> Image.Image:
    """One file as an upright RGB image, decoded small, of any shape; ImageError if it cannot be.

    The long edge is at most `max_edge_px`, and of a larger JPEG over half of it: JPEG is taken at
    the largest of its cheap scales (1/1, 1/2, 1/4, 1/8) that fits.
    """
    with plain_errors(), open_original(path) as file:
        image, _ = decode_safely(file, path, max_edge_px, finds_damage=False)
        is_free = image.mode == "RGB" and getattr(image, "fp", None) is None
        return image if is_free else image.convert("RGB")  # a copy, free of the file


@contextlib.contextmanager
def open_original(path: Path) -> Iterator[io.BufferedReader]:
    """The file of an image, opened for reading only; an ImageError says why it cannot be read.

    Never waits for a pipe and never wakes a device.
    """
    try:
        with _open(path) as file:
            yield file
    except OSError as error:
        raise _reason(error) from error


def _open(path: Path) -> io.BufferedReader:
    try:
        _check_file(path.stat())
    except ValueError as error:  # a NUL in its name: no system has such a file
        raise FileNotFoundError(errno.ENOENT, str(error)) from error
    # O_NONBLOCK: should the file have become a pipe since, opening must not wait for a writer
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(path, flags), "rb")
    try:
        _check_file(os.fstat(file.fileno()))
    except ImageError:
        file.close()
        raise
    return file


def _check_file(info: os.stat_result) -> None:
    if stat.S_ISDIR(info.st_mode):
        raise ImageError(
            "This is a folder, not a photo", "Add the folder itself to label the photos in it."
        )
    if not stat.S_ISREG(info.st_mode):
        raise ImageError("This is not an ordinary file", "Pipes and devices cannot be labelled.")
    if info.st_size == 0:
        raise ImageError(
            "This file is empty", "It contains no data. Copy the photo again from its source."
        )
    if info.st_size > MAX_FILE_BYTES:
        raise ImageError(
            "This file is too large",
            "At most {limit} MB can be read. Add a smaller copy instead.",
            limit=MAX_FILE_BYTES // 1_000_000,
        )


def check_stamp(status: os.stat_result, stamp: Stamp | None) -> None:
    """Refuse a file that has changed since it had this stamp."""
    if stamp is not None and Stamp.of(status) != stamp:
        raise ImageError(
            "This photo has just changed",
            "Another program changed it before Tagdrop got to it. Try again.",
        )


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turn whatever reading and decoding raise into an ImageError with its cause chained."""
    try:
        yield
    except ImageError as error:
        traceback.clear_frames(error.__traceback__)
        raise
    except Cancelled:
        raise
    except Exception as error:  # decoders raise anything: struct.error, SyntaxError, MemoryError …
        raise _reason(error) from error


def _reason(error: Exception) -> ImageError:
    traceback.clear_frames(error.__traceback__)  # whoever keeps the error keeps no pixels
    if isinstance(error, Image.DecompressionBombError):
        return too_many_pixels(MAX_JPEG_PIXELS)
    if not isinstance(error, OSError) or _is_of_content(error):
        return ImageError(
            "This photo is damaged", "Part of it is missing or broken. Look for another copy."
        )
    return _reason_of(trouble_of(error))


def _is_of_content(error: OSError) -> bool:
    """Whether what is in the file has caused it: Pillow's own have no number, and of a damaged file
    a place may be asked for that there is in none. Windows has a number more for its own.
    """
    is_no_place = error.errno in (errno.EINVAL, errno.EOVERFLOW)
    return error.errno is None or (is_no_place and getattr(error, "winerror", None) is None)


def _reason_of(trouble: Trouble) -> UnreachableError:
    reasons = {
        Trouble.GONE: UnreachableError(
            "This file is gone", "It was moved, renamed or deleted, or its drive was unplugged."
        ),
        Trouble.LINK: UnreachableError(
            "This link leads nowhere",
            "It points to itself or to something that cannot be opened. Add the photo itself.",
        ),
        Trouble.NAME: UnreachableError(
            "This path is too long or not allowed",
            "Shorten the names of the file and its folders, without special characters, then try"
            " again.",
        ),
        Trouble.DENIED: UnreachableError(
            "This photo cannot be opened",
            "Your user account is not allowed to read the file. Change its permissions, or copy"
            " it.",
        ),
        Trouble.IN_USE: UnreachableError(
            "This file is open in another program", "Close it there, then try again."
        ),
        Trouble.NO_CARD: UnreachableError(
            "There is no card in the drive", "Put the card or the disk back, then try again."
        ),
        Trouble.ONLINE: UnreachableError(
            "This file is only online",
            "Its cloud service (OneDrive, say) did not download it. Check that it is running and"
            " connected, then try again.",
        ),
    }
    return reasons.get(trouble) or UnreachableError(
        "This file could not be read", "The drive or the network gave an error. Try again."
    )
