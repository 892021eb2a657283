"""Labels leave with the photos: as keywords, kept up to date, as a table, and all of it undone."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.core.metadata.fields import Fields
from desktop.core.save.metadata import read_keywords
from desktop.core.save.sidecar import read_sidecar
from desktop.core.settings import Settings
from desktop.ui.saving.folders_form import FoldersForm
from desktop.ui.saving.keywords_form import KeywordsForm
from desktop.ui.saving.run_dialog import RunDialog
from desktop.ui.saving.saving import Saving
from desktop.ui.saving.table_form import TableForm
from desktop.ui.settings.photos_page import PhotosPage
from desktop.ui.window import Window

from .conftest import Desk, rows_of

IN_FILES = Settings(keywords_in_files=True)


def open_album(desk: Desk, photos: Path, settings: Settings | None = None) -> Window:
    window = desk.start(settings)
    window.add([photos])
    desk.until_ended(6)
    return window


def saving(window: Window) -> Saving:
    found: Saving = window.shell.saving
    return found


def keywords_form(window: Window) -> KeywordsForm:
    """As it opens by its key."""
    saving(window).keywords.trigger()
    asking = saving(window).menu.asking
    assert asking is not None
    assert isinstance(asking.form, KeywordsForm)
    return asking.form


def begin(window: Window) -> RunDialog:
    asking = saving(window).menu.asking
    assert asking is not None
    QTest.mouseClick(asking.act_button, Qt.MouseButton.LeftButton)
    return saving(window).menu.runs[-1]


def write(desk: Desk, window: Window) -> RunDialog:
    keywords_form(window)
    run = begin(window)
    desk.until(lambda: not run.is_running)
    return run


def contents(photos: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in photos.iterdir()}


def in_file(path: Path) -> Fields:
    return read_keywords(path.read_bytes(), "PNG")


def test_keywords_are_written_into_the_photos_and_undone_byte_for_byte(
    desk: Desk, photos: Path
) -> None:
    window = open_album(desk, photos, IN_FILES)
    before = contents(photos)
    run = write(desk, window)
    assert run.text == "Keywords written to 6 photos"
    for path in photos.iterdir():
        assert in_file(path).subject == ("Dog", "Grass")
        assert in_file(path).hierarchical == ("Animal|Mammal|Dog", "Grass")
    desk.until(saving(window).undo.isEnabled)
    assert saving(window).undo.text() == "Undo: keywords written to 6 photos"
    QTest.mouseClick(run.undo_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: not run.is_running)
    assert run.text == "Undid: keywords written to 6 photos"
    assert contents(photos) == before
    desk.until(lambda: not saving(window).undo.isEnabled())


def test_the_preview_says_what_will_be_written_and_where(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos)
    form = keywords_form(window)
    desk.until(lambda: len(form.preview.lines) == 12)
    assert form.preview.lines[:3] == [
        "0000.png | into 0000.png.xmp",
        "Dog | Animal › Mammal › Dog",
        "Grass | Grass",
    ]
    form.where.files.click()
    form.parents.click()
    form.prefix.setText("Auto")
    form.least.setValue(90)
    desk.until(lambda: form.preview.lines[0] == "0000.png | into the photo itself")
    assert form.preview.lines[1:4] == [
        "Dog | Auto › Animal › Mammal › Dog",
        "Mammal | Auto › Animal › Mammal",
        "Animal | Auto › Animal",
    ]
    assert not list(photos.glob("*.xmp"))
    run = begin(window)
    desk.until(lambda: not run.is_running)
    assert in_file(photos / "0000.png").hierarchical == (
        ("Auto|Animal|Mammal|Dog", "Auto|Animal|Mammal", "Auto|Animal")
    )
    kept = desk.parts.settings.now if desk.parts else Settings()
    assert (kept.keywords_in_files, kept.keyword_prefix) == (True, "Auto")


def test_cancel_keeps_nothing_that_was_chosen(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos)
    form = keywords_form(window)
    form.keeps.click()
    form.where.files.click()
    asking = saving(window).menu.asking
    assert asking is not None
    QTest.keyClick(asking, Qt.Key.Key_Escape)
    assert desk.parts is not None
    assert desk.parts.settings.now == Settings()
    assert saving(window).menu.asking is None


def test_the_selected_photos_are_meant_else_the_shown_ones(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos)

    def offered() -> list[str]:
        saving(window).keywords.trigger()
        asking = saving(window).menu.asking
        assert asking is not None
        return [asking.scopes.itemText(place) for place in range(asking.scopes.count())]

    assert offered() == ["All 6 photos"]
    chosen = window.grid.selectionModel()
    chosen.select(window.model.index(1), QItemSelectionModel.SelectionFlag.Select)
    assert offered() == ["1 selected photos", "All 6 photos"]
    window.top_bar.search.setText("0003")
    desk.until(lambda: window.model.rowCount() == 1)
    window.grid.clearSelection()
    assert offered() == ["1 photos shown now", "All 6 photos"]
    run = begin(window)
    desk.until(lambda: not run.is_running)
    assert [path.name for path in photos.glob("*.xmp")] == ["0003.png.xmp"]


def test_what_fails_is_listed_with_its_reason_and_tried_again(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos)
    lost = photos / "0002.png"
    content = lost.read_bytes()
    lost.unlink()
    run = write(desk, window)
    assert run.text == "Keywords written to 5 photos"
    item = run.list.topLevelItem(0)
    assert item is not None
    assert item.text(0) == "0002.png"
    assert item.text(1).startswith("This file is gone")
    lost.write_bytes(content)
    QTest.mouseClick(run.retry_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: not run.is_running)
    assert run.text == "Keywords written to 1 photos"
    assert read_sidecar((photos / "0002.png.xmp").read_bytes()).subject == ("Dog", "Grass")


def test_written_a_second_time_nothing_changes(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos)
    write(desk, window)
    before = contents(photos)
    run = write(desk, window)
    assert run.text == "Keywords written to 0 photos"
    assert run.undo_button.isHidden()
    assert contents(photos) == before


def test_a_photo_counts_once_where_its_keywords_move_and_what_stays_is_not_undone(
    desk: Desk, photos: Path
) -> None:
    window = open_album(desk, photos, IN_FILES)
    write(desk, window)
    assert desk.parts
    desk.parts.settings.change(keywords_in_files=False)
    run = write(desk, window)
    assert run.text == "Keywords written to 6 photos"
    (photos / "0000.png.xmp").write_bytes(b"another program's")
    QTest.mouseClick(run.undo_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: not run.is_running)
    assert (run.text, len(run.failed)) == ("Undid: keywords written to 6 photos", 1)


def test_where_nothing_can_be_undone_nothing_is_said_to_be(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos, IN_FILES)
    run = write(desk, window)
    shutil.rmtree(photos)
    QTest.mouseClick(run.undo_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: not run.is_running)
    assert (run.text, len(run.failed)) == ("Nothing was undone", 6)


def test_stop_ends_it_and_what_is_written_can_be_undone(
    desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.core.save.write_keywords.BATCH_FILES", 1)
    window = open_album(desk, photos, IN_FILES)
    before = contents(photos)
    keywords_form(window)
    asking = saving(window).menu.asking
    assert asking is not None
    asking.form.begin(asking.scope, lambda run: saving(window).menu.start("Keywords", run))
    run = saving(window).menu.runs[-1]
    QTest.keyClick(run, Qt.Key.Key_Escape)
    desk.until(lambda: not run.is_running)
    assert run.text.startswith("Stopped. Keywords written to")
    if run.undo_button.isVisible():
        QTest.mouseClick(run.undo_button, Qt.MouseButton.LeftButton)
        desk.until(lambda: not run.is_running)
    assert contents(photos) == before


def test_the_window_closes_in_the_middle_and_undo_still_knows(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos, IN_FILES)
    before = contents(photos)
    keywords_form(window)
    begin(window)
    desk.close()
    window = desk.start(IN_FILES)
    desk.until(lambda: window.model.rowCount() == 6)
    if contents(photos) != before:
        desk.until(saving(window).undo.isEnabled)
        saving(window).undo.trigger()
        run = saving(window).menu.runs[-1]
        desk.until(lambda: not run.is_running)
    assert contents(photos) == before


# Up to date


def test_photos_are_kept_up_to_date_and_that_is_undone_as_a_whole(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos, Settings(keywords_in_files=True, keeps_keywords=True))
    first = photos / "0000.png"
    desk.until(lambda: in_file(first).subject == ("Dog", "Grass"))
    window.grid.setCurrentIndex(window.model.index(0))
    desk.until(window.panel.list.isVisible)
    window.editing.change_label("Rex", "add", 0)
    desk.until(lambda: in_file(first).subject == ("Dog", "Grass", "Rex"))
    desk.until(lambda: not saving(window).up_to_date.is_writing)
    desk.until(lambda: saving(window).undo.text().startswith("Undo: keywords kept up to date"))
    saving(window).undo.trigger()
    run = saving(window).menu.runs[-1]
    desk.until(lambda: not run.is_running)
    assert [in_file(path) for path in sorted(photos.iterdir())] == [Fields()] * 6
    desk.close()
    window = desk.start(Settings(keywords_in_files=True, keeps_keywords=True))
    passes: list[None] = []
    saving(window).up_to_date.written.connect(lambda: passes.append(None))
    desk.until(lambda: bool(passes))
    assert [in_file(path) for path in sorted(photos.iterdir())] == [Fields()] * 6


def test_nothing_is_written_by_itself_at_first(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos)
    before = contents(photos)
    window.grid.setCurrentIndex(window.model.index(0))
    window.editing.change_label("Rex", "add", 0)
    desk.until(lambda: bool(window.editing.note.text))
    assert not saving(window).up_to_date._timer.isActive()
    assert contents(photos) == before


def test_what_cannot_be_kept_up_to_date_is_told(desk: Desk, photos: Path) -> None:
    window = open_album(desk, photos, Settings(keeps_keywords=True))
    desk.until(lambda: len(list(photos.glob("*.xmp"))) == 6)
    desk.until(lambda: not saving(window).up_to_date.is_writing)
    (photos / "0000.png").unlink()
    window.grid.setCurrentIndex(window.model.index(0))
    window.editing.change_label("Rex", "add", 0)
    said = "Keywords of 1 photos could not be kept up to date"
    desk.until(lambda: window.editing.note.text == said)
    act = window.editing.note.act
    assert act is not None
    act.do()
    run = saving(window).menu.runs[-1]
    desk.until(lambda: not run.is_running)
    item = run.list.topLevelItem(0)
    assert item is not None
    assert item.text(0) == "0000.png"


# Tables


def test_the_labels_shown_are_saved_as_a_table(desk: Desk, photos: Path, tmp_path: Path) -> None:
    window = open_album(desk, photos)
    saving(window).table.trigger()
    asking = saving(window).menu.asking
    assert asking is not None
    form = asking.form
    assert isinstance(form, TableForm)
    table = tmp_path / "out" / "labels.csv"
    table.parent.mkdir()
    QTest.mouseClick(asking.act_button, Qt.MouseButton.LeftButton)
    dialog = form.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(table))
    dialog.filesSelected.emit([str(table)])
    dialog.close()
    run = saving(window).menu.runs[-1]
    desk.until(lambda: not run.is_running)
    assert run.text == "Saved the labels of 6 photos as labels.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert {row["Label"] for row in rows} == {"Dog", "Grass"}


def test_json_needs_nothing_for_spreadsheets(desk: Desk, photos: Path, tmp_path: Path) -> None:
    window = open_album(desk, photos)
    saving(window).table.trigger()
    asking = saving(window).menu.asking
    assert asking is not None
    form = asking.form
    assert isinstance(form, TableForm)
    form.json.click()
    assert not form.bom.isEnabled()
    saving(window).menu.start("JSON", form._run(asking.scope, tmp_path / "labels.json"))
    run = saving(window).menu.runs[-1]
    desk.until(lambda: not run.is_running)
    assert len(json.loads((tmp_path / "labels.json").read_text())) == 6


# Folders


def folders_form(window: Window) -> FoldersForm:
    saving(window).folders.trigger()
    asking = saving(window).menu.asking
    assert asking is not None
    assert isinstance(asking.form, FoldersForm)
    return asking.form


def test_photos_are_sorted_by_label_with_a_preview_and_taken_back(
    desk: Desk, photos: Path, tmp_path: Path
) -> None:
    desk.backend.finds = {"0001": [("Beach", 90.0)], "0002": [("Sea", 20.0)]}
    window = open_album(desk, photos)
    form = folders_form(window)
    form.into.setText(str(tmp_path / "sorted"))
    desk.until(lambda: form.tree.lines == ["Dog 4", "Beach 1", "Not sure 1"])
    form.parents.click()
    desk.until(
        lambda: form.tree.lines == ["Animal 4", "Mammal 4", "Dog 4", "Beach 1", "Not sure 1"]
    )
    form.parents.click()
    desk.until(lambda: form.tree.lines == ["Dog 4", "Beach 1", "Not sure 1"])
    top = form.tree.topLevelItem(0)
    assert top is not None
    top.setCheckState(0, Qt.CheckState.Unchecked)
    desk.until(lambda: form.tree.lines == ["Grass 4", "Beach 1", "Dog", "Not sure 1"])
    run = begin(window)
    desk.until(lambda: not run.is_running)
    assert run.text == "Copied 6 photos into folders"
    assert sorted(p.name for p in (tmp_path / "sorted").iterdir()) == ["Beach", "Grass", "Not sure"]
    assert len(contents(photos)) == 6
    QTest.mouseClick(run.undo_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: not run.is_running)
    assert run.text == "Undid: 6 photos copied into folders"
    assert not (tmp_path / "sorted").exists()


def test_moved_photos_are_found_where_they_are(desk: Desk, photos: Path, tmp_path: Path) -> None:
    window = open_album(desk, photos)
    form = folders_form(window)
    form.into.setText(str(tmp_path / "sorted"))
    form.moves.click()
    desk.until(lambda: form.tree.lines == ["Dog 6"])
    run = begin(window)
    desk.until(lambda: not run.is_running)
    assert run.text == "Moved 6 photos into folders"
    moved = tmp_path / "sorted" / "Dog"
    desk.until(lambda: {row.path.parent for row in rows_of(window.model)} == {moved})
    assert not contents(photos)
    QTest.mouseClick(run.undo_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: not run.is_running)
    desk.until(lambda: {row.path.parent for row in rows_of(window.model)} == {photos})


def test_what_cannot_be_sorted_says_why(desk: Desk, photos: Path) -> None:
    desk.backend.finds = {"": [("Sea", 20.0)]}
    window = open_album(desk, photos)
    form = folders_form(window)
    asking = saving(window).menu.asking
    assert asking is not None
    desk.until(asking.act_button.isEnabled)
    form.not_sure.click()
    desk.until(lambda: not asking.act_button.isEnabled())
    assert asking.act_button.toolTip() == "No photo has one of these labels"
    form.into.clear()
    assert asking.act_button.toolTip() == "Choose a folder first"


# Around


def test_without_photos_the_menu_says_why(desk: Desk, photos: Path) -> None:
    window = desk.start(samples=photos)
    menu = saving(window).menu
    assert not menu.button.isEnabled()
    assert menu.button.toolTip() == "Nothing to save yet: add photos first"
    assert not saving(window).keywords.isEnabled()
    window.add([photos])
    desk.until_ended(6)
    assert menu.button.isEnabled()
    assert saving(window).keywords.isEnabled()
    assert not menu.button.toolTip()


def test_the_settings_say_where_keywords_go(desk: Desk) -> None:
    window = desk.start()
    page = window.shell.show_settings("photos").findChild(PhotosPage)
    assert page is not None
    assert desk.parts is not None
    page.where.files.click()
    page.keeps.click()
    now = desk.parts.settings.now
    assert (now.keywords_in_files, now.keeps_keywords) == (True, True)
    page.where.namings.setCurrentIndex(1)
    page.where.namings.activated.emit(1)
    assert desk.parts.settings.now.sidecar_naming == "stem"
