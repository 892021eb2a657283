"""What IAM decides: which permissions a call needs, and whether policies give them.

The first half is what the Service Authorization Reference says of the calls that Tagdrop makes; a
call that is not in it raises, so that none is forgotten. The second half evaluates policies as the
IAM User Guide has it under "Policy evaluation logic", for the elements that ours use; any other
raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

Parameters = Mapping[str, Any]

_PARTITION_KEY = "ImageName"

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
    "GetBucketPolicy": ["GetBucketPolicy"],
}


@dataclass(slots=True)
class AwsCall:
    """One call in botocore's words; `key_id` is empty when nothing was signed."""

    service: str
    operation: str
    parameters: Parameters
    key_id: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One permission that a call needs: an action on a resource, with IAM's condition keys.

    The value of a key is a text, or several.
    """

    action: str
    resource: str
    context: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


def needs(
    call: AwsCall, account: str, region: str, paths: Mapping[str, str] | None = None
) -> list[Need]:
    """The permissions that a call needs. `paths` tells a user's path where it is not "/": by name.

    Raises LookupError for a call that nobody has looked up yet.
    """
    if call.service == "s3":
        return list(_s3(call.operation, call.parameters))
    prefix, find, operations = _RESOURCES.get(call.service, ("", _anything, ""))
    if call.operation not in operations.split():
        raise LookupError(f"which permission does {call.service} want for {call.operation}?")
    arn = f"arn:aws:{prefix}:{'' if prefix == 'iam' else region}:{account}:"
    parameters = dict(call.parameters)
    if (name := parameters.get("UserName")) in (paths or {}):
        parameters["Path"] = (paths or {})[name]
    return [
        need
        for name in find(parameters)
        for need in _needs(f"{prefix}:{call.operation}", arn + name if name else "*", parameters)
    ]


def _needs(action: str, resource: str, parameters: Parameters) -> Iterator[Need]:
    """The call's own permission, and those that some of its parameters need besides."""
    context: dict[str, str | list[str]] = {}
    if action.startswith("dynamodb:") and (keys := leading_keys(parameters)):
        context = {"dynamodb:LeadingKeys": keys}
    if action == "iam:AttachUserPolicy":
        context = {"iam:PolicyARN": parameters["PolicyArn"]}
    yield Need(action, resource, context)
    if action == "iam:CreateUser" and parameters.get("Tags"):
        yield Need("iam:TagUser", resource)


def leading_keys(parameters: Parameters) -> list[str]:
    """The partition keys that a call to the table of labels is about."""
    asked = [parameters.get("Key", {}), parameters.get("Item", {})]
    for request in parameters.get("RequestItems", {}).values():
        if isinstance(request, Mapping):
            asked += request.get("Keys", ())
        else:  # to be written
            asked += [entry["PutRequest"]["Item"] for entry in request]
    keys = [entry[_PARTITION_KEY] for entry in asked if _PARTITION_KEY in entry]
    return [key["S"] if isinstance(key, Mapping) else key for key in keys]


def _s3(operation: str, parameters: Parameters) -> Iterator[Need]:
    bucket = f"arn:aws:s3:::{parameters.get('Bucket', '*')}"
    if operation == "DeleteObjects":
        for entry in parameters["Delete"]["Objects"]:  # "you must always specify" DeleteObject
            yield Need("s3:DeleteObject", f"{bucket}/{entry['Key']}")
            if entry.get("VersionId"):
                yield Need("s3:DeleteObjectVersion", f"{bucket}/{entry['Key']}")
        return
    if operation == "CopyObject":
        source = parameters["CopySource"]
        if isinstance(source, Mapping):
            source = f"{source['Bucket']}/{source['Key']}"
        yield Need("s3:GetObject", f"arn:aws:s3:::{unquote(source)}")
        yield Need("s3:PutObject", f"{bucket}/{parameters['Key']}")
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
    if "RoleName" in parameters:
        return [f"role/{parameters['RoleName']}"]
    if "PolicyArn" in parameters and "UserName" not in parameters:
        return [parameters["PolicyArn"].split(":", 5)[5]]
    if "UserName" not in parameters:  # ListUsers
        return [""]
    return [f"user{parameters.get('Path', '/')}{parameters['UserName']}"]


def _function(parameters: Parameters) -> list[str]:
    if "UUID" in parameters:
        return [f"event-source-mapping:{parameters['UUID']}"]
    return [f"function:{parameters['FunctionName']}"]


def _queue(parameters: Parameters) -> list[str]:
    return [parameters["QueueUrl"].rpartition("/")[2]]


def _anything(_: Parameters) -> list[str]:
    return [""]


_RESOURCES: dict[str, tuple[str, Callable[[Parameters], list[str]], str]] = {
    # service -> IAM's name of it, how its resources are found, and which calls are known
    "cloudformation": (
        "cloudformation",
        _stack,
        (
            "CreateStack UpdateStack DeleteStack CancelUpdateStack ContinueUpdateRollback"
            " RollbackStack DescribeStacks DescribeStackEvents DescribeStackResources"
            " DescribeEvents"
        ),
    ),
    "dynamodb": (
        "dynamodb",
        _tables,
        "BatchGetItem GetItem PutItem UpdateItem DeleteItem Scan DescribeTable",
    ),
    "freetier": ("freetier", _anything, "GetAccountPlanState GetFreeTierUsage"),
    "iam": (
        "iam",
        _identity,
        (
            "ListAccessKeys DeleteAccessKey CreateAccessKey ListUsers GetUser CreateUser DeleteUser"
            " AttachUserPolicy DetachUserPolicy ListAttachedUserPolicies GetPolicy GetPolicyVersion"
            " GetUserPolicy PutUserPolicy GetRole GetRolePolicy"
        ),
    ),
    "lambda": (
        "lambda",
        _function,
        "GetFunction GetPolicy GetFunctionEventInvokeConfig GetEventSourceMapping",
    ),
    "logs": ("logs", _anything, "DescribeLogGroups"),
    "pricing": ("pricing", _anything, "GetProducts"),
    "rekognition": ("rekognition", _anything, "DetectLabels DetectText DetectModerationLabels"),
    "service-quotas": (
        "servicequotas",
        _anything,
        "ListServiceQuotas ListAWSDefaultServiceQuotas",
    ),
    "sqs": (
        "sqs",
        _queue,
        "GetQueueAttributes ReceiveMessage SendMessage DeleteMessage",
    ),
    "sts": ("sts", _anything, "GetCallerIdentity"),
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


def _holds(
    operator: str, key: str, values: list[str], context: Mapping[str, str | Sequence[str]]
) -> bool:
    plain = operator.removesuffix("IfExists").removeprefix("ForAllValues:")
    if plain not in _COMPARE:
        raise NotImplementedError(f"the operator {operator}")
    if key not in context:
        return plain != operator  # "if exists", and "for all values" of none
    return all(_COMPARE[plain](values, asked) for asked in _list(context[key]))


_COMPARE: dict[str, Callable[[list[str], str], bool]] = {
    "StringEquals": lambda values, asked: asked in values,
    "StringLike": lambda values, asked: any(_matches(value, asked) for value in values),
    "StringNotLike": lambda values, asked: not any(_matches(value, asked) for value in values),
    "ArnLike": lambda values, asked: any(_matches(value, asked) for value in values),
}


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _matches(pattern: str, value: str) -> bool:
    """IAM's * and ?; a * in the value stands for itself, as in stack/<name>/*."""
    wanted = "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern)
    return re.fullmatch(wanted, value, re.DOTALL) is not None
