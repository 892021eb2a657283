"""Lines: photos in rows that fill a width, each row of one height, with their shapes kept."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

MOST_STRETCH = 1.4
"""A line is at most so much higher than was asked for: one of few photos may end before the edge.
"""
LAST_STRETCH = 1.15
"""The last line of a section is filled only where that hardly shows."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How photos are laid out, in logical pixels.

    `height_px` is what a line's pictures are about high, `below_px` stands below each for its
    texts, `gap_px` is free between two photos. `is_square`: every photo takes the same place.
    """

    height_px: int
    below_px: int
    gap_px: int
    is_square: bool = False


class Lines:
    """Photos one after another, broken into lines; their places count from (0, 0).

    Everything stands in arrays, and a line is found by bisection: 100,000 photos take some
    milliseconds to break and a few bytes each.
    """

    def __init__(self, measures: Measures, width_px: int, aspects: Sequence[float]) -> None:
        """`aspects` are each photo's width by its height."""
        self._measures = measures
        self._width = width_px
        self._sums = array("d", [0.0])
        """Where each photo would begin if all were one line of the height asked for."""
        self._firsts = array("l")
        self._scales = array("d")
        self._tops = array("l", [0])
        self.extend(aspects)

    @property
    def count(self) -> int:
        """How many photos there are."""
        return len(self._sums) - 1

    @property
    def height(self) -> int:
        """Of all lines, with what stands below the last."""
        return self._tops[-1]

    @property
    def line_count(self) -> int:
        return len(self._firsts)

    def extend(self, aspects: Sequence[float]) -> None:
        """More photos at the end; only the last line is broken anew."""
        height, gap = self._measures.height_px, self._measures.gap_px
        steps = [aspect * height + gap for aspect in aspects]
        self._sums[-1:] = array("d", accumulate(steps, initial=self._sums[-1]))
        self._break()

    def cut(self, line: int) -> None:
        """Leave out the photos of this line and of all further down."""
        del self._sums[self._firsts[line] + 1 :], self._tops[line + 1 :]
        del self._firsts[line:], self._scales[line:]

    def _break(self) -> None:
        if self._firsts:  # the last line may take more
            row = self._firsts.pop()
            self._scales.pop()
            self._tops.pop()
        else:
            row = 0
        sums, count, gap = self._sums, self.count, self._measures.gap_px
        room = self._width + gap
        firsts, scales = array("l"), array("d")
        most = int(room / (gap + 1))
        while row < count:
            goal = sums[row] + room
            end = bisect_left(sums, goal, row + 1, min(count, row + most))
            if end - 1 > row and goal - sums[end - 1] < sums[end] - goal:
                end -= 1  # one less fills it better
            gaps = gap * (end - row)
            scale = (room - gaps) / (sums[end] - sums[row] - gaps)
            firsts.append(row)
            scales.append(scale if scale < MOST_STRETCH else 1.0)
            row = end
        if scales and scales[-1] > (1.02 if self._measures.is_square else LAST_STRETCH):
            scales[-1] = 1.0
        self._firsts += firsts
        self._scales += scales
        height, below = self._measures.height_px, self._measures.below_px + gap
        heights = [round(height * scale) + below for scale in scales]
        self._tops[-1:] = array("l", accumulate(heights, initial=self._tops[-1]))

    # Where is what

    def line_of(self, row: int) -> int:
        """The line that a photo is in."""
        return bisect_right(self._firsts, row) - 1

    def line_at(self, y: int) -> int:
        """The line at this height, or the nearest one."""
        return min(max(bisect_right(self._tops, y) - 1, 0), self.line_count - 1)

    def rows_of(self, line: int) -> range:
        """The photos of a line."""
        is_last = line + 1 >= self.line_count
        return range(self._firsts[line], self.count if is_last else self._firsts[line + 1])

    def top(self, line: int) -> int:
        return self._tops[line]

    def picture_px(self, line: int) -> int:
        """How high the pictures of a line are."""
        return self._tops[line + 1] - self._tops[line] - self._measures.below_px - self._gap

    @property
    def _gap(self) -> int:
        return self._measures.gap_px

    def _left(self, line: int, row: int) -> float:
        """Where a photo of a line begins, or the one after its last would."""
        first = self._firsts[line]
        gaps = self._gap * (row - first)
        return (self._sums[row] - self._sums[first] - gaps) * self._scales[line] + gaps

    def span(self, line: int, row: int) -> tuple[int, int]:
        """Where a photo of this line begins, and how wide it is."""
        left = round(self._left(line, row))
        return left, round(self._left(line, row + 1)) - self._gap - left

    def row_at(self, line: int, x: float) -> int:
        """The photo of a line at this place, or the nearest one."""
        rows = self.rows_of(line)
        for row in rows[:-1]:
            if x < self._left(line, row + 1) - self._gap / 2:
                return row
        return rows[-1]
