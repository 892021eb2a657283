"""The photos counted in the columns of a search: where there are many, far quicker than SQLite."""

from __future__ import annotations

import numpy as np

from ..overview.counts import Numbers
from .columns.photos import FAILED, Mask, Photos
from .columns.shown_labels import ShownLabels


def count(
    photos: Photos, labels: ShownLabels, least: float, *, to_review: Mask, favourites: Mask
) -> Numbers:
    """What `overview.counts.ask_numbers` tells, of these photos."""
    here = photos.all
    images = photos.images[here]
    most = max(int(photos.images.max(initial=0)), int(labels.images.max(initial=0)))
    photos_of = np.bincount(images, minlength=most + 1)  # of each image: mostly one
    photos_of[0] = 0  # that is no image, but photos whose image is not known yet
    shown, hidden = labels.counts(photos_of, least)
    folders = np.bincount(photos.folder_of[here], minlength=len(photos.folders.paths))
    return Numbers(
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
