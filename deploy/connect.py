"""Connect this computer: set up, update, a new key, another computer, remove.

Whoever signed in is needed for what changes the account. What labels is the app's own key, which is
in the keychain, and the connection in the settings, which names no secret.
"""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from desktop.aws.errors import not_set_up
from desktop.core import credentials
from desktop.core.credentials import AccessKey
from desktop.core.errors import AppError, BackendMissingError, Cancelled, CredentialsError, Remedy
from desktop.core.settings import (
    Connection,
    load_settings,
)

from .carry_over import beyond_repair, forget_answers, keep_answers, put_answers_back
from .flow import change_flow, load_flow
from .kept import (
    expect_options,
    forget_connection,
    keep_connection,
    note_options,
    with_kept_profile,
)
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
from .set_up import SetUp
from .sign_in.access import Access, identify, in_region
from .stack import stack
from .stack.stack_events import StackEvent, StackState

LOCK_S = 0.2
"""How often to look whether another Tagdrop on this computer has done with the key."""


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
        note_options(data_dir, found)
        put_answers_back(access.session, found, data_dir, cancel)
        if found.has_users:
            give_rights(access.session, found)
        if found.has_users and wanted.make_key:
            yield from _give_key(access, found, data_dir, cancel, new=wanted.new_key)
        own = access.name if access.way == "profile" and not found.has_users else ""
        keep_connection(data_dir, dataclasses.replace(_connection_of(found), profile=own), access)
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
    expect_options(data_dir, wanted)
    yield from stack.update(
        access.session,
        wanted.stack,
        cancel=cancel,
        parameters=wanted.parameters,
        tags=wanted.tags,
    )
    found = _found(access, wanted.stack)
    note_options(data_dir, found)
    keep_connection(data_dir, with_kept_profile(data_dir, _connection_of(found)), access)


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
    keep_connection(data_dir, _connection_of(found))


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
    keep_connection(data_dir, connection)


def join(connection: Connection, data_dir: Path) -> None:
    """Connect this computer with a service that others deployed, if its profile may label there."""
    load_settings(data_dir)
    credentials.delete_key(connection)
    check_key(connection, None)
    session = app_session(connection)
    found = stack.status(session, connection.stack)
    if found is not None:
        note_options(data_dir, found)
    keep_connection(data_dir, connection, identify(session, "profile", connection.profile))


def forget(connection: Connection, data_dir: Path) -> None:
    """Remove the service from this computer; in the account all stays as it is."""
    credentials.delete_key(connection)
    forget_connection(data_dir, connection)
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
