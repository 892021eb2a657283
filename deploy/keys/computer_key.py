"""This computer's key of all the app's: the kept one if it works, else a new one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from boto3 import Session

from desktop.core import credentials
from desktop.core.credentials import AccessKey
from desktop.core.errors import Cancelled, CredentialsError
from desktop.core.settings import Connection

from ..flow import FlowState, change_flow, load_flow
from ..stack.parts import CHECK, KEY
from ..stack.stack_events import StackEvent, StackState
from .app_keys import check_key, wait_until_works
from .app_users import (
    KeyEntry,
    delete_key,
    delete_user,
    list_keys,
    list_users,
    make_user,
    new_user_name,
)


@dataclass(frozen=True, slots=True)
class KeyWish:
    """For whom a key is wanted, and whether in place of one that works."""

    session: Session
    service: StackState
    connection: Connection
    data_dir: Path
    new: bool = False


def give_key(wish: KeyWish, cancel: threading.Event) -> Iterator[StackEvent]:
    """Ends when this computer has a key that works; no event comes when it had one already.

    When `cancel` is set, this computer has its old key again, or none where it had none. What
    cannot be kept, the next run ends.
    """
    session, service, connection = wish.session, wish.service, wish.connection
    kept = credentials.load_key(connection)
    old = _own(without_orphans(wish, kept), wish, kept)
    if kept and old and not wish.new and _works(connection, kept, old):
        return
    yield _event(KEY, "CREATE_IN_PROGRESS")
    user = note_user(wish)
    key = make_user(session, service, user, cancel)
    try:
        credentials.save_key(connection, key)
        change_flow(
            wish.data_dir,
            new_user="",
            key_id=key.key_id,
            user=user,
            old_key_id=old.key_id if old else "",
            old_user=old.user if old else "",
        )
        yield _event(KEY, "CREATE_COMPLETE")
        yield _event(CHECK, "CREATE_IN_PROGRESS")
        wait_until_works(connection, key, cancel)
    except Cancelled:
        if kept and old:  # first, so that it is kept whatever happens to the rest
            credentials.save_key(connection, kept)
            change_flow(
                wish.data_dir,
                key_id=kept.key_id,
                user=old.user,
                old_key_id=key.key_id,
                old_user=user,
            )
        delete_user(session, user)
        if kept and old:
            change_flow(wish.data_dir, old_key_id="", old_user="")
        else:
            credentials.delete_key(connection)
        raise
    if old is not None:
        delete_key(session, service, old)
        change_flow(wish.data_dir, old_key_id="", old_user="")
    yield _event(CHECK, "CREATE_COMPLETE")


def end_key(wish: KeyWish) -> Iterator[StackEvent]:
    """End this computer's key; no event comes when it had none. The keychain stays as it is."""
    kept = credentials.load_key(wish.connection)
    own = _own(without_orphans(wish, kept), wish, kept)
    if own is not None:
        delete_key(wish.session, wish.service, own)
        yield _event(KEY, "DELETE_COMPLETE")


def others_keys(wish: KeyWish) -> list[KeyEntry]:
    """The keys of other computers.

    None is ended here: one that seems lost may be what another Tagdrop on this computer just makes.
    """
    kept, flow = credentials.load_key(wish.connection), load_flow(wish.data_dir)
    keys = list_keys(wish.session, wish.service)
    own = _own(keys, wish, kept)
    return [key for key in keys if key != own and not _is_orphan(flow, key, kept)]


def _own(keys: list[KeyEntry], wish: KeyWish, kept: AccessKey | None) -> KeyEntry | None:
    """This computer's key among all, though its secret may be lost."""
    key_id = kept.key_id if kept else load_flow(wish.data_dir).key_id
    return next((key for key in keys if key.key_id == key_id), None)


def _works(connection: Connection, kept: AccessKey, entry: KeyEntry) -> bool:
    """Whether a key may stay in use. What has nothing to do with the key is raised."""
    if not entry.is_active:
        return False
    try:
        check_key(connection, kept)
    except CredentialsError:
        return False
    return True


def note_user(wish: KeyWish) -> str:
    """A name for one more user, kept before it is made, so that it is known if that gets lost."""
    name = new_user_name(wish.service)
    change_flow(wish.data_dir, new_user=name)
    return name


def forget_user(data_dir: Path) -> None:
    """The user that was made is where it belongs, or gone."""
    change_flow(data_dir, new_user="")


def without_orphans(wish: KeyWish, kept: AccessKey | None) -> list[KeyEntry]:
    """All computers' keys. What a run of this computer made and could not keep or hand over, or
    kept and should have ended, is ended first.

    So it is when a run was killed in between.
    """
    flow = load_flow(wish.data_dir)
    keys = list_keys(wish.session, wish.service)
    orphans = [key for key in keys if _is_orphan(flow, key, kept)]
    for key in orphans:
        delete_key(wish.session, wish.service, key)
    # Killed before a user had its key, or when that was gone and the user not yet. Only what is
    # listed is deleted: who may not see all users is forbidden, not told "gone", what never was.
    bare = {flow.new_user, flow.user, flow.old_user} - {key.user for key in keys} - {""}
    for user in bare.intersection(list_users(wish.session, wish.service) if bare else ()):
        delete_user(wish.session, user)
    if flow.new_user or flow.old_key_id:
        change_flow(wish.data_dir, new_user="", old_key_id="", old_user="")
    return [key for key in keys if key not in orphans]


def _is_orphan(flow: FlowState, key: KeyEntry, kept: AccessKey | None) -> bool:
    if key.key_id == flow.old_key_id:
        return kept is not None and kept.key_id == flow.key_id
    return key.user == flow.new_user and (kept is None or key.key_id != kept.key_id)


def _event(part: str, status: str) -> StackEvent:
    return StackEvent(datetime.now(UTC), part, status)
