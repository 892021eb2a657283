"""What boto3 would send, seen and answered in this process: its own clients, and no network."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.awsrequest import AWSResponse


class _Raw(io.BytesIO):
    """A body as urllib3 hands it out."""

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.getvalue()


def answered(
    request: Any, body: bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None
) -> AWSResponse:
    """What a handler of `before-send` returns, for nothing to be sent."""
    return AWSResponse(request.url, status, dict(headers or {}), _Raw(body))
