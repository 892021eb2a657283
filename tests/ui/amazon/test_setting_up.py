"""From the account to the first labels: made, cancelled, and left alone and joined."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt

from deploy import connect
from deploy.flow import change_flow, load_flow
from deploy.set_up import SetUp
from deploy.sign_in.access import Access
from deploy.stack.stack_events import StackEvent
from desktop.core.credentials import load_key
from desktop.core.errors import AppError, CredentialsError, NetworkError, Remedy
from desktop.core.settings import Settings, load_settings
from desktop.ui.amazon import calls
from desktop.ui.amazon.pages.account_page import AccountPage
from desktop.ui.amazon.pages.connected_page import ConnectedPage
from desktop.ui.amazon.pages.connection_file_page import ConnectionFilePage
from desktop.ui.amazon.pages.progress_page import ProgressPage
from desktop.ui.amazon.pages.ready_page import ReadyPage
from desktop.ui.amazon.pages.sign_in_page import SignInPage
from desktop.ui.amazon.pages.start_page import StartPage
from desktop.ui.work import Stop
from tests.rig.aws.controls import Rekognition
from tests.ui.conftest import LIMIT_MS, Desk
from tests.ui.test_layout import cut_off, until_whole

from .conftest import Amazon, Side

pytestmark = pytest.mark.aws
Start = Callable[..., Side]


@pytest.fixture
def slow(amazon: Amazon) -> Iterator[None]:
    """Stacks take some seconds to be made."""
    with amazon.emulator.taking_its_time(0.5):
        yield


def sign_in(side: Side) -> AccountPage:
    side.window.choose_backend("aws")
    side.page(SignInPage).primary.click()
    page = side.page(AccountPage)
    side.desk.until(page.primary.isEnabled)
    return page


def test_the_set_up_ends_with_a_labelled_photo_and_new_drops_go_to_amazon(
    start: Start,
    desk: Desk,
    amazon: Amazon,
    rekognition: Rekognition,
    photos: Path,
) -> None:
    side = start()
    side.window.add([photos])
    desk.until_ended(6)
    page = sign_in(side)
    assert page.region.currentText() == "Frankfurt (eu-central-1)"
    wanted_px = page.region.fontMetrics().horizontalAdvance(page.region.currentText())
    assert page.region.width() > wanted_px
    for word in ("Storage", "program", "table", "key", "opts out"):
        assert word in side.words()
    page.limit.setValue(7)
    page.primary.click()
    progress = side.page(ProgressPage)
    desk.until(lambda: "✓\nStorage for copies" in side.words())
    assert progress.is_working
    ready = side.page(ReadyPage)
    desk.until(lambda: "Ready. This cost less than 1 cent." in side.words())
    assert ready.labels.labels.rowCount() > 0
    offer = "Label my 6 photos with Amazon (about $0.01)"
    desk.until(lambda: ready.offered.text() == offer)
    side.dialog.resize(520, 400)
    until_whole(desk, side.dialog)
    assert cut_off(side.dialog) == 0
    ready.primary.click()
    assert not side.dialog.isVisible()

    connection = load_settings(desk.data_dir).connection
    assert connection is not None
    assert side.account.connection == connection
    assert load_key(connection) is not None
    assert side.account.access is None
    assert side.window.top_bar.backends.currentText() == "With Amazon"
    assert desk.parts is not None
    assert desk.parts.settings.now.monthly_limit_dollars == 7
    side.window.shell.show_settings("amazon")
    connected = side.page(ConnectedPage)
    desk.until(lambda: "1 photos, less than 1 cent of $7" in side.words())
    assert "0000-0000-0000" in side.words()
    desk.until(lambda: connected.is_known)
    assert not connected.update_now.isEnabled()


@pytest.mark.usefixtures("amazon", "application")
@pytest.mark.parametrize(
    ("language", "typed"),
    [("en_US", "2.50"), ("en_US", "2,5"), ("de_DE", "2,50"), ("de_DE", "2.5")],
)
def test_a_limit_is_what_was_typed(start: Start, desk: Desk, language: str, typed: str) -> None:
    QLocale.setDefault(QLocale(language))
    page = sign_in(start())
    page.limit.setFocus()
    page.limit.selectAll()
    desk.qtbot.keyClicks(page.limit, typed)
    desk.qtbot.keyClick(page.limit, Qt.Key.Key_Tab)
    assert desk.parts is not None
    assert desk.parts.settings.now.monthly_limit_dollars == 2.5


@pytest.mark.usefixtures("amazon")
def test_a_late_answer_about_another_location_is_not_shown(
    start: Start, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_may_answer = threading.Event()
    ended: list[str] = []

    def given(access: Access, region: str, stop: Stop) -> calls.Given:
        is_first = region == "eu-central-1"
        if is_first:
            assert first_may_answer.wait(LIMIT_MS / 1000)
        ended.append(region)
        return calls.Given(5.0 if is_first else 50.0, None, None)

    monkeypatch.setattr(calls, "given", given)
    side = start()
    page = sign_in(side)
    page.region.setCurrentIndex(page.region.findData("us-east-1"))
    page.region.activated.emit(page.region.currentIndex())
    side.says("Amazon labels up to 50 photos a second there.")
    first_may_answer.set()
    desk.until(lambda: ended.count("eu-central-1") > 0 and not side.account.work.is_busy)
    assert "up to 50 photos" in side.words()


def test_cancel_takes_everything_back(start: Start, desk: Desk, amazon: Amazon, slow: None) -> None:
    side = start()
    sign_in(side).primary.click()
    progress = side.page(ProgressPage)
    desk.until(lambda: "✓" in side.words())
    progress.cancel.click()
    desk.until(lambda: load_flow(desk.data_dir).goal == "take-back")
    side.page(AccountPage)
    assert amazon.stack() is None
    assert side.account.connection is None


def test_left_alone_amazon_goes_on_and_the_next_start_joins(
    start: Start,
    desk: Desk,
    amazon: Amazon,
    slow: None,
    rekognition: Rekognition,
) -> None:
    side = start()
    sign_in(side).primary.click()
    side.page(ProgressPage)
    desk.until(lambda: "✓" in side.words())
    desk.close()
    assert (found := amazon.stack()) is not None
    assert found.is_busy

    side = start()
    desk.until(lambda: side.window.messages.title == "Something is not finished at Amazon")
    side.window.messages.press()
    page = side.page(ProgressPage)
    assert "Sign in again to see the progress at Amazon." in side.words()
    page.primary.click()
    side.page(SignInPage).primary.click()
    side.page(ReadyPage)
    desk.until(lambda: "Ready." in side.words())
    assert (again := amazon.stack()) is not None
    assert again.stack_id == found.stack_id


def test_what_was_made_unseen_is_tried_when_somebody_looks(
    start: Start, desk: Desk, service: Settings, rekognition: Rekognition
) -> None:
    change_flow(desk.data_dir, page="progress", goal="finish")
    side = start(service)
    side.window.shell.show_settings("about")
    assert side.window.findChildren(ReadyPage) == []
    side.window.shell.show_settings("amazon")
    side.page(ReadyPage)
    side.says("Ready. This cost less than 1 cent.")


@pytest.mark.parametrize("goal", ["finish", "take-back"])
def test_whoever_goes_back_is_told_again_of_what_is_not_finished(
    start: Start, desk: Desk, tmp_path: Path, goal: str
) -> None:
    change_flow(desk.data_dir, page="progress", goal=goal, stack="tagdrop-half")
    side = start()
    assert side.window.shell.amazon.take([tmp_path / "other.tagdrop"])
    side.page(ConnectionFilePage)
    side.click("Back")
    side.page(ProgressPage)
    side.click("Back")
    side.page(StartPage)
    desk.close()
    side = start()
    desk.until(lambda: side.window.messages.title == "Something is not finished at Amazon")
    side.window.messages.press()
    side.page(ProgressPage)
    side.click("Sign in again")
    side.page(SignInPage)
    side.click("Back")
    side.page(ProgressPage)
    side.click("Back")
    side.page(StartPage)
    side.window.choose_backend("aws")
    side.page(SignInPage)
    assert side.account.flow.goal == goal


def test_a_set_up_can_go_on_that_cannot_be_taken_back(
    start: Start, amazon: Amazon, rekognition: Rekognition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(order: calls.Order, stop: Stop) -> Iterator[StackEvent]:
        stop.wait(LIMIT_MS / 1000)
        raise AppError("It may not be deleted", "Ask for it.")
        yield

    side = start()
    page = sign_in(side)
    with monkeypatch.context() as patched:
        patched.setattr(calls, "set_up", fails)
        page.primary.click()
        side.click("Cancel")
        side.error()
        side.click("Back")
        side.page(AccountPage)
    assert side.account.flow.goal == "take-back"
    page.primary.click()
    side.page(ReadyPage)


def test_what_fails_while_nobody_looks_is_said_in_the_window_and_still_there(
    start: Start, desk: Desk, amazon: Amazon, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = threading.Event()

    def fails(order: calls.Order, stop: Stop) -> Iterator[StackEvent]:
        closed.wait(LIMIT_MS / 1000)
        raise AppError("The account is full", "Ask for more.")
        yield

    monkeypatch.setattr(calls, "set_up", fails)
    side = start()
    sign_in(side).primary.click()
    side.page(ProgressPage)
    side.dialog.close()
    closed.set()
    desk.until(lambda: side.window.messages.title == "The account is full")
    side.window.messages.press()
    side.page(ProgressPage)
    for page in ("about", "amazon"):
        side.window.shell.show_settings(page)
    box = side.error()
    assert box.error is not None
    assert box.error.title == "The account is full"


def test_cancel_on_a_second_computer_leaves_the_service_to_the_first_whatever_fails(
    start: Start, desk: Desk, amazon: Amazon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arn = f"arn:aws:iam::{amazon.emulator.account}:user/owner"
    owner = Access("key", amazon.emulator.session(), amazon.emulator.account, arn)
    wanted = SetUp(amazon.name, amazon.emulator.region, make_key=False)
    for _ in connect.set_up(owner, wanted, tmp_path / "first", threading.Event()):
        pass
    iam = amazon.emulator.client("iam")
    iam.create_access_key(UserName=amazon.parts()["AppUser"])
    first, keys = amazon.stack(), amazon.key_ids()

    def unknown(*_: object) -> None:
        raise CredentialsError("Amazon does not know this key")

    def offline(*_: object) -> None:
        raise NetworkError("Cannot reach Amazon", remedy=Remedy.TRY_AGAIN)

    side = start()
    page = sign_in(side)
    with monkeypatch.context() as patched:
        patched.setattr("deploy.keys.app_keys.try_key", unknown)
        patched.setattr("deploy.keys.computer_key.delete_user", offline)
        page.primary.click()
        progress = side.page(ProgressPage)
        desk.until(lambda: len(amazon.key_ids()) == 2)
        progress.cancel.click()
        side.error()
    side.click("Try again")
    side.page(AccountPage)
    after = amazon.stack()
    assert (after.stack_id, after.outputs) == (first.stack_id, first.outputs)
    assert amazon.key_ids() == keys
    assert side.account.connection is None
