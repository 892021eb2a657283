"""Cyclic rubbish is collected in the GUI thread: a worker that finds the window's would stop it."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject

from desktop.ui.rubbish import Rubbish


class Cycle:
    def __init__(self, found_in: list[str]) -> None:
        self.me = self
        self.found_in = found_in

    def __del__(self) -> None:
        self.found_in.append(threading.current_thread().name)


def test_what_a_worker_leaves_behind_the_gui_thread_collects() -> None:
    found_in: list[str] = []
    kept: list[list[str]] = []

    def work() -> None:
        Cycle(found_in)
        kept.extend([] for _ in range(100_000))  # far over every threshold of Python's

    parent = QObject()
    rubbish = Rubbish(parent)
    worker = threading.Thread(target=work, name="worker")
    worker.start()
    worker.join()
    assert found_in == []
    rubbish.look()
    assert found_in == ["MainThread"]
    assert not gc.isenabled()
