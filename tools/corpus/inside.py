"""What reads in Python, in a process of its own: Tagdrop itself, Pillow and rawpy."""

from __future__ import annotations

import importlib.util
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from .look import is_flat, look_of
from .reading import NOTHING_SEEN, PARTLY, Fate, Reading

THUMBNAIL_PX = 672
"""The grid's larger ones are this large."""
_ZONE = re.compile(r"(?<=T..:..:..)(\.\d+)?([+-]\d\d:\d\d)?$")
_DEEP_MODES = ("I", "F")


def tagdrop(path: Path) -> Reading:
    """The file as the program reads it for its networks, and then for its grid and its panel."""
    from desktop.core.errors import ImageError  # noqa: PLC0415 - its filter of warnings is global
    from desktop.core.photo.details import read_details  # noqa: PLC0415
    from desktop.core.photo.prepare import open_upright, prepare  # noqa: PLC0415

    details = read_details(path)
    # not what the file's name says: exiftool does not ask it
    taken = details.taken if details.taken and not details.taken.is_from_name else None
    date = _ZONE.sub("", taken.at) if taken else None
    size = details.width, details.height
    said = []
    try:
        prepared = prepare(path, form="pixels")
    except ImageError as error:
        return Reading(Fate.REFUSED, [error.title], *size, date)
    if prepared.is_partly_damaged:
        said.append(PARTLY)
    try:
        open_upright(path, max_edge_px=THUMBNAIL_PX)
    except ImageError as error:
        said.append(f"no thumbnail: {error.title}")
    return Reading(Fate.OPENED, said, *size, date, look_of(prepared.pixels))


def pillow(path: Path) -> Reading:
    """The file by all that Pillow alone can do."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            with Image.open(path) as opened:
                opened.load()
                image = ImageOps.exif_transpose(opened)
                # deep pixels are clipped when Pillow makes colours of them
                look = None if image.mode.startswith(_DEEP_MODES) else look_of(image)
        except Exception as error:  # noqa: BLE001 - it raises anything
            return Reading(Fate.REFUSED, [f"{type(error).__name__}: {error}"])
    return Reading(
        Fate.OPENED,
        list(dict.fromkeys(str(each.message) for each in heard)),
        image.width,
        image.height,
        look=look,
    )


def rawpy(path: Path) -> Reading:
    """The sensor's data, developed at half size by libraw."""
    import rawpy as libraw  # noqa: PLC0415

    try:
        with libraw.imread(str(path)) as raw:
            sizes = raw.sizes
            lies = sizes.flip in {5, 6}
            rgb: Any = raw.postprocess(half_size=True, use_camera_wb=True)
    except Exception as error:  # noqa: BLE001 - it raises anything
        return Reading(Fate.REFUSED, [f"{type(error).__name__}: {error}"])
    image = Image.fromarray(rgb if rgb.shape[2] == 3 else rgb[:, :, 0])
    look = look_of(image)
    return Reading(
        Fate.OPENED,
        [NOTHING_SEEN] if is_flat(look) else [],
        width=sizes.height if lies else sizes.width,
        height=sizes.width if lies else sizes.height,
        look=look,
    )


READERS: dict[str, Callable[[Path], Reading]] = {
    "tagdrop": tagdrop,
    "pillow": pillow,
    "rawpy": rawpy,
}


def is_installed(reader: str) -> bool:
    """Whether the package that the reader is named after can be imported."""
    return reader in {"tagdrop", "pillow"} or importlib.util.find_spec(reader) is not None
