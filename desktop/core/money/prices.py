"""Prices: what Amazon takes for 1,000 photos, by region, and which part of it is whose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from ..settings import Settings
from .spending import Spent, photos_left

SOURCE = "https://aws.amazon.com/rekognition/pricing/"
"""What counts. The numbers here are list prices before tax as others had published them by 2025,
for where Amazon's own list cannot be asked (deploy/price_list.py)."""
REKOGNITION = MappingProxyType(
    {
        "us-east-1": 1.00,
        "us-east-2": 1.00,
        "us-west-1": 1.17,
        "us-west-2": 1.00,
        "ca-central-1": 1.11,
        "eu-central-1": 1.20,
        "eu-west-1": 1.00,
        "eu-west-2": 1.16,
        "ap-northeast-1": 1.30,
        "ap-northeast-2": 1.20,
        "ap-south-1": 1.25,
        "ap-southeast-1": 1.30,
        "ap-southeast-2": 1.20,
    }
)
"""Dollars for 1,000 images: DetectLabels, DetectText or DetectModerationLabels, each counts as one;
up to the first million a month."""
UNLISTED = max(REKOGNITION.values())
"""For a region that is not in the table: rather too much than too little."""
NO_LIMIT = 1_000_000_000
"""Images a month: more than anybody has."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a service does for 1,000 photos: how much of its unit, and its dollars a unit."""

    service: str
    what: str
    units: float
    dollars: MappingProxyType[str, float]

    def cost(self, region: str) -> float:
        """Dollars for 1,000 photos; where the region is not listed, what the dearest takes."""
        return self.units * self.dollars.get(region, max(self.dollars.values()))


def _in_regions(
    us_east_1: float, eu_central_1: float, ap_southeast_2: float
) -> MappingProxyType[str, float]:
    return MappingProxyType(
        {"us-east-1": us_east_1, "eu-central-1": eu_central_1, "ap-southeast-2": ap_southeast_2}
    )


GB_SECOND = _in_regions(1.33e-5, 1.33e-5, 1.33e-5)
"""What Lambda takes for its smallest unit, on arm64."""
OTHERS = (
    Part("S3", "1,000 copies put", 1.0, _in_regions(0.0050, 0.0054, 0.0055)),
    Part("S3", "1,000 read by Rekognition", 1.0, _in_regions(0.00040, 0.00043, 0.00044)),
    Part("S3", "0.3 GB kept for two days", 0.3 * 2 / 30, _in_regions(0.0230, 0.0245, 0.0250)),
    Part("Lambda", "1,000 runs", 1e-3, _in_regions(0.20, 0.20, 0.20)),
    Part("Lambda", "1.2 s of 256 MB each", 300.0, GB_SECOND),
    Part("DynamoDB", "5,000 units written", 5e-3, _in_regions(0.625, 0.762, 0.712)),
    Part("DynamoDB", "4,000 units read", 4e-3, _in_regions(0.125, 0.153, 0.142)),
    Part("CloudWatch", "0.5 MB of logs", 5e-4, _in_regions(0.50, 0.63, 0.67)),
)
"""Beside Rekognition. A unit is what the service counts by: 1,000 requests of S3, a million runs of
Lambda, a GB-second, a million of DynamoDB's units, a GB."""


BURST_S = MappingProxyType({10: 18_503, 100: 181_809, 1000: 470_339})
"""How many functions Lambda runs at a time -> how many seconds they run, waits included, for 10,000
photos that were put at once, at 5 answers a second: by tools/simulate_queue.py, as a test says."""
BURSTS = tuple(
    Part("Lambda", f"{at_a_time:,}", seconds * 0.25, GB_SECOND)
    for at_a_time, seconds in BURST_S.items()
)
"""The same as what it costs, at 256 MB; each is for 10,000 photos."""


def rekognition_price(region: str) -> float:
    """Dollars for 1,000 images that Rekognition is asked about there."""
    return REKOGNITION.get(region, UNLISTED)


def price_in(settings: Settings, region: str) -> float:
    """Dollars for 1,000 images there: a person's choice, else by Amazon's list, else the table."""
    if _has_chosen(settings):
        return settings.dollars_per_1000
    return settings.listed_prices.get(region, rekognition_price(region))


def with_listed(settings: Settings, region: str, dollars_per_1000: float) -> Settings:
    """The settings with what Amazon's list says of a region now."""
    listed = {**settings.listed_prices, region: dollars_per_1000}
    here = settings.connection
    if here is None or here.region != region or _has_chosen(settings):
        return replace(settings, listed_prices=listed)
    return replace(settings, listed_prices=listed, dollars_per_1000=dollars_per_1000)


def _has_chosen(settings: Settings) -> bool:
    """Whether the price is a person's: neither the list's, nor the table's, nor the first one."""
    usual, here = {Settings().dollars_per_1000}, settings.connection
    if here is not None:
        usual |= {rekognition_price(here.region), settings.listed_prices.get(here.region, 0.0)}
    return settings.dollars_per_1000 not in usual


def others_percent(region: str) -> int:
    """What all else adds to that, in per cent, rounded up."""
    others = sum(part.cost(region) for part in OTHERS)
    return int(-(-100 * others // rekognition_price(region)))


def analyses(limit_dollars: float, dollars_per_1000: float) -> int:
    """How many images a month Rekognition may be asked about for these dollars."""
    left = photos_left(Spent(0, 0.0), dollars_per_1000, limit_dollars)
    return NO_LIMIT if left is None else min(left, NO_LIMIT)
