"""Vectors: all embeddings of the library in memory, a byte a number, to rank them by one.

A float16 each would be 100 MB for 100,000 photos, and numpy takes over 100 ms to read it; a byte
each is 51 MB and 12 to 20 ms. What comes out first is then compared by the numbers as they are
kept, so that rounding decides nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import Cancelled
from .embeddings import Embeddings
from .encoder import Vector

BLOCK = 4096
"""Rows of one array: 2 MB."""
_AT_ONCE = 256
"""Rows that are made to floats at a time: they stay in a processor's cache, and are too few for
numpy to start threads for them, which cost more than they bring."""
_READ = 4096
_FINALISTS = 2
"""So many times as many as are wanted are compared exactly."""
_LEAST_FINALISTS = 200


class RankedImage(NamedTuple):
    """An image, and how near its direction is to the one asked for: a cosine, -1 to 1."""

    image_id: int
    score: float


class _Block:
    """Up to BLOCK rows."""

    def __init__(self, dimensions: int) -> None:
        self.count = 0
        self._rows = np.zeros((BLOCK, dimensions), np.int8)
        self._scales = np.zeros(BLOCK, np.float32)
        self._images = np.zeros(BLOCK, np.int64)

    @property
    def images(self) -> NDArray[np.int64]:
        return self._images[: self.count]

    def add(self, images: Sequence[int], vectors: NDArray[np.float32]) -> None:
        new = slice(self.count, self.count + len(images))
        scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
        self._rows[new] = np.rint(vectors / scales[:, None])
        self._scales[new] = scales
        self._images[new] = images
        self.count = new.stop

    def floats(self, start: int, stop: int, out: NDArray[np.float32]) -> NDArray[np.float32]:
        """Rows as floats, in the units of their scales."""
        some = out[: stop - start]
        np.copyto(some, self._rows[start:stop])
        return some

    def scales(self, start: int, stop: int) -> NDArray[np.float32]:
        return self._scales[start:stop]


class Vectors:
    """Safe with several threads, one after another; every method may raise StorageError."""

    def __init__(self, embeddings: Embeddings, dimensions: int) -> None:
        self._embeddings = embeddings
        self._dimensions = dimensions
        self._lock = threading.RLock()
        self._number = 0
        self._blocks: list[_Block] = []

    def forget(self) -> None:
        """Begin anew at the next question."""
        with self._lock:
            self._number, self._blocks = 0, []

    def renew(self) -> None:
        """Read what has come since the last time."""
        with self._lock:
            while rows := self._embeddings.since(self._number, _READ):
                self._number = rows[-1][0]
                whole = [row for row in rows if len(row[2]) == 2 * self._dimensions]
                if whole:
                    data = b"".join(vector for *_, vector in whole)
                    vectors = np.frombuffer(data, np.float16).reshape(len(whole), -1)
                    self._add([image for _, image, _ in whole], vectors.astype(np.float32))

    def _add(self, images: list[int], vectors: NDArray[np.float32]) -> None:
        while images:
            if not self._blocks or self._blocks[-1].count == BLOCK:
                self._blocks.append(_Block(self._dimensions))
            room = BLOCK - self._blocks[-1].count
            self._blocks[-1].add(images[:room], vectors[:room])
            images, vectors = images[room:], vectors[room:]

    def rank(
        self, wanted: Vector, most: int, *, among: Sequence[int] | None = None
    ) -> list[RankedImage]:
        """The images that are nearest, at most so many, the nearest first; only those `among`
        these ids, if any are given.
        """
        with self._lock:
            self.renew()
            if not self._blocks:
                return []
            images = np.concatenate([block.images for block in self._blocks])
            scores = np.concatenate([*self._scores(wanted)])
        if among is not None:
            scores[~np.isin(images, np.asarray(among, np.int64))] = -np.inf
        finalists = min(len(scores), max(_FINALISTS * most, _LEAST_FINALISTS))
        best = np.argpartition(-scores, finalists - 1)[:finalists]
        kept = self._embeddings.of(images[best[scores[best] > -np.inf]].tolist())
        ids = [*kept]
        if not ids:
            return []
        exact = np.frombuffer(b"".join(kept.values()), np.float16).reshape(len(ids), -1)
        by_score = exact.astype(np.float32) @ wanted
        order = np.argsort(-by_score, kind="stable")[:most]
        return [RankedImage(ids[n], float(by_score[n])) for n in order]

    def _scores(self, wanted: Vector) -> Iterator[NDArray[np.float32]]:
        buffer = np.empty((_AT_ONCE, self._dimensions), np.float32)
        for block in self._blocks:
            scores = np.empty(block.count, np.float32)
            for start, stop in _steps(block.count, _AT_ONCE):
                np.dot(block.floats(start, stop, buffer), wanted, out=scores[start:stop])
            yield scores * block.scales(0, block.count)

    def near(self, least: float, cancel: threading.Event) -> Iterator[tuple[int, int, list[int]]]:
        """Compare every image with every other one: (compared, of all, ids of pairs in a row).

        That is their number squared: seconds for 10,000, a minute or two for 100,000. Cancelled
        when `cancel` is set.
        """
        with self._lock:
            self.renew()
            blocks = [*self._blocks]  # rows are only ever added
            counts = [block.count for block in blocks]
        pairs, done = sum(counts) ** 2 // 2, 0
        few = np.empty((_AT_ONCE, self._dimensions), np.float32)
        many = np.empty((BLOCK, self._dimensions), np.float32)
        for n, (other, count) in enumerate(zip(blocks, counts, strict=True)):
            others = other.floats(0, count, many)
            for block, rows in zip(blocks[: n + 1], counts[: n + 1], strict=True):
                for start, stop in _steps(rows, _AT_ONCE):
                    if cancel.is_set():
                        raise Cancelled
                    scores = block.floats(start, stop, few) @ others.T
                    scores *= block.scales(start, stop)[:, None]
                    scores *= other.scales(0, count)
                    found: list[int] = []
                    for row, column in np.argwhere(scores >= least).tolist():
                        one, two = int(block.images[start + row]), int(other.images[column])
                        if one != two and (block is not other or start + row < column):
                            found += (one, two)
                    done += (stop - start) * count // (2 if block is other else 1)
                    yield done, pairs, found


def _steps(count: int, step: int) -> Iterator[tuple[int, int]]:
    for start in range(0, count, step):
        yield start, min(count, start + step)
