"""What a job has passed over, counted, so that it can be told."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class PassedOver:
    """`kinds` are pictures that cannot be read, by the names of their kinds; `online_only` photos
    that a cloud service has not downloaded; `not_photos` files that were dropped and are neither.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    online_only: int = 0
    not_photos: int = 0

    def __bool__(self) -> bool:
        return bool(self.kinds or self.online_only or self.not_photos)

    def add(self, others: PassedOver) -> None:
        """Count these, too."""
        self.kinds += others.kinds
        self.online_only += others.online_only
        self.not_photos += others.not_photos

    @property
    def unreadable(self) -> int:
        """How many pictures cannot be read."""
        return self.kinds.total()

    def kind_names(self, most: int = 4) -> str:
        """The kinds, the most frequent first: PSD, EPS …"""
        names = [name for name, _ in self.kinds.most_common()]
        return ", ".join(names[:most]) + (" …" if len(names) > most else "")

    def to_json(self) -> str:
        """As the library keeps it."""
        return json.dumps([self.kinds, self.online_only, self.not_photos])

    @classmethod
    def from_json(cls, data: str) -> PassedOver:
        """What `to_json` has made."""
        kinds, online_only, not_photos = json.loads(data)
        return cls(Counter(kinds), online_only, not_photos)
