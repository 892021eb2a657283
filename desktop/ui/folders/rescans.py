"""Rescans: looks through a folder again, says what it found in one line, and labels what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.core.errors import AppError
from desktop.core.library.store import Store
from desktop.core.watch.rescan import Comparison, News

from ..look.direction import isolated
from ..notices.acts import Act
from ..notices.messages import MessageLine
from ..notices.note_line import NoteLine
from ..work import Stop, Work


class Rescans(QObject):
    """One folder after another, in a lane of their own."""

    def __init__(
        self,
        store: Store,
        work: Work,
        note: NoteLine,
        messages: MessageLine,
        *,
        label: Callable[[Sequence[Path]], object],
        remove: Callable[[Sequence[int]], object],
        on_error: Callable[[AppError, Callable[[], object]], object],
        parent: QObject,
    ) -> None:
        """`on_error` gets what would do it again, too."""
        super().__init__(parent)
        self._store, self._note, self._messages = store, note, messages
        self._label, self._remove, self._on_error = label, remove, on_error
        self._lane = work.lane("rescan")

    def begin(self, folder: Path) -> None:
        """Look through this folder and all below it."""

        def compare(stop: Stop) -> News:
            return Comparison(self._store).of_folder(folder, cancel=stop)

        text = self.tr("Looking for new photos in {0}…").format(shown(folder))
        failed = partial(self._failed, folder)
        task = self._lane.run(compare, partial(self._tell, folder), failed)
        self._note.show_note(text, Act(self.tr("Cancel"), task.drop))

    def _failed(self, folder: Path, error: AppError) -> None:
        self._note.clear()
        self._on_error(error, partial(self.begin, folder))

    def _tell(self, folder: Path, news: News) -> None:
        found = [
            self.tr("%Ln new", "", len(news.new)) if news.new else "",
            self.tr("%Ln changed", "", len(news.changed)) if news.changed else "",
            self.tr("%Ln no longer there", "", len(news.gone)) if news.gone else "",
        ]
        text = ", ".join(filter(None, found)) or self.tr("nothing has changed")
        said = f"{shown(folder)}: {text}"
        if news.gone:  # in one place: a message, which stays until it is answered
            self._note.clear()
            self._offer_removal(said, news.gone)
        else:
            self._note.show_note(said)
        if news.to_label:
            self._label(news.to_label)
        if news.trouble is not None:
            self._on_error(news.trouble, partial(self.begin, folder))

    def _offer_removal(self, said: str, gone: Sequence[int]) -> None:
        self._messages.show_message(
            said,
            self.tr(
                "Photos that are no longer there were moved, renamed or deleted. Their labels stay"
                " until you remove the photos from Tagdrop."
            ),
            Act(self.tr("Remove from Tagdrop"), partial(self._remove, list(gone))),
        )


def shown(folder: Path) -> str:
    """A folder's name, as a person is told it."""
    return isolated(folder.name or str(folder))
