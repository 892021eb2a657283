"""What recognisers have answered: an answer replaces the last of its own origin, and no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.library.library import Library
from desktop.core.records import Instance, LabelRecord

BOX = Instance(0.1, 0.2, 0.3, 0.4, 91.5)


@pytest.fixture
def images(library: Library) -> list[int]:
    """Two images that nobody has labelled."""
    paths = [Path("/a.jpg"), Path("/b.jpg")]
    job = library.add_job(paths, "local", again=False)
    library.add_items(job.id, paths)
    return [
        library.images.identify(item.file_id, item.path, f"{item.id:064x}", 10, 20).id
        for item in library.job_items(job.id)
    ]


def record(label: str, confidence: float = 90.0) -> LabelRecord:
    return LabelRecord("", label, confidence)


def say(library: Library, image: int, origin: str, *labels: str, model: str = "1") -> None:
    records = tuple(record(label) for label in labels)
    library.record_answer(7, [], image, origin, Answer(records, model_version=model))


def labels(library: Library, image: int, origin: str) -> list[str]:
    return [each.label for each in library.records(image, origin)]


def test_an_answer_replaces_its_own_origins_of_this_image_only(
    library: Library, images: list[int]
) -> None:
    first, second = images
    for image in images:
        for origin in ("local", "aws"):
            say(library, image, origin, f"{origin} before")
    say(library, first, "local", "Cat", "Dog")
    assert labels(library, first, "local") == ["Cat", "Dog"]
    assert labels(library, first, "aws") == ["aws before"]
    assert labels(library, second, "local") == ["local before"]
    assert labels(library, second, "aws") == ["aws before"]


def test_a_record_comes_back_with_all_that_it_holds(library: Library, images: list[int]) -> None:
    (name,) = {row.image_name for row in library.files_by_id([1])}
    assert name
    parts = (("Mammal", "Animal"), ("Animals and Pets",), (BOX, BOX))
    records = (LabelRecord(name, "Dog", 98.7, *parts), LabelRecord(name, "Cat", 50.0))
    library.record_answer(7, [], images[0], "local", Answer(records[::-1]))
    assert library.records(images[0], "local") == records


def test_what_counts_changes_with_the_answer(library: Library, images: list[int]) -> None:
    for label in ("Cat", "Dog"):
        say(library, images[0], "local", label)
        assert [e.record.label for e in library.effective_labels(images[0])] == [label]


def test_who_has_answered_when_and_with_what_is_kept(library: Library, images: list[int]) -> None:
    began = datetime.now(UTC) - timedelta(seconds=1)  # it is kept to the second
    for model in ("1", "2"):
        say(library, images[0], "local", model=model)
    (row,) = library.store.read("SELECT * FROM answers")
    assert tuple(row)[:4] == (images[0], "local", 7, "2")
    at = datetime.fromisoformat(row["labelled_at"])
    assert began <= at <= datetime.now(UTC)
    assert (at.microsecond, at.utcoffset()) == (0, timedelta(0))


def test_the_second_opinion_is_that_of_who_does_not_count(
    library: Library, images: list[int]
) -> None:
    assert library.second_opinion(images[0]) == ("", ())
    say(library, images[0], "aws", "Beacon")
    assert library.second_opinion(images[0]) == ("", ())
    say(library, images[0], "local", "Tower")
    say(library, images[1], "local", "Other")
    origin, records = library.second_opinion(images[0])
    assert (origin, [each.label for each in records]) == ("local", ["Tower"])
