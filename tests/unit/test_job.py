"""What happens to the images of a job, seen through the queue, the events and the library."""

from __future__ import annotations

import errno
import queue
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import pytest

from desktop.backends.answers import to_answer
from desktop.core.backend import Answer
from desktop.core.errors import (
    BackendMissingError,
    Cancelled,
    CredentialsError,
    ImageError,
    NetworkError,
    ThrottledError,
)
from desktop.core.events import Event, FoundEvent, ItemEvent, JobEvent, JobState, State
from desktop.core.job.queue import JobQueue
from desktop.core.library.catalog import Catalog
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library
from desktop.core.library.rows import ItemRow
from desktop.core.money.spending import Spending
from desktop.core.photo.prepare import Prepared
from desktop.core.records import LabelRecord
from desktop.core.settings import Settings
from desktop.core.walk.passed_over import PassedOver
from desktop.recognisers import LOCAL, RECOGNISERS
from tests.rig import odd_photos
from tests.rig.folders import refuse
from tests.rig.memory_backend import MemoryBackend, dog
from tests.rig.photos import picture

from .conftest import save_photo

LIMIT_S = 30


pytestmark = pytest.mark.usefixtures("no_long_waits")


class Person:
    """Drops photos and watches what happens."""

    def __init__(self, library: Library, backend: MemoryBackend, late_after_s: float = 60) -> None:
        self.library = library
        self.backend = backend
        self.events: list[Event] = []
        self._news: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._watchers: list[Callable[[Event], None]] = []
        self.settings = Settings(deletes_copies=False)
        self.queue = JobQueue(
            library,
            RECOGNISERS,
            lambda name: backend,
            self._see,
            settings=lambda: self.settings,
            late_after_s=late_after_s,
        )

    def _see(self, event: Event) -> None:
        for watcher in self._watchers:
            watcher(event)
        self._news.put(event)

    def when(self, watcher: Callable[[Event], None]) -> None:
        """Call this in the job's thread, at the moment an event is told."""
        self._watchers.append(watcher)

    def label(self, *paths: Path, again: bool = False) -> JobEvent:
        self.queue.add(paths, self.backend.name, again=again)
        return self.wait_for_end()

    def wait_for_end(self) -> JobEvent:
        def is_end(event: Event) -> bool:
            return isinstance(event, JobEvent) and event.state is not JobState.RUNNING

        event = self.wait_for(is_end)
        assert isinstance(event, JobEvent)
        return event

    def wait_for(self, wanted: Callable[[Event], bool]) -> Event:
        while True:
            event = self._news.get(timeout=LIMIT_S)
            self.events.append(event)
            if wanted(event):
                return event

    def items(self, job_id: int) -> list[ItemRow]:
        return list(self.library.job_items(job_id))

    def final(self) -> list[ItemEvent]:
        return [e for e in self.events if isinstance(e, ItemEvent) and e.state.is_final]

    def leave(self) -> None:
        assert self.queue.close(LIMIT_S)


def states(items: list[ItemRow]) -> dict[str, State]:
    return {item.path.name: item.state for item in items}


def labels_of(library: Library, event: ItemEvent) -> tuple[LabelRecord, ...]:
    row = library.file(event.file_id)
    return library.records(row.image_id, "aws") if row and row.image_id else ()


def test_every_photo_gets_its_labels_and_one_end(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend())
    end = person.label(photos)
    assert end.state is JobState.FINISHED
    final = person.final()
    assert sorted(Path(e.path).name for e in final) == sorted(p.name for p in photos.iterdir())
    assert {e.state for e in final} == {State.DONE}
    assert {r.label for e in final for r in labels_of(library, e)} == {"Dog"}
    assert all(item.state is State.DONE for item in person.items(end.job_id))
    person.leave()


def test_an_image_that_waits_holds_no_thread(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "many").mkdir()
    for number in range(120):
        save_photo(tmp_path / "many" / f"{number}.jpg", number)
    silent = MemoryBackend(answer=lambda name, count: None, max_concurrency=100)
    person = Person(library, silent)
    others = threading.active_count()
    person.queue.add([tmp_path / "many"], silent.name)
    waiting: dict[str, int] = {}

    def all_wait(event: Event) -> bool:
        if isinstance(event, ItemEvent) and event.state is State.WAITING:
            waiting[str(event.image_name)] = threading.active_count() - others
        return len(waiting) == 100

    person.wait_for(all_wait)
    assert max(waiting.values()) <= 24
    person.when(lambda event: answer_all(silent))
    answer_all(silent)
    assert person.wait_for_end().state is JobState.FINISHED
    assert Counter(event.state for event in person.final()) == {State.DONE: 120}
    person.leave()


def answer_all(backend: MemoryBackend) -> None:
    """Let the backend have an answer for all that it was given."""
    for name in list(backend.submits):
        backend.table.setdefault(name, dog(name))


def test_an_event_is_in_the_library_before_it_is_told(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend())
    surprises: list[ItemEvent] = []

    def compare(event: Event) -> None:
        if isinstance(event, ItemEvent) and (event.state.is_final or event.state is State.WAITING):
            row = next(i for i in person.items(event.job_id) if i.id == event.item_id)
            has_labels = bool(labels_of(library, event))
            if row.state is not event.state or has_labels != event.state.is_final:
                surprises.append(event)

    person.when(compare)
    person.label(photos)
    assert not surprises
    person.leave()


def test_equal_files_are_one_upload_and_two_rows(library: Library, photos: Path) -> None:
    (photos / "copy of 3.jpg").write_bytes((photos / "3.jpg").read_bytes())
    person = Person(library, MemoryBackend())
    end = person.label(photos)
    assert end.state is JobState.FINISHED
    assert set(states(person.items(end.job_id)).values()) == {State.DONE}
    assert len(person.final()) == 11
    assert person.backend.submits.total() == 10
    person.leave()


def test_labelled_photos_are_skipped_with_their_labels(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend())
    person.label(photos)
    person.events.clear()
    renamed = photos / "renamed.jpg"
    (photos / "3.jpg").rename(renamed)
    person.label(renamed, photos / "4.jpg")
    ends = [(e.state, [r.label for r in labels_of(library, e)]) for e in person.final()]
    assert ends == [(State.SKIPPED, ["Dog"])] * 2
    assert person.backend.submits.total() == 10
    person.leave()


def test_photos_whose_labels_were_removed_get_them_back_free(
    library: Library, photos: Path
) -> None:
    backend = MemoryBackend()
    person = Person(library, backend)
    edits = Edits(library.store)
    first = person.label(photos)
    edits.remove_job_labels("Remove labels", first.job_id)
    second = person.label(photos)
    assert backend.submits.total() == 10
    assert states(person.items(second.job_id)) == {p.name: State.DONE for p in photos.iterdir()}
    assert shown_names(library) == [["Dog"]] * 10

    # The step before stays what it was, and the labels are the second job's from now on.
    edits.undo()
    assert shown_names(library) == [["Dog"]] * 10
    edits.redo()
    assert not any(shown_names(library))
    edits.undo()
    assert edits.remove_job_labels("Remove labels", first.job_id).size == 0
    assert edits.remove_job_labels("Remove labels", second.job_id).size == 10
    assert not any(shown_names(library))
    person.leave()


def test_removed_labels_come_back_free_when_the_drop_goes_on_with_a_stopped_job(
    library: Library, photos: Path
) -> None:
    backend = MemoryBackend(max_concurrency=1)
    person = Person(library, backend)
    edits = Edits(library.store)
    errors = [CredentialsError("Signed out", "Sign in again.")]
    before = person.label(photos / "0.jpg")

    def sign_out(event: Event) -> None:
        if isinstance(event, ItemEvent) and event.state is State.DONE and errors:
            backend.submit_errors.append(errors.pop())

    person.when(sign_out)
    stopped = person.label(photos)
    assert stopped.state is JobState.STOPPED
    assert library.count_states(stopped.job_id)[State.DONE] >= 1
    for end in (before, stopped):
        assert edits.remove_job_labels("Remove labels", end.job_id).size
    person.events.clear()
    (photos / "0.jpg").rename(photos / "renamed.jpg")
    end = person.label(photos)
    assert (end.job_id, end.state) == (stopped.job_id, JobState.FINISHED)
    assert {Path(e.path).name for e in person.final()} == {p.name for p in photos.iterdir()}
    assert shown_names(library) == [["Dog"]] * 10
    assert backend.submits.total() == 10
    person.leave()


def shown_names(library: Library) -> list[list[str]]:
    """The labels that each image of the library shows."""
    images = [file.image_id for file in library.files() if file.image_id]
    return [[s.record.label for s in library.effective_labels(image)] for image in images]


def test_label_again_waits_for_the_new_answer(library: Library, photos: Path) -> None:
    releases = threading.Event()

    def answer(name: str, count: int) -> Answer | None:
        return dog(name, str(count)) if count == 1 or releases.is_set() else None

    person = Person(library, MemoryBackend(answer=answer), late_after_s=0.2)
    person.label(photos / "1.jpg")
    person.events.clear()
    person.queue.add([photos / "1.jpg"], "aws", again=True)
    person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    assert not person.final()  # the old answer is in the table and is not taken for the new
    releases.set()  # the next round puts it again
    assert person.wait_for_end().state is JobState.FINISHED
    assert [e.state for e in person.final()] == [State.DONE]
    assert person.backend.submits.total() >= 3
    person.leave()


@pytest.mark.expects_log("open items")
def test_label_again_is_paid_once_though_the_program_dies_right_after_the_put(
    library: Library, photos: Path
) -> None:
    class Killed(MemoryBackend):
        def submit(
            self,
            image_name: str,
            prepared: Prepared,
            *,
            cancel: threading.Event,
            again: bool = False,
        ) -> None:
            super().submit(image_name, prepared, cancel=cancel, again=again)
            if self.submits[image_name] == 2:
                raise SystemExit

    person = Person(library, Killed())
    person.label(photos / "1.jpg")
    end = person.label(photos / "1.jpg", again=True)
    assert library.count_states(end.job_id) == {State.QUEUED: 1}
    person.queue.resume()
    assert person.wait_for_end().state is JobState.FINISHED
    assert library.count_states(end.job_id) == {State.DONE: 1}
    assert person.backend.submits.total() == 2
    person.leave()


@pytest.mark.parametrize("again", [False, True])
def test_an_upload_heals_an_item_that_somebody_else_wrote(
    library: Library, photos: Path, again: bool
) -> None:
    class Foreign(MemoryBackend):
        """Its table holds what somebody wrote by hand; the function is done after a question."""

        def poll(self, image_names: Sequence[str]) -> Iterator[tuple[str, Answer]]:
            self.table = {n: to_answer({"Status": {"S": "x"}}) for n in image_names} | self.table
            yield from super().poll(image_names)
            self.table |= {name: dog(name, "0A") for name in self.submits}

    person = Person(library, Foreign(answer=lambda name, count: None))
    end = person.label(photos, again=again)
    assert library.count_states(end.job_id) == {State.DONE: 10}
    assert person.backend.submits.total() == 10
    person.leave()


def test_what_another_computer_labelled_is_taken_over(library: Library, photos: Path) -> None:
    first = Person(library, MemoryBackend())
    first.label(photos)
    first.leave()
    elsewhere = Library(photos.parent / "other" / "library.db", RECOGNISERS)
    second = Person(elsewhere, MemoryBackend())
    second.backend.table = first.backend.table
    end = second.label(photos)
    assert set(states(second.items(end.job_id)).values()) == {State.DONE}
    assert not second.backend.submits
    assert len(second.backend.polls) <= 2  # ten names a call, not one
    second.leave()
    elsewhere.close()


def test_bad_files_fail_with_their_reason_and_hold_up_nobody(
    library: Library, photos: Path
) -> None:
    (photos / "empty.jpg").write_bytes(b"")
    (photos / "text.jpg").write_text("not a picture")
    person = Person(library, MemoryBackend())
    end = person.label(photos, photos / "gone.jpg")
    assert end.state is JobState.FINISHED
    failed = {Path(e.path).name: e.error for e in person.final() if e.state is State.FAILED}
    assert set(failed) == {"empty.jpg", "text.jpg", "gone.jpg"}
    assert len({error.title for error in failed.values() if error}) == 3
    assert person.backend.submits.total() == 10
    person.leave()


@pytest.mark.parametrize("name", ["nul\0.jpg", "long" * 100 + ".jpg"])
def test_a_path_that_the_system_refuses_fails_alone(
    library: Library, photos: Path, name: str
) -> None:
    person = Person(library, MemoryBackend())
    end = person.label(photos / name, photos)
    assert (end.state, end.error) == (JobState.FINISHED, None)
    outcome = states(person.items(end.job_id))
    assert outcome.pop(name) is State.FAILED
    assert list(outcome.values()) == [State.DONE] * 10
    person.leave()


@pytest.mark.expects_log("job 1")
def test_a_bug_in_reading_a_file_costs_one_image(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = [ZeroDivisionError()]

    def taken(file: BinaryIO, **beside: object) -> None:
        if errors:
            raise errors.pop()

    monkeypatch.setattr("desktop.core.job.intake.taken", taken)
    person = Person(library, MemoryBackend())
    end = person.label(photos)
    assert end.state is JobState.FINISHED
    assert library.count_states(end.job_id) == {State.FAILED: 1, State.DONE: 9}
    person.leave()


def test_no_labels_of_one_content_are_kept_for_another(library: Library, photos: Path) -> None:
    changing = photos / "3.jpg"

    to_change = [changing]

    def change(event: Event) -> None:
        is_prepared = isinstance(event, ItemEvent) and event.state is State.PREPARING
        if is_prepared and Path(event.path) in to_change:
            save_photo(to_change.pop(), 77)

    person = Person(library, MemoryBackend())
    person.when(change)
    end = person.label(photos)
    outcome = {item.path.name: item for item in person.items(end.job_id)}
    before = outcome.pop("3.jpg")
    assert before.state is State.FAILED
    assert before.error
    assert before.error.title == "This photo has just changed"
    assert {item.state for item in outcome.values()} == {State.DONE}
    assert before.image_name not in person.backend.submits
    again = person.label(changing)
    (after,) = person.items(again.job_id)
    assert after.state is State.DONE
    assert after.image_name != before.image_name
    person.leave()


def test_an_image_that_the_service_refuses_fails_alone(library: Library, photos: Path) -> None:
    def answer(name: str, count: int) -> Answer:
        return Answer(error=ImageError("No", "Never")) if "3.jpg" in name else dog(name)

    person = Person(library, MemoryBackend(answer=answer))
    end = person.label(photos)
    outcome = states(person.items(end.job_id))
    assert outcome.pop("3.jpg") is State.FAILED
    assert set(outcome.values()) == {State.DONE}
    person.leave()


def test_passing_trouble_is_waited_out(library: Library, photos: Path) -> None:
    backend = MemoryBackend()
    backend.submit_errors = [ThrottledError("Busy"), NetworkError("Away"), ThrottledError("Busy")]
    backend.poll_errors = [ThrottledError("Busy"), NetworkError("Away")]
    person = Person(library, backend)
    end = person.label(photos)
    assert end.state is JobState.FINISHED
    assert set(states(person.items(end.job_id)).values()) == {State.DONE}
    person.leave()


@pytest.mark.expects_log("^poll: UnicodeDecodeError")
def test_a_corrupted_answer_is_asked_for_again(library: Library, photos: Path) -> None:
    backend = MemoryBackend(LOCAL)
    backend.poll_errors = [UnicodeDecodeError("utf-8", b"\xff", 0, 1, "torn")]
    person = Person(library, backend)
    end = person.label(photos)
    assert set(states(person.items(end.job_id)).values()) == {State.DONE}
    person.leave()


@pytest.mark.expects_log("^job 1: .*: ZeroDivisionError")
def test_a_bug_costs_one_image(library: Library, photos: Path) -> None:
    backend = MemoryBackend()
    backend.submit_errors = [ZeroDivisionError()]
    person = Person(library, backend)
    end = person.label(photos)
    outcome = list(states(person.items(end.job_id)).values())
    assert outcome.count(State.FAILED) == 1
    assert outcome.count(State.DONE) == 9
    person.leave()


def test_a_fatal_error_stops_the_job_and_keeps_its_queue(library: Library, photos: Path) -> None:
    backend = MemoryBackend()
    backend.submit_errors = [CredentialsError("Signed out", "Sign in again.")]
    person = Person(library, backend)
    end = person.label(photos)
    assert end.state is JobState.STOPPED
    assert end.error
    assert end.error.title == "Signed out"
    assert not any(e.state is State.FAILED for e in person.final())
    person.queue.resume()
    assert person.wait_for_end().state is JobState.FINISHED
    assert set(states(person.items(end.job_id)).values()) == {State.DONE}
    assert person.backend.submits.total() == 10
    person.leave()


def test_a_backend_that_is_not_there_fails_no_image(library: Library, photos: Path) -> None:
    backend = MemoryBackend()
    backend.check_errors = [BackendMissingError("Gone", "Set it up again.")]
    person = Person(library, backend)
    end = person.label(photos)
    assert (end.state, not backend.submits) == (JobState.STOPPED, True)
    assert [job.state for job in library.open_jobs()] == [JobState.STOPPED]
    person.leave()


def test_without_a_network_the_photos_wait(library: Library, photos: Path) -> None:
    backend = MemoryBackend()
    backend.submit_errors = [NetworkError("Cannot reach Amazon") for _ in range(1000)]
    person = Person(library, backend)
    end = person.label(photos)
    assert end.state is JobState.STOPPED
    assert set(states(person.items(end.job_id)).values()) == {State.QUEUED}
    person.leave()


def test_a_folder_that_cannot_be_read_keeps_the_job_open_but_holds_up_nobody(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = photos / "hidden"
    hidden.mkdir()
    (photos / "3.jpg").rename(hidden / "3.jpg")
    person = Person(library, MemoryBackend())
    with monkeypatch.context() as patch:
        refuse(patch, hidden, errno.EIO)
        end = person.label(photos)
    assert end.state is JobState.STOPPED
    assert end.error
    assert end.error.title == "A folder cannot be read"
    assert list(states(person.items(end.job_id)).values()) == [State.DONE] * 9
    assert [job.error for job in library.open_jobs()] == [end.error]
    person.queue.resume()
    again = person.wait_for_end()
    assert (again.job_id, again.state, again.error) == (end.job_id, JobState.FINISHED, None)
    assert list(states(person.items(end.job_id)).values()) == [State.DONE] * 10
    person.leave()


def test_without_the_drive_the_job_waits(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(library, MemoryBackend())
    with monkeypatch.context() as patch:
        refuse(patch, photos, errno.EHOSTDOWN)
        end = person.label(photos)
    assert end.state is JobState.STOPPED
    assert end.error
    assert end.error.title == "The photos cannot be reached"
    assert person.items(end.job_id) == []
    person.queue.resume()
    assert person.wait_for_end().state is JobState.FINISHED
    assert list(states(person.items(end.job_id)).values()) == [State.DONE] * 10
    person.leave()


def test_a_start_without_the_drive_does_not_end_the_job(library: Library, photos: Path) -> None:
    backend = MemoryBackend(max_concurrency=1)
    backend.submit_errors.append(CredentialsError("Signed out", "Sign in again."))
    person = Person(library, backend)
    end = person.label(photos)
    library.drop_again(end.job_id)  # its folders are to be walked once more
    away = photos.rename(photos.with_name("away"))
    person.queue.resume()
    end = person.wait_for_end()
    assert end.state is JobState.STOPPED
    assert end.error
    assert end.error.title == "The photos cannot be reached"
    away.rename(photos)
    person.queue.resume()
    assert person.wait_for_end().state is JobState.FINISHED
    person.leave()


def test_labels_that_never_come_are_called_late(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend(answer=lambda name, count: None), late_after_s=0.05)
    end = person.label(photos / "1.jpg")
    (item,) = person.items(end.job_id)
    assert item.state is State.FAILED
    assert item.error
    assert item.error.title == "Labels are late"
    assert person.backend.submits.total() == 3
    person.leave()


def test_a_copy_that_lies_there_unanswered_for_long_is_put_again_at_once(
    library: Library, photos: Path
) -> None:
    """As after *Retry* of a late photo; a young one's answer is on its way."""
    person = Person(library, MemoryBackend())
    backend = person.backend
    person.when(lambda event: backend.copies.setdefault(name_of(event), b"an earlier copy"))
    backend.copies_age_s = 61.0  # one second longer than it is waited for
    end = person.label(photos / "1.jpg")
    (item,) = person.items(end.job_id)
    assert item.state is State.DONE
    assert backend.submits.total() == 1
    assert Spending(library.store).of_job(end.job_id).images == 1
    person.leave()


def name_of(event: Event) -> str:
    return str(event.image_name) if isinstance(event, ItemEvent) else ""


def test_quitting_keeps_what_waits_and_the_next_start_asks_before_it_sends(
    library: Library, photos: Path
) -> None:
    backend = MemoryBackend(answer=lambda name, count: None)
    person = Person(library, backend)
    person.queue.add([photos], "aws")
    waiting = 0

    def count_waiting(event: Event) -> bool:
        nonlocal waiting
        waiting += isinstance(event, ItemEvent) and event.state is State.WAITING
        return waiting == 4  # the window's start

    person.wait_for(count_waiting)
    person.leave()
    sent = backend.submits.total()
    for name in backend.submits:
        backend.table[name] = dog(name)
    backend._answer = lambda name, count: dog(name, str(count))

    again = Person(library, backend)
    again.queue.resume()
    end = again.wait_for_end()
    assert end.state is JobState.FINISHED
    assert set(states(again.items(end.job_id)).values()) == {State.DONE}
    assert backend.submits.total() == 10
    assert sent <= 10
    again.leave()


def test_a_backend_that_forgets_is_handed_the_image_again(library: Library, photos: Path) -> None:
    silent = MemoryBackend(LOCAL, answer=lambda name, count: None)
    person = Person(library, silent)
    person.queue.add([photos / "1.jpg"], "local")
    person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    person.leave()
    again = Person(library, MemoryBackend(LOCAL))
    again.queue.resume()
    assert again.wait_for_end().state is JobState.FINISHED
    assert [e.state for e in again.final()] == [State.DONE]
    again.leave()


def test_dropping_the_same_again_goes_on_with_the_unfinished_job(
    library: Library, photos: Path
) -> None:
    backend = MemoryBackend()
    backend.check_errors = [BackendMissingError("Gone")]
    person = Person(library, backend)
    first = person.label(photos)
    second = person.label(photos)
    assert first.job_id == second.job_id
    assert second.state is JobState.FINISHED
    person.leave()


def test_what_has_come_into_the_folder_since_is_found_when_it_is_dropped_again(
    library: Library, photos: Path
) -> None:
    person = Person(library, MemoryBackend(answer=lambda name, count: None))
    person.queue.add([photos], "aws")
    person.wait_for(lambda e: isinstance(e, FoundEvent) and e.complete)
    person.leave()
    removed = library.files()[0]
    Edits(library.store).remove_files("Removed", [removed.file_id])
    for number in range(10, 13):
        save_photo(photos / f"{number}.jpg", number)

    # What was put before has no answer in this memory: it is put again once it is late.
    later = Person(library, MemoryBackend(), late_after_s=0.2)
    end = later.label(photos)
    assert end.state is JobState.FINISHED
    assert library.count_states(end.job_id) == {State.DONE: 13}
    assert removed.path in [file.path for file in library.files()]
    later.leave()


def test_cancel_ends_every_item(library: Library, photos: Path) -> None:
    person = Person(library, MemoryBackend(answer=lambda name, count: None))
    person.queue.add([photos], "aws")
    event = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    assert isinstance(event, ItemEvent)
    person.queue.cancel(event.job_id)
    assert person.wait_for_end().state is JobState.CANCELLED
    assert set(states(person.items(event.job_id)).values()) == {State.CANCELLED}
    assert event.item_id in {final.item_id for final in person.final()}
    assert not library.open_jobs()
    person.leave()


def test_cancel_does_not_wait_for_a_photo_that_takes_long_to_decode(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode_until_cancelled(*_: object, cancel: threading.Event, **__: object) -> Prepared:
        assert cancel.wait(LIMIT_S)
        raise Cancelled

    monkeypatch.setattr("desktop.core.job.job.prepare", decode_until_cancelled)
    person = Person(library, MemoryBackend())
    person.queue.add([photos], "aws")
    event = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.PREPARING)
    assert isinstance(event, ItemEvent)
    person.queue.cancel(event.job_id)
    assert person.wait_for_end().state is JobState.CANCELLED
    assert set(states(person.items(event.job_id)).values()) == {State.CANCELLED}
    person.leave()


def test_a_photo_that_is_partly_damaged_is_labelled_and_marked(
    library: Library, tmp_path: Path
) -> None:
    whole = odd_photos.jpeg(picture(1, edge_px=320))
    (tmp_path / "whole.jpg").write_bytes(whole)
    (tmp_path / "cut off.jpg").write_bytes(whole[: len(whole) * 96 // 100])
    person = Person(library, MemoryBackend())
    event = person.label(tmp_path / "whole.jpg", tmp_path / "cut off.jpg")
    assert set(states(person.items(event.job_id)).values()) == {State.DONE}
    marked = {row.path.name: row.is_partly_damaged for row in library.files()}
    assert marked == {"whole.jpg": False, "cut off.jpg": True}
    person.leave()


def test_one_job_runs_in_one_place(library: Library, photos: Path) -> None:
    first = Person(library, MemoryBackend(answer=lambda name, count: None))
    first.queue.add([photos], "aws")
    first.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    other = Library(library.path, RECOGNISERS)
    second = Person(other, MemoryBackend())
    second.queue.resume()  # the job is the first one's: nothing to do
    second.leave()
    assert not second.backend.submits
    first.leave()
    other.close()


def test_the_first_label_comes_before_the_last_photo_is_found(
    library: Library, tmp_path: Path
) -> None:
    source = tmp_path / "one.jpg"
    save_photo(source, 1)
    folder = tmp_path / "many"
    for part in range(10):
        (folder / f"{part:02}").mkdir(parents=True)
        for number in range(100):
            (folder / f"{part:02}" / f"{number}.jpg").hardlink_to(source)
    person = Person(library, MemoryBackend())
    labelled = threading.Event()

    def hold_up_the_search(event: Event) -> None:
        if isinstance(event, FoundEvent):
            assert labelled.wait(LIMIT_S)
        elif isinstance(event, ItemEvent) and event.state is State.DONE:
            labelled.set()

    person.when(hold_up_the_search)
    end = person.label(folder)
    assert end.state is JobState.FINISHED
    assert len(person.final()) == 1000
    assert person.backend.submits.total() == 1
    person.leave()


def test_what_is_cancelled_again_counts_as_before(library: Library, tmp_path: Path) -> None:
    """A photo that failed is a failed one, and one to review still is to be reviewed."""
    (tmp_path / "album").mkdir()
    for number in range(4):
        save_photo(tmp_path / "album" / f"{number}.jpg", number)
    (tmp_path / "album" / "bad.jpg").write_bytes(b"damaged")
    unsure = Answer((LabelRecord("", "Fog", 60.0),))
    person = Person(library, MemoryBackend(answer=lambda name, count: unsure))
    person.label(tmp_path / "album")
    before = Catalog(library.store).count(55)
    assert (before.to_review, before.failed) == (4, 1)
    person.leave()
    silent = Person(library, MemoryBackend(answer=lambda name, count: None))
    silent.queue.add([tmp_path / "album"], "aws", again=True)
    waiting = silent.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    assert isinstance(waiting, ItemEvent)
    silent.queue.cancel(waiting.job_id)
    assert silent.wait_for_end().state is JobState.CANCELLED
    still = Catalog(library.store).count(55)
    assert (still.to_review, still.failed) == (4, 1)
    silent.leave()
    person = Person(library, MemoryBackend())
    person.queue.reopen(waiting.job_id)
    assert person.wait_for_end().state is JobState.FINISHED
    after = Catalog(library.store).count(55)
    assert (after.to_review, after.failed) == (0, 1)
    person.leave()


def test_a_dropped_letter_is_no_failed_photo(library: Library, tmp_path: Path) -> None:
    """It is told by its number; a photo by content, whatever its name, is labelled."""
    letter, photo = tmp_path / "letter.pdf", tmp_path / "photo.dat"
    letter.write_bytes(b"%PDF-1.7 Dear Eva")
    save_photo(tmp_path / "photo.jpg", 1)
    (tmp_path / "photo.jpg").rename(photo)
    person = Person(library, MemoryBackend())
    end = person.label(letter, photo)
    assert end.state is JobState.FINISHED
    assert [file.path for file in library.files()] == [photo]
    assert library.passed_over(end.job_id) == PassedOver(not_photos=1)
    alone = person.label(letter)
    assert library.passed_over(alone.job_id) == PassedOver(not_photos=1)
    assert list(person.items(alone.job_id)) == []
    person.leave()


def test_what_a_drop_holds_besides_photos_is_counted(library: Library, tmp_path: Path) -> None:
    """What belongs to a photo, or is another system's, is nothing to tell of."""
    folder, drop = tmp_path / "album", tmp_path / "drop"
    folder.mkdir()
    drop.mkdir()
    save_photo(folder / "a.jpg", 1)
    (folder / "a.jpg").rename(folder / "no suffix")
    (folder / "plan.psd").write_bytes(b"8BPS" + bytes(60))
    save_photo(drop / "IMG_1.jpg", 2)
    for name in (
        "IMG_1.MOV",
        "IMG_1.AAE",
        "IMG_1.jpg.json",
        "._IMG_1.jpg",
        "Thumbs.db",
        "film.mov",
    ):
        (drop / name).write_bytes(b"\0\5\x16\7 no photo")
    (drop / "poster.eps").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0")
    person = Person(library, MemoryBackend())
    end = person.label(folder, *sorted(drop.iterdir()))
    assert {file.path.name for file in library.files()} == {"no suffix", "IMG_1.jpg"}
    assert library.passed_over(end.job_id) == PassedOver(Counter(PSD=1, EPS=1), not_photos=1)
    person.leave()
