"""Names: the names of all photos as one run of bytes, in which a part is found at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from .numbers import Numbers

_END = b"/"
"""Stands behind each name; none has one in it."""


@dataclass(frozen=True, slots=True)
class Names:
    """Folded names in UTF-8, one after another as lines, and where each ends. `file_of` each line,
    by its number, is a file's id (0: it counts no more), `line_of` each id its line (-1: none).
    """

    letters: npt.NDArray[np.uint8]
    ends: Numbers
    file_of: Numbers
    line_of: Numbers

    @classmethod
    def of(cls, files: Numbers, names: bytes, size: int) -> Names:
        """The names of these files, with slashes between; ids are below `size`."""
        letters = np.frombuffer(names + _END if len(files) else b"", dtype=np.uint8)
        line_of = np.full(size, -1, np.int32)
        line_of[files] = np.arange(len(files), dtype=np.int32)
        return cls(letters, _ends(letters), files, line_of)

    def renewed(self, ids: Sequence[int], names: Mapping[int, bytes], size: int) -> Names:
        """With these names in place of those that the files with these ids had."""
        line_of = np.full(size, -1, np.int32)
        line_of[: len(self.line_of)] = self.line_of
        file_of = self.file_of.copy()
        more: dict[int, bytes] = {}
        for each in ids:
            line, name = int(line_of[each]), names.get(each)
            if line >= 0 and self._name(line) == name:
                continue
            if line >= 0:
                file_of[line], line_of[each] = 0, -1
            if name is not None:
                line_of[each] = len(file_of) + len(more)
                more[each] = name
        if not more:
            return replace(self, file_of=file_of, line_of=line_of)
        lines = np.frombuffer(b"".join(name + _END for name in more.values()), dtype=np.uint8)
        ends = _ends(lines) + np.int32(len(self.letters))
        return Names(
            np.concatenate([self.letters, lines]),
            np.concatenate([self.ends, ends]),
            np.concatenate([file_of, np.array([*more], np.int32)]),
            line_of,
        )

    def with_part(self, part: str) -> Numbers:
        """The ids of the files with this in their names, and 0."""
        wanted = part.encode()
        if _END in wanted:
            return np.empty(0, np.int32)
        letters = self.letters
        places = np.flatnonzero(letters == wanted[0])
        for behind, letter in enumerate(wanted[1:], 1):
            places = places[places < len(letters) - behind]
            places = places[letters[places + behind] == letter]
        return self.file_of[np.searchsorted(self.ends, places.astype(np.int32))]

    def _name(self, line: int) -> bytes:
        begin = self.ends[line - 1] + 1 if line else 0
        return self.letters[begin : self.ends[line]].tobytes()


def _ends(letters: npt.NDArray[np.uint8]) -> Numbers:
    return np.flatnonzero(letters == _END[0]).astype(np.int32)
