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
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from desktop.core.library.catalog import Query
from desktop.core.library.edits import Rule
from desktop.core.settings import Connection, Settings
from desktop.ui.dialogs.crash_dialog import CrashDialog
from desktop.ui.labels.editor import Title
from desktop.ui.notices.acts import Act
from desktop.ui.saving.run_dialog import RunDialog
from desktop.ui.saving.save_dialog import SaveDialog
from desktop.ui.settings.rules_page import RulesPage
from desktop.ui.window import Window

from .conftest import Desk

MOST_STEPS = 300
# What Qt puts inside its own widgets is named by these.
INNER = ("qt_", "QComboBox", "QTipLabel")
AMAZON = Connection("1", "eu-central-1", "tagdrop", "bucket", "table")

Opener = Callable[[Desk, Path], QWidget]


# Everything that a person may have before them


def empty(desk: Desk, photos: Path) -> QWidget:
    window = desk.start(samples=photos)
    desk.until(window.empty.isVisible)
    return window


def filled(desk: Desk, photos: Path) -> Window:
    """The first photo is selected, the last one has failed."""
    (photos / "0005.png").write_bytes(b"")
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.grid.setCurrentIndex(window.model.index(0))
    desk.until(window.panel.list.isVisible)
    window.panel.list.setCurrentIndex(window.panel.list.model().index(0, 0))
    return window


def several_selected(desk: Desk, photos: Path) -> QWidget:
    window = filled(desk, photos)
    window.grid.selectAll()
    desk.until(lambda: window.panel.list.model().rowCount() > 0)
    return window


def told(desk: Desk, photos: Path) -> QWidget:
    window = filled(desk, photos)
    window.messages.show_message("Done", "", Act("Again", lambda: None))
    window.editing.note.show_note("Removed", Act("Undo", lambda: None))
    return window


def failed(desk: Desk, photos: Path) -> QWidget:
    window = filled(desk, photos)
    window.gallery.browse.ask(Query(place="failed"))
    desk.until(lambda: window.model.rowCount() == 1)
    window.grid.setCurrentIndex(window.model.index(0))
    return window


def nothing_found(desk: Desk, photos: Path) -> QWidget:
    window = filled(desk, photos)
    window.top_bar.search.setText("nowhere")
    desk.until(window.gallery.nothing.isVisible)
    return window


def enlarged(desk: Desk, photos: Path) -> QWidget:
    window = filled(desk, photos)
    window.gallery.open()
    return window


def at_work(desk: Desk, photos: Path) -> QWidget:
    desk.backend.hold()
    window = desk.start()
    window.add([photos])
    desk.until(lambda: window.model.rowCount() == 6 and "6" in window.progress.text)
    return window


def cancelled(desk: Desk, photos: Path) -> QWidget:
    window = at_work(desk, photos)
    assert isinstance(window, Window)
    window.progress.cancelled.emit(window.feed.job_id)
    desk.until(lambda: window.progress.is_at_rest)
    return window


def asked(desk: Desk, photos: Path) -> QWidget:
    window = desk.start(Settings("aws", connection=AMAZON))
    window.add([photos])
    desk.until(window.shell.sheet.start_button.isVisible)
    return window


def settings_page(name: str) -> Opener:
    return lambda desk, photos: desk.start(Settings(connection=AMAZON)).shell.show_settings(name)


def rules(desk: Desk, photos: Path) -> QWidget:
    window = desk.start()
    window.editing.editor.set_rule(Title("A rule", "a rule"), Rule("Dog", None))
    dialog = window.shell.show_settings("rules")
    page = dialog.findChild(RulesPage)
    assert page is not None
    desk.until(page.drop.isVisible)
    return dialog


def diagnostics(desk: Desk, photos: Path) -> QWidget:
    dialog = desk.start().shell.show_diagnostics()
    desk.until(dialog.save_button.isEnabled)
    return dialog


def shortcuts(desk: Desk, photos: Path) -> QWidget:
    return desk.start().shell.show_shortcuts()


def crash(desk: Desk, photos: Path) -> QWidget:
    dialog = CrashDialog("ValueError", desk.start())
    dialog.count_another()
    dialog.show()
    return dialog


def save_keywords(desk: Desk, photos: Path) -> QWidget:
    return save_dialog(filled(desk, photos), "keywords")


def save_table(desk: Desk, photos: Path) -> QWidget:
    return save_dialog(filled(desk, photos), "table")


def save_folders(desk: Desk, photos: Path) -> QWidget:
    dialog = save_dialog(filled(desk, photos), "folders")
    desk.until(dialog.act_button.isEnabled)
    return dialog


def save_dialog(window: Window, name: str) -> SaveDialog:
    getattr(window.shell.saving, name).trigger()
    dialog: SaveDialog = window.shell.saving.menu.asking
    return dialog


def saved(desk: Desk, photos: Path) -> QWidget:
    """Some were written, one was not."""
    window = filled(desk, photos)
    window.grid.selectAll()
    (photos / "0001.png").unlink()
    save_dialog(window, "keywords").act_button.click()
    run: RunDialog = window.shell.saving.menu.runs[-1]
    desk.until(lambda: not run.is_running)
    return run


PAGES = ("labelling", "amazon", "privacy", "photos", "rules", "appearance", "about")
STATES: dict[str, Opener] = {
    opener.__name__: opener
    for opener in (
        empty,
        filled,
        several_selected,
        told,
        failed,
        nothing_found,
        enlarged,
        at_work,
        cancelled,
        asked,
    )
}
DIALOGS_ALONE: tuple[Callable[[Desk, Path], QWidget], ...] = (
    *(rules, diagnostics, shortcuts, crash),
    *(save_keywords, save_table, save_folders, saved),
)
DIALOGS: dict[str, Opener] = {
    **{f"settings, {page}": settings_page(page) for page in PAGES},
    **{opener.__name__: opener for opener in DIALOGS_ALONE},
}


@pytest.fixture(autouse=True)
def palette() -> Iterator[None]:
    yield
    QApplication.styleHints().unsetColorScheme()
    QApplication.setPalette(QPalette())


@pytest.mark.parametrize("name", [*STATES, *DIALOGS])
def test_every_part_is_reached_by_tab_and_has_a_name(desk: Desk, photos: Path, name: str) -> None:
    shown = (STATES | DIALOGS)[name](desk, photos)
    assert not_reached(desk, shown) == []
    assert nameless(shown) == []
    assert not_told_by_a_tip(shown) == []


def test_tab_goes_as_one_reads(desk: Desk, photos: Path) -> None:
    window = told(desk, photos)
    assert isinstance(window, Window)
    note = window.editing.note
    parts: list[QWidget] = [window.top_bar, window.sidebar, window.gallery, window.panel]
    parts += [window.messages, window.progress, note]

    def part_of(stop: QWidget) -> int:
        return next(n for n, part in enumerate(parts) if part is stop or part.isAncestorOf(stop))

    way = stops(desk, window)
    leftmost = min((stop for stop in way if part_of(stop) == 0), key=QWidget.x)
    first = way.index(leftmost)  # Tab goes round
    way = way[first:] + way[:first]
    assert [part_of(stop) for stop in way] == sorted(part_of(stop) for stop in way)
    across = [stop.x() for stop in way if part_of(stop) == 0]
    assert across == sorted(across)
    assert {part_of(stop) for stop in way} == {*range(len(parts))}


@pytest.mark.parametrize("name", list(DIALOGS))
def test_escape_closes_a_dialog(desk: Desk, photos: Path, name: str) -> None:
    dialog = DIALOGS[name](desk, photos)
    assert isinstance(dialog, QDialog)
    desk.qtbot.waitExposed(dialog)
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
    desk.until(lambda: bool(closed))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_and_space_press_a_button_of_the_window(
    desk: Desk, photos: Path, key: Qt.Key
) -> None:
    window = empty(desk, photos)
    (samples,) = [b for b in window.findChildren(QPushButton) if b.text().startswith("Try it")]
    samples.setFocus()
    QTest.keyClick(samples, key)
    desk.until_ended(6)


def stops(desk: Desk, window: QWidget) -> list[QWidget]:
    """Where Tab leads, until it is back where it began."""
    window.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is window)
    reached: list[QWidget] = []
    for _ in range(MOST_STEPS):
        before = QApplication.focusWidget()
        QTest.keyClick(before or window, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        if widget is not None and reached[:1] == [widget] and widget is not before:
            break
        if widget is not None and widget not in reached:  # a text's links are steps too
            reached.append(widget)
    return reached


def not_reached(desk: Desk, window: QWidget) -> list[str]:
    """What Tab ought to come to and does not."""
    reached = stops(desk, window)
    wanted = {widget for widget in window.findChildren(QWidget) if is_a_stop(widget, window)}
    assert wanted
    return sorted(name_of(widget) for widget in wanted - {*reached})


def is_a_stop(widget: QWidget, window: QWidget) -> bool:
    if not widget.isVisibleTo(window) or not widget.isEnabled() or widget.window() is not window:
        return False
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy():
        return False
    if isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked():
        return False  # the arrow keys lead from the chosen one to the others
    return not name_of(widget).startswith(INNER)


def not_told_by_a_tip(window: QWidget) -> list[str]:
    """Buttons that are a picture only, and say nothing to whoever points at them."""
    return sorted(
        name_of(button)
        for button in window.findChildren(QAbstractButton)
        if button.isVisibleTo(window) and button.window() is window
        if not name_of(button).startswith(INNER) and not button.icon().isNull()
        if not button.text() or (isinstance(button, QToolButton) and is_picture(button))
        if not button.toolTip().strip() or not spoken(button)
    )


def spoken(button: QAbstractButton) -> str:
    return QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name).strip()


def is_picture(button: QToolButton) -> bool:
    return button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly


def nameless(window: QWidget) -> list[str]:
    """What may take the focus without saying what it is, now or on a page not shown yet."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy():
            continue
        if widget.window() is not window or name_of(widget).startswith(INNER):
            continue
        if isinstance(widget, QPushButton | QLabel) and not widget.text():
            assert not widget.isVisibleTo(window)  # it gets its text before it is shown
            continue
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
