"""Another program writes into the same library: the window shows it, though nobody tells it."""

from __future__ import annotations

from pathlib import Path

from desktop.core.events import State
from desktop.core.library.catalog import Query
from tests.rig.photos import SAMPLES
from tests.rig.processes import run_python

from .conftest import Desk
from .test_editing import names as labels
from .test_undo import select_first

CORRECT = """
import sys
from pathlib import Path
from desktop.core.library.edits import Edits
from desktop.core.library.library import Library

library = Library(Path(sys.argv[1]))
edits = Edits(library.store)
{act}
library.close()
"""


def run(desk: Desk, act: str) -> None:
    """Let another program change something in the library."""
    run_python("-c", CORRECT.format(act=act), desk.data_dir / "library.db", code=0)


def test_what_is_labelled_in_a_terminal_comes_into_the_window(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    photo = SAMPLES / "chelsea.png"
    run_python("-m", "desktop", "label", photo, "--data-dir", desk.data_dir, code=0)
    desk.until(lambda: window.model.rowCount() == 7)
    assert window.model.row(0).path == photo
    desk.until(lambda: window.model.row(0).state is State.DONE)
    assert "Cat" in {record.label for record in window.model.records(window.model.row(0))}
    desk.until(lambda: "Cat" in dict(window.gallery.browse.counts.labels))
    assert window.gallery.browse.counts.everything == 7


def test_what_is_corrected_elsewhere_is_shown_at_once(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    select_first(desk, window)
    run(desk, "edits.change_label('Removed', [1], 'Dog', 'remove')")
    desk.until(lambda: labels(window) == ["Grass"])
    window.gallery.browse.ask(Query(labels=("Dog",)))
    desk.until(lambda: window.model.rowCount() == 5)
    run(desk, "edits.undo()")  # and it comes back under the filter
    desk.until(lambda: window.model.rowCount() == 6)
    run(desk, "edits.remove_files('Removed', [2, 3])")
    desk.until(lambda: window.model.rowCount() == 4)
    desk.until(lambda: window.gallery.browse.counts.everything == 4)


def test_nothing_is_read_while_nothing_is_written(desk: Desk, photos: Path) -> None:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    assert desk.library is not None
    asked: list[str] = []
    store = desk.library.store
    store._reader.set_trace_callback(asked.append)
    desk.until(lambda: asked[-3:] == 3 * ["PRAGMA data_version"])
    store._reader.set_trace_callback(None)
