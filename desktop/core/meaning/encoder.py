"""Encoder: what turns photos and sentences into directions that can be compared."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Vector = NDArray[np.float32]
"""A direction of unit length; the nearer two are, the more alike is what they stand for."""


class Encoder(Protocol):
    """A loaded network; safe to use from any thread. Loads each half when it is first needed.

    Both methods raise BackendMissingError when the network's files are missing or damaged.
    """

    least_px: int
    """A photo's short edge should have so many pixels; from fewer it is enlarged."""

    def photo(self, photo: Image.Image) -> Vector:
        """What an upright RGB photo shows."""

    def sentence(self, text: str) -> Vector:
        """What a sentence says; of one that is too long, its beginning."""

    def close(self) -> None:
        """Let go of the memory; the next call loads again."""

    def close_photos(self) -> None:
        """Let go of the half for photos."""
