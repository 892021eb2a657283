"""A file that crashes, hangs or fills its decoder costs itself, and neither program nor others."""

from __future__ import annotations

import io
import signal
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from PIL import Image

from desktop.core.decoding import request
from desktop.core.errors import ImageError
from desktop.core.events import ItemEvent, JobState, State
from desktop.core.isolation import children, decoding
from desktop.core.isolation.children import Children, LostError
from desktop.core.library.library import Library
from desktop.core.photo.decode import decode
from desktop.core.photo.prepare import open_upright, prepare
from tests.rig import photos
from tests.rig.memory_backend import MemoryBackend
from tests.rig.processes import run_python, until

from .test_job import Person

APART: dict[str, Callable[[Image.Image, Path], None]] = {
    "a.tif": photos.save_tiff,
    "a.heic": photos.save_heic,
    "a.avif": photos.save_avif,
    "a.dng": photos.save_dng,
}
needs_stop = pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process")


@pytest.fixture(autouse=True)
def _own_children(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a test have children of its own, whatever others have left."""
    own = Children()
    monkeypatch.setattr(decoding, "_children", own)
    _others.update(pids())
    yield
    own.close()
    _others.clear()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "a.tif"
    photos.save_tiff(photos.picture(1, edge_px=300), path)
    return path


_others: set[int] = set()


def pids() -> set[int]:
    """The children of this test."""
    found = set()
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):
            if child.status() != psutil.STATUS_ZOMBIE:
                found.add(child.pid)
    return found - _others


def child_of(photo: Path) -> psutil.Process:
    """The child that decodes a photo, and waits for the next one."""
    prepare(photo)
    (pid,) = pids()
    return psutil.Process(pid)


def kill_all() -> None:
    for pid in pids():
        with suppress(psutil.NoSuchProcess):
            psutil.Process(pid).kill()


def reason(path: Path) -> str:
    with pytest.raises(ImageError) as caught:
        prepare(path)
    return caught.value.title


@pytest.mark.parametrize("name", APART)
def test_a_child_gives_the_picture_that_the_decoder_gives(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    APART[name](photos.picture(3, edge_px=400), path)
    with path.open("rb") as file:
        wanted = decode(file, 200).image.convert("RGB")
        seen = [open_upright(path, max_edge_px=200)]
        seen.append(decoding.decode_safely(io.BytesIO(path.read_bytes()), path, 200).image)
    assert [(each.size, each.tobytes()) for each in seen] == [(wanted.size, wanted.tobytes())] * 2
    assert len(pids()) == 1  # the same for both


def test_what_is_decoded_inside_starts_no_child(tmp_path: Path) -> None:
    for name, save in {"a.jpg": photos.save_jpeg, "a.webp": photos.save_webp}.items():
        save(photos.picture(3, edge_px=400), tmp_path / name)
        prepare(tmp_path / name)
    assert pids() == set()


def test_what_is_wrong_with_a_file_is_said_as_it_is_inside(photo: Path) -> None:
    whole = photo.read_bytes()
    photo.write_bytes(whole[:300])
    assert reason(photo) == "This photo is damaged"
    Image.new("RGB", (60, 60)).save(photo)
    with pytest.raises(ImageError, match="at least 80 pixels"):
        prepare(photo)


def test_a_child_that_is_killed_in_mid_photo_costs_that_photo(tmp_path: Path, photo: Path) -> None:
    large = tmp_path / "large.tif"
    Image.new("L", (5000, 5000), 90).save(large, compression="tiff_lzw")
    reasons: list[str] = []
    with request.one_large:  # so it waits for its turn, half-way
        thread = threading.Thread(target=lambda: reasons.append(reason(large)))
        thread.start()
        until(lambda: kill_all() or not thread.is_alive(), "the end of that photo")
    assert reasons == ["This photo could not be read safely"]
    assert prepare(photo).data
    assert prepare(large).data


@needs_stop
def test_a_child_that_hangs_is_ended_when_its_time_is_over(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = child_of(photo)
    child.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(decoding, "LIMIT_S", 0.3)
    assert reason(photo) == "This photo could not be read safely"
    assert not child.is_running()
    monkeypatch.setattr(decoding, "LIMIT_S", 60)
    assert prepare(photo).data


@needs_stop
def test_a_job_that_is_cancelled_waits_for_no_child(library: Library, photo: Path) -> None:
    child = child_of(photo)
    child.send_signal(signal.SIGSTOP)
    person = Person(library, MemoryBackend())
    person.queue.add([photo], "aws")
    event = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.PREPARING)
    assert isinstance(event, ItemEvent)
    person.queue.cancel(event.job_id)
    assert person.wait_for_end().state is JobState.CANCELLED
    assert [item.state for item in person.items(event.job_id)] == [State.CANCELLED]
    person.leave()
    assert not child.is_running()


@needs_stop
def test_a_child_that_runs_on_is_ended() -> None:
    code = "from desktop.core.isolation.limits import limit_time; limit_time(0.1)\nwhile True: pass"
    run_python("-c", code, code=-signal.SIGXCPU)


def test_a_child_gets_no_more_memory_than_it_may_have(
    tmp_path: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "large.tif"
    Image.new("1", (10_000, 10_000)).save(large, compression="group4")
    monkeypatch.setattr(children, "MOST_BYTES", 300_000_000)
    assert prepare(photo).data
    assert reason(large) == "This photo could not be read safely"
    assert prepare(photo).data


@pytest.mark.parametrize(
    "says", ["", "print('garbage' * 99)", "sys.stdout.buffer.write(b'Tagd' + bytes([255]) * 99)"]
)
def test_a_child_that_ends_or_writes_garbage_is_lost(says: str) -> None:
    own = Children([sys.executable, "-c", f"import sys; {says}"])
    with pytest.raises(LostError):
        own.ask({}, bytes(200_000), limit_s=60, alone=threading.Lock())


def test_children_that_wait_in_vain_end(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "IDLE_S", 0.2)
    child = child_of(photo)
    until(lambda: not child.is_running(), "the end of an idle child")
    assert prepare(photo).data


def test_children_end_with_the_program_that_is_killed(photo: Path) -> None:
    code = """
        import os, sys, psutil
        from pathlib import Path
        from desktop.core.photo.prepare import prepare
        prepare(Path(sys.argv[1]))
        print(*(child.pid for child in psutil.Process().children()), flush=True)
        psutil.Process().kill()
    """
    out = run_python("-c", textwrap.dedent(code), photo).stdout
    (pid,) = map(int, out.split())
    until(lambda: not psutil.pid_exists(pid), "the end of the child")
