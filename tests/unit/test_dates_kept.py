"""The date of a photo in the library: where it comes from, and when it is read once more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop.core.library.library import Library
from tests.rig import dated
from tests.rig.memory_backend import MemoryBackend

from .test_job import Person

pytestmark = pytest.mark.usefixtures("no_long_waits")


def dates(library: Library) -> list[tuple[str | None, int]]:
    rows = library.store.read("SELECT taken_at, taken_from_name FROM images ORDER BY id")
    return [(row[0], row[1]) for row in rows]


@pytest.fixture
def album(tmp_path: Path) -> Path:
    (tmp_path / "album").mkdir()
    return tmp_path / "album"


def test_a_name_s_date_lasts_until_a_copy_says_more(library: Library, album: Path) -> None:
    image = Image.effect_noise((90, 90), 50)
    image.save(album / "IMG-20240131-WA0001.jpg")
    person = Person(library, MemoryBackend())
    person.label(album)
    assert dates(library) == [("2024-01-31", 1)]
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2024:01:30 23:59:58"
    exif.get_ifd(0x8769)[0x9011] = "-08:00"
    image.save(album / "original.jpg", exif=exif)
    person.label(album)
    assert dates(library) == [("2024-01-30T23:59:58-08:00", 0)]
    person.leave()


def test_a_known_photo_without_a_date_or_with_a_new_sidecar_is_asked_again(
    library: Library, album: Path
) -> None:
    """So older libraries get dates by adding a folder again; nothing is labelled for it."""
    Image.effect_noise((90, 90), 50).save(album / "a.png")
    person = Person(library, MemoryBackend())
    person.label(album)
    assert dates(library) == [(None, 0)]
    packet = dated.xmp(exif_DateTimeOriginal="2018-08-07T06:05:04")
    (album / "a.xmp").write_bytes(packet)
    person.label(album)
    assert dates(library) == [("2018-08-07T06:05:04", 0)]
    (album / "a.xmp").write_bytes(packet.replace(b"06:05:04", b"07:05:04.5"))
    person.label(album)
    assert dates(library) == [("2018-08-07T07:05:04.500", 0)]
    assert person.backend.submits.total() == 1
    person.leave()
