"""Work: ends are told in the GUI thread, lanes keep their order, and closing loses no writing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.errors import AppError, Cancelled, Remedy
from desktop.ui.work import Left, Stop, Work


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    work = Work()
    yield work
    work.close()


def test_steps_and_the_end_are_told_in_the_gui_thread(work: Work, qtbot: QtBot) -> None:
    told: list[object] = []
    threads: set[int] = set()

    def do(stop: Stop) -> Iterator[int]:
        threads.add(threading.get_ident())
        yield 1
        yield 2

    def note(thing: object) -> None:
        threads.add(threading.get_ident())
        told.append(thing)

    work.follow(do, note, lambda: note("done"))
    qtbot.waitUntil(lambda: told == [1, 2, "done"])
    assert len(threads) == 2
    assert threading.get_ident() in threads


def test_an_answer_is_told_and_so_is_an_error(work: Work, qtbot: QtBot) -> None:
    told: list[object] = []
    error = AppError("It did not work")

    def fail(stop: Stop) -> None:
        raise error

    work.run(lambda _: 42, told.append)
    work.run(fail, failed=told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert 42 in told
    assert error in told


@pytest.mark.expects_log("^work: single: KeyError")
def test_a_mistake_of_ours_is_said_as_one(work: Work, qtbot: QtBot) -> None:
    told: list[AppError] = []
    work.run(lambda _: {}["nothing"], failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].title == "Something went wrong inside Tagdrop"
    assert told[0].remedy is Remedy.SAVE_REPORT


def test_cancelled_work_may_take_back_what_it_began(work: Work, qtbot: QtBot) -> None:
    told: list[object] = []
    begun = threading.Event()

    def do(stop: Stop) -> Iterator[str]:
        begun.set()
        stop.wait(60)
        yield "taken back"
        raise Cancelled

    task = work.follow(do, told.append, cancelled=lambda: told.append("cancelled"))
    assert begun.wait(10)
    task.cancel()
    qtbot.waitUntil(lambda: told == ["taken back", "cancelled"])


def test_dropped_work_is_heard_of_no_more(work: Work, qtbot: QtBot) -> None:
    told: list[object] = []

    def do(stop: Stop) -> str:
        stop.wait(60)
        return "too late"

    dropped = work.run(do, told.append, cancelled=lambda: told.append("cancelled"))
    dropped.drop()
    work.run(lambda _: "next", told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["next"]


def test_closing_ends_every_wait_and_takes_nothing_back(qtbot: QtBot) -> None:
    work = Work()
    ends: list[str] = []
    begun = threading.Event()

    def do(stop: Stop) -> None:
        try:
            begun.set()
            stop.wait(60)
        except Cancelled:
            ends.append("cancelled")
        except Left:
            ends.append("left")
            with pytest.raises(Left):
                stop.is_set()  # whatever asks later is told the same
            raise

    work.run(do)
    assert begun.wait(10)
    began_at = time.monotonic()
    work.close()
    assert time.monotonic() - began_at < 5
    assert ends == ["left"]


def test_closing_waits_for_nothing_that_cannot_be_interrupted(qtbot: QtBot) -> None:
    work = Work()
    release, begun = threading.Event(), threading.Event()

    def hang(stop: Stop) -> None:
        begun.set()
        release.wait(60)

    work.run(hang)
    assert begun.wait(10)
    began_at = time.monotonic()
    work.close()
    assert time.monotonic() - began_at < 5
    release.set()


def test_a_lane_does_one_call_after_the_other(work: Work, qtbot: QtBot) -> None:
    done: list[int] = []
    told: list[int] = []
    lane, other = work.lane("one"), work.lane("other")
    may_begin = threading.Event()

    def do(number: int) -> int:
        assert may_begin.wait(10)
        done.append(number)
        return number

    for number in range(20):
        lane.run(lambda _, n=number: do(n), told.append)
    other.run(lambda _: may_begin.set())  # it waits for no call of another lane
    qtbot.waitUntil(lambda: len(told) == 20)
    assert done == told == list(range(20))
    assert not work.is_busy


def test_only_the_newest_of_a_kind_is_done_and_in_its_turn(work: Work, qtbot: QtBot) -> None:
    told: list[object] = []
    lane = work.lane("one")
    begun, may_end = threading.Event(), threading.Event()

    def first(_: Stop) -> str:
        begun.set()
        assert may_end.wait(10)
        return "first"

    lane.run(first, told.append, newest="find", about="dog")
    assert begun.wait(10)
    lane.run(lambda _: "never", told.append, newest="find", about="dog")
    lane.run(lambda _: "between", told.append)
    lane.run(lambda _: "count", told.append, newest="count")
    lane.run(lambda _: "newest", told.append, newest="find", about="dog")
    may_end.set()
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == ["first", "newest", "between", "count"]


def test_what_was_found_for_another_question_is_not_told(work: Work, qtbot: QtBot) -> None:
    told: list[object] = []
    lane = work.lane("one")
    begun = threading.Event()

    def first(stop: Stop) -> str:
        begun.set()
        stop.wait(60)  # and it hears that nobody waits for it
        return "dog"

    lane.run(first, told.append, newest="find", about="dog")
    assert begun.wait(10)
    lane.run(lambda _: "cat", told.append, newest="find", about="cat")
    qtbot.waitUntil(lambda: told == ["cat"])


def test_what_waits_can_be_cancelled_and_dropped_before_it_begins(work: Work, qtbot: QtBot) -> None:
    done: list[str] = []
    told: list[str] = []
    lane = work.lane("one")
    may_end = threading.Event()
    lane.run(lambda _: may_end.wait(10))
    lane.run(lambda _: done.append("dropped")).drop()
    lane.run(lambda _: done.append("cancelled"), cancelled=lambda: told.append("end")).cancel()
    may_end.set()
    qtbot.waitUntil(lambda: told == ["end"])
    assert done == []


def test_closing_finishes_what_is_written_and_nothing_else(qtbot: QtBot) -> None:
    work = Work()
    done: list[str] = []
    lane = work.lane("one", finish_s=20)
    begun, may_end = threading.Event(), threading.Event()

    def write(_: Stop) -> None:
        begun.set()
        assert may_end.wait(10)
        done.append("under way")

    lane.run(write, writes=True)
    lane.run(lambda _: done.append("asked"))
    lane.run(lambda _: done.append("written"), writes=True)
    assert begun.wait(10)
    threading.Timer(0.05, may_end.set).start()
    work.close()
    assert done == ["under way", "written"]
    lane.run(lambda _: done.append("too late"), writes=True)
    work.close()
    assert done == ["under way", "written"]


@pytest.mark.expects_log("^work: one: KeyError")
def test_a_mistake_ends_no_lane(work: Work, qtbot: QtBot) -> None:
    told: list[object] = []
    lane = work.lane("one")
    lane.run(lambda _: {}["nothing"], failed=lambda error: told.append(error.title))
    lane.run(lambda _: "next", told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["Something went wrong inside Tagdrop", "next"]
