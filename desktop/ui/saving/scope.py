"""Which photos are meant: the selected ones, else those that are shown, else all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from ..grid.results_model import ResultsModel


@dataclass(frozen=True, slots=True)
class Scope:
    """Some photos by their file ids, None for all; `text` says which, "12 selected photos"."""

    text: str
    count: int
    file_ids: Sequence[int] | None


class Scopes(QObject):
    """Lives in the GUI thread; quick for any number of photos. `selected` gives the files' ids."""

    def __init__(
        self, model: ResultsModel, selected: Callable[[], Sequence[int]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model, self._selected = model, selected

    @property
    def is_empty(self) -> bool:
        """Whether there is no photo at all."""
        return not self._model.total

    def now(self) -> list[Scope]:
        """What there is to choose from, what is probably meant first."""
        found: list[Scope] = []
        if selected := self._selected():
            text = self.tr("%Ln selected photos", "", len(selected))
            found.append(Scope(text, len(selected), selected))
        shown, everything = self._model.rowCount(), self._model.total
        if 0 < shown < everything:
            text = self.tr("%Ln photos shown now", "", shown)
            found.append(Scope(text, shown, self._model.file_ids(0, shown - 1)))
        if everything:
            found.append(Scope(self.tr("All %Ln photos", "", everything), everything, None))
        return found
