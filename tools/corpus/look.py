"""A picture in 16 × 16 colours: enough to tell whether two programs show the same, and upright."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE_PX = 16
Look = bytes
"""RGB, line by line."""

_ALIKE = 0.7
"""Least correlation of brightness: of the same picture through two decoders it is over 0.95, raw
files with other tone curves included."""
_FLAT = 4.0
"""With a smaller standard deviation of brightness, a picture shows nothing that could be turned."""
_CLEARLY = 0.05
"""By how much a turned picture has to fit better: many pictures are nearly symmetric."""
_OFF_COLOUR = 48
"""Mean difference of colours, of 255, beyond which two programs do not mean the same picture."""


def look_of(image: Image.Image) -> Look:
    """The look of an image in memory, what is transparent on white."""
    if image.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    small = image.convert("RGB").resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX)
    return small.tobytes()


def turned(look: Look, orientation: int) -> Look:
    """What EXIF's `orientation` (1 to 8) makes of a picture that is stored so."""
    array = np.frombuffer(look, np.uint8).reshape(SIDE_PX, SIDE_PX, 3)
    return _turn(array, orientation).tobytes()


def turn_between(ours: Look, theirs: Look) -> int | None:
    """The orientation that makes our picture look like theirs: 1 where it does as it is.

    None where no orientation does, 0 where several do and it cannot be told.
    """
    one, other = _brightness(ours), _brightness(theirs)
    if min(one.std(), other.std()) < _FLAT:
        return 0 if off_colour(ours, theirs) < _OFF_COLOUR else None
    fits = {o: float(np.corrcoef(_turn(one, o).ravel(), other.ravel())[0, 1]) for o in range(1, 9)}
    best = max(fits, key=lambda o: fits[o])
    if fits[best] < _ALIKE:
        return None
    if any(fits[best] - fit < _CLEARLY for o, fit in fits.items() if o != best):
        return 0
    return best


def is_flat(look: Look | None) -> bool:
    """Whether a picture shows nothing at all."""
    return look is not None and float(_brightness(look).std()) < 1


def off_colour(ours: Look, theirs: Look) -> float:
    """Mean difference of the colours, of 255."""
    one, other = (np.frombuffer(look, np.uint8).astype(float) for look in (ours, theirs))
    return float(np.abs(one - other).mean())


def is_off_colour(ours: Look, theirs: Look) -> bool:
    """Whether the colours differ by more than tone curves and colour spaces explain."""
    return off_colour(ours, theirs) > _OFF_COLOUR


def _brightness(look: Look) -> NDArray[np.float64]:
    array = np.frombuffer(look, np.uint8).reshape(SIDE_PX, SIDE_PX, 3)
    brightness: NDArray[np.float64] = array.astype(np.float64).mean(axis=2)
    return brightness


def _turn(array: NDArray[Any], orientation: int) -> NDArray[Any]:
    if orientation >= 5:
        array = array.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        array = array[::-1]
    if orientation in (2, 3, 6, 7):
        array = array[:, ::-1]
    return array
