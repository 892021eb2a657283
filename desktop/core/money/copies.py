"""Copies: shows the very bytes that left this computer, and deletes them where they lie."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial

from ..backend import CopyKeeper
from ..errors import AppError
from ..job.retry import retry
from ..photo.prepare import prepare
from .upload_log import UploadLog, UploadRow

AT_ONCE = 100
"""Copies that are deleted by one call, before it is written down that they are gone."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A JPEG; `is_exact` when it is byte for byte what was sent."""

    data: bytes
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many copies are gone, how many stay because a job still works on them, and how many are
    out of reach, in a bucket of no backend that is set up now."""

    gone: int = 0
    at_work: int = 0
    elsewhere: int = 0


class Copies:
    """`connect` makes the backends that keep them, as they are set up now, Amazon's first where it
    is one of them; it is called anew each time.

    Reads files and asks the network: not for the GUI thread. Every method may raise an AppError.
    """

    def __init__(self, upload_log: UploadLog, connect: Callable[[], Sequence[CopyKeeper]]) -> None:
        self.upload_log = upload_log
        self._connect = connect

    def copy_of(self, row: UploadRow) -> Copy:
        """The very bytes: made anew here where that gives the same, else from where they lie.

        The digest that was noted before they left proves that they are the same. Where they are
        gone and cannot be made anew, for the photo or the program has changed, what would leave
        today is shown, as not exact.
        """
        made: bytes | None = None
        for made in _made_anew(row):
            if _is(row, made):
                return Copy(made, is_exact=True)
        try:
            fetched = self._fetch(row)
        except AppError:
            if made is None:
                raise
            fetched = None
        if fetched is not None:
            return Copy(fetched, is_exact=_is(row, fetched))
        if made is not None:
            return Copy(made, is_exact=False)
        raise AppError(
            "This copy can no longer be shown",
            "It has been deleted, and the photo is no longer on this computer.",
        )

    def delete_now(
        self, ids: Sequence[int] | None, *, cancel: threading.Event
    ) -> Iterator[Deleted]:
        """Delete these rows' copies and what was answered for them there; None: all there are.

        Tells how far it is after each hundred. The labels on this computer stay. Raises Cancelled
        when `cancel` is set; what is gone then stays gone, and is noted.
        """
        done = Deleted()
        with self._keepers() as keepers:
            for rows in self._chunks(ids, [keeper.place_of("").bucket for keeper in keepers]):
                found = 0
                for keeper in keepers:
                    here = [row for row in rows if _keeps(keeper, row)]
                    idle = [row for row in here if not row.at_work]
                    if idle:
                        names = [row.image_name for row in idle]
                        retry(partial(keeper.forget, names, cancel=cancel), cancel=cancel)
                        self.upload_log.set_deleted(idle, time.time())
                    found += len(here)
                    at_work = done.at_work + len(here) - len(idle)
                    done = replace(done, gone=done.gone + len(idle), at_work=at_work)
                done = replace(done, elsewhere=done.elsewhere + len(rows) - found)
                yield done

    def keeps_days(self) -> int | None:
        """After how many days copies are deleted at Amazon, as it is set there now."""
        with self._keepers() as keepers:
            return keepers[0].keeps_days()

    @contextmanager
    def _keepers(self) -> Iterator[Sequence[CopyKeeper]]:
        with ExitStack() as stack:
            yield [stack.enter_context(closing(keeper)) for keeper in self._connect()]

    def _chunks(
        self, ids: Sequence[int] | None, buckets: Iterable[str]
    ) -> Iterator[list[UploadRow]]:
        if ids is not None:
            for start in range(0, len(ids), AT_ONCE):
                rows = self.upload_log.rows(ids[start : start + AT_ONCE])
                yield [row for row in rows if row.deleted_at is None]
            return
        for bucket in buckets:
            after_id = 0
            while rows := self.upload_log.away(bucket, after_id=after_id, limit=AT_ONCE):
                after_id = rows[-1].id
                yield rows

    def _fetch(self, row: UploadRow) -> bytes | None:
        with self._keepers() as keepers:
            if row.deleted_at is not None:
                return None
            keeper = next((each for each in keepers if _keeps(each, row)), None)
            return keeper.fetch_copy(row.image_name) if keeper else None


def _keeps(keeper: CopyKeeper, row: UploadRow) -> bool:
    return row.place == keeper.place_of(row.image_name)


def _made_anew(row: UploadRow) -> Iterator[bytes]:
    for path in row.paths:
        with suppress(AppError):  # this file is gone or damaged; another may hold the image
            yield prepare(path).data


def _is(row: UploadRow, data: bytes) -> bool:
    return len(data) == row.size_bytes and hashlib.sha256(data).hexdigest() == row.digest
