"""Search by meaning: photos embedded in the background, ranked by a sentence or by a photo."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop import cli
from desktop.core.errors import AppError, BackendMissingError, Cancelled, ImageError
from desktop.core.events import Event, JobEvent, JobState
from desktop.core.job.queue import JobQueue
from desktop.core.library.library import Library
from desktop.core.meaning.embeddings import Embeddings
from desktop.core.meaning.meaning import Meaning
from desktop.core.meaning.vectors import Vectors
from desktop.core.photo.thumbnails import ThumbnailCache
from desktop.recognisers import LOCAL, RECOGNISERS, make_encoder
from tests.rig import ROOT
from tests.rig.meaning import Hub, StandIn
from tests.rig.memory_backend import MemoryBackend
from tools.model.clip.stand_in_colours import COLOURS

LIMIT_S = 20.0
Run = Callable[..., int]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def shown(library: Library, tmp_path: Path) -> dict[str, int]:
    """A photo of each colour in the library; their ids by the colours."""
    folder = tmp_path / "colours"
    folder.mkdir()
    return {name: add(library, folder / f"{name}.png", colour) for name, colour in COLOURS.items()}


def add(library: Library, path: Path, colour: tuple[int, int, int]) -> int:
    """A plain photo with a darker edge, labelled; its id."""
    photo = Image.new("RGB", (320, 240), tuple(c // 2 for c in colour))
    photo.paste(colour, (4, 4, 316, 236))
    photo.save(path)
    return note(library, path, path.name)


def note(library: Library, path: Path, digest: str) -> int:
    job = library.add_job([path], "local", again=False)
    library.add_items(job.id, {path: 4 / 3})
    (item,) = library.open_items(job.id, after_id=0, limit=1)
    library.images.identify(item.file_id, path, digest, 1, 1)
    return item.file_id


@pytest.fixture
def meaning(library: Library, stand_in: StandIn, data_dir: Path) -> Iterator[Meaning]:
    """The stand-in is downloaded already."""
    meaning = Meaning(stand_in.put_into(data_dir), library.store, make_encoder)
    yield meaning
    assert meaning.stop_embedding(LIMIT_S)
    meaning.close()


def embed(meaning: Meaning, data_dir: Path) -> None:
    cache = ThumbnailCache(data_dir / "thumbnails")
    meaning.start_embedding(cache.picture, is_busy=lambda: False)
    assert meaning.wait_until_embedded(LIMIT_S)


def test_a_sentence_finds_what_looks_like_it(
    meaning: Meaning, shown: dict[str, int], data_dir: Path
) -> None:
    assert meaning.counted() == (0, len(COLOURS))
    assert meaning.search("red") == []
    embed(meaning, data_dir)
    assert meaning.counted() == (len(COLOURS), len(COLOURS))
    for name, file_id in shown.items():
        ranked = meaning.search(name)
        assert ranked[0].file_id == file_id, name
        assert {each.file_id for each in ranked} == {*shown.values()}
        assert [each.score for each in ranked] == sorted((e.score for e in ranked), reverse=True)
    assert len(meaning.search("red", 3)) == 3


def test_only_what_a_filter_leaves_is_ranked(
    meaning: Meaning, shown: dict[str, int], data_dir: Path
) -> None:
    embed(meaning, data_dir)
    among = [shown["blue"], shown["green"]]
    assert {each.file_id for each in meaning.search("red", among=among)} == {*among}
    assert meaning.search("red", among=[]) == []


def test_more_like_a_photo_begins_with_itself(
    meaning: Meaning, library: Library, shown: dict[str, int], data_dir: Path, tmp_path: Path
) -> None:
    nearly = add(library, tmp_path / "colours" / "reddish.png", (214, 24, 22))
    assert meaning.like(shown["red"]) == []
    embed(meaning, data_dir)
    assert [each.file_id for each in meaning.like(shown["red"])][:2] == [shown["red"], nearly]
    assert len(meaning.like(nearly, least=0.9)) == 2
    *_, last = meaning.near_duplicates(threading.Event(), least=0.9)
    assert last.groups == ((shown["red"], nearly),)
    assert last.share == 1
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(Cancelled):
        list(meaning.near_duplicates(cancelled))


def test_files_with_the_same_picture_stand_together_and_removed_ones_do_not(
    meaning: Meaning, library: Library, shown: dict[str, int], data_dir: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.png"
    shutil.copy(tmp_path / "colours" / "red.png", copy)
    twin = note(library, copy, "red.png")
    embed(meaning, data_dir)
    assert [each.file_id for each in meaning.search("red")][:2] == [shown["red"], twin]
    with library.store.write() as db:
        db.execute("UPDATE files SET removed = 1 WHERE id = ?", (shown["red"],))
    assert meaning.search("red")[0].file_id == twin


def test_one_that_cannot_be_read_does_not_stop_the_others(
    meaning: Meaning, library: Library, shown: dict[str, int], data_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "colours" / "green.png").write_bytes(b"\x89PNG\r\n\x1a\n damaged")
    (tmp_path / "colours" / "blue.png").unlink()
    embed(meaning, data_dir)
    done, total = meaning.counted()
    assert (done, total) == (len(COLOURS) - 1, len(COLOURS))  # what is gone may come back
    assert len(meaning.search("green")) == len(COLOURS) - 2
    assert meaning.like(shown["green"]) == []


def test_it_goes_on_where_it_stopped_and_takes_what_comes(
    meaning: Meaning, library: Library, shown: dict[str, int], data_dir: Path, tmp_path: Path
) -> None:
    looked: list[str] = []

    def picture(path: Path, least_px: int) -> Image.Image:
        looked.append(path.stem)
        assert least_px == 224
        with Image.open(path) as image:
            return image.convert("RGB")

    meaning.start_embedding(picture, is_busy=lambda: False)
    assert meaning.wait_until_embedded(LIMIT_S)
    assert sorted(looked) == sorted(shown)
    looked.clear()
    purple = add(library, tmp_path / "colours" / "purple.png", (120, 20, 160))
    meaning.wake()
    assert meaning.wait_until_embedded(LIMIT_S)
    assert meaning.stop_embedding(LIMIT_S)
    meaning.start_embedding(picture, is_busy=lambda: False)
    assert meaning.wait_until_embedded(LIMIT_S)
    assert looked == ["purple"]
    assert meaning.like(purple)[0].file_id == purple


def test_a_job_goes_first(meaning: Meaning, shown: dict[str, int], data_dir: Path) -> None:
    busy = threading.Event()
    busy.set()
    asked = threading.Semaphore(0)

    def is_busy() -> bool:
        asked.release()
        return busy.is_set()

    cache = ThumbnailCache(data_dir / "thumbnails")
    meaning.start_embedding(cache.picture, is_busy=is_busy)
    assert asked.acquire(timeout=LIMIT_S)
    meaning.wake()
    assert asked.acquire(timeout=LIMIT_S)
    assert meaning.counted().done == 0
    busy.clear()
    meaning.wake()
    assert meaning.wait_until_embedded(LIMIT_S)
    assert meaning.counted().done == len(shown)


@pytest.mark.expects_log("embedding has ended")
def test_a_damaged_network_ends_it_in_words(
    library: Library, stand_in: StandIn, data_dir: Path, shown: dict[str, int]
) -> None:
    folder = stand_in.put_into(data_dir)
    place = folder.place(folder.network.files["vision"])
    place.write_bytes(bytes(place.stat().st_size))
    meaning = Meaning(folder, library.store, make_encoder)
    told = list[AppError | None]()
    ended = threading.Event()

    def on_progress(error: AppError | None) -> None:
        told.append(error)
        ended.set()

    cache = ThumbnailCache(data_dir / "thumbnails")
    meaning.start_embedding(cache.picture, is_busy=lambda: False, on_progress=on_progress)
    assert ended.wait(LIMIT_S)
    assert [type(error) for error in told] == [BackendMissingError]
    assert meaning.stop_embedding(LIMIT_S)


def test_without_the_network_it_says_so(
    library: Library, stand_in: StandIn, data_dir: Path
) -> None:
    meaning = Meaning(stand_in.folder(data_dir), library.store, make_encoder)
    assert not meaning.is_there
    meaning.start_embedding(lambda *_: pytest.fail("not there"), is_busy=lambda: False)
    with pytest.raises(BackendMissingError, match="not installed"):
        meaning.search("red")


def test_removing_it_leaves_nothing_of_it(
    meaning: Meaning, shown: dict[str, int], data_dir: Path, library: Library
) -> None:
    embed(meaning, data_dir)
    assert meaning.search("red")
    meaning.remove()
    assert not meaning.is_there
    assert meaning.counted().done == 0
    assert meaning.like(shown["red"]) == []
    assert library.store.read("SELECT count(*) FROM embeddings")[0][0] == 0


def test_an_embedding_goes_with_its_image_and_is_never_compared_with_another_networks(
    library: Library, shown: dict[str, int]
) -> None:
    one, other = Embeddings(library.store, "one"), Embeddings(library.store, "other")
    vector = np.eye(1, 4, dtype=np.float16)[0]
    image = one.image_of(shown["red"])
    assert image is not None
    one.keep({image: vector.tobytes(), 10_000: vector.tobytes()})  # no such image
    assert other.counted().done == 0
    assert other.of([image]) == {}
    assert [*one.of([image])] == [image]
    assert len(vector.tobytes()) * 128 == 1024  # bytes of 512 numbers
    with library.store.write() as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("UPDATE files SET image_id = NULL WHERE image_id = ?", (image,))
        db.execute("DELETE FROM images WHERE id = ?", (image,))
    assert one.of([image]) == {}


def test_the_ranking_is_that_of_the_kept_numbers(library: Library) -> None:
    """A byte a number is for finding who is near; who is nearest is computed exactly."""
    random = np.random.default_rng(18)
    kept = random.standard_normal((5_000, 64)).astype(np.float32)
    kept[:, 3] *= 30  # as CLIP has them: one number that is far larger than all others
    kept = (kept / np.linalg.norm(kept, axis=1, keepdims=True)).astype(np.float16)
    embeddings = Embeddings(library.store, "n")
    with library.store.write() as db:
        db.executemany(
            "INSERT INTO images (id, digest, image_name) VALUES (?, ?, ?)",
            [(n, str(n), str(n)) for n in range(1, 5_001)],
        )
    embeddings.keep({n + 1: row.tobytes() for n, row in enumerate(kept)})
    wanted = kept[17].astype(np.float32)
    exact = kept.astype(np.float32) @ wanted
    ranked = Vectors(embeddings, 64).rank(wanted, 50)
    assert [each.image_id - 1 for each in ranked] == np.argsort(-exact, kind="stable")[:50].tolist()
    assert ranked[0].score == pytest.approx(float(exact[17]))


def test_a_kept_thumbnail_saves_decoding(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    for name, size in (("wide", (2000, 1500)), ("small", (300, 100))):
        Image.new("RGB", size, (200, 30, 30)).save(tmp_path / f"{name}.png")
    assert min(cache.picture(tmp_path / "wide.png", 224).size) >= 224
    cache.thumbnail(tmp_path / "wide.png", 336)
    assert cache.picture(tmp_path / "wide.png", 224).size == (336, 252)
    assert cache.picture(tmp_path / "small.png", 224).size == (300, 100)
    with pytest.raises(ImageError):
        cache.picture(tmp_path / "none.png", 224)


def test_what_was_decoded_to_be_labelled_is_not_decoded_again(
    library: Library, photos: Path, data_dir: Path
) -> None:
    for number, path in enumerate(photos.iterdir()):
        Image.new("RGB", (1600, 1200), (20 * number, 90, 60)).save(path)
    cache = ThumbnailCache(data_dir / "thumbnails")
    ended = threading.Event()

    def see(event: Event) -> None:
        if isinstance(event, JobEvent) and event.state is not JobState.RUNNING:
            ended.set()

    queue = JobQueue(library, RECOGNISERS, lambda name: MemoryBackend(LOCAL), see)
    queue.on_pixels = cache.keep
    queue.add([photos], "local")
    assert ended.wait(LIMIT_S)
    assert queue.close(LIMIT_S)
    assert not queue.is_busy
    for path in photos.iterdir():
        assert cache.picture(path, 224).size == (336, 252)
        assert path.stat().st_size > 0
        assert len([*(data_dir / "thumbnails").glob("*/*.jpg")]) == 10


def test_it_costs_nothing_before_it_is_used(tmp_path: Path) -> None:
    """Neither numpy nor onnxruntime nor what speaks to the web is loaded to look whether it is."""
    program = (
        "import sys; from pathlib import Path; from desktop import app;"
        "from desktop.core.settings import Settings;"
        "core = app.open_core(Path(sys.argv[1]), Settings());"
        "before = set(sys.modules);"
        "print(core.meaning.is_there, core.meaning.done_bytes, *core.meaning.counted());"
        "heavy = {'numpy', 'onnxruntime', 'urllib.request', 'ssl'};"
        "print(sorted(heavy & set(sys.modules) - before))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False 0 0 0\n[]\n"


# In a terminal


@pytest.fixture
def tagdrop_model(stand_in: StandIn, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("desktop.core.meaning.network.MANIFEST", stand_in.manifest)
    return lambda *arguments: cli.run(["model", *arguments, "--data-dir", str(data_dir)])


@pytest.mark.enable_socket
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_terminal_lists_gets_and_removes_it(
    tagdrop_model: Run, hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tagdrop_model
    assert run("list") == 0
    assert "not downloaded" in capsys.readouterr().out
    assert hub.asked == []  # nothing is downloaded unasked
    assert run("get") == 0
    assert run("list") == 0
    assert "downloaded; 0 of 0 photos can be found by meaning" in capsys.readouterr().out
    assert run("remove") == 0
    assert run("list") == 0
    assert "not downloaded" in capsys.readouterr().out
    hub.status = 404
    assert run("get") == 3
    assert "no longer has the model" in capsys.readouterr().err


def test_a_terminal_takes_it_from_a_folder(
    tagdrop_model: Run, stand_in: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tagdrop_model
    assert run("add", str(tmp_path)) == 3
    assert "does not contain the model" in capsys.readouterr().err
    assert run("add", str(stand_in.files)) == 0
    assert "is here" in capsys.readouterr().out
