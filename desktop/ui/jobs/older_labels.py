"""OlderLabels: knows which photos an earlier model labelled, and has them labelled anew."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.core.errors import AppError
from desktop.core.library.older import Older, find_older

from ..parts import Parts
from ..work import Stop, Task, Work
from .durations import Durations


class OlderLabels(QObject):
    """Looks in another thread, while no job is running: a job changes what there is to find."""

    changed = Signal()
    """`text` or `is_refused` is another one."""

    def __init__(
        self,
        parts: Parts,
        work: Work,
        is_working: Callable[[], bool],
        on_error: Callable[[AppError], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._work = work
        self._is_working = is_working
        self._on_error = on_error
        self._task: Task | None = None
        self._found: Older | None = None

    @property
    def text(self) -> str:
        """How many photos there are and how long they take; empty when there are none."""
        if self._found is None:
            return ""
        text = self.tr(
            "%Ln photos were labelled by an older model. Label them again? ({0})",
            "",
            len(self._found.file_ids),
        )
        return text.format(Durations().about(self._found.seconds))

    @property
    def is_refused(self) -> bool:
        """Whether the person wants to keep the older labels of these photos."""
        refused = self._parts.settings.now.refused_model
        return self._found is not None and self._found.model == refused

    def look(self) -> None:
        """Look anew, unless a job is running or the next one is about to."""
        self._end_looking()
        if not self._is_working():
            self._task = self._work.run(self._find, self._show)

    def withdraw(self) -> None:
        """Nothing is offered for now."""
        self._end_looking()
        self._show(None)

    def label_again(self) -> None:
        """Label them anew with what has labelled them, as far as that is still to be done."""
        self.withdraw()
        self._task = self._work.run(self._find, self._start, self._on_error)

    def refuse(self) -> None:
        """Keep the older labels, and do not ask again before there is another model."""
        if self._found is not None:
            self._parts.settings.change(refused_model=self._found.model)
            self.changed.emit()

    def _find(self, stop: Stop) -> Older | None:
        for each in self._parts.recognisers:
            if each.model:
                older = find_older(self._parts.library, each, each.model(), cancel=stop)
                if older.file_ids:
                    return older
        return None

    def _start(self, older: Older | None) -> None:
        if older is not None:
            self._parts.queue.add_again(older.file_ids, older.backend)

    def _show(self, found: Older | None) -> None:
        self._found = found
        self.changed.emit()

    def _end_looking(self) -> None:
        if self._task is not None:
            self._task.drop()
            self._task = None
