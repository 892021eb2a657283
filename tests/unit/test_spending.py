"""The counter of money: by month, exact, for several programs at once, and never over the limit."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from desktop.core.errors import LimitError, Remedy
from desktop.core.library.library import Library
from desktop.core.money.spending import Spending, Spent, photos_left
from desktop.core.watch.watched import WatchedFolders, add_job
from desktop.recognisers import RECOGNISERS
from tests.rig.synced import FULL


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 10, 15, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def spending(library: Library, clock: Clock) -> Spending:
    return Spending(library.store, now=clock)


def reserve(
    spending: Spending, images: int = 1, *, price: float = 1.0, limit: float = 5.0, job: int = 0
) -> None:
    spending.reserve(images, dollars_per_1000=price, limit_dollars=limit, job_id=job)


def test_nothing_is_spent_at_first(spending: Spending) -> None:
    assert spending.this_month() == Spent(0, 0.0)
    assert spending.of_job(1) == Spent(0, 0.0)


def test_it_is_counted_for_good(spending: Spending, commits: list[int]) -> None:
    reserve(spending)
    assert commits == [FULL]


def test_five_dollars_are_five_thousand_photos_and_not_one_more(spending: Spending) -> None:
    for _ in range(10):
        reserve(spending, 499)
    for _ in range(10):
        reserve(spending)
    assert spending.this_month() == Spent(5000, 5.0)
    with pytest.raises(LimitError, match=r"limit of \$5 a month") as caught:
        reserve(spending)
    assert (caught.value.remedy, caught.value.fatal) == (Remedy.RAISE_LIMIT, True)
    assert spending.this_month() == Spent(5000, 5.0)


def test_it_is_all_or_nothing(spending: Spending) -> None:
    reserve(spending, 4999)
    with pytest.raises(LimitError):
        reserve(spending, 2)
    reserve(spending, 1)


def test_each_job_knows_its_own(spending: Spending, clock: Clock) -> None:
    reserve(spending, 3, job=1)
    reserve(spending, 4, job=2)
    clock.now = datetime(2026, 11, 1, tzinfo=UTC)
    reserve(spending, 5, job=1)
    assert spending.of_job(1) == Spent(8, 0.008)
    assert spending.of_job(2) == Spent(4, 0.004)
    assert spending.this_month() == Spent(5, 0.005)


def test_the_jobs_of_a_watched_folder_share_what_was_agreed_for_a_month(
    library: Library, spending: Spending, clock: Clock
) -> None:
    folders = WatchedFolders(library.store)
    paid = folders.add(Path("/paid"), "aws", 0.005).id
    other = folders.add(Path("/other"), "aws", 0.001).id
    free = folders.add(Path("/free"), "aws", None).id
    first, second, others, frees = (
        add_job(library, [], "aws", folder).id for folder in (paid, paid, other, free)
    )
    reserve(spending, 3, job=first)
    reserve(spending, 9, job=frees)
    reserve(spending, 2, job=second)
    with pytest.raises(
        LimitError, match=r"limit of \$0.005 a month for a watched folder"
    ) as caught:
        reserve(spending, job=second)
    assert caught.value.remedy is Remedy.TRY_AGAIN
    reserve(spending, 1, job=others)
    with pytest.raises(LimitError):
        reserve(spending, job=others)
    reserve(spending, 2, job=second, price=0)  # what is free is never too much
    spent = (spending.of_watched(folder).images for folder in (paid, other, free))
    assert tuple(spent) == (7, 1, 9)
    assert spending.this_month().dollars == 0.015
    clock.now = datetime(2026, 11, 1, tzinfo=UTC)
    reserve(spending, 5, job=first)
    assert spending.of_watched(paid) == Spent(5, 0.005)


def test_what_was_not_put_is_given_back_to_its_own_month(
    library: Library, spending: Spending, clock: Clock
) -> None:
    unused = spending.reserve(2, dollars_per_1000=1, limit_dollars=5, job_id=1)
    reserve(spending, 4, job=2)
    clock.now = datetime(2026, 11, 1, tzinfo=UTC)
    reserve(spending, 7)
    reserve(spending, 3, job=1)
    with library.store.write() as db:
        spending.give_back_in(db, unused)
    assert spending.this_month() == Spent(10, 0.01)
    assert spending.of_job(1) == Spent(3, 0.003)
    assert spending.of_job(2) == Spent(4, 0.004)


def test_who_says_no_more_puts_one_photo_outside_of_all_jobs(
    library: Library, spending: Spending
) -> None:
    spending.reserve(dollars_per_1000=1, limit_dollars=5)
    assert spending.of_job(0) == spending.this_month() == Spent(1, 0.001)
    with library.store.write() as db:
        spending.reserve_in(db, dollars_per_1000=1, limit_dollars=5, job_id=2)
    assert spending.of_job(2) == Spent(1, 0.001)


def test_a_month_turns_when_amazons_does(spending: Spending, clock: Clock) -> None:
    clock.now = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)
    reserve(spending, 5000)
    # In Auckland it has been November for half a day.
    clock.now = clock.now.astimezone(timezone(timedelta(hours=13)))
    with pytest.raises(LimitError):
        reserve(spending)
    clock.now += timedelta(seconds=1)
    assert spending.this_month() == Spent(0, 0.0)
    reserve(spending, 5000)


def test_a_clock_set_back_gives_no_room(spending: Spending, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 1, 0, 5, tzinfo=UTC)
    reserve(spending, 4000)
    clock.now = datetime(2026, 10, 31, 23, 55, tzinfo=UTC)
    assert spending.this_month() == Spent(4000, 4.0)
    with pytest.raises(LimitError):
        reserve(spending, 1001)
    reserve(spending, 1000)
    clock.now = datetime(2027, 11, 1, tzinfo=UTC)
    assert spending.this_month() == Spent(0, 0.0)


def test_what_was_spent_keeps_the_price_of_its_time(spending: Spending) -> None:
    reserve(spending, 1000, price=1.0)
    reserve(spending, 1000, price=0.8)
    assert spending.this_month() == Spent(2000, 1.8)
    reserve(spending, 1000, price=0.0)  # within the free tier, say
    assert spending.this_month() == Spent(3000, 1.8)


def test_a_limit_below_what_is_spent_stops_what_costs(spending: Spending) -> None:
    reserve(spending, 3000)
    with pytest.raises(LimitError, match=r"\$2 a month"):
        reserve(spending, limit=2.0)
    reserve(spending, price=0.0, limit=2.0)
    with pytest.raises(LimitError, match=r"\$7\.50 a month"):
        reserve(spending, 5000, limit=7.5)


@pytest.mark.parametrize("price", [0.7, 1.0, 1.1, 1.2345678, 3.3, 0.001])
@pytest.mark.parametrize("limit", [0.0, 0.07, 0.3, 1.1])
def test_what_is_promised_is_what_fits(library: Library, price: float, limit: float) -> None:
    spending = Spending(library.store)
    promised = photos_left(spending.this_month(), price, limit)
    assert promised is not None
    assert promised * price / 1000 <= limit
    if promised:
        reserve(spending, promised, price=price, limit=limit)
    with pytest.raises(LimitError):
        reserve(spending, price=price, limit=limit)
    assert photos_left(spending.this_month(), price, limit) == 0
    assert photos_left(Spent(10**6, 1000), 0, limit) is None


def test_a_price_is_counted_to_the_millionth() -> None:
    assert photos_left(Spent(0, 0.0), 4.0, 400.0) == 100_000


def test_threads_and_programs_share_one_limit(library: Library) -> None:
    other = Library(library.path, RECOGNISERS)  # as a second program has it
    begin = threading.Barrier(8)
    granted = []

    def spend(spending: Spending) -> None:
        begin.wait()
        for _ in range(40):
            try:
                reserve(spending, limit=0.1)
            except LimitError:
                return
            granted.append(1)

    threads = [
        threading.Thread(target=spend, args=(Spending(at.store),))
        for at in (library, other)
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(granted) == 100
    assert Spending(other.store).this_month() == Spent(100, 0.1)
    other.close()


def test_it_is_there_at_the_next_start(library: Library, tmp_path: Path) -> None:
    reserve(Spending(library.store), 12, job=3)
    library.close()
    again = Library(library.path, RECOGNISERS)
    assert Spending(again.store).this_month() == Spent(12, 0.012)
    again.close()
