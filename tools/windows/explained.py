"""For pytest under Wine: fails for what explained.txt does not explain, and for what it need not.

    python -m pytest -p tools.windows.explained tests/unit tests/ui

A line of explained.txt is the beginning of a test's name and, behind spaces and a #, why it fails
there. A test that is explained and passes is told, so that the list stays true.
"""

from __future__ import annotations

from pathlib import Path

import pytest

LIST = Path(__file__).with_name("explained.txt")
CRASHES = "crashes: "


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect these tests to fail; those that take the process along are not run."""
    reasons = explained(LIST.read_text(encoding="utf-8"))
    for item in items:
        for name, why in reasons.items():
            if item.nodeid.startswith(name):
                runs = not why.startswith(CRASHES)
                item.add_marker(pytest.mark.xfail(reason=why, strict=True, run=runs))


def explained(text: str) -> dict[str, str]:
    """Why each test fails, by the beginning of its name."""
    lines = (line.partition("  # ") for line in text.splitlines() if line and line[0] != "#")
    return {name.strip(): why.strip() for name, _, why in lines}
