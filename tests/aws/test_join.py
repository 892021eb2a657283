"""A service without users: deployed by others, joined and labelled with by a profile."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import connect
from deploy.joining import read_outputs
from desktop.backends import aws
from desktop.core.credentials import load_key
from desktop.core.errors import AppError, CredentialsError
from desktop.core.photo.prepare import Prepared
from desktop.core.settings import load_settings
from tests.rig import ROOT
from tests.rig.aws.controls import Emulator
from tests.rig.aws.side import Side
from tests.rig.processes import run_python, until

pytestmark = pytest.mark.aws

PHOTO = next((ROOT / "samples").glob("coffee*")).read_bytes()


@pytest.fixture
def deployed(emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Side]:
    """What an IT department has deployed, and a person's profile that may label and no more."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    side = Side(emulator, tmp_path / "it")
    side.set_up(with_user=False)
    iam, name = emulator.client("iam"), f"person-{side.name}"
    iam.create_user(UserName=name)
    iam.attach_user_policy(UserName=name, PolicyArn=side.parts()["AppPolicy"])
    key = iam.create_access_key(UserName=name)["AccessKey"]
    config = tmp_path / "aws-config"
    config.write_text(
        "[profile team]\n"
        f"aws_access_key_id = {key['AccessKeyId']}\n"
        f"aws_secret_access_key = {key['SecretAccessKey']}\n"
        f"region = {emulator.region}\n"
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    yield side
    iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    iam.detach_user_policy(UserName=name, PolicyArn=side.parts()["AppPolicy"])
    iam.delete_user(UserName=name)
    side.remove()


@pytest.fixture
def outputs(deployed: Side, tmp_path: Path) -> Path:
    described = deployed.client("cloudformation").describe_stacks(StackName=deployed.name)
    path = tmp_path / "stack.json"
    path.write_text(json.dumps(described, default=str))
    return path


@pytest.mark.usefixtures("rekognition")
def test_whoever_joins_labels_with_a_profile_that_may_do_nothing_but_label(
    deployed: Side, outputs: Path, tmp_path: Path
) -> None:
    env = deployed.emulator.env | {"AWS_CONFIG_FILE": str(tmp_path / "aws-config")}
    data_dir = tmp_path / "data"
    join = ("-m", "deploy", "join", "--profile", "team", "--data-dir", data_dir)
    done = run_python(*join, "--outputs", outputs, env=env, code=0)
    assert "Labelling uses the profile team." in done.stdout
    connection = load_settings(data_dir).connection
    assert connection is not None
    assert (connection.stack, connection.profile) == (deployed.name, "team")
    assert connection.bucket == deployed.parts()["Copies"]

    backend = aws.connect(connection)
    backend.submit("a.jpg", Prepared(PHOTO), cancel=threading.Event())
    until(lambda: list(backend.poll(["a.jpg"])), "its labels", pause_s=0.2)
    backend.close()
    assert load_key(connection) is None


@pytest.mark.parametrize("form", ["all of the stack", "its outputs alone"])
def test_what_amazons_tools_print_of_the_stack_is_understood(
    deployed: Side, outputs: Path, form: str
) -> None:
    if form == "its outputs alone":
        outputs.write_text(json.dumps(json.loads(outputs.read_text())["Stacks"][0]["Outputs"]))
    connection = read_outputs(outputs, "team")
    assert (connection.account, connection.region, connection.stack) == (
        deployed.emulator.account,
        deployed.emulator.region,
        deployed.name,
    )
    assert connection.table == deployed.parts()["Labels"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"Stacks": []}', '[{"OutputKey": "Bucket"}]', '{"a": 1}', "[1]"]
)
def test_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "stack.json"
    path.write_text(text)
    with pytest.raises(AppError, match="does not contain the outputs of a labelling service"):
        read_outputs(path, "")


def test_a_profile_that_is_not_there_is_told_and_nothing_is_joined(
    deployed: Side, outputs: Path, tmp_path: Path
) -> None:
    with pytest.raises(CredentialsError, match="nobody"):
        connect.join(read_outputs(outputs, "nobody"), tmp_path / "data")
    assert load_settings(tmp_path / "data").connection is None
