"""The stand-ins' processes: started, waited for, and gone afterwards with all that they started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.rig import ROOT
from tests.rig.processes import until

from . import lifeline
from .controls import CLIENT_KEY, REGION


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
