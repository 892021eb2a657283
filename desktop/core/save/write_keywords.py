"""Writes keywords into photos or beside them: journaled first, each file for itself."""

from __future__ import annotations

import io
import logging
import os
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from ..errors import AppError, SidecarOnlyError, bug
from ..files import reasons
from ..files.delta import make_delta
from ..files.replace_file import (
    Replacement,
    digest_of,
    read_file,
    refuse_unless_writable,
    replace_files,
)
from ..library.labelled import LabelledFile
from ..library.store import Store
from ..photo.identity import file_digest, picture_digest
from .chosen_folders import ChosenFolders
from .journal import Entry, Journal, Row, current_digest
from .written import Written

log = logging.getLogger(__name__)

KIND = "keywords"
BATCH_FILES, BATCH_BYTES = 200, 48_000_000
"""What is planned in one transaction and held in memory: to wait for the disk for each file would
take most of the time."""

Outcome = Literal["planned", "written", "unchanged", "failed", "restored"]


@dataclass(frozen=True, slots=True)
class FileEvent:
    """What became of one photo; `target` is the file that holds its keywords, if that is known.

    `wanted` is as `KeywordFiles.wanted` says it. `planned` comes from a dry run only. `error` is
    there with `failed`, and the file as it was.
    """

    file_id: int
    path: Path
    target: Path
    outcome: Outcome
    wanted: str = ""
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A file's new content, and what in it is ours.

    `data` None: the file stays as it is; empty: it goes, for it held nothing but what was ours.
    """

    data: bytes | None
    ours: str


class Files(Protocol):
    """Which keywords a photo gets, and how they get into a file. Strings are the writer's own.

    All but `wanted` may raise AppError and OSError.
    """

    def wanted(self, photo: LabelledFile) -> str:
        """All keywords that it is to have; empty for none."""

    def target(self, photo: LabelledFile) -> Path:
        """The file that takes them, be it there or not: the photo itself or its sidecar."""

    def sidecar(self, photo: LabelledFile) -> Path:
        """The sidecar, for a photo whose file cannot hold keywords."""

    def change(
        self,
        photo: LabelledFile,
        target: Path,
        old: bytes | None,
        *,
        wanted: str,
        ours: str,
        ours_inside: str,
    ) -> Change:
        """Put `wanted` into `old` (None: there is no file), take out the rest of `ours`.

        `ours_inside` is what is ours in the photo itself. Raises SidecarOnlyError for a photo whose
        file cannot hold keywords.
        """


def write_keywords(
    store: Store,
    photos: Iterable[LabelledFile],
    files: Files,
    *,
    cancel: threading.Event,
    automatic: bool = False,
    dry_run: bool = False,
) -> Generator[FileEvent, None, None]:
    """Write what is wanted for each photo, and tell what became of it, photo by photo.

    A photo that cannot be written fails with a reason, and the others go on; to try again, hand in
    those. Ends between two photos when `cancel` is set: what was written stays, and can be undone.
    Several processes may do this at once; one waits for the other. Raises Cancelled when it is
    cancelled in that wait. Closed early, it leaves nothing half done.
    """
    journal = Journal(store)
    with journal.alone(cancel):
        save = _Writing(store, journal, files, automatic=automatic, dry_run=dry_run)
        for photo in photos:
            if cancel.is_set():
                return
            yield from save.add(photo)
        yield from save.flush()


def outdated(store: Store, photos: Iterable[LabelledFile], files: Files) -> Iterator[int]:
    """The ids of those photos for which something else is wanted than was written last.

    This is what "Keep photos up to date" writes after a job and after a correction, with
    `automatic`: give it the photos that were concerned, or all of them. May raise StorageError.
    """
    written = Written(store).wanted()
    for photo in photos:
        if files.wanted(photo) != written.get(photo.file_id, ""):
            yield photo.file_id


_Earlier = Mapping[Path, tuple[str, str]]
"""As `Written.for_photo` says it."""


@dataclass(frozen=True, slots=True)
class _Plan:
    photo: LabelledFile
    entry: Entry
    data: bytes | None

    @property
    def new(self) -> bytes | None:
        """What is to stand there; None for nothing."""
        return self.data or None


class _Writing:
    """One save: collects what is planned, and writes it in batches."""

    def __init__(
        self,
        store: Store,
        journal: Journal,
        files: Files,
        *,
        automatic: bool,
        dry_run: bool,
    ) -> None:
        self._journal = journal
        self._files = files
        self._automatic = automatic
        self._dry_run = dry_run
        self._earlier = Written(store)
        self._folders = ChosenFolders(store)
        self._save_id: int | None = None
        self._plans: list[_Plan] = []
        self._planned: set[Path] = set()
        self._size_bytes = 0

    def add(self, photo: LabelledFile) -> Iterator[FileEvent]:
        """Plan this photo, and write when enough is planned.

        Where its keywords were in another file until now, before the settings were changed say,
        they are taken out of that one.
        """
        target = photo.path
        try:
            wanted, earlier = self._files.wanted(photo), self._earlier.for_photo(photo.file_id)
            target = self._folders.real_path(self._files.target(photo), photo.path)
            try:
                yield from self._add(photo, target, wanted, earlier)
            except SidecarOnlyError:
                target = self._folders.real_path(self._files.sidecar(photo), photo.path)
                yield from self._add(photo, target, wanted, earlier)
            for place in [each for each, (ours, _) in earlier.items() if ours and each != target]:
                target = place
                yield from self._add(photo, place, wanted, earlier, leaves=True)
        except AppError as error:
            yield _failed(photo, target, error)
        except OSError as error:
            yield _failed(photo, target, reasons.reason_for(error))
        except Exception:  # as for each photo of a job: one of them may break any parser
            log.exception("keywords for %s", target)
            yield _failed(photo, target, bug())

    def _add(
        self,
        photo: LabelledFile,
        target: Path,
        wanted: str,
        earlier: _Earlier,
        *,
        leaves: bool = False,
    ) -> Iterator[FileEvent]:
        if target in self._planned:
            yield from self.flush()  # a sidecar of two photos: each sees the other's keywords
        plan = self._plan(photo, target, wanted, earlier, leaves=leaves)
        if plan is None or self._dry_run:
            is_written = plan is not None and plan.entry.before != plan.entry.after
            outcome: Outcome = "planned" if is_written else "unchanged"
            yield FileEvent(photo.file_id, photo.path, target, outcome, wanted)
            return
        self._plans.append(plan)
        self._planned.add(target)
        self._size_bytes += 2 * len(plan.data or b"")
        if len(self._plans) >= BATCH_FILES or self._size_bytes >= BATCH_BYTES:
            yield from self.flush()

    def flush(self) -> Iterator[FileEvent]:
        """Note what is planned, then write it."""
        plans, self._plans, self._planned, self._size_bytes = self._plans, [], set(), 0
        if not plans:
            return
        try:
            if self._save_id is None:
                self._save_id = self._journal.begin(KIND, automatic=self._automatic)
            rows = self._journal.plan(self._save_id, [plan.entry for plan in plans])
        except AppError as error:  # the library's disk is full, say: then no file is touched
            for plan in plans:
                yield _failed(plan.photo, plan.entry.path, error)
            return
        work = [(plan, row) for plan, row in zip(plans, rows, strict=True) if plan.data is not None]
        errors = dict(
            zip(
                (row.id for _, row in work),
                replace_files(
                    [
                        Replacement(row.entry.path, row.entry.before, plan.new, row.partial)
                        for plan, row in work
                    ]
                ),
                strict=True,
            )
        )
        yield from self._note(plans, rows, errors)

    def _note(
        self, plans: list[_Plan], rows: list[Row], errors: dict[int, AppError | None]
    ) -> Iterator[FileEvent]:
        done, not_done, events = [], [], []
        for plan, row in zip(plans, rows, strict=True):
            error = errors.get(row.id)
            if row.id in errors and error is None:
                done.append(row)
            elif error is not None and _is_untouched(row):
                not_done.append(row)
            events.append(
                FileEvent(
                    plan.photo.file_id,
                    plan.photo.path,
                    row.entry.path,
                    "failed" if error else "written" if row.id in errors else "unchanged",
                    row.entry.wanted,
                    error,
                )
            )
        try:
            self._journal.note(done, not_done)
        except AppError:
            log.warning("what was written is found out at the next start", exc_info=True)
        yield from events

    def _plan(
        self, photo: LabelledFile, target: Path, wanted: str, earlier: _Earlier, *, leaves: bool
    ) -> _Plan | None:
        """What is to become of `target`; None when that is what is noted of it already."""
        photo_data = _check_picture(photo, target)
        old = photo_data if photo_data is not None else read_file(target)
        before = None if old is None else digest_of(old)
        ours, written = self._earlier.ours(earlier, target, before)
        change = self._files.change(
            photo,
            target,
            old,
            wanted="" if leaves else wanted,
            ours=ours,
            ours_inside=earlier.get(photo.path, ("", ""))[0],
        )
        if change.data is None or change.data == old:
            if (wanted, change.ours) == (written, ours):
                return None
            entry = Entry(photo.file_id, target, before, before, change.ours, wanted)
            return _Plan(photo, entry, None)
        if old is not None:
            refuse_unless_writable(target)
        delta = b"" if old is None else make_delta(old, change.data)
        after = digest_of(change.data) if change.data else None
        entry = Entry(photo.file_id, target, before, after, change.ours, wanted, delta)
        return _Plan(photo, entry, change.data)


def _check_picture(photo: LabelledFile, target: Path) -> bytes | None:
    """Raises AppError unless the photo still holds the picture that has these labels.

    What another program has done to its metadata does no harm. The photo's content, where it is
    what is to be written.
    """
    info = photo.path.stat()
    is_known = (info.st_size, info.st_mtime_ns) == (photo.size_bytes, photo.mtime_ns)
    try:
        is_target = os.path.samestat(info, target.stat())
    except FileNotFoundError:
        is_target = False
    if is_known and not is_target:
        return None
    data = read_file(photo.path) if is_target else None
    if not is_known:
        with photo.path.open("rb") if data is None else io.BytesIO(data) as file:
            now = file_digest(file) if photo.picture is None else picture_digest(file)
        if now != (photo.picture or photo.digest):
            raise reasons.other_picture()
    return data


def _is_untouched(row: Row) -> bool:
    """Whether a file whose replacement failed is not ours; False when nobody knows (a share)."""
    try:
        return current_digest(row.entry.path) != row.entry.after
    except AppError:
        return False


def _failed(photo: LabelledFile, target: Path, error: AppError) -> FileEvent:
    return FileEvent(photo.file_id, photo.path, target, "failed", error=error)
