"""Photos of an older model are offered to be labelled again; what a person decided stays."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.core.errors import AppError, BackendMissingError
from desktop.core.events import State
from desktop.core.library.edits import Edits
from desktop.core.settings import Settings
from desktop.ui.settings.labelling_page import LabellingPage
from desktop.ui.window import Window
from desktop.ui.words.languages import speak
from tests.ui.conftest import Desk, make_folder

PHOTOS = 300


def label(desk: Desk, folder: Path, count: int) -> None:
    """Label a folder with the older model, and close the program."""
    window = desk.start()
    make_folder(folder, count)
    window.shell.sheet.ask([folder], "local", again=False)
    if count > 500:
        desk.until(lambda: window.shell.sheet.is_asking)
        window.shell.sheet.start_button.click()
    desk.until_ended(count)
    assert window.shell.offer.text == ""
    desk.close()


def start_with(desk: Desk, model: str, settings: Settings | None = None) -> Window:
    desk.model = desk.backend.model = model
    window = desk.start(settings)
    desk.until(lambda: window.model.rowCount() > 0)
    return window


def models(desk: Desk) -> set[str]:
    assert desk.library is not None
    return {row[0] for row in desk.library.store.read("SELECT model_version FROM answers")}


def labels(desk: Desk, file_id: int) -> dict[str, tuple[str, bool]]:
    """The labels that count for a photo: where each is from, and whether it is kept."""
    assert desk.library is not None
    row = desk.library.file(file_id)
    assert row is not None
    shown = desk.library.effective_labels(row.image_id or 0)
    return {each.record.label: (each.origin, each.is_kept) for each in shown}


def test_hundreds_of_photos_are_labelled_again_and_corrections_stay(
    desk: Desk, tmp_path: Path, application: QApplication
) -> None:
    speak(application, "en")
    label(desk, tmp_path / "photos", PHOTOS)
    window = start_with(desk, "newer")
    offer = window.shell.offer
    desk.until(lambda: offer.text != "")
    began = "300 photos were labelled by an older model. Label them again? ("
    assert offer.text.startswith(began)
    assert re.fullmatch(
        r"(less than a minute|about \d+ minutes?)\)", offer.text.removeprefix(began)
    )
    assert desk.library is not None
    edits = Edits(desk.library.store)
    edits.change_label("Keep", [1, 2], "Dog", "keep")
    edits.change_label("Remove", [1, 2], "Grass", "remove")
    edits.change_label("Add", [1, 2], "Rex", "add")
    desk.backend.finds = {".png": [("Cat", 91.0), ("Grass", 80.0)]}
    desk.qtbot.mouseClick(offer.again_button, Qt.MouseButton.LeftButton)
    assert offer.text == ""
    desk.until(lambda: window.feed.job_id is not None)
    desk.until_ended(PHOTOS)
    assert window.progress.text.startswith("300 labelled")
    assert models(desk) == {"newer"}
    assert desk.count(State.DONE) == PHOTOS
    mine = {"Dog": ("you", True), "Rex": ("you", True), "Cat": ("local", False)}
    assert [labels(desk, file_id) for file_id in (1, 2)] == [mine, mine]
    new = {"Cat": ("local", False), "Grass": ("local", False)}
    assert all(labels(desk, file_id) == new for file_id in range(3, PHOTOS + 1))
    assert offer.text == ""
    desk.close()
    window = start_with(desk, "newer")
    done = window.shell.older
    with desk.qtbot.waitSignal(done.changed):
        done.look()
    assert done.text == ""


def test_who_keeps_the_old_labels_is_asked_again_for_the_next_model_only(
    desk: Desk, tmp_path: Path
) -> None:
    label(desk, tmp_path / "photos", 3)
    window = start_with(desk, "newer")
    desk.until(lambda: window.shell.offer.text.startswith("3 photos were labelled"))
    window.shell.offer.keep_button.setFocus()
    desk.qtbot.keyClick(window.shell.offer.keep_button, Qt.Key.Key_Space)
    assert window.shell.offer.text == ""
    assert window.grid.hasFocus()
    desk.close()
    settings = desk.saved[-1]
    window = start_with(desk, "newer", settings)
    desk.until(lambda: window.shell.older.text != "")
    assert window.shell.offer.text == ""
    desk.close()
    window = start_with(desk, "newest", settings)
    desk.until(lambda: window.shell.offer.text.startswith("3 photos were labelled"))


def test_kept_old_labels_can_be_made_anew_in_the_settings(
    desk: Desk, tmp_path: Path, application: QApplication
) -> None:
    speak(application, "en")
    label(desk, tmp_path / "photos", 1)
    window = start_with(desk, "newer", Settings(refused_model="newer"))
    page = window.shell.show_settings("labelling").findChild(LabellingPage)
    assert page is not None
    desk.until(page.again.isVisible)
    assert window.shell.older.text == (
        "1 photo was labelled by an older model. Label it again? (less than a minute)"
    )
    desk.qtbot.mouseClick(page.again, Qt.MouseButton.LeftButton)
    desk.until(lambda: models(desk) == {"newer"})
    desk.until_ended(1)
    assert not page.again.isVisible()


def test_a_cancelled_job_leaves_labels_and_offers_the_rest(desk: Desk, tmp_path: Path) -> None:
    label(desk, tmp_path / "photos", 30)
    window = start_with(desk, "newer")
    desk.until(lambda: window.shell.offer.text.startswith("30 photos"))
    desk.backend.hold()
    before = desk.backend.submits.total()
    desk.qtbot.mouseClick(window.shell.offer.again_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.backend.submits.total() > before)
    assert window.shell.offer.text == ""
    desk.until(lambda: window.feed.job_id is not None)
    window.progress.cancelled.emit(window.feed.job_id)
    desk.until_ended(30)
    desk.until(lambda: desk.count(State.DONE) == 30)
    assert window.progress.text == "30 cancelled"
    desk.until(lambda: window.shell.offer.text.startswith("30 photos"))
    assert set(labels(desk, 30)) == {"Dog", "Grass", "Park"}


def test_a_photo_out_of_reach_keeps_its_labels_in_sight(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    label(desk, folder, 3)
    (folder / "0001.png").rename(tmp_path / "elsewhere.png")
    window = start_with(desk, "newer")
    desk.until(lambda: window.shell.offer.text.startswith("2 photos"))
    window.add([folder / "0001.png"], again=True)
    desk.until(lambda: window.progress.text == "1 failed")
    desk.until(lambda: desk.count(State.DONE) == 3)
    desk.until(lambda: window.shell.offer.text.startswith("2 photos"))


def test_what_leaves_the_library_is_not_counted(desk: Desk, tmp_path: Path) -> None:
    label(desk, tmp_path / "photos", 3)
    window = start_with(desk, "newer")
    desk.until(lambda: window.shell.offer.text.startswith("3 photos"))
    window.editing.remove_photos([1])
    desk.until(lambda: window.shell.offer.text.startswith("2 photos"))


def test_the_offer_is_made_in_german(desk: Desk, tmp_path: Path, application: QApplication) -> None:
    label(desk, tmp_path / "photos", 2)
    speak(application, "de")
    window = start_with(desk, "newer")
    desk.until(lambda: window.shell.offer.text != "")
    assert window.shell.offer.text == (
        "2 Fotos wurden von einem älteren Modell verschlagwortet. Neu verschlagworten?"
        " (weniger als eine Minute)"
    )


def test_a_model_that_is_missing_is_said_when_it_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    errors: list[AppError] = []

    def local_model() -> str:
        if errors:
            raise errors[0]
        return "newer"

    label(desk, tmp_path / "photos", 2)
    desk.local_model = local_model
    window = start_with(desk, "newer")
    desk.until(lambda: window.shell.offer.text != "")
    errors.append(BackendMissingError("Labelling on this computer is not available"))
    window.shell.offer.again_button.click()
    desk.until(lambda: window.messages.title == errors[0].title)
    assert window.shell.offer.text == ""
    assert desk.count(State.DONE) == 2
