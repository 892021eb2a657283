"""What the documents say to type about Amazon, typed as it stands: from set-up to removal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.rig.aws.account import everything
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.documents import ROOT, all_commands, needs_aws, type_in_shell

pytestmark = pytest.mark.aws


def in_order() -> list[str]:
    """Set-ups first and removals last, whichever document they stand in."""
    commands = [command for command in all_commands() if needs_aws(command)]
    return sorted(commands, key=lambda line: ("remove" in line) - ("setup" in line))


def test_the_commands_about_amazon_run(
    emulator: Emulator, rekognition: Rekognition, home: Path, tmp_path: Path
) -> None:
    (home / "Pictures").mkdir()
    shutil.copy(ROOT / "samples" / "chelsea.png", home / "Pictures")
    folder = tmp_path / "project"  # what is written does not fall into the checkout
    folder.mkdir()
    before = everything(emulator)
    env = emulator.env | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    said = {}
    for command in in_order():
        done = type_in_shell(command, folder, env, answer="y\n")
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        said[command] = done.stdout
    assert "Tabby Cat" in next(text for line, text in said.items() if " label " in line)
    assert "Everything works." in next(text for line, text in said.items() if "doctor" in line)
    assert json.loads((folder / "policy.json").read_text())["Statement"]
    assert everything(emulator) == before
