"""CloudFormation in the emulator, where AWS's minds what was deleted behind its back.

- A part that is made anew gets a new name. ministack names it as before, so that a test would not
  notice who still uses the old name.
- A part that is gone cannot be updated, and its attributes cannot be read, though the stack still
  counts it. ministack makes some anew on the quiet and gives the attributes it remembers.
- A role gets its permissions boundary, and a table the expiry of its items. ministack forgets both.
- An update lets a function finish what it is doing. ministack kills it, perhaps between the answer
  that is paid and the table.

What holds in both: a part that does not change is not touched, and one that is gone is deleted
without a complaint.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from ministack.core import lambda_runtime
from ministack.core.responses import new_uuid
from ministack.services import dynamodb, iam, lambda_svc
from ministack.services.cloudformation import drift, provisioners, stacks

_STORES = {
    "AWS::IAM::User": lambda: iam._users,
    "AWS::Lambda::EventSourceMapping": lambda: lambda_svc._esms,
}


def make_stacks_harsher() -> None:
    """Change ministack 1.5.33 in this process."""
    _mind_what_is_gone()
    _forget_no_property()
    _let_functions_finish()


def _mind_what_is_gone() -> None:
    provision, update, resolve = (
        stacks._provision_resource,
        stacks._update_resource,
        stacks._resolve_refs,
    )

    def provision_by_a_new_name(*args: Any) -> Any:
        token = provisioners._NAME_SEED.set(new_uuid()[:8])
        try:
            return provision(*args), provisioners._NAME_SEED.get()
        finally:
            provisioners._NAME_SEED.reset(token)

    def update_what_is_there(kind: str, physical_id: str, old: Any, new: Any, *args: Any) -> Any:
        if old != new and is_gone(kind, physical_id, old):
            raise ValueError(f"Resource of type '{kind}' with identifier {physical_id} not found.")
        return update(kind, physical_id, old, new, *args)

    def resolve_what_is_there(value: Any, resources: Any, *args: Any) -> Any:
        there = dict(resources)
        for part, record in resources.items():
            if is_gone(record["ResourceType"], record["PhysicalResourceId"], record["Properties"]):
                there[part] = {**record, "Attributes": {}}
        return resolve(value, there, *args)

    stacks._provision_keeping_seed = provision_by_a_new_name
    stacks._update_resource = update_what_is_there
    stacks._resolve_refs = resolve_what_is_there


def _forget_no_property() -> None:
    def bound(name: str, properties: dict[str, Any]) -> None:
        iam._roles[name]["PermissionsBoundary"] = properties.get("PermissionsBoundary")

    def expire(name: str, properties: dict[str, Any]) -> None:
        if "TimeToLiveSpecification" in properties:
            dynamodb._update_ttl({"TableName": name, **properties})

    for kind, add in {"AWS::IAM::Role": bound, "AWS::DynamoDB::Table": expire}.items():
        handlers = provisioners._RESOURCE_HANDLERS[kind]
        handlers["create"] = _then(handlers["create"], add, properties_at=1)
        handlers["update"] = _then(handlers["update"], add, properties_at=2)


def _then(
    work: Callable[..., Any], add: Callable[[str, dict[str, Any]], None], *, properties_at: int
) -> Callable[..., Any]:
    def work_and_add(*args: Any) -> Any:
        made = work(*args)
        add(made[0], args[properties_at])
        return made

    return work_and_add


def _let_functions_finish() -> None:
    kill = lambda_runtime.kill_workers

    def kill_when_idle(workers: Any) -> None:
        busy = [worker for worker in workers if worker.in_use]
        kill([worker for worker in workers if worker not in busy])

        def wait_and_kill() -> None:
            for worker in busy:
                while worker.in_use:
                    time.sleep(0.1)
            kill(busy)

        threading.Thread(target=wait_and_kill, daemon=True).start()

    lambda_runtime.kill_workers = kill_when_idle


def is_gone(kind: str, physical_id: str, properties: Any) -> bool:
    """Whether a part that a stack counts is not there."""
    if kind in _STORES:
        return physical_id not in _STORES[kind]()
    if kind not in drift._DRIFT_READERS:
        return False
    return drift._DRIFT_READERS[kind][0](physical_id, properties) is None
