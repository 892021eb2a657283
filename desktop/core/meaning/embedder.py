"""Embedder: goes through the library in the background and keeps what each photo means."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from ..errors import AppError, ImageError, UnreachableError
from ..files.long_paths import from_stored
from ..job.cores import Cores
from ..job.priority import give_way
from .embeddings import Embeddings, Wanting
from .encoder import Encoder

log = logging.getLogger(__name__)

CHUNK = 64
"""Photos of which the embeddings are written at once: what is lost when the program is killed."""
LOOK_AGAIN_S = 30.0
"""How often it is looked for photos that have come; a job's end is told at once by `wake`."""
_MOST_AT_A_TIME = 8


class Embedder:
    """Works at a low priority on all cores, while nothing else `is_busy`: a labelling job, say.

    `picture` gives a file's upright picture, its short edge at least so many pixels where there
    are that many, or raises ImageError. One that cannot be read does not stop the others; one that
    cannot be reached now is looked at again at the next start. `on_progress` is called from threads
    of its own after something was kept, with None or the AppError that has ended the work.
    """

    def __init__(
        self,
        embeddings: Embeddings,
        encoder: Encoder,
        picture: Callable[[Path, int], Image.Image],
        *,
        is_busy: Callable[[], bool],
        on_progress: Callable[[AppError | None], object] = lambda _: None,
        spares_core: Callable[[], bool] = lambda: False,
    ) -> None:
        self._embeddings = embeddings
        self._encoder = encoder
        self._picture = picture
        self._is_busy = is_busy
        self._on_progress = on_progress
        self._cores = Cores(spares_core)
        self._after = 0  # the last image that was looked at
        self._ending = threading.Event()
        self._woken = threading.Event()
        self._idle = threading.Event()
        self._lock = threading.Lock()  # to be woken and to be idle exclude each other
        self._thread = threading.Thread(target=self._run, name="embedder", daemon=True)

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """False once an error has ended it, or `stop`."""
        return self._thread.is_alive() and not self._ending.is_set()

    def wake(self) -> None:
        """Look at once whether there is something to do: photos have come, or a job has ended."""
        with self._lock:
            self._idle.clear()
            self._woken.set()

    def stop(self, timeout_s: float = 0.0) -> bool:
        """End soon: the photos under way are the last. Whether it has ended within the time."""
        self._ending.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def wait_until_idle(self, timeout_s: float) -> bool:
        """Whether all that can be done is done within the time."""
        return self._idle.wait(timeout_s)

    def _run(self) -> None:
        give_way()
        try:
            while not self._ending.is_set():
                self._woken.clear()
                if not self._is_busy():
                    self._go_through()
                with self._lock:
                    if not self._woken.is_set() and not self._is_busy():
                        self._idle.set()
                self._woken.wait(LOOK_AGAIN_S)
        except AppError as error:
            log.error("embedding has ended: %s", error)
            self._on_progress(error)
        except Exception:  # photos are found by their labels all the same
            log.exception("embedding")
        finally:
            self._encoder.close_photos()

    def _go_through(self) -> None:
        """All that has come since the last time; what a job interrupts comes again."""
        workers = min(self._cores.count, _MOST_AT_A_TIME)
        pool: ThreadPoolExecutor | None = None
        try:
            while wanting := self._embeddings.wanting(self._after, CHUNK):
                if pool is None:
                    pool = ThreadPoolExecutor(workers, "embedder", initializer=give_way)
                vectors = [*pool.map(self._embed, wanting)]
                found = {
                    each.image_id: vector
                    for each, vector in zip(wanting, vectors, strict=True)
                    if vector != _NOT_NOW
                }
                if found:
                    self._embeddings.keep(found)
                    self._on_progress(None)
                if self._gives_way:
                    return
                self._after = wanting[-1].image_id
        finally:
            if pool is not None:
                pool.shutdown(cancel_futures=True)
                self._encoder.close_photos()

    @property
    def _gives_way(self) -> bool:
        return self._ending.is_set() or self._is_busy()

    def _embed(self, wanting: Wanting) -> bytes | None:
        """One photo's embedding; None if it cannot be read, _NOT_NOW if another time."""
        if self._gives_way:
            return _NOT_NOW
        self._cores.acquire()
        try:
            photo = self._picture(from_stored(wanting.path), self._encoder.least_px)
            return self._encoder.photo(photo).astype(np.float16).tobytes()
        except UnreachableError:
            return _NOT_NOW
        except ImageError as error:
            log.info("not embedded: %s", error)
            return None
        except AppError:
            raise
        except Exception:
            log.exception("embedding %r", wanting.path)
            return _NOT_NOW
        finally:
            self._cores.release()


_NOT_NOW = b""
"""Stands for an embedding that is left to another time."""
