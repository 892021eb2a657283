"""The template as it is sent: valid by AWS's own rules, and careful by checkov's."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cfnlint.decode import cfn_yaml

from deploy.stack.render import (
    MAX_BODY_BYTES,
    TEMPLATE_VERSION,
    is_newer,
    is_older,
    render_template,
)
from tests.rig import ROOT

# TEMPLATE_VERSION -> SHA-256 of its body. A number that a release has sent keeps its body for ever:
# a change gets the next number and a new line. Until then the last line may be written anew.
BODIES = {
    1: "7a4d6840d3fe31b1b30208c96cc09be80c0f17228e1f44c4bfd478deaf77d9d5",
    2: "7deb5bb3fa17844113573ac78b6bf0bbe279294e3fee71988ef65d48c8b9c906",
}
CHECKOV = ROOT / ".venv-checkov" / "bin" / "checkov"


@pytest.fixture
def rendered(tmp_path: Path) -> Path:
    path = tmp_path / "rendered.yaml"
    path.write_text(render_template().body, encoding="utf-8")
    return path


def test_it_is_below_cloudformations_limit() -> None:
    assert len(render_template().body.encode()) < MAX_BODY_BYTES


def test_it_holds_the_function_the_policies_and_a_version() -> None:
    template = render_template()
    assert "def handle(event" in template.body
    assert '"dynamodb:BatchGetItem"' in template.body
    assert '"rekognition:DetectLabels"' in template.body
    assert f'Value: "{template.version}"' in template.body
    assert not re.search(r"@[\w-]+@", template.body)


def test_another_body_has_another_version() -> None:
    assert list(BODIES) == list(range(1, TEMPLATE_VERSION + 1))
    assert BODIES[TEMPLATE_VERSION] == hashlib.sha256(render_template().body.encode()).hexdigest()


@pytest.mark.parametrize(
    ("version", "older", "newer"),
    [
        (str(TEMPLATE_VERSION), False, False),
        (str(TEMPLATE_VERSION - 1), True, False),
        (str(TEMPLATE_VERSION + 1), False, True),
        ("6a49ff5e64c1", True, False),  # a hash, from before there were numbers
        ("123456789012", True, False),  # another one
        ("", True, False),
    ],
)
def test_versions_are_compared(version: str, older: bool, newer: bool) -> None:
    assert (is_older(version), is_newer(version)) == (older, newer)


def test_cfn_lint_finds_nothing(rendered: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("cfn-lint"), rendered],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_checkov_finds_nothing_and_every_exception_is_explained(rendered: Path) -> None:
    assert CHECKOV.exists(), f"{CHECKOV} is missing: `make test` installs it"
    done = subprocess.run(
        [
            CHECKOV,
            *("--file", rendered, "--framework", "cloudformation"),
            *("--output", "json", "--skip-download"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = json.loads(done.stdout)
    failed = [(c["check_id"], c["resource"]) for c in found["results"]["failed_checks"]]
    assert failed == []
    assert done.returncode == 0
    assert found["summary"]["passed"] >= 20
    assert found["summary"]["parsing_errors"] == 0
    skipped = found["results"]["skipped_checks"]
    reasons = {c["check_id"]: c["check_result"]["suppress_comment"] for c in skipped}
    assert all(len(reason) > 20 for reason in reasons.values())
    assert set(re.findall(r"checkov:skip=(\w+)", render_template().body)) == set(reasons)


def test_a_permissions_boundary_bounds_every_role_and_user() -> None:
    resources = cfn_yaml.loads(render_template().body)["Resources"].values()
    bounded = [r for r in resources if r["Type"] in ("AWS::IAM::Role", "AWS::IAM::User")]
    assert len(bounded) == 2
    for resource in bounded:
        boundary = resource["Properties"]["PermissionsBoundary"]["Fn::If"]
        assert boundary[:2] == ["HasBoundary", {"Ref": "PermissionsBoundary"}]
