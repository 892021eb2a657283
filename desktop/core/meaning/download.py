"""Download: fetches a network's files, each from where it was cut off, and checks them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import closing

from ..errors import Cancelled, NetworkError
from .network import NetworkFile
from .network_folder import NetworkFolder, Progress, another
from .partial import Partial
from .web_file import WebFile, WrongSizeError

log = logging.getLogger(__name__)

TRIES = 3
"""How often in a row a file is asked for without a byte coming, before a person is told."""
PAUSE_S = 2.0
"""Between these, twice as long each time."""


def download(folder: NetworkFolder, cancel: threading.Event) -> Iterator[Progress]:
    """Fetch what is missing of a network, telling how far it is.

    Killed, cancelled or cut off at any moment, it goes on from there the next time; no file counts
    before its size and SHA-256 are the manifest's. Raises Cancelled, or an AppError in words:
    NetworkError for the way, StorageError for the disk, another one for what came.
    """
    with folder.claimed():
        folder.check_room()
        total = folder.network.size_bytes
        yield Progress(folder.done_bytes, total)
        before = 0
        for file in folder.network.files.values():
            if not folder.has(file):
                for done in _fetch(folder, file, cancel):
                    yield Progress(before + done, total)
            before += file.size_bytes
        yield Progress(total, total)


def _fetch(folder: NetworkFolder, file: NetworkFile, cancel: threading.Event) -> Iterator[int]:
    """Fetch one file, however often the way breaks, as long as something comes."""
    partial = Partial(folder, file)
    tries = 0
    while partial.done < file.size_bytes:
        before = partial.done
        try:
            yield from _receive(partial, cancel)
        except NetworkError as error:
            tries = 1 if partial.done > before else tries + 1
            if tries >= TRIES:
                raise
            log.info("%s, at byte %d of %s", error.title, partial.done, file.name)
            if cancel.wait(PAUSE_S * 2 ** (tries - 1)):
                raise Cancelled from None
        except WrongSizeError:
            folder.drop_partial(file)
            raise another(file) from None
    folder.take_over(file, partial.digest)


def _receive(partial: Partial, cancel: threading.Event) -> Iterator[int]:
    """Write what one answer brings; how much there is by then."""
    web = WebFile(
        partial.folder.network.url_of(partial.file),
        partial.file.size_bytes,
        partial.done,
        partial.etag,
    )
    with closing(web):
        web.open(cancel)
        with partial.written(web.start, web.etag) as write:
            for chunk in web.chunks(cancel):
                write(chunk)
                yield partial.done
