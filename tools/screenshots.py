"""Take pictures of the window in every state, from the real program: for looking at.

    python -m tools.screenshots OUTDIR [--only WORD]

Labels the sample photos on this computer, in a data folder of its own that is deleted afterwards.
Without a screen it starts an Xvfb for itself.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.app import Core, samples_dir
from desktop.core.library import Library
from desktop.core.settings import Settings
from desktop.ui.main import close_parts, make_parts
from desktop.ui.window import Window
from tests.photos import make_bad, make_photos

SIZES = ((1280, 800), (900, 600))
PATIENCE_S = 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--only", default="", help="take only pictures whose name holds this")
    arguments = parser.parse_args()
    arguments.outdir.mkdir(parents=True, exist_ok=True)
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        display, served = _start_screen()
        os.environ.update(DISPLAY=served, QT_QPA_PLATFORM="xcb")
        try:
            _take_all(arguments.outdir, arguments.only)
        finally:
            display.terminate()
            display.wait()
    else:
        _take_all(arguments.outdir, arguments.only)


def _start_screen() -> tuple[subprocess.Popen[bytes], str]:
    """An Xvfb of our own, on the first number that is free."""
    readable, writable = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writable), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writable],
        stderr=subprocess.DEVNULL,
    )
    os.close(writable)
    with os.fdopen(readable) as told:
        number = told.readline().strip()
    return screen, f":{number}"


def _take_all(outdir: Path, only: str) -> None:

    application = QApplication(["tagdrop"])
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        application.styleHints().setColorScheme(scheme)
        if application.styleHints().colorScheme() != scheme:  # a bare X server has no schemes
            application.setPalette(_dark_palette() if scheme == Qt.ColorScheme.Dark else QPalette())
        with tempfile.TemporaryDirectory(prefix="tagdrop-pictures-") as folder:
            _Session(application, outdir, only, scheme.name.lower(), Path(folder)).run()


def _dark_palette() -> QPalette:
    """What Qt's Fusion style looks like on a dark desktop."""
    palette = QPalette(QColor(50, 50, 50))
    role = QPalette.ColorRole
    colours = {
        role.Base: 0x2A2A2A,
        role.AlternateBase: 0x313131,
        role.Window: 0x323232,
        role.Text: 0xEEEEEE,
        role.WindowText: 0xEEEEEE,
        role.ButtonText: 0xEEEEEE,
        role.ToolTipText: 0xEEEEEE,
        role.Accent: 0x308CC6,
        role.Highlight: 0x308CC6,
    }
    for which, colour in colours.items():
        palette.setColor(which, QColor.fromRgb(colour))
    return palette


class _Session:
    """One window and its pictures, from the first start on."""

    def __init__(
        self, application: QApplication, outdir: Path, only: str, scheme: str, folder: Path
    ) -> None:

        self.application = application
        self.outdir, self.only, self.scheme, self.folder = outdir, only, scheme, folder
        self.samples = samples_dir()
        self.core = Core(folder, Settings(), Library(folder / "library.db"))
        self.parts = make_parts(
            library=self.core.library,
            settings=self.core.settings,
            save_settings=self.core.save_settings,
            make_queue=self.core.make_queue,
            data_dir=folder,
            samples=self.samples,
        )
        self.window = Window(self.parts)
        self.window.show()

    def run(self) -> None:

        try:
            self._tour()
        finally:
            self.window.close()
            close_parts(self.parts)
            self.core.library.close()

    def _tour(self) -> None:

        window = self.window
        self.take("1-empty")
        window.drop_target.cover()
        self.take("2-drag-over")
        window.drop_target.hide()
        window.empty.samples_asked.emit()
        self.until(lambda: len(self.ended("done")) >= 5)
        self.take("3-labelling")
        self.until(self.idle)
        self.take("4-labelled")
        self.select("friends")
        self.point_at_boxes()
        self.take("5-panel")
        make_bad(self.folder / "bad")
        window.add([self.folder / "bad"])
        self.until(lambda: len(self.ended("failed")) == 5 and self.idle())
        self.select("truncated")
        self.take("6-failed")
        make_photos(self.folder / "more", 30)
        window.add([self.folder / "more"])
        self.until(lambda: len(self.ended("done")) >= 16)
        self.parts.queue.cancel(window.feed.job_id)
        self.until(self.idle)
        self.select("china")
        window.grid.verticalScrollBar().setValue(10_000)
        self.take("7-cancelled")
        window.choose_backend("aws")
        window.grid.verticalScrollBar().setValue(0)
        window.top_bar.slider.setValue(80)
        self.take("8-message")

    # Waiting as a person does: for what is to be seen

    def until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not reached():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.scheme}: the window did not get there")
            self.application.processEvents()
            time.sleep(0.01)

    def idle(self) -> bool:
        return self.window.feed.job_id is None and self.window.progress.is_at_rest

    def ended(self, state: str) -> list[object]:
        return [row for row in self.window.model.rows() if row.state == state]

    def select(self, word: str) -> None:
        model = self.window.model
        place = next(p for p, row in enumerate(model.rows()) if word in row.path.name)
        self.window.grid.setCurrentIndex(model.index(place))
        path = model.row(place).path
        self.until(lambda: self.parts.previews.get(path) is not None)

    def point_at_boxes(self) -> None:
        labels = self.window.panel.list
        with_boxes = [p for p, r in enumerate(labels.labels.records) if r.instances]
        if with_boxes:
            labels.setCurrentIndex(labels.labels.index(with_boxes[0]))

    def has_pictures(self) -> bool:
        grid, model = self.window.grid, self.window.model
        rows = grid.visible_rows() if grid.isVisible() else ()
        return all(self.parts.thumbnails.get(model.row(row).path) is not None for row in rows)

    def take(self, name: str) -> None:
        for width, height in SIZES if self.only in name else ():
            self._take(name, width, height)

    def _take(self, name: str, width: int, height: int) -> None:
        self.window.resize(width, height)
        window = self.window
        self.until(lambda: window.size().width() == width)
        if window.drop_target.isVisible():
            window.drop_target.cover()
        settled = time.monotonic() + 0.3
        self.until(lambda: time.monotonic() > settled and self.has_pictures())
        path = self.outdir / f"{name}-{self.scheme}-{width}x{height}.png"
        window.grab().save(str(path))
        print(path)


if __name__ == "__main__":
    main()
