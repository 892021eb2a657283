"""Network: what is known of a network before it is downloaded: files, sums, licence, sizes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

MANIFEST = Path(__file__).with_name("networks.json")
"""Each network that can be downloaded is an entry; the first one is offered."""
OTHER_SOURCE = "TAGDROP_NETWORKS_FROM"
"""An environment variable: another address to download from, a company's mirror say. The sizes and
sums stay those of the manifest, so it does not matter whose it is."""


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """A file of a network: what it is for, where it lies at the source, and what it must be."""

    role: str
    path: str
    size_bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """What it is called on this computer."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Network:
    """One that tells what photos and sentences mean, with CLIP's inputs, outputs and tokens."""

    name: str
    title: str
    maker: str
    licence: str
    page: str
    """What its publisher says of it, for people."""
    address: str
    """Where a file is downloaded from; `{path}` stands for the file's."""
    dimensions: int
    edge_px: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    most_tokens: int
    files: Mapping[str, NetworkFile]
    """By role: vision, text, tokenizer."""

    @property
    def key(self) -> str:
        """Names these very weights: what another network said of a photo is never compared."""
        return f"{self.name}-{self.files['vision'].sha256[:12]}"

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(file.size_bytes for file in self.files.values())

    @property
    def host(self) -> str:
        """Whom a download asks, for people."""
        return urlsplit(self._template).hostname or ""

    @property
    def _template(self) -> str:
        other = os.environ.get(OTHER_SOURCE, "").rstrip("/")
        return f"{other}/{{path}}" if other else self.address

    def url_of(self, file: NetworkFile) -> str:
        """Where a file is downloaded from."""
        return self._template.replace("{path}", quote(file.path))


def read_networks(manifest: Path = MANIFEST) -> dict[str, Network]:
    """The networks of a manifest by their names, in its order. OSError, ValueError or KeyError mean
    that the program is incomplete."""
    entries = json.loads(manifest.read_text("utf-8"))
    return {entry["name"]: _network(entry) for entry in entries}


def _network(entry: dict[str, Any]) -> Network:
    files = {role: NetworkFile(role, **file) for role, file in entry["files"].items()}
    mean, std = tuple(entry["mean"]), tuple(entry["std"])
    return Network(**{**entry, "mean": mean, "std": std, "files": files})
