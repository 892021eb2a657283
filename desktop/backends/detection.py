"""What the detector's numbers mean: places in the photo, each with a class and a score."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .views import Frame, frame_of

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


def read_detections(
    scores: Floats, sides: Floats, photo_size: tuple[int, int], floor: float
) -> list[Detection]:
    """The detections of at least `floor`, surest first, one per thing.

    `scores` [cells, 80] and `sides` [cells, 44] are the network's outputs for a framed photo of
    `photo_size` (width, height).
    """
    found = np.flatnonzero(scores >= floor)  # ten times as fast as nonzero() of both axes
    cells, classes = np.divmod(found, scores.shape[1])
    values = scores[cells, classes]
    order = np.argsort(-values, kind="stable")[:_CANDIDATES]
    cells, classes, values = cells[order], classes[order], values[order]
    frame = frame_of(photo_size)
    boxes = _to_photo(_boxes(sides[cells], _cells(frame.size)[cells]), frame)
    kept = _suppress(boxes, classes)
    return [
        Detection(int(classes[k]), float(values[k]), tuple(float(edge) for edge in boxes[k]))  # type: ignore[arg-type]
        for k in kept
        if boxes[k][2] > boxes[k][0] and boxes[k][3] > boxes[k][1]
    ]


@functools.lru_cache(maxsize=64)
def _cells(size: tuple[int, int]) -> Floats:
    """Centre x, centre y and stride of every cell in a frame, in its pixels."""
    rows = []
    for stride in _STRIDES_PX:
        columns, count = size[0] // stride, (size[0] // stride) * (size[1] // stride)
        y, x = np.divmod(np.arange(count), columns)
        rows.append(np.stack([(x + 0.5) * stride, (y + 0.5) * stride, np.full(count, stride)], 1))
    return np.concatenate(rows)


def _boxes(sides: Floats, cells: Floats) -> Floats:
    """The boxes [n, 4] of these cells, in pixels of the frame."""
    odds = np.exp(sides.reshape(-1, 4, _BINS) - sides.reshape(-1, 4, _BINS).max(2, keepdims=True))
    strides = (odds @ np.arange(_BINS)) / odds.sum(2)
    x, y, stride = cells.T
    left, top, right, bottom = strides.T * stride
    return np.stack([x - left, y - top, x + right, y + bottom], axis=1)


def _to_photo(boxes: Floats, frame: Frame) -> Floats:
    """Boxes in the frame -> fractions of the photo, cut off at its edges."""
    fractions: Floats = (boxes - np.array(frame.corner * 2)) / np.array(frame.picture * 2)
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
