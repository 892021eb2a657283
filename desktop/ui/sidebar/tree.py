"""LineTree: lines below lines as a model of Qt; only those that come, go or change are touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from .lines import Kind, Line, SidebarEntry

MOST_AT_ONCE = 300
"""New lines that are added in one go: 5 ms. Of thousands, the first are seen at once."""

AnyIndex = QModelIndex | QPersistentModelIndex
_Key = tuple[Kind, str]
_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_NAMED = _CHOSEN | Qt.ItemFlag.ItemIsEditable
_FLAGS: dict[Kind, Qt.ItemFlag] = {
    "filter": Qt.ItemFlag.NoItemFlags,  # the line of the filter is the filter's own
    "label": _NAMED,
    "search": _NAMED,
}


@dataclass(slots=True, eq=False)
class _Node:
    """A line as it stands in the model, and the lines below it.

    Qt's indexes know it by its number: they may outlive it.
    """

    line: Line
    above: _Node | None
    number: int
    row: int = 0
    below: list[_Node] = field(default_factory=list)


class LineTree(QAbstractItemModel):
    """Shows a tree of lines; a view would ask for each of thousands anew after a reset."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count()
        self._top = _Node(Line(SidebarEntry("heading", "", "")), None, next(self._numbers))
        self._nodes = {self._top.number: self._top}
        self._places: dict[_Key, _Node] = {}
        self._room = 0
        self._has_moved = False

    # Qt's questions

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        below = self._node(parent).below
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self._index(below[row])

    def parent(self, index: AnyIndex | None = None) -> Any:
        """The index above an index; without one, the object that this belongs to."""
        if index is None:
            return super().parent()
        above = self._node(index).above
        return QModelIndex() if above is None else self._index(above)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self._node(parent).below)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS.get(self.entry(index).kind, _CHOSEN)

    # What the lines are

    def entry(self, index: AnyIndex) -> SidebarEntry:
        """What a line stands for."""
        return self._node(index).line.entry

    def index_of(self, kind: Kind, key: str) -> QModelIndex:
        """Where a line is; an invalid index when it is not there."""
        node = self._places.get((kind, key))
        return self._index(node) if node else QModelIndex()

    def _node(self, index: AnyIndex) -> _Node:
        return self._nodes.get(index.internalId(), self._top) if index.isValid() else self._top

    def _index(self, node: _Node) -> QModelIndex:
        if node.above is None:
            return QModelIndex()
        return self.createIndex(node.row, 0, node.number)

    # What changes them

    def put(self, lines: list[Line]) -> tuple[bool, bool]:
        """Show these lines, as far as there is room for new ones; to say the same again adds more.

        Whether lines came, went or moved, and whether all are there.
        """
        self._room, self._has_moved = MOST_AT_ONCE, False
        self._put(self._top, Line(self._top.line.entry, lines))
        return self._has_moved, self._room >= 0

    def _has_room(self) -> bool:
        self._room -= 1
        return self._room >= 0

    def _put(self, node: _Node, line: Line) -> None:
        """Let a node be this line, with those below it, as far as there is room."""
        if node.line is line:
            return
        lines = self._arrange(node, line.lines)
        changed = []
        for below, each in zip(node.below, lines, strict=True):
            if below.line.entry != each.entry:
                changed.append(below)
            if below.below or each.lines:
                self._put(below, each)
            else:
                below.line = each
        node.line = _as_grown(line, node.below)
        if changed:
            self.dataChanged.emit(self._index(changed[0]), self._index(changed[-1]))

    def _arrange(self, node: _Node, lines: list[Line]) -> list[Line]:
        """Let there be a node for each line below a node; those for which there was room."""
        old, new = [_key(each.line) for each in node.below], [*map(_key, lines)]
        if old == new:
            return lines
        stay = _common(old, new)
        lines = [line for line in lines if _key(line) in stay or self._has_room()]
        end = len(old)
        for row in range(len(old) - 1, -2, -1):
            if row < 0 or old[row] in stay:
                if row + 1 < end:
                    self._remove(node, row + 1, end)
                end = row
        row = 0
        while row < len(lines):
            begin = row
            while row < len(lines) and _key(lines[row]) not in stay:
                row += 1
            if begin < row:
                self._insert(node, begin, lines[begin:row])
            row += 1
        return lines

    def _remove(self, node: _Node, begin: int, end: int) -> None:
        self.beginRemoveRows(self._index(node), begin, end - 1)
        gone = node.below[begin:end]
        del node.below[begin:end]
        _count_rows(node, begin)
        self._forget(gone)
        self.endRemoveRows()
        self._has_moved = True

    def _insert(self, node: _Node, begin: int, lines: Sequence[Line]) -> None:
        self.beginInsertRows(self._index(node), begin, begin + len(lines) - 1)
        node.below[begin:begin] = [self._grown(line, node) for line in lines]
        _count_rows(node, begin)
        self.endInsertRows()
        self._has_moved = True

    def _grown(self, line: Line, above: _Node) -> _Node:
        node = _Node(line, above, next(self._numbers))
        node.below = [self._grown(each, node) for each in line.lines if self._has_room()]
        _count_rows(node, 0)
        node.line = _as_grown(line, node.below)
        self._nodes[node.number] = self._places[_key(line)] = node
        return node

    def _forget(self, nodes: Iterable[_Node]) -> None:
        for node in nodes:
            del self._nodes[node.number]
            key = _key(node.line)
            if self._places[key] is node:  # and does not stand elsewhere by now
                del self._places[key]
            self._forget(node.below)


def _count_rows(node: _Node, begin: int) -> None:
    for row in range(begin, len(node.below)):
        node.below[row].row = row


def _as_grown(line: Line, below: Sequence[_Node]) -> Line:
    """The line with those of its lines that have a node; itself when all have."""
    lines = [each.line for each in below]
    is_whole = [*map(id, lines)] == [*map(id, line.lines)]
    return line if is_whole else Line(line.entry, lines)


def _key(line: Line) -> _Key:
    return line.entry.kind, line.entry.key


def _common(old: Sequence[_Key], new: Sequence[_Key]) -> set[_Key]:
    """What can stay where it is: all of both, or where some stand in another order, those before
    and behind these."""
    both = {*old} & {*new}
    here, there = ([key for key in keys if key in both] for keys in (old, new))
    others = [place for place, key in enumerate(here) if key != there[place]]
    return both.difference(here[others[0] : others[-1] + 1]) if others else both
