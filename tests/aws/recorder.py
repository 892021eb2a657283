"""Writes down every AWS call of this process: what was asked, and with whose key."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.history import get_global_history_recorder

from tests.rig.aws.authorization import AwsCall

_KEY_ID = re.compile(rb"Credential=([^/]+)/")


class _Handler:
    """botocore tells of a call and then, in the same thread, of each request it becomes."""

    def __init__(self) -> None:
        self.calls: list[AwsCall] | None = None
        self._thread = threading.local()

    def emit(self, event_type: str, payload: Any, _source: str) -> None:
        if event_type == "API_CALL":
            call = AwsCall(payload["service"], payload["operation"], payload["params"])
            self._thread.call = call
            if self.calls is not None:
                self.calls.append(call)
        elif event_type == "HTTP_REQUEST":
            signed = _KEY_ID.search(payload["headers"].get("Authorization", b""))
            self._thread.call.key_id = signed[1].decode() if signed else ""


_HANDLER = _Handler()
_RECORDER = get_global_history_recorder()
_RECORDER.add_handler(_HANDLER)  # for good: there is no way to take it away again


@contextmanager
def recorded_calls() -> Iterator[list[AwsCall]]:
    """The calls of all threads from here to the end of the block, growing as they are made."""
    _HANDLER.calls = calls = []
    _RECORDER.enable()
    try:
        yield calls
    finally:
        _RECORDER.disable()
        _HANDLER.calls = None
