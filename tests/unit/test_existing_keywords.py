"""Keywords of other programs count as labels as soon as a photo is added; our own ones do not."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.edits import Edits, Rule
from desktop.core.library.effective import YOURS
from desktop.core.library.labelled import labelled_files
from desktop.core.library.library import Library
from desktop.core.save.existing_keywords import MOST_KEYWORDS, MOST_LETTERS
from desktop.core.save.keyword_files import MOST_BYTES, KeywordFiles
from desktop.core.save.keywords import Choice
from desktop.core.save.undo import undo_last
from desktop.core.save.write_keywords import write_keywords
from desktop.core.search.language import parse_search
from tests.rig import exiftool, photos
from tests.rig.memory_backend import MemoryBackend
from tests.rig.tiffs import save_dng

from .test_job import Person

pytestmark = pytest.mark.usefixtures("no_long_waits")


@pytest.fixture
def person(library: Library) -> Iterator[Person]:
    person = Person(library, MemoryBackend())
    yield person
    person.leave()


def write(path: Path, *options: str) -> None:
    command = [exiftool.program(), "-q", "-q", "-overwrite_original", *options, str(path)]
    subprocess.run(command, check=True, timeout=60)


def said(path: Path, tag: str) -> list[str]:
    """What exiftool reads of a tag that is a list."""
    command = [exiftool.program(), "-b", "-sep", ",", f"-{tag}", str(path)]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode().split(",")


def subjects(*names: str) -> list[str]:
    return [f"-XMP-dc:Subject={name}" for name in names]


def labels(library: Library, path: Path) -> dict[str, str]:
    """The labels of a photo that count, each with its origin."""
    (image_id,) = {f.image_id for f in library.files() if f.path == path}
    assert image_id is not None
    return {each.record.label: each.origin for each in library.effective_labels(image_id)}


def found_by(library: Library, text: str) -> set[str]:
    ids = set(Catalog(library.store).find(Query(terms=parse_search(text)), 55))
    return {f.path.name for f in library.files() if f.file_id in ids}


KINDS: dict[str, Callable[[Image.Image, Path], None]] = {
    ".jpg": photos.save_jpeg,
    ".png": photos.save_png,
    ".webp": photos.save_webp,
    ".tif": photos.save_tiff,
    ".heic": photos.save_heic,
    ".avif": photos.save_avif,
    ".dng": save_dng,
}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo in a folder of its own, for which the recogniser finds a Dog of 90 percent."""
    path = tmp_path / "photos" / "IMG.jpg"
    path.parent.mkdir()
    photos.save_jpeg(photos.picture(), path)
    return path


@pytest.mark.parametrize("suffix", KINDS)
def test_a_keyword_in_a_photo_is_found(person: Person, photo: Path, suffix: str) -> None:
    path = photo.with_suffix(suffix)
    KINDS[suffix](photos.picture(1), path)
    write(path, *subjects("Tante Käthe", "海"))
    person.label(path)
    found = labels(person.library, path)
    assert {name for name, origin in found.items() if origin == "file"} == {"Tante Käthe", "海"}
    assert found["Dog"] == "aws"
    assert found_by(person.library, "käthe") == {path.name}


def test_all_fields_count_each_keyword_once(person: Person, photo: Path) -> None:
    write(
        photo, "-XMP-lr:HierarchicalSubject=Family|Rex", "-IPTC:Keywords=Rex", "-IPTC:Keywords=Zoo"
    )
    write(photo, "-XMP-digiKam:TagsList=Family/Rex")
    person.label(photo)
    assert labels(person.library, photo) == {"Rex": "file", "Zoo": "file", "Dog": "aws"}


@pytest.mark.parametrize("name", ["IMG.xmp", "IMG.jpg.xmp", "img.JPG.XMP"])
def test_a_sidecar_counts_as_its_photo(person: Person, photo: Path, name: str) -> None:
    subprocess.run(
        [exiftool.program(), "-q", *subjects("Rex"), str(photo.with_name("new.xmp"))], check=True
    )
    photo.with_name("new.xmp").rename(photo.with_name(name))
    person.label(photo)
    assert labels(person.library, photo)["Rex"] == "file"


def test_what_was_written_since_is_seen_when_the_photo_is_added_again(
    person: Person, photo: Path
) -> None:
    person.label(photo)
    write(photo, *subjects("Rex"))
    person.label(photo)
    assert labels(person.library, photo) == {"Rex": "file", "Dog": "aws"}
    sidecar = photo.with_suffix(".xmp")
    subprocess.run([exiftool.program(), "-q", *subjects("Zoo"), str(sidecar)], check=True)
    write(photo, "-XMP-dc:Subject=")
    person.label(photo)
    assert labels(person.library, photo) == {"Zoo": "file", "Dog": "aws"}
    sidecar.unlink()
    person.label(photo)
    assert labels(person.library, photo) == {"Dog": "aws"}
    assert sum(person.backend.submits.values()) == 1


def test_a_photo_that_was_labelled_before_keywords_were_read_gets_them(
    person: Person, photo: Path
) -> None:
    write(photo, *subjects("Rex"))
    person.label(photo)
    with person.library.store.write() as db:  # as a library of the version before is opened
        db.execute("DELETE FROM keywords")
        db.execute("UPDATE files SET keywords_of = NULL")
    person.label(photo)
    assert labels(person.library, photo) == {"Rex": "file", "Dog": "aws"}


def test_a_photo_and_a_sidecar_that_look_unchanged_are_not_read_again(
    person: Person, photo: Path
) -> None:
    """A large library is added anew in no time: to look at a file has to be enough."""
    sidecar = photo.with_suffix(".xmp")
    write(sidecar, *subjects("Rex"))
    person.label(photo)
    before = sidecar.stat()
    sidecar.write_bytes(sidecar.read_bytes().replace(b"Rex", b"Max"))
    os.utime(sidecar, ns=(before.st_atime_ns, before.st_mtime_ns))
    person.label(photo)
    assert labels(person.library, photo) == {"Rex": "file", "Dog": "aws"}
    os.utime(sidecar, ns=(1, 1))
    person.label(photo)
    assert labels(person.library, photo) == {"Max": "file", "Dog": "aws"}


def test_a_keyword_that_goes_from_one_photo_stays_with_another(person: Person, photo: Path) -> None:
    other = photo.with_name("other.jpg")
    photos.save_jpeg(photos.picture(seed=7), other)
    for path in (photo, other):
        write(path.with_suffix(".xmp"), *subjects("Rex"))
    person.label(photo, other)
    photo.with_suffix(".xmp").unlink()
    person.label(photo)
    assert labels(person.library, photo) == {"Dog": "aws"}
    with person.library.store.write() as db:
        kept = db.execute("SELECT path, keyword FROM keywords JOIN files ON id = file_id")
        assert [(Path(os.fsdecode(row[0])), row[1]) for row in kept] == [(other, "Rex")]


def test_ours_do_not_come_back_as_the_persons(person: Person, photo: Path) -> None:
    write(photo, *subjects("Rex"))
    person.label(photo)
    files = KeywordFiles(Choice(), in_photos=True, naming="stem")
    store = person.library.store
    for _ in range(2):
        events = list(
            write_keywords(store, labelled_files(store, None, 55), files, cancel=threading.Event())
        )
        assert [event.outcome for event in events][-1:] != ["failed"]
        os.utime(photo, ns=(1, 1))  # so that it is read anew
        person.label(photo)
        assert labels(person.library, photo) == {"Rex": "file", "Dog": "aws"}
    assert said(photo, "XMP-dc:Subject") == ["Rex", "Dog"]


def test_what_is_in_the_file_is_not_written_once_more(person: Person, photo: Path) -> None:
    write(photo, *subjects("Dog"))
    person.label(photo)
    before = photo.read_bytes()
    store = person.library.store
    files = KeywordFiles(Choice(), in_photos=False, naming="stem")
    list(write_keywords(store, labelled_files(store, None, 55), files, cancel=threading.Event()))
    assert photo.read_bytes() == before
    assert list(photo.parent.iterdir()) == [photo]


def test_a_new_sidecar_hides_nothing_that_is_in_the_photo(person: Person, photo: Path) -> None:
    """digiKam and Immich read the sidecar instead of the photo, where there is one."""
    write(photo, *subjects("Rex"), "-XMP-lr:HierarchicalSubject=Family|Rex")
    person.label(photo)
    store, sidecar = person.library.store, photo.with_suffix(".xmp")
    for least, expected in ((55.0, ["Rex", "Dog"]), (99.0, None)):
        files = KeywordFiles(Choice(min_confidence=least), in_photos=False, naming="stem")
        labelled = labelled_files(store, None, 55)
        list(write_keywords(store, labelled, files, cancel=threading.Event()))
        assert (sidecar.exists() and said(sidecar, "XMP-dc:Subject")) == (expected or False)
        person.label(photo)
        assert labels(person.library, photo) == {"Rex": "file", "Dog": "aws"}
    assert [event.outcome for event in undo_last(store, cancel=threading.Event())] == ["restored"]
    assert said(sidecar, "XMP-dc:Subject") == ["Rex", "Dog"]
    assert [event.outcome for event in undo_last(store, cancel=threading.Event())] == ["restored"]
    assert not sidecar.exists()


def test_a_photo_too_large_for_memory_gets_a_sidecar(person: Person, photo: Path) -> None:
    person.label(photo)
    with photo.open("ab") as file:
        file.truncate(MOST_BYTES + 1)
    store = person.library.store
    files = KeywordFiles(Choice(), in_photos=True, naming="stem")
    labelled = labelled_files(store, None, 55)
    events = write_keywords(store, labelled, files, cancel=threading.Event())
    assert [(event.target.name, event.outcome) for event in events] == [("IMG.xmp", "written")]


def test_what_a_recogniser_has_seen_too_is_told_with_its_place_everywhere(
    person: Person, photo: Path
) -> None:
    write(photo, *subjects("Dog"))
    person.label(photo)
    (row,) = person.library.files()
    assert row.image_id is not None
    (in_window,) = person.library.effective_labels(row.image_id)
    (saved,) = labelled_files(person.library.store, None, 55)
    assert saved.labels == (in_window,)
    (found,) = person.library.records(row.image_id, "aws")
    assert in_window.record == replace(found, confidence=YOURS)
    assert in_window.origin == "file"


def test_one_that_is_wrong_can_be_hidden(person: Person, photo: Path) -> None:
    write(photo, *subjects("Rex", "Zoo"))
    person.label(photo)
    (row,) = person.library.files()
    edits = Edits(person.library.store)
    edits.change_label("Removed", [row.file_id], "Rex", "remove")
    edits.set_rule("Rule", Rule("Zoo", "Animal park"))
    assert labels(person.library, photo) == {"Animal park": "file", "Dog": "aws"}
    edits.undo()
    edits.undo()
    assert labels(person.library, photo) == {"Rex": "file", "Zoo": "file", "Dog": "aws"}


def test_none_is_sent(person: Person, photo: Path) -> None:
    write(photo, *subjects("Secret"))
    person.label(photo)
    (copy,) = person.backend.copies.values()
    assert b"Secret" not in copy


@pytest.mark.parametrize(
    "sidecar", [b"", b"not XMP", b"<x:xmpmeta", b"\xff" * 9999, b"<a>" * 50_000]
)
def test_a_bad_sidecar_costs_no_labels(person: Person, photo: Path, sidecar: bytes) -> None:
    photo.with_suffix(".xmp").write_bytes(sidecar)
    person.label(photo)
    assert labels(person.library, photo) == {"Dog": "aws"}


def test_a_hostile_number_of_keywords_is_cut_off(person: Person, photo: Path) -> None:
    listed = "".join(f"<rdf:li>{number}{'x' * 300}</rdf:li>" for number in range(2000))
    photo.with_suffix(".xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:subject><rdf:Bag>{listed}</rdf:Bag></dc:subject>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    person.label(photo)
    found = labels(person.library, photo)
    assert len(found) == MOST_KEYWORDS + 1
    assert max(map(len, found)) == MOST_LETTERS
