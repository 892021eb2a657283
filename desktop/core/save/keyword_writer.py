"""Which keywords a photo is to have, and how they get into it or into its sidecar."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from ..library.labelled import LabelledFile
from ..metadata.fields import Fields
from ..photo.formats import sniff
from ..settings import SidecarNaming
from .keywords import Choice, Keyword, choose_keywords
from .metadata import IN_FILE, change_keywords, fields_of
from .sidecar import change_sidecar, sidecar_of
from .write_keywords import Change


class KeywordWriter:
    """The `KeywordFiles` of one save: it lists each folder once. Not for several threads.

    `in_files` writes into the photo itself where its kind allows that. `name_of` gives a label's
    name in the language of the keywords.
    """

    def __init__(
        self,
        choice: Choice,
        name_of: Callable[[str], str],
        *,
        in_files: bool,
        naming: SidecarNaming,
    ) -> None:
        self._choice, self._name_of = choice, name_of
        self._in_files, self._naming = in_files, naming
        self._names: dict[Path, list[str]] = {}

    def keywords(self, photo: LabelledFile) -> tuple[Keyword, ...]:
        """What is to be written of a photo's labels."""
        return choose_keywords(photo.labels, self._choice, self._name_of)

    def wanted(self, photo: LabelledFile) -> str:
        """The same as a string, as the journal keeps it; empty for none."""
        keywords = self.keywords(photo)
        return json.dumps([keyword.path for keyword in keywords]) if keywords else ""

    def target(self, photo: LabelledFile) -> Path:
        """The photo itself or its sidecar, be it there or not. Raises OSError."""
        path = photo.path
        if self._in_files:
            with path.open("rb") as file:
                if sniff(file) in IN_FILE:
                    return path
        if path.parent not in self._names:
            self._names[path.parent] = [each.name for each in path.parent.iterdir()]
        return sidecar_of(path, self._names[path.parent], self._naming)

    def change(self, photo: LabelledFile, old: bytes | None, ours: str) -> Change:
        """The file with what is wanted in it, and without the rest of `ours`. Raises AppError."""
        remove, add = _fields(ours), fields_of(self.keywords(photo))
        kind = sniff(io.BytesIO(old)) if old is not None else None
        if old is not None and kind is not None and kind in IN_FILE:
            changed = change_keywords(old, kind, remove, add)
        else:
            changed = change_sidecar(old or b"", remove, add)
        is_new = changed.data != (old or b"")
        ours = json.dumps(asdict(changed.added)) if changed.added else ""
        return Change(changed.data if is_new else None, ours)


def _fields(ours: str) -> Fields:
    """What `change` has noted of a file."""
    return Fields(**{k: tuple(v) for k, v in json.loads(ours).items()}) if ours else Fields()
