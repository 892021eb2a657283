"""What Amazon takes: one table, which the limit, the window and docs/costs.md go by."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from deploy.stack.regions import regions
from desktop.core.money.prices import (
    BURST_S,
    BURSTS,
    NO_LIMIT,
    OTHERS,
    SOURCE,
    analyses,
    others_percent,
    price_in,
    rekognition_price,
    with_listed,
)
from desktop.core.settings import MOST_DOLLARS, Connection, Settings
from tests.rig import ROOT

DOCUMENTED = ("us-east-1", "eu-central-1", "ap-southeast-2")


def test_sydney_is_dearer_than_virginia_and_an_unlisted_region_is_never_cheap() -> None:
    assert rekognition_price("us-east-1") == 1.0
    assert rekognition_price("ap-southeast-2") == 1.2
    prices = {region.code: rekognition_price(region.code) for region in regions()}
    assert rekognition_price("il-central-1") == max(prices.values())
    assert {others_percent(code) for code in prices} <= {1, 2}


@pytest.mark.parametrize(
    ("dollars", "price", "images"),
    [(1, 1.0, 1000), (1, 1.2, 833), (5, 1.3, 3846), (0, 1.0, 0), (5, 0.0, NO_LIMIT)],
)
def test_a_limit_in_dollars_is_so_many_images(dollars: float, price: float, images: int) -> None:
    assert analyses(dollars, price) == images
    if price:
        assert images * price / 1000 <= dollars


def test_a_region_has_its_price_unless_a_person_has_chosen_one() -> None:
    frankfurt = Connection("1", "eu-central-1", "tagdrop", "bucket", "table")
    assert price_in(Settings(), "ap-southeast-2") == 1.2
    assert price_in(Settings(dollars_per_1000=0.9), "ap-southeast-2") == 0.9
    assert price_in(Settings(connection=frankfurt, dollars_per_1000=1.0), "eu-central-1") == 1.2
    assert price_in(Settings(connection=frankfurt, dollars_per_1000=1.2), "us-east-1") == 1.0
    assert price_in(Settings(connection=frankfurt, dollars_per_1000=0.8), "us-east-1") == 0.8


def test_what_amazons_list_says_counts_before_the_table_and_after_a_person() -> None:
    frankfurt = Connection("1", "eu-central-1", "tagdrop", "bucket", "table")
    kept = with_listed(Settings(), "eu-central-1", 1.5)
    assert (price_in(kept, "eu-central-1"), price_in(kept, "ap-southeast-2")) == (1.5, 1.2)
    kept = with_listed(Settings(connection=frankfurt, dollars_per_1000=1.2), "eu-central-1", 1.5)
    assert kept.dollars_per_1000 == 1.5
    kept = with_listed(kept, "us-east-1", 0.9)
    assert (kept.dollars_per_1000, price_in(kept, "us-east-1")) == (1.5, 0.9)
    kept = with_listed(kept, "eu-central-1", 1.6)
    assert kept.dollars_per_1000 == price_in(kept, "eu-central-1") == 1.6
    kept = with_listed(replace(kept, dollars_per_1000=0.8), "eu-central-1", 1.7)
    assert kept.dollars_per_1000 == price_in(kept, "us-east-1") == 0.8


def test_no_limit_that_can_be_chosen_is_too_high_for_the_account() -> None:
    assert analyses(MOST_DOLLARS, 0.01) == NO_LIMIT


def test_the_cost_page_is_what_the_table_says() -> None:
    text = (ROOT / "docs" / "costs.md").read_text(encoding="utf-8")
    assert SOURCE in text
    assert rows(text) == expected()
    for seconds, burst in zip(BURST_S.values(), BURSTS, strict=True):
        cost = burst.cost("us-east-1")
        assert {burst.cost(region) for region in DOCUMENTED} == {cost}
        assert f"| {burst.what} | {seconds / 3600:.0f} hours | ${cost:.2f} |" in text


def rows(text: str) -> list[list[str]]:
    table = [
        line for line in text.splitlines() if re.match(r"\| \*{0,2}(Rek|S3|Lam|Dyn|Clo|All)", line)
    ]
    return [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in table]


def expected() -> list[list[str]]:
    wanted = [
        ["Rekognition", "1,000 photos labelled", *map(dollars, map(rekognition_price, DOCUMENTED))]
    ]
    sums = list(map(rekognition_price, DOCUMENTED))
    for part in OTHERS:
        costs = [part.cost(region) for region in DOCUMENTED]
        sums = [total + cost for total, cost in zip(sums, costs, strict=True)]
        wanted.append([part.service, part.what, *map(dollars, costs)])
    return [*wanted, ["All", "", *(f"${total:.3f}" for total in sums)]]


def dollars(amount: float) -> str:
    return f"${amount:.4f}"
