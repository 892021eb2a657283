"""Session: one window of the real program, driven and photographed as a person would see it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.app import open_core, samples_dir
from desktop.core.library.rows import FileRow
from desktop.core.settings import DEFAULT_THUMBNAIL_PX, Settings
from desktop.ui.main import close_parts, make_parts
from desktop.ui.shell import Shell
from desktop.ui.window import Window
from tools.shown import shown_modules

SIZES = "1280x800", "900x600", "1920x1080"
PATIENCE_S = 60
ROUNDS, STEADY, STEADY_TRIES = 8, 2, 30
"""A bar that moves is never steady."""


class Session:
    """A window from its first start on; it waits for conditions, never for a time."""

    def __init__(
        self,
        application: QApplication,
        outdir: Path,
        only: str,
        look: str,
        *,
        sizes: Sequence[str],
        folder: Path,
        settings: Settings,
    ) -> None:
        self.application = application
        self.outdir, self.only, self.look, self.folder = outdir, only, look, folder
        self.sizes = sizes
        self.samples = samples_dir()
        self.core = open_core(folder, settings)
        self.parts = make_parts(self.core, self.samples)
        self.window = Window(folder, has_samples=self.samples is not None, is_new=True)
        self.shell = self.window.fill(self.parts, Shell)
        self.window.show()

    def close(self) -> None:
        """Leave nothing behind but the pictures."""
        self.window.close()
        close_parts(self.parts)
        self.core.library.close()
        self.window.deleteLater()

    # Waiting as a person does: for what is to be seen

    def until(self, reached: Callable[[], bool]) -> None:
        """Let the program go on until then; TimeoutError, and a picture, when it does not come."""
        deadline = time.monotonic() + PATIENCE_S
        while not reached():
            if time.monotonic() > deadline:
                self._save(QApplication.activeWindow() or self.window, f"DEBUG-{self.look}")
                raise TimeoutError(f"{self.look}: the window did not get there")
            self.application.processEvents()
            time.sleep(0.01)

    def rest(self) -> None:
        """Let what moves come to its end."""
        settled = time.monotonic() + 0.3
        self.until(lambda: time.monotonic() > settled)

    def idle(self) -> bool:
        """Whether no job is at work."""
        return self.window.feed.job_id is None and self.window.progress.is_at_rest

    def ended(self, state: str) -> list[object]:
        """The photos that came to this end."""
        return [row for row in self._rows() if row.state == state]

    # Doing what a person does

    def label(self, folder: Path, count: int) -> None:
        """Have a folder with so many photos labelled, and wait for its end."""
        self.window.add([folder])

        def is_done() -> bool:
            files = self.parts.library.files()
            rows = [row for row in files if row.path.is_relative_to(folder)]
            return sum(row.state.is_final for row in rows) >= count and self.idle()

        self.until(is_done)
        self.window.messages.clear()

    def select(self, word: str) -> None:
        """Choose the first photo with this in its name."""
        model = self.window.model
        place = next(p for p, row in enumerate(self._rows()) if word in row.path.name)
        self.window.grid.setCurrentIndex(model.index(place))
        path = model.row(place).path
        self.until(lambda: self.parts.previews.get(path) is not None)

    def select_all(self, places: list[int]) -> None:
        """Choose the photos at these places of the list."""
        grid, model = self.window.grid, self.window.model
        grid.clearSelection()
        for place in places:
            select = QItemSelectionModel.SelectionFlag.Select
            grid.selectionModel().select(model.index(place), select)

    # Pictures

    def take(self, name: str, begin: Callable[[], object] = lambda: None) -> None:
        """Of the window, in every size; `begin` opens what does not follow a window's size."""
        for size in self.sizes if self.only in name else ():
            width, height = map(int, size.split("x"))
            self._resize(width, height)
            begin()
            self._take_at(name, width, height)

    def _resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.until(lambda: self.window.size().width() == width)

    def _take_at(self, name: str, width: int, height: int) -> None:
        window = self.window
        if window.adding.drop_target.isVisible():
            window.adding.drop_target.cover()
        self.until(self._is_sharp if window.gallery.viewer.isVisible() else self._has_pictures)
        self.rest()
        self._save(window, f"{name}-{self.look}-{width}x{height}")

    def take_dialog(self, name: str, dialog: QWidget) -> None:
        """Of another window, as large as it is."""
        if self.only in name:
            self.rest()
            self._save(dialog, f"{name}-{self.look}")

    def take_menu(self, name: str, menu: QMenu, button: QWidget | None = None) -> None:
        """Of a menu, opened below its button."""
        if self.only in name:
            at = button.rect().bottomLeft() if button else QPoint(400, 300)
            menu.popup((button or self.window).mapToGlobal(at))
            self.take_dialog(name, menu)
            menu.close()

    def _rows(self) -> list[FileRow]:
        """The photos that are shown."""
        return [self.window.model.row(place) for place in range(self.window.model.rowCount())]

    def _has_pictures(self) -> bool:
        grid, model = self.window.grid, self.window.model
        rows = grid.visible_rows() if grid.isVisible() else ()
        return all(self.parts.thumbnails.get(model.row(row).path) is not None for row in rows)

    def _is_sharp(self) -> bool:
        """Whether a picture larger than the grid's has come into the viewer."""
        picture = self.window.gallery.viewer.canvas.picture()
        edge_px = DEFAULT_THUMBNAIL_PX * 2
        return picture is not None and max(picture.width(), picture.height()) > edge_px

    def _steady(self, widget: QWidget) -> QPixmap:
        """What is painted in parts is whole once it does not change any more."""
        now, same = widget.grab(), 0
        for _ in range(STEADY_TRIES):
            for _ in range(ROUNDS):
                self.application.processEvents()
                time.sleep(0.01)
            before, now = now, widget.grab()
            same = same + 1 if before.toImage() == now.toImage() else 0
            if same == STEADY:
                break
        return now

    def _save(self, widget: QWidget, name: str) -> None:
        path = self.outdir / f"{name}.png"
        picture = self._steady(widget)
        for popup in self.application.topLevelWidgets():  # a grab of the window has no lists
            if popup.isVisible() and popup.windowType() == Qt.WindowType.Popup:
                painter = QPainter(picture)
                painter.drawPixmap(widget.mapFromGlobal(popup.pos()), popup.grab())
                painter.end()
        image = picture.toImage()
        image.setText("shows", " ".join(shown_modules(widget)))
        image.save(str(path))
        print(path)
