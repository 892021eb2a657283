"""Arrays of samples of any depth -> a picture of 8 bits that Pillow knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:  # numpy takes longer to load than a photo to decode
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[Any]
    """Rows × columns, or rows × columns × channels."""

_ROWS = 256
_MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}


def picture_of(samples: Samples, bits: int | None = None, mode: str | None = None) -> Image.Image:
    """The samples as an image; `mode` says what they are where their number does not.

    `bits` are those of whole numbers: white is their highest value. Floats are light from 0 to 1,
    or whatever else their values suggest.
    """
    channels = 1 if samples.ndim == 2 else samples.shape[2]
    return image_of(eight_bits(samples, bits), mode or _MODES[channels])


def image_of(samples: npt.NDArray[np.uint8], mode: str) -> Image.Image:
    """Samples of 8 bits as an image of this mode of Pillow's."""
    import numpy as np  # noqa: PLC0415

    size = samples.shape[1], samples.shape[0]
    return Image.frombuffer(mode, size, np.ascontiguousarray(samples), "raw", mode, 0, 1)


def eight_bits(samples: Samples, bits: int | None = None) -> npt.NDArray[np.uint8]:
    """Samples brought to 8 bits; infinite and undefined ones count as black."""
    import numpy as np  # noqa: PLC0415

    if samples.dtype == np.uint8 and bits in (None, 8):
        return samples
    if samples.dtype.kind == "b":  # of one bit, as TIFFs of fax machines are
        return samples.astype(np.uint8) * np.uint8(255)
    if samples.dtype == np.uint16 and bits in (None, 16):
        return (samples >> 8).astype(np.uint8)
    low, high = 0.0, float(2 ** (bits or 0) - 1)
    if samples.dtype.kind != "u" or bits in (None, 32):
        low, high = _range(samples)
    scale = np.float32(255 / (high - low) if high > low else 0)
    result = np.empty(samples.shape, np.uint8)
    for row in range(0, len(samples), _ROWS):  # in bands: floats take four times the room
        band = samples[row : row + _ROWS].astype(np.float32)
        band = np.nan_to_num((band - np.float32(low)) * scale + np.float32(0.5), nan=0)
        result[row : row + _ROWS] = np.clip(band, 0, 255)
    return result


def _range(samples: Samples) -> tuple[float, float]:
    """Black and white of floats and 32-bit numbers, which do not say where these are.

    Light brighter than white (in high dynamic range) is cut off: 99 % of the samples count.
    """
    import numpy as np  # noqa: PLC0415

    some = samples[:: max(1, len(samples) // 512), :: max(1, samples.shape[1] // 512)]
    some = some[np.isfinite(some)]
    if not some.size:
        return 0.0, 1.0
    low, high = float(some.min()), float(np.percentile(some, 99))
    if low < 0:
        return low, float(some.max())
    if samples.dtype.kind == "f":
        tops = (1.0, 255.0, 65535.0)
    else:
        tops = (255.0, 65535.0, 2.0**31 - 1 if samples.dtype.kind == "i" else 2.0**32 - 1)
    return 0.0, next((top for top in tops if high <= top), float(some.max()))
