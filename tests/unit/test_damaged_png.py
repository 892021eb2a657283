"""A PNG that was cut off, or is broken inside, is labelled as far as it is there."""

import io
import struct
import zlib

import pytest
from PIL import ImageChops

from desktop.core.errors import ImageError
from desktop.core.photo.prepare import prepare
from tests.rig import photos

MODES = ["L", "LA", "RGB", "RGBA", "P", "1", "I;16"]
END = 16
"""The checksum of the last piece of the picture, and the chunk that ends the file."""


@pytest.fixture
def picture():
    return photos.picture(1, edge_px=320)


def png(picture, mode="RGB"):
    if mode == "I;16":
        grey = picture.convert("L").convert("I").point(lambda value: value * 257)
        picture = grey.convert("I;16")
    file = io.BytesIO()
    picture.convert(mode).save(file, "PNG")
    return file.getvalue()


def prepared(tmp_path, data):
    path = tmp_path / "photo.png"
    path.write_bytes(data)
    return prepare(path, form="pixels")


def interlaced(picture):
    """The same in seven passes, which Pillow reads and does not write."""
    passes = []
    for left, top, across, down in (
        *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
        *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
    ):
        for y in range(top, picture.height, down):
            line = [picture.getpixel((x, y)) for x in range(left, picture.width, across)]
            passes += [b"\0", *map(bytes, line)]
    header = struct.pack(">IIBBBBB", *picture.size, 8, 2, 0, 0, 1)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(passes))), (b"IEND", b"")]
    packed = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize("mode", MODES)
def test_one_that_lacks_only_its_end_is_whole(tmp_path, picture, mode):
    whole = prepared(tmp_path, png(picture, mode))
    cut = prepared(tmp_path, png(picture, mode)[:-END])
    assert not cut.is_partly_damaged
    assert ImageChops.difference(whole.pixels, cut.pixels).getbbox() is None


@pytest.mark.parametrize("make", [png, interlaced])
def test_most_of_it_is_labelled_and_marked(tmp_path, picture, make):
    data = make(picture)
    whole = prepared(tmp_path, data).pixels
    cut = prepared(tmp_path, data[: len(data) * 19 // 20])
    assert cut.is_partly_damaged
    if make is png:
        there = (0, 0, picture.width, picture.height * 85 // 100)
        assert ImageChops.difference(whole.crop(there), cut.pixels.crop(there)).getbbox() is None


def test_a_fault_near_the_end_is_told(tmp_path, picture):
    data = bytearray(png(picture))
    data[-END - 40 : -END - 20] = bytes(20)
    assert prepared(tmp_path, bytes(data)).is_partly_damaged


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_a_part_is_damaged(tmp_path, picture, share):
    data = png(picture)
    with pytest.raises(ImageError, match="This photo is damaged"):
        prepared(tmp_path, data[: int(len(data) * share)])


def test_what_says_that_it_is_huge_is_refused_before_it_is_unpacked(tmp_path, picture):
    data = bytearray(png(picture))
    data[16:24] = struct.pack(">II", 60_000, 60_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    with pytest.raises(ImageError, match="This picture has too many pixels"):
        prepared(tmp_path, bytes(data[:-END]))
