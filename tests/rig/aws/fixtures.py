"""Fixtures for tests against the emulator: real processes, one set for the whole test session.

    emulator      ministack as a process of its own, with the Rekognition stand-in behind it
    rekognition   the stand-in's controls (quota, find nothing, fail), reset around each test
    run_deploy    `python -m deploy …` as a process
    stack         a stack made by `python -m deploy setup` for all tests of the session to share,
                  with the data directory whose settings name it; tests must not remove it

For a process of your own use `env=emulator.env`: it leads every AWS call to the emulator and holds
no real credentials. `emulator.requests()` tells what AWS was asked, by whom and when.
"""

from __future__ import annotations

import contextlib
import functools
import subprocess
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.rig.command import HURRIED
from tests.rig.keychain import keychain_env
from tests.rig.ports import free_port
from tests.rig.processes import run_python

from .controls import ACCOUNT, REGION, REKOGNITION_KEY, Emulator, Rekognition
from .running import client_env, running_module, wait_until_healthy

CONCURRENCY = 10  # functions at a time, as in a new AWS account


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack that `python -m deploy setup` made."""

    name: str
    data_dir: Path
    bucket: str
    table: str
    function: str
    user: str


RunDeploy = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def _rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Emulator, Rekognition]]:
    directory = tmp_path_factory.mktemp("emulator")
    with _services_read_once(), _keys_known_at_once(), emulating(directory) as rig:
        yield rig


@contextlib.contextmanager
def _services_read_once() -> Iterator[None]:
    """Let botocore keep the descriptions of services that it else reads anew in every session.

    They are most of what a client costs: half a second for each set-up.
    """
    from botocore.loaders import JSONFileLoader

    read = functools.cache(JSONFileLoader().load_file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JSONFileLoader, "load_file", lambda _, path: read(path))
        yield


@contextlib.contextmanager
def _keys_known_at_once() -> Iterator[None]:
    """Let no set-up of this process wait between the five tries of a new key: two seconds each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("deploy.keys.app_keys.PAUSE_S", 0.01)
        yield


@contextlib.contextmanager
def emulating(
    directory: Path, *, concurrency: int = CONCURRENCY
) -> Iterator[tuple[Emulator, Rekognition]]:
    """Run the emulator, with what it keeps in this folder, as long as the block runs."""
    log, port = directory / "emulator.log", free_port()
    url = f"http://127.0.0.1:{port}"
    env = client_env(directory, url)
    standin_env = env | {"OMP_NUM_THREADS": "2", "AWS_ACCESS_KEY_ID": REKOGNITION_KEY}
    module = "tests.rig.aws.rekognition_standin"
    with running_module(module, standin_env, log, subprocess.PIPE) as standin:
        assert standin.stdout
        rekognition = Rekognition(standin.stdout.readline().strip())
        assert rekognition.url, f"the stand-in did not start:\n{log.read_text()}"
        emulator_env = env | {
            "AWS_ENDPOINT_URL_REKOGNITION": rekognition.url,
            "GATEWAY_PORT": str(port),
            "BIND_HOST": "127.0.0.1",
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "MINISTACK_REGION": REGION,
            "LAMBDA_ACCOUNT_CONCURRENCY": str(concurrency),
            "AUTH": "true",
            "TMPDIR": str(directory),  # the functions' code and ministack's pid file
            "STATE_DIR": str(directory / "state"),
            "S3_DATA_DIR": str(directory / "s3"),
            "PYTHONUNBUFFERED": "1",
        }
        with running_module("tests.rig.aws.emulator", emulator_env, log) as running:
            wait_until_healthy(f"{url}/_ministack/health", running, log)
            emulator = Emulator(url, env, log)
            yield emulator, rekognition
            emulator.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Show the end of the emulator's log below a test that failed with it."""
    report = yield
    emulator = getattr(item, "funcargs", {}).get("emulator")
    if report.failed and isinstance(emulator, Emulator):
        log = emulator.log.read_text("utf-8", "replace")
        report.sections.append((f"the end of {emulator.log}", log[-4000:]))
    return report


@pytest.fixture(scope="session")
def emulator(_rig: tuple[Emulator, Rekognition]) -> Emulator:
    """The AWS emulator, with the Rekognition stand-in behind its functions."""
    return _rig[0]


@pytest.fixture
def rekognition(_rig: tuple[Emulator, Rekognition]) -> Iterator[Rekognition]:
    """The stand-in's controls, at their defaults when the test starts and when it ends."""
    _rig[1].reset()
    yield _rig[1]
    _rig[1].reset()


@pytest.fixture(scope="session")
def run_deploy(emulator: Emulator) -> RunDeploy:
    """`python -m deploy <arguments>` as a process against the emulator; output is captured.

    It has no keychain, unless a file for one is given by `keychain=`.
    """

    def run(
        *arguments: str | Path, keychain: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        env = emulator.env | (keychain_env(keychain) if keychain else {})
        return run_python("-m", HURRIED, "deploy", *arguments, env=env)

    return run


@pytest.fixture(scope="session")
def stack(
    emulator: Emulator, run_deploy: RunDeploy, tmp_path_factory: pytest.TempPathFactory
) -> Stack:
    """A stack set up by `python -m deploy setup`, and the data directory that knows it."""
    name, data_dir = "tagdrop-shared", tmp_path_factory.mktemp("data")
    done = run_deploy("setup", "--stack", name, "--region", emulator.region, "--data-dir", data_dir)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{emulator.log.read_text()[-5000:]}"
    return read_stack(emulator, name, data_dir)


def read_stack(emulator: Emulator, name: str, data_dir: Path) -> Stack:
    """What a stack's outputs say of it."""
    described = emulator.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    outputs = {o["OutputKey"]: o["OutputValue"] for o in described["Outputs"]}
    return Stack(
        name,
        data_dir,
        outputs["Bucket"],
        outputs["Table"],
        outputs["Function"],
        outputs["AppUser"],
    )
