"""Connect this computer: set up, update, a new key, another computer, remove.

Whoever signed in is needed for what changes the account. What labels is the app's own key, which is
in the keychain, and the connection in the settings, which names no secret.
"""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from desktop.aws.errors import not_set_up
from desktop.core import credentials
from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, BackendMissingError, Cancelled, CredentialsError, Remedy
from desktop.core.money.prices import price_in
from desktop.core.settings import (
    Connection,
    Settings,
    change_settings,
    load_settings,
    options_in,
)

from .carry_over import beyond_repair, forget_answers, keep_answers, put_answers_back
from .flow import change_flow, load_flow
from .keys.app_keys import app_session, check_key, wait_until_works
from .keys.app_users import delete_key, delete_user, give_rights, list_keys, make_user
from .keys.computer_key import (
    KeyWish,
    end_key,
    forget_user,
    give_key,
    note_user,
    others_keys,
    without_orphans,
)
from .sign_in.access import Access, in_region
from .stack import stack
from .stack.quota import rekognition_rate
from .stack.stack_events import StackEvent, StackState

LEAST_ALARM_DOLLARS = 1.0
"""As the template allows."""
LOCK_S = 0.2
"""How often to look whether another Tagdrop on this computer has done with the key."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is to be set up, or changed. None leaves a thing in the account as it is.

    `monthly_analyses`: how many pictures a month the account's function may ask Rekognition about.
    `also_text`, `also_explicit`: whether it asks about these, too, each of which is one more.
    `label_days`: after how many days labels are deleted from the table, 0 for never. `alarm_email`:
    where a monthly budget's alarm goes, "" for none, when it costs more than `alarm_dollars`.
    `with_user`: whether computers have users of their own, with keys. `permissions_boundary`: ARN
    of the policy that bounds them and the function's role, "" for none. `account_bucket`: whether a
    new bucket's name is in the namespace that the account has for itself in its region. `tags` come
    to what there is already. `anew`: whatever is there is removed first. `new_key`: also when the
    kept one works. `make_key` False: labelling will use a person's own AWS credentials.
    """

    stack: str
    region: str
    retention_days: int | None = None
    monthly_analyses: int | None = None
    also_text: bool | None = None
    also_explicit: bool | None = None
    label_days: int | None = None
    alarm_email: str | None = None
    alarm_dollars: float | None = None
    with_user: bool | None = None
    permissions_boundary: str | None = None
    account_bucket: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
    anew: bool = False
    new_key: bool = False
    make_key: bool = True

    @property
    def parameters(self) -> dict[str, str]:
        """Those of the template's parameters that are given, as CloudFormation takes them."""
        given: dict[str, float | bool | str | None] = {
            "RetentionDays": self.retention_days,
            "MonthlyAnalyses": self.monthly_analyses,
            "AlsoText": self.also_text,
            "AlsoExplicit": self.also_explicit,
            "LabelDays": self.label_days,
            "AlarmEmail": self.alarm_email,
            "AlarmDollars": self._alarm_dollars,
            "WithUser": self.with_user,
            "PermissionsBoundary": self.permissions_boundary,
            stack.NAMESPACE: stack.ACCOUNT_REGIONAL if self.account_bucket else None,
        }
        return {name: _parameter(value) for name, value in given.items() if value is not None}

    @property
    def _alarm_dollars(self) -> float | None:
        dollars = self.alarm_dollars
        return None if dollars is None else max(dollars, LEAST_ALARM_DOLLARS)


def _parameter(value: bool | float | str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def set_up(
    access: Access, wanted: SetUp, data_dir: Path, cancel: threading.Event
) -> Iterator[StackEvent]:
    """Make the service, or repair it and bring it up to date, and connect this computer with it.

    When it is all there, nothing changes and no event comes. What a killed run left is gone on with
    or cleared away. When `cancel` is set, what this computer made is taken back before Cancelled is
    raised; a service that was there stays.
    """
    load_settings(data_dir)  # a file that cannot be read must not end a long set-up
    access = in_region(access, wanted.region)
    change_flow(data_dir, stack=wanted.stack, region=wanted.region)
    try:
        yield from _set_up(access, wanted, data_dir, cancel)
    except (BackendMissingError, CredentialsError) as error:
        if error.remedy is not Remedy.REPAIR or wanted.anew:
            raise
        # Everything seems to be there and does not work.
        found = stack.status(access.session, wanted.stack)
        raise _beyond_repair(access, found, data_dir) from error


def _set_up(
    access: Access, wanted: SetUp, data_dir: Path, cancel: threading.Event
) -> Iterator[StackEvent]:
    def before_remove(found: StackState) -> None:
        worked = "Table" in found.outputs and found.status != "DELETE_FAILED"
        if worked and not wanted.anew:
            raise _beyond_repair(access, found, data_dir)
        keep_answers(access.session, found, data_dir, cancel)

    try:
        yield from stack.setup(
            access.session,
            wanted.stack,
            cancel=cancel,
            parameters=wanted.parameters,
            tags=wanted.tags,
            anew=wanted.anew,
            before_create=lambda bucket: change_flow(data_dir, new_bucket=bucket),
            before_remove=before_remove,
        )
        found = _found(access, wanted.stack)
        _note_options(data_dir, found)
        put_answers_back(access.session, found, data_dir, cancel)
        if found.has_users:
            give_rights(access.session, found)
        if found.has_users and wanted.make_key:
            yield from _give_key(access, found, data_dir, cancel, new=wanted.new_key)
        own = access.name if access.way == "profile" and not found.has_users else ""
        _keep(data_dir, dataclasses.replace(_connection_of(found), profile=own), access)
        change_flow(data_dir, new_bucket="")
    except Cancelled:
        yield from _remove_made(access, wanted, data_dir, threading.Event())
        raise


def _beyond_repair(access: Access, found: StackState | None, data_dir: Path) -> AppError:
    """What would be lost with a service that only a new one can take the place of."""
    others = []
    with contextlib.suppress(AppError):
        if found is not None and found.has_users:
            others = others_keys(_wish(access, found, data_dir))
    return beyond_repair(len(others))


def take_back(
    access: Access, wanted: SetUp, data_dir: Path, cancel: threading.Event
) -> Iterator[StackEvent]:
    """Undo a set-up of this computer that has not come to its end.

    The service goes when this computer made it, else this computer's key alone. Each thing that is
    gone has its event.
    """
    load_settings(data_dir)
    access = in_region(access, wanted.region)
    if not (yield from _remove_made(access, wanted, data_dir, cancel)):
        found = stack.status(access.session, wanted.stack)
        if found is not None and found.works:
            with _alone(data_dir, cancel):
                yield from end_key(_wish(access, found, data_dir))
    forget(Connection(access.account, wanted.region, wanted.stack, "", ""), data_dir)


def _remove_made(
    access: Access, wanted: SetUp, data_dir: Path, cancel: threading.Event
) -> Generator[StackEvent, None, bool]:
    """Remove the stack if this computer made it and no other has come to use it; whether it did."""
    found = stack.status(access.session, wanted.stack)
    if found is None or found.parameters.get("BucketName") != load_flow(data_dir).new_bucket:
        return False
    if found.works and others_keys(_wish(access, found, data_dir)):
        return False
    yield from stack.remove(access.session, found.stack_id, cancel=cancel)
    change_flow(data_dir, new_bucket="")
    forget_user(data_dir)
    return True


def update(
    access: Access, wanted: SetUp, data_dir: Path, cancel: threading.Event
) -> Iterator[StackEvent]:
    """Bring the service to this program's version, and what lives in the account to `wanted`."""
    load_settings(data_dir)
    access = in_region(access, wanted.region)
    _expect_options(data_dir, wanted)
    yield from stack.update(
        access.session,
        wanted.stack,
        cancel=cancel,
        parameters=wanted.parameters,
        tags=wanted.tags,
    )
    found = _found(access, wanted.stack)
    _note_options(data_dir, found)
    _keep(data_dir, _with_profile(data_dir, _connection_of(found)), access)


def remove_everything(
    access: Access, wanted: SetUp, data_dir: Path, cancel: threading.Event
) -> Iterator[StackEvent]:
    """Delete all that a set-up made in the account, and what this computer knows of it.

    Each thing that is gone has its event. Removing nothing is a success.
    """
    load_settings(data_dir)
    access = in_region(access, wanted.region)
    yield from stack.remove(access.session, wanted.stack, cancel=cancel)
    forget(Connection(access.account, wanted.region, wanted.stack, "", ""), data_dir)


def new_key(
    access: Access, connection: Connection, data_dir: Path, cancel: threading.Event
) -> None:
    """Give this computer a new key and end its old one."""
    access = in_region(access, connection.region)
    found = _found_with_users(access, connection.stack, cancel)
    for _ in _give_key(access, found, data_dir, cancel, new=True):
        pass
    _keep(data_dir, _connection_of(found))


def add_computer(
    access: Access, connection: Connection, data_dir: Path, cancel: threading.Event
) -> AccessKey:
    """A key of the same service for another computer; it works when this returns.

    Who does not hand the key over ends it with `discard_key`.
    """
    access = in_region(access, connection.region)
    found = _found_with_users(access, connection.stack, cancel)
    wish = KeyWish(access.session, found, connection, data_dir)
    with _alone(data_dir, cancel):
        without_orphans(wish, credentials.load_key(connection))
        user = note_user(wish)
        key = make_user(access.session, found, user, cancel)
        try:
            wait_until_works(connection, key, cancel)
        except (AppError, Cancelled):
            delete_user(access.session, user)
            forget_user(data_dir)
            raise
        forget_user(data_dir)
    return key


def discard_key(access: Access, connection: Connection, key: AccessKey) -> None:
    """End a key of `add_computer` that nobody got."""
    access = in_region(access, connection.region)
    found = _found(access, connection.stack)
    for entry in list_keys(access.session, found):
        if entry.key_id == key.key_id:
            delete_key(access.session, found, entry)


def find(access: Access, wanted: SetUp) -> Connection:
    """The connection with a service that is there. Raises BackendMissingError."""
    access = in_region(access, wanted.region)
    if stack.status(access.session, wanted.stack) is None:
        raise not_set_up()
    return _connection_of(_found(access, wanted.stack))


def connect_with(connection: Connection, key: AccessKey, data_dir: Path) -> None:
    """Connect this computer with a key that another one made for it, if that key works."""
    load_settings(data_dir)
    check_key(connection, key)
    credentials.save_key(connection, key)
    change_flow(data_dir, key_id=key.key_id)
    _keep(data_dir, connection)


def join(connection: Connection, data_dir: Path) -> None:
    """Connect this computer with a service that others deployed, if its profile may label there."""
    load_settings(data_dir)
    credentials.delete_key(connection)
    check_key(connection, None)
    found = stack.status(app_session(connection), connection.stack)
    if found is not None:
        _note_options(data_dir, found)
    _keep(data_dir, connection)


def forget(connection: Connection, data_dir: Path) -> None:
    """Remove the service from this computer; in the account all stays as it is."""
    credentials.delete_key(connection)

    def without(kept: Settings) -> Settings:
        if kept.connection is None or _where(kept.connection) != _where(connection):
            return kept
        return dataclasses.replace(kept, connection=None, backend="")

    change_settings(data_dir, without)
    forget_user(data_dir)
    forget_answers(data_dir, connection.stack)


def _give_key(
    access: Access, found: StackState, data_dir: Path, cancel: threading.Event, *, new: bool
) -> Iterator[StackEvent]:
    with _alone(data_dir, cancel):
        yield from give_key(_wish(access, found, data_dir, new=new), cancel)


def _wish(access: Access, found: StackState, data_dir: Path, *, new: bool = False) -> KeyWish:
    return KeyWish(access.session, found, _connection_of(found), data_dir, new=new)


@contextlib.contextmanager
def _alone(data_dir: Path, cancel: threading.Event) -> Iterator[None]:
    """One Tagdrop at a time makes this computer's key. The system frees it even after a crash."""
    path = data_dir / "locks" / "amazon-key.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=0, thread_local=False)
    while True:
        try:
            lock.acquire()
            break
        except Timeout:
            if cancel.wait(LOCK_S):
                raise Cancelled from None
    try:
        yield
    finally:
        lock.release()


def _found(access: Access, stack_name: str) -> StackState:
    found = stack.status(access.session, stack_name)
    if found is None or not found.works:
        raise BackendMissingError(
            "The labelling service is not complete",
            "Set it up to continue: what is still there is reused or removed.",
            remedy=Remedy.REPAIR,
        )
    return found


def _found_with_users(access: Access, stack_name: str, cancel: threading.Event) -> StackState:
    """The service, brought up to date where it is of version 1 and has one user for all."""
    found = _found(access, stack_name)
    if "WithUser" not in found.parameters:
        for _ in stack.update(access.session, stack_name, cancel=cancel):
            pass
        found = _found(access, stack_name)
    if not found.has_users:
        raise AppError(
            "This labelling service has no keys",
            "It was set up for a company that allows no users with keys. On each computer, label"
            " with a profile of your own: in a terminal, tagdrop aws join --profile NAME.",
        )
    return found


def _connection_of(found: StackState) -> Connection:
    outputs = found.outputs
    return Connection(found.account, found.region, found.name, outputs["Bucket"], outputs["Table"])


def _keep(data_dir: Path, connection: Connection, access: Access | None = None) -> None:
    """Write the connection down, and what else whoever signed in may read and the key may not."""
    values: dict[str, Any] = {"connection": connection}
    if access is not None:
        values["amazon_per_s"] = rekognition_rate(access) or 0.0

    def with_price(kept: Settings) -> Settings:
        price = price_in(kept, connection.region)
        return dataclasses.replace(kept, dollars_per_1000=price, **values)

    change_settings(data_dir, with_price)


def _with_profile(data_dir: Path, connection: Connection) -> Connection:
    """The connection with the profile that labels there as before."""
    kept = load_settings(data_dir).connection
    is_same = kept is not None and _where(kept) == _where(connection)
    return dataclasses.replace(connection, profile=kept.profile) if kept and is_same else connection


def _note_options(data_dir: Path, found: StackState) -> None:
    change_settings(
        data_dir, lambda kept: dataclasses.replace(kept, **options_in(found.parameters))
    )


def _expect_options(data_dir: Path, wanted: SetUp) -> None:
    """What is about to begin has its price from now on; what is to end, once it has ended."""

    def dearer(kept: Settings) -> Settings:
        return dataclasses.replace(
            kept,
            also_text=kept.also_text or bool(wanted.also_text),
            also_explicit=kept.also_explicit or bool(wanted.also_explicit),
        )

    change_settings(data_dir, dearer)


def _where(connection: Connection) -> tuple[str, str, str]:
    return connection.account, connection.region, connection.stack
