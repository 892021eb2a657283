"""The library's file notes which photos are to be read anew, whoever writes into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.events import Changed, JobState, State
from desktop.core.library.changes import Changes
from desktop.core.library.edits import Edits, Rule
from desktop.core.library.library import Library
from desktop.core.records import LabelRecord
from desktop.recognisers import RECOGNISERS

ALL = 1000


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three labelled photos in a job; the first two have the same picture."""
    library = Library(tmp_path / "library.db", RECOGNISERS)
    job = library.add_job([tmp_path], "local", again=False)
    library.add_items(job.id, [tmp_path / f"{number}.jpg" for number in (1, 2, 3)])
    for file_id, picture in ((1, "a"), (2, "a"), (3, "b")):
        image = library.images.identify(file_id, tmp_path / f"{file_id}.jpg", picture * 64, 1, 1)
        found = (LabelRecord(image.image_name, "Dog", 90.0),)
        library.record_answer(job.id, [file_id], image.id, "local", Answer(records=found))
    yield library
    library.close()


def changed_by(library: Library, write: Callable[[], object]) -> set[int]:
    """The files that are to be read anew after this."""
    changes = Changes(library.store)
    newest, version = changes.newest(), changes.version()
    assert changes.since(newest, ALL) == (newest, [])
    assert changes.version() == version
    write()
    assert changes.version() != version
    last, files = changes.since(newest, ALL)
    assert last == changes.newest()
    return set(files)


def test_what_a_job_writes_is_noted(library: Library, tmp_path: Path) -> None:
    new = [tmp_path / "4.jpg", tmp_path / "5.jpg"]
    assert changed_by(library, lambda: library.add_items(1, new)) == {4, 5}
    assert changed_by(library, lambda: library.images.identify(4, new[0], "c" * 64, 1, 1)) == {4}
    assert changed_by(library, lambda: library.set_waiting([4], "")) == {4}
    answer = Answer(records=(LabelRecord("a", "Cat", 80.0),))
    answered = changed_by(library, lambda: library.record_answer(1, [4], 1, "local", answer))
    assert answered == {1, 2, 4}  # the picture's own files, and the file of the item
    cancel = changed_by(library, lambda: library.set_job_state(1, JobState.CANCELLED))
    assert cancel == {5}


def test_what_a_person_decides_is_noted_and_so_is_undo(library: Library) -> None:
    edits = Edits(library.store)
    assert changed_by(library, lambda: edits.change_label("", [1], "Dog", "remove")) == {1, 2}
    assert changed_by(library, edits.undo) == {1, 2}
    assert changed_by(library, edits.redo) == {1, 2}
    assert changed_by(library, lambda: edits.set_rule("", Rule("Dog", "Hound"))) == {1, 2, 3}
    assert changed_by(library, lambda: edits.remove_job_labels("", 1)) == {1, 2, 3}
    assert changed_by(library, lambda: edits.remove_files("", [3])) == {3}
    assert changed_by(library, edits.undo) == {3}


def test_what_a_program_writes_that_knows_nothing_of_it_is_noted(library: Library) -> None:
    def write() -> None:
        with closing(sqlite3.connect(library.path)) as other, other:
            other.execute("UPDATE files SET path = CAST('/elsewhere/3.jpg' AS BLOB) WHERE id = 3")
            other.execute("UPDATE images SET edited = 1 WHERE id = 1")

    assert changed_by(library, write) == {1, 2, 3}


def test_what_no_row_shows_is_not_noted(library: Library) -> None:
    assert changed_by(library, lambda: library.set_found_all(1)) == set()
    again = library.add_job_again([1], "local")  # the photo shows its labels meanwhile
    (item,) = library.open_items(again.id, after_id=0, limit=1)
    assert changed_by(library, lambda: library.set_waiting([item.id], "")) == set()


def test_many_changes_are_read_a_piece_at_a_time_and_none_twice(library: Library) -> None:
    changes = Changes(library.store)
    Edits(library.store).change_label("", [3], "Dog", "remove")
    read: list[int] = []
    number = 0
    while True:
        number, files = changes.since(number, 1)
        if not files:
            break
        read += files
    assert sorted(read) == [1, 2, 3]
    assert read[-1] == 3  # it has changed last
    assert number == changes.newest()


def test_a_commit_is_told_after_it_was_made(library: Library, tmp_path: Path) -> None:
    told: list[tuple[Changed, State]] = []

    def look(change: Changed) -> None:
        (row,) = library.files_by_id([1])
        told.append((change, row.state))

    library.store.on_change = look
    library.set_final([1], State.SKIPPED)
    with pytest.raises(sqlite3.IntegrityError):
        library.record_answer(1, [1], 1, "nobody", Answer())
    assert told == [(Changed(), State.SKIPPED)]


def test_a_state_on_the_way_is_shown_until_the_next_and_not_written(
    library: Library, tmp_path: Path
) -> None:
    library.add_items(1, [tmp_path / "4.jpg"])
    told: list[Changed] = []
    library.store.on_change = told.append

    def states() -> list[State]:
        return [row.state for row in library.files_by_id([1, 4])]

    for file_id in (1, 4):
        library.note_state(file_id, State.PREPARING)
    assert states() == [State.DONE, State.PREPARING]  # labels are shown until there are others
    assert told == [Changed((1,)), Changed((4,))]
    with closing(Library(library.path, RECOGNISERS)) as other:
        assert other.files_by_id([4])[0].state is State.QUEUED
    library.note_state(4, State.UPLOADING)
    assert states()[1] is State.UPLOADING
    library.set_waiting([4], "")
    library.note_state(4, State.WAITING)
    assert states()[1] is State.WAITING
    told.clear()
    library.note_state(4, State.WAITING)
    assert told == []
