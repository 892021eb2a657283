"""The library's daily copy, when the program ends in the middle of it or the disk is full."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.library.backup import backup_path
from desktop.core.library.library import Library
from desktop.recognisers import RECOGNISERS
from tests.rig.processes import run_python

EXIT_WITH_HALF_A_COPY = """
import sys, threading
from pathlib import Path
from desktop import app
from desktop.core.settings import Settings
data_dir = Path(sys.argv[1])
core = app.open_core(data_dir, Settings())
core.make_queue(lambda event: None, lambda: core.settings)
while not list(data_dir.glob("*.part")):
    pass
app.end_process(0)
"""
NO_ROOM = """
import resource, sys, threading
from pathlib import Path
from desktop import app
from desktop.core.settings import Settings
data_dir, told = Path(sys.argv[1]), []
app.begin_log(data_dir)
core = app.open_core(data_dir, Settings())
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
core.make_queue(told.append, lambda: core.settings)
for thread in threading.enumerate():
    if thread.name == "look after":
        thread.join()
print(told)
app.end_process(0)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library of 20,000 photos that has no copy yet."""
    path = tmp_path / "library.db"
    library = Library(path, RECOGNISERS)
    job = library.add_job([tmp_path], "local", again=False)
    library.add_items(job.id, [tmp_path / f"{number}.jpg" for number in range(20_000)])
    library.close()
    return path


def files(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir() if each.is_file()}


def test_exits_in_the_middle_of_it_leave_one_at_most_and_that_not_for_long(path: Path) -> None:
    for _ in range(3):
        run_python("-c", EXIT_WITH_HALF_A_COPY, path.parent, code=0)
    assert len([name for name in files(path) if ".part" in name]) <= 1
    library = Library(path, RECOGNISERS)
    library.store.look_after()
    library.close()
    assert files(path) == {path.name, backup_path(path).name}


def test_a_disk_without_room_for_it_stops_no_job_and_is_logged(path: Path) -> None:
    run = run_python("-c", NO_ROOM, path.parent, code=0)
    assert run.stdout == "[]\n"
    assert "cannot be used" in (path.parent / "logs" / "tagdrop.log").read_text()
    assert not [name for name in files(path) if "backup" in name]
