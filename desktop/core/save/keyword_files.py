"""Keyword files: which file takes a photo's keywords, and how they get into it."""

from __future__ import annotations

import io
import json
import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from ..library.labelled import LabelledFile
from ..metadata.fields import Fields
from ..photo.formats import sniff
from ..settings import SidecarNaming
from .keywords import Choice, choose_keywords
from .metadata import IN_FILE, change_keywords, fields_of
from .sidecar import change_sidecar, sidecar_of
from .write_keywords import Change

SIDECAR_SUFFIX = ".xmp"


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
        self._naming = naming
        self._name_of = name_of
        self._folders: dict[Path, defaultdict[str, list[str]]] = {}

    def wanted(self, photo: LabelledFile) -> str:
        """All keywords that it is to have, field by field, as JSON; empty for none."""
        return _to_json(fields_of(choose_keywords(photo.labels, self._choice, self._name_of)))

    def target(self, photo: LabelledFile) -> Path:
        """The photo or its sidecar, be that there or not. May raise OSError."""
        if self._in_photos:
            with photo.path.open("rb") as file:
                if sniff(file) in IN_FILE:
                    return photo.path
        return self.sidecar(photo)

    def sidecar(self, photo: LabelledFile) -> Path:
        """Its sidecar, be that there or not. May raise OSError."""
        path = photo.path
        if path.parent not in self._folders:
            names: defaultdict[str, list[str]] = defaultdict(list)
            for name in os.listdir(path.parent):  # noqa: PTH208 - 10,000 names, without their Paths
                names[os.path.splitext(name)[0].casefold()].append(name)  # noqa: PTH122
            self._folders[path.parent] = names
        by_stem = self._folders[path.parent]
        alike = {path.stem.casefold(), path.name.casefold()}
        return sidecar_of(path, [name for stem in alike for name in by_stem[stem]], self._naming)

    def change(self, target: Path, old: bytes | None, *, wanted: str, ours: str) -> Change:
        """Put `wanted` into what the file holds (None: there is none), take out the rest of `ours`.

        Raises SidecarOnlyError for a photo that cannot hold keywords, and ImageError.
        """
        remove, add, data = _from_json(ours), _from_json(wanted), old or b""
        if target.suffix.lower() == SIDECAR_SUFFIX:
            change = change_sidecar(data, remove, add)
        else:
            change = change_keywords(data, sniff(io.BytesIO(data)) or "", remove, add)
        return Change(None if change.data == data else change.data, _to_json(change.added))


def _to_json(fields: Fields) -> str:
    lists = (fields.subject, fields.hierarchical, fields.tags_list, fields.iptc)
    return json.dumps(lists, ensure_ascii=False) if fields else ""


def _from_json(data: str) -> Fields:
    return Fields(*map(tuple, json.loads(data))) if data else Fields()


def names_in(wanted: str) -> tuple[str, ...]:
    """The keywords themselves in what `KeywordFiles.wanted` says."""
    return _from_json(wanted).subject
