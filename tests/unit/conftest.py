"""What several kinds of unit tests begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library of the test's own, beside whatever it labels."""
    library = Library(tmp_path / "data" / "library.db")
    yield library
    library.close()
