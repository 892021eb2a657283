"""Remove everything from the AWS account: copies, keys, the stack."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from boto3 import Session
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, code_of
from desktop.aws.reasons import explain_reason
from desktop.core.errors import AppError, Cancelled, Remedy
from desktop.core.texts import Text

from ..keys.app_users import delete_user, list_users
from ..sign_in.access import CONFIG
from .failure import report
from .parts import KEY, part_name
from .stack_events import (
    StackEvent,
    StackState,
    cloudformation_client,
    find_stack,
    follow,
    last_event_id,
)

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import ObjectIdentifierTypeDef


TRIES = 3
"""A copy may arrive between emptying the bucket and deleting it."""

ACT = Text("remove the labelling service")


def remove(session: Session, stack_name: str, *, cancel: threading.Event) -> Iterator[StackEvent]:
    """Remove the stack with all it holds. Removing nothing is a success.

    Joins an operation that is running. Raises AppError when something stayed, and Cancelled when
    `cancel` is set meanwhile: what is gone by then stays gone, and a second call removes the rest.
    """
    cloudformation = cloudformation_client(session)
    stack = find_stack(cloudformation, stack_name)
    events: list[StackEvent] = []
    for _ in range(TRIES):
        if stack is None:
            return
        if stack.is_busy and stack.status != "CREATE_IN_PROGRESS":
            yield from follow(cloudformation, stack.stack_id, after="", cancel=cancel)
            stack = find_stack(cloudformation, stack.stack_id)
            if stack is None:
                return
        yield from _empty(session, cloudformation, stack, cancel)
        events = []
        for event in _delete(cloudformation, stack, cancel):
            events.append(event)
            yield event
        stack = find_stack(cloudformation, stack.stack_id)
    if stack is not None:
        raise _left_behind(stack, events)


def _delete(
    cloudformation: CloudFormationClient, stack: StackState, cancel: threading.Event
) -> Iterator[StackEvent]:
    after = last_event_id(cloudformation, stack.stack_id)
    with aws_errors(ACT):
        cloudformation.delete_stack(StackName=stack.stack_id)
    yield from follow(cloudformation, stack.stack_id, after=after, cancel=cancel)


def _left_behind(stack: StackState, events: list[StackEvent]) -> AppError:
    part, reason = part_name(stack.name, stack.name), stack.reason
    for event in events:
        if event.status == "DELETE_FAILED" and event.part != stack.name:
            part, reason = part_name(event.part, stack.name), event.reason
            break
    cause = explain_reason(reason, ACT)
    return AppError(
        '"{part}" could not be removed',
        "{reason} Try again in a minute; what has been deleted stays deleted.",
        remedy=cause.remedy,
        detail="{report}",
        part=part,
        reason=cause.text,
        report=report(cause, events),
    )


def _empty(
    session: Session,
    cloudformation: CloudFormationClient,
    stack: StackState,
    cancel: threading.Event,
) -> Iterator[StackEvent]:
    """Delete what CloudFormation refuses to delete: copies, keys, and users of the policy."""
    yield from _delete_users(session, stack)
    with aws_errors(ACT):
        resources = cloudformation.describe_stack_resources(StackName=stack.stack_id)
    for resource in resources["StackResources"]:
        name, kind = resource.get("PhysicalResourceId", ""), resource["ResourceType"]
        # What could not be made may be somebody else's, of the same name.
        if not name or resource["ResourceStatus"] in ("DELETE_COMPLETE", "CREATE_FAILED"):
            continue
        if kind == "AWS::S3::Bucket":
            yield from _empty_bucket(session, resource["LogicalResourceId"], name, cancel)
        elif kind == "AWS::IAM::User":
            yield from _delete_keys(session, name)


def _empty_bucket(
    session: Session, part: str, bucket: str, cancel: threading.Event
) -> Iterator[StackEvent]:
    """Delete all objects with all versions and delete markers, and unfinished uploads."""
    s3, count = session.client("s3", config=CONFIG), 0
    with aws_errors(Text("delete the copies")):
        try:
            # The pager reads page by page, so deleting behind it does not disturb it.
            for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
                if cancel.is_set():
                    raise Cancelled
                entries: list[ObjectIdentifierTypeDef] = [
                    {"Key": e["Key"], "VersionId": e["VersionId"]}
                    for e in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
                ]
                if not entries:
                    continue
                _delete_objects(s3, bucket, entries)
                count += len(entries)
                yield StackEvent(datetime.now(UTC), part, "DELETE_IN_PROGRESS", count=count)
            for left in s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket):
                for upload in left.get("Uploads", ()):
                    s3.abort_multipart_upload(
                        Bucket=bucket, Key=upload["Key"], UploadId=upload["UploadId"]
                    )
        except ClientError as error:
            if code_of(error) != "NoSuchBucket":
                raise


def _delete_objects(s3: S3Client, bucket: str, entries: list[ObjectIdentifierTypeDef]) -> None:
    """Delete one page of versions, 1,000 at most, as both calls are limited to that."""
    answer = s3.delete_objects(
        Bucket=bucket,
        Delete={
            "Objects": entries,
            "Quiet": True,
        },
    )
    for failure in answer.get("Errors", ()):
        cause = explain_reason(str(failure.get("Message", "")), ACT)
        raise AppError(
            "A copy could not be deleted",
            "{reason} Try again in a minute.",
            remedy=cause.remedy or Remedy.TRY_AGAIN,
            reason=cause.text,
        )


def _delete_users(session: Session, stack: StackState) -> Iterator[StackEvent]:
    """Delete the computers' users, which stand beside the stack."""
    for user in list_users(session, stack):
        delete_user(session, user)
        yield StackEvent(datetime.now(UTC), KEY, "DELETE_COMPLETE")


def _delete_keys(session: Session, user: str) -> Iterator[StackEvent]:
    iam = session.client("iam", config=CONFIG)
    with aws_errors(Text("delete the app's key")):
        try:
            for page in iam.get_paginator("list_access_keys").paginate(UserName=user):
                for key in page["AccessKeyMetadata"]:
                    iam.delete_access_key(UserName=user, AccessKeyId=key["AccessKeyId"])
                    yield StackEvent(datetime.now(UTC), KEY, "DELETE_COMPLETE")
        except ClientError as error:
            if code_of(error) != "NoSuchEntity":
                raise
