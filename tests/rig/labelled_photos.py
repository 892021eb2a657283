"""A library with photos that are on the disk and have labels, without a recogniser's work."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.backend import Answer
from desktop.core.library.edits import Edits
from desktop.core.library.labelled import LabelledFile, labelled_files
from desktop.core.library.library import Library
from desktop.core.library.moves import moved_along
from desktop.core.photo.identity import picture_digest
from desktop.core.records import LabelRecord
from desktop.core.save.undo import undo_last
from desktop.core.save.write_keywords import FileEvent, Files, write_keywords
from desktop.recognisers import RECOGNISERS


@dataclass
class LabelledPhotos:
    """Photos of `folder`, in the library of `data_dir`; closed by whoever makes it."""

    data_dir: Path
    folder: Path
    cancel: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.library = Library(self.data_dir / "library.db", RECOGNISERS)
        self.job_id = self.library.add_job([self.folder], "local", again=False).id

    def label(self, path: Path, **labels: float) -> int:
        """Say that a photo has these labels; its id."""
        return self.label_all([path], **labels)[0]

    def label_all(self, paths: list[Path], **labels: float) -> list[int]:
        """Say it of several; their ids."""
        self.library.add_items(self.job_id, paths)
        items = {item.path: item for item in self.library.job_items(self.job_id)}
        for path in paths:
            info = path.stat()
            with path.open("rb") as file:
                image = self.library.images.identify(
                    items[path].file_id,
                    path,
                    picture_digest(file),
                    info.st_size,
                    info.st_mtime_ns,
                )
            records = tuple(LabelRecord(image.image_name, *each) for each in labels.items())
            self.library.record_answer(
                self.job_id, [items[path].id], image.id, "local", Answer(records)
            )
        return [items[path].file_id for path in paths]

    def photos(self, least: float = 55) -> Iterator[LabelledFile]:
        return labelled_files(self.library.store, None, least)

    def save(
        self,
        files: Files,
        least: float = 55,
        *,
        automatic: bool = False,
        dry_run: bool = False,
    ) -> list[FileEvent]:
        """Write all keywords from this confidence on."""
        return list(
            write_keywords(
                self.library.store,
                self.photos(least),
                files,
                cancel=self.cancel,
                automatic=automatic,
                dry_run=dry_run,
            )
        )

    def locate(self, after: Path) -> Path:
        """Rename the folder, and say where it is now."""
        self.folder.rename(after)
        moved = list(moved_along(self.library.store, self.folder, after, os.path.isfile))
        Edits(self.library.store).move_folder("locate", self.folder, after, moved)
        return after

    def undo(self) -> list[FileEvent]:
        return list(undo_last(self.library.store, cancel=self.cancel))
