"""A million photos, and many computers on one service: what throttles first, and what it costs.

    python -m tools.simulate_scale                               # the tables of docs/scale.md
    python -m tools.simulate_scale --computers 20 --rate 50 --concurrency 1000

Each computer hands its photos in by the program's own pace (`desktop.core.job.pace`), at most 100
of them on their way; the function and its queue are those of `tools.simulate_queue`, with the
template's numbers; and each service takes no more than its quota, from a bucket that holds a
second's worth. What is simulated is some thousand photos. A million take as long as the middle half
of these says: not their beginning, when each computer still learns its pace, nor their end. Quotas
and their sources stand in `Quotas`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from desktop.backends.aws import NAMES_PER_CALL, TICK_MIN_S
from desktop.core.job.job import LATE_AFTER_S
from desktop.core.job.pace import LOOK_S, Pace
from desktop.core.money.prices import OTHERS, rekognition_price

from .simulate_queue import Rules, Simulation, Steps

MILLION = 1_000_000
MEMORY_GB = 0.25
PUT_S = 0.2, 0.6
"""An upload, at the least and at the most (unverified: it is by the person's line)."""
AGAIN_S = 0.2
"""What the table or the storage has refused is tried again after so long, in the mean."""
COUNTED_UNITS, ITEM_UNITS, READ_UNITS = 1, 4, 1
"""A photo's count in the month's item, its answer of up to 4 KB, and the look for an older one."""
ASKED_UNITS = 0.5
"""For each name that a computer asks the table for."""


@dataclass(frozen=True, slots=True)
class Quotas:
    """What an account may do in a second, as AWS gives it at first; all but S3's can be raised.

    - `rate`: DetectLabels, 50 in the largest regions and 5 in most ("Amazon Rekognition endpoints
      and quotas" in the AWS General Reference; what an account has, Service Quotas tells).
    - `concurrency`: of functions, 1,000 in most accounts and 10 in new ones ("Lambda quotas").
    - `starts`: 1,000 new environments of a function every 10 seconds ("Lambda scaling behavior").
    - `puts`: at least 3,500 PUT, COPY, POST and DELETE for a partitioned prefix ("Best practices
      design patterns: optimizing Amazon S3 performance").
    - `writes`, `reads`: of a new table on demand, and `item`: of one partition, so of one item, too
      ("DynamoDB on-demand capacity mode", "Why is my on-demand DynamoDB table throttled?").
    """

    rate: float = 50.0
    concurrency: int = 1000
    starts: float = 100.0
    puts: float = 3500.0
    writes: float = 4000.0
    reads: float = 12_000.0
    item: float = 1000.0


@dataclass(slots=True)
class Bucket:
    """A token bucket that holds `seconds` of what it gets."""

    per_s: float
    seconds: float = 1.0
    tokens: float = field(init=False)
    filled_at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.per_s * self.seconds

    def take(self, units: float, now: float) -> bool:
        """Whether there are as many; then they are gone."""
        filled = self.tokens + self.per_s * (now - self.filled_at)
        self.tokens, self.filled_at = min(self.per_s * self.seconds, filled), now
        if self.tokens < units:
            return False
        self.tokens -= units
        return True


@dataclass(slots=True)
class Computer:
    """One that labels: what it still has to hand in, and which answers lie in the table for it."""

    pace: Pace
    left: int
    on_their_way: int = 0
    answers: list[float] = field(default_factory=list)


class Service(Simulation):
    """One account, its quotas, and the computers that label with it."""

    def __init__(
        self, quotas: Quotas, computers: int, photos: int, known_per_s: float | None
    ) -> None:
        super().__init__(Rules.of_template(), photos, quotas.concurrency, quotas.rate)
        self.throttled: Counter[str] = Counter()
        self.first = ""
        self.latencies_s: list[float] = []
        self.answered_at: list[float] = []
        self._computers = [
            Computer(Pace(5.0, known_per_s), len(range(number, photos, computers)))
            for number in range(computers)
        ]
        self._starts = Bucket(quotas.starts, seconds=10)
        self._started = 0
        self._puts = Bucket(quotas.puts)
        self._writes, self._reads = Bucket(quotas.writes), Bucket(quotas.reads)
        self._item = Bucket(quotas.item)

    def _put(self) -> None:
        for computer in self._computers:
            first_s = self.random.uniform(0, TICK_MIN_S)
            self._begin(self._hand_in(computer), first_s)
            self._begin(self._poll(computer), first_s)

    def _hand_in(self, computer: Computer) -> Steps:
        while computer.left:
            if computer.on_their_way >= NAMES_PER_CALL:
                yield 0.05
            elif delay_s := computer.pace.take(self._now):
                yield min(delay_s + 1e-6, LOOK_S)
            else:
                computer.left -= 1
                computer.on_their_way += 1
                self._begin(self._photo(computer, self._now))

    def _photo(self, computer: Computer, at: float) -> Steps:
        while not self._puts.take(1, self._now):
            self._throttle("S3")
            computer.pace.throttled(self._now)
            yield AGAIN_S * self.random.uniform(0.5, 1.5)
        yield self.random.uniform(*PUT_S)

        def answered() -> None:
            computer.answers.append(at)
            self.answered_at.append(self._now)

        yield from self._event(answered)

    def _poll(self, computer: Computer) -> Steps:
        while computer.left or computer.on_their_way:
            if self._reads.take(ASKED_UNITS * computer.on_their_way, self._now):
                for at in computer.answers:
                    computer.pace.answered(at, self._now)
                    self.latencies_s.append(self._now - at)
                    if not self._puts.take(1, self._now):  # deletes the copy
                        self._throttle("S3")
                computer.on_their_way -= len(computer.answers)
                computer.answers.clear()
            else:
                self._throttle("DynamoDB, reads")
            yield TICK_MIN_S

    def _take_run(self) -> bool:
        is_new = self._free and self.concurrency - self._free >= self._started
        if is_new and not self._starts.take(1, self._now):
            self._throttle("Lambda, new functions")
            return False
        if not super()._take_run():
            self._throttle("Lambda, functions at a time")
            return False
        self._started += bool(is_new)
        return True

    def _image(self, patience_s: float) -> Steps:
        while not self._reads.take(READ_UNITS, self._now):
            yield self._throttle("DynamoDB, reads")
        while not self._item.take(COUNTED_UNITS, self._now):
            yield self._throttle("DynamoDB, the month's item")
        yield from self._write(COUNTED_UNITS)
        refused = self.outcome.refused
        is_answered = yield from super()._image(patience_s)
        if self.outcome.refused > refused:
            self.first = self.first or "Rekognition"
        if is_answered:
            yield from self._write(ITEM_UNITS)
        return is_answered

    def _write(self, units: int) -> Steps:
        while not self._writes.take(units, self._now):
            yield self._throttle("DynamoDB, writes")

    def _throttle(self, service: str) -> float:
        self.throttled[service] += 1
        self.first = self.first or service
        return AGAIN_S * self.random.uniform(0.5, 1.5)


@dataclass(frozen=True, slots=True)
class Scale:
    """What came of it. Times are seconds, but for `hours`, in which a million photos are done."""

    per_s: float
    hours: float
    first: str
    refused: float
    median_s: float
    late: float
    run_s: float

    def dollars(self, region: str) -> float:
        """What a million photos cost there."""
        others = sum(part.cost(region) for part in OTHERS if part.units != RUN_UNITS)
        (runs,) = (part for part in OTHERS if part.units == RUN_UNITS)
        seconds = runs.cost(region) * self.run_s * MEMORY_GB * 1000 / RUN_UNITS
        return (rekognition_price(region) + others + seconds) * MILLION / 1000


RUN_UNITS = 300.0
"""GB-seconds that 1,000 photos take by `prices.OTHERS`; here they are those that were simulated."""


def simulate(quotas: Quotas, computers: int, photos: int, *, is_rate_known: bool = True) -> Scale:
    """So many photos on so many computers, begun at the same time."""
    service = Service(quotas, computers, photos, quotas.rate if is_rate_known else None)
    done = service.run()
    first, last = photos // 4, 3 * photos // 4
    per_s = (last - first) / (service.answered_at[last] - service.answered_at[first])
    late = sum(latency_s > LATE_AFTER_S for latency_s in service.latencies_s)
    return Scale(
        per_s=per_s,
        hours=MILLION / per_s / 3600,
        first=service.first or "nothing",
        refused=done.refused / done.calls,
        median_s=median(service.latencies_s),
        late=late / len(service.latencies_s),
        run_s=done.run_seconds / photos,
    )


def bounds(quotas: Quotas, run_s: float) -> dict[str, float]:
    """Photos a second that each quota allows by itself, the least first."""
    found = {
        "Rekognition, DetectLabels": quotas.rate,
        "Lambda, functions at a time": quotas.concurrency / run_s,
        "S3, puts and deletes": quotas.puts / 2,
        "DynamoDB, the month's item": quotas.item / COUNTED_UNITS,
        "DynamoDB, writes of a new table": quotas.writes / (COUNTED_UNITS + ITEM_UNITS),
    }
    return dict(sorted(found.items(), key=lambda each: each[1]))


CASES = (
    (5.0, 1000, (1, 2, 5, 10, 20)),
    (50.0, 1000, (1, 2, 10, 50, 100)),
    (50.0, 10, (1, 2, 10)),
    (1000.0, 5000, (1, 20)),
)
REGIONS = "us-east-1", "eu-central-1"


def rows(cases: Sequence[tuple[float, int, Sequence[int]]], photos: int) -> None:
    """Print each as a row of a table in Markdown."""
    print(
        "| Rekognition, a second | functions at a time | computers | photos a second |"
        " a million takes | throttles first | calls refused | an answer takes | after 7 min |"
        f" a million costs, {REGIONS[0]} | {REGIONS[1]} |"
    )
    print("|" + "---|" * 11)
    for rate, concurrency, computers in cases:
        for each in computers:
            done = simulate(Quotas(rate, concurrency), each, photos)
            cost = " | ".join(f"${done.dollars(region):,.0f}" for region in REGIONS)
            print(
                f"| {rate:g} | {concurrency:,} | {each} | {done.per_s:.1f} | {done.hours:.1f} h"
                f" | {done.first} | {done.refused:.0%} | {done.median_s:.1f} s | {done.late:.0%}"
                f" | {cost} |",
                flush=True,
            )


def main() -> None:
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser("python -m tools.simulate_scale", description=about)
    parser.add_argument("--photos", type=int, default=20_000, help="that are simulated")
    parser.add_argument("--computers", type=int, nargs="+")
    parser.add_argument("--rate", type=float, default=50.0, help="of DetectLabels, a second")
    parser.add_argument("--concurrency", type=int, default=1000, help="of functions")
    asked = parser.parse_args()
    if asked.computers:
        rows([(asked.rate, asked.concurrency, asked.computers)], asked.photos)
        return
    print("What each quota allows by itself, in photos a second:")
    for name, per_s in bounds(Quotas(), run_s=1.2).items():
        print(f"  {name:34}{per_s:8.0f}")
    rows(CASES, asked.photos)


if __name__ == "__main__":
    main()
