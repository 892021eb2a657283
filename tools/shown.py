"""Which sources of the window make what is to be seen of it.

The classes of the visible widgets with their delegates and models, and whatever else these import
of the window that paints or says something. What is not to be seen and what only wires does not
make a picture old.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
import sys
from collections.abc import Iterator
from types import ModuleType

from PySide6.QtWidgets import QAbstractItemView, QWidget

UI = "desktop.ui."
_PAINTS_OR_SAYS = re.compile(r"PySide6\.Qt(Gui|Widgets)|\btr\(|\btranslate\(")


def shown_modules(window: QWidget) -> list[str]:
    """The modules' names, sorted."""
    kinds = {type(part) for part in _visible_parts(window)}
    visible = {base.__module__ for kind in kinds for base in kind.__mro__}
    visible = {name for name in visible if name.startswith(UI)}
    helpers = {helper for name in visible for helper in _helpers(sys.modules[name])}
    return sorted(visible | helpers)


def _visible_parts(window: QWidget) -> Iterator[object]:
    for widget in (window, *window.findChildren(QWidget)):
        if widget.window() is window.window() and widget.isVisible():
            yield widget
            if isinstance(widget, QAbstractItemView):
                yield widget.itemDelegate()
                yield widget.model()


def _helpers(module: ModuleType) -> Iterator[str]:
    """The modules of the window of which this one imports more than a widget."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom) and node.level:
            of = "." * node.level + (node.module or "")
            helper = sys.modules.get(importlib.util.resolve_name(of, module.__package__))
            if helper and helper.__name__.startswith(UI) and _paints_or_says(helper):
                things = [getattr(helper, alias.name) for alias in node.names]
                if not all(isinstance(it, type) and issubclass(it, QWidget) for it in things):
                    yield helper.__name__


def _paints_or_says(module: ModuleType) -> bool:
    return bool(_PAINTS_OR_SAYS.search(inspect.getsource(module)))
