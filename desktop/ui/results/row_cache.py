"""RowCache: rows and labels of the photos that are looked at, read when they are asked for."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from desktop.core.errors import StorageError
from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel
from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow
from desktop.core.records import LabelRecord

log = logging.getLogger(__name__)

T = TypeVar("T")
MOST_KEPT = 1000
"""Rows, and as many rows' labels: more than any screen shows."""
AGAIN_AFTER_S = 1.0
"""Where the library cannot be read, it is not asked again for so long."""


class RowCache:
    """Quick point reads in the GUI thread, which wait for no writer (`Store.read`).

    What is read is newer than what was read before it. Where it cannot be read, a row says so.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._rows: OrderedDict[int, FileRow] = OrderedDict()
        self._labels: OrderedDict[int, tuple[EffectiveLabel, ...]] = OrderedDict()
        self._error: StorageError | None = None
        self._failed_at = 0.0

    def row(self, file_id: int, neighbours: Iterable[int]) -> FileRow:
        """A photo's row; where it has to be read, its neighbours' are, too."""
        row = self._rows.get(file_id)
        if row is None:
            self._read(file_id, neighbours)
            return self._rows.get(file_id) or self._unread(file_id)
        self._rows.move_to_end(file_id)
        return row

    def labels(self, row: FileRow) -> tuple[EffectiveLabel, ...]:
        """All labels that count, whatever their confidence, the surest first."""
        known = self._labels.get(row.file_id)
        if known is None:
            known = self._read_labels(row)
            _keep(self._labels, row.file_id, known)
        else:
            self._labels.move_to_end(row.file_id)
        return known

    def has(self, file_id: int) -> bool:
        """Whether a photo's row and labels are at hand, or cannot be read now."""
        return (file_id in self._rows and file_id in self._labels) or self._is_failing()

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
            self._rows.pop(file_id, None)
            self._labels.pop(file_id, None)

    def _read(self, file_id: int, neighbours: Iterable[int]) -> None:
        if self._is_failing():
            return
        wanted = {file_id, *neighbours}.difference(self._rows)
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
            _keep(self._rows, row.file_id, row)
            _keep(self._labels, row.file_id, labels.get(row.image_id or 0, ()))

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


def _keep(kept: OrderedDict[int, T], file_id: int, value: T) -> None:
    kept[file_id] = value
    if len(kept) > MOST_KEPT:
        kept.popitem(last=False)
