"""Tellings of many threads reach the GUI thread whole, in order, and in few batches."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop.ui.bridge import Bridge


def test_tellings_come_in_order_in_few_batches_on_the_gui_thread(qtbot: QtBot) -> None:
    bridge = Bridge()
    batches: list[list[tuple[int, int]]] = []
    threads_seen = set()

    def receive(batch: list[tuple[int, int]]) -> None:
        batches.append(batch)
        threads_seen.add(QThread.currentThread())

    bridge.received.connect(receive)
    threads = [
        threading.Thread(target=lambda t=t: [bridge.tell((t, n)) for n in range(2500)])
        for t in range(4)
    ]
    for thread in threads:
        thread.start()
    qtbot.waitUntil(lambda: sum(map(len, batches)) == 10_000, timeout=20_000)
    for thread in threads:
        thread.join()
    for number in range(4):
        told = [n for batch in batches for t, n in batch if t == number]
        assert told == list(range(2500))
    assert threads_seen == {bridge.thread()}
    assert len(batches) < 500


def test_after_close_nothing_is_told(qtbot: QtBot) -> None:
    bridge = Bridge()
    batches: list[list[object]] = []
    bridge.received.connect(batches.append)
    bridge.tell("before")
    bridge.close()
    bridge.tell("after")
    other = Bridge()
    with qtbot.waitSignal(other.received):
        other.tell("as long as it takes")
    assert batches == []
