"""The flows with IAM enforced: each policy alone suffices for its side, and gives nothing else."""

from __future__ import annotations

import contextlib
import json
import threading
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from backend_lambda import handler
from deploy import connect
from deploy.keys.app_users import list_keys
from deploy.set_up import SetUp
from deploy.sign_in.access import Access, in_region, use_key
from deploy.stack import stack
from deploy.stack.policies import Policy, setup_policy
from desktop.backends import aws
from desktop.backends.aws import PREFIX
from desktop.core.credentials import AccessKey, delete_key, load_key
from desktop.core.errors import CredentialsError
from desktop.core.photo.prepare import Prepared
from desktop.core.settings import Connection, load_settings
from tests.rig import ROOT
from tests.rig.aws.controls import REGION
from tests.rig.aws.lambda_run import Run
from tests.rig.aws.running import client_env, running_module, wait_until_healthy
from tests.rig.ports import free_port

pytestmark = pytest.mark.aws

PHOTO = next((ROOT / "samples").glob("coffee*")).read_bytes()


@dataclass(frozen=True, slots=True)
class Account:
    """An AWS account whose owner makes users, and where IAM can be enforced."""

    url: str

    def client(self, service: str) -> Any:
        """A client of the owner, who can do everything while nothing is checked."""
        session = boto3.Session("AKIAOWNER", "secret", region_name=REGION)
        return session.client(service, endpoint_url=self.url)

    def enforce(self, after: str = "0") -> None:
        """Let IAM decide about every call, `after` so many more."""
        request = urllib.request.Request(
            f"{self.url}/moto-api/reset-auth",
            after.encode(),
            {"Content-Type": "text/plain"},
            method="POST",
        )
        urllib.request.urlopen(request, timeout=10).close()

    @contextlib.contextmanager
    def as_owner(self) -> Iterator[None]:
        """Nothing is checked inside."""
        self.enforce(after="inf")
        yield
        self.enforce()

    def make_user(self, *policies: Policy) -> AccessKey:
        """Somebody with these managed policies, and the key."""
        name = f"user-{uuid.uuid4().hex[:8]}"
        with self.as_owner():
            iam = self.client("iam")
            iam.create_user(UserName=name)
            for number, policy in enumerate(policies):
                made = iam.create_policy(
                    PolicyName=f"{name}-{number}", PolicyDocument=json.dumps(policy)
                )
                iam.attach_user_policy(UserName=name, PolicyArn=made["Policy"]["Arn"])
            key = iam.create_access_key(UserName=name)["AccessKey"]
        return AccessKey(key["AccessKeyId"], key["SecretAccessKey"])


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    directory, port = tmp_path_factory.mktemp("iam"), free_port()
    url, log = f"http://127.0.0.1:{port}", directory / "iam.log"
    env = client_env(directory, url) | {"MOTO_PORT": str(port)}
    with running_module("tests.rig.aws.iam_server", env, log) as running:
        wait_until_healthy(f"{url}/moto-api/", running, log)
        account = Account(url)
        account.enforce()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AWS_ENDPOINT_URL", url)
            yield account


@dataclass(frozen=True, slots=True)
class Made:
    """What somebody with the set-up policy alone set up, and the computer that is connected."""

    access: Access
    wanted: SetUp
    data_dir: Path

    @property
    def connection(self) -> Connection:
        found = load_settings(self.data_dir).connection
        assert found is not None
        return found

    def state(self) -> stack.StackState:
        found = stack.status(self.access.session, self.wanted.stack)
        assert found is not None
        return found

    def app_session(self) -> Any:
        """A boto3 Session with the key that this computer keeps."""
        key = load_key(self.connection)
        assert key is not None
        return boto3.Session(key.key_id, key.secret, region_name=REGION)


@pytest.fixture
def made(account: Account, tmp_path: Path) -> Made:
    name = f"tagdrop-{uuid.uuid4().hex[:8]}"
    access = in_region(use_key(account.make_user(setup_policy(name))), REGION)
    made = Made(access, SetUp(name, REGION), tmp_path)
    run(connect.set_up, access, made.wanted, tmp_path)
    return made


def run(verb: Callable[..., Iterator[Any]], *args: Any, **options: Any) -> list[Any]:
    return list(verb(*args, cancel=threading.Event(), **options))


def refused(call: Callable[..., Any], **parameters: Any) -> bool:
    """Whether IAM refuses the call; any other answer is not looked at."""
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException", "403")
    return False


def add_trigger(account: Account, made: Made) -> None:
    """What moto leaves out of a stack's bucket; for copies that never come, as it runs nothing."""
    function = account.client("lambda").get_function(FunctionName=made.state().outputs["Function"])
    called = {
        "LambdaFunctionArn": function["Configuration"]["FunctionArn"],
        "Events": ["s3:ObjectCreated:*"],
        "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": "never/"}]}},
    }
    account.client("s3").put_bucket_notification_configuration(
        Bucket=made.connection.bucket,
        NotificationConfiguration={"LambdaFunctionConfigurations": [called]},
    )


def test_the_set_up_policy_alone_sets_up_updates_and_removes(account: Account, made: Made) -> None:
    access, wanted, data_dir = made.access, made.wanted, made.data_dir
    with account.as_owner():
        add_trigger(account, made)
    assert run(connect.set_up, access, wanted, data_dir) == []  # all is there, and looked at
    run(connect.update, access, replace(wanted, retention_days=7), data_dir)
    assert made.state().parameters["RetentionDays"] == "7"

    connection = made.connection
    with account.as_owner():
        s3 = account.client("s3")
        s3.put_bucket_versioning(
            Bucket=connection.bucket, VersioningConfiguration={"Status": "Enabled"}
        )
        for number in range(3):
            s3.put_object(Bucket=connection.bucket, Key=PREFIX + "a.jpg", Body=str(number).encode())
        s3.delete_object(Bucket=connection.bucket, Key=PREFIX + "a.jpg")
        s3.create_multipart_upload(Bucket=connection.bucket, Key=PREFIX + "b.jpg")

    run(connect.remove_everything, access, wanted, data_dir)

    assert stack.status(access.session, wanted.stack) is None
    with account.as_owner():
        iam = account.client("iam")
        left = [bucket["Name"] for bucket in account.client("s3").list_buckets()["Buckets"]]
        left += [user["UserName"] for user in iam.list_users()["Users"]]
        left += [role["RoleName"] for role in iam.list_roles()["Roles"]]
    assert connection.bucket not in left
    assert not [name for name in left if name.startswith(wanted.stack)]


def test_the_set_up_policy_alone_makes_and_ends_keys(account: Account, made: Made) -> None:
    access, connection, cancel = made.access, made.connection, threading.Event()
    before = load_key(connection)
    connect.new_key(access, connection, made.data_dir, cancel)
    assert load_key(connection) != before
    theirs = connect.add_computer(access, connection, made.data_dir, cancel)
    connect.discard_key(access, connection, theirs)
    connect.add_computer(access, connection, made.data_dir, cancel)
    delete_key(connection)  # now this computer is a third one
    connect.new_key(access, connection, made.data_dir / "other", cancel)
    assert len(list_keys(access.session, made.state())) == 3
    run(connect.remove_everything, access, made.wanted, made.data_dir)
    with account.as_owner():
        assert made.wanted.stack not in str(account.client("iam").list_users()["Users"])


def test_the_set_up_policy_gives_computers_nothing_but_the_policy_of_the_stack(
    account: Account, made: Made
) -> None:
    iam = made.access.session.client("iam")
    theirs = connect.add_computer(made.access, made.connection, made.data_dir, threading.Event())
    (user,) = {
        key.user
        for key in list_keys(made.access.session, made.state())
        if key.key_id == theirs.key_id
    }
    everything = "arn:aws:iam::aws:policy/AdministratorAccess"
    assert refused(iam.attach_user_policy, UserName=user, PolicyArn=everything)
    assert refused(iam.put_user_policy, UserName=user, PolicyName="more", PolicyDocument="{}")
    assert refused(iam.create_user, UserName="somebody")
    assert refused(iam.create_user, UserName="admin", Path="/tagdrop/")


def test_the_set_up_policy_of_one_stack_does_not_make_another(
    account: Account, tmp_path: Path
) -> None:
    access = use_key(account.make_user(setup_policy("tagdrop")))
    with pytest.raises(CredentialsError, match="This user may not view the labelling service"):
        run(connect.set_up, access, SetUp("other", REGION), tmp_path)


def test_without_a_policy_nothing_is_set_up(account: Account, tmp_path: Path) -> None:
    access = use_key(account.make_user())
    with pytest.raises(CredentialsError) as caught:
        run(connect.set_up, access, SetUp("tagdrop", REGION), tmp_path)
    assert "cloudformation:DescribeStacks" in caught.value.message


def test_the_app_and_the_function_label_with_their_policies_alone(
    account: Account, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = aws.connect(made.connection)
    backend.check()
    backend.submit("a.jpg", Prepared(PHOTO), cancel=threading.Event())
    assert list(backend.poll(["a.jpg"])) == []

    run_function(account, made, PREFIX + "a.jpg", monkeypatch)

    ((name, answer),) = backend.poll(["a.jpg"])
    assert name == "a.jpg"
    assert "Mobile Phone" in str(answer)  # what moto sees in every picture
    assert backend.fetch_copy("a.jpg") == PHOTO
    assert backend.keeps_days() == 1
    backend.delete_copies(["a.jpg"], cancel=threading.Event())
    assert backend.fetch_copy("a.jpg") is None
    backend.forget(["a.jpg"], cancel=threading.Event())
    assert backend.fetch_copy("a.jpg") is None
    assert list(backend.poll(["a.jpg"])) == []
    backend.close()


def run_function(account: Account, made: Made, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The function's own code, in its role, for a new copy."""
    with account.as_owner():
        resource = account.client("cloudformation").describe_stack_resource(
            StackName=made.wanted.stack, LogicalResourceId="LabellerRole"
        )["StackResourceDetail"]
        role = account.client("iam").get_role(RoleName=resource["PhysicalResourceId"])["Role"]
        credentials = account.client("sts").assume_role(
            RoleArn=role["Arn"], RoleSessionName="labeller"
        )["Credentials"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", credentials["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", credentials["SecretAccessKey"])
    monkeypatch.setenv("AWS_SESSION_TOKEN", credentials["SessionToken"])
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("TABLE", made.connection.table)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    s3 = {"bucket": {"name": made.connection.bucket}, "object": {"key": key, "sequencer": "01"}}
    try:
        handler.handle({"Records": [{"s3": s3}]}, Run())
    finally:
        for client in (handler._rekognition(), handler._table().meta.client):
            client.close()
        handler._rekognition.cache_clear()
        handler._table.cache_clear()


def test_the_app_can_do_nothing_but_label(account: Account, made: Made) -> None:
    bucket, table, name = made.connection.bucket, made.connection.table, made.wanted.stack
    state = made.state()
    user = state.app_user
    with account.as_owner():
        account.client("s3").put_object(Bucket=bucket, Key="other/b.jpg", Body=PHOTO)
    session = made.app_session()
    s3, iam, rekognition, dynamodb, cloudformation = (
        session.client(each) for each in ("s3", "iam", "rekognition", "dynamodb", "cloudformation")
    )
    photo = {"S3Object": {"Bucket": bucket, "Name": PREFIX + "a.jpg"}}

    assert not refused(s3.list_objects_v2, Bucket=bucket, Prefix=PREFIX)
    assert refused(s3.list_buckets)
    assert refused(s3.list_objects_v2, Bucket=bucket, Prefix="other/")
    assert refused(s3.get_object, Bucket=bucket, Key="other/b.jpg")
    assert refused(s3.put_object, Bucket=bucket, Key="other/c.jpg", Body=b"")
    assert refused(s3.delete_object, Bucket=bucket, Key="other/b.jpg")
    assert refused(s3.delete_bucket, Bucket=bucket)
    assert refused(rekognition.detect_labels, Image=photo)
    assert refused(iam.list_users)
    assert refused(iam.get_user, UserName=user)
    assert refused(iam.create_access_key, UserName=user)
    assert refused(iam.put_user_policy, UserName=user, PolicyName="more", PolicyDocument="{}")
    assert refused(dynamodb.scan, TableName=table)
    counter = {"ImageName": {"S": "spent-2026-11/"}}
    more = {
        "UpdateExpression": "SET Analyses = :n",
        "ExpressionAttributeValues": {":n": {"N": "0"}},
    }
    assert not refused(dynamodb.get_item, TableName=table, Key=counter)
    assert refused(dynamodb.delete_item, TableName=table, Key=counter)
    assert refused(dynamodb.put_item, TableName=table, Item=counter)
    assert refused(dynamodb.update_item, TableName=table, Key=counter, **more)
    assert not refused(dynamodb.delete_item, TableName=table, Key={"ImageName": {"S": "a.jpg"}})
    assert not refused(cloudformation.describe_stacks, StackName=name)
    assert refused(cloudformation.delete_stack, StackName=name)
    assert made.state() == state
