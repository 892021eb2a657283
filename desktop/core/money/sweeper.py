"""Sweeper: deletes the copies of images whose answers are kept, as well as it can."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import cast

from ..backend import Backend, CopyKeeper
from ..errors import AppError, Cancelled
from ..library.store import Store
from ..recognisers import Recogniser
from ..settings import Settings
from .copies import AT_ONCE
from .upload_log import UploadLog

log = logging.getLogger(__name__)


class Sweeper:
    """Of one job. A copy that stays, for there is no network, say, is deleted there in its time."""

    def __init__(
        self,
        store: Store,
        backend: Backend,
        recogniser: Recogniser,
        settings: Callable[[], Settings],
    ) -> None:
        self._upload_log = UploadLog(store)
        self._backend = backend
        self._keeps_copies = recogniser.keeps_copies
        self._settings = settings
        self._image_ids: list[int] = []
        self._lock = threading.Lock()

    def add(self, image_id: int) -> bool:
        """Note that an image's answer is in the library; whether it is time to sweep."""
        if not self._keeps_copies or not self._settings().deletes_copies:
            return False
        with self._lock:
            self._image_ids.append(image_id)
            return len(self._image_ids) % AT_ONCE == 0

    def sweep(self, cancel: threading.Event) -> None:
        """Delete the copies of all images that were added, and note that they are gone."""
        with self._lock:
            image_ids, self._image_ids = self._image_ids, []
        if not image_ids:
            return
        keeper = cast(CopyKeeper, self._backend)
        try:
            for start in range(0, len(image_ids), AT_ONCE):
                part = image_ids[start : start + AT_ONCE]
                rows = self._upload_log.away_of(part, keeper.place_of("").bucket)
                if rows:
                    keeper.delete_copies([row.image_name for row in rows], cancel=cancel)
                    self._upload_log.set_deleted(rows, time.time())
        except (AppError, Cancelled) as error:
            log.info("copies stay for now: %s", error)
