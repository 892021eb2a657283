"""What left the computer: noted before it leaves, shown byte for byte, deleted where it lies."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.core.backend import Answer, Place
from desktop.core.errors import (
    AppError,
    BackendMissingError,
    Cancelled,
    ImageError,
    NetworkError,
    ThrottledError,
)
from desktop.core.events import ItemEvent, State
from desktop.core.job.outbox import Outbox
from desktop.core.library.library import Library
from desktop.core.money.copies import Copies, Deleted
from desktop.core.money.upload_log import UploadLog, UploadRow, UploadTotal, expiry
from desktop.core.photo.prepare import Prepared
from desktop.core.settings import Settings
from desktop.recognisers import AWS
from tests.rig.memory_backend import MemoryBackend, dog

from .conftest import save_photo
from .test_job import Person

DAY_S = 24 * 3600


pytestmark = pytest.mark.usefixtures("no_long_waits")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(10):
        save_photo(folder / f"photo {number}.png", number)
    return folder


@pytest.fixture
def upload_log(library: Library) -> UploadLog:
    return UploadLog(library.store)


@pytest.fixture
def backend() -> MemoryBackend:
    return MemoryBackend()


@pytest.fixture
def copies(upload_log: UploadLog, backend: MemoryBackend) -> Copies:
    return Copies(upload_log, lambda: [backend])


@pytest.fixture
def labelled(library: Library, backend: MemoryBackend, photos: Path) -> Iterator[Person]:
    """Ten photos that went away and came back with labels."""
    person = Person(library, backend)
    person.label(photos)
    yield person
    person.leave()


def all_rows(upload_log: UploadLog) -> list[UploadRow]:
    return upload_log.rows(upload_log.ids())


def delete(copies: Copies, ids: list[int] | None = None) -> Deleted:
    return list(copies.delete_now(ids, cancel=threading.Event()))[-1]


def test_each_image_is_noted_with_its_very_bytes(
    upload_log: UploadLog, backend: MemoryBackend, labelled: Person, photos: Path
) -> None:
    rows = all_rows(upload_log)
    assert {row.name for row in rows} == {path.name for path in photos.iterdir()}
    for row in rows:
        data = backend.copies[row.image_name]
        assert (row.digest, row.size_bytes) == (hashlib.sha256(data).hexdigest(), len(data))
        assert row.place == Place("bucket", f"images/{row.image_name}")
        assert row.paths == (photos / row.name,)
        assert (row.arrived, row.at_work, row.deleted_at) == (True, False, None)
        assert row.expires_at == expiry(row.sent_at, 1)
    assert [row.sent_at for row in rows] == sorted((r.sent_at for r in rows), reverse=True)


def test_it_is_noted_before_it_leaves(
    library: Library, upload_log: UploadLog, photos: Path
) -> None:
    seen: list[tuple[bool, str]] = []

    def answer(name: str, count: int) -> Answer:
        (row,) = (row for row in all_rows(upload_log) if row.image_name == name)
        seen.append((row.arrived, row.digest))
        return dog(name)

    person = Person(library, MemoryBackend(answer=answer))
    person.label(photos / "photo 1.png")
    (row,) = all_rows(upload_log)
    assert seen == [(False, row.digest)]
    person.leave()


def test_an_expiry_is_the_first_midnight_after_its_days() -> None:
    sent_at = datetime(2026, 12, 31, 13, 7, 5, tzinfo=UTC).timestamp()
    assert datetime.fromtimestamp(expiry(sent_at, 1), UTC) == datetime(2027, 1, 2, tzinfo=UTC)
    assert datetime.fromtimestamp(expiry(sent_at, 30), UTC) == datetime(2027, 1, 31, tzinfo=UTC)


def test_the_wish_counts_until_amazon_says_when(
    library: Library, upload_log: UploadLog, photos: Path
) -> None:
    person = Person(library, MemoryBackend())
    person.settings = Settings(retention_days=7, deletes_copies=False)
    person.label(photos / "photo 1.png")
    (row,) = all_rows(upload_log)
    assert row.expires_at == expiry(row.sent_at, 7)
    person.backend.expires_at = 1_800_000_000.0
    person.label(photos / "photo 1.png", again=True)
    assert [row.expires_at for row in all_rows(upload_log)] == [1_800_000_000.0]
    person.leave()


def refused(error: AppError) -> AppError:
    error.may_have_worked = False
    return error


@pytest.mark.parametrize(
    ("error", "is_noted"),
    [
        (refused(ThrottledError("Busy")), False),
        (refused(NetworkError("No way there")), False),
        (NetworkError("No answer"), True),
        (Cancelled(), False),
    ],
)
def test_what_certainly_did_not_leave_is_not_noted(
    library: Library, upload_log: UploadLog, photos: Path, error: Exception, is_noted: bool
) -> None:
    backend = MemoryBackend()
    person = Person(library, backend)
    person.label(photos / "photo 1.png")
    (before,) = all_rows(upload_log)
    outbox = Outbox(
        library.store, backend, AWS, Settings, job_id=1, clock=lambda: before.sent_at + 60
    )
    (image,) = [
        library.images.known_image(1, f.stat().st_size, f.stat().st_mtime_ns) for f in before.paths
    ]
    assert image is not None
    backend.submit_errors = [error]
    with pytest.raises(type(error)):
        outbox.put(image, Prepared(b"\xff\xd8 other bytes"), cancel=threading.Event())
    (after,) = all_rows(upload_log)
    if is_noted:
        assert (after.arrived, after.size_bytes, after.id) == (False, 14, before.id)
    else:
        assert after == before
    person.leave()


def test_a_copy_is_made_anew_and_proved_by_its_digest(
    copies: Copies, upload_log: UploadLog, backend: MemoryBackend, labelled: Person
) -> None:
    row = all_rows(upload_log)[0]
    was_sent = backend.copies.pop(row.image_name)  # Amazon has deleted it
    copy = copies.copy_of(row)
    assert (copy.data, copy.is_exact) == (was_sent, True)


def test_a_copy_comes_from_where_it_lies_when_the_photo_is_gone(
    copies: Copies, upload_log: UploadLog, backend: MemoryBackend, labelled: Person
) -> None:
    row = all_rows(upload_log)[0]
    row.paths[0].unlink()
    copy = copies.copy_of(row)
    assert (copy.data, copy.is_exact) == (backend.copies[row.image_name], True)
    backend.copies[row.image_name] = b"somebody else's"
    assert copies.copy_of(row).is_exact is False
    del backend.copies[row.image_name]
    with pytest.raises(AppError, match="can no longer be shown"):
        copies.copy_of(row)


def test_what_would_leave_today_is_not_called_exact(
    copies: Copies, upload_log: UploadLog, backend: MemoryBackend, labelled: Person
) -> None:
    row = all_rows(upload_log)[0]
    save_photo(row.paths[0], 99)
    assert copies.copy_of(row).data == backend.copies[row.image_name]
    del backend.copies[row.image_name]
    copy = copies.copy_of(row)
    assert copy.is_exact is False
    assert copy.data.startswith(b"\xff\xd8")


def test_without_a_connection_copies_are_still_shown(
    upload_log: UploadLog, labelled: Person
) -> None:
    def connect() -> list[MemoryBackend]:
        raise BackendMissingError("Amazon is not set up yet", "Set it up.")

    copies = Copies(upload_log, connect)
    row = all_rows(upload_log)[0]
    assert copies.copy_of(row).is_exact
    save_photo(row.paths[0], 99)
    assert not copies.copy_of(row).is_exact
    row.paths[0].unlink()
    with pytest.raises(BackendMissingError):
        copies.copy_of(row)


def test_delete_now_deletes_the_copy_and_the_answer_and_no_label_here(
    library: Library,
    copies: Copies,
    upload_log: UploadLog,
    backend: MemoryBackend,
    labelled: Person,
) -> None:
    first, *others = all_rows(upload_log)
    assert delete(copies, [first.id]) == Deleted(gone=1)
    assert first.image_name not in backend.copies
    assert first.image_name not in backend.table
    assert len(backend.copies) == len(others) == 9
    assert upload_log.rows([first.id])[0].deleted_at is not None
    assert [s.record.label for s in library.effective_labels(first.image_id)] == ["Dog"]
    assert delete(copies, [first.id]) == Deleted()
    assert delete(copies) == Deleted(gone=9)
    assert not backend.copies
    assert not backend.table
    assert list(copies.delete_now(None, cancel=threading.Event())) == []


def test_what_a_job_works_on_stays(library: Library, photos: Path, upload_log: UploadLog) -> None:
    backend = MemoryBackend(answer=lambda name, count: None, max_concurrency=3)
    person = Person(library, backend)
    person.queue.add([photos], "aws")
    for _ in range(3):
        event = person.wait_for(lambda e: isinstance(e, ItemEvent) and e.state is State.WAITING)
    assert isinstance(event, ItemEvent)
    copies = Copies(upload_log, lambda: [backend])
    assert delete(copies) == Deleted(at_work=3)
    assert len(backend.copies) == 3
    person.queue.cancel(event.job_id)
    person.wait_for_end()
    assert delete(copies) == Deleted(gone=3)
    person.leave()


def test_what_a_job_labels_again_stays(
    library: Library, copies: Copies, backend: MemoryBackend, labelled: Person
) -> None:
    library.add_job_again([row.file_id for row in library.files()[:2]], "aws")  # not begun yet
    assert delete(copies) == Deleted(gone=8, at_work=2)
    assert len(backend.copies) == 2


def test_another_bucket_is_out_of_reach(
    copies: Copies, upload_log: UploadLog, backend: MemoryBackend, labelled: Person, photos: Path
) -> None:
    backend.bucket = "another"
    assert delete(copies, upload_log.ids()) == Deleted(elsewhere=10)
    assert list(copies.delete_now(None, cancel=threading.Event())) == []
    assert len(backend.copies) == 10
    labelled.label(photos / "photo 1.png", again=True)
    assert len(upload_log.ids()) == 11  # one image, two places
    assert delete(copies) == Deleted(gone=1)


def test_each_copy_is_shown_and_deleted_by_the_backend_that_keeps_it(
    library: Library,
    upload_log: UploadLog,
    backend: MemoryBackend,
    labelled: Person,
    photos: Path,
) -> None:
    other = MemoryBackend()
    other.bucket = "of another recogniser"
    another = Person(library, other)
    another.label(photos / "photo 1.png", again=True)
    another.leave()
    copies = Copies(upload_log, lambda: [backend, other])
    (theirs,) = (row for row in all_rows(upload_log) if row.place.bucket == other.bucket)
    theirs.paths[0].unlink()
    assert copies.copy_of(theirs).data == other.copies[theirs.image_name]
    assert delete(copies, upload_log.ids()[:3]) == Deleted(gone=3)
    assert (len(backend.copies), len(other.copies)) == (8, 0)
    assert delete(copies) == Deleted(gone=8)


def test_a_busy_service_is_waited_for_and_a_lasting_error_keeps_the_rest(
    copies: Copies, upload_log: UploadLog, backend: MemoryBackend, labelled: Person
) -> None:
    backend.forget_errors = [ThrottledError("Busy"), NetworkError("Away")]
    assert delete(copies, upload_log.ids()[:4]) == Deleted(gone=4)
    backend.forget_errors = [ImageError("No")]
    with pytest.raises(ImageError):
        delete(copies)
    assert upload_log.total(0.0).away == 6


def test_deleting_ends_when_it_is_cancelled(
    copies: Copies, backend: MemoryBackend, labelled: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.core.money.copies.AT_ONCE", 4)
    cancel = threading.Event()
    deleting = copies.delete_now(None, cancel=cancel)
    assert next(deleting) == Deleted(gone=4)
    cancel.set()
    with pytest.raises(Cancelled):
        next(deleting)
    assert len(backend.copies) == 6
    assert delete(copies) == Deleted(gone=6)


def test_an_image_put_anew_while_it_is_deleted_counts_as_there(
    copies: Copies, upload_log: UploadLog, backend: MemoryBackend, labelled: Person, photos: Path
) -> None:
    stale = all_rows(upload_log)
    labelled.label(photos / "photo 3.png", again=True)
    upload_log.set_deleted(stale, 1.0)
    assert [row.name for row in all_rows(upload_log) if row.deleted_at is None] == ["photo 3.png"]


def test_what_may_be_away_is_counted(
    upload_log: UploadLog, backend: MemoryBackend, copies: Copies, labelled: Person
) -> None:
    rows = all_rows(upload_log)
    total_bytes = sum(row.size_bytes for row in rows)
    now = rows[0].sent_at
    assert upload_log.total(now) == UploadTotal(10, 10, total_bytes)
    assert upload_log.total(rows[0].expires_at) == UploadTotal(10, 0, 0)
    delete(copies, [rows[0].id])
    assert upload_log.total(now) == UploadTotal(10, 9, total_bytes - rows[0].size_bytes)


@pytest.mark.parametrize(
    ("word", "count"), [("", 10), ("photo 3", 1), ("PHOTO", 10), ("%", 0), ("_", 0), ("dog", 0)]
)
def test_images_are_found_by_their_files_names(
    upload_log: UploadLog, labelled: Person, word: str, count: int
) -> None:
    assert len(upload_log.ids(word)) == count


def test_a_name_that_is_no_text_comes_back(
    library: Library, upload_log: UploadLog, backend: MemoryBackend, photos: Path
) -> None:
    strange = photos / "b\udce4r \U0001f43b.png"
    (photos / "photo 1.png").rename(strange)
    person = Person(library, backend)
    person.label(strange)
    assert [row.paths for row in all_rows(upload_log)] == [(strange,)]
    person.leave()
