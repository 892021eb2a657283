"""prepare: every kind of photo becomes the same kind of JPEG, and looks as it did."""

import io
import os
import struct
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from desktop.core.photo.prepare import Prepared, Stamp, open_upright, prepare
from tests.rig import photos
from tests.rig.processes import run_python

ORIENTATIONS = range(1, 9)


def shown(prepared: Prepared) -> Image.Image:
    image = Image.open(io.BytesIO(prepared.data))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    return image


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, 0–255, seen small."""
    small = [image.convert("RGB").resize((48, 48), Image.Resampling.BOX) for image in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*small)).mean)


def turned_by(image: Image.Image, upright: Image.Image) -> int:
    """Which orientation is still to be applied to `image`: 1 when it looks like `upright`."""

    def candidate(orientation: int) -> Image.Image:
        turn = photos.TO_STORED.get(orientation)
        return upright if turn is None else upright.transpose(turn)

    assert max(image.size) == pytest.approx(max(upright.size), abs=2)
    return min(ORIENTATIONS, key=lambda o: difference(image, candidate(o)))


def markers(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to its scan."""
    found, at = [], 2
    while found[-1:] != [0xDA]:
        found.append(jpeg[at + 1])
        at += 2 + struct.unpack_from(">H", jpeg, at + 2)[0]
    return found


@pytest.mark.parametrize(("name", "suffix", "save"), photos.GOOD)
def test_every_kind_of_photo_looks_as_it_did(tmp_path, name, suffix, save):
    picture = photos.picture(7, edge_px=640)
    path = tmp_path / f"{name}{suffix}"
    save(picture, path)
    if name == "alpha":
        picture.paste("white", (0, 0, picture.width // 3, picture.height))
    result = shown(prepare(path, stamp=Stamp.of(path.stat())))
    assert result.size == picture.size
    colours = {"gif": 12, "cmyk": 9, "wide-gamut": 30}  # 64 colours; other colours on purpose
    assert difference(result, picture) < colours.get(name, 5)
    assert turned_by(result, picture) == 1


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".avif"])
def test_a_turned_photo_stands_upright(tmp_path, suffix, orientation):
    picture = photos.picture(2, edge_px=320)
    path = tmp_path / f"turned{suffix}"
    photos.save_oriented(picture, path, orientation)
    result = shown(prepare(path))
    assert result.size == picture.size
    assert turned_by(result, picture) == 1


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_heic_is_turned_once(tmp_path, orientation):
    picture = photos.picture(2, edge_px=320)
    photos.save_heic(picture, tmp_path / "a.heic", orientation=orientation)
    assert turned_by(shown(prepare(tmp_path / "a.heic")), picture) == 1


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "mosaic"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_raw_stands_upright(tmp_path, orientation, preview):
    picture = photos.picture(2, edge_px=1200)
    path = tmp_path / "a.dng"
    photos.save_dng(picture, path, orientation=orientation, preview=preview)
    result = shown(prepare(path))
    assert turned_by(result, picture) == 1
    assert difference(result, picture) < (5 if preview else 40)  # a demosaic is exposed anew


def test_a_raw_with_a_stamp_for_a_preview_is_developed(tmp_path):
    photos.save_dng(photos.picture(2, edge_px=1200), tmp_path / "a.dng", preview_edge_px=160)
    assert max(shown(prepare(tmp_path / "a.dng")).size) == 1200


def test_a_large_raw_without_preview_is_developed_at_half_size(tmp_path):
    photos.save_dng(photos.picture(2, edge_px=2400), tmp_path / "a.dng", preview=False)
    assert max(shown(prepare(tmp_path / "a.dng")).size) == 1200


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4032, 3024), (2016, 1512)),  # one DCT step
        ((3000, 2000), (1500, 1000)),
        ((2016, 900), (2016, 900)),  # nothing to do
        ((80, 80), (80, 80)),
        ((17000, 9000), (2016, 1067)),  # 1/8 is still too large: resampled
        ((12000, 300), (3200, 80)),  # the short edge wins
        ((300, 12000), (80, 3200)),
        ((5000, 200), (2016, 81)),
        ((10000, 80), (10000, 80)),
    ],
)
def test_the_size_of_a_jpeg(tmp_path, size, expected):
    path = tmp_path / "a.jpg"
    Image.new("L", size, 128).save(path)
    assert shown(prepare(path)).size == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [((2500, 1000), (2016, 806)), ((4096, 128), (2560, 80)), ((500, 90), (500, 90))],
)
def test_the_size_of_a_png(tmp_path, size, expected):
    Image.new("RGB", size, "red").save(tmp_path / "a.png")
    assert shown(prepare(tmp_path / "a.png")).size == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [((4032, 3024), (1008, 756)), ((3000, 2001), (1000, 667)), ((2500, 200), (1024, 82))],
)
def test_pixels_are_shrunk_by_a_whole_factor_where_that_leaves_enough(tmp_path, size, expected):
    Image.new("RGB", size, "red").save(tmp_path / "a.png")
    image = prepare(tmp_path / "a.png", form="pixels", max_edge_px=1024).pixels
    assert image.size == expected
    assert image.getcolors() == [(expected[0] * expected[1], (255, 0, 0))]


@pytest.mark.parametrize(("name", "suffix", "save"), photos.GOOD)
def test_pixels_show_what_the_jpeg_shows(tmp_path, name, suffix, save):
    picture = photos.picture(3, edge_px=1300)
    save(picture, tmp_path / f"a{suffix}")
    path = tmp_path / f"a{suffix}"
    image = prepare(path, form="pixels", max_edge_px=1024).pixels
    assert image.mode == "RGB"
    assert not image.info
    assert difference(image, shown(prepare(path))) < 2


def test_each_form_is_only_what_was_asked_for(tmp_path):
    photos.save_jpeg(photos.picture(1), tmp_path / "a.jpg")
    with pytest.raises(TypeError):
        _ = prepare(tmp_path / "a.jpg").pixels
    with pytest.raises(TypeError):
        _ = prepare(tmp_path / "a.jpg", form="pixels").data


def test_a_backend_may_ask_for_less(tmp_path):
    photos.save_jpeg(photos.picture(1, edge_px=1600), tmp_path / "a.jpg")
    assert 224 < max(shown(prepare(tmp_path / "a.jpg", max_edge_px=448)).size) <= 448


def test_nothing_of_the_metadata_leaves(tmp_path):
    path = tmp_path / "a.jpg"
    photos.save_jpeg(photos.picture(3), path, orientation=6, icc_profile=photos.display_p3())
    original = path.read_bytes()
    assert all(secret in original for secret in (b"Exif", b"ICC_PROFILE", b"secret", b"2025:07:14"))
    data = prepare(path).data
    application_and_comment = [m for m in markers(data) if 0xE0 <= m <= 0xEF or m == 0xFE]
    assert application_and_comment == [0xE0]  # JFIF, which holds no more than the density
    assert set(Image.open(io.BytesIO(data)).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }
    thumbnail = open_upright(path, max_edge_px=300)
    assert thumbnail.info == {}


def test_the_original_stays_as_it_was(tmp_path):
    path = tmp_path / "a.jpg"
    photos.save_jpeg(photos.picture(3), path, orientation=3)
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    prepare(path)
    open_upright(path, max_edge_px=200)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_content_decides_not_the_name(tmp_path):
    photos.save_heic(photos.picture(4, edge_px=300), tmp_path / "really-heic.jpg")
    photos.save_jpeg(photos.picture(4, edge_px=300), tmp_path / "no suffix")
    for path in tmp_path.iterdir():
        assert max(shown(prepare(path)).size) == 300


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_name_that_is_not_text(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg"))
    photos.save_jpeg(photos.picture(4, edge_px=300), path)
    assert prepare(path).data


def test_a_thumbnail_may_have_any_shape(tmp_path):
    Image.new("RGB", (4000, 20), "blue").save(tmp_path / "strip.png")
    Image.new("RGB", (16, 16), "blue").save(tmp_path / "icon.png")
    assert open_upright(tmp_path / "strip.png", max_edge_px=320).size == (320, 2)
    assert open_upright(tmp_path / "icon.png", max_edge_px=320).size == (16, 16)


def test_many_threads_prepare_what_one_does(tmp_path):
    paths = photos.make_photos(tmp_path, len(photos.GOOD), edge_px=400)
    alone = [prepare(path).data for path in paths]
    start = threading.Barrier(4)

    def prepare_all(_: int) -> list[bytes]:
        start.wait()
        return [prepare(path).data for path in paths]

    with ThreadPoolExecutor(4) as pool:
        assert all(result == alone for result in pool.map(prepare_all, range(4)))


def test_starting_loads_no_decoder_that_may_not_be_needed():
    code = "import desktop.core.photo.prepare, sys; print(*sys.modules)"
    loaded = run_python("-c", code, code=0).stdout.split()
    assert not {"pillow_heif", "rawpy", "numpy", "PIL.ImageCms", "PySide6"} & set(loaded)
