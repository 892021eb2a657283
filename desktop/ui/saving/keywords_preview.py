"""KeywordsPreview: what will be written for a few photos, and into which file."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHeaderView, QTreeWidgetItem

from desktop.core.errors import AppError
from desktop.core.library.labelled import LabelledFile, labelled_files
from desktop.core.library.store import Store
from desktop.core.save.keywords import Keyword, choose_keywords
from desktop.core.settings import Settings

from ..look.read_tree import ReadTree
from ..words.core_texts import say
from ..work import Stop, Work
from .keyword_choice import choice_of, names_of
from .scope import Scope

SHOWN = 4
LOOKED_AT = 200
"""Among so many photos those are chosen that differ in what kind of file they are."""
WAIT_MS = 150
"""Typing rests so long before the preview follows."""
LINES = 7

TargetOf = Callable[[LabelledFile, Settings], Path]


@dataclass(frozen=True, slots=True)
class Sample:
    """A photo with what it will get; `target` is the file, or why there is none."""

    photo: Path
    keywords: tuple[Keyword, ...]
    target: Path | AppError


class KeywordsPreview(ReadTree):
    """Reads in a thread; `target_of` says which file holds a photo's keywords. Raises AppError."""

    between = " | "

    def __init__(self, store: Store, work: Work, target_of: TargetOf) -> None:
        super().__init__(work, wait_ms=WAIT_MS, lines=LINES)
        self._store, self._target_of = store, target_of
        self._scope = Scope("", 0, ())
        self._settings = Settings()
        self.setAccessibleName(self.tr("Preview"))
        self.setHeaderLabels([self.tr("Preview: keyword"), self.tr("In the tree of keywords")])
        self.setAllColumnsShowFocus(True)
        self.setIndentation(16)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def show_scope(self, scope: Scope, settings: Settings) -> None:
        """Show some of these photos, at once."""
        self._scope, self._settings = scope, settings
        self.read()

    def show_settings(self, settings: Settings) -> None:
        """Show the same photos with other settings, a moment later."""
        self._settings = settings
        self.read_soon()

    def read(self) -> None:
        """Look at some of them."""
        scope, settings = self._scope, self._settings
        self.show_read(lambda stop: self._samples(scope, settings, stop), self._show)

    def _samples(self, scope: Scope, settings: Settings, stop: Stop) -> list[Sample]:
        """In a thread."""
        choice, name_of = choice_of(settings), names_of(settings)
        some = None if scope.file_ids is None else scope.file_ids[:LOOKED_AT]
        photos = labelled_files(self._store, some, choice.min_confidence)
        found: dict[Path, Sample] = {}
        for photo in _different(itertools.islice(photos, LOOKED_AT)):
            if stop.is_set() or len(found) == SHOWN:
                break
            try:
                target: Path | AppError = self._target_of(photo, settings)
            except AppError as error:
                target = error
            keywords = choose_keywords(photo.labels, choice, name_of)
            found[photo.path] = Sample(photo.path, keywords, target)
        return list(found.values())

    def _show(self, samples: Sequence[Sample]) -> None:
        self.clear()
        for sample in samples:
            top = QTreeWidgetItem(list(self._heading(sample)))
            top.setToolTip(0, str(sample.photo))
            top.setToolTip(1, top.text(1))
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.addTopLevelItem(top)
            for keyword in sample.keywords:
                child = QTreeWidgetItem([keyword.name, " › ".join(keyword.path)])
                child.setToolTip(1, child.text(1))
                top.addChild(child)
            if not sample.keywords:
                top.addChild(QTreeWidgetItem([self.tr("No keywords")]))
        self.expandAll()

    def _heading(self, sample: Sample) -> tuple[str, str]:
        if isinstance(sample.target, AppError):
            return sample.photo.name, say(sample.target.title_text)
        if sample.target == sample.photo:
            return sample.photo.name, self.tr("into the photo itself")
        return sample.photo.name, self.tr("into {0}").format(sample.target.name)


def _different(photos: Iterator[LabelledFile]) -> Iterator[LabelledFile]:
    """Those with labels first of all, and of each kind of file one before a second one."""
    ranked: list[tuple[bool, int, LabelledFile]] = []
    seen: dict[str, int] = {}
    for photo in photos:
        kind = photo.path.suffix.lower()
        seen[kind] = seen.get(kind, -1) + bool(photo.labels)
        ranked.append((not photo.labels, seen[kind], photo))
    ranked.sort(key=lambda each: each[:2])
    return (photo for *_, photo in ranked)
