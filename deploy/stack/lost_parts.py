"""The parts of a stack that are lost: somebody may have deleted one without CloudFormation."""

from __future__ import annotations

import threading
from collections.abc import Callable

from boto3 import Session
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, code_of
from desktop.core.errors import Cancelled

from ..sign_in.access import CONFIG
from .stack_events import LOOK, StackState, cloudformation_client

_MISSING = frozenset(
    {
        "404",
        "NoSuchBucket",
        "NoSuchBucketPolicy",
        "NoSuchEntity",
        "ResourceNotFoundException",
        "AWS.SimpleQueueService.NonExistentQueue",
        "QueueDoesNotExist",
    }
)
POLICY = "label"
"""What template.yaml calls the policy inside the function's role and the app's user."""

Look = Callable[[Session, dict[str, str]], object]
"""Asks for one part, given the session and the physical ids of all parts by logical id.

Returns something false, or raises what AWS says of a missing thing, when it is not there.
"""


def lost_parts(session: Session, stack: StackState, cancel: threading.Event) -> list[str]:
    """The logical ids of the parts that are gone, though the stack says that all were made."""
    lost = []
    with aws_errors(LOOK):
        answer = cloudformation_client(session).describe_stack_resources(StackName=stack.stack_id)
        ids = {
            resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "")
            for resource in answer["StackResources"]
        }
        for part, look in _LOOKS.items():
            if cancel.is_set():
                raise Cancelled
            if part in ids and not _is_there(look, session, ids):
                lost.append(part)
    return lost


def _is_there(look: Look, session: Session, ids: dict[str, str]) -> bool:
    try:
        return bool(look(session, ids))
    except ClientError as error:
        if code_of(error) in _MISSING:
            return False
        raise


def _look_for_bucket(session: Session, ids: dict[str, str]) -> object:
    return session.client("s3", config=CONFIG).list_objects_v2(Bucket=ids["Copies"], MaxKeys=1)


def _look_for_bucket_policy(session: Session, ids: dict[str, str]) -> object:
    return session.client("s3", config=CONFIG).get_bucket_policy(Bucket=ids["Copies"])


def _look_for_trigger(session: Session, ids: dict[str, str]) -> object:
    """The storage has to call the function, and has to be allowed to."""
    notifies = session.client("s3", config=CONFIG).get_bucket_notification_configuration(
        Bucket=ids["Copies"]
    )
    allows = session.client("lambda", config=CONFIG).get_policy(FunctionName=ids["Labeller"])
    called = [
        entry["LambdaFunctionArn"].rpartition(":")[2]
        for entry in notifies.get("LambdaFunctionConfigurations", ())
    ]
    return ids["Labeller"] in called and ids["Copies"] in allows["Policy"]


def _look_for_table(session: Session, ids: dict[str, str]) -> object:
    return session.client("dynamodb", config=CONFIG).describe_table(TableName=ids["Labels"])


def _look_for_function(session: Session, ids: dict[str, str]) -> object:
    return session.client("lambda", config=CONFIG).get_function(FunctionName=ids["Labeller"])


def _look_for_retries(session: Session, ids: dict[str, str]) -> object:
    return session.client("lambda", config=CONFIG).get_function_event_invoke_config(
        FunctionName=ids["Labeller"], Qualifier="$LATEST"
    )


def _look_for_role(session: Session, ids: dict[str, str]) -> object:
    iam = session.client("iam", config=CONFIG)
    return iam.get_role_policy(RoleName=ids["LabellerRole"], PolicyName=POLICY)


def _look_for_policy(session: Session, ids: dict[str, str]) -> object:
    return session.client("iam", config=CONFIG).get_policy(PolicyArn=ids["AppPolicy"])


def _look_for_user(session: Session, ids: dict[str, str]) -> object:
    iam = session.client("iam", config=CONFIG)
    return iam.get_user_policy(UserName=ids["AppUser"], PolicyName=POLICY)


def _look_for_log(session: Session, ids: dict[str, str]) -> object:
    name = ids["LabellerLog"]
    found = session.client("logs", config=CONFIG).describe_log_groups(logGroupNamePrefix=name)
    return any(group["logGroupName"] == name for group in found["logGroups"])


def _look_for_queue(session: Session, ids: dict[str, str]) -> object:
    return session.client("sqs", config=CONFIG).get_queue_attributes(
        QueueUrl=ids["Failures"], AttributeNames=["QueueArn"]
    )


_LOOKS: dict[str, Look] = {
    "Copies": _look_for_bucket,
    "CopiesPolicy": _look_for_bucket_policy,
    "Trigger": _look_for_trigger,
    "Labels": _look_for_table,
    "Labeller": _look_for_function,
    "LabellerRetries": _look_for_retries,
    "LabellerRole": _look_for_role,
    "LabellerLog": _look_for_log,
    "Failures": _look_for_queue,
    "AppPolicy": _look_for_policy,
    "AppUser": _look_for_user,
}
"""Logical id in template.yaml -> how to look for it; a test compares them."""
