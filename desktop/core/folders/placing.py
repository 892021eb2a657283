"""Copies or moves photos into folders by their labels: journaled first, each photo for itself."""

from __future__ import annotations

import errno
import logging
import os
import threading
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from ..errors import AppError, Cancelled, bug
from ..files import reasons
from ..files.place_file import copy, digest_at, move
from ..library.labelled import LabelledFile
from ..library.store import Store
from ..save.journal import Entry, Journal, Row, remove_made_folders
from ..save.write_keywords import FileEvent, Outcome
from .names import numbered, safe_name
from .partners import Partners
from .sorting import Sorting

log = logging.getLogger(__name__)

COPIES, MOVES = "copies", "moves"
"""The kinds of these saves in the journal."""


def sort_into_folders(
    store: Store,
    photos: Iterable[LabelledFile],
    into: Path,
    sorting: Sorting,
    *,
    moves: bool = False,
    cancel: threading.Event,
    dry_run: bool = False,
) -> Generator[FileEvent, None, None]:
    """Copy or move each photo to its folder in `into`, and tell what became of it, photo by photo.

    What belongs to a photo goes along, and all of it or nothing. No file is ever overwritten: a
    name that is taken gets a number, unless the same copy is there already (`unchanged`). The
    library follows what was moved. A photo that cannot be copied or moved fails with a reason, and
    the others go on; to try again, hand in those. Ends when `cancel` is set: what was done stays,
    and can be undone. Raises Cancelled when it is cancelled while it waits for another save, and
    StorageError.
    """
    journal = Journal(store)
    with journal.alone(cancel):
        run = _Run(journal, into.absolute(), moves=moves, cancel=cancel, dry_run=dry_run)
        for photo in photos:
            if cancel.is_set():
                return
            folder = sorting.folder(photo.labels)
            if folder is None:
                continue
            try:
                yield run.sort(photo, folder)
            except Cancelled:
                return


@dataclass(frozen=True, slots=True)
class _Piece:
    """A file on its way: the photo, or what belongs to it."""

    source: Path
    target: Path
    act: Literal["copy", "move"]


class _Run:
    """One save."""

    def __init__(
        self, journal: Journal, into: Path, *, moves: bool, cancel: threading.Event, dry_run: bool
    ) -> None:
        self._journal = journal
        self._into = into
        self._moves = moves
        self._cancel = cancel
        self._dry_run = dry_run
        self._partners = Partners()
        self._planned: set[Path] = set()
        self._save_id: int | None = None

    def sort(self, photo: LabelledFile, folder: Path) -> FileEvent:
        """Bring a photo into its folder. Raises Cancelled."""
        target = self._into / folder / safe_name(photo.path.name)
        try:
            outcome, target = self._sort(photo, target)
        except Cancelled:
            raise
        except AppError as error:
            return _event(photo, target, "failed", error)
        except FileExistsError:
            return _event(photo, target, "failed", reasons.name_taken())
        except OSError as error:
            return _event(photo, target, "failed", reasons.reason_for(error))
        except Exception:  # one photo's trouble is not the others'
            log.exception("%s into a folder", photo.path)
            return _event(photo, target, "failed", bug())
        return _event(photo, target, outcome)

    def _sort(self, photo: LabelledFile, target: Path) -> tuple[Outcome, Path]:
        source, folder = photo.path, target.parent
        source.stat()  # it is there
        if folder.exists() and os.path.samestat(folder.stat(), source.parent.stat()):
            return "unchanged", source
        pieces = self._pieces(source, target)
        if pieces is None:
            return "unchanged", target
        if any(piece.act == "move" and piece.source.is_symlink() for piece in pieces):
            raise reasons.is_link()
        target = pieces[-1].target
        if self._dry_run:
            self._planned |= {piece.target for piece in pieces}
            return "planned", target
        rows = self._plan(photo, pieces)
        done: list[Row] = []
        try:
            _make(folder)
            for row in rows:
                self._carry_out(row)
                done.append(row)
        except BaseException:
            done = [row for row in done if not _is_taken_back(row)]
            raise
        finally:
            self._note(done, [row for row in rows if row not in done])
        for piece in pieces:
            if piece.act == "move":
                self._partners.moved(piece.source)
        return "written", target

    def _pieces(self, source: Path, target: Path) -> tuple[_Piece, ...] | None:
        """All that goes along, the photo last, under names that are free.

        None when the same copies are there already.
        """
        act: Literal["copy", "move"] = "move" if self._moves else "copy"
        partners = self._partners.of(source)
        for number in count(1):
            place = target.with_name(numbered(target.name, number))
            pieces = (
                # What another photo shares stays there for it.
                *(
                    _Piece(each.path, each.beside(place), "copy" if each.is_shared else act)
                    for each in partners
                ),
                _Piece(source, place, act),
            )
            if not any(os.path.lexists(p.target) or p.target in self._planned for p in pieces):
                return pieces
            if not self._moves and all(_is_same(piece) for piece in pieces):
                return None
        raise AssertionError  # pragma: no cover - counts for ever

    def _plan(self, photo: LabelledFile, pieces: tuple[_Piece, ...]) -> list[Row]:
        """Note what is to be done, before a file or a folder is made."""
        entries = []
        missing = _missing_folders(pieces[0].target.parent)
        for piece in pieces:
            digest = digest_at(piece.source)
            if digest is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), piece.source)
            entries.append(
                Entry(
                    photo.file_id,
                    piece.target,
                    None,
                    digest,
                    act=piece.act,
                    source=piece.source,
                    made_folders=missing,
                )
            )
            missing = 0  # the folders are the first one's
        if self._save_id is None:
            self._save_id = self._journal.begin(MOVES if self._moves else COPIES)
        return self._journal.plan(self._save_id, entries)

    def _carry_out(self, row: Row) -> None:
        entry = row.entry
        assert entry.source is not None and entry.after is not None  # noqa: S101, PT018 - see _plan
        carry = move if entry.act == "move" else copy
        carry(entry.source, entry.path, entry.after, row.partial, self._cancel)

    def _note(self, done: list[Row], not_done: list[Row]) -> None:
        for row in not_done:
            remove_made_folders(row.entry)
        try:
            self._journal.note(done, not_done)
        except AppError:
            log.warning("what was done is found out at the next start", exc_info=True)


def _is_taken_back(row: Row) -> bool:
    """Take back what was done of a photo that cannot go as a whole; whether that worked."""
    entry = row.entry
    try:
        if entry.act == "move" and entry.source and entry.after:
            move(entry.path, entry.source, entry.after, row.partial_back)
        else:
            entry.path.unlink()
    except (OSError, AppError):
        log.warning("%s stays where it is", entry.path, exc_info=True)
        return False
    return True


def _is_same(piece: _Piece) -> bool:
    """Whether the copy is there already, from an earlier run say."""
    try:
        sizes = piece.source.stat().st_size, piece.target.stat().st_size
    except OSError:
        return False
    return sizes[0] == sizes[1] and digest_at(piece.source) == digest_at(piece.target)


def _missing_folders(folder: Path) -> int:
    return next(
        number for number, each in enumerate((folder, *folder.parents)) if os.path.lexists(each)
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise reasons.no_folder(str(folder), error) from error


def _event(
    photo: LabelledFile, target: Path, outcome: Outcome, error: AppError | None = None
) -> FileEvent:
    return FileEvent(photo.file_id, photo.path, target, outcome, error=error)
