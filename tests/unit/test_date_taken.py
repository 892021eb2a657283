"""When a photo was taken: read from what cameras write, and never at the photo's cost."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.photo.date_taken import taken_at


def photo(kind: str, tag: int, when: str) -> io.BytesIO:
    exif = Image.Exif()
    (exif if tag == 0x0132 else exif.get_ifd(0x8769))[tag] = when
    file = io.BytesIO()
    Image.new("RGB", (100, 80)).save(file, kind, exif=exif)
    file.seek(0)
    return file


@pytest.mark.parametrize(
    ("kind", "tag"), [("JPEG", 0x9003), ("WEBP", 0x9003), ("JPEG", 0x0132), ("TIFF", 0x0132)]
)
def test_the_camera_s_time_is_read(kind: str, tag: int) -> None:
    assert taken_at(photo(kind, tag, "2025:07:01 12:30:59")) == "2025-07-01T12:30:59"


@pytest.mark.parametrize("when", ["", "0000:00:00 00:00:00", "yesterday", "2025:13:01 00:00:00"])
def test_a_broken_time_is_none(when: str) -> None:
    assert taken_at(photo("JPEG", 0x9003, when)) is None


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0MM"])
def test_what_cannot_be_read_has_no_time(data: bytes) -> None:
    assert taken_at(io.BytesIO(data)) is None


def test_a_photo_without_a_time_is_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("RGB", (3000, 2000)).save(path)
    cut = path.read_bytes()[:400]  # decoding it would fail
    assert taken_at(io.BytesIO(cut)) is None
