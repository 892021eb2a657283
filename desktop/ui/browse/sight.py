"""Sight: what a person has before their eyes in the grid, brought back after it was filled anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from ..grid.grid import GridView
from ..grid.results_model import ResultsModel

_Select = QItemSelectionModel.SelectionFlag


class Sight:
    """What a person has before their eyes: selected images, the current one, and where it lies."""

    def __init__(self, grid: GridView, model: ResultsModel, selected: Sequence[int]) -> None:
        self._grid, self._model, self._selected = grid, model, selected
        self._current_place = grid.currentIndex().row()
        self._current = self._id_at(self._current_place)
        places = [*grid.visible_rows()]
        if self._current_place in places:
            places.insert(0, self._current_place)
        self._tops = [(self._id_at(p), grid.visualRect(model.index(p)).top()) for p in places]

    def _id_at(self, place: int) -> int:
        return self._model.file_id(place) if 0 <= place < self._model.rowCount() else 0

    def restore(self, *, is_fresh: bool) -> None:
        """After the model was reset: select the same images, and leave them where they were.

        When the current image is gone, its neighbour takes its place; unless something else was
        asked for (`is_fresh`): then the view begins at its top.
        """
        grid, model = self._grid, self._model
        grid.doItemsLayout()
        selection = QItemSelection()
        for file_id in self._selected:
            if (place := model.place_of(file_id)) is not None:
                selection.select(model.index(place), model.index(place))
        current = model.place_of(self._current) if self._current else None
        if current is None and self._current and not is_fresh and model.rowCount():
            current = min(self._current_place, model.rowCount() - 1)
            selection.select(model.index(current), model.index(current))
        chosen = grid.selectionModel()
        # First what is selected: that nothing was would take the keyboard from a label being typed.
        chosen.select(selection, _Select.ClearAndSelect)
        if current is not None:
            chosen.setCurrentIndex(model.index(current), _Select.NoUpdate)
        self._scroll(is_fresh=is_fresh, current=current)

    def _scroll(self, *, is_fresh: bool, current: int | None) -> None:
        bar = self._grid.verticalScrollBar()
        if is_fresh:
            bar.setValue(0)
            if current is not None and self._selected:  # and not only where the keyboard is
                self._grid.scrollTo(self._model.index(current))
            return
        for file_id, top in self._tops:
            if (place := self._model.place_of(file_id)) is not None:
                self._grid.reach(place)
                now = self._grid.visualRect(self._model.index(place)).top()
                bar.setValue(bar.value() + now - top)
                return
