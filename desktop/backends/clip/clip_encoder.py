"""ClipEncoder: runs a network of CLIP's kind; each half is loaded when it is first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ...core.errors import AppError, BackendMissingError
from ...core.meaning.encoder import Vector
from ...core.meaning.network_folder import NetworkFolder, damaged
from ..sessions import open_session
from .pixels import Pixels
from .tokens import Tokenizer

T = TypeVar("T")


class ClipEncoder:
    """See `Encoder`. Its files are checked each time they are loaded, and only read."""

    def __init__(self, folder: NetworkFolder) -> None:
        self._folder = folder
        self._pixels = Pixels(folder.network)
        self.least_px = folder.network.edge_px
        self._lock = threading.Lock()
        self._vision: Any = None
        self._text: tuple[Tokenizer, Any] | None = None

    def photo(self, photo: Image.Image) -> Vector:
        """What an upright RGB photo shows."""
        with self._lock:
            if self._vision is None:
                self._vision = self._load(lambda: open_session(self._checked("vision")))
            vision = self._vision
        tensor = self._pixels.tensor(photo)
        return _unit(vision.run(["image_embeds"], {"pixel_values": tensor})[0][0])

    def sentence(self, text: str) -> Vector:
        """What a sentence says."""
        with self._lock:
            if self._text is None:
                self._text = self._load(self._load_text)
            tokenizer, network = self._text
        tokens = np.array([tokenizer.tokens(text)], np.int64)
        wanted = {each.name for each in network.get_inputs()}
        given = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        given = {name: value for name, value in given.items() if name in wanted}
        return _unit(network.run(["text_embeds"], given)[0][0])

    def close(self) -> None:
        """Let go of the memory; the next call loads again."""
        with self._lock:
            self._vision = self._text = None

    def close_photos(self) -> None:
        """Let go of the half for photos."""
        with self._lock:
            self._vision = None

    def _load_text(self) -> tuple[Tokenizer, Any]:
        most = self._folder.network.most_tokens
        return Tokenizer(self._checked("tokenizer"), most), open_session(self._checked("text"))

    def _checked(self, role: str) -> Any:
        return self._folder.check(self._folder.network.files[role])

    def _load(self, load: Callable[[], T]) -> T:
        try:
            return load()
        except AppError:
            raise
        except Exception as error:  # onnxruntime's own errors share no base class
            raise damaged() from error


def _unit(vector: NDArray[np.float32]) -> Vector:
    """The same direction, its length 1; a network's nonsense is a bug of its file."""
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0:
        raise BackendMissingError(
            "The model for search by meaning does not work",
            "Remove it and download it again. Your photos and labels stay as they are.",
        )
    return vector.astype(np.float32) / np.float32(length)
