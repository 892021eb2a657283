"""The users of a service in IAM, one for each computer, each with one key: list, make, delete.

They stand beside the stack, so that another computer changes nothing of it: what they may do is the
stack's policy AppPolicy, which an update keeps true for all of them. Their path in IAM names the
service. A service of version 1 has one user for all, AppUser; the keys that this one has go on.
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from boto3 import Session
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, code_of
from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, Cancelled
from desktop.core.texts import Text

from ..sign_in.access import CONFIG
from ..stack.policies import LONGEST_PREFIX, users_path
from ..stack.stack_events import StackState

if TYPE_CHECKING:
    from types_boto3_iam import IAMClient


LIST = Text("look at the app's keys")
MAKE = Text("create a key for the app")
DELETE = Text("delete one of the app's keys")

KNOWN_TRIES, KNOWN_PAUSE_S = 10, 1.0
"""IAM may take some seconds until every part of it knows a new user."""


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key as IAM lists it, with the user it belongs to: never its secret."""

    user: str
    key_id: str
    is_active: bool
    made_at: datetime


def list_keys(session: Session, service: StackState) -> list[KeyEntry]:
    """The keys of all computers, oldest first."""
    with aws_errors(LIST):
        iam = session.client("iam", config=CONFIG)
        users = list_users(session, service)
        if service.app_user:
            users.append(service.app_user)
        found = [entry for user in users for entry in _keys(iam, user)]
    return sorted(found, key=lambda entry: entry.made_at)


def list_users(session: Session, service: StackState) -> list[str]:
    """The names of the computers' users, also of one that has got no key."""
    if "WithUser" not in service.parameters:  # of version 1
        return []
    with aws_errors(LIST):
        pages = (
            session.client("iam", config=CONFIG)
            .get_paginator("list_users")
            .paginate(PathPrefix=users_path(service.region, service.name))
        )
        return [user["UserName"] for page in pages for user in page["Users"]]


def new_user_name(service: StackState) -> str:
    """A name that no user has; IAM allows 64 characters."""
    return f"{service.name[:LONGEST_PREFIX]}-{uuid.uuid4().hex[:12]}"


def make_user(
    session: Session, service: StackState, name: str, cancel: threading.Event
) -> AccessKey:
    """A user of this name and its key; the only moment at which the secret can be had.

    Where it fails, no user stays, unless the network is gone. Raises AppError, or Cancelled.
    """
    with aws_errors(MAKE):
        iam = session.client("iam", config=CONFIG)
        boundary = service.parameters.get("PermissionsBoundary", "")
        iam.create_user(
            UserName=name,
            Path=users_path(service.region, service.name),
            Tags=[{"Key": key, "Value": value} for key, value in service.tags.items()],
            **({"PermissionsBoundary": boundary} if boundary else {}),
        )
        try:
            policy = service.outputs["AppPolicy"]
            _when_known(lambda: iam.attach_user_policy(UserName=name, PolicyArn=policy), cancel)
            made = iam.create_access_key(UserName=name)["AccessKey"]
        except (ClientError, Cancelled):
            with contextlib.suppress(AppError):  # the first failure is what is told
                delete_user(session, name)
            raise
    return AccessKey(made["AccessKeyId"], made["SecretAccessKey"])


def give_rights(session: Session, service: StackState) -> None:
    """Attach the stack's policy to the users that lack it, as after it was lost and made again."""
    with aws_errors(MAKE):
        iam = session.client("iam", config=CONFIG)
        policy = service.outputs["AppPolicy"]
        for user in list_users(session, service):
            attached = iam.list_attached_user_policies(UserName=user)["AttachedPolicies"]
            if policy not in [each["PolicyArn"] for each in attached]:
                iam.attach_user_policy(UserName=user, PolicyArn=policy)


def delete_user(session: Session, name: str) -> None:
    """Delete a computer's user with its key. That it is gone already is a success."""
    with aws_errors(DELETE), _gone_is_fine():
        iam = session.client("iam", config=CONFIG)
        for entry in _keys(iam, name):
            with _gone_is_fine():
                iam.delete_access_key(UserName=name, AccessKeyId=entry.key_id)
        attached = iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]
        for policy in attached:
            with _gone_is_fine():
                iam.detach_user_policy(UserName=name, PolicyArn=policy["PolicyArn"])
        iam.delete_user(UserName=name)


def delete_key(session: Session, service: StackState, entry: KeyEntry) -> None:
    """End a key, with the user that has it alone. That it is gone already is a success."""
    if entry.user != service.app_user:
        delete_user(session, entry.user)
        return
    with aws_errors(DELETE), _gone_is_fine():
        session.client("iam", config=CONFIG).delete_access_key(
            UserName=entry.user, AccessKeyId=entry.key_id
        )


def _keys(iam: IAMClient, user: str) -> list[KeyEntry]:
    pages = iam.get_paginator("list_access_keys").paginate(UserName=user)
    return [
        KeyEntry(user, key["AccessKeyId"], key["Status"] == "Active", key["CreateDate"])
        for page in pages
        for key in page["AccessKeyMetadata"]
    ]


def _when_known(call: Callable[[], object], cancel: threading.Event) -> None:
    """Make the call again for as long as IAM does not know the new user."""
    for left in reversed(range(KNOWN_TRIES)):
        try:
            call()
            return
        except ClientError as error:
            if code_of(error) != "NoSuchEntity" or not left:
                raise
        if cancel.wait(KNOWN_PAUSE_S):
            raise Cancelled


@contextlib.contextmanager
def _gone_is_fine() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if code_of(error) != "NoSuchEntity":
            raise
