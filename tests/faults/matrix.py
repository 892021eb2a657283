"""The faults that Tagdrop must survive and the threats that it meets, and the tests that
docs/reliability.md and docs/security.md name for each.

`python -m tests.faults.matrix` runs those of the faults, with pytest's options: `make test-faults`.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RELIABILITY = ROOT / "docs" / "reliability.md"
SECURITY = ROOT / "docs" / "security.md"

FAULTS: dict[str, tuple[str, ...]] = {
    "Killed": (
        "at an armed point",
        "at random",
        "the function, between Rekognition and the table",
    ),
    "The way to Amazon": (
        "reset connection",
        "cut upload",
        "answer lost after the server applied the put",
        "truncated answer",
        "corrupted answer",
        "hang",
        "8 KB a second",
        "offline at start",
        "captive portal",
        "no DNS",
        "proxy",
    ),
    "Amazon": (
        "throttling",
        "503",
        "DynamoDB throttled at half",
        "expired key",
        "revoked key",
        "wrong clock",
        "denied: an action of the app",
        "denied: an action of the function",
        "denied: an action of the set-up",
        "duplicate event",
        "late event",
        "lost event",
        "out-of-order events",
    ),
    "Removed in mid-run": (
        "bucket",
        "table",
        "stack",
        "function",
        "trigger",
        "queues and log",
    ),
    "This computer": (
        "disk full",
        "library locked",
        "library read-only",
        "library corrupt",
        "library newer",
        "settings cut at each byte",
        "two instances",
        "sleep",
        "clock that jumps",
        "quit in mid-upload",
        "model missing",
        "model damaged",
        "network drive that hangs",
        "50,000 files in one drop",
    ),
}
"""The headings of docs/reliability.md, and the first cell of each row below them."""

THREATS = (
    "hostile photo",
    "hostile name",
    "hostile page in the person's browser",
    "hostile program on the same computer",
    "stolen key",
    "stolen laptop",
    "hostile bucket object",
    "somebody in the company account",
    "hostile network",
    "hostile model for search by meaning",
    "hostile package",
    "damaged or hostile data",
)
"""The first cell of each row of docs/security.md."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of four cells; `tests` are pytest's, as file::test or file::test[id]."""

    heading: str
    name: str
    second: str
    third: str
    tests: tuple[str, ...]


def rows(document: Path) -> list[Row]:
    """Those of all its tables, in order."""
    found, heading = [], ""
    head: list[str] = []
    for line in document.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        if not line.startswith("|"):
            head = []
            continue
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if head and len(cells) == 4:
            tests = tuple(re.findall(r"`(tests/[^`]+)`", cells[3]))
            found.append(Row(heading, *cells[:3], tests))
        head = head or cells
    return found


def main() -> int:
    """Run each test that is named, once."""
    tests = dict.fromkeys(test for row in rows(RELIABILITY) for test in row.tests)
    return pytest.main([*sys.argv[1:], *(str(ROOT / test) for test in tests)])


if __name__ == "__main__":
    sys.exit(main())
