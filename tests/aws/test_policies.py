"""The three policies as documents: exactly what they should be, within AWS's limits and words."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cfnlint.decode import cfn_yaml
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from deploy.stack import policies
from deploy.stack.policies import CALLS, Policy, app_policy, fill, function_policy, setup_policy
from deploy.stack.render import render_template
from tests.rig.aws.authorization import Need, allows
from tests.rig.processes import run_python

ACCOUNT, REGION, STACK = "123456789012", "eu-central-1", "tagdrop"
BUCKET = f"tagdrop-{ACCOUNT}-{REGION}-0a1b2c3d"
TABLE = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/tagdrop-Labels-1A2B"
STACK_ARN = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/*"
VALUES = {
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::StackName": STACK,
    "BucketName": BUCKET,
    "Labels.Arn": TABLE,
    "LabellerLog.Arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:tagdrop-LabellerLog-1A2B:*",
    "Failures.Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:tagdrop-Failures-1A2B",
}

RESOURCES = list(cfn_yaml.loads(render_template().body)["Resources"].values())
KINDS = sorted({resource["Type"] for resource in RESOURCES})

# What handlers may call besides, for properties that the template does not use (type -> property ->
# permissions), and "": what they never call for us, whatever the schema says.
LEFT_OUT = {
    "AWS::S3::Bucket": {
        "AbacStatus": "s3:PutBucketAbac",
        "AccelerateConfiguration": "s3:PutAccelerateConfiguration",
        "AccessControl": "s3:PutBucketAcl s3:PutObjectAcl",
        "AnalyticsConfigurations": (
            "s3:PutAnalyticsConfiguration s3:DeleteBucketAnalyticsConfiguration"
        ),
        "CorsConfiguration": "s3:PutBucketCORS s3:DeleteBucketCors",
        "IntelligentTieringConfigurations": "s3:PutIntelligentTieringConfiguration",
        "InventoryConfigurations": "s3:PutInventoryConfiguration",
        "LoggingConfiguration": "s3:PutBucketLogging",
        "MetadataTableConfiguration": (
            "s3:CreateBucketMetadataTableConfiguration s3:DeleteBucketMetadataTableConfiguration"
            " s3tables:CreateNamespace s3tables:CreateTable s3tables:CreateTableBucket"
            " s3tables:GetTable s3tables:PutTableBucketPolicy s3tables:PutTableEncryption"
            " s3tables:PutTablePolicy s3tables:GetTableMetadataLocation"
            " s3tables:UpdateTableMetadataLocation"
        ),
        "MetadataConfiguration": (
            "s3:UpdateBucketMetadataJournalTableConfiguration"
            " s3:UpdateBucketMetadataInventoryTableConfiguration"
            " s3:UpdateBucketMetadataAnnotationTableConfiguration"
        ),
        "MetricsConfigurations": "s3:PutMetricsConfiguration s3:DeleteBucketMetricsConfiguration",
        "ObjectLockConfiguration": (
            "s3:PutBucketObjectLockConfiguration s3:PutObjectLockConfiguration"
        ),
        "ReplicationConfiguration": (
            "s3:PutBucketReplication s3:PutReplicationConfiguration s3:DeleteBucketReplication"
            " iam:PassRole"
        ),
        "VersioningConfiguration": "s3:PutBucketVersioning",
        "WebsiteConfiguration": "s3:PutBucketWebsite s3:DeleteBucketWebsite",
        # IAM knows the first three as PutEncryptionConfiguration, PutLifecycleConfiguration and
        # PutBucketTagging; and CloudFormation deletes no object of ours: a full bucket stays.
        "": (
            "s3:DeleteBucketEncryption s3:DeleteBucketLifecycle s3:DeleteBucketTagging"
            " s3:DeleteObject"
        ),
    },
    "AWS::DynamoDB::Table": {
        "ContributorInsightsSpecification": "dynamodb:UpdateContributorInsights",
        "ImportSourceSpecification": (
            "dynamodb:DescribeImport dynamodb:ImportTable s3:GetObject s3:GetObjectMetadata"
            " s3:ListBucket logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogGroups"
            " logs:DescribeLogStreams logs:PutLogEvents logs:PutRetentionPolicy"
        ),
        "KinesisStreamSpecification": (
            "dynamodb:EnableKinesisStreamingDestination dynamodb:DisableKinesisStreamingDestination"
            " dynamodb:UpdateKinesisStreamingDestination kinesis:DescribeStream kinesis:PutRecords"
            " iam:CreateServiceLinkedRole"
        ),
        "PointInTimeRecoverySpecification": "dynamodb:UpdateContinuousBackups",
        "ResourcePolicy": "dynamodb:PutResourcePolicy dynamodb:DeleteResourcePolicy",
        "SSESpecification": (
            "kms:CreateGrant kms:Decrypt kms:DescribeKey kms:ListAliases kms:Encrypt"
            " kms:RevokeGrant"
        ),
        "": (  # replicas in other regions
            "dynamodb:CreateTableReplica dynamodb:AssociateTableReplica dynamodb:Scan"
            " dynamodb:Query dynamodb:UpdateItem dynamodb:PutItem dynamodb:GetItem"
            " dynamodb:DeleteItem dynamodb:BatchWriteItem"
        ),
    },
    "AWS::Lambda::Function": {
        "CapacityProviderConfig": "lambda:PassCapacityProvider",
        "CodeSigningConfigArn": (
            "lambda:GetCodeSigningConfig lambda:PutFunctionCodeSigningConfig"
            " lambda:DeleteFunctionCodeSigningConfig"
        ),
        "FileSystemConfigs": "elasticfilesystem:DescribeMountTargets s3files:ListMountTargets",
        "FunctionScalingConfig": "lambda:PutFunctionScalingConfig",
        "KmsKeyArn": (
            "kms:CreateGrant kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey"
        ),
        "Layers": "lambda:GetLayerVersion",
        "PublishToLatestPublished": "lambda:PublishVersion",
        "RecursiveLoop": "lambda:PutFunctionRecursionConfig",
        "ReservedConcurrentExecutions": (
            "lambda:PutFunctionConcurrency lambda:DeleteFunctionConcurrency"
        ),
        "RuntimeManagementConfig": (
            "lambda:PutRuntimeManagementConfig lambda:AssociateRuntimeAlias"
        ),
        "VpcConfig": (
            "ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs"
            " ec2:DescribeNetworkInterfaces"
        ),
        "": "s3:GetObject s3:GetObjectVersion",  # the source is in the template itself
    },
    "AWS::Logs::LogGroup": {
        "BearerTokenAuthenticationEnabled": "logs:PutBearerTokenAuthentication",
        "DataProtectionPolicy": (
            "logs:PutDataProtectionPolicy logs:DeleteDataProtectionPolicy logs:CreateLogDelivery"
            " s3:REST.PUT.OBJECT firehose:TagDeliveryStream"
        ),
        "DeletionProtectionEnabled": "logs:PutLogGroupDeletionProtection",
        "FieldIndexPolicies": "logs:PutIndexPolicy logs:DeleteIndexPolicy",
        "KmsKeyId": "logs:AssociateKmsKey logs:DisassociateKmsKey",
        "ResourcePolicyDocument": "logs:PutResourcePolicy logs:DeleteResourcePolicy",
    },
    "AWS::Lambda::EventSourceMapping": {
        "KmsKeyArn": "kms:DescribeKey kms:GenerateDataKey kms:Decrypt",
    },
    "AWS::SNS::Topic": {
        "DataProtectionPolicy": "sns:PutDataProtectionPolicy",
        "DeliveryStatusLogging": "iam:GetRole iam:PassRole",
    },
    "AWS::IAM::ManagedPolicy": {
        "Groups": "iam:AttachGroupPolicy iam:DetachGroupPolicy",
        "Roles": "iam:AttachRolePolicy iam:DetachRolePolicy",
        "Users": "iam:AttachUserPolicy iam:DetachUserPolicy",
    },
    "AWS::IAM::Role": {
        "ManagedPolicyArns": "iam:AttachRolePolicy iam:DetachRolePolicy",
    },
    "AWS::IAM::User": {
        "Groups": "iam:AddUserToGroup iam:RemoveUserFromGroup",
        "LoginProfile": "iam:CreateLoginProfile iam:UpdateLoginProfile",
        "ManagedPolicyArns": "iam:AttachUserPolicy iam:DetachUserPolicy",
    },
}


def in_account(policy: Policy, *conditions: str) -> Policy:
    """A policy of the template as CloudFormation hands it to IAM where these conditions are met."""
    text = json.dumps(policy)
    filled = json.loads(re.sub(r'\{"Fn::Sub": ("[^"]*")\}', lambda m: fill(m[1], VALUES), text))
    chosen = [s.get("Fn::If", (None, s)) for s in filled["Statement"]]
    return filled | {"Statement": [s for c, s, *_ in chosen if c is None or c in conditions]}


def test_the_conditions_are_those_of_the_template() -> None:
    asked = {call.place.only_if for call in CALLS if call.place.only_if}
    assert asked == set(policies.CONDITIONS)
    conditions = cfn_yaml.loads(render_template().body)["Conditions"]
    for name, parameter in policies.CONDITIONS.items():
        assert conditions[name] == {"Fn::Equals": [{"Ref": parameter}, "yes"]}


def granted(policy: Policy) -> set[tuple[str, str]]:
    """Its pairs of action and resource."""
    return {(a, s["Resource"]) for s in policy["Statement"] for a in s["Action"]}


def size(policy: Policy) -> int:
    """Characters as IAM counts them."""
    return len(re.sub(r"\s", "", json.dumps(policy)))


def test_the_app_may_do_what_the_plan_lists_and_no_more() -> None:
    images, bucket = f"arn:aws:s3:::{BUCKET}/images/*", f"arn:aws:s3:::{BUCKET}"
    policy = in_account(app_policy())
    assert granted(policy) == {
        ("s3:PutObject", images),
        ("s3:GetObject", images),
        ("s3:DeleteObject", images),
        ("s3:AbortMultipartUpload", images),
        ("s3:ListBucket", bucket),
        ("dynamodb:BatchGetItem", TABLE),
        ("dynamodb:GetItem", TABLE),
        ("dynamodb:DeleteItem", TABLE),
        ("cloudformation:DescribeStacks", STACK_ARN),
        ("sts:GetCallerIdentity", "*"),
    }


def test_the_function_may_do_what_the_plan_lists_and_no_more() -> None:
    assert granted(in_account(function_policy())) == {
        ("s3:GetObject", f"arn:aws:s3:::{BUCKET}/images/*"),
        ("rekognition:DetectLabels", "*"),
        ("dynamodb:GetItem", TABLE),
        ("dynamodb:PutItem", TABLE),
        ("dynamodb:UpdateItem", TABLE),
        ("logs:CreateLogStream", VALUES["LabellerLog.Arn"]),
        ("logs:PutLogEvents", VALUES["LabellerLog.Arn"]),
        ("sqs:SendMessage", VALUES["Failures.Arn"]),
        ("sqs:ReceiveMessage", VALUES["Failures.Arn"]),
        ("sqs:DeleteMessage", VALUES["Failures.Arn"]),
        ("sqs:GetQueueAttributes", VALUES["Failures.Arn"]),
    }


@pytest.mark.parametrize(
    ("condition", "action"),
    [
        ("ReadsText", "rekognition:DetectText"),
        ("FlagsExplicit", "rekognition:DetectModerationLabels"),
    ],
)
def test_the_function_may_look_for_more_only_where_the_stack_says_so(
    condition: str, action: str
) -> None:
    usual = granted(in_account(function_policy()))
    assert granted(in_account(function_policy(), condition)) - usual == {(action, "*")}


@pytest.mark.parametrize(
    "need",
    [
        Need("s3:ListAllMyBuckets", "*"),
        Need("s3:ListBucket", "arn:aws:s3:::someone-elses"),
        Need("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {"s3:prefix": ""}),
        Need("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {"s3:prefix": "other/"}),
        Need("s3:GetObject", f"arn:aws:s3:::{BUCKET}/other/photo.jpg"),
        Need("s3:GetObject", f"arn:aws:s3:::{BUCKET}/images"),
        Need("s3:PutObject", f"arn:aws:s3:::{BUCKET}/other/photo.jpg"),
        Need("s3:DeleteObjectVersion", f"arn:aws:s3:::{BUCKET}/images/photo.jpg"),
        Need("s3:DeleteBucket", f"arn:aws:s3:::{BUCKET}"),
        Need("rekognition:DetectLabels", "*"),
        Need("dynamodb:Scan", TABLE),
        Need("dynamodb:PutItem", TABLE),
        Need("dynamodb:UpdateItem", TABLE),
        Need("dynamodb:DeleteItem", TABLE, {"dynamodb:LeadingKeys": ["spent-2026-11/"]}),
        Need("dynamodb:DeleteItem", TABLE, {"dynamodb:LeadingKeys": ["a.jpg", "spent-2026-11/"]}),
        Need("sqs:SendMessage", VALUES["Failures.Arn"]),
        Need("sqs:ReceiveMessage", VALUES["Failures.Arn"]),
        Need("dynamodb:GetItem", TABLE + "-of-somebody"),
        Need("iam:GetUser", f"arn:aws:iam::{ACCOUNT}:user/tagdrop-AppUser-1A2B"),
        Need("iam:CreateAccessKey", f"arn:aws:iam::{ACCOUNT}:user/tagdrop-AppUser-1A2B"),
        Need("cloudformation:DeleteStack", STACK_ARN),
        Need("cloudformation:DescribeStacks", STACK_ARN.replace("tagdrop", "another")),
        Need("lambda:InvokeFunction", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:tagdrop-x"),
    ],
    ids=lambda need: f"{need.action} {need.resource.rpartition(':')[2]} {dict(need.context)}",
)
def test_the_app_may_not(need: Need) -> None:
    assert not allows([in_account(app_policy())], need)


def test_the_app_may_delete_answers_and_read_the_counter() -> None:
    app = [in_account(app_policy())]
    assert allows(app, Need("dynamodb:DeleteItem", TABLE, {"dynamodb:LeadingKeys": ["a.jpg"]}))
    assert allows(
        app, Need("dynamodb:BatchGetItem", TABLE, {"dynamodb:LeadingKeys": ["spent-2026-11/"]})
    )


def test_a_missing_copy_is_not_found_rather_than_denied() -> None:
    """S3 says so to whoever may list; a request for one copy brings no prefix."""
    app = [in_account(app_policy())]
    assert allows(app, Need("s3:ListBucket", f"arn:aws:s3:::{BUCKET}"))
    assert allows(app, Need("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", {"s3:prefix": "images/"}))


def test_they_are_within_what_iam_takes() -> None:
    longest = setup_policy("t" * 128, account=ACCOUNT, region="ap-southeast-1")
    assert size(longest) <= policies.SETUP_POLICY_MAX
    assert size(in_account(app_policy())) <= policies.APP_POLICY_MAX


def test_the_set_up_reaches_only_what_is_named_like_ours() -> None:
    setup = setup_policy(STACK, account=ACCOUNT, region=REGION)
    for need in (
        Need("s3:DeleteBucket", "arn:aws:s3:::holiday-photos"),
        Need("s3:GetObject", f"arn:aws:s3:::{BUCKET}/images/photo.jpg"),
        Need("iam:CreateAccessKey", f"arn:aws:iam::{ACCOUNT}:user/owner"),
        Need("iam:PutUserPolicy", f"arn:aws:iam::{ACCOUNT}:user/owner"),
        Need("iam:DeleteUser", f"arn:aws:iam::{ACCOUNT}:user/tagdropper"),
        Need("iam:CreateUser", f"arn:aws:iam::{ACCOUNT}:user/tagdrop/us-east-1/x/tagdrop-1a2b"),
        Need("iam:CreateUser", f"arn:aws:iam::{ACCOUNT}:user/tagdrop/{REGION}/payroll/payroll-1"),
        Need(
            "iam:AttachUserPolicy",
            f"arn:aws:iam::{ACCOUNT}:user/tagdrop/{REGION}/{STACK}/tagdrop-1a2b",
            {"iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess"},
        ),
        Need("iam:PutRolePolicy", f"arn:aws:iam::{ACCOUNT}:role/admin"),
        Need("dynamodb:DeleteTable", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/accounts"),
        Need("dynamodb:CreateTable", f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/tagdrop-x"),
        Need("lambda:UpdateFunctionCode", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:payroll"),
        Need("logs:DeleteLogGroup", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:audit"),
        Need("cloudformation:DeleteStack", STACK_ARN.replace("tagdrop", "payroll")),
    ):
        assert not allows([setup], need), need


def test_a_role_is_handed_to_functions_alone() -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/tagdrop-LabellerRole-1A2B"
    for service, expected in {"lambda.amazonaws.com": True, "ec2.amazonaws.com": False}.items():
        need = Need("iam:PassRole", role, {"iam:PassedToService": service})
        assert allows([setup_policy(STACK)], need) is expected
    assert not allows([setup_policy(STACK)], Need("iam:PassRole", role))


def test_a_stacks_long_name_is_cut_as_cloudformation_cuts_it() -> None:
    stack = "labels-of-the-photographic-society"
    made = f"arn:aws:iam::{ACCOUNT}:role/{stack[:24]}-LabellerRole-1A2B"
    assert allows([setup_policy(stack)], Need("iam:CreateRole", made))


def test_anybody_can_read_them(tmp_path: Path) -> None:
    """cfn-lint knows every action of AWS, and which resources it takes."""
    documents = {
        "Setup": setup_policy(STACK, account=ACCOUNT, region=REGION),
        "App": in_account(app_policy()),
        "Function": in_account(function_policy(), "ReadsText", "FlagsExplicit"),
    }
    template = {
        "Resources": {
            name: {
                "Type": "AWS::IAM::Policy",
                "Properties": {
                    "PolicyName": name,
                    "PolicyDocument": document,
                    "Users": ["somebody"],
                },
            }
            for name, document in documents.items()
        }
    }
    path = tmp_path / "policies.json"
    path.write_text(json.dumps(template), encoding="utf-8")
    done = subprocess.run(
        [
            Path(sys.executable).with_name("cfn-lint"),
            *("--include-checks", "I", "--ignore-checks", "I1002", "I1003", "W2501"),
            *("--", path),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), setup_policy("tagdrop")),
        (("--stack", "photos", "--region", REGION), setup_policy("photos", region=REGION)),
    ],
    ids=["as it is", "another"],
)
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
def test_the_deploy_script_prints_it_for_an_it_department(
    arguments: tuple[str, ...], form: tuple[str, ...], expected: Policy
) -> None:
    """Without any key, and nothing else on standard output."""
    done = run_python("-m", "deploy", "policy", *arguments, *form, code=0)
    assert json.loads(done.stdout) == expected
    assert ("Create policy" in done.stderr) == (not form)
    assert (len(done.stdout.splitlines()) == 1) == bool(form)


def handler_calls(kind: str) -> set[str]:
    """What AWS says the handlers of a type call to create, read, change, tag and delete one."""
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, kind).schema
    lists = [schema["handlers"].get(verb, {}) for verb in ("create", "read", "update", "delete")]
    lists.append(schema.get("tagging", {}))
    return {action for entry in lists for action in entry.get("permissions", ())}


@pytest.mark.parametrize("kind", KINDS)
def test_the_set_up_policy_holds_what_cloudformation_calls(kind: str) -> None:
    listed = {c.action for c in CALLS if c.maker == kind}
    left_out = {a for actions in LEFT_OUT.get(kind, {}).values() for a in actions.split()}
    assert listed | left_out == handler_calls(kind)
    assert not listed & left_out


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_what_is_left_out_belongs_to_properties_that_nobody_uses(kind: str) -> None:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, kind).schema
    assert set(LEFT_OUT[kind]) - {""} <= set(schema["properties"])
    for resource in RESOURCES:
        if resource["Type"] == kind:
            assert not set(LEFT_OUT[kind]) & set(resource["Properties"])


def test_every_maker_is_known() -> None:
    assert {c.maker for c in CALLS} == {*KINDS, "tagdrop", "Rekognition", "Lambda", "Sign-in"}
