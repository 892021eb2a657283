"""`tagdrop label` as a process of its own, for every kind of test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import ROOT

LIMIT_S = 240
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
    """One run of the command: its exit code, its JSON rows, what else it said, its seconds."""

    code: int
    rows: list[dict[str, Any]]
    errors: str
    seconds: float

    def states(self) -> Counter[str]:
        return Counter(row["state"] for row in self.rows)


@dataclass(frozen=True, slots=True)
class Computer:
    """A computer with a library of its own; `env` None leaves the test's surroundings."""

    data_dir: Path
    backend: str = "local"
    env: Mapping[str, str] | None = None

    def start(self, *arguments: str | Path, form: str = "json") -> subprocess.Popen[str]:
        """The command, running; its standard output and error are pipes."""
        command = [sys.executable, "-m", "desktop", "label", "--with", self.backend]
        return subprocess.Popen(
            [*command, "--format", form, "--data-dir", self.data_dir, *arguments],
            env={**(os.environ if self.env is None else self.env), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def label(self, *arguments: str | Path) -> Run:
        """Run the command to its end."""
        started_at = time.monotonic()
        with self.start(*arguments) as process:
            out, errors = process.communicate(timeout=LIMIT_S)
        rows = [json.loads(line) for line in out.splitlines()]
        return Run(process.returncode, rows, errors, time.monotonic() - started_at)
