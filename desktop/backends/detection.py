"""What the detector's numbers mean: places in the photo, each with a class and a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIZE_PX = 416
_STRIDES_PX = (8, 16, 32)
_BINS = 11  # a side's distance is told as the odds of 0 to 10 strides
_SAME_PLACE = 0.5  # overlap beyond which two boxes of a class are one thing
_CANDIDATES = 200  # the surest cells that are looked at

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Detection:
    """A class seen at a place. `box` is left, top, right, bottom in fractions of the photo."""

    class_number: int
    score: float
    box: tuple[float, float, float, float]


def letterbox(photo: Image.Image) -> NDArray[np.uint8]:
    """The whole photo, centred on a black square, as the network's input [1, 416, 416, 3]."""
    scale = SIZE_PX / max(photo.size)
    size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    small = photo.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    square = Image.new("RGB", (SIZE_PX, SIZE_PX))
    square.paste(small, _corner(size))
    return np.asarray(square)[None]


def read_detections(
    scores: Floats, sides: Floats, photo_size: tuple[int, int], floor: float
) -> list[Detection]:
    """The detections of at least `floor`, surest first, one per thing.

    `scores` [cells, 80] and `sides` [cells, 44] are the network's outputs for a letterboxed photo
    of `photo_size` (width, height).
    """
    cells, classes = np.nonzero(scores >= floor)
    values = scores[cells, classes]
    order = np.argsort(-values, kind="stable")[:_CANDIDATES]
    cells, classes, values = cells[order], classes[order], values[order]
    boxes = _to_photo(_boxes(sides[cells], cells), photo_size)
    kept = _suppress(boxes, classes)
    return [
        Detection(int(classes[k]), float(values[k]), tuple(float(edge) for edge in boxes[k]))  # type: ignore[arg-type]
        for k in kept
        if boxes[k][2] > boxes[k][0] and boxes[k][3] > boxes[k][1]
    ]


def _corner(size: tuple[int, int]) -> tuple[int, int]:
    return (SIZE_PX - size[0]) // 2, (SIZE_PX - size[1]) // 2


def _cells() -> Floats:
    """Centre x, centre y and stride of every cell, in pixels of the square."""
    rows = []
    for stride in _STRIDES_PX:
        count = SIZE_PX // stride
        y, x = np.divmod(np.arange(count * count), count)
        rows.append(np.stack([(x + 0.5) * stride, (y + 0.5) * stride, np.full(len(x), stride)], 1))
    return np.concatenate(rows)


_CELLS = _cells()


def _boxes(sides: Floats, cells: NDArray[np.intp]) -> Floats:
    """The boxes [n, 4] of these cells, in pixels of the square."""
    odds = np.exp(sides.reshape(-1, 4, _BINS) - sides.reshape(-1, 4, _BINS).max(2, keepdims=True))
    strides = (odds @ np.arange(_BINS)) / odds.sum(2)
    x, y, stride = _CELLS[cells].T
    left, top, right, bottom = strides.T * stride
    return np.stack([x - left, y - top, x + right, y + bottom], axis=1)


def _to_photo(boxes: Floats, photo_size: tuple[int, int]) -> Floats:
    """Boxes in the square -> fractions of the photo, cut off at its edges."""
    scale = SIZE_PX / max(photo_size)
    size = max(1, round(photo_size[0] * scale)), max(1, round(photo_size[1] * scale))
    corner = np.array(_corner(size) * 2)
    fractions: Floats = (boxes - corner) / np.array(size * 2)
    return np.clip(fractions, 0.0, 1.0)


def _suppress(boxes: Floats, classes: NDArray[np.intp]) -> list[int]:
    """Which boxes (surest first) to keep: those that no surer box of their class covers."""
    kept: list[int] = []
    for k in range(len(boxes)):
        rivals = [r for r in kept if classes[r] == classes[k]]
        if not rivals or _overlap(boxes[k], boxes[rivals]).max() <= _SAME_PLACE:
            kept.append(k)
    return kept


def _overlap(box: Floats, others: Floats) -> Floats:
    """Intersection over union of a box with others."""
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
    shared = np.clip(high - low, 0, None).prod(1)
    area, areas = (box[2:] - box[:2]).prod(), (others[:, 2:] - others[:, :2]).prod(1)
    overlap: Floats = shared / np.maximum(area + areas - shared, 1e-12)
    return overlap
