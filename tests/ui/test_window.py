"""What a person does with the window, from the first drop to closing it."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, Qt, QUrl
from PySide6.QtGui import QAction, QDragMoveEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QWidget

from desktop.core.errors import CredentialsError, DamagedError, StorageError
from desktop.core.events import JobState, State
from desktop.core.library.catalog import Query
from desktop.core.library.library import Library
from desktop.core.settings import Connection, Settings
from desktop.recognisers import RECOGNISERS
from desktop.ui.grid.results_model import STATUS
from tests.rig import odd_photos
from tests.rig.photos import picture

from .conftest import LIMIT_MS, Desk, drag_onto, drop_onto, make_folder, mime_of, rows_of


def button(parent: QWidget, text: str) -> QPushButton:
    """The visible button of that text."""
    found = [b for b in parent.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    assert len(found) == 1, [b.text() for b in parent.findChildren(QPushButton)]
    return found[0]


def test_first_start_invites_to_drop_and_offers_samples(desk: Desk, photos: Path) -> None:
    window = desk.start(samples=photos)
    desk.until(window.empty.isVisible)
    assert not window.panel.isVisible()
    desk.qtbot.mouseClick(
        button(window.empty, "Try it with sample photos"), Qt.MouseButton.LeftButton
    )
    desk.until_ended(6)
    assert window.grid.isVisible()
    assert not window.empty.isVisible()
    assert window.progress.text == "6 labelled"


def test_files_and_folders_dropped_are_labelled(desk: Desk, photos: Path, tmp_path: Path) -> None:
    single = next(iter(make_folder(tmp_path / "other", 8).glob("0007.png")))
    window = desk.start()
    data = mime_of(photos, single)
    entered = drag_onto(window, data)
    assert entered.isAccepted()
    assert window.adding.drop_target.isVisible()
    assert window.adding.drop_target.size() == window.size()
    drop_onto(window, data)
    assert not window.adding.drop_target.isVisible()
    desk.until_ended(7)
    names = [row.path.name for row in rows_of(window.model)]
    assert names == [f"{n:04d}.png" for n in range(6)] + ["0007.png"]


def test_a_drop_is_always_a_copy(desk: Desk, photos: Path) -> None:
    window = desk.start()
    event = drop_onto(window, mime_of(photos))
    assert event.dropAction() == Qt.DropAction.CopyAction


class Counting(QMimeData):
    """Notes how often it was asked for its files."""

    times = 0

    def retrieveData(self, kind: str, wanted: object) -> object:  # noqa: N802
        self.times += kind == "text/uri-list"
        return super().retrieveData(kind, wanted)


def test_a_move_of_the_mouse_does_not_go_through_the_files(desk: Desk, photos: Path) -> None:
    window = desk.start()
    data = Counting()
    data.setUrls(mime_of(photos).urls())
    drag_onto(window, data)
    asked = data.times
    assert asked
    move = QDragMoveEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, move)
    assert move.isAccepted()
    assert data.times == asked


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_name_of_any_bytes_comes_in(desk: Desk, photos: Path, way: str) -> None:
    odd = Path(os.fsdecode(os.fsencode(photos) + b"/caf\xe9 100%25 #1.png"))
    (photos / "0000.png").rename(odd)
    data = QMimeData()
    data.setUrls([QUrl(odd.as_uri())])
    window = desk.start()
    if way == "drop":
        drop_onto(window, data)
    else:
        QGuiApplication.clipboard().setMimeData(data)
        window.adding.paste()
    desk.until_ended(1)
    assert window.model.row(0).path == odd
    assert window.model.row(0).state is State.DONE


def test_text_dragged_over_is_refused(desk: Desk) -> None:
    window = desk.start()
    data = QMimeData()
    data.setText("no photo")
    assert not drag_onto(window, data).isAccepted()
    assert not window.adding.drop_target.isVisible()


def test_pasted_files_are_labelled(desk: Desk, photos: Path) -> None:
    window = desk.start()
    QGuiApplication.clipboard().setMimeData(mime_of(photos))
    desk.qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.until_ended(6)


def test_pasting_text_says_what_to_do(desk: Desk) -> None:
    window = desk.start()
    QGuiApplication.clipboard().setText("no files")
    window.adding.paste()
    assert window.messages.title == "There are no photos to paste"
    assert window.messages.isVisible()


@pytest.mark.parametrize("name", ["Add photos…", "Add a folder…"])
def test_chosen_in_the_file_dialog(desk: Desk, photos: Path, name: str) -> None:
    window = desk.start()
    next(a for a in window.findChildren(QAction) if a.text() == name).trigger()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    chosen = photos if "folder" in name else photos / "0003.png"
    dialog.filesSelected.emit([str(chosen)])
    dialog.close()
    desk.until_ended(6 if "folder" in name else 1)


def test_a_folder_is_chosen_from_the_empty_window(desk: Desk, photos: Path) -> None:
    window = desk.start()
    desk.until(window.empty.isVisible)
    button(window.empty, "Add a folder…").click()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(photos)])
    dialog.close()
    desk.until_ended(6)


def test_the_label_that_the_keys_act_on_is_seen(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.grid.setFocus()
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_Right)
    labels = window.panel.list
    desk.until(lambda: labels.labels.rowCount() > 0)
    before = labels.viewport().grab().toImage()
    labels.setFocus(Qt.FocusReason.TabFocusReason)
    assert labels.entry is not None
    assert labels.viewport().grab().toImage() != before


def test_the_panel_shows_all_labels_of_the_selected_photo(desk: Desk, photos: Path) -> None:
    window = desk.start(Settings(min_confidence=40))
    window.add([photos])
    desk.until_ended(6)
    window.grid.setFocus()
    desk.qtbot.keyClick(window.grid, Qt.Key.Key_Right)
    shown = window.panel.list.labels
    said = [shown.index(p).data(Qt.ItemDataRole.AccessibleTextRole) for p in range(3)]
    assert said == ["Dog, 98.7 per cent", "Grass, 77.0 per cent", "Park, 42.0 per cent"]
    way = shown.index(0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert way == "Animal › Mammal"
    desk.until(lambda: not (window.panel.preview.picture or window.grab().toImage()).isNull())
    window.panel.list.setCurrentIndex(shown.index(0))
    assert [box.left for box in window.panel.preview.boxes] == [0.25]
    window.panel.list.setCurrentIndex(shown.index(1))
    assert list(window.panel.preview.boxes) == []


def test_the_slider_filters_at_once_and_is_remembered(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.grid.setCurrentIndex(window.model.index(0))
    submits = desk.backend.submits.total()
    assert [r.label for r in window.panel.list.labels.records] == ["Dog", "Grass"]
    window.top_bar.slider.setValue(80)
    assert [r.label for r in window.panel.list.labels.records] == ["Dog"]
    window.top_bar.slider.setValue(99)
    assert window.panel.state_text == "Only uncertain labels"
    assert window.panel.hidden_line.text().startswith("3 less certain labels hidden")
    window.top_bar.slider.setValue(40)
    assert len(window.panel.list.labels.records) == 3
    assert desk.backend.submits.total() == submits
    desk.until(lambda: bool(desk.saved))
    assert desk.saved[-1].min_confidence == 40


def test_more_is_to_the_right_for_the_arrow_keys_too(desk: Desk) -> None:
    window = desk.start()
    slider = window.top_bar.slider
    desk.qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 54
    desk.qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.value() == 55


def test_a_damaged_photo_shows_its_reason_and_can_be_tried_again(desk: Desk, photos: Path) -> None:
    good = (photos / "0002.png").read_bytes()
    (photos / "0002.png").write_bytes(good[:60])
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    assert window.progress.text == "5 labelled · 1 failed"
    window.grid.setCurrentIndex(window.model.index(2))
    row = window.model.row(2)
    assert row.state is State.FAILED
    assert row.error is not None
    assert window.model.status(row) == row.error.title
    assert window.panel.state_text.startswith(row.error.title)
    (photos / "0002.png").write_bytes(good)
    desk.qtbot.mouseClick(button(window.panel, "Retry"), Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.count(State.DONE) == 6)
    assert [r.label for r in window.panel.list.labels.records] == ["Dog", "Grass"]


def test_a_partly_damaged_photo_is_labelled_and_marked(desk: Desk, tmp_path: Path) -> None:
    data = odd_photos.jpeg(picture(1, edge_px=800))
    (tmp_path / "cut.jpg").write_bytes(data[: len(data) * 96 // 100])
    window = desk.start()
    window.add([tmp_path / "cut.jpg"])
    desk.until_ended(1)
    index = window.model.index(0)
    window.grid.setCurrentIndex(index)
    assert window.model.row(0).is_partly_damaged
    assert window.panel.list.labels.records
    assert window.panel.state_text.startswith("Partly damaged")
    assert "partly damaged" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    window.gallery.open()
    assert window.gallery.viewer.bar.position.text() == "1 of 1 · partly damaged"


def test_label_again_labels_only_the_selected_photos(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    select = QItemSelectionModel.SelectionFlag.Select
    for place in (1, 4):
        window.grid.selectionModel().setCurrentIndex(window.model.index(place), select)
    window.grid.customContextMenuRequested.emit(window.grid.rect().center())
    menu = window.findChild(QMenu)
    assert menu is not None
    menu = next(m for m in window.findChildren(QMenu) if m.isVisible())
    offered = [action.text() for action in menu.actions() if action.text()]
    assert offered == [
        "View",
        "Open",
        "Open with…",
        "Show in file manager",
        "Label again",
        "Copy labels",
        "Remove from Tagdrop",
    ]
    next(action for action in menu.actions() if action.text() == "Label again").trigger()
    menu.close()
    desk.until(lambda: desk.backend.submits.total() == 8)
    desk.until_ended(6)
    assert sorted(desk.backend.submits.values()) == [1, 1, 1, 1, 2, 2]


def test_cancel_and_label_the_rest(desk: Desk, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "many", 30)
    desk.backend.hold()
    window = desk.start()
    window.add([folder])
    desk.until(lambda: desk.backend.submits.total() > 0 and window.model.rowCount() == 30)
    desk.qtbot.mouseClick(button(window.progress, "Cancel"), Qt.MouseButton.LeftButton)
    desk.until_ended(30)
    assert desk.count(State.CANCELLED) == 30
    assert window.progress.text == "30 cancelled"
    desk.backend.release()
    desk.qtbot.mouseClick(button(window.progress, "Label the rest"), Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.count(State.DONE) == 30)


def test_a_folder_without_photos_says_so(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    window = desk.start()
    window.add([tmp_path / "empty"])
    desk.until(lambda: window.progress.text == "No photos found")
    assert window.empty.isVisible()


def test_an_error_that_stops_the_job_offers_to_try_again(desk: Desk, photos: Path) -> None:
    error = CredentialsError("Amazon does not know this key", "Make a new key in the settings.")
    desk.backend.check_errors.append(error)
    window = desk.start()
    window.add([photos])
    desk.until(window.messages.isVisible)
    assert window.messages.title == error.title
    assert window.messages.text == error.message
    desk.qtbot.mouseClick(button(window.messages, "Try again"), Qt.MouseButton.LeftButton)
    desk.until_ended(6)
    assert desk.count(State.DONE) == 6
    assert not window.messages.isVisible()


def test_amazon_without_set_up_stays_on_this_computer(desk: Desk) -> None:
    window = desk.start()
    window.choose_backend("aws")
    assert window.shell.show_settings().page == "amazon"
    assert window.top_bar.backends.currentText() == "On this computer"
    desk.close()
    assert all(settings.backend == "local" for settings in desk.saved)


def test_the_chosen_backend_is_saved_with_all_other_settings(desk: Desk) -> None:
    connection = Connection("1", "eu-west-1", "tagdrop", "bucket", "table")
    settings = Settings(connection=connection, spares_core=True, language="en")
    window = desk.start(settings)
    window.top_bar.backend_chosen.emit("aws")
    assert window.top_bar.backends.currentText() == "With Amazon"
    desk.close()
    assert desk.saved == [replace(settings, backend="aws")]


def test_settings_that_cannot_be_saved_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start()
    error = StorageError("The settings cannot be saved", "The disk is full.")

    def fail(settings: Settings) -> None:
        raise error

    monkeypatch.setattr(window._parts.settings, "_save", fail)
    window.top_bar.slider.setValue(70)
    desk.until(lambda: window.messages.title == error.title)


def test_a_library_that_cannot_be_read_is_told(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start()
    error = StorageError("The library cannot be used", "The disk is gone.")
    assert desk.library is not None
    with monkeypatch.context() as broken:
        broken.setattr(desk.library, "outlines_after", Mock(side_effect=error))
        window.add([photos])
        desk.until(lambda: window.messages.title == error.title)
    desk.until_ended(6)  # and nothing is missing once it can be read again


@pytest.mark.expects_log("row of file")
def test_photos_whose_rows_cannot_be_read_say_so_wherever_they_are_shown(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    assert desk.library is not None
    error = StorageError("The library cannot be used", "The disk is gone.")
    monkeypatch.setattr(desk.library, "files_by_id", Mock(side_effect=error))
    window.model.take(desk.library.outlines_of(range(1, 7)))
    window.grid.setCurrentIndex(window.model.index(1))
    assert window.model.index(1).data(STATUS) == error.title
    assert not window.panel.list.labels.records
    window.gallery.open()
    window.grab()
    window.gallery.close_viewer()
    window.gallery.actions_.label_again()  # asks the library where the photo lies
    desk.until(lambda: desk.backend.submits.total() > 6)


def test_a_library_that_is_damaged_leads_to_its_copy(desk: Desk, tmp_path: Path) -> None:
    path = desk.data_dir / "library.db"
    library = Library(path, RECOGNISERS)
    job = library.add_job([tmp_path], "local", again=False)
    library.add_items(job.id, [tmp_path / f"{number}.jpg" for number in range(2000)])
    library.set_job_state(job.id, JobState.CANCELLED)
    library.store.look_after()
    library.close()
    with path.open("r+b") as file:
        half = path.stat().st_size // 2
        file.seek(half)
        file.write(b"\xff" * half)
    window = desk.start()
    desk.until(lambda: window.messages.title == "The library is damaged")
    assert "open it again" in window.messages.text
    assert window.messages.button_text == "Close Tagdrop"
    window.messages.press()
    assert not window.isVisible()
    desk.close()
    with pytest.raises(DamagedError):  # which the start dialog knows
        desk.start()


@pytest.mark.parametrize("view", ["everything", "one label", "by name", "surest first"])
def test_nothing_jumps_while_results_arrive(desk: Desk, tmp_path: Path, view: str) -> None:
    """Looked at whenever the model, the selection or the scroll bar says that anything moved."""
    window = desk.start()
    window.resize(900, 600)
    window.add([make_folder(tmp_path / "first", 40)])
    desk.until_ended(40)
    grid, model, browse = window.grid, window.model, window.gallery.browse
    with desk.qtbot.waitSignal(browse.shown, timeout=LIMIT_MS):  # later it would be a jump
        if view == "everything":
            browse.refresh()
        elif view == "one label":
            browse.ask(Query(labels=("Dog",)))
        else:
            browse.order_by("name" if view == "by name" else "surest")
    desk.until(lambda: model.rowCount() == 40)
    grid.verticalScrollBar().setValue(333)
    current = grid.visible_rows()[4]
    grid.setCurrentIndex(model.index(current))
    grid.selectionModel().select(model.index(current + 1), QItemSelectionModel.SelectionFlag.Select)

    def tops() -> dict[int, int]:
        """Where each photo is that is to be seen, by its id, in order."""
        places = grid.visible_rows()
        return {model.row(n).file_id: grid.visualRect(model.index(n)).top() for n in places}

    def chosen() -> tuple[int, list[int]]:
        ids = [model.row(index.row()).file_id for index in grid.selectedIndexes()]
        return model.row(grid.currentIndex().row()).file_id, sorted(ids)

    def seen() -> object:
        return list(tops().items()), chosen()

    tops_before, chosen_before, before = tops(), chosen(), seen()
    looks: list[object] = []

    def look(*_: object) -> None:
        if desk.count(State.DONE) < 240:  # then everything may fall into its place
            looks.append(seen())

    for signal in (
        model.rowsInserted,
        model.dataChanged,
        model.modelReset,
        grid.verticalScrollBar().valueChanged,
        grid.selectionModel().selectionChanged,
    ):
        signal.connect(look)
    desk.backend.finds = {"": [("Dog", 99.5)]}  # each newer one belongs before the older ones
    desk.backend.hold("0239.png")  # else all may have ended before the window looks for them
    window.add([make_folder(tmp_path / "second", 240)])
    desk.until(lambda: bool(looks))
    desk.backend.release()
    desk.until_ended(280)
    assert [each for each in looks if each != before] == []
    desk.until(lambda: model.rowCount() == 280)
    assert chosen() == chosen_before
    assert tops()[chosen_before[0]] == tops_before[chosen_before[0]]


def test_closing_while_working_is_quick_and_loses_nothing(desk: Desk, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "many", 60)
    desk.backend.hold()
    window = desk.start()
    window.add([folder])
    desk.until(lambda: desk.backend.submits.total() > 0)
    began = time.monotonic()
    desk.close()
    assert time.monotonic() - began < 5  # the backend would hold it for ever
    desk.backend.release()
    desk.start()
    desk.until(lambda: desk.count(State.DONE) == 60)


def test_a_photo_is_said_with_its_surest_labels(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    spoken = window.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "0000.png, Dog, 98.7 per cent, Grass, 77.0 per cent"


def test_as_administrator_on_windows_it_points_to_another_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.adding.adding.may_be_blocked", lambda: True)
    window = desk.start()
    assert "administrator" in window.messages.text
    button(window.messages, "Add photos…").click()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()
