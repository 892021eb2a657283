"""What is said of a photo beside its labels: read from headers, for every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.photo.date_taken import Taken
from desktop.core.photo.details import Details, read_details
from desktop.core.photo.prepare import open_upright
from tests.rig import dated
from tests.rig.photos import GOOD, picture


@pytest.mark.parametrize(("name", "ending", "save"), GOOD, ids=[f"{g[0]}{g[1]}" for g in GOOD])
def test_the_size_is_that_of_the_upright_picture(
    tmp_path: Path, name: str, ending: str, save: Callable[[Image.Image, Path], None]
) -> None:
    path = tmp_path / f"photo{ending}"
    save(picture(3, edge_px=200), path)
    details = read_details(path)
    assert (details.width, details.height) == open_upright(path, max_edge_px=10_000).size


@pytest.mark.parametrize("ending", [".tif", ".webp", ".png", ".jpg"])
def test_what_lies_on_its_side_is_measured_upright(tmp_path: Path, ending: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / f"photo{ending}"
    Image.new("RGB", (200, 100)).save(path, exif=exif)
    details = read_details(path)
    assert (details.width, details.height) == open_upright(path, max_edge_px=999).size == (100, 200)


def test_an_orientation_of_another_type_counts_too(tmp_path: Path) -> None:
    """Panasonic's DMC-GF1 writes it as a signed number of four bytes."""
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (200, 100)).save(path, exif=exif)
    short, signed = b"\x01\x12\0\3\0\0\0\1\0\6\0\0", b"\x01\x12\0\x09\0\0\0\1\0\0\0\6"
    assert short in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(short, signed))
    details = read_details(path)
    assert (details.width, details.height) == open_upright(path, max_edge_px=999).size == (100, 200)


def test_camera_and_time_are_read(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "NIKON CORPORATION\0", "NIKON D90"
    exif.get_ifd(0x8769)[0x9003] = "2025:07:12 18:42:00"
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (90, 80)).save(path, exif=exif)
    assert read_details(path) == Details(90, 80, Taken("2025-07-12T18:42:00"), "NIKON D90")
    exif[0x010F], exif[0x0110] = "Apple", "iPhone 15"
    Image.new("RGB", (90, 80)).save(path, exif=exif)
    assert read_details(path).camera == "Apple iPhone 15"


def test_a_camera_s_own_format_tells_its_camera_though_its_picture_is_not_there(
    tmp_path: Path,
) -> None:
    path = tmp_path / "photo.raf"
    words = {0x010F: "FUJIFILM", 0x0110: "X100V", dated.TAKEN: "2025:07:12 18:42:00"}
    path.write_bytes(dated.raf(dated.tiff(words)))
    taken = Taken("2025-07-12T18:42:00")
    assert read_details(path) == Details(0, 0, taken, "FUJIFILM X100V")
    sidecar = dated.xmp(exif_DateTimeOriginal="2025-07-12T20:42:00")
    assert read_details(path, sidecar).taken == Taken("2025-07-12T20:42:00")


def test_of_what_cannot_be_read_nothing_is_known(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    assert read_details(path) == Details()
    path.write_bytes(b"no picture")
    assert read_details(path) == Details()
