"""Another Python that a test runs to its end, and the wait until something is so."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import pytest

from . import ROOT

LIMIT_S = 120

Found = TypeVar("Found")


def run_python(
    *arguments: str | Path, env: Mapping[str, str] | None = None, code: int | None = None
) -> subprocess.CompletedProcess[str]:
    """`python <arguments>` in the project's folder, without a keyboard, its output captured.

    `env` None is the test's own surroundings; `code` is the exit code that it must end with.
    """
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert code in (None, done.returncode), done.stdout + done.stderr
    return done


def until(
    reached: Callable[[], Found],
    what: str,
    *,
    pause_s: float = 0.02,
    instead: Callable[[], str] = lambda: "",
) -> Found:
    """Wait until `reached` says something; that. It fails the test when `what` never comes.

    `instead` tells what there is at that moment.
    """
    deadline, pause = time.monotonic() + LIMIT_S, threading.Event()
    while not (found := reached()):
        if time.monotonic() > deadline:
            pytest.fail(f"{what} never came\n{instead()}".rstrip())
        pause.wait(pause_s)
    return found
