"""Reading: what one program made of one file."""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from .look import Look

PARTLY = "partly damaged"
"""What Tagdrop's reading says of a picture that is marked so."""
NOTHING_SEEN = "nothing but one colour"
"""Said of a raw file that was developed without its sensor having seen anything."""


class Fate(StrEnum):
    """What became of the file; the values stand in the results."""

    OPENED = "opened"
    REFUSED = "refused"
    CRASHED = "crashed"
    HUNG = "hung"


@dataclass(frozen=True, slots=True)
class Reading:
    """`width` and `height` are in pixels of the upright picture, 0 where that is not known.

    `said` are complaints of a program that opened the file, or why it did not; `date` is ISO 8601
    without a zone; `seconds` on the clock. `look` is upright, and `orientation` what EXIF's number
    the reader itself has turned it by, 0 where that is not known.
    """

    fate: Fate
    said: list[str] = field(default_factory=list)
    width: int = 0
    height: int = 0
    date: str | None = None
    look: Look | None = None
    orientation: int = 0
    seconds: float = 0.0

    @property
    def is_opened(self) -> bool:
        """Whether the program made a picture of the file, complaining or not."""
        return self.fate == Fate.OPENED

    def to_json(self) -> dict[str, Any]:
        """As it is written into the results; what is empty is left out."""
        values = {name: value for name, value in asdict(self).items() if value}
        if self.look:
            values["look"] = base64.b64encode(self.look).decode()
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Reading:
        """What `to_json` wrote."""
        look = values.get("look")
        return cls(
            **{**values, "fate": Fate(values["fate"]), "look": look and base64.b64decode(look)}
        )
