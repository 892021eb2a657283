"""`python -m deploy` as a person runs it: what it makes, keeps, tells and removes."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deploy.flow import change_flow
from desktop.core.library.library import Library
from desktop.core.money.spending import Spending
from desktop.core.settings import Connection, Settings, change_settings, library_path, load_settings
from tests.aws.test_deploy_states import slow
from tests.rig import ROOT
from tests.rig.aws.account import everything, keys_of
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.fixtures import RunDeploy, Stack, read_stack
from tests.rig.command import Computer
from tests.rig.keychain import entries as secrets
from tests.rig.keychain import keychain_env
from tests.rig.photos import make_photos
from tests.rig.processes import run_python, until

pytestmark = pytest.mark.aws

SLOWER = slow(30)
"""A stack that is still being made when the slowest machine comes to look at it."""
PARTS = {
    "Copies",
    "CopiesPolicy",
    "Labels",
    "Labeller",
    "LabellerLog",
    "LabellerRole",
    "LabellerRetries",
    "Failures",
    "FailuresSource",
    "DeadLetters",
    "Trigger",
    "AppPolicy",
    "AppUser",
}


@pytest.fixture
def name() -> str:
    return f"tagdrop-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def own_stack(
    emulator: Emulator, run_deploy: RunDeploy, name: str, tmp_path: Path
) -> Iterator[Stack]:
    """A stack of the test's own."""
    done = run_deploy("setup", "--stack", name, "--data-dir", tmp_path)
    assert done.returncode == 0, done.stderr
    yield read_stack(emulator, name, tmp_path)
    run_deploy("remove", "--stack", name, "--data-dir", tmp_path, "--yes")


def entries(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def wait_for_an_item(emulator: Emulator, table: str) -> None:
    table_client = emulator.client("dynamodb")
    until(lambda: table_client.scan(TableName=table)["Count"], "an item", pause_s=0.1)


def of(stack_name: str, bucket: str, names: set[str]) -> set[str]:
    return {n for n in names if (bucket and bucket in n) or stack_name in n}


def test_setup_makes_every_part_and_keeps_the_connection(
    emulator: Emulator, run_deploy: RunDeploy, name: str, tmp_path: Path
) -> None:
    done = run_deploy(
        "setup", "--stack", name, "--region", "eu-central-1", "--data-dir", tmp_path, "--json"
    )

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    *events, end = entries(done)
    assert {e["part"] for e in events if e["status"] == "CREATE_COMPLETE"} == PARTS | {name}
    assert all(e["event"] == "part" and e["name"] for e in events)
    stack = read_stack(emulator, name, tmp_path)
    assert stack.bucket.startswith(f"tagdrop-{emulator.account}-eu-central-1-")
    connection = Connection(emulator.account, "eu-central-1", name, stack.bucket, stack.table)
    assert load_settings(tmp_path).connection == connection
    assert end["event"] == "done"
    assert (end["bucket"], end["table"]) == (stack.bucket, stack.table)
    assert (end["function"], end["app_user"]) == (stack.function, stack.user)
    assert end["is_current"] is True
    run_deploy("remove", "--data-dir", tmp_path, "--yes")


def test_setup_tells_a_person_in_plain_words(run_deploy: RunDeploy, tmp_path: Path) -> None:
    name = f"tagdrop-{uuid.uuid4().hex[:8]}"
    done = run_deploy("setup", "--stack", name, "--data-dir", tmp_path)
    assert "✓ Storage for copies … ready" in done.stdout
    assert "Account 0000-0000-0000" in done.stdout
    assert "orgs_manage_policies_ai-opt-out" in done.stdout
    run_deploy("remove", "--data-dir", tmp_path, "--yes")


def test_setup_again_changes_nothing(
    emulator: Emulator, run_deploy: RunDeploy, own_stack: Stack
) -> None:
    before = everything(emulator)
    again = run_deploy("setup", "--data-dir", own_stack.data_dir, "--json")

    assert again.returncode == 0, again.stderr
    assert [e["event"] for e in entries(again)] == ["done"]
    assert everything(emulator) == before
    assert read_stack(emulator, own_stack.name, own_stack.data_dir) == own_stack


def test_with_a_keychain_this_computer_gets_a_key_that_can_do_nothing_but_label(
    emulator: Emulator, run_deploy: RunDeploy, name: str, tmp_path: Path, rekognition: Rekognition
) -> None:
    def keys() -> set[str]:
        return set(keys_of(emulator, name))

    keychain, data_dir = tmp_path / "keychain.json", tmp_path / "data"
    run = partial(run_deploy, keychain=keychain)
    done = run("setup", "--stack", name, "--data-dir", data_dir, "--json")
    assert done.returncode == 0, done.stderr
    *events, end = entries(done)
    assert [(e["part"], e["status"]) for e in events[-2:]] == [
        ("Check", "CREATE_IN_PROGRESS"),
        ("Check", "CREATE_COMPLETE"),
    ]
    assert end["key_kept"] is True
    (kept,) = secrets(keychain).values()
    key = json.loads(kept)
    assert keys() == {key["key_id"]}
    assert key["secret"] not in done.stdout + done.stderr

    again = run("setup", "--data-dir", data_dir, "--json")
    assert [e["event"] for e in entries(again)] == ["done"]
    assert list(secrets(keychain).values()) == [kept]

    env = emulator.env | keychain_env(keychain)
    (photo,) = make_photos(tmp_path, 1)
    emulator.forget_requests()
    labelled = Computer(data_dir, "aws", env).label(photo)
    assert labelled.states() == {"done": 1}, labelled.errors
    asked = {r.access_key for r in emulator.requests() if not r.from_function}
    assert asked - {"standin"} == {key["key_id"]}  # the stand-in fetches what it recognises

    renewed = run("setup", "--new-key", "--data-dir", data_dir, "--json")
    assert renewed.returncode == 0, renewed.stderr
    assert keys() == {json.loads(*secrets(keychain).values())["key_id"]}
    assert key["key_id"] not in keys()

    gone = run("remove", "--data-dir", data_dir, "--yes", "--json")
    assert gone.returncode == 0, gone.stderr
    assert "AppKey" in {e["part"] for e in entries(gone) if e.get("status") == "DELETE_COMPLETE"}
    assert secrets(keychain) == {}


def test_without_a_keychain_no_key_is_made_and_that_is_said(
    emulator: Emulator, run_deploy: RunDeploy, name: str, tmp_path: Path
) -> None:
    done = run_deploy("setup", "--stack", name, "--data-dir", tmp_path)
    assert "no keychain" in done.stdout
    assert "your own AWS credentials" in done.stdout
    assert keys_of(emulator, name) == {}
    run_deploy("remove", "--data-dir", tmp_path, "--yes")


def test_what_is_there_can_be_made_anew(
    emulator: Emulator, run_deploy: RunDeploy, own_stack: Stack
) -> None:
    done = run_deploy("setup", "--anew", "--yes", "--data-dir", own_stack.data_dir)
    assert done.returncode == 0, done.stderr
    now = read_stack(emulator, own_stack.name, own_stack.data_dir)
    assert now.bucket != own_stack.bucket
    connection = load_settings(own_stack.data_dir).connection
    assert connection is not None
    assert connection.bucket == now.bucket


def test_a_set_up_that_was_killed_is_found_again_without_its_name(
    emulator: Emulator, run_deploy: RunDeploy, name: str, tmp_path: Path
) -> None:
    change_flow(tmp_path, stack=name, region="eu-west-1")  # as a set-up does first of all
    cloudformation = emulator.session().client(
        "cloudformation", endpoint_url=emulator.url, region_name="eu-west-1"
    )
    cloudformation.create_stack(StackName=name, TemplateBody=SLOWER)
    status = run_deploy("status", "--data-dir", tmp_path, "--json")
    assert entries(status)[-1]["stack"] == name
    assert run_deploy("remove", "--data-dir", tmp_path, "--yes").returncode == 0
    assert entries(run_deploy("status", "--data-dir", tmp_path, "--json"))[-1]["status"] == "ABSENT"
    cloudformation.close()


def test_the_doctor_finds_all_well_and_counts_its_photo(
    run_deploy: RunDeploy, own_stack: Stack, rekognition: Rekognition
) -> None:
    done = run_deploy("doctor", "--data-dir", own_stack.data_dir)
    assert done.returncode == 0, done.stdout
    assert "  ✓ One test photo, start to finish" in done.stdout.splitlines()
    assert done.stdout.splitlines()[-1] == "Everything works."
    assert "✗" not in done.stdout
    with contextlib.closing(Library(library_path(own_stack.data_dir))) as library:
        assert Spending(library.store).this_month().images == 1


def test_the_doctor_says_what_is_wrong_and_what_helps(
    emulator: Emulator, run_deploy: RunDeploy, own_stack: Stack
) -> None:
    emulator.client("dynamodb").delete_table(TableName=own_stack.table)
    done = run_deploy("doctor", "--data-dir", own_stack.data_dir, "--json")
    assert done.returncode == 1
    *found, end = entries(done)
    assert end == {"event": "done", "verb": "doctor", "healthy": False}
    assert len(found) == 12
    (bad,) = [entry for entry in found if entry["verdict"] == "bad"]
    assert (bad["check"], bad["remedy"]) == ("table", "repair")
    assert "Repair the labelling service" in bad["message"]

    said = run_deploy("doctor", "--data-dir", own_stack.data_dir).stdout
    assert "✗ Table for the labels" in said
    assert "Run setup to repair it." in said
    assert run_deploy("setup", "--data-dir", own_stack.data_dir).returncode == 0
    again = run_deploy("doctor", "--data-dir", own_stack.data_dir)
    assert again.returncode == 0, again.stdout


def test_the_doctor_cannot_look_at_nothing(run_deploy: RunDeploy, tmp_path: Path) -> None:
    done = run_deploy("doctor", "--stack", "never-made", "--data-dir", tmp_path)
    assert done.returncode == 1
    assert "Amazon is not set up yet" in done.stderr


def test_tagdrop_aws_does_the_same(emulator: Emulator, own_stack: Stack) -> None:
    for verb in ("status", "doctor"):
        command = ["-m", "desktop", "aws", verb, "--json", "--data-dir", own_stack.data_dir]
        done = run_python(*command, env=emulator.env, code=0)
        assert entries(done)[-1]["verb"] == verb


def test_an_error_tells_a_machine_what_helps(run_deploy: RunDeploy, tmp_path: Path) -> None:
    done = run_deploy("update", "--stack", "never-made", "--data-dir", tmp_path, "--json")
    (error,) = entries(done)
    assert (done.returncode, error["event"], error["remedy"]) == (1, "error", "repair")


def test_update_changes_what_is_asked_and_keeps_it_afterwards(
    emulator: Emulator, run_deploy: RunDeploy, own_stack: Stack
) -> None:
    def days() -> str:
        cloudformation = emulator.client("cloudformation")
        stack = cloudformation.describe_stacks(StackName=own_stack.name)["Stacks"][0]
        values = {p["ParameterKey"]: p["ParameterValue"] for p in stack["Parameters"]}
        return str(values["RetentionDays"])

    assert days() == "1"
    done = run_deploy("update", "--retention-days", "7", "--data-dir", own_stack.data_dir, "--json")
    assert done.returncode == 0, done.stderr
    assert entries(done)[-1]["status"] == "UPDATE_COMPLETE"
    assert days() == "7"

    run_deploy("setup", "--data-dir", own_stack.data_dir)
    assert days() == "7"
    assert read_stack(emulator, own_stack.name, own_stack.data_dir) == own_stack


def test_ctrl_c_takes_a_set_up_back(emulator: Emulator, name: str, tmp_path: Path) -> None:
    emulator.client("cloudformation").create_stack(StackName=name, TemplateBody=SLOWER)
    command = [sys.executable, "-m", "deploy", "setup", "--stack", name, "--json"]
    with subprocess.Popen(
        [*command, "--data-dir", tmp_path],
        env=emulator.env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        first = json.loads(process.stdout.readline())
        assert first["status"] == "CREATE_IN_PROGRESS"  # it has joined the running operation
        process.send_signal(signal.SIGINT)
        lines = [json.loads(line) for line in process.stdout]
        assert "Ctrl-C again" in process.stderr.read()
    assert process.returncode == 1
    assert lines[-1]["title"] == "Stopped"
    assert lines[-1]["message"] == "What this run began was taken back."
    assert of(name, "", everything(emulator)) == set()
    assert load_settings(tmp_path).connection is None


def test_status_tells_what_is_there(
    run_deploy: RunDeploy, own_stack: Stack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    there = run_deploy("status", "--data-dir", own_stack.data_dir, "--json")
    assert there.returncode == 0
    assert entries(there)[-1]["bucket"] == own_stack.bucket

    nothing = run_deploy(
        "status", "--stack", "never-made", "--data-dir", tmp_path_factory.mktemp("other")
    )
    assert nothing.returncode == 0
    said = "Account 0000-0000-0000, eu-central-1, stack never-made: nothing is set up."
    assert nothing.stdout.strip() == said


def test_remove_leaves_nothing(emulator: Emulator, run_deploy: RunDeploy, own_stack: Stack) -> None:
    s3, iam = emulator.client("s3"), emulator.client("iam")
    bucket = own_stack.bucket
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"one", b"two"):
        s3.put_object(Bucket=bucket, Key="a.jpg", Body=body)
    s3.put_object(Bucket=bucket, Key="b.jpg", Body=b"three")
    s3.delete_object(Bucket=bucket, Key="b.jpg")  # leaves a delete marker
    s3.create_multipart_upload(Bucket=bucket, Key="c.jpg")
    s3.put_object(Bucket=bucket, Key="images/d.jpg", Body=b"four")
    wait_for_an_item(emulator, own_stack.table)  # so that the function ran and wrote its log
    iam.create_access_key(UserName=own_stack.user)
    assert len(of(own_stack.name, bucket, everything(emulator))) >= 8

    done = run_deploy("remove", "--data-dir", own_stack.data_dir, "--yes")

    assert done.returncode == 0, done.stderr
    assert of(own_stack.name, bucket, everything(emulator)) == set()
    assert load_settings(own_stack.data_dir).connection is None
    assert "Your labels stay on this computer" in done.stdout


def test_status_of_a_half_made_stack_says_what_to_do(
    emulator: Emulator, run_deploy: RunDeploy, name: str, tmp_path: Path
) -> None:
    emulator.client("cloudformation").create_stack(StackName=name, TemplateBody=SLOWER)
    done = run_deploy("status", "--stack", name, "--data-dir", tmp_path)
    assert done.returncode == 0
    assert "CREATE_IN_PROGRESS" in done.stdout
    assert "Run setup to finish" in done.stdout
    assert "None" not in done.stdout
    assert run_deploy("remove", "--stack", name, "--yes", "--data-dir", tmp_path).returncode == 0


def test_removing_nothing_is_a_success(run_deploy: RunDeploy, tmp_path: Path) -> None:
    done = run_deploy("remove", "--stack", "never-made", "--data-dir", tmp_path, "--yes")
    assert done.returncode == 0
    assert "0000-0000-0000, eu-central-1, stack never-made: nothing is left" in done.stdout


def test_remove_does_not_guess(run_deploy: RunDeploy, own_stack: Stack) -> None:
    done = run_deploy("remove", "--data-dir", own_stack.data_dir)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert load_settings(own_stack.data_dir).connection is not None


@pytest.mark.parametrize("verb", [("setup",), ("status",), ("update",), ("remove", "--yes")])
def test_whoever_is_signed_in_to_another_account_is_told(
    emulator: Emulator, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    ours = Connection("111111111111", "eu-central-1", "tagdrop", "bucket", "table")
    change_settings(tmp_path, lambda _: Settings(connection=ours, backend="aws"))
    before = everything(emulator)
    env = emulator.env | {"AWS_ACCESS_KEY_ID": "222222222222"}  # the emulator's form of an account
    done = run_python("-m", "deploy", *verb, "--data-dir", tmp_path, env=env, code=1)
    assert "another Amazon account" in done.stderr
    assert "in account 111111111111, and this is account 222222222222" in done.stderr
    assert everything(emulator) == before
    assert load_settings(tmp_path).connection == ours


def test_removing_another_stack_keeps_the_connection(
    run_deploy: RunDeploy, own_stack: Stack
) -> None:
    run_deploy("remove", "--stack", "never-made", "--data-dir", own_stack.data_dir, "--yes")
    connection = load_settings(own_stack.data_dir).connection
    assert connection is not None
    assert connection.stack == own_stack.name


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("setup", "--region", "af-south-1"), 1, "cannot label photos in af-south-1"),
        (("setup", "--profile", "nobody"), 1, 'The profile "nobody" cannot be used'),
        (("update", "--stack", "never-made"), 1, "nothing to update"),
        (("setup", "--retention-days", "0"), 2, "1 to 365 days"),
        (("fly",), 2, "invalid choice"),
    ],
    ids=["region", "profile", "nothing there", "days", "verb"],
)
def test_what_cannot_be_done_is_said_in_one_line(
    run_deploy: RunDeploy, tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = run_deploy(*arguments, "--data-dir", tmp_path)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
