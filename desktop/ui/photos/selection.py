"""Selection: which photos are selected, as runs of neighbours, be it one or a million."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel

from ..grid.results_model import ResultsModel


class Selection:
    """What a view on the model has selected now."""

    def __init__(self, chosen: QItemSelectionModel, model: ResultsModel) -> None:
        self._chosen, self._model = chosen, model

    def runs(self) -> list[range]:
        """The places of the selected photos, in order."""
        parts = self._chosen.selection()
        runs = [range(parts.at(n).top(), parts.at(n).bottom() + 1) for n in range(parts.count())]
        return sorted(runs, key=lambda run: run.start)

    @property
    def count(self) -> int:
        """How many are selected; quick for any number."""
        return sum(map(len, self.runs()))

    def ids(self) -> list[int]:
        """The ids of their files, in order; 20 ms for a million."""
        ids: list[int] = []
        for run in self.runs():
            ids += self._model.file_ids(run.start, run.stop - 1)
        return ids
