"""What IAM decides: which permissions a call needs, and whether policies give them.

The first half is what the Service Authorization Reference says of the calls that Tagdrop makes; a
call that is not in it raises, so that none is forgotten. The second half evaluates policies as the
IAM User Guide has it under "Policy evaluation logic", for the elements that ours use; any other
raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Parameters = Mapping[str, Any]

S3_ACTIONS = {  # S3 names its permissions by other words than its calls
    "ListBuckets": ["ListAllMyBuckets"],
    "HeadBucket": ["ListBucket"],
    "DeleteBucket": ["DeleteBucket"],
    "ListObjects": ["ListBucket"],
    "ListObjectsV2": ["ListBucket"],
    "ListObjectVersions": ["ListBucketVersions"],
    "ListMultipartUploads": ["ListBucketMultipartUploads"],
    "HeadObject": ["GetObject"],
    "GetObject": ["GetObject"],
    "PutObject": ["PutObject"],
    "DeleteObject": ["DeleteObject"],
    "AbortMultipartUpload": ["AbortMultipartUpload"],
    "GetBucketNotificationConfiguration": ["GetBucketNotification"],
}


@dataclass(frozen=True, slots=True)
class Need:
    """One permission that a call needs: an action on a resource, with IAM's condition keys."""

    action: str
    resource: str
    context: Mapping[str, str] = field(default_factory=dict)


def needs(
    service: str, operation: str, parameters: Parameters, account: str, region: str
) -> list[Need]:
    """The permissions that a call needs, in botocore's words for the call.

    Raises LookupError for a call that nobody has looked up yet.
    """
    if service == "s3":
        return list(_s3(operation, parameters))
    try:
        place, operations = _RESOURCES[service]
    except KeyError:
        raise LookupError(f"which permissions does {service} want? {operation}") from None
    if operation not in operations.split():
        raise LookupError(f"which permission does {service} want for {operation}?")
    prefix = f"arn:aws:{service}:{'' if service == 'iam' else region}:{account}:"
    return [
        Need(f"{service}:{operation}", prefix + name if name else "*") for name in place(parameters)
    ]


def _s3(operation: str, parameters: Parameters) -> Iterator[Need]:
    bucket = f"arn:aws:s3:::{parameters.get('Bucket', '*')}"
    if operation == "DeleteObjects":
        for entry in parameters["Delete"]["Objects"]:  # "you must always specify" DeleteObject
            yield Need("s3:DeleteObject", f"{bucket}/{entry['Key']}")
            if entry.get("VersionId"):
                yield Need("s3:DeleteObjectVersion", f"{bucket}/{entry['Key']}")
        return
    if operation not in S3_ACTIONS:
        raise LookupError(f"which permission does s3 want for {operation}?")
    resource = f"{bucket}/{parameters['Key']}" if "Key" in parameters else bucket
    context = {"s3:prefix": parameters["Prefix"]} if parameters.get("Prefix") is not None else {}
    for action in S3_ACTIONS[operation]:
        yield Need(f"s3:{action}", resource, context)


def _tables(parameters: Parameters) -> list[str]:
    names = [parameters["TableName"]] if "TableName" in parameters else parameters["RequestItems"]
    return [f"table/{name}" for name in names]


def _stack(parameters: Parameters) -> list[str]:
    """For a stack that is named without its id, IAM is asked about stack/<name>/*."""
    name = parameters.get("StackName", "*")
    return [name.split(":", 5)[5] if name.startswith("arn:") else f"stack/{name}/*"]


def _identity(parameters: Parameters) -> list[str]:
    kind = "role" if "RoleName" in parameters else "user"
    return [f"{kind}/{parameters.get('RoleName') or parameters.get('UserName', '*')}"]


_RESOURCES: dict[str, tuple[Callable[[Parameters], list[str]], str]] = {
    # service -> how its resources are found in the parameters, and which calls are known
    "cloudformation": (
        _stack,
        (
            "CreateStack UpdateStack DeleteStack CancelUpdateStack ContinueUpdateRollback"
            " DescribeStacks DescribeStackEvents DescribeStackResources DescribeEvents"
        ),
    ),
    "dynamodb": (_tables, "BatchGetItem GetItem PutItem DeleteItem Scan"),
    "iam": (
        _identity,
        (
            "ListAccessKeys DeleteAccessKey CreateAccessKey ListUsers CreateUser GetUser DeleteUser"
            " PutUserPolicy AttachUserPolicy CreateRole PutRolePolicy"
        ),
    ),
    "sts": (lambda _: [""], "GetCallerIdentity"),
    "rekognition": (lambda _: [""], "DetectLabels"),
}


def allows(policies: Iterable[Mapping[str, Any]], need: Need) -> bool:
    """Whether the policies together allow it: some statement does and none denies."""
    effects = {
        statement["Effect"]
        for policy in policies
        for statement in _statements(policy)
        if _concerns(statement, need)
    }
    return effects == {"Allow"}


def _statements(policy: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = policy["Statement"]
    return [found] if isinstance(found, Mapping) else list(found)


def _concerns(statement: Mapping[str, Any], need: Need) -> bool:
    unknown = set(statement) - {"Sid", "Effect", "Action", "Resource", "Condition"}
    if unknown:
        raise NotImplementedError(f"a statement with {unknown}")
    return (
        any(_matches(p.lower(), need.action.lower()) for p in _list(statement["Action"]))
        and any(_matches(p, need.resource) for p in _list(statement["Resource"]))
        and all(
            _holds(operator, key, _list(values), need.context)
            for operator, keys in statement.get("Condition", {}).items()
            for key, values in keys.items()
        )
    )


def _holds(operator: str, key: str, values: list[str], context: Mapping[str, str]) -> bool:
    plain = operator.removesuffix("IfExists")
    if plain not in ("StringEquals", "StringLike"):
        raise NotImplementedError(f"the operator {operator}")
    if key not in context:
        return plain != operator
    if plain == "StringEquals":
        return context[key] in values
    return any(_matches(value, context[key]) for value in values)


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _matches(pattern: str, value: str) -> bool:
    """IAM's * and ?; a * in the value stands for itself, as in stack/<name>/*."""
    wanted = "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern)
    return re.fullmatch(wanted, value, re.DOTALL) is not None
