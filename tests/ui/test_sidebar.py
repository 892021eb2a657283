"""The sidebar: what it counts, what a click or a key asks for, and that it stays calm."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desktop.core.library.catalog import Query
from desktop.core.overview.counts import Counts
from desktop.core.overview.folder_tree import Folder, folder_tree, with_kept
from desktop.ui.sidebar import tree
from desktop.ui.sidebar.delegate import SidebarDelegate
from desktop.ui.sidebar.lines import SidebarEntry
from desktop.ui.sidebar.sidebar import Sidebar

from .conftest import Desk, make_folder
from .test_search import names
from .test_window import button

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def indexes(sidebar: Sidebar, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """All lines, folded or not, from top to bottom."""
    entries, parent = sidebar.entries, parent or QModelIndex()
    for row in range(entries.rowCount(parent)):
        index = entries.index(row, 0, parent)
        yield index
        yield from indexes(sidebar, index)


def lines(sidebar: Sidebar) -> list[tuple[str, int]]:
    entries = map(sidebar.entries.entry, indexes(sidebar))
    return [(entry.text, entry.count or 0) for entry in entries]


def line(sidebar: Sidebar, text: str) -> QModelIndex:
    return next(index for index in indexes(sidebar) if index.data() == text)


def click(desk: Desk, text: str, modifier: Qt.KeyboardModifier | None = None) -> None:
    assert desk.window is not None
    sidebar = desk.window.sidebar
    index = line(sidebar, text)
    sidebar.scrollTo(index)  # and unfolds what is above
    at = sidebar.visualRect(index).center()
    modifier = modifier or Qt.KeyboardModifier.NoModifier
    desk.qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, modifier, at)


def chosen(sidebar: Sidebar) -> list[str]:
    selected = sidebar.selectedIndexes()
    return [index.data() for index in indexes(sidebar) if index in selected]


@pytest.fixture
def zoo(desk: Desk, tmp_path: Path) -> Desk:
    """Five labelled photos and a damaged one, in two folders."""
    first = make_folder(tmp_path / "Holiday 2025", 4)
    second = make_folder(tmp_path / "Garden", 6)
    for number in range(4):
        (second / f"{number:04d}.png").unlink()
    (second / "0005.png").write_bytes(b"damaged")
    desk.backend.finds = {
        "0000": [("Dog", 97), ("Cat", 80)],
        "0001": [("Dog", 91)],
        "0002": [("Dog", 88), ("Beach", 45)],
        "0003": [("Cat", 99)],
        "0004": [("Grass", 60)],
    }
    window = desk.start()
    QAbstractItemModelTester(
        window.sidebar.entries, QAbstractItemModelTester.FailureReportingMode.Warning, window
    )
    window.add([first, second])
    desk.until_ended(6)
    desk.until(lambda: ("Failed", 1) in lines(window.sidebar))
    return desk


def test_it_counts_places_labels_and_folders(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    everything = [
        ("All photos", 6),
        ("To review", 1),
        ("Failed", 1),
        ("Favourites", 0),
        ("Duplicates", 0),
        ("Labels", 0),
        ("Dog", 3),
        ("Cat", 2),
        ("Grass", 1),
        ("Folders", 0),
        ("Garden", 2),
        ("Holiday 2025", 4),
        ("Recent jobs", 0),
    ]
    zoo.until(lambda: lines(window.sidebar)[:-1] == everything)
    assert lines(window.sidebar)[-1][0].endswith(", 2 files and folders")
    assert window.sidebar.isVisible()
    window.top_bar.slider.setValue(90)
    zoo.until(lambda: ("Dog", 2) in lines(window.sidebar))
    assert ("Grass", 1) not in lines(window.sidebar)
    index = line(window.sidebar, "Dog")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Dog, 2"


def test_click_ctrl_click_and_alt_click(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    click(zoo, "Dog")
    zoo.until(lambda: names(zoo) == ["0000.png", "0001.png", "0002.png"])
    assert chosen(window.sidebar) == ["Dog"]
    click(zoo, "Cat", CTRL)
    zoo.until(lambda: names(zoo) == ["0000.png"])
    assert chosen(window.sidebar) == ["Dog", "Cat"]
    click(zoo, "Cat", ALT)
    zoo.until(lambda: names(zoo) == ["0001.png", "0002.png"])
    assert window.gallery.view_bar.what == "2 photos · Dog · not Cat"
    spoken = line(window.sidebar, "Cat").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Cat, 2, left out"
    click(zoo, "Cat", ALT)
    zoo.until(lambda: len(names(zoo)) == 3)
    click(zoo, "Dog")  # again: nothing changes
    assert window.gallery.browse.query == Query(labels=("Dog",))
    click(zoo, "Garden")
    zoo.until(lambda: names(zoo) == ["0004.png", "0005.png"])
    click(zoo, "All photos")
    zoo.until(lambda: len(names(zoo)) == 6)


def test_letters_lead_to_the_label_and_are_no_keys_of_the_window(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    window.activateWindow()
    window.sidebar.setFocus()
    zoo.until(window.sidebar.hasFocus)
    zoo.qtbot.keyClicks(window.sidebar, "ca")
    assert window.sidebar.currentIndex().data() == "Cat"
    assert window.top_bar.search.text() == ""
    window.grid.setFocus()
    zoo.qtbot.keyClicks(window.grid, "c")
    assert window.top_bar.search.text() == "c"


def test_words_stay_in_force(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    window.top_bar.search.setText("cat")
    zoo.until(lambda: names(zoo) == ["0000.png", "0003.png"])
    click(zoo, "Dog")
    zoo.until(lambda: names(zoo) == ["0000.png"])
    zoo.qtbot.mouseClick(button(window.gallery.view_bar, "Show all"), Qt.MouseButton.LeftButton)
    zoo.until(lambda: len(names(zoo)) == 6)
    assert window.top_bar.search.text() == ""
    assert chosen(window.sidebar) == ["All photos"]


def test_failed_photos_are_tried_again_together(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    click(zoo, "Failed")
    zoo.until(lambda: names(zoo) == ["0005.png"])
    path = window.model.row(0).path
    (path.with_name("0004.png")).rename(path)
    zoo.qtbot.mouseClick(
        button(window.gallery.view_bar, "Retry 1 photos"), Qt.MouseButton.LeftButton
    )
    zoo.until(lambda: ("Failed", 0) in lines(window.sidebar))
    zoo.until(window.gallery.nothing.isVisible)
    assert window.gallery.nothing.text == "Every photo could be read and labelled."


def test_by_keys_and_by_menu(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    sidebar = window.sidebar
    zoo.until(lambda: ("Grass", 1) in lines(sidebar))
    sidebar.setFocus()
    sidebar.setCurrentIndex(line(sidebar, "Labels"))
    zoo.qtbot.keyClick(sidebar, Qt.Key.Key_Down)
    assert sidebar.currentIndex().data() == "Dog"
    zoo.qtbot.keyClick(sidebar, Qt.Key.Key_Return)
    zoo.until(lambda: len(names(zoo)) == 3)
    zoo.qtbot.keyClick(sidebar, Qt.Key.Key_Down)
    zoo.qtbot.keyClick(sidebar, Qt.Key.Key_Minus)
    zoo.until(lambda: names(zoo) == ["0001.png", "0002.png"])
    zoo.qtbot.keyClick(sidebar, Qt.Key.Key_Space, CTRL)
    zoo.until(lambda: names(zoo) == ["0000.png"])
    assert window.focusWidget() is sidebar
    sidebar.customContextMenuRequested.emit(QPoint(-5, -5))
    menu = next(m for m in sidebar.findChildren(QMenu) if m.isVisible())
    offered = [action.text() for action in menu.actions()]
    expected = ["Only “Cat”", "And “Cat”", "Not “Cat”", "", "Rename…", "Merge into…"]
    assert offered == [*expected, "Never show “Cat”"]
    menu.actions()[0].trigger()
    menu.close()
    zoo.until(lambda: names(zoo) == ["0000.png", "0003.png"])


def test_it_makes_room_in_a_small_window(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    window.resize(900, 600)
    zoo.until(lambda: not window.sidebar.isVisible())
    window.sidebar_toggle.action.trigger()
    assert window.sidebar.isVisible()
    window.resize(1280, 800)
    zoo.until(window.sidebar.isVisible)


def test_lines_stay_while_results_arrive(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    sidebar = window.sidebar
    before = Counts(everything=9, labels=(("Dog", 5), ("Cat", 2)))
    sidebar.show_counts(before, False)
    sidebar.setCurrentIndex(line(sidebar, "Cat"))
    sidebar.show_counts(Counts(everything=20, labels=(("Cat", 9), ("Sea", 7), ("Dog", 5))), True)
    assert [text for text, _ in lines(sidebar)[6:]] == ["Dog", "Cat", "Sea"]
    assert sidebar.currentIndex().data() == "Cat"
    sidebar.show_counts(Counts(everything=20, labels=(("Cat", 9), ("Sea", 7), ("Dog", 5))), False)
    assert [text for text, _ in lines(sidebar)[6:]] == ["Cat", "Sea", "Dog"]
    assert sidebar.currentIndex().data() == "Cat"
    sidebar.show_query(Query(labels=("Gone",)))
    assert ("Gone", 0) in lines(sidebar)


def test_a_choice_among_many_labels_measures_no_line(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.show()
    sidebar.show_counts(Counts(9, labels=tuple((f"Label {n}", 1) for n in range(1000))), False)
    sidebar.toggle(SidebarEntry("rest", "", ""))
    real, measured = SidebarDelegate.sizeHint, []

    def measure(self: SidebarDelegate, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        measured.append(index.row())
        return real(self, option, index)

    monkeypatch.setattr(SidebarDelegate, "sizeHint", measure)
    for query in (Query(labels=("Label 500",)), Query(without=("Label 7",)), Query()):
        sidebar.show_query(query)
        sidebar.grab()
    assert len(measured) < 50


def test_photos_taken_out_of_the_library_are_not_counted(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    click(zoo, "Dog")
    zoo.until(lambda: len(names(zoo)) == 3)
    window.grid.setFocus()
    window.grid.selectAll()
    window.gallery.actions_.remove.trigger()
    zoo.until(lambda: ("All photos", 3) in lines(window.sidebar))
    assert ("Dog", 0) in lines(window.sidebar)  # it is what is chosen
    assert ("Cat", 1) in lines(window.sidebar)
    zoo.until(window.gallery.nothing.isVisible)
    window.editing.undo.trigger()
    zoo.until(lambda: len(names(zoo)) == 3)
    zoo.until(lambda: ("Dog", 3) in lines(window.sidebar))


def test_all_means_the_photos_of_what_is_chosen(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    click(zoo, "Cat")
    zoo.until(lambda: len(names(zoo)) == 2)
    zoo.qtbot.keyClick(window.sidebar, Qt.Key.Key_A, CTRL)
    assert chosen(window.sidebar) == ["Cat"]
    assert window.gallery.selection.count == 2


def test_duplicates_are_photos_of_their_own_in_every_count(desk: Desk, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "Holiday", 2)
    shutil.copytree(folder, tmp_path / "Copies")
    (tmp_path / "Copies" / "0001.png").unlink()
    desk.backend.finds = {"0000": [("Dog", 97), ("Sea", 50)], "0001": [("Dog", 91)]}
    window = desk.start()
    window.add([tmp_path / "Holiday", tmp_path / "Copies"])
    desk.until_ended(3)
    desk.until(lambda: ("Dog", 3) in lines(window.sidebar))
    click(desk, "Dog")
    desk.until(lambda: window.model.rowCount() == 3)
    assert lines(window.sidebar)[0] == ("All photos", 3)
    desk.until(lambda: window.gallery.view_bar.what == "3 photos · Dog")
    desk.until(lambda: window.gallery.view_bar.hidden == "2 less certain labels hidden")


def test_every_filter_can_be_left_and_a_search_be_kept(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    filters, search = window.finding.filters, window.top_bar.search
    click(zoo, "Dog")
    click(zoo, "Cat", ALT)
    window.gallery.browse.show_only(window.gallery.browse.query, "000")
    zoo.until(lambda: filters.texts == ["Dog", "not Cat", "“000”"])
    filters.save.click()
    zoo.until(lambda: ("Dog · not Cat · 000", 2) in lines(window.sidebar))
    filters.press("“000”")
    zoo.until(lambda: filters.texts == ["Dog", "not Cat"])
    assert search.text() == ""
    filters.press("not Cat")
    zoo.until(lambda: len(names(zoo)) == 3)
    window.activateWindow()
    window.grid.setFocus()
    zoo.until(window.grid.hasFocus)
    zoo.qtbot.keyClick(window.grid, Qt.Key.Key_Escape)
    zoo.until(lambda: len(names(zoo)) == 6)
    assert not filters.isVisible()
    click(zoo, "Dog · not Cat · 000")
    zoo.until(lambda: names(zoo) == ["0001.png", "0002.png"])
    assert search.text() == "000"
    assert chosen(window.sidebar) == ["Dog · not Cat · 000"]
    entries = window.sidebar.entries
    entry = entries.entry(line(window.sidebar, "Dog · not Cat · 000"))
    entries.setData(line(window.sidebar, entry.text), "Dogs")
    zoo.until(lambda: ("Dogs", 2) in lines(window.sidebar))
    window.sidebar.search_removed.emit(entry)
    zoo.until(lambda: "Dogs" not in [text for text, _ in lines(window.sidebar)])
    act = window.editing.note.act
    assert act is not None
    act.do()
    zoo.until(lambda: ("Dogs", 2) in lines(window.sidebar))


def test_a_renamed_folder_is_found_again_with_its_labels(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    (folder,) = (path for path, _ in window.sidebar.entries.counts.folders if "Hol" in path.name)
    renamed = folder.rename(folder.with_name("Denmark"))
    submits = zoo.backend.submits.total()
    window.finding.folders._look()
    zoo.until(lambda: window.messages.title == "“Holiday 2025” cannot be found")
    spoken = line(window.sidebar, "Holiday 2025").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Holiday 2025, 4, cannot be found"
    window.messages.clear()
    window.finding.folders.move(folder, folder.parent / "Garden")
    zoo.until(lambda: window.messages.title.startswith("“Garden” holds none of the photos"))
    window.finding.folders.move(folder, renamed)
    zoo.until(lambda: ("Denmark", 4) in lines(window.sidebar))
    click(zoo, "Denmark")
    zoo.until(lambda: len(names(zoo)) == 4)
    assert window.model.row(0).path.is_file()
    assert ("Dog", 3) in lines(window.sidebar)
    assert zoo.backend.submits.total() == submits
    window.editing.undo.trigger()
    zoo.until(lambda: ("Holiday 2025", 4) in lines(window.sidebar))


def test_a_label_is_renamed_merged_and_hidden(zoo: Desk) -> None:
    window = zoo.window
    assert window is not None
    sidebar = window.sidebar
    sidebar.entries.setData(line(sidebar, "Grass"), "Lawn")
    zoo.until(lambda: ("Lawn", 1) in lines(sidebar))
    sidebar.entries.setData(line(sidebar, "Cat"), "Dog")  # merged
    zoo.until(lambda: ("Dog", 4) in lines(sidebar))
    sidebar.hide_asked.emit("Dog")
    zoo.until(lambda: "Dog" not in [text for text, _ in lines(sidebar)])
    for _ in range(3):
        window.editing.undo.trigger()
    zoo.until(lambda: {("Dog", 3), ("Cat", 2), ("Grass", 1)} <= {*lines(sidebar)})


def test_a_click_beside_a_name_that_is_typed_is_a_click_there_too(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    labels = (("Beach", 5), ("Dog", 3), ("Cat", 2))
    sidebar.show_counts(Counts(9, labels=labels), False)
    with qtbot.waitActive(sidebar):
        sidebar.show()
        sidebar.activateWindow()
    asked: list[Query] = []
    renamed: list[tuple[str, str]] = []
    sidebar.asked.connect(asked.append)
    sidebar.label_renamed.connect(lambda *names: renamed.append(names))
    sidebar.rename(sidebar.entries.entry(line(sidebar, "Cat")))
    field = sidebar.viewport().focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "Do")
    popup = field.completer().popup()
    assert popup is not None
    assert popup.isVisible()
    beach = sidebar.viewport().mapToGlobal(sidebar.visualRect(line(sidebar, "Beach")).center())
    qtbot.mouseClick(popup, Qt.MouseButton.LeftButton, pos=popup.mapFromGlobal(beach))
    assert asked == [Query(labels=("Beach",))]
    assert renamed == [("Cat", "Do")]
    assert not popup.isVisible()


def test_many_labels_stand_behind_a_line_and_a_filter(qtbot: QtBot) -> None:
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    labels = tuple((f"Label {n}", 50 - n) for n in range(20))
    below = {"": [label for label, _ in labels[:19]], "Label 0": ["Label 19"]}
    sidebar.show_counts(Counts(9, labels=labels, labels_below=below), False)
    assert [text for text, _ in lines(sidebar)][-2:] == ["Label 9", "9 more…"]
    sidebar.toggle(sidebar.entries.entry(line(sidebar, "9 more…")))
    assert [text for text, _ in lines(sidebar)][-2:] == ["Label 18", "Fewer"]
    sidebar.filter.setText("bel 1")
    assert [text for text, _ in lines(sidebar)][7:9] == ["Label 1", "Label 10"]
    sidebar.filter.clear()
    sidebar.show_query(Query(labels=("Label 19",)))
    assert sidebar.isExpanded(line(sidebar, "Label 0"))
    state = sidebar.fold_state()
    other = Sidebar()
    qtbot.addWidget(other)
    other.put_fold_state(state)
    other.show_counts(Counts(9, labels=labels, labels_below=below), False)
    assert other.isExpanded(line(other, "Label 0"))


def random_counts(chance: random.Random) -> Counts:
    """Some of twelve labels, the last ones below the first, and of twelve folders, with counts."""
    labels = [(f"Label {n}", chance.randrange(1, 9)) for n in chance.sample(range(12), 8)]
    names = {label for label, _ in labels}
    below: dict[str, list[str]] = {"": []}
    for label, _ in labels:
        parent = f"Label {int(label.split()[1]) - chance.choice((6, 7))}"
        below.setdefault(parent if parent in names else "", []).append(label)
    folders = [Path(f"/p/{n % 3}/{n}") for n in chance.sample(range(12), chance.randrange(2, 9))]
    tree = folder_tree((path, chance.randrange(1, 5)) for path in folders)
    return Counts(9, labels=tuple(labels), labels_below=below, folder_tree=tree)


def is_shown(sidebar: Sidebar, expected: list[SidebarEntry]) -> bool:
    return [*map(sidebar.entries.entry, indexes(sidebar))] == expected


def test_lines_that_change_become_what_a_new_sidebar_shows(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    QAbstractItemModelTester(
        sidebar.entries, QAbstractItemModelTester.FailureReportingMode.Warning, sidebar
    )
    resets: list[object] = []
    sidebar.entries.modelReset.connect(lambda: resets.append(1))
    sidebar.show()
    before: Sequence[Folder] = ()
    for _ in range(60):
        counts = random_counts(chance)
        query = Query(labels=(f"Label {chance.randrange(12)}",))
        before = with_kept(counts.folder_tree, before)
        with monkeypatch.context() as few:
            few.setattr(tree, "MOST_AT_ONCE", 3)  # the others come a moment later
            sidebar.show_counts(replace(counts, folder_tree=before), False)
            sidebar.show_query(query)
        other = Sidebar()
        qtbot.addWidget(other)
        other.show_counts(counts, False)
        other.show_query(query)
        expected = [*map(other.entries.entry, indexes(other))]
        qtbot.waitUntil(partial(is_shown, sidebar, expected))
        assert chosen(sidebar) == chosen(other)
    assert not resets


def test_one_new_folder_among_many_is_one_new_line(qtbot: QtBot) -> None:
    paths = [(Path(f"/p/{n:03}"), 1) for n in range(200)]
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    tree = folder_tree(paths)
    sidebar.show_counts(Counts(200, folder_tree=tree), False)
    sidebar.setCurrentIndex(line(sidebar, "150"))
    told: list[tuple[str, int, int]] = []
    entries = sidebar.entries
    entries.rowsInserted.connect(lambda _, first, last: told.append(("came", first, last)))
    entries.rowsRemoved.connect(lambda _, first, last: told.append(("went", first, last)))
    entries.dataChanged.connect(lambda first, last: told.append(("is", first.row(), last.row())))
    new = folder_tree([*paths[:80], (Path("/p/080"), 2), *paths[81:], (Path("/p/0805"), 1)])
    sidebar.show_counts(Counts(200, folder_tree=with_kept(new, tree)), False)
    assert told == [("came", 81, 81), ("is", 80, 80)]
    assert sidebar.currentIndex().data() == "150"
