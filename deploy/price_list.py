"""The price list: what Rekognition takes for a photo in a region, where Amazon lets us ask.

The words are those of the list (offer AmazonRekognition): each product has a `usagetype` such as
EUC1-Group2-ImagesProcessed, and prices in steps of how much is used in a month. Labels, text and
moderation are of group 2; in group 1, of faces, and for what has no group a photo has cost as much.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from boto3 import Session

from desktop.aws.errors import CALL_ERRORS
from desktop.core.money.prices import rekognition_price

from .sign_in.access import CONFIG

log = logging.getLogger(__name__)

REGIONS = ("us-east-1", "eu-central-1", "ap-south-1")
"""Where the list can be asked for; each knows the prices of all."""
MOST_TIMES = 10
"""Whoever says that a photo costs so many times what we know speaks of something else."""
_USAGE = re.compile(r"(?:[A-Z0-9]+-)?(?:Group[12]-)?ImagesProcessed")


def listed_price(session: Session, region: str) -> float | None:
    """Dollars for 1,000 images there, before tax, up to the first million a month.

    Where the groups differ, the dearest. None where Amazon does not say, or nothing that can be.
    """
    part = region.partition("-")[0]
    nearest = next((known for known in REGIONS if known.startswith(f"{part}-")), REGIONS[0])
    try:
        pricing: Any = session.client("pricing", region_name=nearest, config=CONFIG)
        where = {"Type": "TERM_MATCH", "Field": "regionCode", "Value": region}
        pages = pricing.get_paginator("get_products").paginate(
            ServiceCode="AmazonRekognition", Filters=[where]
        )
        prices = [price for page in pages for text in page["PriceList"] for price in _first(text)]
    except CALL_ERRORS as error:
        log.info("no prices: %s", type(error).__name__)
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        log.info("prices of another form: %s", type(error).__name__)
        return None
    price = round(1000 * max(prices, default=0.0), 6)
    if 0 < price <= MOST_TIMES * rekognition_price(region):
        return price
    log.info("no price that can be: %s", price)
    return None


def _first(text: str) -> Iterator[float]:
    """Dollars for the first image of a month, by a product of the list, if it is about images."""
    product = json.loads(text)
    if not _USAGE.fullmatch(product["product"]["attributes"].get("usagetype", "")):
        return
    for offer in product["terms"]["OnDemand"].values():
        for step in offer["priceDimensions"].values():
            if float(step["beginRange"]) == 0:
                yield float(step["pricePerUnit"]["USD"])
