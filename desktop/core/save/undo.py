"""Undo: brings the files of a save back as they were, and tells which were changed since."""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import AppError, bug
from ..files import reasons
from ..files.delta import apply_delta
from ..files.place_file import move, sync_folder
from ..files.replace_file import Replacement, digest_of, read_file, replace_files
from ..library.store import Store
from .journal import Entry, Journal, Row, current_digest, remove_made_folders
from .write_keywords import BATCH_BYTES, BATCH_FILES, FileEvent, Outcome

log = logging.getLogger(__name__)


def undo_last(store: Store, *, cancel: threading.Event) -> Generator[FileEvent, None, None]:
    """Take the newest save back, file by file: `restored`, or `failed` with a reason.

    A file that somebody has changed since is left alone and told. Where a file fails for another
    reason, or when `cancel` is set, the rest of the save can be undone later. Raises Cancelled when
    it is cancelled while it waits for another save, and StorageError.
    """
    journal = Journal(store)
    with journal.alone(cancel):
        save = journal.last()
        if save is None:
            return
        paths = journal.begin_undo(save.id)
        batch: list[_Way] = []
        is_left = False
        for path in paths:
            if cancel.is_set():
                return
            way = _way_back(journal.chain(save.id, path))
            batch.append(way)
            size_bytes = sum(2 * len(each.data or b"") for each in batch)
            if len(batch) == BATCH_FILES or size_bytes >= BATCH_BYTES:
                is_left |= _carry_out(journal, batch)
                yield from map(_event, batch)
                batch = []
        is_left |= _carry_out(journal, batch)
        if not is_left:
            journal.end_undo(save.id)
        yield from map(_event, batch)


@dataclass(slots=True)
class _Way:
    """How a file comes back from `now` (a digest) to `data`.

    By that `rows` are undone; one that was copied or moved has no `data`. `error` says why it does
    not come back, or not all the way; `is_final`: trying again would not help.
    """

    chain: list[Row]
    rows: list[Row] = field(default_factory=list)
    now: str | None = None
    digest: str | None = None
    data: bytes | None = None
    error: AppError | None = None
    is_final: bool = False

    @property
    def path(self) -> Path:
        return self.chain[0].entry.path

    def fail(self, error: AppError, *, is_final: bool = False) -> None:
        """Leave the file as it is."""
        self.rows, self.digest = [], self.now
        self.error, self.is_final = error, is_final


def _way_back(chain: list[Row]) -> _Way:
    way = _Way(chain)
    try:
        if chain[0].entry.act == "write":
            _plan_content(way)
        else:
            _plan_place(way, chain[0].entry)
    except AppError as error:
        way.fail(error)
    except ValueError:
        log.exception("undo of %s", way.path)
        way.fail(bug())
    return way


def _plan_place(way: _Way, entry: Entry) -> None:
    """Of a file that was copied or moved as a whole, however large it is."""
    way.now = way.digest = current_digest(way.path)
    if way.now == entry.after:
        way.rows = way.chain
        if entry.path != entry.source:  # a person has moved it back
            way.digest = None
    elif way.now is None and (entry.act == "copy" or _is_back(entry)):
        way.rows = way.chain
    else:
        way.fail(reasons.changed_since(), is_final=True)


def _is_back(entry: Entry) -> bool:
    """Whether a killed undo has moved it back already."""
    return entry.source is not None and current_digest(entry.source) == entry.after


def _plan_content(way: _Way) -> None:
    """Through all that the save has done to the file, newest first, as far as nobody else came in.

    After a kill the file may stand anywhere in the chain. Raises ValueError when what comes out is
    not what was there.
    """
    way.data = read_file(way.path)
    way.now = way.digest = None if way.data is None else digest_of(way.data)
    for number, row in enumerate(way.chain):
        entry = row.entry
        if way.digest == entry.after:
            is_new = entry.before is None
            way.data = None if is_new else apply_delta(way.data or b"", entry.delta)
            way.digest = None if way.data is None else digest_of(way.data)
            if way.digest != entry.before:
                raise ValueError("the journal does not hold what was there")
        elif way.digest != entry.before:
            continue
        way.rows = [*(way.rows or way.chain[:number]), row]
    if len(way.rows) < len(way.chain):
        way.error, way.is_final = reasons.changed_since(), True


def _carry_out(journal: Journal, batch: list[_Way]) -> bool:
    """Bring these files back; whether one of them is worth another try."""
    changing = [way for way in batch if way.now != way.digest]
    for way in changing:
        if way.chain[0].entry.act != "write":
            _take_away(way, way.chain[0])
    work = [way for way in changing if way.chain[0].entry.act == "write"]
    errors = replace_files(
        [Replacement(way.path, way.now, way.data, way.chain[0].partial) for way in work]
    )
    for way, replace_error in zip(work, errors, strict=True):
        if replace_error:
            way.fail(replace_error)
    journal.note_undone([row for way in batch for row in way.rows])
    return any(way.error is not None and not way.is_final for way in batch)


def _take_away(way: _Way, row: Row) -> None:
    """Move a file back, or delete a copy; then the folders that were made for it, if empty."""
    entry = row.entry
    try:
        if entry.act == "move" and entry.source and entry.after:
            entry.source.parent.mkdir(parents=True, exist_ok=True)
            move(entry.path, entry.source, entry.after, row.partial_back)
        else:
            entry.path.unlink()
            sync_folder(entry.path.parent)
    except AppError as error:
        way.fail(error)
    except FileExistsError:
        way.fail(reasons.name_taken())
    except OSError as error:
        way.fail(reasons.reason_for(error))
    else:
        remove_made_folders(entry)


def _event(way: _Way) -> FileEvent:
    entry = way.chain[0].entry
    outcome: Outcome = "failed" if way.error else "restored"
    target = entry.source if entry.act == "move" and entry.source else way.path
    return FileEvent(entry.file_id, way.path, target, outcome, entry.wanted, way.error)
