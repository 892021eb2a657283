"""What a library keeps of jobs and items: of these and of no others, and how durably."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from desktop.core.backend import Answer
from desktop.core.errors import ImageError, StorageError, UnreachableError
from desktop.core.events import JobState, State
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library, note_baseline_in, note_refusal_in
from desktop.core.library.rows import OUTLINES, AnswerRow, FileRow, ItemRow
from desktop.core.records import LabelRecord
from desktop.core.search.language import parse_search
from desktop.core.walk.passed_over import PassedOver
from desktop.recognisers import AWS, LOCAL, RECOGNISERS
from tests.rig.synced import FULL, NORMAL


class Job(NamedTuple):
    """A job of three photos in a folder of its own, and its items."""

    library: Library
    id: int
    items: list[ItemRow]

    def states(self) -> list[State]:
        return [item.state for item in self.library.job_items(self.id)]

    def ids(self) -> list[int]:
        return [item.id for item in self.items]

    def files(self) -> list[FileRow | None]:
        return [self.library.file(item.file_id) for item in self.items]


def begin(library: Library, folder: Path, origin: str = "local", *, again: bool = False) -> Job:
    job = library.add_job([folder], origin, again=again)
    library.add_items(job.id, [folder / f"{number}.jpg" for number in range(3)])
    return Job(library, job.id, list(library.job_items(job.id)))


@pytest.fixture
def jobs(library: Library) -> tuple[Job, Job]:
    """Two, so that what is done to one shows at the other."""
    return begin(library, Path("/photos")), begin(library, Path("/others"))


def hold(library: Library, item: ItemRow, digest: str = "ab") -> int:
    """Let an item's file hold the image with this digest."""
    return library.images.identify(item.file_id, item.path, digest * 32, 10 + item.id, 20).id


def label(job: Job, item: ItemRow, image: int, name: str = "Dog", origin: str = "local") -> None:
    answer = Answer((LabelRecord("", name, 90.0),))
    job.library.record_answer(job.id, [item.id], image, origin, answer)


# Jobs


def test_a_job_is_accepted_for_good(library: Library, commits: list[int]) -> None:
    job = library.add_job([Path("/a"), Path("/b")], "aws", again=True)
    assert commits == [FULL]
    assert (job.roots, job.backend, job.again) == ((Path("/a"), Path("/b")), "aws", True)
    assert (job.found_all, job.state, job.error) == (False, JobState.RUNNING, None)
    assert library.add_job([], "aws", again=False).again is False


def test_photos_to_be_labelled_anew_are_accepted_for_good(
    library: Library, jobs: tuple[Job, Job], commits: list[int]
) -> None:
    first, second = jobs
    Edits(library.store).remove_files("Removed", [first.items[1].file_id])
    commits.clear()
    wanted = [second.items[0].file_id, *(item.file_id for item in first.items)]
    again = library.add_job_again(wanted, "aws")
    assert commits == [FULL]
    assert (again.backend, again.again, again.found_all, again.roots) == ("aws", True, True, ())
    assert again.state is JobState.RUNNING
    items = list(library.job_items(again.id))
    assert [item.file_id for item in items] == sorted({*wanted} - {first.items[1].file_id})
    assert {item.state for item in items} == {State.QUEUED}


def test_the_cancelled_rest_is_taken_up_for_good(
    library: Library, jobs: tuple[Job, Job], commits: list[int]
) -> None:
    for job in jobs:
        library.set_found_all(job.id)
        library.set_final(job.ids()[:1], State.DONE)
        library.set_job_state(job.id, JobState.CANCELLED)
    commits.clear()
    first, second = jobs
    library.reopen_job(first.id)
    assert commits == [FULL]
    assert first.states() == [State.DONE, State.QUEUED, State.QUEUED]
    assert second.states() == [State.DONE, State.CANCELLED, State.CANCELLED]
    assert (library.job(first.id).state, library.found_all(first.id)) == (JobState.RUNNING, False)
    assert (library.job(second.id).state, library.found_all(second.id)) == (
        JobState.CANCELLED,
        True,
    )


def test_a_jobs_state_is_its_own(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    for job in jobs:
        library.set_final(job.ids()[:1], State.FAILED, ImageError("Bad"))
        library.set_waiting(job.ids()[1:2], "1")
    error = StorageError("Full", "Make room.")
    library.set_job_state(first.id, JobState.STOPPED, error)
    assert (library.job(first.id).state, library.job(first.id).error) == (JobState.STOPPED, error)
    assert (library.job(second.id).state, library.job(second.id).error) == (JobState.RUNNING, None)
    assert [job.id for job in library.open_jobs()] == [first.id, second.id]
    assert first.states() == [State.FAILED, State.WAITING, State.QUEUED]
    library.set_job_state(first.id, JobState.CANCELLED)
    assert first.states() == [State.FAILED, State.CANCELLED, State.CANCELLED]
    assert second.states() == [State.FAILED, State.WAITING, State.QUEUED]
    assert library.job(first.id).error is None
    assert [job.id for job in library.open_jobs()] == [second.id]
    with pytest.raises(LookupError):
        library.job(99)


def test_of_two_jobs_one_has_found_all(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    for job in jobs:
        library.set_found_all(job.id)
    library.drop_again(first.id)
    assert (library.found_all(first.id), library.found_all(second.id)) == (False, True)
    library.set_found_all(first.id)
    assert library.found_all(first.id)
    with pytest.raises(LookupError):
        library.found_all(99)


@pytest.mark.parametrize("again", [False, True])
def test_removed_labels_are_looked_for_where_the_drop_is_made_again(
    library: Library, tmp_path: Path, again: bool
) -> None:
    """Of the files that are there, of this job and its backend, and where it asked for old ones."""
    job, other = begin(library, tmp_path, again=again), begin(library, tmp_path / "other")
    (tmp_path / "other").mkdir()
    for item in (*job.items, *other.items):
        item.path.touch()
    images = [hold(library, item, f"a{item.id}") for item in job.items]
    hold(library, other.items[0], f"a{job.ids()[0]}")
    for item, image in zip(job.items, images, strict=True):
        label(job, item, image)
        label(job, item, image, origin="aws")
        library.set_waiting([item.id], "7")
        library.set_final([item.id], State.DONE)
    library.set_final(job.ids()[1:2], State.SKIPPED)
    library.set_final(job.ids()[2:], State.FAILED)
    library.set_final(other.ids(), State.DONE)
    library.drop_again(job.id)
    assert job.states() == [State.DONE, State.SKIPPED, State.FAILED]
    Edits(library.store).remove_job_labels("Remove labels", job.id)
    job.items[0].path.unlink()
    library.drop_again(job.id)
    assert job.states() == [State.DONE, State.QUEUED, State.FAILED]
    assert [item.baseline for item in library.job_items(job.id)] == ["7", "", "7"]
    assert other.states() == [State.DONE] * 3
    library.images.bring_back_labels(99, images[1], "local")
    library.set_final(job.ids()[1:2], State.DONE)
    library.drop_again(job.id)
    assert job.states() == [State.DONE, State.DONE, State.FAILED]


@pytest.mark.parametrize("again", [False, True])
def test_another_jobs_labels_count_where_old_ones_were_asked_for(
    library: Library, tmp_path: Path, again: bool
) -> None:
    job, other = begin(library, tmp_path, again=again), begin(library, tmp_path / "other")
    job.items[0].path.touch()
    image = hold(library, job.items[0])
    label(other, other.items[0], image)
    Edits(library.store).remove_job_labels("Remove labels", other.id)
    library.set_final(job.ids()[:1], State.DONE)
    library.drop_again(job.id)
    assert job.states()[0] is (State.DONE if again else State.QUEUED)


# Items


def test_a_file_is_one_item_of_a_job(library: Library, jobs: tuple[Job, Job]) -> None:
    first, _ = jobs
    paths = [item.path for item in first.items]
    assert library.add_items(first.id, [*paths, Path("/photos/new.jpg"), Path("/new.jpg")]) == 2
    assert first.states() == [State.QUEUED] * 5
    job = library.add_job([], "local", again=False)
    assert library.add_items(job.id, paths) == 3
    assert [i.file_id for i in library.job_items(job.id)] == [i.file_id for i in first.items]
    assert len(library.files()) == 8


def test_a_photo_with_labels_stays_as_it_is_until_it_has_others(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    first, _ = jobs
    library.set_final(first.ids()[:1], State.DONE)
    library.set_final(first.ids()[1:2], State.SKIPPED)
    library.set_final(first.ids()[2:], State.FAILED, ImageError("Bad"))
    paths = [item.path for item in first.items]
    later = library.add_job([], "local", again=False)
    library.add_items(later.id, paths)
    assert [f and f.state for f in first.files()] == [State.DONE, State.SKIPPED, State.QUEUED]
    library.add_items(later.id, paths)
    ids = [item.id for item in library.job_items(later.id)]
    library.set_final(ids[:1], State.CANCELLED)
    library.set_final(ids[1:2], State.FAILED, UnreachableError("It is away"))
    library.set_final(ids[2:], State.FAILED, ImageError("Worse"))
    assert [f and f.state for f in first.files()] == [State.DONE, State.SKIPPED, State.FAILED]
    assert [f and f.error and f.error.title for f in first.files()] == [None, None, "Worse"]
    last = library.add_job([], "local", again=False)
    library.add_items(last.id, paths[:1])
    (item,) = library.job_items(last.id)
    library.set_final([item.id], State.FAILED, ImageError("Worst"))
    assert [f and f.error and f.error.title for f in first.files()] == ["Worst", None, "Worse"]
    library.set_final(first.ids(), State.FAILED, ImageError("An older job's end"))
    shown = [f and f.error and f.error.title for f in first.files()]
    assert shown == ["Worst", "An older job's end", "Worse"]


def test_a_cancelled_photo_is_what_the_newest_end_before_made_it(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    first, other = jobs
    paths = [item.path for item in first.items]
    for ids in (first.ids(), other.ids()):
        library.set_final(ids[:2], State.FAILED, ImageError("Bad"))
    second = library.add_job([], "local", again=False)
    library.add_items(second.id, paths)
    ids = [item.id for item in library.job_items(second.id)]
    library.set_final(ids[:1], State.FAILED, ImageError("Worse"))
    library.set_final(ids[1:2], State.SKIPPED)
    alone = library.add_job([], "local", again=False)
    library.add_items(alone.id, paths)
    library.set_job_state(alone.id, JobState.CANCELLED)
    assert [f and f.state for f in first.files()] == [State.FAILED, State.SKIPPED, State.CANCELLED]
    third, later = (library.add_job([], "local", again=False) for _ in range(2))
    for job in (third, later):
        library.add_items(job.id, paths)
    library.set_job_state(third.id, JobState.CANCELLED)
    assert [f and f.state for f in first.files()] == [State.QUEUED, State.SKIPPED, State.QUEUED]
    library.set_job_state(later.id, JobState.CANCELLED)
    assert [f and f.state for f in first.files()] == [State.FAILED, State.SKIPPED, State.CANCELLED]
    assert [f and f.error and f.error.title for f in first.files()] == ["Worse", None, None]
    library.reopen_job(later.id)
    assert [f and f.state for f in first.files()] == [State.QUEUED, State.SKIPPED, State.QUEUED]
    assert [f and f.state for f in other.files()] == [State.FAILED, State.FAILED, State.QUEUED]
    library.set_final([item.id for item in library.job_items(later.id)][:1], State.DONE)
    library.set_job_state(later.id, JobState.CANCELLED)
    assert [f and f.state for f in first.files()] == [State.DONE, State.SKIPPED, State.CANCELLED]


def test_the_newest_jobs_photos_come_first(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    gone = second.items[1].file_id
    Edits(library.store).remove_files("Removed", [gone])
    wanted = [item.file_id for job in (second, first) for item in job.items]
    there = [each for each in wanted if each != gone]
    assert library.outlines(up_to=library.newest_file()).ids.tolist() == there
    assert library.outlines(up_to=library.newest_file(), limit=2).ids.tolist() == there[:2]


def test_all_photos_are_told_of_by_an_index_alone(library: Library) -> None:
    order = "+id <= 9 ORDER BY added_by DESC, id LIMIT -1"
    plan = library.store.search("EXPLAIN QUERY PLAN " + OUTLINES.format(order))
    steps = [row["detail"] for row in plan]
    assert "SCAN files USING COVERING INDEX files_added" in steps
    assert not [step for step in steps if "TEMP B-TREE" in step]


def test_a_name_of_any_bytes_is_found(library: Library) -> None:
    path = Path("/photos/\udce4 Dog.jpg")
    job = library.add_job([], "local", again=False)
    library.add_items(job.id, [path])
    (file,) = library.files()
    assert file.path == path
    assert Catalog(library.store).find(Query(terms=parse_search("dog")), 55) == [file.file_id]


def test_removed_files_come_back(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    removed = [first.items[0], first.items[1], second.items[0]]
    Edits(library.store).remove_files("Removed", [item.file_id for item in removed])
    paths = [first.items[1].path, first.items[2].path, Path("/unknown.jpg")]
    library.bring_back_files(paths)
    there = [file.file_id for file in library.files()]
    gone = {first.items[0].file_id, second.items[0].file_id}
    assert there == [i.file_id for job in jobs for i in job.items if i.file_id not in gone]


def test_what_lies_below_a_folder_lies_behind_its_separator(library: Library) -> None:
    job, other = library.add_job([], "local", again=False), library.add_job([], "aws", again=False)
    library.add_items(job.id, [Path("/photos/b/c/1.jpg"), Path("/photos/d-e/2.jpg")])
    library.add_items(other.id, [Path("/photos/f/3.jpg")])

    def below(folder: str) -> bool:
        return library.has_items_below(job.id, Path(folder))

    for folder in ("/photos", "/photos/b", "/photos/b/c", "/photos/d-e"):
        assert below(folder)
    for folder in ("/photo", "/photos/d", "/photos/a", "/photos/c", "/photos/f", "/photos/b/c/1"):
        assert not below(folder)
    library.add_items(job.id, [Path("/x0"), Path("/y/")])
    assert not below("/x")


def test_what_is_open_comes_chunk_by_chunk(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    library.set_final(first.ids()[:1], State.DONE)
    library.set_waiting(first.ids()[1:2], "5")
    (waiting,) = library.open_items(first.id, after_id=0, limit=1)
    assert (waiting.id, waiting.state, waiting.baseline) == (first.ids()[1], State.WAITING, "5")
    (queued,) = library.open_items(first.id, after_id=waiting.id, limit=9)
    assert (queued.id, queued.state, queued.job_id) == (first.ids()[2], State.QUEUED, first.id)
    assert library.open_items(first.id, after_id=queued.id, limit=9) == []
    assert len(library.open_items(second.id, after_id=0, limit=9)) == 3


def test_items_are_counted_by_state(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    library.set_final(first.ids()[:1], State.DONE)
    assert library.count_states(first.id) == {State.DONE: 1, State.QUEUED: 2}
    assert library.count_states(second.id) == {State.QUEUED: 3}
    assert library.count_states(99) == {}


def test_the_first_submit_is_the_jobs_own(
    library: Library, jobs: tuple[Job, Job], monkeypatch: pytest.MonkeyPatch, commits: list[int]
) -> None:
    first, second = jobs
    for at, job, number in ((5.0, second, 0), (6.0, first, 0), (7.0, first, 1)):
        monkeypatch.setattr(time, "time", lambda at=at: at)
        library.set_waiting(job.ids()[number : number + 1], "")
    assert library.first_submit(first.id) == 6.0
    assert library.first_submit(99) is None
    assert first.states() == [State.WAITING, State.WAITING, State.QUEUED]
    assert commits == [NORMAL] * 3


def test_an_end_is_these_items_own(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    error = ImageError("Bad", "Very.", detail="Really.")
    library.set_final([first.ids()[0], second.ids()[2]], State.FAILED, error)
    assert first.states() == [State.FAILED, State.QUEUED, State.QUEUED]
    assert second.states() == [State.QUEUED, State.QUEUED, State.FAILED]
    assert [item.error for item in library.job_items(first.id)] == [error, None, None]
    library.set_final(first.ids()[:1], State.DONE)
    assert [item.error for item in library.job_items(first.id)] == [None, None, None]


def test_a_baseline_is_these_items_own(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    with library.store.write() as db:
        note_baseline_in(db, first.ids()[:2], "9")
    assert [item.baseline for item in library.job_items(first.id)] == ["9", "9", ""]
    assert [item.baseline for item in library.job_items(second.id)] == ["", "", ""]


def test_a_refused_put_is_made_again_for_these_items_only(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    first, second = jobs
    for job in jobs:
        library.set_waiting(job.ids(), "1")
    with library.store.write() as db:
        note_refusal_in(db, first.ids()[:2], "7")
    items = list(library.job_items(first.id))
    assert [item.state for item in items] == [State.QUEUED, State.QUEUED, State.WAITING]
    assert [item.baseline for item in items] == ["7", "7", items[2].baseline]
    assert [item.submitted_at is None for item in items] == [True, True, False]
    assert second.states() == [State.WAITING] * 3


# Images


def test_a_picture_is_known_by_file_size_and_time(library: Library, jobs: tuple[Job, Job]) -> None:
    first, _ = jobs
    one, two, _ = first.items
    image = library.images.identify(one.file_id, one.path, "ab" * 32, 10, 20)
    other = library.images.identify(two.file_id, two.path, "cd" * 32, 10, 20)
    assert image.image_name == f"{'ab' * 8}-0.jpg.jpg"
    assert other.image_name == f"{'cd' * 8}-1.jpg.jpg"
    assert library.images.known_image(one.file_id, 10, 20) == image
    assert library.images.known_image(two.file_id, 10, 20) == other
    assert library.images.known_image(one.file_id, 11, 20) is None
    assert library.images.known_image(one.file_id, 10, 21) is None
    assert library.images.known_image(99, 10, 20) is None
    shown = library.file(one.file_id)
    assert shown is not None
    assert shown.image_id == image.id
    assert library.file(99) is None


def test_a_picture_known_by_its_whole_file_only_is_read_once_more(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    first, _ = jobs
    one, two, three = first.items
    image = library.images.identify(one.file_id, one.path, "ab" * 32, 10, 20)
    library.images.identify(two.file_id, two.path, "cd" * 32, 11, 20)
    assert not library.images.may_hold_unread(10)
    with library.store.write() as db:
        db.execute("UPDATE images SET picture = NULL WHERE id = ?", (image.id,))
    assert library.images.may_hold_unread(10)
    assert not library.images.may_hold_unread(11)
    assert library.images.known_image(one.file_id, 10, 20) is None
    found = library.images.identify(three.file_id, three.path, "ef" * 32, 10, 20, whole="ab" * 32)
    assert found == image
    assert not library.images.may_hold_unread(10)
    assert library.images.known_image(one.file_id, 10, 20) == image


def test_which_state_of_a_file_could_not_be_read_is_noted_for_what_was_never_read(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    first, _ = jobs
    one, two, _ = first.items
    library.images.identify(one.file_id, one.path, "ab" * 32, 10, 20)
    library.images.note_unreadable(one.file_id, 11, 21)
    library.images.note_unreadable(two.file_id, 12, 22)
    stamps = library.store.read("SELECT size_bytes, mtime_ns FROM files ORDER BY id LIMIT 3")
    assert [tuple(row) for row in stamps] == [(10, 20), (12, 22), (None, None)]


def test_a_shape_learnt_later_fills_the_gaps_only(library: Library, jobs: tuple[Job, Job]) -> None:
    first, _ = jobs
    one, two, _ = first.items
    library.images.identify(one.file_id, one.path, "ab" * 32, 10, 20, aspect=1.5)
    library.images.set_aspects({one.file_id: 0.75, two.file_id: 0.75})
    assert [f and f.aspect for f in first.files()] == [1.5, 0.75, None]
    known = [library.images.has_aspect(item.path) for item in first.items]
    assert known == [True, True, False]
    assert library.images.has_aspect(Path("/nowhere.jpg")) is False


def test_a_date_is_kept_until_another_is_known(library: Library, jobs: tuple[Job, Job]) -> None:
    one, two, _ = jobs[0].items

    def dates() -> list[str | None]:
        return [row[0] for row in library.store.read("SELECT taken_at FROM images ORDER BY id")]

    for item, digest, taken in ((one, "ab", "2026"), (two, "cd", None), (one, "ab", None)):
        library.images.identify(item.file_id, item.path, digest * 32, 10, 20, taken_at=taken)
    assert dates() == ["2026", None]
    library.images.identify(one.file_id, one.path, "ab" * 32, 10, 20, taken_at="2027")
    assert dates() == ["2027", None]


def test_a_date_from_a_file_s_name_gives_way_to_all_others(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    one = jobs[0].items[0]

    def date_after(taken: str | None, *, is_from_name: bool) -> tuple[str | None, bool]:
        image = library.images.identify(
            *(one.file_id, one.path, "ab" * 32, 10, 20), taken_at=taken, is_from_name=is_from_name
        )
        (row,) = library.store.read("SELECT taken_at, taken_from_name FROM images")
        assert library.images.wants_date(image.id) == (row[0] is None or bool(row[1]))
        return row[0], bool(row[1])

    assert date_after(None, is_from_name=False) == (None, False)
    assert date_after("2024-01-31", is_from_name=True) == ("2024-01-31", True)
    assert date_after("2024-01-30", is_from_name=True) == ("2024-01-30", True)
    assert date_after("2023", is_from_name=False) == ("2023", False)
    assert date_after("2024-01-31", is_from_name=True) == ("2023", False)


def test_a_date_read_later_is_this_picture_s(library: Library, jobs: tuple[Job, Job]) -> None:
    one, two, _ = jobs[0].items
    images = library.images
    first, second = (
        images.identify(item.file_id, item.path, digest * 32, 10, 20)
        for item, digest in ((one, "ab"), (two, "cd"))
    )
    images.set_taken(first.id, "2024-01-31", is_from_name=True)
    assert (images.wants_date(first.id), images.wants_date(second.id)) == (True, True)
    images.set_taken(first.id, "2023-02-03T04:05:06", is_from_name=False)
    assert (images.wants_date(first.id), images.wants_date(second.id)) == (False, True)
    assert not images.wants_date(99)
    rows = library.store.read("SELECT taken_at, taken_from_name FROM images ORDER BY id")
    assert [tuple(row) for row in rows] == [("2023-02-03T04:05:06", 0), (None, 0)]


def test_what_a_job_passed_over_is_kept(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    assert not library.passed_over(first.id)
    passed_over = PassedOver(Counter(PSD=2, EPS=1), online_only=3, not_photos=4)
    library.set_passed_over(first.id, passed_over)
    assert (library.passed_over(first.id), library.passed_over(second.id)) == (
        passed_over,
        PassedOver(),
    )


def test_of_equal_pictures_the_files_own_comes_first(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    one, two, three = jobs[0].items
    older = library.images.identify(one.file_id, one.path, "ab" * 32, 10, 20)
    newer = library.images.identify(two.file_id, two.path, "cd" * 32, 10, 20)
    with library.store.write() as db:
        db.execute("UPDATE images SET picture = 'same'")
    assert library.images.identify(two.file_id, two.path, "same", 10, 20) == newer
    assert library.images.identify(three.file_id, three.path, "same", 10, 20) == older


def test_what_was_said_goes_over_to_an_edited_picture(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    first, _ = jobs
    one, two, _ = first.items
    image = hold(library, one)
    label(first, one, image)
    Edits(library.store).change_label("Add", [one.file_id], "Rex", "add")
    edited, other = hold(library, one, "cd"), hold(library, two, "ef")

    def said(image_id: int) -> list[tuple[str, str, bool, str]]:
        return [
            (each.record.label, each.origin, each.is_kept, each.source)
            for each in library.effective_labels(image_id)
        ]

    assert [label for label, *_ in said(edited)] == ["Rex"]
    assert said(other) == []
    assert [label for label, *_ in said(image)] == ["Rex", "Dog"]


def test_a_file_that_is_there_stands_for_those_that_are_lost(
    library: Library, tmp_path: Path
) -> None:
    job = begin(library, tmp_path)
    lost, there, new = job.items
    there.path.touch()
    new.path.touch()
    other = begin(library, tmp_path / "other").items[0]
    image = hold(library, lost)
    hold(library, there)
    hold(library, new)
    hold(library, other, "cd")
    library.images.replace_lost_files(image, new.file_id)
    gone = {item.file_id for item in job.items} - {file.file_id for file in library.files()}
    assert gone == {lost.file_id}
    there.path.unlink()
    new.path.unlink()
    library.images.replace_lost_files(image, new.file_id)
    assert [f.file_id for f in library.files() if f.image_id == image] == [new.file_id]
    assert other.file_id in [file.file_id for file in library.files()]


def test_a_file_that_cannot_be_reached_is_not_lost(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = begin(library, tmp_path)
    image = hold(library, job.items[0])
    hold(library, job.items[1])

    def refuse(path: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", refuse)
        library.images.replace_lost_files(image, job.items[1].file_id)
    assert len(library.files()) == 3
    (tmp_path / "0.jpg").mkdir()
    (tmp_path / "file").touch()
    below_a_file = library.add_job([], "local", again=False)
    library.add_items(below_a_file.id, [tmp_path / "file" / "x.jpg"])
    (item,) = library.job_items(below_a_file.id)
    image = hold(library, item, "cd")
    hold(library, job.items[2], "cd")
    library.images.replace_lost_files(image, job.items[2].file_id)
    assert item.file_id not in [file.file_id for file in library.files()]


def test_removed_labels_come_back_as_another_jobs(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    images = [hold(library, item, f"a{item.id}") for item in first.items]
    for item, image in zip(first.items[:2], images[:2], strict=True):
        for origin in ("local", "aws"):
            label(first, item, image, origin, origin)
    Edits(library.store).remove_job_labels("Remove labels", first.id)
    removed = AnswerRow(first.id, is_removed=True)
    assert library.effective_labels(images[0]) == ()
    library.images.bring_back_labels(second.id, images[0], "local")
    assert library.images.answer(images[0], "local") == AnswerRow(second.id, is_removed=False)
    assert library.images.answer(images[2], "local") is None
    others = {(0, "aws"), (1, "local"), (1, "aws")}
    known = {(n, origin): library.images.answer(images[n], origin) for n, origin in others}
    assert {answer for key, answer in known.items() if key[0] == 1} == {
        library.images.answer(images[1], "local"),
        library.images.answer(images[1], "aws"),
    }
    assert removed in known.values()
    assert [s.record.label for s in library.effective_labels(images[0])] == ["local"]


def test_what_counts_comes_surest_first_with_who_says_it(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    first, _ = jobs
    one, two, _ = first.items
    image, other = hold(library, one), hold(library, two, "cd")
    records = (
        LabelRecord("", "Ant", 60.0),
        LabelRecord("", "Bee", 90.0, ("Insect",), ("Animals",)),
        LabelRecord("", "Cow", 70.0),
    )
    library.record_answer(first.id, [one.id], image, "local", Answer(records))
    label(first, two, other)
    Edits(library.store).change_label("Keep", [one.file_id], "Ant", "keep")
    Edits(library.store).change_label("Add", [one.file_id], "Dog", "add")
    shown = library.effective_labels(image)
    assert [(s.record.label, s.origin, s.is_kept) for s in shown] == [
        ("Dog", "you", True),
        ("Bee", "local", False),
        ("Cow", "local", False),
        ("Ant", "local", True),
    ]
    assert (shown[1].record.parents, shown[1].record.categories) == (("Insect",), ("Animals",))
    assert shown[1].source == "Bee"


def test_files_come_in_order_and_in_parts(library: Library, jobs: tuple[Job, Job]) -> None:
    first, second = jobs
    ids = [item.file_id for job in (first, second) for item in job.items]
    assert [file.file_id for file in library.files()] == ids
    assert library.outlines_after(ids[1], 2).ids.tolist() == ids[2:4]
    Edits(library.store).remove_files("Removed", ids[2:3])
    assert library.outlines_after(ids[1], 100).ids.tolist() == ids[3:]
    wanted = [ids[4], ids[2], ids[0]]
    assert library.outlines_of(wanted).ids.tolist() == [ids[0], ids[4]]
    assert [file.file_id for file in library.files_by_id(wanted)] == [ids[0], ids[2], ids[4]]
    removed = library.file(ids[2])
    assert removed is not None
    assert removed.path == first.items[2].path


def test_who_is_registered_may_answer_and_closing_closes(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.db", RECOGNISERS)
    assert library.path == tmp_path / "library.db"
    job = begin(library, Path("/photos"))
    image = hold(library, job.items[0])
    label(job, job.items[0], image, origin=AWS.name)
    label(job, job.items[0], image, "Cat", origin=LOCAL.name)
    assert [s.origin for s in library.effective_labels(image)] == [AWS.name]
    assert job.states()[0] is State.DONE
    library.close()
    with pytest.raises(StorageError):
        library.files()


def test_damage_is_noted_of_one_picture(library: Library, jobs: tuple[Job, Job]) -> None:
    one, other, _ = jobs[0].items
    damaged, whole = hold(library, one, "ab"), hold(library, other, "cd")
    library.images.note_damage(damaged)
    shown = [row and row.is_partly_damaged for row in jobs[0].files()]
    assert shown == [True, False, False]
    hold(library, one, "ef")
    assert not library.files_by_id([one.file_id])[0].is_partly_damaged
    assert whole != damaged


def test_a_date_comes_from_the_camera_unless_it_is_said_to_be_the_names(
    library: Library, jobs: tuple[Job, Job]
) -> None:
    item = jobs[0].items[0]
    image = library.images.identify(item.file_id, item.path, "ab" * 32, 1, 2, taken_at="2024")
    assert not library.images.wants_date(image.id)
