"""Lambda in the emulator, where AWS's keeps events longer and asks for more.

- An asynchronous event is tried again one minute after a failure and two minutes after the next,
  and one that is throttled waits for up to six hours. ministack gives throttled ones up like failed
  ones, 3 s in all.
- The record of a failed event says when it was written and why, in the words of AWS's.
- What an event source mapping leaves in its queue is seen again when the queue's visibility timeout
  is over. ministack counts that in real time; here a minute takes as long as for the above.
- A mapping is refused unless the function's role may read the queue.
- CloudFormation makes budgets, which ministack only knows by their own calls.

A minute lasts LAMBDA_ASYNC_RETRY_BASE_SECONDS seconds, ministack's own variable: 1 by default. The
function's time is real.
"""

from __future__ import annotations

import contextvars
import json
import math
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from ministack.core.responses import new_uuid
from ministack.services import budgets, iam, lambda_svc, sqs
from ministack.services.cloudformation import provisioners

from .authorization import Need, allows

RETRIES = 2
MOST_AGE_MIN = 6 * 60.0
READS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")

_freed = threading.Condition()
_waits_until = contextvars.ContextVar("waits_until", default=math.inf)


def minute_s() -> float:
    """How many real seconds a minute of Lambda's lasts here."""
    return float(lambda_svc._LAMBDA_ASYNC_RETRY_BASE_SECONDS)


def make_lambda_harsher() -> None:
    """Change ministack 1.5.33 in this process."""
    _wait_for_slots()
    lambda_svc.invoke_async_with_retry = invoke_asynchronously
    _return_messages_in_time()
    _ask_the_role()
    provisioners._RESOURCE_HANDLERS["AWS::Budgets::Budget"] = {
        "create": _make_budget,
        "delete": _delete_budget,
    }


def _wait_for_slots() -> None:
    execute, release = lambda_svc._execute_function, lambda_svc._release_execution_slot

    def execute_when_free(func: Any, event: Any) -> Any:
        while (result := execute(func, event)).get("throttle"):
            if time.monotonic() > _waits_until.get():
                break
            with _freed:
                _freed.wait(0.5)
        return result

    def release_and_tell(key: Any) -> None:
        release(key)
        with _freed:
            _freed.notify()

    lambda_svc._execute_function = execute_when_free
    lambda_svc._release_execution_slot = release_and_tell


def invoke_asynchronously(func: dict[str, Any], event: dict[str, Any]) -> None:
    """Run a function for an event until that works, as AWS does with asynchronous events."""

    def run() -> None:
        config = func.get("config") or func
        lambda_svc._run_with_function_config_scope(config, _try_until_it_works, func, event)

    threading.Thread(target=run, daemon=True).start()


def _try_until_it_works(func: dict[str, Any], event: dict[str, Any]) -> None:
    config = func.get("config") or func
    rules = func.get("event_invoke_config") or {}
    rules = rules or (func.get("event_invoke_configs") or {}).get("$LATEST") or {}
    retries = int(rules.get("MaximumRetryAttempts", RETRIES))
    too_old_at = time.monotonic() + MOST_AGE_MIN * minute_s()
    _waits_until.set(too_old_at)
    tries, reason = 0, ""
    while not reason:
        result = lambda_svc._execute_function(func, event)
        if not result.get("error"):
            return
        tries += not result.get("throttle")
        if time.monotonic() + tries * minute_s() > too_old_at:
            reason = "EventAgeExceeded"
        elif tries > retries:
            reason = "RetriesExhausted"
        else:
            time.sleep(tries * minute_s())
    target = rules.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    if target and _role_may(config["Role"], target, "sqs:SendMessage"):  # else lost, as at AWS
        _send(target, _record(config, event, result, tries, reason))


def _record(config: Any, event: Any, result: Any, tries: int, reason: str) -> dict[str, Any]:
    """What AWS writes of a failed event.

    Source: "Capturing records of Lambda asynchronous invocations" in the Lambda guide.
    """
    return {
        "version": "1.0",
        "timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
        "requestContext": {
            "requestId": new_uuid(),
            "functionArn": f"{config['FunctionArn']}:$LATEST",
            "condition": reason,
            "approximateInvokeCount": tries,
        },
        "requestPayload": event,
        "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": result.get("function_error") or "Unhandled",
        },
        "responsePayload": result.get("body"),
    }


def _send(target: str, record: dict[str, Any]) -> None:
    queue = sqs._queue_by_arn(target)
    if queue is not None:
        sqs._act_send_message({"MessageBody": json.dumps(record)}, queue["url"])


def _return_messages_in_time() -> None:
    run_batch = lambda_svc._run_sqs_batch

    def run_and_return(esm: Any, func: Any, event: Any, batch: Any, *names: str) -> None:
        received, url = time.time(), names[0]
        run_batch(esm, func, event, batch, *names)
        timeout_min = int(sqs._queues[url]["attributes"].get("VisibilityTimeout", "30")) / 60
        for message in batch:  # what was deleted is in no queue any more
            message["visible_at"] = received + timeout_min * minute_s()
        lambda_svc._esm_wake.set()

    lambda_svc._run_sqs_batch = run_and_return


def _ask_the_role() -> None:
    handlers = provisioners._RESOURCE_HANDLERS["AWS::Lambda::EventSourceMapping"]
    make: Callable[..., Any] = handlers["create"]

    def make_if_allowed(part: str, properties: dict[str, Any], stack: str) -> Any:
        func = provisioners._lambda_function_for_cfn_ref(properties["FunctionName"])[0]
        for action in READS:
            if func and not _role_may(func["config"]["Role"], properties["EventSourceArn"], action):
                call = action.partition(":")[2]
                raise ValueError(
                    f"The function execution role does not have permissions to call {call} on SQS"
                )
        return make(part, properties, stack)

    handlers["create"] = make_if_allowed


def _role_may(role_arn: str, resource: str, action: str) -> bool:
    role = iam._roles.get(role_arn.rpartition("/")[2], {})
    policies = [
        json.loads(policy) if isinstance(policy, str) else policy
        for policy in role.get("InlinePolicies", {}).values()
    ]
    return allows(policies, Need(action, resource))


def _make_budget(_part: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    status, _, body = budgets._create_budget(properties)
    if status != 200:
        raise ValueError(body.decode())
    return properties["Budget"]["BudgetName"], {}


def _delete_budget(name: str, _properties: dict[str, Any]) -> None:
    budgets._delete_budget({"BudgetName": name})
