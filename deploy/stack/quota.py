"""What an account is given: how many photos Rekognition takes a second, and what is free.

Both are asked for where the account lets us; None is an answer, too.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.aws.errors import CALL_ERRORS

from ..sign_in.access import CONFIG, Access

if TYPE_CHECKING:
    from types_boto3_freetier import FreeTierClient
    from types_boto3_freetier.type_defs import ExpressionPaginatorTypeDef


log = logging.getLogger(__name__)

FREE_TIER_REGION = "us-east-1"
"""The only one that Amazon's Free Tier API has."""
SERVICE = "Amazon Rekognition"


@dataclass(frozen=True, slots=True)
class FreeTier:
    """What costs nothing: photos still free this month, or dollars of credit. None: not known.

    Accounts made since July 2025 get credits; older ones had free photos in their first year, which
    Amazon tells only after the first photo of a month.
    """

    photos_left: int | None = None
    credit_dollars: float | None = None


def rekognition_rate(access: Access) -> float | None:
    """How many photos a second Rekognition labels for this account in the access's region."""
    quotas = access.session.client("service-quotas", config=CONFIG)
    for operation in ("list_service_quotas", "list_aws_default_service_quotas"):
        try:
            for quota in _quotas(quotas, operation):
                name = quota["QuotaName"].lower()
                if "detectlabels" in name and "second" in name:
                    return float(quota["Value"])
        except CALL_ERRORS as error:
            log.info("no quota from %s: %s", operation, type(error).__name__)
    return None


def free_tier(access: Access) -> FreeTier | None:
    """What is free for this account; None where it does not say."""
    api = access.session.client("freetier", region_name=FREE_TIER_REGION, config=CONFIG)
    credit = _credit(api)
    photos = _photos_left(api)
    return None if credit is None and photos is None else FreeTier(photos, credit)


def _quotas(quotas: Any, operation: str) -> Iterator[dict[str, Any]]:
    for page in quotas.get_paginator(operation).paginate(ServiceCode="rekognition"):
        yield from page.get("Quotas", ())


def _credit(api: FreeTierClient) -> float | None:
    try:
        left = api.get_account_plan_state().get("accountPlanRemainingCredits")
    except CALL_ERRORS as error:  # an older account has no plan: ResourceNotFoundException
        log.info("no credits: %s", type(error).__name__)
        return None
    return float(left["amount"]) if left and left.get("unit") == "USD" else None


def _photos_left(api: FreeTierClient) -> int | None:
    """Photos of one kind are counted for several groups of operations: the smallest rest counts."""
    service: ExpressionPaginatorTypeDef = {
        "Dimensions": {"Key": "SERVICE", "Values": [SERVICE], "MatchOptions": ["EQUALS"]}
    }
    try:
        pages = api.get_paginator("get_free_tier_usage").paginate(filter=service)
        left = [
            usage["limit"] - usage["actualUsageAmount"]
            for page in pages
            for usage in page.get("freeTierUsages", ())
            if "image" in usage.get("unit", "").lower()
        ]
    except CALL_ERRORS as error:
        log.info("no free tier: %s", type(error).__name__)
        return None
    return max(0, int(min(left))) if left else None
