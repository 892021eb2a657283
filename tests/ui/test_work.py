"""The work thread: its end is told in the GUI thread; cancelled or left, it ends at once."""

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


@pytest.mark.expects_log("^work: KeyError")
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
