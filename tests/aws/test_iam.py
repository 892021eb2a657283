"""The flows with IAM enforced: each policy alone suffices for its side, and gives nothing else."""

from __future__ import annotations

import contextlib
import json
import threading
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from backend_lambda import handler
from deploy import stack
from deploy.policies import setup_policy
from desktop.backends.aws import PREFIX, AwsBackend
from desktop.core.errors import CredentialsError
from desktop.core.settings import Connection
from tests.aws.rig import (
    REGION,
    ROOT,
    client_env,
    free_port,
    process,
    wait_until_healthy,
)

pytestmark = pytest.mark.aws

PHOTO = next((ROOT / "samples").glob("coffee*")).read_bytes()


@dataclass(frozen=True, slots=True)
class Account:
    """An AWS account whose owner makes users, and where IAM can be enforced."""

    url: str

    def session(self, key: tuple[str, ...] = ("AKIAOWNER", "secret")) -> Any:
        """A boto3 Session with a key, or with that of the owner, who may act while IAM sleeps."""
        return boto3.Session(*key, region_name=REGION)

    def client(self, service: str) -> Any:
        return self.session().client(service, endpoint_url=self.url)

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

    def make_user(self, *policies: dict[str, Any]) -> tuple[str, str]:
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
            return self.make_key(name)

    def make_key(self, user: str) -> tuple[str, str]:
        key = self.client("iam").create_access_key(UserName=user)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    directory, port = tmp_path_factory.mktemp("iam"), free_port()
    url, log = f"http://127.0.0.1:{port}", directory / "iam.log"
    env = client_env(directory, url) | {"MOTO_PORT": str(port)}
    with process("tests.aws.iam_server", env, log) as running:
        wait_until_healthy(f"{url}/moto-api/", running, log)
        account = Account(url)
        account.enforce()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AWS_ENDPOINT_URL", url)
            yield account


@dataclass(frozen=True, slots=True)
class Made:
    """A stack that somebody with the set-up policy alone made, and the keys of both sides."""

    name: str
    setup_key: tuple[str, str]
    app_key: tuple[str, str]
    state: stack.StackState

    @property
    def bucket(self) -> str:
        return self.state.outputs["Bucket"]

    @property
    def connection(self) -> Connection:
        state = self.state
        return Connection(
            state.account, state.region, state.name, self.bucket, state.outputs["Table"]
        )


@pytest.fixture
def made(account: Account) -> Made:
    name = f"tagdrop-{uuid.uuid4().hex[:8]}"
    key = account.make_user(setup_policy(name))
    run(stack.setup, account.session(key), name)
    state = stack.status(account.session(key), name)
    assert state is not None
    with account.as_owner():
        app_key = account.make_key(state.outputs["AppUser"])
    return Made(name, key, app_key, state)


def run(verb: Callable[..., Iterator[Any]], session: Any, name: str, **options: Any) -> None:
    list(verb(session, name, cancel=threading.Event(), **options))


def refused(call: Callable[..., Any], **parameters: Any) -> bool:
    """Whether IAM refuses the call; any other answer is not looked at."""
    try:
        call(**parameters)
    except ClientError as error:
        return error.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException", "403")
    return False


def test_the_set_up_policy_alone_sets_up_updates_and_removes(account: Account, made: Made) -> None:
    session = account.session(made.setup_key)
    assert made.state.works
    run(stack.update, session, made.name, retention_days=7)
    found = stack.status(session, made.name)
    assert found is not None
    assert found.parameters["RetentionDays"] == "7"

    with account.as_owner():
        s3 = account.client("s3")
        s3.put_bucket_versioning(Bucket=made.bucket, VersioningConfiguration={"Status": "Enabled"})
        for number in range(3):
            s3.put_object(Bucket=made.bucket, Key=PREFIX + "a.jpg", Body=str(number).encode())
        s3.delete_object(Bucket=made.bucket, Key=PREFIX + "a.jpg")
        s3.create_multipart_upload(Bucket=made.bucket, Key=PREFIX + "b.jpg")

    run(stack.remove, session, made.name)

    assert stack.status(session, made.name) is None
    with account.as_owner():
        assert made.bucket not in str(account.client("s3").list_buckets()["Buckets"])
        assert made.name not in str(account.client("iam").list_users()["Users"]).replace(
            "user-", ""
        )
        assert made.name not in str(account.client("iam").list_roles()["Roles"])


def test_the_set_up_policy_of_one_stack_does_not_make_another(account: Account) -> None:
    session = account.session(account.make_user(setup_policy("tagdrop")))
    with pytest.raises(CredentialsError, match="This user may not look at the labelling service"):
        run(stack.setup, session, "other")


def test_without_a_policy_nothing_is_set_up(account: Account) -> None:
    session = account.session(account.make_user())
    with pytest.raises(CredentialsError) as caught:
        run(stack.setup, session, "tagdrop")
    assert "cloudformation:DescribeStacks" in caught.value.message


def test_the_app_and_the_function_label_with_their_policies_alone(
    account: Account, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = AwsBackend(made.connection, account.session(made.app_key).client)
    backend.check()
    backend.submit("a.jpg", PHOTO, cancel=threading.Event(), progress=lambda *_: None)
    assert list(backend.poll(["a.jpg"])) == []

    run_function(account, made, PREFIX + "a.jpg", monkeypatch)

    ((name, answer),) = backend.poll(["a.jpg"])
    assert name == "a.jpg"
    assert "Mobile Phone" in str(answer)  # what moto sees in every picture
    assert backend.fetch_copy("a.jpg") == PHOTO
    assert backend.keeps_days() == 1
    backend.forget(["a.jpg"], cancel=threading.Event())
    assert backend.fetch_copy("a.jpg") is None
    assert list(backend.poll(["a.jpg"])) == []
    backend.close()


def run_function(account: Account, made: Made, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The function's own code, in its role, for a new copy."""
    with account.as_owner():
        resource = account.client("cloudformation").describe_stack_resource(
            StackName=made.name, LogicalResourceId="LabellerRole"
        )["StackResourceDetail"]
        role = account.client("iam").get_role(RoleName=resource["PhysicalResourceId"])["Role"]
        credentials = account.client("sts").assume_role(
            RoleArn=role["Arn"], RoleSessionName="labeller"
        )["Credentials"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", credentials["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", credentials["SecretAccessKey"])
    monkeypatch.setenv("AWS_SESSION_TOKEN", credentials["SessionToken"])
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("TABLE", made.state.outputs["Table"])
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    s3 = {"bucket": {"name": made.bucket}, "object": {"key": key, "sequencer": "01"}}
    try:
        handler.handle({"Records": [{"s3": s3}]}, None)
    finally:
        for client in (handler._rekognition(), handler._table().meta.client):
            client.close()
        handler._rekognition.cache_clear()
        handler._table.cache_clear()


def test_the_app_can_do_nothing_but_label(account: Account, made: Made) -> None:
    with account.as_owner():
        account.client("s3").put_object(Bucket=made.bucket, Key="other/b.jpg", Body=PHOTO)
    session = account.session(made.app_key)
    s3, iam, rekognition, dynamodb, cloudformation = (
        session.client(name) for name in ("s3", "iam", "rekognition", "dynamodb", "cloudformation")
    )
    bucket, user, table = made.bucket, made.state.outputs["AppUser"], made.state.outputs["Table"]
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
    assert not refused(cloudformation.describe_stacks, StackName=made.name)
    assert refused(cloudformation.delete_stack, StackName=made.name)
    assert stack.status(account.session(made.setup_key), made.name) == made.state
