"""The real program for a test's eyes: for every line on its input it prints what is to be seen.

The line `picture PATH` also saves a picture of the window that was opened last; `mistake` makes
the program stumble over an unexpected error, which names all that it knows of the Amazon account.

    python -m tests.rig.eye DATA_DIR [PATH...]

It looks and does nothing else; hands are xdotool's. Each answer is a line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QSocketNotifier, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QMenu,
    QScrollArea,
    QScrollBar,
    QTreeView,
    QWidget,
)

from desktop import app, cli
from desktop.ui.amazon import calls
from desktop.ui.window import Window

from .hurried import hurry

moments: list[float] = []
"""When the window was painted for the first time, and when all of it was, on the clock that all
processes share."""


def main() -> None:
    real_show = Window.show
    os.set_blocking(sys.stdin.fileno(), False)

    def show(window: Window) -> None:
        real_show(window)
        window.eye = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, window)
        window.eye.activated.connect(answer)
        window.painted.connect(lambda: moments.append(time.monotonic()))
        window.ready.connect(lambda: moments.append(time.monotonic()))
        window.ready.connect(hurry_at_amazon)

    Window.show = show
    data_dir, *paths = map(Path, sys.argv[1:])
    app.end_process(cli.run(["--data-dir", str(data_dir), *map(str, paths)]))


def hurry_at_amazon() -> None:
    """Let nothing pause that is made there; in the thread that loads what is needed for it."""
    for name in ("set_up", "update", "new_key", "add_computer", "remove"):
        do = getattr(calls, name)

        def do_hurried(*told: Any, do: Callable[..., Any] = do) -> Any:
            hurry()
            return do(*told)

        setattr(calls, name, do_hurried)


def answer() -> None:
    try:
        asked = os.read(sys.stdin.fileno(), 4096)
    except BlockingIOError:  # the notifier may call twice: waiting would stop the window
        return
    for line in asked.decode().splitlines():
        word, _, path = line.partition(" ")
        if word == "picture":
            dialogs = [top for top in tops() if isinstance(top, QDialog)]
            (dialogs or tops())[-1].grab().save(path)
        elif word == "mistake":
            QTimer.singleShot(0, make_a_mistake)
        look()


def make_a_mistake() -> None:
    account = next(top for top in tops() if isinstance(top, Window)).shell.amazon.account
    access = account.access
    assert access is not None
    known = access, access.session, account.order(access), account.settings.now
    raise RuntimeError(f"a mistake with {known}")


def look() -> None:
    seen = {
        "focus": "",
        "moments": moments,
        "things": [thing for top in tops() for thing in things(top)],
    }
    if (widget := QApplication.focusWidget()) is not None:
        seen["focus"] = name_of(widget)
    print(json.dumps(seen), flush=True)


def tops() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def things(top: QWidget) -> Iterator[dict[str, Any]]:
    """Every visible part of a window, every visible item of its views, what its menu offers."""
    yield thing(top, top.windowTitle(), top.rect(), window=int(top.winId()))
    if isinstance(top, QMenu):
        yield from offers(top)
    for widget in (top, *top.findChildren(QWidget)):
        if widget.isVisible() and widget.window() is top:
            if widget is not top:
                yield thing(widget, name_of(widget), widget.rect())
            if isinstance(widget, QAbstractItemView):
                yield from items(widget)


def offers(menu: QMenu) -> Iterator[dict[str, Any]]:
    for action in menu.actions():
        text, rect = action.text().replace("&", ""), menu.actionGeometry(action)
        yield thing(menu, text, rect, kind="QAction", enabled=action.isEnabled())


def items(view: QAbstractItemView) -> Iterator[dict[str, Any]]:
    model, viewport = view.model(), view.viewport()
    for index in indexes(view, view.rootIndex()):
        rect = view.visualRect(index) & viewport.rect()
        if not rect.isEmpty():
            texts = (text_at(model, index, role) for role in (0, 11))
            said = text_at(model, index, 11)
            text = next(filter(None, texts), "")
            yield thing(viewport, text, rect, view=name_of(view), said=said)


def indexes(view: QAbstractItemView, parent: QModelIndex) -> Iterator[QModelIndex]:
    """The rows, and those below each that is open."""
    model = view.model()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index
        if isinstance(view, QTreeView) and view.isExpanded(index):
            yield from indexes(view, index)


def text_at(model: QAbstractItemModel, index: Any, role: int) -> str:
    return str(model.data(index, role) or "")


def thing(widget: QWidget, text: str, rect: QRect, **more: Any) -> dict[str, Any]:
    middle = widget.mapToGlobal(rect.center())
    left, right = widget.mapToGlobal(rect.topLeft()), widget.mapToGlobal(rect.bottomRight())
    if not widget.visibleRegion().contains(rect.center()) and (bar := scroll_bar_of(widget)):
        shaft = bar.mapToGlobal(bar.rect().center())
        more["scroll"] = [shaft.x(), shaft.y()]
        more["is_above"] = middle.y() < shaft.y()
    return {
        "kind": type(widget).__name__,
        "enabled": widget.isEnabled(),
        "text": text,
        "at": [middle.x(), middle.y()],
        "box": [left.x(), left.y(), right.x(), right.y()],
        **more,
    }


def scroll_bar_of(widget: QWidget) -> QScrollBar | None:
    """By which it can be brought to where it is seen."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and around.verticalScrollBar().isVisible():
            return around.verticalScrollBar()
        around = around.parentWidget()
    return None


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None:
        return ""
    value = interface.text(QAccessible.Text.Value)
    return interface.text(QAccessible.Text.Name) or value


if __name__ == "__main__":
    main()
