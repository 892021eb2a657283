"""Folders: in which of the library's folders a search looks, by their paths or their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from ...files.long_paths import from_stored
from ...library.folding import as_words, folded
from ...overview.folder_tree import Folder, folder_tree
from ..word_forms import spellings


class Folders:
    """Folders (os.fsencode), each with a number that it keeps; `used` are those with photos."""

    def __init__(self, paths: Sequence[bytes], used: Sequence[int] | None = None) -> None:
        self.paths = tuple(paths)
        self._used = list(range(len(paths))) if used is None else list(used)
        self._numbers = {path: number for number, path in enumerate(self.paths)}

    def number(self, path: bytes) -> int:
        """That of a folder that is known."""
        return self._numbers[path]

    def with_more(self, paths: Iterable[bytes]) -> Folders:
        """These and other folders."""
        new = dict.fromkeys(path for path in paths if path not in self._numbers)
        return Folders((*self.paths, *new)) if new else self

    def in_use(self, numbers: Sequence[int]) -> Folders:
        """The same, with photos in these alone."""
        return self if self._used == numbers else Folders(self.paths, numbers)

    def with_part(self, part: str) -> list[int]:
        """The numbers of those with this in their paths."""
        return [number for number, path in self._folded if part in path]

    def called(self, text: str, *, is_exact: bool) -> list[int]:
        """The numbers of those in whose names, or in that of one above, a word begins so.

        Those above count up to the highest that the sidebar lists: no home folder with all photos.
        """
        words = [as_words(each) for each in spellings(text)]
        starts = [each if is_exact else each.rstrip() for each in words if each]
        return [
            number
            for number, names in self._names.items()
            if any(start in names for start in starts)
        ]

    @cached_property
    def _folded(self) -> list[tuple[int, str]]:
        return [(each, folded(str(self._path(each)))) for each in self._used if self.paths[each]]

    @cached_property
    def _names(self) -> dict[int, str]:
        """The words of each one's name and of those above; no phrase goes from one to the next."""
        paths = {self._path(each): each for each in self._used if self.paths[each]}
        found: dict[int, str] = {}
        for top in folder_tree((path, 1) for path in paths):
            begin = len(top.path.parts)
            for path in _paths(top):
                if path in paths:
                    names = (top.name, *path.parts[begin:])
                    found[paths[path]] = "/".join(map(_words, names))
        return found

    def _path(self, number: int) -> Path:
        return from_stored(self.paths[number])


def _paths(folder: Folder) -> Iterator[Path]:
    yield folder.path
    for each in folder.folders:
        yield from _paths(each)


@lru_cache(maxsize=10_000)
def _words(name: str) -> str:
    return as_words(name)
