"""FlowState: where the set-up stands, kept at every step, so that the next start goes on there."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from desktop.core.errors import StorageError
from desktop.core.whole_file import write_whole

from .stack.policies import DEFAULT_NAME

FILE_NAME = "amazon.json"
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class FlowState:
    """Nothing secret. `page` and `goal` are the window's words: what is shown, and what for.

    `way` and `profile` tell how the person signed in, `account` where. `keys_before` are the key
    ids that the app's user had before this computer began to make one, at `keys_at` in ISO 8601,
    until that one is kept; `key_id` is the last one it made, be it lost since, and `old_key_id` the
    one in whose place it came, until that is ended. `new_bucket` is the bucket name of the stack
    that this computer last asked Amazon to make, until its set-up has come to its end. `extra`
    holds what this version does not know.
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
    extra: dict[str, Any] = field(default_factory=dict)


def load_flow(data_dir: Path) -> FlowState:
    """The state in `data_dir`; a new one where there is none, or none that can be understood.

    Raises StorageError when the file cannot be read.
    """
    try:
        data = json.loads((data_dir / FILE_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return FlowState()
    except ValueError:
        return FlowState()
    except OSError as error:
        raise StorageError(
            "Setup progress could not be read",
            "{path}: {reason}. May this user account read the file?",
            path=str(data_dir / FILE_NAME),
            reason=error.strerror or str(error),
        ) from error
    if not isinstance(data, dict):
        return FlowState()
    known = {f.name: f.default for f in fields(FlowState) if f.name not in ("extra", "keys_before")}
    values: dict[str, Any] = {
        name: data.pop(name) for name in known if isinstance(data.get(name), str)
    }
    keys = data.pop("keys_before", None)
    if isinstance(keys, list):
        values["keys_before"] = tuple(map(str, keys))
    return FlowState(**values, extra=data)


def change_flow(data_dir: Path, **values: Any) -> FlowState:
    """Change some of the state, from any thread; after a crash there is the old or the new file."""
    with _lock:
        state = replace(load_flow(data_dir), **values)
        _save(data_dir, state)
        return state


def _save(data_dir: Path, state: FlowState) -> None:
    path = data_dir / FILE_NAME
    data = asdict(state)
    data = {**data.pop("extra"), **data}
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(data, indent=2).encode())
    except OSError as error:
        raise StorageError(
            "Setup progress could not be saved",
            "{path}: {reason}. Is the disk full or write-protected?",
            path=str(path),
            reason=error.strerror or str(error),
        ) from error
