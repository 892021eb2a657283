"""Take pictures of the window in every state, from the real program: for looking at.

    python -m tools.screenshots OUTDIR [--only WORD] [--look NAME]

Labels the sample photos on this computer, in a data folder of its own that is deleted afterwards.
Without a screen it starts an Xvfb for itself. Each look is a program of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import open_core, samples_dir
from desktop.backends.local import model_version
from desktop.core.library.catalog import Query
from desktop.core.settings import (
    DEFAULT_THUMBNAIL_PX,
    Appearance,
    Language,
    Settings,
    change_settings,
)
from desktop.recognisers import AWS, LOCAL
from desktop.ui.dialogs.crash_dialog import CrashDialog
from desktop.ui.look.appearance import apply_appearance
from desktop.ui.main import close_parts, make_parts
from desktop.ui.shell import Shell
from desktop.ui.window import Window
from desktop.ui.words.languages import speak
from tests.rig.photos import make_bad, make_photos
from tools.amazon_pages import Tour, amazon
from tools.mirrored import speak_mirrored
from tools.screen import own_screen
from tools.shown import shown_modules


@dataclass(frozen=True)
class Look:
    """How the window looks; `language` None is one from right to left, in letters only."""

    appearance: Appearance = "light"
    language: Language | None = "en"
    scale: str = "1"


LOOKS = {
    "light": Look(),
    "dark": Look("dark"),
    "german": Look(language="de"),
    "mirrored": Look(language=None),
    "twice": Look(scale="2"),
}
SETTINGS_PAGES = ("labelling", "privacy", "photos", "rules", "appearance", "about")
SIZES = ((1280, 800), (900, 600), (1920, 1080))
SMALL_PX = 520
PATIENCE_S = 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--only", default="", help="take only pictures whose name holds this")
    parser.add_argument("--look", choices=LOOKS, help="take only this look")
    arguments = parser.parse_args()
    arguments.outdir.mkdir(parents=True, exist_ok=True)
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        with own_screen("3900x2300") as display:
            os.environ.update(DISPLAY=display, QT_QPA_PLATFORM="xcb")
            subprocess.run([sys.executable, "-m", "tools.screenshots", *sys.argv[1:]], check=True)
    elif "AWS_ENDPOINT_URL" not in os.environ:
        with amazon() as env:
            os.environ.update(env)
            subprocess.run([sys.executable, "-m", "tools.screenshots", *sys.argv[1:]], check=True)
    elif arguments.look:
        _take(arguments.outdir, arguments.only, arguments.look)
    else:
        for name, look in LOOKS.items():
            subprocess.run(
                [sys.executable, "-m", "tools.screenshots", *sys.argv[1:], "--look", name],
                check=True,
                env={**os.environ, "QT_SCALE_FACTOR": look.scale},
            )


def _take(outdir: Path, only: str, name: str) -> None:
    look = LOOKS[name]
    application = QApplication(["tagdrop"])
    apply_appearance(look.appearance)
    speak(application, look.language or "en")
    if look.language is None:
        speak_mirrored(application)
    settings = Settings(appearance=look.appearance, language=look.language or "en")
    with tempfile.TemporaryDirectory(prefix="tagdrop-pictures-") as folder:
        change_settings(Path(folder), lambda _: settings)  # else a set-up's would be the usual ones
        _Session(application, outdir, only, name, folder=Path(folder), settings=settings).run()


class _Session:
    """One window and its pictures, from the first start on."""

    def __init__(
        self,
        application: QApplication,
        outdir: Path,
        only: str,
        look: str,
        *,
        folder: Path,
        settings: Settings,
    ) -> None:
        self.application = application
        self.outdir, self.only, self.look, self.folder = outdir, only, look, folder
        self.samples = samples_dir()
        self.core = open_core(folder, settings)
        self.parts = make_parts(self.core, self.samples)
        self.window = Window(folder, has_samples=self.samples is not None, is_new=True)
        self.shell = self.window.fill(self.parts, Shell)
        self.window.show()

    def run(self) -> None:
        try:
            self._tour()
        finally:
            self.window.close()
            close_parts(self.parts)
            self.core.library.close()

    def _tour(self) -> None:
        if self.only.startswith("amazon"):
            Tour(self).run()
            return
        if self.only.startswith("save"):
            self._show_saving()
            return
        self._first_start()
        self._label_samples()
        self._find_older()
        self._fail_and_cancel()
        self._show_dialogs()
        self._show_saving()
        Tour(self).run()

    def _first_start(self) -> None:
        window = self.window
        self.take("1-empty")
        window.adding.drop_target.cover()
        self.take("2-drag-over")
        window.adding.drop_target.hide()

    def _label_samples(self) -> None:
        window = self.window
        window.empty.samples_asked.emit()
        self.until(lambda: len(self.ended("done")) >= 5)
        self.take("3-labelling")
        self.until(self.idle)
        self.take("4-labelled")
        self.select("friends")
        self.point_at_boxes()
        self.take("5-panel")
        self._correct()
        window.gallery.open()
        window.editing.all_boxes.trigger()
        self.take("5-viewer")
        window.editing.all_boxes.trigger()
        window.gallery.close_viewer()
        self._read_text()
        window.grid.selectAll()
        self.until(lambda: window.panel.list.model().rowCount() > 5)
        self.take("5-several")
        window.grid.clearSelection()
        self._filter()
        window.top_bar.search.setText("dog -mammal")
        self.until(window.gallery.nothing.isVisible)
        self.take("5-nothing")
        window.gallery.browse.show_all()
        self.until(window.grid.isVisible)
        if self.samples is not None:
            self.shell.sheet.ask([self.samples], AWS.name, again=True)
        self.until(self.shell.sheet.isVisible)
        self.take("5-sheet")
        self.shell.sheet.cancel_button.click()

    def _find_older(self) -> None:
        """As if another model than this program's had labelled the photos."""
        shell = self.shell
        self._name_models("older")
        shell.older.look()
        self.until(lambda: bool(shell.offer.text))
        self.take("5-older")
        self.take_dialog("5-older-settings", shell.show_settings("labelling"))
        shell.show_settings().close()
        self._name_models(model_version())
        shell.older.look()
        self.until(lambda: not shell.offer.text)

    def _name_models(self, version: str) -> None:
        with self.core.library.store.write() as db:
            db.execute("UPDATE answers SET model_version = ?", (version,))

    def _correct(self) -> None:
        """Remove a label, and take that back."""
        window = self.window
        labels = window.panel.list
        names = [record.label for record in labels.labels.records]
        labels.setCurrentIndex(labels.labels.index(names.index("Cocker Spaniel")))
        window.panel.remove()
        self.until(lambda: bool(window.editing.note.text))
        self.take("5-corrected")
        window.editing.undo.trigger()
        self.until(window.editing.redo.isEnabled)
        window.editing.note.clear()
        self.point_at_boxes()

    def _filter(self) -> None:
        """By labels and words, with a saved search and a folder that cannot be found."""
        window, browse = self.window, self.window.gallery.browse
        browse.show_only(Query(labels=("Nature",), without=("Person",)), "-sunset")
        self.until(lambda: bool(window.finding.filters.texts))
        window.finding.filters.save.click()
        self.until(lambda: bool(window.editing.note.text))
        sidebar = window.sidebar
        sidebar.show_missing([path for path, _ in browse.counts.folders])
        for key in ("Animal", "Nature"):
            sidebar.setExpanded(sidebar.entries.index_of("label", key), True)
        sidebar.setExpanded(sidebar.entries.index_of("heading", "jobs"), True)
        self.take("5-filtered")
        sidebar.show_missing([])
        window.editing.note.clear()
        browse.show_all()

    def _read_text(self) -> None:
        """As if Amazon had also read the text in a photo and flagged it."""
        lines = [(text, 99.0, 0.1, 0.1, 0.5, 0.1) for text in ("APOLLO 11", "Launch Complex 39A")]
        with self.core.library.store.write() as db:
            (image_id,) = db.execute(
                "SELECT image_id FROM files WHERE name LIKE 'rocket%'"
            ).fetchone()
            db.execute(
                "INSERT INTO texts VALUES (?, ?, ' apollo ', ?)",
                (image_id, LOCAL.name, json.dumps(lines)),
            )
            for flag in (("Violence", 71.0, "[]"), ("Weapons", 71.0, '["Violence"]')):
                db.execute(
                    "INSERT INTO flags VALUES (?, ?, ?, ?, ?)", (image_id, LOCAL.name, *flag)
                )
        self.select("rocket")
        self.until(self.window.panel.notes.isVisible)
        self.take("5-text")

    def _fail_and_cancel(self) -> None:
        window = self.window
        make_bad(self.folder / "bad")
        window.add([self.folder / "bad"])
        self.until(lambda: len(self.ended("failed")) == 5 and self.idle())
        self.select("truncated")
        self.take("6-failed")
        make_photos(self.folder / "more", 30)
        window.add([self.folder / "more"])
        self.until(lambda: len(self.ended("done")) >= 16)
        assert window.feed.job_id is not None
        self.parts.queue.cancel(window.feed.job_id)
        self.until(self.idle)
        self.select("china")
        window.grid.verticalScrollBar().setValue(10_000)
        self.take("7-cancelled")
        window.adding.paste()
        window.grid.verticalScrollBar().setValue(0)
        window.top_bar.slider.setValue(80)
        self.take("8-message")
        window.messages.clear()

    def _show_saving(self) -> None:
        """Of copies: the samples are not to be written to."""
        copies = self.folder / "photos"
        copies.mkdir()
        for sample in sorted((self.samples or self.folder).glob("*.*g"))[:6]:
            shutil.copy(sample, copies)
        self.window.add([copies])
        self.until(lambda: len(self.copies(copies)) == 6 and self.idle())
        grid, model = self.window.grid, self.window.model
        grid.clearSelection()
        for place in self.copies(copies):
            select = QItemSelectionModel.SelectionFlag.Select
            grid.selectionModel().select(model.index(place), select)
        saving, menu = self.shell.saving, self.shell.saving.menu
        self.take("save-window")
        menu.menu.popup(menu.button.mapToGlobal(menu.button.rect().bottomLeft()))
        self.take_dialog("save-menu", menu.menu)
        menu.menu.close()
        for name in ("keywords", "table", "folders"):
            getattr(saving, name).trigger()
            dialog = menu.asking
            assert dialog is not None
            self.rest()
            self.take_dialog(f"save-{name}", dialog)
            dialog.resize(SMALL_PX, 600)
            self.take_dialog(f"save-{name}-small", dialog)
            dialog.reject()
        self._write_keywords(copies)

    def copies(self, folder: Path) -> list[int]:
        """The places of the labelled photos of a folder."""
        rows = enumerate(self.window.model.rows())
        return [p for p, row in rows if row.path.parent == folder and row.state.is_final]

    def _write_keywords(self, copies: Path) -> None:
        """One of them is gone meanwhile."""
        saving, menu = self.shell.saving, self.shell.saving.menu
        next(copies.iterdir()).unlink()
        saving.keywords.trigger()
        assert menu.asking is not None
        menu.asking.act_button.click()
        (run,) = menu.runs
        self.take_dialog("save-running", run)
        self.until(lambda: not run.is_running)
        self.take_dialog("save-written", run)
        self.until(saving.undo.isEnabled)
        menu.menu.popup(menu.button.mapToGlobal(menu.button.rect().bottomLeft()))
        self.take_dialog("save-menu-undo", menu.menu)
        menu.menu.close()
        run.undo_button.click()
        self.until(lambda: not run.is_running)
        self.take_dialog("save-undone", run)
        run.reject()

    def _show_dialogs(self) -> None:
        shell = self.shell
        for page in SETTINGS_PAGES:
            self.take_dialog(f"9-settings-{page}", shell.show_settings(page))
        shell.show_settings().close()
        diagnostics = shell.show_diagnostics()
        self.until(diagnostics.save_button.isEnabled)
        self.take_dialog("9-diagnostics", diagnostics)
        self.take_dialog("9-keys", shell.show_shortcuts())
        trace = "Traceback (most recent call last):\n  …\nZeroDivisionError: division by zero"
        crash = CrashDialog(f"Tagdrop\n{trace}", self.window)
        crash.show()
        self.take_dialog("9-crash", crash)
        crash.close()

    # Waiting as a person does: for what is to be seen

    def until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not reached():
            if time.monotonic() > deadline:
                self._save(QApplication.activeWindow() or self.window, "DEBUG")
                raise TimeoutError(f"{self.look}: the window did not get there")
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

    def is_sharp(self) -> bool:
        """Whether a picture larger than the grid's has come into the viewer."""
        picture = self.window.gallery.viewer.canvas.picture()
        return picture is not None and picture.height() > DEFAULT_THUMBNAIL_PX * 2

    def take(self, name: str) -> None:
        for width, height in SIZES if self.only in name else ():
            self._take_at(name, width, height)

    def _take_at(self, name: str, width: int, height: int) -> None:
        self.window.resize(width, height)
        window = self.window
        self.until(lambda: window.size().width() == width)
        if window.adding.drop_target.isVisible():
            window.adding.drop_target.cover()
        self.rest()
        self.until(self.is_sharp if window.gallery.viewer.isVisible() else self.has_pictures)
        self._save(window, f"{name}-{self.look}-{width}x{height}")

    def take_dialog(self, name: str, dialog: QWidget) -> None:
        if self.only in name:
            self.rest()
            self._save(dialog, f"{name}-{self.look}")

    def rest(self) -> None:
        settled = time.monotonic() + 0.3
        self.until(lambda: time.monotonic() > settled)

    def _save(self, widget: QWidget, name: str) -> None:
        path = self.outdir / f"{name}.png"
        picture = widget.grab().toImage()
        picture.setText("shows", " ".join(shown_modules(widget)))
        picture.save(str(path))
        print(path)


if __name__ == "__main__":
    main()
