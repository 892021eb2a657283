"""What Amazon costs, what lies there and how it goes away, against the emulator."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import (
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.httpsession import URLLib3Session

from desktop.backends.aws import AwsBackend, connect
from desktop.core.errors import NetworkError
from desktop.core.job.intake import identify_file
from desktop.core.job.outbox import Outbox
from desktop.core.library.library import Library
from desktop.core.library.rows import ImageRow
from desktop.core.money.copies import Copies, Deleted
from desktop.core.money.spending import Spending, Spent
from desktop.core.money.upload_log import UploadLog, UploadRow
from desktop.core.photo.prepare import prepare
from desktop.core.settings import Settings, change_settings, load_settings
from desktop.recognisers import AWS, RECOGNISERS
from tests.rig.aws.controls import Emulator
from tests.rig.aws.fixtures import Stack
from tests.rig.command import Computer, Run
from tests.rig.photos import make_photos
from tests.rig.processes import until

from .test_label import connected, puts

pytestmark = pytest.mark.aws


@pytest.fixture
def computer(emulator: Emulator, stack: Stack, tmp_path: Path) -> Computer:
    """What 1,000 photos cost here is a round sum, and their copies stay."""
    computer = connected(emulator, stack, tmp_path / ".computer")
    change_settings(
        computer.data_dir, lambda kept: replace(kept, dollars_per_1000=1.0, deletes_copies=False)
    )
    return computer


@pytest.fixture
def library(computer: Computer) -> Iterator[Library]:
    library = Library(computer.data_dir / "library.db", RECOGNISERS)
    yield library
    library.close()


@pytest.fixture
def backend(
    emulator: Emulator, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> Iterator[AwsBackend]:
    """The real backend in this process."""
    for name, value in emulator.env.items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)
    connection = load_settings(stack.data_dir).connection
    assert connection is not None
    backend = connect(connection)
    yield backend
    backend.close()


def last_line(run: Run) -> str:
    return run.errors.strip().splitlines()[-1]


def test_the_command_says_what_it_cost(
    computer: Computer, library: Library, tmp_path: Path, emulator: Emulator
) -> None:
    make_photos(tmp_path, 4, seed=300)
    emulator.forget_requests()
    run = computer.label(tmp_path)
    assert run.code == 0, run.errors
    assert last_line(run) == "This cost $0.004. This month: $0.004 of $5."
    assert Spending(library.store).this_month() == Spent(4, 0.004)
    assert puts(emulator) == 4
    assert last_line(computer.label(tmp_path)) == "This cost $0. This month: $0.004 of $5."


def test_the_limit_stops_the_command_and_a_higher_one_goes_on(
    computer: Computer, tmp_path: Path, emulator: Emulator
) -> None:
    make_photos(tmp_path, 5, seed=310)
    settings = load_settings(computer.data_dir)
    change_settings(computer.data_dir, lambda _: replace(settings, monthly_limit_dollars=0.002))
    emulator.forget_requests()
    run = computer.label(tmp_path)
    assert (run.code, run.states()) == (3, {"done": 2})
    assert "Your limit of $0.002 a month is reached" in run.errors
    assert "--monthly-limit" in run.errors
    assert "3 photos are waiting; the same command resumes." in run.errors
    assert puts(emulator) == 2
    run = computer.label("--monthly-limit", "0.004", tmp_path)
    assert (run.code, run.states()) == (3, {"done": 4})
    run = computer.label("--monthly-limit", "1", tmp_path)
    assert (run.code, run.states()) == (0, {"done": 5})
    assert puts(emulator) == 5


def test_killed_at_any_moment_no_more_is_put_than_is_counted_and_allowed(
    computer: Computer, tmp_path: Path, emulator: Emulator, library: Library
) -> None:
    make_photos(tmp_path, 40, seed=320)
    emulator.forget_requests()
    for lines in (0, 3, 1):
        with computer.start("--monthly-limit", "0.02", tmp_path) as process:
            assert process.stdout
            wait_for_puts(emulator, min(puts(emulator) + 2, 20))  # the limit may be reached
            for _ in range(lines):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=10)
        counted = Spending(library.store).this_month().images
        print(f"{puts(emulator)} puts, {counted} counted")
        assert puts(emulator) <= counted <= 20
    run = computer.label("--monthly-limit", "0.02", tmp_path)
    assert run.code == 3, run.errors
    assert puts(emulator) <= 20
    run = computer.label(tmp_path)
    assert (run.code, run.states()) == (0, {"done": 40}), run.errors
    assert puts(emulator) <= Spending(library.store).this_month().images


def wait_for_puts(emulator: Emulator, count: int) -> None:
    until(lambda: puts(emulator) >= count, f"put {count}")


def test_a_put_whose_answer_is_lost_counts_and_is_not_repeated_unseen(
    computer: Computer,
    library: Library,
    backend: AwsBackend,
    emulator: Emulator,
    tmp_path: Path,
) -> None:
    (photo,) = make_photos(tmp_path, 1, seed=350)
    assert computer.label(tmp_path).code == 0
    (row,) = rows_of(library)
    image = ImageRow(row.image_id, row.image_name)
    outbox = Outbox(library.store, backend, AWS, Settings, job_id=7)
    emulator.forget_requests()

    def lose_the_answer(request: Any, **_: object) -> None:
        URLLib3Session().send(request)
        raise ReadTimeoutError(endpoint_url=request.url)

    backend._s3.meta.events.register("before-send.s3.PutObject", lose_the_answer)
    with pytest.raises(NetworkError) as caught:
        outbox.put(image, prepare(photo), cancel=threading.Event(), again=True)
    assert caught.value.may_have_worked
    assert puts(emulator) == Spending(library.store).of_job(7).images == 1
    assert not rows_of(library)[0].arrived
    backend._s3.meta.events.unregister("before-send.s3.PutObject", lose_the_answer)
    outbox.put(image, prepare(photo), cancel=threading.Event(), again=True)
    assert puts(emulator) == Spending(library.store).of_job(7).images == 2
    assert rows_of(library)[0].arrived


@pytest.mark.parametrize(
    "stop",
    [
        EndpointConnectionError(endpoint_url="https://s3"),
        ConnectTimeoutError(endpoint_url="https://s3"),
    ],
)
def test_without_a_way_there_nothing_is_counted(
    library: Library, backend: AwsBackend, tmp_path: Path, stop: Exception
) -> None:
    (photo,) = make_photos(tmp_path, 1, seed=360)
    job = library.add_job([photo], "aws", again=False)
    library.add_items(job.id, [photo])
    (item,) = library.open_items(job.id, after_id=0, limit=1)
    image = identify_file(library, item, trust_times=False).image

    def no_way(**_: object) -> None:
        raise stop

    backend._s3.meta.events.register("before-send.s3.PutObject", no_way)
    outbox = Outbox(library.store, backend, AWS, Settings, job_id=job.id)
    with pytest.raises(NetworkError) as caught:
        outbox.put(image, prepare(photo), cancel=threading.Event())
    assert not caught.value.may_have_worked
    assert Spending(library.store).this_month() == Spent(0, 0.0)
    assert rows_of(library) == []


def rows_of(library: Library) -> list[UploadRow]:
    upload_log = UploadLog(library.store)
    return upload_log.rows(upload_log.ids())


def test_what_was_noted_is_what_lies_there(
    computer: Computer, library: Library, backend: AwsBackend, tmp_path: Path
) -> None:
    photos = make_photos(tmp_path, 3, seed=330)
    assert computer.label(tmp_path).code == 0
    copies = Copies(UploadLog(library.store), lambda: [backend])
    rows = rows_of(library)
    assert {row.name for row in rows} == {photo.name for photo in photos}
    for row in rows:
        assert row.arrived
        made = copies.copy_of(row)
        assert (made.data, made.is_exact) == (backend.fetch_copy(row.image_name), True)
        row.paths[0].unlink()
        fetched = copies.copy_of(row)
        assert (fetched.data, fetched.is_exact) == (made.data, True)


def test_delete_now_leaves_nothing_at_amazon_and_every_label_here(
    computer: Computer,
    library: Library,
    backend: AwsBackend,
    tmp_path: Path,
) -> None:
    make_photos(tmp_path, 5, seed=340)
    before = computer.label(tmp_path)
    copies = Copies(UploadLog(library.store), lambda: [backend])
    one, *others = rows_of(library)
    assert list(copies.delete_now([one.id], cancel=threading.Event())) == [Deleted(gone=1)]
    assert backend.fetch_copy(one.image_name) is None
    assert dict(backend.poll([one.image_name])) == {}
    assert len(dict(backend.poll([row.image_name for row in others]))) == 4
    assert list(copies.delete_now(None, cancel=threading.Event())) == [Deleted(gone=4)]
    assert all(backend.fetch_copy(row.image_name) is None for row in others)
    assert dict(backend.poll([row.image_name for row in others])) == {}
    after = computer.label(tmp_path)
    assert after.states() == {"skipped": 5}
    labels = {row["path"]: row["labels"] for row in before.rows}
    assert {row["path"]: row["labels"] for row in after.rows} == labels


def test_how_long_copies_stay_is_asked_of_the_set_up(backend: AwsBackend) -> None:
    assert backend.keeps_days() == 1
