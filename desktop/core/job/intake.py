"""Intake: finds a job's images, says which picture each holds, and which need the backend."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from ..backend import Backend
from ..errors import AppError, Cancelled, ImageError, LimitError, bug
from ..events import Event, FoundEvent, State
from ..library.library import Library
from ..library.rows import ImageRow, ItemRow, JobRow
from ..photo.date_taken import taken
from ..photo.discover import Found, discover
from ..photo.identity import file_digest, picture_digest
from ..photo.prepare import Stamp, open_original
from ..photo.shape import aspect_of
from ..recognisers import Recogniser
from ..save.existing_keywords import ExistingKeywords
from ..walk.other_files import count_other_file, is_other_file
from ..walk.passed_over import PassedOver
from .completion import Completion
from .inflight import Identified, InFlight
from .retry import retry

log = logging.getLogger(__name__)

CHUNK = 100
"""Names that one question to the table may hold (BatchGetItem's limit)."""
FLUSH_S = 0.1
MAX_KEPT_BYTES = 16_000_000
"""What is read of a file to identify it is kept until it is prepared, if it is no more than this:
a JPEG of 24 megapixels. The cache of most disks would have it, that of a slow share may not.
"""
CHUNK_BYTES = 50_000_000
"""What may be kept of the files that one question to the table is about, but for the last of them;
as much again may be left of earlier ones. A phone's photos have 2 to 5 MB: 10 to 25 names.
"""


class Intake:
    """Two threads use it, one in `find`, one in `in_flight`; the first label waits for neither.

    Both may raise an AppError, and `in_flight` also Cancelled.
    """

    def __init__(
        self,
        row: JobRow,
        library: Library,
        recogniser: Recogniser,
        backend: Backend,
        completion: Completion,
        *,
        ending: threading.Event,
        emit: Callable[[Event], None],
        found: Found | None = None,
    ) -> None:
        self._row = row
        self._library = library
        self._recogniser = recogniser
        self._backend = backend
        self._completion = completion
        self._ending = ending
        self._emit = emit
        self._found = found
        self._keywords = ExistingKeywords(library)
        self._found_all = threading.Event()
        self._found_more = threading.Event()

    def find(self) -> None:
        """Accept what the dropped folders hold, in small steps as it is found.

        They are walked, unless that was done before and they are still there.
        Raises FolderError when not all could be found: then the next start walks anew.
        """
        try:
            if not self._row.found_all:
                self._walk()
                if self._ending.is_set():
                    return
                self._library.set_found_all(self._row.id)
            self._emit(FoundEvent(self._row.id, 0, complete=True))
        finally:
            self._found_all.set()
            self._found_more.set()

    def _walk(self) -> None:
        batch: dict[Path, float | None] = {}
        accepted_at = 0.0
        named, passed_over = set(self._row.roots), PassedOver()
        try:
            for path in self._paths(passed_over):
                if self._ending.is_set():
                    return
                if path in named and is_other_file(path):
                    count_other_file(path, named, passed_over)
                    continue
                batch[path] = None if self._library.images.has_aspect(path) else shape_of(path)
                if len(batch) >= CHUNK or time.monotonic() - accepted_at > FLUSH_S:
                    self._accept(batch)
                    batch, accepted_at = {}, time.monotonic()
        finally:  # also what was found before a folder that cannot be read
            self._accept(batch)
            self._library.set_passed_over(self._row.id, passed_over)

    def _paths(self, passed_over: PassedOver) -> Iterator[Path]:
        found, self._found = self._found, None
        if found is not None and found.is_reachable():
            passed_over.add(found.passed_over)
            return map(Path, found.paths)
        return discover(
            self._row.roots,
            cancel=self._ending,
            was_there=partial(self._library.has_items_below, self._row.id),
            passed_over=passed_over,
        )

    def _accept(self, shapes: Mapping[Path, float | None]) -> None:
        if shapes:
            count = accept(self._library, self._row.id, shapes)
            self._emit(FoundEvent(self._row.id, count))
            self._found_more.set()

    def in_flight(self) -> Iterator[InFlight]:
        """What needs the backend, as it is found; everything else is ended on the way."""
        after_id = 0
        gathered = False
        while not self._ending.is_set():
            self._found_more.clear()
            no_more = self._found_all.is_set()
            items = self._library.open_items(self._row.id, after_id=after_id, limit=CHUNK)
            if not items:
                if no_more:
                    return
                self._found_more.wait(FLUSH_S)
                continue
            if len(items) < CHUNK and not no_more and not gathered:
                gathered = True  # one tick for a fuller chunk, as the table is asked by chunks
                self._ending.wait(self._backend.tick_s)
                continue
            gathered = False
            after_id = items[-1].id
            identified = self._identify(items)
            if not self._recogniser.answers_last:
                yield from identified
                continue
            while chunk := self._chunk(identified):
                yield from self._look_up(chunk)

    def _chunk(self, identified: Iterator[InFlight]) -> list[InFlight]:
        """The next images to ask for, so many that what is kept of their files has its bounds."""
        while self._completion.kept_bytes() > CHUNK_BYTES:
            if self._ending.wait(FLUSH_S):
                raise Cancelled
        chunk: list[InFlight] = []
        kept_bytes = 0
        while kept_bytes < CHUNK_BYTES and (inflight := next(identified, None)):
            chunk.append(inflight)
            kept_bytes += inflight.kept_bytes
        return chunk

    def _identify(self, items: Iterable[ItemRow]) -> Iterator[InFlight]:
        """Read which picture each file holds, one when it is asked for."""
        for item in items:
            if self._ending.is_set():
                raise Cancelled
            try:
                identified = identify_file(
                    self._library,
                    item,
                    trust_times=not self._row.again,
                    keeps_content=item.state is not State.WAITING,  # what was sent stays so
                    keywords=self._keywords,
                )
            except ImageError as error:
                self._note_unreadable(item)
                self._completion.fail([item], error)
                continue
            except AppError:
                raise
            except Exception:
                log.exception("job %d: %r", self._row.id, str(item.path))
                self._completion.fail([item], bug())
                continue
            inflight = self._completion.begin(item, identified, again=self._row.again)
            if inflight is not None:
                yield inflight

    def _note_unreadable(self, item: ItemRow) -> None:
        """So that a rescan does not take it for a new photo again and again."""
        with contextlib.suppress(OSError, ValueError):
            self._library.images.note_unreadable(item.file_id, *Stamp.of(item.path.stat()))

    def _look_up(self, begun: list[InFlight]) -> list[InFlight]:
        """Take over what is answered already; the rest is left to fly."""
        by_name = {inflight.image.image_name: inflight for inflight in begun}
        found = retry(lambda: list(self._backend.poll(list(by_name))), cancel=self._ending)
        for name, answer in found:
            inflight = by_name[name]
            # An earlier start wrote the baseline before its put, and died before it could note it.
            was_put = inflight.resumed or inflight.baseline != ""
            if isinstance(answer.error, LimitError):  # it was put in vain
                inflight.resumed, inflight.baseline = False, answer.version
                continue
            is_ours = was_put and answer.version != inflight.baseline
            if is_ours or (answer.error is None and not self._row.again):
                self._completion.complete(inflight, answer)
                inflight.content = None
                del by_name[name]
            elif not inflight.resumed:
                inflight.baseline = answer.version
        return list(by_name.values())


def accept(library: Library, job_id: int, shapes: Mapping[Path, float | None]) -> int:
    """Take these files into a job, with their shapes; how many were not in it before."""
    paths = list(shapes)
    library.bring_back_files(paths)
    return library.add_items(job_id, paths, shapes)


def shape_of(path: Path) -> float | None:
    """The upright picture's width by its height, for the grid; what is wrong is told later."""
    with contextlib.suppress(AppError), open_original(path) as file:
        return aspect_of(file)
    return None


def identify_file(
    library: Library,
    item: ItemRow,
    *,
    trust_times: bool,
    keeps_content: bool = False,
    keywords: ExistingKeywords | None = None,
) -> Identified:
    """Which image the item's file holds, by its picture; its `keywords` are read by the way.

    With `trust_times` a file whose size and time of change are as they were is not read again;
    `keeps_content` hands out what was read unless it is large. Raises ImageError when the file
    cannot be read.
    """
    if trust_times:
        with contextlib.suppress(OSError, ValueError):  # what is wrong is said below
            stamp = Stamp.of(item.path.stat())
            known = library.images.known_image(item.file_id, *stamp)
            if known is not None:
                is_news = keywords is not None and keywords.read(item.file_id, item.path, stamp)
                if is_news or library.images.wants_date(known.id):
                    _read_date_again(library, known, item.path, keywords)
                return Identified(known, stamp)
    with open_original(item.path) as file:
        stamp = Stamp.of(os.fstat(file.fileno()))
        keeps_content &= stamp.size_bytes <= MAX_KEPT_BYTES
        content = file.read() if keeps_content else None
        source = file if content is None else io.BytesIO(content)
        digest = picture_digest(source)
        whole = file_digest(source) if library.images.may_hold_unread(stamp.size_bytes) else None
        source.seek(0)
        when = taken(source, name=item.path.name, sidecar=_beside(item.path, keywords))
        image = library.images.identify(
            item.file_id,
            item.path,
            digest,
            *stamp,
            whole=whole,
            taken_at=when and when.at,
            is_from_name=bool(when and when.is_from_name),
            aspect=aspect_of(source),
        )
        if keywords is not None:
            keywords.read(item.file_id, item.path, stamp, source)
    library.images.replace_lost_files(image.id, item.file_id)
    return Identified(image, stamp, content)


def _beside(path: Path, keywords: ExistingKeywords | None) -> bytes:
    return b"" if keywords is None else keywords.beside(path)


def _read_date_again(
    library: Library, known: ImageRow, path: Path, keywords: ExistingKeywords | None
) -> None:
    """Of a photo that came before its date could be read, or whose sidecar has changed."""
    with contextlib.suppress(ImageError), open_original(path) as file:
        if when := taken(file, name=path.name, sidecar=_beside(path, keywords)):
            library.images.set_taken(known.id, when.at, is_from_name=when.is_from_name)
