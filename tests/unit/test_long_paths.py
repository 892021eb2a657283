r"""Photos deep down: known by one path, whatever Windows has to be given to find them."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from desktop.core.files.long_paths import (
    as_stored,
    at_any_length,
    file_path,
    from_stored,
    real_path,
)
from desktop.core.library.library import Library
from desktop.core.library.moves import moved_along
from desktop.core.library.rows import below
from desktop.core.photo.discover import absolute, discover
from desktop.core.photo.prepare import prepare
from desktop.core.save.chosen_folders import ChosenFolders
from desktop.core.watch.drives import is_remote
from desktop.core.watch.rescan import Comparison
from desktop.recognisers import LOCAL
from tests.rig import ROOT

from .conftest import save_photo

DEEP = Path(*["x" * 50] * 6)
BY_HAND = re.compile(r"os\.(fsencode|fsdecode|fspath)\((?!os\.sep)|Path\(os\.path\.realpath")
"""Ways to a path's text that would not be the same for the library as for the system."""


@pytest.fixture
def top(tmp_path: Path) -> Iterator[Path]:
    """A folder with a photo of its own, and one at the end of a path of over 300 characters."""
    top = tmp_path / "photos"
    deep = Path(at_any_length(str(top / DEEP)))
    deep.mkdir(parents=True)
    save_photo(top / "flat.jpg", 1)
    save_photo(deep / "deep.jpg", 2)
    yield top
    shutil.rmtree(at_any_length(str(deep.parents[4])))  # pytest does not reach as far down


def test_a_photo_deep_down_lies_in_its_folder(top: Path) -> None:
    root = absolute(top)
    flat, deep = discover([root])
    assert deep == root / DEEP / "deep.jpg"
    assert str(deep) == str(top / DEEP / "deep.jpg")
    assert deep.drive == flat.drive
    assert deep.is_relative_to(root)
    assert root in deep.parents
    assert absolute(deep) == deep


def test_a_photo_deep_down_is_opened_with_its_neighbours(top: Path) -> None:
    _, deep = discover([absolute(top)])
    assert prepare(deep, form="pixels").pixels.size == (100, 90)
    sidecar = deep.with_suffix(".xmp")
    sidecar.write_bytes(b"beside it")
    assert sorted(deep.parent.iterdir()) == [deep, sidecar]
    moved = sidecar.rename(deep.parent / "other.xmp")
    assert sorted(deep.parent.iterdir()) == [deep, moved]
    moved.unlink()


def test_the_library_keeps_the_plain_path(top: Path, library: Library) -> None:
    root = absolute(top)
    job = library.add_job([root], LOCAL.name, again=False)
    library.add_items(job.id, list(discover([root])))
    flat, deep = library.files()
    first, end = below(root)
    rows = library.store.read("SELECT path FROM files WHERE path >= ? AND path < ?", first, end)
    assert [row["path"] for row in rows] == [os.fsencode(str(row.path)) for row in (flat, deep)]
    assert deep.path.parent == root / DEEP
    assert deep.path.stat().st_size > 0
    news = Comparison(library.store).of_folder(root, cancel=threading.Event())
    assert (news.new, news.gone) == ([], [])


def test_a_folder_deep_down_is_followed_to_where_it_lies(top: Path, library: Library) -> None:
    root = absolute(top)
    library.add_job([root], LOCAL.name, again=False)
    _, deep = discover([root])
    assert not is_remote(deep.parent)
    assert ChosenFolders(library.store).real_path(deep, deep) == real_path(root) / DEEP / deep.name


def test_a_folder_that_was_moved_takes_photos_deep_down_along(top: Path, library: Library) -> None:
    root, after = absolute(top), absolute(top.with_name("elsewhere"))
    library.add_items(library.add_job([root], LOCAL.name, again=False).id, list(discover([root])))
    moved = list(moved_along(library.store, root, after, lambda _: True))
    assert [new for _, _, new in moved] == [str(after / "flat.jpg"), str(after / DEEP / "deep.jpg")]


def test_a_path_comes_back_from_the_library_as_it_was() -> None:
    for path in (Path("/photos/a.jpg"), Path("/photos/größer.jpg"), ROOT / DEEP / "a.jpg"):
        assert from_stored(as_stored(path)) == path
        assert str(file_path(path)) == str(path)


@pytest.mark.skipif(os.name != "nt", reason="paths of Windows")
@pytest.mark.parametrize("name", ["con.jpg", "aux", "Trip.", "end "])
def test_a_name_that_windows_reads_in_another_way_is_found(tmp_path: Path, name: str) -> None:
    root = absolute(tmp_path)
    odd = file_path(rf"\\?\{root}\{name}")
    assert odd == PureWindowsPath(root, name)
    save_photo(odd.with_name("other.jpg"), 1)
    shutil.copy(odd.with_name("other.jpg"), odd)
    assert {path.name for path in root.iterdir()} == {name, "other.jpg"}
    odd.unlink()


def test_only_one_module_knows_what_the_system_is_given() -> None:
    besides = {
        *("core/files/long_paths.py", "core/files/attributes.py", "core/files/system_errors.py"),
        *("core/watch/signals.py", "ui/adding/drops.py", "ui/single_instance.py"),
        *("core/library/moves.py", "core/library/edits.py"),  # of texts
    }
    desktop = ROOT / "desktop"
    found = {
        path.relative_to(desktop).as_posix()
        for path in desktop.rglob("*.py")
        if BY_HAND.search(path.read_text("utf-8"))
    }
    assert found == besides
