"""What several kinds of unit tests begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.library.library import Library
from desktop.recognisers import RECOGNISERS


@pytest.fixture(autouse=True)
def _no_pace(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no job wait for a service that a test only plays, but where the pace is what is tested:
    five photos a second would be most of the time that these tests take.
    """
    if "pace" not in request.path.stem:
        monkeypatch.setattr("desktop.core.job.job.pace_for", lambda *_: None)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library of the test's own, beside whatever it labels."""
    library = Library(tmp_path / "data" / "library.db", RECOGNISERS)
    yield library
    library.close()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Ten small photos of different colours."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(10):
        save_photo(folder / f"{number}.jpg", number)
    return folder


def save_photo(path: Path, number: int) -> None:
    Image.new("RGB", (100, 90), (number * 20 % 256, number % 256, 60)).save(path)
