"""A photo's sidecar: which file it is, and keywords in it; what else it says stays as it is."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..errors import ImageError
from ..metadata.fields import NONE, Fields, UnsafeError
from ..metadata.xmp import read_xmp
from ..photo.discover import PHOTO_SUFFIXES, RAW_SUFFIXES
from ..settings import SidecarNaming
from .metadata import Change, change_packet, with_own

MOST_SIDECAR_BYTES = 32_000_000


def sidecar_of(photo: Path, names: Iterable[str], naming: SidecarNaming) -> Path:
    """Where a photo's keywords go: the sidecar that is there, or else a new one's place.

    `names` are those in the photo's folder; the case of letters makes no difference, unless that
    is all by which two photos differ. Of two sidecars the longer name wins, since it can belong to
    no other photo. Where several photos share IMG.xmp by name, it is the raw one's, as with
    Lightroom, and the others get names of their own.
    """
    names = list(names)
    whole, stem = f"{photo.name}.xmp", f"{photo.stem}.xmp"
    own_stem = photo.stem.casefold()
    alike = [
        (name, suffix.lower())
        for name, (stem, suffix) in zip(names, map(os.path.splitext, names), strict=True)
        if suffix.lower() in PHOTO_SUFFIXES and stem.casefold() == own_stem
    ]
    raws = [name for name, suffix in alike if suffix in RAW_SUFFIXES]
    is_shared = len(alike) > 1 and (len(raws) != 1 or photo.suffix.lower() not in RAW_SUFFIXES)
    others = {f"{name}.xmp".casefold() for name, _ in alike if name != photo.name}
    for name in (whole, *(() if is_shared else (stem,))):
        if name in names:
            return photo.with_name(name)
        if name.casefold() not in others:
            for there in names:
                if there.casefold() == name.casefold():
                    return photo.with_name(there)
    return photo.with_name(whole if is_shared or naming == "name" else stem)


class Sidecars:
    """Finds photos' sidecars, and lists each folder once; for one walk over many photos."""

    def __init__(self, naming: SidecarNaming) -> None:
        """`naming` is how those are called that are not there yet."""
        self._naming = naming
        self._folders: dict[Path, defaultdict[str, list[str]]] = {}

    def of(self, photo: Path) -> Path:
        """Its sidecar, be that there or not. May raise OSError."""
        folder = photo.parent
        if folder not in self._folders:
            names: defaultdict[str, list[str]] = defaultdict(list)
            for name in os.listdir(folder):  # noqa: PTH208 - 10,000 names, without their Paths
                names[os.path.splitext(name)[0].casefold()].append(name)  # noqa: PTH122
            self._folders[folder] = names
        by_stem = self._folders[folder]
        alike = {photo.stem.casefold(), photo.name.casefold()}
        return sidecar_of(photo, [name for stem in alike for name in by_stem[stem]], self._naming)

    def content(self, photo: Path) -> bytes:
        """What stands in it; empty where there is none that can be read."""
        with suppress(OSError), self.of(photo).open("rb") as file:
            content = file.read(MOST_SIDECAR_BYTES + 1)
            return content if len(content) <= MOST_SIDECAR_BYTES else b""
        return b""


def read_sidecar(data: bytes) -> Fields:
    """The keywords in a sidecar; none where it is no XMP."""
    try:
        return Fields(*read_xmp(data))
    except UnsafeError:
        return NONE


def change_sidecar(data: bytes, remove: Fields, add: Fields, inside: Fields = NONE) -> Change:
    """A sidecar, empty where there is none yet, with other keywords; as `change_keywords`.

    `inside` are the keywords in the photo itself, which a new sidecar would hide. Raises ImageError
    where it is no XMP: that may be another program's file of the same name.
    """
    try:
        present = Fields(*read_xmp(data)) if data else NONE
        add = with_own(add, remove, present.without(remove), inside)
        new, plans = change_packet(data, remove, add)
    except UnsafeError as error:
        raise ImageError(
            "The sidecar beside this photo cannot be read",
            "It is damaged or of another kind, and was left as it is. Move it away to get a new"
            " one.",
        ) from error
    return Change.of(new, *plans)
