"""A WebP that was cut off is labelled as far as it is there."""

import io

import pytest
from PIL import ImageChops

from desktop.core.errors import ImageError
from desktop.core.photo.details import read_details
from desktop.core.photo.prepare import prepare
from tests.rig import photos


@pytest.fixture
def picture():
    return photos.picture(1, edge_px=320)


def webp(picture, **options):
    file = io.BytesIO()
    picture.save(file, "WEBP", method=0, **options)
    return file.getvalue()


def prepared(tmp_path, data):
    path = tmp_path / "photo.webp"
    path.write_bytes(data)
    return prepare(path, form="pixels")


def cut(data, share):
    return data[: int(len(data) * share)]


def zeroed(data, share):
    """As a file is left whose room was reserved before it was written."""
    return cut(data, share).ljust(len(data), b"\0")


@pytest.mark.parametrize("end", [cut, zeroed])
@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_most_of_it_is_labelled_and_marked(tmp_path, picture, mode, lossless, end):
    picture = picture.convert(mode)
    if mode == "RGBA":
        picture.paste((0, 0, 0, 0), (0, 0, 100, picture.height))
    data = webp(picture, lossless=lossless)
    whole, found = prepared(tmp_path, data), prepared(tmp_path, end(data, 0.96))
    assert found.is_partly_damaged
    assert not whole.is_partly_damaged
    assert found.pixels.size == whole.pixels.size
    there = (0, 0, picture.width, picture.height * 9 // 10)
    lost = ImageChops.difference(whole.pixels.crop(there), found.pixels.crop(there))
    assert lost.convert("RGB").getbbox() is None
    assert found.pixels.getpixel((200, picture.height - 1))[:3] == (128, 128, 128)
    assert read_details(tmp_path / "photo.webp").width == picture.width


@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.8])
def test_a_part_is_damaged(tmp_path, picture, lossless, share):
    with pytest.raises(ImageError, match="This photo is damaged"):
        prepared(tmp_path, cut(webp(picture, lossless=lossless), share))


def test_of_an_animation_the_first_picture_is_there(tmp_path, picture):
    second = ImageChops.invert(picture)
    data = webp(picture, save_all=True, append_images=[second], quality=80)
    whole, found = (prepared(tmp_path, each).pixels for each in (data, cut(data, 0.7)))
    assert ImageChops.difference(whole.convert("RGB"), found.convert("RGB")).getbbox() is None


def test_what_is_broken_beside_the_picture_costs_nothing(tmp_path, picture):
    data = webp(picture, icc_profile=photos.display_p3(), exif=photos.camera_exif())
    broken = data.replace(b"ICCP", b"?CCP")[:-100]
    found = prepared(tmp_path, broken)
    assert not found.is_partly_damaged
    assert found.pixels.size == picture.size
