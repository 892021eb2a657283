"""How many images are worked on at a time, and when one core stays free."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.cores import LOOK_AFTER_S, Cores, count_cores
from desktop.core.power import on_battery, supplies_say_battery


class Computer:
    """Four cores; what a test changes counts when it is looked at next."""

    def __init__(self) -> None:
        self.now = 0.0
        self.battery = self.wish = False
        self.looks = 0
        self.cores = Cores(
            lambda: self.wish, count=4, on_battery=self._on_battery, clock=lambda: self.now
        )

    def _on_battery(self) -> bool:
        self.looks += 1
        return self.battery

    def take_all(self) -> int:
        """How many places there are; they are given back."""
        taken = 0
        while self._takes_one():
            taken += 1
        for _ in range(taken):
            self.cores.release()
        return taken

    def _takes_one(self) -> bool:
        worker = threading.Thread(target=self.cores.acquire, daemon=True)
        worker.start()
        worker.join(0.2)
        if worker.is_alive():
            self.cores.release()  # lets it take a place
            worker.join()
            self.cores.release()
            self.cores.acquire()
            return False
        return True


@pytest.fixture
def computer() -> Computer:
    return Computer()
