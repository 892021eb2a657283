"""How a stored picture has to be turned, by its EXIF."""

from __future__ import annotations

from typing import Any

from PIL import Image

_ORIENTATION = 0x0112
_XMP = ("xmp", "XML:com.adobe.xmp")


def orientation_of(image: Image.Image, stored: int = 1) -> int:
    """The EXIF orientation of an opened picture; `stored` where it says nothing, or is broken.

    XMP does not count, which Pillow asks as well: no other program turns by it.
    """
    for name in _XMP:
        image.info.pop(name, None)
    try:
        value: Any = image.getexif().get(_ORIENTATION, stored)
        return int(value)
    except Exception:  # noqa: BLE001 - broken EXIF raises anything and must not cost the photo
        return stored


_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """The picture upright."""
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)
