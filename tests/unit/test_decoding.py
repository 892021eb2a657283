"""Rare kinds of photos look as they should; damage is told, and never taken for a photo."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageStat

from desktop.core.errors import ImageError
from desktop.core.photo.details import read_details
from desktop.core.photo.formats import RAW, sniff
from desktop.core.photo.prepare import open_upright, prepare
from tests.rig import ROOT, odd_photos, photos

FOREIGN = ROOT / "tests" / "foreign"


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, 0–255, seen small."""
    small = [image.convert("RGB").resize((48, 48), Image.Resampling.BOX) for image in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*small)).mean)


def assert_shown(path, picture, most=5):
    prepared = prepare(path, form="pixels")
    assert prepared.pixels.size == picture.size
    assert difference(prepared.pixels, picture) < most
    assert not prepared.is_partly_damaged
    thumbnail = open_upright(path, max_edge_px=200)
    assert difference(thumbnail, picture) < most + 2


def written(tmp_path, data, name="photo.jpg"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", odd_photos.TIFFS)
def test_a_tiff_of_any_layout(tmp_path, kind, capfd):
    picture = photos.picture(1, edge_px=320)
    path = written(tmp_path, odd_photos.TIFFS[kind](picture), "photo.tif")
    is_grey = "grey" in kind or "white" in kind
    assert_shown(path, picture.convert("L") if is_grey else picture)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("kind", odd_photos.ODD)
def test_a_photo_of_a_rare_kind(tmp_path, kind):
    picture = photos.picture(2, edge_px=320, sample="astronaut.png")
    suffix, make = odd_photos.ODD[kind]
    assert_shown(written(tmp_path, make(picture), f"photo{suffix}"), picture)


def test_an_avif_whose_container_breaks_the_rules():
    # a grid that names its fourth tile twice
    sofa = prepare(FOREIGN / "sofa_grid1x5_420_dimg_repeat.avif", form="pixels").pixels
    assert sofa.size == (1024, 770)
    fourth, fifth = (sofa.crop((0, top, 1024, top + 150)) for top in (464, 618))
    assert difference(fourth, fifth) < 1
    # transparency without a size, and two tables of properties
    for name, size in (("alpha_noispe", 80), ("plum_blossom_12bit", 128)):
        found = prepare(FOREIGN / f"{name}.avif", form="pixels").pixels
        assert found.size == (size, size)
        assert found.getpixel((0, 0))[:3] == (255, 255, 255)
        assert min(found.getpixel((size // 4, size // 2))[:3]) < 220
        assert read_details(FOREIGN / f"{name}.avif").width == size


def test_of_a_broken_avif_that_holds_a_film_nothing_is_made(tmp_path):
    data = odd_photos.avif_with_spoilt_exif(photos.picture(2, edge_px=320))
    path = written(tmp_path, data.replace(b"ftypavif", b"ftypavis"), "photo.avif")
    with pytest.raises(ImageError, match="damaged"):
        prepare(path)


def test_an_avif_is_cropped_as_it_says():
    path = FOREIGN / "blue-and-magenta-crop.avif"
    found = prepare(path, form="pixels").pixels
    assert found.size == (180, 100)
    assert (read_details(path).width, read_details(path).height) == (180, 100)
    wanted = Image.new("RGB", (180, 100), "blue")
    wanted.paste("magenta", (60, 20, 140, 80))
    assert difference(found, wanted) < 5


def test_a_jpeg_2000_with_broken_boxes(tmp_path):
    picture = photos.picture(2, edge_px=320, sample="astronaut.png")
    data = odd_photos.jpeg_2000(picture)
    place = data.index(b"jp2h") - 4
    broken = data[:place] + bytes((0, 0, 0, 3)) + data[place + 4 :]
    path = written(tmp_path, broken, "photo.jp2")
    assert_shown(path, picture)
    assert read_details(path).width == 320


def test_a_picture_is_not_turned_by_xmp(tmp_path):
    picture = photos.picture(2, edge_px=320, sample="astronaut.png")
    path, xmp = tmp_path / "photo.jpg", b'<x xmlns:tiff="" tiff:Orientation="3"/>'
    picture.save(path, quality=95, xmp=xmp)
    assert_shown(path, picture)


def test_a_dng_in_jpeg_xl_is_developed(tmp_path):
    picture = photos.picture(2, edge_px=640, sample="astronaut.png")
    path = written(tmp_path, odd_photos.dng_in_jpeg_xl(picture), "photo.dng")
    assert_shown(path, picture, most=40)  # exposed anew


@pytest.mark.parametrize("kind", ["HEIF", "BMP"])
def test_a_kind_that_nobody_reads_is_not_called_damaged(tmp_path, kind):
    picture = photos.picture(2, edge_px=320, sample="astronaut.png")
    data = odd_photos.heif_of_jpeg_2000(picture)
    if kind == "BMP":  # of 2 bits a pixel, as Windows CE wrote them
        data = odd_photos.bmp_with_masks(picture, (0xFF0000, 0xFF00, 0xFF))
        data = data[:28] + b"\2\0" + bytes(4) + data[34:]
    with pytest.raises(ImageError, match="This kind of picture cannot be read"):
        prepare(written(tmp_path, data))


PICTURE = photos.picture(1, edge_px=1200)
STRIPS = odd_photos.tiff(np.asarray(PICTURE), rowsperstrip=32, compression="zlib")
OTHER = photos.picture(3, edge_px=1200)


@pytest.mark.parametrize(
    "data",
    [
        odd_photos.zeroed(odd_photos.jpeg(PICTURE), 0.1, 8192),
        odd_photos.zeroed(odd_photos.jpeg(PICTURE, progressive=True), 0.5, 8192),
        odd_photos.spliced(odd_photos.jpeg(PICTURE), odd_photos.jpeg(OTHER)),
        odd_photos.jpeg(PICTURE).replace(b"\xff\xdb", b"junk\xff\xdb", 1)[:-33],
        odd_photos.jpeg(PICTURE)[:-33],
        odd_photos.jpeg(PICTURE.convert("L"))[:-33],
        odd_photos.jpeg(PICTURE.convert("CMYK"))[:-33],
        odd_photos.jpeg_lossless(PICTURE)[:-33],
        odd_photos.jpeg_12_bits(PICTURE)[:-33],
        odd_photos.zeroed(odd_photos.tiff(np.asarray(PICTURE), compression="zlib"), 0.5, 4096),
        odd_photos.zeroed(odd_photos.jpeg_lossless(PICTURE), 0.3, 512),
        odd_photos.zeroed(odd_photos.jpeg_12_bits(PICTURE), 0.5, 8192),
        odd_photos.zeroed(STRIPS, 0.5, 3000),
        odd_photos.zeroed(odd_photos.tiff(np.asarray(PICTURE), compression="jpeg"), 0.5, 4096),
    ],
    ids=[
        *("zeros", "zeros, progressive", "spliced", "junk, and cut"),
        *("cut", "cut, grey", "cut, CMYK"),
        *("cut, lossless", "cut, 12 bits", "zeros in a TIFF"),
        *("zeros, lossless", "zeros, 12 bits"),
        *("zeros in a TIFF's strips", "zeros in a TIFF's JPEG"),
    ],
)
def test_damage_inside_is_never_passed_over(tmp_path, data):
    path = written(tmp_path, data)
    try:
        assert prepare(path).is_partly_damaged
    except ImageError as error:
        assert error.title == "This photo is damaged"  # noqa: PT017 - either end is right
    else:
        assert open_upright(path, max_edge_px=200).size[0] > 100


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_that_lacks_its_end_is_shown_and_marked(tmp_path, progressive):
    data = odd_photos.jpeg(PICTURE, progressive=progressive)
    prepared = prepare(written(tmp_path, data[: len(data) * 96 // 100]), form="pixels")
    assert prepared.is_partly_damaged
    assert prepared.pixels.size == PICTURE.size
    top = (0, 0, PICTURE.width, PICTURE.height * 8 // 10)
    assert difference(prepared.pixels.crop(top), PICTURE.crop(top)) < 5


@pytest.mark.parametrize("data", [STRIPS, odd_photos.tiff(np.asarray(PICTURE))])
def test_a_tiff_that_lacks_its_end_is_shown_and_marked(tmp_path, data):
    prepared = prepare(written(tmp_path, data[: len(data) * 96 // 100]), form="pixels")
    assert prepared.is_partly_damaged
    top = (0, 0, PICTURE.width, PICTURE.height * 9 // 10)
    assert difference(prepared.pixels.crop(top), PICTURE.crop(top)) < 1
    with pytest.raises(ImageError, match="This photo is damaged"):
        prepare(written(tmp_path, data[: len(data) // 2]))


SMALL = photos.picture(1, edge_px=480)


def zeros_at_the_end(data, share):
    """As a file is left whose room was reserved before it was written."""
    return data[: int(len(data) * share)].ljust(len(data), b"\0")


@pytest.mark.parametrize(
    "end", [lambda data, share: data[: int(len(data) * share)], zeros_at_the_end]
)
@pytest.mark.parametrize("save", [photos.save_heic, photos.save_avif])
def test_a_heic_or_avif_that_lacks_its_end_is_shown_and_marked(tmp_path, save, end):
    path = tmp_path / "photo"
    save(SMALL, path)
    data = path.read_bytes()
    prepared = prepare(written(tmp_path, end(data, 0.96)), form="pixels")
    assert prepared.is_partly_damaged
    top = (0, 0, SMALL.width, SMALL.height * 8 // 10)
    assert difference(prepared.pixels.crop(top), SMALL.crop(top)) < 5
    with pytest.raises(ImageError, match="This photo is damaged"):
        prepare(written(tmp_path, end(data, 0.6)))


def test_a_heic_with_zeros_inside_is_damaged(tmp_path):
    photos.save_heic(SMALL, tmp_path / "photo")
    data = (tmp_path / "photo").read_bytes()
    with pytest.raises(ImageError, match="This photo is damaged"):
        prepare(written(tmp_path, odd_photos.zeroed(data, 0.5, 512)))
    assert prepare(written(tmp_path, odd_photos.zeroed(data, 0.97, 64))).is_partly_damaged


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_whole_jpeg_is_not_called_damaged(tmp_path, mode, progressive):
    data = odd_photos.jpeg(PICTURE.convert(mode), progressive=progressive)
    junk = data.replace(b"\xff\xdb", b"junk between segments\xff\xdb", 1)
    for each in (data, odd_photos.padded(data, 12), data + b"something else behind it", junk):
        path = written(tmp_path, each)
        assert not prepare(path).is_partly_damaged
        assert difference(prepare(path, form="pixels").pixels, PICTURE.convert(mode)) < 9


@pytest.mark.parametrize("make", [odd_photos.jpeg_lossless, odd_photos.jpeg_12_bits])
def test_a_whole_jpeg_of_a_rare_kind_is_not_called_damaged(tmp_path, make):
    assert not prepare(written(tmp_path, odd_photos.padded(make(OTHER), 12))).is_partly_damaged


@pytest.mark.parametrize("share", [0.6, 0.95])
def test_a_raw_that_was_cut_is_damaged(tmp_path, share, capfd):
    path = tmp_path / "photo.dng"
    photos.save_dng(photos.picture(2, edge_px=640, sample="astronaut.png"), path, preview=False)
    written(tmp_path, path.read_bytes()[: int(path.stat().st_size * share)], path.name)
    with pytest.raises(ImageError, match="damaged"):
        prepare(path)
    assert capfd.readouterr().err == ""


def test_a_raw_without_what_the_sensor_saw_is_damaged(tmp_path):
    photos.save_dng(Image.new("RGB", (640, 480)), tmp_path / "photo.dng", preview=False)
    with pytest.raises(ImageError, match="damaged"):
        prepare(tmp_path / "photo.dng")


def test_of_a_raw_without_what_the_sensor_saw_any_large_preview_is_taken(tmp_path):
    # its own place of the preview is lost, as in a file of which the end was cut off
    path, picture = tmp_path / "photo.dng", photos.picture(2, edge_px=1200, sample="astronaut.png")
    photos.save_dng(picture, path)
    data = path.read_bytes()
    data = data[: len(data) - 2 * picture.width * picture.height].ljust(len(data), b"\0")
    place = data.index(struct.pack("<HHI", 273, 4, 1)) + 8
    written(tmp_path, data[:place] + b"\x10\0\0\0" + data[place + 4 :], path.name)
    assert_shown(path, picture)


def test_phase_ones_raw_is_no_tiff(tmp_path, capfd):
    data = odd_photos.iiq()
    assert sniff(io.BytesIO(data)) == RAW
    with pytest.raises(ImageError, match="cannot be read"):
        prepare(written(tmp_path, data, "photo.iiq"))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "data", [odd_photos.tiff_with_impossible_offset(), odd_photos.heif_with_impossible_offset()]
)
def test_an_impossible_offset_is_damage_and_no_fault_of_the_drive(tmp_path, data):
    with pytest.raises(ImageError, match="damaged"):
        prepare(written(tmp_path, data))
