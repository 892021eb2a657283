"""What S3 says of a copy: whether it was certainly not put, when it goes, and how old it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ProxyConnectionError,
)

_EXPIRY = re.compile(r'expiry-date="([^"]*)"')


def is_refused(cause: BaseException | None) -> bool:
    """Whether S3 said no, or was never reached; after anything else the put may have been done."""
    if isinstance(cause, ClientError):
        status = int(cause.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        return 400 <= status < 500 or status == 503
    return isinstance(
        cause,
        EndpointConnectionError | ConnectTimeoutError | ProxyConnectionError | NoCredentialsError,
    )


def expiry_of(stored: Mapping[str, Any]) -> float | None:
    """`expiry-date="Fri, 21 Dec 2026 00:00:00 GMT", rule-id="…"`, in Unix time."""
    found = _EXPIRY.search(stored.get("Expiration", ""))
    try:
        return parsedate_to_datetime(found[1]).timestamp() if found else None
    except ValueError:
        return None


def age_of(found: Mapping[str, Any]) -> float:
    """Seconds since the object of a HeadObject was put, by S3's own clock; 0 without its date."""
    headers = found["ResponseMetadata"]["HTTPHeaders"]
    try:
        age = parsedate_to_datetime(headers["date"]) - found["LastModified"]
    except (KeyError, ValueError):
        return 0.0
    return max(0.0, float(age.total_seconds()))
