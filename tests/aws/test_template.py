"""The template as it is sent: valid by AWS's own rules, and careful by checkov's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.render import MAX_BODY_BYTES, render_template
from tests.aws.rig import ROOT

CHECKOV = ROOT / ".venv-checkov" / "bin" / "checkov"


@pytest.fixture
def rendered(tmp_path: Path) -> Path:
    path = tmp_path / "rendered.yaml"
    path.write_text(render_template().body, encoding="utf-8")
    return path


def test_it_is_below_cloudformations_limit() -> None:
    assert len(render_template().body.encode()) < MAX_BODY_BYTES


def test_it_holds_the_function_and_a_version() -> None:
    template = render_template()
    assert "def handle(event" in template.body
    assert re.fullmatch(r"[0-9a-f]{12}", template.version)
    assert f'Value: "{template.version}"' in template.body
    assert not re.search(r"@\w+@", template.body)


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
