"""Meaning: search by meaning as a whole, for the window and the command line."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..library.store import Store
from .embeddings import Counted, Embeddings
from .network import MANIFEST, Network, read_networks
from .network_folder import NetworkFolder, Progress, missing

if TYPE_CHECKING:
    from PIL import Image

    from ..errors import AppError
    from .embedder import Embedder
    from .encoder import Encoder, Vector
    from .vectors import RankedImage, Vectors

MakeEncoder = Callable[[NetworkFolder], "Encoder"]
MOST = 200
"""Photos that a search ranks, unless more are wanted."""
NEAR_DUPLICATE = 0.96
"""The cosine from which two photos count as nearly the same. An assumption: nobody has
tried it here with the real weights."""


class RankedPhoto(NamedTuple):
    """A file of the library, and how near it is to what was asked for: a cosine, -1 to 1.

    That is no confidence: sentences and photos that belong together lie around 0.2 to 0.35.
    """

    file_id: int
    score: float


class Compared(NamedTuple):
    """How far a comparison of all photos is, from 0 to 1; the groups at its end only."""

    share: float
    groups: tuple[tuple[int, ...], ...] = ()
    """Ids of files that look nearly the same, in the order of the library."""


def network_folders(data_dir: Path, manifest: Path = MANIFEST) -> list[NetworkFolder]:
    """Where each network of the manifest lies, the one that is offered first."""
    networks = read_networks(manifest).values()
    return [NetworkFolder(network, data_dir / "networks" / network.name) for network in networks]


class Meaning:
    """Search by meaning with one network. Making one is cheap: nothing is loaded or looked at.

    Safe to use from any thread. What is not said to be quick belongs beside the GUI thread. Methods
    that read the library may raise StorageError.
    """

    def __init__(self, folder: NetworkFolder, store: Store, make_encoder: MakeEncoder) -> None:
        self._folder = folder
        self._store = store
        self._make_encoder = make_encoder
        self._embeddings = Embeddings(store, folder.network.key)
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._vectors: Vectors | None = None
        self._embedder: Embedder | None = None

    # The network

    @property
    def network(self) -> Network:
        """What is downloaded: title, maker, licence, size_bytes, host, page. Quick."""
        return self._folder.network

    @property
    def is_there(self) -> bool:
        """Whether the network is downloaded. Quick: the sizes of three files."""
        return self._folder.is_complete

    @property
    def done_bytes(self) -> int:
        """How much of it is there; over 0 while not `is_there`, it can be resumed. Quick."""
        return self._folder.done_bytes

    def download(self, cancel: threading.Event) -> Iterator[Progress]:
        """Download it, or what is missing of it, telling how far it is (`download.download`)."""
        from .download import download  # with all that speaks to the web: 40 ms

        yield from download(self._folder, cancel)

    def add(self, source: Path, cancel: threading.Event) -> Iterator[Progress]:
        """Take it from a folder instead (`NetworkFolder.add`)."""
        yield from self._folder.add(source, cancel)

    def remove(self) -> None:
        """Delete it, and all that it has said. Photos and labels stay as they are.

        The embedder is ended; StorageError when the disk refuses.
        """
        self.stop_embedding(timeout_s=10.0)
        self.close()
        self._folder.remove()
        self._embeddings.remove_all()

    # What it has said of the photos

    def counted(self) -> Counted:
        """How many pictures can be found by meaning, of all in the library."""
        return self._embeddings.counted()

    def start_embedding(
        self,
        picture: Callable[[Path, int], Image.Image],
        *,
        is_busy: Callable[[], bool],
        on_progress: Callable[[AppError | None], object] = lambda _: None,
        spares_core: Callable[[], bool] = lambda: False,
    ) -> None:
        """Begin to go through the library in the background (`Embedder`), as far as the network is
        there and nobody does so already. It ends by `stop_embedding`. Quick.
        """
        if not self.is_there or (self._embedder is not None and self._embedder.is_running):
            return
        from .embedder import Embedder

        self._embedder = Embedder(
            self._embeddings,
            self._loaded(),
            picture,
            is_busy=is_busy,
            on_progress=on_progress,
            spares_core=spares_core,
        )
        self._embedder.start()

    def wake(self) -> None:
        """Tell the embedder that photos have come or a job has ended. Quick."""
        if self._embedder is not None:
            self._embedder.wake()

    def wait_until_embedded(self, timeout_s: float) -> bool:
        """Whether the embedder has nothing more to do within the time."""
        return self._embedder is None or self._embedder.wait_until_idle(timeout_s)

    def stop_embedding(self, timeout_s: float = 0.0) -> bool:
        """End the embedder; whether it has ended within the time. It can be started again."""
        embedder, self._embedder = self._embedder, None
        return embedder is None or embedder.stop(timeout_s)

    # Searching

    def search(
        self, sentence: str, most: int = MOST, *, among: Sequence[int] | None = None
    ) -> list[RankedPhoto]:
        """The photos that fit a sentence best, the best first; only those `among` these file ids,
        if any are given. Files with the same picture follow each other.

        It always finds some, however badly they fit. BackendMissingError when the network is not
        there or damaged.
        """
        return self._rank(self._loaded().sentence(sentence), most, among)

    def like(self, file_id: int, most: int = MOST, *, least: float = -1.0) -> list[RankedPhoto]:
        """The photos that look most like this one, from a score of `least` on; itself comes first.

        NEAR_DUPLICATE as `least` finds what is nearly the same. Nothing is found for a photo that
        has no embedding yet. The network need not be there.
        """
        image_id = self._embeddings.image_of(file_id)
        kept = self._embeddings.of([image_id]).get(image_id) if image_id is not None else None
        if kept is None:
            return []
        import numpy as np

        wanted = np.frombuffer(kept, np.float16).astype(np.float32)
        found = [each for each in self._rank(wanted, most, None) if each.score >= least]
        return sorted(found, key=lambda each: each.file_id != file_id)  # first, whatever rounds

    def near_duplicates(
        self, cancel: threading.Event, *, least: float = NEAR_DUPLICATE
    ) -> Iterator[Compared]:
        """Compare all photos with each other, telling how far it is; the last one has the groups.

        Seconds for 10,000 photos, minutes for 100,000. Raises Cancelled.
        """
        nearest: dict[int, int] = {}

        def root(image: int) -> int:
            while nearest.setdefault(image, image) != image:
                nearest[image] = nearest[nearest[image]]
                image = nearest[image]
            return image

        for done, total, pairs in self._all().near(least, cancel):
            for one, other in zip(pairs[::2], pairs[1::2], strict=True):
                first, second = sorted((root(one), root(other)))
                nearest[second] = first
            yield Compared(done / max(1, total))
        groups: dict[int, list[int]] = {}
        for image in sorted(nearest):
            groups.setdefault(root(image), []).append(image)
        files = self._embeddings.files_of([*nearest])
        in_files = (
            tuple(file for image in images for file in files.get(image, ()))
            for images in groups.values()
        )
        yield Compared(1.0, tuple(group for group in in_files if len(group) > 1))

    def close(self) -> None:
        """Let go of the memory of network and embeddings; the next search loads them again."""
        with self._lock:
            encoder, self._encoder, self._vectors = self._encoder, None, None
        if encoder is not None:
            encoder.close()

    def _rank(self, wanted: Vector, most: int, among: Sequence[int] | None) -> list[RankedPhoto]:
        images = None if among is None else self._embeddings.images_of(among)
        ranked = self._all().rank(wanted, most, among=images)
        return self._photos(ranked, most, None if among is None else frozenset(among))

    def _photos(
        self, ranked: Sequence[RankedImage], most: int, among: frozenset[int] | None
    ) -> list[RankedPhoto]:
        files = self._embeddings.files_of([each.image_id for each in ranked])
        return [
            RankedPhoto(file_id, each.score)
            for each in ranked
            for file_id in files.get(each.image_id, ())
            if among is None or file_id in among
        ][:most]

    def _all(self) -> Vectors:
        from .vectors import Vectors

        with self._lock:
            if self._vectors is None:
                self._vectors = Vectors(self._embeddings, self.network.dimensions)
            return self._vectors

    def _loaded(self) -> Encoder:
        if not self.is_there:
            raise missing()
        with self._lock:
            if self._encoder is None:
                self._encoder = self._make_encoder(self._folder)
            return self._encoder
