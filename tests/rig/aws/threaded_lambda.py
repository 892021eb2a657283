"""A thousand functions at a time in the emulator: threads of one process in place of processes.

ministack gives each invocation that runs beside another a process of its own, of some 65 MB. Here
all invocations of a function share one, and with it what its module keeps (the clients, say). What
is over its time is told so, but its thread goes on until the function itself ends.
"""

from __future__ import annotations

import itertools
import json
import queue
import threading
from typing import Any

from ministack.core import lambda_runtime

SCRIPT = """
import importlib, json, os, sys, threading, time, traceback

out, sys.stdout = sys.stdout, sys.stderr
init = json.loads(sys.stdin.readline())
os.environ.update(init["env"])
sys.path.insert(0, init["code_dir"])
handle = getattr(importlib.import_module(init["module"]), init["handler"])
writing = threading.Lock()


class Context:
    def __init__(self, number, timeout_ms):
        self.function_name, self.aws_request_id = init["function_name"], str(number)
        self._ends_at = time.time() + timeout_ms / 1000

    def get_remaining_time_in_millis(self):
        return max(0, int(1000 * (self._ends_at - time.time())))


def tell(answer):
    with writing:
        out.write(json.dumps(answer) + "\\n")
        out.flush()


def run(asked):
    try:
        result = handle(asked["event"], Context(asked["number"], asked["timeout_ms"]))
        tell({"number": asked["number"], "status": "ok", "result": result})
    except Exception as error:
        trace = traceback.format_exc()
        tell({"number": asked["number"], "status": "error", "error": str(error), "trace": trace})


tell({"status": "ready"})
for line in sys.stdin:
    threading.Thread(target=run, args=(json.loads(line),), daemon=True).start()
"""


class Host(lambda_runtime.Worker):
    """The process of a function, and who in it waits for which answer."""

    def __init__(self, name: str, config: dict[str, Any], code_zip: bytes) -> None:
        super().__init__(name, config, code_zip)
        self._numbers = itertools.count()
        self._waiting: dict[int, queue.SimpleQueue[dict[str, Any]]] = {}
        self._spawn()
        threading.Thread(target=self._read, daemon=True).start()

    def ask(self, event: Any, timeout_s: float) -> dict[str, Any]:
        """Run the function for an event."""
        answer: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        with self._lock:
            number = next(self._numbers)
            self._waiting[number] = answer
            asked = {"number": number, "event": event, "timeout_ms": 1000 * timeout_s}
            self._proc.stdin.write(json.dumps(asked) + "\n")
            self._proc.stdin.flush()
        try:
            result = answer.get(timeout=timeout_s)
        except queue.Empty:
            error = f"Task timed out after {timeout_s:.2f} seconds"
            result = {"status": "error", "error": error}
        with self._lock:
            del self._waiting[number]
        return result | {"log": self._drain_stderr()}

    def _read(self) -> None:
        for line in self._proc.stdout:
            told = json.loads(line)
            with self._lock:
                answer = self._waiting.get(told["number"])
            if answer is not None:
                answer.put(told)


class Thread(lambda_runtime.Worker):
    """One invocation at a time, as ministack leases them, in the function's one process."""

    def invoke(self, event: Any, request_id: str, **_told: Any) -> dict[str, Any]:
        """Run the function for an event."""
        return _host(self).ask(event, float(self.config["Timeout"]))


_hosts: dict[str, Host] = {}
_making = threading.Lock()


def _host(thread: Thread) -> Host:
    with _making:
        if thread.func_name not in _hosts:
            _hosts[thread.func_name] = Host(thread.func_name, thread.config, thread.code_zip)
        return _hosts[thread.func_name]


def run_functions_in_threads() -> None:
    """Change ministack 1.5.33 in this process."""
    detect = lambda_runtime._detect_runtime_binary
    lambda_runtime._detect_runtime_binary = lambda runtime: (detect(runtime)[0], SCRIPT)
    lambda_runtime._worker_class_for = lambda _config: Thread
