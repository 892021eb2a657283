"""A CloudFormation in memory: it plays scripts of events, for what the emulator does not do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

STACK_ID = "arn:aws:cloudformation:eu-central-1:111122223333:stack/tagdrop/1"
Play = list[tuple[str, str, str]]
"""The events of one operation, oldest first: part, status, reason; the stack's own among them."""


def answer(code: str, message: str = "") -> ClientError:
    error: Any = {"Error": {"Code": code, "Message": message}}
    return ClientError(error, "DescribeStacks")


class FakeCloudFormation:
    """One stack. `scripts` maps create, update, delete and rollback to a play for each call.

    `goes_on` is played when the stack is looked at: an operation that runs already.
    """

    class Meta:
        region_name = "eu-central-1"

    meta = Meta()

    def __init__(
        self,
        status: str | None,
        *,
        goes_on: Play | None = None,
        version: str = "",
        **scripts: list[Play],
    ) -> None:
        self._status = status
        self._goes_on = goes_on
        self._scripts = scripts
        self._events: list[dict[str, Any]] = []
        self._version = version
        self.parameters = {"BucketName": "b", "RetentionDays": "7"}
        self.tags = {"project": "tagdrop"}
        self.calls: list[str] = []
        self.asked: list[dict[str, Any]] = []  # with what, for each of the calls
        self.refusals: list[ClientError] = []  # to what would create or update, the first one first
        self.busy_after_create: list[ClientError] = []
        self.busy_answers: list[ClientError] = []  # to looks at the stack, the last one first

    def describe_stacks(self, StackName: str) -> dict[str, Any]:  # noqa: N803
        if self.busy_answers:
            raise self.busy_answers.pop()
        if self._status is None:
            raise answer("ValidationError", f"Stack with id {StackName} does not exist")
        entry: dict[str, Any] = {
            "StackId": STACK_ID,
            "StackName": "tagdrop",
            "StackStatus": self._status,
            "Parameters": [
                {"ParameterKey": name, "ParameterValue": value}
                for name, value in self.parameters.items()
            ],
            "Tags": [{"Key": name, "Value": value} for name, value in self.tags.items()],
        }
        if self._status != "REVIEW_IN_PROGRESS":
            entry["Description"] = "Tagdrop: labels photos."
        if self._version:
            entry["Outputs"] = [{"OutputKey": "Version", "OutputValue": self._version}]
        if self._goes_on is not None:  # from the second look on it is over
            play, self._goes_on = self._goes_on, None
            self._tell(play)
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

    def create_stack(self, **options: Any) -> dict[str, str]:
        self._refuse("create", options)
        self.parameters = {p["ParameterKey"]: p["ParameterValue"] for p in options["Parameters"]}
        self._play("create", options)
        self.busy_answers = list(self.busy_after_create)
        return {"StackId": STACK_ID}

    def update_stack(self, **options: object) -> None:
        self._refuse("update", options)
        self._play("update", options)

    def delete_stack(self, **options: object) -> None:
        self._play("delete", options)

    def cancel_update_stack(self, **options: object) -> None:
        self._play("cancel", options)

    def rollback_stack(self, **options: object) -> None:
        self._play("rollback", options)

    def continue_update_rollback(self, **options: object) -> None:
        self._play("continue", options)

    def stand(self, status: str, goes_on: Play | None = None) -> None:
        """Let somebody else have brought the stack there, with what goes on at the next look."""
        self._status, self._goes_on = status, goes_on

    def _refuse(self, operation: str, options: dict[str, Any]) -> None:
        if self.refusals:
            self.calls.append(operation)
            self.asked.append(options)
            raise self.refusals.pop(0)

    def _play(self, operation: str, options: dict[str, Any]) -> None:
        self.calls.append(operation)
        self.asked.append(options)
        self._tell(self._scripts[operation].pop(0))

    def _tell(self, play: Play) -> None:
        for part, status, reason in play:
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
    """A boto3 Session whose every other service answers for nothing but who it is."""

    meta = FakeCloudFormation.Meta()

    def __init__(self, cloudformation: FakeCloudFormation) -> None:
        self._cloudformation = cloudformation
        self.clients: list[tuple[str, object]] = []  # the service and the config of each

    def client(self, service: str, **options: object) -> Any:
        self.clients.append((service, options.get("config")))
        return self._cloudformation if service == "cloudformation" else self

    def get_caller_identity(self) -> dict[str, str]:
        return {"Account": "111122223333"}


CREATED: Play = [
    ("tagdrop", "CREATE_IN_PROGRESS", "User Initiated"),
    ("Copies", "CREATE_IN_PROGRESS", ""),
    ("Copies", "CREATE_COMPLETE", ""),
    ("tagdrop", "CREATE_COMPLETE", ""),
]
UPDATED: Play = [("tagdrop", "UPDATE_IN_PROGRESS", ""), ("tagdrop", "UPDATE_COMPLETE", "")]
TAKEN_BACK: Play = [("tagdrop", "UPDATE_ROLLBACK_COMPLETE", "")]
DELETED: Play = [("tagdrop", "DELETE_IN_PROGRESS", ""), ("tagdrop", "DELETE_COMPLETE", "")]
NOT_EMPTY: Play = [
    ("tagdrop", "DELETE_IN_PROGRESS", ""),
    ("Copies", "DELETE_FAILED", "The bucket you tried to delete is not empty (Service: S3)"),
    ("tagdrop", "DELETE_FAILED", "The following resource(s) failed to delete: [Copies]."),
]
