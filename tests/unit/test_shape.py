"""The shape of a picture, read from its header, is that of the picture as it is shown."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.photo.prepare import open_upright
from desktop.core.photo.shape import aspect_of
from tests.rig import odd_photos, photos


@pytest.mark.parametrize(("name", "suffix", "save"), photos.GOOD)
def test_of_every_format(
    tmp_path: Path, name: str, suffix: str, save: Callable[[Image.Image, Path], None]
) -> None:
    path = tmp_path / f"{name}{suffix}"
    save(photos.picture(3, edge_px=400), path)
    upright = open_upright(path, max_edge_px=400)
    with path.open("rb") as file:
        assert aspect_of(file) == pytest.approx(upright.width / upright.height, abs=0.02)


@pytest.mark.parametrize(
    "kind", ["JPEG XL", "JPEG 2000", "HEIC turned by its EXIF", "HEIF sequence"]
)
def test_of_a_rare_kind(kind: str) -> None:
    picture = photos.picture(3, edge_px=400)
    found = aspect_of(io.BytesIO(odd_photos.ODD[kind][1](picture)))
    assert found == pytest.approx(picture.width / picture.height, abs=0.01)


@pytest.mark.parametrize("kind", ["float", "BigTIFF, big-endian", "planes, 16 bits"])
def test_of_a_tiff_that_pillow_does_not_know(kind: str) -> None:
    picture = photos.picture(3, edge_px=400)
    found = aspect_of(io.BytesIO(odd_photos.TIFFS[kind](picture)))
    assert found == pytest.approx(picture.width / picture.height, abs=0.01)


def test_of_a_png_whose_exif_comes_last(tmp_path: Path) -> None:
    """Its pixels are passed over unread to find that."""
    path = tmp_path / "photo.png"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (300, 100)).save(path, exif=exif)
    data = path.read_bytes()
    start, pixels, end = data.index(b"eXIf") - 4, data.index(b"IDAT") - 4, data.index(b"IEND") - 4
    path.write_bytes(data[:start] + data[pixels:end] + data[start:pixels] + data[end:])
    assert open_upright(path, max_edge_px=400).size == (100, 300)
    with path.open("rb") as file:
        assert aspect_of(file) == pytest.approx(1 / 3, abs=0.001)


def test_of_a_jpeg_xl_that_is_turned() -> None:
    # 8 high and 24 wide, then what is not usual: extra fields, orientation 6
    bits = "1" + "00000" + "000" + "01000" + "0" + "1" + "101"
    data = b"\xff\x0a" + int(bits[::-1], 2).to_bytes(10, "little")
    assert aspect_of(io.BytesIO(data)) == 0.333


def test_what_pillow_says_of_a_file_is_not_logged() -> None:
    tags = ((256, 180), (257, 90), (262, 2), (277, 259))  # so many samples a pixel
    entries = b"".join(struct.pack("<HHII", tag, 3, 1, value) for tag, value in tags)
    assert aspect_of(io.BytesIO(b"II*\0\x08\0\0\0\4\0" + entries.ljust(99, b"\0"))) == 2.0


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0MM"])
def test_what_cannot_be_read_has_none(data: bytes) -> None:
    assert aspect_of(io.BytesIO(data)) is None
