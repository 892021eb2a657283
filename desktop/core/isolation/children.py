"""Child processes that do what may crash: started when wanted, used again, replaced when lost."""

from __future__ import annotations

import atexit
import io
import math
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias, cast

from ..errors import Cancelled
from . import CHILD
from .wire import Data, WireError, Words, receive, send

IDLE_S = 30.0
"""After so long without work a child is ended: it holds 40 to 70 MB."""
MOST_BYTES = 2_000_000_000
"""What a child may ask of the system's memory. The largest pictures that are decoded, of 110
megapixels, take 1.65 GB (TIFF of 16 bits), 1.2 (AVIF) and 1.0 (HEIC)."""
SLOWEST = 6.0
"""So much longer by the clock may a task take than it may use of a processor, which others use."""
TICK_S = 0.1

_ROOT = Path(__file__).parents[3]

if sys.platform == "win32":
    _FLAGS, _GROUP = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS, None
else:
    _FLAGS, _GROUP = 0, 0  # a group of its own: Ctrl-C means the program alone

AnyLock: TypeAlias = "threading.Lock | threading.RLock"


class LostError(Exception):
    """The child that was asked has crashed, or was ended because it took too long."""


class Child:
    """One child process, and how much longer it may take."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this program itself
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where decoders complain of files
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(
                    filter(None, (str(_ROOT), os.environ.get("PYTHONPATH")))
                ),
                "PYINSTALLER_RESET_ENVIRONMENT": "1",  # not a part of the process that starts it
            },
            creationflags=_FLAGS,
            process_group=_GROUP,
        )
        # without a buffer both are files as they are
        self._stdin = cast(io.FileIO, self._process.stdin)
        self._stdout = cast(io.FileIO, self._process.stdout)
        self.ticks_left = 0
        self._cancel: threading.Event | None = None
        self._waits_for_turn = False
        self._is_killed = False

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return not self._is_killed and self._process.poll() is None

    def begin(self, limit_s: float, cancel: threading.Event | None) -> None:
        """Let it take so long from now on, as long as it is not cancelled."""
        self.ticks_left, self._cancel = math.ceil(limit_s / TICK_S), cancel

    def rest(self) -> None:
        """Let it wait for work so long."""
        self.begin(IDLE_S, None)

    def tick(self) -> bool:
        """A moment has passed; False once its time is over."""
        if self._cancel is not None and self._cancel.is_set():
            return False
        self.ticks_left -= not self._waits_for_turn
        return self.ticks_left > 0

    def ask(self, words: Words, data: Data, alone: AnyLock) -> tuple[Words, bytearray]:
        """Its answer. Raises WireError or OSError where there is none.

        `alone` is taken for it when it asks for its turn, until it has answered.
        """
        with ExitStack() as turn:
            send(self._stdin, words, data)
            while "turn" in (answer := receive(self._stdout))[0]:
                self._waits_for_turn = True
                while not alone.acquire(timeout=TICK_S):
                    if not self.is_alive:
                        raise WireError("it has ended while it waited")
                turn.callback(alone.release)
                self._waits_for_turn = False
                send(self._stdin, {"turn": True})
            return answer

    def kill(self) -> None:
        """End it, whatever it does."""
        self._is_killed = True
        self._process.kill()

    def bury(self) -> int:
        """End it and let go of what it holds; the code it ended with."""
        with self._process:
            self._process.kill()
        return self._process.returncode


class Children:
    """As many child processes as are asked at the same time; safe to use from any thread.

    Each ends with this process, however that ends: its input does.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._busy: set[Child] = set()
        self._idle: list[Child] = []
        self._is_watched = False

    def ask(
        self,
        words: Words,
        data: Data = b"",
        *,
        limit_s: float,
        alone: AnyLock,
        cancel: threading.Event | None = None,
    ) -> tuple[Words, bytearray]:
        """A child's answer. Raises LostError where it has none to give, or none in `limit_s`.

        That is a processor's time; by the clock it may take SLOWEST times as long, and on Windows
        nothing else counts. Cancelled as soon as `cancel` is set. While a child works that asked
        for its turn it holds `alone`; to wait for it takes nothing of its time.
        """
        child = self._take(limit_s, cancel)
        try:
            answer = child.ask(words | {"limit_s": limit_s}, data, alone)
        except (OSError, WireError) as error:
            code = self._lose(child)
            if cancel is not None and cancel.is_set():
                raise Cancelled from None
            late = child.ticks_left <= 0
            reason = "it took too long" if late else f"it ended with {code}"
            raise LostError(f"{error}; {reason}") from error
        except BaseException:
            self._lose(child)
            raise
        self._give_back(child)
        return answer

    def close(self) -> None:
        """End all that wait for work."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.bury()

    def _take(self, limit_s: float, cancel: threading.Event | None) -> Child:
        with self._lock:
            child = None
            while self._idle and child is None:
                child = self._idle.pop()  # the last one: the others get old
                if not child.is_alive:
                    child.bury()
                    child = None
            try:
                child = child or Child(self._command or _command())
            except OSError as error:
                raise LostError("no child can be started") from error
            child.begin(SLOWEST * limit_s, cancel)
            self._busy.add(child)
            if not self._is_watched:
                self._is_watched = True
                atexit.register(self.close)
                threading.Thread(target=self._watch, name="children", daemon=True).start()
            return child

    def _give_back(self, child: Child) -> None:
        with self._lock:
            child.rest()
            self._busy.discard(child)
            self._idle.append(child)

    def _lose(self, child: Child) -> int:
        with self._lock:
            self._busy.discard(child)
        return child.bury()

    def _watch(self) -> None:
        """Count the time of each. In ticks: a computer that slept has lost none."""
        pause = threading.Event()
        while True:
            pause.wait(TICK_S)
            with self._lock:
                for child in self._busy:
                    if not child.tick():
                        child.kill()  # whoever reads its answer notices
                old = [child for child in self._idle if not child.tick()]
                self._idle = [child for child in self._idle if child not in old]
                if is_last := not self._busy and not self._idle:
                    self._is_watched = False
                    atexit.unregister(self.close)
            for child in old:
                child.bury()
            if is_last:
                return


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD, str(MOST_BYTES)]
    # -P: the folder that a person is in holds no modules of ours
    return [sys.executable, "-P", "-m", "desktop", CHILD, str(MOST_BYTES)]
