"""The AWS emulator as a process: ministack, with things that real AWS has and a test needs.

Start it as `python -m tests.rig.aws.emulator` with ministack's own environment variables
(GATEWAY_PORT, BIND_HOST, …). On top of ministack 1.5.33 it

- records every request, so that a test can count them: `GET /_rig/requests` answers a JSON list,
  `DELETE /_rig/requests` empties it;
- fails to make a part of a stack, if told to: `PUT /_rig/break` with its name, the reason and how
  often, which answers how often the one before was still to fail;
- takes its time for each part of a stack, if told to: `PUT /_rig/pace` with seconds; or goes no
  further than so many parts: `PUT /_rig/parts` with their number, null for all;
- holds back an answer, so that whoever asked can be killed when it was done and before they know:
  `PUT /_rig/hold` with the beginning of an operation's name, then `GET /_rig/held`;
- says how many photos a second the account may have recognised (Service Quotas, which ministack
  does not have): 50, or what `PUT /_rig/quota` says, null for an
  account that lists none;
- says what Rekognition costs (the Price List API, which it does not have either): as the table of
  prices, or what `PUT /_rig/price` says in dollars for an image, null where asking is forbidden;
- loses the events of objects that are put while the buckets' notifications are not active:
  `PUT /_rig/notify` with false, then true;
- enforces IAM for the keys that IAM made (see enforcement.py);
- minds what Lambda promises of events and queues (see harsher_lambda.py), and runs more functions
  at a time than `MOST_PROCESSES` as threads (see threaded_lambda.py);
- minds what somebody deleted behind CloudFormation's back (see harsher_stacks.py).
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
import urllib.parse
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import ministack.app
from ministack.core.concurrency import run_reentrant
from ministack.services import s3, sts
from ministack.services.cloudformation import stacks

from .controls import QUOTA_PER_S
from .enforcement import enforce_iam
from .harsher_lambda import make_lambda_harsher
from .harsher_stacks import make_stacks_harsher
from .lifeline import end_with_parent
from .price_list_service import PER_IMAGE, products
from .threaded_lambda import run_functions_in_threads

MOST_PROCESSES = 50
"""Of 65 MB each."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/[^/]+/([^/]+)/")


class Recorder:
    """An ASGI application around another one that remembers what it was asked."""

    def __init__(self, inner: Callable[..., Awaitable[None]]) -> None:
        self._inner = inner
        self._requests: list[dict[str, Any]] = []
        self._hold = ""
        self._held = False
        self._quota_per_s: float | None = QUOTA_PER_S
        self._price: float | None = PER_IMAGE

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
        elif scope["path"].startswith("/_rig/"):
            await self._answer(scope, receive, send)
        else:
            entry: dict[str, Any] = {}
            receive = self._recording(scope, receive, entry)
            if entry.get("service") == "servicequotas":
                await _send_json(send, _quotas(self._quota_per_s))
            elif entry.get("service") == "pricing":
                await self._tell_price(receive, send)
            else:
                await self._inner(scope, receive, self._holding(send, entry))

    async def _tell_price(self, receive: Receive, send: Send) -> None:
        asked = json.loads((await receive())["body"])
        if self._price is None:
            denied = {"__type": "AccessDeniedException", "Message": "not authorized to perform"}
            await _send_json(send, denied, status=400)
        else:
            await _send_json(send, products(asked, self._price))

    def _holding(self, send: Send, entry: dict[str, Any]) -> Send:
        """Answers only when nobody holds that back any more; what was asked is done by then."""

        async def hold_and_send(message: Message) -> None:
            if self._hold and self._hold in f"{entry.get('access_key')} {entry.get('operation')}":
                self._held = True
                while self._hold:
                    await asyncio.sleep(0.02)
            await send(message)

        return hold_and_send

    def _recording(self, scope: Message, receive: Receive, entry: dict[str, Any]) -> Receive:
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        signed = _CREDENTIAL.search(headers.get("authorization", ""))
        if signed is None:  # health checks and the like
            return receive
        entry |= {
            "at": time.time(),
            "service": signed[2],
            "operation": headers.get("x-amz-target", "").rpartition(".")[2]
            or f"{scope['method']} {scope['path']}",
            "access_key": signed[1],
            "from_function": signed[1] in sts._sessions,
            "size": int(headers.get("content-length", 0)),
        }
        self._requests.append(entry)
        if "x-www-form-urlencoded" not in headers.get("content-type", ""):
            return receive

        async def receive_form() -> Message:
            message = await receive()
            form = urllib.parse.parse_qs(message.get("body", b"").decode("utf-8", "replace"))
            if "Action" in form:  # the query protocol of IAM, STS and CloudFormation
                entry["operation"] = form["Action"][0]
            return message

        return receive_form

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        path, method = scope["path"], scope["method"]
        sent = json.loads((await receive()).get("body") or b"null")
        answer: Any = None
        if path == "/_rig/requests":
            answer = list(self._requests)
            if method == "DELETE":
                self._requests.clear()
        elif path == "/_rig/pace":
            _Pace.seconds = sent
        elif path == "/_rig/break":
            answer = _Break.times
            _Break.part, _Break.reason, _Break.times = sent
        elif path == "/_rig/parts":
            _Pace.parts = sent and (_Pace.parts or 0) + sent  # what nobody took yet stays
        elif path == "/_rig/hold":
            self._hold, self._held = sent, False
        elif path == "/_rig/held":
            answer = self._held
        elif path == "/_rig/notify":
            _Notification.is_active = sent
        elif path == "/_rig/quota":
            self._quota_per_s = sent
        elif path == "/_rig/price":
            self._price = sent
        await _send_json(send, answer)


async def _send_json(send: Send, answer: Any, status: int = 200) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})


def _quotas(per_s: float | None) -> dict[str, Any]:
    """As Amazon names it: https://docs.aws.amazon.com/general/latest/gr/rekognition.html."""
    if per_s is None:
        return {"Quotas": []}
    name = (
        "Transactions per second per account for the Amazon Rekognition Image operation"
        " DetectLabels"
    )
    return {"Quotas": [] if per_s is None else [{"QuotaName": name, "Value": per_s}]}


class _Pace:
    """How long a part of a stack takes at least, and how many may go on now; None for all."""

    seconds = 0.0
    parts: int | None = None

    @classmethod
    def is_set(cls) -> bool:
        return cls.seconds > 0 or cls.parts is not None


class _Notification:
    """Whether the buckets' notifications are active; an event is lost while they are not."""

    is_active = True

    @classmethod
    def losing(cls, fire: Callable[..., Any]) -> Callable[..., Any]:
        def fire_when_active(*args: Any, **named: Any) -> None:
            if cls.is_active:
                fire(*args, **named)

        return fire_when_active


class _Break:
    """Which part of a stack cannot be made, why, and how often."""

    part = reason = ""
    times = 0


def _stay_deleted(roll_back: Callable[..., Any]) -> Callable[..., Any]:
    """Let a stack that was deleted while a part of it waited not come back at its rollback."""

    async def roll_back_unless_gone(name: str, stack_id: str, stack: Any, *args: Any) -> None:
        if not stack["StackStatus"].startswith("DELETE_"):
            await roll_back(name, stack_id, stack, *args)

    return roll_back_unless_gone


def _break(provision: Callable[..., Any]) -> Callable[..., Any]:
    def provision_unless_broken(kind: str, part: str, *args: Any) -> Any:
        if _Break.times and part == _Break.part:
            _Break.times -= 1
            raise ValueError(_Break.reason)
        return provision(kind, part, *args)

    return provision_unless_broken


async def _run_at_pace(work: Callable[..., Any], *args: Any) -> Any:
    await asyncio.sleep(_Pace.seconds)
    while _Pace.parts == 0:
        await asyncio.sleep(0.01)
    if _Pace.parts is not None:
        _Pace.parts -= 1
    return await run_reentrant(work, *args)


def main() -> None:
    """Serve until the process is terminated."""
    end_with_parent()
    enforce_iam()
    make_lambda_harsher()
    if int(os.environ["LAMBDA_ACCOUNT_CONCURRENCY"]) > MOST_PROCESSES:
        run_functions_in_threads()
    stacks._provision_resource = _break(stacks._provision_resource)  # which the next one calls
    make_stacks_harsher()
    s3._fire_s3_event_async = _Notification.losing(s3._fire_s3_event_async)
    runs_on_thread = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = lambda kind: _Pace.is_set() or runs_on_thread(kind)
    stacks.run_reentrant = _run_at_pace
    stacks._roll_back_operation = _stay_deleted(stacks._roll_back_operation)
    ministack.app.app = Recorder(ministack.app.app)
    ministack.app.main()


if __name__ == "__main__":
    main()
