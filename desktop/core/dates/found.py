"""Found: the metadata of one file, wherever its format keeps it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from ..metadata.fields import UnsafeError
from ..metadata.in_jpeg import read_resources
from .window import Window

_IPTC, _EXIF, _XMP = 0x0404, 0x0422, 0x0424


@dataclass(slots=True)
class Found:
    """In the order in which they stand in the file: EXIF blocks, XMP packets, IPTC blocks.

    `stated` are dates that a format without any of these says the photo was taken at.
    """

    exif: list[Window] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    iptc: list[bytes] = field(default_factory=list)
    stated: list[str] = field(default_factory=list)

    def add_photoshop(self, resources: bytes) -> None:
        """What Photoshop's resources hold of these."""
        with contextlib.suppress(UnsafeError):
            found = read_resources(resources)
            self.iptc += filter(None, [found.get(_IPTC)])
            self.xmp += filter(None, [found.get(_XMP)])
            self.exif += [Window.of(found[_EXIF])] if _EXIF in found else []
