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
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.rig import ROOT
from tests.rig.keychain import keychain_env
from tests.rig.processes import run_python, until

from . import lifeline

ACCOUNT = "000000000000"
REGION = "eu-central-1"
CLIENT_KEY = "testclient"  # the access key of everything a test starts
CONCURRENCY = 10  # functions at a time, as in a new AWS account


@dataclass(frozen=True, slots=True)
class Request:
    """One signed request as the emulator saw it.

    `operation` is AWS's name of it (`BatchGetItem`); for S3 and Lambda, which have none on the
    wire, method and path (`PUT /bucket/key`). `from_function`: a Lambda function asked, no client.
    """

    at: float
    service: str
    operation: str
    access_key: str
    from_function: bool


@dataclass(frozen=True, slots=True)
class Emulator:
    """The running emulator."""

    url: str
    env: dict[str, str]
    log: Path
    account: str = ACCOUNT
    region: str = REGION
    _clients: dict[str, Any] = field(default_factory=dict)

    def session(self) -> Any:
        """A boto3 Session with the emulator's key and region.

        In this process it also needs the emulator's address: either as `endpoint_url` for each
        client, or as AWS_ENDPOINT_URL in the environment (`monkeypatch.setenv`).
        """
        import boto3

        return boto3.Session(CLIENT_KEY, "secret", region_name=self.region)

    def client(self, service: str) -> Any:
        """A boto3 client of the emulator, one for the whole test session; do not close it."""
        if service not in self._clients:
            self._clients[service] = self.session().client(service, endpoint_url=self.url)
        return self._clients[service]

    def close(self) -> None:
        """Close the clients."""
        for client in self._clients.values():
            client.close()

    def requests(self) -> list[Request]:
        """Every signed request since the last `forget_requests`, in order."""
        return [Request(**r) for r in http_json("GET", f"{self.url}/_rig/requests")]

    @contextlib.contextmanager
    def taking_its_time(self, seconds: float) -> Iterator[None]:
        """Meanwhile each part of a stack takes at least so long."""
        http_json("PUT", f"{self.url}/_rig/pace", seconds)
        try:
            yield
        finally:
            http_json("PUT", f"{self.url}/_rig/pace", 0)

    @contextlib.contextmanager
    def failing_at(self, part: str, reason: str, times: int = 1) -> Iterator[None]:
        """Meanwhile this part of a stack cannot be made, exactly so often, for this reason."""
        http_json("PUT", f"{self.url}/_rig/break", [part, reason, times])
        try:
            yield
        finally:
            left = http_json("PUT", f"{self.url}/_rig/break", ["", "", 0])
        assert left == 0, f"{part} was made: it was to fail {left} times more"

    @contextlib.contextmanager
    def part_by_part(self) -> Iterator[Callable[[], None]]:
        """Meanwhile each call lets one more part of a stack be made or deleted."""
        http_json("PUT", f"{self.url}/_rig/parts", 0)
        try:
            yield lambda: http_json("PUT", f"{self.url}/_rig/parts", 1)
        finally:
            http_json("DELETE", f"{self.url}/_rig/parts")

    @contextlib.contextmanager
    def holding_back(self, operation: str) -> Iterator[Callable[[], bool]]:
        """Meanwhile calls of this operation are done and not answered; whether one was.

        `operation` may be any part of the access key, a space and the operation's name.
        """
        http_json("PUT", f"{self.url}/_rig/hold", operation)
        try:
            yield lambda: bool(http_json("GET", f"{self.url}/_rig/held"))
        finally:
            http_json("PUT", f"{self.url}/_rig/hold", "")

    def forget_requests(self) -> None:
        """Start counting anew."""
        http_json("DELETE", f"{self.url}/_rig/requests")


@dataclass(frozen=True, slots=True)
class Rekognition:
    """The stand-in's controls."""

    url: str

    def limit(self, per_second: float | None) -> None:
        """Answer so many calls a second and throttle the others; None: no limit."""
        http_json("PUT", f"{self.url}/_control", {"per_second": per_second})

    def find_nothing(self) -> None:
        """Answer every call with no labels at all."""
        http_json("PUT", f"{self.url}/_control", {"find_nothing": True})

    def fail(self, part_of_key: str, code: str) -> None:
        """Answer calls for keys that hold this text with this error code."""
        http_json("PUT", f"{self.url}/_control", {"fail": {part_of_key: code}})

    def counts(self) -> dict[str, Any]:
        """calls, answered, throttled, failed, and keys (key -> calls) since the last reset."""
        counts: dict[str, Any] = http_json("GET", f"{self.url}/_control")
        return counts

    def reset(self) -> None:
        """No limit, no failures, counts at nought."""
        http_json("DELETE", f"{self.url}/_control")


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


def http_json(method: str, url: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def client_env(directory: Path, url: str) -> dict[str, str]:
    """The environment of a process that takes what answers at `url` for AWS."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    return kept | {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": CLIENT_KEY,
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(directory / "no-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(directory / "no-credentials"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",  # never the tester's keychain
    }


def free_port() -> int:
    """A port of this computer that nobody uses."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


@contextlib.contextmanager
def running_module(
    module: str,
    env: dict[str, str],
    log: Path,
    stdout: int | None = None,
    arguments: Sequence[str] = (),
) -> Iterator[subprocess.Popen[str]]:
    """`python -m module` in a process group of its own; its group is gone afterwards."""
    with log.open("a") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env=env | {lifeline.VARIABLE: "1"},
            cwd=ROOT,
            stdin=subprocess.PIPE,  # never written to; see lifeline
            stdout=out if stdout is None else stdout,
            stderr=out,
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # the group: functions run in it too
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()


def wait_until_healthy(address: str, process: subprocess.Popen[str], log: Path) -> None:
    """Wait until something answers there."""

    def end_of_log() -> str:
        return f"the end of {log}:\n{log.read_text()[-3000:]}"

    def answers() -> bool:
        assert process.poll() is None, end_of_log()
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=10):
            return True
        return False

    until(answers, f"an answer at {address}", instead=end_of_log)


@pytest.fixture(scope="session")
def _rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Emulator, Rekognition]]:
    with _services_read_once(), emulating(tmp_path_factory.mktemp("emulator")) as rig:
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
def emulating(directory: Path) -> Iterator[tuple[Emulator, Rekognition]]:
    """Run the emulator, with what it keeps in this folder, as long as the block runs."""
    log, port = directory / "emulator.log", free_port()
    url = f"http://127.0.0.1:{port}"
    env = client_env(directory, url)
    standin_env = env | {"OMP_NUM_THREADS": "2"}
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
            "LAMBDA_ACCOUNT_CONCURRENCY": str(CONCURRENCY),
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
        return run_python("-m", "deploy", *arguments, env=env)

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
