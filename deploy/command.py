"""One verb of the deploy script, from the settings through the stack to the settings again."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import boto3

from desktop.backends.aws_errors import aws_errors
from desktop.core.settings import Connection, Settings, load_settings, save_settings
from desktop.core.texts import Text

from . import stack
from .parts import part_name
from .render import is_older

Entry = dict[str, Any]
"""What `--json` prints as one line: `event` is `part` or `done`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person asked for; None where the settings or AWS's own defaults decide."""

    verb: Literal["setup", "status", "update", "remove"]
    data_dir: Path
    region: str | None = None
    profile: str | None = None
    stack: str | None = None
    retention_days: int | None = None


def execute(choice: Choice, cancel: threading.Event) -> Iterator[Entry]:
    """Do it: an entry for each stack event, then one that says how things stand.

    Keeps the settings' connection true: it names the stack after a set-up or an update and is
    forgotten with the stack. Raises AppError, or Cancelled when `cancel` was set.
    """
    settings = load_settings(choice.data_dir)  # first: a broken file must not end a long set-up
    session, name = _connect(choice, settings.connection)
    for event in _events(choice, session, name, cancel):
        yield {
            "event": "part",
            "time": event.time.isoformat(),
            "part": event.part,
            "name": str(part_name(event.part, name)),
            "status": event.status,
            "reason": event.reason,
        }
    found = stack.status(session, name)
    connection = _connection_after(choice.verb, settings, found, (name, session.region_name))
    if connection != settings.connection:
        save_settings(choice.data_dir, dataclasses.replace(settings, connection=connection))
    yield _summary(choice.verb, found)


def _connect(choice: Choice, known: Connection | None) -> tuple[Any, str]:
    """A boto3 Session and the stack's name: as told, as in the settings, or by default."""
    name, region = choice.stack or stack.DEFAULT_NAME, choice.region
    if known is not None and choice.stack in (None, known.stack):
        name, region = known.stack, choice.region or known.region
    with aws_errors(Text("use this profile")):
        return boto3.Session(profile_name=choice.profile, region_name=region), name


def _events(
    choice: Choice, session: Any, name: str, cancel: threading.Event
) -> Iterator[stack.StackEvent]:
    days = choice.retention_days
    if choice.verb == "setup":
        return stack.setup(session, name, cancel=cancel, retention_days=days)
    if choice.verb == "update":
        return stack.update(session, name, cancel=cancel, retention_days=days)
    if choice.verb == "remove":
        return stack.remove(session, name, cancel=cancel)
    return iter(())


def _connection_after(
    verb: str, settings: Settings, found: stack.StackState | None, target: tuple[str, str]
) -> Connection | None:
    known = settings.connection
    if found is not None and verb in ("setup", "update"):
        bucket, table = found.outputs["Bucket"], found.outputs["Table"]
        return Connection(found.account, found.region, found.name, bucket, table)
    if verb == "remove" and known is not None and (known.stack, known.region) == target:
        return None
    return known


def _summary(verb: str, found: stack.StackState | None) -> Entry:
    if found is None:
        return {"event": "done", "verb": verb, "status": "ABSENT"}
    outputs = found.outputs
    return {
        "event": "done",
        "verb": verb,
        "status": found.status,
        "account": found.account,
        "region": found.region,
        "stack": found.name,
        "bucket": outputs.get("Bucket"),
        "table": outputs.get("Table"),
        "function": outputs.get("Function"),
        "app_user": outputs.get("AppUser"),
        "version": outputs.get("Version"),
        "is_current": not is_older(outputs.get("Version", "")),
    }
