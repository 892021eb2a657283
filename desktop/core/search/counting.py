"""The photos counted in the columns of a search: where there are many, far quicker than SQLite."""

from __future__ import annotations

from array import array

import numpy as np
import numpy.typing as npt

from ..overview.counts import Numbers as Counted
from .columns.numbers import Numbers
from .columns.photos import FAILED, Mask, Photos
from .columns.shown_labels import ShownLabels


def count(
    photos: Photos, labels: ShownLabels, least: float, *, to_review: Mask, favourites: Mask
) -> Counted:
    """What `overview.counts.ask_numbers` tells, of these photos."""
    here = photos.all
    photos_of = _photos_of(photos.images[here], photos, labels)
    shown, hidden = labels.counts(photos_of, least)
    folders = np.bincount(photos.folder_of[here], minlength=len(photos.folders.paths))
    return Counted(
        everything=int(here.sum()),
        to_review=int((to_review & here).sum()),
        failed=int((photos.in_state(FAILED) & here).sum()),
        favourites=int((favourites & here).sum()),
        labels={name: number for name, number in shown if number},
        folders=[
            (path, number)
            for path, number in zip(photos.folders.paths, folders.tolist(), strict=True)
            if number
        ],
        hidden_labels=hidden,
        images_with_none_left=int(photos_of[labels.images_without(least)].sum()),
    )


def count_hidden(
    photos: Photos, labels: ShownLabels, least: float, file_ids: array[int]
) -> tuple[int, int]:
    """How many labels of these photos are less certain than `least` percent, and how many of the
    photos have labels but show none therefore.
    """
    ids = np.frombuffer(file_ids, np.int64)
    images = photos.images[ids[ids < len(photos.images)]]  # others have come since
    photos_of = _photos_of(images, photos, labels)
    none_left = photos_of[labels.images_without(least)].sum()
    return labels.count_hidden(photos_of, least), int(none_left)


def _photos_of(images: Numbers, photos: Photos, labels: ShownLabels) -> npt.NDArray[np.int64]:
    """Of each image, how many of the photos with these images there are: mostly one."""
    most = max(int(photos.images.max(initial=0)), int(labels.images.max(initial=0)))
    found = np.bincount(images, minlength=most + 1)
    found[0] = 0  # that is no image, but photos whose image is not known yet
    return found
