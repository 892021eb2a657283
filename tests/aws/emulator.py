"""The AWS emulator as a process: ministack, with four things real AWS has and a test needs.

Start it as `python -m tests.aws.emulator` with ministack's own environment variables
(GATEWAY_PORT, BIND_HOST, …). On top of ministack 1.5.33 it

- records every request, so that a test can count them: `GET /_rig/requests` answers a JSON list,
  `DELETE /_rig/requests` empties it;
- keeps asynchronous events waiting while LAMBDA_ACCOUNT_CONCURRENCY functions run. Real Lambda
  tries a throttled event again for six hours; ministack gives up after three tries, 3 s in all;
- enforces IAM (AUTH=true) for the functions' roles and for every key that IAM made; once deleted,
  such a key is unknown. Any other key, whatever its secret, is the account's owner's, so that a
  test can sign in with what it likes. Requests count as encrypted, though none is;
- makes a stack as slowly as told: `PUT /_rig/slow/0.5` takes half a second for each part.
"""

from __future__ import annotations

import json
import os
import re
import time
import urllib.parse
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

os.environ["AUTH"] = "true"  # read when ministack is imported

import ministack.app
from ministack.core import iam_evaluator
from ministack.services import iam, lambda_svc, sts
from ministack.services.cloudformation import stacks

from tests.aws.lifeline import end_with_parent

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/[^/]+/([^/]+)/")


class Recorder:
    """An ASGI application around another one that remembers what it was asked."""

    def __init__(self, inner: Callable[..., Awaitable[None]]) -> None:
        self._inner = inner
        self._requests: list[dict[str, Any]] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
        elif scope["path"] == "/_rig/requests":
            await self._answer(scope["method"], send)
        elif scope["path"].startswith("/_rig/slow/"):
            _Pace.part_s = float(scope["path"].rpartition("/")[2])
            await self._answer("GET", send)
        else:
            encrypted = {**scope, "scheme": "https"}
            await self._inner(encrypted, self._recording(scope, receive), send)

    def _recording(self, scope: Message, receive: Receive) -> Receive:
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        signed = _CREDENTIAL.search(headers.get("authorization", ""))
        if signed is None:  # health checks and the like
            return receive
        entry = {
            "at": time.time(),
            "service": signed[2],
            "operation": headers.get("x-amz-target", "").rpartition(".")[2]
            or f"{scope['method']} {scope['path']}",
            "access_key": signed[1],
            "from_function": signed[1] in sts._sessions,
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

    async def _answer(self, method: str, send: Send) -> None:
        body = json.dumps(self._requests).encode()
        if method == "DELETE":
            self._requests.clear()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class _Pace:
    part_s = 0.0


def _take_time() -> None:
    """Make parts as slowly as told, in a thread, so that others are served meanwhile."""
    provision, blocks = stacks._provision_resource, stacks._runs_on_worker_thread

    def provision_slowly(*arguments: Any) -> Any:
        time.sleep(_Pace.part_s)
        return provision(*arguments)

    stacks._provision_resource = provision_slowly
    stacks._runs_on_worker_thread = lambda kind: _Pace.part_s > 0 or blocks(kind)


def _wait_for_a_slot(
    execute: Callable[[Any, Any], dict[str, Any]],
) -> Callable[[Any, Any], dict[str, Any]]:
    def execute_when_free(func: Any, event: Any) -> dict[str, Any]:
        while (result := execute(func, event)).get("throttle"):
            time.sleep(0.02)
        return result

    return execute_when_free


def _enforce_iam() -> None:
    made: set[str] = set()
    make, authenticate = iam._gen_access_key_id, iam_evaluator.authenticate

    def make_and_remember() -> str:
        key_id: str = make()
        made.add(key_id)
        return key_id

    def authenticate_made(key_id: str, account: str) -> Any:
        return None if is_owners(key_id) else authenticate(key_id, account)

    def is_owners(key_id: str) -> bool:
        return key_id not in made and key_id not in sts._sessions

    iam._gen_access_key_id = make_and_remember
    iam_evaluator.authenticate = authenticate_made
    iam_evaluator.is_root_access_key = is_owners


def main() -> None:
    """Serve until the process is terminated."""
    end_with_parent()
    _enforce_iam()
    lambda_svc._execute_function = _wait_for_a_slot(lambda_svc._execute_function)
    _take_time()
    ministack.app.app = Recorder(ministack.app.app)
    ministack.app.main()


if __name__ == "__main__":
    main()
