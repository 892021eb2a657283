"""Everything the service may say against us is said in words, with a button that helps."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.core.events import State
from desktop.core.job.job import LATE_AFTER_S
from desktop.core.settings import Settings
from desktop.ui.amazon import error_box
from desktop.ui.amazon.error_box import ErrorBox
from desktop.ui.amazon.pages.account_page import AccountPage
from desktop.ui.amazon.pages.connected_page import ConnectedPage
from desktop.ui.amazon.pages.doctor_page import DoctorPage
from desktop.ui.amazon.pages.other_ways_page import OtherWaysPage
from desktop.ui.amazon.pages.progress_page import ProgressPage
from desktop.ui.amazon.pages.ready_page import ReadyPage
from desktop.ui.amazon.pages.sign_in_page import SignInPage
from desktop.ui.dialogs.diagnostics_dialog import DiagnosticsDialog
from tests.rig.aws.account import keys_of
from tests.rig.aws.controls import Rekognition
from tests.rig.aws.proxy import Faults
from tests.ui.conftest import Desk, Links

from .conftest import Amazon, Side
from .test_setting_up import sign_in
from .test_signing_in import KEY_CSV, choose_amazon

pytestmark = pytest.mark.aws
Start = Callable[..., Side]


@pytest.fixture(autouse=True)
def way(amazon: Amazon, faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program reaches Amazon through what may break it."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", faults.url)


def buttons(box: ErrorBox) -> list[str]:
    return [b.text() for b in box.findChildren(QPushButton) if b.isVisible()]


def shown(side: Side, title: str) -> ErrorBox:
    box = side.error()
    assert box.error is not None
    assert title in box.error.title
    return box


def set_up(side: Side) -> None:
    sign_in(side).primary.click()
    side.page(ProgressPage)


def until_ready(side: Side) -> None:
    side.page(ReadyPage)
    side.says("Ready. This cost less than 1 cent.")


# While signing in


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("InvalidClientTokenId", "Amazon does not know this key"),
        ("UnrecognizedClientException", "Amazon does not know this key"),
        ("SignatureDoesNotMatch", "The secret does not match the key id"),
    ],
)
def test_a_key_that_is_wrong_is_pasted_again(
    start: Start, faults: Faults, code: str, title: str
) -> None:
    faults.set({"service": "sts", "times": 1, "error": {"code": code, "status": 403}})
    side = start()
    choose_amazon(side).other_ways.click()
    page = side.page(OtherWaysPage)
    QApplication.clipboard().setText(KEY_CSV)
    page.paste.click()
    box = shown(side, title)
    assert buttons(box) == ["Paste again", "Sign in"]
    side.click("Paste again")
    side.page(AccountPage)


def test_whoever_has_no_right_key_may_sign_in_instead(start: Start, faults: Faults) -> None:
    faults.set(
        {"service": "sts", "times": 1, "error": {"code": "InvalidClientTokenId", "status": 403}}
    )
    side = start()
    choose_amazon(side).other_ways.click()
    QApplication.clipboard().setText(KEY_CSV)
    side.page(OtherWaysPage).paste.click()
    shown(side, "does not know this key")
    side.click("Sign in")
    side.page(SignInPage)


def test_a_wrong_clock_is_set_and_then_it_works(
    start: Start, faults: Faults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, said = tmp_path / "gnome-control-center", tmp_path / "said"
    program.write_text(f'#!/bin/sh\necho "$@" > {said}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    error = {"code": "RequestTimeTooSkewed", "status": 403}
    faults.set({"service": "sts", "times": 1, "error": error})
    side = start()
    choose_amazon(side).other_ways.click()
    QApplication.clipboard().setText(KEY_CSV)
    side.page(OtherWaysPage).paste.click()
    box = shown(side, "This computer's clock is")
    assert buttons(box) == ["Clock settings", "Try again"]
    side.click("Clock settings")
    side.desk.until(lambda: said.exists() and said.read_text() == "datetime\n")
    side.click("Try again")
    side.page(AccountPage)


def test_no_way_to_amazon_is_told_and_tried_again(
    start: Start, faults: Faults, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    side = start()
    choose_amazon(side).other_ways.click()
    page = side.page(OtherWaysPage)
    QApplication.clipboard().setText(KEY_CSV)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed_port}")
    page.paste.click()
    box = shown(side, "Cannot reach Amazon")
    assert buttons(box) == ["Try again"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", faults.url)
    side.click("Try again")
    side.page(AccountPage)


# While setting up


def test_a_sign_in_that_ran_out_is_done_again_and_the_set_up_goes_on(
    start: Start, faults: Faults, rekognition: Rekognition
) -> None:
    side = start()
    page = sign_in(side)
    expired = {"code": "ExpiredToken", "status": 403}
    faults.set({"service": "cloudformation", "times": 1, "error": expired})
    page.primary.click()
    box = shown(side, "You were signed out for safety")
    assert buttons(box) == ["Sign in again"]
    side.click("Sign in again")
    side.page(SignInPage).primary.click()
    until_ready(side)


def denied(message: str) -> dict[str, Any]:
    error = {"code": "AccessDenied", "status": 403, "message": message}
    return {"service": "cloudformation", "operation": "CreateStack", "times": 1, "error": error}


def test_what_a_company_forbids_is_told_to_its_it_department(
    start: Start, faults: Faults, rekognition: Rekognition
) -> None:
    reason = "not authorized to perform: x with an explicit deny in a service control policy"
    faults.set(denied(reason))
    side = start()
    set_up(side)
    box = shown(side, "Your company does not allow this")
    assert buttons(box) == ["Copy a message for IT", "Try again"]
    side.click("Copy a message for IT")
    assert "service control policy" in QApplication.clipboard().text()
    assert buttons(box) == ["Copied", "Try again"]
    side.click("Try again")
    until_ready(side)


def test_a_missing_permission_is_named_and_copied_or_the_owner_signs_in(
    start: Start, faults: Faults, rekognition: Rekognition
) -> None:
    faults.set(
        denied(
            "User: arn:aws:iam::000000000000:user/somebody is not authorized to perform:"
            " cloudformation:CreateStack on resource: arn:aws:cloudformation:eu-central-1:"
            "000000000000:stack/tagdrop/*"
        )
    )
    side = start()
    set_up(side)
    box = shown(side, "This user may not set up the labelling service")
    assert box.error is not None
    assert "cloudformation:CreateStack" in box.error.message
    assert buttons(box) == ["Copy the permission", "Sign in as owner"]
    side.click("Copy the permission")
    (statement,) = json.loads(QApplication.clipboard().text())["Statement"]
    assert statement["Action"] == "cloudformation:CreateStack"
    side.click("Sign in as owner")
    side.page(SignInPage).primary.click()
    page = side.page(AccountPage)
    side.desk.until(page.primary.isEnabled)
    page.primary.click()
    until_ready(side)


def inactive(code: str) -> dict[str, Any]:
    rule = {"service": "cloudformation", "operation": "CreateStack", "times": 1}
    return rule | {"error": {"code": code, "status": 403}}


@pytest.mark.parametrize("code", ["OptInRequired", "SubscriptionRequiredException", "NotSignedUp"])
def test_whether_a_new_account_is_active_can_be_asked_again(
    start: Start, faults: Faults, rekognition: Rekognition, code: str
) -> None:
    faults.set(inactive(code))
    side = start()
    set_up(side)
    box = shown(side, "Amazon is still activating the new account")
    assert buttons(box) == ["Check now"]
    side.click("Check now")
    until_ready(side)


def test_a_new_account_is_asked_by_itself_until_it_is_active(
    start: Start, faults: Faults, rekognition: Rekognition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(error_box, "CHECK_AGAIN_MS", 300)
    faults.set(inactive("OptInRequired") | {"times": 3})
    side = start()
    set_up(side)
    until_ready(side)
    assert faults.fired() == 3


def test_a_set_up_that_failed_leaves_nothing_and_can_be_tried_again_or_reported(
    start: Start, amazon: Amazon, rekognition: Rekognition
) -> None:
    side = start()
    with amazon.emulator.failing_at("Copies", "The disk of Amazon is full"):
        set_up(side)
        box = shown(side, 'Set-up stopped at "Storage for copies"')
    assert box.error is not None
    assert "The disk of Amazon is full" in box.error.message
    assert "Nothing was left behind." in box.error.message
    assert amazon.stack() is None
    assert buttons(box) == ["Try again", "Save report…"]
    side.click("Save report…")
    side.desk.until(lambda: side.window.findChild(DiagnosticsDialog) is not None)
    dialog = side.window.findChild(DiagnosticsDialog)
    assert dialog is not None
    side.desk.until(dialog.save_button.isEnabled)
    dialog.close()
    page = side.page(ProgressPage)
    assert box.isVisible()
    side.click("Try again")
    until_ready(side)
    assert not page.isVisible()


def test_a_name_that_somebody_else_has_is_never_shown(
    start: Start, amazon: Amazon, rekognition: Rekognition
) -> None:
    side = start()
    reason = "tagdrop-x already exists (Service: S3, Status Code: 409, BucketAlreadyExists)"
    with amazon.emulator.failing_at("Copies", reason):
        set_up(side)
        until_ready(side)


def test_a_limit_of_the_account_is_named_with_the_way_to_raise_it(
    start: Start, amazon: Amazon, links: Links, rekognition: Rekognition
) -> None:
    side = start()
    reason = "You have attempted to create more buckets than allowed (TooManyBuckets)"
    with amazon.emulator.failing_at("Copies", reason):
        set_up(side)
        box = shown(side, 'Set-up stopped at "Storage for copies"')
    assert box.error is not None
    assert "The account has reached its limit of storage places" in box.error.message
    assert buttons(box) == ["How to raise it", "Try again"]
    side.click("How to raise it")
    assert links.opened == ["https://console.aws.amazon.com/servicequotas/home/services"]
    side.click("Try again")
    until_ready(side)


# While labelling


@pytest.fixture
def labelling(start: Start, service: Settings, rekognition: Rekognition) -> Side:
    """The program with everything set up."""
    return start(service)


def label(side: Side, photos: Path) -> None:
    side.window.shell.sheet.ask([photos], "aws", again=False)
    side.desk.until(side.window.shell.sheet.start_button.isVisible)
    side.window.shell.sheet.start_button.click()


REMOVED = "The labelling service was removed from the Amazon account"


@pytest.mark.parametrize(
    ("gone", "title"),
    [
        ("Copies", REMOVED),
        ("Labels", REMOVED),
        ("stack", "This computer's key may not list the storage"),  # its user is gone, too
    ],
)
def test_a_service_that_was_removed_is_repaired_and_the_photos_go_on(
    labelling: Side, amazon: Amazon, photos: Path, gone: str, title: str
) -> None:
    parts, emulator = amazon.parts(), amazon.emulator
    if gone == "Copies":
        emulator.client("s3").delete_bucket(Bucket=parts["Copies"])
    elif gone == "Labels":
        emulator.client("dynamodb").delete_table(TableName=parts["Labels"])
    else:
        emulator.client("s3").delete_bucket(Bucket=parts["Copies"])
        emulator.client("cloudformation").delete_stack(StackName=amazon.name)
    side, messages = labelling, labelling.window.messages
    label(side, photos)
    side.desk.until(messages.isVisible)
    assert messages.title == title
    if title == REMOVED:
        assert messages.text.startswith("Your labels are safe here, and the photos are waiting.")
    assert messages.button_text == "Repair"
    messages.press()
    side.page(SignInPage).primary.click()
    side.page(ConnectedPage)
    side.desk.until(lambda: side.desk.count(State.DONE) == 6)


def test_a_key_that_was_deleted_is_replaced_by_signing_in(
    labelling: Side, amazon: Amazon, photos: Path
) -> None:
    ((key_id, user),) = keys_of(amazon.emulator, amazon.name).items()
    amazon.emulator.client("iam").delete_access_key(UserName=user, AccessKeyId=key_id)
    side, messages = labelling, labelling.window.messages
    label(side, photos)
    side.desk.until(messages.isVisible)
    assert messages.title == "Amazon does not know this key"
    assert messages.button_text == "Sign in again"
    messages.press()
    side.page(SignInPage).primary.click()
    side.page(ConnectedPage)
    side.desk.until(lambda: side.desk.count(State.DONE) == 6)
    assert amazon.key_ids() != {key_id}


def test_a_busy_amazon_only_slows_down(labelling: Side, faults: Faults, photos: Path) -> None:
    faults.set(
        {"service": "s3", "operation": "PutObject", "times": 4, "error": {"code": "SlowDown"}},
        {"service": "dynamodb", "times": 2, "error": {"code": "ThrottlingException"}},
    )
    label(labelling, photos)
    labelling.desk.until(lambda: labelling.desk.count(State.DONE) == 6)
    assert faults.fired() >= 4
    assert not labelling.window.messages.isVisible()


def test_labels_that_are_late_are_asked_for_again_or_the_way_is_checked(
    start: Start, desk: Desk, service: Settings, amazon: Amazon, photos: Path
) -> None:
    desk.late_after_s = 1.0
    functions, name = amazon.emulator.client("lambda"), amazon.parts()["Labeller"]
    functions.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    side = start(service)
    window = side.window
    label(side, photos)
    desk.until(lambda: desk.count(State.FAILED) == 6)
    window.grid.setCurrentIndex(window.model.index(0))
    assert window.panel.state_text.startswith("Labels are late.")
    functions.delete_function_concurrency(FunctionName=name)
    (check,) = [
        b
        for b in window.panel.findChildren(QPushButton)
        if b.isVisible() and b.text() == "Check the connection"
    ]
    check.click()
    side.page(DoctorPage)
    side.says("Everything works")
    desk.close()
    desk.late_after_s = LATE_AFTER_S
    s3, bucket = amazon.emulator.client("s3"), amazon.parts()["Copies"]
    for copy in s3.list_objects_v2(Bucket=bucket)["Contents"]:  # a day later they have expired
        s3.delete_object(Bucket=bucket, Key=copy["Key"])
    window = start(service).window
    window.grid.selectAll()
    window.panel.retry_asked.emit()
    desk.until(window.shell.sheet.start_button.isVisible)
    window.shell.sheet.start_button.click()
    desk.until(lambda: desk.count(State.DONE) == 6)
