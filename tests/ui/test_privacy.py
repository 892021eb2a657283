"""The privacy page: what was sent, byte for byte, and that it goes away when a person says so."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QApplication

from desktop.core.errors import NetworkError
from desktop.core.events import State
from desktop.core.library.library import Library
from desktop.core.money.upload_log import OPT_OUT_URL
from desktop.core.settings import Connection, Settings
from desktop.recognisers import AWS, RECOGNISERS
from desktop.ui.settings.privacy_page import PrivacyPage
from desktop.ui.settings.sent_box import SentBox
from desktop.ui.settings.sent_model import KEPT_PAGES

from .conftest import Desk, Recogniser
from .test_reach import nameless, not_reached

CONNECTION = Connection("123456789012", "eu-central-1", "tagdrop", "bucket", "table")
AMAZON = Settings("aws", connection=CONNECTION, deletes_copies=False)
CURRENT = "This is the current setting at Amazon"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.backend = Recogniser(AWS)
    return desk


pytestmark = pytest.mark.usefixtures("no_long_waits")


def label(desk: Desk, folder: Path) -> None:
    """Label a folder with Amazon, to its end."""
    window = desk.window
    assert window is not None
    window.add([folder])
    sheet = window.shell.sheet
    desk.until(lambda: sheet.start_button.isVisible() and "still" not in sheet.text)
    sheet.start_button.click()
    desk.until_ended(len(list(folder.iterdir())))


def open_page(desk: Desk) -> PrivacyPage:
    """The privacy page, when it has read what there is."""
    assert desk.window is not None
    (page,) = desk.window.shell.show_settings("privacy").findChildren(PrivacyPage)
    desk.until(lambda: not page.sent.news.text().startswith("Loading"))
    return page


def opened_after_labelling(desk: Desk, folder: Path) -> SentBox:
    desk.start(AMAZON)
    label(desk, folder)
    box = open_page(desk).sent
    desk.until(lambda: box.view.proof.text().startswith("This is exactly"))
    return box


def cells(box: SentBox, place: int) -> list[str]:
    return [str(box.model.index(place, column).data() or "") for column in range(3)]


def choose(box: SentBox, *places: int) -> None:
    selection = box.table.selectionModel()
    selection.clear()
    flag = QItemSelectionModel.SelectionFlag
    for place in places:
        selection.setCurrentIndex(box.model.index(place, 0), flag.Select | flag.Rows)


def test_nothing_was_sent(desk: Desk, photos: Path) -> None:
    desk.backend = Recogniser()
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    page = open_page(desk)
    assert page.sent.news.text() == "No photo has left this computer."
    assert not page.sent.table.isVisible()
    assert not page.sent.delete_all.isVisible()
    assert not page.retention.isVisible()


def test_what_was_sent_is_listed_and_shown_to_the_byte(desk: Desk, photos: Path) -> None:
    box = opened_after_labelling(desk, photos)
    assert box.news.text().startswith("6 copies have been sent. 6 of them may still be")
    names = {cells(box, place)[0] for place in range(box.model.rowCount())}
    assert names == {path.name for path in photos.iterdir()}
    row = box.model.row(0)
    assert row is not None
    facts = box.view.facts.text()
    assert f"as images/{row.image_name}" in facts
    assert "stored in bucket" in facts
    sent = QImage.fromData(desk.backend.copies[row.image_name])
    shown = box.view.preview.picture
    assert shown is not None
    assert f"{sent.width()} × {sent.height()} pixels" in box.view.proof.text()
    middle = shown.pixelColor(shown.width() // 2, shown.height() // 2)
    assert middle == sent.pixelColor(sent.width() // 2, sent.height() // 2)


def test_another_row_shows_another_copy(desk: Desk, photos: Path) -> None:
    box = opened_after_labelling(desk, photos)
    desk.qtbot.keyClick(box.table, Qt.Key.Key_Down)
    row = box.model.row(1)
    assert row is not None
    desk.until(lambda: row.name in box.view.facts.text())
    desk.until(lambda: box.view.proof.text().startswith("This is exactly"))


@pytest.mark.parametrize("by_key", [False, True])
def test_delete_now_deletes_what_is_chosen(desk: Desk, photos: Path, *, by_key: bool) -> None:
    box = opened_after_labelling(desk, photos)
    rows = [box.model.row(place) for place in range(6)]
    choose(box, 1, 4)
    if by_key:
        box.table.setFocus()
        desk.qtbot.keyClick(box.table, Qt.Key.Key_Delete)
    else:
        desk.qtbot.mouseClick(box.delete, Qt.MouseButton.LeftButton)
    desk.until(lambda: box.news.text().startswith("2 copies deleted"))
    desk.until(lambda: cells(box, 1)[2] == cells(box, 4)[2] == "deleted by you")
    assert {row.image_name for row in rows if row} - set(desk.backend.copies) == {
        row.image_name for place, row in enumerate(rows) if row and place in (1, 4)
    }
    assert desk.count(State.DONE) == 6
    assert box.table.currentIndex().row() == 4
    desk.until(lambda: "deleted by you" in box.view.facts.text())


def test_delete_all_leaves_nothing(desk: Desk, photos: Path) -> None:
    box = opened_after_labelling(desk, photos)
    box.delete_all.click()
    desk.until(lambda: box.news.text().startswith("6 copies deleted; the labels stay"))
    assert desk.backend.copies == {}
    assert desk.backend.table == {}
    box.window().close()
    assert desk.window is not None
    desk.window.shell.show_settings("privacy")
    desk.until(lambda: box.news.text().endswith("None of them is still with Amazon."))


def test_what_a_job_works_on_stays_and_is_said(desk: Desk, photos: Path) -> None:
    window = desk.start(AMAZON)
    desk.backend.max_concurrency = 4
    desk.backend.hold()
    window.add([photos])
    desk.until(window.shell.sheet.start_button.isVisible)
    window.shell.sheet.start_button.click()
    desk.until(lambda: len(desk.backend.copies) == 4)
    box = open_page(desk).sent
    desk.until(box.table.isVisible)
    box.delete_all.click()
    desk.until(lambda: "stay for now: a job is still working" in box.news.text())
    assert len(desk.backend.copies) == 4
    desk.backend.release()
    desk.until_ended(6)
    desk.until(lambda: box.model.rowCount() == 6)  # the page follows the job's end


def test_trouble_is_said_and_can_be_tried_again(desk: Desk, photos: Path) -> None:
    box = opened_after_labelling(desk, photos)
    desk.backend.forget_errors = [NetworkError("Cannot reach Amazon", "Check it.")] * 5
    box.delete_all.click()
    desk.until(box.retry.isVisible)
    assert box.news.text() == "Cannot reach Amazon. Check it."
    assert len(desk.backend.copies) == 6
    desk.qtbot.mouseClick(box.retry, Qt.MouseButton.LeftButton)
    desk.until(lambda: box.news.text().startswith("6 copies deleted"))
    assert not box.retry.isVisible()


def test_deleting_can_be_ended(desk: Desk, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.core.money.copies.AT_ONCE", 2)
    box = opened_after_labelling(desk, photos)
    may_go_on = threading.Event()
    forget = desk.backend.forget

    def slowly(names: list[str], *, cancel: threading.Event) -> None:
        forget(names, cancel=cancel)
        may_go_on.wait(20)

    monkeypatch.setattr(desk.backend, "forget", slowly)
    box.delete_all.click()
    desk.until(lambda: len(desk.backend.copies) == 4)
    assert not box.delete.isEnabled()
    box.stop.click()
    may_go_on.set()
    desk.until(lambda: box.news.text().startswith("2 copies deleted;"))
    assert len(desk.backend.copies) == 4
    assert not box.stop.isVisible()


def test_names_are_searched(desk: Desk, photos: Path) -> None:
    box = opened_after_labelling(desk, photos)
    box.search.setText("0003")
    desk.until(lambda: box.model.rowCount() == 1)
    desk.until(lambda: cells(box, 0)[0] == "0003.png")
    box.search.setText("nothing like it")
    desk.until(lambda: box.news.text() == "No photo with that name was sent.")
    assert not box.table.isVisible()
    box.search.clear()
    desk.until(lambda: box.model.rowCount() == 6)


def test_a_copy_that_is_gone_everywhere_is_said_so(desk: Desk, photos: Path) -> None:
    box = opened_after_labelling(desk, photos)
    row = box.model.row(2)
    assert row is not None
    row.paths[0].unlink()
    del desk.backend.copies[row.image_name]
    choose(box, 2)
    desk.until(box.view.again.isVisible)
    assert box.view.proof.text().startswith("This copy can no longer be shown.")
    desk.backend.copies[row.image_name] = desk.backend.copies[next(iter(desk.backend.copies))]
    box.view.again.click()
    desk.until(lambda: box.view.proof.text().startswith("The photo or Tagdrop has changed"))


def test_how_long_copies_stay_is_a_wish_and_a_truth(desk: Desk) -> None:
    desk.backend.days = 3
    desk.start(replace(AMAZON, retention_days=3))
    page = open_page(desk)
    asked: list[int] = []
    page.retention_asked.connect(asked.append)
    desk.until(lambda: page.retention.truth.text().startswith(CURRENT))
    assert not page.retention.change.isVisible()
    page.retention.days.setValue(7)
    assert "to delete them after 3 days" in page.retention.truth.text()
    desk.qtbot.mouseClick(page.retention.change, Qt.MouseButton.LeftButton)
    assert asked == [7]
    desk.until(lambda: bool(desk.saved) and desk.saved[-1].retention_days == 7)
    desk.backend.days = 7  # the owner has signed in and changed it
    page.retention.ask()
    desk.until(lambda: page.retention.truth.text().startswith(CURRENT))


def test_a_truth_that_cannot_be_asked_is_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[int | Exception] = [NetworkError("Cannot reach Amazon", "Check it."), 1]

    def keeps_days() -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(desk.backend, "keeps_days", keeps_days)
    desk.start(AMAZON)
    page = open_page(desk)
    desk.until(page.retention.again.isVisible)
    assert page.retention.truth.text() == "Cannot reach Amazon. Check it."
    page.retention.again.click()
    desk.until(lambda: page.retention.truth.text().startswith(CURRENT))
    assert not page.retention.again.isVisible()


def test_what_amazon_may_keep_leads_to_the_way_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    desk.start()
    open_page(desk).opt_out.click()
    assert opened == [OPT_OUT_URL]


def test_everything_on_it_is_reached_by_tab_and_named(desk: Desk, photos: Path) -> None:
    box = opened_after_labelling(desk, photos)
    assert not_reached(desk, box.window()) == []
    assert nameless(box.window()) == []


@pytest.fixture
def many(desk: Desk) -> int:
    """A library from which 100,000 copies have been sent."""
    count = 100_000
    desk.data_dir.mkdir(parents=True)
    library = Library(desk.data_dir / "library.db", RECOGNISERS)
    numbers = range(1, count + 1)
    with library.store.write() as db:
        db.executemany(
            "INSERT INTO images (id, digest, image_name) VALUES (?, ?, ?)",
            ((n, f"{n:064x}", f"{n:016x}-{n}.jpg") for n in numbers),
        )
        db.executemany(
            "INSERT INTO sent (image_id, bucket, key, digest, size_bytes, sent_at, expires_at,"
            " arrived) VALUES (?, 'bucket', ?, '', 500000, ?, ?, 1)",
            ((n, f"images/{n:016x}-{n}.jpg", 1.7e9 + n, 1.7e9 + n + 1e5) for n in numbers),
        )
    library.close()
    return count


def test_a_hundred_thousand_copies_are_read_as_they_are_looked_at(desk: Desk, many: int) -> None:
    desk.start(AMAZON)
    box = open_page(desk).sent
    desk.until(lambda: cells(box, 0)[0] == f"{many:016x}-{many}.jpg")
    assert box.news.text().replace(",", "").startswith("100000 copies have been sent.")
    assert box.model.rowCount() == many
    box.table.scrollToBottom()
    desk.until(lambda: cells(box, many - 1)[0] == f"{1:016x}-1.jpg")
    bar = box.table.verticalScrollBar()
    for step in range(200):
        bar.setValue(bar.maximum() * step // 200)
        QApplication.processEvents()
    desk.until(lambda: bool(cells(box, box.table.rowAt(10))[0]))
    assert len(box.model._pages) <= KEPT_PAGES
