"""A photo's sidecar: which file it is, and keywords in it; what else it says stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..errors import ImageError
from ..metadata.fields import NONE, Fields, UnsafeError
from ..metadata.xmp import EMPTY, read_xmp
from ..photo.discover import PHOTO_SUFFIXES, RAW_SUFFIXES
from ..settings import SidecarNaming
from .metadata import Change, change_packet, with_own


def sidecar_of(photo: Path, names: Iterable[str], naming: SidecarNaming) -> Path:
    """Where a photo's keywords go: the sidecar that is there, or else a new one's place.

    `names` are those in the photo's folder; the case of letters makes no difference. Of two
    sidecars the longer name wins, since it can belong to no other photo. Where several photos share
    IMG.xmp by name, it is the raw one's, as with Lightroom, and the others get names of their own.
    """
    by_folded = {name.casefold(): name for name in names}
    whole, stem = f"{photo.name}.xmp", f"{photo.stem}.xmp"
    alike = [
        path
        for name in by_folded
        if (path := Path(name)).suffix in PHOTO_SUFFIXES and path.stem == photo.stem.casefold()
    ]
    raws = [path for path in alike if path.suffix in RAW_SUFFIXES]
    is_shared = len(alike) > 1 and (len(raws) != 1 or photo.suffix.lower() not in RAW_SUFFIXES)
    for name in (whole, *(() if is_shared else (stem,))):
        if there := by_folded.get(name.casefold()):
            return photo.with_name(there)
    return photo.with_name(whole if is_shared or naming == "name" else stem)


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
    return Change(
        new if data or new != EMPTY else b"",
        added=Fields(*(each.added for each in plans)),
        removed=Fields(*(each.removed for each in plans)),
    )
