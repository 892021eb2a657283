"""Thumbnails are made once, renewed when the photo changes, and bounded on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.errors import ImageError
from desktop.core.photo import thumbnails
from desktop.core.photo.thumbnails import EDGES_PX, ThumbnailCache

EDGE_PX = EDGES_PX[0]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.new("RGB", (1200, 600), (10, 20, 200)).save(path)
    return path


def kept(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def test_it_is_small_and_kept(photo: Path, tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "thumbnails"
    cache = ThumbnailCache(folder)
    assert cache.thumbnail(photo, EDGE_PX).size == (EDGE_PX, EDGE_PX // 2)
    assert len(kept(folder)) == 1
    decoded: list[Path] = []
    monkeypatch.setattr(thumbnails, "open_upright", lambda path, **_: decoded.append(path))
    again = ThumbnailCache(folder).thumbnail(photo, EDGE_PX)
    assert again.size == (EDGE_PX, EDGE_PX // 2)
    assert decoded == []


def test_they_follow_a_photo_that_is_moved(photo: Path, tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "thumbnails"
    cache = ThumbnailCache(folder)
    cache.thumbnail(photo, EDGE_PX)
    moved = photo.rename(tmp_path / "moved.png")
    cache.follow(photo, moved)
    monkeypatch.setattr(thumbnails, "open_upright", lambda path, **_: pytest.fail("made anew"))
    assert cache.thumbnail(moved, EDGE_PX).size == (EDGE_PX, EDGE_PX // 2)
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("long_px", [4032, 2400, 1400, 900])
@pytest.mark.parametrize(
    ("wanted_px", "edge_px"), [(100, 336), (168, 336), (336, 336), (337, 672), (672, 672)]
)
def test_it_is_as_large_as_its_place(
    tmp_path: Path, long_px: int, wanted_px: int, edge_px: int
) -> None:
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (long_px, 600)).save(photo)
    cache = ThumbnailCache(tmp_path / "thumbnails")
    for _ in range(2):  # made, and kept
        assert max(cache.thumbnail(photo, wanted_px).size) == edge_px


def test_both_sizes_are_kept(photo: Path, tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    for wanted_px in (100, 500, 100, 500):
        cache.thumbnail(photo, wanted_px)
    assert len(kept(tmp_path / "thumbnails")) == 2


def test_an_edited_photo_gets_a_new_one(photo: Path, tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    cache.thumbnail(photo, EDGE_PX)
    Image.new("RGB", (600, 1200), (200, 20, 10)).save(photo)
    os.utime(photo, ns=(1, 1))
    picture = cache.thumbnail(photo, EDGE_PX)
    assert picture.size == (EDGE_PX // 2, EDGE_PX)
    red, _, blue = picture.getpixel((5, 5))
    assert red > 150 > blue


def test_a_damaged_copy_is_made_anew(photo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "thumbnails"
    cache = ThumbnailCache(folder)
    cache.thumbnail(photo, EDGE_PX)
    (place,) = kept(folder)
    place.write_bytes(place.read_bytes()[:200])
    assert cache.thumbnail(photo, EDGE_PX).getpixel((300, 150))[2] > 150
    assert len(kept(folder)) == 1


def test_what_is_no_picture_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "text.jpg"
    path.write_text("not a picture", encoding="utf-8")
    cache = ThumbnailCache(tmp_path / "thumbnails")
    for each in (path, tmp_path / "missing.jpg"):
        with pytest.raises(ImageError):
            cache.thumbnail(each, EDGE_PX)
    assert kept(tmp_path / "thumbnails") == []


def test_a_folder_that_cannot_be_written_costs_only_speed(photo: Path, tmp_path: Path) -> None:
    (tmp_path / "thumbnails").write_text("a file is in the way", encoding="utf-8")
    cache = ThumbnailCache(tmp_path / "thumbnails")
    assert cache.thumbnail(photo, EDGE_PX).size == (EDGE_PX, EDGE_PX // 2)


def test_the_folder_stays_within_its_bound(tmp_path: Path) -> None:
    folder = tmp_path / "thumbnails"
    photos = []
    for number in range(8):
        photos.append(tmp_path / f"{number}.png")
        Image.effect_noise((400, 400), 90).save(photos[-1])
    one = ThumbnailCache(tmp_path / "measured")
    one.thumbnail(photos[0], EDGE_PX)
    size_bytes = kept(tmp_path / "measured")[0].stat().st_size
    cache = ThumbnailCache(folder, max_bytes=round(size_bytes * 4.5))
    for age, photo in enumerate(photos):
        before = set(kept(folder))
        cache.thumbnail(photo, EDGE_PX)
        for new in set(kept(folder)) - before:
            os.utime(new, (1000 + age, 1000 + age))
        assert sum(p.stat().st_size for p in kept(folder)) <= size_bytes * 4.6
    assert len(kept(folder)) >= 3
