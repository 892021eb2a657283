"""Details: what is said of a photo beside its labels: its size, its time and its camera."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from ..dates.exif import MAKE, MODEL, Exif
from ..dates.found import Found
from ..isolation.decoding import raw_size_safely
from .date_taken import Taken, camera_s_words, find_metadata, taken
from .formats import RAW, sniff
from .shape import upright_size


@dataclass(frozen=True, slots=True)
class Details:
    """`width` and `height` in pixels of the upright picture, 0 where that is not known.

    `taken` is None where nobody says when; `camera` is its maker and model, or empty.
    """

    width: int = 0
    height: int = 0
    taken: Taken | None = None
    camera: str = ""


def read_details(path: Path, sidecar: bytes = b"") -> Details:
    """Read a file's headers; it never fails. `sidecar` is the XMP beside it.

    Not for the GUI thread: its disk may be far away.
    """
    with contextlib.suppress(Exception), path.open("rb") as file:
        found, size = Found(), (0, 0)
        with contextlib.suppress(Exception):  # what is damaged may raise anything
            found = find_metadata(file)
        words = camera_s_words(found)
        with contextlib.suppress(Exception):
            is_raw = sniff(file) == RAW
            size = raw_size_safely(file, path) if is_raw else upright_size(file)
        return Details(*size, taken(file, name=path.name, sidecar=sidecar), _camera(words))
    return Details()


def _camera(words: Exif) -> str:
    make, model = (" ".join(words.texts.get(tag, "").split()) for tag in (MAKE, MODEL))
    brand = make.split()[0] if make else ""  # "NIKON CORPORATION"
    return model if model.casefold().startswith(brand.casefold()) else f"{brand} {model}".strip()
