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

    `way` and `profile` tell how the person signed in, `account` where. `keys_before` are the key
    ids that the app's user had before this computer began to make one, at `keys_at` in ISO 8601,
    until that one is kept; `key_id` is the last one it made, be it lost since, and `old_key_id` the
    one in whose place it came, until that is ended. `new_bucket` is the bucket name of the stack
    that this computer last asked Amazon to make, until its set-up has come to its end. `also_text`
    and `also_explicit` are what an update is to change, "yes", "no" or "" for as it is.
    """

    page: str = ""
    goal: str = "set-up"
    way: str = ""
    profile: str = ""
    account: str = ""
    region: str = ""
    stack: str = DEFAULT_NAME
    keys_before: tuple[str, ...] | None = None
    keys_at: str = ""
    key_id: str = ""
    old_key_id: str = ""
    new_bucket: str = ""
    also_text: str = ""
    also_explicit: str = ""


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
    values: dict[str, Any] = {
        f.name: kept[f.name] for f in fields(FlowState) if isinstance(kept.get(f.name), str)
    }
    if isinstance(keys := kept.get("keys_before"), list):
        values["keys_before"] = tuple(map(str, keys))
    return FlowState(**values)
