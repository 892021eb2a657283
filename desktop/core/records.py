"""LabelRecord, TextLine and Flag: what was found in one image, and the name it goes by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MAX_IMAGE_NAME = 100
"""Longest ImageName in characters, by the data contract."""

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Instance:
    """One place in the upright image where a label was seen.

    The box is in fractions of the image's width and height (0–1), from its top left corner, as
    Rekognition gives it; `confidence` is in percent.
    """

    left: float
    top: float
    width: float
    height: float
    confidence: float

    def __post_init__(self) -> None:
        _check_percent(self.confidence)


@dataclass(frozen=True, slots=True)
class LabelRecord:
    """One label of one image. `confidence` is in percent, 0–100; ValueError outside of it.

    `parents` are ordered from the nearest to the most general: Dog has ("Mammal", "Animal").
    """

    image_name: str
    label: str
    confidence: float
    parents: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    instances: tuple[Instance, ...] = ()

    def __post_init__(self) -> None:
        if not self.label:
            raise ValueError("a label needs a name")
        _check_percent(self.confidence)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text that was read in an image; confidence and box as those of an Instance.

    The box is the smallest upright one around a line that may be slanted.
    """

    text: str
    confidence: float
    left: float
    top: float
    width: float
    height: float

    def __post_init__(self) -> None:
        _check_percent(self.confidence)


@dataclass(frozen=True, slots=True)
class Flag:
    """A way in which an image may be explicit, in the recogniser's words; parents as a label's."""

    name: str
    confidence: float
    parents: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a flag needs a name")
        _check_percent(self.confidence)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in an image besides its labels: texts in reading order, flags surest first."""

    texts: tuple[TextLine, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def text(self) -> str:
        """All that was read, line by line."""
        return "\n".join(line.text for line in self.texts)

    @property
    def exact_flags(self) -> tuple[Flag, ...]:
        """The flags without the more general ones that follow from others."""
        general = {parent for flag in self.flags for parent in flag.parents}
        return tuple(flag for flag in self.flags if flag.name not in general)


NOTHING_ELSE = Findings()
"""Of an image that has labels at most."""


def _check_percent(value: float) -> None:
    if not 0 <= value <= 100:  # also refuses NaN
        raise ValueError(f"a confidence is 0 to 100 per cent, not {value}")


def surest_first(records: Iterable[LabelRecord]) -> tuple[LabelRecord, ...]:
    """Records by falling confidence; of equally sure ones the more exact first, then by name.

    Dog comes before the Mammal and the Animal that follow from it, and the order never jumps.
    """
    return tuple(sorted(records, key=lambda r: (-r.confidence, -len(r.parents), r.label)))


def make_image_name(digest: str, file_name: str) -> str:
    """The ImageName of a file's content: same content and name, same ImageName.

    `digest` is the SHA-256 of the original file in hex; `file_name` may hold any character.
    """
    prefix, suffix = digest[:16] + "-", ".jpg"
    plain = _NOT_PLAIN.sub("_", file_name)
    return prefix + plain[: MAX_IMAGE_NAME - len(prefix) - len(suffix)] + suffix


def instances_to_json(instances: Iterable[Instance]) -> list[dict[str, float]]:
    """Instances as plain data, the one form used by the library and by JSON output."""
    return [
        {
            "left": i.left,
            "top": i.top,
            "width": i.width,
            "height": i.height,
            "confidence": i.confidence,
        }
        for i in instances
    ]


def instances_from_json(data: Iterable[dict[str, Any]]) -> tuple[Instance, ...]:
    """The other way round. Raises KeyError, TypeError or ValueError on anything else."""
    return tuple(Instance(**entry) for entry in data)
