"""What recognisers have answered: an answer replaces the last of its own origin, and no other."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.library.backup import backup_path
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.edits import Edits
from desktop.core.library.findings import findings_of
from desktop.core.library.library import Library
from desktop.core.library.schema import MIGRATIONS
from desktop.core.records import Findings, Flag, Instance, LabelRecord, TextLine
from desktop.core.search.language import parse_search
from desktop.recognisers import RECOGNISERS

BOX = Instance(0.1, 0.2, 0.3, 0.4, 91.5)
SIGN = (
    TextLine("Rue de l'Échelle", 99.1, 0.1, 0.2, 0.3, 0.05),
    TextLine("No. 12", 88.0, 0.1, 0.3, 0.1, 0.05),
)
FLAGS = (Flag("Violence", 91.0), Flag("Weapons", 88.5, ("Violence",)))


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
    name = library.images.identify(1, Path("/a.jpg"), f"{1:064x}", 10, 20).image_name
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


def found(library: Library, text: str) -> list[int]:
    return Catalog(library.store).find(Query(terms=parse_search(text)), 55)


def test_texts_and_flags_come_back_as_they_were(library: Library, images: list[int]) -> None:
    assert findings_of(library.store, images) == {}
    library.record_answer(7, [], images[0], "aws", Answer(texts=SIGN, flags=FLAGS[::-1]))
    (findings,) = findings_of(library.store, images).values()
    assert findings == Findings(SIGN, FLAGS)
    assert findings.text == "Rue de l'Échelle\nNo. 12"
    assert findings.exact_flags == FLAGS[1:]


def test_what_was_found_once_stays_until_it_is_looked_for_again(
    library: Library, images: list[int]
) -> None:
    first, second = images
    for image in images:
        library.record_answer(7, [], image, "aws", Answer(texts=SIGN, flags=FLAGS))
    say(library, first, "aws", "Street")
    say(library, first, "local", "Street")
    library.record_answer(8, [], first, "local", Answer(texts=(), flags=()))
    assert findings_of(library.store, [first]) == {first: Findings(SIGN, FLAGS)}
    library.record_answer(9, [], first, "aws", Answer(texts=(), flags=FLAGS[:1]))
    assert findings_of(library.store, [first]) == {first: Findings((), FLAGS[:1])}
    assert findings_of(library.store, [second]) == {second: Findings(SIGN, FLAGS)}


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("rue", True),
        ("ÉCH", True),  # a word begins so
        ("helle", False),  # only within a word, where "cat" would find "education"
        ("12", True),
        ('"de l\'échelle"', True),
        ('"ech"', False),
        ('"no. 12"', True),  # whatever stands between the words
        ("rue 13", False),
        ("-rue", False),
        ("weap", True),
        ('"weapon"', False),
        ("explicit", True),
        ('"explicit"', True),
        ("-explicit", False),
        ("...", False),
    ],
)
def test_a_photo_is_found_by_what_is_in_it(
    library: Library, images: list[int], text: str, finds: bool
) -> None:
    library.record_answer(7, [], images[0], "aws", Answer(texts=SIGN, flags=FLAGS))
    assert (1 in found(library, text)) == finds
    assert (2 in found(library, text)) == text.startswith("-")


def test_what_a_job_found_goes_with_its_labels_and_comes_back_with_them(
    library: Library, images: list[int]
) -> None:
    library.record_answer(7, [], images[0], "aws", Answer(texts=SIGN, flags=FLAGS))
    edits = Edits(library.store)
    edits.remove_job_labels("Removed", 7)
    assert findings_of(library.store, images) == {}
    assert found(library, "rue") == found(library, "explicit") == []
    edits.undo()
    assert findings_of(library.store, images) == {images[0]: Findings(SIGN, FLAGS)}
    assert found(library, "rue") == found(library, "explicit") == [1]


def test_the_library_of_the_program_before_takes_texts_and_flags(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    before = next(n for n, script in enumerate(MIGRATIONS) if "TABLE texts" in script)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "".join(MIGRATIONS[:before])
            + f"PRAGMA user_version = {before};"
            + """
            INSERT INTO images (id, digest, image_name) VALUES (1, 'd', 'd-a.jpg');
            INSERT INTO origins VALUES ('aws', 20);
            INSERT INTO jobs (id, roots, backend, again, state, created_at)
                VALUES (7, '[]', 'aws', 0, 'done', '');
            INSERT INTO items (id, job_id, file_id, state) VALUES (1, 7, 1, 'done');
            INSERT INTO files (id, path, name, item_id, image_id, folded_name)
                VALUES (1, CAST('/a.jpg' AS BLOB), 'a.jpg', 1, 1, 'a.jpg');
            INSERT INTO labels VALUES (1, 'aws', 'Street', 90, '[]', '[]', '[]');
            INSERT INTO answers VALUES (1, 'aws', 7, '3.0', '2026-01-01', 0);
            INSERT INTO shown VALUES (1, 'Street', 90, 'aws', 'Street', 0);
            """
        )
    library = Library(path, RECOGNISERS)
    assert backup_path(path).exists()
    assert labels(library, 1, "aws") == ["Street"]
    assert found(library, "street") == [1]
    library.record_answer(7, [], 1, "aws", Answer((record("Street"),), SIGN, FLAGS))
    assert found(library, "échelle street") == [1]
    library.close()
