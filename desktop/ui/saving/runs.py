"""Runs: what writes keywords, what sorts photos into folders, and what takes that back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.core.files import reasons
from desktop.core.folders.placing import COPIES, MOVES, sort_into_folders
from desktop.core.library.labelled import LabelledFile, labelled_files
from desktop.core.library.store import Store
from desktop.core.save.journal import Journal, Save
from desktop.core.save.keyword_files import KeywordFiles
from desktop.core.save.undo import undo_last
from desktop.core.save.write_keywords import FileEvent, write_keywords
from desktop.core.settings import Settings

from ..work import Stop
from .folders_form import Wish
from .keyword_choice import choice_of, names_of
from .run_dialog import Run, Step
from .scope import Scope


def writer_of(settings: Settings) -> KeywordFiles:
    """What writes keywords as the settings say; a new one for each save."""
    return KeywordFiles(
        choice_of(settings),
        in_photos=settings.keywords_in_files,
        naming=settings.sidecar_naming,
        name_of=names_of(settings),
    )


def target_of(photo: LabelledFile, settings: Settings) -> Path:
    """Which file would hold the photo's keywords. Raises AppError."""
    try:
        return writer_of(settings).target(photo)
    except OSError as error:
        raise reasons.reason_for(error) from error


class Runs(QObject):
    """Makes them; what they do is done in another thread."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store

    def write(self, scope: Scope, settings: Settings) -> Run:
        """Write keywords into or beside these photos."""

        def save(stop: Stop) -> Iterator[FileEvent]:
            photos = labelled_files(self._store, scope.file_ids, settings.keyword_min_confidence)
            return write_keywords(self._store, photos, writer_of(settings), cancel=stop)

        return self._run(
            self.tr("Writing keywords…"),
            scope.count,
            save,
            self._written,
            lambda ids: self.write(Scope("", len(ids), ids), settings),
        )

    def sort(self, wish: Wish) -> Run:
        """Copy or move these photos into folders by their labels."""

        def save(stop: Stop) -> Iterator[FileEvent]:
            photos = labelled_files(self._store, wish.scope.file_ids, wish.least)
            return sort_into_folders(
                self._store, photos, wish.into, wish.sorting, moves=wish.moves, cancel=stop
            )

        return self._run(
            self.tr("Moving photos…") if wish.moves else self.tr("Copying photos…"),
            wish.scope.count,
            save,
            self._moved if wish.moves else self._copied,
            lambda ids: self.sort(replace(wish, scope=Scope("", len(ids), ids))),
        )

    def _run(
        self,
        doing: str,
        total: int,
        save: Callable[[Stop], Iterator[FileEvent]],
        said: Callable[[int], str],
        again: Callable[[Sequence[int]], Run],
    ) -> Run:
        made: list[Save] = []
        """By which it is undone; empty until it has come to its end."""

        def steps(stop: Stop) -> Iterator[Step]:
            yield from _steps(save(stop))
            last = Journal(self._store).last()
            made.extend([last] if last else [])

        return Run(
            doing, total, steps, said, again, lambda: self.take_back(made[-1]) if made else None
        )

    def take_back(self, save: Save) -> Run:
        """Undo what was saved last."""

        def steps(stop: Stop) -> Iterator[Step]:
            last = Journal(self._store).last()
            if last is None or last.id != save.id:
                raise reasons.saved_since()
            yield from _steps(undo_last(self._store, cancel=stop))

        def said(count: int) -> str:
            if not count:
                return self.tr("Nothing was undone")
            return self.tr("Undid: {0}").format(self.said_of(replace(save, photos=count)))

        return Run(self.tr("Undoing…"), save.photos, steps, said)

    def said_of(self, save: Save) -> str:
        """A save that can be undone, in words."""
        if save.kind == MOVES:
            return self.tr("%Ln photos moved into folders", "", save.photos)
        if save.kind == COPIES:
            return self.tr("%Ln photos copied into folders", "", save.photos)
        if save.is_automatic:
            return self.tr("keywords kept up to date in %Ln photos", "", save.photos)
        return self.tr("keywords written to %Ln photos", "", save.photos)

    def _written(self, count: int) -> str:
        return self.tr("Keywords written to %Ln photos", "", count)

    def _moved(self, count: int) -> str:
        return self.tr("Moved %Ln photos into folders", "", count)

    def _copied(self, count: int) -> str:
        return self.tr("Copied %Ln photos into folders", "", count)


def _steps(events: Iterable[FileEvent]) -> Iterator[Step]:
    """A photo counts once, also where keywords leave one file of it for another."""
    counted: set[tuple[int, bool]] = set()
    for event in events:
        is_same = event.outcome == "unchanged"
        photo = (event.file_id, is_same)
        count = int(event.error is None and photo not in counted)
        counted |= {photo} if count else set()
        yield Step(event.path, event.file_id, event.error, count, is_same=is_same)
