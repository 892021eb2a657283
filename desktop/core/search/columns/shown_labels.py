"""ShownLabels: which images show which label and how surely, in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ...library.store import Store
from .numbers import Numbers, numbers

PARTS = 10_000
"""Of a per cent: confidences are kept as whole numbers of these, rounded down."""

# What a person kept or added counts at any confidence.
_SURE = f"CAST(confidence * {PARTS} AS INTEGER) + {101 * PARTS} * kept"
# A column of each label as one value: rows of Python's would keep other threads from working.
_ALL = f"SELECT label, group_concat(image_id), group_concat({_SURE}) FROM shown GROUP BY label"  # noqa: S608
_SOME = (
    f"SELECT label, image_id, {_SURE} AS sure FROM shown"  # noqa: S608
    " WHERE image_id IN (SELECT value FROM json_each(:ids)) ORDER BY label"
)


@dataclass(frozen=True)
class ShownLabels:
    """A column each, in the order of the labels' names: the number of the label, the image's id,
    the confidence in `PARTS`, over 101 % where it counts at any. 12 bytes a label of an image.
    """

    names: tuple[str, ...]
    labels: Numbers
    images: Numbers
    sure: Numbers

    @classmethod
    def read(cls, store: Store) -> ShownLabels:
        """All of them; 400,000 take about 0.2 s. May raise StorageError."""
        rows = store.search(_ALL)
        images = [numbers(row[1]) for row in rows]
        sure = [numbers(row[2]) for row in rows]
        return cls(
            tuple(row[0] for row in rows),
            np.repeat(np.arange(len(rows), dtype=np.int32), [*map(len, images)]),
            np.concatenate([np.empty(0, np.int32), *images]),
            np.concatenate([np.empty(0, np.int32), *sure]),
        )

    def renewed(self, store: Store, images: Sequence[int]) -> ShownLabels:
        """The labels as they are now, where only those of these images have changed."""
        rows = store.search(_SOME, {"ids": json.dumps(images)})
        is_other = np.ones(max(int(self.images.max(initial=0)), *images) + 1, np.bool_)
        is_other[images] = False
        kept = is_other[self.images]
        names = sorted({row["label"] for row in rows} | {*self.names})
        number = {name: place for place, name in enumerate(names)}
        numbers = np.array([number[name] for name in self.names], np.int32)
        labels = numbers[self.labels[kept]]
        new = np.array([number[row["label"]] for row in rows], np.int32)
        places = np.searchsorted(labels, new)
        return ShownLabels(
            tuple(names),
            np.insert(labels, places, new),
            np.insert(self.images[kept], places, [row["image_id"] for row in rows]),
            np.insert(self.sure[kept], places, [row["sure"] for row in rows]),
        )

    @cached_property
    def in_use(self) -> list[str]:
        """The labels that any image shows, at whatever confidence, by name."""
        counts = np.diff(self._begins).tolist()
        return [name for name, count in zip(self.names, counts, strict=True) if count]

    def images_with(self, names: Iterable[str], least: float) -> Numbers:
        """The ids of the images that show one of these labels, from `least` percent on; some may
        come several times."""
        bound = least * PARTS
        found: list[Numbers] = [np.empty(0, np.int32)]
        for number in (self._number[name] for name in names if name in self._number):
            here = slice(self._begins[number], self._begins[number + 1])
            found.append(self.images[here][self.sure[here] >= bound])
        return np.concatenate(found)

    def is_any(self, images: Numbers, least: float) -> npt.NDArray[np.bool_]:
        """Of each of these images, whether it shows any label from `least` percent on."""
        highest = self._highest
        last = len(highest) - 1
        found: npt.NDArray[np.bool_] = highest[images.clip(max=last)] >= least * PARTS
        return found & (images <= last)

    def counts(
        self, photos_of: npt.NDArray[np.int64], least: float
    ) -> tuple[list[tuple[str, int]], int]:
        """Each label and how many photos show it from `least` percent on, where so many photos
        have each image; and how many labels of photos are less certain than that."""
        found: list[tuple[str, int]] = []
        hidden = 0
        for number, name in enumerate(self.names):
            here = slice(self._begins[number], self._begins[number + 1])
            photos = photos_of[self.images[here]]
            count = int(photos[self.sure[here] >= least * PARTS].sum())
            found.append((name, count))
            hidden += int(photos.sum()) - count
        return found, hidden

    def count_hidden(self, photos_of: npt.NDArray[np.int64], least: float) -> int:
        """How many labels of photos are less certain than that."""
        return int(photos_of[self.images[self.sure < least * PARTS]].sum())

    def images_without(self, least: float) -> Numbers:
        """The ids of the images that have labels, but none from `least` percent on."""
        is_hidden = (self._highest >= 0) & (self._highest < least * PARTS)
        return np.flatnonzero(is_hidden).astype(np.int32)

    @cached_property
    def _begins(self) -> Numbers:
        """Where each label begins, and the end of all."""
        numbers = np.arange(len(self.names) + 1, dtype=np.int32)
        return np.searchsorted(self.labels, numbers).astype(np.int32)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    @cached_property
    def _highest(self) -> Numbers:
        highest = np.full(int(self.images.max(initial=0)) + 1, -1, np.int32)
        np.maximum.at(highest, self.images, self.sure)
        return highest
