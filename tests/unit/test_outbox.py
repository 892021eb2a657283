"""The one door to a backend: what is written before a put, and how many puts go at a time."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.backend import AlreadyThereError, Place
from desktop.core.errors import AppError, Cancelled, ImageError, LimitError, ThrottledError
from desktop.core.events import State
from desktop.core.job.outbox import Outbox
from desktop.core.library.library import Library
from desktop.core.library.rows import ImageRow, ItemRow
from desktop.core.money.spending import Reservation, Spending, Spent
from desktop.core.money.upload_log import UploadLog, UploadRow, expiry
from desktop.core.photo.prepare import Prepared
from desktop.core.recognisers import Recogniser
from desktop.core.settings import Settings
from desktop.recognisers import AWS, LOCAL
from tests.rig.memory_backend import MemoryBackend
from tests.rig.synced import FULL, NORMAL

PHOTO = Prepared(b"\xff\xd8 a photo")
SENT_AT = 1_800_000_000.0


class Sender:
    """A job's outbox and the one image that it sends."""

    def __init__(self, library: Library, recogniser: Recogniser = AWS) -> None:
        self.library = library
        self.backend = MemoryBackend(recogniser)
        self.settings = Settings(monthly_limit_dollars=0.003, retention_days=3)
        self.job_id = library.add_job([Path("/photos")], recogniser.name, again=False).id
        library.add_items(self.job_id, [Path("/photos/a.jpg")])
        item = self.item()
        self.image: ImageRow = library.images.identify(item.file_id, item.path, "ab" * 32, 10, 20)
        self.outbox = Outbox(
            library.store,
            self.backend,
            recogniser,
            lambda: self.settings,
            job_id=self.job_id,
            clock=lambda: SENT_AT,
        )

    def item(self) -> ItemRow:
        (item,) = self.library.job_items(self.job_id)
        return item

    def put(
        self, *, baseline: str = "", cancel: threading.Event | None = None, again: bool = False
    ) -> Reservation | None:
        return self.outbox.put(
            self.image,
            PHOTO,
            cancel=cancel or threading.Event(),
            item_ids=[self.item().id],
            baseline=baseline,
            again=again,
        )

    def refuse(self, error: AppError, *, may_have_worked: bool = False) -> None:
        error.may_have_worked = may_have_worked
        self.backend.submit_errors.append(error)
        with pytest.raises(type(error)):
            self.put()

    def spent(self) -> Spent:
        return Spending(self.library.store).of_job(self.job_id)

    def sent(self) -> list[UploadRow]:
        log = UploadLog(self.library.store)
        return log.rows(log.ids())


@pytest.fixture
def sender(library: Library) -> Sender:
    return Sender(library)


class SecondLook(threading.Event):
    """Set from the second look on: who does not come in at once gives up."""

    looks = 0

    def is_set(self) -> bool:
        self.looks += 1
        return self.looks > 1


def puts_at_a_time(outbox: Outbox) -> int:
    """How many turns it gives before somebody has to wait."""
    with ExitStack() as turns:
        for count in range(100):
            try:
                turns.enter_context(outbox.turn(SecondLook()))
            except Cancelled:
                return count
    raise AssertionError("it gives any number")


def test_a_put_is_counted_and_noted_for_good_before_it_leaves(
    sender: Sender, commits: list[int]
) -> None:
    levels: list[int] = []
    seen: list[object] = []

    def look(name: str, count: int) -> None:
        levels.extend(commits)
        seen.extend([sender.spent(), sender.item().baseline, *sender.sent()])

    sender.backend._answer = look
    sender.put(baseline="0A")
    row = sender.sent()[0]
    assert levels == [FULL]
    assert seen == [Spent(1, 0.001), "0A", replace(row, arrived=False)]
    assert (row.place, row.sent_at, row.size_bytes, row.arrived) == (
        Place("bucket", f"images/{sender.image.image_name}"),
        SENT_AT,
        len(PHOTO.data),
        True,
    )
    assert row.expires_at == expiry(SENT_AT, 3)
    assert commits == [FULL, NORMAL]  # that it arrived may be lost


def test_what_amazon_says_of_the_end_counts(sender: Sender) -> None:
    sender.backend.expires_at = SENT_AT + 5
    sender.put()
    assert [row.expires_at for row in sender.sent()] == [SENT_AT + 5]


def test_beyond_the_limit_nothing_leaves(sender: Sender) -> None:
    for _ in range(3):
        sender.put(again=True)
    with pytest.raises(LimitError):
        sender.put()
    assert sender.backend.submits.total() == 3
    assert sender.spent() == Spent(3, 0.003)


def test_what_certainly_did_not_leave_is_neither_counted_nor_noted(sender: Sender) -> None:
    sender.refuse(ImageError("No"))
    assert (sender.spent(), sender.sent()) == (Spent(0, 0.0), [])
    sender.refuse(ImageError("No answer"), may_have_worked=True)
    assert sender.spent() == Spent(1, 0.001)
    assert [row.arrived for row in sender.sent()] == [False]


def test_what_is_there_already_is_not_paid_again_unless_it_is_put_again(sender: Sender) -> None:
    sender.put()
    before = sender.sent()
    with pytest.raises(AlreadyThereError):
        sender.outbox.put(sender.image, PHOTO, cancel=threading.Event())
    assert (sender.spent(), sender.sent()) == (Spent(1, 0.001), before)
    assert sender.put(again=True) is not None
    assert (sender.spent(), sender.backend.submits.total()) == (Spent(2, 0.002), 2)


def test_what_was_put_and_refused_is_free_and_is_put_again(sender: Sender) -> None:
    reserved = sender.put()
    sender.library.set_waiting([sender.item().id], "")
    sender.outbox.refused(reserved, [sender.item().id], "0B")
    item = sender.item()
    assert (item.state, item.baseline, item.submitted_at) == (State.QUEUED, "0B", None)
    assert sender.spent() == Spent(0, 0.0)
    assert [row.arrived for row in sender.sent()] == [True]  # the copy is there


def test_a_cancelled_put_was_none(sender: Sender) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        sender.put(cancel=cancel)
    assert (sender.spent(), sender.sent()) == (Spent(0, 0.0), [])


def test_what_stays_on_this_computer_costs_no_write(library: Library, commits: list[int]) -> None:
    sender = Sender(library, LOCAL)
    commits.clear()
    sender.backend.form = "jpeg"
    sender.put()
    assert sender.backend.submits.total() == 1
    assert commits == []
    assert (sender.spent(), sender.sent()) == (Spent(0, 0.0), [])


@pytest.mark.parametrize("kind", ["price", "keeps_copies", "answers_last"])
def test_a_recogniser_is_written_of_what_it_says_of_itself(library: Library, kind: str) -> None:
    only = replace(
        AWS,
        price=AWS.price if kind == "price" else None,
        keeps_copies=kind == "keeps_copies",
        answers_last=kind == "answers_last",
    )
    sender = Sender(library, only)
    sender.put(baseline="0A")
    assert sender.spent().images == (kind == "price")
    assert len(sender.sent()) == (kind == "keeps_copies")
    assert sender.item().baseline == "0A"
    sender.refuse(ImageError("No"))
    assert sender.spent().images == (kind == "price")
    assert len(sender.sent()) == (kind == "keeps_copies")


def test_puts_begin_two_at_a_time_more_follow_answers_and_fewer_a_busy_service(
    sender: Sender,
) -> None:
    sender.settings = Settings(monthly_limit_dollars=1)
    assert puts_at_a_time(sender.outbox) == 2
    for _ in range(6):
        sender.put(again=True)
    assert puts_at_a_time(sender.outbox) == 8
    sender.refuse(ImageError("It is not the line's fault"))
    assert puts_at_a_time(sender.outbox) == 8
    sender.refuse(ThrottledError("Busy"))
    assert puts_at_a_time(sender.outbox) == 4
