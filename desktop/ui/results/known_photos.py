"""KnownPhotos: what is kept of every photo of the library, whether it is looked at or not."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

USUAL_ASPECT = 1.5
"""Of a photo whose shape is not known yet: most cameras' own."""
NARROWEST, WIDEST = 0.5, 2.6
"""Of what is narrower or wider, the middle is shown."""

_UNKNOWN, _SHAPELESS, _SHAPED = range(3)


class KnownPhotos:
    """By the files' ids, which are numbers from 1 on without large gaps: nine bytes each."""

    def __init__(self) -> None:
        self._kinds = bytearray()
        self._aspects = array("f")  # as the photos are laid out
        self._jobs = array("i")
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, file_id: int) -> bool:
        return file_id < len(self._kinds) and self._kinds[file_id] != _UNKNOWN

    def add(self, file_id: int, job: int, aspect: float) -> None:
        """Know one more, that this job has brought; its `aspect` is 0 where it is not known."""
        if file_id >= len(self._kinds):
            more = file_id + 1 - len(self._kinds) + len(self._kinds) // 8
            self._kinds.extend(bytes(more))
            self._aspects.extend(array("f", [USUAL_ASPECT]) * more)
            self._jobs.frombytes(bytes(more * self._jobs.itemsize))
        self._count += self._kinds[file_id] == _UNKNOWN
        self._kinds[file_id], self._aspects[file_id] = _SHAPELESS, USUAL_ASPECT
        self._jobs[file_id] = job
        self.reshape(file_id, aspect)

    def discard(self, file_id: int) -> None:
        """Forget one."""
        self._count -= file_id in self
        self._kinds[file_id] = _UNKNOWN

    def reshape(self, file_id: int, aspect: float) -> bool:
        """Take over a photo's shape, width by height, and say whether it looks different now. What
        is known stays where `aspect` is 0.
        """
        if not aspect:
            return False
        before = self._aspects[file_id]
        self._kinds[file_id] = _SHAPED
        self._aspects[file_id] = min(max(aspect, NARROWEST), WIDEST)
        return self._aspects[file_id] != before

    def has_shape(self, file_id: int) -> bool:
        """Whether the shape of a photo has been told."""
        return file_id in self and self._kinds[file_id] == _SHAPED

    def aspects(self, file_ids: Sequence[int]) -> Sequence[float]:
        """Width by height of photos, as far as that is shown."""
        aspects = self._aspects
        try:
            return list(map(aspects.__getitem__, file_ids))
        except IndexError:  # some are too new to be known
            count = len(aspects)
            return [aspects[each] if each < count else USUAL_ASPECT for each in file_ids]

    def job(self, file_id: int) -> int:
        """The job that brought a known photo."""
        return self._jobs[file_id]
