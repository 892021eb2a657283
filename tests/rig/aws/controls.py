"""What a test says to the emulator and to the Rekognition stand-in, and hears of them."""

from __future__ import annotations

import contextlib
import json
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ACCOUNT = "000000000000"
REGION = "eu-central-1"
QUOTA_PER_S = 50.0
"""Photos a second that Service Quotas grants at first, as in the largest regions."""
CLIENT_KEY = "testclient"  # the access key of everything a test starts
REKOGNITION_KEY = "testrekognition"


@dataclass(frozen=True, slots=True)
class Request:
    """One signed request as the emulator saw it.

    `operation` is AWS's name of it (`BatchGetItem`); for S3 and Lambda, which have none on the
    wire, method and path (`PUT /bucket/key`). `from_function`: a Lambda function asked, no client.
    `size`: of its body, in bytes.
    """

    at: float
    service: str
    operation: str
    access_key: str
    from_function: bool
    size: int

    @property
    def kind(self) -> str:
        """Service and operation; of S3, the method and whether it is about an object."""
        if self.service != "s3":
            return f"{self.service} {self.operation}"
        method, _, path = self.operation.partition(" ")
        return f"s3 {method} {'object' if path.strip('/').count('/') else 'bucket'}"


def calls_by_kind(requests: Iterable[Request]) -> Counter[str]:
    """How often the clients asked for what; neither what functions did nor what Rekognition did."""
    return Counter(r.kind for r in requests if r.access_key == CLIENT_KEY and not r.from_function)


@dataclass(frozen=True, slots=True)
class Emulator:
    """The running emulator."""

    url: str
    env: dict[str, str]
    log: Path
    account: str = ACCOUNT
    region: str = REGION
    _clients: dict[str, Any] = field(default_factory=dict)

    def session(self) -> Any:
        """A boto3 Session with the emulator's key and region.

        In this process it also needs the emulator's address: either as `endpoint_url` for each
        client, or as AWS_ENDPOINT_URL in the environment (`monkeypatch.setenv`).
        """
        import boto3

        return boto3.Session(CLIENT_KEY, "secret", region_name=self.region)

    def client(self, service: str) -> Any:
        """A boto3 client of the emulator, one for the whole test session; do not close it."""
        if service not in self._clients:
            self._clients[service] = self.session().client(service, endpoint_url=self.url)
        return self._clients[service]

    def close(self) -> None:
        """Close the clients."""
        for client in self._clients.values():
            client.close()

    def requests(self) -> list[Request]:
        """Every signed request since the last `forget_requests`, in order."""
        return [Request(**r) for r in http_json("GET", f"{self.url}/_rig/requests")]

    @contextlib.contextmanager
    def taking_its_time(self, seconds: float) -> Iterator[None]:
        """Meanwhile each part of a stack takes at least so long."""
        http_json("PUT", f"{self.url}/_rig/pace", seconds)
        try:
            yield
        finally:
            http_json("PUT", f"{self.url}/_rig/pace", 0)

    @contextlib.contextmanager
    def failing_at(self, part: str, reason: str, times: int = 1) -> Iterator[None]:
        """Meanwhile this part of a stack cannot be made, exactly so often, for this reason."""
        http_json("PUT", f"{self.url}/_rig/break", [part, reason, times])
        try:
            yield
        finally:
            left = http_json("PUT", f"{self.url}/_rig/break", ["", "", 0])
        assert left == 0, f"{part} was made: it was to fail {left} times more"

    @contextlib.contextmanager
    def part_by_part(self) -> Iterator[Callable[[], None]]:
        """Meanwhile each call lets one more part of a stack be made or deleted."""
        http_json("PUT", f"{self.url}/_rig/parts", 0)
        try:
            yield lambda: http_json("PUT", f"{self.url}/_rig/parts", 1)
        finally:
            http_json("DELETE", f"{self.url}/_rig/parts")

    @contextlib.contextmanager
    def holding_back(self, operation: str) -> Iterator[Callable[[], bool]]:
        """Meanwhile calls of this operation are done and not answered; whether one was.

        `operation` may be any part of the access key, a space and the operation's name.
        """
        http_json("PUT", f"{self.url}/_rig/hold", operation)
        try:
            yield lambda: bool(http_json("GET", f"{self.url}/_rig/held"))
        finally:
            http_json("PUT", f"{self.url}/_rig/hold", "")

    @contextlib.contextmanager
    def not_notifying(self) -> Iterator[Callable[[], object]]:
        """Meanwhile notifications are not active, and events are lost; yields what begins them."""

        def begin() -> object:
            return http_json("PUT", f"{self.url}/_rig/notify", True)

        http_json("PUT", f"{self.url}/_rig/notify", False)
        try:
            yield begin
        finally:
            begin()

    def grant(self, per_second: float | None) -> None:
        """Let Service Quotas say that the account may have so many photos recognised a second.

        None: it knows of no such quota.
        """
        http_json("PUT", f"{self.url}/_rig/quota", per_second)

    def cost(self, dollars: float | None) -> None:
        """Let Amazon's price list say what an image costs. None: asking is forbidden."""
        http_json("PUT", f"{self.url}/_rig/price", dollars)

    def forget_requests(self) -> None:
        """Start counting anew."""
        http_json("DELETE", f"{self.url}/_rig/requests")


@dataclass(frozen=True, slots=True)
class Rekognition:
    """The stand-in's controls."""

    url: str

    def limit(self, per_second: float | None) -> None:
        """Answer so many calls a second and throttle the others; None: no limit."""
        http_json("PUT", f"{self.url}/_control", {"per_second": per_second})

    def find_nothing(self) -> None:
        """Answer every call with no labels at all."""
        http_json("PUT", f"{self.url}/_control", {"find_nothing": True})

    def fail(self, part_of_key: str, code: str) -> None:
        """Answer calls for keys that hold this text with this error code."""
        http_json("PUT", f"{self.url}/_control", {"fail": {part_of_key: code}})

    def fail_at(self, operation: str, code: str) -> None:
        """Answer calls of this operation with this error code."""
        http_json("PUT", f"{self.url}/_control", {"fail_at": {operation: code}})

    def hold(
        self, part_of_key: str, *lines: str, flags: Sequence[tuple[str, str, float]] = ()
    ) -> None:
        """Find these lines of text, and these flags (name, its parent's or "", confidence), in the
        pictures whose keys hold this text.
        """
        told = {"texts": {part_of_key: lines}, "flags": {part_of_key: flags}}
        http_json("PUT", f"{self.url}/_control", told)

    def counts(self) -> dict[str, Any]:
        """calls, answered, throttled, failed, keys (key -> calls) and billed (operation -> answers)
        since the last reset.
        """
        counts: dict[str, Any] = http_json("GET", f"{self.url}/_control")
        return counts

    def reset(self) -> None:
        """No limit, no failures, counts at nought."""
        http_json("DELETE", f"{self.url}/_control")


def http_json(method: str, url: str, body: object = None) -> Any:
    """Call a rig's own address; what it answers."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)
