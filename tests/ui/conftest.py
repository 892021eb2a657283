"""A real window on a real library and a real queue; only what recognises is in memory."""

from __future__ import annotations

import gc
import logging
import re
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from PySide6.QtCore import (
    QEvent,
    QLocale,
    QMimeData,
    QObject,
    QPointF,
    Qt,
    QtMsgType,
    QTranslator,
    QUrl,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core import recognisers
from desktop.core.backend import Answer, Backend, BackendName
from desktop.core.events import State
from desktop.core.job.job import LATE_AFTER_S
from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.library.rows import FileRow, Outlines
from desktop.core.meaning.meaning import Meaning, network_folders
from desktop.core.meaning.network import MANIFEST
from desktop.core.records import Findings, Instance, LabelRecord
from desktop.core.settings import Settings
from desktop.recognisers import AWS, LOCAL, make_encoder
from desktop.ui.grid.results_model import ResultsModel
from desktop.ui.look.appearance import apply_appearance
from desktop.ui.main import close_parts, make_parts
from desktop.ui.parts import Parts
from desktop.ui.rubbish import Rubbish
from desktop.ui.shell import Shell
from desktop.ui.window import Window
from desktop.ui.words import label_names
from tests.rig.memory_backend import MemoryBackend
from tools import translations

LIMIT_MS = 40_000
LIMIT_OF_ONE_MS = 200
"""For a photo, on a machine that others use."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Lead Qt's messages to the guard of the log: pytest-qt looks at none from here on."""
    ignored = item.config.getini("qt_log_ignore")

    def handle(kind: QtMsgType, _: object, message: str) -> None:
        quiet = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if not quiet and not any(re.search(pattern, message) for pattern in ignored):
            logging.getLogger("Qt").warning(message)

    before = qInstallMessageHandler(handle)
    try:
        return (yield)
    finally:
        qInstallMessageHandler(before)


class Recogniser(MemoryBackend):
    """A backend in memory, this computer's at first; `hold` keeps answers back until `release`."""

    def __init__(self, recogniser: recognisers.Recogniser = LOCAL) -> None:
        super().__init__(recogniser, answer=self._answer_now)
        self._held: str | None = None
        self.model = "test"
        self.finds: dict[str, Sequence[tuple[str, float]]] = {}
        """What is found in a photo whose name holds that word, instead of the usual."""
        self.finds_also: dict[str, Findings] = {}
        """What is found in it besides labels."""

    def hold(self, word: str = "") -> None:
        """Keep back the answers of photos whose name holds the word."""
        self._held = word

    def release(self) -> None:
        self._held = None
        for name in list(self.submits):
            self.table.setdefault(name, self._labels(name))

    def _answer_now(self, name: str, count: int) -> Answer | None:
        return None if self._held is not None and self._held in name else self._labels(name)

    def _labels(self, name: str) -> Answer:
        for word, found in self.finds.items():
            if word in name:
                records = tuple(LabelRecord(name, label, value) for label, value in found)
                return Answer(records=records, model_version=self.model)
        answer = replace(labels(name), model_version=self.model)
        for word, found in self.finds_also.items():
            if word in name:
                answer = replace(answer, texts=found.texts, flags=found.flags)
        return answer


def labels(image_name: str) -> Answer:
    """What the window is shown for every image."""
    box = Instance(0.25, 0.25, 0.5, 0.5, 97.0)
    return Answer(
        records=(
            LabelRecord(image_name, "Dog", 98.7, ("Mammal", "Animal"), instances=(box,)),
            LabelRecord(image_name, "Grass", 77.0),
            LabelRecord(image_name, "Park", 42.0),
        ),
        model_version="test",
    )


class Links(QObject):
    """Takes the place of the system's browser for a link."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def links() -> Iterator[Links]:
    """The links that were opened outside the program."""
    links = Links()
    for scheme in ("https", "http"):  # the latter is the stand-ins'
        QDesktopServices.setUrlHandler(scheme, links, "open")
    yield links
    for scheme in ("https", "http"):
        QDesktopServices.unsetUrlHandler(scheme)


class Desk:
    """What a test does with the program: start it, drop photos, look, close it."""

    def __init__(self, qtbot: QtBot, data_dir: Path) -> None:
        self.qtbot = qtbot
        self.data_dir = data_dir
        self.backend = Recogniser()
        self.late_after_s = LATE_AFTER_S
        self.model = "test"
        self.local_model: Callable[[], str] = lambda: self.model
        self.make_backend: Callable[[BackendName], Backend] = lambda name: self.backend
        self.recognisers = recognisers.Recognisers([replace(LOCAL, model=self._model), AWS])
        self.networks = MANIFEST
        """What search by meaning can download."""
        self.saved: list[Settings] = []
        self.library: Library | None = None
        self.parts: Parts | None = None
        self.window: Window | None = None
        self._told: dict[int, State] = {}

    def _model(self) -> str:
        return self.local_model()

    def start(self, settings: Settings | None = None, samples: Path | None = None) -> Window:
        """Open the window on the data folder, as at every start of the program."""
        settings = settings or Settings()
        library = Library(self.data_dir / "library.db", self.recognisers)
        self.library = library
        core = SimpleNamespace(
            library=library,
            settings=settings,
            save_settings=self.saved.append,
            read_settings=lambda: None,
            make_queue=lambda emit, now: JobQueue(
                library,
                self.recognisers,
                self.make_backend,
                emit,
                settings=now,
                late_after_s=self.late_after_s,
            ),
            make_backend=self.make_backend,
            recognisers=self.recognisers,
            meaning=Meaning(
                network_folders(self.data_dir, self.networks)[0], library.store, make_encoder
            ),
            data_dir=self.data_dir,
        )
        apply_appearance(settings.appearance)
        self.parts = make_parts(core, samples)
        window = Window(self.data_dir, has_samples=samples is not None, is_new=False)
        window.fill(self.parts, Shell)
        self.window = window
        self._told.clear()
        self._note_told(window.model, library)
        with self.qtbot.waitSignal(window.ready, timeout=LIMIT_MS):
            window.show()
        self.parts.queue.resume()
        self.parts.watcher.start()
        return window

    def _note_told(self, model: ResultsModel, library: Library) -> None:
        """Remember how the photos stood that the window was told of, when it was told of them."""

        def note(photos: Outlines, gone: Iterable[int] = ()) -> None:
            rows = filter(None, map(library.file, photos.ids))
            self._told |= {row.file_id: row.state for row in rows}
            for file_id in gone:
                self._told.pop(file_id, None)

        fill, take = model.fill, model.take
        model.fill = lambda photos: (fill(photos), note(photos))  # type: ignore[method-assign]
        model.take = lambda photos, gone=(): (  # type: ignore[method-assign]
            take(photos, gone),
            note(photos, gone),
        )

    def close(self) -> None:
        """Close the window and end the program's threads, as `run_window` does."""
        if self.window is not None and self.parts is not None and self.library is not None:
            self.window.close()
            assert self.parts.meaning.stop_embedding(LIMIT_MS / 1000)
            close_parts(self.parts)
            self.parts.queue.close(LIMIT_MS / 1000)
            assert self.parts.watcher.close(LIMIT_MS / 1000)
            for thread in threading.enumerate():  # as daemons, they would end with the program
                if thread.name.startswith("work: "):
                    thread.join(LIMIT_MS / 1000)
                    assert not thread.is_alive()
            self.library.close()
            self.window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            # Else Qt's own clipboard ends the test's QMimeData after Python has ended: a crash.
            QApplication.clipboard().clear()
            QApplication.processEvents()
            self.window = self.parts = self.library = None
            # Here, as the program's threads are gone. Were the rest found by Python in a thread of
            # the next test, Qt would wait for Python there, and Python here for Qt: for ever.
            gc.collect()

    def until(self, reached: Callable[[], bool], limit_ms: int = LIMIT_MS) -> None:
        self.qtbot.waitUntil(reached, timeout=limit_ms)

    def count(self, *states: State) -> int:
        """How many photos are in one of these states, as far as the window knows."""
        return sum(state in states for state in self._told.values())

    def until_ended(self, count: int) -> None:
        """Wait until so many images have ended and the receipt is shown."""
        window = self.window
        assert window is not None
        self.until(
            lambda: (
                sum(state.is_final for state in self._told.values()) == count
                and window.progress.is_at_rest
                and window.feed.job_id is None
            ),
            max(LIMIT_MS, LIMIT_OF_ONE_MS * count),
        )


def rows_of(model: ResultsModel) -> list[FileRow]:
    """The photos that are shown."""
    return [model.row(place) for place in range(model.rowCount())]


def selected_names(window: Window) -> list[str]:
    """The names of the selected photos, in their order."""
    return [path.name for path in window.gallery.selected_paths()]


@pytest.fixture(autouse=True)
def _no_key_stays_down(qapp: QApplication) -> Iterator[None]:
    """Qt would take the Ctrl of one test's Ctrl+Z for held down in the next."""
    yield
    if qapp.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)
        assert not qapp.keyboardModifiers()


@pytest.fixture(autouse=True, scope="module")
def _rubbish(qapp: QApplication) -> Iterator[None]:
    """As the program does: a worker that collected would stop the tests for ever."""
    rubbish = Rubbish(qapp)
    yield
    rubbish.stop()


@pytest.fixture(autouse=True, scope="session")
def _translations() -> None:
    translations.build()


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, to speak another language, or another way, until the test has ended."""
    before = QLocale()
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)
    label_names.use_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("desktop.core.job.pace.FLOOR_PER_S", 10_000.0)
    desk = Desk(qtbot, tmp_path / "data")
    yield desk
    desk.close()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder of six small photos of different colours."""
    return make_folder(tmp_path / "photos", 6)


def make_folder(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        colour = (number * 37 % 256, number * 91 % 256, number // 256)
        Image.new("RGB", (120, 90), colour).save(folder / f"{number:04d}.png")
    return folder


def mime_of(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag_onto(window: Window, data: QMimeData) -> QDragEnterEvent:
    """Drag over the window as the system tells of it: the source offers to move or to copy."""
    event = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.MoveAction | Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)
    return event


def drop_onto(window: Window, data: QMimeData) -> QDropEvent:
    """Drag over the window and let go, with the key pressed by which a person asks to move."""
    drag_onto(window, data)
    event = QDropEvent(
        QPointF(window.rect().center()),
        Qt.DropAction.MoveAction | Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
    )
    assert event.proposedAction() == Qt.DropAction.MoveAction
    QApplication.sendEvent(window, event)
    return event
