"""Keyword files: which file takes a photo's keywords, and how they get into it."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

from ..library.effective import FILE_ORIGIN
from ..library.labelled import LabelledFile
from ..metadata.fields import NONE, Fields
from ..photo.formats import sniff
from ..settings import SidecarNaming
from .keywords import Choice, choose_keywords
from .metadata import IN_FILE, change_keywords, fields_of, read_keywords
from .sidecar import Sidecars, change_sidecar
from .write_keywords import Change

SIDECAR_SUFFIX = ".xmp"
MOST_BYTES = 200_000_000
"""Larger photos are neither read nor written here, only their sidecars: they are a whole scan or
film, rare, and several times in memory while they are changed."""


class KeywordFiles:
    """The keywords of `choice`, in the photos themselves or, without `in_photos`, in sidecars.

    Where a file cannot hold keywords safely they go into its sidecar, too. For one save: it lists
    each folder once. `name_of` gives a label's name in the person's language.
    """

    def __init__(
        self,
        choice: Choice,
        *,
        in_photos: bool,
        naming: SidecarNaming,
        name_of: Callable[[str], str] = lambda label: label,
    ) -> None:
        self._choice = choice
        self._in_photos = in_photos
        self._sidecars = Sidecars(naming)
        self._name_of = name_of

    def wanted(self, photo: LabelledFile) -> str:
        """All keywords that it is to have, field by field, as JSON; empty for none."""
        return _to_json(fields_of(choose_keywords(photo.labels, self._choice, self._name_of)))

    def target(self, photo: LabelledFile) -> Path:
        """The photo or its sidecar, be that there or not. May raise OSError."""
        if self._in_photos:
            with photo.path.open("rb") as file:
                if sniff(file) in IN_FILE and os.fstat(file.fileno()).st_size <= MOST_BYTES:
                    return photo.path
        return self.sidecar(photo)

    def sidecar(self, photo: LabelledFile) -> Path:
        """Its sidecar, be that there or not. May raise OSError."""
        return self._sidecars.of(photo.path)

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
        """Put `wanted` into what the file holds (None: there is none), take out the rest of `ours`.

        Raises SidecarOnlyError for a photo that cannot hold keywords, ImageError and OSError.
        """
        remove, add, data = fields_from_json(ours), fields_from_json(wanted), old or b""
        if target.suffix.lower() == SIDECAR_SUFFIX:
            inside = _foreign_inside(photo, ours_inside) if add else NONE
            change = change_sidecar(data, remove, add, inside)
        else:
            change = change_keywords(data, sniff(io.BytesIO(data)) or "", remove, add)
        return Change(None if change.data == data else change.data, _to_json(change.added))


def _foreign_inside(photo: LabelledFile, ours: str) -> Fields:
    """The keywords of other programs in a photo; it is read only if the library knows of some."""
    is_known = any(label.origin == FILE_ORIGIN for label in photo.labels)
    if not is_known or photo.path.stat().st_size > MOST_BYTES:
        return NONE
    data = photo.path.read_bytes()
    return read_keywords(data, sniff(io.BytesIO(data)) or "").without(fields_from_json(ours))


def _to_json(fields: Fields) -> str:
    lists = (fields.subject, fields.hierarchical, fields.tags_list, fields.iptc)
    return json.dumps(lists, ensure_ascii=False) if fields else ""


def fields_from_json(data: str) -> Fields:
    """What the journal's `ours` and `wanted` of a file say."""
    return Fields(*map(tuple, json.loads(data))) if data else Fields()


def names_in(wanted: str) -> tuple[str, ...]:
    """The keywords themselves in what `KeywordFiles.wanted` says."""
    return fields_from_json(wanted).subject
