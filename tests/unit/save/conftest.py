"""What the tests of saving begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.rig.labelled_photos import LabelledPhotos


@pytest.fixture
def labelled(tmp_path: Path) -> Iterator[LabelledPhotos]:
    """An empty library, and an empty folder for photos."""
    folder = tmp_path / "photos"
    folder.mkdir()
    labelled = LabelledPhotos(tmp_path / "data", folder)
    yield labelled
    labelled.library.close()


@pytest.fixture
def photos(labelled: LabelledPhotos) -> list[Path]:
    """Five photos in it, each a Dog (90) and a Cat (60)."""
    paths = [labelled.folder / f"{number}.jpg" for number in range(5)]
    for number, path in enumerate(paths):
        Image.new("RGB", (100, 90), (number * 40, 9, 60)).save(path)
    labelled.label_all(paths, Dog=90, Cat=60)
    return paths
