"""A computer that has a service of its own in the emulator, and ways to break that."""

from __future__ import annotations

import io
import json
import threading
import uuid
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from deploy import connect
from deploy.keys.app_users import make_user, new_user_name
from deploy.set_up import SetUp
from deploy.sign_in.access import Access
from deploy.stack.stack import status
from deploy.stack.stack_events import StackEvent
from desktop.core.credentials import AccessKey, load_key
from desktop.core.settings import Connection, load_settings

from .account import keys_of, users_of
from .controls import Emulator

NEVER = threading.Event()
OPTIONS = {"DeadLettersAlarm", "AlarmMail", "CostAlarm"}
"""Parts of the template that a set-up makes only when it is told to."""


class Side:
    """This computer, and the account as its owner sees it."""

    def __init__(self, emulator: Emulator, data_dir: Path) -> None:
        self.emulator = emulator
        self.data_dir = data_dir
        self.name = f"tagdrop-{uuid.uuid4().hex[:8]}"
        arn = f"arn:aws:iam::{emulator.account}:user/owner"
        self.access = Access("profile", emulator.session(), emulator.account, arn)
        self.wanted = SetUp(self.name, emulator.region)

    def set_up(self, **options: Any) -> list[StackEvent]:
        wanted = SetUp(self.name, self.emulator.region, **options)
        return list(connect.set_up(self.access, wanted, self.data_dir, NEVER))

    def remove(self) -> list[StackEvent]:
        return list(connect.remove_everything(self.access, self.wanted, self.data_dir, NEVER))

    def change_retention(self) -> list[StackEvent]:
        wanted = replace(self.wanted, retention_days=3)
        return list(connect.update(self.access, wanted, self.data_dir, NEVER))

    def new_key(self) -> None:
        connect.new_key(self.access, self.connection, self.data_dir, NEVER)

    @property
    def connection(self) -> Connection:
        connection = load_settings(self.data_dir).connection
        assert connection is not None
        return connection

    @property
    def key(self) -> AccessKey:
        key = load_key(self.connection)
        assert key is not None
        return key

    def client(self, service: str) -> Any:
        return self.emulator.client(service)

    def parts(self) -> dict[str, str]:
        """Logical id -> physical id."""
        answer = self.client("cloudformation").describe_stack_resources(StackName=self.name)
        return {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in answer["StackResources"]}

    def users(self) -> list[str]:
        """The users of all computers, and the one that those of version 1 share."""
        return users_of(self.emulator, self.name)

    def keys(self) -> dict[str, str]:
        """Key id -> user, of all keys."""
        return keys_of(self.emulator, self.name)

    def key_ids(self) -> set[str]:
        return set(self.keys())

    def make_key(self) -> str:
        """As another computer would."""
        found = status(self.access.session, self.name)
        assert found is not None
        return make_user(self.access.session, found, new_user_name(found), NEVER).key_id

    def make_old_key(self) -> str:
        """As another computer did while the service was of version 1."""
        made = self.client("iam").create_access_key(UserName=self.parts()["AppUser"])
        return str(made["AccessKey"]["AccessKeyId"])


def delete_bucket(side: Side, parts: dict[str, str]) -> None:
    side.client("s3").delete_bucket(Bucket=parts["Copies"])


def delete_table(side: Side, parts: dict[str, str]) -> None:
    side.client("dynamodb").delete_table(TableName=parts["Labels"])


def delete_function(side: Side, parts: dict[str, str]) -> None:
    side.client("lambda").delete_function(FunctionName=parts["Labeller"])


def delete_user(side: Side, parts: dict[str, str]) -> None:
    iam, user = side.client("iam"), parts["AppUser"]
    for key in iam.list_access_keys(UserName=user)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=user, AccessKeyId=key["AccessKeyId"])
    iam.delete_user_policy(UserName=user, PolicyName="label")
    iam.delete_user(UserName=user)


def delete_rights(side: Side, parts: dict[str, str]) -> None:
    side.client("iam").delete_role_policy(RoleName=parts["LabellerRole"], PolicyName="label")


def cut_trigger(side: Side, parts: dict[str, str]) -> None:
    side.client("s3").put_bucket_notification_configuration(
        Bucket=parts["Copies"], NotificationConfiguration={}
    )


def forbid_trigger(side: Side, parts: dict[str, str]) -> None:
    functions, name = side.client("lambda"), parts["Labeller"]
    functions.remove_permission(FunctionName=name, StatementId=parts["Trigger"])


def delete_role(side: Side, parts: dict[str, str]) -> None:
    delete_rights(side, parts)
    side.client("iam").delete_role(RoleName=parts["LabellerRole"])


def widen_rights(side: Side, parts: dict[str, str]) -> None:
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
    iam, role = side.client("iam"), parts["LabellerRole"]
    iam.put_role_policy(RoleName=role, PolicyName="label", PolicyDocument=policy)


def delete_users_rights(side: Side, parts: dict[str, str]) -> None:
    side.client("iam").delete_user_policy(UserName=parts["AppUser"], PolicyName="label")


def delete_bucket_policy(side: Side, parts: dict[str, str]) -> None:
    side.client("s3").delete_bucket_policy(Bucket=parts["Copies"])


def widen_bucket_policy(side: Side, parts: dict[str, str]) -> None:
    read = {"Effect": "Allow", "Principal": {"AWS": side.emulator.account}, "Action": "s3:Get*"}
    read |= {"Resource": f"arn:aws:s3:::{parts['Copies']}/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [read]})
    side.client("s3").put_bucket_policy(Bucket=parts["Copies"], Policy=policy)


def delete_retries(side: Side, parts: dict[str, str]) -> None:
    side.client("lambda").delete_function_event_invoke_config(
        FunctionName=parts["Labeller"], Qualifier="$LATEST"
    )


def delete_queue(side: Side, parts: dict[str, str]) -> None:
    side.client("sqs").delete_queue(QueueUrl=parts["Failures"])


def delete_source(side: Side, parts: dict[str, str]) -> None:
    side.client("lambda").delete_event_source_mapping(UUID=parts["FailuresSource"])


def delete_dead_letters(side: Side, parts: dict[str, str]) -> None:
    side.client("sqs").delete_queue(QueueUrl=parts["DeadLetters"])


def delete_log(side: Side, parts: dict[str, str]) -> None:
    side.client("logs").delete_log_group(logGroupName=parts["LabellerLog"])


def rewrite_by_hand(side: Side, parts: dict[str, str]) -> None:
    """Another program in the function, and a second one who may use its role."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr("index.py", "def handle(event, context):\n    return None\n")
    functions, iam = side.client("lambda"), side.client("iam")
    functions.update_function_code(FunctionName=parts["Labeller"], ZipFile=archive.getvalue())
    trust = iam.get_role(RoleName=parts["LabellerRole"])["Role"]["AssumeRolePolicyDocument"]
    everybody = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    iam.update_assume_role_policy(
        RoleName=parts["LabellerRole"],
        PolicyDocument=json.dumps(trust | {"Statement": [*trust["Statement"], everybody]}),
    )


def delete_everything_inside(side: Side, parts: dict[str, str]) -> None:
    for delete in (delete_bucket, delete_table, delete_function, delete_user, delete_queue):
        delete(side, parts)


DAMAGES = (
    delete_bucket,
    delete_table,
    delete_function,
    delete_user,
    delete_rights,
    delete_role,
    widen_rights,
    delete_users_rights,
    delete_bucket_policy,
    widen_bucket_policy,
    cut_trigger,
    forbid_trigger,
    delete_retries,
    delete_queue,
    delete_source,
    delete_dead_letters,
    delete_log,
    delete_everything_inside,
)
