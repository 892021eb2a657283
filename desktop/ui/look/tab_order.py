"""Leads the Tab key through a window in the order in which its parts are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLayout, QScrollArea, QSplitter, QWidget

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def order_tabs(window: QWidget, *over: QWidget) -> None:
    """Call it when all parts stand; by itself Qt goes by the order in which they were made.

    What lies `over` the window comes last.
    """
    parts = [part for each in (window, *over) for part in _parts(each)]
    stops = [each for each in parts if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """Every widget below this one, as one reads."""
    children: Iterable[QWidget | None]
    if isinstance(widget, QSplitter):
        children = map(widget.widget, range(widget.count()))
    elif isinstance(widget, QScrollArea):  # and what stands below what scrolls
        others = widget.findChildren(QWidget, options=_DIRECT)
        children = [widget.widget(), *(each for each in others if each is not widget.viewport())]
    elif isinstance(widget, QAbstractItemView):  # fields that lie over its lines
        children = widget.viewport().findChildren(QWidget, options=_DIRECT)
    else:
        children = _in_layout(widget.layout())
    for child in children:
        if child is not None:
            yield child
            yield from _parts(child)


def _in_layout(layout: QLayout | None) -> Iterator[QWidget | None]:
    for place in range(layout.count() if layout else 0):
        item = layout.itemAt(place) if layout else None
        if item is not None:
            yield item.widget()
            yield from _in_layout(item.layout())
