"""A photo of each format and of each camera's brand gets its label on this computer."""

import re

import pytest

from desktop.backends.local import MAX_EDGE_PX
from desktop.core.photo.discover import PHOTO_SUFFIXES
from desktop.core.photo.formats import RAW, sniff
from desktop.core.photo.prepare import prepare
from tests.rig import ROOT, photos
from tests.rig.raws import RAWS

FOREIGN = ROOT / "tests" / "foreign"
MADE_ELSEWHERE = {
    "Reagan.jpg": "Boat",
    "ReaganSmallPng.png": "Boat",
    "Reagan.tiff": "Boat",
    "Reagan.jp2": "Boat",
    "Reagan.jxl": "Boat",
    "Stonehenge.heic": "Sky",
    "sofa_grid1x5_420_dimg_repeat.avif": "Furniture",
    "test.webp": "Dog",
    "test.gif": "Dog",
    "shira_bird8.bmp": "Bird",
}
ANYTHING = ("Canon-R6-pruned.CR3",)
"""Clay figures, for which the networks have no word."""


@pytest.fixture
def labels(recogniser):
    def of(path):
        pixels = prepare(path, form="pixels", max_edge_px=MAX_EDGE_PX).pixels
        return {record.label: record.confidence for record in recogniser.recognise(pixels, "")}

    return of


@pytest.mark.parametrize(("name", "label"), MADE_ELSEWHERE.items(), ids=MADE_ELSEWHERE)
def test_a_photo_that_others_have_made(labels, name, label):
    assert labels(FOREIGN / name)[label] >= 80


@pytest.mark.parametrize("name", ANYTHING)
def test_a_raw_file_that_others_have_made(labels, name):
    with (FOREIGN / name).open("rb") as file:
        assert sniff(file) == RAW
    assert labels(FOREIGN / name)


@pytest.fixture(scope="module")
def cat():
    picture = photos.picture(edge_px=1100, sample="chelsea.png")
    return picture.crop((0, 0, picture.width & ~1, picture.height & ~1))


@pytest.mark.parametrize("suffix", RAWS)
def test_a_raw_file_of_each_brand(labels, cat, suffix, tmp_path, capfd):
    path = tmp_path / f"photo.{suffix}"
    path.write_bytes(RAWS[suffix](cat))
    with path.open("rb") as file:
        assert sniff(file) == RAW
    assert labels(path)["Cat"] >= 80
    assert capfd.readouterr().err == ""


def test_none_that_the_documents_name_is_left_out():
    words = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    named = set(re.search(r"what LibRaw reads: ([^;]+);", words)[1].lower().split(", "))
    assert named == {*RAWS, "cr3"}
    assert {f".{suffix}" for suffix in named} <= PHOTO_SUFFIXES
