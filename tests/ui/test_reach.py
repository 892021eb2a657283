"""Everything can be reached by key and is named for a screen reader: the window and each dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QPushButton,
    QWidget,
)

from desktop.ui.messages import Act
from desktop.ui.window import Window

from .conftest import Desk

MOST_STEPS = 300
# What Qt puts inside its own widgets is named by these.
INNER = ("qt_", "QComboBox", "QTipLabel")

Opener = Callable[[Window], QWidget]


def empty_window(desk: Desk) -> QWidget:
    window = desk.start(samples=Path("samples"))
    desk.until(window.empty.isVisible)
    return window


def filled_window(desk: Desk, photos: Path) -> QWidget:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.grid.setCurrentIndex(window.model.index(0))
    desk.until(lambda: bool(window.panel.isVisible()))
    return window


DIALOGS: dict[str, Opener] = {
    "settings": lambda window: window.shell.show_settings(),
    "diagnostics": lambda window: window.shell.show_diagnostics(),
}
PAGES = ("labelling", "amazon", "privacy", "photos", "rules", "appearance", "about")


@pytest.fixture(autouse=True)
def palette() -> Iterator[None]:
    yield
    QApplication.styleHints().unsetColorScheme()
    QApplication.setPalette(QPalette())


def test_every_part_of_the_empty_window_is_reached_by_tab(desk: Desk) -> None:
    assert not_reached(desk, empty_window(desk)) == []


def test_every_part_of_the_filled_window_is_reached_by_tab(desk: Desk, photos: Path) -> None:
    assert not_reached(desk, filled_window(desk, photos)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_part_of_the_settings_is_reached_by_tab(desk: Desk, page: str) -> None:
    window = desk.start()
    assert not_reached(desk, window.shell.show_settings(page)) == []


@pytest.mark.parametrize("name", [name for name in DIALOGS if name != "settings"])
def test_every_part_of_a_dialog_is_reached_by_tab(desk: Desk, name: str) -> None:
    assert not_reached(desk, DIALOGS[name](desk.start())) == []


@pytest.mark.parametrize("name", list(DIALOGS))
def test_escape_closes_a_dialog(desk: Desk, name: str) -> None:
    dialog = DIALOGS[name](desk.start())
    assert isinstance(dialog, QDialog)
    desk.qtbot.waitExposed(dialog)
    closed = []
    dialog.finished.connect(closed.append)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.until(lambda: bool(closed))


def test_all_that_takes_the_focus_has_a_name(desk: Desk, photos: Path) -> None:
    window = filled_window(desk, photos)
    assert isinstance(window, Window)
    window.messages.show_message("Done", act=Act("Again", lambda: None))
    assert nameless(window) == []
    for name, opened in DIALOGS.items():
        assert nameless(opened(window)) == [], name


def not_reached(desk: Desk, window: QWidget) -> list[str]:
    """What Tab ought to come to and does not, pressing it until it is back where it began."""
    window.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is window)
    wanted = {widget for widget in window.findChildren(QWidget) if is_a_stop(widget, window)}
    assert wanted
    reached: list[QWidget] = []
    for _ in range(MOST_STEPS):  # a text's links are steps too
        if wanted <= {*reached}:
            break
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        if (widget := QApplication.focusWidget()) is not None:
            reached.append(widget)
    return sorted(name_of(widget) for widget in wanted - {*reached})


def is_a_stop(widget: QWidget, window: QWidget) -> bool:
    if not widget.isVisibleTo(window) or not widget.isEnabled() or widget.window() is not window:
        return False
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy():
        return False
    if isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked():
        return False  # the arrow keys lead from the chosen one to the others
    return not name_of(widget).startswith(INNER)


def nameless(window: QWidget) -> list[str]:
    """What may take the focus without saying what it is, now or on a page not shown yet."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy():
            continue
        if widget.window() is not window or name_of(widget).startswith(INNER):
            continue
        if isinstance(widget, QPushButton) and not (widget.isVisibleTo(window) or widget.text()):
            continue  # of a message or a note: it gets its text before it is shown
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(name_of(widget))
    return sorted(found)


def name_of(widget: QWidget) -> str:
    parents = []
    above = widget.parentWidget()
    while above is not None:
        parents.append(type(above).__name__)
        above = above.parentWidget()
    own = widget.objectName() or type(widget).__name__
    return f"{own} in {' < '.join(parents)}"
