"""Keywords in a photo: bytes in, bytes out, with every other byte of metadata where it was.

XMP and IPTC are cut out of the file, changed and put back; the file is not written anew by a
library. Measured against exiv2 0.28.9 (python-exiv2 0.19.2), which rewrites packets: it keeps no
list of several pictures (MPF) true, knows no extended XMP, and where it cannot serialise a packet
it reports success.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from ..errors import SidecarOnlyError
from ..metadata.fields import NONE, Fields, Plan, UnsafeError, alike
from ..metadata.in_chunks import read_png, read_webp, write_png, write_webp
from ..metadata.in_jpeg import read_jpeg, write_jpeg
from ..metadata.in_tiff import read_tiff, write_tiff
from ..metadata.iptc import change_iptc, read_iptc
from ..metadata.xmp import EMPTY, change_xmp, read_xmp, unpadded
from ..metadata.xmp_parser import MOST_BYTES
from ..photo.identity import picture_digest
from .keywords import Keyword

IN_FILE = ("JPEG", "PNG", "TIFF", "WEBP")
"""Kinds, as core/photo/formats.py names them, that hold keywords of ours in the file itself."""

MOST_IPTC_BYTES = 64
"""Longest keyword in IPTC, by IPTC-IIM 4.2, data set 2:25."""

_PACKET = re.compile(rb"<(\w*:?)xmpmeta[\s>]")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a file: its bytes, what of ours is in it now, and what was taken out."""

    data: bytes
    added: Fields
    removed: Fields

    @classmethod
    def of(cls, data: bytes, *plans: Plan) -> Change:
        """What these plans, list by list, have made."""
        return cls(
            data,
            added=Fields(*(each.added for each in plans)),
            removed=Fields(*(each.removed for each in plans)),
        )


def fields_of(keywords: Iterable[Keyword]) -> Fields:
    """Where and how these keywords are written.

    A bar or a slash in a name would begin another branch of the tree, and is a hyphen there. IPTC
    has no room for a long name: a cut one would come back as another keyword, so that it is in XMP
    only.
    """
    keywords = tuple(keywords)
    names = _once(keyword.name for keyword in keywords)
    return Fields(
        subject=names,
        hierarchical=_once("|".join(p.replace("|", "-") for p in k.path) for k in keywords),
        tags_list=_once("/".join(p.replace("/", "-") for p in k.path) for k in keywords),
        iptc=_fitting(names),
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(alike(name), name)
    return tuple(found.values())


def with_own(add: Fields, remove: Fields, own: Fields, elsewhere: Fields = NONE) -> Fields:
    """What to add so that no program loses sight of a person's keywords.

    digiKam and Immich read the first field that holds any, and a sidecar instead of the photo: a
    list of ours would hide what a person has in another one, or `elsewhere`, in the photo itself.
    So a list that we begin starts with that. It counts as ours, and once there it stays with ours.
    """
    both = Fields(*(a + b for a, b in zip(own.lists, elsewhere.lists, strict=True)))
    names = _once(both.names)
    branches = [tuple(path.split("|")) for path in both.hierarchical]
    branches += [tuple(path.split("/")) for path in both.tags_list]
    parts = {alike(part) for branch in branches for part in branch}
    keywords = [Keyword(branch) for branch in branches]
    keywords += [Keyword((name,)) for name in names if alike(name) not in parts]
    paths = fields_of(keywords)
    copies = Fields(names, paths.hierarchical, paths.tags_list, _fitting(names))
    lists = []
    for ours, earlier, theirs, others in zip(
        add.lists, remove.lists, own.lists, copies.lists, strict=True
    ):
        kept = tuple(name for name in others if not theirs or name in earlier)
        lists.append(_once((*kept, *ours)) if ours else ())
    return Fields(*lists)


def _fitting(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if len(name.encode()) <= MOST_IPTC_BYTES)


def read_keywords(data: bytes, kind: str) -> Fields:
    """The keywords in a photo of any kind; none where its metadata cannot be read.

    Of what is not in IN_FILE the first XMP packet counts, wherever it stands: packets are made to
    be found so (XMP Specification Part 3, 1.1).
    """
    xmp, iptc = b"", b""
    fields: list[tuple[str, ...]] = [(), (), (), ()]
    with suppress(UnsafeError):
        if kind in IN_FILE:
            xmp, iptc = _read(data, kind)
        else:
            xmp = _first_packet(data)
    with suppress(UnsafeError):
        fields[:3] = read_xmp(xmp) if xmp else ((), (), ())
    with suppress(UnsafeError):
        fields[3] = read_iptc(iptc)
    return Fields(*fields)


def _first_packet(data: bytes) -> bytes:
    """What stands from the first start tag to the end tag that belongs to it."""
    start = _PACKET.search(data)
    end_tag = b"</" + start[1] + b"xmpmeta" if start else b""
    end = data.find(end_tag, start.end(), start.end() + MOST_BYTES) if start else -1
    return data[start.start() : data.find(b">", end) + 1] if start and end > 0 else b""


def change_keywords(data: bytes, kind: str, remove: Fields, add: Fields) -> Change:
    """A photo with keywords taken out that were `added` earlier, and others put in.

    What a person has is neither changed nor removed nor moved, and not added a second time; where
    they have it in one list only, it comes into the others too (`with_own`). Raises
    SidecarOnlyError where the file cannot hold keywords safely. The data is the same object where
    nothing changes.
    """
    if kind not in IN_FILE:
        raise SidecarOnlyError(
            "Keywords are not written into files of this kind",
            "They can go into a sidecar beside it.",
        )
    try:
        xmp, iptc = _read(data, kind)
        present = Fields(*(read_xmp(xmp) if xmp else ((), (), ())), read_iptc(iptc))
        add = with_own(add, remove, present.without(remove))
        new_xmp, xmp_plans = change_packet(xmp, remove, add)
        new_iptc, iptc_plan = iptc, Plan((), (), (), ())
        if kind in ("JPEG", "TIFF"):
            new_iptc, iptc_plan = change_iptc(iptc, remove.iptc, add.iptc)
        if (new_xmp, new_iptc) == (xmp, iptc):
            new = data
        else:
            new = _write(data, kind, new_xmp, new_iptc)
            _check(data, kind, new, new_xmp, new_iptc)
    except UnsafeError as error:
        raise _cannot() from error
    return Change.of(new, *xmp_plans, iptc_plan)


def change_packet(packet: bytes, remove: Fields, add: Fields) -> tuple[bytes, Sequence[Plan]]:
    """An XMP packet with other keywords; empty where there is none yet, or none any more.

    Only we make one that says nothing, and have then taken all out again. Raises UnsafeError.
    """
    new, plans = change_xmp(
        packet or EMPTY,
        (remove.subject, remove.hierarchical, remove.tags_list),
        (add.subject, add.hierarchical, add.tags_list),
    )
    return b"" if unpadded(new) == EMPTY else new, plans


def _read(data: bytes, kind: str) -> tuple[bytes, bytes]:
    if kind == "JPEG":
        return read_jpeg(data)
    if kind == "TIFF":
        return read_tiff(data)
    return (read_png if kind == "PNG" else read_webp)(data), b""


def _write(data: bytes, kind: str, xmp: bytes, iptc: bytes) -> bytes:
    if kind == "JPEG":
        return write_jpeg(data, xmp, iptc)
    if kind == "TIFF":
        return write_tiff(data, xmp, iptc)
    return (write_png if kind == "PNG" else write_webp)(data, xmp)


def _check(data: bytes, kind: str, new: bytes, xmp: bytes, iptc: bytes) -> None:
    """Read what was made, before it takes the photo's place: the same picture, these keywords."""
    is_same = picture_digest(io.BytesIO(new)) == picture_digest(io.BytesIO(data))
    new_xmp, new_iptc = _read(new, kind)
    expected = read_xmp(xmp) if xmp else None
    if (
        not is_same
        or (read_xmp(new_xmp) if new_xmp else None) != expected
        or read_iptc(new_iptc) != read_iptc(iptc)
    ):
        raise UnsafeError


def _cannot() -> SidecarOnlyError:
    return SidecarOnlyError(
        "Keywords cannot be written into this file safely",
        "What it says of itself is damaged or unusual. They can go into a sidecar beside it.",
    )
