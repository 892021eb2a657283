"""All that is in the emulator's account, of every kind that a set-up makes."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.stack.policies import users_path

from .controls import Emulator


def everything(emulator: Emulator) -> set[str]:
    """The kind and name of each thing."""
    return set(_everything(emulator))


def _everything(emulator: Emulator) -> Iterator[str]:
    def names(kind: str, things: list[dict[str, str]], name: str) -> Iterator[str]:
        yield from (f"{kind} {thing[name]}" for thing in things)

    s3, iam, sqs = (emulator.client(service) for service in ("s3", "iam", "sqs"))
    functions, tables = emulator.client("lambda"), emulator.client("dynamodb")
    logs, cloudformation = emulator.client("logs"), emulator.client("cloudformation")
    users = iam.list_users()["Users"]
    yield from names("bucket", s3.list_buckets()["Buckets"], "Name")
    yield from (f"table {name}" for name in tables.list_tables()["TableNames"])
    yield from names("function", functions.list_functions()["Functions"], "FunctionName")
    yield from names("role", iam.list_roles()["Roles"], "RoleName")
    yield from names("user", users, "UserName")
    for user in users:
        keys = iam.list_access_keys(UserName=user["UserName"])["AccessKeyMetadata"]
        yield from names("key", keys, "AccessKeyId")
    yield from names("policy", iam.list_policies(Scope="Local")["Policies"], "PolicyName")
    yield from (f"queue {url}" for url in sqs.list_queues().get("QueueUrls", ()))
    yield from names("log", logs.describe_log_groups()["logGroups"], "logGroupName")
    yield from names("stack", cloudformation.describe_stacks()["Stacks"], "StackName")


def users_of(emulator: Emulator, stack: str) -> list[str]:
    """The users of a service: the one that computers of version 1 share, then one for each."""
    cloudformation = emulator.client("cloudformation")
    parts = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    shared = [p["PhysicalResourceId"] for p in parts if p["LogicalResourceId"] == "AppUser"]
    path = users_path(emulator.region, stack)
    own = emulator.client("iam").list_users(PathPrefix=path)["Users"]
    return [*shared, *(user["UserName"] for user in own)]


def keys_of(emulator: Emulator, stack: str) -> dict[str, str]:
    """Key id -> user, of all of a service's keys."""
    iam = emulator.client("iam")
    return {
        key["AccessKeyId"]: user
        for user in users_of(emulator, stack)
        for key in iam.list_access_keys(UserName=user)["AccessKeyMetadata"]
    }
