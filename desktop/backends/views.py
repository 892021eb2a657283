"""Cuts what the networks look at out of a photo: the whole in three shapes, and single places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

CLASSIFIER_PX = 224
DETECTOR_PX = 416
STEP_PX = 32
"""The detector's coarsest stride: both of its sides are a multiple."""
_MARGIN = 0.10  # of a box's sides, shown around it
_CENTRE = CLASSIFIER_PX / (CLASSIFIER_PX + 32)  # of the short side, as in the classifier's training

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in fractions of the photo."""
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
Pixels = NDArray[np.uint8]


class Frame(NamedTuple):
    """How a photo lies in what the detector is given; (width, height) in pixels each."""

    size: tuple[int, int]
    picture: tuple[int, int]
    corner: tuple[int, int]


def frame_of(photo_size: tuple[int, int]) -> Frame:
    """The frame for a photo of this size: its long edge fills the detector's.

    The short edge is filled up to the next step only. The detector works on any shape; the bars
    of a full square would take it a quarter of its time for nothing.
    """
    scale = DETECTOR_PX / max(photo_size)
    width, height = (max(1, round(side * scale)) for side in photo_size)
    size = -(-width // STEP_PX) * STEP_PX, -(-height // STEP_PX) * STEP_PX
    return Frame(size, (width, height), ((size[0] - width) // 2, (size[1] - height) // 2))


def overview(photo: Image.Image) -> Image.Image:
    """The photo by a whole factor smaller, as far as every view of the whole allows.

    Averaged once instead of for each view. May be `photo` itself.
    """
    enough_px = min(max(photo.size) / DETECTOR_PX, min(photo.size) * _CENTRE / CLASSIFIER_PX)
    factor = int(enough_px)
    return photo.reduce(factor) if factor > 1 else photo


def framed(photo: Image.Image) -> Pixels:
    """The whole photo in its frame, on black: the detector's input [1, height, width, 3]."""
    frame = frame_of(photo.size)
    small = photo.resize(frame.picture, Image.Resampling.BILINEAR, reducing_gap=2.0)
    if frame.size != frame.picture:
        black = Image.new("RGB", frame.size)
        black.paste(small, frame.corner)
        small = black
    return np.asarray(small)[None]


def squeezed(photo: Image.Image) -> Pixels:
    """The whole photo as the classifier's square [1, 224, 224, 3], whatever its shape."""
    return _shrink(photo, (0, 0, *photo.size))


def middle(photo: Image.Image) -> Pixels:
    """The square in the middle, as in the classifier's own training: 7/8 of the short side."""
    side = min(photo.size) * _CENTRE
    left, top = (photo.width - side) / 2, (photo.height - side) / 2
    return _shrink(photo, (left, top, left + side, top + side))


def place(photo: Image.Image, box: Box) -> Pixels:
    """A part of the photo as the classifier's square."""
    width, height = photo.size
    return _shrink(photo, (box[0] * width, box[1] * height, box[2] * width, box[3] * height))


def with_margin(box: Sequence[float]) -> Box:
    """A box with something of what is around it, inside the photo."""
    left, top, right, bottom = box
    x, y = _MARGIN * (right - left), _MARGIN * (bottom - top)
    return max(0.0, left - x), max(0.0, top - y), min(1.0, right + x), min(1.0, bottom + y)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes (0-1)."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0.0, width) * max(0.0, height)
    return shared / max(area(one) + area(other) - shared, 1e-12)


def area(box: Box) -> float:
    """The share of the photo (0-1) that a box covers."""
    return (box[2] - box[0]) * (box[3] - box[1])


def _shrink(photo: Image.Image, box: tuple[float, float, float, float]) -> Pixels:
    size = (CLASSIFIER_PX, CLASSIFIER_PX)
    small = photo.resize(size, Image.Resampling.BICUBIC, box=box, reducing_gap=2.0)
    return np.asarray(small)[None]
