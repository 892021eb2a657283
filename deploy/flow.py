"""FlowState: where the set-up stands, kept at every step, so that the next start goes on there."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from desktop.core.json_store import JsonStore

from .stack.policies import DEFAULT_NAME

FILE_NAME = "amazon.json"


@dataclass(frozen=True, slots=True)
class FlowState:
    """Nothing secret. `page` and `goal` are the window's words: what is shown, and what for.

    `way` and `profile` tell how the person signed in, `account` where. `new_user` is the name of
    the user that this computer is about to make, until that one's key is kept or handed over;
    `key_id` of `user` is the last key it made for itself, be it lost since, and `old_key_id` of
    `old_user` the one in whose place it came, until that is ended. `new_bucket` is the bucket name
    of the stack that this computer last asked Amazon to make, until its set-up has come to its end.
    `also_text` and `also_explicit` are what an update is to change, "yes", "no" or "" for as it is,
    and so are `label_days`, a number, and `alarm_email`, an address or "none". `with_user` is "no"
    where a set-up is to make no user.
    """

    page: str = ""
    goal: str = "set-up"
    way: str = ""
    profile: str = ""
    account: str = ""
    region: str = ""
    stack: str = DEFAULT_NAME
    new_user: str = ""
    key_id: str = ""
    user: str = ""
    old_key_id: str = ""
    old_user: str = ""
    new_bucket: str = ""
    also_text: str = ""
    also_explicit: str = ""
    label_days: str = ""
    alarm_email: str = ""
    with_user: str = ""


def load_flow(data_dir: Path) -> FlowState:
    """The state in `data_dir`; a new one where there is none. Raises StorageError."""
    return _from_json(_store(data_dir).read())


def change_flow(data_dir: Path, **values: Any) -> FlowState:
    """Change some of the state, from any thread and process. Raises StorageError."""
    with _store(data_dir).changing() as kept:
        state = replace(_from_json(kept), **values)
        kept.update(values)
        return state


def _store(data_dir: Path) -> JsonStore:
    return JsonStore(data_dir / FILE_NAME)


def _from_json(kept: dict[str, Any]) -> FlowState:
    return FlowState(
        **{f.name: kept[f.name] for f in fields(FlowState) if isinstance(kept.get(f.name), str)}
    )
