"""What is asked of a decoder, how large a picture may be, and what comes back."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import NamedTuple

from PIL import Image

from ..errors import ImageError

MIN_EDGE_PX = 80
"""Rekognition's smallest side."""
MAX_SIDE_PX = 10_000
"""Rekognition's largest side."""
MAX_JPEG_PIXELS = 500_000_000
MAX_PIXELS = 110_000_000
MAX_WEBP_PIXELS = 60_000_000
MAX_RAW_PIXELS = 200_000_000
MAX_DECODED_BYTES = 700_000_000
"""Of samples wider than 8 bits, as a TIFF has them: 110 megapixels of 16-bit RGB are 660 MB."""
LARGE_PIXELS = 24_000_000
LEAST_SHARE = 0.9
"""How much of a damaged picture must be there for it to be labelled."""

one_large = threading.RLock()
"""Held while a large picture is decoded; a raw file may ask for it twice. A child process asks its
parent for it instead."""


class Picture(NamedTuple):
    """What a decoder gives: pixels as they are stored, and the EXIF orientation to turn them by."""

    image: Image.Image
    orientation: int = 1
    is_partly_damaged: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """How small a picture is wanted; `decode` says what the numbers mean.

    `finds_damage`: tell of damage that spoils a part of the picture, which may take longer.
    `turn` keeps whatever has to wait for its turn until the picture is ready.
    """

    max_edge_px: int
    min_edge_px: int = 1
    by_whole_factor: bool = False
    finds_damage: bool = True
    turn: ExitStack = field(default_factory=ExitStack)

    def admit(self, size: tuple[int, int], most: int, *, is_streamed: bool = False) -> None:
        """Refuse what has more than `most` pixels or an impossible shape, from its header.

        A large picture that is not decoded line by line then waits until no other is under way.
        """
        pixels = size[0] * size[1]
        if pixels > most:
            raise too_many_pixels(most)
        self.limit_px(size)
        if not is_streamed and pixels > LARGE_PIXELS:
            self.turn.enter_context(one_large)

    def limit_px(self, size: tuple[int, int]) -> int:
        """The longest long edge: as asked, or more where the short edge would be under its own."""
        long, short = max(size), min(size)
        if short < self.min_edge_px:
            raise ImageError(
                "This picture is too small",
                "Each side needs at least {pixels} pixels.",
                pixels=self.min_edge_px,
            )
        limit_px = max(self.max_edge_px, -(-self.min_edge_px * long // short))
        if self.min_edge_px == MIN_EDGE_PX and limit_px > MAX_SIDE_PX:
            raise ImageError(
                "This picture is too long and narrow",
                "The long side may be at most {times} times the short one. Crop it and add the"
                " parts.",
                times=MAX_SIDE_PX // MIN_EDGE_PX,
            )
        return limit_px

    def divisor(self, size: tuple[int, int]) -> int:
        """By how much a decoder that halves (1, 2, 4 or 8 times) should divide this size."""
        long, short = max(size), min(size)
        limit_px = self.limit_px(size)
        fitting = [
            d
            for d in (1, 2, 4, 8)
            if -(-long // d) <= limit_px and -(-short // d) >= self.min_edge_px
        ]
        larger = [d for d in (1, 2, 4, 8) if long // d >= limit_px]
        return fitting[0] if fitting else larger[-1]

    def target(self, size: tuple[int, int]) -> tuple[int, int] | None:
        """The size to resample a decoded picture to, or None where none is needed."""
        limit_px = self.limit_px(size)
        scale = limit_px / max(size)
        if scale >= 1:
            return None
        factor = -(-max(size) // limit_px)
        if self.by_whole_factor and -(-min(size) // factor) >= self.min_edge_px:
            return -(-size[0] // factor), -(-size[1] // factor)
        width, height = (max(self.min_edge_px, round(side * scale)) for side in size)
        return width, height


def too_many_pixels(limit: int) -> ImageError:
    """The reason for a picture of more pixels than `limit`, that of its format."""
    return ImageError(
        "This picture has too many pixels",
        "Files of this kind can have at most {millions} million. Add a smaller copy instead.",
        millions=limit // 1_000_000,
    )


def not_yet_readable() -> ImageError:
    """The reason for a picture that is whole, but of a rare kind that no decoder here knows."""
    return ImageError(
        "This kind of picture cannot be read",
        "Its format allows for many kinds, and this is a rare one. Save it as JPEG or PNG with the"
        " program that it comes from, and add that file.",
    )
