"""Adding: every way in which photos come to the window: chosen, dropped, pasted, from a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMainWindow

from desktop.core.errors import AppError

from ..notices.acts import Act
from ..notices.messages import MessageLine
from ..notices.note_line import NoteLine
from ..photos.empty_page import EmptyPage
from ..top_bar import TopBar
from ..work import Work
from .drops import DropTarget, addresses_in, has_files, may_be_blocked, paths_of
from .file_dialogs import choose_folder, choose_photos
from .web_pictures import (
    WebPicture,
    WebPictures,
    folder_for_pictures,
    has_web_pictures,
    web_pictures_in,
)


class Adding(QObject):
    """`add` gets the files and folders; what is no file yet is kept as one first."""

    def __init__(
        self,
        window: QMainWindow,
        top_bar: TopBar,
        empty: EmptyPage,
        messages: MessageLine,
        note: NoteLine,
        *,
        samples: Path | None,
        add: Callable[[Sequence[Path]], None],
        work: Work,
    ) -> None:
        super().__init__(window)
        self._messages, self._note, self._add = messages, note, add
        self._lane = work.lane("dropped files")
        self._coming: list[bytes] = []
        self.drop_target = DropTarget(window)
        self.drop_target.dropped.connect(self._take)
        self.drop_target.pictures_dropped.connect(self._keep)
        self.paste_action = QAction(self.tr("Paste"), window)
        self.paste_action.setShortcut(QKeySequence.StandardKey.Paste)
        self.paste_action.triggered.connect(self.paste)
        top_bar.add_photos.triggered.connect(lambda: choose_photos(window, add))
        top_bar.add_folder.triggered.connect(lambda: choose_folder(window, add))
        empty.add_asked.connect(top_bar.add_photos.trigger)
        empty.folder_asked.connect(top_bar.add_folder.trigger)
        if samples is not None:
            empty.samples_asked.connect(lambda: add([samples]))
        self._web = WebPictures(folder_for_pictures, work, self)
        self._web.kept.connect(self._on_kept)
        self._web.failed.connect(self._on_failed)
        self._web.fetching.connect(self._on_fetching)
        if may_be_blocked():
            messages.show_message(
                self.tr("Dragging photos here may not work"),
                self.tr(
                    "Tagdrop is running as administrator, so Windows blocks dragging from other"
                    " programs. Use Add photos, or restart Tagdrop normally."
                ),
                Act(self.tr("Add photos…"), top_bar.add_photos.trigger),
            )

    def close(self) -> None:
        """Fetch nothing more; what was dropped just now is added all the same."""
        self._web.cancel()
        while self._coming:
            self._on_paths(paths_of(self._coming[0]))

    def paste(self) -> None:
        """Label the files, or the picture, that were copied elsewhere."""
        data = QGuiApplication.clipboard().mimeData()
        if has_files(addresses := addresses_in(data)):
            self._take(addresses)
        elif has_web_pictures(data):
            self._keep(web_pictures_in(data))
        else:
            self._messages.show_message(
                self.tr("There are no photos to paste"),
                self.tr(
                    "Copy photos or folders in your file manager, or a picture from anywhere,"
                    " and paste again."
                ),
            )

    def _take(self, addresses: bytes) -> None:
        """Add these files; away from the GUI thread, as there may be many."""
        self._coming.append(addresses)
        self._lane.run(lambda _: paths_of(addresses), self._on_paths)

    def _on_paths(self, paths: Sequence[Path]) -> None:
        del self._coming[0]
        self._add(paths)

    def _keep(self, pictures: Sequence[WebPicture]) -> None:
        if pictures:
            self._web.take(pictures)
        else:
            self._messages.show_message(self.tr("That does not contain a picture"))

    def _on_fetching(self, website: str) -> None:
        text = self.tr("Fetching a picture from {0}…").format(website)
        self._note.show_note(text, Act(self.tr("Cancel"), self._web.cancel))

    def _on_kept(self, paths: Sequence[Path]) -> None:
        for path in paths:
            text = self.tr("Saved as {0} in {1}").format(path.name, path.parent)
            self._note.show_note(text)
        self._add(paths)

    def _on_failed(self, error: AppError) -> None:
        self._note.clear()
        self._messages.show_error(error)
