"""What an account is given, as Amazon tells it; None wherever it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from deploy.sign_in.access import Access
from deploy.stack.quota import FreeTier, free_tier, rekognition_rate

NAME = "Transactions per second per account for the Amazon Rekognition Image operation DetectLabels"


class Session:
    """A boto3 Session that hands out one stubbed client for each service."""

    def __init__(self) -> None:
        self.stubs: dict[str, Stubber] = {}

    def stub(self, service: str) -> Stubber:
        if service not in self.stubs:
            client = boto3.client(
                service,
                region_name="us-east-1",
                aws_access_key_id="x",
                aws_secret_access_key="y",
            )
            self.stubs[service] = Stubber(client)
            self.stubs[service].activate()
        return self.stubs[service]

    def client(self, service: str, **_: object) -> Any:
        return self.stub(service).client


@pytest.fixture
def session() -> Iterator[Session]:
    session = Session()
    yield session
    for stub in session.stubs.values():
        stub.assert_no_pending_responses()


def access(session: Session) -> Access:
    return Access("profile", session, "111122223333", "arn:aws:iam::111122223333:user/owner")


def quotas(*named: tuple[str, float]) -> dict[str, Any]:
    return {"Quotas": [{"QuotaName": name, "Value": value} for name, value in named]}


def test_the_rate_is_the_one_of_this_operation(session: Session) -> None:
    others = ("Transactions per second for DetectFaces", 50.0), ("Concurrent jobs", 20.0)
    session.stub("service-quotas").add_response(
        "list_service_quotas", quotas(*others, (NAME, 5.0)), {"ServiceCode": "rekognition"}
    )
    assert rekognition_rate(access(session)) == 5.0


def test_an_account_without_a_rate_of_its_own_has_the_usual_one(session: Session) -> None:
    stub = session.stub("service-quotas")
    stub.add_response("list_service_quotas", quotas(), {"ServiceCode": "rekognition"})
    stub.add_response(
        "list_aws_default_service_quotas", quotas((NAME, 50.0)), {"ServiceCode": "rekognition"}
    )
    assert rekognition_rate(access(session)) == 50.0


def test_answers_without_anything_in_them_tell_nothing(session: Session) -> None:
    for call in ("list_service_quotas", "list_aws_default_service_quotas"):
        session.stub("service-quotas").add_response(call, {}, {"ServiceCode": "rekognition"})
    assert rekognition_rate(access(session)) is None


def test_who_may_not_ask_for_the_rate_gets_none(session: Session) -> None:
    stub = session.stub("service-quotas")
    for call in ("list_service_quotas", "list_aws_default_service_quotas"):
        stub.add_client_error(call, "AccessDeniedException", http_status_code=400)
    assert rekognition_rate(access(session)) is None


def test_credits_and_free_photos_are_told(session: Session) -> None:
    stub = session.stub("freetier")
    stub.add_response(
        "get_account_plan_state",
        {
            "accountId": "111122223333",
            "accountPlanType": "FREE",
            "accountPlanStatus": "ACTIVE",
            "accountPlanRemainingCredits": {"amount": 93.5, "unit": "USD"},
        },
        {},
    )
    usages = [
        {"unit": "Images", "limit": 1000.0, "actualUsageAmount": 250.0},
        {"unit": "Images", "limit": 5000.0, "actualUsageAmount": 0.0},
        {"unit": "Minutes", "limit": 60.0, "actualUsageAmount": 59.0},
    ]
    stub.add_response("get_free_tier_usage", {"freeTierUsages": usages}, {"filter": ANY})
    assert free_tier(access(session)) == FreeTier(photos_left=750, credit_dollars=93.5)


def test_an_older_account_has_no_credits(session: Session) -> None:
    stub = session.stub("freetier")
    stub.add_client_error(
        "get_account_plan_state", "ResourceNotFoundException", http_status_code=400
    )
    used_up = [{"unit": "Images", "limit": 1000.0, "actualUsageAmount": 1200.0}]
    stub.add_response("get_free_tier_usage", {"freeTierUsages": used_up}, {"filter": ANY})
    assert free_tier(access(session)) == FreeTier(photos_left=0)


def test_who_may_not_ask_what_is_free_gets_none(session: Session) -> None:
    stub = session.stub("freetier")
    for call in ("get_account_plan_state", "get_free_tier_usage"):
        stub.add_client_error(call, "AccessDeniedException", http_status_code=400)
    assert free_tier(access(session)) is None
