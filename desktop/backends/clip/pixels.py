"""Pixels: a photo as CLIP's networks take it, as `transformers`' CLIPImageProcessor makes it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ...core.meaning.network import Network


class Pixels:
    """Makes tensors of photos: shrunk by the short edge, the middle, each colour normalised."""

    def __init__(self, network: Network) -> None:
        self._edge_px = network.edge_px
        std = np.array(network.std)
        self._scale = (1 / 255 / std).astype(np.float32)[:, None, None]
        self._shift = (np.array(network.mean) / std).astype(np.float32)[:, None, None]

    def tensor(self, photo: Image.Image) -> NDArray[np.float32]:
        """An RGB photo as [1, 3, edge, edge]."""
        colours = np.asarray(middle(photo, self._edge_px)).transpose(2, 0, 1)
        tensor = colours.astype(np.float32, order="C")
        tensor *= self._scale
        tensor -= self._shift
        return tensor[None]


def middle(photo: Image.Image, edge_px: int) -> Image.Image:
    """The square in the middle of a photo whose short edge is brought to so many pixels."""
    short = min(photo.size)
    width, height = (edge_px * side // short for side in photo.size)
    left, top = (width - edge_px) // 2, (height - edge_px) // 2
    small = photo.resize((width, height), Image.Resampling.BICUBIC)
    return small.crop((left, top, left + edge_px, top + edge_px))
