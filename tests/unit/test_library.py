"""The library: what it keeps, what it refuses, and what it does with a bad file."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.errors import ImageError, Remedy, StorageError
from desktop.core.events import JobState, State
from desktop.core.library.backup import backup_path
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.library import Library
from desktop.core.library.rows import AnswerRow
from desktop.core.library.schema import MIGRATIONS
from desktop.core.records import Instance, LabelRecord
from desktop.core.search.language import parse_search
from desktop.core.texts import Text
from desktop.recognisers import RECOGNISERS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    library = Library(path, RECOGNISERS)
    yield library
    library.close()


def accept(library: Library, *paths: Path) -> int:
    job = library.add_job(paths, "local", again=False)
    library.add_items(job.id, paths)
    return job.id


def test_a_job_survives_as_it_was_dropped(library: Library, path: Path) -> None:
    strange = Path("/photos/b\udce4ckerei 🐕.jpg")  # no valid text
    job_id = accept(library, strange)
    library.close()
    again = Library(path, RECOGNISERS)
    (job,) = again.open_jobs()
    assert (job.id, job.roots, job.found_all) == (job_id, (strange,), False)
    (item,) = again.open_items(job_id, after_id=0, limit=10)
    assert (item.path, item.state, item.image_id) == (strange, State.QUEUED, None)
    again.close()


def test_all_are_found_until_the_same_is_dropped_again(library: Library, tmp_path: Path) -> None:
    job_id = accept(library, tmp_path / "a.jpg")
    assert not library.found_all(job_id)
    library.set_found_all(job_id)
    assert library.found_all(job_id)
    library.drop_again(job_id)
    assert not library.found_all(job_id)
    with pytest.raises(LookupError):
        library.found_all(job_id + 1)


def test_accepting_twice_changes_nothing(library: Library, tmp_path: Path) -> None:
    paths = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    job_id = accept(library, *paths)
    assert library.add_items(job_id, paths) == 0
    assert library.count_states(job_id) == {State.QUEUED: 2}


def test_labels_come_back_whole_and_surest_first(library: Library, tmp_path: Path) -> None:
    job_id = accept(library, tmp_path / "a.jpg")
    (item,) = library.open_items(job_id, after_id=0, limit=1)
    image = library.images.identify(item.file_id, item.path, "ab" * 32, 10, 20)
    records = (
        LabelRecord(image.image_name, "Animal", 98.7),
        LabelRecord(
            image.image_name,
            "Dog",
            98.7,
            ("Mammal", "Animal"),
            ("Animals and Pets",),
            (Instance(0.1, 0.2, 0.3, 0.4, 91.5),),
        ),
        LabelRecord(image.image_name, "Grass", 99.1),
    )
    library.record_answer(job_id, [item.id], image.id, "local", Answer(records))
    assert library.records(image.id, "local") == (records[2], records[1], records[0])
    assert library.count_states(job_id) == {State.DONE: 1}


def test_when_a_job_submitted_first_is_remembered_whatever_came_of_it(
    library: Library, tmp_path: Path
) -> None:
    job_id = accept(library, *(tmp_path / name for name in "abc"))
    assert library.first_submit(job_id) is None
    ids = [item.id for item in library.open_items(job_id, after_id=0, limit=3)]
    began = time.time()
    library.set_waiting(ids[:2], "")
    library.set_final(ids[:1], State.CANCELLED)
    library.set_final(ids[1:], State.FAILED, ImageError("This photo is damaged"))
    first = library.first_submit(job_id)
    assert first is not None
    assert began <= first <= time.time()


def test_a_new_answer_replaces_only_its_own_origin(library: Library, tmp_path: Path) -> None:
    job_id = accept(library, tmp_path / "a.jpg")
    (item,) = library.open_items(job_id, after_id=0, limit=1)
    image = library.images.identify(item.file_id, item.path, "ab" * 32, 10, 20)

    def label(origin: str, name: str) -> None:
        answer = Answer((LabelRecord(image.image_name, name, 80.0),))
        library.record_answer(job_id, [item.id], image.id, origin, answer)  # type: ignore[arg-type]

    label("local", "Cat")
    label("aws", "Dog")
    label("local", "Fox")
    assert [r.label for r in library.records(image.id, "local")] == ["Fox"]
    assert [r.label for r in library.records(image.id, "aws")] == ["Dog"]
    assert [s.record.label for s in library.effective_labels(image.id)] == ["Dog"]


def test_an_answer_without_labels_is_an_answer(library: Library, tmp_path: Path) -> None:
    job_id = accept(library, tmp_path / "a.jpg")
    (item,) = library.open_items(job_id, after_id=0, limit=1)
    image = library.images.identify(item.file_id, item.path, "ab" * 32, 10, 20)
    assert library.images.answer(image.id, "local") is None
    library.record_answer(job_id, [item.id], image.id, "local", Answer())
    assert library.images.answer(image.id, "local") == AnswerRow(job_id, is_removed=False)


def test_a_file_that_changed_is_read_again(library: Library, tmp_path: Path) -> None:
    job_id = accept(library, tmp_path / "a.jpg")
    (item,) = library.open_items(job_id, after_id=0, limit=1)
    image = library.images.identify(item.file_id, item.path, "ab" * 32, 10, 20)
    assert library.images.known_image(item.file_id, 10, 20) == image
    assert library.images.known_image(item.file_id, 10, 21) is None


def test_equal_contents_share_the_first_name(library: Library, tmp_path: Path) -> None:
    job_id = accept(library, tmp_path / "a.jpg", tmp_path / "b.jpg")
    first, second = library.open_items(job_id, after_id=0, limit=2)
    one = library.images.identify(first.file_id, first.path, "ab" * 32, 10, 20)
    assert library.images.identify(second.file_id, second.path, "ab" * 32, 10, 20) == one


def test_cancel_ends_what_has_not_ended(library: Library, tmp_path: Path) -> None:
    job_id = accept(library, *(tmp_path / f"{n}.jpg" for n in range(3)))
    items = library.open_items(job_id, after_id=0, limit=3)
    library.set_final([items[0].id], State.FAILED, ImageError("Bad", "Very."))
    library.set_waiting([items[1].id], "")
    library.set_job_state(job_id, JobState.CANCELLED)
    assert library.count_states(job_id) == {State.FAILED: 1, State.CANCELLED: 2}
    assert library.open_jobs() == []
    failed = library.file(items[0].file_id)
    assert failed
    assert str(failed.error) == "Bad. Very."


def test_a_late_search_is_told_that_the_library_is_closed(path: Path) -> None:
    library = Library(path, RECOGNISERS)
    library.close()
    library.close()
    with pytest.raises(StorageError, match="cannot be used"):
        library.store.search("SELECT 1")


def test_a_newer_file_is_refused_and_left_alone(path: Path) -> None:
    Library(path, RECOGNISERS).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="newer"):
        Library(path, RECOGNISERS)
    assert path.read_bytes() == before


def test_a_file_that_is_no_library_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"holiday notes " * 1000)
    with pytest.raises(StorageError, match="damaged"):
        Library(path, RECOGNISERS)
    assert path.read_bytes() == b"holiday notes " * 1000


def test_damage_that_sqlite_cannot_even_name_is_told(library: Library, path: Path) -> None:
    library.close()
    whole = path.read_bytes()
    damaged = whole.replace(b"imagesimages\x02CREATE", b"\xffmagesimages\x02CREATX")
    assert damaged != whole
    path.write_bytes(damaged)
    with pytest.raises(StorageError, match="damaged"):
        Library(path, RECOGNISERS)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE labels SET parents = '[\"Mam'",
        "UPDATE labels SET instances = '[5]'",
        "UPDATE files SET path = 5",
        "UPDATE items SET state = 'dune'",
        "UPDATE jobs SET roots = '{'",
        "ALTER TABLE items RENAME COLUMN submitted_at TO submitted_it",
    ],
)
def test_damage_that_sqlite_does_not_see_is_told(library: Library, path: Path, damage: str) -> None:
    job = library.add_job([path], "local", again=False)
    library.add_items(job.id, [path])
    (item,) = library.job_items(job.id)
    image = library.images.identify(item.file_id, path, "0" * 64, 10, 20)
    box = (Instance(0.1, 0.2, 0.3, 0.4, 90.0),)
    answer = Answer((LabelRecord("", "Dog", 98.0, ("Mammal",), instances=box),))
    library.record_answer(job.id, [], image.id, "local", answer)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(damage)

    def read() -> None:
        library.effective_labels(image.id)
        library.open_jobs()
        library.files()
        list(library.job_items(job.id))

    with pytest.raises(StorageError, match="The library is damaged"):
        read()


def test_a_file_of_the_first_version_keeps_its_labels_and_a_copy(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(
        MIGRATIONS[0]
        + """
        PRAGMA user_version = 1;
        INSERT INTO images VALUES (1, 'aa', 'aa-1.jpg'), (2, 'bb', 'bb-2.jpg');
        INSERT INTO answers VALUES (1, 'aws', 1, '', ''), (1, 'local', 1, '', ''),
                                   (2, 'local', 1, '', '');
        INSERT INTO labels VALUES (1, 'aws', 'Dog', 98, '["Mammal"]', '[]', '[]'),
                                  (1, 'local', 'Fox', 60, '[]', '[]', '[]'),
                                  (2, 'local', 'Cat', 70, '[]', '[]', '[]');
        INSERT INTO files (id, path, name, image_id) VALUES (1, CAST('/a.jpg' AS BLOB), 'a', 1);
        """
    )
    connection.close()
    library = Library(path, RECOGNISERS)
    assert [s.record.label for s in library.effective_labels(1)] == ["Dog"]
    assert [s.record.label for s in library.effective_labels(2)] == ["Cat"]
    library.close()
    assert backup_path(path).exists()


def test_an_error_is_kept_so_that_it_can_be_said_in_another_language(
    library: Library, tmp_path: Path
) -> None:
    job_id = accept(library, tmp_path / "a.jpg")
    (item,) = library.open_items(job_id, after_id=0, limit=1)
    reason = Text("Amazon says: {words}", words="{odd} words")
    error = ImageError(
        "Too large",
        "At most {limit} MB. {reason}",
        remedy=Remedy.COPY_FOR_IT,
        detail="Dear IT, {limit} is too little.",
        limit=15,
        reason=reason,
    )
    library.set_final([item.id], State.FAILED, error)
    library.set_job_state(job_id, JobState.STOPPED, error)
    file = library.file(item.file_id)
    assert file is not None
    for kept in (file.error, library.job(job_id).error, *(i.error for i in library.job_items(1))):
        assert kept is not None
        assert (kept.title_text, kept.message_text) == (error.title_text, error.message_text)
        assert (kept.remedy, kept.detail_text) == (error.remedy, error.detail_text)


def test_a_file_of_the_second_version_keeps_its_errors_as_they_were(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            MIGRATIONS[0]
            + MIGRATIONS[1]
            + """
            PRAGMA user_version = 2;
            INSERT INTO jobs VALUES (1, '[]', 'aws', 0, 1, 'stopped', 'Set-up {stopped}',
                                     'Because {0} was }', '');
            INSERT INTO files (id, path, name, item_id) VALUES (1, CAST('/a.jpg' AS BLOB), 'Ä', 1);
            INSERT INTO items (id, job_id, file_id, state, error_title, error_message)
                VALUES (1, 1, 1, 'failed', 'This file is too large', 'At most 700 MB.');
            """
        )
    library = Library(path, RECOGNISERS)
    assert str(library.job(1).error) == "Set-up {stopped}. Because {0} was }"
    (file,) = library.files()
    assert str(file.error) == "This file is too large. At most 700 MB."
    assert Catalog(library.store).find(Query(terms=parse_search("ä")), 55) == [1]
    library.set_job_state(1, JobState.STOPPED, StorageError("{path} is gone", path="/b"))
    assert str(library.job(1).error) == "/b is gone"
    library.close()
    assert backup_path(path).exists()


def test_photos_that_an_older_program_adds_meanwhile_are_found_by_name(
    path: Path, tmp_path: Path
) -> None:
    library = Library(path, RECOGNISERS)
    files = [tmp_path / "Ä.jpg", tmp_path / "Älter.jpg"]
    job_id = accept(library, *files)
    with closing(sqlite3.connect(path)) as older:  # it knows no such column
        older.execute("UPDATE files SET folded_name = ''")
        older.commit()
    by_name = Query(terms=parse_search("ä"))
    library.add_items(job_id, files[:1])
    assert Catalog(library.store).find(by_name, 55) == [1]
    library.close()
    library = Library(path, RECOGNISERS)
    assert Catalog(library.store).find(by_name, 55) == [1, 2]
    library.close()


def test_two_programs_can_use_it_at_once(library: Library, path: Path, tmp_path: Path) -> None:
    other = Library(path, RECOGNISERS)
    accept(library, tmp_path / "a.jpg")
    accept(other, tmp_path / "b.jpg")
    assert len(library.open_jobs()) == len(other.open_jobs()) == 2
    other.close()


def test_a_full_disk_is_told_in_words_and_loses_nothing(library: Library, tmp_path: Path) -> None:
    job_id = accept(library, tmp_path / "a.jpg")
    pages = library.store._writer.execute("PRAGMA page_count").fetchone()[0]
    library.store._writer.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own 'disk full'
    with pytest.raises(StorageError, match="disk full"):
        library.add_items(job_id, [tmp_path / ("x" * 200 + str(n)) for n in range(500)])
    library.store._writer.execute("PRAGMA max_page_count = 1000000")
    assert library.count_states(job_id) == {State.QUEUED: 1}
    assert library.add_items(job_id, [tmp_path / "b.jpg"]) == 1


def test_a_library_that_another_program_holds_for_long_is_told_and_loses_nothing(
    library: Library, path: Path, tmp_path: Path
) -> None:
    job_id = accept(library, tmp_path / "a.jpg")
    library.store._writer.execute("PRAGMA busy_timeout = 50")  # instead of ten seconds
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match="database is locked"):
            library.add_items(job_id, [tmp_path / "b.jpg"])
        assert library.count_states(job_id) == {State.QUEUED: 1}  # nobody waits for reading
    assert library.add_items(job_id, [tmp_path / "b.jpg"]) == 1


def test_a_library_that_is_read_only_is_told_and_can_be_read(
    library: Library, tmp_path: Path
) -> None:
    job_id = accept(library, tmp_path / "a.jpg")
    library.store._writer.execute("PRAGMA query_only = ON")  # SQLite's own 'readonly database'
    with pytest.raises(StorageError, match="readonly database"):
        library.add_items(job_id, [tmp_path / "b.jpg"])
    assert library.count_states(job_id) == {State.QUEUED: 1}


def test_a_thread_that_reads_after_the_end_gets_an_error_of_ours(path: Path) -> None:
    library = Library(path, RECOGNISERS)
    library.close()
    library.close()
    with pytest.raises(StorageError):
        library.files()
    with pytest.raises(StorageError):
        accept(library, path)


@pytest.mark.parametrize("confidence", [-0.1, 100.1, float("nan"), float("inf")])
def test_a_confidence_out_of_range_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        LabelRecord("name", "Dog", confidence)
