"""Whether the function and its queue give up an upload: many objects at once, hours in seconds.

    python -m tools.simulate_queue                       # 10,000 objects, three sizes of an account
    python -m tools.simulate_queue --objects 100000 --concurrency 10 --rate 50

The numbers of the template and of the function are the real ones; what AWS does between them is
simulated by its rules:

- S3 hands each object to Lambda as an asynchronous event. Without a free run it is tried again
  after 1 s, 2 s, 4 s … 5 min, for up to 6 hours. A failed run is followed by another one after
  1 and after 2 minutes; then the event goes to the queue ("Error handling for asynchronous
  invocation" and "Asynchronous invocation" in the Lambda guide).
- The queue hands batches to at most MaximumConcurrency runs. What a run does not do is seen again
  when the visibility timeout is over; at its maxReceiveCount a message goes to the dead letters,
  and at the end of the retention period it is gone ("Using Lambda with Amazon SQS").
- Rekognition answers so many calls a second (a token bucket of one second) and refuses the others.

An outage can be added: for so many hours from the beginning Rekognition refuses everything.
"""

from __future__ import annotations

import argparse
import heapq
import itertools
import math
import random
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

from cfnlint.decode import cfn_yaml

from backend_lambda.handler import NEEDED_S, PAUSES_S
from deploy.stack.render import render_template

MOST_AGE_MIN = 6 * 60
RETRIES_MIN = (1, 2)
"""Pauses of Lambda's own after a failed run."""

Steps = Generator[float, None, Any]
"""What happens one after the other; each value is how many seconds pass."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the template says, in seconds and numbers."""

    timeout_s: float
    visibility_s: float
    retention_s: float
    most_receives: int
    batch: int
    runs: int

    @classmethod
    def of_template(cls) -> Rules:
        parts = cfn_yaml.loads(render_template().body)["Resources"]
        queue, source = (parts[part]["Properties"] for part in ("Failures", "FailuresSource"))
        return cls(
            timeout_s=parts["Labeller"]["Properties"]["Timeout"],
            visibility_s=queue["VisibilityTimeout"],
            retention_s=queue["MessageRetentionPeriod"],
            most_receives=queue["RedrivePolicy"]["maxReceiveCount"],
            batch=source["BatchSize"],
            runs=source["ScalingConfig"]["MaximumConcurrency"],
        )


@dataclass(frozen=True, slots=True)
class Times:
    """What takes how long, in seconds."""

    call_s: float = 0.8
    """DetectLabels for a copy as the app makes them (unverified: never measured at AWS)."""
    refusal_s: float = 0.05
    table_s: float = 0.05
    minute_s: float = 60.0
    """A minute of Lambda's own pauses and of the queue's: in the emulator it is shorter."""
    first_look_s: float = 1.0
    longest_look_s: float = 300.0
    """How soon an event is tried again for which no function was free, at first and at last."""


@dataclass(slots=True)
class Message:
    """One object's event in the queue; `answered` is told when it is done."""

    sent_at: float
    answered: Callable[[], object]
    receives: int = 0


@dataclass(slots=True)
class Outcome:
    """How it went. `minutes`: until the last object had an answer or was given up."""

    minutes: float = 0.0
    by_event: int = 0
    by_queue: int = 0
    dead: int = 0
    expired: int = 0
    calls: int = 0
    refused: int = 0
    most_receives: int = 0
    run_seconds: float = 0.0

    @property
    def answered(self) -> int:
        return self.by_event + self.by_queue


@dataclass(slots=True)
class Simulation:
    """One account. Times are seconds since the objects were put."""

    rules: Rules
    objects: int
    concurrency: int
    rate: float
    outage_s: float = 0.0
    times: Times = field(default_factory=Times)
    put_s: float = 0.0
    """The objects are put one after another in this time; all at once, if it is 0."""
    random: random.Random = field(default_factory=lambda: random.Random(13))
    outcome: Outcome = field(default_factory=Outcome)
    _now: float = 0.0
    _next: list[tuple[float, int, Steps]] = field(default_factory=list)
    _order: itertools.count[int] = field(default_factory=itertools.count)
    _waiting: list[tuple[float, int, Message]] = field(default_factory=list)
    _resting: deque[Steps] = field(default_factory=deque)
    _free: int = 0
    _tokens: float = 0.0
    _filled_at: float = 0.0

    def run(self) -> Outcome:
        """Until every object has an answer or is given up."""
        self._free, self._tokens = self.concurrency, self.rate
        self._put()
        for _ in range(self.rules.runs):
            self._begin(self._source())
        outcome = self.outcome
        while outcome.answered + outcome.dead + outcome.expired < self.objects:
            self._now, _, steps = heapq.heappop(self._next)
            pause_s = next(steps, math.inf)
            if pause_s < math.inf:
                heapq.heappush(self._next, (self._now + pause_s, next(self._order), steps))
        outcome.minutes = self._now / 60
        return outcome

    def _put(self) -> None:
        for number in range(self.objects):
            self._begin(self._event(), after_s=self.put_s * number / self.objects)

    def _begin(self, steps: Steps, after_s: float = 0.0) -> None:
        heapq.heappush(self._next, (self._now + after_s, next(self._order), steps))

    def _event(self, answered: Callable[[], object] = lambda: None) -> Steps:
        """One object's way through Lambda's own tries."""
        failures, look_s = 0, self.times.first_look_s
        too_old_at = self._now + MOST_AGE_MIN * self.times.minute_s
        while self._now < too_old_at:
            if not self._take_run():
                yield look_s * self.random.uniform(0.5, 1)
                look_s = min(2 * look_s, self.times.longest_look_s)
                continue
            began = self._now
            is_answered = yield from self._image(self.rules.timeout_s - NEEDED_S)
            self._end_run(began)
            if is_answered:
                self.outcome.by_event += 1
                answered()
                return
            if failures == len(RETRIES_MIN):
                break
            yield RETRIES_MIN[failures] * self.times.minute_s
            failures += 1
        message = Message(self._now, answered)
        heapq.heappush(self._waiting, (self._now, next(self._order), message))

    def _take_run(self) -> bool:
        """Whether a function is free; then it runs."""
        if not self._free:
            return False
        self._free -= 1
        return True

    def _end_run(self, began: float) -> None:
        self._free += 1
        self.outcome.run_seconds += self._now - began

    def _image(self, patience_s: float) -> Steps:
        """What the function does for one image; whether it got an answer."""
        yield self.times.table_s
        for most_s in itertools.chain(PAUSES_S, itertools.repeat(PAUSES_S[-1])):
            self.outcome.calls += 1
            if self._is_granted():
                yield self.times.call_s
                return True
            self.outcome.refused += 1
            yield self.times.refusal_s
            pause_s = most_s * self.random.uniform(0.5, 1)
            patience_s -= pause_s
            if patience_s < 0:
                return False
            yield pause_s
        return False

    def _is_granted(self) -> bool:
        if self._now < self.outage_s:
            return False
        passed_s = self._now - self._filled_at
        self._tokens = min(self.rate, self._tokens + passed_s * self.rate)
        self._filled_at = self._now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def _source(self) -> Steps:
        """One of the runs that the queue feeds."""
        while True:
            batch = self._receive()
            if not batch:
                yield 1.0
                continue
            received = self._now
            visible_at = received + self.rules.visibility_s * self.times.minute_s / 60
            while not (runs := self._take_run()) and self._now < visible_at:
                yield 1.0
            if runs:
                batch = yield from self._batch(batch)
            for message in batch:
                heapq.heappush(self._waiting, (visible_at, next(self._order), message))

    def _receive(self) -> list[Message]:
        batch: list[Message] = []
        while self._waiting and self._waiting[0][0] <= self._now and len(batch) < self.rules.batch:
            _, _, message = heapq.heappop(self._waiting)
            if self._now - message.sent_at > self.rules.retention_s:
                self.outcome.expired += 1
            elif message.receives >= self.rules.most_receives:
                self.outcome.dead += 1
            else:
                message.receives += 1
                self.outcome.most_receives = max(self.outcome.most_receives, message.receives)
                batch.append(message)
        return batch

    def _batch(self, batch: list[Message]) -> Generator[float, None, list[Message]]:
        """One run for a batch; what it did not do."""
        began, left = self._now, []
        for n, message in enumerate(batch):
            time_s = self.rules.timeout_s - (self._now - began)
            share_s = max(0.0, time_s - NEEDED_S) / (len(batch) - n)
            if time_s >= NEEDED_S and (yield from self._image(share_s)):
                self.outcome.by_queue += 1
                message.answered()
            else:
                left.append(message)
        self._end_run(began)
        return left


def main() -> None:
    """Simulate and print a line for each size of an account."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser("python -m tools.simulate_queue", description=about)
    parser.add_argument("--objects", type=int, default=10_000)
    parser.add_argument("--concurrency", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--rate", type=float, default=5.0, help="answers a second")
    parser.add_argument("--outage-hours", type=float, default=0.0)
    asked = parser.parse_args()
    print(
        "runs at once  minutes  by event  by queue  dead  expired  refused calls  most receives"
        "  GB-s"
    )
    for concurrency in asked.concurrency:
        done = Simulation(
            Rules.of_template(),
            asked.objects,
            concurrency,
            asked.rate,
            outage_s=asked.outage_hours * 3600,
        ).run()
        print(
            f"{concurrency:12} {done.minutes:8.0f} {done.by_event:9} {done.by_queue:9}"
            f" {done.dead:5} {done.expired:8} {done.refused / done.calls:14.0%}"
            f" {done.most_receives:14} {done.run_seconds / 4:5.0f}"
        )


if __name__ == "__main__":
    main()
