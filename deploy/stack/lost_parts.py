"""The parts of a stack that are lost: somebody may have deleted or changed one by hand."""

from __future__ import annotations

import enum
import io
import json
import logging
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from boto3 import Session
from botocore.exceptions import BotoCoreError, ClientError

from desktop.aws.errors import aws_errors, code_of
from desktop.aws.other_site import fetch
from desktop.core.errors import Cancelled

from ..sign_in.access import CONFIG
from .policies import CONDITIONS, Policy, app_policy, fill, function_policy, trust_policy
from .references import reference_values
from .render import handler_source, is_older
from .stack_events import LOOK, StackState, cloudformation_client

log = logging.getLogger(__name__)

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
FETCH_S = 10.0
POLICY = "label"
"""What template.yaml calls the policy inside the function's role and the app's user."""


class Damage(enum.Enum):
    """What happened to a part."""

    GONE = enum.auto()
    CHANGED = enum.auto()  # it is there, and is not what the template says


@dataclass(frozen=True, slots=True)
class _Parts:
    """Whoever signed in, the stack, and the physical ids of its parts by logical id."""

    session: Session
    stack: StackState
    ids: dict[str, str]

    def says(self, policy: Any, wanted: Policy) -> bool:
        """Whether a policy in the account is the one that the template puts there.

        An older template's is not compared: the update that is due writes it.
        """
        values = reference_values(self.stack, self.ids)
        return is_older(self.stack.version) or policy == _resolved(wanted, values)


Look = Callable[[_Parts], bool]
"""Asks for one part: whether it is as it should be. Raises what AWS says of a missing thing."""


def find_damage(
    session: Session, stack: StackState, cancel: threading.Event
) -> tuple[dict[str, str], dict[str, Damage]]:
    """All parts' physical ids, and what is wrong with which, though the stack says all is well.

    Both by logical id. A part that the stack itself does not count is in neither.
    """
    damage: dict[str, Damage] = {}
    with aws_errors(LOOK):
        answer = cloudformation_client(session).describe_stack_resources(StackName=stack.stack_id)
        ids = {
            resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "")
            for resource in answer["StackResources"]
        }
        parts = _Parts(session, stack, ids)
        for part, look in _LOOKS.items():
            if cancel.is_set():
                raise Cancelled
            if part in ids and (found := _judge(look, parts)) is not None:
                damage[part] = found
    return ids, damage


def _judge(look: Look, parts: _Parts) -> Damage | None:
    try:
        return None if look(parts) else Damage.CHANGED
    except KeyError:  # it refers to a part that the update has still to make, and so is changed too
        return None
    except ClientError as error:
        if code_of(error) in _MISSING:
            return Damage.GONE
        raise


def _resolved(value: Any, values: dict[str, str]) -> Any:
    """A policy with what its places stand for."""
    if isinstance(value, dict):
        if "Fn::Sub" in value:
            return fill(value["Fn::Sub"], values)
        return {key: _resolved(entry, values) for key, entry in value.items()}
    if isinstance(value, list):
        return [_resolved(entry, values) for entry in _chosen(value, values)]
    return value


def _chosen(entries: list[Any], values: dict[str, str]) -> Iterator[Any]:
    """Without the statements that the stack did not ask for."""
    for entry in entries:
        if not (isinstance(entry, dict) and "Fn::If" in entry):
            yield entry
            continue
        condition, wanted, _ = entry["Fn::If"]
        if values[CONDITIONS[condition]] == "yes":
            yield wanted


def _look_for_bucket(parts: _Parts) -> bool:
    """It has to call the function."""
    s3, bucket = parts.session.client("s3", config=CONFIG), parts.ids["Copies"]
    s3.list_objects_v2(Bucket=bucket, MaxKeys=1)
    notifies = s3.get_bucket_notification_configuration(Bucket=bucket)
    called = [
        entry["LambdaFunctionArn"].rpartition(":")[2]
        for entry in notifies.get("LambdaFunctionConfigurations", ())
    ]
    return parts.ids["Labeller"] in called


def _look_for_bucket_policy(parts: _Parts) -> bool:
    s3 = parts.session.client("s3", config=CONFIG)
    policy = json.loads(s3.get_bucket_policy(Bucket=parts.ids["Copies"])["Policy"])
    return any(
        statement.get("Effect") == "Deny"
        and statement.get("Action") == "s3:*"
        and statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
        for statement in policy.get("Statement", ())
    )


def _look_for_trigger(parts: _Parts) -> bool:
    """The storage has to be allowed to call the function."""
    functions = parts.session.client("lambda", config=CONFIG)
    allows = functions.get_policy(FunctionName=parts.ids["Labeller"])
    return parts.ids["Copies"] in allows["Policy"]


def _look_for_table(parts: _Parts) -> bool:
    dynamodb = parts.session.client("dynamodb", config=CONFIG)
    return bool(dynamodb.describe_table(TableName=parts.ids["Labels"]))


def _look_for_function(parts: _Parts) -> bool:
    """Its program has to be the template's; what cannot be fetched counts as that."""
    functions = parts.session.client("lambda", config=CONFIG)
    found = functions.get_function(FunctionName=parts.ids["Labeller"])
    if is_older(parts.stack.version):
        return True
    source = _source_at(found["Code"].get("Location", ""))
    return source is None or source.strip() == handler_source().strip()


def _source_at(address: str) -> str | None:
    """The function's file in the ZIP archive there; empty where that holds others."""
    if not address.startswith("http"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(fetch(address, FETCH_S).content)) as archive:
            return archive.read("index.py").decode(errors="replace")
    except KeyError:
        return ""
    except (BotoCoreError, OSError, zipfile.BadZipFile) as error:
        log.info("the function's program: %s", type(error).__name__)
        return None


def _look_for_retries(parts: _Parts) -> bool:
    functions = parts.session.client("lambda", config=CONFIG)
    found = functions.get_function_event_invoke_config(
        FunctionName=parts.ids["Labeller"], Qualifier="$LATEST"
    )
    ends_in = found.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
    return ends_in == reference_values(parts.stack, parts.ids)["Failures.Arn"]


def _look_for_source(parts: _Parts) -> bool:
    functions = parts.session.client("lambda", config=CONFIG)
    found = functions.get_event_source_mapping(UUID=parts.ids["FailuresSource"])
    return found["EventSourceArn"] == reference_values(parts.stack, parts.ids)[
        "Failures.Arn"
    ] and found["State"] not in ("Disabling", "Disabled", "Deleting")


def _says_inside(parts: _Parts, read: Callable[[], Any], wanted: Policy) -> bool:
    """Whether the policy inside a role or user, which is there itself, is the template's."""
    try:
        found = read()
    except ClientError as error:
        if code_of(error) != "NoSuchEntity":
            raise
        return False
    return parts.says(found["PolicyDocument"], wanted)


def _look_for_role(parts: _Parts) -> bool:
    iam, name = parts.session.client("iam", config=CONFIG), parts.ids["LabellerRole"]
    trust = iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    if not parts.says(trust, trust_policy()):
        return False
    read = partial(iam.get_role_policy, RoleName=name, PolicyName=POLICY)
    return _says_inside(parts, read, function_policy())


def _look_for_policy(parts: _Parts) -> bool:
    iam, arn = parts.session.client("iam", config=CONFIG), parts.ids["AppPolicy"]
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    found = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
    return parts.says(found["Document"], app_policy())


def _look_for_user(parts: _Parts) -> bool:
    iam, name = parts.session.client("iam", config=CONFIG), parts.ids["AppUser"]
    iam.get_user(UserName=name)
    read = partial(iam.get_user_policy, UserName=name, PolicyName=POLICY)
    return _says_inside(parts, read, app_policy())


def _look_for_log(parts: _Parts) -> bool:
    """Raises by itself no error for a group that is gone: what is asked for is a list."""
    logs, name = parts.session.client("logs", config=CONFIG), parts.ids["LabellerLog"]
    found = logs.describe_log_groups(logGroupNamePrefix=name)
    return any(group["logGroupName"] == name for group in found["logGroups"])


def _look_for_queue(part: str) -> Look:
    def look(parts: _Parts) -> bool:
        sqs = parts.session.client("sqs", config=CONFIG)
        return bool(sqs.get_queue_attributes(QueueUrl=parts.ids[part], AttributeNames=["QueueArn"]))

    return look


_LOOKS: dict[str, Look] = {
    "Copies": _look_for_bucket,
    "CopiesPolicy": _look_for_bucket_policy,
    "Trigger": _look_for_trigger,
    "Labels": _look_for_table,
    "Labeller": _look_for_function,
    "LabellerRetries": _look_for_retries,
    "LabellerRole": _look_for_role,
    "LabellerLog": _look_for_log,
    "Failures": _look_for_queue("Failures"),
    "FailuresSource": _look_for_source,
    "DeadLetters": _look_for_queue("DeadLetters"),
    "AppPolicy": _look_for_policy,
    "AppUser": _look_for_user,
}
"""Logical id in template.yaml -> how to look for it. Of the alarms, which are options, labelling
needs none; who misses one asks for it again."""
