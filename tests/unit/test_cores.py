"""How many images are worked on at a time, and when one core stays free."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop.core.job.cores import LOOK_AFTER_S, Cores, count_cores
from desktop.core.job.power import on_battery, supplies_say_battery


class Computer:
    """A computer whose plug and whose person's wish change; time passes when it is told."""

    def __init__(self, cores: int = 4) -> None:
        self.now = 0.0
        self.battery = self.wish = False
        self.cores = Cores(
            lambda: self.wish,
            count=cores,
            on_battery=lambda: self.battery,
            clock=lambda: self.now,
        )

    def places(self) -> int:
        """As they are for the next image."""
        self.cores.acquire()
        self.cores.release()
        return self.cores.places

    def pass_time(self) -> None:
        self.now += LOOK_AFTER_S


def test_all_cores_work() -> None:
    assert Computer(cores=4).places() == 4
    assert 1 <= count_cores() == Cores(lambda: False).count


@pytest.mark.parametrize("why", ["battery", "wish"])
def test_one_core_stays_free_as_long_as_there_is_a_reason(why: str) -> None:
    computer = Computer()
    assert computer.places() == 4
    setattr(computer, why, True)
    computer.pass_time()
    assert computer.places() == 3
    setattr(computer, why, False)
    computer.pass_time()
    assert computer.places() == 4


def test_both_reasons_together_take_one_core() -> None:
    computer = Computer()
    computer.battery = computer.wish = True
    assert computer.places() == 3


def test_the_only_core_works_even_on_battery() -> None:
    computer = Computer(cores=1)
    computer.battery = True
    assert computer.places() == 1


def test_the_system_is_not_asked_for_every_image() -> None:
    computer = Computer()
    computer.places()
    computer.battery = True
    assert computer.places() == 4


def test_who_finds_no_place_waits_for_one() -> None:
    cores = Computer(cores=1).cores
    cores.acquire()
    has_place = threading.Event()

    def work() -> None:
        cores.acquire()
        has_place.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert not has_place.is_set()
    cores.release()
    assert has_place.wait(10)
    worker.join()


def test_a_plug_put_in_makes_room_for_those_who_wait() -> None:
    computer = Computer(cores=3)
    computer.battery = True
    computer.cores.acquire()
    computer.cores.acquire()
    computer.battery = False
    computer.pass_time()
    others = [threading.Thread(target=computer.cores.acquire, daemon=True) for _ in range(2)]
    for other in others:
        other.start()
    computer.cores.release()  # two of three are free then, of two only one
    for other in others:
        other.join(10)
    assert not any(other.is_alive() for other in others)


Supply = dict[str, str]
MAINS_OFF: Supply = {"type": "Mains", "online": "0"}
MAINS_ON: Supply = {"type": "Mains", "online": "1"}
DISCHARGING: Supply = {"type": "Battery", "status": "Discharging"}
FULL: Supply = {"type": "Battery", "status": "Full"}
MOUSE: Supply = {"type": "Battery", "status": "Discharging", "scope": "Device"}


@pytest.mark.parametrize(
    ("supplies", "expected"),
    [
        ([], False),
        ([MAINS_ON, FULL], False),
        ([MAINS_OFF, DISCHARGING], True),
        ([DISCHARGING], True),
        ([DISCHARGING, MAINS_ON], False),
        ([MOUSE], False),
        ([FULL], False),
        ([{}], False),
    ],
)
def test_linux_says_whether_it_is_on_battery(
    tmp_path: Path, supplies: list[Supply], expected: bool
) -> None:
    for number, supply in enumerate(supplies):
        (tmp_path / str(number)).mkdir()
        for name, value in supply.items():
            (tmp_path / str(number) / name).write_text(f"{value}\n")
    assert supplies_say_battery(tmp_path) is expected


def test_a_system_that_says_nothing_is_on_no_battery(tmp_path: Path) -> None:
    assert supplies_say_battery(tmp_path / "missing") is False
    assert on_battery() in (True, False)
