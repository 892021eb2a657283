"""KeywordRuns: what writes keywords, and what takes that back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.core.library.labelled import LabelledFile, labelled_files
from desktop.core.library.store import Store
from desktop.core.save import reasons
from desktop.core.save.journal import Journal, Save
from desktop.core.save.keyword_files import KeywordFiles
from desktop.core.save.undo import undo_last
from desktop.core.save.write_keywords import FileEvent, write_keywords
from desktop.core.settings import Settings

from ..work import Stop
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


class KeywordRuns(QObject):
    """Makes runs; `show_undone` is called in the GUI thread."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store

    def write(self, scope: Scope, settings: Settings) -> Run:
        """Write into or beside these photos."""
        made: list[int] = []

        def steps(stop: Stop) -> Iterator[Step]:
            least = settings.keyword_min_confidence
            photos = labelled_files(self._store, scope.file_ids, least)
            yield from _steps(write_keywords(self._store, photos, writer_of(settings), cancel=stop))
            made.extend(save.id for save in [Journal(self._store).last()] if save)

        return Run(
            doing=self.tr("Writing keywords…"),
            total=scope.count,
            steps=steps,
            said=self._written,
            again=lambda ids: self.write(Scope("", len(ids), ids), settings),
            undo=lambda count: self._take_back(made[-1] if made else 0, count),
        )

    def take_back(self, save: Save) -> Run:
        """Undo what was saved last."""
        return self._take_back(save.id, save.photos)

    def _take_back(self, save_id: int, count: int) -> Run:
        def steps(stop: Stop) -> Iterator[Step]:
            last = Journal(self._store).last()
            if last is None or last.id != save_id:
                raise reasons.saved_since()
            yield from _steps(undo_last(self._store, cancel=stop))

        return Run(doing=self.tr("Undoing…"), total=count, steps=steps, said=self._taken_back)

    def said_of(self, save: Save) -> str:
        """A save that can be undone, in words."""
        if save.is_automatic:
            return self.tr("keywords kept up to date in %Ln photos", "", save.photos)
        return self.tr("keywords written to %Ln photos", "", save.photos)

    def _written(self, count: int) -> str:
        return self.tr("Keywords written to %Ln photos", "", count)

    def _taken_back(self, count: int) -> str:
        return self.tr("Undid: keywords taken out of %Ln photos", "", count)


def _steps(events: Iterable[FileEvent]) -> Iterator[Step]:
    for event in events:
        is_same = event.outcome == "unchanged"
        yield Step(event.path, event.file_id, event.error, is_same=is_same)
