"""A set-up that Amazon refuses: each row of what the service says, and what is said then."""

from __future__ import annotations

import json
import subprocess
import uuid
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import Remedy
from tests.rig.aws.account import everything
from tests.rig.aws.controls import Emulator
from tests.rig.aws.fixtures import RunDeploy
from tests.rig.aws.proxy import Faults
from tests.rig.processes import run_python

pytestmark = pytest.mark.aws

SCP = "with an explicit deny in a service control policy"
DENIED = "User: arn:aws:iam::1:user/x is not authorized to perform: cloudformation:CreateStack on"


def refusal(code: str, status: int, message: str = "") -> dict[str, Any]:
    """A rule that refuses to create a stack."""
    error = {"code": code, "status": status} | ({"message": message} if message else {})
    return {"service": "cloudformation", "operation": "CreateStack", "error": error}


ROWS: dict[str, tuple[dict[str, Any], str, Remedy | None]] = {
    "unknown key": (
        {"service": "sts", "error": {"code": "InvalidClientTokenId", "status": 403}},
        "Amazon does not know this key",
        Remedy.SIGN_IN,
    ),
    "wrong secret": (
        {"service": "sts", "error": {"code": "SignatureDoesNotMatch", "status": 403}},
        "The secret does not match the key id",
        Remedy.PASTE_AGAIN,
    ),
    "clock": (
        {
            "service": "sts",
            "error": {
                "code": "SignatureDoesNotMatch",
                "status": 403,
                "message": "Signature expired: 20261124T000000Z is now earlier than …",
            },
        },
        "This computer's clock is",
        Remedy.CLOCK,
    ),
    "signed out": (
        refusal("ExpiredToken", 400),
        "You were signed out for safety",
        Remedy.SIGN_IN,
    ),
    "company": (
        refusal(
            "AccessDenied", 403, f"{DENIED} x with an explicit deny in a service control policy"
        ),
        "Your company does not allow this",
        Remedy.COPY_FOR_IT,
    ),
    "permission": (
        refusal("AccessDenied", 403, f"{DENIED} resource: x"),
        "This user may not set up the labelling service",
        Remedy.COPY_PERMISSION,
    ),
    "new account": (
        refusal("OptInRequired", 403),
        "Amazon is still activating the new account",
        Remedy.CHECK_AGAIN,
    ),
    "limit": (
        refusal("LimitExceededException", 400),
        "The account has reached its limit of stacks",
        Remedy.RAISE_QUOTA,
    ),
    "busy": (refusal("Throttling", 400), "Amazon is busy", None),
    "fault": (
        refusal("InternalServerError", 500),
        "Amazon is having problems",
        Remedy.TRY_AGAIN,
    ),
    "no network": ({"service": "*", "reset": True}, "Cannot reach Amazon", Remedy.TRY_AGAIN),
}


def set_up(
    emulator: Emulator, faults: Faults, data_dir: Path, name: str
) -> subprocess.CompletedProcess[str]:
    """`python -m deploy setup` through the proxy."""
    command = ["-m", "deploy", "setup", "--json", "--data-dir", data_dir, "--stack", name]
    return run_python(*command, env={**emulator.env, "AWS_ENDPOINT_URL": faults.url})


@pytest.mark.parametrize("row", ROWS)
def test_a_refusal_is_told_with_what_helps_and_leaves_nothing(
    row: str, emulator: Emulator, faults: Faults, tmp_path: Path
) -> None:
    rule, words, remedy = ROWS[row]
    before = everything(emulator)
    faults.set(rule)
    done = set_up(emulator, faults, tmp_path, f"tagdrop-{uuid.uuid4().hex[:8]}")
    assert done.returncode == 1, done.stdout
    assert done.stderr == ""
    error = json.loads(done.stdout.splitlines()[-1])
    assert words in error["title"]
    assert error["remedy"] == remedy
    assert bool(error["detail"]) == (remedy in (Remedy.COPY_FOR_IT, Remedy.COPY_PERMISSION))
    faults.forget()
    assert everything(emulator) == before


def test_a_network_that_fails_for_a_while_does_not_end_a_set_up(
    emulator: Emulator, faults: Faults, run_deploy: RunDeploy, tmp_path: Path
) -> None:
    before = everything(emulator)
    faults.set(
        {"service": "cloudformation", "operation": "DescribeStackEvents", "times": 5, "reset": True}
    )
    name = f"tagdrop-{uuid.uuid4().hex[:8]}"
    done = set_up(emulator, faults, tmp_path, name)
    assert done.returncode == 0, done.stdout
    assert faults.fired() == 5
    assert json.loads(done.stdout.splitlines()[-1])["status"] == "CREATE_COMPLETE"
    faults.forget()
    run_deploy("remove", "--data-dir", tmp_path, "--yes")
    assert everything(emulator) == before
