"""A network's download, from a real server on this computer that answers well or badly."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import pytest

from desktop.core.errors import AppError, Cancelled, NetworkError, StorageError
from desktop.core.meaning.download import download
from desktop.core.meaning.network import OTHER_SOURCE, read_networks
from desktop.core.meaning.network_folder import NetworkFolder
from tests.rig import ROOT
from tests.rig.meaning import Hub, StandIn

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
VISION = "onnx/vision_model_quantized.onnx"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.core.meaning.download.PAUSE_S", 0.001)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(stand_in: StandIn, tmp_path: Path) -> NetworkFolder:
    return stand_in.folder(tmp_path / "data")


def fetch(folder: NetworkFolder) -> list[float]:
    """Download all of it; how far it was at each step, in per cent."""
    steps = download(folder, threading.Event())
    return [100 * step.done_bytes / step.total_bytes for step in steps]


def fails(folder: NetworkFolder, kind: type[AppError] = AppError) -> AppError:
    """It fails in words, and no file is in use that is not the published one."""
    with pytest.raises(kind) as failed:
        fetch(folder)
    assert failed.value.title
    assert failed.value.message
    assert failed.value.remedy is not None
    assert not folder.is_complete
    assert_whole_or_nothing(folder)
    return failed.value


def assert_whole_or_nothing(folder: NetworkFolder) -> None:
    for file in folder.network.files.values():
        if folder.place(file).exists():
            assert folder.check(file) == folder.place(file)


def names(folder: NetworkFolder) -> set[str]:
    return {path.name for path in folder.path.iterdir()}


ALL = {"vision_model_quantized.onnx", "text_model_quantized.onnx", "tokenizer.json"}


def test_it_downloads_what_is_published_and_nothing_else(
    folder: NetworkFolder, hub: Hub, stand_in: StandIn
) -> None:
    told = fetch(folder)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 100)
    assert folder.is_complete
    assert names(folder) == ALL
    for file in folder.network.files.values():
        assert folder.place(file).read_bytes() == (stand_in.files / file.path).read_bytes()
    assert [asked for _, asked in hub.asked] == ["", "", ""]
    assert fetch(folder) == [100, 100]  # a second time nobody is asked
    assert len(hub.asked) == 3


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("says_length", [True, False])
def test_cut_at_any_tenth_it_goes_on_from_there(
    folder: NetworkFolder, hub: Hub, tenth: int, says_length: bool
) -> None:
    size = folder.network.files["vision"].size_bytes
    cuts = iter([size * tenth // 10])
    hub.says_length = says_length
    hub.cut_after = lambda path, _: next(cuts, None) if path == VISION else None
    fetch(folder)
    assert folder.is_complete
    asked = [came for path, came in hub.asked if path == VISION]
    assert len(asked) == 2
    assert asked[0] == ""
    assert (asked[1] == "") == (tenth == 0)  # what has come is not asked for again
    assert_whole_or_nothing(folder)


@pytest.mark.parametrize("tenth", range(10))
def test_cut_for_good_it_is_told_and_resumed_by_the_next_one(
    folder: NetworkFolder, hub: Hub, tenth: int
) -> None:
    size = folder.network.files["vision"].size_bytes
    end = size * tenth // 10
    hub.cut_after = lambda path, left: max(0, end - (size - left)) if path == VISION else None
    assert "interrupted" in fails(folder, NetworkError).title
    assert folder.done_bytes == end
    hub.cut_after = lambda _path, _left: None
    told = fetch(folder)
    assert told[0] == pytest.approx(100 * end / folder.network.size_bytes)
    assert folder.is_complete
    assert names(folder) == ALL


def test_a_server_without_ranges_sends_all_of_it_again(folder: NetworkFolder, hub: Hub) -> None:
    cuts = iter([100_000])
    hub.has_ranges = False
    hub.cut_after = lambda path, _: next(cuts, None) if path == VISION else None
    fetch(folder)
    assert folder.is_complete


def test_a_file_that_changes_in_between_is_not_patched_together(
    folder: NetworkFolder, hub: Hub, stand_in: StandIn
) -> None:
    hub.change = lambda _, data: b"older" + data[5:]
    hub.cut_after = lambda _path, left: left // 2
    fails(folder, NetworkError)
    assert folder.done_bytes > 0
    hub.change = lambda _, data: data
    hub.cut_after = lambda _path, _left: None
    fetch(folder)
    assert folder.is_complete
    assert_whole_or_nothing(folder)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: bytes([data[0] ^ 1]) + data[1:], id="sum"),
        pytest.param(lambda data: data[:-1], id="shorter"),
        pytest.param(lambda data: data + b"\0", id="longer"),
        pytest.param(lambda data: b"<html>Sign in to the Wi-Fi</html>", id="page"),
        pytest.param(lambda data: b"", id="empty"),
    ],
)
@pytest.mark.parametrize("says_length", [True, False])
def test_another_content_is_not_kept(
    folder: NetworkFolder, hub: Hub, change: Any, says_length: bool
) -> None:
    hub.says_length = says_length
    hub.change = lambda path, data: change(data) if path == VISION else data
    fails(folder)
    assert not folder.place(folder.network.files["vision"]).exists()
    hub.change = lambda _, data: data
    fetch(folder)
    assert folder.is_complete


def test_an_endless_answer_is_left(folder: NetworkFolder, hub: Hub) -> None:
    hub.says_length = False
    hub.change = lambda _, data: data * 40
    error = fails(folder)
    assert error.title == "This is not the file that Tagdrop expects"
    assert folder.done_bytes == 0


def test_it_follows_to_where_the_hub_keeps_its_files(folder: NetworkFolder, hub: Hub) -> None:
    hub.redirect = lambda path: f"{hub.url}/{path[4:]}" if path.startswith("old/") else None
    old = NetworkFolder(folder.network, folder.path)
    os.environ[OTHER_SOURCE] = f"{hub.url}/old"
    fetch(old)
    assert folder.is_complete


@pytest.mark.parametrize(
    "target", ["http://elsewhere.example/x", "file:///etc/passwd", "ftp://127.0.0.1/x"]
)
def test_it_follows_to_no_open_way(folder: NetworkFolder, hub: Hub, target: str) -> None:
    hub.redirect = lambda _: target
    fails(folder)
    assert folder.done_bytes == 0


@pytest.mark.parametrize("source", ["http://elsewhere.example", "file:///etc", "ftp://127.0.0.1"])
def test_nobody_is_asked_over_an_open_way(
    folder: NetworkFolder, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.setenv(OTHER_SOURCE, source)
    assert "not encrypted" in fails(folder).title


def test_a_server_that_hangs_is_given_up_and_the_rest_comes_later(
    folder: NetworkFolder, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.core.meaning.web_file.SILENCE_S", 0.2)
    hub.hangs.set()
    assert "does not answer" in fails(folder, NetworkError).title
    hub.hangs.clear()
    monkeypatch.undo()
    monkeypatch.setenv(OTHER_SOURCE, hub.url)
    fetch(folder)
    assert folder.is_complete


def test_a_cancel_waits_for_no_server(folder: NetworkFolder, hub: Hub) -> None:
    hub.hangs.set()
    cancel = threading.Event()
    steps = download(folder, cancel)
    next(steps)
    threading.Timer(0.1, cancel.set).start()
    with pytest.raises(Cancelled):
        list(steps)
    assert not folder.is_complete


def test_what_came_before_a_cancel_is_kept(folder: NetworkFolder, hub: Hub) -> None:
    cancel = threading.Event()
    steps = download(folder, cancel)
    while next(steps).done_bytes <= 200_000:
        pass
    cancel.set()
    with pytest.raises(Cancelled):
        next(steps)
    kept = folder.done_bytes
    assert kept > 200_000
    assert fetch(folder)[0] == pytest.approx(100 * kept / folder.network.size_bytes)


@pytest.mark.parametrize("status", [500, 503, 429, 404, 403, 407])
def test_a_refusal_is_told(folder: NetworkFolder, hub: Hub, status: int) -> None:
    hub.status = status
    error = fails(folder)
    assert error.retryable == (status >= 429)
    assert len(hub.asked) == (3 if error.retryable else 1)


def test_nobody_answers(
    folder: NetworkFolder, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OTHER_SOURCE, f"http://127.0.0.1:{closed_port}")
    assert "cannot be reached" in fails(folder, NetworkError).title


def test_it_goes_through_the_proxy_of_the_environment(
    folder: NetworkFolder, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", hub.url)
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv(OTHER_SOURCE, "http://localhost:9/")
    fails(folder)
    assert hub.asked[0][0].startswith("http://localhost:9/onnx/")  # as a proxy is asked


def test_a_full_disk_is_told_before(
    folder: NetworkFolder, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(free=50_000_000))
    assert "disk space" in fails(folder, StorageError).title
    assert hub.asked == []


class _Usage(NamedTuple):
    free: int


def test_a_disk_that_fills_up_meanwhile_is_told_and_not_kept_full(
    folder: NetworkFolder, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few hundred kilobytes fit on it."""
    opened = Path.open

    def open_on_small_disk(path: Path, mode: str = "r", *more: Any, **options: Any) -> IO[Any]:
        file = opened(path, mode, *more, **options)
        if path.suffix != ".part" or "b" not in mode or mode == "rb":
            return file
        write = file.write

        class Small:
            def write(self, data: bytes) -> int:
                if file.tell() + len(data) > 250_000:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return write(data)

            def __enter__(self) -> Small:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def __getattr__(self, name: str) -> Any:
                return getattr(file, name)

        return Small()  # type: ignore[return-value]

    monkeypatch.setattr(Path, "open", open_on_small_disk)
    assert "disk space" in fails(folder, StorageError).title
    assert folder.done_bytes == 0
    monkeypatch.setattr(Path, "open", opened)
    fetch(folder)
    assert folder.is_complete


def test_a_folder_that_cannot_be_written_is_told(folder: NetworkFolder, hub: Hub) -> None:
    folder.path.parent.mkdir(parents=True)
    folder.path.write_text("in the way")
    with pytest.raises(StorageError, match="cannot be read or written"):
        fetch(folder)


def test_of_two_at_once_one_waits_for_a_person(folder: NetworkFolder, hub: Hub) -> None:
    first = download(folder, threading.Event())
    next(first)
    assert "already" in fails(folder).title
    list(first)
    assert folder.is_complete


def test_killed_at_any_moment_it_goes_on(
    folder: NetworkFolder, hub: Hub, stand_in: StandIn, tmp_path: Path
) -> None:
    hub.pause_s = 0.002
    script = (
        "import sys, threading; from pathlib import Path;"
        "from desktop.core.meaning.download import download;"
        "from desktop.core.meaning.meaning import network_folders as at;"
        "folder = at(Path(sys.argv[1]), Path(sys.argv[2]))[0];"
        "[print(step.done_bytes, flush=True) for step in download(folder, threading.Event())]"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "data"), str(stand_in.manifest)]
    for part in (0.05, 0.3, 0.6, 0.9):
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
            for line in _lines(running):
                if int(line) >= part * folder.network.size_bytes:
                    break
            running.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        assert not folder.is_complete
        assert_whole_or_nothing(folder)
    fetch(folder)
    assert folder.is_complete
    assert names(folder) == ALL
    assert sum(came != "" for _, came in hub.asked) >= 3


def _lines(running: subprocess.Popen[str]) -> Iterator[str]:
    assert running.stdout is not None
    yield from running.stdout


def test_it_is_removed_whole_or_in_part(folder: NetworkFolder, hub: Hub) -> None:
    hub.cut_after = lambda path, left: left // 2 if path == VISION else None
    hub.redirect = lambda path: (
        "http://elsewhere.example/" if path == VISION and hub.asked[1:] else None
    )
    fails(folder)
    assert folder.done_bytes > 0
    folder.remove()
    assert folder.done_bytes == 0
    assert not folder.path.exists()
    folder.remove()


@pytest.mark.parametrize("is_flat", [True, False])
def test_a_folder_takes_the_place_of_a_download(
    folder: NetworkFolder, stand_in: StandIn, tmp_path: Path, is_flat: bool
) -> None:
    source = stand_in.files
    if is_flat:
        source = tmp_path / "stick"
        source.mkdir()
        for file in folder.network.files.values():
            shutil.copy(stand_in.files / file.path, source / file.name)
    list(folder.add(source, threading.Event()))
    assert folder.is_complete
    assert names(folder) == ALL


def test_a_folder_with_other_files_is_refused(
    folder: NetworkFolder, stand_in: StandIn, tmp_path: Path
) -> None:
    source = tmp_path / "stick"
    shutil.copytree(stand_in.files, source)
    (source / VISION).write_bytes(b"another network")
    with pytest.raises(AppError, match="not the file"):
        list(folder.add(source, threading.Event()))
    (source / VISION).unlink()
    with pytest.raises(AppError, match="does not contain the model"):
        list(folder.add(source, threading.Event()))
    assert not folder.is_complete
    assert_whole_or_nothing(folder)


def test_the_published_network_is_pinned() -> None:
    network = next(iter(read_networks().values()))
    assert (network.size_bytes, network.licence, network.dimensions) == (155_845_627, "MIT", 512)
    assert network.host == "huggingface.co"
    vision = network.files["vision"]
    assert network.url_of(vision).endswith(
        f"d15189d7028b43f1d3e65039190477f6af591c2a/{vision.path}"
    )
    assert all(len(file.sha256) == 64 for file in network.files.values())
