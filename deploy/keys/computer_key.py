"""This computer's key of all the app's: the kept one if it works, else a new one."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from boto3 import Session

from desktop.core import credentials
from desktop.core.credentials import AccessKey
from desktop.core.errors import Cancelled, CredentialsError
from desktop.core.settings import Connection

from ..flow import FlowState, change_flow, load_flow
from ..stack.parts import CHECK, KEY
from ..stack.stack_events import StackEvent
from .app_keys import (
    MAX_KEYS,
    KeyEntry,
    check_key,
    delete_key,
    least_used,
    list_keys,
    make_key,
    no_room,
    wait_until_works,
)

ORPHAN_WITHIN = timedelta(minutes=15)
"""A key of a run that was killed was made as soon as that run had noted the others. So much later,
the two clocks may differ by less, it is another computer's."""


@dataclass(frozen=True, slots=True)
class KeyWish:
    """For whom a key is wanted, and whether in place of one that works."""

    session: Session
    user: str
    connection: Connection
    data_dir: Path
    new: bool = False


def give_key(wish: KeyWish, cancel: threading.Event) -> Iterator[StackEvent]:
    """Ends when this computer has a key that works; no event comes when it had one already.

    When `cancel` is set, this computer has its old key again, or none where it had none. It is too
    late for that once there was no room beside the old one. What cannot be kept, the next run ends.
    """
    session, user, connection = wish.session, wish.user, wish.connection
    kept = credentials.load_key(connection)
    keys = without_orphans(wish, kept)
    old = _own(keys, wish, kept)
    if kept and old and not wish.new and _works(connection, kept, old):
        return
    if len(keys) >= MAX_KEYS:
        if old is None and not wish.new:
            raise no_room()
        if kept and old:
            cancel = threading.Event()  # without the new key this computer would have none
        old = old or least_used(session, keys)
        delete_key(session, user, old.key_id)
        keys, old = [key for key in keys if key != old], None
    yield _event(KEY, "CREATE_IN_PROGRESS")
    note_others(wish.data_dir, keys)
    key = make_key(session, user)
    try:
        credentials.save_key(connection, key)
        change_flow(
            wish.data_dir,
            keys_before=None,
            keys_at="",
            key_id=key.key_id,
            old_key_id=old.key_id if old else "",
        )
        yield _event(KEY, "CREATE_COMPLETE")
        yield _event(CHECK, "CREATE_IN_PROGRESS")
        wait_until_works(connection, key, cancel)
    except Cancelled:
        if kept and old:  # first, so that it is kept whatever happens to the rest
            credentials.save_key(connection, kept)
            change_flow(wish.data_dir, key_id=kept.key_id, old_key_id=key.key_id)
        delete_key(session, user, key.key_id)
        if kept and old:
            change_flow(wish.data_dir, old_key_id="")
        else:
            credentials.delete_key(connection)
        raise
    if old is not None:
        delete_key(session, user, old.key_id)
        change_flow(wish.data_dir, old_key_id="")
    yield _event(CHECK, "CREATE_COMPLETE")


def end_key(wish: KeyWish) -> Iterator[StackEvent]:
    """End this computer's key; no event comes when it had none. The keychain stays as it is."""
    kept = credentials.load_key(wish.connection)
    own = _own(without_orphans(wish, kept), wish, kept)
    if own is not None:
        delete_key(wish.session, wish.user, own.key_id)
        yield _event(KEY, "DELETE_COMPLETE")


def others_keys(wish: KeyWish) -> list[KeyEntry]:
    """The keys of other computers.

    None is ended here: one that seems lost may be what another Tagdrop on this computer just makes.
    """
    kept, flow = credentials.load_key(wish.connection), load_flow(wish.data_dir)
    keys = list_keys(wish.session, wish.user)
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


def note_others(data_dir: Path, keys: Iterable[KeyEntry]) -> None:
    """Keep which keys there are before one more is made, so that it is known if that gets lost."""
    key_ids = tuple(key.key_id for key in keys)
    change_flow(data_dir, keys_before=key_ids, keys_at=datetime.now(UTC).isoformat())


def forget_others(data_dir: Path) -> None:
    """The key that was made is where it belongs, or gone."""
    change_flow(data_dir, keys_before=None, keys_at="")


def without_orphans(wish: KeyWish, kept: AccessKey | None) -> list[KeyEntry]:
    """The user's keys. What a run of this computer made and could not keep or hand over, or kept
    and should have ended, is ended first.

    So it is when a run was killed in between.
    """
    keys = list_keys(wish.session, wish.user)
    flow = load_flow(wish.data_dir)
    orphans = [key for key in keys if _is_orphan(flow, key, kept)]
    for key in orphans:
        delete_key(wish.session, wish.user, key.key_id)
    if flow.keys_before is not None or flow.old_key_id:
        change_flow(wish.data_dir, keys_before=None, keys_at="", old_key_id="")
    return [key for key in keys if key not in orphans]


def _is_orphan(flow: FlowState, key: KeyEntry, kept: AccessKey | None) -> bool:
    if key.key_id == flow.old_key_id:
        return kept is not None and kept.key_id == flow.key_id
    if flow.keys_before is None or key.key_id in flow.keys_before:
        return False
    if kept is not None and key.key_id == kept.key_id:
        return False
    try:
        noted_at = datetime.fromisoformat(flow.keys_at)
    except ValueError:
        return False
    return abs(key.made_at - noted_at) <= ORPHAN_WITHIN


def _event(part: str, status: str) -> StackEvent:
    return StackEvent(datetime.now(UTC), part, status)
