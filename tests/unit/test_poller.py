"""The thread that asks for answers: what it hands on, what it keeps, and when it gives up."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.errors import AppError, Cancelled, CredentialsError, NetworkError
from desktop.core.job import poller as module
from desktop.core.job.inflight import InFlight
from desktop.core.job.poller import Poller
from desktop.core.library.rows import ImageRow
from desktop.core.photo.prepare import Stamp
from tests.rig.memory_backend import MemoryBackend, dog
from tests.rig.processes import until

pytestmark = pytest.mark.usefixtures("no_long_waits")
LATE_S = 1000.0


class Table(MemoryBackend):
    """A backend whose questions are seen, and wait while `is_held`."""

    def __init__(self) -> None:
        super().__init__(tick_s=0.001)
        self.go_on = threading.Event()
        self.go_on.set()
        self.asked: list[list[str]] = []

    def poll(self, image_names: Sequence[str]) -> Iterator[tuple[str, Answer]]:
        self.asked.append(list(image_names))
        assert self.go_on.wait(10)
        return super().poll(image_names)


class Watched:
    """A poller, and all that it hands on."""

    def __init__(self) -> None:
        self.table = Table()
        self.ending = threading.Event()
        self.answers: list[tuple[InFlight, Answer]] = []
        self.overdue: list[InFlight] = []
        self.fatal: list[AppError] = []
        self.threads: set[threading.Thread] = set()
        self.poller = Poller(
            self.table,
            self.ending,
            on_answer=self._answer,
            on_overdue=self.overdue.append,
            on_fatal=self.fatal.append,
        )

    def _answer(self, inflight: InFlight, answer: Answer) -> None:
        self.threads.add(threading.current_thread())
        self.answers.append((inflight, answer))

    def questions(self, count: int = 2) -> None:
        """Wait until it has asked so often from now on."""
        asked = len(self.table.asked) + count
        until(lambda: len(self.table.asked) >= asked, "more questions")


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    watched.poller.start()
    yield watched
    watched.ending.set()
    watched.table.go_on.set()
    watched.poller.close()


def image(name: str = "a", *, baseline: str = "", submitted_s_ago: float = 0.0) -> InFlight:
    return InFlight(
        image=ImageRow(1, name),
        stamp=Stamp.of(Path(__file__).stat()),
        content=None,
        items=[],
        baseline=baseline,
        resumed=False,
        submitted_at=time.monotonic() - submitted_s_ago,
    )


def test_an_answer_is_handed_on_once_and_nothing_is_asked_any_more(watched: Watched) -> None:
    watched.questions(0)
    inflight = image()
    watched.poller.watch(inflight, LATE_S)
    watched.questions()
    assert watched.answers == []
    watched.table.table["a"] = dog("a")
    until(lambda: watched.answers, "the answer")
    assert watched.answers == [(inflight, dog("a"))]
    assert not any(thread is threading.main_thread() for thread in watched.threads)
    assert watched.poller.close() == []
    assert all(names == ["a"] for names in watched.table.asked)


def test_a_program_that_ends_does_not_wait_for_it() -> None:
    before = set(threading.enumerate())
    watched = Watched()
    watched.poller.start()
    assert [each.daemon for each in set(threading.enumerate()) - before] == [True]
    watched.poller.close()


def test_whoever_comes_later_is_asked_for_too(watched: Watched) -> None:
    for name in "ab":
        watched.table.table[name] = dog(name)
        watched.poller.watch(image(name), LATE_S)
        until(lambda name=name: len(watched.answers) == "ab".index(name) + 1, "its answer")


def test_the_answer_of_before_is_not_taken(watched: Watched) -> None:
    watched.table.table["a"] = dog("a", "1")
    watched.poller.watch(image(baseline="1"), LATE_S)
    watched.questions()
    assert watched.answers == []
    watched.table.table["a"] = dog("a", "2")
    until(lambda: watched.answers, "the new answer")


def test_an_answer_without_a_version_is_taken(watched: Watched) -> None:
    watched.table.table["a"] = dog("a", "")
    watched.poller.watch(image(), LATE_S)
    until(lambda: watched.answers, "the answer")


def test_answers_that_nobody_waits_for_any_more_do_no_harm(watched: Watched) -> None:
    watched.table.go_on.clear()
    watched.poller.watch(image(), LATE_S)
    until(lambda: watched.table.asked, "a question")
    watched.table.table["a"] = dog("a")
    both = [("a", dog("a")), ("a", dog("a")), ("b", dog("b"))]
    watched.table.poll = lambda names: iter(both)  # type: ignore[method-assign,assignment]
    watched.table.go_on.set()
    until(lambda: watched.answers, "the answer")
    assert len(watched.answers) == 1
    assert watched.fatal == []


def test_who_is_late_when_asked_waits_no_more(watched: Watched) -> None:
    late, in_time = image("a", submitted_s_ago=LATE_S), image("b", submitted_s_ago=LATE_S - 100)
    for inflight in (late, in_time):
        watched.poller.watch(inflight, LATE_S)
    until(lambda: watched.overdue, "the late one")
    watched.questions()
    assert watched.overdue == [late]
    assert watched.table.asked[-1] == ["b"]
    assert watched.poller.close() == [in_time]


def test_nobody_is_late_as_long_as_no_question_gets_through(watched: Watched) -> None:
    watched.table.poll_errors = [NetworkError("Cannot reach it") for _ in range(3)]
    watched.poller.watch(image(submitted_s_ago=LATE_S), LATE_S)
    until(lambda: watched.overdue, "the late one")
    assert len(watched.table.asked) == 4
    assert watched.table.poll_errors == []


def test_who_came_while_it_was_asked_for_others_is_not_late_yet(watched: Watched) -> None:
    watched.table.go_on.clear()
    watched.poller.watch(image("a"), LATE_S)
    until(lambda: watched.table.asked, "a question")
    late = image("b", submitted_s_ago=LATE_S)
    watched.poller.watch(late, LATE_S)
    watched.table.go_on.set()
    until(lambda: watched.overdue, "the late one")
    assert sorted(watched.table.asked[1]) == ["a", "b"]


def test_it_gives_up_after_so_many_failures_in_a_row(watched: Watched) -> None:
    away = NetworkError("Cannot reach it")
    watched.table.poll_errors = [away for _ in range(module.PATIENCE - 1)]
    watched.poller.watch(image(), LATE_S)
    watched.questions(module.PATIENCE)  # the last of which got through
    watched.table.poll_errors = [away for _ in range(module.PATIENCE - 1)]
    watched.questions(module.PATIENCE)
    assert watched.fatal == []
    watched.table.poll_errors = [away for _ in range(module.PATIENCE)]
    until(lambda: watched.fatal, "the end of its patience")
    assert watched.fatal == [away]


def test_what_is_fatal_is_said_at_once(watched: Watched) -> None:
    watched.table.poll_errors = [CredentialsError("Signed out")]
    watched.poller.watch(image(), LATE_S)
    until(lambda: watched.fatal, "the error")
    assert watched.fatal == [CredentialsError("Signed out")]
    assert len(watched.table.asked) == 1 or watched.fatal[1:] == []


@pytest.mark.expects_log("^poll: UnicodeDecodeError")
def test_a_torn_answer_counts_as_a_failure(watched: Watched) -> None:
    torn = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "torn")
    watched.table.poll_errors = [torn for _ in range(module.PATIENCE)]
    watched.poller.watch(image(), LATE_S)
    until(lambda: watched.fatal, "the end of its patience")
    assert "inside Tagdrop" in watched.fatal[0].title


@pytest.mark.parametrize("failures", [0, 3])
def test_it_waits_for_a_tick_and_longer_after_each_failure(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    backed_off: list[int] = []
    waits: list[float] = []

    def back_off(failed: int) -> float:
        backed_off.append(failed)
        return 1000.0

    class Ending(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0.0)
            return self.is_set()

    monkeypatch.setattr(module, "backoff_s", back_off)
    watched.poller._ending = Ending()
    watched.table.tick_s = 7.0
    watched.table.poll_errors = [NetworkError("Cannot reach it") for _ in range(failures)]
    watched.poller.watch(image(), LATE_S)
    watched.questions(failures + 2)
    assert backed_off == list(range(1, failures + 1))
    assert waits[: failures + 1] == [7.0, *[1007.0] * failures]
    watched.poller._ending.set()


def test_nothing_is_watched_any_more_when_all_ends(watched: Watched) -> None:
    watched.ending.set()
    with pytest.raises(Cancelled):
        watched.poller.watch(image(), LATE_S)
    assert watched.poller.close() == []
    watched.ending.clear()
    with pytest.raises(Cancelled):
        watched.poller.watch(image(), LATE_S)


def test_closing_hands_back_who_waits_and_asks_nothing_more(watched: Watched) -> None:
    watched.questions(0)
    inflight = image()
    watched.table.go_on.clear()
    watched.poller.watch(inflight, LATE_S)
    until(lambda: watched.table.asked, "a question")
    left: list[list[InFlight]] = []
    closing = threading.Thread(target=lambda: left.append(watched.poller.close()))
    closing.start()
    until(watched.poller._closed.is_set, "the closing")
    assert left == []  # not before the question that is under way has come back
    watched.table.go_on.set()
    closing.join(10)
    assert left == [[inflight]]
    assert len(watched.table.asked) == 1


@pytest.mark.parametrize("waits", [False, True])
def test_ending_ends_it(waits: bool) -> None:
    watched = Watched()
    watched.table.tick_s = 1000.0
    watched.poller.start()
    if waits:
        watched.poller.watch(image(), LATE_S)
    watched.ending.set()
    until(watched.poller._closed.is_set, "its end")
    assert watched.table.asked == []
    assert len(watched.poller.close()) == waits


@pytest.mark.expects_log("^poll: OverflowError")
def test_a_bug_of_its_own_is_said_and_closes_it(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(failures: int) -> float:
        raise OverflowError

    monkeypatch.setattr(module, "backoff_s", fail)
    watched.table.poll_errors = [NetworkError("Cannot reach it")]
    watched.poller.watch(image(), LATE_S)
    until(lambda: watched.fatal, "the bug")
    with pytest.raises(Cancelled):
        until(lambda: watched.poller.watch(image("b"), LATE_S), "its end")
