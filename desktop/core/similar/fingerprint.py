"""Fingerprint: what a picture looks like, in 11 bytes; those of pictures that look alike are near.

The first 8 are a difference hash (dHash): of 8 rows of 9 grey cells, whether each is brighter than
the one before. Sizes, formats, compression and a change of brightness leave nearly all of its bits
as they are. The last 3 are the mean colour, as plain pictures have hardly any differences.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

COLUMNS, ROWS = 9, 8
MOST_BITS = 8
"""So many of the 64 may differ between pictures that look alike. Of the samples, one that was
compressed, halved or made 10 % brighter differs in 7 at most, and another photo in 20 at least."""
MOST_COLOUR = 32
"""And so much each of the three colours, of 255."""
_BANDS = MOST_BITS + 1
"""Where at most 8 bits differ, at least one of 9 bands of them is the same."""
_MOST_PAIRS = 130_000
"""Compared at a time: a megabyte, which stays in the cache of a processor."""


def fingerprint(image: Image.Image) -> bytes:
    """That of an upright picture."""
    small = image.convert("RGB").resize((COLUMNS, ROWS), Image.Resampling.BOX)
    grey = np.asarray(small.convert("L"), dtype=np.int16)
    bits = np.packbits(grey[:, 1:] > grey[:, :-1])
    colour = np.asarray(small, dtype=np.float32).mean(axis=(0, 1)).round().astype(np.uint8)
    return bytes(bits) + bytes(colour)


def alike(fingerprints: list[bytes]) -> list[list[int]]:
    """Groups of places in the list whose pictures look alike, directly or by way of others.

    Both the groups and each of them are in the order of the list. Of 100,000, those are compared
    that agree in a band of 7 bits, which takes seconds.
    """
    if len(fingerprints) < 2:
        return []
    table = np.frombuffer(b"".join(fingerprints), dtype=np.uint8).reshape(-1, 11)
    hashes = table[:, :8].copy().view(">u8").ravel().astype(np.uint64)
    colours = table[:, 8:].astype(np.int16)
    parents = np.arange(len(table))
    for band in range(_BANDS):
        low, high = 64 * band // _BANDS, 64 * (band + 1) // _BANDS
        keys = (hashes >> np.uint64(low)) & np.uint64((1 << (high - low)) - 1)
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.r_[True, np.diff(keys[order]) != 0])
        for members in np.split(order, starts[1:]):
            for first, second in _near(members, hashes, colours):
                _join(parents, first, second)
    groups: dict[int, list[int]] = {}
    for place in range(len(parents)):
        groups.setdefault(_root(parents, place), []).append(place)
    return [group for group in groups.values() if len(group) > 1]


def _near(
    members: npt.NDArray[np.intp],
    hashes: npt.NDArray[np.uint64],
    colours: npt.NDArray[np.int16],
) -> list[tuple[int, int]]:
    """Pairs of these that look alike."""
    found: list[tuple[int, int]] = []
    rows = max(1, _MOST_PAIRS // len(members))
    for start in range(0, len(members), rows):
        some, others = members[start : start + rows], members[start:]
        bits = np.bitwise_count(hashes[some, None] ^ hashes[None, others])
        near = np.argwhere(bits <= MOST_BITS)
        first, second = some[near[:, 0]], others[near[:, 1]]
        is_other = first < second
        first, second = first[is_other], second[is_other]
        fits = (np.abs(colours[first] - colours[second]) <= MOST_COLOUR).all(axis=1)
        found += zip(first[fits].tolist(), second[fits].tolist(), strict=True)
    return found


def _root(parents: npt.NDArray[np.intp], place: int) -> int:
    while parents[place] != place:
        parents[place] = parents[parents[place]]
        place = int(parents[place])
    return place


def _join(parents: npt.NDArray[np.intp], first: int, second: int) -> None:
    first, second = _root(parents, first), _root(parents, second)
    parents[max(first, second)] = min(first, second)
