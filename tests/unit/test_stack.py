"""What the set-up says and does where AWS behaves in ways the emulator cannot be brought to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ReadTimeoutError,
)

from deploy import stack
from desktop.backends.aws_errors import convert, explain_reason
from desktop.core.errors import (
    AppError,
    BackendMissingError,
    CredentialsError,
    NetworkError,
    ThrottledError,
)
from desktop.core.texts import Text

STACK_ID = "arn:aws:cloudformation:eu-central-1:111122223333:stack/tagdrop/1"


def answer(code: str, message: str = "", **headers: str) -> ClientError:
    metadata: Any = {"HTTPHeaders": headers, "HTTPStatusCode": 400}
    error: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}
    return ClientError(error, "DescribeStacks")


@pytest.mark.parametrize(
    ("code", "kind", "says"),
    [
        ("InvalidClientTokenId", CredentialsError, "Amazon does not know this key"),
        ("UnrecognizedClientException", CredentialsError, "Amazon does not know this key"),
        ("SignatureDoesNotMatch", CredentialsError, "The secret does not match the key id"),
        ("ExpiredToken", CredentialsError, "You were signed out for safety"),
        ("OptInRequired", CredentialsError, "Amazon is still activating the new account"),
        ("NoSuchBucket", BackendMissingError, "was removed from the Amazon account"),
        ("ResourceNotFoundException", BackendMissingError, "was removed from the Amazon account"),
        ("Throttling", ThrottledError, "Amazon is busy"),
        ("TooManyBuckets", AppError, "The account has reached a limit"),
        ("AccessDenied", CredentialsError, "This user may not create the storage"),
        ("SomethingNew", AppError, "Amazon refused the attempt to create the storage"),
    ],
)
def test_a_refusal_is_said_in_plain_words(code: str, kind: type[AppError], says: str) -> None:
    error = convert(answer(code, "what AWS wrote"), Text("create the storage"))
    assert type(error) is kind
    assert says in error.title


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NoCredentialsError(), CredentialsError),
        (NoRegionError(), AppError),
        (EndpointConnectionError(endpoint_url="https://x"), NetworkError),
        (ReadTimeoutError(endpoint_url="https://x"), NetworkError),
        (BotoCoreError(), AppError),
    ],
)
def test_no_answer_is_said_in_plain_words(error: BotoCoreError, kind: type[AppError]) -> None:
    said = convert(error, Text("create the storage"))
    assert type(said) is kind
    assert "Error" not in str(said.title)


@pytest.mark.parametrize("code", ["RequestTimeTooSkewed", "SignatureDoesNotMatch"])
def test_a_wrong_clock_is_told_in_minutes(code: str) -> None:
    there = datetime.now(UTC) + timedelta(minutes=12)
    error = convert(
        answer(code, "Signature expired: …", date=format_datetime(there, usegmt=True)),
        Text("sign in"),
    )
    assert error.title == "This computer's clock is 12 minutes off"


def test_the_missing_permission_is_named() -> None:
    message = (
        "User: arn:aws:iam::1:user/x is not authorized to perform: s3:CreateBucket on resource: y"
    )
    error = convert(answer("AccessDenied", message), Text("create the storage"))
    assert "s3:CreateBucket" in error.message


def test_a_companys_rule_is_told_from_a_missing_permission() -> None:
    message = "… with an explicit deny in a service control policy"
    error = convert(answer("AccessDeniedException", message), Text("create the storage"))
    assert error.title == "Your company does not allow this"


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("x already exists (Service: S3, Status Code: 409, Request ID: 1)", "x already exists"),
        ("Limit exceeded for resource", "The account has reached a limit"),
        ("is not authorized to perform: iam:CreateUser on", "iam:CreateUser"),
        ("", "Amazon gave no reason"),
    ],
)
def test_the_reason_of_a_failed_part_is_told(reason: str, says: str) -> None:
    assert says in str(explain_reason(reason, Text("create the storage")))


class FakeCloudFormation:
    """A stack as CloudFormation tells of it: each operation plays its script of events.

    `scripts` maps create, update and delete to a list of plays; a play is the events of one call,
    oldest first, the stack's own last status among them.
    """

    class Meta:
        region_name = "eu-central-1"

    meta = Meta()

    def __init__(self, status: str | None, **scripts: list[list[tuple[str, str, str]]]) -> None:
        self._status = status
        self._scripts = scripts
        self._events: list[dict[str, Any]] = []
        self.calls: list[str] = []

    def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803
        if self._status is None:
            raise answer("ValidationError", f"Stack with id {StackName} does not exist")
        parameters = [{"ParameterKey": "BucketName", "ParameterValue": "b"}]
        entry = {
            "StackId": STACK_ID,
            "StackName": "tagdrop",
            "StackStatus": self._status,
            "Description": "Tagdrop: labels photos.",
            "Parameters": parameters,
        }
        return {"Stacks": [entry]}

    def describe_stack_events(self, StackName: str) -> dict[str, Any]:  # noqa: N803
        return {"StackEvents": self._events[::-1]}

    def get_paginator(self, _name: str) -> FakeCloudFormation:
        return self

    def paginate(self, **_: str) -> Iterator[dict[str, Any]]:
        newest_first = self._events[::-1]
        for start in range(0, len(newest_first), 2):  # small pages
            yield {"StackEvents": newest_first[start : start + 2]}

    def describe_stack_resources(self, StackName: str) -> dict[str, Any]:  # noqa: N803
        return {"StackResources": []}

    def describe_events(self, **_: object) -> dict[str, Any]:
        raise answer("AccessDenied", "not authorized to perform: cloudformation:DescribeEvents")

    def create_stack(self, **_: object) -> dict[str, str]:
        self._play("create")
        return {"StackId": STACK_ID}

    def update_stack(self, **_: object) -> None:
        self._play("update")

    def delete_stack(self, **_: object) -> None:
        self._play("delete")

    def continue_update_rollback(self, **_: object) -> None:
        self._play("rollback")

    def _play(self, operation: str) -> None:
        self.calls.append(operation)
        for part, status, reason in self._scripts[operation].pop(0):
            entry = {
                "Timestamp": datetime.now(UTC),
                "StackName": "tagdrop",
                "LogicalResourceId": part,
                "ResourceStatus": status,
                "ResourceStatusReason": reason,
                "EventId": str(len(self._events)),
            }
            self._events.append(entry)
            if part == "tagdrop":
                self._status = None if status == "DELETE_COMPLETE" else status


class FakeSession:
    region_name = "eu-central-1"

    def __init__(self, cloudformation: FakeCloudFormation) -> None:
        self._cloudformation = cloudformation

    def client(self, service: str) -> Any:
        return self._cloudformation if service == "cloudformation" else self

    def get_available_regions(self, _service: str) -> list[str]:
        return ["eu-central-1"]

    def get_caller_identity(self) -> dict[str, str]:
        return {"Account": "111122223333"}


CREATED = [
    ("tagdrop", "CREATE_IN_PROGRESS", "User Initiated"),
    ("Copies", "CREATE_IN_PROGRESS", ""),
    ("Copies", "CREATE_COMPLETE", ""),
    ("tagdrop", "CREATE_COMPLETE", ""),
]
DELETED = [("tagdrop", "DELETE_IN_PROGRESS", ""), ("tagdrop", "DELETE_COMPLETE", "")]
NOT_EMPTY = [
    ("tagdrop", "DELETE_IN_PROGRESS", ""),
    ("Copies", "DELETE_FAILED", "The bucket you tried to delete is not empty (Service: S3)"),
    ("tagdrop", "DELETE_FAILED", "The following resource(s) failed to delete: [Copies]."),
]


def run(verb: Any, cloudformation: FakeCloudFormation) -> list[stack.StackEvent]:
    return list(verb(FakeSession(cloudformation), "tagdrop", cancel=threading.Event()))


def test_all_events_come_in_order_however_many_pages_they_fill() -> None:
    events = run(stack.setup, FakeCloudFormation(None, create=[CREATED]))
    assert [(e.part, e.status, e.reason) for e in events] == CREATED


@pytest.mark.parametrize(
    "status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"]
)
def test_a_half_made_stack_is_removed_and_made_again(status: str) -> None:
    cloudformation = FakeCloudFormation(status, delete=[DELETED], create=[CREATED])
    run(stack.setup, cloudformation)
    assert cloudformation.calls == ["delete", "create"]


def test_the_first_failure_is_told_and_not_what_followed_from_it() -> None:
    failed = [
        ("tagdrop", "CREATE_IN_PROGRESS", "User Initiated"),
        ("Labels", "CREATE_FAILED", "Resource creation cancelled"),
        ("AppUser", "CREATE_FAILED", "x is not authorized to perform: iam:CreateUser on y"),
        ("Copies", "CREATE_FAILED", "Resource creation cancelled"),
        ("tagdrop", "ROLLBACK_COMPLETE", ""),
    ]
    cloudformation = FakeCloudFormation(None, create=[failed], delete=[DELETED])
    with pytest.raises(AppError) as caught:
        run(stack.setup, cloudformation)
    assert caught.value.title == 'Set-up stopped at "User that can do nothing but label"'
    assert "iam:CreateUser" in caught.value.message
    assert cloudformation.calls == ["create", "delete"]


def test_an_update_that_fails_says_that_the_version_before_still_works() -> None:
    failed = [
        ("tagdrop", "UPDATE_IN_PROGRESS", "User Initiated"),
        ("Labeller", "UPDATE_FAILED", "Code storage limit exceeded"),
        ("tagdrop", "UPDATE_ROLLBACK_COMPLETE", ""),
    ]
    with pytest.raises(AppError) as caught:
        run(stack.update, FakeCloudFormation("CREATE_COMPLETE", update=[failed]))
    assert "Program that labels" in caught.value.title
    assert "works as it did" in caught.value.message


def test_an_update_that_got_stuck_is_finished_first() -> None:
    back = [("tagdrop", "UPDATE_ROLLBACK_COMPLETE", "")]
    forth = [("tagdrop", "UPDATE_IN_PROGRESS", ""), ("tagdrop", "UPDATE_COMPLETE", "")]
    cloudformation = FakeCloudFormation("UPDATE_ROLLBACK_FAILED", rollback=[back], update=[forth])
    run(stack.setup, cloudformation)
    assert cloudformation.calls == ["rollback", "update"]


def test_a_copy_that_came_during_the_removal_does_not_stop_it() -> None:
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", delete=[NOT_EMPTY, DELETED])
    run(stack.remove, cloudformation)
    assert cloudformation.calls == ["delete", "delete"]


def test_what_cannot_be_removed_is_named() -> None:
    cloudformation = FakeCloudFormation("CREATE_COMPLETE", delete=[NOT_EMPTY] * 3)
    with pytest.raises(AppError) as caught:
        run(stack.remove, cloudformation)
    assert caught.value.title == '"Storage for copies" could not be removed'
    assert "is not empty" in caught.value.message


def test_there_is_no_update_of_a_half_made_stack() -> None:
    with pytest.raises(BackendMissingError, match="nothing to update"):
        run(stack.update, FakeCloudFormation("ROLLBACK_COMPLETE"))


@pytest.mark.parametrize("verb", [stack.setup, stack.update, stack.remove])
def test_a_missing_location_is_said_by_every_verb(verb: Any) -> None:
    class NoRegion(FakeSession):
        def client(self, service: str) -> Any:
            raise NoRegionError

    with pytest.raises(AppError, match="Amazon's location is missing"):
        list(verb(NoRegion(FakeCloudFormation(None)), "tagdrop", cancel=threading.Event()))
