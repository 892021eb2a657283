"""The store of what is kept beside the library: whole, shared, set aside; never wiped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from desktop.core.errors import StorageError
from desktop.core.json_store import JsonStore
from tests.rig import ROOT

WRITES = 1000
COUNT = f"""
import sys
from pathlib import Path
from desktop.core.json_store import JsonStore
store, name = JsonStore(Path(sys.argv[1])), sys.argv[2]
for _ in range({WRITES}):
    with store.changing() as kept:
        kept[name] = kept.get(name, 0) + 1
        kept["of all"] = kept.get("of all", 0) + 1
"""
WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from desktop.core.json_store import JsonStore
store = JsonStore(Path(sys.argv[1]))
for number in itertools.count():
    with store.changing() as kept:
        kept.update(first=number, last=number)
    print(number, flush=True)
"""


@pytest.fixture
def store(tmp_path: Path) -> JsonStore:
    return JsonStore(tmp_path / "kept.json", version=2)


def test_what_was_kept_comes_back(store: JsonStore) -> None:
    with store.changing() as kept:
        assert kept == {}
        kept["one"] = [1, {"two": "zwei"}]
    assert store.read() == {"one": [1, {"two": "zwei"}]}
    assert store.path.read_text().startswith('{\n  "version": 2,\n  "one": [')  # for people, too


def test_without_a_change_nothing_is_written(store: JsonStore) -> None:
    assert store.read() == {}
    assert not list(store.path.parent.iterdir())
    with store.changing():
        pass
    assert not store.path.exists()


def test_what_ends_in_an_error_is_not_kept(store: JsonStore) -> None:
    def change_half() -> None:
        with store.changing() as kept:
            kept["half"] = 1
            kept.pop("whole")

    with pytest.raises(KeyError):
        change_half()
    assert store.read() == {}


def test_what_has_no_version_yet_is_read(store: JsonStore) -> None:
    store.path.write_text('{"page": "where"}')
    assert store.read() == {"page": "where"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe\x00",
        b'{"version": "two"}',
        b"[" * 200_000,
        b'{"version": 1, "min_confidence": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda content: content[:40],
)
@pytest.mark.expects_log("cannot be understood")
def test_a_damaged_file_is_set_aside_not_deleted(store: JsonStore, content: bytes) -> None:
    store.path.write_bytes(content)
    assert store.read() == {}
    (kept,) = store.path.parent.glob("kept.json.damaged-*")
    assert kept.read_bytes() == content
    assert not store.path.exists()


def test_a_damaged_file_that_cannot_be_set_aside_is_told(
    store: JsonStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.core.json_store.time.time", lambda: 1)
    store.path.with_name("kept.json.damaged-1").mkdir()  # in the way
    store.path.write_bytes(b"{")
    with pytest.raises(StorageError, match="cannot be saved"):
        store.read()
    assert store.path.read_bytes() == b"{"


def test_a_newer_file_is_refused_and_left_alone(store: JsonStore) -> None:
    store.path.write_text('{"version": 3}')
    with pytest.raises(StorageError, match="newer"):
        store.read()
    with pytest.raises(StorageError, match="newer"), store.changing():
        pass
    assert store.path.read_text() == '{"version": 3}'


def test_a_file_that_cannot_be_read_is_told(store: JsonStore) -> None:
    store.path.mkdir()
    with pytest.raises(StorageError, match="cannot be read"):
        store.read()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(StorageError, match="cannot be saved"),
        JsonStore(tmp_path / "file" / "kept.json").changing() as kept,
    ):
        kept["one"] = 1


def test_a_store_that_somebody_holds_for_long_is_told(store: JsonStore) -> None:
    with store.changing() as kept:
        kept["one"] = 1
    in_a_hurry = JsonStore(store.path, version=2, timeout_s=0.05)
    with FileLock(store.path.parent / "locks" / "kept.json.lock"):
        assert in_a_hurry.read() == {"one": 1}  # nobody waits for reading
        with pytest.raises(StorageError, match="Timeout"), in_a_hurry.changing():
            pass


def test_what_two_processes_write_at_once_is_kept_of_both(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    writers = [
        subprocess.Popen([sys.executable, "-c", COUNT, str(path), name], cwd=ROOT)
        for name in ("one", "other")
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    assert JsonStore(path).read() == {"one": WRITES, "other": WRITES, "of all": 2 * WRITES}


def test_a_killed_writer_leaves_a_whole_file_and_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    command = [sys.executable, "-c", WRITE_FOR_EVER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        seen = int(writer.stdout.readline())
        writer.kill()
    with JsonStore(path).changing() as kept:
        assert kept["first"] == kept["last"] >= seen
        kept["first"] = -1
    assert JsonStore(path).read()["first"] == -1
    assert {each.name for each in tmp_path.iterdir()} == {"kept.json", "locks"}
