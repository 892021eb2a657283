"""The results model keeps Qt's rules, whatever is read in whichever order."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.core.errors import LateError, Remedy, StorageError
from desktop.core.events import State
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library
from desktop.core.library.rows import Outlines
from desktop.recognisers import RECOGNISERS
from desktop.ui.grid.results_model import FILE_ID, IS_READ, LABELS, PAGE, ROW, STATUS, ResultsModel
from desktop.ui.results.known_photos import USUAL_ASPECT

from .conftest import labels, rows_of


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.db", RECOGNISERS)
    yield library
    library.close()


@pytest.fixture
def model(library: Library, qtbot: QtBot) -> ResultsModel:
    model = ResultsModel(library)
    model.set_min_confidence(55)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    tester.setParent(model)
    return model


@pytest.fixture
def accept(library: Library) -> Callable[[int], list[int]]:
    """Accept so many files into a job; their item ids."""
    job = library.add_job([Path("/photos")], "local", again=False)

    def accept(count: int) -> list[int]:
        done = len(library.files())
        library.add_items(job.id, [Path(f"/photos/{done + n}.jpg") for n in range(count)])
        return [item.id for item in library.job_items(job.id)][done:]

    return accept


def finish(library: Library, *item_ids: int) -> Outlines:
    """What a job writes at the end; the photos. Here the n-th item is of the n-th file."""
    for item_id in item_ids:
        path = Path("/photos") / f"{item_id}.jpg"
        image = library.images.identify(item_id, path, f"{item_id:064x}", 1, 1)
        library.record_answer(1, [item_id], image.id, "local", labels(image.image_name))
    return library.outlines_of(item_ids)


def on_the_way(library: Library, state: State, *file_ids: int) -> Outlines:
    for file_id in file_ids:
        library.note_state(file_id, state)
    return library.outlines_of(file_ids)


def show(model: ResultsModel, order: Iterable[int], *, appends: bool) -> None:
    model.show(array("q", order), appends=appends)


def test_rows_come_from_the_library_in_order(model, library, accept) -> None:
    accept(5)
    model.take(library.outlines_after(0, 100))
    accept(5)
    model.take(library.outlines_after(5, 100))
    names = [model.index(place).data() for place in range(model.rowCount())]
    assert names == [f"{n}.jpg" for n in range(10)]
    assert {model.status(row) for row in rows_of(model)} == {"in the queue"}


def test_an_answer_shows_labels_from_the_chosen_confidence_on(model, library, accept) -> None:
    accept(1)
    model.take(library.outlines_after(0, 100))
    model.take(on_the_way(library, State.PREPARING, 1))
    assert model.index(0).data(STATUS) == "preparing…"
    model.take(finish(library, 1))
    assert [s.record.label for s in model.index(0).data(LABELS)] == ["Dog", "Grass"]
    assert model.index(0).data(STATUS) == ""
    model.set_min_confidence(80)
    assert [s.record.label for s in model.index(0).data(LABELS)] == ["Dog"]
    model.set_min_confidence(99)
    assert model.index(0).data(STATUS) == "only uncertain labels"


def test_labels_that_have_changed_are_shown_though_their_row_is_the_same(
    model, library, accept, qtbot
) -> None:
    accept(1)
    model.take(finish(library, 1))
    assert [s.record.label for s in model.index(0).data(LABELS)] == ["Dog", "Grass"]
    Edits(library.store).change_label("", [1], "Dog", "remove")
    with qtbot.waitSignal(model.dataChanged):
        model.take(library.outlines_of([1]))
    assert [s.record.label for s in model.index(0).data(LABELS)] == ["Grass"]


def test_files_that_come_back_are_shown_again_unless_a_filter_decides(
    model, library, accept
) -> None:
    accept(3)
    photos = library.outlines_after(0, 100)
    for appends in (True, False):
        show(model, [], appends=False)
        model.take(photos)
        show(model, [1, 2, 3], appends=appends)
        model.take(photos.part(0, 0), gone=[2])
        assert model.file_ids(0, 2) == [1, 2, 3]  # nothing jumps before it is asked for
        assert model.total == 2
        show(model, [1, 3], appends=appends)
        model.take(photos.part(1, 2))
        assert model.file_ids(0, 2) == ([2, 1, 3] if appends else [1, 3])
        assert model.total == 3


def test_changes_are_told_as_runs_of_neighbours_only(model, library, accept) -> None:
    accept(10)
    model.take(library.outlines_after(0, 100))
    runs: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b: runs.append((a.row(), b.row())))
    model.take(on_the_way(library, State.PREPARING, 9, 2, 3, 4, 7))
    assert runs == [(1, 3), (6, 6), (8, 8)]


def test_why_a_photo_failed_is_told(model, library, accept) -> None:
    accept(2)
    late = LateError("Late", "{n} times", remedy=Remedy.CHECK_CONNECTION, detail="{n}", n=3)
    library.set_final([1], State.FAILED, late)
    model.take(library.outlines_after(0, 100))
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    assert [model.index(n).data(role) for n in range(2)] == ["Late. 3 times", ""]
    assert model.row(0).error == late


def test_labels_are_read_when_they_are_looked_at(model, library, accept, monkeypatch) -> None:
    accept(50)
    model.take(library.outlines_after(0, 100))
    reads: list[int] = []
    real = library.effective_labels_of
    monkeypatch.setattr(library, "effective_labels_of", lambda i: reads.append(1) or real(i))
    model.take(finish(library, *range(1, 51)))
    reads.clear()  # the tester has looked at some
    for place in [*range(PAGE, 2 * PAGE)] * 3:
        assert model.index(place).data(LABELS)
    assert len(reads) == 1  # of a page at once


def test_rows_are_read_when_they_are_looked_at_with_their_neighbours(
    model, library, accept, monkeypatch
) -> None:
    accept(100)
    reads: list[int] = []
    real = library.files_by_id
    monkeypatch.setattr(library, "files_by_id", lambda ids: reads.append(len(ids)) or real(ids))
    model.take(library.outlines_after(0, 100))
    reads.clear()  # the tester looks at the first one
    assert model.file_ids(0, 99) == [*range(1, 101)]
    assert [model.index(place).data(FILE_ID) for place in (0, 99)] == [1, 100]
    assert reads == []
    places = range(2 * PAGE, 3 * PAGE)
    assert not any(model.index(place).data(IS_READ) for place in places)
    assert reads == []
    names = [model.row(place).path.name for place in places]
    assert names == [f"{place}.jpg" for place in places]
    assert all(model.index(place).data(IS_READ) for place in places)
    assert reads == [PAGE]
    model.take(on_the_way(library, State.PREPARING, 2 * PAGE + 2))
    assert not model.index(2 * PAGE + 1).data(IS_READ)
    assert model.index(2 * PAGE + 1).data(STATUS) == "preparing…"
    assert reads[1:] == [1]


@pytest.mark.expects_log("row of file")
def test_a_row_that_cannot_be_read_says_so_and_is_read_again(
    model, library, accept, monkeypatch
) -> None:
    accept(2)
    model.take(library.outlines_after(0, 100))
    monkeypatch.setattr("desktop.ui.results.row_cache.AGAIN_AFTER_S", 0.0)
    error = StorageError("The disk is gone", "Connect it.")
    with monkeypatch.context() as broken:
        broken.setattr(library, "files_by_id", Mock(side_effect=error))
        model.take(on_the_way(library, State.PREPARING, 2))
        assert model.index(1).data(STATUS) == "The disk is gone"
        assert "The disk is gone" in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
        assert model.index(1).data(LABELS) == ()
    assert model.index(1).data() == "1.jpg"
    assert model.index(1).data(STATUS) == "preparing…"


def test_a_photo_that_is_found_before_it_is_told_of_is_shown_once(model, library, accept) -> None:
    accept(3)
    model.take(library.outlines_after(0, 2))
    show(model, [2, 3, 1], appends=True)
    assert model.index(1).data() == "2.jpg"
    assert list(model.aspects(0, 3)) == [USUAL_ASPECT] * 3
    assert not model.has_shape(1)
    model.take(library.outlines_after(2, 1))
    assert model.file_ids(0, 9) == [2, 3, 1]
    assert model.total == 3


@pytest.mark.parametrize("seed", range(5))
def test_it_obeys_qt_under_any_order_of_calls(model, library, accept, seed: int) -> None:
    """Inserting, resetting, appending, changing: the tester and persistent indexes watch."""
    chance = random.Random(seed)
    known = read = 0
    places: list[tuple[QPersistentModelIndex, int]] = []

    def more() -> None:
        nonlocal known
        known += len(accept(chance.randrange(1, 5)))

    def some() -> list[int]:
        return chance.sample(range(1, known + 1), chance.randrange(known + 1))

    def take_new() -> None:
        nonlocal read
        model.take(library.outlines_after(read, 1000))
        read = known

    def change() -> None:
        states = [State.PREPARING, State.WAITING, State.SKIPPED]
        for file_id in some():
            library.note_state(file_id, chance.choice(states))
        model.take(library.outlines_of([f for f in some() if f <= read]))

    def look() -> None:
        if model.rowCount():
            index = model.index(chance.randrange(model.rowCount()))
            places.append((QPersistentModelIndex(index), index.data(ROW).file_id))

    steps: list[Callable[[], object]] = [
        more,
        take_new,
        change,
        look,
        lambda: show(model, some(), appends=chance.random() < 0.5),
        lambda: model.show_more(some()),
        lambda: show(model, range(1, read + 1), appends=True),
        lambda: model.set_min_confidence(chance.randrange(40, 100)),
        lambda: model.take(library.outlines_of([]), gone=some()),
        lambda: model.take(library.outlines_of(range(1, read + 1))),
    ]
    for _ in range(150):
        chance.choice(steps)()
        shown = [row.file_id for row in rows_of(model)]
        assert len(shown) == len(set(shown)) == model.rowCount()
        assert [model.place_of(file_id) for file_id in shown] == [*range(len(shown))]
        assert model.file_ids(0, len(shown)) == shown
        for index, file_id in places:
            assert not index.isValid() or index.data(ROW).file_id == file_id
    model.take(library.outlines_after(0, 1000))
    show(model, range(1, known + 1), appends=True)
    assert [row.file_id for row in rows_of(model)] == list(range(1, known + 1))
    assert model.data(QModelIndex(), ROW) is None
    assert model.rowCount(model.index(0)) == 0
    assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
