"""Existing keywords: what other programs have written into photos and sidecars, for the library."""

from __future__ import annotations

import contextlib
import io
import logging
from pathlib import Path

from ..errors import AppError
from ..files.replace_file import digest_of
from ..library.library import Library
from ..metadata.fields import Fields, alike
from ..photo.formats import sniff
from ..photo.prepare import Stamp, open_original
from .keyword_files import MOST_BYTES, fields_from_json
from .keywords import clean_name
from .metadata import read_keywords
from .sidecar import MOST_SIDECAR_BYTES, Sidecars, read_sidecar
from .written import Written

log = logging.getLogger(__name__)

MOST_KEYWORDS, MOST_LETTERS = 500, 200
"""More than anybody writes; what a hostile file holds beyond that is passed over."""


class ExistingKeywords:
    """Reads them as photos come by. For one job: it lists each folder once."""

    def __init__(self, library: Library) -> None:
        self._images = library.images
        self._written = Written(library.store)
        self._sidecars = Sidecars("stem")  # of a new one nobody asks here

    def read(
        self,
        file_id: int,
        path: Path,
        stamp: Stamp,
        source: io.BufferedReader | io.BytesIO | None = None,
    ) -> bool:
        """Let the library know a photo's keywords, unless it does: file and sidecar are unchanged.

        Tells whether they were read. `source` is the file with this `stamp`, where it is open
        already. Nothing that goes wrong here costs a photo its labels: it is tried again when the
        photo is added again. May raise StorageError.
        """
        try:
            sidecar, beside = self._sidecar(path)
            state = " ".join(map(str, (*stamp, *(beside or ()))))
            if self._images.keywords_read_from(file_id) == state:
                return False
            found = self._in_photo(file_id, path, stamp, source)
            if beside is not None and beside.size_bytes <= MOST_SIDECAR_BYTES:
                data = sidecar.read_bytes()
                found += self._foreign(file_id, sidecar, data, read_sidecar(data))
        except (OSError, AppError):
            log.info("the keywords of %r cannot be read", str(path), exc_info=True)
            return False
        except Exception:  # a damaged file may break any parser
            log.exception("keywords of %r", str(path))
            return False
        names = {alike(name): clean_name(name)[:MOST_LETTERS].strip() for name in reversed(found)}
        self._images.set_keywords(file_id, filter(None, [*names.values()][:MOST_KEYWORDS]), state)
        return True

    def beside(self, photo: Path) -> bytes:
        """The sidecar's content; empty where there is none that can be read."""
        return self._sidecars.content(photo)

    def _sidecar(self, photo: Path) -> tuple[Path, Stamp | None]:
        sidecar = self._sidecars.of(photo)
        try:
            return sidecar, Stamp.of(sidecar.stat())
        except FileNotFoundError:
            return sidecar, None

    def _in_photo(
        self,
        file_id: int,
        path: Path,
        stamp: Stamp,
        source: io.BufferedReader | io.BytesIO | None,
    ) -> list[str]:
        if stamp.size_bytes > MOST_BYTES:
            return []
        with open_original(path) if source is None else contextlib.nullcontext(source) as file:
            kind = sniff(file) or ""
            file.seek(0)
            data = file.read()
        return self._foreign(file_id, path, data, read_keywords(data, kind))

    def _foreign(self, file_id: int, path: Path, data: bytes, found: Fields) -> list[str]:
        """The keywords that we have not written there."""
        if not found:
            return []
        written = self._written.for_photo(file_id)
        ours, _ = self._written.ours(written, path, digest_of(data))
        return list(found.without(fields_from_json(ours)).names)
