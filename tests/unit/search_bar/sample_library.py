"""The sample photos with the labels that this computer gives them, and what people look for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
LABELS: dict[str, dict[str, tuple[float, list[str]]]] = json.loads(
    (HERE / "sample_labels.json").read_text("utf-8")
)


@dataclass(frozen=True)
class Search:
    """A query, and the beginnings of the names of the photos that it must and may find."""

    language: str
    text: str
    must: frozenset[str]
    may: frozenset[str]


def searches() -> Iterator[Search]:
    """The lines of queries.txt."""
    language = ""
    for line in (HERE / "queries.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            language = line[1:].partition(":")[0]
        elif line and not line.startswith("#"):
            text, _, photos = line.partition(" =")
            must, _, may = photos.partition("/")
            yield Search(language, text, frozenset(must.split()), frozenset(may.split()))
