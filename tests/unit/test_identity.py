"""Which pictures are the same: whatever is done to the metadata, and no two different ones."""

from __future__ import annotations

import hashlib
import random
import struct
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.photo.identity import picture_digest
from tests.rig import exiftool, photos
from tests.rig.tiffs import save_dng

Save = Callable[[Image.Image, Path], None]
KINDS = [pytest.param(suffix, save, id=name) for name, suffix, save in photos.GOOD if name != "bmp"]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return picture_digest(file)


def whole(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("suffix", "save"), KINDS)
def test_metadata_does_not_count(tmp_path: Path, suffix: str, save: Save) -> None:
    path = tmp_path / f"photo{suffix}"
    save(photos.picture(1, edge_px=320), path)
    before = digest(path)
    exiftool.rewrite(path, exiftool.RATE)
    assert digest(path) == before
    if suffix.lower() in (".jpg", ".jpeg"):
        exiftool.rewrite(path, exiftool.STRIP)
        assert digest(path) == before


@pytest.mark.parametrize(("suffix", "save"), KINDS)
def test_the_picture_counts(tmp_path: Path, suffix: str, save: Save) -> None:
    picture = photos.picture(1, edge_px=320)
    shapes = (picture, picture.crop((0, 0, picture.width - 32, picture.height)))
    found = set()
    for number, shape in enumerate(shapes):
        save(shape, tmp_path / f"{number}{suffix}")
        found.add(digest(tmp_path / f"{number}{suffix}"))
    assert len(found) == 2


@pytest.mark.parametrize("sequel", [b"\0" * 40, b"\0\0\0\x18ftypmp42 a film"])
@pytest.mark.parametrize("save", [photos.save_jpeg, photos.save_progressive])
def test_what_follows_a_jpeg_does_not_count(tmp_path: Path, save: Save, sequel: bytes) -> None:
    path = tmp_path / "photo.jpg"
    save(photos.picture(1, edge_px=2000), path)
    before = digest(path)
    path.write_bytes(path.read_bytes() + sequel)
    assert digest(path) == before
    exiftool.rewrite(path, exiftool.STRIP)
    assert digest(path) == before


def test_of_the_pictures_that_a_phone_lists_the_first_counts(tmp_path: Path) -> None:
    path, alone = tmp_path / "photo.jpg", tmp_path / "alone.jpg"
    first, second = photos.picture(1, edge_px=2000), photos.picture(2, edge_px=320)
    first.save(path, "MPO", save_all=True, append_images=[second], exif=photos.camera_exif())
    first.save(alone, "JPEG", exif=photos.camera_exif())
    before = digest(alone)
    assert path.read_bytes().count(b"\xff\xd9") > 1
    assert digest(path) == before
    for options in (exiftool.RATE, exiftool.STRIP):
        exiftool.rewrite(path, options)
        assert digest(path) == before
    first.save(path, "MPO", save_all=True, append_images=[second])
    data = bytearray(path.read_bytes())
    entries = data.index(b"MPF\0") + 4
    for place in range(entries, entries + 90):  # a list that is not true, wherever it is broken
        broken = data.copy()
        broken[place] ^= 1
        path.write_bytes(broken)
        assert digest(path) == before


def test_the_same_scan_with_another_table_is_another_picture(tmp_path: Path) -> None:
    first, second = tmp_path / "1.jpg", tmp_path / "2.jpg"
    photos.save_jpeg(photos.picture(1, edge_px=320), first)
    data = bytearray(first.read_bytes())
    data[data.index(b"\xff\xdb") + 6] ^= 1
    second.write_bytes(data)
    assert digest(first) != digest(second)


def test_colours_that_are_coded_otherwise_are_another_picture(tmp_path: Path) -> None:
    first, second = tmp_path / "1.jpg", tmp_path / "2.jpg"
    photos.save_cmyk(photos.picture(1, edge_px=320), first)
    data = bytearray(first.read_bytes())
    data[data.index(b"Adobe") + 11] ^= 2
    second.write_bytes(data)
    assert digest(first) != digest(second)


def test_the_same_data_with_another_palette_is_another_picture(tmp_path: Path) -> None:
    picture = photos.picture(1, edge_px=320).quantize(16)
    palette = picture.getpalette() or []
    other = picture.copy()
    other.putpalette([255 - value for value in palette])
    for suffix in ("png", "gif", "tif"):
        first, second = tmp_path / f"1.{suffix}", tmp_path / f"2.{suffix}"
        picture.save(first)
        other.save(second)
        assert digest(first) != digest(second)


def test_a_lesser_part_is_not_another_files_picture(tmp_path: Path) -> None:
    """A cut-off photo is no more what it was, and neither is any photo like another."""
    path = tmp_path / "photo.jpg"
    photos.save_jpeg(photos.picture(1, edge_px=800), path)
    data = path.read_bytes()
    found = {digest(path)}
    for share in (0.9, 0.6, 0.3):
        path.write_bytes(data[: int(len(data) * share)])
        found.add(digest(path))
    assert len(found) == 4


def _tiff(entries: list[tuple[int, int, int, int]], following: int) -> bytes:
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + body + struct.pack("<I", following)


HOSTILE = {
    "a directory that follows itself": _tiff([(256, 3, 1, 9)], 8),
    "a directory inside itself": _tiff([(330, 4, 1, 8)], 0),
    "more strips than bytes": _tiff([(273, 4, 2**31, 8), (279, 4, 2**31, 8)], 0),
    "strips over strips": _tiff([(273, 4, 60_000, 64), (279, 4, 60_000, 64)], 0)
    + b"\xff\xff\0\0" * 70_000,
    "no picture": _tiff([(256, 3, 1, 9)], 0),
    "a chunk beyond the end": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDAT",
    "empty chunks": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0tEXt\0\0\0\0" * 100_000,
    "segments of no length": b"\xff\xd8" + b"\xff\xe0\0\0" * 1000,
    "fill bytes only": b"\xff\xd8" + b"\xff" * 300_000,
    "scans only": b"\xff\xd8" + b"\xff\xda\0\2x\xff\xda\0\2" * 100_000,
    "boxes of no length": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0\0\0\1meta" * 1000,
    "an empty box of items": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0\0\0\x0cmeta\0\0\0\0",
    "a web picture of nothing": b"RIFF\xff\xff\xff\xffWEBP" + b"EXIF\0\0\0\0" * 100,
    "a GIF without end": b"GIF89a" + bytes(7) + b"!\xf9\1" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_soon_done_with(tmp_path: Path, name: str) -> None:
    path = tmp_path / "photo"
    path.write_bytes(HOSTILE[name])
    started = time.thread_time()
    found = digest(path)
    assert time.thread_time() - started < 3
    assert found == whole(path) or name == "scans only"  # which are a picture, though of nothing


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".heic", ".avif", ".dng"])
def test_a_damaged_file_is_told_apart_by_something(tmp_path: Path, suffix: str) -> None:
    save = next(s for _, ending, s in photos.GOOD if ending.lower() == suffix)
    path = tmp_path / f"photo{suffix}"
    save(photos.picture(1, edge_px=160), path)
    data = path.read_bytes()
    rng = random.Random(suffix)
    for _ in range(60):
        broken = bytearray(data[: rng.randrange(len(data))] if rng.random() < 0.3 else data)
        for _ in range(rng.randrange(20)):
            broken[rng.randrange(len(broken) or 1) :][:1] = bytes((rng.randrange(256),))
        for _ in range(8):
            if broken:
                broken[rng.randrange(min(len(broken), 600))] = rng.randrange(256)
        path.write_bytes(broken or b"x")
        assert len(digest(path)) == 64


def test_a_dngs_preview_counts(tmp_path: Path) -> None:
    """A developer's new preview is what people and recognisers see of a RAW file."""
    found = set()
    for edge_px in (800, 640):
        save_dng(photos.picture(1, edge_px=900), tmp_path / "a.dng", preview_edge_px=edge_px)
        found.add(digest(tmp_path / "a.dng"))
    assert len(found) == 2


def test_other_files_count_whole(tmp_path: Path) -> None:
    path = tmp_path / "photo.bmp"
    photos.save_bmp(photos.picture(1, edge_px=160), path)
    assert digest(path) == whole(path)
    path.write_bytes(b"Dear diary")
    assert digest(path) == whole(path)
