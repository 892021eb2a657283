"""Photos: what a search looks through, as one read of the library keeps it in memory."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import accumulate, compress, repeat
from operator import contains

from ..library.store import Store

COLUMNS = (
    "f.id, coalesce(f.image_id, 0) AS image_id, coalesce(f.mtime_ns, 0) / 1000000000 AS changed_s,"
    " replace(f.folded_name, char(10), ' ') AS name"
)
"""What has to be selected of `files f`."""
_RARE = 8
"""A word in less than one of so many names is sought from place to place, else name by name."""

Mask = int
"""Which photos: of each a byte, 1 or 0, so that two are joined by one | or & of Python's."""


class Photos:
    """Photos in an order, as they were at one moment: ids of their files and images (0: not yet
    known), when each file was changed (Unix time in seconds), folded names. 70 bytes a photo.
    """

    def __init__(self, store: Store, select: str, values: Mapping[str, object]) -> None:
        """Take what `select` finds, which selects COLUMNS; 100,000 take about 60 ms."""
        sql = (
            "SELECT json_group_array(id), json_group_array(image_id), json_group_array(changed_s),"
            " group_concat(name, char(10)) FROM "
        )
        ((files, images, changed, names),) = store.search(f"{sql}({select})", dict(values))
        self._files = array("q", json.loads(files))
        self._images = array("q", json.loads(images))
        self._changed_s = array("q", json.loads(changed))
        self._names: str = names or ""

    @cached_property
    def all(self) -> Mask:
        """Every photo."""
        return int.from_bytes(b"\1" * len(self._files), "little")

    def of_images(self, ids: Collection[int]) -> Mask:
        """The photos that show one of these images; 0 are those whose image is not known."""
        return self._those(self._by_image, ids)

    def of_files(self, ids: Collection[int]) -> Mask:
        """Those of these photos that are here."""
        return self._those(self._by_file, ids)

    def named(self, part: str) -> Mask:
        """The photos with this in their names."""
        is_named = bytearray(len(self._files))
        if self._names.count(part) * _RARE > len(is_named):
            is_named[:] = bytes(map(contains, self._names.split("\n"), repeat(part)))
            return int.from_bytes(is_named, "little")
        found = self._names.find(part)
        while found >= 0:
            place = bisect_right(self._ends, found)
            is_named[place] = 1
            found = self._names.find(part, self._ends[place])
        return int.from_bytes(is_named, "little")

    def ids(self, mask: Mask) -> list[int]:
        """The ids of these photos' files, in order."""
        return [*compress(self._files, mask.to_bytes(len(self._files), "little"))]

    def changed(self, mask: Mask) -> Iterator[tuple[int, int]]:
        """These photos' files, and when they were changed."""
        pairs = zip(self._files, self._changed_s, strict=True)
        return compress(pairs, mask.to_bytes(len(self._files), "little"))

    @cached_property
    def _ends(self) -> array[int]:
        """Where the line of each name ends, after its line end."""
        return array("q", accumulate(len(name) + 1 for name in self._names.split("\n")))

    @cached_property
    def _by_image(self) -> _Index:
        return _Index(self._images)

    @cached_property
    def _by_file(self) -> _Index:
        return _Index(self._files)

    def _those(self, index: _Index, ids: Collection[int]) -> Mask:
        is_wanted = bytearray(len(self._files) + 1)  # the last byte is for what is not here
        first, others = index.first, index.others
        if max(ids, default=0) >= len(first):  # what came after these photos were read
            ids = [each for each in ids if each < len(first)]
        for place in map(first.__getitem__, ids):
            is_wanted[place] = 1
        for each in others.keys() & set(ids) if others else ():
            for place in others[each]:
                is_wanted[place] = 1
        return int.from_bytes(is_wanted[:-1], "little")


class _Index:
    """Where each id stands in a column: at `first`, or -1, and at `others` if there are several."""

    def __init__(self, column: array[int]) -> None:
        self.first = array("l", [-1]) * (max(column, default=0) + 1)
        self.others: dict[int, list[int]] = {}
        for place, each in enumerate(column):
            if self.first[each] < 0:
                self.first[each] = place
            else:
                self.others.setdefault(each, []).append(place)
