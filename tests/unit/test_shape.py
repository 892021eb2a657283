"""The shape of a picture, read from its header, is that of the picture as it is shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.photo.prepare import open_upright
from desktop.core.photo.shape import aspect_of
from tests.rig import photos


@pytest.mark.parametrize(("name", "suffix", "save"), photos.GOOD)
def test_of_every_format(
    tmp_path: Path, name: str, suffix: str, save: Callable[[Image.Image, Path], None]
) -> None:
    path = tmp_path / f"{name}{suffix}"
    save(photos.picture(3, edge_px=400), path)
    upright = open_upright(path, max_edge_px=400)
    with path.open("rb") as file:
        assert aspect_of(file) == pytest.approx(upright.width / upright.height, abs=0.02)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0MM"])
def test_what_cannot_be_read_has_none(data: bytes) -> None:
    assert aspect_of(io.BytesIO(data)) is None
