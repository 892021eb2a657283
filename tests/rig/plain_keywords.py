"""Keywords in the simplest form that a photo can hold: one a line, in a JPEG's first comment."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from desktop.core.library.labelled import LabelledFile
from desktop.core.save.write_keywords import Change

_START = b"\xff\xd8\xff\xfe"


@dataclass(frozen=True)
class PlainKeywords:
    """Into the photos, or `beside` them into a sidecar."""

    beside: bool = False

    def wanted(self, photo: LabelledFile) -> str:
        names = [label.record.label for label in photo.labels]
        return json.dumps(names) if names else ""

    def target(self, photo: LabelledFile) -> Path:
        return self.sidecar(photo) if self.beside else photo.path

    def sidecar(self, photo: LabelledFile) -> Path:
        return photo.path.with_name(photo.name + ".xmp")

    def change(
        self,
        photo: LabelledFile,
        target: Path,
        old: bytes | None,
        *,
        wanted: str,
        ours: str,
        ours_inside: str,
    ) -> Change:
        new, earlier = json.loads(wanted or "[]"), json.loads(ours or "[]")
        there = keywords(old or b"")
        kept = [word for word in there if word in new or word not in earlier]
        added = [word for word in new if word not in kept]
        left = [word for word in earlier if word in kept] + added
        data = None if kept + added == there else with_keywords(old or b"", kept + added)
        return Change(data, json.dumps(left) if left else "")


def keywords(data: bytes) -> list[str]:
    if data.startswith(_START):
        data = data[6 : 4 + int.from_bytes(data[4:6], "big")]
    elif data.startswith(_START[:2]):
        return []
    return data.decode().splitlines()


def with_keywords(data: bytes, words: list[str]) -> bytes:
    text = "\n".join(words).encode()
    if not data.startswith(_START[:2]):
        return text
    rest = data[2:]
    if data.startswith(_START):
        rest = data[4 + int.from_bytes(data[4:6], "big") :]
    return _START + (len(text) + 2).to_bytes(2, "big") + text + rest
