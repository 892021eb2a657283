"""GridLayout: where each photo and each heading lies, whatever the window shows of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QRect

from .lines import Lines, Measures
from .sections import Section

SQUARES = 1.0


class Shapes(Protocol):
    """What the layout asks the model for."""

    def sections(self) -> Sequence[Section]:
        """Which photos stand together, in order; all of them."""

    def aspects(self, first: int, last: int) -> Sequence[float]:
        """Width by height of the photos from one place up to another, which is not among them."""


@dataclass(slots=True)
class Block:
    """A section with its lines; `first` is its first photo, `top` where its heading begins."""

    section: Section
    lines: Lines
    first: int
    top: int = 0
    heading_px: int = 0

    @property
    def end(self) -> int:
        """The photo after its last."""
        return self.first + self.lines.count

    @property
    def bottom(self) -> int:
        return self.top + self.heading_px + self.lines.height


class GridLayout:
    """Places are in a plane as wide as what is given for photos, counted from its upper left.

    What comes at the end of a section, or as a section of its own, leaves all others as they are.
    """

    def __init__(self, measures: Measures, heading_px: int) -> None:
        self._measures = self._wanted = measures
        self._heading_px = heading_px
        self._width = 1
        self._blocks: list[Block] = []
        self._firsts: list[int] = []
        self._tops: list[int] = []

    @property
    def count(self) -> int:
        """How many photos are laid out."""
        return self._blocks[-1].end if self._blocks else 0

    @property
    def height(self) -> int:
        return self._blocks[-1].bottom if self._blocks else 0

    @property
    def blocks(self) -> Sequence[Block]:
        """The sections in their order."""
        return self._blocks

    def fit(self, measures: Measures, width_px: int) -> bool:
        """Lay the same photos out for this width and in this way; whether it is another one."""
        if (measures, width_px) == (self._wanted, self._width):
            return False
        is_reshaped = measures.is_square != self._wanted.is_square
        self._wanted, self._width = measures, width_px
        self._measures = _squares(measures, width_px) if measures.is_square else measures
        if is_reshaped:
            self._blocks = []  # whoever asks fills it again
        for block in self._blocks:
            block.lines.resize(self._measures, width_px)
        self._place()
        return True

    def fill(self, shapes: Shapes) -> None:
        """Lay everything out anew."""
        self._blocks = []
        self.update(shapes, 0)

    def update(self, shapes: Shapes, changed: int) -> None:
        """Take over what was inserted; from the photo `changed` on it stands elsewhere."""
        old, new = self._blocks, list(shapes.sections())
        kept = 0
        while kept < min(len(old), len(new)) and old[kept].end <= changed:
            if old[kept].lines.count != new[kept].count:
                break
            kept += 1
        rest = 0
        while rest < min(len(old), len(new)) - kept:
            block, section = old[-1 - rest], new[-1 - rest]
            if block.first < changed or block.lines.count != section.count:
                break
            rest += 1
        between, after = old[kept : len(old) - rest], old[len(old) - rest :]
        wanted = new[kept : len(new) - rest]
        first = old[kept - 1].end if kept else 0
        if len(between) == len(wanted) == 1 and between[0].end == changed:
            more = shapes.aspects(changed, first + wanted[0].count)
            between[0].lines.extend(self._shaped(more))
            made = between
        else:
            made = []
            for section in wanted:
                made.append(self._block(shapes, section, first))
                first += section.count
        self._blocks = [*old[:kept], *made, *after]
        for block, section in zip(self._blocks, new, strict=True):
            block.section = section
        self._place()

    def reshape(self, shapes: Shapes, rows: Sequence[int]) -> None:
        """Lay those sections out anew of which these photos have another shape now."""
        for number in {self._number_of(row) for row in rows if row < self.count}:
            block = self._blocks[number]
            self._blocks[number] = self._block(shapes, block.section, block.first)
        self._place()

    def _block(self, shapes: Shapes, section: Section, first: int) -> Block:
        aspects = self._shaped(shapes.aspects(first, first + section.count))
        return Block(section, Lines(self._measures, self._width, aspects), first)

    def _shaped(self, aspects: Sequence[float]) -> Sequence[float]:
        return [SQUARES] * len(aspects) if self._wanted.is_square else aspects

    def _place(self) -> None:
        first = top = 0
        for block in self._blocks:
            block.first, block.top = first, top
            block.heading_px = self._heading_px if block.section.title else 0
            first, top = block.end, block.bottom
        self._firsts = [block.first for block in self._blocks]
        self._tops = [block.top for block in self._blocks]

    # Where is what

    def _number_of(self, row: int) -> int:
        return bisect_right(self._firsts, row) - 1

    def block_of(self, row: int) -> Block:
        """The section that a photo belongs to."""
        return self._blocks[self._number_of(row)]

    def block_at(self, y: int) -> Block:
        """The section at this height, or the nearest one; IndexError where there is none."""
        return self._blocks[max(bisect_right(self._tops, y) - 1, 0)]

    def picture(self, row: int) -> QRect:
        """Where a photo is drawn, without what stands below it."""
        block = self.block_of(row)
        line = block.lines.line_of(row - block.first)
        left, width_px = block.lines.span(line, row - block.first)
        top = block.top + block.heading_px + block.lines.top(line)
        return QRect(left, top, width_px, block.lines.picture_px(line))

    def line_rect(self, row: int) -> QRect:
        """The line that a photo is in, with the heading where it is the first below one."""
        block = self.block_of(row)
        line = block.lines.line_of(row - block.first)
        top = block.top + block.heading_px
        start = top + block.lines.top(line) if line else block.top
        return QRect(0, start, self._width, top + block.lines.top(line + 1) - start)

    def row_at(self, x: float, y: int) -> int:
        """The photo at a place, or the nearest one in its line; -1 where there is none."""
        if not self._blocks:
            return -1
        block = self.block_at(y)
        line = block.lines.line_at(y - block.top - block.heading_px)
        return block.first + block.lines.row_at(line, x)

    def row_beside(self, row: int, x: float, lines: int) -> int:
        """The photo at `x` so many lines further down (or up, below 0); `row` where none is."""
        number = self._number_of(row)
        block = self._blocks[number]
        line = block.lines.line_of(row - block.first) + lines
        while line < 0 and number > 0:
            number -= 1
            line += self._blocks[number].lines.line_count
        while line >= self._blocks[number].lines.line_count and number + 1 < len(self._blocks):
            line -= self._blocks[number].lines.line_count
            number += 1
        block = self._blocks[number]
        if not 0 <= line < block.lines.line_count:
            return row
        return block.first + block.lines.row_at(line, x)

    def rows_between(self, top: int, bottom: int) -> range:
        """The photos of every line that lies between these heights, at least in part."""
        if not self._blocks or bottom < 0 or top >= self.height:
            return range(0)
        above, below = self.block_at(top), self.block_at(bottom)
        start = above.lines.line_at(top - above.top - above.heading_px)
        end = below.lines.line_at(bottom - below.top - below.heading_px)
        first = above.first + above.lines.rows_of(start).start
        return range(first, below.first + below.lines.rows_of(end).stop)

    def headings_between(self, top: int, bottom: int) -> Iterator[tuple[QRect, Section]]:
        """The headings that are to be seen between these heights, and where."""
        number = max(bisect_right(self._tops, top) - 1, 0)
        for block in self._blocks[number:]:
            if block.top > bottom:
                return
            if block.heading_px:
                yield QRect(0, block.top, self._width, block.heading_px), block.section


def _squares(measures: Measures, width_px: int) -> Measures:
    """Squares so large that they fill the width."""
    gap = measures.gap_px
    columns = max(1, round((width_px + gap) / (measures.height_px + gap)))
    return replace(measures, height_px=max(1, (width_px + gap) // columns - gap))
