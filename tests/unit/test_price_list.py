"""What Amazon's price list says of a region; None wherever it says nothing that can be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.stub import Stubber

from deploy.price_list import listed_price
from tests.rig.aws.price_list_service import PER_IMAGE, products

from .test_quota import Session

ASKED = {
    "ServiceCode": "AmazonRekognition",
    "Filters": [{"Type": "TERM_MATCH", "Field": "regionCode", "Value": "eu-central-1"}],
}


@pytest.fixture
def session() -> Session:
    return Session()


def listed(session: Session, *pages: dict[str, Any]) -> float | None:
    stub: Stubber = session.stub("pricing")
    for page in pages:
        asked = ASKED | ({"NextToken": "more"} if page is not pages[0] else {})
        stub.add_response("get_products", page, asked)
    price = listed_price(session, "eu-central-1")  # type: ignore[arg-type]
    stub.assert_no_pending_responses()
    return price


def test_the_price_is_that_of_a_months_first_images(session: Session) -> None:
    assert listed(session, products(ASKED, PER_IMAGE)) == 1.2


def test_where_groups_differ_the_dearest_counts_and_all_pages_are_read(session: Session) -> None:
    one, other = products(ASKED, 0.001), products(ASKED, 0.0011)
    assert listed(session, one | {"NextToken": "more"}, other) == 1.1


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["no JSON"],
        ["[]"],
        ["{}"],
        [json.dumps({"product": {"attributes": {"usagetype": "ImagesProcessed"}}})],
        [products(ASKED, PER_IMAGE)["PriceList"][3]],  # faces that are kept
        products(ASKED, 0.0)["PriceList"],
        products(ASKED, -0.001)["PriceList"],
        products(ASKED, 0.0121)["PriceList"],  # more than ten times what is known
        [text.replace("USD", "CNY") for text in products(ASKED, PER_IMAGE)["PriceList"]],
        [text.replace("0.0012", "cheap") for text in products(ASKED, PER_IMAGE)["PriceList"]],
        [text.replace("0.0012000000", "nan") for text in products(ASKED, PER_IMAGE)["PriceList"]],
    ],
)
def test_what_cannot_be_a_price_is_none(session: Session, texts: list[str]) -> None:
    assert listed(session, {"PriceList": texts}) is None


def test_who_may_not_ask_gets_none(session: Session) -> None:
    session.stub("pricing").add_client_error("get_products", "AccessDeniedException")
    assert listed_price(session, "eu-central-1") is None  # type: ignore[arg-type]
