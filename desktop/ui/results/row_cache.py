"""RowCache: rows and labels of the photos that are looked at, read when they are asked for."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.core.errors import StorageError
from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel
from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow
from desktop.core.records import LabelRecord

log = logging.getLogger(__name__)

MOST_KEPT = 1000
"""Rows with their labels: more than any screen shows."""
AGAIN_AFTER_S = 1.0
"""Where the library cannot be read, it is not asked again for so long."""


class RowCache:
    """Quick point reads in the GUI thread, which wait for no writer (`Store.read`).

    What is read is newer than what was read before it. Where it cannot be read, a row says so.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: OrderedDict[int, tuple[FileRow, tuple[EffectiveLabel, ...]]] = OrderedDict()
        self._error: StorageError | None = None
        self._failed_at = 0.0

    def row(self, file_id: int, neighbours: Iterable[int]) -> FileRow:
        """A photo's row; where it has to be read, its neighbours' are, too."""
        if file_id not in self._kept:
            self._read(file_id, neighbours)
        kept = self._kept.get(file_id)
        if kept is None:
            return self._unread(file_id)
        self._kept.move_to_end(file_id)
        return kept[0]

    def labels(self, row: FileRow) -> tuple[EffectiveLabel, ...]:
        """All labels that count, whatever their confidence, the surest first."""
        kept = self._kept.get(row.file_id)
        return self._read_labels(row) if kept is None else kept[1]

    def has(self, file_id: int) -> bool:
        """Whether a photo's row and labels are at hand, or cannot be read now."""
        return file_id in self._kept or self._is_failing()

    def second_opinion(self, row: FileRow) -> tuple[str, tuple[LabelRecord, ...]]:
        """Who else has labelled an image, and with what; ("", ()) where nobody has."""
        if row.image_id is None:
            return "", ()
        try:
            return self._library.second_opinion(row.image_id)
        except StorageError as error:
            log.error("labels of file %d: %s", row.file_id, error)
            return "", ()

    def forget(self, file_ids: Iterable[int]) -> None:
        """These have changed, be it only their labels."""
        for file_id in file_ids:
            self._kept.pop(file_id, None)

    def _read(self, file_id: int, neighbours: Iterable[int]) -> None:
        if self._is_failing():
            return
        wanted = {file_id, *neighbours}.difference(self._kept)
        try:
            rows: Sequence[FileRow] = self._library.files_by_id(wanted)
            # Whoever looks at a row wants its labels: all at once, for each reading costs as much.
            labels = self._library.effective_labels_of(row.image_id for row in rows if row.image_id)
        except StorageError as error:
            log.error("row of file %d: %s", file_id, error)
            self._error, self._failed_at = error, time.monotonic()
            return
        self._error = None
        for row in rows:
            self._kept[row.file_id] = row, labels.get(row.image_id or 0, ())
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def _is_failing(self) -> bool:
        return self._error is not None and time.monotonic() < self._failed_at + AGAIN_AFTER_S

    def _unread(self, file_id: int) -> FileRow:
        """The row of a photo that cannot be read; its path is empty."""
        return FileRow(file_id, Path(), None, State.FAILED, self._error)

    def _read_labels(self, row: FileRow) -> tuple[EffectiveLabel, ...]:
        if row.image_id is None:
            return ()
        try:
            return self._library.effective_labels(row.image_id)
        except StorageError as error:
            log.error("labels of file %d: %s", row.file_id, error)
            return ()
