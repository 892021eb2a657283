"""prepare: whatever way pixels are stored, the colours come out right."""

import io
import struct

import pytest
from PIL import Image

from desktop.core.photo.prepare import prepare
from tests.rig import photos
from tests.rig.tiffs import save_tiff16


def colour(path) -> tuple[int, ...]:
    """The colour in the middle of what `path` becomes."""
    prepared = prepare(path)
    image = Image.open(io.BytesIO(prepared.data))
    return image.getpixel((image.width // 2, image.height // 2))


def same(one, other, tolerance=3) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


def plain(mode, value):
    return Image.new(mode, (120, 100), value)


def palette(value, transparency=None):
    image = plain("P", 1)
    image.putpalette([0, 0, 0, *value])
    if transparency is not None:
        image.info["transparency"] = transparency
    return image


@pytest.mark.parametrize(
    ("image", "suffix", "expected"),
    [
        (plain("1", 1), ".png", (255, 255, 255)),
        (plain("L", 77), ".png", (77, 77, 77)),
        (plain("LA", (0, 0)), ".png", (255, 255, 255)),
        (plain("LA", (0, 128)), ".png", (127, 127, 127)),
        (plain("RGBA", (200, 0, 0, 0)), ".png", (255, 255, 255)),
        (plain("RGBA", (255, 0, 0, 128)), ".webp", (255, 127, 127)),
        (palette((10, 200, 30)), ".png", (10, 200, 30)),
        (palette((10, 200, 30), transparency=1), ".png", (255, 255, 255)),
        (palette((10, 200, 30), transparency=1), ".gif", (255, 255, 255)),
        (plain("I;16", 40000), ".png", (156, 156, 156)),
        (plain("I;16", 900), ".png", (4, 4, 4)),  # dark is dark: 16 bits say where white is
        (plain("I;16", 40000), ".tif", (156, 156, 156)),
        (plain("I", 40000), ".tif", (156, 156, 156)),
        (plain("I", 100), ".tif", (100, 100, 100)),
        (plain("F", 0.5), ".tif", (128, 128, 128)),
        (plain("F", 200.0), ".tif", (200, 200, 200)),
        (plain("CMYK", (0, 255, 255, 0)), ".jpg", (255, 0, 0)),
        (plain("CMYK", (0, 255, 255, 0)), ".tif", (255, 0, 0)),
        (plain("YCbCr", (76, 85, 255)), ".tif", (254, 0, 0)),
        (plain("LAB", (136, 208, 195)), ".tif", (255, 0, 0)),
    ],
    ids=lambda value: getattr(value, "mode", None),
)
def test_the_colour_survives(tmp_path, image, suffix, expected):
    path = tmp_path / f"a{suffix}"
    image.save(path, **({"lossless": True} if suffix == ".webp" else {}))
    tolerance = 12 if image.mode == "LAB" else 3
    assert same(colour(path), expected, tolerance)


@pytest.mark.parametrize("size", [(120, 100), (2600, 100)], ids=["as it is", "shrunk"])
def test_16_bits_a_channel(tmp_path, size):
    image = Image.new("RGB", size, (200, 90, 10))
    photos.save_png16(image, tmp_path / "a.png")
    assert same(colour(tmp_path / "a.png"), (200, 90, 10))
    data = b"".join(struct.pack("<3H", 200 * 257, 90 * 257, 10 * 257) for _ in range(120 * 100))
    save_tiff16(data, (120, 100), tmp_path / "a.tif")
    assert same(colour(tmp_path / "a.tif"), (200, 90, 10))


def test_shrinking_blends_no_hidden_colour_into_the_edge_of_transparency(tmp_path):
    image = Image.new("RGBA", (4000, 400), (255, 0, 0, 0))  # red where nobody should see it
    image.paste((0, 0, 255, 255), (2000, 0, 4000, 400))
    image.save(tmp_path / "a.png")
    shrunk = Image.open(io.BytesIO(prepare(tmp_path / "a.png").data))
    red, green, blue = shrunk.resize((8, 1), Image.Resampling.BOX).split()
    assert all(r - g < 4 for r, g in zip(red.tobytes(), green.tobytes(), strict=True))
    assert min(blue.tobytes()) > 250


def test_values_of_no_usual_range_are_stretched(tmp_path):
    image = Image.new("F", (200, 100), -500.0)
    image.paste(3500.0, (100, 0, 200, 100))
    image.save(tmp_path / "heights.tif")
    result = Image.open(io.BytesIO(prepare(tmp_path / "heights.tif").data)).convert("L")
    assert (result.getpixel((20, 50)), result.getpixel((180, 50))) == (0, 255)


def test_a_wide_gamut_is_brought_to_srgb(tmp_path):
    def linear(v: int) -> float:
        return v / 3294.6 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4

    def stored(x: float) -> int:
        x = min(1.0, max(0.0, x))
        return round(255 * (12.92 * x if x <= 0.0031308 else 1.055 * x ** (1 / 2.4) - 0.055))

    r, g, b = (linear(v) for v in (180, 120, 90))
    expected = (  # the matrix from Display P3 to sRGB, both D65
        stored(1.2249 * r - 0.2247 * g),
        stored(-0.0420 * r + 1.0419 * g),
        stored(-0.0197 * r - 0.0786 * g + 1.0979 * b),
    )
    path = tmp_path / "a.png"
    plain("RGB", (180, 120, 90)).save(path, icc_profile=photos.display_p3())
    assert same(colour(path), expected, 4)
    assert not same(expected, (180, 120, 90), 4)


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 200], ids=["text", "zeros"])
def test_a_broken_profile_does_not_cost_the_photo(tmp_path, profile):
    plain("RGB", (180, 120, 90)).save(tmp_path / "a.png", icc_profile=profile)
    assert same(colour(tmp_path / "a.png"), (180, 120, 90))


def test_a_profile_of_other_colours_than_the_picture_is_ignored(tmp_path):
    plain("L", 99).save(tmp_path / "a.png", icc_profile=photos.display_p3())
    assert same(colour(tmp_path / "a.png"), (99, 99, 99))


def test_untidy_exif_does_not_cost_the_photo(tmp_path):
    untidy = b"Exif\0\0II*\0\x08\0\0\0\xff\x7f\x12\x01\x03\0"
    plain("RGB", (180, 120, 90)).save(tmp_path / "a.jpg", exif=untidy)
    assert same(colour(tmp_path / "a.jpg"), (180, 120, 90))
