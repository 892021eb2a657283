"""The results model keeps Qt's rules, whatever is read in whichever order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.core.errors import LateError, Remedy
from desktop.core.events import State
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow
from desktop.recognisers import RECOGNISERS
from desktop.ui.grid.results_model import LABELS, ROW, STATUS, ResultsModel

from .conftest import labels


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


def finish(library: Library, *item_ids: int) -> list[FileRow]:
    """What a job writes at the end; the rows. In these tests the n-th item is of the n-th file."""
    for item_id in item_ids:
        path = Path("/photos") / f"{item_id}.jpg"
        image = library.images.identify(item_id, path, f"{item_id:064x}", 1, 1)
        library.record_answer(1, [item_id], image.id, "local", labels(image.image_name))
    return library.files_by_id(item_ids)


def on_the_way(library: Library, state: State, *file_ids: int) -> list[FileRow]:
    for file_id in file_ids:
        library.note_state(file_id, state)
    return library.files_by_id(file_ids)


def test_rows_come_from_the_library_in_order(model, library, accept) -> None:
    accept(5)
    model.take(library.files())
    accept(5)
    model.take(library.files(after_id=5))
    names = [model.index(place).data() for place in range(model.rowCount())]
    assert names == [f"{n}.jpg" for n in range(10)]
    assert {model.status(row) for row in model.rows()} == {"in the queue"}


def test_an_answer_shows_labels_from_the_chosen_confidence_on(model, library, accept) -> None:
    accept(1)
    model.take(library.files())
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
        model.take(library.files_by_id([1]))
    assert [s.record.label for s in model.index(0).data(LABELS)] == ["Grass"]


def test_files_that_come_back_are_shown_again_unless_a_filter_decides(
    model, library, accept
) -> None:
    accept(3)
    rows = library.files()
    for appends in (True, False):
        model.show([], appends=False)
        model.take(rows)
        model.show([1, 2, 3], appends=appends)
        model.take([], gone=[2])
        assert model.file_ids(0, 2) == [1, 2, 3]  # nothing jumps before it is asked for
        assert [row.file_id for row in model.all_rows()] == [1, 3]
        model.show([1, 3], appends=appends)
        model.take(rows[1:2])
        assert model.file_ids(0, 2) == ([2, 1, 3] if appends else [1, 3])
        assert len(model.all_rows()) == 3


def test_changes_are_told_as_runs_of_neighbours_only(model, library, accept) -> None:
    accept(10)
    model.take(library.files())
    runs: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b: runs.append((a.row(), b.row())))
    model.take(on_the_way(library, State.PREPARING, 9, 2, 3, 4, 7))
    assert runs == [(1, 3), (6, 6), (8, 8)]


def test_why_a_photo_failed_is_told(model, library, accept) -> None:
    accept(2)
    late = LateError("Late", "{n} times", remedy=Remedy.CHECK_CONNECTION, detail="{n}", n=3)
    library.set_final([1], State.FAILED, late)
    model.take(library.files())
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    assert [model.index(n).data(role) for n in range(2)] == ["Late. 3 times", ""]
    assert model.row(0).error == late


def test_labels_are_read_when_they_are_looked_at(model, library, accept, monkeypatch) -> None:
    accept(50)
    model.take(library.files())
    reads: list[int] = []
    real = library.effective_labels
    monkeypatch.setattr(library, "effective_labels", lambda i: reads.append(i) or real(i))
    model.take(finish(library, *range(1, 51)))
    assert reads == []
    for _ in range(3):
        model.index(7).data(LABELS)
    assert len(reads) == 1


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
        model.take(library.files(after_id=read))
        read = known

    def change() -> None:
        states = [State.PREPARING, State.WAITING, State.SKIPPED]
        for file_id in some():
            library.note_state(file_id, chance.choice(states))
        model.take(library.files_by_id([f for f in some() if f <= read]))

    def look() -> None:
        if model.rowCount():
            index = model.index(chance.randrange(model.rowCount()))
            places.append((QPersistentModelIndex(index), index.data(ROW).file_id))

    steps: list[Callable[[], object]] = [
        more,
        take_new,
        change,
        look,
        lambda: model.show(some(), appends=chance.random() < 0.5),
        lambda: model.show_more(some()),
        lambda: model.show(list(range(1, read + 1)), appends=True),
        lambda: model.set_min_confidence(chance.randrange(40, 100)),
        lambda: model.take([], gone=some()),
        lambda: model.take(library.files_by_id(range(1, read + 1))),
    ]
    for _ in range(150):
        chance.choice(steps)()
        shown = [row.file_id for row in model.rows()]
        assert len(shown) == len(set(shown)) == model.rowCount()
        assert [model.place_of(file_id) for file_id in shown] == [*range(len(shown))]
        assert model.file_ids(0, len(shown)) == shown
        for index, file_id in places:
            assert not index.isValid() or index.data(ROW).file_id == file_id
    model.take(library.files())
    model.show(list(range(1, known + 1)), appends=True)
    assert [row.file_id for row in model.rows()] == list(range(1, known + 1))
    assert model.data(QModelIndex(), ROW) is None
    assert model.rowCount(model.index(0)) == 0
    assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
