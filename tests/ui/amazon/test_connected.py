"""What can be done once Amazon is set up: look, check, update, new keys, other computers, leave."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QScrollArea, QScrollBar, QWidget

from deploy import backfill, connect
from deploy.doctor.probe import PHOTO
from deploy.keys import computer_key
from deploy.set_up import SetUp
from deploy.sign_in.access import Access
from deploy.stack import render
from desktop.core.credentials import AccessKey, load_key
from desktop.core.errors import CredentialsError, Remedy
from desktop.core.settings import Connection, Settings, load_settings
from desktop.recognisers import LOCAL, RECOGNISERS
from desktop.ui.amazon.pages.computer_page import ComputerPage
from desktop.ui.amazon.pages.connected_page import ConnectedPage
from desktop.ui.amazon.pages.connection_file_page import ConnectionFilePage
from desktop.ui.amazon.pages.doctor_page import DoctorPage
from desktop.ui.amazon.pages.forget_page import ForgetPage
from desktop.ui.amazon.pages.ready_page import ReadyPage
from desktop.ui.amazon.pages.removal_page import RemovalPage
from desktop.ui.amazon.pages.sign_in_page import SignInPage
from desktop.ui.amazon.pages.start_page import StartPage
from desktop.ui.settings.privacy_page import PrivacyPage
from tests.rig.aws.controls import Emulator, Rekognition
from tests.ui.conftest import drag_onto, drop_onto, mime_of

from .conftest import Amazon, Side

pytestmark = pytest.mark.aws
Start = Callable[..., Side]


@pytest.fixture
def side(start: Start, service: Settings) -> Side:
    """The settings, opened at the page of the account."""
    side = start(service)
    side.window.shell.show_settings("amazon")
    page = side.page(ConnectedPage)
    side.desk.until(lambda: page.is_known)
    return side


def sign_in(side: Side) -> None:
    side.page(SignInPage).primary.click()


def test_doctor_says_of_everything_that_it_is_well(side: Side, rekognition: Rekognition) -> None:
    side.click("Check everything")
    side.page(DoctorPage)
    side.says("Everything works")
    side.desk.until(lambda: side.words().count("✓") == 11)
    assert "?\nList of failed attempts: This computer's own key cannot check" in side.words()
    side.click("Sign in to check the rest")
    sign_in(side)
    side.page(DoctorPage)
    side.desk.until(lambda: side.words().count("✓") == 12)
    side.dialog.close()
    side.window.shell.show_settings("amazon")  # what was well then need not be well now
    side.page(ConnectedPage)
    side.says("2 photos, less than 1 cent of $5")


def test_each_page_begins_with_its_heading(side: Side) -> None:
    side.dialog.resize(720, 300)
    for leave in ("Add another computer…", "Remove from this computer…"):
        bar = scroll_bar(side.page(ConnectedPage))
        side.desk.until(lambda bar=bar: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        side.click(leave)
        side.click("Back")
        assert scroll_bar(side.page(ConnectedPage)).value() == 0


def scroll_bar(page: QWidget) -> QScrollBar:
    """Of what the page's lines stand on."""
    (area,) = [area for area in page.findChildren(QScrollArea) if area.isVisible()]
    return area.verticalScrollBar()


def test_a_later_start_checks_nothing_that_nobody_asked_for(
    side: Side, start: Start, service: Settings, rekognition: Rekognition
) -> None:
    side.click("Check everything")
    side.says("Everything works")
    side.click("Sign in to check the rest")
    sign_in(side)
    side.says("Everything works")
    side.desk.close()
    side = start(service)
    side.window.shell.show_settings("amazon")
    side.page(ConnectedPage)
    assert side.window.findChildren(DoctorPage) == []


def test_another_computers_page_comes_back_at_the_next_start(
    side: Side, start: Start, service: Settings
) -> None:
    side.click("Add another computer…")
    sign_in(side)
    side.page(ComputerPage)
    side.desk.close()
    side = start(service)
    side.window.shell.show_settings("amazon")
    side.page(ComputerPage)
    side.click("Back")
    side.page(ConnectedPage)


def test_what_doctor_finds_can_be_fixed_there(
    side: Side, amazon: Amazon, rekognition: Rekognition
) -> None:
    amazon.emulator.client("dynamodb").delete_table(TableName=amazon.parts()["Labels"])
    side.click("Check everything")
    side.says("things are wrong")
    assert "The labelling service was removed from the Amazon account" in side.words()
    side.click("Repair")
    sign_in(side)
    side.page(ConnectedPage)
    side.click("Check everything")
    side.says("Everything works")


def test_what_lives_in_the_account_is_shown_and_changed_with_a_sign_in(
    side: Side, amazon: Amazon
) -> None:
    box = side.page(ConnectedPage).in_account
    side.says("Your account's own limit, for all computers together, is $6.00 a month.")
    side.desk.until(box.change.isVisible)
    side.window._parts.settings.change(monthly_limit_dollars=6.0)
    side.says("Your account keeps this limit too, for all computers together: $6.00 a month.")
    assert not box.change.isVisible()
    side.window._parts.settings.change(monthly_limit_dollars=12.0)
    box.days.setValue(90)
    box.mail.setText("me@")
    assert not box.change.isEnabled()
    box.mail.setText("me@example.com")
    box.change.click()
    sign_in(side)
    box = side.page(ConnectedPage).in_account
    side.says("Your account keeps this limit too, for all computers together: $12.00 a month.")
    assert (box.days.value(), box.mail.text()) == (90, "me@example.com")
    there = amazon.emulator.client("cloudformation").describe_stacks(StackName=amazon.name)
    parameters = {p["ParameterKey"]: p["ParameterValue"] for p in there["Stacks"][0]["Parameters"]}
    assert parameters["MonthlyAnalyses"] == "10000"
    assert (parameters["LabelDays"], parameters["AlarmDollars"]) == ("90", "12")
    box.days.setValue(0)
    box.mail.clear()
    box.change.click()
    sign_in(side)
    side.says("Your account keeps this limit too")
    side.desk.until(lambda: box.isVisible() and not box.change.isVisible())
    assert (box.days.value(), box.mail.text()) == (0, "")


def test_a_limit_counts_when_it_is_typed_to_its_end(side: Side) -> None:
    page, live, qtbot = side.page(ConnectedPage), side.window._parts.settings, side.desk.qtbot
    seen: list[float] = []
    live.changed.connect(lambda: seen.append(live.now.monthly_limit_dollars))
    side.window.shell.amazon.open_limit()
    side.desk.until(page.limit.hasFocus)
    qtbot.keyClicks(page.limit, "15")
    assert seen == []
    qtbot.keyClick(page.limit, Qt.Key.Key_Return)
    assert seen == [15.0]


def test_an_older_service_is_brought_up_to_date(
    side: Side,
    start: Start,
    service: Settings,
    amazon: Amazon,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    side.says("The labelling service is up to date.")
    assert not side.page(ConnectedPage).update_now.isEnabled()
    side.desk.close()
    newer = render.TEMPLATE_VERSION + 1
    monkeypatch.setattr(render, "TEMPLATE_VERSION", newer)
    render.render_template.cache_clear()
    try:
        side = start(service)
        side.window.shell.show_settings("amazon")
        page = side.page(ConnectedPage)
        side.desk.until(page.update_now.isEnabled)
        side.says("A newer version of the labelling service is available.")
        side.click("Update now")
        sign_in(side)
        side.says("The labelling service is up to date.")
        found = amazon.stack()
        assert found is not None
        assert found.version == str(newer)
    finally:
        render.render_template.cache_clear()


def test_days_of_keeping_copies_are_changed_at_amazon(side: Side, amazon: Amazon) -> None:
    side.dialog.show_page("privacy")
    page = side.page(PrivacyPage)
    assert not page.retention.change.isVisible()
    side.says("This is the current setting at Amazon")
    page.retention.days.setValue(3)
    page.retention.change.click()
    sign_in(side)
    side.page(ConnectedPage)
    side.dialog.show_page("privacy")
    side.says("This is the current setting at Amazon")
    side.desk.until(lambda: not page.retention.change.isVisible())
    found = amazon.stack()
    assert found is not None
    assert found.parameters["RetentionDays"] == "3"


def test_a_new_key_takes_the_place_of_the_old_one(side: Side, amazon: Amazon) -> None:
    connection = side.account.connection
    assert connection is not None
    before = load_key(connection)
    side.click("New key…")
    sign_in(side)
    side.page(ConnectedPage)
    after = load_key(connection)
    assert before is not None
    assert after is not None
    assert before.key_id != after.key_id
    assert amazon.key_ids() == {after.key_id}


def test_who_labels_with_a_profile_signs_in_with_it_again_and_goes_on(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection, names, changes = side.account.connection, list[str](), list[None]()
    assert connection is not None
    side.account.settings.change(connection=replace(connection, profile="work"))
    monkeypatch.setattr(
        "desktop.ui.amazon.side.sign_in_calls.use_profile", lambda name, _: names.append(name)
    )
    side.account.connection_changed.connect(lambda: changes.append(None))
    side.window.shell.amazon.actions.sign_in()
    side.desk.until(lambda: bool(changes))
    assert names == ["work"]


def test_whoever_labels_on_this_computer_goes_on_so_whatever_is_done_at_amazon(
    start: Start, service: Settings
) -> None:
    side = start(replace(service, backend="local"))
    for goal in ("repair", "update", "new-key"):
        side.window.shell.amazon.open_for(goal)
        sign_in(side)
        side.page(ConnectedPage)
        assert side.window.top_bar.backends.currentText() == "On this computer", goal
    side.desk.close()
    assert RECOGNISERS.chosen(load_settings(side.desk.data_dir)) is LOCAL
    assert {RECOGNISERS.chosen(kept).name for kept in side.desk.saved} <= {"local"}


def test_another_computer_is_connected_by_a_file_and_a_passphrase(
    side: Side,
    start: Start,
    tmp_path: Path,
    amazon: Amazon,
    rekognition: Rekognition,
) -> None:
    connection = side.account.connection
    assert connection is not None
    side.click("Add another computer…")
    sign_in(side)
    page = side.page(ComputerPage)
    assert not page.primary.isEnabled()
    page.first.setText("correct horse")
    page.second.setText("correct hors")
    assert not page.primary.isEnabled()
    page.second.setText("correct horse")
    page.primary.click()
    (chooser,) = page.findChildren(QFileDialog)
    path = tmp_path / "for the laptop.tagdrop"
    chooser.filesSelected.emit([str(path)])
    chooser.close()
    side.says("Saved as for the laptop.tagdrop.")
    assert page.first.text() == ""
    assert len(amazon.key_ids()) == 2
    side.desk.close()

    side.desk.data_dir = tmp_path / "laptop"
    mine = load_key(connection)
    side = start()
    data = mime_of(path)
    drag_onto(side.window, data)
    drop_onto(side.window, data)
    opened = side.page(ConnectionFilePage)
    assert "for the laptop.tagdrop" in side.words()
    opened.passphrase.setText("wrong horse")
    opened.primary.click()
    box = side.error()
    assert box.error is not None
    assert box.error.title == "Wrong passphrase"
    opened.passphrase.setText("correct horse")
    opened.primary.click()
    side.page(ReadyPage)
    side.says("Ready. This cost less than 1 cent.")
    assert load_settings(side.desk.data_dir).connection == connection
    assert load_key(connection) != mine
    assert side.window.top_bar.backends.currentText() == "With Amazon"


def test_removed_from_this_computer_it_stays_at_amazon(side: Side, amazon: Amazon) -> None:
    connection = side.account.connection
    assert connection is not None
    side.click("Remove from this computer…")
    side.page(ForgetPage)
    side.click("Remove from this computer")
    side.page(StartPage)
    assert load_key(connection) is None
    assert load_settings(side.desk.data_dir).connection is None
    assert side.window.top_bar.backends.currentText() == "On this computer"
    assert amazon.stack() is not None


def test_everything_is_deleted_and_named(side: Side, amazon: Amazon) -> None:
    connection = side.account.connection
    assert connection is not None
    side.click("Delete everything from Amazon…")
    sign_in(side)
    side.page(RemovalPage)
    side.says("Everything Tagdrop created in account 0000-0000-0000 will be deleted")
    side.click("Delete everything from Amazon")
    side.says("Everything has been deleted from Amazon")
    for name in ("Storage for copies", "Table for the labels", "Labelling program"):
        side.says(f"✓\n{name}")  # the last lines are laid out after the heading
    for page in ("about", "amazon"):
        side.window.shell.show_settings(page)
    side.says("Everything has been deleted from Amazon")
    assert amazon.stack() is None
    assert load_key(connection) is None
    side.click("Done")
    side.page(StartPage)
    assert side.window.top_bar.backends.currentText() == "On this computer"
    side.desk.close()
    assert load_settings(side.desk.data_dir).connection is None


def test_a_second_deletion_is_asked_for_as_the_first(
    side: Side, amazon: Amazon, rekognition: Rekognition
) -> None:
    side.click("Delete everything from Amazon…")
    sign_in(side)
    side.click("Delete everything from Amazon")
    side.says("Everything has been deleted from Amazon")
    side.dialog.close()
    side.window.choose_backend("aws")
    sign_in(side)
    side.click("Set up")
    side.page(ReadyPage)
    side.click("Done")
    side.window.shell.show_settings("amazon")
    side.click("Delete everything from Amazon…")
    sign_in(side)
    page = side.page(RemovalPage)
    assert page.delete_button.isVisible()
    assert page.primary is page.back
    assert page.back.isDefault()
    assert "Delete everything from Amazon?" in side.words()
    assert amazon.stack() is not None


def test_what_needs_a_connection_leads_without_one_to_the_ways_to_get_it(start: Start) -> None:
    side = start()
    amazon = side.window.shell.amazon
    for act in (amazon.actions.examine, amazon.open_limit):
        act()
        side.page(StartPage)
        assert side.account.page == "start"
        side.dialog.close()


def test_somebody_of_another_account_is_told_so(side: Side, amazon: Amazon) -> None:
    amazon.signin.change(arn="arn:aws:iam::999999999999:user/other")
    side.click("New key…")
    sign_in(side)
    box = side.error()
    assert box.error is not None
    assert box.error.title == "You are signed in to another Amazon account"
    amazon.signin.change(arn="arn:aws:iam::000000000000:user/somebody")
    side.click("Sign in again")
    side.page(ConnectedPage)


def test_text_and_explicit_content_are_options_with_their_price(
    side: Side, amazon: Amazon, service: Settings
) -> None:
    data_dir, options = side.desk.data_dir, side.page(ConnectedPage).options
    assert not options.text.isChecked()
    assert not options.explicit.isChecked()
    side.says("1,000 photos cost $1.20 now.")
    options.text.click()
    options.explicit.click()
    side.says("New photos: $3.60 per 1,000 instead of $1.20.")
    options.explicit.click()
    side.says("New photos: $2.40 per 1,000 instead of $1.20.")
    assert load_settings(data_dir).analyses == 1  # nothing changes before Amazon has changed it
    options.change.click()
    sign_in(side)
    side.desk.until(lambda: load_settings(data_dir).analyses == 2)
    options = side.page(ConnectedPage).options
    side.says("1,000 photos cost $2.40 now.")
    assert (options.text.isChecked(), options.explicit.isChecked()) == (True, False)
    assert not options.change.isVisible()
    stack = amazon.stack()
    assert stack is not None
    assert (stack.parameters["AlsoText"], stack.parameters["AlsoExplicit"]) == ("yes", "no")
    assert RECOGNISERS.prices(load_settings(data_dir)) == [2.4]


def test_what_another_computer_let_amazon_do_has_its_price_here(
    start: Start, service: Settings, amazon: Amazon
) -> None:
    side = start(service)
    owner = Access("key", amazon.emulator.session(), amazon.emulator.account, "arn")
    elsewhere = side.desk.data_dir.with_name("elsewhere")
    wanted = SetUp(amazon.name, amazon.emulator.region, also_text=True, also_explicit=True)
    for _ in connect.update(owner, wanted, elsewhere, threading.Event()):
        pass
    side.window.shell.show_settings("amazon")
    side.page(ConnectedPage)
    side.says("1,000 photos cost $3.60 now.")


def test_what_lies_in_the_storage_is_labelled_once_the_price_was_said(
    side: Side, service: Settings, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program has put two photos there, while no trigger was."""
    connection = service.connection
    assert connection is not None
    s3, photo = emulator.client("s3"), PHOTO.read_bytes()
    there = s3.get_bucket_notification_configuration(Bucket=connection.bucket)
    del there["ResponseMetadata"]
    silent: dict[str, object] = {}
    for configuration, names in ((silent, ("one.jpg", "two.jpg")), (there, ())):
        s3.put_bucket_notification_configuration(
            Bucket=connection.bucket, NotificationConfiguration=configuration
        )
        for name in names:
            s3.put_object(Bucket=connection.bucket, Key=f"images/{name}", Body=photo)
    side.click("Label the storage…")
    side.says("2 were put in the last hour and may be on their way.")
    monkeypatch.setattr(backfill, "ON_THE_WAY", timedelta())
    side.click("Label the storage…")
    side.says("2 photos have no labels.")
    side.says("before tax")
    side.click("Label them")
    side.says("2 photos have been labelled.")


def test_photos_that_were_given_up_are_tried_again(
    side: Side, amazon: Amazon, emulator: Emulator, rekognition: Rekognition
) -> None:
    sqs, queue = emulator.client("sqs"), amazon.parts()["DeadLetters"]
    reason = {"requestPayload": {"Records": []}, "responsePayload": {"errorMessage": "No paint"}}
    sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(reason))
    side.click("Check everything")
    side.page(DoctorPage)
    side.click("Sign in to check the rest")
    sign_in(side)
    side.says("The reasons were: No paint (1).")
    side.says("things are wrong")
    side.click("Try these photos again")
    sign_in(side)
    side.page(ConnectedPage)
    asked = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=asked)["Attributes"]
    assert set(found.values()) == {"0"}


def test_what_cannot_be_repaired_is_created_again_only_when_that_was_asked(
    side: Side, amazon: Amazon, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, check = amazon.parts(), computer_key.check_key

    def refuse(connection: Connection, key: AccessKey) -> None:
        if amazon.parts()["Copies"] == parts["Copies"]:
            raise CredentialsError("This computer's key may not …", remedy=Remedy.REPAIR)
        check(connection, key)

    monkeypatch.setattr(computer_key, "check_key", refuse)
    monkeypatch.setattr(computer_key, "wait_until_works", lambda c, k, _: refuse(c, k))
    side.window.shell.actions.repair()
    sign_in(side)
    side.says("The labelling service cannot be repaired")
    side.says("are carried over")
    assert amazon.parts() == parts
    side.click("Create it again")
    side.page(ConnectedPage)
    assert amazon.parts()["Copies"] != parts["Copies"]
