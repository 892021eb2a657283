"""What the tests of faults share."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.settings import change_settings, load_settings
from tests.rig.aws.controls import Emulator
from tests.rig.aws.fixtures import Stack
from tests.rig.aws.proxy import Faults
from tests.rig.command import Computer


@pytest.fixture
def computer(emulator: Emulator, stack: Stack, faults: Faults, tmp_path: Path) -> Computer:
    """One that is connected to the shared stack, through the proxy."""
    data_dir = tmp_path / ".computer"
    change_settings(data_dir, lambda _: load_settings(stack.data_dir))
    env = {**emulator.env, "AWS_ENDPOINT_URL": faults.url}
    return Computer(data_dir, "aws", env, hurried=True)
