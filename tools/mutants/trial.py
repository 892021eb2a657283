"""Run tests in a copy of the checkout: all, to see which run which lines, or those that matter."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Generator, Sequence
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE, PATIENCE_S = 4, 5
"""A mistake may hang: a test has failed that takes so many times as long as before, and this."""
_AWAY = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "socket.connect"}
_OURS = {"backend_lambda", "deploy", "desktop", "tests", "tools"}
_PLUGINS = ("pytestqt.plugin", "pytest_socket", "pytest_timeout")
_from_warm = get_context("forkserver")
_from_warm.set_forkserver_preload(
    [
        *(*_PLUGINS, "PySide6.QtTest", "PIL.ImageOps", "boto3.s3.inject", "sqlite3", "keyring"),
        *("moto.dynamodb.responses", "moto.rekognition.responses", "moto.sqs.responses"),
        *("filelock", "platformdirs"),
    ]
)


class Seen(NamedTuple):
    """A test without any mistake: how long it takes, which lines of the module it runs.

    `is_away`: it also starts or asks another process, where nobody sees what is run.
    """

    test: str
    seconds: float
    lines: frozenset[int]
    is_away: bool


def watch(place: Path, module: str, tests: Sequence[str]) -> list[Seen] | None:
    """Run all tests; None when one fails."""
    got, told = _from_warm.Pipe(duplex=False)
    process = _from_warm.Process(target=_watched, args=(place, module, tests, told))
    process.start()
    told.close()
    try:
        seen = got.recv()
        return None if seen is None else [Seen(*each) for each in seen]
    finally:
        _end(process)


def passes(place: Path, chosen: Sequence[Seen]) -> bool:
    """Run these tests in this order until one fails or hangs."""
    process = _from_warm.Process(target=_tried, args=(place, chosen))
    process.start()
    try:
        process.join(sum(_limit_s(each) for each in chosen))
        return process.exitcode == 0
    finally:
        _end(process)


def _end(process: Any) -> None:
    """With all that it has started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()  # it had no time yet to have a group of its own
    process.join()


def _limit_s(seen: Seen) -> float:
    return PATIENCE * seen.seconds + PATIENCE_S


def _watched(place: Path, module: str, tests: Sequence[str], told: Connection) -> None:
    sys.dont_write_bytecode = False  # those that follow are quicker
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    watcher = _Watcher(str(place / module))
    passed = _pytest(place, tests, watcher) == 0
    told.send([tuple(each) for each in watcher.seen] if passed else None)


def _tried(place: Path, chosen: Sequence[Seen]) -> None:
    sys.dont_write_bytecode = True  # what is there was compiled without the mistake
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    gc.freeze()  # what is warm need not be looked through again and again
    files = list(dict.fromkeys(each.test.partition("::")[0] for each in chosen))
    os._exit(_pytest(place, files, _Chooser(chosen)))


def _pytest(place: Path, tests: Sequence[str], plugin: object) -> int:
    os.setsid()
    os.chdir(place)
    sys.path[:] = [str(place), *(path for path in sys.path if path not in ("", str(ROOT)))]
    for name in [name for name in sys.modules if name.partition(".")[0] in _OURS]:
        del sys.modules[name]  # the copy's own are to be loaded
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.environ["TMPDIR"] = str(place.parent)  # what a test leaves that hangs goes with the copies
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # looking for them takes its time
    command = ["-x", "-q", "-p", "no:cacheprovider", *tests]
    return int(pytest.main(command, plugins=[*map(import_module, _PLUGINS), plugin]))


class _Watcher:
    """A plugin that sees which lines of a file each test runs, in all its threads."""

    def __init__(self, path: str) -> None:
        self.seen: list[Seen] = []
        self._path = path
        self._lines: set[int] = set()
        self._made: dict[str, set[int]] = {}
        self._is_away = False
        sys.addaudithook(self._audit)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """From the first fixture's set-up to the last one's end."""
        self._lines, self._is_away = set(), False
        began = time.monotonic()
        threading.settrace(self._call)
        sys.settrace(self._call)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            seconds = time.monotonic() - began
            lines = self._lines.union(*(self._made.get(name, ()) for name in _fixtures(item)))
            self.seen.append(Seen(item.nodeid, seconds, frozenset(lines), self._is_away))

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[object]
    ) -> Generator[None, object, object]:
        """What it runs, it runs for all that share it, though in the first one's time."""
        lines, self._lines = self._lines, set()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                self._made[fixturedef.argname] = self._lines
            self._lines |= lines

    def _call(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._line if frame.f_code.co_filename == self._path else None

    def _line(self, frame: FrameType, event: str, argument: object) -> Any:
        self._lines.add(frame.f_lineno)
        return self._line

    def _audit(self, event: str, arguments: object) -> None:
        if event in _AWAY:
            self._is_away = True


def _fixtures(item: pytest.Item) -> list[str]:
    return item.fixturenames if isinstance(item, pytest.Function) else []


class _Chooser:
    """A plugin that runs the chosen tests, in their order."""

    def __init__(self, chosen: Sequence[Seen]) -> None:
        self._places = {each.test: place for place, each in enumerate(chosen)}
        self._chosen = chosen

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(
        self, items: list[pytest.Item]
    ) -> Generator[None, object, object]:
        """After all others, who sort them too."""
        result = yield
        items[:] = [item for item in items if item.nodeid in self._places]
        items.sort(key=lambda item: self._places[item.nodeid])
        for item in items:
            limit_s = _limit_s(self._chosen[self._places[item.nodeid]])
            item.add_marker(pytest.mark.timeout(limit_s, method="thread"), append=False)
        return result
