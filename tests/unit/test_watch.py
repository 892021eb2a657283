"""What arrives in a watched folder is labelled once, and not before it is wholly there."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.errors import AwayError
from desktop.core.events import State
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library
from desktop.core.money.spending import Spending
from desktop.core.overview.recent_jobs import recent_jobs
from desktop.core.photo.thumbnails import ThumbnailCache
from desktop.core.save.journal import Entry, Journal
from desktop.core.watch.rescan import Comparison
from desktop.core.watch.watcher import Arrived, LimitReached, Watcher
from desktop.recognisers import LOCAL, RECOGNISERS
from tests.rig.arriving import Arriving, jpeg
from tests.rig.memory_backend import MemoryBackend
from tests.rig.processes import until

from .conftest import save_photo
from .test_job import Person

pytestmark = pytest.mark.usefixtures("no_long_waits")
SETTLE_S = 0.05


class Watching:
    """A person whose folder is watched."""

    def __init__(self, library: Library, folder: Path, backend: MemoryBackend) -> None:
        self.library, self.folder, self.backend = library, folder, backend
        self.person = Person(library, backend)
        self.told: list[Arrived | LimitReached] = []
        self.watcher = self.make_watcher()

    def make_watcher(self, *, is_polled: bool = False) -> Watcher:
        cache = ThumbnailCache(self.library.path.with_name("thumbnails"))
        return Watcher(
            self.library,
            RECOGNISERS,
            self.person.queue.add_arrived,
            self.told.append,
            settings=lambda: self.person.settings,
            opens=lambda path: cache.thumbnail(path, 336),
            settle_s=SETTLE_S,
            gather_s=0.2,
            poll_s=0.2,
            is_polled=lambda _: is_polled,
        )

    def watch(self, dollars: float | None = None) -> None:
        self.watcher.folders.add(self.folder, self.backend.name, dollars)
        self.watcher.start()

    def states(self) -> dict[str, State]:
        return {row.path.name: row.state for row in self.library.files()}

    def until_labelled(self, *names: str) -> None:
        def are_labelled() -> bool:
            states = self.states()
            return all(states.get(name) is State.DONE for name in names)

        until(are_labelled, f"{names} to be labelled", instead=lambda: str(self.states()))

    def until_all(self, reached: Callable[[], bool], what: str) -> None:
        until(reached, what, instead=lambda: f"{self.states()} {self.told}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "watched"
    folder.mkdir()
    return folder


@pytest.fixture
def watching(library: Library, folder: Path) -> Iterator[Watching]:
    watching = Watching(library, folder, MemoryBackend(LOCAL))
    yield watching
    assert watching.watcher.close(5)
    assert watching.person.queue.close(5)


def test_what_arrives_is_labelled_and_what_was_there_before_too(watching: Watching) -> None:
    save_photo(watching.folder / "before.jpg", 1)
    watching.watch()
    watching.until_labelled("before.jpg")
    save_photo(watching.folder / "new.jpg", 2)
    (watching.folder / "inner").mkdir()
    save_photo(watching.folder / "inner" / "deep.jpg", 3)
    watching.until_labelled("new.jpg", "deep.jpg")
    assert max(watching.backend.submits.values()) == 1
    assert watching.told[0] == Arrived(watching.folder, 1)
    assert {job.roots for job in recent_jobs(watching.library.store)} == {(watching.folder,)}


def test_each_of_a_burst_is_labelled_once_and_none_before_it_is_wholly_written(
    watching: Watching,
) -> None:
    """Bar 5 in small; `make bench-watch` is the large one."""
    arriving = Arriving(watching.folder, 60, rest_s=2 * SETTLE_S)
    watching.person.when(arriving.see)
    watching.watch()
    stay = arriving.come()
    watching.until_labelled(*stay)
    assert arriving.begun_in_parts == []
    assert set(watching.backend.submits.values()) == {1}
    assert State.FAILED not in watching.states().values()


@pytest.mark.parametrize("is_polled", [False, True])
def test_content_says_what_arrives_without_a_photo_s_name(
    watching: Watching, is_polled: bool
) -> None:
    watching.watcher = watching.make_watcher(is_polled=is_polled)
    watching.watch()
    save_photo(watching.folder / "a.jpg", 1)
    watching.until_labelled("a.jpg")
    (watching.folder / "notes").write_text("Dear diary")
    save_photo(watching.folder.parent / "b.jpg", 2)
    shutil.copy(watching.folder.parent / "b.jpg", watching.folder / "no suffix")
    watching.until_labelled("no suffix")
    assert watching.states().keys() == {"a.jpg", "no suffix"}


def test_half_a_photo_waits_for_its_other_half(watching: Watching) -> None:
    data, path = jpeg(1), watching.folder / "slow.jpg"
    watching.watch()
    with path.open("wb", buffering=0) as file:
        file.write(data[:-20])
        save_photo(watching.folder / "other.jpg", 2)
        watching.until_labelled("other.jpg")
        file.write(data[-20:])
    watching.until_labelled("slow.jpg")
    assert set(watching.backend.submits.values()) == {1}


def test_what_vanishes_before_it_is_labelled_is_dropped_and_may_come_back(
    watching: Watching,
) -> None:
    there, lost = watching.folder / "there.jpg", watching.folder / "lost.jpg"
    save_photo(there, 1)
    watched = watching.watcher.folders.add(watching.folder, "local", None)
    watching.person.queue.add_arrived([there, lost], "local", watched.id)
    assert watching.person.wait_for_end().error is None
    assert watching.states() == {"there.jpg": State.DONE}
    assert watching.library.count_states(1) == {State.DONE: 1}
    watching.watcher.start()
    save_photo(lost, 2)
    watching.until_labelled("lost.jpg")


def test_what_arrived_while_the_program_was_closed_is_found_at_the_next_start(
    watching: Watching,
) -> None:
    watching.watch()
    save_photo(watching.folder / "1.jpg", 1)
    watching.until_labelled("1.jpg")
    assert watching.watcher.close(5)
    save_photo(watching.folder / "2.jpg", 2)
    watching.watcher = watching.make_watcher()
    watching.watcher.start()
    watching.until_labelled("2.jpg")
    assert watching.backend.submits.total() == 2


def test_where_the_system_tells_nothing_the_folder_is_polled(watching: Watching) -> None:
    watching.watcher = watching.make_watcher(is_polled=True)
    watching.watch()
    save_photo(watching.folder / "1.jpg", 1)
    watching.until_labelled("1.jpg")
    save_photo(watching.folder / "2.jpg", 2)
    watching.until_labelled("2.jpg")


def test_a_folder_within_another_has_its_own_wishes(watching: Watching) -> None:
    inner = watching.folder / "inner"
    inner.mkdir()
    watching.watcher.folders.add(inner, "local", None)
    watching.watch()
    save_photo(watching.folder / "outer.jpg", 1)
    save_photo(inner / "inner.jpg", 2)
    watching.until_labelled("outer.jpg", "inner.jpg")
    watching.until_all(lambda: len(watching.told) == 2, "a job for each")
    assert set(watching.told) == {Arrived(watching.folder, 1), Arrived(inner, 1)}


def test_what_a_person_took_out_comes_back_only_when_it_has_changed(watching: Watching) -> None:
    watching.watch()
    path = watching.folder / "1.jpg"
    save_photo(path, 1)
    watching.until_labelled("1.jpg")
    (row,) = watching.library.files()
    Edits(watching.library.store).remove_files("out", [row.file_id])
    os.utime(watching.folder)
    watching.watcher.renew()
    save_photo(watching.folder / "2.jpg", 2)
    watching.until_labelled("2.jpg")
    assert "1.jpg" not in watching.states()
    save_photo(path, 3)
    watching.until_labelled("1.jpg")


def test_a_photo_that_is_renamed_to_and_fro_is_labelled_once(watching: Watching) -> None:
    watching.watch()
    here, there = watching.folder / "here.jpg", watching.folder / "there.jpg"
    save_photo(here, 1)
    watching.until_labelled("here.jpg")
    here.rename(there)
    watching.until_all(lambda: set(watching.states()) == {"there.jpg"}, "its new name")
    there.rename(here)
    watching.until_all(lambda: set(watching.states()) == {"here.jpg"}, "its old name")
    assert watching.backend.submits.total() == 1


def test_what_the_program_writes_itself_starts_no_job(watching: Watching) -> None:
    original, copied = watching.folder / "1.jpg", watching.folder / "Dog" / "1.jpg"
    save_photo(original, 1)
    watching.watch()
    watching.until_labelled("1.jpg")
    (row,) = watching.library.files()
    digest = hashlib.sha256(original.read_bytes()).hexdigest()
    journal = Journal(watching.library.store)
    save = journal.begin("copies")
    (noted,) = journal.plan(
        save,
        [
            Entry(
                row.file_id,
                copied,
                None,
                digest,
                "",
                "",
                act="copy",
                source=original,
                made_folders=1,
            )
        ],
    )
    copied.parent.mkdir()
    shutil.copy(original, copied)
    journal.note([noted], [])
    original.with_suffix(".xmp").write_text("<x/>")
    save_photo(watching.folder / "2.jpg", 2)
    watching.until_labelled("2.jpg")
    watching.watcher.renew()
    save_photo(watching.folder / "3.jpg", 3)
    watching.until_labelled("3.jpg")
    assert watching.told == [Arrived(watching.folder, 1)] * 3


# Money


@pytest.fixture
def paid(library: Library, folder: Path) -> Iterator[Watching]:
    watching = Watching(library, folder, MemoryBackend())
    yield watching
    assert watching.watcher.close(5)
    assert watching.person.queue.close(5)


def test_it_stops_at_the_agreed_limit_says_so_once_and_goes_on_watching(paid: Watching) -> None:
    for number in range(5):
        save_photo(paid.folder / f"{number}.jpg", number)
    paid.watch(dollars=0.002)  # two photos at a dollar for 1,000
    paid.until_all(lambda: paid.backend.submits.total() == 2, "two photos")
    save_photo(paid.folder / "5.jpg", 5)
    paid.until_all(lambda: len(paid.told) == 2, "what is told")
    assert paid.told == [LimitReached(paid.folder, 3, 0.002, True), Arrived(paid.folder, 2)]
    paid.watcher.folders.add(paid.folder, "aws", 0.1)
    paid.watcher.renew()
    paid.until_labelled(*(f"{number}.jpg" for number in range(6)))
    assert paid.backend.submits.total() == 6
    assert Spending(paid.library.store).of_watched(1).images == 6


def test_the_persons_own_limit_counts_too(paid: Watching) -> None:
    paid.person.settings = replace(paid.person.settings, monthly_limit_dollars=0.001)
    for number in range(3):
        save_photo(paid.folder / f"{number}.jpg", number)
    paid.watch(dollars=1.0)
    paid.until_all(lambda: paid.backend.submits.total() == 1, "one photo")
    paid.until_all(lambda: len(paid.told) == 2, "what is told")
    assert paid.told[0] == LimitReached(paid.folder, 2, 0.001, False)


def test_no_job_of_a_watched_folder_spends_more_than_was_agreed(paid: Watching) -> None:
    for number in range(3):
        save_photo(paid.folder / f"{number}.jpg", number)
    watched = paid.watcher.folders.add(paid.folder, "aws", 0.002)
    paid.person.queue.add_arrived(sorted(paid.folder.iterdir()), "aws", watched.id)
    error = paid.person.wait_for_end().error
    assert error is not None
    assert error.title == "Your limit of $0.002 a month for a watched folder is reached"
    assert paid.backend.submits.total() == 2


# Once


def test_a_rescan_tells_what_is_new_changed_and_gone(
    library: Library, folder: Path, watching: Watching
) -> None:
    for name in ("same.jpg", "changed.jpg", "gone.jpg", "out.jpg"):
        save_photo(folder / name, len(name))
    watching.person.label(folder)
    ids = {row.path.name: row.file_id for row in library.files()}
    Edits(library.store).remove_files("out", [ids["out.jpg"]])
    (folder / "gone.jpg").unlink()
    save_photo(folder / "changed.jpg", 77)
    save_photo(folder / "new.jpg", 78)
    (folder / "empty.jpg").touch()
    news = Comparison(library.store).of_folder(folder, cancel=threading.Event())
    assert sorted(path.name for path in news.new) == ["empty.jpg", "new.jpg"]
    assert [path.name for path in news.changed] == ["changed.jpg"]
    assert news.gone == [ids["gone.jpg"]]
    watching.person.label(*news.to_label)
    news = Comparison(library.store).of_folder(folder, cancel=threading.Event())
    assert news.to_label == []  # one that cannot be read is not new for ever


def test_nothing_is_gone_where_the_folder_cannot_be_reached(
    library: Library, folder: Path, watching: Watching
) -> None:
    save_photo(folder / "1.jpg", 1)
    watching.person.label(folder)
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(AwayError):
        Comparison(library.store).of_folder(folder, cancel=threading.Event())
