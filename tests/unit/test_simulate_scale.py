"""Many computers on one service, by the rules: answers that are known without a simulation."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.money.prices import OTHERS, rekognition_price
from tools.simulate_scale import CASES, Bucket, Quotas, Service, bounds, rows, simulate


def test_a_bucket_gives_a_seconds_worth_at_once_and_then_its_rate() -> None:
    bucket = Bucket(10.0)
    assert sum(bucket.take(1, 0.0) for _ in range(50)) == 10
    assert sum(bucket.take(1, 0.5) for _ in range(50)) == 5
    assert sum(bucket.take(1, 100.0) for _ in range(50)) == 10
    assert not Bucket(3.0).take(4, 0.0)


def test_one_computer_takes_what_rekognition_gives_and_hardly_anything_is_refused() -> None:
    done = simulate(Quotas(rate=50), 1, 2000)
    assert done.per_s == pytest.approx(0.98 * 50, rel=0.02)  # pace.SAFETY
    assert done.hours == pytest.approx(1e6 / done.per_s / 3600)
    assert done.refused <= 0.02
    assert done.late == 0


def test_several_computers_share_it_and_every_photo_is_answered_once() -> None:
    service = Service(Quotas(rate=20), 5, 1500, 20.0)
    done = service.run()
    assert done.answered == 1500
    assert len(service.latencies_s) + sum(len(c.answers) for c in service._computers) == 1500
    assert service.first == "Rekognition"
    assert 0.6 * 20 <= 1500 / (done.minutes * 60) <= 21  # each begins as if it were alone


@pytest.mark.parametrize(
    ("quotas", "computers", "first"),
    [
        (Quotas(rate=500, concurrency=10), 1, "Lambda, functions at a time"),
        (Quotas(rate=500, starts=2), 1, "Lambda, new functions"),
        (Quotas(rate=500, item=20), 1, "DynamoDB, the month's item"),
        (Quotas(rate=500, writes=100), 1, "DynamoDB, writes"),
        (Quotas(rate=500, puts=20), 1, "S3"),
    ],
)
def test_the_smallest_quota_throttles_first(quotas: Quotas, computers: int, first: str) -> None:
    service = Service(quotas, computers, 400, quotas.rate)
    assert service.run().answered == 400
    assert service.first == first


def test_each_quota_allows_so_many_photos_a_second() -> None:
    found = bounds(Quotas(), run_s=1.25)
    assert [*found.items()] == [
        ("Rekognition, DetectLabels", 50),
        ("Lambda, functions at a time", 800),
        ("DynamoDB, writes of a new table", 800),
        ("DynamoDB, the month's item", 1000),
        ("S3, puts and deletes", 1750),
    ]


def test_a_million_costs_what_a_thousand_do_and_the_waits() -> None:
    done = replace(simulate(Quotas(rate=50), 1, 200), run_s=1.2)
    usual = rekognition_price("us-east-1") + sum(part.cost("us-east-1") for part in OTHERS)
    assert done.dollars("us-east-1") == pytest.approx(1000 * usual)
    waited = replace(done, run_s=13.2)  # 12 s more of a quarter of a GB, at $1.33 for 100,000 GB-s
    assert waited.dollars("us-east-1") - done.dollars("us-east-1") == pytest.approx(39.9)


def test_the_page_shows_what_the_simulation_says(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
    shown = [line for line in page.splitlines() if re.match(r"\| [\d,]+ \|", line)]
    assert len(shown) == sum(len(computers) for *_, computers in CASES)
    rows([(5.0, 1000, (1,))], 20_000)
    assert capsys.readouterr().out.splitlines()[-1] in shown
