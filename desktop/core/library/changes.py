"""Changes: which files of the library are to be read anew, whoever has changed them."""

from __future__ import annotations

from .store import Store


class Changes:
    """The log that the library's file keeps by itself: a number for each file that has changed.

    Numbers only grow, in the order of the commits, and a file has one: that of its newest change.
    So whoever remembers the last number that they have read misses nothing, be it written by this
    program, by an older one, or by `tagdrop label` in a terminal. Methods may raise StorageError.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def version(self) -> int:
        """Another one than before when anybody has committed anything since; costs nothing."""
        return int(self._store.read("PRAGMA data_version")[0][0])

    def newest(self) -> int:
        """The number of the newest change; 0 when there has been none."""
        return int(self._store.search("SELECT coalesce(max(number), 0) FROM changes")[0][0])

    def since(self, number: int, limit: int) -> tuple[int, list[int]]:
        """The next changes after `number`: the last one's number, and the ids of the files."""
        rows = self._store.search(  # beside the GUI thread's quick questions
            "SELECT number, file_id FROM changes WHERE number > :number ORDER BY number"
            " LIMIT :limit",
            {"number": number, "limit": limit},
        )
        return (rows[-1]["number"] if rows else number), [row["file_id"] for row in rows]
