"""The Price List Query API of Amazon, as far as Tagdrop asks it: GetProducts of AmazonRekognition.

Form and words are the service's: a product is a text of JSON, prices are texts in steps of what is
used in a month, and what is free stands as a price of nothing.
"""

from __future__ import annotations

import json
from typing import Any

PER_IMAGE = 0.0012
"""Dollars for the first images of a month in eu-central-1, as in the table of prices."""


def products(asked: dict[str, Any], per_image: float) -> dict[str, Any]:
    """The answer to GetProducts: what Rekognition costs in the region that is asked for."""
    assert asked["ServiceCode"] == "AmazonRekognition"
    (where,) = asked["Filters"]
    assert (where["Type"], where["Field"]) == ("TERM_MATCH", "regionCode")
    cheaper = [per_image, per_image * 0.8, per_image * 0.6]
    found = [
        _product("EUC1-Group1-ImagesProcessed", where["Value"], cheaper),
        _product("EUC1-Group2-ImagesProcessed", where["Value"], cheaper),
        _product("EUC1-ImagesProcessed", where["Value"], [0.0]),
        _product("EUC1-FaceVectorsStored", where["Value"], [100 * per_image]),
        _product("EUC1-MinutesOfVideoProcessed", where["Value"], [100 * per_image]),
    ]
    return {"FormatVersion": "aws_v1", "PriceList": [json.dumps(each) for each in found]}


def _product(usage: str, region: str, prices: list[float]) -> dict[str, Any]:
    sku, ends = "ABCDEFGH2JKLMNPQ", ["1000000", "5000000", "Inf"]
    begin, steps = "0", {}
    for number, (price, end) in enumerate(zip(prices, ends[-len(prices) :], strict=True)):
        code = f"{sku}.JRTCKXETXF.{number}"
        steps[code] = {
            "unit": "Images",
            "beginRange": begin,
            "endRange": end,
            "description": f"${price:.10f} per image processed",
            "appliesTo": [],
            "rateCode": code,
            "pricePerUnit": {"USD": f"{price:.10f}"},
        }
        begin = end
    offer = {
        "priceDimensions": steps,
        "sku": sku,
        "effectiveDate": "2026-11-01T00:00:00Z",
        "offerTermCode": "JRTCKXETXF",
        "termAttributes": {},
    }
    return {
        "product": {
            "productFamily": "Image Analysis",
            "attributes": {
                "servicecode": "AmazonRekognition",
                "regionCode": region,
                "usagetype": usage,
                "operation": "",
            },
            "sku": sku,
        },
        "serviceCode": "AmazonRekognition",
        "terms": {"OnDemand": {f"{sku}.JRTCKXETXF": offer}},
        "version": "20261101000000",
        "publicationDate": "2026-11-01T00:00:00Z",
    }
