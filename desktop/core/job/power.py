"""Whether this computer runs on its battery."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")
_PMSET = "/usr/bin/pmset"
_PMSET_S = 2.0


def on_battery() -> bool:
    """Ask the system; False where there is no battery or it does not tell. Takes up to 20 ms."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _macos()
    return supplies_say_battery(SUPPLIES)


def supplies_say_battery(folder: Path) -> bool:
    """Linux: no mains is on, and a battery of the computer itself is discharging."""
    discharging = False
    with suppress(OSError):
        for supply in folder.iterdir():
            if _read(supply / "online") == "1":
                return False
            is_its_own = _read(supply / "scope") != "Device"  # a mouse has a battery, too
            if _read(supply / "type") == "Battery" and is_its_own:
                discharging = discharging or _read(supply / "status") == "Discharging"
    return discharging


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _windows() -> bool:
    """SYSTEM_POWER_STATUS begins with the byte ACLineStatus: 0 on battery, 1 on mains."""
    status = (ctypes.c_byte * 12)()
    if sys.platform == "win32" and ctypes.windll.kernel32.GetSystemPowerStatus(status):
        return status[0] == 0
    return False


def _macos() -> bool:
    """The first line of `pmset -g batt`: Now drawing from 'Battery Power'."""
    try:
        told = subprocess.run(  # noqa: S603 - the system's own, with no argument of ours
            [_PMSET, "-g", "batt"], capture_output=True, timeout=_PMSET_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"'Battery Power'" in told.stdout
