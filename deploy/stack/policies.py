"""The three IAM policies, from one list of the calls that each side makes or has made for it.

The app's and the function's policy are put into the template when it is rendered. The set-up
policy is for whoever signs in to set up, update or remove: an owner of the account needs none; an
IT department pastes what `python -m deploy policy` prints into a customer managed policy (IAM >
Policies > Create policy > JSON), since a policy inside a user may have only 2,048 characters.

CloudFormation works in the name of whoever signed in, so that person needs what it calls. Which
calls these are stands in the schema that AWS publishes for each type of resource ("handlers");
tests/aws/test_policies.py compares, and says which ones are left out and why. Whoever may make
functions and their roles can give them any permission: AWS has no narrower way to set one up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Policy = dict[str, Any]
"""A policy document as IAM takes it."""

_READS = re.compile(r"s3:(?:GetBucket|List)|(?!s3:)\w+:(?:Get|List|Describe)")

Side = Literal["app", "function", "setup"]
"""Whose policy: the app's own user, the function's role, whoever signs in to set up."""

DEFAULT_NAME = "tagdrop"
"""The stack's name where nobody chose another."""

SETUP_POLICY_MAX = 6_144
APP_POLICY_MAX = 2_048
"""Characters without white space in a managed policy and in all policies inside one user.

Source: "IAM and STS quotas" in the IAM User Guide.
"""

LONGEST_PREFIX = 24
"""What CloudFormation keeps at least of a long stack's name in the names that it makes."""

CONDITIONS = {"ReadsText": "AlsoText", "FlagsExplicit": "AlsoExplicit"}
"""A condition of template.yaml on which there are permissions -> the parameter that says "yes"."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a permission is limited to.

    `resource` is an ARN in the words of Fn::Sub; `condition` is IAM's, of one operator. `only_if`
    is the template's condition on which there is the permission at all; "": always.
    """

    resource: str
    condition: tuple[str, str, str] | None = None  # operator, key, value
    only_if: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A permission that `side` needs for calls made by `maker`.

    `maker` is "tagdrop" for this program's own calls; otherwise what calls in that side's name: a
    type of resource whose handler CloudFormation runs, or a service.
    """

    side: Side
    maker: str
    action: str
    place: Place


ANYWHERE = Place("*")
BUCKET = "arn:${AWS::Partition}:s3:::${BucketName}"
IMAGES = Place(BUCKET + "/images/*")
# The condition's "if exists" is for a request for one copy, which has no prefix: who may list gets
# "not found" for a missing copy, anybody else "access denied".
LIST = Place(BUCKET, ("StringLikeIfExists", "s3:prefix", "images/*"))
TABLE = Place("${Labels.Arn}")
# Who may delete the month's counter could spend without a limit.
ANSWERS = Place(TABLE.resource, ("ForAllValues:StringNotLike", "dynamodb:LeadingKeys", "spent-*/"))
LOG = Place("${LabellerLog.Arn}")
FAILURES = Place("${Failures.Arn}")
STACK = Place(
    "arn:${AWS::Partition}:cloudformation:${AWS::Region}:${AWS::AccountId}:stack/${AWS::StackName}/*"
)
# What AWS's own policy SignInLocalDevelopmentAccess gives: for a browser that comes back by itself
# (localhost), and for a code that is pasted (remote).
SIGN_IN = Place("arn:${AWS::Partition}:signin:*:${AWS::AccountId}:oauth2/public-client/*")

# What the set-up makes. Buckets have names of their own (stack.py); CloudFormation names the rest.
BUCKETS = Place("arn:${AWS::Partition}:s3:::tagdrop-*${AWS::AccountId}-*")
OBJECTS = Place(BUCKETS.resource + "/*")
TABLES = Place("arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Made}")
FUNCTIONS = Place("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Made}")
LOGS = Place("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Made}")
QUEUES = Place("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Made}")
ROLES = Place("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Made}")
USERS = Place("arn:${AWS::Partition}:iam::${AWS::AccountId}:user/${Made}")
POLICIES = Place("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/${Made}")
# Beside the stack: a user for each computer (users_path), with the stack's policy and no other.
COMPUTERS = Place(
    "arn:${AWS::Partition}:iam::${AWS::AccountId}:user/tagdrop/${AWS::Region}/*/${Made}"
)
ATTACHED = Place(COMPUTERS.resource, ("ArnLike", "iam:PolicyARN", POLICIES.resource))
ALARMS = Place("arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${Made}")
TOPICS = Place("arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Made}")
BUDGETS = Place("arn:${AWS::Partition}:budgets::${AWS::AccountId}:budget/${Made}")
BILLS = Place("arn:${AWS::Partition}:billing::${AWS::AccountId}:billingview/*")
# AWS names these by a random number.
SOURCES = Place(
    "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:event-source-mapping:*"
)
FEEDING = Place("*", ("ArnLike", "lambda:FunctionArn", FUNCTIONS.resource))
PASSED = Place(ROLES.resource, ("StringEquals", "iam:PassedToService", "lambda.amazonaws.com"))


def _calls(side: Side, maker: str, place: Place, service: str, names: str) -> Iterator[Call]:
    for name in names.split():
        yield Call(side, maker, f"{service}:{name}", place)


CALLS: tuple[Call, ...] = (
    # The app: puts copies, reads labels, takes both back, and cannot do anything else.
    *_calls(
        "app", "tagdrop", IMAGES, "s3", "PutObject GetObject DeleteObject AbortMultipartUpload"
    ),
    *_calls("app", "tagdrop", LIST, "s3", "ListBucket"),
    *_calls("app", "tagdrop", TABLE, "dynamodb", "BatchGetItem GetItem"),
    *_calls("app", "tagdrop", ANSWERS, "dynamodb", "DeleteItem"),
    *_calls("app", "tagdrop", STACK, "cloudformation", "DescribeStacks"),
    *_calls("app", "tagdrop", ANYWHERE, "sts", "GetCallerIdentity"),
    # The function. Rekognition reads the copy in its name, Lambda keeps its log and its failures,
    # and gives it those again.
    # No CreateLogGroup: a late function must not bring a removed group back.
    *_calls("function", "Rekognition", IMAGES, "s3", "GetObject"),
    *_calls("function", "tagdrop", ANYWHERE, "rekognition", "DetectLabels"),  # knows no narrower
    *_calls("function", "tagdrop", Place("*", only_if="ReadsText"), "rekognition", "DetectText"),
    *_calls(
        "function",
        "tagdrop",
        Place("*", only_if="FlagsExplicit"),
        "rekognition",
        "DetectModerationLabels",
    ),
    *_calls("function", "tagdrop", TABLE, "dynamodb", "GetItem PutItem UpdateItem"),
    *_calls("function", "tagdrop", FAILURES, "sqs", "SendMessage"),
    *_calls("function", "Lambda", LOG, "logs", "CreateLogStream PutLogEvents"),
    *_calls(
        "function",
        "Lambda",
        FAILURES,
        "sqs",
        "SendMessage ReceiveMessage DeleteMessage GetQueueAttributes",
    ),
    # Whoever signs in, by the browser too: this program sets up, looks, mends, makes keys, removes.
    *_calls("setup", "Sign-in", SIGN_IN, "signin", "AuthorizeOAuth2Access CreateOAuth2Token"),
    *_calls(
        "setup",
        "tagdrop",
        STACK,
        "cloudformation",
        "CreateStack UpdateStack DeleteStack CancelUpdateStack ContinueUpdateRollback RollbackStack"
        " DescribeStacks DescribeStackEvents DescribeStackResources DescribeEvents",
    ),
    *_calls("setup", "tagdrop", ANYWHERE, "sts", "GetCallerIdentity"),
    *_calls(
        "setup",
        "tagdrop",
        BUCKETS,
        "s3",
        "ListBucket ListBucketVersions ListBucketMultipartUploads GetBucketNotification"
        " GetBucketPolicy",
    ),
    *_calls(
        "setup", "tagdrop", OBJECTS, "s3", "DeleteObject DeleteObjectVersion AbortMultipartUpload"
    ),
    *_calls("setup", "tagdrop", TABLES, "dynamodb", "DescribeTable Scan PutItem"),
    *_calls(
        "setup",
        "tagdrop",
        FUNCTIONS,
        "lambda",
        "GetFunction GetPolicy GetFunctionEventInvokeConfig",
    ),
    *_calls("setup", "tagdrop", SOURCES, "lambda", "GetEventSourceMapping"),
    *_calls("setup", "tagdrop", ROLES, "iam", "GetRole GetRolePolicy"),
    *_calls(
        "setup",
        "tagdrop",
        USERS,
        "iam",
        "GetUser GetUserPolicy ListAccessKeys DeleteAccessKey",
    ),
    *_calls("setup", "tagdrop", POLICIES, "iam", "GetPolicy GetPolicyVersion"),
    *_calls("setup", "tagdrop", ANYWHERE, "iam", "ListUsers"),  # knows no narrower
    *_calls(
        "setup",
        "tagdrop",
        COMPUTERS,
        "iam",
        "CreateUser TagUser DeleteUser ListAccessKeys CreateAccessKey DeleteAccessKey"
        " ListAttachedUserPolicies DetachUserPolicy",
    ),
    *_calls("setup", "tagdrop", ATTACHED, "iam", "AttachUserPolicy"),
    *_calls(
        "setup",
        "tagdrop",
        QUEUES,
        "sqs",
        "GetQueueAttributes ReceiveMessage SendMessage DeleteMessage",
    ),
    *_calls("setup", "tagdrop", ANYWHERE, "logs", "DescribeLogGroups"),
    *_calls(
        "setup",
        "tagdrop",
        ANYWHERE,
        "servicequotas",
        "ListServiceQuotas ListAWSDefaultServiceQuotas",
    ),
    *_calls("setup", "tagdrop", ANYWHERE, "freetier", "GetAccountPlanState GetFreeTierUsage"),
    *_calls("setup", "tagdrop", ANYWHERE, "pricing", "GetProducts"),
    # The same, CloudFormation in its name.
    *_calls(
        "setup",
        "AWS::S3::Bucket",
        BUCKETS,
        "s3",
        "CreateBucket DeleteBucket ListBucket PutBucketNotification PutBucketOwnershipControls"
        " PutBucketPublicAccessBlock PutEncryptionConfiguration PutLifecycleConfiguration"
        " PutBucketTagging TagResource UntagResource ListTagsForResource"
        " GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl"
        " GetBucketCORS GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification"
        " GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPublicAccessBlock"
        " GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration"
        " GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration"
        " GetMetricsConfiguration GetReplicationConfiguration",
    ),
    *_calls(
        "setup",
        "AWS::S3::BucketPolicy",
        BUCKETS,
        "s3",
        "GetBucketPolicy PutBucketPolicy DeleteBucketPolicy",
    ),
    *_calls(
        "setup",
        "AWS::DynamoDB::Table",
        TABLES,
        "dynamodb",
        "CreateTable DeleteTable DescribeTable UpdateTable DescribeContinuousBackups"
        " DescribeContributorInsights DescribeKinesisStreamingDestination DescribeTimeToLive"
        " UpdateTimeToLive GetResourcePolicy ListTagsOfResource TagResource UntagResource",
    ),
    *_calls(
        "setup",
        "AWS::Lambda::Function",
        FUNCTIONS,
        "lambda",
        "CreateFunction DeleteFunction GetFunction UpdateFunctionCode UpdateFunctionConfiguration"
        " GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetFunctionScalingConfig"
        " GetRuntimeManagementConfig TagResource UntagResource ListTags",
    ),
    *_calls("setup", "AWS::Lambda::Function", PASSED, "iam", "PassRole"),
    *_calls(
        "setup",
        "AWS::Lambda::EventInvokeConfig",
        FUNCTIONS,
        "lambda",
        "GetFunctionEventInvokeConfig PutFunctionEventInvokeConfig"
        " UpdateFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig",
    ),
    *_calls(
        "setup",
        "AWS::Lambda::EventSourceMapping",
        SOURCES,
        "lambda",
        "GetEventSourceMapping ListTags TagResource UntagResource",
    ),
    *_calls(
        "setup",
        "AWS::Lambda::EventSourceMapping",
        FEEDING,
        "lambda",
        "CreateEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping",
    ),
    *_calls(
        "setup",
        "AWS::Lambda::Permission",
        FUNCTIONS,
        "lambda",
        "AddPermission RemovePermission GetPolicy",
    ),
    *_calls(
        "setup",
        "AWS::Logs::LogGroup",
        LOGS,
        "logs",
        "CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy"
        " GetDataProtectionPolicy TagResource UntagResource ListTagsForResource",
    ),
    *_calls(  # these know no narrower place
        "setup",
        "AWS::Logs::LogGroup",
        ANYWHERE,
        "logs",
        "DescribeLogGroups DescribeIndexPolicies DescribeResourcePolicies",
    ),
    *_calls(
        "setup",
        "AWS::SQS::Queue",
        QUEUES,
        "sqs",
        "CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl SetQueueAttributes"
        " ListQueueTags TagQueue UntagQueue",
    ),
    *_calls(
        "setup",
        "AWS::CloudWatch::Alarm",
        ALARMS,
        "cloudwatch",
        "PutMetricAlarm DescribeAlarms DeleteAlarms ListTagsForResource TagResource UntagResource",
    ),
    *_calls(
        "setup",
        "AWS::SNS::Topic",
        TOPICS,
        "sns",
        "CreateTopic DeleteTopic Subscribe Unsubscribe GetTopicAttributes SetTopicAttributes"
        " ListSubscriptionsByTopic GetDataProtectionPolicy ListTagsForResource TagResource"
        " UntagResource",
    ),
    *_calls(
        "setup",
        "AWS::Budgets::Budget",
        BUDGETS,
        "budgets",
        "ModifyBudget ViewBudget ListTagsForResource TagResource UntagResource",
    ),
    *_calls("setup", "AWS::Budgets::Budget", BILLS, "billing", "GetBillingViewData"),
    *_calls(
        "setup",
        "AWS::IAM::Role",
        ROLES,
        "iam",
        "CreateRole DeleteRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy"
        " GetRolePolicy PutRolePolicy DeleteRolePolicy ListRolePolicies ListAttachedRolePolicies"
        " PutRolePermissionsBoundary DeleteRolePermissionsBoundary"
        " TagRole UntagRole ListRoleTags",
    ),
    *_calls(
        "setup",
        "AWS::IAM::User",
        USERS,
        "iam",
        "CreateUser DeleteUser GetUser UpdateUser GetUserPolicy PutUserPolicy DeleteUserPolicy"
        " PutUserPermissionsBoundary DeleteUserPermissionsBoundary"
        " ListUserPolicies ListAttachedUserPolicies ListGroupsForUser GetLoginProfile"
        " DeleteLoginProfile ListAccessKeys DeleteAccessKey TagUser UntagUser ListUserTags",
    ),
    *_calls(
        "setup",
        "AWS::IAM::ManagedPolicy",
        POLICIES,
        "iam",
        "CreatePolicy DeletePolicy GetPolicy GetPolicyVersion ListPolicyVersions"
        " CreatePolicyVersion DeletePolicyVersion ListEntitiesForPolicy",
    ),
)


def users_path(region: str, stack: str) -> str:
    """The path of a service's users in IAM, which knows all of an account's regions."""
    return f"/tagdrop/{region}/{stack}/"


def app_policy() -> Policy:
    """What the app's own user may do; resources in the words of the template."""
    return _document("app", _for_template)


def function_policy() -> Policy:
    """What the function's role may do; resources in the words of the template."""
    return _document("function", _for_template)


def trust_policy() -> Policy:
    """Who may be the function's role: Lambda alone."""
    lambda_may = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    return {"Version": "2012-10-17", "Statement": [lambda_may]}


def setup_policy(stack: str, *, account: str = "*", region: str = "*") -> Policy:
    """What somebody who does not own the account needs to set up, update and remove `stack`.

    `account` is its 12 digits, `region` its code; open, they allow the same in any region of the
    account that the policy is put into.
    """
    made = f"{stack}-*" if len(stack) <= LONGEST_PREFIX else f"{stack[:LONGEST_PREFIX]}*"
    values = {
        "AWS::Partition": "aws",
        "AWS::AccountId": account,
        "AWS::Region": region,
        "AWS::StackName": stack,
        "Made": made,
    }
    return _document("setup", lambda resource: fill(resource, values))


def fill(resource: str, values: Mapping[str, str]) -> str:
    """Put values into the places that Fn::Sub fills: `${AWS::Region}`."""
    return re.sub(r"\$\{([\w:.]+)\}", lambda name: values[name[1]], resource)


def _for_template(resource: str) -> Any:
    return {"Fn::Sub": resource} if "${" in resource else resource


def _document(side: Side, write: Callable[[str], Any]) -> Policy:
    """One statement a place, in the list's order."""
    actions: dict[Place, dict[str, None]] = {}
    for call in CALLS:
        if call.side == side:
            actions.setdefault(call.place, {})[call.action] = None
    statements = []
    for place, allowed in actions.items():
        brief = side == "setup" and place.resource != "*"
        statement: dict[str, Any] = {
            "Effect": "Allow",
            "Action": _shorten(allowed) if brief else list(allowed),
            "Resource": write(place.resource),
        }
        if place.condition:
            operator, key, value = place.condition
            statement["Condition"] = {operator: {key: write(value)}}
        if place.only_if:
            statement = {"Fn::If": [place.only_if, statement, {"Ref": "AWS::NoValue"}]}
        statements.append(statement)
    return {"Version": "2012-10-17", "Statement": statements}


def _shorten(actions: Iterable[str]) -> list[str]:
    """Several readings of one place as all of that verb: listed singly, they pass IAM's limit."""
    patterns = {action: _pattern(action) for action in actions}
    several = Counter(patterns.values())
    return list(dict.fromkeys(p if several[p] > 1 else action for action, p in patterns.items()))


def _pattern(action: str) -> str:
    """What stands for this reading and its like; nothing that would read a copy in a bucket."""
    if action.startswith("s3:Get") and action.endswith("Configuration"):
        return "s3:Get*Configuration"
    verb = _READS.match(action)
    return f"{verb[0]}*" if verb else action
