"""Photos that look alike are found, whatever their size, format or compression."""

from __future__ import annotations

import random
import threading
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library
from desktop.core.photo.prepare import open_upright
from desktop.core.similar.fingerprint import alike, fingerprint
from desktop.core.similar.likenesses import Looked, find_alike
from tests.rig.memory_backend import MemoryBackend
from tests.rig.photos import SAMPLES

from .test_job import Person

pytestmark = pytest.mark.usefixtures("no_long_waits")


def small(path: Path) -> Image.Image:
    return open_upright(path, max_edge_px=336)


def compressed(image: Image.Image) -> Image.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=40)
    return Image.open(file)


def test_what_looks_alike_is_near_and_nothing_else() -> None:
    samples = [small(path) for path in sorted(SAMPLES.glob("*.[jp][pn]g"))]
    assert alike([fingerprint(each) for each in samples]) == []
    for image in samples:
        others = [
            compressed(image),
            image.resize((image.width // 2, image.height // 2)),
            ImageEnhance.Brightness(image).enhance(1.1),
        ]
        assert alike([fingerprint(each) for each in (image, *others)]) == [[0, 1, 2, 3]]


def test_plain_pictures_of_other_colours_are_not_alike() -> None:
    colours = ["red", "blue", "#f00808", "green"]
    prints = [fingerprint(Image.new("RGB", (90, 60), colour)) for colour in colours]
    assert alike(prints) == [[0, 2]]


def test_a_few_alike_are_found_among_many_others() -> None:
    pick = random.Random(1)
    prints = [pick.randbytes(11) for _ in range(5000)]
    flipped = int.from_bytes(prints[7][:8]) ^ 0x8000_0100_0010_0201  # five bits, far apart
    prints.append(flipped.to_bytes(8) + prints[7][8:])
    assert alike(prints) == [[7, 5000]]


def test_duplicates_stand_beside_each_other(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("coffee.png", "china.jpg", "flower.jpg"):
        small(SAMPLES / name).save(folder / name)
    small(SAMPLES / "coffee.png").resize((200, 140)).save(folder / "small.jpg")
    (folder / "z copy.jpg").write_bytes((folder / "flower.jpg").read_bytes())
    person = Person(library, MemoryBackend())
    person.label(folder)
    catalog = Catalog(library.store)

    def duplicates() -> list[list[str]]:
        names = {row.file_id: row.path.name for row in library.files()}
        return [names[each] for each in catalog.find(Query("duplicates"), 50.0, "name")]

    assert duplicates() == ["flower.jpg", "z copy.jpg"]
    steps = list(find_alike(library.store, small, cancel=threading.Event()))
    assert steps[-1] == Looked(4, 4)
    assert sorted(duplicates()[:2]) == ["coffee.png", "small.jpg"] or sorted(duplicates()[2:]) == [
        "coffee.png",
        "small.jpg",
    ]
    assert list(find_alike(library.store, small, cancel=threading.Event())) == []
    (lost,) = [row.file_id for row in library.files() if row.path.name == "small.jpg"]
    Edits(library.store).remove_files("out", [lost])
    assert duplicates() == ["flower.jpg", "z copy.jpg"]
    assert person.queue.close(5)


def test_what_was_looked_at_is_kept_when_it_is_cancelled(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend())
    person.label(photos)
    cancel = threading.Event()
    for looked in find_alike(library.store, small, cancel=cancel):
        if looked.done == 4:
            cancel.set()
    assert next(iter(find_alike(library.store, small, cancel=threading.Event()))).total == 6
    assert person.queue.close(5)
