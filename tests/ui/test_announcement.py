"""What a screen reader says by itself, wherever the keyboard is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.core.errors import AppError
from desktop.core.settings import Connection
from desktop.ui.amazon.error_box import ErrorBox

from .conftest import Desk, make_folder

URGENT = QAccessible.AnnouncementPoliteness.Assertive
POLITE = QAccessible.AnnouncementPoliteness.Polite
BROKEN = AppError("It broke", "Mend it.")


class Ear:
    """Hears what goes out to screen readers; PySide lends Qt's own handler to nobody."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []

    def hear(self, event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.heard.append((event.message(), event.politeness()))

    @property
    def words(self) -> list[str]:
        return [said for said, _ in self.heard]


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Ear:
    ear = Ear()
    monkeypatch.setattr(QAccessible, "updateAccessibility", ear.hear)
    return ear


def test_a_warning_interrupts_and_other_messages_and_notes_do_not(desk: Desk, ear: Ear) -> None:
    window = desk.start()
    window.say_error(BROKEN)
    window.messages.show_message("Saved")
    window.editing.note.show_note("Removed")
    assert ear.heard == [("It broke. Mend it.", URGENT), ("Saved.", POLITE), ("Removed", POLITE)]


def test_what_went_wrong_with_amazon_is_said(desk: Desk, ear: Ear) -> None:
    box = ErrorBox(desk.start().shell.amazon.actions)
    desk.qtbot.addWidget(box)
    box.show_error(BROKEN)
    assert ear.heard == [("It broke. Mend it.", URGENT)]


def test_what_came_of_each_job_is_said_once(desk: Desk, ear: Ear, tmp_path: Path) -> None:
    desk.backend.hold()
    window = desk.start()
    window.add([make_folder(tmp_path / "first", 2)])
    desk.until(lambda: "of 2" in window.progress.text)
    window.add([make_folder(tmp_path / "second", 4)])
    desk.until(lambda: "1 more job" in window.progress.text)
    desk.backend.release()
    desk.until_ended(6)
    desk.until(lambda: len(ear.heard) == 2)
    assert ear.words == ["Finished: 2 labelled", window.progress.text]


def test_what_a_search_found_is_said_and_what_comes_by_itself_is_not(
    desk: Desk, ear: Ear, photos: Path, tmp_path: Path
) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    ear.heard.clear()
    window.top_bar.search.setText("dog")
    desk.until(lambda: bool(ear.heard))
    assert ear.heard == [("6 photos · “dog”", POLITE)]
    window.add([make_folder(tmp_path / "more", 8)])
    desk.until_ended(14)
    desk.until(lambda: window.model.rowCount() == 14)
    assert ear.words[1:] == [window.progress.text]
    window.top_bar.search.setText("nowhere")
    desk.until(lambda: len(ear.heard) == 4)
    assert ear.words[2].startswith("No photo matches. Try fewer words")
    assert ear.words[3].startswith("Tagdrop can also search by what photos show")  # said once


def test_the_price_is_said_and_stands_at_start(desk: Desk, ear: Ear, photos: Path) -> None:
    window = desk.start()
    connection = Connection("1", "eu-central-1", "tagdrop", "bucket", "table")
    window._parts.settings.change(backend="aws", connection=connection)
    sheet = window.shell.sheet
    window.add([photos])
    desk.until(lambda: sheet.start_button.isVisible() and "still" not in sheet.text)
    assert ear.words[-1] == sheet.text
    assert described(sheet.start_button) == sheet.text


def described(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Description)
