"""Threads of many images leave the CPUs to the one that a person works with."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from desktop.core.job.priority import NICE, give_way


@pytest.mark.skipif(sys.platform != "linux", reason="the others prefer the window by themselves")
def test_a_thread_and_what_it_starts_give_way_and_nobody_else() -> None:
    nice: dict[str, int] = {}

    def note(name: str) -> None:
        nice[name] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def work() -> None:
        give_way()
        note("worker")
        helper = threading.Thread(target=note, args=("helper",))
        helper.start()
        helper.join()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    note("window")
    assert nice["worker"] == nice["helper"] == min(nice["window"] + NICE, 19)
