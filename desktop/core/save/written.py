"""Written: what the journal knows of keywords that this program has written into files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..files.long_paths import as_stored, from_stored
from ..library.store import Store


class Written:
    """Reads the `journal`, whoever has written it. Every method may raise StorageError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def for_photo(self, file_id: int) -> dict[Path, tuple[str, str]]:
        """Each file written to for this photo: what in it is ours, and what was wanted then.

        Under the name that it has now, where this program has moved it; copies are nobody's.
        """
        rows = self._store.read(
            "SELECT act, path, source, ours, wanted FROM saved_files WHERE file_id = ?"
            " AND state = 'done' AND act <> 'copy' ORDER BY id",
            file_id,
        )
        found: dict[Path, tuple[str, str]] = {}
        for row in rows:
            path = from_stored(row["path"])
            if row["act"] == "write":
                found[path] = (row["ours"], row["wanted"])
            elif moved := found.pop(from_stored(row["source"]), None):
                found[path] = moved
        return found

    def ours(
        self, earlier: Mapping[Path, tuple[str, str]], path: Path, digest: str | None
    ) -> tuple[str, str]:
        """What of ours is in a file with this content, and what was wanted for its photo there.

        `earlier` is what `for_photo` says of the photo. What is in another file may be known from
        when that lay in another place.
        """
        ours, wanted = earlier.get(path, ("", ""))
        if not (ours or wanted or digest is None):
            ours = self._ours_elsewhere(path, digest)
        return ours, wanted

    def _ours_elsewhere(self, path: Path, digest: str) -> str:
        rows = self._store.read(
            "SELECT ours FROM saved_files WHERE after = ? AND path <> ? AND state = 'done'"
            " AND act = 'write' ORDER BY id DESC LIMIT 1",
            digest,
            as_stored(path),
        )
        return rows[0]["ours"] if rows else ""

    def wanted(self) -> dict[int, str]:
        """What was wanted last for each photo that something was ever saved for."""
        rows = self._store.search(
            "SELECT file_id, wanted FROM saved_files WHERE id IN"
            " (SELECT max(id) FROM saved_files WHERE state = 'done' AND act = 'write'"
            " GROUP BY file_id)"
        )
        return {row["file_id"]: row["wanted"] for row in rows}

    def taken_back(self) -> set[int]:
        """The photos for which what was written last is undone."""
        rows = self._store.search(
            "SELECT file_id FROM saved_files WHERE state = 'undone' AND id IN"
            " (SELECT max(id) FROM saved_files WHERE act = 'write' GROUP BY file_id)"
        )
        return {row["file_id"] for row in rows}
