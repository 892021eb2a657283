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
    Photos are laid out from the first one on, as far as somebody has asked for it.
    """

    def __init__(self, measures: Measures, heading_px: int) -> None:
        self._measures = self._wanted = measures
        self._heading_px = heading_px
        self._width = 1
        self._blocks: list[Block] = []
        self._firsts: list[int] = []
        self._tops: list[int] = []
        self.total = 0
        """How many photos there are."""

    @property
    def count(self) -> int:
        """How many photos are laid out by now."""
        return self._blocks[-1].end if self._blocks else 0

    @property
    def height(self) -> int:
        """Of what is laid out by now."""
        return self._blocks[-1].bottom if self._blocks else 0

    @property
    def likely_height(self) -> int:
        """How high all photos will be once they are laid out."""
        count = self.count
        return self.height if count == self.total else self.height * self.total // max(count, 1)

    @property
    def blocks(self) -> Sequence[Block]:
        """The sections in their order, as far as they are laid out."""
        return self._blocks

    def fit(self, measures: Measures, width_px: int) -> bool:
        """Lay photos out for this width and in this way from now on; whether it is another one.

        Then none is laid out any more until `reach`.
        """
        if (measures, width_px) == (self._wanted, self._width):
            return False
        self._wanted, self._width = measures, width_px
        self._measures = _squares(measures, width_px) if measures.is_square else measures
        self._blocks = []
        self._place()
        return True

    def fill(self, shapes: Shapes, end: int) -> None:
        """Lay everything out anew, for the present up to this photo, which is not among them."""
        self._blocks = []
        self.reach(shapes, end)

    def reach(self, shapes: Shapes, end: int) -> None:
        """Go on to lay photos out up to this one, which is not among them."""
        sections = shapes.sections()
        self.total = sum(section.count for section in sections)
        first, blocks = self.count, self._blocks
        is_begun = bool(blocks) and blocks[-1].lines.count < sections[len(blocks) - 1].count
        start = len(blocks) - is_begun
        for number, section in enumerate(sections[start:], start):
            if first >= end:
                break
            if number == len(blocks):
                blocks.append(Block(section, self._lines([]), first))
            lines = blocks[number].lines
            more = min(section.count - lines.count, end - first)
            lines.extend(self._shaped(shapes.aspects(first, first + more)))
            first += more
        self._place(start)

    def insert(self, shapes: Shapes, place: int, more: int) -> None:
        """Take over so many photos that were inserted at a place."""
        sections = shapes.sections()
        self.total = sum(section.count for section in sections)
        if place >= self.count:
            return  # they are laid out when it is their turn
        old, new = self._blocks, _up_to(sections, self.count + more)
        kept = 0
        while kept < min(len(old), len(new)) and old[kept].end <= place:
            if old[kept].lines.count != new[kept].count:
                break
            kept += 1
        rest = 0
        while rest < min(len(old), len(new)) - kept:
            block, section = old[-1 - rest], new[-1 - rest]
            if block.first < place or block.lines.count != section.count:
                break
            rest += 1
        between, after = old[kept : len(old) - rest], old[len(old) - rest :]
        wanted = new[kept : len(new) - rest]
        first = old[kept - 1].end if kept else 0
        if len(between) == len(wanted) == 1 and between[0].end == place:
            aspects = shapes.aspects(place, first + wanted[0].count)
            between[0].lines.extend(self._shaped(aspects))
            made = between
        else:
            made = []
            for section in wanted:
                aspects = self._shaped(shapes.aspects(first, first + section.count))
                made.append(Block(section, self._lines(aspects), first))
                first += section.count
        self._blocks = [*old[:kept], *made, *after]
        for block, section in zip(self._blocks, sections, strict=False):
            block.section = section
        self._place()

    def cut(self, row: int) -> None:
        """Lay out anew, when it is their turn, the photos from the line of this one on."""
        number = self._number_of(row)
        block = self._blocks[number]
        del self._blocks[number + 1 :]
        block.lines.cut(block.lines.line_of(row - block.first))
        if not block.lines.count:
            del self._blocks[number]
        self._place(number)

    def _lines(self, aspects: Sequence[float]) -> Lines:
        return Lines(self._measures, self._width, aspects)

    def _shaped(self, aspects: Sequence[float]) -> Sequence[float]:
        return [SQUARES] * len(aspects) if self._wanted.is_square else aspects

    def _place(self, start: int = 0) -> None:
        first = self._blocks[start - 1].end if start else 0
        top = self._blocks[start - 1].bottom if start else 0
        del self._firsts[start:], self._tops[start:]
        for block in self._blocks[start:]:
            block.first, block.top = first, top
            block.heading_px = self._heading_px if block.section.title else 0
            first, top = block.end, block.bottom
            self._firsts.append(block.first)
            self._tops.append(block.top)

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


def _up_to(sections: Sequence[Section], count: int) -> list[Section]:
    """The sections of the first photos, the last one with fewer if need be."""
    parts = []
    for section in sections:
        if count <= 0:
            break
        parts.append(replace(section, count=min(section.count, count)))
        count -= section.count
    return parts


def _squares(measures: Measures, width_px: int) -> Measures:
    """Squares so large that they fill the width."""
    gap = measures.gap_px
    columns = max(1, round((width_px + gap) / (measures.height_px + gap)))
    return replace(measures, height_px=max(1, (width_px + gap) // columns - gap))
