"""Money in the window: before a job, while it runs, at its end, and at the limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.core.backend import Answer
from desktop.core.errors import AccountLimitError, BackendMissingError, Remedy
from desktop.core.events import State
from desktop.core.money.spending import Spending
from desktop.core.settings import Connection, Settings
from desktop.recognisers import AWS, RECOGNISERS
from desktop.ui.jobs.month_line import MonthLine
from desktop.ui.settings.settings_dialog import SettingsDialog
from desktop.ui.window import Window
from desktop.ui.words.languages import speak
from tests.rig.memory_backend import dog

from .conftest import Desk, Recogniser, make_folder
from .test_layout import SIZES, flaws
from .test_window import button

CONNECTION = Connection("123456789012", "eu-central-1", "tagdrop", "bucket", "table")


def amazon(limit: float = 5.0, price: float = 1.0) -> Settings:
    return Settings(
        "aws", connection=CONNECTION, monthly_limit_dollars=limit, dollars_per_1000=price
    )


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.backend = Recogniser(AWS)
    return desk


def label(desk: Desk, window: Window, folder: Path) -> None:
    """Drop a folder and say Start."""
    window.add([folder])
    sheet = window.shell.sheet
    desk.until(
        lambda: (
            sheet.start_button.isVisible()
            and sheet.text.startswith(f"{len(list(folder.iterdir()))} ")
        )
    )
    sheet.start_button.click()


def until_stopped(desk: Desk, window: Window) -> None:
    desk.until(lambda: window.messages.isVisible() and window.progress.is_at_rest)


def spend(desk: Desk, photos: int) -> None:
    assert desk.library is not None
    Spending(desk.library.store).reserve(photos, dollars_per_1000=1, limit_dollars=1000)


def raise_button(window: Window) -> QPushButton:
    return button(window.messages, "Raise the limit…")


def test_the_month_is_said_only_where_amazon_is_connected(desk: Desk) -> None:
    window = desk.start()
    assert not window.shell.month.isVisible()
    assert desk.parts
    desk.parts.settings.change(connection=CONNECTION)
    desk.until(window.shell.month.isVisible)
    assert window.shell.month.text() == "This month $0 of $5"
    desk.parts.settings.change(monthly_limit_dollars=7.5)
    assert window.shell.month.text() == "This month $0 of $7.50"


def test_the_month_and_the_receipt_say_what_was_counted(desk: Desk, tmp_path: Path) -> None:
    window = desk.start(amazon(price=10))
    spend(desk, 210)
    desk.backend.hold()
    desk.backend.max_concurrency = 4
    label(desk, window, make_folder(tmp_path / "photos", 10))
    month = window.shell.month
    desk.until(lambda: month.text() == "This month $0.25 of $5")  # four of them are on their way
    desk.backend.release()
    desk.until_ended(10)
    assert window.progress.text == "10 labelled · cost $0.10"
    assert month.text() == "This month $0.31 of $5"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size", SIZES, ids=["large", "small", "least"])
def test_there_is_room_for_it_beside_a_job_and_at_the_limit(
    desk: Desk,
    tmp_path: Path,
    application: QApplication,
    language: str,
    size: QSize,
) -> None:
    speak(application, language)
    window = desk.start(amazon(limit=0.2, price=10))
    window.resize(size)
    desk.backend.hold()
    desk.backend.max_concurrency = 4
    label(desk, window, make_folder(tmp_path / "photos", 30))
    desk.until(lambda: "0.04" in window.shell.month.text().replace(",", "."))
    desk.until(lambda: flaws(window) == [])
    desk.backend.release()
    until_stopped(desk, window)
    desk.until(lambda: flaws(window) == [])
    assert window.width() <= size.width()


def test_a_free_job_has_no_cost(desk: Desk, photos: Path) -> None:
    desk.backend = Recogniser()
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    assert window.progress.text == "6 labelled"


def test_the_sheet_says_the_price_and_the_limit_of_the_settings(desk: Desk, tmp_path: Path) -> None:
    window = desk.start(amazon(limit=20, price=2.5))
    window.add([make_folder(tmp_path / "photos", 100)])
    sheet = window.shell.sheet
    desk.until(lambda: sheet.text.startswith("100 photos to label"))
    assert "about $0.25 of your $20" in sheet.text
    assert "limit will stop" not in sheet.text


def test_the_sheet_warns_of_a_job_that_passes_the_limit(desk: Desk, tmp_path: Path) -> None:
    window = desk.start(amazon(limit=2))
    spend(desk, 1996)
    window.add([make_folder(tmp_path / "photos", 10)])
    sheet = window.shell.sheet
    desk.until(lambda: sheet.text.startswith("10 photos to label"))
    assert sheet.text.endswith("the limit will stop it after about 4 photos")
    sheet.cancel_button.click()
    spend(desk, 4)
    window.add([tmp_path / "photos"])
    desk.until(sheet.start_button.isVisible)
    desk.until(lambda: sheet.text.endswith("this month's limit is reached, so they will wait"))


def test_at_the_limit_one_button_leads_on_and_the_job_goes_on(desk: Desk, tmp_path: Path) -> None:
    window = desk.start(amazon(limit=0.004))
    label(desk, window, make_folder(tmp_path / "photos", 10))
    until_stopped(desk, window)
    assert window.messages.title == "Your limit of $0.004 a month is reached"
    assert desk.count(State.DONE) == 4
    desk.until(lambda: desk.count(State.QUEUED) == 6)
    assert window.progress.text == "4 labelled · 6 still to do · cost less than 1 cent"
    desk.qtbot.mouseClick(raise_button(window), Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(SettingsDialog)
    desk.until(dialog.isVisible)
    assert dialog.page == "amazon"
    assert desk.parts
    desk.parts.settings.change(monthly_limit_dollars=5.0)
    desk.until_ended(10)
    assert window.progress.text == "10 labelled · cost $0.01"
    assert not window.messages.isVisible()


def test_the_limit_raised_before_the_message_is_read_is_enough(desk: Desk, tmp_path: Path) -> None:
    window = desk.start(amazon(limit=0.004))
    label(desk, window, make_folder(tmp_path / "photos", 10))
    until_stopped(desk, window)
    assert desk.parts
    for dollars in (0.001, 0.01):  # as it is typed
        desk.parts.settings.change(monthly_limit_dollars=dollars)
    desk.until_ended(10)
    assert not window.messages.isVisible()  # it said that the limit is reached


def test_a_new_month_gives_room(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [datetime.now(UTC)]
    monkeypatch.setattr(Spending, "_month", lambda self: f"{clock[0]:%Y-%m}")
    window = desk.start(amazon(limit=0.006))
    label(desk, window, make_folder(tmp_path / "photos", 10))
    until_stopped(desk, window)
    clock[0] += timedelta(days=40)
    window.feed.read_month()  # as the timer does at the month's turn
    desk.until_ended(10)
    assert window.shell.month.text() == "This month less than 1 cent of $0.006"


def test_the_accounts_own_limit_waits_for_a_new_month(desk: Desk, tmp_path: Path) -> None:
    refusal = AccountLimitError("The account's limit is reached", remedy=Remedy.RAISE_LIMIT)
    desk.backend._answer = lambda name, count: Answer(error=refusal, version=f"no {count}")
    window = desk.start(amazon())
    label(desk, window, make_folder(tmp_path / "photos", 10))
    until_stopped(desk, window)
    assert raise_button(window)
    desk.until(lambda: desk.count(State.QUEUED) == 10)
    line, put = window.shell.month, desk.backend.submits.total()
    window.feed.read_month()
    desk.until(lambda: line.text() == "This month $0 of $5")
    assert desk.backend.submits.total() == put  # this computer's own limit has room: no help
    desk.backend._answer = lambda name, count: dog(name, f"{count}")
    line._now = lambda: datetime.now(UTC) + timedelta(days=40)
    window.feed.read_month()
    desk.until_ended(10)


def test_it_is_never_a_window_of_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[bool] = []
    real = MonthLine.setVisible

    def set_visible(line: MonthLine, visible: bool) -> None:
        shown.append(line.isWindow())
        real(line, visible)

    monkeypatch.setattr(MonthLine, "setVisible", set_visible)
    desk.start(amazon())
    assert shown
    assert not any(shown)


def test_it_looks_at_the_months_turn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    window = desk.start(amazon())
    line = MonthLine(
        window._parts.settings,
        RECOGNISERS,
        window.feed,
        lambda error: None,
        now=lambda: datetime(2026, 12, 31, 23, 59, 59, 900_000, tzinfo=UTC),
    )
    assert 0 < line._look_timer.remainingTime() <= 200
    desk.qtbot.addWidget(line)


def test_the_rest_can_be_given_up_and_taken_up_again(desk: Desk, tmp_path: Path) -> None:
    window = desk.start(amazon(limit=0.004))
    label(desk, window, make_folder(tmp_path / "photos", 10))
    until_stopped(desk, window)
    desk.qtbot.mouseClick(button(window.progress, "Cancel the rest"), Qt.MouseButton.LeftButton)
    desk.until(lambda: desk.count(State.CANCELLED) == 6)
    desk.until(lambda: "6 cancelled" in window.progress.text)
    assert button(window.progress, "Label the rest")


def test_a_job_that_another_error_stopped_can_be_tried_again(desk: Desk, photos: Path) -> None:
    desk.backend.check_errors = [BackendMissingError("Gone", "Set it up again.")]
    window = desk.start(amazon())
    label(desk, window, photos)
    until_stopped(desk, window)
    assert not [b for b in window.findChildren(QPushButton) if b.text() == "Raise the limit…"]
    desk.qtbot.mouseClick(button(window.messages, "Try again"), Qt.MouseButton.LeftButton)
    desk.until_ended(6)
