"""One verb of the deploy script: who asks, for which stack, and what is told of it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from desktop.aws.errors import aws_errors, not_set_up
from desktop.core.credentials import has_keychain
from desktop.core.errors import AppError, other_account
from desktop.core.library.library import Library
from desktop.core.money.spending import Spending
from desktop.core.settings import Connection, Settings, library_path, load_settings
from desktop.core.texts import Text

from . import connect
from .backfill import backfill, find_backlog
from .doctor import doctor
from .doctor.checks import sign_in_to_look
from .doctor.failed_tries import replay
from .flow import load_flow
from .joining import read_outputs
from .set_up import SetUp
from .sign_in.access import Access, identify, in_region
from .sign_in.profiles import open_session
from .stack import stack
from .stack.parts import CHECKS, part_name
from .stack.render import is_newer, is_older

Entry = dict[str, Any]
"""What `--json` prints as one line: `event` is `part`, `check`, `backlog`, `labelled`, `replayed`,
or `done` at the end."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person asked for; None where the settings or AWS's own defaults decide."""

    verb: Literal["setup", "status", "update", "doctor", "backfill", "remove", "join"]
    data_dir: Path
    region: str | None = None
    profile: str | None = None
    stack: str | None = None
    retention_days: int | None = None
    also_text: bool | None = None
    also_explicit: bool | None = None
    new_key: bool = False
    anew: bool = False
    replay: bool = False
    with_user: bool | None = None
    permissions_boundary: str | None = None
    account_bucket: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
    outputs: Path | None = None


def execute(choice: Choice, cancel: threading.Event) -> Iterator[Entry]:
    """Do it: an entry for each stack event or check, then one that says how things stand.

    Keeps the settings' connection true: it names the stack after a set-up or an update and is
    forgotten with the stack. Raises AppError, or Cancelled when `cancel` was set.
    """
    if choice.verb == "doctor":
        yield from _examine(choice, cancel)
        return
    if choice.verb == "backfill":
        yield from _backfill(choice, cancel)
        return
    if choice.verb == "join":
        yield _join(choice)
        return
    access, wanted = _begin(choice)
    for event in _events(choice, access, wanted, cancel):
        yield {
            "event": "part",
            "time": event.time.isoformat(),
            "part": event.part,
            "name": str(part_name(event.part, wanted.stack)),
            "status": event.status,
            "reason": event.reason,
            "count": event.count,
        }
    summary = _summary(choice.verb, stack.status(access.session, wanted.stack))
    summary |= {"account": access.account, "region": wanted.region, "stack": wanted.stack}
    if choice.verb == "setup":
        summary["key_kept"] = wanted.make_key
    yield summary


def _examine(choice: Choice, cancel: threading.Event) -> Iterator[Entry]:
    """The doctor's checks; with a person's own rights too, where this computer has some."""
    settings, access = load_settings(choice.data_dir), None
    with contextlib.suppress(AppError):  # the checks say what is wrong with the network, say
        access, wanted = _begin(choice)
    connection = settings.connection
    if connection is None or choice.stack not in (None, connection.stack):
        if access is None:
            raise not_set_up()
        connection = connect.find(access, wanted)
    if access is not None and access.account != connection.account:
        access = None
    if choice.replay:
        if access is None:
            raise sign_in_to_look()
        count = 0
        for event in replay(in_region(access, wanted.region), wanted.stack, cancel):
            count = event.count
        yield {"event": "replayed", "count": count}
    healthy = True
    with _counting(choice.data_dir, settings) as reserve:
        for check in doctor.examine(connection, access=access, cancel=cancel, reserve=reserve):
            healthy &= check.verdict != "bad"
            yield {
                "event": "check",
                "check": check.name,
                "name": str(CHECKS[check.name]),
                "verdict": check.verdict,
                "seconds": round(check.seconds, 3),
                "title": check.error.title if check.error else "",
                "message": check.error.message if check.error else "",
                "remedy": check.error.remedy if check.error else None,
                "detail": check.error.detail if check.error else "",
            }
    yield {"event": "done", "verb": "doctor", "healthy": healthy}


def _backfill(choice: Choice, cancel: threading.Event) -> Iterator[Entry]:
    """What lies in the storage unlabelled, and what that costs; whoever goes on has it labelled."""
    settings = load_settings(choice.data_dir)
    connection = settings.connection
    if connection is None:
        raise not_set_up()
    backlog, labelled = find_backlog(connection, cancel), 0
    yield {
        "event": "backlog",
        "images": len(backlog.names),
        "on_the_way": backlog.on_the_way,
        "dollars": len(backlog.names) * settings.dollars_per_1000 * settings.analyses / 1000,
    }
    with _counting(choice.data_dir, settings) as reserve:
        for labelled in backfill(connection, backlog.names, cancel, reserve=reserve):
            yield {"event": "labelled", "count": labelled}
    yield {"event": "done", "verb": "backfill", "labelled": labelled}


def _join(choice: Choice) -> Entry:
    """Connect with a service that others deployed, and label there with a person's own rights."""
    if choice.outputs is not None:
        connection = read_outputs(choice.outputs, choice.profile or "")
    else:
        access, wanted = _begin(choice)
        connection = replace(connect.find(access, wanted), profile=choice.profile or "")
    connect.join(connection, choice.data_dir)
    return {"event": "done", "verb": "join", **asdict(connection)}


@contextlib.contextmanager
def _counting(data_dir: Path, settings: Settings) -> Iterator[Callable[[], object]]:
    """What counts the test photo in the library, and refuses it beyond the month's limit."""
    with contextlib.closing(Library(library_path(data_dir))) as library:
        yield lambda: Spending(library.store).reserve(
            dollars_per_1000=settings.dollars_per_1000 * settings.analyses,
            limit_dollars=settings.monthly_limit_dollars,
        )


def _begin(choice: Choice) -> tuple[Access, SetUp]:
    """Who asks, and about which stack: as told, as in the settings, as begun, or by default."""
    connection = load_settings(choice.data_dir).connection
    known = connection or _begun(choice.data_dir)
    name, region = choice.stack or stack.DEFAULT_NAME, choice.region
    if known is not None and choice.stack in (None, known.stack):
        name, region = known.stack, choice.region or known.region or None
    session = open_session(choice.profile, region)
    access = identify(session, "profile", choice.profile or "")
    with aws_errors(Text("use this profile")):
        region = session.client("sts").meta.region_name  # raises where there is none
    if (
        connection is not None
        and (name, region) == (connection.stack, connection.region)
        and access.account != connection.account
    ):
        raise other_account(connection.account, access.account)
    wanted = SetUp(
        name,
        region,
        choice.retention_days,
        also_text=choice.also_text,
        also_explicit=choice.also_explicit,
        with_user=choice.with_user,
        permissions_boundary=choice.permissions_boundary,
        account_bucket=choice.account_bucket,
        tags=choice.tags,
        anew=choice.anew,
        new_key=choice.new_key,
        make_key=choice.verb == "setup" and has_keychain(),
    )
    return access, wanted


def _begun(data_dir: Path) -> Connection | None:
    """Where a set-up was begun that did not come to its end."""
    flow = load_flow(data_dir)
    return Connection(flow.account, flow.region, flow.stack, "", "") if flow.region else None


def _events(
    choice: Choice, access: Access, wanted: SetUp, cancel: threading.Event
) -> Iterator[stack.StackEvent]:
    data_dir = choice.data_dir
    if choice.verb == "setup":
        return connect.set_up(access, wanted, data_dir, cancel)
    if choice.verb == "update":
        return connect.update(access, wanted, data_dir, cancel)
    if choice.verb == "remove":
        return connect.remove_everything(access, wanted, data_dir, cancel)
    return iter(())


def _summary(verb: str, found: stack.StackState | None) -> Entry:
    if found is None:
        return {"event": "done", "verb": verb, "status": "ABSENT"}
    outputs = found.outputs
    return {
        "event": "done",
        "verb": verb,
        "status": found.status,
        "bucket": outputs.get("Bucket"),
        "table": outputs.get("Table"),
        "function": outputs.get("Function"),
        "app_user": outputs.get("AppUser"),
        "version": outputs.get("Version"),
        "is_current": not is_older(found.version),
        "is_newer": is_newer(found.version),
    }
