"""Every AWS call of every flow against the three policies: none is refused, none allowed in vain.

The flows run in this process, each side with a key of its own that the emulator lets do what its
policy allows; each call is noted with the key and compared with the policies here again.
"""

from __future__ import annotations

import ast
import contextlib
import json
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from backend_lambda import handler
from deploy import backfill, connect
from deploy.doctor import doctor, failed_tries
from deploy.keys.app_users import list_keys
from deploy.price_list import listed_price
from deploy.set_up import SetUp
from deploy.sign_in.access import Access, in_region, use_key
from deploy.stack import quota, stack
from deploy.stack.failure import find_failure
from deploy.stack.policies import CALLS, Policy, Side, setup_policy
from desktop.backends import aws
from desktop.core.backend import AlreadyThereError
from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, Cancelled
from desktop.core.photo.prepare import Prepared
from desktop.core.settings import Connection, load_settings
from tests.aws.recorder import recorded_calls
from tests.rig import ROOT
from tests.rig.aws.authorization import AwsCall, Need, allows, needs
from tests.rig.aws.controls import CLIENT_KEY, Emulator, Rekognition
from tests.rig.aws.lambda_run import Run
from tests.rig.processes import until

pytestmark = pytest.mark.aws

SOURCES = ("deploy", "desktop/aws", "desktop/backends", "backend_lambda")
PHOTO = next((ROOT / "samples").glob("coffee*")).read_bytes()

NAMED = {  # type of a part -> its ARN, {} for its physical id
    "AWS::S3::Bucket": "arn:aws:s3:::{}",
    "AWS::S3::BucketPolicy": "arn:aws:s3:::{}",
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:{region}:{account}:table/{}",
    "AWS::Lambda::Function": "arn:aws:lambda:{region}:{account}:function:{}",
    "AWS::IAM::Role": "arn:aws:iam::{account}:role/{}",
    "AWS::IAM::User": "arn:aws:iam::{account}:user/{}",
    "AWS::IAM::ManagedPolicy": "arn:aws:iam::{account}:policy/{}",
    "AWS::SQS::Queue": "arn:aws:sqs:{region}:{account}:{}",
}

# What the plan gives although no flow uses it, and why.
SPARE = {
    ("app", "s3:AbortMultipartUpload"): "for a copy that a later version sends in parts",
}


@dataclass(frozen=True, slots=True)
class Recording:
    """The calls of all flows with their sides, and the policies that have to suffice for them."""

    calls: list[tuple[Side, AwsCall]]
    policies: dict[Side, Policy]
    account: str
    region: str
    parts: list[tuple[str, str]]  # type and physical id of what the stack holds
    paths: dict[str, str]  # user -> its path

    def needs(self) -> Iterator[tuple[Side, Need]]:
        """What the calls need, and who."""
        for side, call in self.calls:
            for need in needs(call, self.account, self.region, self.paths):
                yield side, need


@dataclass(frozen=True, slots=True)
class Flows:
    """All that the program does with AWS, on one stack, by somebody with the set-up policy."""

    emulator: Emulator
    wanted: SetUp
    access: Access
    data_dir: Path

    @property
    def connection(self) -> Connection:
        found = load_settings(self.data_dir).connection
        assert found is not None
        return found

    def state(self) -> stack.StackState:
        """How the stack stands, asked by the account's owner."""
        found = stack.status(self.emulator.session(), self.wanted.stack)
        assert found is not None
        return found

    def set_up(self) -> None:
        """From nothing, over a bucket's name that is taken; again, with a look at every part."""
        s3, taken, free = self.emulator.client("s3"), uuid.uuid4().hex[:8], uuid.uuid4().hex[:8]
        bucket = f"tagdrop-{self.emulator.account}-{self.emulator.region}-{taken}"
        where = {"LocationConstraint": self.emulator.region}
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
        suffixes = iter([taken, free])
        session = in_region(self.access, self.wanted.region).session
        run(stack.setup, session, self.wanted.stack, choose_suffix=lambda: next(suffixes))
        run(connect.set_up, self.access, self.wanted, self.data_dir)
        s3.delete_bucket(Bucket=bucket)

    def change(self) -> None:
        """Update, look for a failure's reason, take an update back, mend stuck ones."""
        run(connect.update, self.access, replace(self.wanted, retention_days=3), self.data_dir)
        session, name = in_region(self.access, self.wanted.region).session, self.wanted.stack
        find_failure(session.client("cloudformation"), self.state().stack_id, name, [])
        stop = threading.Event()
        stop.set()
        for status, end, cancel in (
            ("UPDATE_IN_PROGRESS", "CancelUpdateStack", stop),
            ("UPDATE_FAILED", "RollbackStack", threading.Event()),
            ("UPDATE_ROLLBACK_FAILED", "ContinueUpdateRollback", threading.Event()),
        ):
            # The emulator knows better and refuses.
            with pretended(session, status, until=end), pytest.raises((Cancelled, AppError)):
                run(stack.setup, session, name, cancel=cancel)

    def label(self) -> None:
        """Put a copy, wait for its labels, look at what was sent, and take both back."""
        with contextlib.closing(aws.connect(self.connection)) as backend:
            backend.check()
            backend.submit("a.jpg", Prepared(PHOTO), cancel=threading.Event())
            with pytest.raises(AlreadyThereError):
                backend.submit("a.jpg", Prepared(PHOTO), cancel=threading.Event())
            until(lambda: list(backend.poll(["a.jpg"])), "its labels", pause_s=0.2)
            assert backend.fetch_copy("a.jpg") == PHOTO
            assert backend.keeps_days() == 3
            backend.delete_copies(["a.jpg"], cancel=threading.Event())
            assert backend.fetch_copy("a.jpg") is None
            backend.forget(["a.jpg"], cancel=threading.Event())
            assert backend.fetch_copy("a.jpg") is None

    def fill(self) -> None:
        """Have what lies in the storage labelled."""
        self.emulator.client("s3").put_object(
            Bucket=self.connection.bucket, Key=aws.PREFIX + "b.jpg", Body=PHOTO
        )
        cancel = threading.Event()
        backfill.find_backlog(self.connection, cancel)
        for _ in backfill.backfill(self.connection, ["b.jpg"], cancel, reserve=lambda: None):
            pass

    def answer(self) -> None:
        """What the function does with a new copy; here, since the emulator tells no parameters."""
        bucket = self.connection.bucket
        self.emulator.client("s3").put_object(Bucket=bucket, Key=aws.PREFIX + "a.jpg", Body=PHOTO)
        event = {"bucket": {"name": bucket}, "object": {"key": aws.PREFIX + "a.jpg"}}
        event["object"] |= {"sequencer": "ff" * 20}
        with pytest.MonkeyPatch.context() as patch:
            handler.handle({"Records": [{"s3": event}]}, Run())
            event["object"] |= {"sequencer": "ffff" * 20}
            refuse = ClientError({"Error": {"Code": "InternalServerError"}}, "PutItem")
            patch.setattr(handler, "_store", Mock(side_effect=refuse))
            handler.handle({"Records": [{"s3": event}]}, Run())  # the queue takes this answer

    def examine(self) -> None:
        """The doctor, with the app's key alone and with the rights to look closer."""
        queue = self.state().outputs["DeadLettersQueue"]
        self.emulator.client("sqs").send_message(QueueUrl=queue, MessageBody="{}")
        cancel = threading.Event()
        alone = list(doctor.examine(self.connection, cancel=cancel))
        closer = list(doctor.examine(self.connection, access=self.access, cancel=cancel))
        assert {check.name for check in alone if check.verdict == "bad"} == set()
        assert {check.name for check in closer if check.verdict != "ok"} == {"failures"}
        access, name = in_region(self.access, self.wanted.region), self.wanted.stack
        until(lambda: list(failed_tries.replay(access, name, cancel)), "what was given up")

    def create_anew(self) -> None:
        """Remove what cannot be repaired and carry its answers over."""
        item = {"ImageName": {"S": "a.jpg"}}
        self.emulator.client("dynamodb").put_item(TableName=self.connection.table, Item=item)
        wanted = replace(self.wanted, anew=True, make_key=False)
        run(connect.set_up, self.access, wanted, self.data_dir)

    def ask_for_limits(self) -> None:
        """What the account is given, where it lets us read that."""
        access = in_region(self.access, self.wanted.region)
        self.emulator.grant(None)  # so that the usual quotas are asked for, too
        quota.rekognition_rate(access)
        self.emulator.grant(50)
        quota.free_tier(access)
        listed_price(access.session, self.wanted.region)

    def change_keys(self) -> None:
        """A new key, one for another computer, one of version 1, a policy that was lost."""
        cancel = threading.Event()
        connect.new_key(self.access, self.connection, self.data_dir, cancel)
        connect.discard_key(
            self.access,
            self.connection,
            connect.add_computer(self.access, self.connection, self.data_dir, cancel),
        )
        theirs = connect.add_computer(self.access, self.connection, self.data_dir, cancel)
        iam, found = self.emulator.client("iam"), self.state()
        made = iam.create_access_key(UserName=found.app_user)["AccessKey"]
        old = AccessKey(made["AccessKeyId"], made["SecretAccessKey"])
        connect.connect_with(self.connection, old, self.data_dir)
        connect.new_key(self.access, self.connection, self.data_dir, cancel)
        (user,) = {
            key.user
            for key in list_keys(self.emulator.session(), found)
            if key.key_id == theirs.key_id
        }
        iam.detach_user_policy(UserName=user, PolicyArn=found.outputs["AppPolicy"])
        run(connect.set_up, self.access, self.wanted, self.data_dir)

    def remove(self) -> None:
        """With copies, old versions, unfinished uploads and keys."""
        s3, bucket = self.emulator.client("s3"), self.connection.bucket
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        for body in (b"one", b"two"):
            s3.put_object(Bucket=bucket, Key="old.jpg", Body=body)
        s3.create_multipart_upload(Bucket=bucket, Key="half.jpg")
        run(connect.remove_everything, self.access, self.wanted, self.data_dir)
        assert stack.status(self.emulator.session(), self.wanted.stack) is None


def run(verb: Callable[..., Iterator[Any]], *args: Any, **options: Any) -> None:
    """A generator of events to its end."""
    list(verb(*args, **{"cancel": threading.Event()} | options))


@contextmanager
def pretended(session: Any, status: str, *, until: str) -> Iterator[None]:
    """Let the stack seem to be in this state until that call is made."""
    over = threading.Event()

    def change(parsed: dict[str, Any], **_: object) -> None:
        for found in parsed.get("Stacks", ()):
            if not over.is_set():
                found["StackStatus"] = status

    def end(**_: object) -> None:
        over.set()

    session.events.register("after-call.cloudformation.DescribeStacks", change)
    session.events.register(f"before-call.cloudformation.{until}", end)
    yield
    session.events.unregister("after-call.cloudformation.DescribeStacks", change)
    session.events.unregister(f"before-call.cloudformation.{until}", end)
    assert over.is_set(), f"{until} was not called"


def make_user(emulator: Emulator, policy: Policy) -> AccessKey:
    """Somebody who may do what the policy says, by the key."""
    iam, name = emulator.client("iam"), f"somebody-{uuid.uuid4().hex[:8]}"
    made = iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(policy))["Policy"]
    iam.create_user(UserName=name)
    iam.attach_user_policy(UserName=name, PolicyArn=made["Arn"])
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return AccessKey(key["AccessKeyId"], key["SecretAccessKey"])


def read_policies(flows: Flows) -> dict[Side, Policy]:
    iam, cloudformation = (flows.emulator.client(s) for s in ("iam", "cloudformation"))
    resource = cloudformation.describe_stack_resource(
        StackName=flows.wanted.stack, LogicalResourceId="LabellerRole"
    )
    role = resource["StackResourceDetail"]["PhysicalResourceId"]
    policy = flows.state().outputs["AppPolicy"]
    version = iam.get_policy(PolicyArn=policy)["Policy"]["DefaultVersionId"]
    current = iam.get_policy_version(PolicyArn=policy, VersionId=version)["PolicyVersion"]
    return {
        "app": current["Document"],
        "function": iam.get_role_policy(RoleName=role, PolicyName="label")["PolicyDocument"],
    }


def read_parts(flows: Flows) -> list[tuple[str, str]]:
    cloudformation = flows.emulator.client("cloudformation")
    found = cloudformation.describe_stack_resources(StackName=flows.wanted.stack)["StackResources"]
    return [(part["ResourceType"], part["PhysicalResourceId"].rpartition("/")[2]) for part in found]


@pytest.fixture(scope="module")
def recording(
    emulator: Emulator, _rig: tuple[Emulator, Rekognition], tmp_path_factory: Any
) -> Iterator[Recording]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", emulator.url)
        patch.setenv("AWS_ENDPOINT_URL_REKOGNITION", _rig[1].url)
        patch.setenv("AWS_ACCESS_KEY_ID", emulator.account)  # the emulator's way for functions
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", emulator.region)
        patch.setattr(boto3, "DEFAULT_SESSION", None)
        name = f"tagdrop-{uuid.uuid4().hex[:8]}"
        setup = setup_policy(name, account=emulator.account, region=emulator.region)
        setup_key = make_user(emulator, setup)
        with recorded_calls() as calls:
            flows = Flows(
                emulator,
                SetUp(name, emulator.region, also_text=True, also_explicit=True),
                use_key(setup_key),
                tmp_path_factory.mktemp("data"),
            )
            flows.set_up()
            policies, parts = read_policies(flows) | {"setup": setup}, read_parts(flows)
            patch.setenv("TABLE", flows.connection.table)
            patch.setenv("TEXT", "yes")
            patch.setenv("EXPLICIT", "yes")
            patch.setenv("FAILURES", flows.state().outputs["FailuresQueue"])
            flows.change()
            flows.label()
            flows.fill()
            flows.answer()
            flows.examine()
            flows.ask_for_limits()
            flows.change_keys()
            flows.create_anew()
            flows.remove()
        sides: dict[str, Side] = {setup_key.key_id: "setup", emulator.account: "function"}
        yield Recording(
            [(sides.get(c.key_id, "app"), c) for c in calls if c.key_id not in ("", CLIENT_KEY)],
            policies,
            emulator.account,
            emulator.region,
            parts,
            {
                call.parameters["UserName"]: call.parameters["Path"]
                for call in calls
                if call.operation == "CreateUser" and "Path" in call.parameters
            },
        )
        for client in (handler._rekognition(), handler._table().meta.client, handler._queue()):
            client.close()
        for made in (handler._rekognition, handler._table, handler._queue):
            made.cache_clear()


def test_every_call_is_allowed(recording: Recording) -> None:
    assert {side for side, _ in recording.calls} == {"setup", "app", "function"}
    for side, need in recording.needs():
        assert allows([recording.policies[side]], need), (side, need)


def test_cloudformation_is_allowed_to_make_the_parts_by_their_names(recording: Recording) -> None:
    checked = set()
    for kind, name in recording.parts:
        if kind not in NAMED:
            continue  # the function's own parts, and the log, which the emulator names its own way
        arn = NAMED[kind].format(name, account=recording.account, region=recording.region)
        for call in CALLS:
            if call.maker == kind and call.action != "iam:PassRole":
                checked.add(kind)
                assert allows([recording.policies["setup"]], Need(call.action, arn)), call
    assert checked == set(NAMED)


def test_nothing_is_allowed_in_vain(recording: Recording) -> None:
    used = {(side, need.action) for side, need in recording.needs()}
    ours = {(call.side, call.action) for call in CALLS if call.maker == "tagdrop"}
    assert ours == used | set(SPARE)
    assert not used & set(SPARE)


def test_no_call_of_the_source_is_forgotten(recording: Recording) -> None:
    """What is written in the source like a call of AWS has been recorded."""
    made = {(call.service, call.operation) for _, call in recording.calls}
    clients = [boto3.client(name, region_name=recording.region) for name, _ in made]
    known = {
        xform_name(op) for client in clients for op in client.meta.service_model.operation_names
    }
    written = {
        word for folder in SOURCES for path in (ROOT / folder).rglob("*.py") for word in words(path)
    }
    written.discard("query")  # DynamoDB's and an address's
    assert written & known == {xform_name(operation) for _, operation in made}


def words(path: Path) -> Iterator[str]:
    """Names of attributes, as in `client.create_stack(…)`, and texts, as for a paginator."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
