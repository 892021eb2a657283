"""PySide6 on this Python survives many signals and paints; 6.12.0 on 3.11 aborts after 600."""

from __future__ import annotations

from pathlib import Path

from tests.rig.processes import run_python

# A process of its own: an abort is then a failed test and not the end of all tests.
SCRIPT = """
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.app import Core
from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.recognisers import Recognisers
from desktop.core.settings import Settings
from desktop.recognisers import AWS, LOCAL
from desktop.ui.main import close_parts, make_parts
from desktop.ui.shell import Shell
from desktop.ui.window import Window
from tests.ui.conftest import Recogniser, make_folder

folder = Path(sys.argv[1])
application = QApplication([])
known = Recognisers([replace(LOCAL, model=lambda: backend.model), AWS])
library = Library(folder / "library.db", known)
backend = Recogniser()
core = SimpleNamespace(
    library=library, settings=Settings(), save_settings=lambda settings: None,
    read_settings=lambda: None, data_dir=folder,
    make_queue=lambda emit, now: JobQueue(
        library, known, lambda name: backend, emit, settings=now
    ),
    make_backend=lambda name: backend, recognisers=known,
    meaning=Core(folder, Settings(), library, known).meaning,
)
parts = make_parts(core, samples=None)
window = Window(folder, has_samples=False, is_new=True)
window.fill(parts, Shell)
window.show()
window.add([make_folder(folder / "photos", 12)])
while not (window.progress.is_at_rest and window.progress.text == "12 labelled"):
    application.processEvents()
window.grid.setCurrentIndex(window.model.index(0))


class Sender(QObject):
    sent = Signal(object, bool)


received = []
sender = Sender()
sender.sent.connect(lambda thing, flag: received.append(flag))
for number in range(10_000):
    sender.sent.emit(None, number % 2 == 0)
for number in range(1_000):
    window.grid.viewport().repaint()
assert len(received) == 10_000
window.close()
close_parts(parts)
library.close()
print("alive")
"""


def test_many_signals_and_repaints_do_not_abort(tmp_path: Path) -> None:
    assert run_python("-c", SCRIPT, tmp_path, code=0).stdout.strip() == "alive"
