"""`tagdrop label` as a process of its own, for every kind of test."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from . import ROOT

HURRIED = "tests.rig.hurried"
LIMIT_S = 240
LOOK_EVERY_S = 0.05
EXPECTED = {  # sample photo -> a label that it must get
    "chelsea": "Cat",
    "coffee": "Coffee",
    "friends": "Dog",
    "picosdeeuropa": "Mountain",
    "astronaut": "Person",
    "china": "Building",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: its exit code, its JSON rows, what else it said, its seconds.

    `most_threads` is the largest number seen, looking every 50 ms.
    """

    code: int
    rows: list[dict[str, Any]]
    errors: str
    seconds: float
    most_threads: int

    def states(self) -> Counter[str]:
        return Counter(row["state"] for row in self.rows)


@dataclass(frozen=True, slots=True)
class Computer:
    """A computer with a library of its own; `env` None leaves the test's surroundings.

    `hurried`: what it tries again it does at once.
    """

    data_dir: Path
    backend: str = "local"
    env: Mapping[str, str] | None = None
    hurried: bool = False

    def start(self, *arguments: str | Path, form: str = "json") -> subprocess.Popen[str]:
        """The command, running; its standard output and error are pipes."""
        program = [HURRIED, "desktop"] if self.hurried else ["desktop"]
        command = [sys.executable, "-m", *program, "label", "--with", self.backend]
        return subprocess.Popen(
            [*command, "--format", form, "--data-dir", self.data_dir, *arguments],
            env={**(os.environ if self.env is None else self.env), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def label(self, *arguments: str | Path, limit_s: float = LIMIT_S) -> Run:
        """Run the command to its end, which comes within `limit_s`."""
        started_at = time.monotonic()
        with self.start(*arguments) as process, _counting_threads(process.pid) as counts:
            out, errors = process.communicate(timeout=limit_s)
        rows = [json.loads(line) for line in out.splitlines()]
        seconds = time.monotonic() - started_at
        return Run(process.returncode, rows, errors, seconds, max(counts))


@contextlib.contextmanager
def _counting_threads(pid: int) -> Iterator[list[int]]:
    """How many threads the process has, looked at until it or the block ends."""
    process, counts, ended = psutil.Process(pid), [0], threading.Event()

    def look() -> None:
        with contextlib.suppress(psutil.Error):
            while not ended.wait(LOOK_EVERY_S):
                counts.append(process.num_threads())

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield counts
    finally:
        ended.set()
        looking.join()
