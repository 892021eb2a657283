"""The results of a run, a line of JSON for each file; a line more for the same file replaces it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .facts import Facts
from .reading import Reading


@dataclass(frozen=True, slots=True)
class Result:
    """`path` is relative to the folder; `stamp` is size in bytes and time of change in ns."""

    path: str
    stamp: tuple[int, int]
    facts: Facts
    readings: dict[str, Reading] = field(default_factory=dict)

    def line(self) -> str:
        """As it is written."""
        values: dict[str, Any] = {
            "path": self.path,
            "stamp": self.stamp,
            "facts": asdict(self.facts),
            "readings": {name: each.to_json() for name, each in self.readings.items()},
        }
        return json.dumps(values) + "\n"


def load(file: Path) -> dict[str, Result]:
    """What was written, by path; a last line that was cut short does not count."""
    if not file.exists():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return {each.path: each for each in map(_result, lines) if each}


def save(file: Path, results: Iterable[Result]) -> None:
    """Write all anew; what was there is replaced when all is written."""
    partial = file.with_name(f"{file.name}.part")
    partial.write_text("".join(each.line() for each in results), encoding="utf-8")
    partial.replace(file)


def _result(line: str) -> Result | None:
    if not line.endswith("\n"):
        return None
    values = json.loads(line)
    readings = {name: Reading.from_json(each) for name, each in values["readings"].items()}
    size_bytes, mtime_ns = values["stamp"]
    return Result(values["path"], (size_bytes, mtime_ns), Facts(**values["facts"]), readings)
